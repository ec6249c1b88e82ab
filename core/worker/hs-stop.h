/* hs-stop.h - answers the request to stop
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <stdbool.h>

#include "hs-shared.h"

/* Installs a handler for HS_STOP_SIGNAL. It runs where Python handles signals,
 * between two instructions of the main thread or in an interrupted system
 * call, as a C function that never returns: no "except" catches it.
 * Returns: false with an exception
 */
bool hs_stop_init (HsShared *shared);
