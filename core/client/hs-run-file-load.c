/* hs-run-file-load.c - opens whole runs
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-run-file-private.h"

#include <string.h>
#include <sys/mman.h>
#include <zlib.h>
#include <zstd.h>

#include "hs-python-private.h"
#include "hs-run-private.h"
#include "hs-snapshot-file.h"
#include "hs-snapshot-open-private.h"

#define CHUNK_SIZE ((gsize)256 << 10)
#define PAGE       4096

typedef struct
{
  GInputStream   *stream; /* owned */
  const char     *name;
  GCancellable   *cancellable;
  HsRunFileHeader header;
  GArray         *ranges; /* HsRunFileRange; owned */
} Loading;

gboolean
hs_run_file_is_ours (const guint8 *data,
                     gsize         size)
{
  return size >= 8 && (memcmp (data, HS_RUN_FILE_MAGIC, 8) == 0 ||
                       memcmp (data, HS_SNAPSHOT_MAGIC, 8) == 0);
}

/* ---- The head ---- */

/* Returns: (transfer full) (nullable): @size bytes, as they come: a short file that claims to be
 * large takes no memory
 */
static GByteArray *
read_bytes (Loading *self,
            guint64  size,
            GError **error)
{
  g_autoptr(GByteArray) bytes = g_byte_array_new ();

  while (bytes->len < size)
    {
      gsize room = (gsize)MIN (size - bytes->len, CHUNK_SIZE);
      guint old = bytes->len;
      gsize n;

      g_byte_array_set_size (bytes, old + (guint)room);
      if (!g_input_stream_read_all (self->stream, bytes->data + old, room, &n, self->cancellable,
                                    error))
        return NULL;
      if (n < room)
        {
          _hs_snapshot_set_error (error, HS_FILE_TRUNCATED, self->name);
          return NULL;
        }
    }

  return g_steal_pointer (&bytes);
}

static gboolean
check_header (Loading *self,
              GError **error)
{
  const HsRunFileHeader *header = &self->header;

  if (memcmp (header->magic, HS_RUN_FILE_MAGIC, sizeof header->magic) != 0)
    _hs_snapshot_set_error (error, HS_FILE_NOT_OURS, self->name);
  else if (header->major < HS_RUN_FILE_MAJOR)
    _hs_snapshot_set_error (error, HS_FILE_OLDER, self->name);
  else if (header->major > HS_RUN_FILE_MAJOR || header->minor > HS_RUN_FILE_MINOR)
    _hs_snapshot_set_error (error, HS_FILE_NEWER, self->name);
  else if (header->data_size > HS_SNAPSHOT_SIZE_MAX)
    _hs_snapshot_set_error (error, HS_FILE_TOO_LARGE, self->name);
  else if (header->facts_size > HS_RUN_FILE_FACTS_MAX ||
           header->source_size > HS_RUN_FILE_SOURCE_MAX ||
           header->result_size > HS_RUN_FILE_RESULT_MAX ||
           header->n_ranges > HS_RUN_FILE_N_RANGES_MAX)
    _hs_snapshot_set_error (error, HS_FILE_DAMAGED, self->name);
  else
    return TRUE;

  return FALSE;
}

static gboolean
is_inside (guint64 offset,
           guint64 size,
           guint64 total)
{
  return offset <= total && size <= total - offset;
}

/* Ascending, without overlap, inside the result, and together what the header says. */
static gboolean
are_ranges_right (const Loading *self)
{
  guint64 end = 0;
  guint64 sum = 0;

  for (guint i = 0; i < self->ranges->len; i++)
    {
      const HsRunFileRange *range = &g_array_index (self->ranges, HsRunFileRange, i);

      if (range->offset < end || range->size == 0 ||
          !is_inside (range->offset, range->size, self->header.result_size))
        return FALSE;
      end = range->offset + range->size;
      sum += range->size;
    }

  return sum == self->header.data_size;
}

/* Returns: (transfer full) (nullable): with source and facts, and nothing measured */
static HsRun *
read_head (Loading *self,
           GError **error)
{
  HsRunFileHeader *header = &self->header;
  g_autoptr(GByteArray) facts = NULL;
  g_autoptr(GByteArray) source = NULL;
  g_autoptr(GByteArray) ranges = NULL;
  g_autoptr(GBytes) facts_bytes = NULL;
  g_autoptr(GBytes) source_bytes = NULL;
  HsRun  *run = NULL;
  guint32 wanted = header->crc;
  uLong   crc;

  if ((facts = read_bytes (self, header->facts_size, error)) == NULL ||
      (source = read_bytes (self, header->source_size, error)) == NULL ||
      (ranges = read_bytes (self, header->n_ranges * sizeof (HsRunFileRange), error)) == NULL)
    return NULL;

  /* With a NULL of no bytes crc32_z() begins anew. */
  header->crc = 0;
  crc = crc32_z (0, (const guint8 *)header, sizeof *header);
  crc = facts->len > 0 ? crc32_z (crc, facts->data, facts->len) : crc;
  crc = source->len > 0 ? crc32_z (crc, source->data, source->len) : crc;
  crc = ranges->len > 0 ? crc32_z (crc, ranges->data, ranges->len) : crc;

  g_array_append_vals (self->ranges, ranges->data, (guint)header->n_ranges);
  facts_bytes = g_byte_array_free_to_bytes (g_steal_pointer (&facts));
  source_bytes = g_byte_array_free_to_bytes (g_steal_pointer (&source));
  if (crc == wanted && are_ranges_right (self))
    run = _hs_run_facts_read (facts_bytes, source_bytes);
  if (run == NULL)
    _hs_snapshot_set_error (error, HS_FILE_DAMAGED, self->name);

  return run;
}

/* ---- The data ---- */

typedef struct
{
  guint8 *data;
  gsize   size;
} Mapping;

static void
mapping_free (gpointer data)
{
  Mapping *mapping = data;

  munmap (mapping->data, mapping->size);
  g_free (mapping);
}

/* Memory that is zero and takes none until it is written: as much as the ranges hold.
 * Returns: (transfer full) (nullable)
 */
static Mapping *
mapping_new (Loading *self,
             GError **error)
{
  Mapping *mapping = g_new0 (Mapping, 1);

  mapping->size = (gsize)MAX (self->header.result_size, PAGE);
  mapping->data = mmap (NULL, mapping->size, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (mapping->data != MAP_FAILED)
    return mapping;

  _hs_snapshot_set_error (error, HS_FILE_NO_MEMORY, self->name);
  g_free (mapping);

  return NULL;
}

/* Where the ranges are filled. */
typedef struct
{
  guint   range;
  guint64 done; /* bytes of it */
} Place;

/* Puts @size bytes where they belong. Returns: FALSE if there is no room for so many */
static gboolean
put (Loading      *self,
     Mapping      *mapping,
     Place        *place,
     const guint8 *data,
     gsize         size)
{
  while (size > 0)
    {
      const HsRunFileRange *range;
      gsize                 n;

      if (place->range == self->ranges->len)
        return FALSE;
      range = &g_array_index (self->ranges, HsRunFileRange, place->range);
      n = (gsize)MIN (size, range->size - place->done);
      memcpy (mapping->data + range->offset + place->done, data, n);
      data += n;
      size -= n;
      place->done += n;
      if (place->done == range->size)
        *place = (Place) { place->range + 1, 0 };
    }

  return TRUE;
}

typedef struct
{
  ZSTD_DCtx *unpacker;
  guint8    *packed;   /* CHUNK_SIZE */
  guint8    *unpacked; /* CHUNK_SIZE */
  Mapping   *mapping;  /* borrowed */
  Place      place;
  gsize      left; /* 0: the frame is over, and its checksum was right */
  uLong      crc;  /* of the frame so far */
  guint8     tail[sizeof (HsRunFileTail)];
  gsize      n_tail; /* bytes of it */
} Unpacking;

/* Takes what is left of the frame from @input. Returns: FALSE with an error: damaged or cancelled
 */
static gboolean
unpack_frame (Loading       *self,
              Unpacking     *unpacking,
              ZSTD_inBuffer *input,
              GError       **error)
{
  while (input->pos < input->size && unpacking->left != 0)
    {
      ZSTD_outBuffer output = { unpacking->unpacked, CHUNK_SIZE, 0 };
      gsize          begin = input->pos;

      unpacking->left = ZSTD_decompressStream (unpacking->unpacker, &output, input);
      if (ZSTD_isError (unpacking->left) ||
          !put (self, unpacking->mapping, &unpacking->place, unpacking->unpacked, output.pos))
        {
          _hs_snapshot_set_error (error, HS_FILE_DAMAGED, self->name);
          return FALSE;
        }
      unpacking->crc = crc32_z (unpacking->crc, unpacking->packed + begin, input->pos - begin);
      if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return FALSE;
    }

  return TRUE;
}

/* Returns: FALSE: there is more than a tail */
static gboolean
take_tail (Unpacking           *unpacking,
           const ZSTD_inBuffer *input)
{
  gsize n = input->size - input->pos;

  if (n > sizeof unpacking->tail - unpacking->n_tail)
    return FALSE;
  memcpy (unpacking->tail + unpacking->n_tail, unpacking->packed + input->pos, n);
  unpacking->n_tail += n;

  return TRUE;
}

/* Returns: FALSE with an error: the frame is damaged, does not end or does not fit */
static gboolean
unpack (Loading   *self,
        Unpacking *unpacking,
        GError   **error)
{
  HsRunFileTail tail;
  gboolean      ok;
  gsize         n;

  do
    {
      ZSTD_inBuffer input = { unpacking->packed, 0, 0 };

      if (!g_input_stream_read_all (self->stream, unpacking->packed, CHUNK_SIZE, &n,
                                    self->cancellable, error))
        return FALSE;
      input.size = n;
      if (!unpack_frame (self, unpacking, &input, error))
        return FALSE;
      if (!take_tail (unpacking, &input))
        {
          _hs_snapshot_set_error (error, HS_FILE_DAMAGED, self->name);
          return FALSE;
        }
    }
  while (n == CHUNK_SIZE);

  if (unpacking->left != 0 || unpacking->n_tail < sizeof tail)
    {
      _hs_snapshot_set_error (error, HS_FILE_TRUNCATED, self->name);
      return FALSE;
    }

  memcpy (&tail, unpacking->tail, sizeof tail);
  ok = unpacking->place.range == self->ranges->len && tail.crc == (guint32)unpacking->crc;
  if (!ok)
    _hs_snapshot_set_error (error, HS_FILE_DAMAGED, self->name);

  return ok;
}

/* Returns: (transfer full) (nullable): what the worker had left */
static GBytes *
read_data (Loading *self,
           GError **error)
{
  Mapping  *mapping = mapping_new (self, error);
  Unpacking unpacking = { .mapping = mapping, .left = 1 };
  gboolean  ok;

  if (mapping == NULL)
    return NULL;

  unpacking.unpacker = ZSTD_createDCtx ();
  unpacking.packed = g_malloc (CHUNK_SIZE);
  unpacking.unpacked = g_malloc (CHUNK_SIZE);
  ok = unpacking.unpacker != NULL;
  if (ok)
    ok = unpack (self, &unpacking, error);
  else
    _hs_snapshot_set_error (error, HS_FILE_NO_MEMORY, self->name);
  ZSTD_freeDCtx (unpacking.unpacker);
  g_free (unpacking.packed);
  g_free (unpacking.unpacked);

  if (!ok)
    {
      mapping_free (mapping);
      return NULL;
    }

  return g_bytes_new_with_free_func (mapping->data, (gsize)self->header.result_size, mapping_free,
                                     mapping);
}

/* ---- A run ---- */

/* @run: (transfer none). Returns: FALSE with an error */
static gboolean
read_result (Loading *self,
             HsRun   *run,
             GError **error)
{
  const HsRunFileHeader *header = &self->header;

  run->result.bytes = read_data (self, error);
  if (run->result.bytes == NULL)
    return FALSE;

  run->result.record_offset = header->record_offset;
  run->result.record_size = header->record_size;
  run->result.snapshot_offset = header->snapshot_offset;
  run->result.snapshot_size = header->snapshot_size;
  _hs_run_read_result (run);
  if (run->heap_problem == NULL && hs_run_can_save (run))
    return TRUE;

  _hs_snapshot_set_error (error, HS_FILE_DAMAGED, self->name);

  return FALSE;
}

static HsRun *
load_run (Loading *self,
          GError **error)
{
  g_autoptr(HsRun) run = NULL;

  if (!check_header (self, error))
    return NULL;

  run = read_head (self, error);
  if (run == NULL || !read_result (self, run, error))
    return NULL;

  return g_steal_pointer (&run);
}

/* A heap by itself: what is not known of its run is left out. */
static HsRun *
load_bare (GFile        *file,
           GCancellable *cancellable,
           GError      **error)
{
  g_autoptr(HsHeap) heap = hs_snapshot_load_sync (file, cancellable, error);
  g_autoptr(GBytes) source = g_bytes_new (NULL, 0);
  g_autoptr(GDateTime) date = g_date_time_new_from_unix_local (0);
  g_autoptr(HsRunSpec) spec = NULL;
  g_autoptr(HsPython) python = NULL;
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *name = g_filename_display_name (base != NULL ? base : "");
  g_autofree char *version = NULL;
  guint            hex;
  HsRun           *run;

  if (heap == NULL)
    return NULL;

  /* PY_VERSION_HEX: Include/patchlevel.h. */
  hex = hs_heap_get_view (heap)->info.python_hex;
  version = g_strdup_printf ("%u.%u.%u", hex >> 24, hex >> 16 & 0xff, hex >> 8 & 0xff);
  python = _hs_python_new_elsewhere (version, NULL);
  spec = hs_run_spec_new (source, NULL, name);
  hs_run_spec_set_python (spec, python);
  run = _hs_run_new (spec, python, date);
  run->is_bare = TRUE;
  run->status = HS_STATUS_OK;
  run->heap = g_steal_pointer (&heap);

  return run;
}

HsRun *
hs_run_load_sync (GFile        *file,
                  GCancellable *cancellable,
                  GError      **error)
{
  Loading          self = { 0 };
  g_autofree char *name = NULL;
  HsRun           *run = NULL;
  gsize            n;

  g_return_val_if_fail (G_IS_FILE (file), NULL);
  g_return_val_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable), NULL);

  name = g_file_get_parse_name (file);
  self.name = name;
  self.cancellable = cancellable;
  self.ranges = g_array_new (FALSE, FALSE, sizeof (HsRunFileRange));
  self.stream = _hs_snapshot_open (file, name, cancellable, error);

  if (self.stream != NULL && g_input_stream_read_all (self.stream, &self.header, sizeof self.header,
                                                      &n, cancellable, error))
    {
      if (n >= 8 && memcmp (self.header.magic, HS_RUN_FILE_MAGIC, 8) != 0)
        run = load_bare (file, cancellable, error);
      else if (n < sizeof self.header)
        _hs_snapshot_set_error (error, n < 8 ? HS_FILE_NOT_OURS : HS_FILE_TRUNCATED, name);
      else
        run = load_run (&self, error);
    }
  if (run == NULL && error != NULL)
    _hs_snapshot_explain_error (error, name);

  g_clear_object (&self.stream);
  g_array_unref (self.ranges);

  return run;
}

static void
load_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  g_autoptr(GError) error = NULL;
  HsRun *run = hs_run_load_sync (task_data, cancellable, &error);

  if (run != NULL)
    g_task_return_pointer (task, run, (GDestroyNotify)hs_run_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
hs_run_load_async (GFile              *file,
                   GCancellable       *cancellable,
                   GAsyncReadyCallback callback,
                   gpointer            user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (G_IS_FILE (file));

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, hs_run_load_async);
  g_task_set_task_data (task, g_object_ref (file), g_object_unref);
  g_task_run_in_thread (task, load_thread);
}

HsRun *
hs_run_load_finish (GAsyncResult *result,
                    GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, hs_run_load_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
