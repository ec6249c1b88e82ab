/* test-anatomy.c - the picture of bytes: scale, texts, arrows, wishes
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <locale.h>
#include <math.h>
#include <string.h>

#include "hs-anatomy-scene-private.h"
#include "hs-test-anatomy.h"
#include "hs-wishes-private.h"

#define ALL "node,other,slim,numbers,packed,text"

static void
set_option (HsWishes   *wishes,
            const char *id,
            guint       choice)
{
  guint           n;
  const HsOption *options = hs_view_get_options (&_hs_anatomy_view, &n);

  for (guint i = 0; i < n; i++)
    if (strcmp (options[i].id, id) == 0)
      {
        hs_wishes_set_option (wishes, i, choice);
        return;
      }

  g_assert_not_reached ();
}

static HsScene *
build (HsHeap     *heap,
       const char *names,
       guint       contents)
{
  g_auto(GStrv) list = g_strsplit (names, ",", -1);
  g_autoptr(HsWishes) wishes = hs_wishes_new (&_hs_anatomy_view);
  g_autoptr(GError) error = NULL;
  HsScene *scene;

  hs_wishes_set_focus (wishes, (const char *const *)list);
  set_option (wishes, "contents", contents);
  scene = hs_wishes_build (wishes, heap, NULL, NULL, &error);
  g_assert_no_error (error);

  return scene;
}

static HsAnatomyScene *
get_own (HsScene *scene)
{
  return (HsAnatomyScene *)scene;
}

static gboolean
is_inside (const HsRect *inner,
           const HsRect *outer)
{
  return inner->x > outer->x - 0.01 && inner->y > outer->y - 0.01 &&
         inner->x + inner->width < outer->x + outer->width + 0.01 &&
         inner->y + inner->height < outer->y + outer->height + 0.01;
}

static gboolean
do_overlap (const HsRect *a,
            const HsRect *b)
{
  return a->x + 0.01 < b->x + b->width && b->x + 0.01 < a->x + a->width &&
         a->y + 0.01 < b->y + b->height && b->y + 0.01 < a->y + a->height;
}

/* ---- Scale ---- */

static void
assert_to_scale (HsScene *scene)
{
  HsAnatomyScene *self = get_own (scene);

  for (guint b = 0; b < hs_anatomy_get_n_blocks (self->anatomy); b++)
    {
      const HsAnatomyBlock *block = hs_anatomy_get_block (self->anatomy, b);
      const HsPlacedBlock  *placed = &self->blocks[b];
      guint64               bytes = 0;

      for (guint i = 0; i < placed->n_pieces; i++)
        {
          const HsPiece *piece = &g_array_index (self->pieces, HsPiece, placed->first_piece + i);

          bytes += piece->n;
          g_assert_true (is_inside (&piece->rect, &placed->rect));
          g_assert_cmpfloat (piece->rect.height, ==, HS_WORD_HEIGHT);
          if (!piece->is_cut)
            g_assert_cmpfloat (piece->rect.width, ==, (double)piece->n * HS_BYTE_WIDTH);
          if (i > 0)
            {
              const HsPiece *before = piece - 1;

              /* Right behind the one before, or at the beginning of the next row. */
              g_assert_false (do_overlap (&before->rect, &piece->rect));
              if (piece->rect.y > before->rect.y)
                g_assert_cmpfloat (piece->rect.y, ==, before->rect.y + HS_WORD_HEIGHT);
              else
                g_assert_cmpfloat (piece->rect.x, ==, before->rect.x + before->rect.width);
            }
        }
      if (block->occupied != HS_BYTES_UNKNOWN && !block->is_static &&
          block->occupied < (G_GUINT64_CONSTANT (1) << 40))
        g_assert_cmpuint (bytes, ==, block->occupied);
    }
}

static void
test_scale (void)
{
  g_autoptr(HsHeap) heap = test_anatomy_heap_new ();
  g_autoptr(HsScene) scene = build (heap, ALL, HS_CONTENTS_NUMBERS);

  assert_to_scale (scene);
}

/* So many squares as there are words, of each column. */
static void
test_map (void)
{
  g_autoptr(HsHeap) heap = test_anatomy_heap_new ();
  g_autoptr(HsScene) scene = build (heap, "numbers,packed", HS_CONTENTS_NUMBERS);
  HsAnatomyScene *self = get_own (scene);
  guint           n[2] = { 0, 0 };

  g_assert_cmpuint (self->square_bytes, ==, 8);
  for (guint i = 0; i < self->squares->len; i++)
    {
      const HsSquares *squares = &g_array_index (self->squares, HsSquares, i);
      HsRect           rect = { squares->x, squares->y, squares->n * self->square, self->square };
      guint            column = squares->x > self->columns[1].card.x ? 1 : 0;

      g_assert_true (is_inside (&rect, &self->columns[column].card));
      n[column] += squares->n;
    }
  g_assert_cmpuint (n[0], ==, (64 + 880 + 98 * 32) / 8);
  g_assert_cmpuint (n[1], ==, (80 + 400) / 8);
}

/* ---- Texts ---- */

static HsRect
get_text_rect (const HsPlacedText *placed)
{
  return (HsRect) { placed->x, placed->middle - placed->text->size / 2, placed->text->width,
                    placed->text->size };
}

static void
assert_texts (HsScene *scene)
{
  HsAnatomyScene *self = get_own (scene);
  HsRect          all = { 0, 0, scene->width, scene->height };

  for (guint i = 0; i < self->placed->len; i++)
    {
      HsRect rect = get_text_rect (&g_array_index (self->placed, HsPlacedText, i));

      g_assert_true (is_inside (&rect, &all));
      for (guint k = 0; k < i; k++)
        {
          HsRect other = get_text_rect (&g_array_index (self->placed, HsPlacedText, k));

          if (do_overlap (&rect, &other))
            g_error ("“%s” overlaps “%s”",
                     g_array_index (self->placed, HsPlacedText, i).text->string,
                     g_array_index (self->placed, HsPlacedText, k).text->string);
        }
      for (guint k = 0; k < self->pieces->len; k++)
        g_assert_false (do_overlap (&rect, &g_array_index (self->pieces, HsPiece, k).rect));
    }
}

static void
assert_boxes (HsScene *scene)
{
  HsAnatomyScene *self = get_own (scene);
  HsRect          all = { 0, 0, scene->width, scene->height };

  for (guint b = 0; b < hs_anatomy_get_n_blocks (self->anatomy); b++)
    {
      g_assert_true (is_inside (&self->blocks[b].rect, &all));
      for (guint k = 0; k < b; k++)
        g_assert_false (do_overlap (&self->blocks[b].rect, &self->blocks[k].rect));
      for (guint c = 0; c < hs_anatomy_get_n_columns (self->anatomy); c++)
        g_assert_false (do_overlap (&self->blocks[b].rect, &self->columns[c].card));
    }
}

static void
test_texts (void)
{
  g_autoptr(HsHeap) heap = test_anatomy_heap_new ();
  g_autoptr(HsScene) scene = build (heap, ALL, HS_CONTENTS_ALWAYS);
  g_autoptr(HsScene) hidden = build (heap, "hidden", HS_CONTENTS_ALWAYS);

  assert_texts (scene);
  assert_boxes (scene);
  assert_texts (hidden);
}

/* ---- Arrows ---- */

static void
assert_arrows (HsScene *scene)
{
  HsAnatomyScene *self = get_own (scene);

  for (guint i = 0; i < self->arrows->len; i++)
    {
      const HsAnatomyArrow *arrow = &g_array_index (self->arrows, HsAnatomyArrow, i);
      const HsAnatomyField *field = hs_anatomy_get_field (self->anatomy, arrow->field);
      guint                 last = arrow->n_points - 1;

      g_assert_cmpuint (arrow->n_points, >=, 2);
      g_assert_cmpfloat (fabs (arrow->y[0] - self->field_y[arrow->field]), <, HS_WORD_HEIGHT / 2);
      if (arrow->block != G_MAXUINT)
        {
          const HsRect *rect = &self->blocks[arrow->block].rect;

          if (!arrow->is_implied)
            g_assert_cmpuint (field->block, ==, arrow->block);
          g_assert_true (fabs (arrow->x[last] - rect->x) < 1 ||
                         fabs (arrow->x[last] - rect->x - rect->width) < 1);
          g_assert_cmpfloat (arrow->y[last], >, rect->y);
          g_assert_cmpfloat (arrow->y[last], <, rect->y + HS_BLOCK_TITLE);
        }
      else
        {
          const HsChip *chip = &g_array_index (self->chips, HsChip, arrow->chip);

          g_assert_cmpuint (field->object, ==, chip->object);
          g_assert_cmpfloat (arrow->x[last], ==, chip->rect.x);
        }
      /* No line runs through a block. */
      for (guint p = 0; p < last; p++)
        for (guint b = 0; b < hs_anatomy_get_n_blocks (self->anatomy); b++)
          {
            HsRect line = { MIN (arrow->x[p], arrow->x[p + 1]), MIN (arrow->y[p], arrow->y[p + 1]),
                            fabs (arrow->x[p] - arrow->x[p + 1]) + 0.1,
                            fabs (arrow->y[p] - arrow->y[p + 1]) + 0.1 };
            HsRect inner = self->blocks[b].rect;

            inner.x += 1;
            inner.width -= 2;
            g_assert_false (do_overlap (&line, &inner));
          }
    }
}

static void
test_arrows (void)
{
  g_autoptr(HsHeap) heap = test_anatomy_heap_new ();
  g_autoptr(HsScene) scene = build (heap, ALL, HS_CONTENTS_NUMBERS);
  g_autoptr(HsScene) turned = build (heap, "other,node", HS_CONTENTS_NUMBERS);
  HsAnatomyScene *self = get_own (turned);
  guint           n_to_table = 0;

  assert_arrows (scene);
  assert_arrows (turned);
  /* The one table of both: by its dict, and through the class. */
  for (guint i = 0; i < self->arrows->len; i++)
    {
      const HsAnatomyArrow *arrow = &g_array_index (self->arrows, HsAnatomyArrow, i);

      n_to_table += arrow->block != G_MAXUINT &&
                    hs_anatomy_get_block (self->anatomy, arrow->block)->is_shared;
    }
  g_assert_cmpuint (n_to_table, ==, 2);
}

/* Two items that are one object are one, with two arrows. */
static void
test_chips (void)
{
  g_autoptr(HsHeap) heap = test_anatomy_heap_new ();
  g_autoptr(HsScene) scene = build (heap, "numbers", HS_CONTENTS_NUMBERS);
  g_autoptr(HsScene) without = build (heap, "numbers", HS_CONTENTS_NEVER);
  HsAnatomyScene *self = get_own (scene);

  g_assert_cmpuint (self->chips->len, ==, 7);
  g_assert_true (g_array_index (self->chips, HsChip, 0).is_static);
  g_assert_cmpuint (g_array_index (self->chips, HsChip, 1).n_squares, ==, 4);
  g_assert_cmpuint (get_own (without)->chips->len, ==, 0);
}

/* ---- Items ---- */

static void
test_items (void)
{
  g_autoptr(HsHeap) heap = test_anatomy_heap_new ();
  g_autoptr(HsScene) scene = build (heap, ALL, HS_CONTENTS_NUMBERS);
  HsAnatomyScene *self = get_own (scene);
  guint           n_blocks = hs_anatomy_get_n_blocks (self->anatomy);
  guint           item = hs_scene_walk (scene, HS_NO_ITEM, HS_WALK_FIRST);
  guint           n = 1;

  g_autoptr(GHashTable) keys = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (guint i = 0; i < self->pieces->len; i++)
    {
      const HsPiece *piece = &g_array_index (self->pieces, HsPiece, i);
      HsHit          hit = hs_scene_hit (scene, piece->rect.x + 1, piece->rect.y + 12);

      g_assert_cmpuint (hit.item, ==, n_blocks + piece->field);
    }
  for (guint i = 0; i < hs_scene_get_n_items (scene); i++)
    {
      guint64          key = hs_scene_get_item_key (scene, i);
      g_autofree char *name = hs_scene_name_item (scene, i);
      g_autofree char *facts = hs_scene_describe_item (scene, i);

      g_assert_true (g_hash_table_add (keys, g_memdup2 (&key, sizeof key)));
      g_assert_cmpuint (hs_scene_find_key (scene, key), ==, i);
      g_assert_true (*name != '\0' && *facts != '\0');
    }
  /* Down leads through everything. */
  while (hs_scene_walk (scene, item, HS_WALK_DOWN) != item)
    {
      item = hs_scene_walk (scene, item, HS_WALK_DOWN);
      n++;
    }
  g_assert_cmpuint (n, ==, hs_scene_get_n_items (scene));
  for (const char *const *name = (const char *const[]) { "node", "slim", "packed", NULL };
       *name != NULL; name++)
    {
      guint32 object = test_anatomy_find (heap, *name);

      g_assert_cmpuint (hs_scene_find_object (scene, object), <, n_blocks);
    }
}

static void
test_deterministic (void)
{
  g_autoptr(HsHeap) heap = test_anatomy_heap_new ();
  g_autoptr(HsScene) first = build (heap, ALL, HS_CONTENTS_ALWAYS);
  g_autoptr(HsScene) second = build (heap, ALL, HS_CONTENTS_ALWAYS);
  g_autofree char *a = hs_scene_dump (first);
  g_autofree char *b = hs_scene_dump (second);

  g_assert_cmpstr (a, ==, b);
}

/* ---- Wishes ---- */

static void
test_wishes (void)
{
  g_autoptr(HsHeap) heap = test_anatomy_heap_new ();
  g_autoptr(HsWishes) wishes = hs_wishes_new (&_hs_anatomy_view);
  g_autoptr(HsWishes) copy = NULL;
  g_autoptr(HsScene) classes = hs_wishes_build (wishes, heap, NULL, NULL, NULL);
  g_autoptr(HsScene) list = NULL;
  g_autoptr(HsScene) open = NULL;
  g_autoptr(HsScene) folded = NULL;
  g_autoptr(HsScene) both = NULL;
  guint32 numbers = test_anatomy_find (heap, "numbers");
  guint   n_blocks;
  HsHit   hit = { HS_HIT_NOTHING, HS_NO_ITEM, HS_NO_ITEM };

  g_assert_cmpuint (hs_anatomy_get_n_columns (hs_anatomy_scene_get_anatomy (classes)), ==, 2);
  /* It is there already. */
  g_assert_false (hs_wishes_select (wishes, heap, test_anatomy_find (heap, "slim")));
  g_assert_true (hs_wishes_select (wishes, heap, numbers));
  g_assert_false (hs_wishes_select (wishes, heap, numbers));
  list = hs_wishes_build (wishes, heap, NULL, NULL, NULL);
  n_blocks = hs_anatomy_get_n_blocks (hs_anatomy_scene_get_anatomy (list));
  g_assert_cmpuint (n_blocks, ==, 2);

  for (guint i = n_blocks; i < hs_scene_get_n_items (list); i++)
    if (hs_scene_get_action (list, i).kind == HS_HIT_MORE)
      hit = hs_scene_get_action (list, i);
  g_assert_cmpint (hit.kind, ==, HS_HIT_MORE);
  copy = hs_wishes_copy (wishes);
  g_assert_true (hs_wishes_activate (wishes, list, &hit));
  open = hs_wishes_build (wishes, heap, NULL, NULL, NULL);
  g_assert_cmpuint (hs_scene_get_n_items (open), >, hs_scene_get_n_items (list));
  assert_to_scale (open);
  assert_texts (open);

  for (guint i = 0; i < n_blocks; i++)
    if (hs_scene_get_action (open, i).kind == HS_HIT_FOLD)
      hit = hs_scene_get_action (open, i);
  g_assert_cmpint (hit.kind, ==, HS_HIT_FOLD);
  g_assert_true (hs_wishes_activate (wishes, open, &hit));
  folded = hs_wishes_build (wishes, heap, NULL, NULL, NULL);
  g_assert_cmpuint (hs_scene_get_n_items (folded), ==, hs_scene_get_n_items (list));

  set_option (copy, "compare", 2);
  g_assert_true (hs_wishes_select (copy, heap, test_anatomy_find (heap, "packed")));
  both = hs_wishes_build (copy, heap, NULL, NULL, NULL);
  g_assert_cmpuint (hs_anatomy_get_n_columns (hs_anatomy_scene_get_anatomy (both)), ==, 2);
}

static void
test_no_such_name (void)
{
  g_autoptr(HsHeap) heap = test_anatomy_heap_new ();
  g_autoptr(HsWishes) wishes = hs_wishes_new (&_hs_anatomy_view);
  g_autoptr(GError) error = NULL;

  hs_wishes_set_focus (wishes, (const char *const[]) { "nobody", NULL });
  g_assert_null (hs_wishes_build (wishes, heap, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

/* ---- Hostile ---- */

/* With everything open that can be opened. */
static HsScene *
build_open (HsHeap *heap)
{
  g_autoptr(HsWishes) wishes = hs_wishes_new (&_hs_anatomy_view);
  HsScene *scene;

  hs_wishes_set_focus (wishes, (const char *const[]) { "n", NULL });
  scene = hs_wishes_build (wishes, heap, NULL, NULL, NULL);
  for (guint i = 0; i < hs_scene_get_n_items (scene); i++)
    {
      HsHit hit = hs_scene_get_action (scene, i);

      if (hit.kind == HS_HIT_MORE)
        g_assert_true (hs_wishes_activate (wishes, scene, &hit));
    }
  hs_scene_unref (scene);

  return hs_wishes_build (wishes, heap, NULL, NULL, NULL);
}

static void
draw (HsScene    *scene,
      HsThemeKind theme)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 400, 400);
  cairo_t         *cr = cairo_create (surface);
  HsRect           clip = { 0, 0, 400, 400 };
  guint            n;

  hs_scene_draw (scene, cr, &clip, 1, hs_theme_get (theme));
  hs_scene_draw (scene, cr, &clip, 0.1, hs_theme_get (theme));
  for (guint i = 0; i < MIN (20, hs_scene_get_n_items (scene)); i++)
    hs_scene_draw_mark (scene, cr, i, (HsMark)(i % 3), 1, hs_theme_get (theme));
  for (guint i = 0; hs_scene_get_legend (scene, &n) != NULL && i < n; i++)
    {
      const HsLegendEntry *entry = &hs_scene_get_legend (scene, &n)[i];

      entry->draw (cr, &(HsRect) { 10, 10, 36, 18 }, hs_theme_get (theme), entry->which);
      g_assert_nonnull (entry->text);
    }
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

static void
test_hostile (void)
{
  for (guint32 seed = 0; seed < 60; seed++)
    {
      g_autoptr(HsHeap) heap = test_anatomy_heap_new_hostile (seed);
      g_autoptr(HsScene) scene = build (heap, "n", seed % 3);
      g_autoptr(HsScene) open = build_open (heap);

      assert_to_scale (open);
      assert_arrows (open);
      assert_to_scale (scene);
      assert_boxes (scene);
      assert_arrows (scene);
      draw (scene, (HsThemeKind)(seed % 4));
    }
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/anatomy-scene/scale", test_scale);
  g_test_add_func ("/anatomy-scene/map", test_map);
  g_test_add_func ("/anatomy-scene/texts", test_texts);
  g_test_add_func ("/anatomy-scene/arrows", test_arrows);
  g_test_add_func ("/anatomy-scene/chips", test_chips);
  g_test_add_func ("/anatomy-scene/items", test_items);
  g_test_add_func ("/anatomy-scene/deterministic", test_deterministic);
  g_test_add_func ("/anatomy-scene/wishes", test_wishes);
  g_test_add_func ("/anatomy-scene/no-such-name", test_no_such_name);
  g_test_add_func ("/anatomy-scene/hostile", test_hostile);

  return g_test_run ();
}
