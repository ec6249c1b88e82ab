/* hs-strings.c - the distinct texts of a heap, and why equal ones are shared or not
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-strings-private.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#include "hs-format.h"
#include "hs-text-table.h"

/* Above this, no two texts are known to be equal. */
#define HASH_NONE (G_GUINT64_CONSTANT (1) << 63)

/* ---- Which are equal ---- */

/* Texts are equal if their previews are, or, where these are cut, if their
 * lengths and hashes are, too. Without a hash each is for itself.
 */
static HsTextKey
get_key (HsIdentity *identity,
         uint32_t    object)
{
  const HsSnapshotView *view = &identity->heap->view;
  HsTextKey             key = { .length = hs_snapshot_view_get_length (view, object) };

  key.size = _hs_identity_get_text (identity, object, &key.text);
  if (view->object_flags[object] & HS_OBJECT_PREVIEW_CUT || key.size >= HS_PREVIEW_MAX - 2)
    {
      key.hash = hs_snapshot_view_get_text_hash (view, object);
      if (key.hash == 0)
        key.hash = HASH_NONE + object;
    }

  return key;
}

/* Numbers the texts in the order of their first object, and counts the copies.
 * Returns: (transfer full): the number of each str, in the order of objects
 */
static guint32 *
number_texts (HsStrings *self,
              guint32   *n_strings)
{
  const HsSnapshotView *view = &self->heap->view;
  guint32              *number;
  guint32               n = 0;
  g_autoptr(HsTextTable) table = NULL;

  for (uint32_t object = 0; object < view->info.n_reached; object++)
    n += _hs_identity_get_exact (self->identity, object) == HS_EXACT_STR;

  table = hs_text_table_new (n);
  number = g_new (guint32, (gsize)n + 1);
  *n_strings = 0;
  for (uint32_t object = 0; object < view->info.n_reached; object++)
    {
      HsTextKey key;

      if (_hs_identity_get_exact (self->identity, object) != HS_EXACT_STR)
        continue;
      key = get_key (self->identity, object);
      number[(*n_strings)++] = hs_text_table_add (table, &key);
    }
  self->n_values = hs_text_table_get_n (table);

  return number;
}

static void
collect_copies (HsStrings *self)
{
  guint32             n_strings;
  g_autofree guint32 *number = number_texts (self, &n_strings);
  guint32             first = 0;

  self->values = g_new0 (HsStringValue, (gsize)self->n_values + 1);
  self->copies = g_new (guint32, (gsize)n_strings + 1);

  for (guint32 i = 0; i < n_strings; i++)
    self->values[number[i]].n_copies++;
  for (guint32 i = 0; i < self->n_values; i++)
    {
      self->values[i].first_copy = first;
      first += self->values[i].n_copies;
      self->values[i].n_copies = 0;
    }

  for (uint32_t object = 0, i = 0; i < n_strings; object++)
    {
      HsStringValue *value;

      if (_hs_identity_get_exact (self->identity, object) != HS_EXACT_STR)
        continue;
      value = &self->values[number[i++]];
      self->copies[value->first_copy + value->n_copies++] = object;
    }
}

/* ---- What each is ---- */

/* How much there is against throwing the copy away. */
static guint
get_rank (guint facts)
{
  if (facts & HS_IDENTITY_INTERNED)
    return 3;
  if (facts & HS_IDENTITY_STATIC)
    return 2;

  return facts & HS_IDENTITY_CONSTANT ? 1 : 0;
}

/* Whether what can be seen of a text is a shorter one, repeated, and the length
 * agrees. The borders of its beginnings tell (Knuth, Morris, Pratt).
 */
static gboolean
is_repetition (HsStrings           *self,
               const HsStringValue *value)
{
  static const char   end[] = "…";
  const char         *text;
  gsize               size = _hs_identity_get_text (self->identity, value->object, &text);
  g_autofree guint16 *border = g_new0 (guint16, HS_PREVIEW_MAX);
  gboolean            is_ascii = TRUE;
  gsize               period;

  if (size >= strlen (end) && memcmp (text + size - strlen (end), end, strlen (end)) == 0)
    size -= strlen (end);
  if (size < 2)
    return FALSE;

  for (gsize i = 1, k = 0; i < size; i++)
    {
      while (k > 0 && text[i] != text[k])
        k = border[k - 1];
      if (text[i] == text[k])
        k++;
      border[i] = (guint16)k;
      is_ascii = is_ascii && text[i] > 0;
    }
  period = size - border[size - 1];

  /* Bytes are characters only in ASCII; escapes are rare enough. */
  return period <= size / 2 && (!is_ascii || value->length % period == 0);
}

static HsWhy
get_why_separate (HsStrings           *self,
                  const HsStringValue *value,
                  guint32              n_constants,
                  guint32              n_kept)
{
  if (value->length == 1 && value->n_copies == 2 && n_kept == 2)
    return HS_WHY_TWO_CACHES;
  if (n_constants == value->n_copies)
    return HS_WHY_COMPILED_APART;
  if (value->n_made == 0)
    return HS_WHY_SEPARATE;
  if (value->n_made == value->n_copies && value->length != HS_LENGTH_NONE &&
      value->length > HS_FOLD_MAX && is_repetition (self, value))
    return HS_WHY_FOLD_LIMIT;

  return HS_WHY_RUN_TIME;
}

static void
add_bytes (guint64 *sum,
           guint64  bytes)
{
  *sum = bytes > G_MAXINT64 - *sum ? G_MAXINT64 : *sum + bytes;
}

/* Adds what @object saves by being referred to several times. */
static void
add_sharing (HsStrings     *self,
             HsStringValue *value,
             guint32        object)
{
  guint32 n_uses = self->n_uses[object];
  guint64 cost = _hs_strings_get_copy_cost (self, object);
  guint64 bytes;

  value->n_uses += n_uses;
  if (n_uses > 1)
    add_bytes (&value->sharing,
               g_uint64_checked_mul (&bytes, n_uses - 1, cost) ? bytes : G_MAXINT64);
}

static HsStringUse
get_use (const HsStringValue *value,
         guint                facts)
{
  if (value->n_uses > 0 || (value->n_references == 0 &&
                            (facts & (HS_IDENTITY_CONSTANT | HS_IDENTITY_NAME)) == 0))
    return HS_STRING_DATA;

  return (facts & (HS_IDENTITY_CONSTANT | HS_IDENTITY_NAME)) == HS_IDENTITY_CONSTANT
           ? HS_STRING_CONSTANT
           : HS_STRING_NAME;
}

static void
describe (HsStrings     *self,
          HsStringValue *value)
{
  const guint32 *copies = self->copies + value->first_copy;
  guint32        n_constants = 0; /* that are not interned */
  guint32        n_kept = 0;      /* interned or in the cache of characters */
  guint          best = 0;
  guint          all_facts = 0;
  guint64        first = hs_heap_get_least (self->heap, copies[0]);

  for (guint32 i = 0; i < value->n_copies; i++)
    {
      guint   facts = hs_identity_get_facts (self->identity, copies[i]);
      guint64 occupied = hs_heap_get_least (self->heap, copies[i]);
      guint   rank = get_rank (facts);

      all_facts |= facts;
      value->n_references += hs_heap_get_n_referrers (self->heap, copies[i]);
      value->is_least |= hs_heap_get_occupied (self->heap, copies[i]) == HS_BYTES_UNKNOWN;
      add_bytes (&value->occupied, occupied);
      add_sharing (self, value, copies[i]);
      value->n_made += hs_identity_is_made (self->identity, copies[i]);
      value->is_interned = value->is_interned || (facts & HS_IDENTITY_INTERNED);
      n_kept += rank >= 2;
      n_constants += rank == 1;
      if (rank == 0)
        add_bytes (&value->saving, occupied);
      if (i == 0 || rank > best)
        {
          value->object = copies[i];
          best = rank;
        }
    }

  /* One of them stays. */
  if (best == 0)
    value->saving -= MIN (first, value->saving);
  value->length = hs_snapshot_view_get_length (&self->heap->view, value->object);
  value->width = (guint8)_hs_strings_get_width (self, value->object, &value->is_ascii);
  value->use = get_use (value, all_facts);
  value->why = value->n_copies == 1 ? hs_identity_get_why (self->identity, value->object)
                                    : get_why_separate (self, value, n_constants, n_kept);
}

/* By what can be saved, then by size; equals stay in the order of their objects. */
static int
compare_values (gconstpointer a,
                gconstpointer b)
{
  const HsStringValue *left = a;
  const HsStringValue *right = b;

  if (left->saving != right->saving)
    return left->saving < right->saving ? 1 : -1;
  if (left->occupied != right->occupied)
    return left->occupied < right->occupied ? 1 : -1;

  return (left->first_copy > right->first_copy) - (left->first_copy < right->first_copy);
}

static void
add_to_sums (HsStrings           *self,
             const HsStringValue *value)
{
  HsStringSums *sums = &self->sums[value->use];

  sums->n_values++;
  sums->n_copies += value->n_copies;
  sums->n_uses += value->n_uses;
  sums->is_least |= value->is_least;
  add_bytes (&sums->occupied, value->occupied);
  add_bytes (&sums->sharing, value->sharing);
  add_bytes (&sums->saving, value->saving);
}

static void
index_copies (HsStrings *self)
{
  self->value_of = g_new (guint32, (gsize)self->heap->view.n_objects + 1);
  memset (self->value_of, 0xff, sizeof (guint32) * ((gsize)self->heap->view.n_objects + 1));
  for (guint32 i = 0; i < self->n_values; i++)
    for (guint32 k = 0; k < self->values[i].n_copies; k++)
      self->value_of[self->copies[self->values[i].first_copy + k]] = i;
}

HsStrings *
hs_strings_new (HsHeap *heap)
{
  HsStrings *self;

  g_return_val_if_fail (heap != NULL, NULL);

  self = g_new0 (HsStrings, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->heap = hs_heap_ref (heap);
  self->identity = hs_identity_new (heap);
  _hs_strings_find_uses (self);
  collect_copies (self);
  for (guint32 i = 0; i < self->n_values; i++)
    {
      describe (self, &self->values[i]);
      add_to_sums (self, &self->values[i]);
    }
  qsort (self->values, self->n_values, sizeof *self->values, compare_values);
  index_copies (self);

  return self;
}

HsStrings *
hs_strings_ref (HsStrings *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
hs_strings_unref (HsStrings *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  hs_heap_unref (self->heap);
  hs_identity_free (self->identity);
  g_free (self->values);
  g_free (self->copies);
  g_free (self->value_of);
  g_free (self->marks);
  g_free (self->n_uses);
  g_free (self->parents);
  g_free (self);
}

HsHeap *
hs_strings_get_heap (HsStrings *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->heap;
}

guint32
hs_strings_get_n (HsStrings *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_values;
}

const HsStringValue *
hs_strings_get (HsStrings *self,
                guint32    i)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (i < self->n_values, NULL);

  return &self->values[i];
}

const guint32 *
hs_strings_get_copies (HsStrings *self,
                       guint32    i)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (i < self->n_values, NULL);

  return self->copies + self->values[i].first_copy;
}

guint32
hs_strings_find (HsStrings *self,
                 guint32    object)
{
  g_return_val_if_fail (self != NULL, HS_NO_STRING);

  return object < self->heap->view.n_objects ? self->value_of[object] : HS_NO_STRING;
}

guint32
hs_strings_get_n_uses (HsStrings *self,
                       guint32    object)
{
  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (object < self->heap->view.n_objects, 0);

  return self->n_uses[object];
}

const HsStringSums *
hs_strings_get_sums (HsStrings  *self,
                     HsStringUse use)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (use < HS_N_STRING_USES, NULL);

  return &self->sums[use];
}

HsIdentity *
hs_strings_get_identity (HsStrings *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->identity;
}

/* ---- In words ---- */

static char *
dup_why_made (const HsStringValue *value)
{
  g_autofree char *n_made = hs_format_count (value->n_made);
  g_autofree char *n_copies = hs_format_count (value->n_copies);

  if (value->why == HS_WHY_FOLD_LIMIT)
    {
      g_autofree char *limit = hs_format_count (HS_FOLD_MAX);

      /* Translators: a number */
      return g_strdup_printf (_("made while the code ran: the compiler repeats a text only up to "
                                "%s characters; nothing interned them"),
                                 limit);
    }
  if (value->n_made == value->n_copies)
    return g_strdup (_("made while the code ran; nothing interned them"));

  /* Translators: numbers: "2 of 3 copies" */
  return g_strdup_printf (ngettext ("%s of %s copies was made while the code ran; nothing interned "
                                    "it",
                                    "%s of %s copies were made while the code ran; nothing "
                                    "interned them",
                                    value->n_made),
                          n_made, n_copies);
}

char *
hs_strings_dup_why (HsStrings *self,
                    guint32    i)
{
  const HsStringValue *value;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (i < self->n_values, NULL);

  value = &self->values[i];
  switch (value->why)
    {
    case HS_WHY_TWO_CACHES:
      return g_strdup (_("Python keeps one object for each character up to U+00FF, and before 3.13 "
                         "may intern another"));

    case HS_WHY_COMPILED_APART:
      return g_strdup (_("constants of code that was compiled separately, and not made only of "
                         "letters, digits and underscores"));

    case HS_WHY_FOLD_LIMIT:
    case HS_WHY_RUN_TIME:
      return dup_why_made (value);

    case HS_WHY_SEPARATE:
      return g_strdup (_("separate objects, of which at most one is interned"));

    case HS_WHY_NONE:
    case HS_WHY_EMPTY:
    case HS_WHY_SINGLE:
    case HS_WHY_SMALL_INT:
    case HS_WHY_COMPILE_TIME:
    case HS_WHY_CONSTANT:
    case HS_WHY_NAME:
    case HS_WHY_SYS_INTERN:
    case HS_WHY_INTERNED:
    case HS_WHY_ALIAS:
    case HS_N_WHYS:
      break;
    }

  return hs_identity_dup_why (self->identity, value->object);
}
