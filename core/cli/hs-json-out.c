/* hs-json-out.c - writes JSON as it comes
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-json-out.h"

#include <math.h>
#include <string.h>

/* Text goes to the stream when there is no more room for it, bytes. */
#define BUFFER_SIZE ((gsize)64 << 10)

#define DEPTH_MAX 8

typedef struct
{
  gboolean is_array;
  gboolean has_items;
} Level;

struct _HsJsonOut
{
  GOutputStream *stream;
  GError        *error;
  Level          levels[DEPTH_MAX + 1];
  guint          depth; /* of what is open; 0: the object itself */
  gsize          size;  /* of what is not written yet */
  char           text[BUFFER_SIZE];
};

static void
write_out (HsJsonOut  *self,
           const char *text,
           gsize       size)
{
  if (self->error == NULL)
    g_output_stream_write_all (self->stream, text, size, NULL, NULL, &self->error);
}

static void
flush (HsJsonOut *self)
{
  write_out (self, self->text, self->size);
  self->size = 0;
}

static void
append_sized (HsJsonOut  *self,
              const char *text,
              gsize       size)
{
  if (size > BUFFER_SIZE - self->size)
    flush (self);

  if (size > BUFFER_SIZE)
    write_out (self, text, size);
  else
    {
      memcpy (self->text + self->size, text, size);
      self->size += size;
    }
}

static void
append (HsJsonOut  *self,
        const char *text)
{
  append_sized (self, text, strlen (text));
}

/* What stands before an item of the innermost level that is open. */
static const char *
get_separator (HsJsonOut *self)
{
  const Level *level = &self->levels[self->depth];

  if (self->depth == 0)
    return level->has_items ? ",\n" : "\n";
  if (self->depth == 1 && level->is_array)
    return level->has_items ? ",\n  " : "\n  ";

  return level->has_items ? "," : "";
}

static void
begin_item (HsJsonOut  *self,
            const char *member)
{
  Level *level = &self->levels[self->depth];

  g_return_if_fail ((member == NULL) == level->is_array);

  append (self, get_separator (self));
  level->has_items = TRUE;
  if (member != NULL)
    {
      append (self, "\"");
      append (self, member);
      append (self, self->depth == 0 ? "\": " : "\":");
    }
}

HsJsonOut *
hs_json_out_new (GOutputStream *stream)
{
  HsJsonOut *self = g_new0 (HsJsonOut, 1);

  self->stream = g_object_ref (stream);
  append (self, "{");

  return self;
}

gboolean
hs_json_out_finish (HsJsonOut *self,
                    GError   **error)
{
  gboolean ok;

  g_warn_if_fail (self->depth == 0);
  append (self, "\n}\n");
  flush (self);

  ok = self->error == NULL;
  if (!ok)
    g_propagate_error (error, self->error);

  g_object_unref (self->stream);
  g_free (self);

  return ok;
}

/* ---- Values ---- */

static gboolean
needs_escape (guchar c)
{
  return c < 0x20 || c == '"' || c == '\\' || c == 0x7f;
}

static void
append_escape (HsJsonOut *self,
               guchar     c)
{
  static const char special[] = "\b\f\n\r\t\"\\";
  static const char letters[] = "bfnrt\"\\";
  const char       *found = strchr (special, c);
  char              escape[8];

  if (found != NULL)
    g_snprintf (escape, sizeof escape, "\\%c", letters[found - special]);
  else
    g_snprintf (escape, sizeof escape, "\\u%04x", c);
  append (self, escape);
}

void
hs_json_out_put_text (HsJsonOut  *self,
                      const char *member,
                      const char *text)
{
  begin_item (self, member);
  if (text == NULL)
    {
      append (self, "null");
      return;
    }

  append (self, "\"");
  while (*text != '\0')
    {
      const char *end = text;

      while (*end != '\0' && !needs_escape ((guchar)*end))
        end++;
      append_sized (self, text, (gsize)(end - text));
      if (*end != '\0')
        append_escape (self, (guchar)*end++);
      text = end;
    }
  append (self, "\"");
}

void
hs_json_out_put_int (HsJsonOut  *self,
                     const char *member,
                     gint64      value)
{
  char    digits[20]; /* of 2^63, and a sign */
  gsize   i = sizeof digits;
  guint64 rest = value < 0 ? -(guint64)value : (guint64)value;

  begin_item (self, member);
  do
    digits[--i] = (char)('0' + rest % 10);
  while ((rest /= 10) != 0);
  if (value < 0)
    digits[--i] = '-';
  append_sized (self, digits + i, sizeof digits - i);
}

void
hs_json_out_put_double (HsJsonOut  *self,
                        const char *member,
                        double      value)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  if (!isfinite (value))
    {
      hs_json_out_put_null (self, member);
      return;
    }
  g_ascii_formatd (digits, sizeof digits, "%.9g", value);
  begin_item (self, member);
  append_sized (self, digits, strlen (digits));
}

void
hs_json_out_put_boolean (HsJsonOut  *self,
                         const char *member,
                         gboolean    value)
{
  begin_item (self, member);
  append (self, value ? "true" : "false");
}

void
hs_json_out_put_null (HsJsonOut  *self,
                      const char *member)
{
  hs_json_out_put_text (self, member, NULL);
}

/* ---- Objects and arrays ---- */

static void
begin_level (HsJsonOut  *self,
             const char *member,
             gboolean    is_array)
{
  g_return_if_fail (self->depth < DEPTH_MAX);

  begin_item (self, member);
  append (self, is_array ? "[" : "{");
  self->levels[++self->depth] = (Level) { .is_array = is_array };
}

static void
end_level (HsJsonOut  *self,
           const char *end)
{
  g_return_if_fail (self->depth > 0);

  self->depth--;
  append (self, end);
}

void
hs_json_out_begin_object (HsJsonOut  *self,
                          const char *member)
{
  begin_level (self, member, FALSE);
}

void
hs_json_out_end_object (HsJsonOut *self)
{
  end_level (self, "}");
}

void
hs_json_out_begin_array (HsJsonOut  *self,
                         const char *member)
{
  begin_level (self, member, TRUE);
}

void
hs_json_out_end_array (HsJsonOut *self)
{
  gboolean is_on_lines = self->depth == 1 && self->levels[1].has_items;

  end_level (self, is_on_lines ? "\n]" : "]");
}
