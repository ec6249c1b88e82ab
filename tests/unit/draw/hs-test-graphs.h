/* hs-test-graphs.h - graphs to lay out, made by rule, for tests and benchmarks
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-layout.h"

G_BEGIN_DECLS

typedef enum
{
  HS_TEST_GRAPH_LIST,   /* linked, one after the other */
  HS_TEST_GRAPH_DOUBLE, /* linked both ways */
  HS_TEST_GRAPH_RING,
  HS_TEST_GRAPH_TREE,      /* binary, every node refers to its parent too */
  HS_TEST_GRAPH_STAR,      /* one box with a row for each other box */
  HS_TEST_GRAPH_SINK,      /* every box refers to one */
  HS_TEST_GRAPH_LOOPS,     /* every box refers to itself, nothing else */
  HS_TEST_GRAPH_HEAP,      /* like that of a program: scopes, containers, 12 % shared, hubs */
  HS_TEST_GRAPH_RANDOM,    /* two arrows for each box, from and to anywhere */
  HS_TEST_GRAPH_PARTS,     /* many small unconnected ones */
  HS_TEST_GRAPH_BIPARTITE, /* one half refers to the other, three arrows each */
  HS_TEST_GRAPH_DENSE,     /* every box to the next twelve, cycles too */
  HS_TEST_GRAPH_MULTI,     /* a tree, each arrow five times */
  HS_TEST_GRAPH_ROOTLESS,  /* cycles that share boxes, no scope */
  HS_TEST_GRAPH_SIZES,     /* at random, boxes from a spot to a wall */
  HS_TEST_GRAPH_HUBS,      /* a tree whose boxes all refer to three */
  HS_N_TEST_GRAPH_KINDS
} HsTestGraphKind;

typedef struct
{
  guint         n_nodes;
  guint         n_edges;
  HsLayoutNode *nodes;
  HsLayoutEdge *edges;
} HsTestGraph;

/* The same graph for the same arguments, on every machine. */
HsTestGraph *hs_test_graph_new (HsTestGraphKind kind,
                                guint           n_nodes,
                                guint32         seed);
void         hs_test_graph_free (HsTestGraph *self);

/* The same without some boxes that refer to nothing, at most @n_leaves, spread
 * evenly over all of those: as if a reader had folded them.
 * @ids: (array length=n_nodes) (out caller-allocates): of each box left its number in @self
 */
HsTestGraph *hs_test_graph_dup_without_leaves (const HsTestGraph *self,
                                               guint              n_leaves,
                                               guint             *ids);
const char  *hs_test_graph_kind_to_string (HsTestGraphKind kind);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HsTestGraph, hs_test_graph_free)

/* What a reader would see, counted on the drawn curves. */
typedef struct
{
  guint  n_through;   /* arrows through a box that is not their own */
  guint  n_overlaps;  /* pairs of boxes that overlap */
  guint  n_crossings; /* pairs of strands that cross, G_MAXUINT if not counted */
  double length;      /* of all strands, scene units */
} HsTestMeasure;

/* On the curve of @strand, @t from 0 to 1. */
HsPoint hs_test_strand_get_point (const HsLayoutStrand *strand,
                                  double                t);

/* How far boxes that are in both layouts moved beside the first of them, mean.
 * @ids: (array length=n_nodes): of each box of @before its number in @after
 */
double hs_test_layout_measure_moves (const HsLayout *before,
                                     const HsLayout *after,
                                     const guint    *ids);

/* Crossings are counted only on demand: that takes the square of the strands. */
HsTestMeasure hs_test_graph_measure (const HsTestGraph *graph,
                                     const HsLayout    *layout,
                                     gboolean           count_crossings);

G_END_DECLS
