/* fuzz-source.c - the loader of source files, and what looks for comments in them
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A short run with made-up mutants is a test. A longer one by hand, with other mutants, best built
 * with the address and undefined behaviour sanitizers:
 *
 *   fuzz-source [MUTANTS [SEED]]
 */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "hs-source-marks.h"
#include "hs-source.h"
#include "hs-variants.h"

#define N_MUTANTS       20000
#define SEED            20260101
#define MUTANT_SIZE_MAX 4096 /* bytes of a mutant */

/* What means something to Python or to Heapscape, whole or nearly so. */
static const char *const pieces[] = {
  "# heapscape: snapshot a\n",
  "# heapscape: sweep N = 1, 2_0, 3e5, 0x1f\n",
  "# heapscape:",
  "N = 10_000\n",
  "N = 1",
  "# %% first\n",
  "# %%\n",
  "# -*- coding: latin-1 -*-\n",
  "# coding: utf-16\n",
  "# coding: utf-7\n",
  "# coding=gb18030\n",
  "# coding: shift_jis\n",
  "# coding: x\n",
  "\xef\xbb\xbf",
  "\xff\xfe",
  "\xc3\xa4",
  "\xc3",
  "\xf0\x9f\x98",
  "\xe2\x82\xac",
  "\r\n",
  "\r",
  "\n",
  "\\\n",
  "\\",
  "\f",
  "\t",
  "    ",
  "'''",
  "\"\"\"",
  "'",
  "\"",
  "f'{x!r:{w}}'",
  "f\"\"\"{",
  "rb'",
  "{",
  "}",
  "(",
  ")",
  "[",
  "]",
  ":",
  "if x:\n",
  "else:\n",
  "elif y: pass\n",
  "finally:\n",
  "@d\n",
  "def f():\n    return 1\n",
  "lambda: 0",
  ";",
  "=",
  ",",
  "9999999999999999999999999",
  "1e999",
  "inf",
  "-1",
};

static void
append_piece (GRand      *random,
              GByteArray *bytes)
{
  static const guint8 zero = 0;
  guint               i = (guint)g_rand_int_range (random, 0, G_N_ELEMENTS (pieces) + 2);
  guint8              byte = (guint8)g_rand_int (random);

  if (i < G_N_ELEMENTS (pieces))
    g_byte_array_append (bytes, (const guint8 *)pieces[i], (guint)strlen (pieces[i]));
  else if (i == G_N_ELEMENTS (pieces) || g_rand_int_range (random, 0, 8) != 0)
    g_byte_array_append (bytes, &byte, 1);
  else
    g_byte_array_append (bytes, &zero, 1);
}

/* Returns: (transfer full) */
static GBytes *
make_mutant (GRand *random)
{
  GByteArray *bytes = g_byte_array_new ();
  guint       n = (guint)g_rand_int_range (random, 0, 40);

  for (guint i = 0; i < n && bytes->len < MUTANT_SIZE_MAX; i++)
    {
      guint start = bytes->len;

      append_piece (random, bytes);
      /* Many of the same: deep brackets, long lines. */
      if (g_rand_int_range (random, 0, 30) == 0)
        {
          g_autofree guint8 *copy = g_memdup2 (bytes->data + start, bytes->len - start);
          guint              size = bytes->len - start;

          for (guint k = 0; k < 300 && bytes->len < MUTANT_SIZE_MAX; k++)
            g_byte_array_append (bytes, copy, size);
        }
    }
  for (gint32 k = g_rand_int_range (random, 0, 3); k > 0 && bytes->len > 0; k--)
    bytes->data[g_rand_int_range (random, 0, (gint32)bytes->len)] = (guint8)g_rand_int (random);

  return g_byte_array_free_to_bytes (bytes);
}

static void
use_marks (HsSource *source)
{
  g_autoptr(HsSourceMarks) marks = hs_source_marks_new (source);
  guint line;
  guint first;
  guint last;

  for (guint i = 0; i < hs_source_marks_get_n (marks); i++)
    {
      const HsSourceMark *mark = hs_source_marks_get (marks, i);

      g_assert_cmpuint (mark->first_line, >, 0);
      g_assert_cmpuint (mark->first_line, <=, mark->last_line);
      g_assert_true (g_utf8_validate (mark->name, -1, NULL));
    }
  for (guint i = 0; i < hs_source_marks_get_n_problems (marks); i++)
    g_assert_true (g_utf8_validate (hs_source_marks_get_problem (marks, i, &line), -1, NULL));
  for (guint i = 0; i < 8; i++)
    if (hs_source_marks_find_statement (marks, i * i, &first, &last))
      g_assert_cmpuint (first, <=, last);
}

static void
use_variants (HsSource *source)
{
  g_autoptr(HsVariants) variants = hs_variants_new (source);
  const HsVariantSweep *sweep = hs_variants_get_sweep (variants);
  guint                 n = hs_variants_get_n (variants);
  guint                 line;

  g_assert_cmpuint (n, <=, HS_VARIANTS_MAX);
  for (guint i = 0; i < n; i++)
    g_assert_true (g_utf8_validate (hs_variants_get (variants, i)->name, -1, NULL));
  for (guint i = 0; i < hs_variants_get_n_problems (variants); i++)
    g_assert_true (g_utf8_validate (hs_variants_get_problem (variants, i, &line), -1, NULL));
  for (guint i = 0; i < MAX (n, 1); i++)
    {
      g_autoptr(GBytes) plain = hs_variants_dup_source (variants, i, HS_NO_VALUE);

      for (guint k = 0; sweep != NULL && k < sweep->n_values; k++)
        {
          g_autoptr(GBytes) swept = hs_variants_dup_source (variants, i, k);
          g_assert_nonnull (swept);
        }
      g_assert_nonnull (plain);
    }
}

static gboolean
try_bytes (GBytes *bytes)
{
  g_autoptr(HsSource) source = hs_source_new (bytes);
  g_autoptr(GError) error = NULL;
  g_autoptr(HsSource) other = hs_source_read_as (source, "GB18030", &error);
  g_autoptr(GBytes) encoded = NULL;
  g_autofree char *problem = hs_source_dup_problem (source, "t.py");
  const char      *text = hs_source_get_text (source);

  g_assert_true ((other == NULL) == (error != NULL));
  g_assert_true ((text == NULL) == (problem != NULL));
  if (text == NULL)
    return FALSE;

  g_assert_true (g_utf8_validate (text, -1, NULL));
  encoded = hs_source_encode (source, text, NULL);
  use_marks (source);
  use_variants (source);

  return TRUE;
}

int
main (int    argc,
      char **argv)
{
  guint64 n_mutants = argc > 1 ? g_ascii_strtoull (argv[1], NULL, 10) : N_MUTANTS;
  guint32 seed = argc > 2 ? (guint32)g_ascii_strtoull (argv[2], NULL, 10) : SEED;
  g_autoptr(GRand) random = g_rand_new_with_seed (seed);
  guint64 n_texts = 0;

  for (guint64 i = 0; i < n_mutants; i++)
    {
      g_autoptr(GBytes) mutant = make_mutant (random);

      n_texts += try_bytes (mutant) ? 1 : 0;
    }
  g_print ("%" G_GUINT64_FORMAT " mutants, %" G_GUINT64_FORMAT " of them texts\n", n_mutants,
           n_texts);
  g_assert_cmpuint (n_texts, >, n_mutants / 50);

  return 0;
}
