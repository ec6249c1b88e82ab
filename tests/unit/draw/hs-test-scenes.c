/* hs-test-scenes.c - small snapshots as scenes, for tests only
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-test-scenes.h"

#include "hs-test-snapshot.h"

static HsScene *
create_scene (HsTestSnapshot *snapshot,
              HsGraphOptions *options)
{
  g_autoptr (GBytes) bytes = hs_test_snapshot_to_bytes (snapshot);
  g_autoptr (GError) error = NULL;
  g_autoptr (HsHeap) heap = hs_heap_new (bytes, &error);
  g_autoptr (HsGraph) graph = NULL;
  HsScene *scene;

  g_assert_no_error (error);
  graph = hs_graph_new (heap, options, NULL, &error);
  g_assert_no_error (error);
  scene = hs_graph_scene_new (graph, "zh-cn", NULL, &error);
  g_assert_no_error (error);

  return scene;
}

HsScene *
hs_test_scene_new (void)
{
  g_autoptr (HsTestSnapshot) snapshot = hs_test_snapshot_new ();
  g_autoptr (HsGraphOptions) options = hs_graph_options_new ();
  guint32 list_type = hs_test_snapshot_add_type (snapshot, "builtins", "list", HS_FAMILY_CONTAINER);
  guint32 str_type = hs_test_snapshot_add_type (snapshot, "builtins", "str", HS_FAMILY_TEXT);
  guint32 function_type =
    hs_test_snapshot_add_type (snapshot, "builtins", "function", HS_FAMILY_CALLABLE);
  guint32 list = hs_test_snapshot_add_object (snapshot, list_type, "", 96);
  guint32 north = hs_test_snapshot_add_object (snapshot, str_type, "'north'", 64);
  guint32 south = hs_test_snapshot_add_object (snapshot, str_type, "'南 south'", HS_BYTES_UNKNOWN);
  guint32 function = hs_test_snapshot_add_object (snapshot, function_type, "f", 144);
  guint32 scope = hs_test_snapshot_add_scope (snapshot, "__main__", HS_SCOPE_MODULE, "t.py", 0);

  hs_test_snapshot_set_length (snapshot, list, 3);
  hs_test_snapshot_set_refcount (snapshot, function, 54); /* more than are found */
  hs_test_snapshot_set_flags (snapshot, function, HS_OBJECT_BOUNDARY | HS_OBJECT_BLOCKS_INCOMPLETE);
  hs_test_snapshot_set_flags (snapshot, north, HS_OBJECT_INTERNED_MORTAL);
  hs_test_snapshot_add_index (snapshot, list, HS_EDGE_INDEX, 0, north);
  hs_test_snapshot_add_index (snapshot, list, HS_EDGE_INDEX, 1, south);
  hs_test_snapshot_add_index (snapshot, list, HS_EDGE_INDEX, 2, list);
  hs_test_snapshot_add_name (snapshot, scope, "a", list);
  hs_test_snapshot_add_name (snapshot, scope, "b", list);
  hs_test_snapshot_add_name (snapshot, scope, "f", function);

  return create_scene (snapshot, options);
}

HsScene *
hs_test_scene_new_high (guint n_items)
{
  g_autoptr (HsTestSnapshot) snapshot = hs_test_snapshot_new ();
  g_autoptr (HsGraphOptions) options = hs_graph_options_new ();
  g_autoptr (HsScene) folded = NULL;
  guint32 list_type = hs_test_snapshot_add_type (snapshot, "builtins", "list", HS_FAMILY_CONTAINER);
  guint32 str_type = hs_test_snapshot_add_type (snapshot, "builtins", "str", HS_FAMILY_TEXT);
  guint32 list = hs_test_snapshot_add_object (snapshot, list_type, "", 96);
  guint32 items[] = { hs_test_snapshot_add_object (snapshot, str_type, "'left'", 64),
                      hs_test_snapshot_add_object (snapshot, str_type, "'right'", 64) };
  guint32 scope = hs_test_snapshot_add_scope (snapshot, "__main__", HS_SCOPE_MODULE, "t.py", 0);
  guint   box;

  hs_test_snapshot_set_length (snapshot, list, n_items);
  for (guint i = 0; i < n_items; i++)
    hs_test_snapshot_add_index (snapshot, list, HS_EDGE_INDEX, i, items[i % 2]);
  hs_test_snapshot_add_name (snapshot, scope, "a", list);

  folded = create_scene (snapshot, options);
  box = hs_test_scene_find (folded, "list");
  hs_graph_options_show_more (
    options, hs_graph_get_box (hs_graph_scene_get_graph (folded), box)->key, n_items);

  return create_scene (snapshot, options);
}

HsScene *
hs_test_scene_new_tree (guint n_boxes)
{
  g_autoptr (HsTestSnapshot) snapshot = hs_test_snapshot_new ();
  g_autoptr (HsGraphOptions) options = hs_graph_options_new ();
  guint32  type = hs_test_snapshot_add_type (snapshot, "builtins", "list", HS_FAMILY_CONTAINER);
  guint32  scope = hs_test_snapshot_add_scope (snapshot, "__main__", HS_SCOPE_MODULE, "t.py", 0);
  guint32 *lists = g_new (guint32, n_boxes);

  for (guint i = 0; i < n_boxes; i++)
    lists[i] = hs_test_snapshot_add_object (snapshot, type, "", 88);
  for (guint i = 0; i < n_boxes; i++)
    {
      guint n_items = 0;

      for (guint child = 3 * i + 1; child <= 3 * i + 3 && child < n_boxes; child++)
        hs_test_snapshot_add_index (snapshot, lists[i], HS_EDGE_INDEX, n_items++, lists[child]);
      /* Every other box has an arrow beyond the tree. */
      if (i % 2 == 0)
        hs_test_snapshot_add_index (snapshot, lists[i], HS_EDGE_INDEX, n_items++,
                                    lists[(i + 7) % n_boxes]);
      hs_test_snapshot_set_length (snapshot, lists[i], n_items);
    }
  hs_test_snapshot_add_name (snapshot, scope, "tree", lists[0]);
  g_free (lists);
  hs_graph_options_set_max_boxes (options, n_boxes + 1);

  return create_scene (snapshot, options);
}

guint
hs_test_scene_find (HsScene    *scene,
                    const char *text)
{
  HsGraph *graph = hs_graph_scene_get_graph (scene);

  for (guint i = 0; i < hs_graph_get_n_boxes (graph); i++)
    {
      const HsGraphBox *box = hs_graph_get_box (graph, i);

      if (g_strcmp0 (box->title, text) == 0 || g_strcmp0 (box->preview, text) == 0)
        return i;
    }
  g_test_message ("no box “%s”", text);
  g_assert_not_reached ();
}
