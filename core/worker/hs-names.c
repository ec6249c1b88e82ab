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
