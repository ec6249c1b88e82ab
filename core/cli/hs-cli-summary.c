/* hs-cli-summary.c - what a run gave, for people
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-cli-summary.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "hs-cli-json-heap.h"
#include "hs-cli.h"
#include "hs-dominators.h"
#include "hs-format.h"
#include "hs-timeline.h"

/* Names that the table shows; the JSON has all. */
#define ROWS_MAX 40

/* "88 B", or "≥ 88 B" where only a part is known. */
static char *
format_occupied (HsHeap *heap,
                 guint32 object)
{
  guint64          occupied = hs_heap_get_occupied (heap, object);
  g_autofree char *at_least = NULL;

  if (occupied != HS_BYTES_UNKNOWN)
    return hs_format_bytes (occupied);

  at_least = hs_format_bytes (hs_heap_get_least (heap, object));

  return g_strconcat ("≥ ", at_least, NULL);
}

/* Of modules, and of what else belongs to libraries, the parts are not known. */
static char *
format_retained (HsHeap *heap,
                 guint32 object)
{
  gboolean         is_least;
  guint64          bytes = hs_dominators_get_retained (hs_heap_get_dominators (heap), object,
                                                       &is_least);
  g_autofree char *text = hs_format_bytes (bytes);

  if (hs_heap_get_view (heap)->object_flags[object] & HS_OBJECT_BOUNDARY)
    return g_strdup ("–");

  return is_least ? g_strconcat ("≥ ", text, NULL) : g_steal_pointer (&text);
}

static char *
format_getsizeof (HsHeap *heap,
                  guint32 object)
{
  guint64 bytes = hs_heap_get_getsizeof (heap, object);

  return bytes != HS_BYTES_UNKNOWN ? hs_format_bytes (bytes) : g_strdup ("–");
}

/* Modules, classes and functions are not counted, not even as such: they reach
 * half of the interpreter.
 */
static char *
format_deep (HsHeap *heap,
             guint32 object,
             guint64 deep)
{
  if (deep < hs_heap_get_least (heap, object))
    return g_strdup ("–");

  return hs_format_bytes (deep);
}

/* "fruits" of a module, "f: fruits" of a frame. */
static char *
dup_full_name (HsHeap *heap,
               guint32 name)
{
  const HsSnapshotView *view = hs_heap_get_view (heap);
  guint32               scope = view->name_scope[name];
  g_autofree char      *label = hs_heap_dup_string (heap, view->name_label[name]);
  g_autofree char      *scope_name = NULL;

  if (scope == 0 && view->scope_kind[scope] == HS_SCOPE_MODULE)
    return g_steal_pointer (&label);

  scope_name = hs_heap_dup_string (heap, view->scope_name[scope]);

  return g_strdup_printf ("%s: %s", scope_name, label);
}

static void
append_names (GString *text,
              HsHeap  *heap)
{
  const HsSnapshotView *view = hs_heap_get_view (heap);
  g_autoptr(GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
  g_autofree char    *table = NULL;
  g_autofree guint64 *deep = NULL;
  guint32             n_rows = MIN (view->n_names, ROWS_MAX);

  if (n_rows == 0)
    return;

  deep = hs_heap_new_deep_of (heap, view->name_object, n_rows);
  g_ptr_array_add (cells, g_strdup (_("Name")));
  g_ptr_array_add (cells, g_strdup (_("Type")));
  /* What sys.getsizeof() returns has no other name in any language. */
  g_ptr_array_add (cells, g_strdup ("getsizeof"));
  /* translators: head of a column: bytes that an object occupies itself */
  g_ptr_array_add (cells, g_strdup (_("Bytes")));
  /* translators: head of a column: bytes that would go if an object went */
  g_ptr_array_add (cells, g_strdup (_("Retained")));
  /* translators: head of a column: bytes of an object and all that it reaches */
  g_ptr_array_add (cells, g_strdup (_("With all it reaches")));

  for (guint32 i = 0; i < n_rows; i++)
    {
      guint32 object = view->name_object[i];
      guint32 type = hs_snapshot_view_get_type (view, object);

      g_ptr_array_add (cells, dup_full_name (heap, i));
      g_ptr_array_add (cells, hs_heap_dup_type_name (heap, type));
      g_ptr_array_add (cells, format_getsizeof (heap, object));
      g_ptr_array_add (cells, format_occupied (heap, object));
      g_ptr_array_add (cells, format_retained (heap, object));
      g_ptr_array_add (cells, format_deep (heap, object, deep[i]));
    }

  table = hs_cli_format_table (cells, "llrrrr");
  g_string_append_printf (text, "\n%s", table);

  if (view->n_names > n_rows)
    {
      gulong           n = view->n_names - n_rows;
      g_autofree char *count = hs_format_count (n);

      g_string_append_printf (text,
                              /* translators: %s is a number; --json stays as it is */
                              g_dngettext (GETTEXT_PACKAGE, "… %s more name; --json lists it",
                                           "… %s more names; --json lists them", n),
                              count);
      g_string_append_c (text, '\n');
    }
}

/* Bytes that were asked for over the whole run. */
static void
append_memory (GString *text,
               HsHeap  *heap)
{
  const HsSnapshotInfo *info = &hs_heap_get_view (heap)->info;
  g_autofree char      *peak = hs_format_bytes (info->counts.peak_bytes);
  g_autofree char      *final = hs_format_bytes (info->counts.live_bytes);
  g_autofree char      *baseline = hs_format_bytes (info->baseline.live_bytes);

  if ((info->flags & HS_INFO_LEDGER) == 0)
    return;

  /* translators: three sizes: of all memory that Python had asked its allocators for */
  g_string_append_printf (text, _("Requested: %1$s at the peak, %2$s at the end, %3$s before the "
                                  "code began."),
                                   peak, final, baseline);
  g_string_append_c (text, '\n');

  if (info->lost_blocks > 0)
    {
      g_autofree char *count = hs_format_count (info->lost_blocks);

      g_string_append_printf (text,
                              /* translators: %s is a number of blocks of memory */
                              g_dngettext (GETTEXT_PACKAGE,
                                           "The ledger was full: %s block is in no sum.",
                                           "The ledger was full: %s blocks are in no sum.",
                                           (gulong)info->lost_blocks),
                              count);
      g_string_append_c (text, '\n');
    }
}

/* What is less than this part of all changes is put together, but for what is not
 * explained.
 */
#define GROWTH_PART_MIN 100

static gint
compare_growth (gconstpointer a,
                gconstpointer b,
                gpointer      data)
{
  const gint64 *growth = data;
  double        size_a = fabs ((double)growth[*(const guint *)a]);
  double        size_b = fabs ((double)growth[*(const guint *)b]);

  return size_a < size_b ? 1 : size_a > size_b ? -1
                                               : 0;
}

static void
add_growth_row (GPtrArray  *cells,
                const char *name,
                gint64      bytes)
{
  g_ptr_array_add (cells, g_strdup_printf ("  %s", name));
  g_ptr_array_add (cells, hs_timeline_format_growth (bytes));
}

/* One row for each kind of memory, the largest first. */
static char *
new_growth_table (const gint64 growth[HS_N_MEMORIES])
{
  g_autoptr(GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
  guint  order[HS_N_MEMORIES];
  gint64 others = 0;
  double all = 0.0;

  for (guint i = 0; i < HS_N_MEMORIES; i++)
    {
      order[i] = i;
      all += fabs ((double)growth[i]);
    }
  g_qsort_with_data (order, HS_N_MEMORIES, sizeof order[0], compare_growth, (gpointer)growth);

  for (guint i = 0; i < HS_N_MEMORIES; i++)
    {
      gint64 bytes = growth[order[i]];

      if (order[i] == HS_MEMORY_UNEXPLAINED || fabs ((double)bytes) * GROWTH_PART_MIN >= all)
        add_growth_row (cells, hs_memory_kind_get_name ((HsMemoryKind)order[i]), bytes);
      else
        others = (gint64)((guint64)others + (guint64)bytes);
    }
  if (others != 0)
    /* translators: all other kinds of memory together */
    add_growth_row (cells, C_ ("memory", "Others"), others);

  return hs_cli_format_table (cells, "lr");
}

/* What the growth of the process consists of, at the end. */
static void
append_growth (GString *text,
               HsRun   *run)
{
  HsHistory       *history = hs_run_get_history (run);
  guint            n = history != NULL ? hs_history_get_n_moments (history) : 0;
  gint64           growth[HS_N_MEMORIES];
  gint64           rss;
  g_autofree char *all = NULL;
  g_autofree char *table = NULL;
  g_autoptr(HsTimeline) timeline = NULL;

  if (n == 0 || hs_history_get_record (history)->moments[n - 1].kind != HS_MOMENT_END)
    return;

  timeline = hs_timeline_new (history);
  if (!hs_timeline_get_growth (timeline, n - 1, growth, &rss))
    return;

  all = hs_timeline_format_growth (rss);
  table = new_growth_table (growth);
  /* translators: %s is a signed size; what the memory consists of follows */
  g_string_append_printf (text, _("RSS %s since the code began:"), all);
  g_string_append_printf (text, "\n%s", table);
}

/* What there was no room for. */
static void
append_cut (GString *text,
            HsHeap  *heap)
{
  const HsSnapshotView *view = hs_heap_get_view (heap);
  g_autofree char      *described = hs_format_count (view->n_described);
  g_autofree char      *lost = hs_format_count (view->info.lost_previews);

  if (view->info.flags & HS_INFO_FIELDS_CUT)
    {
      g_string_append_printf (text,
                              /* translators: fields are what an object's bytes consist of */
                              g_dngettext (GETTEXT_PACKAGE,
                                           "There was room for the fields of only %s object.",
                                           "There was room for the fields of only %s objects.",
                                           view->n_described),
                              described);
      g_string_append_c (text, '\n');
    }
  if (view->info.lost_previews > 0)
    {
      g_string_append_printf (text,
                              /* translators: texts that show values, such as 'spam' */
                              g_dngettext (GETTEXT_PACKAGE,
                                           "There was no room for the preview of %s value.",
                                           "There was no room for the previews of %s values.",
                                           (gulong)view->info.lost_previews),
                              lost);
      g_string_append_c (text, '\n');
    }
}

static void
append_times (GString          *text,
              HsRun            *run,
              const HsCliTimes *times)
{
  g_autofree char *median = NULL;
  g_autofree char *min = NULL;
  g_autofree char *max = NULL;

  /* That of a single run without the ledger is in the message. */
  if (times == NULL ||
      (times->wall.n == 1 && !hs_run_spec_get_trace (hs_run_get_spec (run))))
    return;

  median = hs_format_duration (times->wall.median);
  min = hs_format_duration (times->wall.min);
  max = hs_format_duration (times->wall.max);

  /* translators: %1$s, %3$s and %4$s are durations, %2$u a number of runs */
  g_string_append_printf (text, _("Time without measuring: %1$s (median of %2$u, %3$s to %4$s)."),
                                   median, times->wall.n, min, max);
  g_string_append_c (text, '\n');
}

/* What Python would have printed, unless it is in the error output already. */
static void
append_traceback (GString *text,
                  HsRun   *run)
{
  const char *traceback = hs_run_get_traceback (run);

  if (traceback == NULL || strstr (hs_run_get_output (run, HS_STREAM_STDERR), traceback) != NULL)
    return;

  g_string_append (text, traceback);
  if (!g_str_has_suffix (traceback, "\n"))
    g_string_append_c (text, '\n');
}

char *
hs_cli_dup_summary (HsRun            *run,
                    const HsCliTimes *times)
{
  g_autofree char *message = hs_run_dup_message (run);
  GString         *text = g_string_new (NULL);
  const char      *reason;
  HsHeap          *heap = hs_run_get_heap (run, &reason);
  HsStatus         status = hs_run_get_status (run);

  append_traceback (text, run);
  g_string_append_printf (text, "%s\n", message);
  append_times (text, run, times);

  if (heap != NULL)
    {
      append_memory (text, heap);
      append_growth (text, run);
      append_cut (text, heap);
      append_names (text, heap);
    }
  else if (status != HS_STATUS_FAILED && status != HS_STATUS_SYNTAX_ERROR &&
           (hs_run_get_flags (run) & (HS_DONE_KILLED | HS_DONE_OS_EXIT)) == 0)
    g_string_append_printf (text, "%s\n", reason);

  return g_string_free (text, FALSE);
}
