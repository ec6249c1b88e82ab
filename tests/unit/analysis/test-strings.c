/* test-strings.c - why equal strings are one object or several
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-strings.h"

#include <string.h>

#include "hs-test-heap.h"

#define LEDGER (HS_INFO_LEDGER | HS_INFO_CONSTANTS)

/* A str of which as many characters are seen as are not cut. */
static guint32
add_str (TestHeap   *test,
         const char *text,
         guint32     flags)
{
  g_autofree char *preview = g_strdup_printf ("'%s'", text);
  guint32          object = test_heap_add (test, T_STR, preview);

  hs_test_snapshot_set_length (test->snapshot, object, (guint64)g_utf8_strlen (text, -1));
  hs_test_snapshot_set_flags (test->snapshot, object, flags);

  return object;
}

/* A str of @length characters of which only @text is seen. */
static guint32
add_long_str (TestHeap   *test,
              const char *text,
              guint64     length,
              guint64     hash,
              guint32     flags)
{
  g_autofree char *shown = g_strconcat (text, "…", NULL);
  guint32          object = add_str (test, shown, flags);

  hs_test_snapshot_set_length (test->snapshot, object, length);
  if (hash != 0)
    hs_test_snapshot_set_text_hash (test->snapshot, object, hash);
  else
    hs_test_snapshot_set_flags (test->snapshot, object, flags | HS_OBJECT_PREVIEW_CUT);

  return object;
}

static TestHeap *
new_test (guint32 info_flags)
{
  TestHeap *test = test_heap_new ();

  hs_test_snapshot_get_info (test->snapshot)->flags = info_flags;

  return test;
}

/* What "strings" of the JSON says, and why in words; as many lines as values. */
static char *
describe (HsHeap *heap)
{
  g_autoptr(HsStrings) strings = hs_strings_new (heap);
  GString *text = g_string_new (NULL);

  for (guint32 i = 0; i < hs_strings_get_n (strings); i++)
    {
      const HsStringValue *value = hs_strings_get (strings, i);
      const guint32       *copies = hs_strings_get_copies (strings, i);
      g_autofree char     *preview = hs_heap_dup_preview (heap, value->object);
      const char          *why = hs_why_to_string (value->why);

      g_string_append_printf (text, "%.12s %u<-%u %u-%u%s %s:", preview, value->n_copies,
                              (guint)value->n_references, (guint)value->occupied,
                              (guint)value->saving, value->is_interned ? " interned" : "",
                              why != NULL ? why : "-");
      for (guint32 k = 0; k < value->n_copies; k++)
        g_string_append_printf (text, " %u", copies[k]);
      g_string_append_c (text, '\n');
    }

  return g_string_free (text, FALSE);
}

static void
check (TestHeap   *test,
       const char *expected)
{
  g_autoptr(HsHeap) heap = test_heap_finish (test);
  g_autofree char *text = describe (heap);

  g_assert_cmpstr (text, ==, expected);
}

static char *
dup_why (HsHeap *heap,
         guint32 i)
{
  g_autoptr(HsStrings) strings = hs_strings_new (heap);

  return test_plain (hs_strings_dup_why (strings, i));
}

static void
test_none (void)
{
  check (new_test (LEDGER), "");
}

static void
test_alias (void)
{
  TestHeap *test = new_test (LEDGER);
  guint32   shared = add_str (test, "a b", 0);

  add_str (test, "alone", 0);
  test_heap_name (test, "a", shared);
  test_heap_name (test, "b", shared);
  test_heap_name (test, "c", test_heap_add_sequence (test, T_LIST, shared, 1, HS_NO_OBJECT));
  check (test, "'a b' 1<-3 64-0 alias: 0\n"
               "'alone' 1<-1 64-0 -: 1\n");
}

static void
test_copies (void)
{
  TestHeap *test = new_test (LEDGER);
  g_autoptr(HsHeap) heap = NULL;
  g_autofree char *text = NULL;
  g_autofree char *why = NULL;

  add_str (test, "small", 0);
  for (guint i = 0; i < 3; i++)
    add_str (test, "word", i == 1 ? HS_OBJECT_INTERNED_MORTAL : 0);
  add_str (test, "small", 0);
  hs_test_snapshot_add_block (test->snapshot, 3, HS_BLOCK_UTF8, 32, 0);

  heap = test_heap_finish (test);
  text = describe (heap);
  g_assert_cmpstr (text, ==,
                   "'word' 3<-0 224-160 interned run-time: 1 2 3\n"
                   "'small' 2<-0 128-64 run-time: 0 4\n");
  why = dup_why (heap, 0);
  g_assert_cmpstr (why, ==,
                   "2 of 3 copies were made while the code ran; nothing interned them");
}

/* What was made when is only said if it is known. */
static void
test_unproven (void)
{
  TestHeap *test = new_test (HS_INFO_CONSTANTS);

  add_str (test, "a b", 0);
  add_str (test, "a b", 0);
  check (test, "'a b' 2<-0 128-64 separate: 0 1\n");

  test = new_test (HS_INFO_LEDGER);
  add_str (test, "a b", 0);
  add_str (test, "a b", 0);
  check (test, "'a b' 2<-0 128-64 separate: 0 1\n");

  test = new_test (LEDGER);
  add_str (test, "a b", HS_OBJECT_BASELINE);
  add_str (test, "a b", HS_OBJECT_BASELINE);
  add_str (test, "c d", HS_OBJECT_INTERNED_MORTAL | HS_OBJECT_BASELINE);
  add_str (test, "e f", HS_OBJECT_INTERNED_MORTAL);
  check (test, "'a b' 2<-0 128-64 separate: 0 1\n"
               "'c d' 1<-0 64-0 interned interned: 2\n"
               "'e f' 1<-0 64-0 interned sys-intern: 3\n");
}

static void
test_kept (void)
{
  TestHeap *test = new_test (LEDGER);
  guint32   empty = add_str (test, "", HS_OBJECT_STATIC | HS_OBJECT_INTERNED_MORTAL);

  add_str (test, "e", HS_OBJECT_STATIC);
  add_str (test, "e", HS_OBJECT_INTERNED_MORTAL);
  add_str (test, "f", HS_OBJECT_STATIC);
  add_str (test, "1", HS_OBJECT_STATIC);
  add_str (test, "1", 0);
  test_heap_name (test, "a", empty);
  check (test, "'1' 2<-0 64-64 run-time: 4 5\n"
               "'e' 2<-0 64-0 interned two-caches: 1 2\n"
               "'' 1<-1 0-0 interned empty: 0\n"
               "'f' 1<-0 0-0 one-character: 3\n");
}

/* Lengths and hashes tell apart what the previews do not. */
static void
test_cut (void)
{
  TestHeap *test = new_test (LEDGER);

  add_long_str (test, "abcabc", 6000, 7, 0);
  add_long_str (test, "abcabc", 6000, 8, 0);
  add_long_str (test, "abcabc", 6003, 7, 0);
  add_long_str (test, "abcabc", 6000, 7, 0);
  add_long_str (test, "no hash", 5000, 0, 0);
  add_long_str (test, "no hash", 5000, 0, 0);
  check (test, "'abcabc…' 2<-0 128-64 fold-limit: 0 3\n"
               "'abcabc…' 1<-0 64-0 -: 1\n"
               "'abcabc…' 1<-0 64-0 -: 2\n"
               "'no hash…' 1<-0 64-0 -: 4\n"
               "'no hash…' 1<-0 64-0 -: 5\n");
}

static void
test_repetition (void)
{
  static const struct
  {
    const char *text;
    guint64     length;
    HsWhy       why;
  } cases[] = {
    { "abcabcab", 6000, HS_WHY_FOLD_LIMIT },
    { "abcabcab", 4096, HS_WHY_RUN_TIME },
    { "abcabcab", 6001, HS_WHY_RUN_TIME },
    { "abcdefgh", 6000, HS_WHY_RUN_TIME },
    { "abcdefga", 6000, HS_WHY_RUN_TIME },
    { "aaaaaaaa", 4097, HS_WHY_FOLD_LIMIT },
    { "éaéa", 6001, HS_WHY_FOLD_LIMIT },
    { "", 6000, HS_WHY_RUN_TIME },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      TestHeap *test = new_test (LEDGER);
      g_autoptr(HsHeap) heap = NULL;
      g_autoptr(HsStrings) strings = NULL;

      add_long_str (test, cases[i].text, cases[i].length, 5, 0);
      add_long_str (test, cases[i].text, cases[i].length, 5, 0);
      heap = test_heap_finish (test);
      strings = hs_strings_new (heap);
      g_assert_cmpuint (hs_strings_get_n (strings), ==, 1);
      g_assert_cmpint (hs_strings_get (strings, 0)->why, ==, cases[i].why);
    }
}

/* ---- Constants ---- */

/* A code object with @constants as co_consts and @names as co_names. */
static guint32
add_code (TestHeap   *test,
          guint32     type,
          const char *name,
          guint32     constants,
          guint32     names)
{
  guint32 code = hs_test_snapshot_add_object (test->snapshot, type, name, 208);

  hs_test_snapshot_add_edge (test->snapshot, code, HS_EDGE_FIELD, "co_consts", constants);
  hs_test_snapshot_add_edge (test->snapshot, code, HS_EDGE_FIELD, "co_names", names);

  return code;
}

static void
test_constants (void)
{
  TestHeap *test = new_test (LEDGER);
  guint32   code = hs_test_snapshot_add_type (test->snapshot, "builtins", "code",
                                              HS_FAMILY_CALLABLE);
  guint32   text = add_str (test, "a text", HS_OBJECT_BASELINE);
  guint32   name = add_str (test, "a_name", HS_OBJECT_INTERNED_MORTAL | HS_OBJECT_BASELINE);
  guint32   nested = add_str (test, "nested text", HS_OBJECT_BASELINE);
  guint32   used = add_str (test, "used", HS_OBJECT_INTERNED_MORTAL | HS_OBJECT_BASELINE);
  guint32   apart = add_str (test, "a text", HS_OBJECT_BASELINE);
  guint32   inner = test_heap_add_sequence (test, T_TUPLE, nested, HS_NO_OBJECT);
  guint32   constants = test_heap_add_sequence (test, T_TUPLE, text, name, inner, HS_NO_OBJECT);
  guint32   others = test_heap_add_sequence (test, T_TUPLE, apart, name, HS_NO_OBJECT);
  guint32   names = test_heap_add_sequence (test, T_TUPLE, used, HS_NO_OBJECT);
  guint32   row = hs_test_snapshot_add_code (test->snapshot, "<module>", 1);
  g_autoptr(HsHeap) heap = NULL;
  g_autoptr(HsIdentity) identity = NULL;
  g_autofree char *words = NULL;
  g_autofree char *all = NULL;
  g_auto(GStrv) codes = NULL;
  gboolean has_more;

  add_code (test, code, "f", constants, names);
  add_code (test, code, "g", constants, names);
  add_code (test, code, "h", others, names);
  hs_test_snapshot_add_constant (test->snapshot, row, HS_CONSTANT_VALUE, nested);
  heap = test_heap_finish (test);

  all = describe (heap);
  g_assert_cmpstr (all, ==,
                   "'a text' 2<-2 128-0 compiled-apart: 0 4\n"
                   "'a_name' 1<-2 64-0 interned compile-time: 1\n"
                   "'nested text 1<-1 64-0 constant: 2\n"
                   "'used' 1<-1 64-0 interned name: 3\n");

  identity = hs_identity_new (heap);
  g_assert_cmpint (hs_identity_get_why (identity, inner), ==, HS_WHY_CONSTANT);
  g_assert_cmpint (hs_identity_get_why (identity, constants), ==, HS_WHY_ALIAS);
  g_assert_false (hs_identity_is_made (identity, nested));
  words = hs_identity_dup_why (identity, nested);
  g_assert_cmpstr (words, ==,
                   "a constant of <module>, f and g: equal constants that are compiled together "
                   "are one object");
  codes = hs_identity_dup_codes (identity, name, &has_more);
  g_assert_cmpuint (g_strv_length (codes), ==, 3);
  g_assert_false (has_more);
}

/* However often tuples hold each other, nothing is asked without end. */
static void
test_tangled_constants (void)
{
  TestHeap *test = new_test (LEDGER);
  guint32   code = hs_test_snapshot_add_type (test->snapshot, "builtins", "code",
                                              HS_FAMILY_CALLABLE);
  guint32   text = add_str (test, "a text", 0);
  guint32   tuple = test_heap_add_sequence (test, T_TUPLE, text, text, HS_NO_OBJECT);
  guint32   first = tuple;
  g_autoptr(HsHeap) heap = NULL;
  g_autoptr(HsIdentity) identity = NULL;
  g_auto(GStrv) codes = NULL;
  gboolean has_more;

  for (guint i = 0; i < 100; i++)
    tuple = test_heap_add_sequence (test, T_TUPLE, tuple, tuple, first, HS_NO_OBJECT);
  hs_test_snapshot_add_index (test->snapshot, first, HS_EDGE_INDEX, 2, tuple);
  for (guint i = 0; i < 10; i++)
    add_code (test, code, "f", tuple, first);

  heap = test_heap_finish (test);
  identity = hs_identity_new (heap);
  g_assert_true (hs_identity_get_facts (identity, text) & HS_IDENTITY_CONSTANT);
  codes = hs_identity_dup_codes (identity, text, &has_more);
  g_assert_cmpuint (g_strv_length (codes), <=, 3);
  g_assert_true (has_more);
}

static void
test_name_characters (void)
{
  TestHeap *test = new_test (LEDGER);
  guint32   row = hs_test_snapshot_add_code (test->snapshot, "<module>", 1);
  guint32   flags = HS_OBJECT_INTERNED_MORTAL | HS_OBJECT_BASELINE;

  for (guint i = 0; i < 5; i++)
    hs_test_snapshot_add_constant (test->snapshot, row, HS_CONSTANT_VALUE, i);
  add_str (test, "Az_09", flags);
  add_str (test, "not-name", flags);
  add_str (test, "é", flags);
  add_long_str (test, "abcd", 4096, 1, flags | HS_OBJECT_NAME_CHARACTERS);
  add_long_str (test, "abcd", 4096, 2, flags);
  check (test, "'Az_09' 1<-0 64-0 interned compile-time: 0\n"
               "'not-name' 1<-0 64-0 interned sys-intern: 1\n"
               "'é' 1<-0 64-0 interned sys-intern: 2\n"
               "'abcd…' 1<-0 64-0 interned compile-time: 3\n"
               "'abcd…' 1<-0 64-0 interned sys-intern: 4\n");
}

static void
test_names (void)
{
  TestHeap *test = new_test (LEDGER);
  guint32   attribute = add_str (test, "size", HS_OBJECT_INTERNED_MORTAL);
  guint32   variable = add_str (test, "count", HS_OBJECT_INTERNED_MORTAL);
  guint32   key = add_str (test, "any key", HS_OBJECT_INTERNED_MORTAL);
  guint32   field = add_str (test, "co_consts", HS_OBJECT_INTERNED_MORTAL);
  guint32   equal = add_str (test, "size", 0);
  guint32   node = test_heap_add (test, T_NODE, "");
  guint32   dict = test_heap_add (test, T_DICT, "");

  hs_test_snapshot_set_length (test->snapshot, dict, 1);
  hs_test_snapshot_add_edge (test->snapshot, node, HS_EDGE_ATTRIBUTE, "size", variable);
  hs_test_snapshot_add_edge (test->snapshot, node, HS_EDGE_FIELD, "__dict__", dict);
  hs_test_snapshot_add_edge (test->snapshot, node, HS_EDGE_FIELD, "co_consts", dict);
  hs_test_snapshot_add_item (test->snapshot, dict, key, field);
  test_heap_name (test, "count", attribute);
  test_heap_name (test, "b", equal);
  check (test, "'size' 2<-2 128-64 interned run-time: 0 4\n"
               "'count' 1<-1 64-0 interned name: 1\n"
               "'any key' 1<-1 64-0 interned name: 2\n"
               "'co_consts' 1<-1 64-0 interned sys-intern: 3\n");
}

/* ---- Other values ---- */

static void
test_values (void)
{
  TestHeap *test = new_test (LEDGER);
  guint32   bytes = hs_test_snapshot_add_type (test->snapshot, "builtins", "bytes",
                                               HS_FAMILY_BUFFER);
  guint32   small = test_heap_add (test, T_INT, "");
  guint32   large = test_heap_add (test, T_INT, "");
  guint32   none = test_heap_add_sequence (test, T_TUPLE, HS_NO_OBJECT);
  guint32   byte = hs_test_snapshot_add_object (test->snapshot, bytes, "b'a'", 0);
  g_autoptr(HsHeap) heap = NULL;
  g_autoptr(HsIdentity) identity = NULL;
  g_autofree char *words = NULL;

  hs_test_snapshot_set_value_int (test->snapshot, small, 256);
  hs_test_snapshot_set_value_int (test->snapshot, large, 257);
  hs_test_snapshot_set_flags (test->snapshot, small, HS_OBJECT_STATIC | HS_OBJECT_IMMORTAL);
  hs_test_snapshot_set_flags (test->snapshot, none, HS_OBJECT_STATIC);
  hs_test_snapshot_set_flags (test->snapshot, byte, HS_OBJECT_STATIC);
  hs_test_snapshot_set_length (test->snapshot, byte, 1);
  test_heap_name (test, "a", large);
  test_heap_name (test, "b", large);

  heap = test_heap_finish (test);
  identity = hs_identity_new (heap);
  g_assert_cmpint (hs_identity_get_facts (identity, small), ==,
                   HS_IDENTITY_STATIC | HS_IDENTITY_IMMORTAL | HS_IDENTITY_SMALL_INT);
  g_assert_cmpint (hs_identity_get_why (identity, small), ==, HS_WHY_SMALL_INT);
  g_assert_cmpint (hs_identity_get_why (identity, large), ==, HS_WHY_ALIAS);
  g_assert_cmpint (hs_identity_get_why (identity, none), ==, HS_WHY_EMPTY);
  g_assert_cmpint (hs_identity_get_why (identity, byte), ==, HS_WHY_SINGLE);
  words = hs_identity_dup_why (identity, byte);
  g_assert_cmpstr (words, ==, "Python keeps one object for each single byte");
}

/* A million strings, half of them with one equal one: no work is done twice. */
static void
test_many (void)
{
  const guint32 n = 1000000;
  TestHeap     *test = new_test (LEDGER);
  g_autoptr(HsHeap) heap = NULL;
  g_autoptr(HsStrings) strings = NULL;
  guint64 n_copies = 0;
  double  elapsed;

  for (guint32 i = 0; i < n; i++)
    {
      char text[32];

      g_snprintf (text, sizeof text, "text %u", i < n / 2 ? i : i % (n / 4));
      add_str (test, text, 0);
    }
  heap = test_heap_finish (test);

  g_test_timer_start ();
  strings = hs_strings_new (heap);
  elapsed = g_test_timer_elapsed ();
  g_test_minimized_result (elapsed, "a million strings: %.3f s", elapsed);

  g_assert_cmpuint (hs_strings_get_n (strings), ==, n / 2);
  for (guint32 i = 0; i < n / 2; i++)
    n_copies += hs_strings_get (strings, i)->n_copies;
  g_assert_cmpuint (n_copies, ==, n);
  g_assert_cmpuint (hs_strings_get (strings, 0)->n_copies, ==, 3);
  g_assert_cmpuint (hs_strings_get (strings, n / 2 - 1)->n_copies, ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/strings/none", test_none);
  g_test_add_func ("/strings/alias", test_alias);
  g_test_add_func ("/strings/copies", test_copies);
  g_test_add_func ("/strings/unproven", test_unproven);
  g_test_add_func ("/strings/kept", test_kept);
  g_test_add_func ("/strings/cut", test_cut);
  g_test_add_func ("/strings/repetition", test_repetition);
  g_test_add_func ("/strings/constants", test_constants);
  g_test_add_func ("/strings/tangled-constants", test_tangled_constants);
  g_test_add_func ("/strings/name-characters", test_name_characters);
  g_test_add_func ("/strings/names", test_names);
  g_test_add_func ("/strings/values", test_values);
  g_test_add_func ("/strings/many", test_many);

  return g_test_run ();
}
