/* hs-figures.h - figures of a comparison, by expressions
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-comparison.h"

G_BEGIN_DECLS

/* What lessons say and ask is written as expressions over what was measured:
 *
 *   numbers, 'texts', + - * / ( ), < <= > >= == !=, and or not, true, false
 *   python                        3.11, 3.12 …; compared as versions (python >= 3.12)
 *   peak(V) final(V) allocations(V) rss(V) time(V)     medians of variant V, a text: its name
 *   less(V, W) more(V, W)         whether V has less (more) than W beyond noise: the third argument
 *   none(V, W)                    is a metric, 'peak' if it is left out: less('a', 'b', 'time')
 *   saves(V) worse(V) no_effect(V) same(V) failed(V)   verdict against the baseline; same result
 *   status(V)                     a text: "ok", "exception" …
 *   value(V, 'name')              the number (or True, False) that the name is bound to
 *   text(V, 'name')               the text that it is bound to, or the preview of another object
 *   type(V, 'name')               its type's name
 *   length(V, 'name')             what len() returns, if the snapshot knows
 *   output(V)                     a text: what the variant printed
 *   getsizeof(V, 'name') bytes(V, 'name') requested(V, 'name') retained(V, 'name') deep(V, 'name')
 *   references(V, 'name')         its reference count
 *   is(V, 'a', 'b')               whether two names are of one object
 *   interned(V, 'name')           whether it is an interned string
 *   exists(V, 'name')             whether the name is bound at the end
 *   count(V, 'Type')              objects of a type
 *   type_bytes(V, 'Type')         what all of them occupy
 *   line_bytes(V, N) line_live(V, N)                   of a line: asked for in all, live at the end
 *   pages(V, 'mm', S) with S of 'mapped', 'cached', 'dirty', 'copied', 'all'
 *   rss_anon(V) rss_file(V)       of the process at the moment
 *   rounds                        timing passes
 *   slope(V, M) fixed(V, M)       of the sweep: per item, and apart from items; M a metric
 *   break_even(V, M)              the value from which on, or up to which, V has less
 *   break_even_kind(V, M)         a text: 'always', 'never', 'from', 'up-to', 'mixed', 'unknown'
 *   at(V, M, X)                   what was measured at the value X of the sweep
 *   if(C, A, B)  min(A, B)  max(A, B)  abs(A)  round(A)
 *
 * 'name' may be 'object.attribute', 'object[3]', "object['key']" and so on, also of what an object
 * without a name holds: 'generator.local', 'instance.__dict__'. It is a name of the module, else of
 * a function that runs at that moment. All that looks at objects or pages takes as a last argument
 * the name of a moment ("# heapscape: snapshot NAME"; "NAME#2" is the second time that the line was
 * reached, NAME alone the last), else it is the end. Variants may also be numbers from 0, which is
 * what the one variant of a file without marks is. A metric is 'peak', 'final', 'allocations',
 * 'rss', 'time'.
 *
 * Bytes plus a number are bytes, bytes by bytes a number, bytes and a time are an error. Of "and",
 * "or" and "if" only the part is evaluated that decides: if(exists('a', 'np'), …, 0).
 */

typedef enum
{
  HS_FIGURE_NUMBER, /* without a unit: a ratio, a number of something */
  HS_FIGURE_BYTES,
  HS_FIGURE_COUNT,
  HS_FIGURE_NS,
  HS_FIGURE_BOOLEAN,
  HS_FIGURE_TEXT,
} HsFigureKind;

typedef struct
{
  HsFigureKind kind;
  double       number; /* of a boolean: 0 or 1 */
  char        *text;   /* of a text */
} HsFigure;

void hs_figure_clear (HsFigure *self);

/* HS_FIGURES_ERROR: what was meant is not there, or is not known on this system (NOT_MEASURED), or
 * @expression is none (SYNTAX). */
#define HS_FIGURES_ERROR (hs_figures_error_quark ())
GQuark hs_figures_error_quark (void);

typedef enum
{
  HS_FIGURES_ERROR_SYNTAX,
  HS_FIGURES_ERROR_NOT_FOUND,
  HS_FIGURES_ERROR_NOT_MEASURED,
} HsFiguresError;

/* @comparison: (nullable): only checks the syntax, and gives 0. Returns: FALSE with an error */
gboolean hs_figures_evaluate (HsComparison *comparison,
                              const char   *expression,
                              HsFigure     *figure,
                              GError      **error);

/* What an expression gives as far as it is known before anything is measured: for the unit in which
 * somebody guesses. HS_FIGURE_NUMBER if it depends on the code, or is none.
 */
HsFigureKind hs_figures_get_kind (const char *expression);

/* As a person reads it: "112 B", "1.5 MiB", "3.2 ms", "12 345", "8.2", "yes". @format: (nullable):
 * "exact" (all digits of bytes: "10 485 760 B"), "percent" (of 1), "times" ("8.2 times"), "number"
 * (without a unit); "bytes", "count", "time" (of nanoseconds) give a number that the code noted its
 * unit. Returns: (transfer full)
 */
char    *hs_figure_format (const HsFigure *self,
                           const char     *format);
gboolean hs_figure_is_format (const char *format);

G_END_DECLS
