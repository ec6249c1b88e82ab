/* hs-permission-popover.h - switches for what the code of a window may do
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "hs-permissions.h"
#include "hs-protocol.h"

G_BEGIN_DECLS

#define HS_TYPE_PERMISSION_POPOVER (hs_permission_popover_get_type ())
/* clang-format off */
G_DECLARE_FINAL_TYPE (HsPermissionPopover, hs_permission_popover, HS, PERMISSION_POPOVER,
                      GtkPopover)
/* clang-format on */

/* Holds what is allowed. Signals, both only for what the user does:
 *   ::changed ()                              something was allowed, or is no more
 *   ::remember (gboolean remember)            the tick "Remember for This File"
 */

/* What is allowed now. (transfer none) */
const HsPermissions *hs_permission_popover_get (HsPermissionPopover *self);

/* Another file, or what was remembered of it. @file: (nullable): NULL for code that was never
 * saved, of which nothing can be remembered. @permissions: (nullable): NULL for nothing.
 */
void hs_permission_popover_set (HsPermissionPopover *self,
                                GFile               *file,
                                const HsPermissions *permissions,
                                gboolean             is_remembered);

gboolean hs_permission_popover_is_remembered (HsPermissionPopover *self);
void     hs_permission_popover_set_remembered (HsPermissionPopover *self,
                                               gboolean             is_remembered);

/* That the code may run where the system does not keep it from files; it was asked elsewhere. */
void hs_permission_popover_allow_unprotected (HsPermissionPopover *self);

/* A sentence below the switches: what went wrong with them. NULL: nothing. */
void hs_permission_popover_set_problem (HsPermissionPopover *self,
                                        const char          *text);

/* Makes sure that there is a switch for @refused, off or on as it is, and gives it the focus;
 * call it when the popover is open. @file: (nullable): what was refused to be written.
 */
void hs_permission_popover_point_at (HsPermissionPopover *self,
                                     HsRefused            refused,
                                     const char          *file);

/* The folder that would have to be allowed so that @file can be written, as it is called and
 * without links; NULL if none can. Does I/O. Returns: (transfer full) (nullable): a file name
 */
char *hs_permission_popover_dup_folder (const char *file);

G_END_DECLS
