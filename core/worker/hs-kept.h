/* hs-kept.h - the value of the name "result", for whoever compares it
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <stdbool.h>

#include "hs-shared.h"
#include "hs-text.h"

/* Before any line of the code has run: takes the pickler as Python has it. @size_bytes: of
 * the result, with @shared at its beginning. Returns: false with an exception
 */
bool hs_kept_init (HsShared *shared,
                   uint64_t  size_bytes);

/* Pickles "result" of @globals into the result and says in @shared what came of it: type, preview
 * and why it cannot be pickled. Runs methods of its classes. Needs the GIL; leaves no exception.
 */
void hs_kept_take (PyObject *globals);

/* As repr() writes @value, but without any code of its classes, of containers the beginning only.
 */
void hs_kept_add_preview (HsText   *text,
                          PyObject *value);
