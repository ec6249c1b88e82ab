/* test-snapshot.c - the reader accepts what is right and nothing else
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-test-snapshot.h"
#include "hs-test-touch.h"

#include <string.h>

#define N_RANDOM_EDITS 20000

#define HASH        G_GUINT64_CONSTANT (0x1122334455667788)
#define HUGE_LENGTH G_GUINT64_CONSTANT (0x123456789)
#define ODD_ADDRESS G_GUINT64_CONSTANT (0x7f0000001238)

/* Of every column something. Two names, a list that holds itself, a dict, an
 * instance in a frame; a class whose edges are late, a string and an int that
 * nothing holds.
 */
static void
add_objects (HsTestSnapshot *test)
{
  guint32 list = hs_test_snapshot_add_type (test, "builtins", "list", HS_FAMILY_CONTAINER);
  guint32 dict = hs_test_snapshot_add_type (test, "builtins", "dict", HS_FAMILY_CONTAINER);
  guint32 str = hs_test_snapshot_add_type (test, "builtins", "str", HS_FAMILY_TEXT);
  guint32 point = hs_test_snapshot_add_type (test, "__main__", "Point", HS_FAMILY_INSTANCE);
  guint32 class = hs_test_snapshot_add_type (test, "builtins", "type", HS_FAMILY_CLASS);
  guint32 number = hs_test_snapshot_add_type (test, "builtins", "int", HS_FAMILY_NUMBER);

  hs_test_snapshot_add_object (test, list, "", 64);
  hs_test_snapshot_add_object (test, dict, "", 64);
  hs_test_snapshot_add_object (test, str, "'key'", 64);
  hs_test_snapshot_add_object (test, point, "", 48);
  hs_test_snapshot_add_object (test, class, "Point", 1072);
  hs_test_snapshot_add_object (test, str, "'long…'", 1 << 21);
  hs_test_snapshot_add_object (test, number, "", 32);
  hs_test_snapshot_add_object (test, number, "10000000000000000000", 32);
  hs_test_snapshot_get_info (test)->n_reached = 5;

  hs_test_snapshot_set_presize (test, list, 16);
  hs_test_snapshot_set_length (test, 0, 2);
  hs_test_snapshot_set_length (test, 2, 3);
  hs_test_snapshot_set_flags (test, 3, HS_OBJECT_GC_TRACKED | HS_OBJECT_INSTANCE);
  hs_test_snapshot_set_flags (test, 4, HS_OBJECT_BOUNDARY);
  hs_test_snapshot_set_flags (test, 5, HS_OBJECT_UNREACHED);
  hs_test_snapshot_set_flags (test, 6, HS_OBJECT_UNREACHED);
  hs_test_snapshot_set_flags (test, 7, HS_OBJECT_UNREACHED);
  hs_test_snapshot_set_text_hash (test, 5, HASH);
  hs_test_snapshot_set_length (test, 5, HUGE_LENGTH);
  hs_test_snapshot_set_address (test, 5, ODD_ADDRESS);
  hs_test_snapshot_set_getsizeof (test, 3, HS_BYTES_UNKNOWN);
  hs_test_snapshot_set_refcount (test, 4, 1000);
  hs_test_snapshot_set_value_int (test, 6, -7);
}

static GBytes *
make_snapshot (void)
{
  g_autoptr (HsTestSnapshot) test = hs_test_snapshot_new ();
  guint32 module = hs_test_snapshot_add_scope (test, "__main__", HS_SCOPE_MODULE, "t.py", 0);
  guint32 frame = hs_test_snapshot_add_scope (test, "f", HS_SCOPE_FRAME, "t.py", 7);
  guint32 site;

  add_objects (test);
  hs_test_snapshot_add_block (test, 0, HS_BLOCK_ITEMS, 32, 0);
  hs_test_snapshot_add_block (test, 1, HS_BLOCK_KEYS, HS_BYTES_UNKNOWN, 0);

  site = hs_test_snapshot_add_site (test, "t.py", "f", 12, 5000, 40, 4000, 30);
  hs_test_snapshot_set_ledger (test, 0, 0, 56, site);
  hs_test_snapshot_set_ledger (test, 0, 1, 24, site);
  hs_test_snapshot_set_ledger (test, 1, 0, HS_BYTES_UNKNOWN, HS_SITE_NONE);

  hs_test_snapshot_add_field (test, 0, 0, -16, 8, "_gc_next", HS_FIELD_POINTER, 0x1000);
  hs_test_snapshot_add_field (test, 0, 0, 40, 8, "", HS_FIELD_PADDING, 0);
  hs_test_snapshot_add_field (test, 0, 1, 0, 24, "ob_item", HS_FIELD_ITEMS, 3);
  hs_test_snapshot_add_field (test, 2, 0, 48, 4, "data", HS_FIELD_TEXT,
                              hs_test_snapshot_add_string (test, "key"));

  hs_test_snapshot_add_index (test, 0, HS_EDGE_INDEX, 0, 0);
  hs_test_snapshot_add_index (test, 0, HS_EDGE_INDEX, 1, 1);
  hs_test_snapshot_add_item (test, 1, 2, 3);
  hs_test_snapshot_add_edge (test, 3, HS_EDGE_ATTRIBUTE, "x", 2);
  hs_test_snapshot_add_edge (test, 4, HS_EDGE_FIELD, "__doc__", 5);
  hs_test_snapshot_set_late (test, 4);
  hs_test_snapshot_add_name (test, module, "a", 0);
  hs_test_snapshot_add_name (test, frame, "self", 3);
  hs_test_snapshot_add_constant (test, hs_test_snapshot_add_code (test, "<module>", 1),
                                 HS_CONSTANT_VALUE, 5);
  hs_test_snapshot_add_constant (test, hs_test_snapshot_add_code (test, "Point", 4),
                                 HS_CONSTANT_NAME, 2);

  return hs_test_snapshot_to_bytes (test);
}

static void
append_blocks (GString              *text,
               const HsSnapshotView *view,
               guint32               object)
{
  HsSnapshotBlock block;
  guint32         first;
  guint32         n = hs_snapshot_view_get_blocks (view, object, &first);

  if (hs_snapshot_view_get_main_block (view, object, &block))
    g_string_append_printf (text, " 0:%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT "@%u",
                            (gint64)block.requested, (gint64)block.occupied, block.site);
  for (guint32 i = first; i < first + n; i++)
    {
      hs_snapshot_view_get_block (view, i, &block);
      g_string_append_printf (text, " %u:%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT "@%u", block.kind,
                              (gint64)block.requested, (gint64)block.occupied, block.site);
    }
}

static void
append_edges (GString              *text,
              const HsSnapshotView *view,
              guint32               object)
{
  guint32 first;
  guint32 n = hs_snapshot_view_get_all_edges (view, object, &first);

  for (guint32 i = first; i < first + n; i++)
    {
      if (hs_edge_kind_has_position (view->edge_kind[i]))
        g_string_append_printf (text, " [%u]", view->edge_label[i]);
      else
        g_string_append_printf (text, " .%s",
                                hs_snapshot_view_get_string (view, view->edge_label[i]));
      g_string_append_printf (text, "->%u", view->edge_target[i]);
    }
}

/* All that a view says, as text. */
static char *
view_to_text (const HsSnapshotView *view)
{
  GString *text = g_string_new (NULL);

  for (guint32 i = 0; i < view->n_names; i++)
    g_string_append_printf (
      text, "%s.%s=%u ",
      hs_snapshot_view_get_string (view, view->scope_name[view->name_scope[i]]),
      hs_snapshot_view_get_string (view, view->name_label[i]), view->name_object[i]);

  for (guint32 i = 0; i < view->n_objects; i++)
    {
      guint32 type = hs_snapshot_view_get_type (view, i);

      g_string_append_printf (
        text, "| %s%s refs=%u", hs_snapshot_view_get_string (view, view->type_name[type]),
        hs_snapshot_view_get_string (view, hs_snapshot_view_get_preview (view, i)),
        hs_snapshot_view_get_refcount (view, i));
      append_blocks (text, view, i);
      append_edges (text, view, i);
      g_string_append_c (text, ' ');
    }

  return g_string_free (text, FALSE);
}

static void
test_round_trip (void)
{
  g_autoptr (GBytes) bytes = make_snapshot ();
  g_autofree char *text = NULL;
  HsSnapshotView   view;
  gsize            size;
  gconstpointer    data = g_bytes_get_data (bytes, &size);

  g_assert_cmpint (hs_snapshot_view_init (&view, data, size), ==, HS_SNAPSHOT_STATUS_OK);
  text = view_to_text (&view);
  g_assert_cmpstr (text, ==,
                   "__main__.a=0 f.self=3 "
                   "| list refs=2 0:56/64@3 1:24/32@3 [0]->0 [1]->1 "
                   "| dict refs=1 0:-1/64@1 2:-1/-1@0 .->2 .->3 "
                   "| str'key' refs=2 0:64/64@0 "
                   "| Point refs=2 0:48/48@0 .x->2 "
                   "| typePoint refs=1000 0:1072/1072@0 .__doc__->5 "
                   "| str'long…' refs=1 0:2097152/2097152@0 "
                   "| int refs=0 0:32/32@0 "
                   "| int10000000000000000000 refs=0 0:32/32@0 ");
  g_assert_cmpuint (view.info.objects_seen, ==, 8);
  g_assert_cmpuint (view.info.n_reached, ==, 5);
  g_assert_cmpuint (view.scope_line[1], ==, 7);
  g_assert_cmpuint (view.site_line[HS_SITE_FIRST], ==, 12);
  g_assert_cmpuint (view.n_described, ==, 3);
  g_assert_cmpuint (view.n_fields, ==, 4);
  g_assert_cmpuint (view.n_constants, ==, 2);
  g_assert_cmpuint (view.constant_object[0], ==, 5);
  g_assert_cmpuint (view.constant_kind[1], ==, HS_CONSTANT_NAME);
  g_assert_cmpuint (view.code_line[view.constant_code[1]], ==, 4);
  g_assert_cmpstr (hs_snapshot_view_get_string (&view, view.code_name[0]), ==, "<module>");
}

static void
test_values (void)
{
  g_autoptr (GBytes) bytes = make_snapshot ();
  HsSnapshotView  view;
  HsSnapshotBlock block;
  gsize           size;
  gconstpointer   data = g_bytes_get_data (bytes, &size);
  gint64          value = 0;

  g_assert_cmpint (hs_snapshot_view_init (&view, data, size), ==, HS_SNAPSHOT_STATUS_OK);

  g_assert_cmpuint (hs_snapshot_view_get_length (&view, 0), ==, 2);
  g_assert_cmpuint (hs_snapshot_view_get_length (&view, 1), ==, HS_LENGTH_NONE);
  g_assert_cmpuint (hs_snapshot_view_get_length (&view, 2), ==, 3);
  g_assert_cmpuint (hs_snapshot_view_get_length (&view, 4), ==, HS_LENGTH_NONE);
  g_assert_cmpuint (hs_snapshot_view_get_length (&view, 5), ==, HUGE_LENGTH);
  g_assert_cmpuint (hs_snapshot_view_get_length (&view, 6), ==, HS_LENGTH_NONE);

  g_assert_cmpuint (hs_snapshot_view_get_text_hash (&view, 2), ==, 0);
  g_assert_cmpuint (hs_snapshot_view_get_text_hash (&view, 5), ==, HASH);

  g_assert_true (hs_snapshot_view_get_int (&view, 6, &value));
  g_assert_cmpint (value, ==, -7);
  g_assert_false (hs_snapshot_view_get_int (&view, 7, &value));
  g_assert_false (hs_snapshot_view_get_int (&view, 0, &value));

  g_assert_cmphex (hs_snapshot_view_get_address (&view, 5), ==, ODD_ADDRESS);
  g_assert_cmpuint (hs_snapshot_view_get_getsizeof (&view, 3), ==, HS_BYTES_UNKNOWN);
  g_assert_cmpuint (hs_snapshot_view_get_getsizeof (&view, 5), ==, 1 << 21);

  g_assert_true (hs_snapshot_view_get_main_block (&view, 0, &block));
  g_assert_cmphex (block.address, ==, hs_snapshot_view_get_address (&view, 0) - 16);
}

/* An object with many blocks between others, and one behind with none. */
static void
test_many_blocks (void)
{
  static const guint n_blocks[] = { 3, 0, 100, 4, 5, 0 };
  g_autoptr (HsTestSnapshot) test = hs_test_snapshot_new ();
  guint32 type = hs_test_snapshot_add_type (test, "builtins", "list", HS_FAMILY_CONTAINER);
  g_autoptr (GBytes) bytes = NULL;
  HsSnapshotView view;
  gsize          size;
  gconstpointer  data;
  guint32        first;
  guint32        expected = 0;

  for (guint i = 0; i < G_N_ELEMENTS (n_blocks); i++)
    {
      guint32 object = hs_test_snapshot_add_object (test, type, "", 240);

      for (guint k = 0; k < n_blocks[i]; k++)
        hs_test_snapshot_add_block (test, object, HS_BLOCK_ITEMS, 528, 0);
    }
  bytes = hs_test_snapshot_to_bytes (test);
  data = g_bytes_get_data (bytes, &size);

  g_assert_cmpint (hs_snapshot_view_init (&view, data, size), ==, HS_SNAPSHOT_STATUS_OK);
  for (guint i = 0; i < G_N_ELEMENTS (n_blocks); i++)
    {
      g_assert_cmpuint (hs_snapshot_view_get_blocks (&view, i, &first), ==, n_blocks[i]);
      g_assert_cmpuint (first, ==, expected);
      expected += n_blocks[i];
    }
  g_assert_cmpuint (view.n_traced_objects, ==, 0);
  g_assert_cmpuint (view.n_traced_blocks, ==, 0);
}

/* More types than their column has room for, one object of each. */
static void
test_many_types (void)
{
  g_autoptr (HsTestSnapshot) test = hs_test_snapshot_new ();
  const guint n = HS_NARROW_U16 + 10;
  g_autoptr (GBytes) bytes = NULL;
  HsSnapshotView view;
  gsize          size;
  gconstpointer  data;

  for (guint i = 0; i < n; i++)
    hs_test_snapshot_add_object (
      test, hs_test_snapshot_add_type (test, "__main__", "C", HS_FAMILY_INSTANCE), "", 48);
  bytes = hs_test_snapshot_to_bytes (test);
  data = g_bytes_get_data (bytes, &size);

  g_assert_cmpint (hs_snapshot_view_init (&view, data, size), ==, HS_SNAPSHOT_STATUS_OK);
  g_assert_cmpuint (view.n_wide_types, ==, 10);
  for (guint i = 0; i < n; i++)
    g_assert_cmpuint (hs_snapshot_view_get_type (&view, i), ==, i);
}

static void
test_empty (void)
{
  g_autoptr (HsTestSnapshot) test = hs_test_snapshot_new ();
  g_autoptr (GBytes) bytes = hs_test_snapshot_to_bytes (test);
  HsSnapshotView view;
  gsize          size;
  gconstpointer  data = g_bytes_get_data (bytes, &size);

  g_assert_cmpint (hs_snapshot_view_init (&view, data, size), ==, HS_SNAPSHOT_STATUS_OK);
  g_assert_cmpuint (view.n_objects, ==, 0);
}

/* ---- Hostile edits ---- */

typedef struct
{
  const char *name;
  guint32     id; /* of the section; 0: of the header */
  /* Of the header or of the section's row; "object": of its wide values; NULL:
   * its elements, of HS_SECTION_INFO n_reached.
   */
  const char      *field;
  guint            element;
  guint64          value;
  HsSnapshotStatus expected;
} Edit;

#define CORRUPT   HS_SNAPSHOT_STATUS_CORRUPT
#define TRUNCATED HS_SNAPSHOT_STATUS_TRUNCATED
#define VERSION   HS_SNAPSHOT_STATUS_BAD_VERSION
#define OK        HS_SNAPSHOT_STATUS_OK
#define HUGE64    G_MAXUINT64

static const Edit edits[] = {
  { "magic", 0, "magic", 0, 0, HS_SNAPSHOT_STATUS_BAD_MAGIC },
  { "major", 0, "major", 0, HS_SNAPSHOT_MAJOR + 1, VERSION },
  { "major-older", 0, "major", 0, HS_SNAPSHOT_MAJOR - 1, VERSION },
  { "minor", 0, "minor", 0, HS_SNAPSHOT_MINOR + 1, VERSION },
  { "header-small", 0, "header_size", 0, 56, CORRUPT },
  { "header-odd", 0, "header_size", 0, 65, CORRUPT },
  { "header-huge", 0, "header_size", 0, G_MAXUINT32 - 7, CORRUPT },
  { "sections-none", 0, "n_sections", 0, 0, CORRUPT },
  { "sections-many", 0, "n_sections", 0, G_MAXUINT32, CORRUPT },
  { "total-large", 0, "total_size", 0, 1 << 30, TRUNCATED },
  { "total-huge", 0, "total_size", 0, HUGE64, TRUNCATED },
  { "total-small", 0, "total_size", 0, 63, CORRUPT },
  { "offset-unaligned", HS_SECTION_EDGE_TARGET, "offset", 0, 1100, CORRUPT },
  { "offset-in-header", HS_SECTION_EDGE_TARGET, "offset", 0, 0, CORRUPT },
  { "offset-outside", HS_SECTION_EDGE_TARGET, "offset", 0, 1 << 20, CORRUPT },
  { "offset-wraps", HS_SECTION_EDGE_TARGET, "offset", 0, HUGE64 - 63, CORRUPT },
  { "size-outside", HS_SECTION_OBJECT_ADDRESS, "size", 0, 1 << 20, CORRUPT },
  { "size-wraps", HS_SECTION_OBJECT_ADDRESS, "size", 0, HUGE64 - 3, CORRUPT },
  { "size-no-multiple", HS_SECTION_OBJECT_ADDRESS, "size", 0, 31, CORRUPT },
  { "size-differs", HS_SECTION_OBJECT_TYPE, "size", 0, 12, CORRUPT },
  { "size-no-end", HS_SECTION_OBJECT_EDGES, "size", 0, 0, CORRUPT },
  { "element-zero", HS_SECTION_OBJECT_ADDRESS, "element_size", 0, 0, CORRUPT },
  { "element-wrong", HS_SECTION_OBJECT_ADDRESS, "element_size", 0, 8, CORRUPT },
  { "id-twice", HS_SECTION_OBJECT_TYPE, "id", 0, HS_SECTION_OBJECT_REFCOUNT, CORRUPT },
  { "id-unknown", HS_SECTION_OBJECT_TYPE, "id", 0, 0x12345678, VERSION },
  { "strings-begin", HS_SECTION_STRINGS, NULL, 0, 'x', CORRUPT },
  { "type-name", HS_SECTION_TYPE_NAME, NULL, 0, 1 << 16, CORRUPT },
  { "type-module", HS_SECTION_TYPE_MODULE, NULL, 3, G_MAXUINT32, CORRUPT },
  { "type-family", HS_SECTION_TYPE_FAMILY, NULL, 1, HS_N_FAMILIES, CORRUPT },
  { "type-value", HS_SECTION_TYPE_VALUE, NULL, 0, HS_N_VALUE_KINDS, CORRUPT },
  { "object-type", HS_SECTION_OBJECT_TYPE, NULL, 2, 6, CORRUPT },
  { "object-text", HS_SECTION_OBJECT_VALUE, NULL, 2, 1 << 16, CORRUPT },
  { "object-int-text", HS_SECTION_OBJECT_VALUE, NULL, 7, 1 << 17 | 1, CORRUPT },
  { "object-int", HS_SECTION_OBJECT_VALUE, NULL, 7, HUGE64 - 1, OK },
  { "object-length", HS_SECTION_OBJECT_VALUE, NULL, 0, HUGE64 - 1, OK },
  { "reached-many", HS_SECTION_INFO, NULL, 0, 9, CORRUPT },

  { "mark-without-address", HS_SECTION_OBJECT_ADDRESS, NULL, 0, HS_NARROW_U32, CORRUPT },
  { "mark-without-type", HS_SECTION_OBJECT_TYPE, NULL, 0, HS_NARROW_U16, CORRUPT },
  { "mark-without-refcount", HS_SECTION_OBJECT_REFCOUNT, NULL, 0, HS_NARROW_U8, CORRUPT },
  { "mark-without-occupied", HS_SECTION_OBJECT_OCCUPIED, NULL, 0, HS_NARROW_U16, CORRUPT },
  { "mark-without-getsizeof", HS_SECTION_OBJECT_GETSIZEOF, NULL, 0, HS_NARROW_U16, CORRUPT },
  { "mark-without-slack", HS_SECTION_OBJECT_SLACK, NULL, 0, HS_NARROW_U8, CORRUPT },
  { "address-without-mark", HS_SECTION_OBJECT_ADDRESS, NULL, 5, 0, CORRUPT },
  { "refcount-without-mark", HS_SECTION_OBJECT_REFCOUNT, NULL, 4, 0, CORRUPT },
  { "occupied-without-mark", HS_SECTION_OBJECT_OCCUPIED, NULL, 5, 0, CORRUPT },
  { "getsizeof-without-mark", HS_SECTION_OBJECT_GETSIZEOF, NULL, 3, 0, CORRUPT },
  { "slack-without-mark", HS_SECTION_OBJECT_SLACK, NULL, 1, 0, CORRUPT },
  { "length-without-mark", HS_SECTION_OBJECT_VALUE, NULL, 5, 1, OK },
  { "wide-missing", HS_SECTION_WIDE_ADDRESS, "size", 0, 0, CORRUPT },
  { "wide-length-missing", HS_SECTION_WIDE_LENGTH, "size", 0, 0, OK },
  { "wide-elsewhere", HS_SECTION_WIDE_REFCOUNT, "row", 0, 3, CORRUPT },
  { "wide-outside", HS_SECTION_WIDE_REFCOUNT, "row", 0, 8, CORRUPT },
  { "wide-huge", HS_SECTION_WIDE_LENGTH, "row", 0, G_MAXUINT32, CORRUPT },
  { "wide-descends", HS_SECTION_WIDE_GETSIZEOF, "row", 1, 2, CORRUPT },
  { "wide-twice", HS_SECTION_WIDE_GETSIZEOF, "row", 1, 3, CORRUPT },
  { "wide-value-free", HS_SECTION_WIDE_ADDRESS, NULL, 0, 1, OK },

  { "slack-short", HS_SECTION_OBJECT_SLACK, "size", 0, 4, CORRUPT },
  { "sites-of-objects-short", HS_SECTION_OBJECT_SITE, "size", 0, 4, CORRUPT },
  { "requested-short", HS_SECTION_BLOCK_REQUESTED, "size", 0, 8, CORRUPT },
  { "sites-of-blocks-short", HS_SECTION_BLOCK_SITE, "size", 0, 4, CORRUPT },
  { "slack-huge", HS_SECTION_OBJECT_SLACK, NULL, 0, 254, OK },
  { "object-site", HS_SECTION_OBJECT_SITE, NULL, 3, 4, CORRUPT },
  { "block-site", HS_SECTION_BLOCK_SITE, NULL, 1, 4, CORRUPT },
  { "sites-differ", HS_SECTION_SITE_LINE, "size", 0, 8, CORRUPT },
  { "site-file", HS_SECTION_SITE_FILE, NULL, 2, 1 << 16, CORRUPT },
  { "site-function", HS_SECTION_SITE_FUNCTION, NULL, 1, 1 << 16, CORRUPT },

  { "block-object", HS_SECTION_BLOCK_OBJECT, NULL, 1, 8, CORRUPT },
  { "block-descends", HS_SECTION_BLOCK_OBJECT, NULL, 0, 2, CORRUPT },
  { "block-kind", HS_SECTION_BLOCK_KIND, NULL, 0, HS_N_BLOCK_KINDS, CORRUPT },
  { "block-address-mark", HS_SECTION_BLOCK_ADDRESS, NULL, 0, HS_NARROW_U32, CORRUPT },
  { "block-occupied-mark", HS_SECTION_BLOCK_OCCUPIED, NULL, 0, HS_NARROW_U16, CORRUPT },

  { "fields-begin", HS_SECTION_OBJECT_FIELDS, NULL, 0, 1, CORRUPT },
  { "fields-descend", HS_SECTION_OBJECT_FIELDS, NULL, 1, 4, CORRUPT },
  { "fields-end", HS_SECTION_OBJECT_FIELDS, NULL, 3, 3, CORRUPT },
  { "fields-no-end", HS_SECTION_OBJECT_FIELDS, "size", 0, 0, CORRUPT },
  { "field-block", HS_SECTION_FIELD_BLOCK, NULL, 2, 2, CORRUPT },
  { "field-block-none", HS_SECTION_FIELD_BLOCK, NULL, 3, 1, CORRUPT },
  { "field-name", HS_SECTION_FIELD_NAME, NULL, 0, 1 << 16, CORRUPT },
  { "field-kind", HS_SECTION_FIELD_KIND, NULL, 0, HS_N_FIELD_KINDS, CORRUPT },
  { "field-text", HS_SECTION_FIELD_VALUE, NULL, 3, 1 << 16, CORRUPT },
  { "field-value-free", HS_SECTION_FIELD_VALUE, NULL, 0, HUGE64, OK },
  { "field-offset-free", HS_SECTION_FIELD_OFFSET, NULL, 0, G_MAXUINT32, OK },
  { "field-size-free", HS_SECTION_FIELD_SIZE, NULL, 0, HUGE64, OK },

  { "edges-begin", HS_SECTION_OBJECT_EDGES, NULL, 0, 1, CORRUPT },
  { "edges-descend", HS_SECTION_OBJECT_EDGES, NULL, 2, 1, CORRUPT },
  { "edges-end", HS_SECTION_OBJECT_EDGES, NULL, 8, 6, CORRUPT },
  { "late-begin", HS_SECTION_LATE_EDGES, NULL, 0, 4, CORRUPT },
  { "late-end", HS_SECTION_LATE_EDGES, NULL, 1, 7, CORRUPT },
  { "late-object", HS_SECTION_LATE_OBJECT, NULL, 0, 8, CORRUPT },
  { "late-missing", HS_SECTION_LATE_OBJECT, "size", 0, 0, CORRUPT },
  { "late-no-boundary", HS_SECTION_LATE_OBJECT, NULL, 0, 1, OK },
  { "edge-target", HS_SECTION_EDGE_TARGET, NULL, 4, 8, CORRUPT },
  { "edge-kind", HS_SECTION_EDGE_KIND, NULL, 0, HS_N_EDGE_KINDS, CORRUPT },
  { "edge-label", HS_SECTION_EDGE_LABEL, NULL, 4, 1 << 16, CORRUPT },
  { "position-free", HS_SECTION_EDGE_LABEL, NULL, 0, G_MAXUINT32, OK },
  { "address-free", HS_SECTION_OBJECT_ADDRESS, NULL, 0, HS_NARROW_U32 - 1, OK },
  { "scope-name", HS_SECTION_SCOPE_NAME, NULL, 0, 1 << 16, CORRUPT },
  { "scope-file", HS_SECTION_SCOPE_FILE, NULL, 1, 1 << 16, CORRUPT },
  { "scope-kind", HS_SECTION_SCOPE_KIND, NULL, 0, HS_N_SCOPE_KINDS, CORRUPT },
  { "name-scope", HS_SECTION_NAME_SCOPE, NULL, 1, 2, CORRUPT },
  { "name-descends", HS_SECTION_NAME_SCOPE, NULL, 0, 1, OK },
  { "name-label", HS_SECTION_NAME_LABEL, NULL, 0, 1 << 16, CORRUPT },
  { "name-object", HS_SECTION_NAME_OBJECT, NULL, 0, 8, CORRUPT },
};

static HsSnapshotSection *
find_section (guint8 *data,
              guint32 id)
{
  HsSnapshotHeader  *header = (HsSnapshotHeader *)(gpointer)data;
  HsSnapshotSection *table = (HsSnapshotSection *)(gpointer)(data + header->header_size);

  for (guint32 i = 0; i < header->n_sections; i++)
    if (table[i].id == id)
      return &table[i];

  g_assert_not_reached ();
}

/* Where the bytes to be changed are, and how many. */
static guint8 *
find_place (guint8     *data,
            const Edit *edit,
            gsize      *size)
{
#define FIELD(type, base, member)              \
  if (g_str_equal (edit->field, #member))      \
    {                                          \
      *size = sizeof ((type *)NULL)->member;   \
      return (base) + offsetof (type, member); \
    }

  if (edit->id == 0)
    {
      FIELD (HsSnapshotHeader, data, magic);
      FIELD (HsSnapshotHeader, data, major);
      FIELD (HsSnapshotHeader, data, minor);
      FIELD (HsSnapshotHeader, data, header_size);
      FIELD (HsSnapshotHeader, data, n_sections);
      FIELD (HsSnapshotHeader, data, total_size);
    }
  else
    {
      HsSnapshotSection *section = find_section (data, edit->id);

      if (edit->id == HS_SECTION_INFO)
        {
          *size = sizeof ((HsSnapshotInfo *)NULL)->n_reached;
          return data + section->offset + offsetof (HsSnapshotInfo, n_reached);
        }
      if (g_strcmp0 (edit->field, "row") == 0)
        {
          *size = sizeof ((HsSnapshotWide *)NULL)->row;
          return data + section->offset + edit->element * sizeof (HsSnapshotWide) +
                 offsetof (HsSnapshotWide, row);
        }
      if (edit->field == NULL)
        {
          *size = section->element_size;
          return data + section->offset + edit->element * section->element_size;
        }
      FIELD (HsSnapshotSection, (guint8 *)section, id);
      FIELD (HsSnapshotSection, (guint8 *)section, element_size);
      FIELD (HsSnapshotSection, (guint8 *)section, offset);
      FIELD (HsSnapshotSection, (guint8 *)section, size);
    }
#undef FIELD

  g_assert_not_reached ();
}

static void
test_hostile_edit (gconstpointer user_data)
{
  const Edit *edit = user_data;
  g_autoptr (GBytes) bytes = make_snapshot ();
  gsize            size;
  guint8          *data = g_bytes_unref_to_data (g_steal_pointer (&bytes), &size);
  gsize            place_size;
  guint8          *place = find_place (data, edit, &place_size);
  HsSnapshotView   view;
  HsSnapshotStatus status;

  memcpy (place, &edit->value, MIN (place_size, sizeof edit->value));
  status = hs_snapshot_view_init (&view, data, size);
  g_assert_cmpstr (hs_snapshot_status_to_string (status), ==,
                   hs_snapshot_status_to_string (edit->expected));
  if (status == HS_SNAPSHOT_STATUS_OK)
    hs_test_touch_view (&view);
  else
    g_assert_null (view.strings);

  g_free (data);
}

static void
test_names_descend (void)
{
  g_autoptr (GBytes) bytes = make_snapshot ();
  gsize              size;
  guint8            *data = g_bytes_unref_to_data (g_steal_pointer (&bytes), &size);
  HsSnapshotSection *section = find_section (data, HS_SECTION_NAME_SCOPE);
  guint32           *scopes = (guint32 *)(gpointer)(data + section->offset);
  HsSnapshotView     view;

  scopes[0] = 1;
  scopes[1] = 0;
  g_assert_cmpint (hs_snapshot_view_init (&view, data, size), ==, HS_SNAPSHOT_STATUS_CORRUPT);

  g_free (data);
}

/* A copy of exactly that size, so that sanitizers see a read behind it. */
static void
test_truncated (void)
{
  g_autoptr (GBytes) bytes = make_snapshot ();
  gsize         size;
  gconstpointer data = g_bytes_get_data (bytes, &size);

  for (gsize n = 0; n < size; n++)
    {
      g_autofree gpointer copy = g_memdup2 (data, MAX (n, 1));
      HsSnapshotView      view;
      HsSnapshotStatus    status = hs_snapshot_view_init (&view, copy, n);

      g_assert_cmpint (status, ==,
                       n < 8 ? HS_SNAPSHOT_STATUS_BAD_MAGIC : HS_SNAPSHOT_STATUS_TRUNCATED);
    }
}

static void
test_unknown_section (void)
{
  g_autoptr (GBytes) bytes = make_snapshot ();
  gsize              size;
  guint8            *data = g_bytes_unref_to_data (g_steal_pointer (&bytes), &size);
  HsSnapshotHeader  *header = (HsSnapshotHeader *)(gpointer)data;
  HsSnapshotSection *table = (HsSnapshotSection *)(gpointer)(data + header->header_size);
  HsSnapshotView     view;

  /* The builder has room for more rows. */
  table[header->n_sections].id = 0x41424344;
  table[header->n_sections].offset = size;
  table[header->n_sections].size = 0;
  header->n_sections++;
  g_assert_cmpint (hs_snapshot_view_init (&view, data, size), ==, HS_SNAPSHOT_STATUS_OK);

  /* One that points nowhere; one that would be copied with what others hold. */
  table[header->n_sections - 1].offset = HUGE64;
  table[header->n_sections - 1].size = HUGE64;
  g_assert_cmpint (hs_snapshot_view_init (&view, data, size), ==, HS_SNAPSHOT_STATUS_CORRUPT);
  table[header->n_sections - 1].offset = 0;
  table[header->n_sections - 1].size = size;
  g_assert_cmpint (hs_snapshot_view_init (&view, data, size), ==, HS_SNAPSHOT_STATUS_CORRUPT);

  table[header->n_sections - 1].size = 0;
  table[header->n_sections - 1].flags = HS_SECTION_REQUIRED;
  g_assert_cmpint (hs_snapshot_view_init (&view, data, size), ==, HS_SNAPSHOT_STATUS_BAD_VERSION);

  g_free (data);
}

/* What is copied into memory as it is when a snapshot is saved has a limit. */
static void
test_large_head (void)
{
  g_autoptr (GBytes) bytes = make_snapshot ();
  gsize             size;
  guint8           *data = g_bytes_unref_to_data (g_steal_pointer (&bytes), &size);
  gsize             large = size + HS_HEADER_SIZE_MAX + sizeof (HsSnapshotSection) * 2048;
  HsSnapshotHeader *header;
  HsSnapshotView    view;

  data = g_realloc (data, large);
  memset (data + size, 0, large - size);
  header = (HsSnapshotHeader *)(gpointer)data;
  header->total_size = large;
  g_assert_cmpint (hs_snapshot_view_init (&view, data, large), ==, HS_SNAPSHOT_STATUS_OK);

  header->n_sections = HS_N_SECTIONS_MAX + 1;
  g_assert_cmpint (hs_snapshot_view_init (&view, data, large), ==, HS_SNAPSHOT_STATUS_CORRUPT);
  header->header_size = HS_HEADER_SIZE_MAX + 8;
  header->n_sections = 0;
  g_assert_cmpint (hs_snapshot_view_init (&view, data, large), ==, HS_SNAPSHOT_STATUS_CORRUPT);

  g_free (data);
}

static void
test_random_edits (void)
{
  g_autoptr (GBytes) bytes = make_snapshot ();
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  gsize         size;
  gconstpointer data = g_bytes_get_data (bytes, &size);
  guint         n_accepted = 0;

  for (int i = 0; i < N_RANDOM_EDITS; i++)
    {
      g_autofree guint8 *copy = g_memdup2 (data, size);
      HsSnapshotView     view;

      for (int k = g_rand_int_range (random, 1, 4); k > 0; k--)
        {
          gint32 at = g_rand_int_range (random, 0, (gint32)size);

          copy[at] ^= (guint8)g_rand_int_range (random, 1, 256);
        }
      if (hs_snapshot_view_init (&view, copy, size) == HS_SNAPSHOT_STATUS_OK)
        {
          hs_test_touch_view (&view);
          n_accepted++;
        }
    }

  /* Padding and free values are accepted, everything else is not. */
  g_assert_cmpuint (n_accepted, >, 0);
  g_assert_cmpuint (n_accepted, <, N_RANDOM_EDITS);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/snapshot/round-trip", test_round_trip);
  g_test_add_func ("/snapshot/values", test_values);
  g_test_add_func ("/snapshot/many-blocks", test_many_blocks);
  g_test_add_func ("/snapshot/many-types", test_many_types);
  g_test_add_func ("/snapshot/empty", test_empty);
  g_test_add_func ("/snapshot/truncated", test_truncated);
  g_test_add_func ("/snapshot/unknown-section", test_unknown_section);
  g_test_add_func ("/snapshot/large-head", test_large_head);
  g_test_add_func ("/snapshot/names-descend", test_names_descend);
  g_test_add_func ("/snapshot/random-edits", test_random_edits);
  for (gsize i = 0; i < G_N_ELEMENTS (edits); i++)
    {
      g_autofree char *path = g_strconcat ("/snapshot/hostile/", edits[i].name, NULL);

      g_test_add_data_func (path, &edits[i], test_hostile_edit);
    }

  return g_test_run ();
}
