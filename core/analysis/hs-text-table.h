/* hs-text-table.h - a number for each distinct text
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define HS_TEXT_TABLE_NONE G_MAXUINT32

/* Two texts are the same if all four are. */
typedef struct
{
  const char *text; /* not copied */
  gsize       size; /* bytes */
  guint64     length;
  guint64     hash; /* of what the text leaves out, or 0 */
} HsTextKey;

/* Open addressing, hashed with a seed that nobody knows beforehand: the texts
 * come from code that may want to make it slow.
 */
typedef struct _HsTextTable HsTextTable;

/* @n_max: as many as will ever be added */
HsTextTable *hs_text_table_new (guint32 n_max);
void         hs_text_table_free (HsTextTable *self);

/* Returns: the number of the text: 0 for the first, the next for each new one */
guint32 hs_text_table_add (HsTextTable     *self,
                           const HsTextKey *key);

/* Returns: the number of the text, or HS_TEXT_TABLE_NONE */
guint32 hs_text_table_find (const HsTextTable *self,
                            const HsTextKey   *key);

guint32 hs_text_table_get_n (const HsTextTable *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HsTextTable, hs_text_table_free)

G_END_DECLS
