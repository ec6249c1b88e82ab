/* hs-drafts.c - the folder of drafts, shared by all processes of the user
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-draft.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hs-error.h"

/* Names: ID.lock of a process, ID-NUMBER.draft of each of its texts. The ID has no "-" or ".". */
#define LOCK_SUFFIX    ".lock"
#define DRAFT_SUFFIX   ".draft"
#define PARTIAL_SUFFIX ".partial"
#define DAMAGED_SUFFIX ".damaged"

/* Beside the text. */
#define HEADER_SIZE_MAX ((gsize)64 << 10)

struct _HsDrafts
{
  char *path;
  char *id;
  int   lock;    /* descriptor; as long as it is open, this process lives */
  guint n_slots; /* so far */
};

struct _HsDraftSlot
{
  char    *path;
  GMutex   mutex; /* over what follows, and the file's place in the folder */
  gboolean is_removed;
  guint    n_begun; /* writes so far */
  guint    newest;  /* number of the write that stays, from 1; 0: none yet */
};

/* ---- The lock ---- */

static void
set_errno (GError    **error,
           int         errsv,
           const char *path)
{
  g_autofree char *name = g_filename_display_name (path);

  g_set_error (error, HS_ERROR, HS_ERROR_DRAFT,
               /* translators: %1$s is a file or folder, %2$s the system's reason */
               _("Unsaved changes would be lost in a crash: “%1$s” cannot be written (%2$s). Save "
                 "often, and make that folder writable or free space on its disk."),
                  name, g_strerror (errsv));
}

/* Locked before it gets its name: nobody sees it without its lock. */
static gboolean
make_lock (HsDrafts *self,
           GError  **error)
{
  g_autofree char *partial = NULL;
  g_autofree char *path = NULL;
  g_autofree char *base = g_strconcat (self->id, LOCK_SUFFIX, NULL);

  path = g_build_filename (self->path, base, NULL);
  partial = g_strconcat (path, PARTIAL_SUFFIX, NULL);

  self->lock = open (partial, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (self->lock < 0)
    {
      set_errno (error, errno, partial);
      return FALSE;
    }
  if (flock (self->lock, LOCK_EX | LOCK_NB) != 0 || rename (partial, path) != 0)
    {
      set_errno (error, errno, path);
      unlink (partial);
      return FALSE;
    }

  return TRUE;
}

/* The lock of a process that is dead, held from now on: nobody else takes its drafts.
 * Returns: a descriptor; -1: it lives, or somebody else takes them
 */
static int
take_lock (HsDrafts   *self,
           const char *id)
{
  g_autofree char *base = g_strconcat (id, LOCK_SUFFIX, NULL);
  g_autofree char *path = g_build_filename (self->path, base, NULL);
  /* Made anew where somebody has removed it by hand. */
  int fd = open (path, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0600);

  if (fd >= 0 && flock (fd, LOCK_EX | LOCK_NB) == 0)
    return fd;

  if (fd >= 0)
    close (fd);

  return -1;
}

static void
remove_lock (HsDrafts   *self,
             const char *id,
             int         fd)
{
  g_autofree char *base = g_strconcat (id, LOCK_SUFFIX, NULL);
  g_autofree char *path = g_build_filename (self->path, base, NULL);

  unlink (path);
  close (fd);
}

HsDrafts *
hs_drafts_open (const char *path,
                GError    **error)
{
  g_autoptr(HsDrafts) self = g_new0 (HsDrafts, 1);
  GRand *random = g_rand_new (); /* seeded by the kernel, also after a fork */

  self->path = g_strdup (path);
  self->id = g_strdup_printf ("%08x%08x", g_rand_int (random), g_rand_int (random));
  self->lock = -1;
  g_rand_free (random);

  if (g_mkdir_with_parents (path, 0700) != 0)
    {
      set_errno (error, errno, path);
      return NULL;
    }
  if (!make_lock (self, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
hs_drafts_close (HsDrafts *self)
{
  if (self == NULL)
    return;

  if (self->lock >= 0)
    remove_lock (self, self->id, self->lock);
  g_free (self->path);
  g_free (self->id);
  g_free (self);
}

/* ---- A draft ---- */

HsDraftSlot *
hs_drafts_new_slot (HsDrafts *self)
{
  HsDraftSlot     *slot = g_atomic_rc_box_new0 (HsDraftSlot);
  g_autofree char *base = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  base = g_strdup_printf ("%s-%u%s", self->id, self->n_slots++, DRAFT_SUFFIX);
  slot->path = g_build_filename (self->path, base, NULL);
  g_mutex_init (&slot->mutex);

  return slot;
}

HsDraftSlot *
hs_draft_slot_ref (HsDraftSlot *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
slot_clear (gpointer data)
{
  HsDraftSlot *self = data;

  g_mutex_clear (&self->mutex);
  g_free (self->path);
}

char *
hs_draft_slot_dup_name (HsDraftSlot *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_path_get_basename (self->path);
}

void
hs_draft_slot_unref (HsDraftSlot *self)
{
  g_atomic_rc_box_release_full (self, slot_clear);
}

/* Returns: 0 or an errno */
static int
write_all (int         fd,
           const char *data,
           gsize       size)
{
  while (size > 0)
    {
      gssize n = write (fd, data, size);

      if (n < 0 && errno != EINTR)
        return errno;
      if (n > 0)
        {
          data += n;
          size -= (gsize)n;
        }
    }

  return fsync (fd) == 0 ? 0 : errno;
}

/* Returns: 0 or an errno */
static int
write_file (const char *path,
            GBytes     *bytes)
{
  int result;
  int fd = open (path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600);

  if (fd < 0)
    return errno;

  result = write_all (fd, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  if (close (fd) != 0 && result == 0)
    result = errno;

  return result;
}

gboolean
hs_draft_slot_write (HsDraftSlot   *self,
                     const HsDraft *draft,
                     GError       **error)
{
  g_autoptr(GBytes) bytes = NULL;
  g_autofree char *partial = NULL;
  gboolean         is_newest;
  guint            number;
  int              result;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (draft != NULL && draft->text != NULL, FALSE);

  g_mutex_lock (&self->mutex);
  number = ++self->n_begun;
  g_mutex_unlock (&self->mutex);

  if (strlen (draft->text) > HS_DRAFT_SIZE_MAX)
    {
      g_set_error (error, HS_ERROR, HS_ERROR_DRAFT,
                   /* translators: %u is a number of MiB */
                   _("Unsaved changes would be lost in a crash: the text is larger than %u MiB. "
                     "Save it."),
                      (guint)(HS_DRAFT_SIZE_MAX >> 20));
      return FALSE;
    }

  bytes = hs_draft_to_bytes (draft);
  partial = g_strdup_printf ("%s.%u%s", self->path, number, PARTIAL_SUFFIX);
  result = write_file (partial, bytes);

  g_mutex_lock (&self->mutex);
  is_newest = !self->is_removed && number > self->newest;
  if (result == 0 && is_newest && rename (partial, self->path) != 0)
    result = errno;
  if (result != 0 || !is_newest)
    unlink (partial);
  else
    self->newest = number;
  g_mutex_unlock (&self->mutex);

  if (result != 0)
    set_errno (error, result, self->path);

  return result == 0;
}

void
hs_draft_slot_remove (HsDraftSlot *self)
{
  g_return_if_fail (self != NULL);

  g_mutex_lock (&self->mutex);
  self->is_removed = TRUE;
  unlink (self->path);
  g_mutex_unlock (&self->mutex);
}

/* ---- What others have left ---- */

void
hs_abandoned_draft_free (HsAbandonedDraft *self)
{
  hs_draft_free (self->draft);
  hs_draft_slot_unref (self->slot);
  g_free (self->name);
  g_free (self);
}

/* No more than a draft can have, and nothing but a file: the folder is the user's, but what is
 * in it is not believed. Returns: (transfer full) (nullable)
 */
static HsDraft *
read_draft (const char *path)
{
  const gsize size_max = HS_DRAFT_SIZE_MAX + HEADER_SIZE_MAX;
  int         fd = open (path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  g_autoptr(GByteArray) array = NULL;
  g_autoptr(GBytes) bytes = NULL;
  struct stat status;
  gssize      n;

  if (fd < 0)
    return NULL;
  if (fstat (fd, &status) != 0 || !S_ISREG (status.st_mode) || (gsize)status.st_size > size_max)
    {
      close (fd);
      return NULL;
    }

  array = g_byte_array_new ();
  g_byte_array_set_size (array, (guint)status.st_size);
  n = 0;
  for (gsize at = 0; at < array->len; at += (gsize)n)
    {
      n = read (fd, array->data + at, array->len - at);
      if (n <= 0)
        break;
    }
  close (fd);
  bytes = g_byte_array_free_to_bytes (g_steal_pointer (&array));

  return hs_draft_new_for_bytes (bytes, NULL);
}

/* Gives the draft @base of a dead process to this one, and reads it. */
static void
take_draft (HsDrafts   *self,
            const char *base,
            GPtrArray  *taken,
            GPtrArray  *damaged)
{
  g_autofree char *path = g_build_filename (self->path, base, NULL);
  g_autoptr(HsDraftSlot) slot = hs_drafts_new_slot (self);
  g_autoptr(HsDraft) draft = NULL;
  HsAbandonedDraft *abandoned;

  if (rename (path, slot->path) != 0)
    return;

  draft = read_draft (slot->path);
  if (draft == NULL)
    {
      g_autofree char *kept = g_strconcat (path, DAMAGED_SUFFIX, NULL);

      g_ptr_array_add (damaged, g_strdup (rename (slot->path, kept) == 0 ? kept : slot->path));
      return;
    }

  abandoned = g_new0 (HsAbandonedDraft, 1);
  abandoned->draft = g_steal_pointer (&draft);
  abandoned->slot = g_steal_pointer (&slot);
  abandoned->name = g_path_get_basename (path);
  g_ptr_array_add (taken, abandoned);
}

/* The owner's ID of a file in the folder. Returns: (transfer full) (nullable): none has it */
static char *
dup_id (const char *base)
{
  gsize length = strcspn (base, "-.");

  if (length == 0 || base[length] == '\0')
    return NULL;

  return g_strndup (base, length);
}

static void
take_file (HsDrafts   *self,
           const char *base,
           GPtrArray  *taken,
           GPtrArray  *damaged)
{
  if (g_str_has_suffix (base, DRAFT_SUFFIX))
    {
      take_draft (self, base, taken, damaged);
    }
  else if (g_str_has_suffix (base, PARTIAL_SUFFIX))
    {
      /* Its predecessor, if there was one, is whole. */
      g_autofree char *path = g_build_filename (self->path, base, NULL);

      unlink (path);
    }
}

/* The files of the folder, by owner. Returns: (transfer full): char * to GPtrArray of char * */
static GHashTable *
list_owners (HsDrafts *self)
{
  GHashTable *owners = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                              (GDestroyNotify)g_ptr_array_unref);
  g_autoptr(GDir) folder = g_dir_open (self->path, 0, NULL);
  const char *base;

  while (folder != NULL && (base = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *id = dup_id (base);
      GPtrArray       *files;

      /* A lock without its name yet is of a process that begins. */
      if (id == NULL || g_str_equal (id, self->id) || g_str_has_suffix (base, DAMAGED_SUFFIX) ||
          g_str_has_suffix (base, LOCK_SUFFIX PARTIAL_SUFFIX))
        continue;

      files = g_hash_table_lookup (owners, id);
      if (files == NULL)
        {
          files = g_ptr_array_new_with_free_func (g_free);
          g_hash_table_insert (owners, g_steal_pointer (&id), files);
        }
      g_ptr_array_add (files, g_strdup (base));
    }

  return owners;
}

static int
compare_times (gconstpointer a,
               gconstpointer b)
{
  const HsAbandonedDraft *const *x = a;
  const HsAbandonedDraft *const *y = b;

  return ((*x)->draft->time > (*y)->draft->time) - ((*x)->draft->time < (*y)->draft->time);
}

GPtrArray *
hs_drafts_take_abandoned (HsDrafts  *self,
                          GPtrArray *damaged)
{
  GPtrArray *taken = g_ptr_array_new_with_free_func ((GDestroyNotify)hs_abandoned_draft_free);
  g_autoptr(GHashTable) owners = NULL;
  GHashTableIter iter;
  gpointer       id;
  gpointer       files;

  g_return_val_if_fail (self != NULL, taken);
  g_return_val_if_fail (damaged != NULL, taken);

  owners = list_owners (self);
  g_hash_table_iter_init (&iter, owners);
  while (g_hash_table_iter_next (&iter, &id, &files))
    {
      int fd = take_lock (self, id);

      if (fd < 0)
        continue;
      for (guint i = 0; i < ((GPtrArray *)files)->len; i++)
        take_file (self, g_ptr_array_index ((GPtrArray *)files, i), taken, damaged);
      remove_lock (self, id, fd);
    }
  g_ptr_array_sort (taken, compare_times);

  return taken;
}
