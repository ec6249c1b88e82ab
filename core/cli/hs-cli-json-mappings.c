/* hs-cli-json-mappings.c - the mappings of a run and their pages, as JSON
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-cli-json-mappings.h"

#include <string.h>

#include "hs-cli-json-object.h"

/* Of one mapping. */
#define N_SAMPLES 1000

static const char *const mapping_kinds[HS_N_MAPPING_KINDS] = {
  [HS_MAPPING_FILE_SHARED] = "file-shared",
  [HS_MAPPING_FILE_READ] = "file-read",
  [HS_MAPPING_FILE_COPY] = "file-copy",
  [HS_MAPPING_ANON_SHARED] = "anon-shared",
  [HS_MAPPING_ANON_PRIVATE] = "anon-private",
};

/* The object that made the mapping, if it still lives at its address. Another mapping
 * may have come to have its place.
 */
static guint32
find_object (HsHistory             *history,
             HsHeap                *heap,
             const HsRecordMapping *mapping)
{
  const HsRecordView   *record = hs_history_get_record (history);
  const HsSnapshotView *view = hs_heap_get_view (heap);
  guint32               object = hs_heap_find_address (heap, mapping->object);
  g_autofree char      *type = NULL;
  g_autofree char      *own_type = NULL;
  const char           *short_type;

  if (object == HS_NO_OBJECT)
    return HS_NO_OBJECT;
  for (const HsRecordMapping *later = mapping + 1; later < record->mappings + record->n_mappings;
       later++)
    if (later->object == mapping->object)
      return HS_NO_OBJECT;

  type = hs_heap_dup_type_name (heap, hs_snapshot_view_get_type (view, object));
  own_type = hs_history_dup_text (history, mapping->type);
  short_type = strrchr (type, '.');
  short_type = short_type != NULL ? short_type + 1 : type;

  return g_str_has_suffix (own_type, short_type) ? object : HS_NO_OBJECT;
}

/* The first name in the order of the scopes. */
static char *
dup_name (HsHistory             *history,
          HsHeap                *heap, /* (nullable) */
          const HsRecordMapping *mapping)
{
  guint32 object = heap != NULL ? find_object (history, heap, mapping) : HS_NO_OBJECT;

  if (object == HS_NO_OBJECT)
    return NULL;

  for (guint32 i = 0; i < hs_heap_get_view (heap)->n_names; i++)
    if (hs_heap_get_view (heap)->name_object[i] == object)
      return hs_heap_dup_string (heap, hs_heap_get_view (heap)->name_label[i]);

  return NULL;
}

static void
add_sample (HsJsonOut                *out,
            const HsRecordMapping    *mapping,
            const HsRecordPageSample *sample)
{
  guint32 flags = mapping->flags | sample->flags;

  hs_json_out_begin_object (out, NULL);
  if (sample->line != 0)
    hs_json_out_put_int (out, "line", sample->line);
  else
    hs_json_out_put_null (out, "line");
  hs_cli_json_put_bytes (out, "t_ns", sample->time_ns);
  hs_cli_json_put_bytes (out, "mapped", sample->n_mapped);
  if ((flags & HS_MAPPING_CACHE_HIDDEN) != 0)
    hs_json_out_put_null (out, "cached");
  else
    hs_cli_json_put_bytes (out, "cached", sample->n_cached);
  if ((flags & HS_MAPPING_DIRTY_UNKNOWN) != 0)
    hs_json_out_put_null (out, "dirty");
  else
    hs_cli_json_put_bytes (out, "dirty", sample->n_dirty);
  hs_cli_json_put_bytes (out, "copies", sample->n_copies);
  hs_cli_json_put_bytes (out, "swapped", sample->n_swapped);
  hs_cli_json_put_bytes (out, "bytes", sample->bytes);
  hs_json_out_put_boolean (out, "closed", (sample->flags & HS_MAPPING_CLOSED) != 0);
  hs_cli_json_put_bytes (out, "rss_anon", sample->rss_anon);
  hs_cli_json_put_bytes (out, "rss_file", sample->rss_file);
  hs_json_out_end_object (out);
}

static void
put_samples (HsJsonOut          *out,
             const HsRecordView *record,
             guint32             mapping)
{
  guint32 n = 0;

  hs_json_out_begin_array (out, "moments");
  for (guint32 i = 0; i < record->n_page_samples; i++)
    {
      if (record->page_samples[i].mapping != mapping)
        continue;
      if (n < N_SAMPLES)
        add_sample (out, &record->mappings[mapping], &record->page_samples[i]);
      n++;
    }
  hs_json_out_end_array (out);
  hs_json_out_put_int (out, "moments_total", n);
}

static void
add_mapping (HsJsonOut *out,
             HsHistory *history,
             HsHeap    *heap,
             guint32    index)
{
  const HsRecordView    *record = hs_history_get_record (history);
  const HsRecordMapping *mapping = &record->mappings[index];
  g_autofree char       *name = dup_name (history, heap, mapping);
  g_autofree char       *file = mapping->file != 0 ? hs_history_dup_text (history, mapping->file)
                                                   : NULL;

  hs_json_out_begin_object (out, NULL);
  hs_json_out_put_text (out, "name", name);
  hs_json_out_put_text (out, "file", file);
  hs_cli_json_put_bytes (out, "bytes", mapping->bytes);
  hs_json_out_put_int (out, "page_size", mapping->page_size);
  hs_cli_json_put_bytes (out, "pages", hs_record_view_get_n_pages (record, index, mapping->bytes));
  hs_json_out_put_text (out, "kind", mapping_kinds[mapping->kind]);
  if (mapping->line != 0)
    hs_json_out_put_int (out, "line", mapping->line);
  else
    hs_json_out_put_null (out, "line");
  put_samples (out, record, index);
  hs_json_out_end_object (out);
}

void
hs_cli_json_put_mappings (HsJsonOut *out,
                          HsHistory *history,
                          HsHeap    *heap)
{
  const HsRecordView *record = hs_history_get_record (history);

  hs_json_out_begin_array (out, "mappings");
  for (guint32 i = 0; i < record->n_mappings; i++)
    add_mapping (out, history, heap, i);
  hs_json_out_end_array (out);
  hs_cli_json_put_bytes (out, "mappings_total",
                         record->n_mappings + record->header.parts[HS_RECORD_MAPPINGS].n_lost);
  if (record->header.n_page_samples_skipped != 0)
    hs_cli_json_put_bytes (out, "page_samples_skipped", record->header.n_page_samples_skipped);
}
