/* hs-moments.c - the moments of a history, and the heaps of those that are looked at
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-moments.h"

#include <glib/gi18n-lib.h>

#include "hs-format.h"

/* Heaps that are kept open: what is seen, what it is compared with, and a few to go
 * back and forth.
 */
#define N_KEPT 4

struct _HsMoments
{
  HsHistory *history; /* owned */
  GArray    *moments; /* owned; of guint: those with heaps */
  GQueue     kept;    /* of HsHeap, owned, the last used first */
};

typedef struct
{
  HsHistory *history; /* owned */
  guint      moment;
} Opening;

static void
opening_free (gpointer data)
{
  Opening *opening = data;

  hs_history_unref (opening->history);
  g_free (opening);
}

HsMoments *
hs_moments_new (HsHistory *history,
                HsHeap    *heap)
{
  HsMoments *self;

  g_return_val_if_fail (history != NULL, NULL);

  self = g_new0 (HsMoments, 1);
  self->history = hs_history_ref (history);
  self->moments = g_array_new (FALSE, FALSE, sizeof (guint));
  g_queue_init (&self->kept);
  for (guint i = 0; i < hs_history_get_n_moments (history); i++)
    if (hs_history_has_heap (history, i))
      g_array_append_val (self->moments, i);
  if (heap != NULL && hs_heap_get_history (heap) == history)
    hs_moments_keep (self, heap);

  return self;
}

void
hs_moments_free (HsMoments *self)
{
  g_return_if_fail (self != NULL);

  g_queue_clear_full (&self->kept, (GDestroyNotify)hs_heap_unref);
  g_array_unref (self->moments);
  hs_history_unref (self->history);
  g_free (self);
}

HsHistory *
hs_moments_get_history (HsMoments *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->history;
}

guint
hs_moments_get_n (HsMoments *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->moments->len;
}

guint
hs_moments_get_moment (HsMoments *self,
                       guint      position)
{
  g_return_val_if_fail (self != NULL, HS_NO_MOMENT);
  g_return_val_if_fail (position < self->moments->len, HS_NO_MOMENT);

  return g_array_index (self->moments, guint, position);
}

guint
hs_moments_find (HsMoments *self,
                 guint      moment)
{
  guint position = 0;

  g_return_val_if_fail (self != NULL, 0);

  for (guint i = 0; i < self->moments->len; i++)
    if (g_array_index (self->moments, guint, i) <= moment)
      position = i;

  return position;
}

char *
hs_moments_dup_label (HsMoments *self,
                      guint      position)
{
  guint                 moment = hs_moments_get_moment (self, position);
  const HsRecordMoment *row = &hs_history_get_record (self->history)->moments[moment];
  g_autofree char      *name = hs_history_dup_moment_name (self->history, moment);
  g_autofree char      *time = hs_format_duration (row->time_ns);
  g_autofree char      *bytes = hs_format_bytes (row->live_bytes);

  if (row->live_bytes == 0)
    /* translators: a moment of a run: its name, the time since the beginning */
    return g_strdup_printf (C_("moment", "%s: %s"), name, time);

  /* translators: a moment of a run: its name, the time since the beginning, live bytes */
  return g_strdup_printf (C_("moment", "%s: %s, %s"), name, time, bytes);
}

HsHeap *
hs_moments_peek (HsMoments *self,
                 guint      position)
{
  guint moment = hs_moments_get_moment (self, position);

  for (GList *link = self->kept.head; link != NULL; link = link->next)
    if (hs_heap_get_moment (link->data) == moment)
      {
        g_queue_unlink (&self->kept, link);
        g_queue_push_head_link (&self->kept, link);
        return link->data;
      }

  return NULL;
}

void
hs_moments_keep (HsMoments *self,
                 HsHeap    *heap)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (heap != NULL && hs_heap_get_history (heap) == self->history);

  if (g_queue_find (&self->kept, heap) != NULL)
    return;

  g_queue_push_head (&self->kept, hs_heap_ref (heap));
  while (self->kept.length > N_KEPT)
    hs_heap_unref (g_queue_pop_tail (&self->kept));
}

static void
open_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Opening *opening = task_data;
  GError  *error = NULL;
  HsHeap  *heap = hs_history_open_heap (opening->history, opening->moment, &error);

  if (heap == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, heap, (GDestroyNotify)hs_heap_unref);
}

void
hs_moments_open_async (HsMoments          *self,
                       guint               position,
                       GCancellable       *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer            user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Opening *opening = g_new0 (Opening, 1);

  opening->history = hs_history_ref (self->history);
  opening->moment = hs_moments_get_moment (self, position);
  g_task_set_source_tag (task, hs_moments_open_async);
  g_task_set_task_data (task, opening, opening_free);
  g_task_run_in_thread (task, open_thread);
}

HsHeap *
hs_moments_open_finish (GAsyncResult *result,
                        GError      **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, hs_moments_open_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

guint32
hs_moments_find_object (HsHeap *from,
                        HsHeap *to,
                        guint32 object)
{
  const HsSnapshotView *old = hs_heap_get_view (from);
  guint32               found;
  g_autofree char      *old_type = NULL;
  g_autofree char      *new_type = NULL;

  if (object == HS_NO_OBJECT)
    return HS_NO_OBJECT;
  found = hs_heap_find_address (to, hs_snapshot_view_get_address (old, object));
  if (found == HS_NO_OBJECT)
    return HS_NO_OBJECT;

  old_type = hs_heap_dup_type_name (from, hs_snapshot_view_get_type (old, object));
  new_type =
    hs_heap_dup_type_name (to, hs_snapshot_view_get_type (hs_heap_get_view (to), found));

  return g_str_equal (old_type, new_type) ? found : HS_NO_OBJECT;
}
