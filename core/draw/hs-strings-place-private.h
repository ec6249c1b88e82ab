/* hs-strings-place-private.h - texts and columns while a scene of texts is made
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-strings-scene-private.h"
#include "hs-strings-wrap.h"

G_BEGIN_DECLS

/* The columns of numbers. */
enum
{
  HS_STRINGS_COLUMN_OBJECTS,
  HS_STRINGS_COLUMN_REFERENCES,
  HS_STRINGS_COLUMN_BYTES,
  HS_STRINGS_COLUMN_SHARING,
  HS_STRINGS_COLUMN_SAVING,
  HS_STRINGS_N_COLUMNS
};

/* What is not there is written as this. */
#define HS_STRINGS_DASH "–"

typedef struct
{
  HsStringsScene *scene;
  HsStringsPage  *page;
  HsTexts        *texts;
  HsWraps        *wraps;
  GArray         *placed;
  GArray         *chips;

  const HsText **labels; /* by label of the page */
  const HsText **states; /* by copy */
  const HsText **bytes;  /* by copy */
  const HsText **values; /* by row */
  const HsText **numbers[HS_STRINGS_N_COLUMNS];

  double  label_right; /* where the arcs begin */
  double  copy_x;
  double  copy_width;
  double  value_x;
  double  value_width;
  double  right[HS_STRINGS_N_COLUMNS];
  guint64 most_bytes; /* of a row */
  double  y;
} HsStringsPlacing;

/* The second takes @text. */
const HsText *_hs_strings_shape (HsStringsPlacing *placing,
                                 HsTextStyle       style,
                                 const char       *text,
                                 double            max_width);
const HsText *_hs_strings_shape_taken (HsStringsPlacing *placing,
                                       HsTextStyle       style,
                                       char             *text,
                                       double            max_width);

/* The head of a column of numbers, in lines. */
const HsText *const *_hs_strings_shape_head (HsStringsPlacing *placing,
                                             guint             column,
                                             guint            *n);
/* "4 096 characters, 1 byte each (ASCII)" */
const HsText *_hs_strings_shape_size (HsStringsPlacing *placing,
                                      guint             row);

/* Shapes what the columns hold and sets their places. FALSE if cancelled. */
gboolean _hs_strings_measure (HsStringsPlacing *placing,
                              GCancellable     *cancellable);

G_END_DECLS
