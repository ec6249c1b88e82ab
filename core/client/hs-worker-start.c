/* hs-worker-start.c - starts a worker with what protects the machine from the code
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-worker-start-private.h"

#include <glib/gi18n-lib.h>

#include "hs-bubblewrap-private.h"
#include "hs-error.h"
#include "hs-permissions-private.h"
#include "hs-protection.h"

/* Never without saying so: what the system cannot do, the user must have allowed. */
static gboolean
check_protection (const HsPermissions *permissions,
                  GError             **error)
{
  g_autofree char *warning = hs_protection_dup_warning (hs_protection_get ());

  if (warning == NULL || permissions->unprotected)
    return TRUE;

  g_set_error (error, HS_ERROR, HS_ERROR_PROTECTION,
               /* translators: %s is one or more sentences about what protects the user's files;
                * --allow unprotected is an option of the command line
                */
               _("%s The code was not run. If you trust it, allow it to run without protection: in "
                 "Permissions, or with --allow unprotected."),
                  warning);

  return FALSE;
}

gboolean
_hs_worker_start_check (const HsPermissions *permissions,
                        GError             **error)
{
  return check_protection (permissions, error) && _hs_permissions_check (permissions, error);
}

HsWorkerProcess *
_hs_worker_start (const char          *path,
                  const char          *scratch,
                  const HsPermissions *permissions,
                  guint32             *required,
                  GError             **error)
{
  const HsProtection *protection = hs_protection_get ();
  g_auto(GStrv) before = NULL;

  *required = hs_protection_get_required (protection);
  if (!hs_protection_needs_bubblewrap (protection))
    return _hs_worker_process_new (path, NULL, error);

  before = _hs_bubblewrap_new_command (scratch, permissions);
  if (before == NULL)
    {
      g_set_error_literal (error, HS_ERROR, HS_ERROR_PROTECTION,
                           _("bubblewrap, which kept code from your files, is no longer there. "
                             "Install it again, or restart Heapscape."));
      return NULL;
    }

  return _hs_worker_process_new (path, (const char *const *)before, error);
}
