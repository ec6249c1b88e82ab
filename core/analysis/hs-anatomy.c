/* hs-anatomy.c - the bytes of one or more objects, word by word
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-anatomy-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hs-format.h"
#include "hs-heap-private.h"

/* Blocks of one object that are listed; deques have one for each 64 items. */
#define BLOCKS_MAX 8

#define NAME_CHARS    40
#define PREVIEW_CHARS 60

/* pymalloc's largest size class; Objects/obmalloc.c, SMALL_REQUEST_THRESHOLD */
#define SMALL_MAX 512

/* ---- What other files ask ---- */

gboolean
_hs_anatomy_is_described (HsHeap *heap,
                          guint32 object)
{
  return object < hs_heap_get_view (heap)->n_described;
}

gboolean
_hs_anatomy_find_value (HsHeap     *heap,
                        guint32     object,
                        const char *name,
                        guint64    *value)
{
  const HsSnapshotView *view = hs_heap_get_view (heap);

  if (!_hs_anatomy_is_described (heap, object))
    return FALSE;

  for (guint32 i = view->object_fields[object]; i < view->object_fields[object + 1]; i++)
    if (view->field_block[i] == 0 && view->field_kind[i] != HS_FIELD_ITEMS &&
        strcmp (hs_snapshot_view_get_string (view, view->field_name[i]), name) == 0)
      {
        *value = view->field_value[i];
        return TRUE;
      }

  return FALSE;
}

guint32
_hs_anatomy_find_dict (HsHeap *heap,
                       guint32 object)
{
  static const char *const names[] = { "dict", "dict_or_values", "__dict__" };
  const HsSnapshotView    *view = hs_heap_get_view (heap);

  if ((view->object_flags[object] & HS_OBJECT_INSTANCE) == 0)
    return HS_NO_OBJECT;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      guint64 address;
      guint32 dict;

      if (!_hs_anatomy_find_value (heap, object, names[i], &address) || address == 0)
        continue;
      dict = hs_heap_find_address (heap, address);
      if (dict != HS_NO_OBJECT && dict != object &&
          _hs_heap_type_is (heap, hs_snapshot_view_get_type (view, dict), "dict"))
        return dict;
    }

  return HS_NO_OBJECT;
}

char *
hs_anatomy_dup_object_name (HsAnatomy *self,
                            guint32    object)
{
  const HsSnapshotView *view = hs_heap_get_view (self->heap);
  g_autofree char      *type =
    hs_heap_dup_type_name (self->heap, hs_snapshot_view_get_type (view, object));
  guint64 length;

  switch (hs_heap_get_family (self->heap, object))
    {
    case HS_FAMILY_TEXT:
    case HS_FAMILY_NUMBER:
    case HS_FAMILY_CLASS:
    case HS_FAMILY_MODULE:
    case HS_FAMILY_CALLABLE:
      if (hs_heap_has_preview (self->heap, object))
        return _hs_heap_dup_short_preview (self->heap, object, NAME_CHARS);
      break;

    case HS_FAMILY_OTHER:
    case HS_FAMILY_CONTAINER:
    case HS_FAMILY_INSTANCE:
    case HS_FAMILY_BUFFER:
    case HS_N_FAMILIES:
      break;
    }

  length = hs_snapshot_view_get_length (view, object);
  if (length != HS_LENGTH_NONE && hs_heap_get_family (self->heap, object) == HS_FAMILY_CONTAINER)
    {
      g_autofree char *count = hs_format_count (length);

      /* translators: a container: %1$s is its type, %2$s the number of items */
      return g_strdup_printf (
        g_dngettext (GETTEXT_PACKAGE, "%1$s, %2$s item", "%1$s, %2$s items", length), type, count);
    }

  return g_steal_pointer (&type);
}

/* ---- Blocks ---- */

static char *
dup_block_title (HsAnatomyBlock *block,
                 gboolean        is_dict,
                 gboolean        is_instance)
{
  switch (block->kind)
    {
    case HS_BLOCK_MAIN:
      if (is_dict)
        return g_strdup (_("__dict__, an object of its own"));
      return g_strdup (is_instance ? _("instance") : _("object"));
    case HS_BLOCK_ITEMS:
      return g_strdup (_("items"));
    case HS_BLOCK_KEYS:
      return g_strdup (_("key table"));
    case HS_BLOCK_VALUES:
      return g_strdup (_("values of attributes"));
    case HS_BLOCK_TABLE:
      return g_strdup (_("hash table"));
    case HS_BLOCK_BUFFER:
      return g_strdup (_("buffer"));
    case HS_BLOCK_UTF8:
      return g_strdup (_("UTF-8 copy"));
    case HS_BLOCK_SHARED_KEYS:
      return g_strdup (_("key table of the class"));
    case HS_BLOCK_EXTRA:
      return g_strdup (_("further block"));
    case HS_BLOCK_MAPPING:
      return g_strdup (_("mapped region"));
    case HS_BLOCK_DATA:
      return g_strdup (_("data outside Python’s allocators"));
    case HS_N_BLOCK_KINDS:
      break;
    }

  return g_strdup ("");
}

/* Adds @block, of which the bytes are set, with its fields. */
static void
add_block (HsAnatomy      *self,
           HsAnatomyBlock *block,
           guint           number)
{
  block->column = self->columns->len - 1;
  block->is_chunk = !block->is_external && !block->is_static &&
                    block->occupied != HS_BYTES_UNKNOWN && block->occupied > SMALL_MAX;
  _hs_anatomy_add_fields (self, block, number);
  g_array_append_val (self->blocks, *block);
  _hs_anatomy_column (self, self->columns->len - 1)->n_blocks++;
}

static void
add_main_block (HsAnatomy *self,
                guint32    object,
                gboolean   is_dict)
{
  const HsSnapshotView *view = hs_heap_get_view (self->heap);
  HsAnatomyBlock        block = {
           .object = object,
           .kind = HS_BLOCK_MAIN,
           .requested = HS_BYTES_UNKNOWN,
           .occupied = HS_BYTES_UNKNOWN,
           .address = hs_snapshot_view_get_address (view, object),
  };
  HsSnapshotBlock main;

  if ((view->object_flags[object] & HS_OBJECT_STATIC) != 0 ||
      !hs_snapshot_view_get_main_block (view, object, &main))
    {
      block.is_static = TRUE;
      block.requested = 0;
      block.occupied = 0;
    }
  else
    {
      block.requested = main.requested;
      block.occupied = main.occupied;
      block.address = main.address;
    }
  block.title = dup_block_title (&block, is_dict,
                                 (view->object_flags[object] & HS_OBJECT_INSTANCE) != 0);
  add_block (self, &block, 0);
}

/* Shared ones stand in the first column that has them. */
static gboolean
is_there (HsAnatomy             *self,
          guint32                object,
          const HsSnapshotBlock *block)
{
  for (guint b = 0; b < self->blocks->len; b++)
    if (_hs_anatomy_block (self, b)->is_shared && _hs_anatomy_block (self, b)->object == object &&
        _hs_anatomy_block (self, b)->kind == block->kind &&
        _hs_anatomy_block (self, b)->address == block->address)
      return TRUE;

  return FALSE;
}

static void
add_other_block (HsAnatomy *self,
                 guint32    object,
                 guint32    index,
                 guint      number)
{
  HsSnapshotBlock from;
  HsAnatomyBlock  block = { .object = object };

  hs_snapshot_view_get_block (hs_heap_get_view (self->heap), index, &from);
  if ((from.flags & HS_BLOCK_SHARED) != 0 && is_there (self, object, &from))
    return;

  block.kind = from.kind;
  block.is_shared = (from.flags & HS_BLOCK_SHARED) != 0;
  block.is_external = (from.flags & HS_BLOCK_EXTERNAL) != 0;
  block.requested = from.requested;
  block.occupied = from.occupied;
  block.address = from.address;
  block.title = dup_block_title (&block, FALSE, FALSE);
  add_block (self, &block, number);
}

static void
add_object (HsAnatomy *self,
            guint32    object,
            gboolean   is_dict)
{
  const HsSnapshotView *view = hs_heap_get_view (self->heap);
  guint32               first;
  guint32               n = hs_heap_get_blocks (self->heap, object, &first);
  HsAnatomyColumn      *column;

  add_main_block (self, object, is_dict);
  for (guint32 i = 0; i < MIN (n, BLOCKS_MAX); i++)
    add_other_block (self, object, first + i, i + 1);

  column = _hs_anatomy_column (self, self->columns->len - 1);
  for (guint32 i = BLOCKS_MAX; i < n; i++)
    {
      HsSnapshotBlock block;

      hs_snapshot_view_get_block (view, i + first, &block);
      column->n_left_out++;
      if (block.occupied != HS_BYTES_UNKNOWN &&
          block.occupied < G_MAXUINT64 / 2 - column->left_out_bytes)
        column->left_out_bytes += block.occupied;
    }
}

/* ---- The key table that instances share ---- */

guint32
_hs_anatomy_find_class (HsHeap *heap,
                        guint32 object)
{
  guint64 address;

  if (!_hs_anatomy_find_value (heap, object, "ob_type", &address) || address == 0)
    return HS_NO_OBJECT;

  return hs_heap_find_address (heap, address);
}

/* Whether the attributes of the last object lie in values without keys. */
static gboolean
has_values (HsAnatomy       *self,
            guint            first_block,
            HsSnapshotBlock *keys)
{
  const HsSnapshotView *view = hs_heap_get_view (self->heap);

  for (guint b = first_block; b < self->blocks->len; b++)
    {
      const HsAnatomyBlock *block = _hs_anatomy_block (self, b);

      if (block->kind == HS_BLOCK_VALUES)
        return TRUE;
      for (guint i = block->first_field; i < block->first_field + block->n_fields; i++)
        {
          const HsAnatomyField *field = _hs_anatomy_field (self, i);

          /* In the main block itself since 3.13, unless it has been left. */
          if (strcmp (field->name, "valid") == 0 && field->row != G_MAXUINT32 &&
              view->field_value[field->row] != 0)
            return TRUE;
          if (field->row != G_MAXUINT32 && view->field_kind[field->row] == HS_FIELD_POINTER &&
              view->field_value[field->row] == keys->address)
            return TRUE;
        }
    }

  return FALSE;
}

static guint64
count_instances (HsHeap *heap,
                 guint32 type)
{
  const HsSnapshotView *view = hs_heap_get_view (heap);
  guint64               n = 0;

  for (guint32 i = 0; i < view->n_objects; i++)
    n += hs_snapshot_view_get_type (view, i) == type;

  return n;
}

/* Of the class of the column's object, unless it is there already. */
static void
add_shared_keys (HsAnatomy *self,
                 guint32    object,
                 guint      first_block)
{
  const HsSnapshotView *view = hs_heap_get_view (self->heap);
  guint32 class = _hs_anatomy_find_class (self->heap, object);
  guint32 first;
  guint32 n;

  if (class == HS_NO_OBJECT || (view->object_flags[object] & HS_OBJECT_INSTANCE) == 0)
    return;

  n = hs_heap_get_blocks (self->heap, class, &first);
  for (guint32 i = 0; i < n; i++)
    {
      HsSnapshotBlock block;

      hs_snapshot_view_get_block (view, first + i, &block);
      if (block.kind != HS_BLOCK_SHARED_KEYS || !has_values (self, first_block, &block))
        continue;
      add_other_block (self, class, first + i, i + 1);
      return;
    }
}

/* An instance of the class, or HS_NO_OBJECT. */
static guint32
find_instance (HsHeap *heap,
               guint32 class)
{
  const HsSnapshotView *view = hs_heap_get_view (heap);
  guint64               own = hs_snapshot_view_get_address (view, class);

  for (guint32 i = 0; i < view->n_described; i++)
    {
      guint64 address;

      if ((view->object_flags[i] & HS_OBJECT_INSTANCE) != 0 &&
          _hs_anatomy_find_value (heap, i, "ob_type", &address) && address == own)
        return i;
    }

  return HS_NO_OBJECT;
}

/* Whom shared blocks are shared with. */
static void
note_shared (HsAnatomy *self)
{
  const HsSnapshotView *view = hs_heap_get_view (self->heap);

  for (guint b = 0; b < self->blocks->len; b++)
    {
      HsAnatomyBlock  *block = _hs_anatomy_block (self, b);
      g_autofree char *count = NULL;
      guint32          instance;
      guint64          n = 0;

      if (block->is_external)
        block->note = g_strdup (_("outside Python’s allocators"));
      else if (block->is_static)
        block->note = g_strdup (_("inside the interpreter: no heap bytes"));
      if (!block->is_shared)
        continue;

      instance = find_instance (self->heap, block->object);
      if (instance != HS_NO_OBJECT)
        n = count_instances (self->heap, hs_snapshot_view_get_type (view, instance));
      g_free (block->note);
      if (n > 0)
        {
          count = hs_format_count (n);
          /* translators: at a block; %s is a number of objects */
          block->note = g_strdup_printf (
            g_dngettext (GETTEXT_PACKAGE, "once for the class and its %s instance",
                         "once for the class and its %s instances", n),
            count);
        }
      else
        block->note = g_strdup (_("shared with others, in no sum"));
    }
}

/* ---- Columns ---- */

/* The first name of @object, with those of its kind in brackets. */
static char *
dup_name (HsHeap *heap,
          guint32 object)
{
  const HsSnapshotView *view = hs_heap_get_view (heap);
  guint                 n;
  const guint32        *names = _hs_heap_get_names_of (heap, object, &n);

  if (n == 0)
    return NULL;

  return _hs_heap_dup_short_string (heap, view->name_label[names[0]], NAME_CHARS);
}

static char *
dup_note (const HsAnatomyChoice *choice)
{
  g_autofree char *n = hs_format_count (choice->n_kind);
  g_autofree char *alike = hs_format_count (choice->n_alike);

  if (choice->n_kind <= 1)
    return NULL;
  if (choice->n_alike == choice->n_kind)
    /* translators: an instance stands for all of its class; %s is how many there are */
    return g_strdup_printf (_("1 of %s, all of this size"), n);

  /* translators: an instance that stands for others: %1$s is how many its class has in all */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "1 of %1$s; %2$s has this size",
                                       "1 of %1$s; %2$s have this size", choice->n_alike),
                          n, alike);
}

static void
add_column (HsAnatomy             *self,
            const HsAnatomyChoice *choice)
{
  const HsSnapshotView *view = hs_heap_get_view (self->heap);
  HsAnatomyColumn       column = {
          .object = choice->object,
          .dict = _hs_anatomy_find_dict (self->heap, choice->object),
          .family = hs_heap_get_family (self->heap, choice->object),
          .type_name = hs_heap_dup_type_name (self->heap,
                                              hs_snapshot_view_get_type (view, choice->object)),
          .name = dup_name (self->heap, choice->object),
          .note = dup_note (choice),
          .first_block = self->blocks->len,
  };
  guint first = self->blocks->len;

  column.preview = hs_heap_has_preview (self->heap, choice->object)
                     ? _hs_heap_dup_short_preview (self->heap, choice->object, PREVIEW_CHARS)
                     : g_strdup ("");
  g_array_append_val (self->columns, column);
  add_object (self, column.object, FALSE);
  if (column.dict != HS_NO_OBJECT)
    add_object (self, column.dict, TRUE);
  add_shared_keys (self, column.object, first);
}

static void
clear_column (HsAnatomyColumn *column)
{
  g_free (column->type_name);
  g_free (column->preview);
  g_free (column->name);
  g_free (column->note);
  g_free (column->summary);
  g_free (column->reason);
  g_free (column->cost);
  g_free (column->against);
  g_free (column->contents.type_name);
  g_free (column->contents_line);
}

static void
clear_block (HsAnatomyBlock *block)
{
  g_free (block->title);
  g_free (block->note);
}

static void
clear_field (HsAnatomyField *field)
{
  g_free (field->name);
  g_free (field->value);
}

HsAnatomy *
hs_anatomy_new (HsHeap       *heap,
                const GArray *choices,
                HsContents    contents,
                GHashTable   *opened,
                guint64       n_left_out,
                GCancellable *cancellable,
                GError      **error)
{
  const HsSnapshotView *view;

  g_autoptr(HsAnatomy) self = NULL;

  g_return_val_if_fail (heap != NULL, NULL);
  g_return_val_if_fail (choices != NULL, NULL);

  view = hs_heap_get_view (heap);
  self = g_new0 (HsAnatomy, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->heap = hs_heap_ref (heap);
  self->contents = contents;
  self->n_left_out = n_left_out;
  self->opened = opened;
  self->columns = g_array_new (FALSE, FALSE, sizeof (HsAnatomyColumn));
  self->blocks = g_array_new (FALSE, FALSE, sizeof (HsAnatomyBlock));
  self->fields = g_array_new (FALSE, FALSE, sizeof (HsAnatomyField));
  self->runs = g_array_new (FALSE, FALSE, sizeof (HsAnatomyRun));
  g_array_set_clear_func (self->columns, (GDestroyNotify)clear_column);
  g_array_set_clear_func (self->blocks, (GDestroyNotify)clear_block);
  g_array_set_clear_func (self->fields, (GDestroyNotify)clear_field);

  for (guint i = 0; i < choices->len; i++)
    {
      const HsAnatomyChoice *choice = &g_array_index (choices, HsAnatomyChoice, i);

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      if (choice->object >= view->n_objects)
        continue;
      if (self->columns->len < HS_ANATOMY_COLUMNS_MAX)
        add_column (self, choice);
      else
        self->n_left_out++;
    }
  note_shared (self);
  _hs_anatomy_resolve (self);
  _hs_anatomy_sum (self, choices);
  self->opened = NULL;
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  return g_steal_pointer (&self);
}

HsAnatomy *
hs_anatomy_ref (HsAnatomy *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
hs_anatomy_unref (HsAnatomy *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_array_unref (self->columns);
  g_array_unref (self->blocks);
  g_array_unref (self->fields);
  g_array_unref (self->runs);
  hs_heap_unref (self->heap);
  g_free (self);
}

HsHeap *
hs_anatomy_get_heap (HsAnatomy *self)
{
  return self->heap;
}

guint
hs_anatomy_get_n_columns (HsAnatomy *self)
{
  return self->columns->len;
}

guint
hs_anatomy_get_n_blocks (HsAnatomy *self)
{
  return self->blocks->len;
}

guint
hs_anatomy_get_n_fields (HsAnatomy *self)
{
  return self->fields->len;
}

guint64
hs_anatomy_get_n_left_out (HsAnatomy *self)
{
  return self->n_left_out;
}

const HsAnatomyColumn *
hs_anatomy_get_column (HsAnatomy *self,
                       guint      column)
{
  g_return_val_if_fail (column < self->columns->len, NULL);

  return _hs_anatomy_column (self, column);
}

const HsAnatomyBlock *
hs_anatomy_get_block (HsAnatomy *self,
                      guint      block)
{
  g_return_val_if_fail (block < self->blocks->len, NULL);

  return _hs_anatomy_block (self, block);
}

const HsAnatomyField *
hs_anatomy_get_field (HsAnatomy *self,
                      guint      field)
{
  g_return_val_if_fail (field < self->fields->len, NULL);

  return _hs_anatomy_field (self, field);
}

const HsAnatomyRun *
hs_anatomy_get_run (HsAnatomy *self,
                    guint      run)
{
  g_return_val_if_fail (run < self->runs->len, NULL);

  return &g_array_index (self->runs, HsAnatomyRun, run);
}
