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
 * answer is kept. With none that can be used @error says why.
 * Returns: (transfer full) (element-type HsPython): may be empty, never NULL
 */
GPtrArray *hs_pythons_list (GError **error);
/* The same in a thread, for a caller who must not wait. finish returns
 * (transfer full) (nullable): NULL with an error if there is none.
 */
void       hs_pythons_list_async (GAsyncReadyCallback callback,
                                  gpointer            user_data);
GPtrArray *hs_pythons_list_finish (GAsyncResult *result,
                                   GError      **error);

/* Why worker programs that are there cannot be used: translated sentences, each
 * naming its program; asks the workers as hs_pythons_list() does.
 * Returns: (transfer full): NULL-ended, often empty
 */
char **hs_pythons_dup_problems (void);

/* @what: NULL (the default), "3.12", the path of an interpreter, or the folder
 * of a virtual environment or of an installation (with bin/python3 in it). A
 * version may be given in full ("3.12.1"), and a program of the PATH by its
 * name ("python3.12"). Runs the interpreter to ask what it is, for at most some
 * seconds. Errors name what was asked for and what there is:
 * HS_ERROR_NO_WORKER, HS_ERROR_PYTHON.
 * Returns: (transfer full) (nullable)
 */
HsPython *hs_python_find (const char *what,
                          GError    **error);

HsPython   *hs_python_ref (HsPython *self);
void        hs_python_unref (HsPython *self);
const char *hs_python_get_minor (HsPython *self);      /* "3.11" */
const char *hs_python_get_version (HsPython *self);    /* "3.11.2" */
const char *hs_python_get_executable (HsPython *self); /* (nullable): NULL for the library's own */
const char *hs_python_get_worker (HsPython *self);     /* path of the worker program; NULL for that
                                                        * of a run that was loaded
                                                        */
const char *hs_python_get_library (HsPython *self);    /* (nullable): path of libpython */
const char *hs_python_get_program (HsPython *self);    /* (nullable): what sys.executable will be */

/* What its worker says it can do, in its order, by the names that scripts see:
 * "run", "snapshot", "fields", "all-objects", "ledger", "lines". Others may come;
 * a worker that says nothing has none. NULL-terminated. Returns: (transfer none)
 */
const char *const *hs_python_get_abilities (HsPython *self);

/* "Python 3.11.2", "Python 3.12.1 (venv-name)". Returns: (transfer full) */
char *hs_python_dup_label (HsPython *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HsPython, hs_python_unref)

G_END_DECLS
