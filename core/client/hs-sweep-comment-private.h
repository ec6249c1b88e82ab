/* hs-sweep-comment-private.h - what a comment wants to have swept, and where that stands
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-source-lines-private.h"
#include "hs-variants.h"

G_BEGIN_DECLS

/* A number in the text of a file. */
typedef struct
{
  guint line;
  gsize offset; /* bytes from the beginning of the text */
  gsize size;
} HsConstantPlace;

typedef enum
{
  HS_ASSIGNMENT_NONE,
  HS_ASSIGNMENT_OTHER, /* something that is no plain number */
  HS_ASSIGNMENT_NUMBER,
} HsAssignment;

/* "# heapscape: sweep N = 100, 1_000". @message: (out) (transfer full) (nullable): what is
 * wrong, translated; values may be left out then. Returns: (transfer full) (nullable): NULL
 * if it is no such comment, or none that can be used
 */
HsVariantSweep *_hs_sweep_read_comment (const HsSourceComment *comment,
                                        char                 **message);
void            _hs_sweep_free (HsVariantSweep *self);

/* Whether a line assigns to @name. @place: its offset is that of the line before, of the
 * number afterwards.
 */
HsAssignment _hs_sweep_find_number (const char      *line,
                                    gsize            size,
                                    const char      *name,
                                    HsConstantPlace *place);

G_END_DECLS
