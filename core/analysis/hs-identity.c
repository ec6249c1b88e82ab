/* hs-identity.c - what code holds as constants and names
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-identity-private.h"

#include <stdlib.h>
#include <string.h>

#include "hs-text-table.h"

/* Names are rarely longer; a worker cuts labels there. */
#define LABEL_MAX 1024

#define SMALL_INT_MIN (-5)
#define SMALL_INT_MAX 256

/* While the facts are found. */
typedef struct
{
  HsIdentity           *identity;
  const HsSnapshotView *view;
  guint8               *is_seen; /* by object: containers whose items were taken */
  GArray               *queue;   /* guint32: containers whose items are to be taken */
} Search;

static HsExact
find_exact (HsHeap  *heap,
            uint32_t type)
{
  static const struct
  {
    const char *name;
    HsExact     exact;
  } types[] = {
    { "str", HS_EXACT_STR },
    { "bytes", HS_EXACT_BYTES },
    { "int", HS_EXACT_INT },
    { "tuple", HS_EXACT_TUPLE },
    { "frozenset", HS_EXACT_FROZENSET },
    { "dict", HS_EXACT_DICT },
    { "code", HS_EXACT_CODE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      if (_hs_heap_type_is (heap, type, types[i].name))
        return types[i].exact;
    }

  return HS_EXACT_OTHER;
}

/* ---- Constants ---- */

static void
add_held (Search  *search,
          uint32_t object,
          uint32_t holder)
{
  HsHeld held = { object, holder };

  g_array_append_val (search->identity->held, held);
}

static void
enqueue (Search  *search,
         uint32_t container)
{
  if (search->is_seen[container])
    return;

  search->is_seen[container] = TRUE;
  g_array_append_val (search->queue, container);
}

/* Takes the items of every container once, whoever holds it: in O(edges). */
static void
take_constants (Search *search)
{
  const HsSnapshotView *view = search->view;

  for (guint i = 0; i < search->queue->len; i++)
    {
      uint32_t container = g_array_index (search->queue, guint32, i);

      for (uint32_t edge = view->object_edges[container];
           edge < view->object_edges[container + 1]; edge++)
        {
          uint32_t item = view->edge_target[edge];
          HsExact  exact = _hs_identity_get_exact (search->identity, item);

          if (view->edge_kind[edge] != HS_EDGE_INDEX && view->edge_kind[edge] != HS_EDGE_MEMBER)
            continue;
          search->identity->facts[item] |= HS_IDENTITY_CONSTANT;
          add_held (search, item, container);
          if (exact == HS_EXACT_TUPLE || exact == HS_EXACT_FROZENSET)
            enqueue (search, item);
        }
    }
  g_array_set_size (search->queue, 0);
}

static void
take_names (Search  *search,
            uint32_t tuple)
{
  const HsSnapshotView *view = search->view;

  if (search->is_seen[tuple])
    return;

  search->is_seen[tuple] = TRUE;
  for (uint32_t edge = view->object_edges[tuple]; edge < view->object_edges[tuple + 1]; edge++)
    search->identity->facts[view->edge_target[edge]] |= HS_IDENTITY_NAME;
}

/* Calls @take for what the code objects refer to as @label. */
static void
visit_code_fields (Search     *search,
                   const char *label,
                   void (*take) (Search  *search,
                                 uint32_t code,
                                 uint32_t target))
{
  const HsSnapshotView *view = search->view;

  for (uint32_t code = 0; code < view->info.n_reached; code++)
    {
      if (_hs_identity_get_exact (search->identity, code) != HS_EXACT_CODE)
        continue;
      for (uint32_t edge = view->object_edges[code]; edge < view->object_edges[code + 1]; edge++)
        {
          if (view->edge_kind[edge] == HS_EDGE_FIELD &&
              strcmp (hs_snapshot_view_get_string (view, view->edge_label[edge]), label) == 0)
            take (search, code, view->edge_target[edge]);
        }
    }
}

static void
take_code_constants (Search  *search,
                     uint32_t code,
                     uint32_t target)
{
  add_held (search, target, code);
  enqueue (search, target);
}

static void
take_code_names (Search  *search,
                 uint32_t code,
                 uint32_t target)
{
  take_names (search, target);
}

static int
compare_held (gconstpointer a,
              gconstpointer b)
{
  const HsHeld *left = a;
  const HsHeld *right = b;

  if (left->object != right->object)
    return left->object < right->object ? -1 : 1;

  return (left->holder > right->holder) - (left->holder < right->holder);
}

static void
find_constants (Search *search)
{
  const HsSnapshotView *view = search->view;

  visit_code_fields (search, "co_consts", take_code_constants);
  take_constants (search);

  /* A tuple may be both, the compiler makes one of equal ones. */
  memset (search->is_seen, 0, view->n_objects);
  visit_code_fields (search, "co_names", take_code_names);
  visit_code_fields (search, "co_localsplusnames", take_code_names);

  for (uint32_t i = 0; i < view->n_constants; i++)
    {
      uint32_t object = view->constant_object[i];

      if (view->constant_kind[i] == HS_CONSTANT_NAME)
        search->identity->facts[object] |= HS_IDENTITY_NAME;
      else
        {
          search->identity->facts[object] |= HS_IDENTITY_CONSTANT;
          add_held (search, object, view->n_objects + view->constant_code[i]);
        }
    }

  g_array_sort (search->identity->held, compare_held);
}

/* ---- Names ---- */

/* The keys of the dict that holds the attributes of an object are names. */
static void
take_keys (Search  *search,
           uint32_t dict)
{
  const HsSnapshotView *view = search->view;

  if (search->is_seen[dict] || _hs_identity_get_exact (search->identity, dict) != HS_EXACT_DICT)
    return;

  search->is_seen[dict] = TRUE;
  for (uint32_t edge = view->object_edges[dict]; edge < view->object_edges[dict + 1]; edge++)
    {
      if (view->edge_kind[edge] == HS_EDGE_KEY)
        search->identity->facts[view->edge_target[edge]] |= HS_IDENTITY_NAME;
    }
}

static void
take_field (Search  *search,
            uint32_t edge)
{
  static const char *const names[] = { "__name__", "__qualname__", "co_name", "co_qualname" };
  const HsSnapshotView    *view = search->view;
  const char              *label = hs_snapshot_view_get_string (view, view->edge_label[edge]);
  uint32_t                 target = view->edge_target[edge];

  if (strcmp (label, "__dict__") == 0)
    take_keys (search, target);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (strcmp (label, names[i]) == 0)
        search->identity->facts[target] |= HS_IDENTITY_NAME;
    }
}

/* The distinct labels that are names, of variables and attributes. */
static HsTextTable *
new_labels (Search *search)
{
  const HsSnapshotView *view = search->view;
  uint32_t              n_edges = _hs_heap_get_n_edges (search->identity->heap);
  g_autofree guint8    *is_label = g_malloc0 (view->strings_size / 8 + 1);
  guint32               n_labels = 0;
  HsTextTable          *labels;

#define MARK(offset)                                               \
  G_STMT_START                                                     \
  {                                                                \
    n_labels += (is_label[(offset) / 8] >> (offset) % 8 & 1) == 0; \
    is_label[(offset) / 8] |= (guint8)(1 << (offset) % 8);         \
  }                                                                \
  G_STMT_END

  for (uint32_t edge = 0; edge < n_edges; edge++)
    {
      uint8_t kind = view->edge_kind[edge];

      if (kind == HS_EDGE_ATTRIBUTE || kind == HS_EDGE_SLOT || kind == HS_EDGE_LOCAL)
        MARK (view->edge_label[edge]);
      else if (kind == HS_EDGE_FIELD)
        take_field (search, edge);
    }
  for (uint32_t name = 0; name < view->n_names; name++)
    MARK (view->name_label[name]);

#undef MARK

  labels = hs_text_table_new (n_labels);
  for (guint64 offset = 0; offset < view->strings_size; offset++)
    {
      HsTextKey key = { .text = view->strings + offset };

      if (offset % 8 == 0 && is_label[offset / 8] == 0)
        {
          offset += 7;
          continue;
        }
      if ((is_label[offset / 8] >> offset % 8 & 1) == 0)
        continue;
      key.size = strnlen (key.text, LABEL_MAX + 1);
      if (key.size <= LABEL_MAX)
        hs_text_table_add (labels, &key);
    }

  return labels;
}

/* The table of interned strings holds each text once, so that the interned str
 * with the text of an attribute is the one in the key table of its class.
 */
static void
find_names (Search *search)
{
  HsIdentity           *self = search->identity;
  const HsSnapshotView *view = search->view;
  g_autoptr(HsTextTable) labels = NULL;

  memset (search->is_seen, 0, view->n_objects);
  labels = new_labels (search);

  for (uint32_t object = 0; object < view->info.n_reached; object++)
    {
      HsTextKey key = { 0 };

      if (_hs_identity_get_exact (self, object) != HS_EXACT_STR ||
          (view->object_flags[object] & HS_OBJECT_INTERNED) == 0)
        continue;
      key.size = _hs_identity_get_text (self, object, &key.text);
      if (hs_text_table_find (labels, &key) != HS_TEXT_TABLE_NONE)
        self->facts[object] |= HS_IDENTITY_NAME;
    }
}

/* ---- The whole ---- */

HsIdentity *
hs_identity_new (HsHeap *heap)
{
  HsIdentity           *self;
  const HsSnapshotView *view;
  Search                search;

  g_return_val_if_fail (heap != NULL, NULL);

  view = &heap->view;
  self = g_new0 (HsIdentity, 1);
  self->heap = hs_heap_ref (heap);
  self->exact = g_new (guint8, (gsize)view->n_types + 1);
  self->facts = g_new0 (guint8, (gsize)view->n_objects + 1);
  self->held = g_array_new (FALSE, FALSE, sizeof (HsHeld));
  for (uint32_t type = 0; type < view->n_types; type++)
    self->exact[type] = (guint8)find_exact (heap, type);

  search = (Search) { .identity = self, .view = view };
  search.is_seen = g_new0 (guint8, (gsize)view->n_objects + 1);
  search.queue = g_array_new (FALSE, FALSE, sizeof (guint32));
  find_constants (&search);
  find_names (&search);
  g_free (search.is_seen);
  g_array_unref (search.queue);

  return self;
}

void
hs_identity_free (HsIdentity *self)
{
  g_return_if_fail (self != NULL);

  hs_heap_unref (self->heap);
  g_free (self->exact);
  g_free (self->facts);
  g_array_unref (self->held);
  g_free (self);
}

static guint
get_kept_facts (HsIdentity *self,
                uint32_t    object)
{
  HsExact exact = _hs_identity_get_exact (self, object);
  guint64 length = hs_snapshot_view_get_length (&self->heap->view, object);
  gint64  value;

  if (exact == HS_EXACT_INT && hs_snapshot_view_get_int (&self->heap->view, object, &value) &&
      value >= SMALL_INT_MIN && value <= SMALL_INT_MAX)
    return HS_IDENTITY_SMALL_INT;
  if ((exact == HS_EXACT_STR || exact == HS_EXACT_BYTES) && length == 1)
    return HS_IDENTITY_SINGLE;
  if ((exact == HS_EXACT_STR || exact == HS_EXACT_BYTES || exact == HS_EXACT_TUPLE) && length == 0)
    return HS_IDENTITY_EMPTY;

  return 0;
}

HsIdentityFacts
hs_identity_get_facts (HsIdentity *self,
                       uint32_t    object)
{
  guint flags;
  guint facts;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (object < self->heap->view.n_objects, 0);

  flags = self->heap->view.object_flags[object];
  facts = self->facts[object];
  if (flags & HS_OBJECT_IMMORTAL)
    facts |= HS_IDENTITY_IMMORTAL;
  if (flags & HS_OBJECT_INTERNED)
    facts |= HS_IDENTITY_INTERNED;
  /* From 3.11 on all that Python keeps one of lies in libpython. */
  if (flags & HS_OBJECT_STATIC)
    facts |= HS_IDENTITY_STATIC | get_kept_facts (self, object);

  return facts;
}
