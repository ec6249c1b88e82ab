/* hs-names.c - labels, each text stored once
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-text.h"
#include "hs-walk.h"

#include <string.h>

/* Names are rarely longer; one that is, is cut. */
#define LABEL_MAX 1024

uint32_t
hs_walk_get_label (HsWalk   *self,
                   PyObject *str)
{
  uint32_t *offset;
  char      buffer[LABEL_MAX];
  HsText    text;

  if (!PyUnicode_Check (str))
    return 0;

  offset = hs_address_map_get (&self->labels, (uint64_t)str);
  if (offset == NULL)
    return 0;

  if (*offset == UINT32_MAX)
    {
      hs_text_init (&text, buffer, sizeof buffer);
      hs_text_add_str (&text, str);
      *offset = hs_snapshot_writer_add_string (&self->out, buffer, text.size);
    }

  return *offset;
}

uint32_t
hs_walk_get_c_label (HsWalk     *self,
                     const char *text)
{
  uint32_t *offset = hs_address_map_get (&self->labels, (uint64_t)text);

  if (offset == NULL)
    return 0;

  if (*offset == UINT32_MAX)
    *offset = hs_snapshot_writer_add_string (&self->out, text, strlen (text));

  return *offset;
}

static bool
fill_labels (HsWalk             *self,
             const HsAttributes *attributes,
             HsLabelCache       *cache)
{
  uint32_t n = (uint32_t)attributes->n_values;

  if (n > self->n_attribute_labels_max - self->n_attribute_labels)
    return false;

  cache->keys = attributes->keys;
  cache->first = self->n_attribute_labels;
  cache->n = n;
  for (uint32_t i = 0; i < n; i++)
    {
      PyObject *name = hs_py_get_attribute_name (attributes, i);

      self->attribute_labels[self->n_attribute_labels++] =
        name != NULL ? hs_walk_get_label (self, name) : 0;
    }

  return true;
}

const uint32_t *
hs_walk_get_attribute_labels (HsWalk             *self,
                              const HsAttributes *attributes)
{
  uint64_t      slot = ((uint64_t)attributes->keys * UINT64_C (0x9e3779b97f4a7c15)) >> 56;
  HsLabelCache *cache = &self->label_caches[slot % HS_LABEL_CACHES];

  if (cache->keys != attributes->keys)
    {
      bool is_full = !fill_labels (self, attributes, cache);

      /* Begin again: the other caches are forgotten with their labels. */
      if (is_full && self->n_attribute_labels != 0)
        {
          memset (self->label_caches, 0, HS_LABEL_CACHES * sizeof *self->label_caches);
          self->n_attribute_labels = 0;
          is_full = !fill_labels (self, attributes, cache);
        }
      if (is_full)
        return NULL;
    }

  return self->attribute_labels + cache->first;
}
