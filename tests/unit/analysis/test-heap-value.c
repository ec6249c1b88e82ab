/* test-heap-value.c - values as Python writes them
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <float.h>
#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "hs-heap-private.h"
#include "hs-test-heap.h"

#define N_RANDOM 20000

/* What repr() of CPython 3.11 to 3.13 gives. */
static const struct
{
  double      value;
  const char *text;
} doubles[] = {
  { 0.0, "0.0" },
  { -0.0, "-0.0" },
  { 1.0, "1.0" },
  { -1.5, "-1.5" },
  { 0.1, "0.1" },
  { 0.1 + 0.2, "0.30000000000000004" },
  { 1. / 3., "0.3333333333333333" },
  { 2. / 3., "0.6666666666666666" },
  { 100.0, "100.0" },
  { 123456.75, "123456.75" },
  { 0.0001, "0.0001" },
  { 0.00012345, "0.00012345" },
  { 0.00001, "1e-05" },
  { 0.000012345, "1.2345e-05" },
  { 1e15, "1000000000000000.0" },
  { 1234567890123456.0, "1234567890123456.0" },
  { 9007199254740991.0, "9007199254740991.0" },
  { 9007199254740992.0, "9007199254740992.0" },
  { 9999999999999998.0, "9999999999999998.0" },
  { 1e16, "1e+16" },
  { 12345678901234567890.0, "1.2345678901234567e+19" },
  { 1e22, "1e+22" },
  { 1e23, "1e+23" },
  { 1e100, "1e+100" },
  { -1.7976931348623157e308, "-1.7976931348623157e+308" },
  { 2.2250738585072014e-308, "2.2250738585072014e-308" },
  { 2.225073858507201e-308, "2.225073858507201e-308" },
  { 5e-324, "5e-324" },
  { 1.5e-323, "1.5e-323" },
  { 9.5367431640625e-07, "9.5367431640625e-07" },
  /* 2 to the -44th and to the 89th: the nearest number with 16 digits gives
   * another double.
   */
  { 0x1p-44, "5.684341886080802e-14" },
  { 0x1p89, "6.189700196426902e+26" },
  { 0x1p-1017, "7.120236347223045e-307" },
  { INFINITY, "inf" },
  { -INFINITY, "-inf" },
};

static void
check_doubles (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (doubles); i++)
    {
      GString *text = g_string_new (NULL);

      _hs_heap_append_double (text, doubles[i].value);
      g_assert_cmpstr (text->str, ==, doubles[i].text);
      g_string_free (text, TRUE);
    }
}

static void
test_doubles (void)
{
  GString *text = g_string_new (NULL);

  check_doubles ();
  _hs_heap_append_double (text, -NAN);
  g_assert_cmpstr (text->str, ==, "nan");
  g_string_free (text, TRUE);
}

/* A comma in place of the point changes nothing. */
static void
test_locale (void)
{
  static const char *const names[] = { "de_DE.UTF-8", "fr_FR.UTF-8", "de_DE.utf8" };
  g_autofree char         *old = g_strdup (setlocale (LC_NUMERIC, NULL));
  gboolean                 found = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (names) && !found; i++)
    found = setlocale (LC_NUMERIC, names[i]) != NULL;

  if (found)
    check_doubles ();
  else
    g_test_skip ("no locale with a decimal comma is installed");
  setlocale (LC_NUMERIC, old);
}

static void
test_random_doubles (void)
{
  g_autoptr(GRand) random = g_rand_new_with_seed (3);

  for (guint i = 0; i < N_RANDOM; i++)
    {
      guint64  bits = (guint64)g_rand_int (random) << 32 | g_rand_int (random);
      double   value;
      GString *text = g_string_new (NULL);

      memcpy (&value, &bits, sizeof value);
      _hs_heap_append_double (text, value);
      if (!isnan (value))
        g_assert_true (g_ascii_strtod (text->str, NULL) == value);
      g_assert_cmpuint (text->len, <=, strlen ("-2.2250738585072014e-308"));
      g_string_free (text, TRUE);
    }
}

static void
check_preview (HsHeap     *heap,
               guint32     object,
               const char *expected)
{
  g_autofree char *whole = hs_heap_dup_preview (heap, object);
  g_autofree char *same = _hs_heap_dup_short_preview (heap, object, 40);
  g_autofree char *one = _hs_heap_dup_short_preview (heap, object, 1);

  g_assert_cmpstr (whole, ==, expected);
  g_assert_cmpstr (same, ==, expected);
  g_assert_cmpint (g_utf8_strlen (one, -1), ==, MIN (strlen (expected), 2));
  g_assert_true (hs_heap_has_preview (heap, object) == (*expected != '\0'));
}

static void
test_previews (void)
{
  static const gint64 ints[] = { 0, 1, -1, 255, G_MAXINT64 / 2, G_MININT64 / 2 };
  static const char  *texts[] = {
     "0",
     "1",
     "-1",
     "255",
     "4611686018427387903",
     "-4611686018427387904",
  };
  TestHeap *test = test_heap_new ();
  guint32   list = test_heap_add_sequence (test, T_LIST, HS_NO_OBJECT);
  guint32   text = test_heap_add (test, T_STR, "'abc'");
  guint32   third = test_heap_add (test, T_FLOAT, "");
  guint32   large = test_heap_add (test, T_INT, "4611686018427387904");
  g_autoptr(HsHeap) heap = NULL;

  hs_test_snapshot_set_value_float (test->snapshot, third, 1. / 3.);
  for (guint i = 0; i < G_N_ELEMENTS (ints); i++)
    {
      guint32 object = test_heap_add (test, T_INT, "");

      g_assert_cmpuint (object, ==, large + 1 + i);
      hs_test_snapshot_set_value_int (test->snapshot, object, ints[i]);
    }
  heap = test_heap_finish (test);

  check_preview (heap, list, "");
  check_preview (heap, text, "'abc'");
  check_preview (heap, third, "0.3333333333333333");
  check_preview (heap, large, "4611686018427387904");
  for (guint i = 0; i < G_N_ELEMENTS (ints); i++)
    check_preview (heap, large + 1 + i, texts[i]);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/heap-value/doubles", test_doubles);
  g_test_add_func ("/heap-value/locale", test_locale);
  g_test_add_func ("/heap-value/random-doubles", test_random_doubles);
  g_test_add_func ("/heap-value/previews", test_previews);

  return g_test_run ();
}
