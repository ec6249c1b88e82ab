/* hs-run-file-save.c - writes whole runs
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-run-file-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <zlib.h>
#include <zstd.h>

#include "hs-run-private.h"
#include "hs-snapshot-open-private.h"

/* The default of zstd: some 300 MB/s. */
#define LEVEL 3

/* A hole is worth a range of its own from here on, bytes; a power of two. */
#define HOLE_SIZE ((guint64)64 << 10)

#define CHUNK_SIZE ((gsize)256 << 10)

/* ---- What of the result is worth keeping ---- */

/* What the worker has left, as it will stand in the file. */
typedef struct
{
  HsRunFileHeader header;
  const guint8   *result; /* what lies before @tail_offset */
  const guint8   *tail;   /* a heap by itself, which stands behind; NULL: none */
  guint64         tail_offset;
  GArray         *ranges; /* HsRunFileRange */
} Layout;

static void
layout_clear (Layout *layout)
{
  g_clear_pointer (&layout->ranges, g_array_unref);
}

static const guint8 *
get_data (const Layout *layout,
          guint64       offset)
{
  return layout->tail != NULL && offset >= layout->tail_offset
           ? layout->tail + (offset - layout->tail_offset)
           : layout->result + offset;
}

static void
add_range (Layout *layout,
           guint64 offset,
           guint64 size)
{
  const HsRunFileRange range = { offset, size };

  if (size > 0)
    g_array_append_val (layout->ranges, range);
}

/* The head of a snapshot and its sections: between these lie holes, which would take memory if they
 * were read. One that is damaged is left out: the history will say so.
 */
static void
add_snapshot (Layout *layout,
              guint64 offset,
              guint64 size)
{
  const guint8     *data = get_data (layout, offset);
  HsSnapshotView    view;
  HsSnapshotHeader  header;
  HsSnapshotSection section;

  if (hs_snapshot_view_init (&view, data, (size_t)size) != HS_SNAPSHOT_STATUS_OK)
    return;

  memcpy (&header, data, sizeof header);
  add_range (layout, offset, header.header_size + (guint64)header.n_sections * sizeof section);
  for (guint i = 0; i < header.n_sections; i++)
    {
      memcpy (&section, data + header.header_size + i * sizeof section, sizeof section);
      add_range (layout, offset + section.offset, section.size);
    }
}

static int
compare_ranges (gconstpointer a,
                gconstpointer b)
{
  const HsRunFileRange *first = a;
  const HsRunFileRange *second = b;

  return (first->offset > second->offset) - (first->offset < second->offset);
}

/* Ascending, and each byte once: what the worker says may overlap. */
static void
merge_ranges (Layout *layout)
{
  GArray *ranges = layout->ranges;
  guint   n = 0;

  g_array_sort (ranges, compare_ranges);
  for (guint i = 0; i < ranges->len; i++)
    {
      HsRunFileRange  range = g_array_index (ranges, HsRunFileRange, i);
      HsRunFileRange *last = n > 0 ? &g_array_index (ranges, HsRunFileRange, n - 1) : NULL;

      if (last != NULL && range.offset <= last->offset + last->size)
        last->size = MAX (last->size, range.offset + range.size - last->offset);
      else
        g_array_index (ranges, HsRunFileRange, n++) = range;
    }
  g_array_set_size (ranges, n);
}

static gboolean
is_zero (const guint8 *data,
         guint64       size)
{
  return size == 0 || (data[0] == 0 && memcmp (data, data + 1, (size_t)size - 1) == 0);
}

/* Without what is zero: most of the record. */
static void
cut_holes (Layout *layout)
{
  g_autoptr(GArray) ranges = g_steal_pointer (&layout->ranges);

  layout->ranges = g_array_new (FALSE, FALSE, sizeof (HsRunFileRange));
  for (guint i = 0; i < ranges->len; i++)
    {
      const HsRunFileRange *range = &g_array_index (ranges, HsRunFileRange, i);
      guint64               end = range->offset + range->size;
      guint64               begin = range->offset; /* of what is kept */
      guint64               next;

      for (guint64 at = range->offset; at < end; at = next)
        {
          next = MIN ((at / HOLE_SIZE + 1) * HOLE_SIZE, end);
          if (!is_zero (get_data (layout, at), next - at))
            continue;
          add_range (layout, begin, at - begin);
          begin = next;
        }
      add_range (layout, begin, end - begin);
    }
  merge_ranges (layout);
}

static void
add_history (Layout    *layout,
             HsHistory *history)
{
  const HsRecordView *record = hs_history_get_record (history);
  HsRunFileHeader    *header = &layout->header;
  GBytes             *result;
  gsize               size;

  result = hs_history_get_result (history, &header->record_offset, &header->record_size);
  layout->result = g_bytes_get_data (result, &size);
  header->result_size = size;

  add_range (layout, header->record_offset, header->record_size);
  for (guint i = 0; i < record->n_moments; i++)
    if (record->moments[i].snapshot_size > 0)
      add_snapshot (layout, record->moments[i].snapshot_offset, record->moments[i].snapshot_size);
}

static void
layout_init (Layout *layout,
             HsRun  *run)
{
  HsHistory *history = run->history;
  GBytes    *heap = run->heap != NULL ? hs_heap_get_bytes (run->heap) : NULL;
  gsize      size;

  memset (layout, 0, sizeof *layout);
  layout->ranges = g_array_new (FALSE, FALSE, sizeof (HsRunFileRange));
  if (history != NULL)
    add_history (layout, history);

  /* A heap that is not that of a moment. */
  if (heap != NULL && (history == NULL || hs_history_get_last (history) == HS_NO_MOMENT))
    {
      layout->tail = g_bytes_get_data (heap, &size);
      /* Never beside the rest: no range has bytes of both. */
      layout->tail_offset = (layout->header.result_size / HS_SECTION_ALIGNMENT + 2) *
                            HS_SECTION_ALIGNMENT;
      layout->header.snapshot_offset = layout->tail_offset;
      layout->header.snapshot_size = size;
      layout->header.result_size = layout->tail_offset + size;
      add_snapshot (layout, layout->tail_offset, size);
    }

  merge_ranges (layout);
  cut_holes (layout);
}

/* ---- Writing ---- */

static gboolean
write_head (GOutputStream *stream,
            Layout        *layout,
            GBytes        *facts,
            GBytes        *source,
            GCancellable  *cancellable,
            GError       **error)
{
  HsRunFileHeader *header = &layout->header;
  gsize            ranges_size = layout->ranges->len * sizeof (HsRunFileRange);
  gsize            facts_size, source_size;
  gconstpointer    facts_data = g_bytes_get_data (facts, &facts_size);
  gconstpointer    source_data = g_bytes_get_data (source, &source_size);
  uLong            crc;

  memcpy (header->magic, HS_RUN_FILE_MAGIC, sizeof header->magic);
  header->major = HS_RUN_FILE_MAJOR;
  header->minor = HS_RUN_FILE_MINOR;
  header->facts_size = facts_size;
  header->source_size = source_size;
  header->n_ranges = layout->ranges->len;
  for (guint i = 0; i < layout->ranges->len; i++)
    header->data_size += g_array_index (layout->ranges, HsRunFileRange, i).size;

  crc = crc32_z (0, (const guint8 *)header, sizeof *header);
  crc = crc32_z (crc, facts_data, facts_size);
  crc = source_size > 0 ? crc32_z (crc, source_data, source_size) : crc;
  crc = ranges_size > 0 ? crc32_z (crc, (const guint8 *)layout->ranges->data, ranges_size) : crc;
  header->crc = (guint32)crc;

  return g_output_stream_write_all (stream, header, sizeof *header, NULL, cancellable, error) &&
         g_output_stream_write_all (stream, facts_data, facts_size, NULL, cancellable, error) &&
         g_output_stream_write_all (stream, source_data, source_size, NULL, cancellable, error) &&
         g_output_stream_write_all (stream, layout->ranges->data, ranges_size, NULL, cancellable,
                                    error);
}

/* Packs @input and writes what comes of it; with ZSTD_e_end all of it.
 * @tail: (inout): goes on with what is written
 */
static gboolean
pack (ZSTD_CCtx        *packer,
      ZSTD_inBuffer    *input,
      ZSTD_EndDirective what,
      GOutputStream    *stream,
      HsRunFileTail    *tail,
      GCancellable     *cancellable,
      GError          **error)
{
  g_autofree guint8 *buffer = g_malloc (CHUNK_SIZE);
  gsize              left;

  do
    {
      ZSTD_outBuffer output = { buffer, CHUNK_SIZE, 0 };

      left = ZSTD_compressStream2 (packer, &output, input, what);
      if (ZSTD_isError (left))
        {
          /* Only memory can be missing: the library's own words. */
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, ZSTD_getErrorName (left));
          return FALSE;
        }
      if (!g_output_stream_write_all (stream, buffer, output.pos, NULL, cancellable, error))
        return FALSE;
      tail->crc = (guint32)crc32_z (tail->crc, buffer, output.pos);
    }
  while (what == ZSTD_e_end ? left > 0 : input->pos < input->size);

  return TRUE;
}

static gboolean
write_data (GOutputStream *stream,
            const Layout  *layout,
            GCancellable  *cancellable,
            GError       **error)
{
  ZSTD_CCtx    *packer = ZSTD_createCCtx ();
  ZSTD_inBuffer none = { NULL, 0, 0 };
  HsRunFileTail tail = { 0 };
  gboolean      ok = packer != NULL;

  if (ok)
    {
      ZSTD_CCtx_setParameter (packer, ZSTD_c_compressionLevel, LEVEL);
      ZSTD_CCtx_setParameter (packer, ZSTD_c_checksumFlag, 1);
    }
  else
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, g_strerror (ENOMEM));

  for (guint i = 0; ok && i < layout->ranges->len; i++)
    {
      const HsRunFileRange *range = &g_array_index (layout->ranges, HsRunFileRange, i);
      const guint8         *data = get_data (layout, range->offset);

      /* In pieces, so that it can be cancelled. */
      for (guint64 at = 0; ok && at < range->size; at += CHUNK_SIZE)
        {
          ZSTD_inBuffer input = { data + at, (size_t)MIN (CHUNK_SIZE, range->size - at), 0 };

          ok = !g_cancellable_set_error_if_cancelled (cancellable, error) &&
               pack (packer, &input, ZSTD_e_continue, stream, &tail, cancellable, error);
        }
    }
  ok = ok && pack (packer, &none, ZSTD_e_end, stream, &tail, cancellable, error) &&
       g_output_stream_write_all (stream, &tail, sizeof tail, NULL, cancellable, error);
  ZSTD_freeCCtx (packer);

  return ok;
}

static gboolean
write_run (GOutputStream *stream,
           gpointer       user_data,
           GCancellable  *cancellable,
           GError       **error)
{
  HsRun *run = user_data;
  g_autoptr(GBytes) facts = _hs_run_facts_write (run);
  Layout   layout;
  gboolean ok;

  layout_init (&layout, run);
  if (layout.header.result_size > HS_RUN_FILE_RESULT_MAX)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE,
                           _("the run is too large; take fewer snapshots"));
      layout_clear (&layout);
      return FALSE;
    }

  ok = write_head (stream, &layout, facts, hs_run_spec_get_source (run->spec), cancellable,
                   error) &&
       write_data (stream, &layout, cancellable, error);
  layout_clear (&layout);

  return ok;
}

/* ---- Public ---- */

gboolean
hs_run_can_save (HsRun *run)
{
  g_return_val_if_fail (run != NULL, FALSE);

  return run->history != NULL || run->heap != NULL;
}

gboolean
hs_run_save_sync (HsRun        *run,
                  GFile        *file,
                  GCancellable *cancellable,
                  GError      **error)
{
  g_return_val_if_fail (run != NULL, FALSE);
  g_return_val_if_fail (G_IS_FILE (file), FALSE);

  return _hs_snapshot_replace (file, write_run, run, cancellable, error);
}

typedef struct
{
  HsRun *run;  /* owned */
  GFile *file; /* owned */
} Saving;

static void
saving_free (gpointer data)
{
  Saving *saving = data;

  hs_run_unref (saving->run);
  g_object_unref (saving->file);
  g_free (saving);
}

static void
save_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Saving *saving = task_data;
  g_autoptr(GError) error = NULL;

  if (hs_run_save_sync (saving->run, saving->file, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
hs_run_save_async (HsRun              *run,
                   GFile              *file,
                   GCancellable       *cancellable,
                   GAsyncReadyCallback callback,
                   gpointer            user_data)
{
  g_autoptr(GTask) task = NULL;
  Saving *saving;

  g_return_if_fail (run != NULL);
  g_return_if_fail (G_IS_FILE (file));

  saving = g_new0 (Saving, 1);
  saving->run = hs_run_ref (run);
  saving->file = g_object_ref (file);
  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, hs_run_save_async);
  g_task_set_task_data (task, saving, saving_free);
  g_task_run_in_thread (task, save_thread);
}

gboolean
hs_run_save_finish (GAsyncResult *result,
                    GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, hs_run_save_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
