/* hs-test-record.h - builds records in memory, for tests only
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

#include "hs-record-view.h"

G_BEGIN_DECLS

/*   g_autoptr (HsTestRecord) test = hs_test_record_new ();
 *   guint32 text = hs_test_record_add_text (test, "loop");
 *   guint64 offset, size;
 *
 *   hs_test_record_get_header (test)->flags = HS_RECORD_LEDGER;
 *   hs_test_record_add_sample (test, &(HsRecordSample) { .time_ns = 1000, .live_max = 64 });
 *   hs_test_record_add_moment (test, &(HsRecordMoment) { .name = text }, snapshot);
 *   result = hs_test_record_to_bytes (test, &offset, &size);
 *   history = hs_history_new (result, offset, size, "t.py", &error);
 *
 * Rows are taken as they are given: what is wrong in them is the reader's work, and
 * under test. The header begins with a page size of 4096 and all else that
 * does not follow from the rows 0.
 */
typedef struct _HsTestRecord HsTestRecord;

HsTestRecord *hs_test_record_new (void);
void          hs_test_record_free (HsTestRecord *self);

/* To be changed by the test; magic, version, total_size and parts are filled in later, but
 * for n_lost of the parts. (transfer none)
 */
HsRecordHeader *hs_test_record_get_header (HsTestRecord *self);

/* Returns: the offset of @text among the texts; 0 for NULL and "" */
guint32 hs_test_record_add_text (HsTestRecord *self,
                                 const char   *text);

/* A copy of @row behind the rows of its part. Returns: its index */
guint32 hs_test_record_add (HsTestRecord  *self,
                            HsRecordPartId part,
                            gconstpointer  row);
/* A row, to be changed; until the next one is added. (transfer none) */
gpointer hs_test_record_get (HsTestRecord  *self,
                             HsRecordPartId part,
                             guint32        i);
guint32  hs_test_record_get_n (HsTestRecord  *self,
                               HsRecordPartId part);

/* The same with the type of the row looked at. */
guint32 hs_test_record_add_sample (HsTestRecord         *self,
                                   const HsRecordSample *row);
guint32 hs_test_record_add_rss (HsTestRecord      *self,
                                const HsRecordRss *row);
guint32 hs_test_record_add_line (HsTestRecord       *self,
                                 const HsRecordLine *row);
guint32 hs_test_record_add_mapping (HsTestRecord          *self,
                                    const HsRecordMapping *row);
/* Returns: the number of the site, HS_SITE_FIRST for the first */
guint32 hs_test_record_add_site (HsTestRecord *self,
                                 const char   *file,
                                 const char   *function,
                                 guint32       line,
                                 guint32       flags);
/* @snapshot: (nullable): of that moment; its place and size are filled in */
guint32 hs_test_record_add_moment (HsTestRecord         *self,
                                   const HsRecordMoment *row,
                                   GBytes               *snapshot);
/* Its runs are added, and where they are is filled in. */
guint32 hs_test_record_add_page_sample (HsTestRecord             *self,
                                        const HsRecordPageSample *row,
                                        const HsRecordPageRun    *runs,
                                        guint32                   n_runs);

/* The whole result: the snapshots, and at @record_offset the record, which has no
 * more room than its rows need. Returns: (transfer full)
 */
GBytes *hs_test_record_to_bytes (HsTestRecord *self,
                                 guint64      *record_offset,
                                 guint64      *record_size);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HsTestRecord, hs_test_record_free)

G_END_DECLS
