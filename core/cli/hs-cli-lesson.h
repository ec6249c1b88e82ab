/* hs-cli-lesson.h - lessons of examples on the command line
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-cli.h"

G_BEGIN_DECLS

typedef struct
{
  const char *python; /* (nullable) as of --python */
  const char *json;   /* (nullable) a path or "-" */
  int         repeat; /* timing passes of each variant; 0: none; -1: as many as a budget allows */

  const char *const *allowed; /* (nullable) as of --allow */
} HsCliLessonOptions;

/* The text of the lesson of the example @name, nothing filled in. */
HsCliExit hs_cli_print_lesson (const char *name);

/* Compares the variants of the example and prints the lesson with what was measured, as text or as
 * JSON ("heapscape-lesson"). HS_CLI_NOT_OK if a claim is broken, or a figure or an answer is none.
 */
HsCliExit hs_cli_compare_lesson (const char               *name,
                                 const HsCliLessonOptions *options);

G_END_DECLS
