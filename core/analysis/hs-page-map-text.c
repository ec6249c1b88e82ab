/* hs-page-map-text.c - what is mapped, and in which state, in words
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-page-map-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hs-format.h"
#include "hs-heap-private.h"

static gulong
plural (guint64 n)
{
  return (gulong)MIN (n, G_MAXULONG);
}

static char *
format_pages (guint64 n)
{
  g_autofree char *count = hs_format_count (n);

  /* translators: %s is a number of pages of memory */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s page", "%s pages", plural (n)), count);
}

char *
hs_page_format_range (guint32 first,
                      guint32 n)
{
  g_autofree char *from = hs_format_count (first);
  g_autofree char *to = hs_format_count ((guint64)first + MAX (n, 1) - 1);

  return n <= 1 ? g_steal_pointer (&from) : g_strconcat (from, "–", to, NULL);
}

/* Names */

/* The object of a mapping in @heap, if it is one of the mapping's type and no mapping that
 * was found later lies at its address.
 */
guint32
hs_page_map_find_object (HsPageMap *self,
                         HsHeap    *heap,
                         guint      mapping)
{
  const HsRecordMapping *rows = self->record->mappings;
  g_autofree char       *type = NULL;
  const char            *wanted = hs_record_view_get_text (self->record, rows[mapping].type);
  guint32                object = hs_heap_find_address (heap, rows[mapping].object);

  if (object == HS_NO_OBJECT)
    return HS_NO_OBJECT;
  for (guint i = mapping + 1; i < self->record->n_mappings; i++)
    if (rows[i].object == rows[mapping].object)
      return HS_NO_OBJECT;

  type = hs_heap_dup_type_name (heap, hs_snapshot_view_get_type (hs_heap_get_view (heap), object));

  return strstr (type, wanted) != NULL ? object : HS_NO_OBJECT;
}

static void
append_names (HsHeap  *heap,
              guint32  object,
              GString *text)
{
  const HsSnapshotView *view = hs_heap_get_view (heap);
  guint                 n;
  const guint32        *names = _hs_heap_get_names_of (heap, object, &n);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = hs_heap_dup_string (heap, view->name_label[names[i]]);

      g_string_append_printf (text, "%s%s", text->len > 0 ? " = " : "", name);
    }
}

static char *
dup_file (HsPageMap *self,
          guint      mapping)
{
  g_autofree char *path =
    hs_history_dup_text (self->history, self->record->mappings[mapping].file);

  return *path != '\0' ? g_path_get_basename (path) : NULL;
}

char *
hs_page_map_dup_mapping_name (HsPageMap *self,
                              HsHeap    *heap,
                              guint      mapping)
{
  g_autoptr(GString) text = g_string_new (NULL);
  guint32 object;

  g_return_val_if_fail (mapping < self->record->n_mappings, NULL);

  object = hs_page_map_find_object (self, heap, mapping);
  if (object != HS_NO_OBJECT)
    append_names (heap, object, text);
  if (text->len > 0)
    return g_strdup (text->str);

  /* translators: %u is a position: the third mapping that the code has made */
  return g_strdup_printf (_("Mapping %u"), mapping + 1);
}

/* Facts */

static const char *
get_kind_text (HsMappingKind kind)
{
  switch (kind)
    {
    case HS_MAPPING_FILE_SHARED:
      return _("file, shared: writes go to the file");
    case HS_MAPPING_FILE_READ:
      return _("file, read only");
    case HS_MAPPING_FILE_COPY:
      return _("file, private: written pages are copied");
    case HS_MAPPING_ANON_SHARED:
      return _("anonymous, shared");
    case HS_MAPPING_ANON_PRIVATE:
      return _("anonymous, private");
    case HS_N_MAPPING_KINDS:
    default:
      return "";
    }
}

/* The numbers of Linux, include/uapi/asm-generic/mman-common.h. */
static const char *
get_advice_name (gint32 advice)
{
  /* clang-format off */
  static const char *const names[] = {
    [0] = "MADV_NORMAL",
    [1] = "MADV_RANDOM",
    [2] = "MADV_SEQUENTIAL",
    [3] = "MADV_WILLNEED",
    [4] = "MADV_DONTNEED",
    [8] = "MADV_FREE",
    [9] = "MADV_REMOVE",
    [10] = "MADV_DONTFORK",
    [11] = "MADV_DOFORK",
    [12] = "MADV_MERGEABLE",
    [13] = "MADV_UNMERGEABLE",
    [14] = "MADV_HUGEPAGE",
    [15] = "MADV_NOHUGEPAGE",
    [16] = "MADV_DONTDUMP",
    [17] = "MADV_DODUMP",
    [20] = "MADV_COLD",
    [21] = "MADV_PAGEOUT",
    [22] = "MADV_POPULATE_READ",
    [23] = "MADV_POPULATE_WRITE",
  };
  /* clang-format on */

  return advice >= 0 && (gsize)advice < G_N_ELEMENTS (names) ? names[advice] : NULL;
}

static void
take (GPtrArray *facts,
      char      *fact)
{
  g_ptr_array_add (facts, fact);
}

static gboolean
is_file (const HsRecordMapping *row)
{
  return row->kind != HS_MAPPING_ANON_SHARED && row->kind != HS_MAPPING_ANON_PRIVATE;
}

static void
add_length (HsPageMap *self,
            guint      mapping,
            guint      sample,
            GPtrArray *facts)
{
  const HsRecordMapping *row = &self->record->mappings[mapping];
  guint64                length =
    sample != HS_NO_SAMPLE ? self->record->page_samples[sample].bytes : row->bytes;
  g_autofree char *bytes = hs_format_bytes (length);
  g_autofree char *pages =
    format_pages (hs_record_view_get_n_pages (self->record, mapping, length));
  g_autofree char *size = hs_format_bytes (row->page_size);

  /* translators: the length of a mapping, "16 MiB: 4 096 pages of 4 096 B" */
  take (facts, g_strdup_printf (_("%1$s: %2$s of %3$s"), bytes, pages, size));
  if (row->file_offset > 0)
    {
      g_autofree char *offset = hs_format_bytes_exact (row->file_offset);

      take (facts, g_strdup_printf (_("from %s of the file on"), offset));
    }
}

static void
add_file (HsPageMap *self,
          guint      mapping,
          GPtrArray *facts)
{
  const HsRecordMapping *row = &self->record->mappings[mapping];
  g_autofree char       *system = hs_history_dup_text (self->history, row->file_system);
  g_autofree char       *ahead = hs_format_bytes (row->read_ahead);

  if (!is_file (row))
    return;

  if ((row->flags & HS_MAPPING_MEMORY_FILE) != 0)
    /* translators: %s is a file system such as tmpfs */
    take (facts, g_strdup_printf (_("on %s: its pages are memory, no cache of a disk"),
                                     *system != '\0' ? system : "tmpfs"));
  else if (*system != '\0')
    /* translators: %s is a file system such as ext4 */
    take (facts, g_strdup_printf (_("on %s"), system));
  if (row->read_ahead > 0)
    /* translators: %s is a size: how much the kernel reads of a file beyond what is asked */
    take (facts, g_strdup_printf (_("reads ahead %s"), ahead));
  else if ((row->flags & HS_MAPPING_MEMORY_FILE) == 0)
    take (facts, g_strdup (_("read-ahead unknown")));
  if ((row->flags & HS_MAPPING_CACHE_HIDDEN) != 0)
    take (facts, g_strdup (_("which pages are in the cache is hidden by the kernel: the file is "
                             "neither yours nor writable")));
}

static void
add_sample_facts (HsPageMap *self,
                  guint      mapping,
                  guint      sample,
                  GPtrArray *facts)
{
  const HsRecordPageSample *row = &self->record->page_samples[sample];
  const char               *advice = get_advice_name (row->advice);
  guint32                   flags = row->flags | self->record->mappings[mapping].flags;

  if (advice != NULL)
    take (facts, g_strdup (advice));
  else if (row->advice >= 0)
    /* translators: %d is the number of a madvise() constant that is not known */
    take (facts, g_strdup_printf (_("advice %d"), row->advice));
  if (row->n_huge > 0)
    {
      g_autofree char *pages = format_pages (row->n_huge);

      /* translators: %s is "512 pages" */
      take (facts, g_strdup_printf (_("%s in huge pages"), pages));
    }
  if ((flags & HS_MAPPING_DIRTY_UNKNOWN) != 0)
    take (facts, g_strdup (_("which pages were written is unknown here")));
  if ((flags & HS_MAPPING_HUGE_UNKNOWN) != 0)
    take (facts, g_strdup (_("which pages are huge is unknown here")));
  if ((flags & HS_MAPPING_CLOSED) != 0)
    take (facts, g_strdup (_("closed")));
  else if ((flags & HS_MAPPING_RESIZED) != 0)
    take (facts, g_strdup (_("resized")));
  if ((flags & HS_MAPPING_CUT) != 0)
    take (facts, g_strdup (_("no room was left for all changes: the sums are true, "
                             "the map is older")));
}

const char *
hs_page_map_get_absence (HsPageMap *self,
                         guint      mapping)
{
  g_return_val_if_fail (mapping < self->record->n_mappings, "");

  return self->mappings[mapping].samples->len > 0 ? _("not made yet")
                                                  : _("its pages were never looked at");
}

char **
hs_page_map_dup_facts (HsPageMap *self,
                       guint      mapping,
                       guint      sample)
{
  GPtrArray             *facts = g_ptr_array_new ();
  const HsRecordMapping *row;
  char                  *file;

  g_return_val_if_fail (mapping < self->record->n_mappings, NULL);

  row = &self->record->mappings[mapping];
  file = dup_file (self, mapping);
  if (file != NULL)
    take (facts, file);
  take (facts, g_strdup (get_kind_text ((HsMappingKind)row->kind)));
  add_length (self, mapping, sample, facts);
  add_file (self, mapping, facts);
  if (row->line > 0)
    /* translators: %u is a line of code, which made the mapping */
    take (facts, g_strdup_printf (_("made in line %u"), row->line));
  if (sample != HS_NO_SAMPLE)
    add_sample_facts (self, mapping, sample, facts);
  else
    take (facts, g_strdup (hs_page_map_get_absence (self, mapping)));
  g_ptr_array_add (facts, NULL);

  return (char **)g_ptr_array_free (facts, FALSE);
}

/* Sums */

char *
hs_page_map_dup_sums (HsPageMap *self,
                      guint      sample)
{
  const HsRecordPageSample *row;
  const HsRecordMapping    *mapping;
  g_autofree char          *cached = NULL;
  g_autofree char          *mapped = NULL;
  g_autofree char          *dirty = NULL;
  g_autofree char          *copies = NULL;
  g_autofree char          *swapped = NULL;
  GString                  *text = g_string_new (NULL);

  g_return_val_if_fail (sample < self->record->n_page_samples, g_string_free (text, FALSE));

  row = &self->record->page_samples[sample];
  mapping = &self->record->mappings[row->mapping];
  cached = hs_format_count (row->n_cached);
  mapped = hs_format_count (row->n_mapped);
  dirty = hs_format_count (row->n_dirty);
  copies = hs_format_count (row->n_copies);
  swapped = hs_format_count (row->n_swapped);
  if ((row->flags & HS_MAPPING_CLOSED) != 0)
    {
      g_string_append (text, _("closed: no pages any more"));
      return g_string_free (text, FALSE);
    }

  /* translators: %s is a number of pages; so in all that follow */
  g_string_append_printf (text, _("%s mapped"), mapped);
  if (is_file (mapping) && (mapping->flags & HS_MAPPING_CACHE_HIDDEN) != 0)
    g_string_append_printf (text, ", %s", _("cached: hidden by the kernel"));
  else if (is_file (mapping))
    g_string_append_printf (g_string_append (text, ", "), _("%s cached"), cached);
  if (((row->flags | mapping->flags) & HS_MAPPING_DIRTY_UNKNOWN) == 0 &&
      (is_file (mapping) || row->n_dirty > 0))
    g_string_append_printf (g_string_append (text, ", "), _("%s dirty"), dirty);
  /* All that is not of a file is a copy of its own: of zeros. */
  if (mapping->kind == HS_MAPPING_ANON_PRIVATE)
    g_string_append_printf (g_string_append (text, ", "), _("%s written"), copies);
  else if (mapping->kind == HS_MAPPING_FILE_COPY || row->n_copies > 0)
    g_string_append_printf (g_string_append (text, ", "),
                            g_dngettext (GETTEXT_PACKAGE, "%s copy", "%s copies",
                                         plural (row->n_copies)),
                            copies);
  if (row->n_swapped > 0)
    g_string_append_printf (g_string_append (text, ", "), _("%s swapped out"), swapped);

  return g_string_free (text, FALSE);
}

char *
hs_page_step_dup_name (const HsPageStep *step,
                       guint             index,
                       guint             n_steps)
{
  g_autofree char *position = hs_format_count ((guint64)index + 1);
  g_autofree char *all = hs_format_count (n_steps);

  if (step->is_end)
    /* translators: positions: the last of twelve times at which pages were looked at */
    return g_strdup_printf (_("End, sample %1$s of %2$s"), position, all);
  if (step->line == 0)
    /* translators: positions: the third of twelve times at which pages were looked at */
    return g_strdup_printf (_("Sample %1$s of %2$s"), position, all);

  /* translators: %1$u is a line of code; sample %2$s of %3$s was taken when it had run */
  return g_strdup_printf (_("Line %1$u, sample %2$s of %3$s"), step->line, position, all);
}

/* Limits */

char *
hs_page_map_dup_limits (HsPageMap *self)
{
  const HsRecordHeader *header = &self->record->header;
  GString              *text = g_string_new (NULL);
  guint64               n_lost = header->parts[HS_RECORD_PAGE_SAMPLES].n_lost;
  guint64               n_mappings = header->parts[HS_RECORD_MAPPINGS].n_lost;
  guint64               n_cut = 0;
  g_autofree char      *skipped = hs_format_count (header->n_page_samples_skipped);
  g_autofree char      *time = hs_format_duration (header->page_time_ns);
  g_autofree char      *lost = hs_format_count (n_lost);
  g_autofree char      *mappings = hs_format_count (n_mappings);
  g_autofree char      *cut = NULL;

  for (guint i = 0; i < self->record->n_page_samples; i++)
    n_cut += (self->record->page_samples[i].flags & HS_MAPPING_CUT) != 0 ? 1 : 0;
  cut = hs_format_count (n_cut);

  if (header->n_page_samples_skipped > 0)
    /* translators: %1$s is a number of lines that ran, %2$s a time such as 12 ms */
    g_string_append_printf (
      text,
      g_dngettext (GETTEXT_PACKAGE,
                   "The pages were not looked at after %1$s line, to slow the code no more: "
                   "looking took %2$s.",
                   "The pages were not looked at after %1$s lines, to slow the code no more: "
                   "looking took %2$s.",
                   plural (header->n_page_samples_skipped)),
      skipped, time);
  /* translators: %s is a number of samples; so in the next but one */
  if (n_lost > 0)
    g_string_append_printf (
      g_string_append (text, text->len > 0 ? " " : ""),
      g_dngettext (GETTEXT_PACKAGE, "There was no room for %s more sample of pages.",
                   "There was no room for %s more samples of pages.", plural (n_lost)),
      lost);
  if (n_cut > 0)
    g_string_append_printf (
      g_string_append (text, text->len > 0 ? " " : ""),
      g_dngettext (GETTEXT_PACKAGE, "Of %s sample only the sums are known.",
                   "Of %s samples only the sums are known.", plural (n_cut)),
      cut);
  /* translators: %s is a number of mappings */
  if (n_mappings > 0)
    g_string_append_printf (
      g_string_append (text, text->len > 0 ? " " : ""),
      g_dngettext (GETTEXT_PACKAGE, "There was no room for %s more mapping.",
                   "There was no room for %s more mappings.", plural (n_mappings)),
      mappings);

  return g_string_free (text, text->len == 0);
}
