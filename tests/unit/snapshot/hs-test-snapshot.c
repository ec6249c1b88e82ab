/* hs-test-snapshot.c - builds valid snapshots in memory, for tests only
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-test-snapshot.h"

#include <string.h>

#define N_SECTIONS_MAX 32

/* Far from any address of the test itself, so that a mix-up shows. */
#define FIRST_ADDRESS G_GUINT64_CONSTANT (0x7f0000000000)

typedef struct
{
  guint32 type;
  guint32 preview;
  guint32 flags;
  guint32 refcount; /* G_MAXUINT32: counted */
  guint64 length;
} Object;

typedef struct
{
  guint32 object;
  guint64 occupied;
  guint8  kind;
  guint8  flags;
} Block;

typedef struct
{
  guint32 from;
  guint32 to;
  guint32 label;
  guint8  kind;
} Edge;

typedef struct
{
  guint32 scope;
  guint32 label;
  guint32 object;
} Name;

struct _HsTestSnapshot
{
  HsSnapshotInfo info;
  guint32        flags;
  GString       *strings;
  GHashTable    *offsets; /* text → offset, so that equal texts are stored once */

  GArray *type_name;
  GArray *type_module;
  GArray *type_family;
  GArray *objects; /* Object */
  GArray *blocks;  /* Block */
  GArray *edges;   /* Edge */
  GArray *scope_name;
  GArray *scope_file;
  GArray *scope_line;
  GArray *scope_kind;
  GArray *names; /* Name */
};

#define column_new(type)          g_array_new (FALSE, FALSE, sizeof (type))
#define column_add(column, value) g_array_append_vals ((column), &(value), 1)

static guint32
add_string (HsTestSnapshot *self,
            const char     *text)
{
  gpointer offset;

  if (text == NULL || *text == '\0')
    return 0;

  if (!g_hash_table_lookup_extended (self->offsets, text, NULL, &offset))
    {
      offset = GSIZE_TO_POINTER (self->strings->len);
      g_hash_table_insert (self->offsets, g_strdup (text), offset);
      g_string_append_len (self->strings, text, (gssize)strlen (text) + 1);
    }

  return (guint32)GPOINTER_TO_SIZE (offset);
}

HsTestSnapshot *
hs_test_snapshot_new (void)
{
  HsTestSnapshot *self = g_new0 (HsTestSnapshot, 1);

  self->info.python_hex = 0x030b02f0;
  self->strings = g_string_new (NULL);
  g_string_append_c (self->strings, '\0');
  self->offsets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  self->type_name = column_new (guint32);
  self->type_module = column_new (guint32);
  self->type_family = column_new (guint8);
  self->objects = column_new (Object);
  self->blocks = column_new (Block);
  self->edges = column_new (Edge);
  self->scope_name = column_new (guint32);
  self->scope_file = column_new (guint32);
  self->scope_line = column_new (guint32);
  self->scope_kind = column_new (guint8);
  self->names = column_new (Name);

  return self;
}

void
hs_test_snapshot_free (HsTestSnapshot *self)
{
  g_string_free (self->strings, TRUE);
  g_hash_table_unref (self->offsets);
  g_array_unref (self->type_name);
  g_array_unref (self->type_module);
  g_array_unref (self->type_family);
  g_array_unref (self->objects);
  g_array_unref (self->blocks);
  g_array_unref (self->edges);
  g_array_unref (self->scope_name);
  g_array_unref (self->scope_file);
  g_array_unref (self->scope_line);
  g_array_unref (self->scope_kind);
  g_array_unref (self->names);
  g_free (self);
}

guint32
hs_test_snapshot_add_type (HsTestSnapshot *self,
                           const char     *module,
                           const char     *name,
                           HsFamily        family)
{
  guint32 module_offset = add_string (self, module);
  guint32 name_offset = add_string (self, name);
  guint8  family_value = family;

  column_add (self->type_module, module_offset);
  column_add (self->type_name, name_offset);
  column_add (self->type_family, family_value);

  return self->type_name->len - 1;
}

guint32
hs_test_snapshot_add_object (HsTestSnapshot *self,
                             guint32         type,
                             const char     *preview,
                             guint64         occupied)
{
  guint32 index = self->objects->len;
  Object  object = {
     .type = type,
     .preview = add_string (self, preview),
     .refcount = G_MAXUINT32,
     .length = HS_LENGTH_NONE,
  };

  column_add (self->objects, object);
  if (occupied != 0)
    hs_test_snapshot_add_block (self, index, HS_BLOCK_MAIN, occupied, 0);

  return index;
}

void
hs_test_snapshot_set_flags (HsTestSnapshot *self,
                            guint32         object,
                            guint32         flags)
{
  g_array_index (self->objects, Object, object).flags = flags;
}

void
hs_test_snapshot_set_length (HsTestSnapshot *self,
                             guint32         object,
                             guint64         length)
{
  g_array_index (self->objects, Object, object).length = length;
}

void
hs_test_snapshot_set_refcount (HsTestSnapshot *self,
                               guint32         object,
                               guint32         refcount)
{
  g_array_index (self->objects, Object, object).refcount = refcount;
}

void
hs_test_snapshot_add_block (HsTestSnapshot *self,
                            guint32         object,
                            HsBlockKind     kind,
                            guint64         occupied,
                            guint8          flags)
{
  Block block = { .object = object, .occupied = occupied, .kind = kind, .flags = flags };

  column_add (self->blocks, block);
}

void
hs_test_snapshot_add_edge (HsTestSnapshot *self,
                           guint32         from,
                           HsEdgeKind      kind,
                           const char     *label,
                           guint32         to)
{
  Edge edge = { .from = from, .to = to, .label = add_string (self, label), .kind = kind };

  column_add (self->edges, edge);
}

void
hs_test_snapshot_add_index (HsTestSnapshot *self,
                            guint32         from,
                            HsEdgeKind      kind,
                            guint32         position,
                            guint32         to)
{
  Edge edge = { .from = from, .to = to, .label = position, .kind = kind };

  column_add (self->edges, edge);
}

void
hs_test_snapshot_add_item (HsTestSnapshot *self,
                           guint32         dict,
                           guint32         key,
                           guint32         value)
{
  guint32 label = g_array_index (self->objects, Object, key).preview;
  Edge    key_edge = { .from = dict, .to = key, .label = label, .kind = HS_EDGE_KEY };
  Edge    value_edge = { .from = dict, .to = value, .label = label, .kind = HS_EDGE_VALUE };

  column_add (self->edges, key_edge);
  column_add (self->edges, value_edge);
}

guint32
hs_test_snapshot_add_scope (HsTestSnapshot *self,
                            const char     *name,
                            HsScopeKind     kind,
                            const char     *file,
                            guint32         line)
{
  guint32 name_offset = add_string (self, name);
  guint32 file_offset = add_string (self, file);
  guint8  kind_value = kind;

  column_add (self->scope_name, name_offset);
  column_add (self->scope_file, file_offset);
  column_add (self->scope_line, line);
  column_add (self->scope_kind, kind_value);

  return self->scope_name->len - 1;
}

void
hs_test_snapshot_add_name (HsTestSnapshot *self,
                           guint32         scope,
                           const char     *label,
                           guint32         object)
{
  Name name = { .scope = scope, .label = add_string (self, label), .object = object };

  column_add (self->names, name);
}

void
hs_test_snapshot_set_snapshot_flags (HsTestSnapshot *self,
                                     guint32         flags)
{
  self->flags = flags;
}

HsSnapshotInfo *
hs_test_snapshot_get_info (HsTestSnapshot *self)
{
  return &self->info;
}

/* Appends a column to @out and its row to the table, which has been reserved. */
static void
put_section (GByteArray   *out,
             guint32       id,
             guint32       element_size,
             gconstpointer data,
             gsize         n)
{
  static const guint8 zeros[HS_SECTION_ALIGNMENT];
  HsSnapshotHeader   *header;
  HsSnapshotSection   section = { .id = id, .element_size = element_size };
  guint               tail = out->len % HS_SECTION_ALIGNMENT;

  g_byte_array_append (out, zeros, tail == 0 ? 0 : HS_SECTION_ALIGNMENT - tail);
  section.offset = out->len;
  section.size = n * element_size;
  section.flags = HS_SECTION_REQUIRED;
  if (n != 0)
    g_byte_array_append (out, data, (guint)section.size);

  header = (HsSnapshotHeader *)(gpointer)out->data;
  g_assert (header->n_sections < N_SECTIONS_MAX);
  memcpy (out->data + sizeof *header + header->n_sections * sizeof section,
          &section, sizeof section);
  header->n_sections++;
}

#define put_column(out, id, column) \
  put_section ((out), (id), g_array_get_element_size (column), (column)->data, (column)->len)

static gint
compare_blocks (gconstpointer a,
                gconstpointer b)
{
  const Block *first = a;
  const Block *second = b;

  return (first->object > second->object) - (first->object < second->object);
}

static gint
compare_edges (gconstpointer a,
               gconstpointer b)
{
  const Edge *first = a;
  const Edge *second = b;

  return (first->from > second->from) - (first->from < second->from);
}

static gint
compare_names (gconstpointer a,
               gconstpointer b)
{
  const Name *first = a;
  const Name *second = b;

  return (first->scope > second->scope) - (first->scope < second->scope);
}

static guint32
count_references (HsTestSnapshot *self,
                  guint32         object)
{
  guint32 n = 0;

  for (guint i = 0; i < self->edges->len; i++)
    n += g_array_index (self->edges, Edge, i).to == object;
  for (guint i = 0; i < self->names->len; i++)
    n += g_array_index (self->names, Name, i).object == object;

  return n;
}

static void
put_objects (HsTestSnapshot *self,
             GByteArray     *out)
{
  guint               n = self->objects->len;
  g_autofree guint64 *address = g_new0 (guint64, n + 1);
  g_autofree guint32 *type = g_new0 (guint32, n + 1);
  g_autofree guint32 *refcount = g_new0 (guint32, n + 1);
  g_autofree guint32 *flags = g_new0 (guint32, n + 1);
  g_autofree guint32 *preview = g_new0 (guint32, n + 1);
  g_autofree guint64 *length = g_new0 (guint64, n + 1);

  for (guint i = 0; i < n; i++)
    {
      Object *object = &g_array_index (self->objects, Object, i);

      address[i] = FIRST_ADDRESS + i * 0x1000;
      type[i] = object->type;
      refcount[i] = object->refcount != G_MAXUINT32 ? object->refcount : count_references (self, i);
      flags[i] = object->flags;
      preview[i] = object->preview;
      length[i] = object->length;
    }

  put_section (out, HS_SECTION_OBJECT_ADDRESS, 8, address, n);
  put_section (out, HS_SECTION_OBJECT_TYPE, 4, type, n);
  put_section (out, HS_SECTION_OBJECT_REFCOUNT, 4, refcount, n);
  put_section (out, HS_SECTION_OBJECT_FLAGS, 4, flags, n);
  put_section (out, HS_SECTION_OBJECT_PREVIEW, 4, preview, n);
  put_section (out, HS_SECTION_OBJECT_LENGTH, 8, length, n);
}

static void
put_blocks (HsTestSnapshot *self,
            GByteArray     *out)
{
  guint               n = self->blocks->len;
  guint               n_objects = self->objects->len;
  g_autofree guint32 *first = g_new0 (guint32, n_objects + 1);
  g_autofree guint64 *address = g_new0 (guint64, n + 1);
  g_autofree guint64 *occupied = g_new0 (guint64, n + 1);
  g_autofree guint8  *kind = g_new0 (guint8, n + 1);
  g_autofree guint8  *flags = g_new0 (guint8, n + 1);

  g_array_sort (self->blocks, compare_blocks);
  for (guint i = 0; i < n; i++)
    {
      Block *block = &g_array_index (self->blocks, Block, i);

      first[block->object + 1]++;
      address[i] = FIRST_ADDRESS + block->object * 0x1000 + i * 16;
      occupied[i] = block->occupied;
      kind[i] = block->kind;
      flags[i] = block->flags;
    }
  for (guint i = 0; i < n_objects; i++)
    first[i + 1] += first[i];

  put_section (out, HS_SECTION_OBJECT_BLOCKS, 4, first, n_objects + 1);
  put_section (out, HS_SECTION_BLOCK_ADDRESS, 8, address, n);
  put_section (out, HS_SECTION_BLOCK_OCCUPIED, 8, occupied, n);
  put_section (out, HS_SECTION_BLOCK_KIND, 1, kind, n);
  put_section (out, HS_SECTION_BLOCK_FLAGS, 1, flags, n);
}

static void
put_edges (HsTestSnapshot *self,
           GByteArray     *out)
{
  guint               n = self->edges->len;
  guint               n_objects = self->objects->len;
  g_autofree guint32 *first = g_new0 (guint32, n_objects + 1);
  g_autofree guint32 *target = g_new0 (guint32, n + 1);
  g_autofree guint32 *label = g_new0 (guint32, n + 1);
  g_autofree guint8  *kind = g_new0 (guint8, n + 1);

  g_array_sort (self->edges, compare_edges);
  for (guint i = 0; i < n; i++)
    {
      Edge *edge = &g_array_index (self->edges, Edge, i);

      first[edge->from + 1]++;
      target[i] = edge->to;
      label[i] = edge->label;
      kind[i] = edge->kind;
    }
  for (guint i = 0; i < n_objects; i++)
    first[i + 1] += first[i];

  put_section (out, HS_SECTION_OBJECT_EDGES, 4, first, n_objects + 1);
  put_section (out, HS_SECTION_EDGE_TARGET, 4, target, n);
  put_section (out, HS_SECTION_EDGE_LABEL, 4, label, n);
  put_section (out, HS_SECTION_EDGE_KIND, 1, kind, n);
}

static void
put_names (HsTestSnapshot *self,
           GByteArray     *out)
{
  guint               n = self->names->len;
  g_autofree guint32 *scope = g_new0 (guint32, n + 1);
  g_autofree guint32 *label = g_new0 (guint32, n + 1);
  g_autofree guint32 *object = g_new0 (guint32, n + 1);

  g_array_sort (self->names, compare_names);
  for (guint i = 0; i < n; i++)
    {
      Name *name = &g_array_index (self->names, Name, i);

      scope[i] = name->scope;
      label[i] = name->label;
      object[i] = name->object;
    }

  put_section (out, HS_SECTION_NAME_SCOPE, 4, scope, n);
  put_section (out, HS_SECTION_NAME_LABEL, 4, label, n);
  put_section (out, HS_SECTION_NAME_OBJECT, 4, object, n);
}

GBytes *
hs_test_snapshot_to_bytes (HsTestSnapshot *self)
{
  GByteArray       *out = g_byte_array_new ();
  HsSnapshotHeader  header = { .major = HS_SNAPSHOT_MAJOR, .minor = HS_SNAPSHOT_MINOR };
  HsSnapshotHeader *written;

  memcpy (header.magic, HS_SNAPSHOT_MAGIC, sizeof header.magic);
  header.header_size = sizeof header;
  header.flags = self->flags;
  g_byte_array_set_size (out, sizeof header + N_SECTIONS_MAX * sizeof (HsSnapshotSection));
  memset (out->data, 0, out->len);
  memcpy (out->data, &header, sizeof header);

  if (self->info.objects_seen == 0)
    self->info.objects_seen = self->objects->len;

  put_section (out, HS_SECTION_INFO, sizeof self->info, &self->info, 1);
  put_section (out, HS_SECTION_STRINGS, 1, self->strings->str, self->strings->len);
  put_column (out, HS_SECTION_TYPE_NAME, self->type_name);
  put_column (out, HS_SECTION_TYPE_MODULE, self->type_module);
  put_column (out, HS_SECTION_TYPE_FAMILY, self->type_family);
  put_objects (self, out);
  put_blocks (self, out);
  put_edges (self, out);
  put_column (out, HS_SECTION_SCOPE_NAME, self->scope_name);
  put_column (out, HS_SECTION_SCOPE_FILE, self->scope_file);
  put_column (out, HS_SECTION_SCOPE_LINE, self->scope_line);
  put_column (out, HS_SECTION_SCOPE_KIND, self->scope_kind);
  put_names (self, out);

  written = (HsSnapshotHeader *)(gpointer)out->data;
  written->total_size = out->len;

  return g_byte_array_free_to_bytes (out);
}
