/* test-strings-scene.c - scenes of texts: places, pointing, walking, wishes, drawing
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "hs-strings-scene-private.h"
#include "hs-strings-wrap.h"
#include "hs-test-heap.h"
#include "hs-wishes.h"

#define HALF_LINE 6. /* of the smallest text: capitals and figures */
#define SLACK     0.01

/* A str with any characters and all that may be true of one. */
static guint32
add_any_str (TestHeap *test,
             GRand    *random,
             guint     number)
{
  static const guint32     flags[] = { 0, 0, HS_OBJECT_INTERNED_MORTAL, HS_OBJECT_STATIC,
                                       HS_OBJECT_BASELINE,
                                       HS_OBJECT_STATIC | HS_OBJECT_INTERNED_IMMORTAL };
  static const char *const texts[] = {
    "word",
    "two words",
    "中文字符串",
    "🎉 emoji",
    "é",
    "a very long text, wider than the column of the values of texts, so that it has to be cut",
    "\xff\xfe invalid",
    "line\\nbreak\ttab",
  };
  const char      *text = texts[g_rand_int_range (random, 0, G_N_ELEMENTS (texts))];
  g_autofree char *preview = g_strdup_printf ("'%s %u'", text, number);
  guint64          size = g_rand_int_range (random, 0, 10) == 0 ? HS_BYTES_UNKNOWN : 64;
  guint32          object;

  object = hs_test_snapshot_add_object (test->snapshot, test->type[T_STR], preview, size);
  hs_test_snapshot_set_length (test->snapshot, object, strlen (preview));
  hs_test_snapshot_set_flags (test->snapshot, object,
                              flags[g_rand_int_range (random, 0, G_N_ELEMENTS (flags))]);

  return object;
}

/* @n_values texts, up to 12 objects of each, up to 12 references to each. */
static HsHeap *
new_heap (guint   n_values,
          guint32 seed)
{
  static const char *const names[] = {
    "a",
    "name",
    "名字",
    "a_rather_long_name_that_somebody_gave_to_a_variable_for_a_good_reason",
  };
  g_autoptr(GRand) random = g_rand_new_with_seed (seed);
  TestHeap *test = test_heap_new ();
  guint32   list = test_heap_add (test, T_LIST, "");
  guint32   dict = test_heap_add (test, T_DICT, "");
  guint32   position = 0;

  hs_test_snapshot_get_info (test->snapshot)->flags = HS_INFO_LEDGER | HS_INFO_CONSTANTS;
  for (guint i = 0; i < n_values; i++)
    {
      guint n_copies = (guint)g_rand_int_range (random, 1, n_values > 1000 ? 3 : 12);

      for (guint k = 0; k < n_copies; k++)
        {
          guint32 object = add_any_str (test, random, i);
          guint   n_references = (guint)g_rand_int_range (random, 0, 12);

          for (guint r = 0; r < n_references; r++)
            switch (g_rand_int_range (random, 0, 4))
              {
              case 0:
                test_heap_name (test, names[g_rand_int_range (random, 0, 4)], object);
                break;
              case 1:
                hs_test_snapshot_add_item (test->snapshot, dict, object, object);
                break;
              default:
                hs_test_snapshot_add_index (test->snapshot, list, HS_EDGE_INDEX, position++,
                                            object);
                break;
              }
        }
    }
  test_heap_name (test, "words", list);
  test_heap_name (test, "d", dict);

  return test_heap_finish (test);
}

static HsWishes *
new_wishes (void)
{
  const HsView *view = hs_view_find ("strings");

  g_assert_nonnull (view);

  return hs_wishes_new (view);
}

static void
set_option (HsWishes   *wishes,
            const char *id,
            guint       choice)
{
  guint           n;
  const HsOption *options = hs_view_get_options (hs_wishes_get_view (wishes), &n);

  for (guint i = 0; i < n; i++)
    if (strcmp (options[i].id, id) == 0)
      {
        hs_wishes_set_option (wishes, i, choice);
        return;
      }
  g_assert_not_reached ();
}

static HsScene *
build (HsWishes *wishes,
       HsHeap   *heap)
{
  g_autoptr(GError) error = NULL;
  HsScene *scene = hs_wishes_build (wishes, heap, "zh-cn", NULL, &error);

  g_assert_no_error (error);

  return scene;
}

/* ---- Places ---- */

static HsRect
get_text_rect (const HsStringsText *placed)
{
  return (HsRect) { placed->x, placed->middle - HALF_LINE, placed->text->width, 2 * HALF_LINE };
}

static gboolean
overlap (const HsRect *a,
         const HsRect *b)
{
  return a->x + SLACK < b->x + b->width && b->x + SLACK < a->x + a->width &&
         a->y + SLACK < b->y + b->height && b->y + SLACK < a->y + a->height;
}

static gboolean
is_inside (const HsRect *inner,
           const HsRect *outer)
{
  return inner->x + SLACK >= outer->x && inner->y + SLACK >= outer->y &&
         inner->x + inner->width <= outer->x + outer->width + SLACK &&
         inner->y + inner->height <= outer->y + outer->height + SLACK;
}

/* What is left of a text that was cut. */
static void
check_cut (const char *text,
           const char *facts)
{
  g_auto(GStrv) parts = g_strsplit (text, "…", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    g_assert_nonnull (strstr (facts, parts[i]));
}

/* No text lies over another, all in @band; what is cut is said whole elsewhere. */
static void
check_texts (HsStringsScene *self,
             guint           first,
             guint           n,
             const HsRect   *band,
             const char     *facts)
{
  for (guint i = first; i < first + n; i++)
    {
      HsRect rect = get_text_rect (&self->placed[i]);

      g_assert_true (is_inside (&rect, band));
      if (self->placed[i].is_cut)
        check_cut (self->placed[i].text->string, facts);
      for (guint k = first; k < i; k++)
        {
          HsRect other = get_text_rect (&self->placed[k]);

          g_assert_false (overlap (&rect, &other));
        }
    }
}

static void
check_box (HsStringsScene *self,
           guint           index,
           const HsRect   *band)
{
  const HsStringsBox *box = &self->boxes[index];

  g_assert_true (is_inside (&box->rect, band));
  g_assert_cmpuint (box->n_chips, ==, self->page->copies[index].n_labels);
  for (guint i = box->first_chip; i < box->first_chip + box->n_chips; i++)
    {
      const HsStringsChip *chip = &self->chips[i];

      g_assert_true (is_inside (&chip->rect, band));
      g_assert_cmpuint (chip->copy, ==, index);
      /* Arcs lead from the right end of a label to the left side of a box. */
      g_assert_cmpfloat (chip->rect.x + chip->rect.width, <, box->rect.x - 40);
      for (guint k = 0; k < i; k++)
        g_assert_false (overlap (&chip->rect, &self->chips[k].rect));
    }
}

/* The words of a box lie in it, those of labels in them. */
static void
check_inside (HsStringsScene      *self,
              const HsStringsBand *band,
              const HsRect        *rect)
{
  guint n = 0;

  for (guint i = band->first_text; i < band->first_text + band->n_texts; i++)
    {
      HsRect text = get_text_rect (&self->placed[i]);

      if (overlap (&text, rect))
        {
          g_assert_true (is_inside (&text, rect));
          n++;
        }
    }
  g_assert_cmpuint (n, >, 0);
}

static void
check_band (HsStringsScene *self,
            guint           index)
{
  const HsStringsBand *band = &self->bands[index];
  HsRect               rect = { 0, band->y, self->parent.width, band->height };
  g_autofree char     *facts = NULL;
  const HsStringsRow  *row = &self->page->rows[index];

  if (band->item != HS_NO_ITEM)
    facts = hs_scene_describe_item (&self->parent, band->item);
  check_texts (self, band->first_text, band->n_texts, &rect, facts != NULL ? facts : "");
  if (band->kind != HS_STRINGS_BAND_VALUE)
    return;
  for (guint i = row->first_copy; i < row->first_copy + row->n_copies; i++)
    {
      check_box (self, i, &rect);
      check_inside (self, band, &self->boxes[i].rect);
      for (guint k = 0; k < self->boxes[i].n_chips; k++)
        check_inside (self, band, &self->chips[self->boxes[i].first_chip + k].rect);
      if (i > row->first_copy)
        g_assert_false (overlap (&self->boxes[i].rect, &self->boxes[i - 1].rect));
    }
}

/* The box of what is left out lies below the others. */
static void
check_more (HsStringsScene *self,
            guint           index)
{
  const HsStringsBand *band = &self->bands[index];
  const HsStringsRow  *row = &self->page->rows[index];
  HsRect               rect = { 0, band->y, self->parent.width, band->height };

  if (row->n_copies_left_out == 0)
    return;
  g_assert_true (is_inside (&band->more, &rect));
  check_inside (self, band, &band->more);
  for (guint i = row->first_copy; i < row->first_copy + row->n_copies; i++)
    g_assert_false (overlap (&band->more, &self->boxes[i].rect));
}

static void
check_places (HsScene *scene)
{
  HsStringsScene *self = _hs_strings_scene_cast (scene);
  HsRect          head = { 0, 0, scene->width, self->head_y };
  double          y = self->head_y;

  check_texts (self, 0, self->n_head_texts, &head, "");
  for (guint i = 0; i < self->n_bands; i++)
    {
      g_assert_cmpfloat (self->bands[i].y, >=, y);
      y = self->bands[i].y + self->bands[i].height;
      check_band (self, i);
      if (self->bands[i].kind == HS_STRINGS_BAND_VALUE)
        check_more (self, i);
    }
  g_assert_cmpfloat (y, <, scene->height);
}

static void
check_items (HsScene *scene)
{
  g_autoptr(GHashTable) keys = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (guint i = 0; i < scene->n_items; i++)
    {
      guint64          key = hs_scene_get_item_key (scene, i);
      guint32          object = hs_scene_get_item_object (scene, i);
      g_autofree char *name = hs_scene_name_item (scene, i);
      HsRect           rect;
      HsHit            hit;

      hs_scene_get_item_rect (scene, i, &rect);
      hit = hs_scene_hit (scene, rect.x + 1, rect.y + 1);
      g_assert_cmpuint (hit.item, ==, i);
      g_assert_true (g_hash_table_add (keys, g_memdup2 (&key, sizeof key)));
      g_assert_true (g_utf8_validate (name, -1, NULL));
      if (scene->n_items < 100)
        g_assert_cmpuint (hs_scene_find_key (scene, key), ==, i);
      if (scene->n_items < 100 && object != HS_NO_OBJECT)
        g_assert_cmpuint (hs_scene_get_item_object (scene, hs_scene_find_object (scene, object)),
                          ==, object);
      hs_scene_get_action (scene, i);
    }
}

static void
test_places (void)
{
  for (guint32 seed = 0; seed < 30; seed++)
    {
      g_autoptr(HsHeap) heap = new_heap (1 + seed * 3, seed);
      g_autoptr(HsWishes) wishes = new_wishes ();

      for (guint option = 0; option < 4; option++)
        {
          g_autoptr(HsScene) scene = NULL;
          g_autofree char *left_out = NULL;

          set_option (wishes, "sort", (seed + option) % HS_N_STRINGS_ORDERS);
          set_option (wishes, "names", option % 2);
          set_option (wishes, "duplicates", option / 2);
          scene = build (wishes, heap);
          check_places (scene);
          check_items (scene);
          left_out = hs_scene_dup_left_out (scene);
        }
    }
}

static void
test_large (void)
{
  g_autoptr(HsHeap) heap = new_heap (5000, 7);
  g_autoptr(HsWishes) wishes = new_wishes ();
  g_autoptr(HsScene) scene = build (wishes, heap);
  g_autoptr(HsScene) whole = NULL;
  double elapsed;

  g_assert_true (hs_scene_can_show_more (scene));
  check_places (scene);
  for (guint i = 0; i < 4; i++)
    g_assert_true (hs_wishes_show_more (wishes));
  g_test_timer_start ();
  whole = build (wishes, heap);
  elapsed = g_test_timer_elapsed ();
  g_test_minimized_result (elapsed, "5000 values: %.3f s", elapsed);
  g_assert_false (hs_scene_can_show_more (whole));
  g_assert_cmpuint (whole->n_items, >, 5000);
}

static void
test_deterministic (void)
{
  g_autoptr(HsHeap) heap = new_heap (40, 3);
  g_autoptr(HsWishes) wishes = new_wishes ();
  g_autoptr(HsWishes) others = new_wishes ();
  g_autoptr(HsScene) first = build (wishes, heap);
  g_autoptr(HsScene) second = build (others, heap);
  g_autofree char *a = hs_scene_dump (first);
  g_autofree char *b = hs_scene_dump (second);
  g_autofree char *text = hs_scene_to_text (first);

  g_assert_cmpstr (a, ==, b);
  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_nonnull (strstr (a, " shared\n"));
}

/* ---- A figure ---- */

/* "heap" as two objects, of three names and one, the first one interned. */
static HsHeap *
new_figure (void)
{
  TestHeap *test = test_heap_new ();
  guint32   first = test_heap_add (test, T_STR, "'heap'");
  guint32   second = test_heap_add (test, T_STR, "'heap'");
  guint32   name = test_heap_add (test, T_STR, "'attribute'");
  guint32   node = test_heap_add (test, T_NODE, "");
  guint32   dict = test_heap_add (test, T_DICT, "");

  hs_test_snapshot_set_flags (test->snapshot, first, HS_OBJECT_INTERNED_MORTAL);
  hs_test_snapshot_set_flags (test->snapshot, name, HS_OBJECT_INTERNED_MORTAL);
  hs_test_snapshot_add_edge (test->snapshot, node, HS_EDGE_FIELD, "__dict__", dict);
  hs_test_snapshot_add_item (test->snapshot, dict, name, second);
  test_heap_name (test, "a", first);
  test_heap_name (test, "b", first);
  test_heap_name (test, "c", second);
  test_heap_name (test, "d", first);
  test_heap_name (test, "node", node);

  return test_heap_finish (test);
}

static void
test_figure (void)
{
  g_autoptr(HsHeap) heap = new_figure ();
  g_autoptr(HsWishes) wishes = new_wishes ();
  g_autoptr(HsScene) scene = build (wishes, heap);
  g_autoptr(GRegex) places = g_regex_new ("( -?\\d+,-?\\d+)+", 0, 0, NULL);
  g_autofree char *dump = test_plain (hs_scene_dump (scene));
  g_autofree char *shape = g_regex_replace_literal (places, dump, -1, 0, "", 0, NULL);
  const char      *value = strstr (shape, "value\n");

  g_assert_nonnull (value);
  g_assert_cmpstr (value, ==,
                   "value\n"
                   "  “a”\n"
                   "  “b”\n"
                   "  “d”\n"
                   "  “interned”\n"
                   "  “64 B”\n"
                   "  “c”\n"
                   "  “node.attribute”\n"
                   "  “not interned”\n"
                   "  “64 B”\n"
                   "  “'heap'”\n"
                   "  “2”\n"
                   "  “5”\n"
                   "  “128 B”\n"
                   "  “192 B”\n"
                   "  “64 B”\n"
                   "  “1 byte each (ASCII)”\n"
                   "  “separate objects, of which at most one is interned”\n"
                   "  box 1 shared\n"
                   "    arc to 1\n"
                   "    arc to 1\n"
                   "    arc to 1\n"
                   "  box 2 shared\n"
                   "    arc to 2\n"
                   "    arc to 2\n"
                   "folded\n"
                   "  “… 1 name of the program, 64 B”\n");
}

static void
test_pointing (void)
{
  g_autoptr(HsHeap) heap = new_figure ();
  g_autoptr(HsWishes) wishes = new_wishes ();
  g_autoptr(HsScene) scene = build (wishes, heap);
  HsStringsScene *self = _hs_strings_scene_cast (scene);

  for (guint i = 0; i < self->n_chips; i++)
    {
      HsHit hit = hs_scene_hit (scene, self->chips[i].rect.x + 2, self->chips[i].rect.y + 2);

      g_assert_cmpint (hit.kind, ==, HS_HIT_ROW);
      g_assert_cmpuint (hit.part, ==, i);
      g_assert_cmpuint (hs_scene_follow (scene, &hit), ==, i < 3 ? 1 : 2);
    }
  g_assert_cmpint (hs_scene_hit (scene, 40, 4).kind, ==, HS_HIT_NOTHING);
  g_assert_cmpint (hs_scene_hit (scene, -1, self->head_y + 20).kind, ==, HS_HIT_NOTHING);
  g_assert_cmpint (hs_scene_hit (scene, 40, scene->height + 9).kind, ==, HS_HIT_NOTHING);
  g_assert_cmpint (hs_scene_hit (scene, 40, scene->height - 30).kind, ==, HS_HIT_MORE);

  g_assert_cmpuint (hs_scene_find_object (scene, 0), ==, 1);
  g_assert_cmpuint (hs_scene_find_object (scene, 1), ==, 2);
  g_assert_cmpuint (hs_scene_find_object (scene, 2), ==, HS_NO_ITEM);
  g_assert_cmpuint (hs_scene_search (scene, "NOT INTERNED", 0, FALSE), ==, 2);
  g_assert_cmpuint (hs_scene_search (scene, "nowhere", 0, FALSE), ==, HS_NO_ITEM);
}

static void
test_walk (void)
{
  g_autoptr(HsHeap) heap = new_figure ();
  g_autoptr(HsWishes) wishes = new_wishes ();
  g_autoptr(HsScene) scene = build (wishes, heap);

  g_assert_cmpuint (scene->n_items, ==, 4);
  g_assert_cmpuint (hs_scene_walk (scene, HS_NO_ITEM, HS_WALK_DOWN), ==, 0);
  g_assert_cmpuint (hs_scene_walk (scene, 0, HS_WALK_DOWN), ==, 3);
  g_assert_cmpuint (hs_scene_walk (scene, 3, HS_WALK_DOWN), ==, 3);
  g_assert_cmpuint (hs_scene_walk (scene, 3, HS_WALK_UP), ==, 0);
  g_assert_cmpuint (hs_scene_walk (scene, 0, HS_WALK_RIGHT), ==, 1);
  g_assert_cmpuint (hs_scene_walk (scene, 1, HS_WALK_DOWN), ==, 2);
  g_assert_cmpuint (hs_scene_walk (scene, 2, HS_WALK_LEFT), ==, 0);
  g_assert_cmpuint (hs_scene_walk (scene, 2, HS_WALK_UP), ==, 1);
  g_assert_cmpuint (hs_scene_walk (scene, 1, HS_WALK_LAST), ==, 3);
}

/* ---- Wishes ---- */

static void
test_wishes (void)
{
  static const char *const focus[] = { "node", NULL };
  g_autoptr(HsHeap) heap = new_figure ();
  g_autoptr(HsWishes) wishes = new_wishes ();
  g_autoptr(HsWishes) copy = NULL;
  g_autoptr(HsScene) scene = build (wishes, heap);
  g_autoptr(HsScene) with_names = NULL;
  g_autoptr(HsScene) pinned = NULL;
  g_autofree char *left_out = NULL;
  HsHit            hit = hs_scene_get_action (scene, 3);

  /* Shown is what needs no new picture. */
  g_assert_false (hs_wishes_select (wishes, heap, 0));
  g_assert_false (hs_wishes_select (wishes, heap, HS_NO_OBJECT));
  g_assert_false (hs_wishes_select (wishes, heap, 3));
  g_assert_true (hs_wishes_select (wishes, heap, 2));
  pinned = build (wishes, heap);
  left_out = hs_scene_dup_left_out (pinned);
  g_assert_cmpuint (hs_scene_find_object (pinned, 2), !=, HS_NO_ITEM);
  g_assert_null (left_out);

  g_assert_false (hs_wishes_activate (wishes, scene, &(HsHit) { HS_HIT_ITEM, 0, HS_NO_ITEM }));
  g_assert_true (hs_wishes_activate (wishes, scene, &hit));
  copy = hs_wishes_copy (wishes);
  with_names = build (copy, heap);
  g_assert_cmpuint (hs_scene_find_object (with_names, 2), !=, HS_NO_ITEM);
  g_assert_false (hs_wishes_select (wishes, heap, 2));

  hs_wishes_set_focus (copy, focus);
  g_clear_pointer (&with_names, hs_scene_unref);
  with_names = build (copy, heap);
  check_places (with_names);
}

/* Opens what is hidden step by step, then folds it. */
static void
test_open (void)
{
  TestHeap *test = test_heap_new ();
  guint32   list = test_heap_add (test, T_LIST, "");
  g_autoptr(HsHeap) heap = NULL;
  g_autoptr(HsWishes) wishes = new_wishes ();
  g_autoptr(HsScene) scene = NULL;
  guint n_items = 0;
  HsHit hit;

  for (guint i = 0; i < 200; i++)
    hs_test_snapshot_add_index (test->snapshot, list, HS_EDGE_INDEX, i,
                                test_heap_add (test, T_STR, "'word'"));
  test_heap_name (test, "words", list);
  heap = test_heap_finish (test);
  scene = build (wishes, heap);
  for (guint i = 0; i < 10; i++)
    {
      hit = hs_scene_get_action (scene, 0);
      g_assert_cmpuint (scene->n_items, >, n_items);
      n_items = scene->n_items;
      if (hit.kind != HS_HIT_MORE)
        break;
      g_assert_true (hs_wishes_activate (wishes, scene, &hit));
      g_clear_pointer (&scene, hs_scene_unref);
      scene = build (wishes, heap);
      check_places (scene);
    }
  g_assert_cmpint (hit.kind, ==, HS_HIT_FOLD);
  g_assert_cmpuint (n_items, ==, 201);
  g_assert_true (hs_wishes_activate (wishes, scene, &hit));
  g_clear_pointer (&scene, hs_scene_unref);
  scene = build (wishes, heap);
  g_assert_cmpuint (scene->n_items, ==, 4);
}

static void
test_nothing (void)
{
  g_autoptr(HsHeap) heap = test_heap_finish (test_heap_new ());
  g_autoptr(HsWishes) wishes = new_wishes ();
  g_autoptr(GError) error = NULL;
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();

  g_assert_null (hs_wishes_build (wishes, heap, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_cancellable_cancel (cancellable);
  g_assert_null (hs_wishes_build (wishes, heap, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* ---- Lines ---- */

/* Nothing is lost but the spaces between lines. */
static void
check_lines (const char *text,
             double      width,
             guint       n_least)
{
  g_autoptr(HsTexts) texts = hs_texts_new (NULL);
  HsWraps             *wraps = _hs_wraps_new (texts);
  guint                n;
  guint                n_again;
  const HsText *const *lines = _hs_wraps_get (wraps, HS_TEXT_QUIET, text, width, &n);
  g_autoptr(GString) all = g_string_new (NULL);
  g_auto(GStrv) words = g_strsplit (text, " ", -1);
  g_autofree char *expected = g_strjoinv ("", words);

  g_assert_cmpuint (n, >=, n_least);
  for (guint i = 0; i < n; i++)
    {
      g_assert_cmpfloat (lines[i]->width, <=, width + 0.01);
      g_string_append (all, lines[i]->string);
    }
  g_string_replace (all, " ", "", 0);
  g_assert_cmpstr (all->str, ==, expected);
  g_assert_true (_hs_wraps_get (wraps, HS_TEXT_QUIET, text, width, &n_again) == lines);
  g_assert_cmpuint (n_again, ==, n);
  _hs_wraps_free (wraps);
}

static void
test_lines (void)
{
  check_lines ("", 100, 0);
  check_lines ("one line", 1000, 1);
  check_lines ("a sentence of several words that needs more than one line", 100, 3);
  check_lines ("中文句子没有空格但仍然可以在字符之间换行，标点除外。", 100, 3);
  check_lines ("averyveryverylongwordthatnolinehasroomfor and another one", 100, 2);
  check_lines ("a  b   c", 12, 2);
}

/* ---- Drawing ---- */

static guint
count_inked (HsScene *scene,
             double   scale,
             guint    mark)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, 800, 400);
  cairo_t         *cr = cairo_create (surface);
  HsRect           clip = { 0, 0, 800 / scale, 400 / scale };
  guint            n = 0;

  cairo_scale (cr, scale, scale);
  if (mark <= HS_MARK_FOUND)
    for (guint i = 0; i < scene->n_items; i++)
      hs_scene_draw_mark (scene, cr, i, (HsMark)mark, scale, hs_theme_get (HS_THEME_DARK));
  else
    hs_scene_draw (scene, cr, &clip, scale, hs_theme_get (HS_THEME_LIGHT));
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  for (guint i = 0; i < 400 * (guint)cairo_image_surface_get_stride (surface); i++)
    n += cairo_image_surface_get_data (surface)[i] > 0;
  cairo_surface_destroy (surface);

  return n;
}

static void
test_draw (void)
{
  static const double scales[] = { 0.02, 0.15, 0.3, 1, 4 };
  g_autoptr(HsHeap) heap = new_heap (30, 5);
  g_autoptr(HsWishes) wishes = new_wishes ();
  g_autoptr(HsScene) scene = build (wishes, heap);
  guint                n;
  const HsLegendEntry *legend = hs_scene_get_legend (scene, &n);

  for (guint i = 0; i < G_N_ELEMENTS (scales); i++)
    g_assert_cmpuint (count_inked (scene, scales[i], HS_MARK_FOUND + 1), >, 20);
  for (guint mark = 0; mark <= HS_MARK_FOUND; mark++)
    g_assert_cmpuint (count_inked (scene, 0.3, mark), >, 100);
  g_assert_cmpuint (n, >, 3);
  for (guint i = 0; i < n; i++)
    g_assert_cmpstr (legend[i].text, !=, "");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/strings-scene/places", test_places);
  g_test_add_func ("/strings-scene/large", test_large);
  g_test_add_func ("/strings-scene/deterministic", test_deterministic);
  g_test_add_func ("/strings-scene/figure", test_figure);
  g_test_add_func ("/strings-scene/pointing", test_pointing);
  g_test_add_func ("/strings-scene/walk", test_walk);
  g_test_add_func ("/strings-scene/wishes", test_wishes);
  g_test_add_func ("/strings-scene/open", test_open);
  g_test_add_func ("/strings-scene/nothing", test_nothing);
  g_test_add_func ("/strings-scene/lines", test_lines);
  g_test_add_func ("/strings-scene/draw", test_draw);

  return g_test_run ();
}
