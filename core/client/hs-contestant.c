/* hs-contestant.c - one of several programs that are compared
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-contestant-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Characters of an exception's message in a sentence. */
#define MESSAGE_MAX_CHARS 120

/* Characters of a line of output in a sentence. */
#define LINE_MAX_CHARS 60

HsContestant *
_hs_contestant_new (const char *name,
                    HsRunSpec  *spec)
{
  HsContestant *self = g_new0 (HsContestant, 1);

  self->name = g_strdup (name);
  self->spec = spec;
  self->printed = g_checksum_new (G_CHECKSUM_SHA256);
  self->times = g_array_new (FALSE, FALSE, sizeof (guint64));
  self->rss = g_array_new (FALSE, FALSE, sizeof (guint64));

  return self;
}

void
_hs_contestant_free (HsContestant *self)
{
  g_free (self->name);
  g_free (self->difference);
  g_clear_pointer (&self->spec, hs_run_spec_unref);
  g_clear_pointer (&self->run, hs_run_unref);
  for (guint i = 0; i < G_N_ELEMENTS (self->counting); i++)
    g_clear_pointer (&self->counting[i], hs_run_unref);
  g_clear_pointer (&self->kept, hs_run_unref);
  g_checksum_free (self->printed);
  g_array_unref (self->times);
  g_array_unref (self->rss);
  g_free (self);
}

gboolean
_hs_contestant_is_ok (HsContestant *self)
{
  return self->run != NULL && hs_run_is_ok (self->run);
}

gboolean
_hs_contestant_was_watched (HsContestant *self)
{
  HsHistory *history = self->run != NULL ? hs_run_get_history (self->run) : NULL;

  return history != NULL &&
         (hs_history_get_record (history)->header.flags & HS_RECORD_WATCHED) != 0;
}

void
_hs_contestant_take_output (HsContestant *self,
                            GBytes       *bytes)
{
  gsize         size;
  const guchar *data = g_bytes_get_data (bytes, &size);

  if (size == 0)
    return;
  g_checksum_update (self->printed, data, (gssize)size);
  self->n_printed += size;
}

/* ---- Figures ---- */

/* As the ledger counted them up to the last snapshot: what came since the code began. */
gboolean
_hs_contestant_read_counts (HsRun   *run,
                            HsMetric metric,
                            guint64 *value)
{
  HsHeap               *heap = run != NULL ? hs_run_get_heap (run, NULL) : NULL;
  const HsSnapshotInfo *info;

  if (heap == NULL)
    return FALSE;
  info = &hs_heap_get_view (heap)->info;
  if ((info->flags & HS_INFO_LEDGER) == 0)
    return FALSE;

  switch (metric)
    {
    case HS_METRIC_PEAK:
      *value = info->counts.peak_bytes - MIN (info->counts.peak_bytes, info->baseline.live_bytes);
      return TRUE;

    case HS_METRIC_FINAL:
      *value = info->counts.live_bytes - MIN (info->counts.live_bytes, info->baseline.live_bytes);
      return TRUE;

    case HS_METRIC_ALLOCATIONS:
      *value = info->counts.total_blocks - MIN (info->counts.total_blocks,
                                                info->baseline.total_blocks);
      return TRUE;

    case HS_METRIC_RSS:
    case HS_METRIC_TIME:
    case HS_N_METRICS:
    default:
      return FALSE;
    }
}

gboolean
_hs_contestant_read_rss (HsRun   *run,
                         guint64 *value)
{
  guint64 peak = hs_run_get_rss_peak (run);
  guint64 base = hs_run_get_rss_base (run);

  if (peak == 0 || base == 0)
    return FALSE;
  *value = peak - MIN (peak, base);

  return TRUE;
}

void
_hs_contestant_take_time (HsContestant *self,
                          HsRun        *run)
{
  guint64 wall_ns = hs_run_get_wall_ns (run);
  guint64 rss;

  if (!hs_run_is_ok (run))
    {
      self->is_out = TRUE;
      return;
    }

  if (wall_ns != 0)
    g_array_append_val (self->times, wall_ns);
  if (_hs_contestant_read_rss (run, &rss))
    g_array_append_val (self->rss, rss);
}

static void
init_counts (HsContestant *self,
             HsMetric      metric,
             HsMeasure    *measure)
{
  HsRun  *counting[] = { _hs_contestant_was_watched (self) ? NULL : self->run, self->counting[0],
                        self->counting[1] };
  guint64 values[G_N_ELEMENTS (counting)];
  guint   n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (counting); i++)
    if (counting[i] != NULL && (i == 0 || hs_run_is_ok (counting[i])) &&
        _hs_contestant_read_counts (counting[i], metric, &values[n]))
      n++;
  /* Of one that failed there is nothing else. */
  if (n == 0 && _hs_contestant_read_counts (self->run, metric, &values[n]))
    n++;
  hs_measure_init (measure, values, n);
}

static void
init_measures (HsContestant *self,
               HsVariant    *variant)
{
  for (guint i = 0; i < HS_N_METRICS; i++)
    {
      if (i == HS_METRIC_TIME)
        hs_measure_init (&variant->measures[i], (const guint64 *)(gpointer)self->times->data,
                         self->times->len);
      else if (i == HS_METRIC_RSS)
        hs_measure_init (&variant->measures[i], (const guint64 *)(gpointer)self->rss->data,
                         self->rss->len);
      else
        init_counts (self, i, &variant->measures[i]);
    }
}

/* ---- Whether it does the same ---- */

static char *
cut_text (const char *text,
          glong       n_max)
{
  g_autofree char *begin = NULL;

  if (g_utf8_strlen (text, -1) <= n_max)
    return g_strdup (text);
  begin = g_utf8_substring (text, 0, n_max);

  return g_strconcat (begin, "…", NULL);
}

/* "ValueError: too many". Returns: (transfer full) */
static char *
dup_end (HsContestant *self)
{
  const char      *type = hs_run_get_exception_type (self->run);
  const char      *message = hs_run_get_exception_message (self->run);
  g_autofree char *cut = NULL;

  if (hs_run_get_status (self->run) != HS_STATUS_EXCEPTION || type == NULL)
    return hs_run_dup_message (self->run);
  if (message == NULL || *message == '\0')
    return g_strdup (type);
  cut = cut_text (message, MESSAGE_MAX_CHARS);

  return g_strdup_printf ("%s: %s", type, cut);
}

static gboolean
ends_alike (HsContestant *self,
            HsContestant *other)
{
  return hs_run_get_status (self->run) == hs_run_get_status (other->run) &&
         hs_run_get_exit_code (self->run) == hs_run_get_exit_code (other->run) &&
         hs_run_get_signal (self->run) == hs_run_get_signal (other->run) &&
         g_strcmp0 (hs_run_get_exception_type (self->run),
                    hs_run_get_exception_type (other->run)) == 0 &&
         g_strcmp0 (hs_run_get_exception_message (self->run),
                    hs_run_get_exception_message (other->run)) == 0;
}

/* Returns: (transfer full) */
static char *
describe_ends (HsContestant *self,
               HsContestant *baseline)
{
  g_autofree char *end = dup_end (self);
  g_autofree char *other = dup_end (baseline);

  if (hs_run_is_ok (baseline->run))
    /* translators: %1$s and %3$s are names of variants, %2$s is an exception or a sentence */
    return g_strdup_printf (_("“%1$s” ended so: %2$s; “%3$s” ended well"), self->name, end,
                               baseline->name);
  if (hs_run_is_ok (self->run))
    /* translators: %1$s and %3$s are names of variants, %2$s is an exception or a sentence */
    return g_strdup_printf (_("“%1$s” ended so: %2$s; “%3$s” ended well"), baseline->name, other,
                               self->name);

  /* translators: %1$s and %3$s are names of variants, %2$s and %4$s say how each ended */
  return g_strdup_printf (_("“%1$s” ended so: %2$s; “%3$s” ended so: %4$s"), self->name, end,
                             baseline->name, other);
}

static void
compare_ends (HsContestant *self,
              HsContestant *baseline,
              HsVariant    *variant)
{
  variant->proof = HS_PROOF_EXCEPTION;
  variant->sameness = ends_alike (self, baseline) ? HS_SAMENESS_SAME : HS_SAMENESS_DIFFERENT;
  if (variant->sameness == HS_SAMENESS_DIFFERENT)
    variant->difference = describe_ends (self, baseline);
}

/* Where lines @a and @b begin to differ. Returns: (transfer full) */
static char *
describe_lines (const char *a,
                const char *b)
{
  g_auto(GStrv) first = g_strsplit (a, "\n", -1);
  g_auto(GStrv) second = g_strsplit (b, "\n", -1);
  guint            i = 0;
  g_autofree char *first_line = NULL;
  g_autofree char *second_line = NULL;

  /* Those that are no text were replaced. */
  if (strcmp (a, b) == 0)
    return g_strdup (_("bytes of the output that are no text are others"));

  while (first[i] != NULL && second[i] != NULL && strcmp (first[i], second[i]) == 0)
    i++;
  first_line = cut_text (first[i] != NULL ? first[i] : "", LINE_MAX_CHARS);
  second_line = cut_text (second[i] != NULL ? second[i] : "", LINE_MAX_CHARS);
  /* What differs is behind what is shown. */
  if (strcmp (first_line, second_line) == 0)
    /* translators: %u is the number of a line */
    return g_strdup_printf (_("line %u of the output is another"), i + 1);

  /* translators: %1$u is the number of a line, the others are lines */
  return g_strdup_printf (_("line %1$u of the output is “%2$s”, not “%3$s”"), i + 1, first_line,
                             second_line);
}

static void
compare_output (HsContestant *self,
                HsContestant *baseline,
                HsVariant    *variant)
{
  gboolean is_same = self->n_printed == baseline->n_printed &&
                     strcmp (g_checksum_get_string (self->printed),
                             g_checksum_get_string (baseline->printed)) == 0;

  variant->proof = HS_PROOF_OUTPUT;
  if (!is_same)
    {
      variant->sameness = HS_SAMENESS_DIFFERENT;
      variant->difference = describe_lines (hs_run_get_output (self->run, HS_STREAM_STDOUT),
                                            hs_run_get_output (baseline->run, HS_STREAM_STDOUT));
    }
  else if (hs_run_get_output_truncated (self->run) != 0 ||
           hs_run_get_output_truncated (baseline->run) != 0)
    {
      variant->sameness = HS_SAMENESS_UNKNOWN;
      variant->difference = g_strdup (_("the output was cut, so all of it could not be "
                                        "compared; let the variants set “result”"));
    }
  else
    variant->sameness = HS_SAMENESS_SAME;
}

/* Keeping the result needs time and memory as well. Returns: TRUE if it came to no end in one
 * of the two
 */
static gboolean
has_failed_to_keep (HsContestant *self,
                    HsContestant *baseline,
                    HsVariant    *variant)
{
  HsContestant    *both[] = { baseline, self };
  g_autofree char *message = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (both); i++)
    if (both[i]->kept != NULL && !hs_run_is_ok (both[i]->kept))
      {
        message = hs_run_dup_message (both[i]->kept);
        variant->proof = HS_PROOF_RESULT;
        variant->sameness = HS_SAMENESS_UNKNOWN;
        variant->difference = g_strdup_printf (
          /* translators: %1$s is the name of a variant, %2$s a sentence that says how it ended */
          _("“%1$s” did not end well when its result was to be kept: %2$s"), both[i]->name,
             message);
        return TRUE;
      }

  return FALSE;
}

static gboolean
has_set_result (HsContestant *self)
{
  return self->kept != NULL && hs_run_get_kept (self->kept) != HS_KEPT_NOT_ASKED &&
         hs_run_get_kept (self->kept) != HS_KEPT_NOT_SET;
}

static void
compare (HsContestant *self,
         HsContestant *baseline,
         HsVariant    *variant)
{
  if (self == baseline)
    {
      variant->proof = has_set_result (self) ? HS_PROOF_RESULT : HS_PROOF_OUTPUT;
      if (!_hs_contestant_is_ok (self))
        variant->proof = HS_PROOF_EXCEPTION;
      variant->sameness = HS_SAMENESS_SAME;
    }
  else if (!_hs_contestant_is_ok (self) || !_hs_contestant_is_ok (baseline))
    compare_ends (self, baseline, variant);
  else if (has_failed_to_keep (self, baseline, variant))
    return;
  else if (has_set_result (self) && has_set_result (baseline))
    {
      variant->proof = HS_PROOF_RESULT;
      variant->sameness = self->sameness;
      variant->difference = g_strdup (self->difference);
    }
  else
    compare_output (self, baseline, variant);
}

HsVariant *
_hs_contestant_conclude (HsContestant *self,
                         HsContestant *baseline)
{
  HsVariant *variant = hs_variant_new ();
  HsHistory *history = hs_run_get_history (self->run);
  HsHeap    *heap = hs_run_get_heap (self->run, NULL);

  variant->name = g_strdup (self->name);
  variant->first_line = self->first_line;
  variant->last_line = self->last_line;
  variant->status = hs_run_get_status (self->run);
  variant->is_ok = hs_run_is_ok (self->run);
  variant->message = hs_run_dup_message (self->run);
  variant->output = g_strdup (hs_run_get_output (self->run, HS_STREAM_STDOUT));
  variant->history = history != NULL ? hs_history_ref (history) : NULL;
  variant->heap = heap != NULL ? hs_heap_ref (heap) : NULL;
  init_measures (self, variant);
  compare (self, baseline, variant);

  if (has_set_result (self))
    {
      variant->result_type = g_strdup (hs_run_get_kept_type (self->kept));
      variant->result_preview = g_strdup (hs_run_get_kept_preview (self->kept));
    }

  return variant;
}
