/* hs-graph-wishes.c - what a person asked of the graph
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "hs-graph-scene-private.h"
#include "hs-wishes-private.h"

#define MORE_ROWS      100
#define MORE_BOXES     4    /* times as many */
#define MAX_BOXES      2000 /* the default of HsGraphOptions */
#define MOST_MAX_BOXES (G_MAXUINT / MORE_BOXES)

enum
{
  OPTION_VALUES_IN_ROWS,
  OPTION_AREA,
  N_GRAPH_OPTIONS
};

/* Options, and how far the ones that grow step by step have grown. */
typedef struct
{
  HsWishes        parent;
  HsGraphOptions *options; /* owned */
  HsQuestion      question;
  guint32         asked;     /* object of the question */
  guint32         center;    /* HS_NO_OBJECT: the whole graph */
  GHashTable     *more_rows; /* owned; key of a box → number of rows beyond the default */
  guint           max_boxes;
} HsGraphWishes;

static gpointer
key_new (guint64 key)
{
  return g_memdup2 (&key, sizeof key);
}

static void
graph_wishes_init (HsWishes *wishes)
{
  HsGraphWishes *self = (HsGraphWishes *)wishes;

  self->options = hs_graph_options_new ();
  self->more_rows = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->max_boxes = MAX_BOXES;
  self->asked = HS_NO_OBJECT;
  self->center = HS_NO_OBJECT;
}

static void
graph_wishes_copy (HsWishes       *wishes,
                   const HsWishes *other)
{
  HsGraphWishes       *self = (HsGraphWishes *)wishes;
  const HsGraphWishes *from = (const HsGraphWishes *)other;
  GHashTableIter       iter;
  gpointer             key;
  gpointer             value;

  self->options = hs_graph_options_copy (from->options);
  self->more_rows = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_hash_table_iter_init (&iter, from->more_rows);
  while (g_hash_table_iter_next (&iter, &key, &value))
    g_hash_table_insert (self->more_rows, key_new (*(guint64 *)key), value);
}

static void
graph_wishes_clear (HsWishes *wishes)
{
  HsGraphWishes *self = (HsGraphWishes *)wishes;

  hs_graph_options_free (self->options);
  g_hash_table_unref (self->more_rows);
}

static void
graph_wishes_set_focus (HsWishes          *wishes,
                        const char *const *names)
{
  hs_graph_options_set_focus (((HsGraphWishes *)wishes)->options, names);
}

static void
show_more_rows (HsGraphWishes *self,
                guint64        key)
{
  guint n_rows = GPOINTER_TO_UINT (g_hash_table_lookup (self->more_rows, &key)) + MORE_ROWS;

  g_hash_table_insert (self->more_rows, key_new (key), GUINT_TO_POINTER (n_rows));
  hs_graph_options_show_more (self->options, key, n_rows);
}

static gboolean
graph_wishes_activate (HsWishes    *wishes,
                       HsScene     *scene,
                       const HsHit *hit)
{
  HsGraphWishes    *self = (HsGraphWishes *)wishes;
  const HsGraphBox *box = hs_graph_get_box (hs_graph_scene_get_graph (scene), hit->item);

  if (hit->kind == HS_HIT_MORE)
    show_more_rows (self, box->key);
  else if (box->kind == HS_BOX_GROUP)
    hs_graph_options_open_group (self->options, box->key);
  else if (box->is_folded || (box->n_rows > 0 && box->kind == HS_BOX_OBJECT))
    hs_graph_options_set_folded (self->options, box->key, !box->is_folded);
  else
    return FALSE;

  return TRUE;
}

static gboolean
graph_wishes_show_more (HsWishes *wishes)
{
  HsGraphWishes *self = (HsGraphWishes *)wishes;

  self->max_boxes = MIN (self->max_boxes, MOST_MAX_BOXES) * MORE_BOXES;
  hs_graph_options_set_max_boxes (self->options, self->max_boxes);

  return TRUE;
}

/* An object that the whole graph leaves out is shown with what is round it. */
static gboolean
graph_wishes_select (HsWishes *wishes,
                     HsHeap   *heap,
                     guint32   object)
{
  HsGraphWishes *self = (HsGraphWishes *)wishes;

  if (object == HS_NO_OBJECT || object == self->center || wishes->before == NULL ||
      hs_scene_find_object (wishes->before, object) != HS_NO_ITEM)
    return FALSE;

  self->center = object;
  hs_graph_options_set_center (self->options, object);

  return TRUE;
}

static gboolean
graph_wishes_ask (HsWishes  *wishes,
                  HsQuestion question,
                  guint32    object)
{
  static const HsGraphHighlight highlights[] = {
    [HS_QUESTION_NONE] = HS_GRAPH_HIGHLIGHT_NONE,
    [HS_QUESTION_WHY_ALIVE] = HS_GRAPH_HIGHLIGHT_PATH,
    [HS_QUESTION_KEEPS_ALIVE] = HS_GRAPH_HIGHLIGHT_DOMINATED,
  };
  HsGraphWishes *self = (HsGraphWishes *)wishes;

  if (question >= G_N_ELEMENTS (highlights) ||
      (question == self->question && object == self->asked))
    return FALSE;

  self->question = question;
  self->asked = question == HS_QUESTION_NONE ? HS_NO_OBJECT : object;
  hs_graph_options_set_highlight (self->options, highlights[question], self->asked);

  return TRUE;
}

/* A module scope without a single name, and nothing else. */
static gboolean
has_no_names (HsGraph *graph)
{
  for (guint i = 0; i < hs_graph_get_n_boxes (graph); i++)
    {
      const HsGraphBox *box = hs_graph_get_box (graph, i);

      if (box->kind != HS_BOX_SCOPE || box->n_rows > 0 || box->is_folded)
        return FALSE;
    }

  return TRUE;
}

/* That of the picture before, if it is of the same two heaps. Returns: (transfer full)
 * (nullable): NULL if nothing is compared, or if cancelled
 */
static HsDiff *
new_diff (const HsWishes *wishes,
          HsHeap         *heap,
          GCancellable   *cancellable,
          GError        **error)
{
  HsDiff *known = NULL;

  if (wishes->compared == NULL)
    return NULL;
  if (wishes->before != NULL && g_strcmp0 (wishes->before->klass->view, "graph") == 0)
    known = hs_graph_get_diff (hs_graph_scene_get_graph (wishes->before));
  if (known != NULL && hs_diff_get_before (known) == wishes->compared &&
      hs_diff_get_after (known) == heap)
    return hs_diff_ref (known);

  return hs_diff_new (wishes->compared, heap, cancellable, error);
}

static HsScene *
graph_wishes_build (const HsWishes *wishes,
                    HsHeap         *heap,
                    const char     *language,
                    GCancellable   *cancellable,
                    GError        **error)
{
  const HsGraphWishes *self = (const HsGraphWishes *)wishes;
  g_autoptr(HsGraphOptions) options = hs_graph_options_copy (self->options);
  g_autoptr(HsDiff) diff = NULL;
  g_autoptr(HsGraph) graph = NULL;
  HsScene *scene;

  diff = new_diff (wishes, heap, cancellable, error);
  if (wishes->compared != NULL && diff == NULL)
    return NULL;
  hs_graph_options_set_diff (options, diff);
  hs_graph_options_set_values_in_rows (options, wishes->choices[OPTION_VALUES_IN_ROWS] == 1);
  graph = hs_graph_new (heap, options, cancellable, error);
  if (graph == NULL)
    return NULL;
  if (has_no_names (graph))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                   _("The code gave no object a name, so there is nothing that a graph could "
                     "start from."));
      return NULL;
    }

  scene = hs_graph_scene_new_near (graph, wishes->before, wishes->choices[OPTION_AREA] == 1,
                                   language, cancellable, error);
  if (scene != NULL)
    _hs_graph_scene_set_question (scene, self->question, self->asked);

  return scene;
}

/* clang-format off */
static const HsOption options[N_GRAPH_OPTIONS] = {
  [OPTION_VALUES_IN_ROWS] = {
    .id = "values-in-rows",
    .label = N_("Small Values in Rows"),
    .tooltip = N_("Show numbers, short texts, None and booleans in the rows instead of as boxes"),
  },
  [OPTION_AREA] = {
    .id = "area",
    .label = N_("Bytes as Area"),
    .tooltip = N_("Show the bytes of each box as a surface, all to one scale"),
  },
};

const HsView _hs_graph_view = {
  .name = "graph",
  .title = N_("Graph"),
  .description = N_("Names, the objects they refer to, and the bytes these occupy"),
  .icon = "heapscape-graph-symbolic",
  .options = options,
  .n_options = N_GRAPH_OPTIONS,
  .wishes_size = sizeof (HsGraphWishes),
  .init = graph_wishes_init,
  .copy = graph_wishes_copy,
  .clear = graph_wishes_clear,
  .set_focus = graph_wishes_set_focus,
  .activate = graph_wishes_activate,
  .show_more = graph_wishes_show_more,
  .select = graph_wishes_select,
  .ask = graph_wishes_ask,
  .build = graph_wishes_build,
};
/* clang-format on */
