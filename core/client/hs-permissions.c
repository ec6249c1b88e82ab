/* hs-permissions.c - what code may do beyond reading and computing
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-permissions.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hs-error.h"

HsPermissions *
hs_permissions_new (void)
{
  HsPermissions *self = g_new0 (HsPermissions, 1);

  self->folders = g_ptr_array_new_with_free_func (g_free);

  return self;
}

HsPermissions *
hs_permissions_copy (const HsPermissions *self)
{
  HsPermissions *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = hs_permissions_new ();
  copy->network = self->network;
  copy->processes = self->processes;
  copy->unprotected = self->unprotected;
  for (guint i = 0; i < self->folders->len; i++)
    g_ptr_array_add (copy->folders, g_strdup (self->folders->pdata[i]));

  return copy;
}

void
hs_permissions_free (HsPermissions *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->folders);
  g_free (self);
}

gboolean
hs_permissions_equal (const HsPermissions *self,
                      const HsPermissions *other)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (other != NULL, FALSE);

  if (self->network != other->network || self->processes != other->processes ||
      self->unprotected != other->unprotected || self->folders->len != other->folders->len)
    return FALSE;

  for (guint i = 0; i < self->folders->len; i++)
    if (!g_str_equal (self->folders->pdata[i], other->folders->pdata[i]))
      return FALSE;

  return TRUE;
}

gboolean
hs_permissions_is_empty (const HsPermissions *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return !self->network && !self->processes && !self->unprotected && self->folders->len == 0;
}
