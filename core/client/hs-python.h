/* hs-python.h - the interpreters with which code can be run
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A worker program and the interpreter or virtual environment it shall act
 * for. Immutable, reference counted.
 */
typedef struct _HsPython HsPython;

/* All workers that are installed, newest minor version last, the default
 * first. Looks at the file system and asks each worker (--describe); the
 * answer is kept. Returns: (transfer full) (element-type HsPython): may be empty
 */
GPtrArray *hs_pythons_list (GError **error);

/* @what: NULL (the default), "3.12", the path of an interpreter, or the folder
 * of a virtual environment. Errors name what was asked for and what there is:
 * HS_ERROR_NO_WORKER, HS_ERROR_PYTHON.
 * Returns: (transfer full) (nullable)
 */
HsPython *hs_python_find (const char *what,
                          GError    **error);

HsPython   *hs_python_ref (HsPython *self);
void        hs_python_unref (HsPython *self);
const char *hs_python_get_minor (HsPython *self);      /* "3.11" */
const char *hs_python_get_version (HsPython *self);    /* "3.11.2" */
const char *hs_python_get_executable (HsPython *self); /* (nullable): NULL for the library's own prefix */
const char *hs_python_get_worker (HsPython *self);     /* path of the worker program */
const char *hs_python_get_library (HsPython *self);    /* (nullable): path of libpython */
char       *hs_python_dup_label (HsPython *self);      /* "Python 3.11.2", "Python 3.12.1 (venv-name)" */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HsPython, hs_python_unref)

G_END_DECLS
