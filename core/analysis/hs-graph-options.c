/* hs-graph-options.c - what the person looking at a graph asked for
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-graph-private.h"

#include <string.h>

/* Some thousand boxes are laid out in well under a second and can still be
 * found one's way in.
 */
#define DEFAULT_MAX_BOXES 2000

static GHashTable *
key_table_new (void)
{
  return g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
}

static void
key_table_set (GHashTable *table,
               guint64     key,
               guint64     value)
{
  g_hash_table_replace (table,
                        g_memdup2 (&key, sizeof key),
                        g_memdup2 (&value, sizeof value));
}

static void
key_table_copy (GHashTable *target,
                GHashTable *source)
{
  GHashTableIter iter;
  gpointer       key;
  gpointer       value;

  g_hash_table_iter_init (&iter, source);
  while (g_hash_table_iter_next (&iter, &key, &value))
    key_table_set (target, *(guint64 *)key, *(guint64 *)value);
}

HsGraphOptions *
hs_graph_options_new (void)
{
  HsGraphOptions *self = g_new0 (HsGraphOptions, 1);

  self->more_rows = key_table_new ();
  self->folded = key_table_new ();
  self->open = key_table_new ();
  self->max_boxes = DEFAULT_MAX_BOXES;
  self->highlighted = HS_NO_OBJECT;
  self->center = HS_NO_OBJECT;

  return self;
}

HsGraphOptions *
hs_graph_options_copy (const HsGraphOptions *self)
{
  HsGraphOptions *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = hs_graph_options_new ();
  copy->focus = g_strdupv (self->focus);
  copy->max_boxes = self->max_boxes;
  copy->highlight = self->highlight;
  copy->highlighted = self->highlighted;
  copy->center = self->center;
  copy->values_in_rows = self->values_in_rows;
  copy->diff = self->diff != NULL ? hs_diff_ref (self->diff) : NULL;
  key_table_copy (copy->more_rows, self->more_rows);
  key_table_copy (copy->folded, self->folded);
  key_table_copy (copy->open, self->open);

  return copy;
}

void
hs_graph_options_free (HsGraphOptions *self)
{
  if (self == NULL)
    return;

  g_strfreev (self->focus);
  g_hash_table_unref (self->more_rows);
  g_hash_table_unref (self->folded);
  g_hash_table_unref (self->open);
  g_clear_pointer (&self->diff, hs_diff_unref);
  g_free (self);
}

void
hs_graph_options_set_focus (HsGraphOptions    *self,
                            const char *const *names)
{
  char **copy;

  g_return_if_fail (self != NULL);

  copy = names != NULL && names[0] != NULL ? g_strdupv ((char **)names) : NULL;
  g_strfreev (self->focus);
  self->focus = copy;
}

void
hs_graph_options_set_diff (HsGraphOptions *self,
                           HsDiff         *diff)
{
  g_return_if_fail (self != NULL);

  if (diff != NULL)
    hs_diff_ref (diff);
  g_clear_pointer (&self->diff, hs_diff_unref);
  self->diff = diff;
}

void
hs_graph_options_set_values_in_rows (HsGraphOptions *self,
                                     gboolean        values_in_rows)
{
  g_return_if_fail (self != NULL);

  self->values_in_rows = !!values_in_rows;
}

gboolean
hs_graph_options_get_values_in_rows (const HsGraphOptions *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->values_in_rows;
}

void
hs_graph_options_show_more (HsGraphOptions *self,
                            guint64         key,
                            guint           n_rows)
{
  g_return_if_fail (self != NULL);

  key_table_set (self->more_rows, key, n_rows);
}

void
hs_graph_options_set_folded (HsGraphOptions *self,
                             guint64         key,
                             gboolean        folded)
{
  g_return_if_fail (self != NULL);

  key_table_set (self->folded, key, folded ? 1 : 0);
}

void
hs_graph_options_open_group (HsGraphOptions *self,
                             guint64         key)
{
  g_return_if_fail (self != NULL);

  key_table_set (self->open, key, _hs_graph_options_get_pages (self, key) + 1);
}

void
hs_graph_options_close_group (HsGraphOptions *self,
                              guint64         key)
{
  g_return_if_fail (self != NULL);

  g_hash_table_remove (self->open, &key);
}

void
hs_graph_options_set_max_boxes (HsGraphOptions *self,
                                guint           max_boxes)
{
  g_return_if_fail (self != NULL);

  self->max_boxes = max_boxes;
}

gboolean
_hs_graph_options_has_focus (const HsGraphOptions *self,
                             const char           *name)
{
  return self->focus == NULL || g_strv_contains ((const char *const *)self->focus, name);
}

guint64
_hs_graph_options_get_more (const HsGraphOptions *self,
                            guint64               key)
{
  const guint64 *value = g_hash_table_lookup (self->more_rows, &key);

  return value != NULL ? *value : 0;
}

gboolean
_hs_graph_options_is_folded (const HsGraphOptions *self,
                             guint64               key,
                             gboolean              default_value)
{
  const guint64 *value = g_hash_table_lookup (self->folded, &key);

  return value != NULL ? *value != 0 : default_value;
}

guint64
_hs_graph_options_get_pages (const HsGraphOptions *self,
                             guint64               key)
{
  const guint64 *value = g_hash_table_lookup (self->open, &key);

  return value != NULL ? *value : 0;
}

void
hs_graph_options_set_highlight (HsGraphOptions  *self,
                                HsGraphHighlight kind,
                                guint32          object)
{
  g_return_if_fail (self != NULL);

  self->highlight = object != HS_NO_OBJECT ? kind : HS_GRAPH_HIGHLIGHT_NONE;
  self->highlighted = object;
}

void
hs_graph_options_set_center (HsGraphOptions *self,
                             guint32         object)
{
  g_return_if_fail (self != NULL);

  self->center = object;
}
