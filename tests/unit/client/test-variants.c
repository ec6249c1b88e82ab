/* test-variants.c - files that are split into variants
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-variants.h"

#include <string.h>

static void
assert_source (HsVariants *variants,
               guint       i,
               guint       value,
               const char *expected)
{
  g_autoptr(GBytes) bytes = hs_variants_dup_source (variants, i, value);
  gsize            size;
  const char      *data = g_bytes_get_data (bytes, &size);
  g_autofree char *text = g_strndup (size > 0 ? data : "", size);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_split (void)
{
  const char *text = "import os\n# %% list\na = 1\nb = 2\n#%%\nc = 3\n# %% [list]\n";
  g_autoptr(HsVariants) variants = hs_variants_new_for_text (text);
  const HsVariantSection *section;

  g_assert_cmpuint (hs_variants_get_n (variants), ==, 3);
  section = hs_variants_get (variants, 0);
  g_assert_cmpstr (section->name, ==, "list");
  g_assert_cmpuint (section->mark_line, ==, 2);
  g_assert_cmpuint (section->first_line, ==, 3);
  g_assert_cmpuint (section->last_line, ==, 4);
  g_assert_cmpstr (hs_variants_get (variants, 1)->name, ==, "Variant 2");
  section = hs_variants_get (variants, 2);
  g_assert_cmpstr (section->name, ==, "list (2)");
  g_assert_cmpuint (section->first_line, ==, 8);
  g_assert_cmpuint (section->last_line, ==, 7);
  g_assert_null (hs_variants_get_sweep (variants));
  g_assert_cmpuint (hs_variants_get_n_problems (variants), ==, 0);

  assert_source (variants, 0, HS_NO_VALUE, "import os\n# %% list\na = 1\nb = 2\n\n\n\n");
  assert_source (variants, 1, HS_NO_VALUE, "import os\n\n\n\n#%%\nc = 3\n\n");
  assert_source (variants, 2, HS_NO_VALUE, "import os\n\n\n\n\n\n# %% [list]\n");
}

/* Whatever only looks like a mark. */
static void
test_no_marks (void)
{
  static const char *const texts[] = {
    "",
    "x = 1\n",
    "x = '''\n# %% a\n'''\n",
    "x = (1,\n# %% a\n2)\n",
    "def f():\n    # %% a\n    pass\n",
    "x = 5 # %% a\n",
    "# 50 %% off\n",
    "# % a\n",
    "x = 5 \\\n# %% a\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(HsVariants) variants = hs_variants_new_for_text (texts[i]);

      g_test_message ("%s", texts[i]);
      if (i != G_N_ELEMENTS (texts) - 1)
        g_assert_cmpuint (hs_variants_get_n (variants), ==, 0);
      if (hs_variants_get_n (variants) == 0)
        assert_source (variants, 0, HS_NO_VALUE, texts[i]);
    }
}

static void
test_too_many (void)
{
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(HsVariants) variants = NULL;
  guint       line;
  const char *problem;

  for (guint i = 1; i <= HS_VARIANTS_MAX + 2; i++)
    g_string_append_printf (text, "# %%%% v%u\nx = %u\n", i, i);
  variants = hs_variants_new_for_text (text->str);

  g_assert_cmpuint (hs_variants_get_n (variants), ==, HS_VARIANTS_MAX);
  g_assert_cmpuint (hs_variants_get (variants, HS_VARIANTS_MAX - 1)->last_line, ==,
                    2 * HS_VARIANTS_MAX);
  g_assert_cmpuint (hs_variants_get_n_problems (variants), ==, 1);
  problem = hs_variants_get_problem (variants, 0, &line);
  g_assert_cmpuint (line, ==, 2 * HS_VARIANTS_MAX + 1);
  g_assert_nonnull (strstr (problem, "16"));
}

/* Everything but UTF-8 with "\n". */
static void
test_bytes (void)
{
  static const struct
  {
    const char *file;
    const char *second;
  } cases[] = {
    { "a = 1\r\n# %% x\r\nb = 2\r\n# %% y\r\nc = 3\r\n",
      "a = 1\r\n\r\n\r\n# %% y\r\nc = 3\r\n" },
    { "a = 1\r# %% x\rb = 2\r# %% y\rc = 3", "a = 1\r\r\r# %% y\rc = 3" },
    { "a = 1\r\n# %% x\nb = 2\r# %% y\r\nc = 3\n", "a = 1\r\n\n\r# %% y\r\nc = 3\n" },
    { "\xef\xbb\xbf# %% x\nb = 2\n# %% y\nc = 3\n", "\xef\xbb\xbf\n\n# %% y\nc = 3\n" },
    { "# coding: latin-1\n# %% x\nb = '\xe9'\n# %% y\nc = '\xe8'\n",
      "# coding: latin-1\n\n\n# %% y\nc = '\xe8'\n" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GBytes) bytes = g_bytes_new_static (cases[i].file, strlen (cases[i].file));
      g_autoptr(HsSource) source = hs_source_new (bytes);
      g_autoptr(HsVariants) variants = hs_variants_new (source);
      g_autoptr(GBytes) second = NULL;
      g_autoptr(GBytes) expected = g_bytes_new_static (cases[i].second,
                                                        strlen (cases[i].second));

      g_test_message ("case %" G_GSIZE_FORMAT, i);
      g_assert_cmpuint (hs_variants_get_n (variants), ==, 2);
      second = hs_variants_dup_source (variants, 1, HS_NO_VALUE);
      g_assert_true (g_bytes_equal (second, expected));
    }
}

/* What is no text is one program, as it is. */
static void
test_no_text (void)
{
  g_autoptr(GBytes) bytes = g_bytes_new_static ("# %% a\n\xff\n# %% b\n", 16);
  g_autoptr(HsSource) source = hs_source_new (bytes);
  g_autoptr(HsVariants) variants = hs_variants_new (source);
  g_autoptr(GBytes) first = NULL;

  g_assert_cmpuint (hs_variants_get_n (variants), ==, 0);
  first = hs_variants_dup_source (variants, 0, HS_NO_VALUE);
  g_assert_true (g_bytes_equal (first, bytes));
}

static void
test_sweep (void)
{
  g_autoptr(HsVariants) variants = hs_variants_new_for_text (
    "# heapscape: sweep N = 1_000, 10, 2.5e2, 10.0\n"
    "M = 7\nN = 500  # rows\n# %% a\nN = 3\nx = N\n# %% b\ny = N\n");
  const HsVariantSweep *sweep = hs_variants_get_sweep (variants);

  g_assert_nonnull (sweep);
  g_assert_cmpstr (sweep->name, ==, "N");
  g_assert_cmpuint (sweep->line, ==, 1);
  g_assert_cmpuint (sweep->constant_line, ==, 3);
  g_assert_cmpuint (sweep->n_values, ==, 3);
  g_assert_cmpstr (sweep->texts[0], ==, "10");
  g_assert_cmpstr (sweep->texts[1], ==, "2.5e2");
  g_assert_cmpstr (sweep->texts[2], ==, "1_000");
  g_assert_cmpfloat (sweep->values[1], ==, 250.);
  g_assert_cmpfloat (sweep->values[2], ==, 1000.);
  g_assert_cmpuint (hs_variants_get_n_problems (variants), ==, 0);

  assert_source (variants, 1, 2,
                 "# heapscape: sweep N = 1_000, 10, 2.5e2, 10.0\n"
                 "M = 7\nN = 1_000  # rows\n\n\n\n# %% b\ny = N\n");
}

/* Each variant may have a constant of its own; a file without marks is swept as well. */
static void
test_sweep_places (void)
{
  g_autoptr(HsVariants) each = hs_variants_new_for_text (
    "# %% a\nN: int = 5\n# heapscape: sweep N = 1, 2\n# %% b\nN = -6.5\n");
  g_autoptr(HsVariants) alone = hs_variants_new_for_text (
    "N = 5\r\nprint(N) # heapscape: sweep N=1,2,\r\n");

  assert_source (each, 0, 1, "# %% a\nN: int = 2\n# heapscape: sweep N = 1, 2\n\n\n");
  assert_source (each, 1, 0, "\n\n\n# %% b\nN = 1\n");
  g_assert_cmpuint (hs_variants_get_n (alone), ==, 0);
  assert_source (alone, 0, 1, "N = 2\r\nprint(N) # heapscape: sweep N=1,2,\r\n");
  assert_source (alone, 0, HS_NO_VALUE, "N = 5\r\nprint(N) # heapscape: sweep N=1,2,\r\n");
}

static void
test_sweep_problems (void)
{
  static const struct
  {
    const char *text;
    guint       line;
    const char *problem;
    gboolean    is_swept;
  } cases[] = {
    { "N = 5\n# heapscape: sweep M = 1, 2\n", 2, "no “M”", FALSE },
    { "N = len('abc')\n# heapscape: sweep N = 1, 2\n", 2, "plain number", FALSE },
    { "if True:\n    N = 5\n# heapscape: sweep N = 1, 2\n", 3, "no “N”", FALSE },
    { "N = 5; M = 6\n# heapscape: sweep N = 1, 2\n", 2, "plain number", FALSE },
    { "N = 5\n# heapscape: sweep\n", 2, "what to sweep", FALSE },
    { "N = 5\n# heapscape: sweep N\n", 2, "what to sweep", FALSE },
    { "N = 5\n# heapscape: sweep N = a\n", 2, "“a”", FALSE },
    { "N = 5\n# heapscape: sweep N = 1, 0x10, 2\n", 2, "0x10", TRUE },
    { "N = 5\n# heapscape: sweep N = 010\n", 2, "010", FALSE },
    { "N = 5\n# heapscape: sweep N = 1__0\n", 2, "1__0", FALSE },
    { "N = 5\n# heapscape: sweep N = 1e999\n", 2, "1e999", FALSE },
    { "N = 5\n# heapscape: sweep N = 1, 2\n# heapscape: sweep N = 3\n", 3, "line 2", TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(HsVariants) variants = hs_variants_new_for_text (cases[i].text);
      guint       line;
      const char *problem;

      g_test_message ("%s", cases[i].text);
      g_assert_cmpuint (hs_variants_get_n_problems (variants), ==, 1);
      problem = hs_variants_get_problem (variants, 0, &line);
      g_test_message ("%s", problem);
      g_assert_cmpuint (line, ==, cases[i].line);
      g_assert_nonnull (strstr (problem, cases[i].problem));
      g_assert_cmpint (hs_variants_get_sweep (variants) != NULL, ==, cases[i].is_swept);
    }
}

/* Comments that are for others. */
static void
test_other_comments (void)
{
  g_autoptr(HsVariants) variants = hs_variants_new_for_text (
    "# heapscape: snapshot a\n# heapscape: sweeper N = 1\nx = '# heapscape: sweep N = 1'\n"
    "# we sweep with heapscape\n");

  g_assert_null (hs_variants_get_sweep (variants));
  g_assert_cmpuint (hs_variants_get_n_problems (variants), ==, 0);
}

static void
test_many_values (void)
{
  g_autoptr(GString) text = g_string_new ("N = 1\n# heapscape: sweep N = 1");
  g_autoptr(HsVariants) variants = NULL;

  for (guint i = 2; i <= HS_SWEEP_VALUES_MAX + 3; i++)
    g_string_append_printf (text, ", %u", i);
  variants = hs_variants_new_for_text (text->str);

  g_assert_cmpuint (hs_variants_get_sweep (variants)->n_values, ==, HS_SWEEP_VALUES_MAX);
  g_assert_cmpuint (hs_variants_get_n_problems (variants), ==, 1);
  g_assert_nonnull (strstr (hs_variants_get_problem (variants, 0, NULL), "3"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/variants/split", test_split);
  g_test_add_func ("/variants/no-marks", test_no_marks);
  g_test_add_func ("/variants/too-many", test_too_many);
  g_test_add_func ("/variants/bytes", test_bytes);
  g_test_add_func ("/variants/no-text", test_no_text);
  g_test_add_func ("/variants/sweep", test_sweep);
  g_test_add_func ("/variants/sweep-places", test_sweep_places);
  g_test_add_func ("/variants/sweep-problems", test_sweep_problems);
  g_test_add_func ("/variants/other-comments", test_other_comments);
  g_test_add_func ("/variants/many-values", test_many_values);

  return g_test_run ();
}
