/* hs-json-out.h - writes JSON as it comes
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* One object, which is open from the start. Its members stand on lines of their
 * own, and so do the elements of its arrays; what is inside of those is on one
 * line without blanks. Nothing is kept but some text that is not written yet. An
 * error while writing is remembered and told at the end.
 *
 * @member: the name in an object, plain ASCII that needs no escapes; NULL in an
 * array. Members of one object must differ.
 */
typedef struct _HsJsonOut HsJsonOut;

HsJsonOut *hs_json_out_new (GOutputStream *stream);

/* Ends the object and frees @self. Does not close the stream. */
gboolean hs_json_out_finish (HsJsonOut *self,
                             GError   **error);

void hs_json_out_put_text (HsJsonOut  *self,
                           const char *member,
                           const char *text); /* (nullable): UTF-8; NULL: null */
void hs_json_out_put_int (HsJsonOut  *self,
                          const char *member,
                          gint64      value);
/* What is no finite number is null. */
void hs_json_out_put_double (HsJsonOut  *self,
                             const char *member,
                             double      value);
void hs_json_out_put_boolean (HsJsonOut  *self,
                              const char *member,
                              gboolean    value);
void hs_json_out_put_null (HsJsonOut  *self,
                           const char *member);

/* At most 8 may be open at a time. */
void hs_json_out_begin_object (HsJsonOut  *self,
                               const char *member);
void hs_json_out_end_object (HsJsonOut *self);
void hs_json_out_begin_array (HsJsonOut  *self,
                              const char *member);
void hs_json_out_end_array (HsJsonOut *self);

G_END_DECLS
