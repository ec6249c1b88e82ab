/* test-source-marks.c - where source asks for snapshots
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib.h>

#include "hs-source-marks.h"

/* @S stands for "# heapscape: snapshot". What is expected: "A first-last name" or "B …" for
 * each mark, "! line" for each problem, one behind the other.
 */
static const struct
{
  const char *name;
  const char *text;
  const char *expected;
} cases[] = {
  { "nothing", "", "" },
  { "no comment", "x = 1\n", "" },
  { "behind", "x = 1  @S a\ny = 2\n", "A 1-1 a" },
  { "behind, no end of line", "x = 1  @S a", "A 1-1 a" },
  { "without a name", "x = 1  @S\n", "A 1-1 " },
  { "name of words", "x = 1  @S  two words \n", "A 1-1 two words" },
  { "name behind a colon", "x = 1  @S: a\n", "A 1-1 a" },
  { "other spaces", "x = 1 #heapscape:snapshot a\nx = 2 ##  heapscape : snapshot\tb\n",
    "A 1-1 a|A 2-2 b" },
  { "alone", "x = 1\n@S a\ny = 2\n", "A 1-1 a" },
  { "alone at the end", "x = 1\n\n\n@S a", "A 1-1 a" },
  { "at the beginning", "\n@S a\n\nx = 1\n", "B 4-4 a" },
  { "two of them", "x = 1\n@S a\n@S b\ny = 2  @S c\n", "A 1-1 a|A 1-1 b|A 4-4 c" },
  { "nothing to run", "@S a\n", "! 1" },
  { "many lines", "x = (1,\n  2)  @S a\n", "A 1-2 a" },
  { "within the lines", "x = (1,  @S a\n  @S b\n  2)\ny = 1\n", "A 1-3 a|A 1-3 b" },
  { "backslash", "x = 1 + \\\n  2  @S a\n", "A 1-2 a" },
  { "semicolons", "x = 1; y = 2  @S a\n", "A 1-1 a" },
  { "line ends", "x = 1\r\ny = 2  @S a\r\nz = 3\r@S b\r", "A 2-2 a|A 3-3 b" },

  { "header", "for i in x:  @S a\n  pass\n", "A 1-1 a" },
  { "first of a block", "for i in x:\n  @S a\n  y = 1\nz = 2\n", "B 3-3 a" },
  { "first, badly indented", "for i in x:\n@S a\n  y = 1\nz = 2\n", "B 3-3 a" },
  { "last of a block", "for i in x:\n  y = 1\n  @S a\nz = 2\n", "A 2-2 a" },
  { "behind a block", "for i in x:\n  y = 1\n@S a\nz = 2\n", "A 1-2 a" },
  { "behind a block at the end", "for i in x:\n  y = 1\n@S a\n", "A 1-2 a" },
  { "badly indented", "def f():\n  y = 1\n@S a\n  z = 2\n", "A 2-2 a" },
  { "between two indents", "def f():\n    y = 1\n  @S a\nz = 2\n", "A 1-2 a" },
  { "further in", "x = 1\n      @S a\ny = 1\n", "A 1-1 a" },
  { "two blocks out", "if a:\n  if b:\n    c = 1\n@S a\nd = 1\n", "A 1-3 a" },
  { "one block out", "if a:\n  if b:\n    c = 1\n  @S a\nd = 1\n", "A 2-3 a" },
  { "tabs", "if a:\n\tif b:\n\t\tc = 1\n\t@S a\n        d = 1\n", "A 2-3 a" },
  { "all clauses", "try:\n  a\nexcept:\n  b\nelse:\n  c\nfinally:\n  d\n@S a\ne\n", "A 1-8 a" },
  { "before a clause", "if a:\n  b\n@S a\nelse:\n  c\nd\n", "A 1-5 a" },
  { "behind else", "if a:\n  b\nelse:  @S a\n  c\n", "B 4-4 a" },
  { "else of one line", "if a:\n  b\nelse: c  @S a\n", "A 3-3 a" },
  { "names that begin so", "elsewhere = {0:\n1}  @S a\n@S b\n", "A 1-2 a|A 1-2 b" },
  { "decorators", "@d\n@e(1)\ndef f():\n  a\n@S a\nb\n", "A 1-4 a" },
  { "class and function", "class C:\n  def f(self):\n    a  @S a\n  @S b\n@S c\n",
    "A 3-3 a|A 2-3 b|A 1-3 c" },
  { "header of one line", "if a: b\n@S a\n", "A 1-1 a" },
  { "lambda", "f = lambda: 1\n@S a\ng = 1\n", "A 1-1 a" },
  { "colon in brackets", "x = d[1:\n]\n@S a\n", "A 1-2 a" },
  { "match", "match a:\n  case 1:\n    b  @S a\n  case 2:\n    c\n@S b\nd\n", "A 3-3 a|A 1-5 b" },

  { "in a string", "x = '@S a'\ny = \"@S b\"\n", "" },
  { "in a long string", "x = '''\n@S a\n'''\n\"\"\"\n@S b \\\"\"\"\n@S c\n\"\"\"  @S d\n",
    "A 4-7 d" },
  { "escaped quotes", "x = 'it\\'s @S a'  @S b\n", "A 1-1 b" },
  { "raw strings", "x = r'\\'  @S a'  @S b\ny = Rb\"\\\\\"  @S c\n", "A 1-1 b|A 2-2 c" },
  { "escaped end of line", "x = 'a\\\n@S a'  @S b\n", "A 1-2 b" },
  { "string that does not end", "x = 'a @S a\ny = 1  @S b\n", "A 2-2 b" },
  { "empty strings", "x = '' \"\"  @S a\ny = ''''''  @S b\n", "A 1-1 a|A 2-2 b" },
  { "format strings", "x = f'{a!r:>{w}} {{ @S a }}' @S b\n", "A 1-1 b" },
  { "format strings in each other", "x = f'{a['@S a'] + f'{b:@S b}'}' @S c\n", "A 1-1 c" },
  { "format string of many lines", "x = f'''{\na  @S a\n}'''\ny = 1\n", "A 1-3 a" },
  { "colon at the end of a format", "x = f'{a:}'\n@S a\n", "A 1-1 a" },
  { "fill of quotes", "x = f'{a:\">9}'  @S a\n", "A 1-1 a" },
  { "names of characters", "x = f'\\N{DIGIT ONE}'  @S a\n", "A 1-1 a" },
  { "prefix that is a name", "x = bar'@S a'  @S b\n", "A 1-1 b" },

  { "unknown word", "x = 1  # heapscape: snapshoot a\n", "! 1" },
  { "no word", "# heapscape:\nx = 1\n", "! 1" },
  { "no colon", "x = 1\ny = 1 # heapscape snapshot a\n", "! 2" },
  { "prose", "# heapscape shows this\n# see heapscape: snapshot a\n#heapscapes: x\nx = 1\n", "" },
  { "sweep", "# heapscape: sweep N = 1, 2\nN = 1\n", "" },

  { "no Python", "x = ((((\n@S a\n  }}}]]] ' @S b\n\n@S c\n", "A 1-3 a|A 1-3 c" },
  { "only a bracket", "(", "" },
  { "only a backslash", "\\", "" },
  { "only a quote", "f'{", "" },
  { "only clauses", "else:\nexcept: @S a\n", "A 2-2 a" },
};

static char *
expand (const char *text)
{
  g_auto(GStrv) parts = g_strsplit (text, "@S", -1);

  return g_strjoinv ("# heapscape: snapshot", parts);
}

/* Returns: (transfer full): as in the table */
static char *
describe (HsSourceMarks *marks)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < hs_source_marks_get_n (marks); i++)
    {
      const HsSourceMark *mark = hs_source_marks_get (marks, i);

      g_string_append_printf (text, "%s%c %u-%u %s", text->len > 0 ? "|" : "",
                              mark->when == HS_MARK_AFTER ? 'A' : 'B', mark->first_line,
                              mark->last_line, mark->name);
    }
  for (guint i = 0; i < hs_source_marks_get_n_problems (marks); i++)
    {
      guint       line;
      const char *message = hs_source_marks_get_problem (marks, i, &line);

      g_assert_true (g_utf8_validate (message, -1, NULL) && *message != '\0');
      g_string_append_printf (text, "%s! %u", text->len > 0 ? "|" : "", line);
    }

  return g_string_free (text, FALSE);
}

static void
test_case (gconstpointer data)
{
  guint            i = GPOINTER_TO_UINT (data);
  g_autofree char *text = expand (cases[i].text);
  g_autoptr(HsSourceMarks) marks = hs_source_marks_new_for_text (text);
  g_autofree char *found = describe (marks);

  g_assert_cmpstr (found, ==, cases[i].expected);
}

static void
test_statements (void)
{
  g_autoptr(HsSourceMarks) marks = hs_source_marks_new_for_text (
    "\nx = (\n1,\n2)\n# comment\nif x:\n  a\nelse:\n  b\n\n");
  static const guint expected[][2] = {
    { 2, 4 },
    { 2, 4 },
    { 2, 4 },
    { 2, 4 },
    { 6, 6 },
    { 6, 6 },
    { 7, 7 },
    { 9, 9 },
    { 9, 9 },
  };
  guint first;
  guint last;

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_assert_true (hs_source_marks_find_statement (marks, i + 1, &first, &last));
      g_assert_cmpuint (first, ==, expected[i][0]);
      g_assert_cmpuint (last, ==, expected[i][1]);
    }
  g_assert_false (hs_source_marks_find_statement (marks, 10, &first, &last));
}

static void
test_limits (void)
{
  g_autoptr(GString) text = g_string_new ("x = 1\n");
  g_autoptr(HsSourceMarks) marks = NULL;
  const char *name;

  for (int i = 0; i < HS_SOURCE_N_MARKS_MAX + 2; i++)
    {
      g_string_append (text, "# heapscape: snapshot ");
      for (int k = 0; k < i; k++)
        g_string_append (text, "é");
      g_string_append_c (text, '\n');
    }
  marks = hs_source_marks_new_for_text (text->str);

  g_assert_cmpuint (hs_source_marks_get_n (marks), ==, HS_SOURCE_N_MARKS_MAX);
  name = hs_source_marks_get (marks, HS_SOURCE_N_MARKS_MAX - 1)->name;
  g_assert_cmpint (g_utf8_strlen (name, -1), ==, 80);
  g_assert_true (g_utf8_validate (name, -1, NULL));
  /* One for each name that is too long, and one for all that come too late. */
  g_assert_cmpuint (hs_source_marks_get_n_problems (marks), ==, HS_SOURCE_N_MARKS_MAX + 2 - 81 + 1);
}

/* Nested as deep as one likes, in any bytes that are UTF-8. */
static void
test_deep (void)
{
  static const char *const pieces[] = {
    "f'{",
    "\"",
    "'''",
    "(",
    "}",
    "\\",
    "\n",
    "# heapscape: snapshot a",
    ":",
    "f\"\"\"{",
    "  ",
    "else:",
    "\r",
    "é",
    "\\N{",
    "{",
    "@x",
    "]",
    "if x:",
    "\t",
  };
  g_autoptr(GRand) random = g_rand_new_with_seed (1);

  for (int i = 0; i < 2000; i++)
    {
      g_autoptr(GString) text = g_string_new (NULL);
      g_autoptr(HsSourceMarks) marks = NULL;
      g_autofree char *found = NULL;

      for (int n = g_rand_int_range (random, 0, 200); n > 0; n--)
        g_string_append (text, pieces[g_rand_int_range (random, 0, G_N_ELEMENTS (pieces))]);
      marks = hs_source_marks_new_for_text (text->str);
      found = describe (marks);
      for (guint k = 0; k < hs_source_marks_get_n (marks); k++)
        {
          const HsSourceMark *mark = hs_source_marks_get (marks, k);

          g_assert_cmpuint (mark->first_line, >=, 1);
          g_assert_cmpuint (mark->last_line, >=, mark->first_line);
        }
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/source-marks/%s", cases[i].name);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_case);
    }
  g_test_add_func ("/source-marks/statements", test_statements);
  g_test_add_func ("/source-marks/limits", test_limits);
  g_test_add_func ("/source-marks/deep", test_deep);

  return g_test_run ();
}
