/* test-dominators.c - retained sizes against simple ways to find them
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <locale.h>
#include <string.h>

#include "hs-dominators.h"
#include "hs-test-dominators.h"
#include "hs-test-heap.h"

/* ---- The whole answer against the definition ---- */

static void
check_sums (HsHeap             *heap,
            const HsDominators *tree,
            const guint32      *parent)
{
  const HsSnapshotView *view = hs_heap_get_view (heap);
  g_autofree guint64   *bytes = g_new0 (guint64, (gsize)view->n_objects + 1);
  g_autofree guint64   *n = g_new0 (guint64, (gsize)view->n_objects + 1);
  g_autofree guint8    *is_least = g_new0 (guint8, (gsize)view->n_objects + 1);

  for (guint32 i = 0; i < view->n_objects; i++)
    {
      gboolean least;
      guint64  own = hs_test_dominators_get_own (heap, i, &least);

      for (guint32 above = i; above != HS_NO_OBJECT; above = parent[above])
        {
          bytes[above] += own;
          n[above]++;
          is_least[above] |= (guint8)least;
        }
    }

  for (guint32 i = 0; i < view->n_objects; i++)
    {
      gboolean least;

      g_assert_cmpuint (hs_dominators_get_retained (tree, i, &least), ==, bytes[i]);
      g_assert_cmpint (least, ==, is_least[i]);
      g_assert_cmpuint (hs_dominators_get_n_retained (tree, i), ==, n[i]);
    }
}

static void
check_children (HsHeap             *heap,
                const HsDominators *tree,
                const guint32      *parent)
{
  guint32 n_objects = hs_heap_get_view (heap)->n_objects;
  guint32 n_listed = 0;

  for (guint32 i = 0; i <= n_objects; i++)
    {
      guint32        object = i < n_objects ? i : HS_NO_OBJECT;
      guint32        n;
      const guint32 *children = hs_dominators_get_children (tree, object, &n);

      g_assert_nonnull (children);
      n_listed += n;
      for (guint32 j = 0; j < n; j++)
        {
          guint64 bytes = hs_dominators_get_retained (tree, children[j], NULL);
          guint64 before;

          g_assert_cmpuint (parent[children[j]], ==, object);
          if (j == 0)
            continue;
          before = hs_dominators_get_retained (tree, children[j - 1], NULL);
          g_assert_cmpuint (before, >=, bytes);
          g_assert_true (before > bytes || children[j - 1] < children[j]);
        }
    }
  g_assert_cmpuint (n_listed, ==, n_objects);
}

static gboolean
is_above (const guint32 *parent,
          guint32        object,
          guint32        other)
{
  while (other != object && other != HS_NO_OBJECT)
    other = parent[other];

  return other == object;
}

static void
check_order (HsHeap             *heap,
             const HsDominators *tree,
             const guint32      *parent)
{
  guint32 n_objects = hs_heap_get_view (heap)->n_objects;
  guint32 step = n_objects / 64 + 1;

  for (guint32 i = 0; i < n_objects; i += step)
    for (guint32 j = 0; j < n_objects; j++)
      g_assert_cmpint (hs_dominators_dominates (tree, i, j), ==, is_above (parent, i, j));
}

/* All is as the definition says. */
static void
check_heap (HsHeap *heap)
{
  guint32             n_objects = hs_heap_get_view (heap)->n_objects;
  const HsDominators *tree = hs_heap_get_dominators (heap);
  g_autofree guint32 *parent = hs_test_dominators_by_iteration (heap, NULL);

  for (guint32 i = 0; i < n_objects; i++)
    g_assert_cmpuint (hs_dominators_get_parent (tree, i), ==, parent[i]);
  if (n_objects <= 80)
    {
      g_autofree guint32 *simple = hs_test_dominators_by_removal (heap);

      g_assert_cmpmem (simple, n_objects * sizeof *simple, parent, n_objects * sizeof *parent);
    }

  check_sums (heap, tree, parent);
  check_children (heap, tree, parent);
  check_order (heap, tree, parent);
}

/* ---- Graphs of all kinds ---- */

typedef struct
{
  GRand          *chance;
  HsTestSnapshot *snapshot;
  guint32         type;
  guint32         scope;
  guint32         n;
  guint32        *place; /* owned; by what the shape calls a node: its object */
} Maker;

static void
maker_init (Maker   *self,
            guint32  seed,
            guint32  n,
            gboolean is_shuffled)
{
  self->chance = g_rand_new_with_seed (seed);
  self->snapshot = hs_test_snapshot_new ();
  self->type = hs_test_snapshot_add_type (self->snapshot, "__main__", "Node", HS_FAMILY_INSTANCE);
  self->scope = hs_test_snapshot_add_scope (self->snapshot, "__main__", HS_SCOPE_MODULE, "t.py", 0);
  self->n = n;
  self->place = g_new (guint32, (gsize)n + 1);

  for (guint32 i = 0; i < n; i++)
    {
      hs_test_snapshot_add_object (self->snapshot, self->type, "",
                                   16 * (guint64)g_rand_int_range (self->chance, 1, 9));
      self->place[i] = i;
    }
  for (guint32 i = n; is_shuffled && i > 1; i--)
    {
      guint32 other = (guint32)g_rand_int_range (self->chance, 0, (gint32)i);
      guint32 place = self->place[i - 1];

      self->place[i - 1] = self->place[other];
      self->place[other] = place;
    }
}

static void
maker_refer (Maker  *self,
             guint32 from,
             guint32 to)
{
  hs_test_snapshot_add_index (self->snapshot, self->place[from], HS_EDGE_INDEX, 0,
                              self->place[to]);
}

static void
maker_name (Maker  *self,
            guint32 node)
{
  hs_test_snapshot_add_name (self->snapshot, self->scope, "n", self->place[node]);
}

static guint32
maker_pick (Maker  *self,
            guint32 n)
{
  return (guint32)g_rand_int_range (self->chance, 0, (gint32)n);
}

static HsHeap *
maker_finish (Maker *self)
{
  g_autoptr(GBytes) bytes = hs_test_snapshot_to_bytes (self->snapshot);
  g_autoptr(GError) error = NULL;
  HsHeap *heap = hs_heap_new (bytes, &error);

  g_assert_no_error (error);
  hs_test_snapshot_free (self->snapshot);
  g_rand_free (self->chance);
  g_free (self->place);

  return heap;
}

typedef void (*Shape) (Maker *maker);

static void
make_tree (Maker *maker)
{
  for (guint32 i = 1; i < maker->n; i++)
    maker_refer (maker, maker_pick (maker, i), i);
}

static void
make_list (Maker *maker)
{
  for (guint32 i = 1; i < maker->n; i++)
    maker_refer (maker, i - 1, i);
}

static void
make_double_list (Maker *maker)
{
  for (guint32 i = 1; i < maker->n; i++)
    {
      maker_refer (maker, i - 1, i);
      maker_refer (maker, i, i - 1);
    }
}

static void
make_cycle (Maker *maker)
{
  make_list (maker);
  if (maker->n > 0)
    maker_refer (maker, maker->n - 1, 0);
}

static void
make_star (Maker *maker)
{
  for (guint32 i = 1; i < maker->n; i++)
    maker_refer (maker, 0, i);
}

static void
make_shared_tail (Maker *maker)
{
  for (guint32 i = 0; i + 1 < maker->n; i++)
    {
      if (i + 2 < maker->n)
        maker_refer (maker, i, i + 1);
      maker_refer (maker, i, maker->n - 1);
    }
}

static void
make_diamonds (Maker *maker)
{
  for (guint32 i = 0; i + 3 < maker->n; i += 3)
    {
      maker_refer (maker, i, i + 1);
      maker_refer (maker, i, i + 2);
      maker_refer (maker, i + 1, i + 3);
      maker_refer (maker, i + 2, i + 3);
    }
}

static void
make_random (Maker *maker)
{
  for (guint32 i = 0; i < maker->n * 3 / 2; i++)
    maker_refer (maker, maker_pick (maker, maker->n), maker_pick (maker, maker->n));
}

static void
make_dense (Maker *maker)
{
  for (guint32 i = 0; i < maker->n * 5; i++)
    maker_refer (maker, maker_pick (maker, maker->n), maker_pick (maker, maker->n));
}

/* A tree, and a few references across. */
static void
make_nearly_tree (Maker *maker)
{
  make_tree (maker);
  for (guint32 i = 0; i < maker->n / 8; i++)
    maker_refer (maker, maker_pick (maker, maker->n), maker_pick (maker, maker->n));
}

/* The same references again and again, and each object to itself. */
static void
make_duplicates (Maker *maker)
{
  make_nearly_tree (maker);
  for (guint32 i = 0; i < maker->n; i++)
    {
      maker_refer (maker, i, i);
      maker_refer (maker, i / 2, i);
      maker_refer (maker, i / 2, i);
    }
}

/* Nodes with a reference to their parent. */
static void
make_tree_with_parents (Maker *maker)
{
  for (guint32 i = 1; i < maker->n; i++)
    {
      guint32 parent = maker_pick (maker, i);

      maker_refer (maker, parent, i);
      maker_refer (maker, i, parent);
    }
}

static const struct
{
  const char *name;
  Shape       make;
} shapes[] = {
  { "tree", make_tree },
  { "list", make_list },
  { "double-list", make_double_list },
  { "cycle", make_cycle },
  { "star", make_star },
  { "shared-tail", make_shared_tail },
  { "diamonds", make_diamonds },
  { "random", make_random },
  { "dense", make_dense },
  { "nearly-tree", make_nearly_tree },
  { "duplicates", make_duplicates },
  { "tree-with-parents", make_tree_with_parents },
};

/* Blocks, counts and flags of all sorts, so that tables of wide values are used. */
static void
maker_roughen (Maker *self)
{
  static const guint32 flags[] = {
    HS_OBJECT_STATIC,
    HS_OBJECT_IMMORTAL,
    HS_OBJECT_BOUNDARY,
    HS_OBJECT_BLOCKS_INCOMPLETE,
    HS_OBJECT_EDGES_INCOMPLETE,
  };

  for (guint32 i = 0; i < self->n; i++)
    {
      guint32 object = self->place[i];

      switch (g_rand_int_range (self->chance, 0, 40))
        {
        case 0:
          hs_test_snapshot_set_flags (self->snapshot, object,
                                      flags[maker_pick (self, G_N_ELEMENTS (flags))]);
          break;

        case 1:
          hs_test_snapshot_set_refcount (self->snapshot, object, maker_pick (self, 400));
          break;

        case 2:
        case 3:
          hs_test_snapshot_add_block (self->snapshot, object, HS_BLOCK_ITEMS,
                                      (guint64)maker_pick (self, 1000) * 4096, 0);
          break;

        case 4:
          hs_test_snapshot_add_block (self->snapshot, object, HS_BLOCK_SHARED_KEYS, 320,
                                      HS_BLOCK_SHARED);
          break;

        case 5:
          hs_test_snapshot_add_block (self->snapshot, object, HS_BLOCK_DATA, 1 << 30,
                                      HS_BLOCK_EXTERNAL);
          break;

        case 6:
          hs_test_snapshot_add_block (self->snapshot, object, HS_BLOCK_EXTRA, HS_BYTES_UNKNOWN, 0);
          break;

        case 7:
          if (maker_pick (self, 4) == 0)
            hs_test_snapshot_set_late (self->snapshot, object);
          break;

        default:
          break;
        }
    }
}

static void
test_shape (gconstpointer data)
{
  Shape shape = shapes[GPOINTER_TO_SIZE (data)].make;

  for (guint32 seed = 0; seed < 240; seed++)
    {
      g_autoptr(HsHeap) heap = NULL;
      Maker   maker;
      guint32 n = seed < 200 ? seed % 60 : 300 + seed * 7;

      maker_init (&maker, seed + 1, n, seed % 2 == 1);
      shape (&maker);
      if (n > 0)
        maker_name (&maker, 0);
      for (guint32 i = 0; n > 0 && i < seed % 4; i++)
        maker_name (&maker, maker_pick (&maker, n));
      if (seed % 3 != 0)
        maker_roughen (&maker);
      if (seed % 5 == 4)
        hs_test_snapshot_get_info (maker.snapshot)->n_reached = n - n / 3;
      if (seed % 7 == 6)
        hs_test_snapshot_set_snapshot_flags (maker.snapshot, HS_SNAPSHOT_CUT);

      heap = maker_finish (&maker);
      check_heap (heap);
    }
}

/* ---- What the definition says, in small ---- */

static guint64
get_retained (HsHeap *heap,
              guint32 object)
{
  return hs_dominators_get_retained (hs_heap_get_dominators (heap), object, NULL);
}

static void
test_nothing (void)
{
  g_autoptr(HsHeap) heap = test_heap_finish (test_heap_new ());
  guint32 n;

  g_assert_nonnull (hs_dominators_get_children (hs_heap_get_dominators (heap), HS_NO_OBJECT, &n));
  g_assert_cmpuint (n, ==, 0);
}

/* A list with a name, with items of its own and one that another list has, too. */
static void
test_names (void)
{
  TestHeap *test = test_heap_new ();
  guint32   own = test_heap_add (test, T_STR, "'own'");
  guint32   both = test_heap_add (test, T_STR, "'both'");
  guint32   a = test_heap_add_sequence (test, T_LIST, own, both, HS_NO_OBJECT);
  guint32   b = test_heap_add_sequence (test, T_LIST, both, HS_NO_OBJECT);
  g_autoptr(HsHeap) heap = NULL;
  const HsDominators *tree;
  gboolean            is_least = TRUE;

  test_heap_name (test, "a", a);
  test_heap_name (test, "same", a);
  test_heap_name (test, "b", b);
  heap = test_heap_finish (test);
  tree = hs_heap_get_dominators (heap);

  g_assert_cmpuint (hs_dominators_get_retained (tree, a, &is_least), ==, 128);
  g_assert_false (is_least);
  g_assert_cmpuint (get_retained (heap, b), ==, 64);
  g_assert_cmpuint (hs_dominators_get_parent (tree, a), ==, HS_NO_OBJECT);
  g_assert_cmpuint (hs_dominators_get_parent (tree, own), ==, a);
  g_assert_cmpuint (hs_dominators_get_parent (tree, both), ==, HS_NO_OBJECT);
  g_assert_cmpuint (hs_heap_get_held (heap, a), ==, HS_HELD_BY_NAME);
  g_assert_cmpuint (hs_heap_get_held (heap, both), ==, 0);
}

static void
test_held (void)
{
  TestHeap *test = test_heap_new ();
  guint32   constant = test_heap_add (test, T_STR, "'constant'");
  guint32   immortal = test_heap_add (test, T_STR, "'immortal'");
  guint32   number = test_heap_add (test, T_BOOL, "True");
  guint32   function = test_heap_add (test, T_BUILTIN, "print");
  guint32   closure = test_heap_add (test, T_FUNCTION, "wrapper");
  guint32   list = test_heap_add_sequence (test, T_LIST, constant, immortal, number, function,
                                           closure, HS_NO_OBJECT);
  g_autoptr(HsHeap) heap = NULL;
  const HsDominators *tree;
  gboolean            is_least;
  guint32             n;

  hs_test_snapshot_set_refcount (test->snapshot, constant, 2);
  hs_test_snapshot_set_flags (test->snapshot, immortal, HS_OBJECT_IMMORTAL);
  hs_test_snapshot_set_flags (test->snapshot, function, HS_OBJECT_BOUNDARY);
  hs_test_snapshot_set_refcount (test->snapshot, function, 3);
  hs_test_snapshot_set_flags (test->snapshot, closure, HS_OBJECT_BOUNDARY);
  test_heap_name (test, "list", list);
  heap = test_heap_finish (test);
  tree = hs_heap_get_dominators (heap);

  g_assert_cmpuint (hs_dominators_get_retained (tree, list, &is_least), ==, 64 + 160);
  g_assert_true (is_least);
  g_assert_cmpuint (hs_dominators_get_parent (tree, closure), ==, list);
  hs_dominators_get_retained (tree, function, &is_least);
  g_assert_true (is_least);
  hs_dominators_get_children (tree, HS_NO_OBJECT, &n);
  g_assert_cmpuint (n, ==, 5);
  g_assert_cmpuint (hs_heap_get_held (heap, constant), ==, HS_HELD_FROM_OUTSIDE);
  g_assert_cmpuint (hs_heap_get_held (heap, immortal), ==, HS_HELD_FOR_EVER);
  g_assert_cmpuint (hs_heap_get_held (heap, number), ==, HS_HELD_FOR_EVER);
  g_assert_cmpuint (hs_heap_get_held (heap, function), ==, HS_HELD_FROM_OUTSIDE);
}

/* Sums that do not fit stay at what does. */
static void
test_overflow (void)
{
  TestHeap *test = test_heap_new ();
  guint32   a = test_heap_add (test, T_STR, "'a'");
  guint32   b = test_heap_add (test, T_STR, "'b'");
  guint32   list = test_heap_add_sequence (test, T_LIST, a, b, HS_NO_OBJECT);
  g_autoptr(HsHeap) heap = NULL;
  gboolean is_least = FALSE;

  hs_test_snapshot_add_block (test->snapshot, a, HS_BLOCK_BUFFER, G_MAXINT64, 0);
  hs_test_snapshot_add_block (test->snapshot, b, HS_BLOCK_BUFFER, G_MAXUINT64 - 1, 0);
  test_heap_name (test, "list", list);
  heap = test_heap_finish (test);

  g_assert_cmpuint (
    hs_dominators_get_retained (hs_heap_get_dominators (heap), list, &is_least), ==, G_MAXINT64);
  g_assert_true (is_least);
}

/* ---- Large shapes, threads, cancelling ---- */

/* A list of @n that all refer to one object: the worst case of the iterative
 * algorithm, which takes the square of it. Meson's time-out is the guard.
 */
static void
test_deep (void)
{
  Maker maker;
  g_autoptr(HsHeap) heap = NULL;
  const HsDominators *tree;
  const guint32       n = 100000;

  maker_init (&maker, 1, n, FALSE);
  make_shared_tail (&maker);
  maker_name (&maker, 0);
  heap = maker_finish (&maker);
  tree = hs_heap_get_dominators (heap);

  g_assert_cmpuint (hs_dominators_get_n_retained (tree, 0), ==, n);
  g_assert_cmpuint (hs_dominators_get_n_retained (tree, n / 2), ==, n / 2 - 1);
  g_assert_cmpuint (hs_dominators_get_parent (tree, n - 1), ==, 0);
  g_assert_cmpuint (hs_dominators_get_parent (tree, n / 2), ==, n / 2 - 1);
  g_assert_true (hs_dominators_dominates (tree, 1, n - 2));
  g_assert_false (hs_dominators_dominates (tree, 1, n - 1));
}

/* Many children with many different sums. */
static void
test_wide (void)
{
  Maker maker;
  g_autoptr(HsHeap) heap = NULL;

  maker_init (&maker, 2, 20000, TRUE);
  for (guint32 i = 1; i < maker.n; i++)
    maker_refer (&maker, i < 5000 ? 0 : maker_pick (&maker, 5000), i);
  maker_name (&maker, 0);
  heap = maker_finish (&maker);
  check_heap (heap);
}

static gpointer
ask (gpointer heap)
{
  return (gpointer)hs_heap_get_dominators (heap);
}

static void
test_threads (void)
{
  Maker maker;
  g_autoptr(HsHeap) heap = NULL;
  GThread *threads[4];

  maker_init (&maker, 3, 50000, TRUE);
  make_random (&maker);
  maker_name (&maker, 0);
  heap = maker_finish (&maker);

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("ask", ask, heap);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_assert_true (g_thread_join (threads[i]) == hs_heap_get_dominators (heap));
}

static void
test_cancel (void)
{
  Maker maker;
  g_autoptr(HsHeap) heap = NULL;
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;

  maker_init (&maker, 4, 500, TRUE);
  make_random (&maker);
  heap = maker_finish (&maker);

  g_cancellable_cancel (cancellable);
  g_assert_false (hs_heap_prepare_dominators (heap, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_false (hs_heap_has_dominators (heap));

  g_assert_true (hs_heap_prepare_dominators (heap, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (hs_heap_has_dominators (heap));
  g_assert_true (hs_heap_prepare_dominators (heap, cancellable, &error));
  check_heap (heap);
}

/* What the names lead to has the same answer without the rest, if that holds
 * nothing of it; what it does hold is held from outside either way.
 */
static void
test_all_objects (void)
{
  guint64 retained[2];

  for (guint is_all = 0; is_all < 2; is_all++)
    {
      TestHeap *test = test_heap_new ();
      guint32   item = test_heap_add (test, T_STR, "'item'");
      guint32   held = test_heap_add (test, T_STR, "'held'");
      guint32   module = test_heap_add (test, T_MODULE, "os");
      guint32   list = test_heap_add_sequence (test, T_LIST, item, held, module, HS_NO_OBJECT);
      g_autoptr(HsHeap) heap = NULL;

      hs_test_snapshot_set_flags (test->snapshot, module, HS_OBJECT_BOUNDARY);
      hs_test_snapshot_set_refcount (test->snapshot, module, 3);
      hs_test_snapshot_set_refcount (test->snapshot, held, 2);
      test_heap_name (test, "list", list);
      if (is_all)
        {
          guint32 inner = test_heap_add (test, T_STR, "'inner'");
          guint32 other = test_heap_add_sequence (test, T_LIST, held, inner, HS_NO_OBJECT);

          hs_test_snapshot_get_info (test->snapshot)->n_reached = 4;
          hs_test_snapshot_set_flags (test->snapshot, inner, HS_OBJECT_UNREACHED);
          hs_test_snapshot_set_flags (test->snapshot, other, HS_OBJECT_UNREACHED);
          hs_test_snapshot_add_edge (test->snapshot, module, HS_EDGE_FIELD, "x", other);
          hs_test_snapshot_add_edge (test->snapshot, module, HS_EDGE_FIELD, "y", item);
          hs_test_snapshot_set_late (test->snapshot, module);
          hs_test_snapshot_set_refcount (test->snapshot, item, 1);
          heap = test_heap_finish (test);
          g_assert_cmpuint (get_retained (heap, other), ==, 128);
          g_assert_cmpuint (get_retained (heap, module), ==, 80);
        }
      else
        heap = test_heap_finish (test);
      retained[is_all] = get_retained (heap, list);
    }

  g_assert_cmpuint (retained[0], ==, 128);
  g_assert_cmpuint (retained[1], ==, retained[0]);
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/dominators/nothing", test_nothing);
  g_test_add_func ("/dominators/names", test_names);
  g_test_add_func ("/dominators/held", test_held);
  g_test_add_func ("/dominators/overflow", test_overflow);
  g_test_add_func ("/dominators/all-objects", test_all_objects);
  g_test_add_func ("/dominators/deep", test_deep);
  g_test_add_func ("/dominators/wide", test_wide);
  g_test_add_func ("/dominators/threads", test_threads);
  g_test_add_func ("/dominators/cancel", test_cancel);
  for (gsize i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      g_autofree char *path = g_strdup_printf ("/dominators/shapes/%s", shapes[i].name);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_shape);
    }

  return g_test_run ();
}
