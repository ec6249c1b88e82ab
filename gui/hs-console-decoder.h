/* hs-console-decoder.h - makes what a program writes fit to be shown
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

#include "hs-protocol.h"

G_BEGIN_DECLS

/* Two streams that share the lines of one console. Zeroed memory is a decoder
 * at the start of an empty line.
 */
typedef struct
{
  struct
  {
    guchar   bytes[8]; /* the beginning of a character that goes on in the next chunk */
    guint    n_bytes;
    gboolean after_cr; /* a line feed that comes next belongs to it */
  } tails[2];          /* stdout, stderr */
  guint column;        /* characters in the line so far */
} HsConsoleDecoder;

/* Appends to @text what @data shows as: valid UTF-8, lines ended by "\n". What
 * is no UTF-8 becomes U+FFFD, a control character but tab and the line ends its
 * picture (U+2400 …), and a character that turns text round is written "\u202e",
 * so that nothing is hidden. A line that is too long for a text view is broken
 * after U+21B5.
 */
void hs_console_decoder_push (HsConsoleDecoder *self,
                              HsStream          stream,
                              const guchar     *data,
                              gsize             size,
                              GString          *text);
/* The stream is over: what it has left of a character is shown, too. */
void hs_console_decoder_finish (HsConsoleDecoder *self,
                                HsStream          stream,
                                GString          *text);
/* Something else has written @text, valid UTF-8, into the console. */
void hs_console_decoder_follow (HsConsoleDecoder *self,
                                const char       *text);

G_END_DECLS
