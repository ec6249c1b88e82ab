/* test-heap-field.c - the fields of blocks as text
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <locale.h>
#include <string.h>

#include "hs-heap-private.h"
#include "hs-test-heap.h"

static void
test_fields (void)
{
  TestHeap *test = test_heap_new ();
  guint32 class = test_heap_add (test, T_CLASS, "Point");
  guint32  list = test_heap_add (test, T_LIST, "");
  double   half = 0.5;
  guint64  bits;
  GString *text = g_string_new (NULL);
  g_autoptr(HsHeap) heap = NULL;

  hs_test_snapshot_set_address (test->snapshot, class, 0x1000);
  hs_test_snapshot_set_address (test->snapshot, list, 0x2008);
  hs_test_snapshot_add_block (test->snapshot, list, HS_BLOCK_ITEMS, 32, 0);
  memcpy (&bits, &half, sizeof bits);

#define ADD(block, offset, name, kind, value) \
  hs_test_snapshot_add_field (test->snapshot, list, (block), (offset), 8, (name), (kind), (value))
  ADD (0, -16, "_gc_next", HS_FIELD_POINTER, 0xabc);
  ADD (0, -8, "_gc_prev", HS_FIELD_POINTER, 0);
  ADD (0, 0, "ob_refcnt", HS_FIELD_SIGNED, (guint64)-3);
  ADD (0, 8, "ob_type", HS_FIELD_OBJECT, 0x1000);
  ADD (0, 16, "ob_item[0]", HS_FIELD_OBJECT, 0x2008);
  ADD (0, 24, "ob_item[1]", HS_FIELD_OBJECT, 0x3000);
  ADD (0, 32, "ob_item[2]", HS_FIELD_OBJECT, 0);
  ADD (0, 40, "hash", HS_FIELD_UNSIGNED, G_MAXUINT64);
  ADD (0, 48, "state", HS_FIELD_BITS, 0xe4);
  ADD (0, 56, "ob_fval", HS_FIELD_DOUBLE, bits);
  ADD (0, 64, "data", HS_FIELD_TEXT, hs_test_snapshot_add_string (test->snapshot, "a\nb"));
  ADD (0, 72, "", HS_FIELD_PADDING, 0);
  ADD (1, 0, "items", HS_FIELD_ITEMS, 3);
  ADD (1, 24, "", HS_FIELD_UNUSED, 0);
#undef ADD
  heap = test_heap_finish (test);

  for (guint32 i = 0; i < hs_heap_get_view (heap)->n_fields; i++)
    {
      g_autofree char *name = hs_heap_dup_field_name (heap, i);
      g_autofree char *value = hs_heap_dup_field_value (heap, i);
      HsFieldKind      kind = (HsFieldKind)hs_heap_get_view (heap)->field_kind[i];

      g_string_append_printf (text, "%s %s=%s\n", hs_field_kind_to_string (kind), name, value);
    }
  g_assert_cmpstr (text->str, ==,
                   "pointer _gc_next=0xabc\n"
                   "pointer _gc_prev=NULL\n"
                   "signed ob_refcnt=-3\n"
                   "object ob_type=Point\n"
                   "object ob_item[0]=list\n"
                   "object ob_item[1]=0x3000\n"
                   "object ob_item[2]=NULL\n"
                   "unsigned hash=18446744073709551615\n"
                   "bits state=0xe4\n"
                   "double ob_fval=0.5\n"
                   "text data=a␊b\n"
                   "padding padding=\n"
                   "items items=× 3\n"
                   "unused unused=\n");
  g_string_free (text, TRUE);
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/heap-field/fields", test_fields);

  return g_test_run ();
}
