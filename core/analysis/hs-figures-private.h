/* hs-figures-private.h - what the files of the expressions share
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-figures.h"

G_BEGIN_DECLS

/* Expressions come with lessons and are short; what is longer or deeper is refused, so that
 * neither parsing nor evaluating, which are recursive, can use up the stack.
 */
#define HS_FIGURES_LENGTH_MAX 1000
#define HS_FIGURES_DEPTH_MAX  24
#define HS_FIGURES_ARGS_MAX   4

typedef enum
{
  HS_NODE_NUMBER,
  HS_NODE_TEXT,
  HS_NODE_TRUE,
  HS_NODE_FALSE,
  HS_NODE_PYTHON,
  HS_NODE_ROUNDS,
  HS_NODE_CALL,
  HS_NODE_NEGATE,
  HS_NODE_NOT,
  HS_NODE_AND,
  HS_NODE_OR,
  HS_NODE_ADD,
  HS_NODE_SUBTRACT,
  HS_NODE_MULTIPLY,
  HS_NODE_DIVIDE,
  HS_NODE_LESS,
  HS_NODE_LESS_EQUAL,
  HS_NODE_MORE,
  HS_NODE_MORE_EQUAL,
  HS_NODE_EQUAL,
  HS_NODE_UNEQUAL,
} HsNodeKind;

typedef struct _HsFigureFunction HsFigureFunction;

typedef struct _HsFigureNode
{
  HsNodeKind              kind;
  double                  number;
  char                   *text;     /* owned; of a number: as it is written */
  const HsFigureFunction *function; /* of a call */
  guint                   n_args;
  struct _HsFigureNode   *args[HS_FIGURES_ARGS_MAX]; /* owned */
} HsFigureNode;

/* What a function is called with. */
typedef struct
{
  HsComparison           *comparison;
  const HsFigureFunction *function;
  guint                   index;   /* of the first argument, if that is a variant */
  const HsVariant        *variant; /* likewise */
  guint                   n_args;
  HsFigure                args[HS_FIGURES_ARGS_MAX];
} HsFigureCall;

/* @signature: a letter for each argument, those behind "|" may be left out:
 *   v variant   n name of an object   t text   m metric   s moment   p kind of pages
 *   x number
 * "if" has no @evaluate: it evaluates only one of its last two.
 */
struct _HsFigureFunction
{
  const char *name;
  const char *signature;
  gboolean (*evaluate) (const HsFigureCall *call,
                        HsFigure           *figure,
                        GError            **error);
  guint data;
  guint kind; /* HsFigureKind of what it gives, or: */
};

#define HS_KIND_METRIC   100 /* that of its metric */
#define HS_KIND_ARGUMENT 101 /* that of its last argument */

HsFigureKind _hs_figures_get_metric_kind (const char *name);

/* Returns: (transfer none) (nullable) */
const HsFigureFunction *_hs_figures_find_function (const char *name);
gboolean                _hs_figures_find_metric (const char *name,
                                                 HsMetric   *metric);
gboolean                _hs_figures_is_page_kind (const char *name);

/* Returns: (transfer full) (nullable) */
HsFigureNode *_hs_figures_parse (const char *expression,
                                 GError    **error);
void          _hs_figure_node_free (HsFigureNode *self);

/* The heap of a moment, NULL: of the end. Returns: (transfer full) (nullable) */
HsHeap *_hs_figures_open_heap (const HsVariant *variant,
                               const char      *moment,
                               GError         **error);
/* The moment of that name; FALSE with an error. */
gboolean _hs_figures_find_moment (const HsVariant *variant,
                                  const char      *name,
                                  guint           *moment,
                                  GError         **error);
/* The object that a path leads to: "nodes[3].position". */
gboolean _hs_figures_find_object (HsHeap     *heap,
                                  const char *path,
                                  uint32_t   *object,
                                  GError    **error);

/* The functions that look at objects and at pages */
gboolean _hs_figures_call_object (const HsFigureCall *call,
                                  HsFigure           *figure,
                                  GError            **error);
gboolean _hs_figures_call_is (const HsFigureCall *call,
                              HsFigure           *figure,
                              GError            **error);
gboolean _hs_figures_call_exists (const HsFigureCall *call,
                                  HsFigure           *figure,
                                  GError            **error);
gboolean _hs_figures_call_type (const HsFigureCall *call,
                                HsFigure           *figure,
                                GError            **error);
gboolean _hs_figures_call_line (const HsFigureCall *call,
                                HsFigure           *figure,
                                GError            **error);
gboolean _hs_figures_call_pages (const HsFigureCall *call,
                                 HsFigure           *figure,
                                 GError            **error);
gboolean _hs_figures_call_rss (const HsFigureCall *call,
                               HsFigure           *figure,
                               GError            **error);

/* Of _hs_figures_call_object() */
typedef enum
{
  HS_ASK_VALUE,
  HS_ASK_TEXT,
  HS_ASK_TYPE,
  HS_ASK_LENGTH,
  HS_ASK_GETSIZEOF,
  HS_ASK_BYTES,
  HS_ASK_REQUESTED,
  HS_ASK_RETAINED,
  HS_ASK_DEEP,
  HS_ASK_REFERENCES,
  HS_ASK_INTERNED,
} HsFigureAsk;

static inline gboolean
_hs_figure_set (HsFigure    *self,
                HsFigureKind kind,
                double       number)
{
  *self = (HsFigure) { .kind = kind, .number = number };

  return TRUE;
}

/* @text: (transfer full) */
static inline gboolean
_hs_figure_take_text (HsFigure *self,
                      char     *text)
{
  *self = (HsFigure) { .kind = HS_FIGURE_TEXT, .text = text };

  return TRUE;
}

/* Sets bytes, or an error of HS_FIGURES_ERROR_NOT_MEASURED. */
gboolean _hs_figure_set_bytes (HsFigure   *self,
                               guint64     bytes,
                               const char *what,
                               GError    **error);

G_END_DECLS
