/* hs-graph-build.c - chooses what of a heap is drawn, breadth first from the names
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-graph-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hs-format.h"

/* Longest text of a value in a row, in characters. */
#define ROW_VALUE_CHARS 24

typedef struct
{
  HsGraph              *graph;       /* borrowed */
  HsHeap               *heap;        /* borrowed from graph */
  const HsSnapshotView *view;        /* borrowed from heap */
  const HsGraphOptions *options;     /* borrowed */
  GCancellable         *cancellable; /* borrowed, may be NULL */

  guint64 n_represented; /* objects */
} Builder;

static gboolean
has_room (Builder *builder)
{
  return builder->graph->boxes->len < builder->graph->max_boxes;
}

/* "class Point", "function f", "module sys", "None"; else the type's name. Sets
 * @has_name if the preview is in it.
 */
static char *
dup_object_title (Builder    *builder,
                  uint32_t    object,
                  const char *preview,
                  gboolean   *has_name)
{
  HsHeap  *heap = builder->heap;
  uint32_t type = builder->view->object_type[object];

  *has_name = preview != NULL;

  /* The only object of its type. */
  if (preview != NULL && _hs_heap_type_is (heap, type, "NoneType"))
    return g_strdup (preview);

  if (preview != NULL && _hs_heap_get_role (heap, object) == HS_ROLE_DEFINITION)
    {
      switch (hs_heap_get_family (heap, object))
        {
        case HS_FAMILY_MODULE:
          /* translators: title of a box; %s is the name of a Python module */
          return g_strdup_printf (_("module %s"), preview);

        case HS_FAMILY_CLASS:
          /* translators: title of a box; %s is the name of a Python class */
          return g_strdup_printf (_("class %s"), preview);

        case HS_FAMILY_CALLABLE:
          if (_hs_heap_type_is (heap, type, "function"))
            /* translators: title of a box; %s is the name of a Python function */
            return g_strdup_printf (_("function %s"), preview);
          if (_hs_heap_type_is (heap, type, "builtin_function_or_method"))
            /* translators: title of a box; %s is the name of a function written in C */
            return g_strdup_printf (_("builtin %s"), preview);
          break;

        case HS_FAMILY_OTHER:
        case HS_FAMILY_CONTAINER:
        case HS_FAMILY_TEXT:
        case HS_FAMILY_NUMBER:
        case HS_FAMILY_INSTANCE:
        case HS_FAMILY_BUFFER:
        case HS_N_FAMILIES:
          break;
        }
    }

  *has_name = FALSE;

  return hs_heap_dup_type_name (heap, type);
}

/* What stands beside the title if the type has no values to show. */
static char *
dup_container_length (Builder *builder,
                      uint32_t object)
{
  if (hs_heap_get_family (builder->heap, object) != HS_FAMILY_CONTAINER)
    return NULL;

  return _hs_graph_dup_length (builder->heap, object);
}

/* Adds a box with its common fields; returns it. Valid until the next box. */
static HsGraphBox *
add_box (Builder  *builder,
         HsBoxKind kind,
         guint64   key)
{
  HsGraphBox    box = { 0 };
  HsGraphDetail detail = { 0 };

  box.kind = kind;
  box.key = key;
  box.object = HS_NO_OBJECT;
  box.scope = HS_NO_OBJECT;
  box.n_members = 1;
  detail.last_object = HS_NO_OBJECT;

  g_array_append_val (builder->graph->boxes, box);
  g_array_append_val (builder->graph->details, detail);

  return &g_array_index (builder->graph->boxes, HsGraphBox, builder->graph->boxes->len - 1);
}

static void
represent (Builder *builder,
           uint32_t object,
           guint32  mark)
{
  if (builder->graph->box_of[object] == 0)
    builder->n_represented++;

  builder->graph->box_of[object] = mark;
}

static char *
dup_preview (Builder *builder,
             uint32_t object)
{
  g_autofree char *text = _hs_heap_dup_short_string (builder->heap,
                                                     builder->view->object_preview[object],
                                                     HS_GRAPH_PREVIEW_CHARS);

  return *text != '\0' ? g_steal_pointer (&text) : NULL;
}

/* The box of @object, new if need be; HS_GRAPH_NONE if there is no room. */
static guint
take_object (Builder *builder,
             uint32_t object)
{
  HsGraph         *graph = builder->graph;
  HsGraphBox      *box;
  g_autofree char *preview = NULL;
  gboolean         has_name;

  if (graph->box_of[object] != 0 && graph->box_of[object] != HS_GRAPH_IN_A_ROW)
    return graph->box_of[object] - 1;
  if (!has_room (builder))
    return HS_GRAPH_NONE;

  box = add_box (builder, HS_BOX_OBJECT, object);
  box->object = object;
  box->family = hs_heap_get_family (builder->heap, object);
  box->bytes = hs_heap_get_occupied (builder->heap, object);
  box->n_referrers = hs_heap_get_n_referrers (builder->heap, object);
  box->is_shared = box->n_referrers > 1;
  box->is_boundary = (builder->view->object_flags[object] & HS_OBJECT_BOUNDARY) != 0;

  preview = dup_preview (builder, object);
  box->title = dup_object_title (builder, object, preview, &has_name);
  if (!has_name)
    box->preview = preview != NULL ? g_steal_pointer (&preview) : dup_container_length (builder, object);

  represent (builder, object, graph->boxes->len);

  return graph->boxes->len - 1;
}

static void
sum_members (Builder           *builder,
             const HsGraphRows *rows,
             const HsGraphRun  *run,
             HsGraphBox        *box,
             HsGraphDetail     *detail)
{
  guint32 mark = builder->graph->boxes->len;

  detail->min_bytes = HS_BYTES_UNKNOWN;

  for (guint i = 0; i < run->n_references; i++)
    {
      uint32_t member = g_array_index (rows->references, HsGraphReference, run->first + i).target;
      guint64  bytes = hs_heap_get_occupied (builder->heap, member);

      represent (builder, member, mark);
      detail->last_object = member;

      if (bytes == HS_BYTES_UNKNOWN || box->bytes == HS_BYTES_UNKNOWN ||
          bytes > HS_BYTES_UNKNOWN - 1 - box->bytes)
        box->bytes = HS_BYTES_UNKNOWN;
      else
        {
          box->bytes += bytes;
          detail->min_bytes = MIN (detail->min_bytes, bytes);
          detail->max_bytes = MAX (detail->max_bytes, bytes);
        }
    }

  if (box->bytes == HS_BYTES_UNKNOWN)
    detail->min_bytes = detail->max_bytes = HS_BYTES_UNKNOWN;
}

static char *
dup_each (const HsGraphDetail *detail)
{
  g_autofree char *min = NULL;
  g_autofree char *max = NULL;

  if (detail->min_bytes == HS_BYTES_UNKNOWN)
    return NULL;

  min = hs_format_bytes (detail->min_bytes);
  if (detail->min_bytes == detail->max_bytes)
    /* translators: of every member of a group of objects; %s is a size: "32 B" */
    return g_strdup_printf (_("%s each"), min);

  max = hs_format_bytes (detail->max_bytes);

  /* translators: of the members of a group of objects; two sizes: "32 B" */
  return g_strdup_printf (_("%s to %s each"), min, max);
}

static guint
take_group (Builder           *builder,
            const HsGraphRows *rows,
            const HsGraphRun  *run)
{
  HsGraph         *graph = builder->graph;
  uint32_t         first = g_array_index (rows->references, HsGraphReference, run->first).target;
  HsGraphBox      *box;
  HsGraphDetail   *detail;
  g_autofree char *count = NULL;
  g_autofree char *type = NULL;

  if (!has_room (builder))
    return HS_GRAPH_NONE;

  box = add_box (builder, HS_BOX_GROUP, HS_GRAPH_KEY_GROUP | first);
  detail = &g_array_index (graph->details, HsGraphDetail, graph->boxes->len - 1);
  box->object = first;
  box->family = hs_heap_get_family (builder->heap, first);
  box->n_members = run->n_references;
  box->n_referrers = 1;
  box->is_boundary = (builder->view->object_flags[first] & HS_OBJECT_BOUNDARY) != 0;
  sum_members (builder, rows, run, box, detail);

  count = hs_format_count (run->n_references);
  type = hs_heap_dup_type_name (builder->heap, builder->view->object_type[first]);
  /* translators: title of a group of objects: how many, and their type: "1 000 × float" */
  box->title = g_strdup_printf (_("%s × %s"), count, type);
  box->preview = dup_each (detail);

  return graph->boxes->len - 1;
}

/* The text of @object if it is small enough to stand in a row, or NULL. */
static char *
dup_row_value (Builder *builder,
               uint32_t object)
{
  g_autofree char *text = NULL;

  if (!builder->options->values_in_rows ||
      _hs_heap_get_role (builder->heap, object) != HS_ROLE_ATOM ||
      (builder->view->object_flags[object] & HS_OBJECT_PREVIEW_CUT) != 0 ||
      builder->view->object_edges[object] != builder->view->object_edges[object + 1])
    return NULL;

  text = _hs_heap_dup_short_string (builder->heap, builder->view->object_preview[object],
                                    ROW_VALUE_CHARS + 1);
  if (*text == '\0' || g_utf8_strlen (text, -1) > ROW_VALUE_CHARS)
    return NULL;

  return g_steal_pointer (&text);
}

static void
note_row_value (Builder       *builder,
                HsGraphDetail *detail,
                uint32_t       object)
{
  guint64 bytes = hs_heap_get_occupied (builder->heap, object);

  detail->n_values++;
  if (bytes == HS_BYTES_UNKNOWN || detail->value_bytes == HS_BYTES_UNKNOWN ||
      bytes > HS_BYTES_UNKNOWN - 1 - detail->value_bytes)
    detail->value_bytes = HS_BYTES_UNKNOWN;
  else
    detail->value_bytes += bytes;

  if (builder->graph->box_of[object] == 0)
    represent (builder, object, HS_GRAPH_IN_A_ROW);
}

static char *
dup_reference_label (Builder *builder,
                     gboolean is_scope,
                     guint32  index)
{
  g_autofree char *label = NULL;

  if (is_scope)
    return _hs_heap_dup_short_string (builder->heap, builder->view->name_label[index],
                                      HS_GRAPH_LABEL_CHARS);

  label = _hs_heap_dup_short_label (builder->heap, index, HS_GRAPH_LABEL_CHARS);

  switch ((HsEdgeKind)builder->view->edge_kind[index])
    {
    case HS_EDGE_KEY:
      /* translators: label of a reference from a dict to a key; %s is the key */
      return g_strdup_printf (_("key %s"), label);

    case HS_EDGE_MEMBER:
      /* translators: label of a reference from a set, which has no order */
      return g_strdup (_("member"));

    case HS_EDGE_STACK:
      /* translators: label of a reference from a frame to a value that it works on; %s is a number */
      return g_strdup_printf (_("temporary %s"), label);

    case HS_EDGE_OTHER:
      /* translators: label of a reference of which only that it exists is known */
      return g_strdup (_("(other)"));

    case HS_EDGE_ATTRIBUTE:
    case HS_EDGE_SLOT:
    case HS_EDGE_INDEX:
    case HS_EDGE_VALUE:
    case HS_EDGE_CELL:
    case HS_EDGE_LOCAL:
    case HS_EDGE_FIELD:
    case HS_EDGE_CLASS:
    case HS_N_EDGE_KINDS:
      break;
    }

  return g_steal_pointer (&label);
}

static char *
dup_run_label (Builder           *builder,
               const HsGraphRows *rows,
               const HsGraphRun  *run,
               gboolean           is_scope)
{
  const HsGraphReference *reference = &g_array_index (rows->references, HsGraphReference, run->first);
  g_autofree char        *first = dup_reference_label (builder, is_scope, reference->index);
  g_autofree char        *last = NULL;

  if (run->n_references == 1)
    return g_steal_pointer (&first);

  if (!is_scope && builder->view->edge_kind[reference->index] == HS_EDGE_MEMBER)
    {
      g_autofree char *count = hs_format_count (run->n_references);

      /* translators: label of several references from a set; %s is their number */
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s member", "%s members",
                                           run->n_references),
                              count);
    }

  reference += run->n_references - 1;
  last = dup_reference_label (builder, is_scope, reference->index);

  return g_strdup_printf ("%s … %s", first, last);
}

/* Adds one row for @run and the box to which it leads. */
static void
add_run (Builder           *builder,
         guint              box,
         const HsGraphRows *rows,
         const HsGraphRun  *run)
{
  HsGraph         *graph = builder->graph;
  gboolean         is_scope = g_array_index (graph->boxes, HsGraphBox, box).kind == HS_BOX_SCOPE;
  HsGraphReference reference = g_array_index (rows->references, HsGraphReference, run->first);
  HsGraphRow       row = { HS_ROW_REFERENCE };

  row.edge_kind = is_scope ? HS_EDGE_LOCAL : (HsEdgeKind)builder->view->edge_kind[reference.index];
  row.label = dup_run_label (builder, rows, run, is_scope);
  row.n_references = run->n_references;
  row.target = HS_GRAPH_NONE;

  if (run->is_group)
    row.target = take_group (builder, rows, run);
  else
    {
      row.value = dup_row_value (builder, reference.target);
      if (row.value != NULL)
        note_row_value (builder, &g_array_index (graph->details, HsGraphDetail, box), reference.target);
      else
        row.target = take_object (builder, reference.target);
    }

  if (row.value == NULL && row.target == HS_GRAPH_NONE)
    {
      g_array_index (graph->boxes, HsGraphBox, box).is_incomplete = TRUE;
      graph->is_full = TRUE;
    }

  g_array_append_val (graph->rows, row);
}

static void
add_more_row (Builder *builder,
              guint64  n_hidden)
{
  HsGraphRow       row = { HS_ROW_MORE };
  g_autofree char *count = hs_format_count (n_hidden);

  row.edge_kind = HS_EDGE_OTHER;
  row.target = HS_GRAPH_NONE;
  row.n_hidden = n_hidden;
  row.n_references = n_hidden;
  /* translators: a row that stands for rows not shown; %s is their number */
  row.label = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "… %s more", "… %s more",
                                            (gulong)MIN (n_hidden, G_MAXINT)),
                               count);

  g_array_append_val (builder->graph->rows, row);
}

static gboolean
is_folded_at_first (Builder          *builder,
                    const HsGraphBox *box)
{
  return box->kind == HS_BOX_OBJECT &&
         (box->is_boundary || _hs_heap_get_role (builder->heap, box->object) == HS_ROLE_DEFINITION);
}

static void
add_rows (Builder     *builder,
          guint        index,
          HsGraphRows *rows)
{
  GArray *boxes = builder->graph->boxes;
  guint   first_row = builder->graph->rows->len;

  for (guint i = 0; i < rows->n_head; i++)
    add_run (builder, index, rows, &g_array_index (rows->runs, HsGraphRun, i));

  if (rows->n_hidden > 0)
    add_more_row (builder, rows->n_hidden);

  for (guint i = rows->runs->len - rows->n_tail; i < rows->runs->len; i++)
    add_run (builder, index, rows, &g_array_index (rows->runs, HsGraphRun, i));

  /* The array may have moved. */
  g_array_index (boxes, HsGraphBox, index).first_row = first_row;
  g_array_index (boxes, HsGraphBox, index).n_rows = builder->graph->rows->len - first_row;
}

/* Gives box @index its rows, unless it is folded. */
static void
expand (Builder *builder,
        guint    index)
{
  HsGraph       *graph = builder->graph;
  HsGraphBox    *box = &g_array_index (graph->boxes, HsGraphBox, index);
  HsGraphDetail *detail = &g_array_index (graph->details, HsGraphDetail, index);
  HsGraphRows    rows;

  box->first_row = graph->rows->len;
  if (box->kind == HS_BOX_GROUP)
    return;

  _hs_graph_rows_init (&rows);

  if (box->kind == HS_BOX_SCOPE)
    {
      _hs_graph_rows_collect_scope (&rows, builder->heap, box->scope, builder->options,
                                    &detail->n_out_of_focus);
      graph->n_out_of_focus += detail->n_out_of_focus;
    }
  else
    _hs_graph_rows_collect_object (&rows, builder->heap, box->object, builder->cancellable);

  detail->n_keys_hidden = rows.n_keys_hidden;
  detail->n_classes_hidden = rows.n_classes_hidden;

  if (_hs_graph_options_is_folded (builder->options, box->key, is_folded_at_first (builder, box)))
    {
      box->is_folded = rows.references->len > 0;
      detail->n_folded = rows.references->len;
    }
  else
    {
      _hs_graph_rows_arrange (&rows, builder->heap, box->object, box->key, builder->options,
                              builder->cancellable);
      add_rows (builder, index, &rows);
    }

  _hs_graph_rows_clear (&rows);
}

static char *
dup_scope_title (Builder *builder,
                 uint32_t scope)
{
  g_autofree char *name = _hs_heap_dup_short_string (builder->heap, builder->view->scope_name[scope],
                                                     HS_GRAPH_LABEL_CHARS);

  if (builder->view->scope_kind[scope] == HS_SCOPE_FRAME)
    /* translators: title of the box of a function that is running; %s is its name */
    return g_strdup_printf (_("frame of %s"), name);

  return g_strdup_printf (_("module %s"), name);
}

/* "example.py, line 12"; without the folder, which says nothing about the code. */
static char *
dup_scope_place (Builder *builder,
                 uint32_t scope)
{
  g_autofree char *file = _hs_heap_dup_short_string (builder->heap, builder->view->scope_file[scope],
                                                     HS_GRAPH_PREVIEW_CHARS);
  const char      *slash = strrchr (file, '/');
  const char      *name = slash != NULL ? slash + 1 : file;

  if (*name == '\0')
    return NULL;

  if (builder->view->scope_line[scope] == 0)
    return g_strdup (name);

  /* translators: where a function stands: name of a file and number of a line */
  return g_strdup_printf (_("%s, line %u"), name, builder->view->scope_line[scope]);
}

static gboolean
scope_is_in_focus (Builder  *builder,
                   uint32_t  scope,
                   uint32_t *name)
{
  const HsSnapshotView *view = builder->view;
  gboolean              is_in_focus = builder->options->focus == NULL;

  /* Names stand by ascending scope: @name runs over all of them once. */
  while (*name < view->n_names && view->name_scope[*name] < scope)
    (*name)++;

  for (; *name < view->n_names && view->name_scope[*name] == scope; (*name)++)
    {
      const char *label = hs_snapshot_view_get_string (view, view->name_label[*name]);

      is_in_focus = is_in_focus || _hs_graph_options_has_focus (builder->options, label);
    }

  return is_in_focus;
}

static void
add_scopes (Builder *builder)
{
  HsGraph *graph = builder->graph;
  uint32_t name = 0;

  for (uint32_t scope = 0; scope < builder->view->n_scopes; scope++)
    {
      uint32_t    first_name = name;
      HsGraphBox *box;

      if (!scope_is_in_focus (builder, scope, &name))
        {
          graph->n_out_of_focus += name - first_name;
          continue;
        }

      if (!has_room (builder))
        {
          graph->n_scopes_left_out++;
          graph->is_full = TRUE;
          continue;
        }

      box = add_box (builder, HS_BOX_SCOPE, HS_GRAPH_KEY_SCOPE | scope);
      box->scope = scope;
      box->family = builder->view->scope_kind[scope] == HS_SCOPE_FRAME ? HS_FAMILY_CALLABLE : HS_FAMILY_MODULE;
      box->title = dup_scope_title (builder, scope);
      box->preview = dup_scope_place (builder, scope);
      box->bytes = HS_BYTES_UNKNOWN;
    }
}

static void
box_clear (gpointer data)
{
  HsGraphBox *box = data;

  g_free (box->title);
  g_free (box->preview);
}

static void
row_clear (gpointer data)
{
  HsGraphRow *row = data;

  g_free (row->label);
  g_free (row->value);
}

static HsGraph *
graph_alloc (HsHeap *heap,
             guint   max_boxes)
{
  HsGraph *self = g_new0 (HsGraph, 1);

  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->lock);
  self->heap = hs_heap_ref (heap);
  self->max_boxes = max_boxes;
  self->boxes = g_array_new (FALSE, FALSE, sizeof (HsGraphBox));
  self->details = g_array_new (FALSE, FALSE, sizeof (HsGraphDetail));
  self->rows = g_array_new (FALSE, FALSE, sizeof (HsGraphRow));
  g_array_set_clear_func (self->boxes, box_clear);
  g_array_set_clear_func (self->rows, row_clear);

  /* Zero pages until they are written to: costs what is visited. */
  self->box_of = g_new0 (guint32, (gsize)heap->view.n_objects + 1);

  return self;
}

HsGraph *
hs_graph_new (HsHeap               *heap,
              const HsGraphOptions *options,
              GCancellable         *cancellable,
              GError              **error)
{
  g_autoptr(HsGraphOptions) defaults = NULL;
  g_autoptr(HsGraph) self = NULL;
  Builder builder = { 0 };

  g_return_val_if_fail (heap != NULL, NULL);
  g_return_val_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable), NULL);

  if (options == NULL)
    options = defaults = hs_graph_options_new ();

  self = graph_alloc (heap, options->max_boxes);
  builder.graph = self;
  builder.heap = heap;
  builder.view = &heap->view;
  builder.options = options;
  builder.cancellable = cancellable;

  add_scopes (&builder);

  /* The boxes are the queue of the search. */
  for (guint i = 0; i < self->boxes->len; i++)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      expand (&builder, i);
    }

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  self->n_left_out = heap->view.n_objects - builder.n_represented;

  return g_steal_pointer (&self);
}
