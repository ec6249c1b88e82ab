/* hs-draft.c - text that was not saved yet, as it outlives the program
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-draft.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hs-error.h"

#define VERSION    1
#define GROUP      "Heapscape Draft"
#define TEXT_GROUP "[Text]\n"

HsDraft *
hs_draft_new (void)
{
  return g_new0 (HsDraft, 1);
}

HsDraft *
hs_draft_copy (const HsDraft *self)
{
  HsDraft *copy = g_memdup2 (self, sizeof *self);

  copy->text = g_strdup (self->text);
  copy->uri = g_strdup (self->uri);
  copy->etag = g_strdup (self->etag);
  copy->name = g_strdup (self->name);

  return copy;
}

void
hs_draft_free (HsDraft *self)
{
  if (self == NULL)
    return;

  g_free (self->text);
  g_free (self->uri);
  g_free (self->etag);
  g_free (self->name);
  g_free (self);
}

static void
set_text (GKeyFile   *keys,
          const char *key,
          const char *value)
{
  if (value != NULL)
    g_key_file_set_string (keys, GROUP, key, value);
}

GBytes *
hs_draft_to_bytes (const HsDraft *self)
{
  g_autoptr(GKeyFile) keys = g_key_file_new ();
  g_autofree char *checksum = NULL;
  g_autofree char *header = NULL;
  char            *bytes;
  gsize            size;

  g_return_val_if_fail (self != NULL && self->text != NULL, NULL);

  checksum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, self->text, -1);
  g_key_file_set_integer (keys, GROUP, "Version", VERSION);
  set_text (keys, "Uri", self->uri);
  set_text (keys, "Etag", self->etag);
  set_text (keys, "Name", self->name);
  g_key_file_set_uint64 (keys, GROUP, "Cursor", self->cursor);
  g_key_file_set_int64 (keys, GROUP, "Time", self->time);
  g_key_file_set_string (keys, GROUP, "Checksum", checksum);

  /* No value has a line end in it: GKeyFile escapes them. */
  header = g_key_file_to_data (keys, NULL, NULL);
  bytes = g_strconcat (header, TEXT_GROUP, self->text, NULL);
  size = strlen (header) + strlen (TEXT_GROUP) + strlen (self->text);

  return g_bytes_new_take (bytes, size);
}

static gboolean
set_damaged (GError    **error,
             const char *reason)
{
  /* translators: %s: what is wrong, a word in English for who repairs it */
  g_set_error (error, HS_ERROR, HS_ERROR_DRAFT, _("This is no whole draft: %s"), reason);

  return FALSE;
}

static gboolean
read_header (HsDraft  *self,
             GKeyFile *keys,
             char    **checksum,
             GError  **error)
{
  guint64 cursor = g_key_file_get_uint64 (keys, GROUP, "Cursor", NULL);

  if (g_key_file_get_integer (keys, GROUP, "Version", NULL) != VERSION)
    return set_damaged (error, "Version");
  *checksum = g_key_file_get_string (keys, GROUP, "Checksum", NULL);
  if (*checksum == NULL)
    return set_damaged (error, "Checksum");

  self->uri = g_key_file_get_string (keys, GROUP, "Uri", NULL);
  self->etag = g_key_file_get_string (keys, GROUP, "Etag", NULL);
  self->name = g_key_file_get_string (keys, GROUP, "Name", NULL);
  self->cursor = (guint)MIN (cursor, G_MAXINT);
  self->time = g_key_file_get_int64 (keys, GROUP, "Time", NULL);

  return TRUE;
}

HsDraft *
hs_draft_new_for_bytes (GBytes  *bytes,
                        GError **error)
{
  g_autoptr(HsDraft) self = hs_draft_new ();
  g_autoptr(GKeyFile) keys = g_key_file_new ();
  g_autofree char *expected = NULL;
  g_autofree char *checksum = NULL;
  gsize            size;
  const char      *data = g_bytes_get_data (bytes, &size);
  const char      *text;
  gsize            skip = strlen ("\n" TEXT_GROUP);

  text = size > 0 ? g_strstr_len (data, (gssize)size, "\n" TEXT_GROUP) : NULL;
  if (text == NULL)
    {
      set_damaged (error, "[Text]");
      return NULL;
    }
  if (!g_key_file_load_from_data (keys, data, (gsize)(text - data), G_KEY_FILE_NONE, NULL) ||
      !g_key_file_has_group (keys, GROUP))
    {
      set_damaged (error, GROUP);
      return NULL;
    }
  if (!read_header (self, keys, &expected, error))
    return NULL;

  size -= (gsize)(text - data) + skip;
  text += skip;
  checksum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *)text, size);
  if (!g_str_equal (checksum, expected) || !g_utf8_validate (text, (gssize)size, NULL))
    {
      set_damaged (error, "Checksum");
      return NULL;
    }
  self->text = g_strndup (text, size);

  return g_steal_pointer (&self);
}
