/* hs-permissions.h - what code may do beyond reading and computing
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Off at first, all of it: code reads what the user may read and writes into a folder of its
 * own, which is removed after the run (DESIGN, "Safety").
 */
typedef struct
{
  gboolean   network;     /* sockets, to this machine and others */
  gboolean   processes;   /* other programs, under the same protection */
  gboolean   unprotected; /* run even where the system cannot keep the code from files */
  GPtrArray *folders;     /* (element-type filename): absolute, without links where they exist;
                           * the code may write and remove in them; sorted, none twice */
} HsPermissions;

HsPermissions *hs_permissions_new (void);
HsPermissions *hs_permissions_copy (const HsPermissions *self);
void           hs_permissions_free (HsPermissions *self);

gboolean hs_permissions_equal (const HsPermissions *self,
                               const HsPermissions *other);
/* Whether nothing is allowed. */
gboolean hs_permissions_is_empty (const HsPermissions *self);

/* Allows what @text names: "write=FOLDER", "network", "processes", "unprotected". A folder that
 * is not there, or no folder, is an error, as is the folder "/", and what is in /proc, /sys and
 * /dev. Does I/O. Errors: HS_ERROR_PERMISSION.
 */
gboolean hs_permissions_add (HsPermissions *self,
                             const char    *text,
                             GError       **error);

/* The folder as it is, wherever it may be; for what was checked before, or is asked for in a
 * dialog. @path: absolute
 */
void     hs_permissions_add_folder (HsPermissions *self,
                                    const char    *path);
gboolean hs_permissions_remove_folder (HsPermissions *self,
                                       const char    *path);
gboolean hs_permissions_has_folder (const HsPermissions *self,
                                    const char          *path);

/* What hs_permissions_add() takes. Returns: (transfer full): file name encoding */
char **hs_permissions_to_strv (const HsPermissions *self);

/* "May write in “/home/…”, and use the network", translated; "May only read files" for nothing.
 * Returns: (transfer full)
 */
char *hs_permissions_dup_text (const HsPermissions *self);

/* ---- Remembered for a file, because the user has asked for it ---- */

/* In the user's state folder, by the path of the file. What cannot be read is not remembered.
 * Does I/O. Returns: (transfer full) (nullable)
 */
HsPermissions *hs_permissions_load (GFile *file);

/* @self: NULL forgets the file. What is remembered of other files stays as it is, whether it
 * succeeds or not. Does I/O. Errors: of G_FILE_ERROR and G_KEY_FILE_ERROR, naming the file.
 */
gboolean hs_permissions_store (const HsPermissions *self,
                               GFile               *file,
                               GError             **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HsPermissions, hs_permissions_free)

G_END_DECLS
