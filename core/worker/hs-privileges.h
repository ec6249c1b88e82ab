/* hs-privileges.h - what root has and the code shall not have
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <stdbool.h>

/* Gives up, for this process and all it starts, whatever a program could gain by exec, and of
 * root's capabilities all but those to read files of others. Does nothing more for other users.
 */
bool hs_privileges_drop (void);
