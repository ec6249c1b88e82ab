/* hs-test-record.c - builds records in memory, for tests only
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-test-record.h"

#include <string.h>

#define PAGE_SIZE_FIRST 4096
#define SNAPSHOT_ALIGN  64

static const guint element_sizes[HS_RECORD_N_PARTS] = {
  [HS_RECORD_SAMPLES] = sizeof (HsRecordSample),
  [HS_RECORD_RSS] = sizeof (HsRecordRss),
  [HS_RECORD_SITES] = sizeof (HsRecordSite),
  [HS_RECORD_LINES] = sizeof (HsRecordLine),
  [HS_RECORD_MOMENTS] = sizeof (HsRecordMoment),
  [HS_RECORD_MAPPINGS] = sizeof (HsRecordMapping),
  [HS_RECORD_PAGE_SAMPLES] = sizeof (HsRecordPageSample),
  [HS_RECORD_PAGE_RUNS] = sizeof (HsRecordPageRun),
  [HS_RECORD_TEXTS] = 1,
};

struct _HsTestRecord
{
  HsRecordHeader header;
  GArray        *parts[HS_RECORD_N_PARTS];
  GByteArray    *snapshots;
};

HsTestRecord *
hs_test_record_new (void)
{
  HsTestRecord *self = g_new0 (HsTestRecord, 1);

  memcpy (self->header.magic, HS_RECORD_MAGIC, sizeof self->header.magic);
  self->header.version = HS_RECORD_VERSION;
  self->header.n_parts = HS_RECORD_N_PARTS;
  self->header.page_size = PAGE_SIZE_FIRST;
  for (guint i = 0; i < HS_RECORD_N_PARTS; i++)
    self->parts[i] = g_array_new (FALSE, FALSE, element_sizes[i]);
  self->snapshots = g_byte_array_new ();
  g_array_append_vals (self->parts[HS_RECORD_TEXTS], "", 1);

  return self;
}

void
hs_test_record_free (HsTestRecord *self)
{
  if (self == NULL)
    return;

  for (guint i = 0; i < HS_RECORD_N_PARTS; i++)
    g_array_unref (self->parts[i]);
  g_byte_array_unref (self->snapshots);
  g_free (self);
}

HsRecordHeader *
hs_test_record_get_header (HsTestRecord *self)
{
  return &self->header;
}

guint32
hs_test_record_add_text (HsTestRecord *self,
                         const char   *text)
{
  guint32 at = self->parts[HS_RECORD_TEXTS]->len;

  if (text == NULL || *text == '\0')
    return 0;

  g_array_append_vals (self->parts[HS_RECORD_TEXTS], text, (guint)strlen (text) + 1);

  return at;
}

guint32
hs_test_record_add (HsTestRecord  *self,
                    HsRecordPartId part,
                    gconstpointer  row)
{
  g_array_append_vals (self->parts[part], row, 1);

  return self->parts[part]->len - 1;
}

gpointer
hs_test_record_get (HsTestRecord  *self,
                    HsRecordPartId part,
                    guint32        i)
{
  g_assert (i < self->parts[part]->len);

  return self->parts[part]->data + (gsize)i * element_sizes[part];
}

guint32
hs_test_record_get_n (HsTestRecord  *self,
                      HsRecordPartId part)
{
  return self->parts[part]->len;
}

guint32
hs_test_record_add_sample (HsTestRecord         *self,
                           const HsRecordSample *row)
{
  return hs_test_record_add (self, HS_RECORD_SAMPLES, row);
}

guint32
hs_test_record_add_rss (HsTestRecord      *self,
                        const HsRecordRss *row)
{
  return hs_test_record_add (self, HS_RECORD_RSS, row);
}

guint32
hs_test_record_add_line (HsTestRecord       *self,
                         const HsRecordLine *row)
{
  return hs_test_record_add (self, HS_RECORD_LINES, row);
}

guint32
hs_test_record_add_mapping (HsTestRecord          *self,
                            const HsRecordMapping *row)
{
  return hs_test_record_add (self, HS_RECORD_MAPPINGS, row);
}

guint32
hs_test_record_add_site (HsTestRecord *self,
                         const char   *file,
                         const char   *function,
                         guint32       line,
                         guint32       flags)
{
  HsRecordSite site = { .line = line, .flags = flags };

  site.file = hs_test_record_add_text (self, file);
  site.function = hs_test_record_add_text (self, function);

  return HS_SITE_FIRST + hs_test_record_add (self, HS_RECORD_SITES, &site);
}

guint32
hs_test_record_add_moment (HsTestRecord         *self,
                           const HsRecordMoment *row,
                           GBytes               *snapshot)
{
  static const guint8 padding[SNAPSHOT_ALIGN];
  HsRecordMoment      moment = *row;

  if (snapshot != NULL)
    {
      gsize         size;
      const guint8 *data = g_bytes_get_data (snapshot, &size);
      guint         rest = self->snapshots->len % SNAPSHOT_ALIGN;

      if (rest > 0)
        g_byte_array_append (self->snapshots, padding, SNAPSHOT_ALIGN - rest);
      moment.snapshot_offset = self->snapshots->len;
      moment.snapshot_size = size;
      g_byte_array_append (self->snapshots, data, (guint)size);
    }

  return hs_test_record_add (self, HS_RECORD_MOMENTS, &moment);
}

guint32
hs_test_record_add_page_sample (HsTestRecord             *self,
                                const HsRecordPageSample *row,
                                const HsRecordPageRun    *runs,
                                guint32                   n_runs)
{
  HsRecordPageSample sample = *row;

  sample.first_run = self->parts[HS_RECORD_PAGE_RUNS]->len;
  sample.n_runs = n_runs;
  if (n_runs > 0)
    g_array_append_vals (self->parts[HS_RECORD_PAGE_RUNS], runs, n_runs);

  return hs_test_record_add (self, HS_RECORD_PAGE_SAMPLES, &sample);
}

static guint64
align (guint64 offset)
{
  return (offset + HS_RECORD_ALIGNMENT - 1) / HS_RECORD_ALIGNMENT * HS_RECORD_ALIGNMENT;
}

GBytes *
hs_test_record_to_bytes (HsTestRecord *self,
                         guint64      *record_offset,
                         guint64      *record_size)
{
  guint64 start = align (self->snapshots->len);
  guint64 at = align (sizeof self->header);
  guint8 *data;

  for (guint i = 0; i < HS_RECORD_N_PARTS; i++)
    {
      HsRecordPart *part = &self->header.parts[i];

      part->id = i;
      part->element_size = element_sizes[i];
      part->offset = at;
      part->capacity = part->n = self->parts[i]->len;
      at += align (part->n * part->element_size);
    }
  self->header.total_size = at;

  data = g_malloc0 (start + at);
  if (self->snapshots->len > 0)
    memcpy (data, self->snapshots->data, self->snapshots->len);
  memcpy (data + start, &self->header, sizeof self->header);
  for (guint i = 0; i < HS_RECORD_N_PARTS; i++)
    if (self->parts[i]->len > 0)
      memcpy (data + start + self->header.parts[i].offset, self->parts[i]->data,
              (gsize)self->parts[i]->len * element_sizes[i]);
  *record_offset = start;
  *record_size = at;

  return g_bytes_new_take (data, start + at);
}
