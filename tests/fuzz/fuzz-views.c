/* fuzz-views.c - every view of every heap that the reader accepts
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A short run with made-up mutants is a test. A longer one by hand, with other
 * mutants, best built with the address and undefined behaviour sanitizers:
 *
 *   fuzz-views [MUTANTS [SEED]]
 */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "hs-test-odd-heaps.h"
#include "hs-wishes.h"

#define N_MUTANTS 150
#define SEED      20260101
#define MOST_SIDE 400 /* pixels */

/* Some of what happened, so that a run that tests nothing is seen. */
static guint n_accepted;
static guint n_scenes;

static void
draw_small (HsScene *scene)
{
  HsRect extents;

  hs_scene_get_extents (scene, &extents);
  double           scale = MIN (1, MOST_SIDE / MAX (extents.width, extents.height));
  cairo_surface_t *surface = cairo_image_surface_create (
    CAIRO_FORMAT_ARGB32, 1 + (int)(extents.width * scale), 1 + (int)(extents.height * scale));
  cairo_t *cr = cairo_create (surface);

  cairo_scale (cr, scale, scale);
  hs_scene_draw (scene, cr, &extents, scale, hs_theme_get (HS_THEME_LIGHT));
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

static void
try_view (HsHeap       *heap,
          const HsView *view)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HsWishes) wishes = hs_wishes_new (view);
  g_autoptr (HsScene) scene = hs_wishes_build (wishes, heap, NULL, NULL, &error);
  g_autofree char *text = NULL;
  g_autofree char *dump = NULL;

  if (scene == NULL)
    {
      g_assert_nonnull (error);
      return;
    }

  g_assert_no_error (error);
  n_scenes++;
  text = hs_scene_to_text (scene);
  g_assert_true (g_utf8_validate (text, -1, NULL));
  dump = hs_scene_dump (scene);
  g_assert_nonnull (dump);
  draw_small (scene);
}

static void
try_bytes (GBytes *bytes)
{
  g_autoptr (HsHeap) heap = hs_heap_new (bytes, NULL);
  const HsView *const *views = hs_views_list ();

  if (heap == NULL)
    return;

  n_accepted++;
  for (guint i = 0; views[i] != NULL; i++)
    try_view (heap, views[i]);
}

/* Within one section: the header and the table are the reader's matter. Most numbers
 * of a column are near to others of it, so that they are often accepted.
 */
static void
mutate (GRand  *random,
        guint8 *data,
        gsize   size)
{
  const HsSnapshotHeader  *header = (const HsSnapshotHeader *)(gpointer)data;
  const HsSnapshotSection *sections =
    (const HsSnapshotSection *)(gpointer)(data + header->header_size);

  for (int n = g_rand_int_range (random, 1, 12); n > 0; n--)
    {
      const HsSnapshotSection *section =
        &sections[g_rand_int_range (random, 0, (gint32)header->n_sections)];
      gsize   width = MIN (section->element_size, sizeof (guint64));
      gsize   n_elements = section->size / MAX (1, width);
      guint8 *to;

      if (n_elements == 0)
        continue;
      to = data + section->offset + width * (gsize)g_rand_int_range (random, 0, (gint32)n_elements);
      g_assert (to + width <= data + size);

      switch (g_rand_int_range (random, 0, 4))
        {
        case 0:
          memset (to, g_rand_boolean (random) ? 0xff : 0, width);
          break;

        case 1:
          *to ^= (guint8)(1 << g_rand_int_range (random, 0, 8));
          break;

        case 2:
          to[width - 1] = (guint8)g_rand_int (random);
          break;

        default:
          memmove (to,
                   data + section->offset +
                     width * (gsize)g_rand_int_range (random, 0, (gint32)n_elements),
                   width);
          break;
        }
    }
}

static void
fuzz (guint   n_mutants,
      guint32 seed)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  guint                n_heaps;
  const HsTestOddHeap *heaps = hs_test_odd_heaps_list (&n_heaps);

  for (guint i = 0; i < n_mutants; i++)
    {
      guint chosen = (guint)g_rand_int_range (random, 0, (gint32)n_heaps * 2);

      /* The long chain takes long and says little more. */
      g_autoptr (GBytes) bytes =
                   chosen < n_heaps && strcmp (heaps[chosen].name, "chain") != 0
                     ? heaps[chosen].make ()
                     : hs_test_odd_heap_make_random (g_rand_int (random),
                                                     (guint)g_rand_int_range (random, 1, 300));
      gsize   size;
      guint8 *data = g_bytes_unref_to_data (g_steal_pointer (&bytes), &size);
      g_autoptr (GBytes) mutant = NULL;

      mutate (random, data, size);
      mutant = g_bytes_new_take (data, size);
      try_bytes (mutant);
    }
}

int
main (int   argc,
      char *argv[])
{
  guint n_mutants = argc > 1 ? (guint)strtoul (argv[1], NULL, 10) : N_MUTANTS;

  fuzz (n_mutants, argc > 2 ? (guint32)strtoul (argv[2], NULL, 10) : SEED);
  g_print ("%u mutants, %u accepted, %u scenes\n", n_mutants, n_accepted, n_scenes);

  return n_accepted > 0 && n_scenes > 0 ? 0 : 1;
}
