/* hs-text-table.c - a number for each distinct text
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-text-table.h"

#include <string.h>

#define FACTOR_A G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)
#define FACTOR_B G_GUINT64_CONSTANT (0xd6e8feb86659fd93)

typedef struct
{
  guint32 number; /* + 1; 0: free */
  guint32 mark;   /* bits of the hash that did not choose the slot */
} Slot;

struct _HsTextTable
{
  Slot      *slots; /* owned */
  guint64    mask;  /* number of slots - 1 */
  HsTextKey *keys;  /* owned; by number */
  guint32    n;
  guint32    n_max;
  guint64    seed;
};

HsTextTable *
hs_text_table_new (guint32 n_max)
{
  HsTextTable *self = g_new0 (HsTextTable, 1);
  guint64      n_slots = 16;

  while (n_slots / 2 < n_max)
    n_slots *= 2;

  self->mask = n_slots - 1;
  self->slots = g_new0 (Slot, n_slots);
  self->keys = g_new (HsTextKey, (gsize)n_max + 1);
  self->n_max = n_max;
  self->seed = (guint64)g_random_int () << 32 | g_random_int ();

  return self;
}

void
hs_text_table_free (HsTextTable *self)
{
  g_free (self->slots);
  g_free (self->keys);
  g_free (self);
}

static guint64
mix (guint64 a,
     guint64 b)
{
  unsigned __int128 product = (unsigned __int128)(a ^ FACTOR_A) * (b ^ FACTOR_B);

  return (guint64)product ^ (guint64)(product >> 64);
}

static guint64
hash_key (const HsTextTable *self,
          const HsTextKey   *key)
{
  guint64 hash = mix (key->length ^ self->seed, key->hash);
  guint64 word = 0;
  gsize   i;

  for (i = 0; i + sizeof word <= key->size; i += sizeof word)
    {
      memcpy (&word, key->text + i, sizeof word);
      hash = mix (hash ^ word, self->seed);
    }
  word = 0;
  memcpy (&word, key->text + i, key->size - i);

  return mix (hash ^ word, key->size ^ self->seed);
}

static gboolean
is_same (const HsTextKey *a,
         const HsTextKey *b)
{
  return a->size == b->size && a->length == b->length && a->hash == b->hash &&
         memcmp (a->text, b->text, a->size) == 0;
}

/* The slot of @key, or the free one where it belongs. */
static Slot *
find_slot (const HsTextTable *self,
           const HsTextKey   *key,
           guint32           *mark)
{
  guint64 hash = hash_key (self, key);

  *mark = (guint32)(hash >> 32);
  for (guint64 i = hash;; i++)
    {
      Slot *slot = &self->slots[i & self->mask];

      if (slot->number == 0 ||
          (slot->mark == *mark && is_same (&self->keys[slot->number - 1], key)))
        return slot;
    }
}

guint32
hs_text_table_add (HsTextTable     *self,
                   const HsTextKey *key)
{
  guint32 mark;
  Slot   *slot = find_slot (self, key, &mark);

  if (slot->number == 0)
    {
      g_assert (self->n < self->n_max);
      self->keys[self->n++] = *key;
      *slot = (Slot) { self->n, mark };
    }

  return slot->number - 1;
}

guint32
hs_text_table_find (const HsTextTable *self,
                    const HsTextKey   *key)
{
  guint32 mark;

  return find_slot (self, key, &mark)->number - 1;
}

guint32
hs_text_table_get_n (const HsTextTable *self)
{
  return self->n;
}
