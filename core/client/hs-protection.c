/* hs-protection.c - what keeps the code from the rest of this machine
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-protection.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "hs-protocol.h"

static guint
ask_landlock (void)
{
  long abi = syscall (SYS_landlock_create_ruleset, NULL, (gsize)0, LANDLOCK_CREATE_RULESET_VERSION);

  return abi > 0 ? (guint)abi : 0;
}

static gboolean
ask_seccomp (void)
{
  guint32 action = SECCOMP_RET_ERRNO;

  return syscall (SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) == 0;
}

const HsProtection *
hs_protection_get (void)
{
  static HsProtection protection;
  static gsize        is_known;

  if (g_once_init_enter (&is_known))
    {
      protection.landlock_abi = ask_landlock ();
      protection.has_seccomp = ask_seccomp ();
      g_once_init_leave (&is_known, 1);
    }

  return &protection;
}

guint32
hs_protection_get_required (const HsProtection *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return (self->landlock_abi != 0 ? HS_PROTECT_FILES : 0) |
         (self->has_seccomp ? HS_PROTECT_CALLS : 0);
}
