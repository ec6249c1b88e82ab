/* hs-snapshot-writer-finish.c - a snapshot's columns, one close behind the other
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-snapshot-writer-private.h"

#include <string.h>

/* The columns, and that of the info. */
#define N_SECTIONS (HS_N_SNAPSHOT_COLUMNS + 1)
#define HEAD_SIZE  (sizeof (HsSnapshotHeader) + N_SECTIONS * sizeof (HsSnapshotSection))

static uint64_t
align (uint64_t offset)
{
  return (offset + HS_SECTION_ALIGNMENT - 1) / HS_SECTION_ALIGNMENT * HS_SECTION_ALIGNMENT;
}

uint64_t
hs_snapshot_writer_get_size (const HsSnapshotWriter *self)
{
  uint64_t size = align (HEAD_SIZE) + align (sizeof (HsSnapshotInfo));

  for (size_t i = 0; i < HS_N_SNAPSHOT_COLUMNS; i++)
    {
      const HsColumn *column = &hs_snapshot_columns[i];

      size += align (_hs_snapshot_writer_get_n_rows (self, column->table, false) *
                     column->element_size);
    }

  return size;
}

static void
sift_down (HsSnapshotWide *rows,
           uint32_t        top,
           uint32_t        n)
{
  HsSnapshotWide moved = rows[top];

  for (uint64_t child = 2 * (uint64_t)top + 1; child < n; child = 2 * child + 1)
    {
      if (child + 1 < n && rows[child + 1].row > rows[child].row)
        child++;
      if (rows[child].row <= moved.row)
        break;
      rows[top] = rows[child];
      top = (uint32_t)child;
    }
  rows[top] = moved;
}

/* Ascending by row. qsort() may call malloc(), which is the code's. */
static void
sort_wide (HsWideColumn *column)
{
  HsSnapshotWide *rows = column->rows;
  bool            is_sorted = true;

  for (uint32_t i = 1; i < column->n; i++)
    is_sorted = is_sorted && rows[i].row > rows[i - 1].row;
  if (is_sorted)
    return;

  for (uint32_t i = column->n / 2; i-- > 0;)
    sift_down (rows, i, column->n);
  for (uint32_t i = column->n - 1; i > 0; i--)
    {
      HsSnapshotWide last = rows[i];

      rows[i] = rows[0];
      rows[0] = last;
      sift_down (rows, 0, i);
    }
}

/* Copies one column. Returns: where the next begins */
static uint64_t
put_section (uint8_t           *target,
             HsSnapshotSection *section,
             uint64_t           offset,
             uint32_t           id,
             const void        *data,
             uint32_t           element_size,
             uint64_t           n)
{
  *section = (HsSnapshotSection) {
    .id = id,
    .element_size = element_size,
    .offset = offset,
    .size = n * element_size,
    .flags = HS_SECTION_REQUIRED,
  };
  memcpy (target + offset, data, section->size);

  return align (offset + section->size);
}

void
hs_snapshot_writer_finish (HsSnapshotWriter     *self,
                           const HsSnapshotInfo *info,
                           void                 *target,
                           const HsCopyFuncs    *funcs)
{
  HsSnapshotHeader  *header = target;
  HsSnapshotSection *table =
    (HsSnapshotSection *)(void *)((uint8_t *)target + sizeof (HsSnapshotHeader));
  HsSnapshotInfo whole_info = *info;
  uint64_t       offset = align (HEAD_SIZE);

  whole_info.base_address = self->base_address;
  whole_info.lost_previews = self->lost_previews;
  if (self->n_late == 0)
    self->object_edges[self->n_objects] = self->n_edges;
  self->late_edges[self->n_late] = self->n_edges;
  self->object_fields[self->n_described] = self->n_fields;

  sort_wide (&self->wide_occupied);
  sort_wide (&self->wide_getsizeof);
  sort_wide (&self->wide_slack);

  memset (header, 0, sizeof *header);
  memcpy (header->magic, HS_SNAPSHOT_MAGIC, sizeof header->magic);
  header->major = HS_SNAPSHOT_MAJOR;
  header->minor = HS_SNAPSHOT_MINOR;
  header->header_size = sizeof *header;
  header->n_sections = N_SECTIONS;
  header->flags = self->is_cut ? HS_SNAPSHOT_CUT : 0;

  offset = put_section (target, &table[0], offset, HS_SECTION_INFO, &whole_info,
                        sizeof whole_info, 1);
  for (size_t i = 0; i < HS_N_SNAPSHOT_COLUMNS; i++)
    {
      void    *start = *_hs_snapshot_writer_get_place (self, &hs_snapshot_columns[i]);
      uint64_t n = _hs_snapshot_writer_get_n_rows (self, hs_snapshot_columns[i].table, false);

      if (funcs != NULL)
        funcs->prepare ((uint8_t *)target + offset, n * hs_snapshot_columns[i].element_size);
      offset = put_section (target, &table[i + 1], offset, hs_snapshot_columns[i].id, start,
                            hs_snapshot_columns[i].element_size, n);
      if (funcs != NULL)
        funcs->release (start, n * hs_snapshot_columns[i].element_size);
    }
  header->total_size = offset;
}
