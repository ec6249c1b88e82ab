/* test-comparer.c - variants are run against each other
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-comparer.h"

#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#include "hs-error.h"

typedef struct
{
  HsComparer   *comparer;
  GCancellable *cancellable;
  GMainLoop    *loop;
  HsComparison *comparison;
  GError       *error;
  guint         n_progress;
  const char   *cancel_at; /* a word of the progress at which it is cancelled */
} Fixture;

static void
progress_cb (HsComparer *comparer,
             guint       done,
             guint       total,
             const char *what,
             Fixture    *fixture)
{
  g_assert_cmpuint (done, <, total);
  g_assert_true (g_utf8_validate (what, -1, NULL));
  fixture->n_progress++;
  if (fixture->cancel_at != NULL && strstr (what, fixture->cancel_at) != NULL)
    g_cancellable_cancel (fixture->cancellable);
}

static void
run_cb (GObject      *object,
        GAsyncResult *result,
        gpointer      user_data)
{
  Fixture *fixture = user_data;

  fixture->comparison = hs_comparer_run_finish (HS_COMPARER (object), result, &fixture->error);
  g_main_loop_quit (fixture->loop);
}

static HsRunSpec *
new_spec (const char *source,
          const char *name)
{
  g_autoptr(GBytes) bytes = g_bytes_new (source, strlen (source));
  HsRunSpec *spec = hs_run_spec_new (bytes, NULL, name);

  hs_run_spec_set_timeout (spec, 2000);

  return spec;
}

static void
fixture_init (Fixture    *fixture,
              HsComparer *comparer)
{
  memset (fixture, 0, sizeof *fixture);
  fixture->comparer = comparer;
  fixture->cancellable = g_cancellable_new ();
  fixture->loop = g_main_loop_new (NULL, FALSE);
  g_signal_connect (comparer, "progress", G_CALLBACK (progress_cb), fixture);
  hs_comparer_set_timing (comparer, 5, 0);
}

static void
fixture_run (Fixture *fixture)
{
  hs_comparer_run_async (fixture->comparer, fixture->cancellable, run_cb, fixture);
  g_main_loop_run (fixture->loop);
}

static void
fixture_clear (Fixture *fixture)
{
  g_clear_object (&fixture->comparer);
  g_clear_object (&fixture->cancellable);
  g_clear_pointer (&fixture->loop, g_main_loop_unref);
  g_clear_pointer (&fixture->comparison, hs_comparison_unref);
  g_clear_error (&fixture->error);
  /* Nothing is left: a subreaper has no children but its own. */
  g_assert_cmpint (waitpid (-1, NULL, WNOHANG), ==, -1);
}

/* Returns: (transfer full) */
static HsComparison *
compare (const char *source)
{
  g_autoptr(HsRunSpec) spec = new_spec (source, "Untitled");
  HsComparison *comparison;
  Fixture       fixture;

  fixture_init (&fixture, hs_comparer_new (spec));
  fixture_run (&fixture);
  g_assert_no_error (fixture.error);
  g_assert_cmpuint (fixture.n_progress, >, 0);
  comparison = g_steal_pointer (&fixture.comparison);
  fixture_clear (&fixture);

  return comparison;
}

static void
test_two (void)
{
  g_autoptr(HsComparison) comparison =
               compare ("n = 20000\n# %% list\nresult = sum([i for i in range(n)])\n"
                        "# %% generator\nresult = sum(i for i in range(n))\n");
  const HsVariant *list, *generator;

  g_assert_cmpuint (hs_comparison_get_n (comparison), ==, 2);
  g_assert_cmpuint (hs_comparison_get_n_rounds (comparison), ==, 5);
  list = hs_comparison_get (comparison, 0);
  generator = hs_comparison_get (comparison, 1);
  g_assert_cmpstr (list->name, ==, "list");
  g_assert_cmpuint (list->first_line, ==, 3);
  g_assert_cmpstr (list->result_type, ==, "int");
  g_assert_cmpstr (list->result_preview, ==, "199990000");
  g_assert_nonnull (list->heap);
  g_assert_nonnull (list->history);
  g_assert_cmpint (generator->proof, ==, HS_PROOF_RESULT);
  g_assert_cmpint (generator->sameness, ==, HS_SAMENESS_SAME);
  g_assert_cmpuint (list->measures[HS_METRIC_PEAK].n, ==, 2);
  g_assert_cmpuint (list->measures[HS_METRIC_TIME].n, ==, 5);
  g_assert_cmpuint (list->measures[HS_METRIC_RSS].n, ==, 5);
  /* At least 8 bytes for each item. */
  g_assert_cmpuint (list->measures[HS_METRIC_PEAK].median, >,
                    generator->measures[HS_METRIC_PEAK].median + 160000);
}

/* Of each pair whether the second does the same as the first. */
static void
test_sameness (void)
{
  static const struct
  {
    const char *first;
    const char *second;
    HsProof     proof;
    HsSameness  sameness;
    const char *difference; /* part of it */
  } cases[] = {
    { "result = 1", "result = 1.0", HS_PROOF_RESULT, HS_SAMENESS_DIFFERENT,
      "result is 1.0 (float), not 1 (int)" },
    { "result = 1", "result = True", HS_PROOF_RESULT, HS_SAMENESS_DIFFERENT, "True (bool)" },
    { "result = [1, 2, 3, 3]", "result = [1, 2, 3, 4]", HS_PROOF_RESULT, HS_SAMENESS_DIFFERENT,
      "result[3] is 4 (int), not 3 (int)" },
    { "result = [1, 2, 3]", "result = [1, 2]", HS_PROOF_RESULT, HS_SAMENESS_DIFFERENT,
      "the length of result is 2, not 3" },
    { "result = {'a': [0.0]}", "result = {'a': [-1.0]}", HS_PROOF_RESULT, HS_SAMENESS_DIFFERENT,
      "result['a'][0] is -1.0 (float), not 0.0 (float)" },
    { "result = {'a': 1}", "result = {'b': 1}", HS_PROOF_RESULT, HS_SAMENESS_DIFFERENT,
      "result has no 'a' (str)" },
    { "result = {1: 2, 3: 4}", "result = {3: 4, 1: 2}", HS_PROOF_RESULT, HS_SAMENESS_SAME, NULL },
    { "result = [float('nan')]", "result = [float('inf') - float('inf')]", HS_PROOF_RESULT,
      HS_SAMENESS_SAME, NULL },
    { "result = {'a', 'b', 'c'}", "result = {'c', 'b', 'a'}", HS_PROOF_RESULT, HS_SAMENESS_SAME,
      NULL },
    { "a = 'x'; result = [a, a]", "result = ['x', ''.join(['x', ''])]", HS_PROOF_RESULT,
      HS_SAMENESS_SAME, NULL },
    { "a = []; a.append(a); result = a", "a = []; a.append([a]); result = a", HS_PROOF_RESULT,
      HS_SAMENESS_SAME, NULL },
    { "import array; result = array.array('i', [1, 2])",
      "import array; result = array.array('l', [1, 2])", HS_PROOF_RESULT, HS_SAMENESS_DIFFERENT,
      "array('l', [1, 2]) (array.array)" },
    { "import collections; result = collections.deque([1, 2])",
      "import collections; result = collections.deque([1, 5])", HS_PROOF_RESULT,
      HS_SAMENESS_DIFFERENT, "result[1] is 5 (int), not 2 (int)" },
    { "class P:\n  def __init__(self): self.x = 1; self.y = 2\nresult = [P()]",
      "class P:\n  __slots__ = ('x', 'y')\n  def __init__(self): self.y = 2; self.x = 1\n"
      "result = [P()]",
      HS_PROOF_RESULT, HS_SAMENESS_SAME, NULL },
    { "class P:\n  def __init__(self): self.x = 1\nresult = {P(): 1}",
      "class P:\n  __slots__ = ('x', 'y')\n  def __init__(self): self.x = 3\nresult = {P(): 1}",
      HS_PROOF_RESULT, HS_SAMENESS_DIFFERENT, "P(x=1)" },
    { "class P:\n  def __init__(self): self.x = 1\nresult = P()",
      "class Q:\n  def __init__(self): self.x = 1\nresult = Q()", HS_PROOF_RESULT,
      HS_SAMENESS_DIFFERENT, "(Q), not" },
    { "class P:\n  def __eq__(self, other): return True\n  def __init__(self): self.x = 1\n"
      "result = P()",
      "class P:\n  def __eq__(self, other): return True\n  def __init__(self): self.x = 2\n"
      "result = P()",
      HS_PROOF_RESULT, HS_SAMENESS_DIFFERENT, "result.x is 2 (int), not 1 (int)" },
    { "from collections import namedtuple as n\nP = n('P', 'x y')\nresult = P(1, 2)",
      "from collections import namedtuple as n\nP = n('P', 'x y')\nresult = P(1, 3)",
      HS_PROOF_RESULT, HS_SAMENESS_DIFFERENT, "3 (int), not 2 (int)" },
    { "import dataclasses as d\n@d.dataclass(frozen=True)\nclass P:\n  x: int\nresult = P(1)",
      "import dataclasses as d\n@d.dataclass(frozen=True, slots=True)\nclass P:\n  x: int\n"
      "result = P(1)",
      HS_PROOF_RESULT, HS_SAMENESS_SAME, NULL },
    /* Nothing is called: what is printed would be no JSON. */
    { "class C:\n  def __reduce__(self): return print, ('a',)\nresult = C()",
      "class C:\n  def __reduce__(self): return print, ('b',)\nresult = C()", HS_PROOF_RESULT,
      HS_SAMENESS_DIFFERENT, "result[0] is 'b' (str), not 'a' (str)" },
    { "class C:\n  def __reduce__(self): return eval, ('1 / 0',)\nresult = [C(), 1]",
      "class C:\n  def __reduce__(self): return eval, ('1 / 0',)\nresult = [C(), 2]",
      HS_PROOF_RESULT, HS_SAMENESS_DIFFERENT, "result[1] is 2 (int), not 1 (int)" },
    { "result = print", "result = len", HS_PROOF_RESULT, HS_SAMENESS_DIFFERENT, "len" },
    { "result = (i for i in [])", "result = (i for i in [])", HS_PROOF_RESULT,
      HS_SAMENESS_UNKNOWN, "generator" },
    { "result = 1", "result = lambda: 1", HS_PROOF_RESULT, HS_SAMENESS_UNKNOWN, "lambda" },
    { "result = 1",
      "class C:\n  def __reduce__(self):\n    while True: pass\nresult = C()", HS_PROOF_RESULT,
      HS_SAMENESS_UNKNOWN, "“b” did not end well" },
    { "print(1)", "print(1)", HS_PROOF_OUTPUT, HS_SAMENESS_SAME, NULL },
    { "print(1)\nprint(2)", "print(1)\nprint(3)", HS_PROOF_OUTPUT, HS_SAMENESS_DIFFERENT,
      "line 2 of the output is “3”, not “2”" },
    { "import sys; sys.stdout.buffer.write(b'\\xff')",
      "import sys; sys.stdout.buffer.write(b'\\xfe')", HS_PROOF_OUTPUT, HS_SAMENESS_DIFFERENT,
      "bytes of the output" },
    { "result = 1; print(1)", "print(1)", HS_PROOF_OUTPUT, HS_SAMENESS_SAME, NULL },
    { "raise ValueError('a')", "raise ValueError('a')", HS_PROOF_EXCEPTION, HS_SAMENESS_SAME,
      NULL },
    { "raise ValueError('a')", "raise ValueError('b')", HS_PROOF_EXCEPTION, HS_SAMENESS_DIFFERENT,
      "ValueError: b" },
    { "x = 1", "raise KeyError('b')", HS_PROOF_EXCEPTION, HS_SAMENESS_DIFFERENT, "KeyError" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *source = g_strdup_printf ("# %%%% a\n%s\n# %%%% b\n%s\n", cases[i].first,
                                                 cases[i].second);
      g_autoptr(HsRunSpec) spec = new_spec (source, "Untitled");
      const HsVariant *variant;
      Fixture          fixture;

      g_test_message ("%s", source);
      fixture_init (&fixture, hs_comparer_new (spec));
      hs_comparer_set_timing (fixture.comparer, 0, 0);
      fixture_run (&fixture);
      g_assert_no_error (fixture.error);
      g_assert_cmpuint (hs_comparison_get_n_rounds (fixture.comparison), ==, 0);
      variant = hs_comparison_get (fixture.comparison, 1);
      g_test_message ("%s", variant->difference);
      g_assert_cmpint (variant->proof, ==, cases[i].proof);
      g_assert_cmpint (variant->sameness, ==, cases[i].sameness);
      if (cases[i].difference == NULL)
        g_assert_null (variant->difference);
      else
        g_assert_nonnull (strstr (variant->difference, cases[i].difference));
      fixture_clear (&fixture);
    }
}

static void
test_failed (void)
{
  g_autoptr(HsComparison) comparison =
               compare ("# %% good\nx = [1]\n# %% crash\nimport os\nos.kill(os.getpid(), 11)\n"
                        "# %% endless\nwhile True: pass\n# %% broken\nx = (\n");
  static const HsStatus statuses[] = { HS_STATUS_OK, HS_STATUS_CRASHED, HS_STATUS_TIMEOUT,
                                       HS_STATUS_SYNTAX_ERROR };

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      const HsVariant *variant = hs_comparison_get (comparison, i);

      g_assert_cmpint (variant->status, ==, statuses[i]);
      g_assert_cmpint (variant->is_ok, ==, i == 0);
      g_assert_cmpuint (variant->measures[HS_METRIC_TIME].n, ==, i == 0 ? 5 : 0);
      g_assert_nonnull (variant->message);
    }
}

static void
test_sweep (void)
{
  g_autoptr(HsComparison) comparison =
               compare ("# heapscape: sweep N = 10000, 1000, 2_000\nN = 5\n"
                        "# %% list\nx = [None] * N\n# %% grows\nif N > 9000:\n  raise ValueError\n"
                        "x = b'x' * N\n");
  const HsSweep *sweep = hs_comparison_get_sweep (comparison);

  g_assert_nonnull (sweep);
  g_assert_cmpstr (sweep->parameter, ==, "N");
  g_assert_cmpuint (sweep->n_values, ==, 3);
  g_assert_cmpfloat (sweep->values[2], ==, 10000.);
  /* Eight bytes for each item, and the same around them. */
  g_assert_cmpuint (hs_sweep_get (sweep, 0, 2, HS_METRIC_FINAL) -
                      hs_sweep_get (sweep, 0, 1, HS_METRIC_FINAL),
                    ==, 64000);
  g_assert_cmpuint (hs_sweep_get (sweep, 1, 1, HS_METRIC_FINAL) -
                      hs_sweep_get (sweep, 1, 0, HS_METRIC_FINAL),
                    ==, 1000);
  g_assert_cmpuint (hs_sweep_get (sweep, 1, 2, HS_METRIC_FINAL), ==, HS_SWEEP_UNKNOWN);
  g_assert_cmpuint (hs_sweep_get (sweep, 1, 2, HS_METRIC_TIME), ==, HS_SWEEP_UNKNOWN);
  g_assert_cmpuint (hs_sweep_get (sweep, 0, 0, HS_METRIC_TIME), >, 0);
  g_assert_cmpuint (hs_sweep_get (sweep, 0, 0, HS_METRIC_TIME), !=, HS_SWEEP_UNKNOWN);
}

/* What watching leaves behind is not the code's: a variant with marks and one without. */
static void
test_marks (void)
{
  g_autoptr(HsComparison) comparison =
               compare ("def f(n):\n  x = [i for i in range(n)]\n  return len(x)\n"
                        "# %% plain\nresult = f(1000)\n"
                        "# %% marked\nresult = f(1000)  # heapscape: snapshot here\n");
  const HsVariant *plain = hs_comparison_get (comparison, 0);
  const HsVariant *marked = hs_comparison_get (comparison, 1);

  g_assert_nonnull (marked->history);
  g_assert_cmpuint (marked->measures[HS_METRIC_FINAL].n, ==, 2);
  for (guint i = 0; i <= HS_METRIC_FINAL; i++)
    g_assert_cmpint (ABS ((gint64)marked->measures[i].median - (gint64)plain->measures[i].median),
                     <=, 32);
}

/* One program alone can be swept. */
static void
test_sweep_alone (void)
{
  g_autoptr(HsComparison) comparison =
               compare ("N = 5\nx = [0] * N\n# heapscape: sweep N = 100, 200\n");

  g_assert_cmpuint (hs_comparison_get_n (comparison), ==, 1);
  g_assert_cmpstr (hs_comparison_get (comparison, 0)->name, ==, "Untitled");
  g_assert_nonnull (hs_comparison_get_sweep (comparison));
}

static void
test_two_files (void)
{
  static const char *const names[] = { "Saved", "Edited" };
  g_autoptr(HsRunSpec) first = new_spec ("# %% a\nprint(1)\n", "a.py");
  g_autoptr(HsRunSpec) second = new_spec ("print(1)\n", "b.py");
  Fixture fixture;

  fixture_init (&fixture, hs_comparer_new_for_two (first, second, names));
  fixture_run (&fixture);
  g_assert_no_error (fixture.error);
  g_assert_cmpuint (hs_comparison_find (fixture.comparison, "Edited"), ==, 1);
  g_assert_cmpint (hs_comparison_get (fixture.comparison, 1)->sameness, ==, HS_SAMENESS_SAME);
  g_assert_nonnull (hs_comparer_get_run (fixture.comparer, 1));
  fixture_clear (&fixture);
}

static void
test_nothing (void)
{
  static const char *const texts[] = { "x = 1\n", "# %% one\nx = 1\n",
                                       "# heapscape: sweep N = 1\n" };
  static const char *const words[] = { "# %% NAME", "only one", "Line 1" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(HsRunSpec) spec = new_spec (texts[i], "Untitled");
      Fixture fixture;

      fixture_init (&fixture, hs_comparer_new (spec));
      fixture_run (&fixture);
      g_assert_error (fixture.error, HS_ERROR, HS_ERROR_VARIANTS);
      g_test_message ("%s", fixture.error->message);
      g_assert_nonnull (strstr (fixture.error->message, words[i]));
      fixture_clear (&fixture);
    }
}

/* At any moment, and no process is left. */
static void
test_cancel (void)
{
  static const char *const words[] = { "Measuring the bytes of “a”", "again", "Keeping",
                                       "Comparing", "round 1", "with N = 2" };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      static const char source[] = "# heapscape: sweep N = 1, 2\nN = 1\n"
                                   "# %% a\nresult = 1.0\n# %% b\nresult = 1\n";
      g_autoptr(HsRunSpec) spec = new_spec (source, "Untitled");
      Fixture fixture;

      fixture_init (&fixture, hs_comparer_new (spec));
      fixture.cancel_at = words[i];
      fixture_run (&fixture);
      g_assert_error (fixture.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      fixture_clear (&fixture);
    }
}

static gboolean
dispose_cb (gpointer user_data)
{
  Fixture *fixture = user_data;

  g_clear_object (&fixture->comparer);

  return G_SOURCE_REMOVE;
}

static void
test_dispose (void)
{
  g_autoptr(HsRunSpec) spec = new_spec ("# %% a\nwhile True: pass\n# %% b\nx = 1\n", "Untitled");
  Fixture fixture;

  fixture_init (&fixture, hs_comparer_new (spec));
  g_timeout_add (300, dispose_cb, &fixture);
  fixture_run (&fixture);
  g_assert_error (fixture.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  fixture_clear (&fixture);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  prctl (PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);

  g_test_add_func ("/comparer/two", test_two);
  g_test_add_func ("/comparer/sameness", test_sameness);
  g_test_add_func ("/comparer/failed", test_failed);
  g_test_add_func ("/comparer/sweep", test_sweep);
  g_test_add_func ("/comparer/marks", test_marks);
  g_test_add_func ("/comparer/sweep-alone", test_sweep_alone);
  g_test_add_func ("/comparer/two-files", test_two_files);
  g_test_add_func ("/comparer/nothing", test_nothing);
  g_test_add_func ("/comparer/cancel", test_cancel);
  g_test_add_func ("/comparer/dispose", test_dispose);

  return g_test_run ();
}
