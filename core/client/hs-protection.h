/* hs-protection.h - what keeps the code from the rest of this machine
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What this system offers, asked once from the kernel; never guessed from its version. */
typedef struct
{
  guint       landlock_abi;       /* 0: there is no Landlock, or it is not switched on */
  gboolean    has_seccomp;        /* filters of system calls */
  gboolean    has_bubblewrap;     /* it works; only tried where there is no Landlock */
  const char *bubblewrap_problem; /* (nullable): why not, as it says itself; NULL: not tried */
} HsProtection;

/* Takes some milliseconds the first time, longer without Landlock. Any thread. Returns:
 * (transfer none)
 */
const HsProtection *hs_protection_get (void);

/* HsProtect of hs-protocol.h: what the worker is told to insist on. */
guint32 hs_protection_get_required (const HsProtection *self);

/* Whether the worker has to be started through bubblewrap, since only that keeps it from files. */
gboolean hs_protection_needs_bubblewrap (const HsProtection *self);

/* What is missing, what that means and what would help, in some translated sentences. Code may
 * then only be run if the user says so (HsPermissions.unprotected). Returns: (transfer full)
 * (nullable): NULL: nothing is missing
 */
char *hs_protection_dup_warning (const HsProtection *self);

/* One protection and whether it is active here, for Troubleshooting and "pythons". */
typedef struct
{
  const char *id;    /* "landlock", "seccomp", "bubblewrap", "limits", …: of the JSON */
  char       *name;  /* translated: "Files (Landlock)" */
  char       *state; /* translated: "active, ABI 7", "missing: needs Linux 5.13 with …" */
  gboolean    is_active;
} HsProtectionLine;

void hs_protection_line_free (HsProtectionLine *self);

/* The same lines in the same order wherever it runs, whether they are active or not. Returns:
 * (transfer full) (element-type HsProtectionLine)
 */
GPtrArray *hs_protection_new_lines (const HsProtection *self);

G_END_DECLS
