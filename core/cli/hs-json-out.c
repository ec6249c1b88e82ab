/* hs-json-out.c - writes one JSON object, member by member
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-json-out.h"

/* Written text goes to the stream once it is this long, bytes. */
#define CHUNK_SIZE ((gsize)64 << 10)

struct _HsJsonOut
{
  GOutputStream *stream;
  JsonGenerator *generator;
  GString       *text; /* not yet written */
  GError        *error;
  gboolean       has_member;
  gboolean       has_element; /* of the open array */
};

static void
flush (HsJsonOut *self,
       gsize      threshold)
{
  if (self->text->len < threshold)
    return;

  if (self->error == NULL)
    g_output_stream_write_all (self->stream, self->text->str, self->text->len, NULL, NULL,
                               &self->error);
  g_string_truncate (self->text, 0);
}

/* @node: (transfer full) */
static void
append_node (HsJsonOut *self,
             JsonNode  *node)
{
  json_generator_set_root (self->generator, node);
  json_generator_to_gstring (self->generator, self->text);
  json_node_unref (node);
  flush (self, CHUNK_SIZE);
}

static JsonNode *
new_text_node (const char *text)
{
  JsonNode *node = json_node_new (text != NULL ? JSON_NODE_VALUE : JSON_NODE_NULL);

  if (text != NULL)
    json_node_set_string (node, text);

  return node;
}

static void
append_name (HsJsonOut  *self,
             const char *member)
{
  g_string_append (self->text, self->has_member ? ",\n" : "\n");
  self->has_member = TRUE;
  append_node (self, new_text_node (member));
  g_string_append (self->text, ": ");
}

HsJsonOut *
hs_json_out_new (GOutputStream *stream)
{
  HsJsonOut *self = g_new0 (HsJsonOut, 1);

  self->stream = g_object_ref (stream);
  self->generator = json_generator_new ();
  self->text = g_string_new ("{");

  return self;
}

gboolean
hs_json_out_finish (HsJsonOut *self,
                    GError   **error)
{
  gboolean ok;

  g_string_append (self->text, "\n}\n");
  flush (self, 0);

  ok = self->error == NULL;
  if (!ok)
    g_propagate_error (error, self->error);

  g_string_free (self->text, TRUE);
  g_object_unref (self->generator);
  g_object_unref (self->stream);
  g_free (self);

  return ok;
}

void
hs_json_out_put_text (HsJsonOut  *self,
                      const char *member,
                      const char *text)
{
  append_name (self, member);
  append_node (self, new_text_node (text));
}

void
hs_json_out_put_int (HsJsonOut  *self,
                     const char *member,
                     gint64      value)
{
  append_name (self, member);
  g_string_append_printf (self->text, "%" G_GINT64_FORMAT, value);
}

void
hs_json_out_put_boolean (HsJsonOut  *self,
                         const char *member,
                         gboolean    value)
{
  append_name (self, member);
  g_string_append (self->text, value ? "true" : "false");
}

void
hs_json_out_put_null (HsJsonOut  *self,
                      const char *member)
{
  hs_json_out_put_text (self, member, NULL);
}

static JsonNode *
new_object_node (JsonObject *object)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, object);

  return node;
}

void
hs_json_out_put_object (HsJsonOut  *self,
                        const char *member,
                        JsonObject *object)
{
  append_name (self, member);
  append_node (self, new_object_node (object));
}

void
hs_json_out_begin_array (HsJsonOut  *self,
                         const char *member)
{
  append_name (self, member);
  g_string_append_c (self->text, '[');
  self->has_element = FALSE;
}

static void
begin_element (HsJsonOut *self)
{
  g_string_append (self->text, self->has_element ? ",\n  " : "\n  ");
  self->has_element = TRUE;
}

void
hs_json_out_add_object (HsJsonOut  *self,
                        JsonObject *object)
{
  begin_element (self);
  append_node (self, new_object_node (object));
}

void
hs_json_out_add_text (HsJsonOut  *self,
                      const char *text)
{
  begin_element (self);
  append_node (self, new_text_node (text));
}

void
hs_json_out_end_array (HsJsonOut *self)
{
  g_string_append (self->text, self->has_element ? "\n]" : "]");
}
