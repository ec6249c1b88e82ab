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

typedef enum
{
  HS_CHAPTER_TOUR,
  HS_CHAPTER_TECHNIQUES,
  HS_CHAPTER_MORE,
  HS_N_CHAPTERS
} HsChapter;

/* In the order of the menu, and so of the chapters. */
const HsExample *hs_examples_list (guint *n_examples);
/* @name: with or without ".py". Returns: (transfer none) (nullable) */
const HsExample *hs_example_find (const char *name);
HsChapter        hs_example_get_chapter (const HsExample *self);
const char      *hs_chapter_get_title (HsChapter self); /* translated */

/* @name: with or without ".py". Returns: (transfer full) (nullable): the source */
GBytes *hs_example_load (const char *name,
                         GError    **error);

gboolean hs_example_has_lesson (const HsExample *self);

/* What hs_lesson_new() takes, in the language of the messages if there is one, else in English.
 * @name: with or without ".py". Returns: (transfer full) (nullable)
 */
char *hs_example_load_lesson_text (const char *name,
                                   GError    **error);

G_END_DECLS
