/* hs-draft.h - text that was not saved yet, as it outlives the program
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A larger text has no draft, which the writer says. Bytes. */
#define HS_DRAFT_SIZE_MAX ((gsize)64 << 20)

typedef struct
{
  char  *text;   /* UTF-8, as the editor has it */
  char  *uri;    /* of its file; NULL: it was never saved */
  char  *etag;   /* of the file as it was read; NULL: unknown, or no file */
  char  *name;   /* under which it was shown; NULL: none */
  guint  cursor; /* characters before it */
  gint64 time;   /* of the last change, microseconds since 1970 UTC */
} HsDraft;

HsDraft *hs_draft_new (void);
HsDraft *hs_draft_copy (const HsDraft *self);
void     hs_draft_free (HsDraft *self);

/* The bytes of the file: a key file and, after its last group line "[Text]", the text as it
 * is, so that any editor can rescue it. Returns: (transfer full)
 */
GBytes *hs_draft_to_bytes (const HsDraft *self);

/* HS_ERROR_DRAFT for bytes that are not a whole draft. Returns: (transfer full) (nullable) */
HsDraft *hs_draft_new_for_bytes (GBytes  *bytes,
                                 GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HsDraft, hs_draft_free)

/* The folder of drafts, as one process uses it: its own are told from those of other processes
 * that run by a file with a lock, which the kernel drops however the owner ends.
 * For the main thread, but for hs_draft_slot_write().
 */
typedef struct _HsDrafts HsDrafts;

/* Makes @path (mode 0700) if it is not there. HS_ERROR_DRAFT says what to do.
 * Returns: (transfer full) (nullable)
 */
HsDrafts *hs_drafts_open (const char *path,
                          GError    **error);
/* What is left without text and lock is removed. Drafts that were not removed stay, for the
 * next start.
 */
void hs_drafts_close (HsDrafts *self);

/* One draft of this process, which may not exist as a file yet. Atomically reference counted. */
typedef struct _HsDraftSlot HsDraftSlot;

HsDraftSlot *hs_drafts_new_slot (HsDrafts *self); /* (transfer full) */
HsDraftSlot *hs_draft_slot_ref (HsDraftSlot *self);
void         hs_draft_slot_unref (HsDraftSlot *self); /* the file stays */
/* Of its file, by which the next process finds it. Returns: (transfer full) */
char *hs_draft_slot_dup_name (HsDraftSlot *self);

/* Replaces the file, mode 0600, once the new one is complete. Any thread; of two at the same
 * time the one that began last stays. Nothing is written after hs_draft_slot_remove().
 */
gboolean hs_draft_slot_write (HsDraftSlot   *self,
                              const HsDraft *draft,
                              GError       **error);
/* Removes the file, now and for what is being written; later writes do nothing. */
void hs_draft_slot_remove (HsDraftSlot *self);

/* What a process that is dead has left. */
typedef struct
{
  HsDraft     *draft; /* owned */
  HsDraftSlot *slot;  /* owned; the same file, which is now this process's */
  char        *name;  /* owned; hs_draft_slot_dup_name() in the process that is dead */
} HsAbandonedDraft;

void hs_abandoned_draft_free (HsAbandonedDraft *self);

/* Takes over all of them, the oldest first. What is no whole draft is kept under another name,
 * and @damaged (element-type utf8) gets that path. Returns: (transfer full)
 * (element-type HsAbandonedDraft)
 */
GPtrArray *hs_drafts_take_abandoned (HsDrafts  *self,
                                     GPtrArray *damaged);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HsDrafts, hs_drafts_close)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HsDraftSlot, hs_draft_slot_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HsAbandonedDraft, hs_abandoned_draft_free)

G_END_DECLS
