/* hs-view-panel-build.c - makes a picture in a thread
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-view-panel-private.h"

typedef struct
{
  HsHeap   *heap;     /* owned */
  HsWishes *wishes;   /* owned */
  char     *language; /* owned; nullable */
} Build;

static void
build_free (gpointer data)
{
  Build *build = data;

  hs_heap_unref (build->heap);
  hs_wishes_free (build->wishes);
  g_free (build->language);
  g_free (build);
}

static void
build_thread (GTask        *task,
              gpointer      source_object,
              gpointer      task_data,
              GCancellable *cancellable)
{
  Build   *build = task_data;
  GError  *error = NULL;
  HsScene *scene =
    hs_wishes_build (build->wishes, build->heap, build->language, cancellable, &error);

  if (scene == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, scene, (GDestroyNotify)hs_scene_unref);
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
_hs_view_panel_run_build (GTask          *task,
                          const HsWishes *wishes,
                          HsHeap         *heap,
                          HsScene        *before)
{
  Build *build = g_new0 (Build, 1);

  build->heap = hs_heap_ref (heap);
  build->wishes = hs_wishes_copy (wishes);
  hs_wishes_set_before (build->wishes, before);
  build->language = dup_language ();
  g_task_set_source_tag (task, _hs_view_panel_run_build);
  g_task_set_task_data (task, build, build_free);
  g_task_run_in_thread (task, build_thread);
}
