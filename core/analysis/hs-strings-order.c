/* hs-strings-order.c - the texts of a heap, by what one looks for
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-strings-private.h"

#include <string.h>

static guint64
get_weight (const HsStringValue *value,
            HsStringsOrder       order)
{
  switch (order)
    {
    case HS_STRINGS_BY_BYTES:
      return value->occupied;
    case HS_STRINGS_BY_COPIES:
      return value->n_copies;
    case HS_STRINGS_BY_REFERENCES:
      return value->n_uses;
    case HS_STRINGS_BY_LENGTH:
      return value->length != HS_LENGTH_NONE ? value->length : 0;
    case HS_STRINGS_BY_WASTE:
    case HS_STRINGS_BY_TEXT:
    case HS_N_STRINGS_ORDERS:
      break;
    }

  return value->saving;
}

typedef struct
{
  HsStrings     *strings;
  HsStringsOrder order;
} Sorting;

static int
compare_weights (gconstpointer a,
                 gconstpointer b,
                 gpointer      user_data)
{
  const Sorting *sorting = user_data;
  guint32        left = *(const guint32 *)a;
  guint32        right = *(const guint32 *)b;
  guint64        left_weight = get_weight (&sorting->strings->values[left], sorting->order);
  guint64        right_weight = get_weight (&sorting->strings->values[right], sorting->order);

  if (left_weight != right_weight)
    return left_weight < right_weight ? 1 : -1;

  return (left > right) - (left < right);
}

/* By code points, as Python sorts: that is the order of the bytes of UTF-8. */
static int
compare_texts (gconstpointer a,
               gconstpointer b,
               gpointer      user_data)
{
  const Sorting *sorting = user_data;
  guint32        left = *(const guint32 *)a;
  guint32        right = *(const guint32 *)b;
  const char    *left_text;
  const char    *right_text;
  gsize          left_size;
  gsize          right_size;
  int            result;

  left_size = _hs_identity_get_text (sorting->strings->identity,
                                     sorting->strings->values[left].object, &left_text);
  right_size = _hs_identity_get_text (sorting->strings->identity,
                                      sorting->strings->values[right].object, &right_text);
  result = memcmp (left_text, right_text, MIN (left_size, right_size));
  if (result != 0)
    return result;
  if (left_size != right_size)
    return left_size < right_size ? -1 : 1;

  return (left > right) - (left < right);
}

guint32 *
hs_strings_dup_order (HsStrings     *self,
                      HsStringsOrder order)
{
  Sorting  sorting = { self, order };
  guint32 *values;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (order < HS_N_STRINGS_ORDERS, NULL);

  values = g_new (guint32, (gsize)self->n_values + 1);
  for (guint32 i = 0; i < self->n_values; i++)
    values[i] = i;
  if (order != HS_STRINGS_BY_WASTE && self->n_values > 0)
    g_qsort_with_data (values, (int)self->n_values, sizeof *values,
                       order == HS_STRINGS_BY_TEXT ? compare_texts : compare_weights, &sorting);

  return values;
}
