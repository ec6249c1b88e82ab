/* hs-variants.h - the variants of one source file, and the constant that is swept
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-source.h"

G_BEGIN_DECLS

#define HS_VARIANTS_MAX     16
#define HS_SWEEP_VALUES_MAX 32

/* A comment "# %% NAME" at the beginning of a line starts a variant, which ends before the
 * next one or with the file; "# %%" within a string is none. What stands before the first is common
 * to all. "# heapscape: sweep N = 100, 1_000" names a constant that is assigned a plain
 * number at the left margin ("N = 10_000") and the numbers to put in its place.
 *
 * Immutable.
 */
typedef struct _HsVariants HsVariants;

typedef struct
{
  char *name;       /* of the mark; "Variant 2" without one; made unique by a number */
  guint mark_line;  /* from 1 */
  guint first_line; /* after the mark */
  guint last_line;  /* below @first_line if there is nothing */
} HsVariantSection;

typedef struct
{
  char    *name; /* of the constant */
  guint    line; /* of the comment */
  guint    constant_line;
  guint    n_values; /* ascending, each once */
  char   **texts;    /* as they are written */
  gdouble *values;
} HsVariantSweep;

/* Of what Python does not accept it finds what it can. Returns: (transfer full) */
HsVariants *hs_variants_new (HsSource *source);
HsVariants *hs_variants_new_for_text (const char *text);
void        hs_variants_free (HsVariants *self);

/* 0: the file has no mark, and is one program. (transfer none) */
guint                   hs_variants_get_n (HsVariants *self);
const HsVariantSection *hs_variants_get (HsVariants *self,
                                         guint       i);

/* (transfer none) (nullable) */
const HsVariantSweep *hs_variants_get_sweep (HsVariants *self);

/* What was meant for Heapscape and cannot be done: a sweep without its constant, a
 * seventeenth variant. A translated sentence. (transfer none)
 */
guint       hs_variants_get_n_problems (HsVariants *self);
const char *hs_variants_get_problem (HsVariants *self,
                                     guint       i,
                                     guint      *line);

/* The program of variant @i (0 for a file without marks), in the encoding of the file: the lines of
 * the other variants are empty, so that each line keeps its number. @value: of the sweep, an index,
 * or HS_NO_VALUE: as it is written. Returns: (transfer full)
 */
#define HS_NO_VALUE G_MAXUINT
GBytes *hs_variants_dup_source (HsVariants *self,
                                guint       i,
                                guint       value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HsVariants, hs_variants_free)

G_END_DECLS
