/* hs-graph-wishes.c - what a person asked of the graph of one heap
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-graph-wishes.h"

#define MORE_ROWS      100
#define MORE_BOXES     4    /* times as many */
#define MAX_BOXES      2000 /* the default of HsGraphOptions */
#define MOST_MAX_BOXES (G_MAXUINT / MORE_BOXES)

static gpointer
key_new (guint64 key)
{
  return g_memdup2 (&key, sizeof key);
}

HsGraphWishes *
hs_graph_wishes_new (gboolean values_in_rows)
{
  HsGraphWishes *self = g_new0 (HsGraphWishes, 1);

  self->options = hs_graph_options_new ();
  hs_graph_options_set_values_in_rows (self->options, values_in_rows);
  self->more_rows = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->max_boxes = MAX_BOXES;

  return self;
}

HsGraphWishes *
hs_graph_wishes_copy (const HsGraphWishes *self)
{
  HsGraphWishes *copy = g_new0 (HsGraphWishes, 1);
  GHashTableIter iter;
  gpointer       key;
  gpointer       value;

  copy->options = hs_graph_options_copy (self->options);
  copy->more_rows = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_hash_table_iter_init (&iter, self->more_rows);
  while (g_hash_table_iter_next (&iter, &key, &value))
    g_hash_table_insert (copy->more_rows, key_new (*(guint64 *)key), value);
  copy->max_boxes = self->max_boxes;

  return copy;
}

void
hs_graph_wishes_free (HsGraphWishes *self)
{
  hs_graph_options_free (self->options);
  g_hash_table_unref (self->more_rows);
  g_free (self);
}

void
hs_graph_wishes_show_more_rows (HsGraphWishes *self,
                                guint64        key)
{
  guint n_rows = GPOINTER_TO_UINT (g_hash_table_lookup (self->more_rows, &key)) + MORE_ROWS;

  g_hash_table_insert (self->more_rows, key_new (key), GUINT_TO_POINTER (n_rows));
  hs_graph_options_show_more (self->options, key, n_rows);
}

void
hs_graph_wishes_show_more_boxes (HsGraphWishes *self)
{
  self->max_boxes = MIN (self->max_boxes, MOST_MAX_BOXES) * MORE_BOXES;
  hs_graph_options_set_max_boxes (self->options, self->max_boxes);
}

typedef struct
{
  HsHeap         *heap;     /* owned */
  HsGraphOptions *options;  /* owned */
  char           *language; /* owned; nullable */
} Build;

static void
build_free (gpointer data)
{
  Build *build = data;

  hs_heap_unref (build->heap);
  hs_graph_options_free (build->options);
  g_free (build->language);
  g_free (build);
}

static void
build_thread (GTask        *task,
              gpointer      source_object,
              gpointer      task_data,
              GCancellable *cancellable)
{
  Build        *build = task_data;
  HsGraphScene *scene = NULL;
  GError       *error = NULL;
  g_autoptr(HsGraph) graph = NULL;

  graph = hs_graph_new (build->heap, build->options, cancellable, &error);
  if (graph != NULL)
    scene = hs_graph_scene_new (graph, build->language, cancellable, &error);

  if (scene == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, scene, (GDestroyNotify)hs_graph_scene_unref);
}

/* Shapes of Han characters differ by language, and fontconfig takes Japanese
 * ones unless told otherwise.
 */
static char *
dup_language (void)
{
  const char *const *names = g_get_language_names ();

  return g_str_has_prefix (names[0], "zh") ? g_strdup ("zh-cn") : NULL;
}

void
hs_graph_wishes_build_async (const HsGraphWishes *self,
                             HsHeap              *heap,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  Build *build = g_new0 (Build, 1);
  g_autoptr(GTask) task = NULL;

  build->heap = hs_heap_ref (heap);
  build->options = hs_graph_options_copy (self->options);
  build->language = dup_language ();
  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, hs_graph_wishes_build_async);
  g_task_set_task_data (task, build, build_free);
  g_task_run_in_thread (task, build_thread);
}

HsGraphScene *
hs_graph_wishes_build_finish (GAsyncResult *result,
                              GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
