/* hs-record-writer.h - fills a record in place
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-record-format.h"

/* Bytes that a record takes at most: less than 64 MiB, most of it never touched. */
uint64_t hs_record_get_max_size (void);

/* An empty record at @area, which is zeroed memory of hs_record_get_max_size() bytes,
 * aligned to 64. One thread at a time may write to a part; another process may
 * read at any time.
 */
void hs_record_init (void    *area,
                     uint32_t page_size);

/* The rows of @part. */
void *hs_record_get_rows (HsRecordHeader *self,
                          HsRecordPartId  part);

/* A zeroed row behind the last, to be filled in and then made to count by
 * hs_record_commit(). Returns: (nullable): NULL, and counted as lost, if there is no
 * room
 */
void *hs_record_begin_row (HsRecordHeader *self,
                           HsRecordPartId  part);
void  hs_record_commit (HsRecordHeader *self,
                        HsRecordPartId  part);
/* Makes the first @n rows count. */
void hs_record_set_n (HsRecordHeader *self,
                      HsRecordPartId  part,
                      uint64_t        n);

/* Returns: a text, 0 if there is no room. The same text as the last one that was
 * added is not added again.
 */
uint32_t hs_record_add_text (HsRecordHeader *self,
                             const char     *text);

void hs_record_add_flags (HsRecordHeader *self,
                          uint32_t        flags);
