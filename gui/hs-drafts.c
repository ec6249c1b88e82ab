/* hs-drafts.c - keeps the unsaved text of a window for after a crash
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-drafts.h"

#include "hs-compat.h"

/* Microseconds: so long after the last change, and no later after the first. */
#define IDLE_TIME ((gint64)2 * G_USEC_PER_SEC)
#define MOST_TIME ((gint64)10 * G_USEC_PER_SEC)

struct _HsDraftKeeper
{
  GObject parent_instance;

  HsEditor    *editor; /* weak */
  HsDrafts    *drafts; /* borrowed */
  HsDraftSlot *slot;   /* owned; NULL: nothing was written, or it is removed */

  char *uri;  /* owned; NULL: never saved */
  char *etag; /* owned; NULL: unknown */
  char *name; /* owned; NULL: none */

  guint    timer;        /* 0: nothing to write */
  gint64   first_change; /* since the last write; monotonic; 0: none */
  gint64   last_change;
  gint64   last_change_date; /* microseconds since 1970 UTC */
  gboolean is_writing;       /* in another thread */
  gboolean has_failed;       /* the last write, which was said */
  gboolean is_flushed;       /* the program ends */
};

enum
{
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HsDraftKeeper, hs_draft_keeper, G_TYPE_OBJECT)

static void schedule (HsDraftKeeper *self);

/* An empty text without a file is nothing that anybody misses. */
static HsDraft *
make_draft (HsDraftKeeper *self)
{
  g_autoptr(HsDraft) draft = hs_draft_new ();

  draft->text = hs_editor_dup_text (self->editor);
  if (*draft->text == '\0' && self->uri == NULL)
    return NULL;

  draft->uri = g_strdup (self->uri);
  draft->etag = g_strdup (self->etag);
  draft->name = g_strdup (self->name);
  draft->cursor = hs_editor_get_cursor (self->editor);
  draft->time = self->last_change_date != 0 ? self->last_change_date : g_get_real_time ();

  return g_steal_pointer (&draft);
}

static void
finish_write (HsDraftKeeper *self,
              const GError  *error)
{
  if (error != NULL && !self->has_failed)
    g_signal_emit (self, signals[FAILED], 0, error->message);
  self->has_failed = error != NULL;
}

typedef struct
{
  HsDraft     *draft;
  HsDraftSlot *slot;
} Job;

static void
job_free (Job *self)
{
  hs_draft_free (self->draft);
  hs_draft_slot_unref (self->slot);
  g_free (self);
}

static void
write_thread (GTask        *task,
              gpointer      source_object,
              gpointer      task_data,
              GCancellable *cancellable)
{
  Job    *job = task_data;
  GError *error = NULL;

  if (hs_draft_slot_write (job->slot, job->draft, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
written_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  HsDraftKeeper *self = HS_DRAFT_KEEPER (object);
  g_autoptr(GError) error = NULL;

  g_task_propagate_boolean (G_TASK (result), &error);
  self->is_writing = FALSE;
  if (self->editor == NULL || self->is_flushed)
    return;

  finish_write (self, error);
  if (self->first_change != 0)
    schedule (self);
}

static void
write_soon (HsDraftKeeper *self)
{
  g_autoptr(GTask) task = NULL;
  HsDraft *draft = make_draft (self);
  Job     *job;

  if (draft == NULL)
    {
      hs_draft_keeper_discard (self);
      return;
    }

  if (self->slot == NULL)
    self->slot = hs_drafts_new_slot (self->drafts);
  job = g_new0 (Job, 1);
  job->draft = draft;
  job->slot = hs_draft_slot_ref (self->slot);

  self->is_writing = TRUE;
  self->first_change = 0;
  task = g_task_new (self, NULL, written_cb, NULL);
  g_task_set_task_data (task, job, (GDestroyNotify)job_free);
  g_task_run_in_thread (task, write_thread);
}

static gboolean
timer_cb (gpointer user_data)
{
  HsDraftKeeper *self = user_data;

  self->timer = 0;
  if (g_get_monotonic_time () < MIN (self->last_change + IDLE_TIME, self->first_change + MOST_TIME))
    schedule (self);
  else if (!hs_editor_get_modified (self->editor))
    hs_draft_keeper_discard (self);
  else if (!self->is_writing)
    write_soon (self);

  return G_SOURCE_REMOVE;
}

static void
schedule (HsDraftKeeper *self)
{
  gint64 due = MIN (self->last_change + IDLE_TIME, self->first_change + MOST_TIME);
  gint64 left = MAX (due - g_get_monotonic_time (), 0);

  if (self->timer == 0)
    self->timer = g_timeout_add ((guint)(left / 1000) + 1, timer_cb, self);
}

static void
note_change (HsDraftKeeper *self)
{
  if (self->is_flushed)
    return;

  self->last_change = g_get_monotonic_time ();
  self->last_change_date = g_get_real_time ();
  if (self->first_change == 0)
    self->first_change = self->last_change;
  schedule (self);
}

static void
modified_cb (HsDraftKeeper *self)
{
  if (hs_editor_get_modified (self->editor))
    note_change (self);
  else if (!self->is_flushed)
    hs_draft_keeper_discard (self);
}

static void
hs_draft_keeper_dispose (GObject *object)
{
  HsDraftKeeper *self = HS_DRAFT_KEEPER (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_weak_pointer (&self->editor);

  G_OBJECT_CLASS (hs_draft_keeper_parent_class)->dispose (object);
}

static void
hs_draft_keeper_finalize (GObject *object)
{
  HsDraftKeeper *self = HS_DRAFT_KEEPER (object);

  g_clear_pointer (&self->slot, hs_draft_slot_unref);
  g_free (self->uri);
  g_free (self->etag);
  g_free (self->name);

  G_OBJECT_CLASS (hs_draft_keeper_parent_class)->finalize (object);
}

static void
hs_draft_keeper_class_init (HsDraftKeeperClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = hs_draft_keeper_dispose;
  object_class->finalize = hs_draft_keeper_finalize;

  signals[FAILED] = g_signal_new ("failed", HS_TYPE_DRAFT_KEEPER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
hs_draft_keeper_init (HsDraftKeeper *self)
{
}

HsDraftKeeper *
hs_draft_keeper_new (HsEditor *editor,
                     HsDrafts *drafts)
{
  HsDraftKeeper *self;

  g_return_val_if_fail (HS_IS_EDITOR (editor), NULL);
  g_return_val_if_fail (drafts != NULL, NULL);

  self = g_object_new (HS_TYPE_DRAFT_KEEPER, NULL);
  self->drafts = drafts;
  g_set_weak_pointer (&self->editor, editor);
  g_signal_connect_object (editor, "changed", G_CALLBACK (note_change), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (editor, "notify::modified", G_CALLBACK (modified_cb), self,
                           G_CONNECT_SWAPPED);

  return self;
}

void
hs_draft_keeper_set_file (HsDraftKeeper *self,
                          GFile         *file,
                          const char    *etag,
                          const char    *name)
{
  g_return_if_fail (HS_IS_DRAFT_KEEPER (self));

  g_free (self->uri);
  self->uri = file != NULL ? g_file_get_uri (file) : NULL;
  hs_set_str (&self->etag, etag);
  hs_set_str (&self->name, name);

  /* What is unsaved is now a change of another file, or of another state of it. */
  if (self->editor != NULL && hs_editor_get_modified (self->editor) && self->slot != NULL)
    note_change (self);
}

void
hs_draft_keeper_adopt (HsDraftKeeper *self,
                       HsDraftSlot   *slot,
                       gint64         time)
{
  g_return_if_fail (HS_IS_DRAFT_KEEPER (self));
  g_return_if_fail (slot != NULL);

  hs_draft_slot_ref (slot);
  g_clear_pointer (&self->slot, hs_draft_slot_unref);
  self->slot = slot;

  /* It is written as it is. */
  g_clear_handle_id (&self->timer, g_source_remove);
  self->first_change = 0;
  self->last_change_date = time;
}

gboolean
hs_draft_keeper_flush (HsDraftKeeper *self)
{
  g_autoptr(HsDraft) draft = NULL;
  g_autoptr(GError) error = NULL;

  g_return_val_if_fail (HS_IS_DRAFT_KEEPER (self), FALSE);

  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->is_flushed)
    return TRUE;
  if (self->editor != NULL && hs_editor_get_modified (self->editor))
    draft = make_draft (self);

  if (draft != NULL)
    {
      if (self->slot == NULL)
        self->slot = hs_drafts_new_slot (self->drafts);
      if (!hs_draft_slot_write (self->slot, draft, &error))
        {
          finish_write (self, error);
          return FALSE;
        }
    }
  self->is_flushed = TRUE;

  return TRUE;
}

char *
hs_draft_keeper_dup_name (HsDraftKeeper *self)
{
  g_return_val_if_fail (HS_IS_DRAFT_KEEPER (self), NULL);

  return self->slot != NULL ? hs_draft_slot_dup_name (self->slot) : NULL;
}

void
hs_draft_keeper_discard (HsDraftKeeper *self)
{
  g_return_if_fail (HS_IS_DRAFT_KEEPER (self));

  if (self->is_flushed)
    return;

  g_clear_handle_id (&self->timer, g_source_remove);
  self->first_change = 0;
  if (self->slot != NULL)
    hs_draft_slot_remove (self->slot);
  g_clear_pointer (&self->slot, hs_draft_slot_unref);
}
