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

/* Two names, a list that holds itself, a dict, an instance in a frame. */
static GBytes *
make_snapshot (void)
{
  g_autoptr (HsTestSnapshot) test = hs_test_snapshot_new ();
  guint32 list = hs_test_snapshot_add_type (test, "builtins", "list", HS_FAMILY_CONTAINER);
  guint32 dict = hs_test_snapshot_add_type (test, "builtins", "dict", HS_FAMILY_CONTAINER);
  guint32 str = hs_test_snapshot_add_type (test, "builtins", "str", HS_FAMILY_TEXT);
  guint32 point = hs_test_snapshot_add_type (test, "__main__", "Point", HS_FAMILY_INSTANCE);
  guint32 a = hs_test_snapshot_add_object (test, list, "", 64);
  guint32 b = hs_test_snapshot_add_object (test, dict, "", 64);
  guint32 key = hs_test_snapshot_add_object (test, str, "'key'", 64);
  guint32 p = hs_test_snapshot_add_object (test, point, "", 48);
  guint32 module = hs_test_snapshot_add_scope (test, "__main__", HS_SCOPE_MODULE, "t.py", 0);
  guint32 frame = hs_test_snapshot_add_scope (test, "f", HS_SCOPE_FRAME, "t.py", 7);

  hs_test_snapshot_set_length (test, a, 2);
  hs_test_snapshot_set_flags (test, p, HS_OBJECT_GC_TRACKED | HS_OBJECT_INSTANCE);
  hs_test_snapshot_add_block (test, a, HS_BLOCK_ITEMS, 32, 0);
  hs_test_snapshot_add_block (test, b, HS_BLOCK_KEYS, HS_BYTES_UNKNOWN, 0);
  hs_test_snapshot_add_index (test, a, HS_EDGE_INDEX, 0, a);
  hs_test_snapshot_add_index (test, a, HS_EDGE_INDEX, 1, b);
  hs_test_snapshot_add_item (test, b, key, p);
  hs_test_snapshot_add_edge (test, p, HS_EDGE_ATTRIBUTE, "x", key);
  hs_test_snapshot_add_name (test, module, "a", a);
  hs_test_snapshot_add_name (test, frame, "self", p);

  return hs_test_snapshot_to_bytes (test);
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
      guint32 type = view->object_type[i];

      g_string_append_printf (text, "| %s%s refs=%u",
                              hs_snapshot_view_get_string (view, view->type_name[type]),
                              hs_snapshot_view_get_string (view, view->object_preview[i]),
                              view->object_refcount[i]);
      for (guint32 k = view->object_blocks[i]; k < view->object_blocks[i + 1]; k++)
        g_string_append_printf (text, " %u:%" G_GINT64_FORMAT, view->block_kind[k],
                                (gint64)view->block_occupied[k]);
      for (guint32 k = view->object_edges[i]; k < view->object_edges[i + 1]; k++)
        {
          if (hs_edge_kind_has_position (view->edge_kind[k]))
            g_string_append_printf (text, " [%u]", view->edge_label[k]);
          else
            g_string_append_printf (text, " .%s",
                                    hs_snapshot_view_get_string (view, view->edge_label[k]));
          g_string_append_printf (text, "->%u", view->edge_target[k]);
        }
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
                   "| list refs=2 0:64 1:32 [0]->0 [1]->1 "
                   "| dict refs=1 0:64 2:-1 .'key'->2 .'key'->3 "
                   "| str'key' refs=2 0:64 "
                   "| Point refs=2 0:48 .x->2 ");
  g_assert_cmpuint (view.object_length[0], ==, 2);
  g_assert_cmpuint (view.object_length[1], ==, HS_LENGTH_NONE);
  g_assert_cmpuint (view.info.objects_seen, ==, 4);
  g_assert_cmpuint (view.scope_line[1], ==, 7);
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
  const char      *name;
  guint32          id;    /* of the section; 0: of the header */
  const char      *field; /* of the header or of the section's row; NULL: its elements */
  guint            element;
  guint64          value;
  HsSnapshotStatus expected;
} Edit;

#define CORRUPT   HS_SNAPSHOT_STATUS_CORRUPT
#define TRUNCATED HS_SNAPSHOT_STATUS_TRUNCATED
#define VERSION   HS_SNAPSHOT_STATUS_BAD_VERSION
#define HUGE64    G_MAXUINT64

static const Edit edits[] = {
  { "magic", 0, "magic", 0, 0, HS_SNAPSHOT_STATUS_BAD_MAGIC },
  { "major", 0, "major", 0, 2, VERSION },
  { "minor", 0, "minor", 0, 1, VERSION },
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
  { "size-wraps", HS_SECTION_OBJECT_ADDRESS, "size", 0, HUGE64 - 7, CORRUPT },
  { "size-no-multiple", HS_SECTION_OBJECT_ADDRESS, "size", 0, 31, CORRUPT },
  { "size-differs", HS_SECTION_OBJECT_TYPE, "size", 0, 12, CORRUPT },
  { "size-no-end", HS_SECTION_OBJECT_EDGES, "size", 0, 0, CORRUPT },
  { "element-zero", HS_SECTION_OBJECT_ADDRESS, "element_size", 0, 0, CORRUPT },
  { "element-wrong", HS_SECTION_OBJECT_ADDRESS, "element_size", 0, 4, CORRUPT },
  { "id-twice", HS_SECTION_OBJECT_TYPE, "id", 0, HS_SECTION_OBJECT_REFCOUNT, CORRUPT },
  { "id-unknown", HS_SECTION_OBJECT_TYPE, "id", 0, 0x12345678, VERSION },
  { "strings-begin", HS_SECTION_STRINGS, NULL, 0, 'x', CORRUPT },
  { "type-name", HS_SECTION_TYPE_NAME, NULL, 0, 1 << 16, CORRUPT },
  { "type-module", HS_SECTION_TYPE_MODULE, NULL, 3, G_MAXUINT32, CORRUPT },
  { "type-family", HS_SECTION_TYPE_FAMILY, NULL, 1, HS_N_FAMILIES, CORRUPT },
  { "object-type", HS_SECTION_OBJECT_TYPE, NULL, 2, 4, CORRUPT },
  { "object-preview", HS_SECTION_OBJECT_PREVIEW, NULL, 0, 1 << 16, CORRUPT },
  { "blocks-begin", HS_SECTION_OBJECT_BLOCKS, NULL, 0, 1, CORRUPT },
  { "blocks-descend", HS_SECTION_OBJECT_BLOCKS, NULL, 1, 5, CORRUPT },
  { "blocks-end", HS_SECTION_OBJECT_BLOCKS, NULL, 4, 7, CORRUPT },
  { "edges-descend", HS_SECTION_OBJECT_EDGES, NULL, 2, 1, CORRUPT },
  { "edges-end", HS_SECTION_OBJECT_EDGES, NULL, 4, 4, CORRUPT },
  { "block-kind", HS_SECTION_BLOCK_KIND, NULL, 0, HS_N_BLOCK_KINDS, CORRUPT },
  { "edge-target", HS_SECTION_EDGE_TARGET, NULL, 4, 4, CORRUPT },
  { "edge-kind", HS_SECTION_EDGE_KIND, NULL, 0, HS_N_EDGE_KINDS, CORRUPT },
  { "edge-label", HS_SECTION_EDGE_LABEL, NULL, 4, 1 << 16, CORRUPT },
  { "position-free", HS_SECTION_EDGE_LABEL, NULL, 0, G_MAXUINT32, HS_SNAPSHOT_STATUS_OK },
  { "address-free", HS_SECTION_OBJECT_ADDRESS, NULL, 0, HUGE64, HS_SNAPSHOT_STATUS_OK },
  { "scope-name", HS_SECTION_SCOPE_NAME, NULL, 0, 1 << 16, CORRUPT },
  { "scope-file", HS_SECTION_SCOPE_FILE, NULL, 1, 1 << 16, CORRUPT },
  { "scope-kind", HS_SECTION_SCOPE_KIND, NULL, 0, HS_N_SCOPE_KINDS, CORRUPT },
  { "name-scope", HS_SECTION_NAME_SCOPE, NULL, 1, 2, CORRUPT },
  { "name-descends", HS_SECTION_NAME_SCOPE, NULL, 0, 1, HS_SNAPSHOT_STATUS_OK },
  { "name-label", HS_SECTION_NAME_LABEL, NULL, 0, 1 << 16, CORRUPT },
  { "name-object", HS_SECTION_NAME_OBJECT, NULL, 0, 4, CORRUPT },
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

  /* The builder has room for more rows; this one points nowhere. */
  table[header->n_sections].id = 0x41424344;
  table[header->n_sections].offset = HUGE64;
  table[header->n_sections].size = HUGE64;
  header->n_sections++;
  g_assert_cmpint (hs_snapshot_view_init (&view, data, size), ==, HS_SNAPSHOT_STATUS_OK);

  table[header->n_sections - 1].flags = HS_SECTION_REQUIRED;
  g_assert_cmpint (hs_snapshot_view_init (&view, data, size), ==, HS_SNAPSHOT_STATUS_BAD_VERSION);

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
  g_test_add_func ("/snapshot/empty", test_empty);
  g_test_add_func ("/snapshot/truncated", test_truncated);
  g_test_add_func ("/snapshot/unknown-section", test_unknown_section);
  g_test_add_func ("/snapshot/names-descend", test_names_descend);
  g_test_add_func ("/snapshot/random-edits", test_random_edits);
  for (gsize i = 0; i < G_N_ELEMENTS (edits); i++)
    {
      g_autofree char *path = g_strconcat ("/snapshot/hostile/", edits[i].name, NULL);

      g_test_add_data_func (path, &edits[i], test_hostile_edit);
    }

  return g_test_run ();
}
