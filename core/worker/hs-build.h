/* hs-build.h - what build of CPython the library is
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <stdbool.h>

/* Whether the structures of the library are those that the worker was compiled
 * for: an exported function tells debug and free-threaded builds. May be called
 * before Python is initialised, whose PyConfig has other members in such builds.
 * Returns: (nullable): what is wrong, static; NULL if nothing is
 */
const char *hs_build_find_problem (void);

/* The same as the interpreter says of itself; after it is initialised. */
const char *hs_build_ask_problem (void);
