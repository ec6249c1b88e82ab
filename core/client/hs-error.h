/* hs-error.h - what can go wrong around a run
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  HS_ERROR_NO_WORKER,  /* no worker program for what was asked */
  HS_ERROR_PYTHON,     /* not an interpreter, or one that cannot be used */
  HS_ERROR_WORKER,     /* a worker that broke the protocol or died */
  HS_ERROR_SOURCE,     /* a source file that cannot be read */
  HS_ERROR_EXAMPLE,    /* no example of that name */
  HS_ERROR_VARIANTS,   /* nothing that can be compared */
  HS_ERROR_PERMISSION, /* not something that can be allowed */
  HS_ERROR_SNAPSHOT,   /* a file that is no snapshot, or none that can be used */
  HS_ERROR_PROTECTION, /* the system cannot keep the code from the user's files */
  HS_ERROR_DRAFT,      /* unsaved text that cannot be kept, or was not kept whole */
  HS_ERROR_SESSION,    /* windows that cannot be kept for the next start */
} HsError;

#define HS_ERROR (hs_error_quark ())
GQuark hs_error_quark (void);

G_END_DECLS
