/* hs-lesson-private.h - what the files of lessons share
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-lesson.h"

G_BEGIN_DECLS

typedef enum
{
  HS_SEGMENT_PLAIN,
  HS_SEGMENT_CODE,
  HS_SEGMENT_STRESS, /* begins or ends; without a text */
  HS_SEGMENT_FIGURE,
} HsSegmentKind;

/* A part of a paragraph. */
typedef struct
{
  HsSegmentKind kind;
  char         *text;   /* (nullable); of a figure: the expression */
  char         *format; /* (nullable) of a figure */
} HsSegment;

/* Returns: (transfer full) (element-type HsSegment) (nullable): NULL with an error of
 * HS_LESSON_ERROR if a mark is not closed, or a figure is none
 */
GArray *_hs_lesson_split (const char *text,
                          GError    **error);

/* @text in lines of at most @width columns, each after @indent spaces but the first, before which
 * @first stands. Wide characters count twice.
 */
void _hs_lesson_append_wrapped (GString    *out,
                                const char *first,
                                guint       indent,
                                const char *text,
                                guint       width);

G_END_DECLS
