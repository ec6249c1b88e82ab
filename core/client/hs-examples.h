/* hs-examples.h - the example programs that come with Heapscape
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  const char *name;    /* "01-references": the file name without .py */
  const char *title;   /* untranslated; give it to _() */
  const char *summary; /* untranslated; one sentence */
} HsExample;

/* In the order of the menu. */
const HsExample *hs_examples_list (guint *n_examples);

/* @name: with or without ".py". Returns: (transfer full) (nullable): the source */
GBytes *hs_example_load (const char *name,
                         GError    **error);

G_END_DECLS
