/* hs-watch-frames.h - in which line each watched frame is
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-watch.h"

/* A table in memory of its own, none of it Python's or malloc()'s. */

/* Finds @frame, or adds it with nothing but its address. Returns: (nullable): NULL
 * without memory; valid until the next call of anything here
 */
HsWatchFrame *hs_watch_frames_get (void *frame);

void hs_watch_frames_remove (void *frame);
void hs_watch_frames_clear (void);
