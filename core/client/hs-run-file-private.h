/* hs-run-file-private.h - the format of files of runs
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-run-file.h"

G_BEGIN_DECLS

/* The file: header, facts, source, ranges, data. All numbers in the order of bytes of the machine,
 * which is the same on all that CPython's workers are built for here; another order shows as a
 * version that nobody has made.
 */
#define HS_RUN_FILE_MAGIC "HSRUN\r\n" /* with its NUL 8 bytes */
#define HS_RUN_FILE_MAJOR 1
#define HS_RUN_FILE_MINOR 0

/* Of what a file may claim. Bytes. */
#define HS_RUN_FILE_FACTS_MAX    ((guint64)64 << 20)
#define HS_RUN_FILE_SOURCE_MAX   ((guint64)1 << 30)
#define HS_RUN_FILE_RESULT_MAX   ((guint64)64 << 30) /* with its holes */
#define HS_RUN_FILE_N_RANGES_MAX (1u << 20)

typedef struct
{
  char    magic[8];
  guint16 major; /* a reader refuses others */
  guint16 minor; /* a reader takes smaller ones */
  guint32 crc;   /* of header (with 0 here), facts, source and ranges: CRC-32 as in zlib */

  guint64 facts_size;  /* bytes of a GVariant of type a{sv}: hs-run-facts.c */
  guint64 source_size; /* bytes, as they were in the file that was run */
  guint64 n_ranges;    /* HsRunFileRange */
  guint64 data_size;   /* bytes of all ranges, before they are packed */

  /* What the worker has left, as in HsRunResult; beyond the ranges it is zero. */
  guint64 result_size;
  guint64 record_offset;
  guint64 record_size; /* 0: none */
  guint64 snapshot_offset;
  guint64 snapshot_size; /* 0: none, or it is that of the last moment */

  guint64 reserved[7];
} HsRunFileHeader;

/* A part of the result. Ascending, without overlap; what they hold stands one after the other in
 * the data: a frame of zstd (RFC 8878) with its checksum. Behind it the file ends with
 * HsRunFileTail.
 */
typedef struct
{
  guint64 offset;
  guint64 size;
} HsRunFileRange;

/* A frame has bits that change nothing of what is unpacked: its own checksum does not see them. */
typedef struct
{
  guint32 crc; /* of the frame: CRC-32 as in zlib */
} HsRunFileTail;

G_STATIC_ASSERT (sizeof (HsRunFileHeader) == 144);
G_STATIC_ASSERT (sizeof (HsRunFileRange) == 16);
G_STATIC_ASSERT (sizeof (HsRunFileTail) == 4);

/* Everything of @run but source and result. Returns: (transfer full) */
GBytes *_hs_run_facts_write (HsRun *run);

/* A run of @source with the facts of @bytes, and nothing that was measured. Returns: (transfer
 * full) (nullable): NULL: damaged
 */
HsRun *_hs_run_facts_read (GBytes *bytes,
                           GBytes *source);

G_END_DECLS
