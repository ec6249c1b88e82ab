/* hs-source-lines-private.h - the statements and comments of Python source
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  HS_LINE_PLAIN,
  HS_LINE_CLAUSE,    /* elif, except: goes on with the statement before it */
  HS_LINE_HEADING,   /* else, finally: likewise, and nothing is executed there */
  HS_LINE_DECORATOR, /* what follows goes on with it */
} HsLineKind;

/* What the language reference calls a logical line: all lines of a statement, but of
 * one with a block only its header.
 */
typedef struct
{
  guint      first_line; /* from 1 */
  guint      last_line;
  guint      indent; /* columns; a tab reaches to the next multiple of 8 */
  HsLineKind kind;
  gboolean   has_block; /* ends with a colon: an indented block follows */
} HsLogicalLine;

typedef struct
{
  guint       line; /* from 1 */
  guint       indent;
  guint       logical;  /* index of the logical line in which it is, else of the next one */
  gboolean    is_alone; /* nothing else on its line, and no logical line goes on there */
  const char *text;     /* into the source, from the "#" on, not NUL-ended */
  gsize       size;     /* bytes, without the end of the line */
} HsSourceComment;

/* Splits @text, valid UTF-8, as Python's tokenizer does, f-strings as in 3.12. What is no
 * Python gives some lines or other; nothing fails.
 * @lines: (element-type HsLogicalLine)
 * @comments: (element-type HsSourceComment): those in which @word occurs
 */
void _hs_source_split (const char *text,
                       gsize       size,
                       const char *word,
                       GArray     *lines,
                       GArray     *comments);

G_END_DECLS
