/* test-figures.c - expressions over a comparison made by hand
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <locale.h>
#include <string.h>

#include "hs-figures.h"
#include "hs-test-heap.h"
#include "hs-test-record.h"

static GBytes *
new_snapshot (void)
{
  TestHeap *test = test_heap_new ();
  guint32   text = test_heap_add (test, T_STR, "'spam'");
  guint32   number = test_heap_add (test, T_INT, "1001");
  guint32   truth = test_heap_add (test, T_BOOL, "True");
  guint32   list = test_heap_add_sequence (test, T_LIST, number, text, HS_NO_OBJECT);
  guint32   dict = test_heap_add (test, T_DICT, "");
  guint32   node = test_heap_add (test, T_NODE, "");
  guint32   own = test_heap_add (test, T_DICT, "");
  guint32   frame = test_heap_add (test, T_GENERATOR, "");
  guint32   key = test_heap_add (test, T_STR, "'k.[]'");
  guint32   name = test_heap_add (test, T_STR, "'late'");
  GBytes   *bytes;

  hs_test_snapshot_set_flags (test->snapshot, text, HS_OBJECT_INTERNED_MORTAL);
  hs_test_snapshot_set_getsizeof (test->snapshot, list, 72);
  hs_test_snapshot_add_item (test->snapshot, dict, key, list);
  hs_test_snapshot_add_edge (test->snapshot, node, HS_EDGE_SLOT, "items", list);
  hs_test_snapshot_add_edge (test->snapshot, node, HS_EDGE_FIELD, "__dict__", own);
  hs_test_snapshot_add_item (test->snapshot, own, name, number);
  hs_test_snapshot_add_edge (test->snapshot, frame, HS_EDGE_LOCAL, "item", text);
  test_heap_name (test, "a", list);
  test_heap_name (test, "b", list);
  test_heap_name (test, "c", text);
  test_heap_name (test, "n", number);
  test_heap_name (test, "yes", truth);
  test_heap_name (test, "d", dict);
  test_heap_name (test, "node", node);
  test_heap_name (test, "frame", frame);
  bytes = hs_test_snapshot_to_bytes (test->snapshot);
  test_heap_free (test);

  return bytes;
}

/* Two moments "step" and one "full" without a snapshot, then the end; a mapping at "a". */
static HsHistory *
new_history (GBytes *snapshot)
{
  g_autoptr(HsTestRecord) record = hs_test_record_new ();
  g_autoptr(HsHeap) heap = hs_heap_new (snapshot, NULL);
  guint64         address = 0;
  guint32         step = hs_test_record_add_text (record, "step");
  guint32         full = hs_test_record_add_text (record, "full");
  HsRecordMapping mapping = { .bytes = 3 * 4096 + 1, .page_size = 4096 };
  guint64         offset;
  guint64         size;
  g_autoptr(GBytes) result = NULL;
  g_autoptr(GError) error = NULL;
  HsHistory *history;

  for (guint32 i = 0; i < hs_heap_get_view (heap)->n_names; i++)
    address = address != 0
                ? address
                : hs_snapshot_view_get_address (hs_heap_get_view (heap),
                                                hs_heap_get_view (heap)->name_object[i]);
  mapping.object = address;

  hs_test_record_get_header (record)->flags = HS_RECORD_LEDGER | HS_RECORD_BY_LINE;
  hs_test_record_add_site (record, "t.py", "f", 9, HS_RECORD_SITE_OWN);
  hs_test_record_add_line (record, &(HsRecordLine) { .site = HS_SITE_FIRST,
                                                     .total_bytes = 500,
                                                     .total_blocks = 5,
                                                     .live_bytes = 100,
                                                     .live_blocks = 1 });
  hs_test_record_add_mapping (record, &mapping);
  hs_test_record_add_moment (
    record,
    &(HsRecordMoment) { .kind = HS_MOMENT_COMMENT, .name = step, .count = 1, .time_ns = 10 },
    snapshot);
  hs_test_record_add_moment (
    record,
    &(HsRecordMoment) { .kind = HS_MOMENT_COMMENT, .name = step, .count = 2, .time_ns = 20 },
    snapshot);
  hs_test_record_add_moment (
    record,
    &(HsRecordMoment) { .kind = HS_MOMENT_COMMENT, .name = full, .count = 1, .time_ns = 30 }, NULL);
  hs_test_record_add_page_sample (record,
                                  &(HsRecordPageSample) { .time_ns = 10,
                                                          .moment = 0,
                                                          .bytes = mapping.bytes,
                                                          .n_mapped = 1,
                                                          .n_cached = 2,
                                                          .rss_anon = 1000,
                                                          .rss_file = 2000 },
                                  NULL, 0);
  hs_test_record_add_page_sample (record,
                                  &(HsRecordPageSample) { .time_ns = 25,
                                                          .moment = UINT32_MAX,
                                                          .flags = HS_MAPPING_CACHE_HIDDEN,
                                                          .bytes = mapping.bytes,
                                                          .n_mapped = 3 },
                                  NULL, 0);
  hs_test_record_add_rss (record, &(HsRecordRss) { .time_ns = 5, .anon = 7, .file = 8 });
  result = hs_test_record_to_bytes (record, &offset, &size);
  history = hs_history_new (result, offset, size, "t.py", &error);
  g_assert_no_error (error);

  return history;
}

static HsVariant *
new_variant (const char *name,
             guint64     bytes,
             guint64     ns,
             GBytes     *snapshot)
{
  HsVariant    *variant = hs_variant_new ();
  const guint64 times[] = { ns, ns + 1, ns + 2, ns - 1, ns - 2 };
  const guint64 sizes[] = { bytes, bytes };

  variant->name = g_strdup (name);
  variant->is_ok = TRUE;
  variant->sameness = HS_SAMENESS_SAME;
  variant->output = g_strdup ("hello\n");
  hs_measure_init (&variant->measures[HS_METRIC_PEAK], sizes, 2);
  hs_measure_init (&variant->measures[HS_METRIC_FINAL], sizes, 2);
  hs_measure_init (&variant->measures[HS_METRIC_TIME], times, 5);
  if (snapshot != NULL)
    {
      variant->history = new_history (snapshot);
      variant->heap = hs_heap_new (snapshot, NULL);
    }

  return variant;
}

static HsComparison *
new_comparison (void)
{
  GPtrArray     *variants = g_ptr_array_new_with_free_func ((GDestroyNotify)hs_variant_free);
  const double   values[] = { 100, 1000 };
  HsSweep       *sweep = hs_sweep_new ("N", values, 2, 2);
  HsPictureInfo *info = hs_picture_info_new ();
  g_autoptr(GBytes) snapshot = new_snapshot ();

  info->python = g_strdup ("CPython 3.12.1");
  g_ptr_array_add (variants, new_variant ("list", 10485760, 2000000, snapshot));
  g_ptr_array_add (variants, new_variant ("array", 1024, 1000000, NULL));
  hs_sweep_set (sweep, 0, 0, HS_METRIC_FINAL, 900);
  hs_sweep_set (sweep, 0, 1, HS_METRIC_FINAL, 8100);

  return hs_comparison_new (variants, sweep, info);
}

static void
expect (HsComparison *comparison,
        const char   *expression,
        const char   *expected)
{
  HsFigure         figure;
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;

  g_test_message ("%.60s", expression);
  hs_figures_evaluate (NULL, expression, &figure, &error);
  g_assert_no_error (error);
  hs_figures_evaluate (comparison, expression, &figure, &error);
  g_assert_no_error (error);
  text = test_plain (hs_figure_format (&figure, NULL));
  hs_figure_clear (&figure);
  g_assert_cmpstr (text, ==, expected);
}

static void
expect_error (HsComparison  *comparison,
              const char    *expression,
              HsFiguresError code)
{
  HsFigure figure;
  g_autoptr(GError) error = NULL;

  g_test_message ("%.60s", expression);
  g_assert_false (hs_figures_evaluate (comparison, expression, &figure, &error));
  g_assert_error (error, HS_FIGURES_ERROR, (int)code);
  g_assert_null (figure.text);
}

static void
test_operators (void)
{
  g_autoptr(HsComparison) comparison = new_comparison ();

  expect (comparison, "1 + 2 * 3", "7");
  expect (comparison, "(1 + 2) * 3 - -1", "10");
  expect (comparison, "10 / 4", "2.5");
  expect (comparison, "1_000 * 10", "10 000");
  expect (comparison, "2 - 3", "−1");
  expect (comparison, "1 < 2 and not 2 < 1", "yes");
  expect (comparison, "not 1 == 1 or false", "no");
  expect (comparison, "true == (1 != 2)", "yes");
  expect (comparison, "'a' == \"a\"", "yes");
  expect (comparison, "'a' < 'b'", "yes");
  expect (comparison, "python >= 3.12 and python > 3.9 and 3.13 > python", "yes");
  expect (comparison, "python == '3.12'", "yes");
  expect (comparison, "python", "3.12");
  expect (comparison, "if(python < 3.12, 'old', 'new')", "new");
  expect (comparison, "min(3, 2) + max(3, 2) + abs(-1) + round(0.6)", "7");
  /* What does not decide is not looked at. */
  expect (comparison, "true or peak('nobody') > 0", "yes");
  expect (comparison, "if(false, peak('nobody'), 1)", "1");
}

static void
test_units (void)
{
  g_autoptr(HsComparison) comparison = new_comparison ();

  expect (comparison, "peak('list')", "10.0 MiB");
  expect (comparison, "peak(1) + 16", "1 040 B");
  expect (comparison, "peak('array') / 1000", "1.02 B");
  expect (comparison, "peak('list') / peak('array')", "10 240");
  expect (comparison, "time('list')", "2.00 ms");
  expect (comparison, "time('list') - time('array')", "1.00 ms");
  expect (comparison, "2 * time('list') > 3_000_000", "yes");
  expect (comparison, "rounds", "5");
  expect (comparison, "less('array', 'list')", "yes");
  expect (comparison, "more('list', 'array', 'final')", "yes");
  expect (comparison, "none('list', 'list')", "yes");
  expect (comparison, "same('array') and not failed('list')", "yes");
  expect (comparison, "status('list')", "ok");
  expect (comparison, "output('list')", "hello");
  expect_error (comparison, "peak('list') + time('list')", HS_FIGURES_ERROR_SYNTAX);
  expect_error (comparison, "'a' + 1", HS_FIGURES_ERROR_SYNTAX);
  expect_error (comparison, "not 'a'", HS_FIGURES_ERROR_SYNTAX);
  expect_error (comparison, "1 / 0", HS_FIGURES_ERROR_NOT_MEASURED);
  expect_error (comparison, "peak('nobody')", HS_FIGURES_ERROR_NOT_FOUND);
  expect_error (comparison, "peak(2)", HS_FIGURES_ERROR_NOT_FOUND);
  expect_error (comparison, "peak(0.5)", HS_FIGURES_ERROR_NOT_FOUND);
  expect_error (comparison, "rss('list')", HS_FIGURES_ERROR_NOT_MEASURED);
  expect_error (comparison, "less('list', 'array', 'rss')", HS_FIGURES_ERROR_NOT_MEASURED);
}

static void
test_objects (void)
{
  g_autoptr(HsComparison) comparison = new_comparison ();

  expect (comparison, "value('list', 'n')", "1 001");
  expect (comparison, "value('list', 'yes')", "yes");
  expect (comparison, "text('list', 'c')", "spam");
  expect (comparison, "type('list', 'a')", "list");
  expect (comparison, "type('list', 'node')", "Node");
  expect (comparison, "length('list', 'a')", "2");
  expect (comparison, "getsizeof('list', 'a')", "72 B");
  expect (comparison, "bytes('list', 'a')", "64 B");
  expect (comparison, "references('list', 'a')", "4");
  expect (comparison, "interned('list', 'c') and not interned('list', 'n')", "yes");
  expect (comparison, "is('list', 'a', 'b') and not is('list', 'a', 'c')", "yes");
  expect (comparison, "exists('list', 'a') and not exists('list', 'z')", "yes");
  expect (comparison, "text('list', 'a[1]')", "spam");
  expect (comparison, "text('list', 'a[-1]')", "spam");
  expect (comparison, "value('list', 'a[-2]')", "1 001");
  expect (comparison, "is('list', \"d['k.[]']\", 'a')", "yes");
  expect (comparison, "text('list', \"d['k.[]'][1]\")", "spam");
  expect (comparison, "value('list', 'node.items[0]')", "1 001");
  expect (comparison, "value('list', 'node.late')", "1 001");
  expect (comparison, "type('list', 'node.__dict__')", "dict");
  expect (comparison, "text('list', 'frame.item')", "spam");
  expect (comparison, "count('list', 'dict')", "2");
  expect (comparison, "count('list', 'set')", "0");
  expect (comparison, "type_bytes('list', 'dict')", "128 B");
  expect (comparison, "value('list', 'n', 'step') + value('list', 'n', 'step#1')", "2 002");
  expect (comparison, "line_bytes('list', 9) - line_live('list', 9)", "400 B");
  expect (comparison, "line_bytes('list', 8)", "0 B");
  expect_error (comparison, "value('list', 'c')", HS_FIGURES_ERROR_NOT_FOUND);
  expect_error (comparison, "value('list', 'z')", HS_FIGURES_ERROR_NOT_FOUND);
  expect_error (comparison, "value('list', 'a[2]')", HS_FIGURES_ERROR_NOT_FOUND);
  expect_error (comparison, "value('list', 'a[-3]')", HS_FIGURES_ERROR_NOT_FOUND);
  expect_error (comparison, "value('list', 'a[')", HS_FIGURES_ERROR_NOT_FOUND);
  expect_error (comparison, "value('list', 'a.')", HS_FIGURES_ERROR_NOT_FOUND);
  expect_error (comparison, "value('list', 'a[0]b')", HS_FIGURES_ERROR_NOT_FOUND);
  expect_error (comparison, "value('list', '')", HS_FIGURES_ERROR_NOT_FOUND);
  expect_error (comparison, "value('list', 'n', 'never')", HS_FIGURES_ERROR_NOT_FOUND);
  expect_error (comparison, "value('list', 'n', 'step#3')", HS_FIGURES_ERROR_NOT_FOUND);
  expect_error (comparison, "value('list', 'n', 'full')", HS_FIGURES_ERROR_NOT_MEASURED);
  expect_error (comparison, "value('array', 'n')", HS_FIGURES_ERROR_NOT_MEASURED);
  expect_error (comparison, "value('array', 'n', 'step')", HS_FIGURES_ERROR_NOT_FOUND);
  expect_error (comparison, "references('list', 'yes')", HS_FIGURES_ERROR_NOT_MEASURED);
  expect_error (comparison, "line_bytes('array', 9)", HS_FIGURES_ERROR_NOT_MEASURED);
}

static void
test_pages (void)
{
  g_autoptr(HsComparison) comparison = new_comparison ();

  expect (comparison, "pages('list', 'a', 'all', 'step#1')", "4");
  expect (comparison, "pages('list', 'a', 'mapped', 'step#1')", "1");
  expect (comparison, "pages('list', 'a', 'cached', 'step')", "2");
  expect (comparison, "pages('list', 'a', 'mapped')", "3");
  expect (comparison, "rss_anon('list', 'step#1')", "1 000 B");
  expect (comparison, "rss_file('list', 'step#1')", "2 000 B");
  expect (comparison, "rss_file('list')", "8 B");
  expect_error (comparison, "pages('list', 'a', 'cached')", HS_FIGURES_ERROR_NOT_MEASURED);
  expect_error (comparison, "pages('list', 'c', 'all')", HS_FIGURES_ERROR_NOT_MEASURED);
  expect_error (comparison, "pages('list', 'a', 'none')", HS_FIGURES_ERROR_SYNTAX);
  expect_error (comparison, "rss_anon('array')", HS_FIGURES_ERROR_NOT_MEASURED);
}

static void
test_sweep (void)
{
  g_autoptr(HsComparison) comparison = new_comparison ();

  expect (comparison, "at('list', 'final', 1_000)", "8 100 B");
  expect_error (comparison, "at('list', 'final', 500)", HS_FIGURES_ERROR_NOT_FOUND);
  expect_error (comparison, "at('array', 'final', 1000)", HS_FIGURES_ERROR_NOT_MEASURED);
  expect_error (comparison, "slope('array', 'final')", HS_FIGURES_ERROR_NOT_MEASURED);
}

static void
test_syntax (void)
{
  const char *const wrong[] = {
    "",
    " ",
    "1 +",
    "(1",
    "1)",
    "1 2",
    "1 < 2 < 3",
    "'a",
    "1.2.3",
    "nothing('a')",
    "nothing",
    "peak",
    "peak()",
    "peak('a', 'b')",
    "less('a')",
    "less('a', 'b', 'speed')",
    "less('a', 'b', 1)",
    "value('a')",
    "value('a', 1)",
    "abs('a')",
    "pages('a', 'mm', 'some')",
    "$",
    "a = 1",
    "peak('a' 'b')",
    "peak('a',)",
    "__import__('os')",
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    expect_error (NULL, wrong[i], HS_FIGURES_ERROR_SYNTAX);
}

/* Neither long nor deep ones get far. */
static void
test_bounds (void)
{
  g_autofree char *deep = g_strnfill (400, '(');
  g_autofree char *negative = g_strnfill (400, '-');
  g_autofree char *length = g_strnfill (100000, '1');
  GString         *nots = g_string_new (NULL);
  GString         *calls = g_string_new (NULL);
  GString         *sum = g_string_new ("1");
  HsFigure         figure;
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < 100; i++)
    {
      g_string_append (nots, "not ");
      g_string_append (calls, "abs(");
    }
  for (guint i = 0; i < 400; i++)
    g_string_append (sum, "+1");
  g_string_append (nots, "true");
  expect_error (NULL, deep, HS_FIGURES_ERROR_SYNTAX);
  expect_error (NULL, negative, HS_FIGURES_ERROR_SYNTAX);
  expect_error (NULL, length, HS_FIGURES_ERROR_SYNTAX);
  expect_error (NULL, nots->str, HS_FIGURES_ERROR_SYNTAX);
  expect_error (NULL, calls->str, HS_FIGURES_ERROR_SYNTAX);
  g_assert_true (hs_figures_evaluate (NULL, sum->str, &figure, &error));
  g_assert_no_error (error);
  g_string_free (nots, TRUE);
  g_string_free (calls, TRUE);
  g_string_free (sum, TRUE);
}

static void
expect_format (HsFigureKind kind,
               double       number,
               const char  *format,
               const char  *expected)
{
  HsFigure         figure = { .kind = kind, .number = number };
  g_autofree char *text = test_plain (hs_figure_format (&figure, format));

  g_assert_cmpstr (text, ==, expected);
}

static void
test_formats (void)
{
  expect_format (HS_FIGURE_BYTES, 10485760, "exact", "10 485 760 B");
  expect_format (HS_FIGURE_BYTES, 8.0625, NULL, "8.06 B");
  expect_format (HS_FIGURE_BYTES, -1536 * 1024, NULL, "−1.50 MiB");
  expect_format (HS_FIGURE_NUMBER, .998, "percent", "99.8 %");
  expect_format (HS_FIGURE_NUMBER, .43, "percent", "43 %");
  expect_format (HS_FIGURE_NUMBER, 8.2, "times", "8.2 times");
  expect_format (HS_FIGURE_NUMBER, 1.234, "times", "1.23 times");
  expect_format (HS_FIGURE_NUMBER, 123.4, "times", "123 times");
  expect_format (HS_FIGURE_NUMBER, 123456.6, NULL, "123 457");
  expect_format (HS_FIGURE_NUMBER, .00012, NULL, "0.00012");
  expect_format (HS_FIGURE_NUMBER, 12.34, NULL, "12.3");
  expect_format (HS_FIGURE_COUNT, 12345, NULL, "12 345");
  expect_format (HS_FIGURE_NUMBER, 112, "bytes", "112 B");
  expect_format (HS_FIGURE_NUMBER, 3200000, "time", "3.20 ms");
  expect_format (HS_FIGURE_NS, 3200000, "number", "3 200 000");
  g_assert_true (hs_figure_is_format ("percent"));
  g_assert_false (hs_figure_is_format (""));
}

static void
test_kinds (void)
{
  g_assert_cmpint (hs_figures_get_kind ("peak('a') - 2 * final('b')"), ==, HS_FIGURE_BYTES);
  g_assert_cmpint (hs_figures_get_kind ("time('a') / 5"), ==, HS_FIGURE_NS);
  g_assert_cmpint (hs_figures_get_kind ("time('a') / time('b')"), ==, HS_FIGURE_NUMBER);
  g_assert_cmpint (hs_figures_get_kind ("100 * (1 - peak('a') / peak('b'))"), ==, HS_FIGURE_NUMBER);
  g_assert_cmpint (hs_figures_get_kind ("slope('a', 'time')"), ==, HS_FIGURE_NS);
  g_assert_cmpint (hs_figures_get_kind ("count('a', 'str')"), ==, HS_FIGURE_COUNT);
  g_assert_cmpint (hs_figures_get_kind ("if(true, 1, bytes('a', 'x'))"), ==, HS_FIGURE_BYTES);
  g_assert_cmpint (hs_figures_get_kind ("1 <"), ==, HS_FIGURE_NUMBER);
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/figures/operators", test_operators);
  g_test_add_func ("/figures/units", test_units);
  g_test_add_func ("/figures/objects", test_objects);
  g_test_add_func ("/figures/pages", test_pages);
  g_test_add_func ("/figures/sweep", test_sweep);
  g_test_add_func ("/figures/syntax", test_syntax);
  g_test_add_func ("/figures/bounds", test_bounds);
  g_test_add_func ("/figures/formats", test_formats);
  g_test_add_func ("/figures/kinds", test_kinds);

  return g_test_run ();
}
