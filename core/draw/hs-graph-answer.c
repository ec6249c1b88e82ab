/* hs-graph-answer.c - what a graph says about the object that was asked for
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "hs-alive.h"
#include "hs-dominators.h"
#include "hs-format.h"
#include "hs-graph-scene-private.h"

static char *
dup_why_alive (HsHeap *heap,
               guint32 object)
{
  g_autoptr(HsAlivePath) path = hs_alive_path_new (heap, object);
  g_auto(GStrv) facts = hs_alive_dup_facts (heap, object);
  g_autofree char *way = path != NULL ? hs_alive_path_dup_text (path) : NULL;
  g_autofree char *rest = g_strjoinv ("\n", facts);

  if (way == NULL)
    return g_steal_pointer (&rest);

  return *rest != '\0' ? g_strconcat (way, "\n", rest, NULL) : g_steal_pointer (&way);
}

static char *
dup_kept_alive (HsHeap *heap,
                guint32 object)
{
  const HsDominators *dominators = hs_heap_get_dominators (heap);
  gboolean            is_least;
  guint64             bytes = hs_dominators_get_retained (dominators, object, &is_least);
  guint64             n_objects = hs_dominators_get_n_retained (dominators, object);
  g_autofree char    *count = hs_format_count (n_objects > 0 ? n_objects - 1 : 0);
  g_autofree char    *size = hs_format_bytes_exact (bytes);

  if (n_objects <= 1)
    /* translators: %s is a size */
    return g_strdup_printf (_("It keeps nothing else alive: without it %s would be free."), size);
  if (is_least)
    /* translators: %1$s is a number, %2$s a size */
    return g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE,
                   "It keeps %1$s other object alive: without it at least %2$s would be free.",
                   "It keeps %1$s other objects alive: without it at least %2$s would be free.",
                   (gulong)MIN (n_objects - 1, G_MAXULONG)),
      count, size);

  /* translators: %1$s is a number, %2$s a size */
  return g_strdup_printf (
    g_dngettext (GETTEXT_PACKAGE,
                 "It keeps %1$s other object alive: without it %2$s would be free.",
                 "It keeps %1$s other objects alive: without it %2$s would be free.",
                 (gulong)MIN (n_objects - 1, G_MAXULONG)),
    count, size);
}

void
_hs_graph_scene_set_question (HsScene   *scene,
                              HsQuestion question,
                              guint32    object)
{
  HsGraphScene *self = (HsGraphScene *)scene;

  if (question == HS_QUESTION_NONE ||
      object >= hs_heap_get_view (scene->heap)->n_objects)
    return;

  self->answer = question == HS_QUESTION_WHY_ALIVE ? dup_why_alive (scene->heap, object)
                                                   : dup_kept_alive (scene->heap, object);
}
