/* hs-json-out.h - writes one JSON object, member by member
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The top level stands on lines of its own, elements of arrays too; what is
 * inside an element is built with json-glib and dropped once written. An error
 * while writing is remembered and told at the end.
 */
typedef struct _HsJsonOut HsJsonOut;

HsJsonOut *hs_json_out_new (GOutputStream *stream);

/* Ends the object and frees @self. Does not close the stream. */
gboolean hs_json_out_finish (HsJsonOut *self,
                             GError   **error);

void hs_json_out_put_text (HsJsonOut  *self,
                           const char *member,
                           const char *text); /* (nullable): null */
void hs_json_out_put_int (HsJsonOut  *self,
                          const char *member,
                          gint64      value);
void hs_json_out_put_boolean (HsJsonOut  *self,
                              const char *member,
                              gboolean    value);
void hs_json_out_put_null (HsJsonOut  *self,
                           const char *member);
void hs_json_out_put_object (HsJsonOut  *self,
                             const char *member,
                             JsonObject *object); /* (transfer full) */

void hs_json_out_begin_array (HsJsonOut  *self,
                              const char *member);
void hs_json_out_add_object (HsJsonOut  *self,
                             JsonObject *object); /* (transfer full) */
void hs_json_out_add_text (HsJsonOut  *self,
                           const char *text);
void hs_json_out_end_array (HsJsonOut *self);

G_END_DECLS
