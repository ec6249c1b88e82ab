/* hs-anatomy-choose.c - which objects are worth a look
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-anatomy-private.h"

#include <string.h>

/* ---- Sizes of the instances of a type ---- */

typedef struct
{
  guint64 occupied;
  guint64 n;
  guint32 first;     /* object */
  guint32 described; /* the first whose fields are there; HS_NO_OBJECT */
} Size;

static int
compare_sizes (gconstpointer a,
               gconstpointer b)
{
  const Size *left = a;
  const Size *right = b;

  if (left->n != right->n)
    return left->n < right->n ? 1 : -1;

  /* The first instance of a class is larger than those that follow. */
  if (left->occupied != right->occupied)
    return left->occupied < right->occupied ? -1 : 1;

  return left->first < right->first ? -1 : 1;
}

/* What objects of @type occupy, the most frequent first. An instance counts with
 * the __dict__ that it has for itself.
 */
static GArray *
list_sizes (HsHeap  *heap,
            guint32  type,
            guint64 *n_objects)
{
  const HsSnapshotView *view = hs_heap_get_view (heap);
  GArray               *sizes = g_array_new (FALSE, FALSE, sizeof (Size));

  g_autoptr(GHashTable) by_bytes = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free,
                                                           NULL);

  *n_objects = 0;
  for (guint32 i = 0; i < view->n_objects; i++)
    {
      guint64  occupied;
      gpointer index;
      guint32  dict;
      Size    *size;

      if (hs_snapshot_view_get_type (view, i) != type)
        continue;

      (*n_objects)++;
      occupied = hs_heap_get_occupied (heap, i);
      dict = _hs_anatomy_find_dict (heap, i);
      /* Only told from those without one: a class may have both. */
      if (dict != HS_NO_OBJECT && occupied != HS_BYTES_UNKNOWN)
        occupied += G_GUINT64_CONSTANT (1) << 60;
      if (!g_hash_table_lookup_extended (by_bytes, &occupied, NULL, &index))
        {
          Size fresh = { occupied, 0, i, HS_NO_OBJECT };

          index = GUINT_TO_POINTER (sizes->len);
          g_hash_table_insert (by_bytes, g_memdup2 (&occupied, sizeof occupied), index);
          g_array_append_val (sizes, fresh);
        }
      size = &g_array_index (sizes, Size, GPOINTER_TO_UINT (index));
      size->n++;
      if (size->described == HS_NO_OBJECT && _hs_anatomy_is_described (heap, i))
        size->described = i;
    }
  g_array_sort (sizes, compare_sizes);

  return sizes;
}

static void
add_choice (GArray     *choices,
            const Size *size,
            guint64     n_objects)
{
  HsAnatomyChoice choice = {
    size->described != HS_NO_OBJECT ? size->described : size->first,
    n_objects,
    size->n,
  };

  g_array_append_val (choices, choice);
}

GArray *
hs_anatomy_choose_kind (HsHeap  *heap,
                        guint32  object,
                        guint64 *n_left_out)
{
  const HsSnapshotView *view = hs_heap_get_view (heap);
  GArray               *choices = g_array_new (FALSE, FALSE, sizeof (HsAnatomyChoice));
  HsAnatomyChoice       own = { object, 0, 0 };
  guint64               n_objects;
  guint64               occupied;

  g_autoptr(GArray) sizes = NULL;

  *n_left_out = 0;
  if (object >= view->n_objects)
    return choices;

  sizes = list_sizes (heap, hs_snapshot_view_get_type (view, object), &n_objects);
  occupied = hs_heap_get_occupied (heap, object);
  if (_hs_anatomy_find_dict (heap, object) != HS_NO_OBJECT && occupied != HS_BYTES_UNKNOWN)
    occupied += G_GUINT64_CONSTANT (1) << 60;
  for (guint i = 0; i < sizes->len; i++)
    if (g_array_index (sizes, Size, i).occupied == occupied)
      own.n_alike = g_array_index (sizes, Size, i).n;
  own.n_kind = n_objects;
  g_array_append_val (choices, own);

  for (guint i = 0; i < sizes->len; i++)
    {
      const Size *size = &g_array_index (sizes, Size, i);

      if (size->occupied == occupied)
        continue;
      if (choices->len < HS_ANATOMY_COLUMNS_MAX)
        add_choice (choices, size, n_objects);
      else
        (*n_left_out)++;
    }

  return choices;
}

/* ---- Classes of the code ---- */

typedef struct
{
  guint32 type;
  guint64 bytes;
  guint64 n;
} ClassBytes;

static int
compare_classes (gconstpointer a,
                 gconstpointer b)
{
  const ClassBytes *left = a;
  const ClassBytes *right = b;

  if (left->bytes != right->bytes)
    return left->bytes < right->bytes ? 1 : -1;

  return left->type < right->type ? -1 : 1;
}

static int
compare_types (gconstpointer a,
               gconstpointer b)
{
  const ClassBytes *left = a;
  const ClassBytes *right = b;

  return left->type < right->type ? -1 : left->type > right->type;
}

/* Those of __main__ that have instances, by the order of their types. */
static GArray *
list_classes (HsHeap *heap)
{
  const HsSnapshotView  *view = hs_heap_get_view (heap);
  g_autofree ClassBytes *classes = g_new0 (ClassBytes, view->n_types);
  GArray                *list = g_array_new (FALSE, FALSE, sizeof (ClassBytes));

  for (guint32 i = 0; i < view->n_objects; i++)
    if (view->object_flags[i] & HS_OBJECT_INSTANCE)
      {
        ClassBytes *class = &classes[hs_snapshot_view_get_type (view, i)];
        guint64 least = hs_heap_get_least (heap, i);

        class->n++;
        if (least < G_MAXUINT64 / 2 - class->bytes)
          class->bytes += least;
      }
  for (guint32 i = 0; i < view->n_types; i++)
    if (classes[i].n > 0 && strcmp (hs_snapshot_view_get_string (view, view->type_module[i]),
                                    "__main__") == 0)
      {
        classes[i].type = i;
        g_array_append_val (list, classes[i]);
      }

  return list;
}

static void
choose_classes (HsHeap  *heap,
                GArray  *choices,
                guint64 *n_left_out)
{
  g_autoptr(GArray) classes = list_classes (heap);

  if (classes->len > HS_ANATOMY_COLUMNS_MAX)
    {
      *n_left_out = classes->len - HS_ANATOMY_COLUMNS_MAX;
      g_array_sort (classes, compare_classes);
      g_array_set_size (classes, HS_ANATOMY_COLUMNS_MAX);
    }
  g_array_sort (classes, compare_types);

  for (guint i = 0; i < classes->len; i++)
    {
      guint64 n_objects;

      g_autoptr(GArray) sizes =
                   list_sizes (heap, g_array_index (classes, ClassBytes, i).type, &n_objects);
      const Size *best = &g_array_index (sizes, Size, 0);

      /* A size that can be looked into, if there is one. */
      for (guint s = 0; s < sizes->len; s++)
        if (g_array_index (sizes, Size, s).described != HS_NO_OBJECT)
          {
            best = &g_array_index (sizes, Size, s);
            break;
          }
      add_choice (choices, best, n_objects);
    }
}

/* ---- Names ---- */

static gboolean
is_chosen (const GArray *choices,
           guint32       object)
{
  for (guint i = 0; i < choices->len; i++)
    if (g_array_index (choices, HsAnatomyChoice, i).object == object)
      return TRUE;

  return FALSE;
}

static gboolean
is_worth_a_look (HsHeap *heap,
                 guint32 object)
{
  if (hs_heap_get_view (heap)->object_flags[object] & HS_OBJECT_BOUNDARY)
    return FALSE;

  switch (hs_heap_get_family (heap, object))
    {
    case HS_FAMILY_CLASS:
    case HS_FAMILY_MODULE:
    case HS_FAMILY_CALLABLE:
      return FALSE;

    case HS_FAMILY_OTHER:
    case HS_FAMILY_CONTAINER:
    case HS_FAMILY_TEXT:
    case HS_FAMILY_NUMBER:
    case HS_FAMILY_INSTANCE:
    case HS_FAMILY_BUFFER:
    case HS_N_FAMILIES:
      break;
    }

  return TRUE;
}

typedef struct
{
  guint32 object;
  guint32 position;
  guint64 bytes;
} Named;

static int
compare_bytes (gconstpointer a,
               gconstpointer b)
{
  const Named *left = a;
  const Named *right = b;

  if (left->bytes != right->bytes)
    return left->bytes < right->bytes ? 1 : -1;

  return left->position < right->position ? -1 : left->position > right->position;
}

static int
compare_positions (gconstpointer a,
                   gconstpointer b)
{
  const Named *left = a;
  const Named *right = b;

  return left->position < right->position ? -1 : left->position > right->position;
}

/* The largest that have names, in the order of these. */
static void
choose_named (HsHeap  *heap,
              GArray  *choices,
              gboolean any,
              guint64 *n_left_out)
{
  const HsSnapshotView *view = hs_heap_get_view (heap);

  g_autoptr(GArray) named = g_array_new (FALSE, FALSE, sizeof (Named));
  g_autoptr(GHashTable) seen = g_hash_table_new (NULL, NULL);

  for (guint32 i = 0; i < view->n_names; i++)
    {
      guint32  object = view->name_object[i];
      HsFamily family = hs_heap_get_family (heap, object);
      Named    one = { object, i, hs_heap_get_least (heap, object) };

      if (!is_worth_a_look (heap, object) ||
          (!any && family != HS_FAMILY_CONTAINER && family != HS_FAMILY_BUFFER) ||
          !g_hash_table_add (seen, GUINT_TO_POINTER (object)))
        continue;
      one.bytes += hs_heap_get_external (heap, object) != HS_BYTES_UNKNOWN
                     ? hs_heap_get_external (heap, object)
                     : 0;
      g_array_append_val (named, one);
    }
  g_array_sort (named, compare_bytes);
  *n_left_out = named->len > HS_ANATOMY_COLUMNS_MAX ? named->len - HS_ANATOMY_COLUMNS_MAX : 0;
  g_array_set_size (named, MIN (named->len, HS_ANATOMY_COLUMNS_MAX));
  g_array_sort (named, compare_positions);
  for (guint i = 0; i < named->len; i++)
    {
      HsAnatomyChoice choice = { g_array_index (named, Named, i).object, 0, 0 };

      g_array_append_val (choices, choice);
    }
}

GArray *
hs_anatomy_choose (HsHeap  *heap,
                   guint64 *n_left_out)
{
  GArray *choices = g_array_new (FALSE, FALSE, sizeof (HsAnatomyChoice));

  *n_left_out = 0;
  choose_classes (heap, choices, n_left_out);
  if (choices->len == 0)
    choose_named (heap, choices, FALSE, n_left_out);
  if (choices->len == 0)
    choose_named (heap, choices, TRUE, n_left_out);

  return choices;
}

GArray *
hs_anatomy_choose_names (HsHeap            *heap,
                         const char *const *names,
                         guint64           *n_left_out)
{
  const HsSnapshotView *view = hs_heap_get_view (heap);
  GArray               *choices = g_array_new (FALSE, FALSE, sizeof (HsAnatomyChoice));

  *n_left_out = 0;
  for (; names != NULL && *names != NULL; names++)
    for (guint32 i = 0; i < view->n_names; i++)
      {
        HsAnatomyChoice choice = { view->name_object[i], 0, 0 };

        if (strcmp (hs_snapshot_view_get_string (view, view->name_label[i]), *names) != 0 ||
            is_chosen (choices, choice.object))
          continue;
        if (choices->len < HS_ANATOMY_COLUMNS_MAX)
          g_array_append_val (choices, choice);
        else
          (*n_left_out)++;
      }

  return choices;
}

static gboolean
points_to (HsHeap *heap,
           guint32 object,
           guint64 address)
{
  const HsSnapshotView *view = hs_heap_get_view (heap);

  if (object >= view->n_objects || !_hs_anatomy_is_described (heap, object))
    return FALSE;

  for (guint32 row = view->object_fields[object]; row < view->object_fields[object + 1]; row++)
    if (view->field_kind[row] == HS_FIELD_OBJECT && view->field_value[row] == address)
      return TRUE;

  return FALSE;
}

gboolean
hs_anatomy_choices_show (HsHeap       *heap,
                         const GArray *choices,
                         guint32       object)
{
  const HsSnapshotView *view = hs_heap_get_view (heap);
  guint64               address;

  if (object >= view->n_objects)
    return FALSE;

  address = hs_snapshot_view_get_address (view, object);
  for (guint i = 0; i < choices->len; i++)
    {
      guint32 chosen = g_array_index (choices, HsAnatomyChoice, i).object;

      if (chosen == object)
        return TRUE;
      /* The key table of its class may be there, too. */
      if (chosen < view->n_objects &&
          (points_to (heap, chosen, address) ||
           points_to (heap, _hs_anatomy_find_dict (heap, chosen), address) ||
           points_to (heap, _hs_anatomy_find_class (heap, chosen), address)))
        return TRUE;
    }

  return FALSE;
}
