/* hs-visible-name.h - names of files as they can be shown in a sentence
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A name that code has chosen must not break the line or turn round the sentence in which it is
 * shown: characters that control or format text are written as "\u202e". @name: a file name.
 * Returns: (transfer full): valid UTF-8
 */
char *hs_visible_name (const char *name);

/* The same of the last part of a path. */
char *hs_visible_basename (const char *path);

G_END_DECLS
