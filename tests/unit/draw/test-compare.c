/* test-compare.c - variants of code side by side, as a picture
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "hs-compare-scene-private.h"
#include "hs-test-odd-heaps.h"
#include "hs-test-programs.h"
#include "hs-test-record.h"
#include "hs-test-views.h"
#include "hs-wishes.h"

#define MOST_ITEMS 200 /* that are looked at one by one */
#define N_RANDOM   60
#define LINE_MIN   13. /* lines of text that are nearer than that may touch */

static const char *const names[] = {
  "list",
  "generator",
  ("a name that is so long that it takes several lines and is cut in the end, whatever one does, "
   "because nobody can read all that and because it goes on and on and on and on and on"),
  "用生成器代替列表，只遍历一次，因此不需要把所有元素同时放在内存里",
  "averyveryverylongwordwithoutanyplacewhereitcouldbebrokenintolinesatallandmore",
  "",
  "x",
};

/* ---- Making comparisons ---- */

static void
set_measure (HsVariant *variant,
             HsMetric   metric,
             guint64    value,
             guint64    spread,
             guint      n)
{
  g_autofree guint64 *values = g_new (guint64, n + 1);

  for (guint i = 0; i < n; i++)
    values[i] = value + spread * (i * 7 % (n + 1)) / (n + 1);
  hs_measure_init (&variant->measures[metric], values, n);
}

/* An ordinary one. */
static HsVariant *
make_variant (guint   i,
              guint64 peak,
              guint64 time_ns)
{
  HsVariant *self = hs_variant_new ();

  self->name = g_strdup (names[i % G_N_ELEMENTS (names)]);
  self->first_line = 3 + 4 * i;
  self->last_line = 6 + 4 * i;
  self->is_ok = TRUE;
  self->message = g_strdup ("It ended.");
  self->result_type = g_strdup ("int");
  self->result_preview = g_strdup ("4950");
  self->sameness = HS_SAMENESS_SAME;
  set_measure (self, HS_METRIC_PEAK, peak, 0, 2);
  set_measure (self, HS_METRIC_FINAL, peak / 3, 0, 2);
  set_measure (self, HS_METRIC_ALLOCATIONS, 100 + peak / 64, 0, 2);
  set_measure (self, HS_METRIC_RSS, peak + 65536, 65536, 9);
  set_measure (self, HS_METRIC_TIME, time_ns, time_ns / 4, 25);

  return self;
}

static HsHistory *
make_history (HsTestRecord *record)
{
  guint64 offset;
  guint64 size;
  g_autoptr (GBytes) bytes = hs_test_record_to_bytes (record, &offset, &size);
  g_autoptr (GError) error = NULL;
  HsHistory *history = hs_history_new (bytes, offset, size, "t.py", &error);

  g_assert_no_error (error);
  hs_test_record_free (record);

  return history;
}

static HsSweep *
make_sweep (guint  n_variants,
            guint  n_values,
            double factor)
{
  g_autofree double *values = g_new (double, n_values);
  HsSweep           *sweep;

  for (guint i = 0; i < n_values; i++)
    values[i] = i == 0 ? 10 : values[i - 1] * factor;
  sweep = hs_sweep_new ("N", values, n_values, n_variants);
  for (guint i = 0; i < n_variants; i++)
    for (guint j = 0; j < n_values; j++)
      {
        hs_sweep_set (sweep, i, j, HS_METRIC_PEAK,
                      (guint64)(400. * i + values[j] * (64. - 3 * MIN (i, 20))));
        if (j > 0)
          hs_sweep_set (sweep, i, j, HS_METRIC_TIME, (guint64)(values[j] * (20 + i)));
      }

  return sweep;
}

static void
free_variant (gpointer variant)
{
  hs_variant_free (variant);
}

static HsComparison *
make_ordinary (guint    n,
               gboolean has_all)
{
  GPtrArray           *variants = g_ptr_array_new_with_free_func (free_variant);
  guint                n_programs;
  guint                n_heaps;
  const HsTestProgram *programs = hs_test_programs_list (&n_programs);
  const HsTestOddHeap *heaps = hs_test_odd_heaps_list (&n_heaps);

  for (guint i = 0; i < n; i++)
    {
      HsVariant *variant = make_variant (i, 8000000 / (i * i + 1), 20000000 / (i + 1));

      if (has_all)
        {
          g_autoptr (GBytes) bytes = heaps[i % n_heaps].make ();

          variant->history = make_history (programs[i % n_programs].make ());
          variant->heap = hs_heap_new (bytes, NULL);
          g_assert_nonnull (variant->heap);
        }
      g_ptr_array_add (variants, variant);
    }

  return hs_comparison_new (variants, has_all ? make_sweep (n, 5, 10) : NULL,
                            hs_picture_info_new ());
}

static guint64
get_odd_number (GRand *random)
{
  static const guint64 odd[] = { 0, 1, 7, 255, 65536, 1 << 30, G_MAXUINT32, G_MAXINT64,
                                 12345 };

  if (g_rand_int_range (random, 0, 12) == 0)
    return G_MAXUINT64 - 1;

  return odd[g_rand_int_range (random, 0, G_N_ELEMENTS (odd))];
}

/* Everything that may be missing is, now and then; numbers are what no process has. */
static HsVariant *
make_odd_variant (GRand *random,
                  guint  i)
{
  HsVariant *self = hs_variant_new ();

  self->name = g_strdup (names[g_rand_int_range (random, 0, G_N_ELEMENTS (names))]);
  self->first_line = (guint)g_rand_int_range (random, 0, 3) * 1000000;
  self->last_line = (guint)g_rand_int_range (random, 0, 3) * 1500000;
  self->is_ok = g_rand_int_range (random, 0, 4) > 0;
  self->message = g_strdup ("ValueError: ein Fehler, der ziemlich lang ist, "
                            "so dass er mehr als eine Zeile braucht, wirklich\n\tviel mehr");
  self->sameness = (HsSameness)g_rand_int_range (random, 0, 3);
  self->proof = (HsProof)g_rand_int_range (random, 0, 3);
  if (g_rand_boolean (random))
    self->result_preview = g_strdup (names[3]);
  if (g_rand_boolean (random))
    self->difference = g_strdup (names[2]);
  for (guint metric = 0; metric < HS_N_METRICS; metric++)
    {
      guint64 values[7];
      guint   n = (guint)g_rand_int_range (random, 0, G_N_ELEMENTS (values));

      for (guint k = 0; k < G_N_ELEMENTS (values); k++)
        values[k] = get_odd_number (random);
      hs_measure_init (&self->measures[metric], values, n);
    }
  if (g_rand_boolean (random))
    self->history = make_history (hs_test_program_make_forged (random));
  if (g_rand_boolean (random))
    {
      g_autoptr (GBytes) bytes = hs_test_odd_heap_make_random (g_rand_int (random), 40);

      self->heap = hs_heap_new (bytes, NULL);
    }

  return self;
}

static HsSweep *
make_odd_sweep (GRand *random,
                guint  n_variants)
{
  double   values[4] = { 0 };
  guint    n = (guint)g_rand_int_range (random, 1, G_N_ELEMENTS (values) + 1);
  HsSweep *sweep;

  values[0] = g_rand_double_range (random, -100, 100);
  for (guint i = 1; i < n; i++)
    values[i] = values[i - 1] + pow (10, g_rand_double_range (random, -3, 12));
  sweep = hs_sweep_new ("N", values, n, n_variants);
  for (guint i = 0; i < n_variants; i++)
    for (guint j = 0; j < n; j++)
      for (guint metric = 0; metric < HS_N_METRICS; metric++)
        if (g_rand_boolean (random))
          hs_sweep_set (sweep, i, j, (HsMetric)metric, get_odd_number (random));

  return sweep;
}

static HsComparison *
make_odd (GRand *random)
{
  GPtrArray *variants = g_ptr_array_new_with_free_func (free_variant);
  guint      n = (guint)g_rand_int_range (random, 1, 18);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (variants, make_odd_variant (random, i));

  return hs_comparison_new (variants, g_rand_boolean (random) ? make_odd_sweep (random, n) : NULL,
                            hs_picture_info_new ());
}

/* ---- What holds for every scene ---- */

static HsScene *
build (HsComparison   *comparison,
       const HsWishes *wishes)
{
  g_autoptr (HsHeap) heap = hs_comparison_open_heap (comparison);
  g_autoptr (GError) error = NULL;
  HsScene *scene = hs_wishes_build (wishes, heap, "zh-cn", NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (scene);

  return scene;
}

static HsScene *
build_plain (HsComparison *comparison)
{
  g_autoptr (HsWishes) wishes = hs_wishes_new (hs_view_find ("compare"));

  return build (comparison, wishes);
}

/* No two texts overlap, none leaves the picture. */
static void
check_texts (HsScene *scene)
{
  const GArray *labels = ((HsCompareScene *)scene)->labels;

  for (guint i = 0; i < labels->len; i++)
    {
      const HsCompareLabel *a = &g_array_index (labels, HsCompareLabel, i);

      g_assert_cmpfloat (a->x, >=, 0);
      g_assert_cmpfloat (a->x + a->text->width, <=, scene->width);
      g_assert_cmpfloat (a->y, <, scene->height);
      for (guint j = i + 1; j < labels->len; j++)
        {
          const HsCompareLabel *b = &g_array_index (labels, HsCompareLabel, j);

          if (fabs (a->y - b->y) >= LINE_MIN || a->x + a->text->width <= b->x ||
              b->x + b->text->width <= a->x)
            continue;
          g_test_message ("“%s” is over “%s”", a->text->string, b->text->string);
          g_test_fail ();
        }
    }
}

static void
check_shapes (HsScene *scene)
{
  const HsCompareScene *self = (HsCompareScene *)scene;

  for (guint i = 0; i < self->shapes->len; i++)
    {
      const HsRect *rect = &g_array_index (self->shapes, HsCompareShape, i).rect;

      g_assert_true (isfinite (rect->x) && isfinite (rect->y) && isfinite (rect->width) &&
                     isfinite (rect->height));
      g_assert_cmpfloat (rect->x, >=, 0);
      g_assert_cmpfloat (rect->x + rect->width, <=, scene->width);
      g_assert_cmpfloat (rect->y, >=, 0);
      g_assert_cmpfloat (rect->y + rect->height, <=, scene->height);
    }
  for (guint i = 0; i < self->curves->len; i++)
    {
      const HsCompareCurve *curve = &g_array_index (self->curves, HsCompareCurve, i);

      g_assert_cmpuint (curve->first + curve->n, <=, self->points->len);
      for (guint k = 0; k < curve->n; k++)
        {
          const HsComparePoint *point =
            &g_array_index (self->points, HsComparePoint, curve->first + k);

          g_assert_true (isfinite (point->x) && isfinite (point->low) && isfinite (point->high));
          g_assert_cmpfloat (point->low, >=, point->high);
        }
    }
}

static void
check_item (HsScene *scene,
            guint    item)
{
  g_autofree char *name = hs_scene_name_item (scene, item);
  g_autofree char *facts = hs_scene_describe_item (scene, item);
  HsRect           rect;
  HsHit            hit;

  hs_scene_get_item_rect (scene, item, &rect);
  g_assert_cmpfloat (rect.width, >, 0);
  g_assert_cmpfloat (rect.height, >, 0);
  g_assert_cmpfloat (rect.x, >=, 0);
  g_assert_cmpfloat (rect.x + rect.width, <=, scene->width);
  g_assert_cmpfloat (rect.y + rect.height, <=, scene->height);
  hit = hs_scene_hit (scene, rect.x + rect.width / 2, rect.y + rect.height / 2);
  g_assert_cmpint (hit.kind, ==, HS_HIT_ITEM);
  g_assert_true (g_utf8_validate (name, -1, NULL) && *name != '\0');
  g_assert_null (strchr (name, '\n'));
  g_assert_true (g_utf8_validate (facts, -1, NULL) && *facts != '\0');
  g_assert_cmpuint (hs_scene_find_key (scene, hs_scene_get_item_key (scene, item)), ==, item);
  for (HsWalk direction = HS_WALK_LEFT; direction <= HS_WALK_LAST; direction++)
    g_assert_cmpuint (hs_scene_walk (scene, item, direction), <, hs_scene_get_n_items (scene));
}

static void
check_scene (HsScene *scene)
{
  guint            n = hs_scene_get_n_items (scene);
  g_autofree char *text = hs_scene_to_text (scene);
  g_autofree char *dump = hs_scene_dump (scene);

  g_assert_true (hs_scene_is_page (scene));
  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_true (g_utf8_validate (dump, -1, NULL));
  check_texts (scene);
  check_shapes (scene);
  for (guint i = 0; i < n; i += n / MOST_ITEMS + 1)
    check_item (scene, i);
  hs_test_views_draw_once (scene, 0.5);
}

/* ---- Tests ---- */

static void
test_numbers (void)
{
  for (guint n = 1; n <= 30; n += n < 4 ? 1 : 6)
    for (guint has_all = 0; has_all < 2; has_all++)
      {
        g_autoptr (HsComparison) comparison = make_ordinary (n, has_all != 0);
        g_autoptr (HsScene) scene = build_plain (comparison);

        check_scene (scene);
      }
}

static void
test_options (void)
{
  g_autoptr (HsComparison) comparison = make_ordinary (9, TRUE);
  const HsView   *view = hs_view_find ("compare");
  guint           n_options;
  const HsOption *options = hs_view_get_options (view, &n_options);

  for (guint i = 0; i < n_options; i++)
    for (guint choice = 0; choice < hs_option_get_n_choices (&options[i]); choice++)
      {
        g_autoptr (HsWishes) wishes = hs_wishes_new (view);
        g_autoptr (HsScene) scene = NULL;

        hs_wishes_set_option (wishes, i, choice);
        scene = build (comparison, wishes);
        check_scene (scene);
      }
}

static void
test_drawn (void)
{
  g_autoptr (HsComparison) comparison = make_ordinary (8, TRUE);
  g_autoptr (HsScene) scene = build_plain (comparison);

  for (double scale = 0.02; scale <= 2; scale *= 4)
    hs_test_views_draw_parts (scene, scale);
  hs_test_views_draw_marks (scene);
  hs_test_views_draw_legend (scene);
  hs_test_views_export (scene);
}

static void
test_odd_values (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (6);
  const HsView *view = hs_view_find ("compare");

  for (guint i = 0; i < N_RANDOM; i++)
    {
      g_autoptr (HsComparison) comparison = make_odd (random);
      g_autoptr (HsWishes) wishes = hs_wishes_new (view);
      g_autoptr (HsScene) scene = NULL;

      g_test_message ("random %u", i);
      hs_wishes_set_option (wishes, 0, i % 2);
      hs_wishes_set_option (wishes, 1, i % 3);
      hs_wishes_set_option (wishes, 3, i % 3);
      scene = build (comparison, wishes);
      check_scene (scene);
    }
}

static void
assert_says (const char *text,
             const char *part)
{
  if (strstr (text, part) == NULL)
    g_error ("“%s” is not in:\n%s", part, text);
}

static guint
find_item (HsScene          *scene,
           HsCompareItemKind kind,
           guint             variant,
           guint             index)
{
  const GArray *items = ((HsCompareScene *)scene)->items;

  for (guint i = 0; i < items->len; i++)
    {
      const HsCompareItem *item = &g_array_index (items, HsCompareItem, i);

      if (item->kind == kind && item->variant == variant && item->index == index)
        return i;
    }

  return HS_NO_ITEM;
}

static void
test_words (void)
{
  g_autoptr (HsComparison) comparison = make_ordinary (2, TRUE);
  g_autoptr (HsScene) scene = build_plain (comparison);
  guint            card = find_item (scene, HS_COMPARE_ITEM_VARIANT, 1, 0);
  guint            bar = find_item (scene, HS_COMPARE_ITEM_BAR, 1, HS_METRIC_PEAK);
  guint            point = find_item (scene, HS_COMPARE_ITEM_POINT, 1, 2);
  g_autofree char *name = hs_scene_name_item (scene, card);
  g_autofree char *facts = hs_scene_describe_item (scene, card);
  g_autofree char *bar_name = hs_scene_name_item (scene, bar);
  g_autofree char *point_name = hs_scene_name_item (scene, point);

  g_assert_cmpuint (hs_scene_get_item_line (scene, card), ==, 7);
  g_assert_cmpuint (hs_scene_get_item_line (scene, bar), ==, 7);
  g_assert_cmpstr (name, ==, "B “generator”: Saves");
  assert_says (facts, "Lines 7–10");
  assert_says (facts, "The same: result: 4950 (int)");
  g_assert_cmpstr (bar_name, ==, "B “generator”: Peak: 3.81 MiB, −3.81 MiB (−50 %)");
  g_assert_cmpstr (point_name, ==, "B “generator”: N = 1000: Peak 60.0 KiB");
  g_assert_cmpuint (hs_scene_search (scene, "GENERATOR", HS_NO_ITEM, FALSE), !=, HS_NO_ITEM);
}

/* The length of bars is to scale, from the same place. */
static void
test_bars (void)
{
  g_autoptr (HsComparison) comparison = make_ordinary (2, FALSE);
  g_autoptr (HsScene) scene = build_plain (comparison);
  const GArray *shapes = ((HsCompareScene *)scene)->shapes;
  const HsRect *bars[2] = { NULL, NULL };
  guint         n = 0;

  for (guint i = 0; i < shapes->len && n < 2; i++)
    if (g_array_index (shapes, HsCompareShape, i).kind == HS_COMPARE_BAR_FULL)
      bars[n++] = &g_array_index (shapes, HsCompareShape, i).rect;
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpfloat (bars[0]->x, ==, bars[1]->x);
  g_assert_cmpfloat_with_epsilon (bars[1]->width, bars[0]->width / 2, 0.01);
}

static void
test_without_comparison (void)
{
  guint n;
  g_autoptr (GBytes) bytes = hs_test_odd_heaps_list (&n)[0].make ();
  g_autoptr (HsHeap) heap = hs_heap_new (bytes, NULL);
  g_autoptr (HsWishes) wishes = hs_wishes_new (hs_view_find ("compare"));
  g_autoptr (GError) error = NULL;

  g_assert_true (hs_view_is_of_comparison (hs_view_find ("compare")));
  g_assert_false (hs_view_is_of_comparison (hs_view_find ("graph")));
  g_assert_null (hs_wishes_build (wishes, heap, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  assert_says (error->message, "# %% name");
}

static void
test_signs (void)
{
  const struct
  {
    guint       variant;
    const char *letter;
  } letters[] = { { 0, "A" }, { 25, "Z" }, { 26, "A2" }, { 53, "B3" } };

  for (gsize i = 0; i < G_N_ELEMENTS (letters); i++)
    {
      g_autofree char *letter = hs_variant_dup_letter (letters[i].variant);

      g_assert_cmpstr (letter, ==, letters[i].letter);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/compare/numbers", test_numbers);
  g_test_add_func ("/compare/options", test_options);
  g_test_add_func ("/compare/drawn", test_drawn);
  g_test_add_func ("/compare/odd-values", test_odd_values);
  g_test_add_func ("/compare/words", test_words);
  g_test_add_func ("/compare/bars", test_bars);
  g_test_add_func ("/compare/without-comparison", test_without_comparison);
  g_test_add_func ("/compare/signs", test_signs);

  return g_test_run ();
}
