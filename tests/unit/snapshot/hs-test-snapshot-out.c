/* hs-test-snapshot-out.c - the built tables as the columns of a snapshot, for tests only
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-test-snapshot-private.h"

#include <string.h>

#define N_SECTIONS_MAX 90

/* Appends a column to @out and its row to the table, which has been reserved. */
static void
put_section (GByteArray   *out,
             guint32       id,
             gsize         element_size,
             gconstpointer data,
             gsize         n)
{
  static const guint8 zeros[HS_SECTION_ALIGNMENT];
  HsSnapshotHeader   *header;
  HsSnapshotSection   section = { .id = id, .element_size = (guint32)element_size };
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

/* One column of a table, from a member of its rows. */
#define PUT_MEMBER(out, id, ctype, array, Row, member)                 \
  G_STMT_START                                                         \
  {                                                                    \
    g_autofree ctype *column_ = g_new0 (ctype, (array)->len + 1);      \
                                                                       \
    for (guint row_ = 0; row_ < (array)->len; row_++)                  \
      column_[row_] = ROW ((array), Row, row_)->member;                \
    put_section ((out), (id), sizeof *column_, column_, (array)->len); \
  }                                                                    \
  G_STMT_END

/* A narrow column while it is made. */
typedef struct
{
  guint32 *values;
  guint32  mark;
  GArray  *wide; /* HsSnapshotWide */
} Narrow;

static void
narrow_init (Narrow *self,
             guint   n,
             guint32 mark)
{
  self->values = g_new0 (guint32, n + 1);
  self->mark = mark;
  self->wide = g_array_new (FALSE, FALSE, sizeof (HsSnapshotWide));
}

/* @narrow: the value as it stands in the column, @value: as in the table. */
static void
narrow_set (Narrow  *self,
            guint    row,
            guint64  narrow,
            guint64  value,
            gboolean fits)
{
  HsSnapshotWide wide = { .value = value, .row = row };

  if (fits && narrow < self->mark)
    {
      self->values[row] = (guint32)narrow;
      return;
    }

  self->values[row] = self->mark;
  g_array_append_val (self->wide, wide);
}

static void
narrow_put (Narrow     *self,
            GByteArray *out,
            guint32     id,
            guint32     wide_id,
            gsize       n)
{
  gsize              size = self->mark == HS_NARROW_U8 ? 1 : self->mark == HS_NARROW_U16 ? 2
                                                                                         : 4;
  g_autofree guint8 *column = g_malloc0 (size * n + 1);

  for (gsize i = 0; i < n; i++)
    memcpy (column + i * size, &self->values[i], size);

  put_section (out, id, size, column, n);
  put_section (out, wide_id, sizeof (HsSnapshotWide), self->wide->data, self->wide->len);

  g_free (self->values);
  g_array_unref (self->wide);
}

static gint
compare_blocks (gconstpointer a,
                gconstpointer b)
{
  const Block *first = a;
  const Block *second = b;

  return (first->object > second->object) - (first->object < second->object);
}

static gint
compare_fields (gconstpointer a,
                gconstpointer b)
{
  const Field *first = a;
  const Field *second = b;

  return (first->object > second->object) - (first->object < second->object);
}

/* @user_data: objects, of which the late ones come behind the others. */
static gint
compare_edges (gconstpointer a,
               gconstpointer b,
               gpointer      user_data)
{
  const Edge *first = a;
  const Edge *second = b;
  GArray     *objects = user_data;
  gboolean    first_is_late = ROW (objects, Object, first->from)->is_late;
  gboolean    second_is_late = ROW (objects, Object, second->from)->is_late;

  if (first_is_late != second_is_late)
    return first_is_late ? 1 : -1;

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

static guint32 *
count_references (HsTestSnapshot *self)
{
  guint32 *n = g_new0 (guint32, self->objects->len + 1);

  for (guint i = 0; i < self->edges->len; i++)
    if (ROW (self->edges, Edge, i)->to < self->objects->len)
      n[ROW (self->edges, Edge, i)->to]++;
  for (guint i = 0; i < self->names->len; i++)
    if (ROW (self->names, Name, i)->object < self->objects->len)
      n[ROW (self->names, Name, i)->object]++;

  return n;
}

static guint8 *
choose_value_kinds (HsTestSnapshot *self)
{
  guint8 *kinds = g_new0 (guint8, self->types->len + 1);

  for (guint i = 0; i < self->objects->len; i++)
    {
      Object *object = ROW (self->objects, Object, i);
      guint8 *kind;

      if (object->type >= self->types->len)
        continue;

      kind = &kinds[object->type];
      if (object->value_state == VALUE_FLOAT)
        *kind = HS_VALUE_FLOAT;
      else if (object->value_state == VALUE_INT)
        *kind = HS_VALUE_INT;
      else if (object->preview != 0 && *kind < HS_VALUE_TEXT)
        *kind = HS_VALUE_TEXT;
      else if (object->length != HS_LENGTH_NONE && *kind < HS_VALUE_LENGTH)
        *kind = HS_VALUE_LENGTH;
    }

  return kinds;
}

static void
put_types (HsTestSnapshot *self,
           GByteArray     *out,
           const guint8   *value_kinds)
{
  PUT_MEMBER (out, HS_SECTION_TYPE_NAME, guint32, self->types, Type, name);
  PUT_MEMBER (out, HS_SECTION_TYPE_MODULE, guint32, self->types, Type, module);
  PUT_MEMBER (out, HS_SECTION_TYPE_FAMILY, guint8, self->types, Type, family);
  put_section (out, HS_SECTION_TYPE_VALUE, 1, value_kinds, self->types->len);
  PUT_MEMBER (out, HS_SECTION_TYPE_PRESIZE, guint8, self->types, Type, presize);
}

/* Returns: the value of @object for its column; a length that it has no room
 * for goes into @wide.
 */
static guint64
make_value (Object     *object,
            guint       index,
            HsValueKind kind,
            GArray     *wide)
{
  HsSnapshotWide length = { .value = object->length, .row = index };

  switch (kind)
    {
    case HS_VALUE_LENGTH:
      return object->length;

    case HS_VALUE_TEXT:
      if (object->length < HS_NARROW_U32)
        return object->length << 32 | object->preview;
      if (object->length != HS_LENGTH_NONE)
        g_array_append_val (wide, length);
      return (guint64)HS_NARROW_U32 << 32 | object->preview;

    case HS_VALUE_INT:
      return object->value_state == VALUE_INT ? object->value : (guint64)object->preview << 1 | 1;

    case HS_VALUE_FLOAT:
      g_assert (object->value_state == VALUE_FLOAT);
      return object->value;

    case HS_VALUE_NONE:
    case HS_N_VALUE_KINDS:
      break;
    }

  return 0;
}

static void
put_values (HsTestSnapshot *self,
            GByteArray     *out,
            const guint8   *value_kinds)
{
  guint               n = self->objects->len;
  g_autofree guint64 *value = g_new0 (guint64, n + 1);
  g_autofree guint16 *flags = g_new0 (guint16, n + 1);
  GArray             *wide = g_array_new (FALSE, FALSE, sizeof (HsSnapshotWide));

  for (guint i = 0; i < n; i++)
    {
      Object *object = ROW (self->objects, Object, i);

      flags[i] = (guint16)object->flags;
      if (object->type < self->types->len)
        value[i] = make_value (object, i, (HsValueKind)value_kinds[object->type], wide);
    }

  put_section (out, HS_SECTION_OBJECT_FLAGS, sizeof *flags, flags, n);
  put_section (out, HS_SECTION_OBJECT_VALUE, sizeof *value, value, n);
  put_section (out, HS_SECTION_WIDE_LENGTH, sizeof (HsSnapshotWide), wide->data, wide->len);
  g_array_unref (wide);
}

static void
put_objects (HsTestSnapshot *self,
             GByteArray     *out)
{
  guint               n = self->objects->len;
  g_autofree guint32 *n_references = count_references (self);
  Narrow              address, type, refcount, occupied, size;

  narrow_init (&address, n, HS_NARROW_U32);
  narrow_init (&type, n, HS_NARROW_U16);
  narrow_init (&refcount, n, HS_NARROW_U8);
  narrow_init (&occupied, n, HS_NARROW_U16);
  narrow_init (&size, n, HS_NARROW_U16);

  for (guint i = 0; i < n; i++)
    {
      Object *object = ROW (self->objects, Object, i);
      guint64 distance = object->address - self->info.base_address;
      guint32 count = object->has_refcount ? object->refcount : n_references[i];

      narrow_set (&address, i, distance / HS_GRANULE, object->address, distance % HS_GRANULE == 0);
      narrow_set (&type, i, object->type, object->type, TRUE);
      narrow_set (&refcount, i, count, count, TRUE);
      narrow_set (&occupied, i, object->occupied / HS_GRANULE, object->occupied,
                  object->occupied % HS_GRANULE == 0);
      narrow_set (&size, i, object->getsizeof, object->getsizeof, TRUE);
    }

  narrow_put (&address, out, HS_SECTION_OBJECT_ADDRESS, HS_SECTION_WIDE_ADDRESS, n);
  narrow_put (&type, out, HS_SECTION_OBJECT_TYPE, HS_SECTION_WIDE_TYPE, n);
  narrow_put (&refcount, out, HS_SECTION_OBJECT_REFCOUNT, HS_SECTION_WIDE_REFCOUNT, n);
  narrow_put (&occupied, out, HS_SECTION_OBJECT_OCCUPIED, HS_SECTION_WIDE_OCCUPIED, n);
  narrow_put (&size, out, HS_SECTION_OBJECT_GETSIZEOF, HS_SECTION_WIDE_GETSIZEOF, n);
}

static void
put_ledger (HsTestSnapshot *self,
            GByteArray     *out)
{
  guint               n = self->has_ledger ? self->objects->len : 0;
  guint               n_blocks = self->has_ledger ? self->blocks->len : 0;
  g_autofree guint64 *requested = g_new0 (guint64, n_blocks + 1);
  Narrow              slack;

  narrow_init (&slack, n, HS_NARROW_U8);
  for (guint i = 0; i < n; i++)
    {
      Object *object = ROW (self->objects, Object, i);
      guint64 rest = object->occupied - object->requested;

      if (!object->is_traced)
        rest = 0;
      else if (object->requested == HS_BYTES_UNKNOWN)
        rest = HS_BYTES_UNKNOWN;
      narrow_set (&slack, i, rest, rest, TRUE);
    }
  for (guint i = 0; i < n_blocks; i++)
    {
      Block *block = ROW (self->blocks, Block, i);

      requested[i] = block->is_traced ? block->requested : block->occupied;
    }

  narrow_put (&slack, out, HS_SECTION_OBJECT_SLACK, HS_SECTION_WIDE_SLACK, n);
  put_section (out, HS_SECTION_BLOCK_REQUESTED, sizeof *requested, requested, n_blocks);
  if (self->has_ledger)
    {
      PUT_MEMBER (out, HS_SECTION_OBJECT_SITE, guint32, self->objects, Object, site);
      PUT_MEMBER (out, HS_SECTION_BLOCK_SITE, guint32, self->blocks, Block, site);
    }
  else
    {
      put_section (out, HS_SECTION_OBJECT_SITE, 4, NULL, 0);
      put_section (out, HS_SECTION_BLOCK_SITE, 4, NULL, 0);
    }

  if (self->has_ledger && self->sites->len == 0)
    g_array_set_size (self->sites, HS_SITE_FIRST);
  PUT_MEMBER (out, HS_SECTION_SITE_FILE, guint32, self->sites, Site, file);
  PUT_MEMBER (out, HS_SECTION_SITE_FUNCTION, guint32, self->sites, Site, function);
  PUT_MEMBER (out, HS_SECTION_SITE_LINE, guint32, self->sites, Site, line);
  PUT_MEMBER (out, HS_SECTION_SITE_TOTAL_BYTES, guint64, self->sites, Site, total_bytes);
  PUT_MEMBER (out, HS_SECTION_SITE_TOTAL_BLOCKS, guint64, self->sites, Site, total_blocks);
  PUT_MEMBER (out, HS_SECTION_SITE_LIVE_BYTES, guint64, self->sites, Site, live_bytes);
  PUT_MEMBER (out, HS_SECTION_SITE_LIVE_BLOCKS, guint64, self->sites, Site, live_blocks);
}

static void
put_blocks (HsTestSnapshot *self,
            GByteArray     *out)
{
  guint  n = self->blocks->len;
  Narrow address;
  Narrow occupied;

  narrow_init (&address, n, HS_NARROW_U32);
  narrow_init (&occupied, n, HS_NARROW_U16);
  for (guint i = 0; i < n; i++)
    {
      Block  *block = ROW (self->blocks, Block, i);
      guint64 granule = block->object * 0x100 + i + 1;

      narrow_set (&address, i, granule, self->info.base_address + granule * HS_GRANULE, TRUE);
      narrow_set (&occupied, i, block->occupied / HS_GRANULE, block->occupied,
                  block->occupied % HS_GRANULE == 0);
    }

  PUT_MEMBER (out, HS_SECTION_BLOCK_OBJECT, guint32, self->blocks, Block, object);
  narrow_put (&address, out, HS_SECTION_BLOCK_ADDRESS, HS_SECTION_WIDE_BLOCK_ADDRESS, n);
  narrow_put (&occupied, out, HS_SECTION_BLOCK_OCCUPIED, HS_SECTION_WIDE_BLOCK_OCCUPIED, n);
  PUT_MEMBER (out, HS_SECTION_BLOCK_KIND, guint8, self->blocks, Block, kind);
  PUT_MEMBER (out, HS_SECTION_BLOCK_FLAGS, guint8, self->blocks, Block, flags);
}

static void
put_fields (HsTestSnapshot *self,
            GByteArray     *out)
{
  guint               n = self->fields->len;
  guint               n_described = n == 0 ? 0 : ROW (self->fields, Field, n - 1)->object + 1;
  g_autofree guint32 *first = g_new0 (guint32, n_described + 1);

  for (guint i = 0; i < n; i++)
    first[ROW (self->fields, Field, i)->object + 1]++;
  for (guint i = 0; i < n_described; i++)
    first[i + 1] += first[i];

  put_section (out, HS_SECTION_OBJECT_FIELDS, sizeof *first, first, n_described + 1);
  PUT_MEMBER (out, HS_SECTION_FIELD_BLOCK, guint16, self->fields, Field, block);
  PUT_MEMBER (out, HS_SECTION_FIELD_OFFSET, gint32, self->fields, Field, offset);
  PUT_MEMBER (out, HS_SECTION_FIELD_SIZE, guint64, self->fields, Field, size);
  PUT_MEMBER (out, HS_SECTION_FIELD_NAME, guint32, self->fields, Field, name);
  PUT_MEMBER (out, HS_SECTION_FIELD_KIND, guint8, self->fields, Field, kind);
  PUT_MEMBER (out, HS_SECTION_FIELD_VALUE, guint64, self->fields, Field, value);
}

/* Puts the edges, where each object's begin, and where those of the late ones do. */
static void
put_edges (HsTestSnapshot *self,
           GByteArray     *out)
{
  guint               n_objects = self->objects->len;
  g_autofree guint32 *first = g_new0 (guint32, n_objects + 1);
  g_autofree guint32 *late = g_new0 (guint32, n_objects + 1);
  g_autofree guint32 *late_first = g_new0 (guint32, n_objects + 2);
  guint               n_late = 0;
  guint               edge = 0;

  for (guint i = 0; i < n_objects; i++)
    {
      first[i] = edge;
      while (edge < self->edges->len && ROW (self->edges, Edge, edge)->from == i &&
             !ROW (self->objects, Object, i)->is_late)
        edge++;
    }
  first[n_objects] = edge;

  for (guint i = 0; i < n_objects; i++)
    {
      if (!ROW (self->objects, Object, i)->is_late)
        continue;
      late[n_late] = i;
      late_first[n_late++] = edge;
      while (edge < self->edges->len && ROW (self->edges, Edge, edge)->from == i)
        edge++;
    }
  late_first[n_late] = edge;
  g_assert_cmpuint (edge, ==, self->edges->len);

  put_section (out, HS_SECTION_OBJECT_EDGES, sizeof *first, first, n_objects + 1);
  put_section (out, HS_SECTION_LATE_OBJECT, sizeof *late, late, n_late);
  put_section (out, HS_SECTION_LATE_EDGES, sizeof *late_first, late_first, n_late + 1);
  PUT_MEMBER (out, HS_SECTION_EDGE_TARGET, guint32, self->edges, Edge, to);
  PUT_MEMBER (out, HS_SECTION_EDGE_LABEL, guint32, self->edges, Edge, label);
  PUT_MEMBER (out, HS_SECTION_EDGE_KIND, guint8, self->edges, Edge, kind);
}

static void
put_names (HsTestSnapshot *self,
           GByteArray     *out)
{
  PUT_MEMBER (out, HS_SECTION_SCOPE_NAME, guint32, self->scopes, Scope, name);
  PUT_MEMBER (out, HS_SECTION_SCOPE_FILE, guint32, self->scopes, Scope, file);
  PUT_MEMBER (out, HS_SECTION_SCOPE_LINE, guint32, self->scopes, Scope, line);
  PUT_MEMBER (out, HS_SECTION_SCOPE_KIND, guint8, self->scopes, Scope, kind);
  PUT_MEMBER (out, HS_SECTION_NAME_SCOPE, guint32, self->names, Name, scope);
  PUT_MEMBER (out, HS_SECTION_NAME_LABEL, guint32, self->names, Name, label);
  PUT_MEMBER (out, HS_SECTION_NAME_OBJECT, guint32, self->names, Name, object);
}

static void
put_constants (HsTestSnapshot *self,
               GByteArray     *out)
{
  PUT_MEMBER (out, HS_SECTION_CODE_NAME, guint32, self->codes, Code, name);
  PUT_MEMBER (out, HS_SECTION_CODE_LINE, guint32, self->codes, Code, line);
  PUT_MEMBER (out, HS_SECTION_CONSTANT_CODE, guint32, self->constants, Constant, code);
  PUT_MEMBER (out, HS_SECTION_CONSTANT_OBJECT, guint32, self->constants, Constant, object);
  PUT_MEMBER (out, HS_SECTION_CONSTANT_KIND, guint8, self->constants, Constant, kind);
}

static void
put_pools (HsTestSnapshot *self,
           GByteArray     *out)
{
  g_autoptr (GArray) used = g_array_new (FALSE, FALSE, sizeof (guint64));
  g_autoptr (GArray) baseline = g_array_new (FALSE, FALSE, sizeof (guint64));

  for (guint i = 0; i < self->pools->len; i++)
    {
      Pool *pool = ROW (self->pools, Pool, i);
      guint n_words = (pool->touched + 63u) / 64;

      pool->map = n_words == 0 || pool->has_no_map ? HS_POOL_NO_MAP : used->len;
      if (pool->map == HS_POOL_NO_MAP)
        continue;
      g_array_append_vals (used, pool->used, n_words);
      g_array_append_vals (baseline, pool->baseline, n_words);
    }

  put_section (out, HS_SECTION_MEMORY, sizeof self->memory, &self->memory, 1);
  put_section (out, HS_SECTION_ARENA_ADDRESS, sizeof (guint64), self->arenas->data,
               self->arenas->len);
  PUT_MEMBER (out, HS_SECTION_POOL_STATE, guint8, self->pools, Pool, state);
  PUT_MEMBER (out, HS_SECTION_POOL_BLOCK_SIZE, guint8, self->pools, Pool, block_size);
  PUT_MEMBER (out, HS_SECTION_POOL_USED, guint16, self->pools, Pool, n_used);
  PUT_MEMBER (out, HS_SECTION_POOL_TOUCHED, guint16, self->pools, Pool, touched);
  PUT_MEMBER (out, HS_SECTION_POOL_MAP, guint32, self->pools, Pool, map);
  put_section (out, HS_SECTION_MAP_USED, sizeof (guint64), used->data, used->len);
  if (self->has_ledger)
    {
      PUT_MEMBER (out, HS_SECTION_POOL_BASELINE, guint16, self->pools, Pool, n_baseline);
      put_section (out, HS_SECTION_MAP_BASELINE, sizeof (guint64), baseline->data, baseline->len);
    }
  else
    {
      put_section (out, HS_SECTION_POOL_BASELINE, sizeof (guint16), NULL, 0);
      put_section (out, HS_SECTION_MAP_BASELINE, sizeof (guint64), NULL, 0);
    }
}

static void
sort_tables (HsTestSnapshot *self)
{
  g_array_sort (self->blocks, compare_blocks);
  g_array_sort (self->fields, compare_fields);
  g_array_sort_with_data (self->edges, compare_edges, self->objects);
  g_array_sort (self->names, compare_names);
}

static void
complete_info (HsTestSnapshot *self)
{
  if (self->info.objects_seen == 0)
    self->info.objects_seen = self->objects->len;
  self->info.n_reached = MIN (self->info.n_reached, self->objects->len);
}

GBytes *
hs_test_snapshot_to_bytes (HsTestSnapshot *self)
{
  GByteArray        *out = g_byte_array_new ();
  HsSnapshotHeader   header = { .major = HS_SNAPSHOT_MAJOR, .minor = HS_SNAPSHOT_MINOR };
  HsSnapshotHeader  *written;
  g_autofree guint8 *value_kinds = choose_value_kinds (self);

  memcpy (header.magic, HS_SNAPSHOT_MAGIC, sizeof header.magic);
  header.header_size = sizeof header;
  header.flags = self->flags;
  g_byte_array_set_size (out, sizeof header + N_SECTIONS_MAX * sizeof (HsSnapshotSection));
  memset (out->data, 0, out->len);
  memcpy (out->data, &header, sizeof header);

  complete_info (self);
  sort_tables (self);

  put_section (out, HS_SECTION_INFO, sizeof self->info, &self->info, 1);
  put_section (out, HS_SECTION_STRINGS, 1, self->strings->str, self->strings->len);
  put_types (self, out, value_kinds);
  put_objects (self, out);
  put_values (self, out, value_kinds);
  put_blocks (self, out);
  put_ledger (self, out);
  put_fields (self, out);
  put_edges (self, out);
  put_names (self, out);
  put_constants (self, out);
  put_pools (self, out);

  written = (HsSnapshotHeader *)(gpointer)out->data;
  written->total_size = out->len;

  return g_byte_array_free_to_bytes (out);
}
