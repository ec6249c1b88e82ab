/* test-strings-text.c - who refers to texts, what sharing saves, and the text form
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-strings-page.h"

#include <string.h>

#include "hs-test-heap.h"

#define LEDGER (HS_INFO_LEDGER | HS_INFO_CONSTANTS)

static TestHeap *
new_test (void)
{
  TestHeap *test = test_heap_new ();

  hs_test_snapshot_get_info (test->snapshot)->flags = LEDGER;

  return test;
}

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

static const HsStringsPageOptions all = { .max_rows = G_MAXUINT32, .object = HS_NO_OBJECT };

static char *
dup_page_text (HsHeap                     *heap,
               const HsStringsPageOptions *options)
{
  g_autoptr(HsStrings) strings = hs_strings_new (heap);
  g_autoptr(HsStringsPage) page = hs_strings_page_new (strings, options, NULL);
  char *text = test_plain (hs_strings_page_to_text (page));

  for (guint i = 0; i < page->n_rows; i++)
    {
      g_autofree char *facts = hs_strings_page_describe_row (page, i);
      g_autofree char *name = hs_strings_page_name_row (page, i);

      g_assert_cmpstr (facts, !=, "");
      g_assert_cmpstr (name, !=, "");
    }
  for (guint i = 0; i < page->n_copies; i++)
    {
      g_autofree char *facts = hs_strings_page_describe_copy (page, i);
      g_autofree char *name = hs_strings_page_name_copy (page, i);

      g_assert_nonnull (strstr (facts, "0x"));
      g_assert_cmpstr (name, !=, "");
    }

  return text;
}

/* The rows only: neither sums nor what they count. */
static void
check_rows (HsHeap                     *heap,
            const HsStringsPageOptions *options,
            const char                 *expected)
{
  g_autofree char *text = dup_page_text (heap, options);
  const char      *rows = strstr (text, "\n\n");

  g_assert_cmpstr (rows != NULL ? rows + 2 : "", ==, expected);
}

/* As in a book: three names of one object, one of another, places in a list. */
static void
test_figure (void)
{
  TestHeap *test = new_test ();
  guint32   interned = add_str (test, "heap", HS_OBJECT_INTERNED_MORTAL | HS_OBJECT_BASELINE);
  guint32   made = add_str (test, "heap", 0);
  guint32   word = add_str (test, "be", 0);
  guint32   row = hs_test_snapshot_add_code (test->snapshot, "<module>", 1);
  g_autoptr(HsHeap) heap = NULL;
  g_autofree char *text = NULL;

  hs_test_snapshot_add_constant (test->snapshot, row, HS_CONSTANT_VALUE, interned);
  test_heap_name (test, "a", interned);
  test_heap_name (test, "b", interned);
  test_heap_name (test, "c", made);
  test_heap_name (test, "words",
                  test_heap_add_sequence (test, T_LIST, word, interned, word, word, HS_NO_OBJECT));
  heap = test_heap_finish (test);
  text = dup_page_text (heap, &all);
  g_assert_cmpstr (text, ==,
                   "Strings: 2 values, 3 objects, 192 B\n"
                   "Sharing saves 256 B now; sys.intern() would save 64 B more\n"
                   "Sharing saves: of each object, the references of data beyond the first, times "
                   "the bytes of a copy. sys.intern() would save: the copies that neither code "
                   "nor Python keeps, but for one.\n"
                   "\n"
                   "[1] 'heap'\n"
                   "    4 characters, 1 byte each (ASCII)\n"
                   "    2 objects, 128 B, 4 references; sharing saves 128 B now, sys.intern() "
                   "would save 64 B\n"
                   "    Why: 1 of 2 copies was made while the code ran; nothing interned it\n"
                   "    64 B, interned when compiled ← a, b, words[1]\n"
                   "    64 B, made while running ← c\n"
                   "\n"
                   "[2] 'be'\n"
                   "    2 characters, 1 byte each (ASCII)\n"
                   "    1 object, 64 B, 3 references; sharing saves 128 B now, sys.intern() "
                   "would save 0 B\n"
                   "    Why: one object that was assigned or stored several times\n"
                   "    64 B, made while running ← words[0] … [3], 3 times\n");
}

static void
test_none (void)
{
  g_autoptr(HsHeap) heap = test_heap_finish (new_test ());
  g_autofree char *text = dup_page_text (heap, &all);

  g_assert_true (g_str_has_prefix (text, "Strings: 0 values, 0 objects, 0 B\n"));
}

/* Names of attributes are folded, their values are not. */
static void
test_attributes (void)
{
  TestHeap *test = new_test ();
  guint32 class = test_heap_add (test, T_CLASS, "Point");
  guint32              class_dict = test_heap_add (test, T_DICT, "");
  guint32              kind = add_str (test, "kind", HS_OBJECT_INTERNED_MORTAL);
  guint32              document = add_str (test, "__doc__", HS_OBJECT_INTERNED_MORTAL);
  guint32              title = add_str (test, "title", HS_OBJECT_INTERNED_MORTAL);
  guint32              node = test_heap_add (test, T_NODE, "");
  guint32              dict = test_heap_add (test, T_DICT, "");
  guint32              data = test_heap_add (test, T_DICT, "");
  HsStringsPageOptions options = all;
  g_autoptr(HsHeap) heap = NULL;

  hs_test_snapshot_add_edge (test->snapshot, class, HS_EDGE_FIELD, "__dict__", class_dict);
  hs_test_snapshot_add_edge (test->snapshot, class, HS_EDGE_FIELD, "__name__", title);
  hs_test_snapshot_add_item (test->snapshot, class_dict, kind, add_str (test, "a shape", 0));
  hs_test_snapshot_add_item (test->snapshot, class_dict, document, add_str (test, "About.", 0));
  hs_test_snapshot_add_edge (test->snapshot, node, HS_EDGE_FIELD, "__dict__", dict);
  hs_test_snapshot_add_edge (test->snapshot, node, HS_EDGE_CLASS, "__class__", class);
  hs_test_snapshot_add_item (test->snapshot, dict, title, add_str (test, "A title", 0));
  hs_test_snapshot_add_item (test->snapshot, data, title, add_str (test, "B title", 0));
  test_heap_name (test, "Point", class);
  test_heap_name (test, "p", node);
  test_heap_name (test, "d", data);
  heap = test_heap_finish (test);
  check_rows (heap, &all,
              "[1] 'title'\n"
              "    5 characters, 1 byte each (ASCII)\n"
              "    1 object, 64 B, 1 reference; sharing saves 0 B now, sys.intern() would save "
              "0 B\n"
              "    Why: the name of a variable, an attribute or a function: names are interned\n"
              "    64 B, interned as a name ← key of d\n"
              "\n"
              "[2] 'a shape'\n"
              "    7 characters, 1 byte each (ASCII)\n"
              "    1 object, 64 B, 1 reference; sharing saves 0 B now, sys.intern() would save "
              "0 B\n"
              "    64 B, made while running ← Point.kind\n"
              "\n"
              "[3] 'A title'\n"
              "    7 characters, 1 byte each (ASCII)\n"
              "    1 object, 64 B, 1 reference; sharing saves 0 B now, sys.intern() would save "
              "0 B\n"
              "    64 B, made while running ← p.title\n"
              "\n"
              "[4] 'B title'\n"
              "    7 characters, 1 byte each (ASCII)\n"
              "    1 object, 64 B, 1 reference; sharing saves 0 B now, sys.intern() would save "
              "0 B\n"
              "    64 B, made while running ← d['title']\n"
              "\n"
              "… 3 names of the program, 192 B\n");

  options.with_names = TRUE;
  options.order = HS_STRINGS_BY_TEXT;
  options.max_rows = 1;
  check_rows (heap, &options,
              "[1] 'A title'\n"
              "    7 characters, 1 byte each (ASCII)\n"
              "    1 object, 64 B, 1 reference; sharing saves 0 B now, sys.intern() would save "
              "0 B\n"
              "    64 B, made while running ← p.title\n"
              "\n"
              "… 6 more values, 6 objects, 384 B\n");
}

/* What a method of a class of the code holds is data, too. */
static void
test_closure (void)
{
  TestHeap *test = new_test ();
  guint32 class = test_heap_add (test, T_CLASS, "Point");
  guint32 dict = test_heap_add (test, T_DICT, "");
  guint32 init = test_heap_add (test, T_FUNCTION, "__init__()");
  guint32 cell = test_heap_add (test, T_CELL, "");
  guint32 key = add_str (test, "__init__", HS_OBJECT_INTERNED_MORTAL);
  guint32 slots = add_str (test, "__slots__", HS_OBJECT_INTERNED_MORTAL);
  guint32 word = add_str (test, "a word", 0);
  guint32 list = test_heap_add_sequence (test, T_LIST, word, HS_NO_OBJECT);
  guint32 names = test_heap_add_sequence (test, T_LIST, add_str (test, "x", 0), HS_NO_OBJECT);
  guint32 closure = test_heap_add_sequence (test, T_TUPLE, cell, HS_NO_OBJECT);
  guint32 node = test_heap_add (test, T_NODE, "");
  g_autoptr(HsHeap) heap = NULL;

  hs_test_snapshot_add_edge (test->snapshot, node, HS_EDGE_CLASS, "__class__", class);
  hs_test_snapshot_add_edge (test->snapshot, class, HS_EDGE_FIELD, "__dict__", dict);
  hs_test_snapshot_add_item (test->snapshot, dict, key, init);
  hs_test_snapshot_add_item (test->snapshot, dict, slots, names);
  hs_test_snapshot_add_edge (test->snapshot, init, HS_EDGE_FIELD, "__closure__", closure);
  hs_test_snapshot_add_edge (test->snapshot, init, HS_EDGE_FIELD, "__name__", key);
  hs_test_snapshot_add_edge (test->snapshot, cell, HS_EDGE_CELL, "", list);
  test_heap_name (test, "node", node);
  heap = test_heap_finish (test);
  check_rows (heap, &all,
              "[1] 'a word'\n"
              "    6 characters, 1 byte each (ASCII)\n"
              "    1 object, 64 B, 1 reference; sharing saves 0 B now, sys.intern() would save "
              "0 B\n"
              "    64 B, made while running ← node.__class__.__init__.__closure__[0]"
              ".cell_contents[0]\n"
              "\n"
              "… 3 names of the program, 192 B\n");
}

/* Of a long way the middle is left out; of one that is longer still, the start. */
static void
test_long_way (void)
{
  TestHeap *test = new_test ();
  guint32   next = HS_NO_OBJECT;
  g_autoptr(HsHeap) heap = NULL;
  g_autofree char *text = NULL;

  for (guint i = 0; i < 100; i++)
    {
      guint32 node = test_heap_add (test, T_NODE, "");

      if (next != HS_NO_OBJECT)
        hs_test_snapshot_add_edge (test->snapshot, node, HS_EDGE_SLOT, "next", next);
      if (i == 10 || i == 89 || i == 91 || i == 99)
        {
          g_autofree char *word = g_strdup_printf ("way %u", 99 - i);

          hs_test_snapshot_add_edge (test->snapshot, node, HS_EDGE_SLOT, "text",
                                     add_str (test, word, 0));
        }
      next = node;
    }
  test_heap_name (test, "head", next);
  heap = test_heap_finish (test);
  text = dup_page_text (heap, &all);
  g_assert_nonnull (strstr (text, "← head.text\n"));
  g_assert_nonnull (strstr (text, "← head.next.next.next.next.next.next.next.next.text\n"));
  g_assert_nonnull (strstr (text, "← head.next.next.next.next … .next.next.next.next.next.text\n"));
  g_assert_nonnull (strstr (text, "← (a Node).next.next.next.next … "));
}

/* What code holds as a constant is not saved by sys.intern(). */
static void
test_constants (void)
{
  TestHeap *test = new_test ();
  guint32   row = hs_test_snapshot_add_code (test->snapshot, "f", 1);
  guint32   other = hs_test_snapshot_add_code (test->snapshot, "g", 5);
  guint32   a = add_str (test, "a b", HS_OBJECT_BASELINE);
  guint32   b = add_str (test, "a b", HS_OBJECT_BASELINE);
  guint32   alone = add_str (test, "c d", HS_OBJECT_BASELINE);
  g_autoptr(HsHeap) heap = NULL;

  hs_test_snapshot_add_constant (test->snapshot, row, HS_CONSTANT_VALUE, a);
  hs_test_snapshot_add_constant (test->snapshot, row, HS_CONSTANT_VALUE, alone);
  hs_test_snapshot_add_constant (test->snapshot, other, HS_CONSTANT_VALUE, b);
  test_heap_name (test, "x", a);
  heap = test_heap_finish (test);
  check_rows (heap, &all,
              "[1] 'a b'\n"
              "    3 characters, 1 byte each (ASCII)\n"
              "    2 objects, 128 B, 1 reference; sharing saves 0 B now, sys.intern() would "
              "save 0 B\n"
              "    Why: constants of code that was compiled separately, and not made only of "
              "letters, digits and underscores\n"
              "    64 B, constant of the code ← x\n"
              "    64 B, constant of the code ← constant of g\n"
              "\n"
              "… 1 constant that only code holds, 64 B\n");
}

/* What sharing saves is what a copy would take at least: no UTF-8 form of it, and
 * of what lies in libpython its size on the heap; nothing of what is not known.
 */
static void
test_sharing (void)
{
  TestHeap     *test = new_test ();
  guint32       encoded = add_str (test, "中文", 0);
  guint32       single = add_str (test, "x", HS_OBJECT_STATIC);
  guint32       unknown = hs_test_snapshot_add_object (test->snapshot, test->type[T_STR],
                                                       "'unknown'", HS_BYTES_UNKNOWN);
  const guint32 objects[] = { encoded, single, unknown };
  const guint64 expected[] = { 128, 128, 0 };
  g_autoptr(HsHeap) heap = NULL;
  g_autoptr(HsStrings) strings = NULL;

  hs_test_snapshot_add_block (test->snapshot, encoded, HS_BLOCK_UTF8, 16, 0);
  hs_test_snapshot_set_getsizeof (test->snapshot, single, 50);
  for (guint i = 0; i < G_N_ELEMENTS (objects); i++)
    {
      test_heap_name (test, "a", objects[i]);
      test_heap_name (test, "b", objects[i]);
      test_heap_name (test, "c", objects[i]);
    }
  heap = test_heap_finish (test);
  strings = hs_strings_new (heap);
  for (guint i = 0; i < G_N_ELEMENTS (objects); i++)
    {
      const HsStringValue *value = hs_strings_get (strings, hs_strings_find (strings, objects[i]));

      g_assert_cmpuint (value->sharing, ==, expected[i]);
      g_assert_cmpuint (value->n_uses, ==, 3);
      g_assert_cmpint (value->is_least, ==, objects[i] == unknown);
    }
}

/* ---- Width ---- */

static void
test_width (void)
{
  static const struct
  {
    const char *text;
    guint64     length; /* 0: that of the text */
    guint64     size;   /* sys.getsizeof(); 0: as the block */
    guint       python;
    guint       width;
    gboolean    is_ascii;
  } cases[] = {
    { "abc", 0, 0, 0x030b02f0, 1, TRUE },
    { "é", 0, 0, 0x030b02f0, 1, FALSE },
    { "中", 0, 0, 0x030b02f0, 2, FALSE },
    { "🎉", 0, 0, 0x030b02f0, 4, FALSE },
    { "\\xe9\\n", 0, 0, 0x030b02f0, 1, FALSE },
    { "\\u4e2d", 0, 0, 0x030b02f0, 2, FALSE },
    { "\\U0001f389", 0, 0, 0x030b02f0, 4, FALSE },
    { "\\\\u4e2d", 0, 0, 0x030b02f0, 1, TRUE },
    { "\\", 0, 0, 0x030b02f0, 1, TRUE },
    { "\\ud800", 0, 0, 0x030b02f0, 2, FALSE },
    { "\xff\xfe", 2, 0, 0x030b02f0, 1, TRUE },
    { "a…", 6000, 6049, 0x030b02f0, 1, TRUE },
    { "a…", 6000, 6041, 0x030c01f0, 1, TRUE },
    { "a…", 6000, 72 + 6001, 0x030b02f0, 1, FALSE },
    { "a…", 6000, 72 + 2 * 6001, 0x030b02f0, 2, FALSE },
    { "a…", 6000, 56 + 4 * 6001, 0x030d00f0, 4, FALSE },
    { "a…", 6000, 6500, 0x030b02f0, 0, FALSE },
    { "a…", G_MAXUINT64 - 1, 6500, 0x030b02f0, 0, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      TestHeap *test = new_test ();
      guint32   object = add_str (test, cases[i].text,
                                cases[i].length > 2 ? HS_OBJECT_PREVIEW_CUT : 0);
      g_autoptr(HsHeap) heap = NULL;
      g_autoptr(HsStrings) strings = NULL;

      hs_test_snapshot_get_info (test->snapshot)->python_hex = cases[i].python;
      if (cases[i].length != 0)
        hs_test_snapshot_set_length (test->snapshot, object, cases[i].length);
      if (cases[i].size != 0)
        hs_test_snapshot_set_getsizeof (test->snapshot, object, cases[i].size);
      heap = test_heap_finish (test);
      strings = hs_strings_new (heap);
      g_test_message ("case %u", i);
      g_assert_cmpuint (hs_strings_get (strings, 0)->width, ==, cases[i].width);
      g_assert_cmpint (hs_strings_get (strings, 0)->is_ascii, ==, cases[i].is_ascii);
    }
}

/* ---- Choosing ---- */

/* Three words: 1, 5 and 30 objects, in a list each, and one word of 60 places. */
static HsHeap *
new_words (void)
{
  static const guint numbers[] = { 1, 5, 30 };
  TestHeap          *test = new_test ();
  guint32            shared = add_str (test, "shared", 0);
  guint32            list = test_heap_add (test, T_LIST, "");

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autofree char *text = g_strdup_printf ("word %u", numbers[i]);
      guint32          column = test_heap_add (test, T_LIST, "");

      for (guint k = 0; k < numbers[i]; k++)
        hs_test_snapshot_add_index (test->snapshot, column, HS_EDGE_INDEX, k,
                                    add_str (test, text, 0));
      text[4] = '_';
      test_heap_name (test, text, column);
    }
  for (guint k = 0; k < 30; k++)
    {
      guint32 tuple = test_heap_add_sequence (test, T_TUPLE, shared, shared, HS_NO_OBJECT);

      hs_test_snapshot_add_index (test->snapshot, list, HS_EDGE_INDEX, k, tuple);
    }
  test_heap_name (test, "pairs", list);

  return test_heap_finish (test);
}

static char *
dup_order (HsStrings     *strings,
           HsStringsOrder order)
{
  g_autofree guint32 *values = hs_strings_dup_order (strings, order);
  GString            *text = g_string_new (NULL);

  for (guint32 i = 0; i < hs_strings_get_n (strings); i++)
    {
      guint32          object = hs_strings_get (strings, values[i])->object;
      g_autofree char *preview = hs_heap_dup_preview (hs_strings_get_heap (strings), object);

      g_string_append (text, preview);
    }

  return g_string_free (text, FALSE);
}

static void
test_orders (void)
{
  static const char *const expected[] = {
    [HS_STRINGS_BY_WASTE] = "'word 30''word 5''shared''word 1'",
    [HS_STRINGS_BY_BYTES] = "'word 30''word 5''shared''word 1'",
    [HS_STRINGS_BY_COPIES] = "'word 30''word 5''shared''word 1'",
    [HS_STRINGS_BY_REFERENCES] = "'shared''word 30''word 5''word 1'",
    [HS_STRINGS_BY_LENGTH] = "'word 30''word 5''shared''word 1'",
    [HS_STRINGS_BY_TEXT] = "'shared''word 1''word 30''word 5'",
  };
  g_autoptr(HsHeap) heap = new_words ();
  g_autoptr(HsStrings) strings = hs_strings_new (heap);

  for (guint i = 0; i < HS_N_STRINGS_ORDERS; i++)
    {
      g_autofree char *order = dup_order (strings, (HsStringsOrder)i);

      g_assert_cmpstr (order, ==, expected[i]);
    }
}

/* The sums of what is shown, left out and folded are those of all. */
static void
test_limits (void)
{
  g_autoptr(HsHeap) heap = new_words ();
  g_autoptr(HsStrings) strings = hs_strings_new (heap);
  HsStringsPageOptions options = all;
  g_autoptr(GHashTable) opened = g_hash_table_new (NULL, NULL);
  g_autoptr(HsStringsPage) page = NULL;
  g_autoptr(HsStringsPage) open_page = NULL;
  g_autofree char *more = NULL;
  g_autofree char *more_labels = NULL;

  options.max_rows = 3;
  page = hs_strings_page_new (strings, &options, NULL);
  g_assert_cmpuint (page->n_rows, ==, 3);
  g_assert_cmpuint (page->left_out.n_values, ==, 1);
  g_assert_cmpuint (page->shown.n_copies, ==, 37);
  g_assert_cmpuint (page->rows[0].n_copies, ==, 3);
  g_assert_cmpuint (page->rows[0].n_copies_left_out, ==, 27);
  g_assert_cmpuint (page->rows[0].n_uses_left_out, ==, 27);
  g_assert_cmpuint (hs_strings_page_get_more_bytes (page, 0), ==, 27 * 64);
  g_assert_cmpuint (page->rows[1].n_copies, ==, 5);
  more = hs_strings_page_dup_more_copies (page, 0);
  g_assert_cmpstr (more, ==, "… 27 more objects");
  g_assert_cmpuint (page->copies[page->rows[2].first_copy].n_labels, ==, 10);
  g_assert_cmpuint (page->copies[page->rows[2].first_copy].n_left_out, ==, 50);
  more_labels = hs_strings_page_dup_more_labels (page, page->rows[2].first_copy);
  g_assert_cmpstr (more_labels, ==, "… 50 more references");

  g_hash_table_insert (opened, GUINT_TO_POINTER (page->rows[0].value), GUINT_TO_POINTER (100));
  g_hash_table_insert (opened, GUINT_TO_POINTER (page->rows[2].value), GUINT_TO_POINTER (100));
  options.opened = opened;
  open_page = hs_strings_page_new (strings, &options, NULL);
  g_assert_cmpuint (open_page->rows[0].n_copies, ==, 30);
  g_assert_cmpuint (open_page->rows[0].n_copies_left_out, ==, 0);
  g_assert_true (open_page->rows[0].is_open);
  g_assert_cmpuint (open_page->copies[open_page->rows[2].first_copy].n_left_out, ==, 0);
}

/* What is selected is there, wherever it stands, and is not counted as left out. */
static void
test_pinned (void)
{
  g_autoptr(HsHeap) heap = new_words ();
  g_autoptr(HsStrings) strings = hs_strings_new (heap);
  HsStringsPageOptions options = all;

  options.max_rows = 1;
  for (guint32 value = 0; value < hs_strings_get_n (strings); value++)
    for (guint32 i = 0; i < hs_strings_get (strings, value)->n_copies; i++)
      {
        g_autoptr(HsStringsPage) page = NULL;
        gboolean is_there = FALSE;

        options.object = hs_strings_get_copies (strings, value)[i];
        page = hs_strings_page_new (strings, &options, NULL);
        g_assert_cmpuint (page->n_rows, ==, value == 0 ? 1 : 2);
        g_assert_cmpuint (page->left_out.n_values + page->n_rows, ==, 4);
        for (guint k = 0; k < page->n_copies; k++)
          is_there = is_there || page->copies[k].object == options.object;
        g_assert_true (is_there);
      }
}

static void
test_asked (void)
{
  static const char *const focus[] = { "word_5", "pairs", NULL };
  g_autoptr(HsHeap) heap = new_words ();
  g_autoptr(HsStrings) strings = hs_strings_new (heap);
  HsStringsPageOptions options = all;
  g_autoptr(HsStringsPage) page = NULL;
  g_autofree char *rest = NULL;

  options.focus = focus;
  options.only_copies = TRUE;
  page = hs_strings_page_new (strings, &options, NULL);
  g_assert_cmpuint (page->n_rows, ==, 1);
  g_assert_cmpuint (page->n_out_of_focus, ==, 2);
  g_assert_cmpuint (page->n_single, ==, 1);
  rest = hs_strings_page_dup_not_asked (page);
  g_assert_cmpstr (rest, ==, "… 1 value of only one object, 2 values out of focus");
}

/* ---- Hostile ---- */

/* Sums stop where numbers end; the same name may be there twice, and any text. */
static void
test_hostile (void)
{
  TestHeap *test = new_test ();
  guint32   huge = hs_test_snapshot_add_object (test->snapshot, test->type[T_STR], "'x'",
                                                G_MAXUINT64 / 4 * 3);
  guint32   odd = hs_test_snapshot_add_object (test->snapshot, test->type[T_STR], "\xff", 64);
  guint32   list = test_heap_add (test, T_LIST, "");
  g_autoptr(HsHeap) heap = NULL;
  g_autoptr(HsStrings) strings = NULL;
  g_autofree char *text = NULL;

  hs_test_snapshot_set_length (test->snapshot, huge, G_MAXUINT64 - 2);
  for (guint i = 0; i < 10; i++)
    {
      test_heap_name (test, "same", huge);
      test_heap_name (test, "\xfe\x01", odd);
      hs_test_snapshot_add_index (test->snapshot, list, HS_EDGE_INDEX, 0, huge);
      hs_test_snapshot_add_item (test->snapshot, list, odd, huge);
    }
  hs_test_snapshot_add_edge (test->snapshot, list, HS_EDGE_FIELD, "__dict__", list);
  test_heap_name (test, "list", list);
  heap = test_heap_finish (test);
  strings = hs_strings_new (heap);
  g_assert_cmpuint (hs_strings_get_sums (strings, HS_STRING_DATA)->sharing, ==, G_MAXINT64);
  text = dup_page_text (heap, &all);
  g_assert_true (g_utf8_validate (text, -1, NULL));
}

static void
test_cancelled (void)
{
  g_autoptr(HsHeap) heap = new_words ();
  g_autoptr(HsStrings) strings = hs_strings_new (heap);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();

  g_cancellable_cancel (cancellable);
  g_assert_null (hs_strings_page_new (strings, &all, cancellable));
}

/* A million references to one text, from one container and from many. */
static void
test_many (void)
{
  const guint32 n = 500000;
  TestHeap     *test = new_test ();
  guint32       shared = add_str (test, "shared", 0);
  guint32       list = test_heap_add (test, T_LIST, "");
  g_autoptr(HsHeap) heap = NULL;
  g_autoptr(HsStrings) strings = NULL;
  g_autoptr(HsStringsPage) page = NULL;
  g_autofree char *text = NULL;
  double           elapsed;

  test_heap_name (test, "list", list);
  for (guint32 i = 0; i < n; i++)
    hs_test_snapshot_add_index (test->snapshot, list, HS_EDGE_INDEX, 2 * i, shared);
  for (guint32 i = 0; i < n; i++)
    hs_test_snapshot_add_index (test->snapshot, list, HS_EDGE_INDEX, 2 * i + 1,
                                test_heap_add_sequence (test, T_TUPLE, shared, HS_NO_OBJECT));
  heap = test_heap_finish (test);

  g_test_timer_start ();
  strings = hs_strings_new (heap);
  page = hs_strings_page_new (strings, &all, NULL);
  elapsed = g_test_timer_elapsed ();
  g_test_minimized_result (elapsed, "a million references: %.3f s", elapsed);
  text = test_plain (hs_strings_page_to_text (page));
  g_assert_nonnull (strstr (text, "list[0] … [999998], 500 000 times, list[1][0], list[3][0]"));
  g_assert_nonnull (strstr (text, "… 499 991 more references"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/strings-text/figure", test_figure);
  g_test_add_func ("/strings-text/none", test_none);
  g_test_add_func ("/strings-text/attributes", test_attributes);
  g_test_add_func ("/strings-text/closure", test_closure);
  g_test_add_func ("/strings-text/long-way", test_long_way);
  g_test_add_func ("/strings-text/constants", test_constants);
  g_test_add_func ("/strings-text/sharing", test_sharing);
  g_test_add_func ("/strings-text/width", test_width);
  g_test_add_func ("/strings-text/orders", test_orders);
  g_test_add_func ("/strings-text/limits", test_limits);
  g_test_add_func ("/strings-text/pinned", test_pinned);
  g_test_add_func ("/strings-text/asked", test_asked);
  g_test_add_func ("/strings-text/hostile", test_hostile);
  g_test_add_func ("/strings-text/cancelled", test_cancelled);
  g_test_add_func ("/strings-text/many", test_many);

  return g_test_run ();
}
