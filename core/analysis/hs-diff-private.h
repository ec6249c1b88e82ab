/* hs-diff-private.h - what the parts of a difference share
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-diff.h"
#include "hs-heap-private.h"
#include "hs-text-table.h"

G_BEGIN_DECLS

/* Bytes of a text that are compared: strings of a snapshot may lie in one another, so
 * that all of them together may be longer than the snapshot by far.
 */
#define HS_DIFF_TEXT_MAX 1024

/* Objects between two looks at the cancellable. */
#define HS_DIFF_CHECK_EVERY 65536

struct _HsDiff
{
  gatomicrefcount ref_count;

  HsHeap  *before; /* owned */
  HsHeap  *after;  /* owned */
  gboolean is_matched;

  guint32 *former; /* owned; by object after; HS_NO_OBJECT; NULL unless matched */
  guint32 *later;  /* owned; by object before; HS_NO_OBJECT; NULL unless matched */
  guint8  *state;  /* owned; HsDiffState by object after; NULL unless matched */

  /* One number for equal texts of both heaps. */
  HsTextTable *texts;        /* owned */
  guint32     *types_before; /* owned; number by type */
  guint32     *types_after;
  guint32     *sites_before; /* owned; number by site; of sites that are no lines the site */
  guint32     *sites_after;

  HsDiffSum sum;
  GArray   *types; /* owned; HsDiffType */
  GArray   *lines; /* owned; HsDiffLine */
  GArray   *names; /* owned; HsDiffName */
  gboolean  has_deep_names;
};

/* The number of a text with two numbers that tell it from equal ones. */
guint32 _hs_diff_number (HsDiff     *self,
                         const char *text,
                         guint64     first,
                         guint64     second);

/* hs-diff-sums.c. FALSE if cancelled. */
gboolean _hs_diff_sum (HsDiff       *self,
                       GCancellable *cancellable);
/* hs-diff-names.c */
void _hs_diff_compare_names (HsDiff *self);

G_END_DECLS
