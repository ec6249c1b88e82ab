/* hs-python-private.h - what the parts of HsPython share
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-python.h"

G_BEGIN_DECLS

/* How long a worker or an interpreter may take to say what it is. Starting
 * one takes some 20 ms; a cold disk or a loaded machine much longer.
 */
#define HS_ASK_TIMEOUT_MS 5000

/* @base acting for another interpreter. @executable: its path; @venv:
 * (nullable): the name of the virtual environment that it belongs to
 */
HsPython *_hs_python_new_for_executable (HsPython   *base,
                                         const char *executable,
                                         const char *venv);

/* One of another machine or time, with which nothing can be run: it has no worker (NULL).
 * @version: "3.11.2"; @note: (nullable)
 */
HsPython *_hs_python_new_elsewhere (const char *version,
                                    const char *note);

/* What stands in brackets in its label. (transfer none) (nullable) */
const char *_hs_python_get_note (HsPython *self);

/* The usable worker of @minor, or the default with NULL. @what: (nullable): the
 * path that turned out to be of that version, for the error. Returns: (transfer full) (nullable)
 */
HsPython *_hs_python_find_worker (const char *minor,
                                  const char *what,
                                  GError    **error);

/* "3.11, 3.12": the workers that there are, by their file names; empty text if
 * there is none. Returns: (transfer full)
 */
char *_hs_python_dup_minors (void);

G_END_DECLS
