/* hs-source-marks.h - where source asks for snapshots
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-protocol.h"
#include "hs-source.h"

G_BEGIN_DECLS

/* More comments of a file, or more marked lines, are not seen; a problem says so. Half
 * of what a job has room for.
 */
#define HS_SOURCE_N_MARKS_MAX (HS_JOB_N_MARKS_MAX / 2)

/* The comments "# heapscape: snapshot NAME" of a source file, and its statements. A
 * comment behind a statement, or within its lines, stands for the moment when it has
 * run; of one with a block that is its header. One on a line of its own stands for
 * the moment when the statement before it in the same block has run, with its
 * block; in front of the first one of a block for the moment before that.
 *
 * Immutable.
 */
typedef struct _HsSourceMarks HsSourceMarks;

/* Of what Python does not accept it finds what it can. Returns: (transfer full) */
HsSourceMarks *hs_source_marks_new (HsSource *source);
HsSourceMarks *hs_source_marks_new_for_text (const char *text);
void           hs_source_marks_free (HsSourceMarks *self);

typedef struct
{
  guint      line;       /* of the comment, from 1 */
  guint      first_line; /* of the statement */
  guint      last_line;
  HsMarkWhen when;
  char      *name; /* may be empty */
} HsSourceMark;

guint               hs_source_marks_get_n (HsSourceMarks *self);
const HsSourceMark *hs_source_marks_get (HsSourceMarks *self,
                                         guint          i); /* (transfer none), by line */

/* Comments that were meant for Heapscape, but say nothing that it knows. */
guint hs_source_marks_get_n_problems (HsSourceMarks *self);
/* A translated sentence. Returns: (transfer none) */
const char *hs_source_marks_get_problem (HsSourceMarks *self,
                                         guint          i,
                                         guint         *line);

/* The statement of which @line is part, or the next one if it is empty or a comment, or
 * if nothing is executed there ("else:"). Returns: FALSE if there is none
 */
gboolean hs_source_marks_find_statement (HsSourceMarks *self,
                                         guint          line,
                                         guint         *first_line,
                                         guint         *last_line);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HsSourceMarks, hs_source_marks_free)

G_END_DECLS
