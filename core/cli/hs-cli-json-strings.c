/* hs-cli-json-strings.c - the texts of a heap as JSON
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-cli-json-strings.h"

#include "hs-cli-json-object.h"
#include "hs-strings.h"

/* The code objects that hold a text as a constant, if any does. */
static void
set_constant_of (JsonObject          *object,
                 HsStrings           *strings,
                 const HsStringValue *value)
{
  gboolean has_more;
  g_auto(GStrv) codes =
            hs_identity_dup_codes (hs_strings_get_identity (strings), value->object, &has_more);
  JsonArray *array;

  if (codes[0] == NULL)
    return;

  array = json_array_new ();
  for (gsize i = 0; codes[i] != NULL; i++)
    json_array_add_string_element (array, codes[i]);
  json_object_set_array_member (object, "constant_of", array);
  if (has_more)
    json_object_set_boolean_member (object, "constant_of_more", TRUE);
}

static JsonObject *
new_string (HsHeap    *heap,
            HsStrings *strings,
            guint32    i)
{
  const HsStringValue *value = hs_strings_get (strings, i);
  const guint32       *copies = hs_strings_get_copies (strings, i);
  g_autofree char     *preview = hs_heap_dup_preview (heap, value->object);
  g_autofree char     *text = hs_strings_dup_why (strings, i);
  const char          *why = hs_why_to_string (value->why);
  JsonObject          *object = json_object_new ();
  JsonArray           *ids = json_array_sized_new (value->n_copies);

  json_object_set_string_member (object, "preview", preview);
  hs_cli_json_set_bytes (object, "length", value->length);
  json_object_set_int_member (object, "copies", value->n_copies);
  json_object_set_int_member (object, "references", (gint64)value->n_references);
  json_object_set_boolean_member (object, "interned", value->is_interned);
  if (why != NULL)
    json_object_set_string_member (object, "why", why);
  else
    json_object_set_null_member (object, "why");
  json_object_set_string_member (object, "why_text", text);
  set_constant_of (object, strings, value);
  hs_cli_json_set_bytes (object, "occupied", value->occupied);
  hs_cli_json_set_bytes (object, "saving", value->saving);

  for (guint32 k = 0; k < value->n_copies; k++)
    json_array_add_int_element (ids, hs_cli_json_get_id (copies[k]));
  json_object_set_array_member (object, "ids", ids);

  return object;
}

void
hs_cli_json_put_strings (HsJsonOut *out,
                         HsHeap    *heap)
{
  g_autoptr(HsStrings) strings = hs_strings_new (heap);
  guint32 n = hs_strings_get_n (strings);

  hs_json_out_begin_array (out, "strings");
  for (guint32 i = 0; i < n; i++)
    hs_json_out_add_object (out, new_string (heap, strings, i));
  hs_json_out_end_array (out);
  hs_json_out_put_int (out, "strings_total", n);
}
