/* test-anatomy.c - the bytes of objects: fields, folds, sums, sentences
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <locale.h>
#include <string.h>

#include "hs-anatomy.h"
#include "hs-test-anatomy.h"
#include "hs-test-heap.h"

static HsAnatomy *
new_anatomy (HsHeap     *heap,
             const char *names,
             HsContents  contents,
             GHashTable *opened)
{
  g_auto(GStrv) list = g_strsplit (names, ",", -1);
  guint64 n_left_out;

  g_autoptr(GArray) choices = *names != '\0'
                                 ? hs_anatomy_choose_names (heap, (const char *const *)list,
                                                            &n_left_out)
                                 : hs_anatomy_choose (heap, &n_left_out);
  HsAnatomy *anatomy =
    hs_anatomy_new (heap, choices, contents, opened, n_left_out, NULL, NULL);

  g_assert_nonnull (anatomy);

  return anatomy;
}

static void
assert_text (const char *names,
             const char *expected)
{
  g_autoptr(HsHeap) heap = test_anatomy_heap_new ();
  g_autoptr(HsAnatomy) anatomy = new_anatomy (heap, names, HS_CONTENTS_NUMBERS, NULL);
  g_autofree char *text = test_plain (hs_anatomy_to_text (anatomy));

  g_assert_cmpstr (text, ==, expected);
}

/* Without a wish: one instance of each class, the one without a __dict__. */
static void
test_classes (void)
{
  assert_text ("",
               "1. Node: node\n"
               "  1 of 2; 1 has this size\n"
               "  requested 88 B · occupied 96 B · getsizeof 56 B\n"
               "  sys.getsizeof() says 40 B less than is occupied: 32 B for the values of the "
               "attributes, which it leaves out, 8 B because the allocator rounds up.\n"
               "  The first instances of a class are larger than those that follow; 40 or "
               "more show what one more costs.\n"
               "  instance: 64 B: the size class for 56 B\n"
               "       -32       8  values                    → values of attributes\n"
               "       -24       8  dict                      NULL\n"
               "       -16       8  _gc_next                  → elsewhere\n"
               "        -8       8  _gc_prev                  → elsewhere\n"
               "         0       8  ob_refcnt                 1\n"
               "         8       8  ob_type                   → Node\n"
               "        16       8  __weakref__               NULL\n"
               "        24       8  padding\n"
               "  values of attributes: 32 B\n"
               "         0       6  insertion order           × 2\n"
               "         6       1  size                      2\n"
               "         7       1  prefix_size               8\n"
               "         8       8  node_id                   → 5000\n"
               "        16       8  next                      NULL\n"
               "        24       8  unused\n"
               "  key table of the class: 784 B: malloc’s chunk for 768 B\n"
               "    (once for the class and its 2 instances)\n"
               "        -8       8  mchunk_size               0x311\n"
               "         0       8  dk_refcnt                 2\n"
               "         8       1  dk_log2_size              6\n"
               "         9       1  dk_log2_index_bytes       6\n"
               "        10       1  dk_kind                   2\n"
               "        11       1  unused\n"
               "        12       4  dk_version\n"
               "        16       8  dk_usable                 1\n"
               "        24       8  dk_nentries               2\n"
               "        32      64  dk_indices                × 64\n"
               "        96     672  unused\n"
               "       768       8  padding\n"
               "\n"
               "2. Slim: slim\n"
               "  requested 48 B · occupied 48 B · getsizeof 48 B\n"
               "  sys.getsizeof() says exactly what the allocator gave.\n"
               "  × 1 000 000 = 45.8 MiB\n"
               "  48 B (50 %) less than node\n"
               "  instance: 48 B\n"
               "       -16       8  _gc_next                  → elsewhere\n"
               "        -8       8  _gc_prev                  → elsewhere\n"
               "         0       8  ob_refcnt                 1\n"
               "         8       8  ob_type                   → Slim\n"
               "        16       8  next                      NULL\n"
               "        24       8  node_id                   → 5000\n");
}

static void
test_text (void)
{
  assert_text ("text",
               "1. str: text = 'twelve chars'\n"
               "  requested 61 B · occupied 64 B · getsizeof 61 B\n"
               "  sys.getsizeof() says 3 B less than is occupied, because the allocator "
               "rounds up.\n"
               "  object: 64 B: the size class for 61 B\n"
               "         0       8  ob_refcnt                 1\n"
               "         8       8  ob_type                   → str\n"
               "        16       8  length                    12\n"
               "        24       8  hash\n"
               "        32       4  state                     interned=0 kind=1\n"
               "        36       4  unused\n"
               "        40       8  wstr                      NULL\n"
               "        48      12  data                      'twelve chars'\n"
               "        60       1  NUL                       0\n"
               "        61       3  padding\n");
}

static void
test_list_and_array (void)
{
  assert_text ("numbers,packed",
               "1. list: numbers\n"
               "  requested 920 B · occupied 944 B · getsizeof 920 B\n"
               "  sys.getsizeof() says 24 B less than is occupied, because the allocator "
               "rounds up.\n"
               "  Its items are 98 × int, 3 136 B; together 4 080 B · 1 static item without "
               "heap bytes\n"
               "  object: 64 B: the size class for 56 B\n"
               "       -16       8  _gc_next                  → elsewhere\n"
               "        -8       8  _gc_prev                  → elsewhere\n"
               "         0       8  ob_refcnt                 1\n"
               "         8       8  ob_type                   → list\n"
               "        16       8  ob_size                   100\n"
               "        24       8  ob_item                   → items\n"
               "        32       8  allocated                 108\n"
               "        40       8  padding\n"
               "  items: 880 B: malloc’s chunk for 864 B\n"
               "        -8       8  mchunk_size               0x371\n"
               "         0       8  ob_item[0]                → 0\n"
               "         8       8  ob_item[1]                → 1000\n"
               "        16       8  ob_item[2]                → 1000\n"
               "        24       8  ob_item[3]                → 3000\n"
               "        32       8  ob_item[4]                → 4000\n"
               "        40       8  ob_item[5]                → 5000\n"
               "        48       8  ob_item[6]                → 6000\n"
               "        56       8  ob_item[7]                → 7000\n"
               "        64     736  ob_item[8…]               × 92\n"
               "       800      64  unused                    room for 8 more\n"
               "       864       8  padding\n"
               "\n"
               "2. array.array: packed\n"
               "  requested 480 B · occupied 480 B · getsizeof 480 B\n"
               "  sys.getsizeof() says exactly what the allocator gave.\n"
               "  3 600 B (88 %) less than numbers\n"
               "  object: 80 B\n"
               "       -16       8  _gc_next                  → elsewhere\n"
               "        -8       8  _gc_prev                  → elsewhere\n"
               "         0       8  ob_refcnt                 1\n"
               "         8       8  ob_type                   → array.array\n"
               "        16       8  ob_size                   100\n"
               "        24       8  ob_item                   → buffer\n"
               "        32       8  allocated                 100\n"
               "        40       8  ob_descr                  → elsewhere\n"
               "        48       8  weakreflist               NULL\n"
               "        56       8  ob_exports                0\n"
               "  buffer: 400 B\n"
               "         0       4  ob_item[0]                0\n"
               "         4       4  ob_item[1]                1000\n"
               "         8       4  ob_item[2]                2000\n"
               "        12       4  ob_item[3]                3000\n"
               "        16       4  ob_item[4]                4000\n"
               "        20       4  ob_item[5]                5000\n"
               "        24       4  ob_item[6]                6000\n"
               "        28       4  ob_item[7]                7000\n"
               "        32       4  ob_item[8]                8000\n"
               "        36       4  ob_item[9]                9000\n"
               "        40       4  ob_item[10]               10000\n"
               "        44       4  ob_item[11]               11000\n"
               "        48       4  ob_item[12]               12000\n"
               "        52       4  ob_item[13]               13000\n"
               "        56       4  ob_item[14]               14000\n"
               "        60       4  ob_item[15]               15000\n"
               "        64     336  ob_item[16…]              × 84\n");
}

static void
test_hidden (void)
{
  assert_text ("hidden",
               "1. list: hidden\n"
               "  requested 56 B · occupied 64 B · getsizeof 56 B\n"
               "  sys.getsizeof() says 8 B less than is occupied, because the allocator "
               "rounds up.\n"
               "  object: 64 B: the size class for 56 B\n"
               "    its fields are not in the snapshot\n"
               "         0      64  not described\n");
}

/* The instance with a __dict__: both count, and the keys point to the table. */
static void
test_dict (void)
{
  g_autoptr(HsHeap) heap = test_anatomy_heap_new ();
  g_autoptr(HsAnatomy) anatomy = new_anatomy (heap, "other,node", HS_CONTENTS_NUMBERS, NULL);
  const HsAnatomyColumn *column = hs_anatomy_get_column (anatomy, 0);
  guint                  n_tables = 0;

  g_assert_cmpuint (column->occupied, ==, 128);
  g_assert_cmpuint (column->requested, ==, 120);
  g_assert_cmpuint (column->getsizeof, ==, 120);
  g_assert_cmpuint (column->n_blocks, ==, 3);
  for (guint b = 0; b < hs_anatomy_get_n_blocks (anatomy); b++)
    n_tables += hs_anatomy_get_block (anatomy, b)->is_shared;
  /* Drawn once for both columns. */
  g_assert_cmpuint (n_tables, ==, 1);
  g_assert_cmpuint (hs_anatomy_get_column (anatomy, 1)->shared, ==, 784);
}

/* The class itself beside its instance: the table is there once, and its bytes
 * explain what sys.getsizeof() says of the class.
 */
static void
test_class (void)
{
  g_autoptr(HsHeap) heap = test_anatomy_heap_new ();
  const HsSnapshotView *view = hs_heap_get_view (heap);
  HsAnatomyChoice       pair[2] = { { test_anatomy_find (heap, "node"), 0, 0 } };

  g_autoptr(GArray) choices = g_array_new (FALSE, FALSE, sizeof (HsAnatomyChoice));
  g_autoptr(HsAnatomy) anatomy = NULL;
  guint n_tables = 0;

  for (guint32 i = 0; i < view->n_objects; i++)
    if (hs_heap_get_family (heap, i) == HS_FAMILY_CLASS)
      pair[1].object = i;
  g_array_append_vals (choices, pair, 2);
  anatomy = hs_anatomy_new (heap, choices, HS_CONTENTS_NEVER, NULL, 0, NULL, NULL);

  for (guint b = 0; b < hs_anatomy_get_n_blocks (anatomy); b++)
    n_tables += hs_anatomy_get_block (anatomy, b)->is_shared;
  g_assert_cmpuint (n_tables, ==, 1);
  g_assert_cmpstr (hs_anatomy_get_column (anatomy, 1)->reason, ==,
                   "sys.getsizeof() says 712 B more than is occupied: +768 B that it adds for "
                   "the key table of the class, −40 B at the end in which nothing is kept, −16 B "
                   "because the allocator rounds up.");
}

/* Every byte of a block is in exactly one field, whatever is folded. */
static void
assert_covered (HsAnatomy *anatomy)
{
  for (guint b = 0; b < hs_anatomy_get_n_blocks (anatomy); b++)
    {
      const HsAnatomyBlock *block = hs_anatomy_get_block (anatomy, b);
      gint64                at = 0;
      guint64               sum = 0;

      for (guint i = block->first_field; i < block->first_field + block->n_fields; i++)
        {
          const HsAnatomyField *field = hs_anatomy_get_field (anatomy, i);

          if (i > block->first_field)
            g_assert_cmpint (field->offset, ==, at);
          at = field->offset + (gint64)field->size;
          sum += field->size;
          g_assert_cmpuint (field->before + field->cut + field->after, ==, field->size);
          g_assert_cmpuint (field->cut % 8, ==, 0);
          g_assert_cmpuint (field->n, >, 0);
          if (field->aim == HS_AIM_BLOCK)
            g_assert_cmpuint (field->block, <, hs_anatomy_get_n_blocks (anatomy));
        }
      if (block->occupied != HS_BYTES_UNKNOWN && !block->is_static &&
          block->occupied < (G_GUINT64_CONSTANT (1) << 40))
        g_assert_cmpuint (sum, ==, block->occupied);
    }
}

static void
test_covered (void)
{
  g_autoptr(HsHeap) heap = test_anatomy_heap_new ();
  g_autoptr(HsAnatomy) few =
               new_anatomy (heap, "node,other,slim,numbers,packed,text", HS_CONTENTS_ALWAYS, NULL);
  g_autoptr(HsAnatomy) more = new_anatomy (heap, "hidden", HS_CONTENTS_ALWAYS, NULL);

  assert_covered (few);
  assert_covered (more);
}

static void
test_open (void)
{
  g_autoptr(HsHeap) heap = test_anatomy_heap_new ();
  g_autoptr(HsAnatomy) folded = new_anatomy (heap, "numbers", HS_CONTENTS_NEVER, NULL);
  g_autoptr(HsAnatomy) open = NULL;
  g_autoptr(GHashTable) opened = g_hash_table_new (g_int64_hash, g_int64_equal);
  guint64 keys[8];
  guint   n = 0;

  for (guint i = 0; i < hs_anatomy_get_n_fields (folded); i++)
    if (hs_anatomy_get_field (folded, i)->can_open)
      {
        keys[n] = hs_anatomy_get_field (folded, i)->key;
        g_hash_table_add (opened, &keys[n++]);
      }
  g_assert_cmpuint (n, ==, 1);

  open = new_anatomy (heap, "numbers", HS_CONTENTS_NEVER, opened);
  g_assert_cmpuint (hs_anatomy_get_n_fields (open), >, hs_anatomy_get_n_fields (folded));
  assert_covered (open);
}

static void
test_kind (void)
{
  g_autoptr(HsHeap) heap = test_anatomy_heap_new ();
  guint64 n_left_out;

  g_autoptr(GArray) choices =
               hs_anatomy_choose_kind (heap, test_anatomy_find (heap, "node"), &n_left_out);

  g_assert_cmpuint (choices->len, ==, 2);
  g_assert_cmpuint (g_array_index (choices, HsAnatomyChoice, 1).object, ==,
                    test_anatomy_find (heap, "other"));
  g_assert_cmpuint (n_left_out, ==, 0);
  g_assert_true (
    hs_anatomy_choices_show (heap, choices, test_anatomy_find (heap, "other")));
  g_assert_false (
    hs_anatomy_choices_show (heap, choices, test_anatomy_find (heap, "packed")));
}

static void
test_hostile (void)
{
  for (guint32 seed = 0; seed < 300; seed++)
    {
      g_autoptr(HsHeap) heap = test_anatomy_heap_new_hostile (seed);
      g_autoptr(HsAnatomy) usual = NULL;
      g_autoptr(HsAnatomy) named = NULL;
      g_autofree char *text = NULL;

      g_assert_nonnull (heap);
      usual = new_anatomy (heap, "", HS_CONTENTS_ALWAYS, NULL);
      named = new_anatomy (heap, "n", HS_CONTENTS_ALWAYS, NULL);
      assert_covered (usual);
      assert_covered (named);
      text = hs_anatomy_to_text (named);
      g_assert_true (g_utf8_validate (text, -1, NULL));
      for (guint i = 0; i < hs_anatomy_get_n_fields (named); i++)
        {
          g_autofree char *words = hs_anatomy_describe_field (named, i);

          g_assert_nonnull (words);
        }
    }
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/anatomy/classes", test_classes);
  g_test_add_func ("/anatomy/text", test_text);
  g_test_add_func ("/anatomy/list-and-array", test_list_and_array);
  g_test_add_func ("/anatomy/hidden", test_hidden);
  g_test_add_func ("/anatomy/dict", test_dict);
  g_test_add_func ("/anatomy/class", test_class);
  g_test_add_func ("/anatomy/covered", test_covered);
  g_test_add_func ("/anatomy/open", test_open);
  g_test_add_func ("/anatomy/kind", test_kind);
  g_test_add_func ("/anatomy/hostile", test_hostile);

  return g_test_run ();
}
