/* hs-supervisor.h - watches over the process that runs the code
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

/* Speaks the protocol of hs-protocol.h on @control_fd, one job long. Never
 * runs user code itself. Returns: the exit status of the program
 */
int hs_supervisor_run (int control_fd);
