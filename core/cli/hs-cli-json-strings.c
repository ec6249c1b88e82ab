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
put_constant_of (HsJsonOut           *out,
                 HsStrings           *strings,
                 const HsStringValue *value)
{
  gboolean has_more;
  g_auto(GStrv) codes =
            hs_identity_dup_codes (hs_strings_get_identity (strings), value->object, &has_more);

  if (codes[0] == NULL)
    return;

  hs_json_out_begin_array (out, "constant_of");
  for (gsize i = 0; codes[i] != NULL; i++)
    hs_json_out_put_text (out, NULL, codes[i]);
  hs_json_out_end_array (out);
  if (has_more)
    hs_json_out_put_boolean (out, "constant_of_more", TRUE);
}

static void
add_string (HsJsonOut *out,
            HsHeap    *heap,
            HsStrings *strings,
            guint32    i)
{
  const HsStringValue *value = hs_strings_get (strings, i);
  const guint32       *copies = hs_strings_get_copies (strings, i);
  g_autofree char     *preview = hs_heap_dup_preview (heap, value->object);
  g_autofree char     *text = hs_strings_dup_why (strings, i);

  hs_json_out_begin_object (out, NULL);
  hs_json_out_put_text (out, "preview", preview);
  hs_cli_json_put_bytes (out, "length", value->length);
  hs_json_out_put_int (out, "copies", value->n_copies);
  hs_json_out_put_int (out, "references", (gint64)value->n_references);
  hs_json_out_put_boolean (out, "interned", value->is_interned);
  hs_json_out_put_text (out, "why", hs_why_to_string (value->why));
  hs_json_out_put_text (out, "why_text", text);
  put_constant_of (out, strings, value);
  hs_cli_json_put_bytes (out, "occupied", value->occupied);
  hs_cli_json_put_bytes (out, "saving", value->saving);

  hs_json_out_begin_array (out, "ids");
  for (guint32 k = 0; k < value->n_copies; k++)
    hs_json_out_put_int (out, NULL, hs_cli_json_get_id (copies[k]));
  hs_json_out_end_array (out);
  hs_json_out_end_object (out);
}

void
hs_cli_json_put_strings (HsJsonOut *out,
                         HsHeap    *heap)
{
  g_autoptr(HsStrings) strings = hs_strings_new (heap);
  guint32 n = hs_strings_get_n (strings);

  hs_json_out_begin_array (out, "strings");
  for (guint32 i = 0; i < n; i++)
    add_string (out, heap, strings, i);
  hs_json_out_end_array (out);
  hs_json_out_put_int (out, "strings_total", n);
}
