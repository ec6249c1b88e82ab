/* hs-cli-json-object.h - one object of a heap as JSON
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-heap.h"
#include "hs-json-out.h"

G_BEGIN_DECLS

/* An object's index in the snapshot as the id that people see. */
gint64 hs_cli_json_get_id (guint32 object);

/* A number of bytes, null if it is HS_BYTES_UNKNOWN. JSON's integers end at 2^63. */
void hs_cli_json_put_bytes (HsJsonOut  *out,
                            const char *member,
                            guint64     bytes);

/* "getsizeof", "requested", "occupied", "retained" of object @index, with
 * "own_sizeof", "occupied_at_least" and "retained_at_least" where they say why one
 * is null.
 */
void hs_cli_json_put_sizes (HsJsonOut *out,
                            HsHeap    *heap,
                            guint32    index);

/* As an element of an array. @types: the names of the types, by index. */
void hs_cli_json_add_object (HsJsonOut         *out,
                             HsHeap            *heap,
                             guint32            index,
                             const char *const *types);

G_END_DECLS
