/* hs-history.c - what happened over time in a run, and the heaps of its moments
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-history.h"

#include <glib/gi18n-lib.h>

#include "hs-format.h"
#include "hs-heap-private.h"

struct _HsHistory
{
  gatomicrefcount ref_count;

  GBytes      *result; /* owned */
  guint64      record_offset;
  guint64      record_size;
  HsRecordView record; /* into result */
  char        *file;   /* nullable */
};

HsHistory *
hs_history_new (GBytes     *result,
                guint64     record_offset,
                guint64     record_size,
                const char *file,
                GError    **error)
{
  HsHistory       *self;
  HsRecordView     record;
  HsSnapshotStatus status = HS_SNAPSHOT_STATUS_CORRUPT;
  const guint8    *data;
  gsize            size;

  g_return_val_if_fail (result != NULL, NULL);

  data = g_bytes_get_data (result, &size);
  if (record_offset <= size && record_size <= size - record_offset &&
      (GPOINTER_TO_SIZE (data) + record_offset) % sizeof (guint64) == 0)
    status = hs_record_view_init (&record, data + record_offset, record_size, size);
  if (status != HS_SNAPSHOT_STATUS_OK)
    {
      g_set_error (error, HS_HEAP_ERROR, HS_HEAP_ERROR_CORRUPT,
                   /* translators: %s is a reason in English */
                   _("The record of the run is damaged (%s)"),
                      hs_snapshot_status_to_string (status));
      return NULL;
    }

  self = g_new0 (HsHistory, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->result = g_bytes_ref (result);
  self->record_offset = record_offset;
  self->record_size = record_size;
  self->record = record;
  self->file = g_strdup (file);

  return self;
}

HsHistory *
hs_history_ref (HsHistory *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
hs_history_unref (HsHistory *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_bytes_unref (self->result);
  g_free (self->file);
  g_free (self);
}

const HsRecordView *
hs_history_get_record (HsHistory *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return &self->record;
}

GBytes *
hs_history_get_result (HsHistory *self,
                       guint64   *record_offset,
                       guint64   *record_size)
{
  g_return_val_if_fail (self != NULL, NULL);

  *record_offset = self->record_offset;
  *record_size = self->record_size;

  return self->result;
}

const char *
hs_history_get_file (HsHistory *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->file;
}

guint
hs_history_get_n_moments (HsHistory *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->record.n_moments;
}

gboolean
hs_history_has_heap (HsHistory *self,
                     guint      moment)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (moment < self->record.n_moments, FALSE);

  return self->record.moments[moment].snapshot_size > 0;
}

guint
hs_history_get_last (HsHistory *self)
{
  g_return_val_if_fail (self != NULL, HS_NO_MOMENT);

  for (guint i = self->record.n_moments; i > 0; i--)
    if (hs_history_has_heap (self, i - 1))
      return i - 1;

  return HS_NO_MOMENT;
}

char *
hs_history_dup_text (HsHistory *self,
                     uint32_t   text)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (text < self->record.texts_size, NULL);

  return _hs_text_make_visible_part (hs_record_view_get_text (&self->record, text));
}

/* Whether the mark of the moment was reached more than once. */
static gboolean
is_repeated (HsHistory            *self,
             const HsRecordMoment *moment)
{
  const HsRecordMoment *moments = self->record.moments;

  if (moment->count > 1 || moment->n_reached > 1)
    return TRUE;

  for (guint i = (guint)(moment - moments) + 1; i < self->record.n_moments; i++)
    if (moments[i].kind == moment->kind && moments[i].line == moment->line)
      return TRUE;

  return FALSE;
}

char *
hs_history_dup_moment_name (HsHistory *self,
                            guint      moment)
{
  const HsRecordMoment *row;
  g_autofree char      *name = NULL;
  g_autofree char      *count = NULL;
  g_autofree char      *reached = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (moment < self->record.n_moments, NULL);

  row = &self->record.moments[moment];
  switch ((HsMomentKind)row->kind)
    {
    case HS_MOMENT_BEGIN:
      return g_strdup (C_("moment", "Beginning"));

    case HS_MOMENT_END:
      return g_strdup (C_("moment", "End"));

    case HS_MOMENT_MARK:
    case HS_MOMENT_COMMENT:
    case HS_N_MOMENT_KINDS:
      break;
    }

  if (row->name != 0)
    name = hs_history_dup_text (self, row->name);
  else
    name = g_strdup_printf (_("Line %u"), row->line);

  if (!is_repeated (self, row))
    return g_steal_pointer (&name);

  count = hs_format_count (row->count);
  if (row->n_reached > row->count)
    {
      reached = hs_format_count (row->n_reached);
      /* translators: the last snapshot of a line that was reached more often: "Line 12, no.
       * 100 of 5000"
       */
      return g_strdup_printf (_("%1$s, no. %2$s of %3$s"), name, count, reached);
    }

  /* translators: a marked line was reached for the n-th time: "Line 12, no. 3" */
  return g_strdup_printf (_("%1$s, no. %2$s"), name, count);
}

HsHeap *
hs_history_open_heap (HsHistory *self,
                      guint      moment,
                      GError   **error)
{
  HsHeap *heap;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (moment == HS_NO_MOMENT || moment < self->record.n_moments, NULL);

  if (moment == HS_NO_MOMENT)
    heap = _hs_heap_new_empty (error);
  else
    {
      const HsRecordMoment *row = &self->record.moments[moment];
      g_autoptr(GBytes) bytes = NULL;

      bytes = g_bytes_new_from_bytes (self->result, row->snapshot_offset, row->snapshot_size);
      heap = hs_heap_new (bytes, error);
    }

  if (heap != NULL)
    _hs_heap_set_history (heap, self, moment);

  return heap;
}
