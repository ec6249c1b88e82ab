/* hs-record-writer.c - fills a record in place
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-record-writer.h"

#include <string.h>

static const struct
{
  uint32_t element_size;
  uint32_t capacity;
} parts[HS_RECORD_N_PARTS] = {
  [HS_RECORD_SAMPLES] = { sizeof (HsRecordSample), HS_RECORD_N_SAMPLES_MAX },
  [HS_RECORD_RSS] = { sizeof (HsRecordRss), HS_RECORD_N_RSS_MAX },
  [HS_RECORD_SITES] = { sizeof (HsRecordSite), HS_RECORD_N_SITES_MAX },
  [HS_RECORD_LINES] = { sizeof (HsRecordLine), HS_RECORD_N_LINES_MAX },
  [HS_RECORD_MOMENTS] = { sizeof (HsRecordMoment), HS_RECORD_N_MOMENTS_MAX },
  [HS_RECORD_MAPPINGS] = { sizeof (HsRecordMapping), HS_RECORD_N_MAPPINGS_MAX },
  [HS_RECORD_PAGE_SAMPLES] = { sizeof (HsRecordPageSample), HS_RECORD_N_PAGE_SAMPLES_MAX },
  [HS_RECORD_PAGE_RUNS] = { sizeof (HsRecordPageRun), HS_RECORD_N_PAGE_RUNS_MAX },
  [HS_RECORD_TEXTS] = { 1, HS_RECORD_N_TEXTS_MAX },
};

static uint64_t
align (uint64_t offset)
{
  return (offset + HS_RECORD_ALIGNMENT - 1) / HS_RECORD_ALIGNMENT * HS_RECORD_ALIGNMENT;
}

uint64_t
hs_record_get_max_size (void)
{
  uint64_t size = align (sizeof (HsRecordHeader));

  for (int i = 0; i < HS_RECORD_N_PARTS; i++)
    size += align ((uint64_t)parts[i].element_size * parts[i].capacity);

  return size;
}

void
hs_record_init (void    *area,
                uint32_t page_size)
{
  HsRecordHeader *self = area;
  uint64_t        at = align (sizeof *self);

  memcpy (self->magic, HS_RECORD_MAGIC, sizeof self->magic);
  self->version = HS_RECORD_VERSION;
  self->n_parts = HS_RECORD_N_PARTS;
  self->total_size = hs_record_get_max_size ();
  self->page_size = page_size;

  for (int i = 0; i < HS_RECORD_N_PARTS; i++)
    {
      self->parts[i].id = (uint32_t)i;
      self->parts[i].element_size = parts[i].element_size;
      self->parts[i].offset = at;
      self->parts[i].capacity = parts[i].capacity;
      at += align ((uint64_t)parts[i].element_size * parts[i].capacity);
    }
  /* The empty text. */
  self->parts[HS_RECORD_TEXTS].n = 1;
}

void *
hs_record_get_rows (HsRecordHeader *self,
                    HsRecordPartId  part)
{
  return (uint8_t *)self + self->parts[part].offset;
}

void *
hs_record_begin_row (HsRecordHeader *self,
                     HsRecordPartId  part)
{
  HsRecordPart *rows = &self->parts[part];
  void         *row;

  if (rows->n >= rows->capacity)
    {
      rows->n_lost++;
      return NULL;
    }

  row = (uint8_t *)self + rows->offset + rows->n * rows->element_size;
  memset (row, 0, rows->element_size);

  return row;
}

void
hs_record_set_n (HsRecordHeader *self,
                 HsRecordPartId  part,
                 uint64_t        n)
{
  __atomic_store_n (&self->parts[part].n, n, __ATOMIC_RELEASE);
}

void
hs_record_commit (HsRecordHeader *self,
                  HsRecordPartId  part)
{
  hs_record_set_n (self, part, self->parts[part].n + 1);
}

uint32_t
hs_record_add_text (HsRecordHeader *self,
                    const char     *text)
{
  HsRecordPart *texts = &self->parts[HS_RECORD_TEXTS];
  char         *first = hs_record_get_rows (self, HS_RECORD_TEXTS);
  uint64_t      size = strlen (text) + 1;
  uint64_t      at = texts->n;

  if (size == 1)
    return 0;
  if (at > size && memcmp (first + at - size, text, size) == 0 && first[at - size - 1] == '\0')
    return (uint32_t)(at - size);
  if (size > texts->capacity - at)
    {
      texts->n_lost++;
      return 0;
    }

  memcpy (first + at, text, size);
  hs_record_set_n (self, HS_RECORD_TEXTS, at + size);

  return (uint32_t)at;
}

void
hs_record_add_flags (HsRecordHeader *self,
                     uint32_t        flags)
{
  __atomic_or_fetch (&self->flags, flags, __ATOMIC_RELEASE);
}
