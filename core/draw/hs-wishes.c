/* hs-wishes.c - what a person asked of a view, and the views there are
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-wishes-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const HsView *const views[] = {
  &_hs_graph_view,
  &_hs_anatomy_view,
  &_hs_strings_view,
  &_hs_heap_view,
  &_hs_timeline_view,
  &_hs_pages_view,
  &_hs_compare_view,
  NULL,
};

const HsView *const *
hs_views_list (void)
{
  return views;
}

const HsView *
hs_view_find (const char *name)
{
  for (guint i = 0; views[i] != NULL; i++)
    if (g_strcmp0 (views[i]->name, name) == 0)
      return views[i];

  return NULL;
}

const char *
hs_view_get_name (const HsView *view)
{
  return view->name;
}

const char *
hs_view_get_title (const HsView *view)
{
  return _(view->title);
}

const char *
hs_view_get_description (const HsView *view)
{
  return _(view->description);
}

const char *
hs_view_get_icon (const HsView *view)
{
  return view->icon;
}

gboolean
hs_view_is_of_history (const HsView *view)
{
  g_return_val_if_fail (view != NULL, FALSE);

  return view->is_of_history;
}

gboolean
hs_view_is_of_comparison (const HsView *view)
{
  g_return_val_if_fail (view != NULL, FALSE);

  return view->is_of_comparison;
}

const HsOption *
hs_view_get_options (const HsView *view,
                     guint        *n_options)
{
  *n_options = view->n_options;

  return view->options;
}

guint
hs_option_get_n_choices (const HsOption *option)
{
  return option->choices != NULL ? g_strv_length ((char **)option->choices) : 2;
}

HsWishes *
hs_wishes_new (const HsView *view)
{
  HsWishes *self = g_malloc0 (view->wishes_size);

  g_assert (view->n_options <= HS_OPTIONS_MAX);
  self->view = view;
  if (view->init != NULL)
    view->init (self);

  return self;
}

HsWishes *
hs_wishes_copy (const HsWishes *self)
{
  HsWishes *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, self->view->wishes_size);
  if (copy->before != NULL)
    hs_scene_ref (copy->before);
  if (copy->compared != NULL)
    hs_heap_ref (copy->compared);
  if (self->view->copy != NULL)
    self->view->copy (copy, self);

  return copy;
}

void
hs_wishes_free (HsWishes *self)
{
  if (self == NULL)
    return;

  if (self->view->clear != NULL)
    self->view->clear (self);
  g_clear_pointer (&self->before, hs_scene_unref);
  g_clear_pointer (&self->compared, hs_heap_unref);
  g_free (self);
}

const HsView *
hs_wishes_get_view (const HsWishes *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->view;
}

guint
hs_wishes_get_option (const HsWishes *self,
                      guint           option)
{
  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (option < self->view->n_options, 0);

  return self->choices[option];
}

void
hs_wishes_set_option (HsWishes *self,
                      guint     option,
                      guint     choice)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (option < self->view->n_options);
  g_return_if_fail (choice < hs_option_get_n_choices (&self->view->options[option]));

  self->choices[option] = choice;
}

void
hs_wishes_set_focus (HsWishes          *self,
                     const char *const *names)
{
  g_return_if_fail (self != NULL);

  if (self->view->set_focus != NULL)
    self->view->set_focus (self, names);
}

gboolean
hs_wishes_activate (HsWishes    *self,
                    HsScene     *scene,
                    const HsHit *hit)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (scene != NULL, FALSE);

  if (self->view->activate == NULL || hit->item >= hs_scene_get_n_items (scene))
    return FALSE;

  return self->view->activate (self, scene, hit);
}

gboolean
hs_wishes_show_more (HsWishes *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->view->show_more != NULL && self->view->show_more (self);
}

gboolean
hs_wishes_select (HsWishes *self,
                  HsHeap   *heap,
                  guint32   object)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (heap != NULL, FALSE);

  return self->view->select != NULL && self->view->select (self, heap, object);
}

void
hs_wishes_set_before (HsWishes *self,
                      HsScene  *before)
{
  g_return_if_fail (self != NULL);

  if (before != NULL)
    hs_scene_ref (before);
  g_clear_pointer (&self->before, hs_scene_unref);
  self->before = before;
}

void
hs_wishes_set_compared (HsWishes *self,
                        HsHeap   *earlier)
{
  g_return_if_fail (self != NULL);

  if (earlier != NULL)
    hs_heap_ref (earlier);
  g_clear_pointer (&self->compared, hs_heap_unref);
  self->compared = earlier;
}

HsHeap *
hs_wishes_get_compared (const HsWishes *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->compared;
}

gboolean
hs_view_can_ask (const HsView *view)
{
  return view->ask != NULL;
}

gboolean
hs_wishes_ask (HsWishes  *self,
               HsQuestion question,
               guint32    object)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->view->ask != NULL && self->view->ask (self, question, object);
}

guint
hs_wishes_get_n_steps (const HsWishes *self,
                       HsHeap         *heap)
{
  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (heap != NULL, 0);

  return self->view->get_n_steps != NULL ? self->view->get_n_steps (self, heap) : 0;
}

guint
hs_wishes_get_step (const HsWishes *self,
                    HsHeap         *heap)
{
  return hs_wishes_get_n_steps (self, heap) > 0 ? self->view->get_step (self, heap) : HS_NO_STEP;
}

gboolean
hs_wishes_set_step (HsWishes *self,
                    guint     step)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->view->set_step != NULL && self->view->set_step (self, step);
}

guint
hs_wishes_get_step_line (const HsWishes *self,
                         HsHeap         *heap,
                         guint           step)
{
  return step < hs_wishes_get_n_steps (self, heap) ? self->view->get_step_line (self, heap, step)
                                                   : 0;
}

char *
hs_wishes_dup_step_name (const HsWishes *self,
                         HsHeap         *heap,
                         guint           step)
{
  return step < hs_wishes_get_n_steps (self, heap) ? self->view->dup_step_name (self, heap, step)
                                                   : NULL;
}

HsScene *
hs_wishes_build (const HsWishes *self,
                 HsHeap         *heap,
                 const char     *language,
                 GCancellable   *cancellable,
                 GError        **error)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (heap != NULL, NULL);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  return self->view->build (self, heap, language, cancellable, error);
}
