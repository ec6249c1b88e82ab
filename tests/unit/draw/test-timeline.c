/* test-timeline.c - memory over time as a picture
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "hs-test-programs.h"
#include "hs-test-snapshot.h"
#include "hs-test-views.h"
#include "hs-timeline-scene-private.h"
#include "hs-wishes.h"

#define N_FORGED    200
#define MOST_ITEMS  150 /* that are looked at one by one, evenly taken from all */
#define MOST_SPANS  801
#define MS          G_GUINT64_CONSTANT (1000000)
#define OPTION_TIME 0

static GBytes *
make_snapshot (void)
{
  g_autoptr (HsTestSnapshot) test = hs_test_snapshot_new ();
  guint32 type = hs_test_snapshot_add_type (test, "builtins", "int", HS_FAMILY_NUMBER);

  hs_test_snapshot_add_object (test, type, "7", 32);

  return hs_test_snapshot_to_bytes (test);
}

/* @record: (transfer full). The heap of @moment, or HS_NO_MOMENT. */
static HsHeap *
open_moment (HsTestRecord *record,
             guint         moment)
{
  guint64 offset;
  guint64 size;
  g_autoptr (GBytes) bytes = hs_test_record_to_bytes (record, &offset, &size);
  g_autoptr (GError) error = NULL;
  g_autoptr (HsHistory) history = hs_history_new (bytes, offset, size, "t.py", &error);
  HsHeap *heap;

  g_assert_no_error (error);
  heap = hs_history_open_heap (history, moment, &error);
  g_assert_no_error (error);
  hs_test_record_free (record);

  return heap;
}

static HsHeap *
open_program (const char *name)
{
  return open_moment (hs_test_programs_find (name)->make (), HS_NO_MOMENT);
}

static HsWishes *
new_wishes (void)
{
  return hs_wishes_new (hs_view_find ("timeline"));
}

static HsScene *
build (const HsWishes *wishes,
       HsHeap         *heap)
{
  g_autoptr (GError) error = NULL;
  HsScene *scene = hs_wishes_build (wishes, heap, "zh-cn", NULL, &error);

  g_assert_no_error (error);

  return scene;
}

static HsScene *
build_program (const char *name)
{
  g_autoptr (HsHeap) heap = open_program (name);
  g_autoptr (HsWishes) wishes = new_wishes ();

  return build (wishes, heap);
}

static guint
find_item (HsScene           *scene,
           HsTimelineItemKind kind,
           guint              index)
{
  const GArray *items = ((HsTimelineScene *)scene)->items;

  for (guint i = 0; i < items->len; i++)
    if (g_array_index (items, HsTimelineItem, i).kind == kind &&
        g_array_index (items, HsTimelineItem, i).index == index)
      return i;

  return HS_NO_ITEM;
}

static void
assert_says (const char *text,
             const char *part)
{
  if (strstr (text, part) == NULL)
    g_error ("“%s” is not in:\n%s", part, text);
}

/* What holds for every scene */

static void
check_item (HsScene *scene,
            guint    item)
{
  g_autofree char *name = hs_scene_name_item (scene, item);
  g_autofree char *facts = hs_scene_describe_item (scene, item);
  guint            moment = hs_scene_get_item_moment (scene, item);
  HsHistory       *history = hs_heap_get_history (hs_scene_get_heap (scene));
  HsRect           extents;
  HsRect           rect;
  HsHit            hit;

  hs_scene_get_extents (scene, &extents);
  hs_scene_get_item_rect (scene, item, &rect);
  g_assert_true (isfinite (rect.x) && isfinite (rect.y));
  g_assert_cmpfloat (rect.width, >, 0);
  g_assert_cmpfloat (rect.height, >, 0);
  g_assert_cmpfloat (rect.x, >=, 0);
  g_assert_cmpfloat (rect.y, >=, 0);
  g_assert_cmpfloat (rect.x + rect.width, <=, extents.width + 0.5);
  g_assert_cmpfloat (rect.y + rect.height, <=, extents.height + 0.5);
  hit = hs_scene_hit (scene, rect.x + rect.width / 2, rect.y + rect.height / 2);
  g_assert_cmpint (hit.kind, ==, HS_HIT_ITEM);
  g_assert_true (g_utf8_validate (name, -1, NULL) && *name != '\0');
  g_assert_true (g_utf8_validate (facts, -1, NULL) && *facts != '\0');
  g_assert_cmpuint (hs_scene_find_key (scene, hs_scene_get_item_key (scene, item)), ==, item);
  g_assert_true (moment == HS_NO_MOMENT || hs_history_has_heap (history, moment));
  for (HsWalk direction = HS_WALK_LEFT; direction <= HS_WALK_LAST; direction++)
    g_assert_cmpuint (hs_scene_walk (scene, item, direction), <, hs_scene_get_n_items (scene));
}

static void
check_labels (HsScene *scene)
{
  HsTimelineScene *self = (HsTimelineScene *)scene;

  for (guint i = 0; i < self->labels->len; i++)
    {
      const HsTimelineLabel *label = &g_array_index (self->labels, HsTimelineLabel, i);

      g_assert_true (isfinite (label->x) && isfinite (label->y));
      g_assert_cmpfloat (label->x, >=, 0);
      g_assert_cmpfloat (label->x + label->text->width, <=, scene->width);
      g_assert_cmpfloat (label->y, <, scene->height);
    }
}

static void
check_scene (HsScene *scene)
{
  guint            stride = 1 + hs_scene_get_n_items (scene) / MOST_ITEMS;
  g_autofree char *text = hs_scene_to_text (scene);
  g_autofree char *left_out = hs_scene_dup_left_out (scene);

  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_true (left_out == NULL || g_utf8_validate (left_out, -1, NULL));
  g_assert_true (!hs_scene_can_show_more (scene) || left_out != NULL);
  g_assert_cmpuint (((HsTimelineScene *)scene)->spans->len, <=, MOST_SPANS);
  check_labels (scene);
  for (guint i = 0; i < hs_scene_get_n_items (scene); i += stride)
    check_item (scene, i);
}

/* The next combination of options. FALSE after the last. */
static gboolean
turn_options (HsWishes *wishes)
{
  guint           n_options;
  const HsOption *options = hs_view_get_options (hs_wishes_get_view (wishes), &n_options);

  for (guint i = 0; i < n_options; i++)
    {
      guint choice = hs_wishes_get_option (wishes, i) + 1;

      hs_wishes_set_option (wishes, i, choice % hs_option_get_n_choices (&options[i]));
      if (choice < hs_option_get_n_choices (&options[i]))
        return TRUE;
    }

  return FALSE;
}

static void
activate_all (HsWishes *wishes,
              HsScene  *scene)
{
  guint stride = 1 + hs_scene_get_n_items (scene) / 20;

  for (guint item = 0; item < hs_scene_get_n_items (scene); item += stride)
    {
      g_autoptr (HsWishes) copy = hs_wishes_copy (wishes);
      g_autoptr (HsScene) current = hs_scene_ref (scene);
      HsHit hit = hs_scene_get_action (scene, item);

      /* Until it cannot be seen closer. */
      for (guint i = 0; i < 40 && hs_wishes_activate (copy, current, &hit); i++)
        {
          HsScene *next = build (copy, hs_scene_get_heap (scene));

          check_scene (next);
          hs_scene_unref (current);
          current = next;
          hit.item = MIN (hit.item, hs_scene_get_n_items (current) - 1);
        }
    }
}

static void
test_program (gconstpointer data)
{
  const HsTestProgram *program = data;
  g_autoptr (HsHeap) heap = open_moment (program->make (), HS_NO_MOMENT);
  g_autoptr (HsWishes) wishes = new_wishes ();

  if (g_str_equal (program->name, "empty"))
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (hs_wishes_build (wishes, heap, NULL, NULL, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
      return;
    }
  do
    {
      g_autoptr (HsScene) scene = build (wishes, heap);
      g_autoptr (HsScene) again = build (wishes, heap);
      g_autofree char *dump = hs_scene_dump (scene);
      g_autofree char *dump_again = hs_scene_dump (again);

      check_scene (scene);
      g_assert_cmpstr (dump, ==, dump_again);
      hs_test_views_draw_parts (scene, 0.3);
      hs_test_views_draw_once (scene, 4);
      hs_test_views_draw_legend (scene);
    }
  while (turn_options (wishes));

  g_autoptr (HsScene) scene = build (wishes, heap);

  for (double scale = 0.01; scale < 40; scale *= 5)
    hs_test_views_draw_parts (scene, scale);
  hs_test_views_draw_marks (scene);
  hs_test_views_export (scene);
  activate_all (wishes, scene);
}

static void
test_forged (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20260102);

  for (guint i = 0; i < N_FORGED; i++)
    {
      g_autoptr (HsHeap) heap = open_moment (hs_test_program_make_forged (random), HS_NO_MOMENT);
      g_autoptr (HsWishes) wishes = new_wishes ();
      guint n_turns = (guint)g_rand_int_range (random, 0, 27);
      g_autoptr (GError) error = NULL;
      g_autoptr (HsScene) scene = NULL;

      for (guint k = 0; k < n_turns; k++)
        turn_options (wishes);
      scene = hs_wishes_build (wishes, heap, NULL, NULL, &error);
      if (scene == NULL)
        {
          g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
          continue;
        }
      check_scene (scene);
      hs_test_views_draw_once (scene, 0.15);
      hs_test_views_draw_once (scene, 1);
    }
}

/* What is in it */

static void
test_no_history (void)
{
  g_autoptr (GBytes) bytes = make_snapshot ();
  g_autoptr (HsHeap) heap = hs_heap_new (bytes, NULL);
  g_autoptr (HsWishes) wishes = new_wishes ();
  g_autoptr (GError) error = NULL;

  g_assert_null (hs_wishes_build (wishes, heap, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  assert_says (error->message, "recorded");
}

static void
test_places (void)
{
  g_autoptr (HsScene) scene = build_program ("known");
  guint            peak = find_item (scene, HS_TIMELINE_ITEM_PEAK, 0);
  guint            half = find_item (scene, HS_TIMELINE_ITEM_MOMENT, 1);
  guint            last = find_item (scene, HS_TIMELINE_ITEM_SPAN, 2);
  guint            lane = find_item (scene, HS_TIMELINE_ITEM_LANE, 0);
  g_autofree char *facts = NULL;

  g_assert_cmpuint (hs_scene_get_item_line (scene, peak), ==, 3);
  g_assert_cmpuint (hs_scene_get_item_line (scene, half), ==, 4);
  g_assert_cmpuint (hs_scene_get_item_line (scene, last), ==, 3);
  g_assert_cmpuint (hs_scene_get_item_line (scene, lane), ==, 3);
  facts = hs_scene_describe_item (scene, last);
  assert_says (facts, "from 5\xe2\x80\xaf"
                      "000 B to 7\xe2\x80\xaf"
                      "000 B (+2\xe2\x80\xaf"
                      "000 B)");
  assert_says (facts, "5\xe2\x80\xaf"
                      "000 B to 11\xe2\x80\xaf"
                      "000 B");
  assert_says (facts, "8\xe2\x80\xaf"
                      "000 B");
  assert_says (facts, "line 3 in work");
}

/* The upper edge of the curve reaches the peak, and nothing is above it. */
static void
test_peak_is_top (void)
{
  g_autoptr (HsScene) scene = build_program ("peak");
  HsTimelineScene *self = (HsTimelineScene *)scene;
  guint64          most = 0;

  for (guint i = 0; i < self->spans->len; i++)
    most = MAX (most, g_array_index (self->spans, HsTimelineSpan, i).live_max);
  g_assert_cmpuint (most, ==, hs_history_get_record (self->history)->header.peak_bytes);
  g_assert_cmpfloat (self->peak_y, ==, _hs_timeline_get_y (&self->live, (double)most));
  g_assert_cmpfloat (self->live.high, >=, (double)most);
}

/* Whether @y of the column at @x has something of the curve's colour in it. */
static gboolean
is_inked (cairo_surface_t *surface,
          int              x,
          int              y)
{
  gsize         stride = (gsize)cairo_image_surface_get_stride (surface);
  const guint8 *row = cairo_image_surface_get_data (surface) + (gsize)y * stride;

  return row[4 * x + 3] > 100;
}

/* One sample of 16384 is a peak: its pixel is there at every scale. */
static void
test_short_peak_is_drawn (void)
{
  static const double scales[] = { 0.25, 1, 3 };
  HsTestRecord       *record = hs_test_programs_find ("full")->make ();
  HsRecordSample     *sample = hs_test_record_get (record, HS_RECORD_SAMPLES, 8000);

  sample->live_max = hs_test_record_get_header (record)->peak_bytes = 1 << 30;
  hs_test_record_get_header (record)->peak_ns = sample->time_ns;

  g_autoptr (HsHeap) heap = open_moment (record, HS_NO_MOMENT);
  g_autoptr (HsWishes) wishes = new_wishes ();
  g_autoptr (HsScene) scene = build (wishes, heap);
  HsTimelineScene *self = (HsTimelineScene *)scene;

  /* Not what is drawn over the curve. */
  self->peak.width = 0;
  g_array_set_size (self->marks, 0);
  for (guint i = 0; i < G_N_ELEMENTS (scales); i++)
    {
      double           y = _hs_timeline_get_y (&self->live, 700 << 20);
      HsRect           clip = { self->peak_x - 20, y - 4, 40, 8 };
      cairo_surface_t *surface = cairo_image_surface_create (
        CAIRO_FORMAT_ARGB32, (int)(40 * scales[i]), (int)(8 * scales[i]));
      cairo_t *cr = cairo_create (surface);
      guint    n = 0;

      cairo_scale (cr, scales[i], scales[i]);
      cairo_translate (cr, -clip.x, -clip.y);
      g_array_set_size (self->times, 0);
      hs_scene_draw (scene, cr, &clip, scales[i], hs_theme_get (HS_THEME_LIGHT));
      cairo_surface_flush (surface);
      for (int x = 0; x < cairo_image_surface_get_width (surface); x++)
        n += is_inked (surface, x, cairo_image_surface_get_height (surface) / 2);
      g_assert_cmpuint (n, >=, 1);
      g_assert_cmpuint (n, <=, 14);
      cairo_destroy (cr);
      cairo_surface_destroy (surface);
    }
}

static void
test_zoom (void)
{
  g_autoptr (HsHeap) heap = open_program ("growing");
  g_autoptr (HsWishes) wishes = new_wishes ();
  g_autoptr (HsScene) whole = build (wishes, heap);
  HsHit hit = { HS_HIT_ITEM, find_item (whole, HS_TIMELINE_ITEM_SPAN, 100), HS_NO_ITEM };
  g_autoptr (HsScene) near = NULL;
  g_autoptr (HsScene) back = NULL;

  g_assert_cmpuint (find_item (whole, HS_TIMELINE_ITEM_ALL, 0), ==, HS_NO_ITEM);
  g_assert_true (hs_wishes_activate (wishes, whole, &hit));
  near = build (wishes, heap);
  g_assert_cmpuint (((HsTimelineScene *)near)->to_ns - ((HsTimelineScene *)near)->from_ns, ==,
                    ((HsTimelineScene *)whole)->to_ns / 4);

  hit.item = find_item (near, HS_TIMELINE_ITEM_ALL, 0);
  g_assert_cmpuint (hit.item, !=, HS_NO_ITEM);
  g_assert_true (hs_wishes_activate (wishes, near, &hit));
  back = build (wishes, heap);
  g_assert_cmpuint (((HsTimelineScene *)back)->to_ns, ==, ((HsTimelineScene *)whole)->to_ns);

  /* A choice of the bar counts more than what was zoomed into before. */
  hit.item = find_item (back, HS_TIMELINE_ITEM_SPAN, 5);
  g_assert_true (hs_wishes_activate (wishes, back, &hit));
  hs_wishes_set_option (wishes, OPTION_TIME, 1);
  g_clear_pointer (&near, hs_scene_unref);
  near = build (wishes, heap);
  g_assert_cmpuint (((HsTimelineScene *)near)->from_ns, >, 40 * MS);
}

static void
test_shown_moment (void)
{
  HsTestRecord *record = hs_test_program_make_known ();
  g_autoptr (GBytes) snapshot = make_snapshot ();
  g_autoptr (HsHeap) heap = NULL;
  g_autoptr (HsWishes) wishes = new_wishes ();
  g_autoptr (HsScene) scene = NULL;
  guint moment;
  guint n_entries;

  moment = hs_test_record_add_moment (
    record, &(HsRecordMoment) { .kind = HS_MOMENT_END, .time_ns = 3 * MS }, snapshot);
  heap = open_moment (record, moment);
  scene = build (wishes, heap);
  hs_scene_get_legend (scene, &n_entries);
  g_assert_cmpuint (n_entries, ==, 6);
  g_assert_cmpuint (
    hs_scene_get_item_moment (scene, find_item (scene, HS_TIMELINE_ITEM_MOMENT, moment)), ==,
    moment);
  g_assert_cmpuint (
    hs_scene_get_item_moment (scene, find_item (scene, HS_TIMELINE_ITEM_MOMENT, 1)), ==,
    HS_NO_MOMENT);
}

/* What grew is right of the beginning, what shrank left; one behind the other. */
static void
test_bars (void)
{
  g_autoptr (HsScene) scene = build_program ("known");
  HsTimelineScene     *self = (HsTimelineScene *)scene;
  const HsTimelineBar *bar = &g_array_index (self->bars, HsTimelineBar, 0);
  HsRect               objects = _hs_timeline_scene_get_part (self, bar, HS_MEMORY_OBJECTS);
  HsRect               rest = _hs_timeline_scene_get_part (self, bar, HS_MEMORY_UNEXPLAINED);

  g_assert_cmpuint (self->bars->len, ==, 1);
  g_assert_cmpuint (bar->moment, ==, 2);
  g_assert_cmpint (bar->rss, ==, 8000);
  g_assert_cmpint (bar->growth[HS_MEMORY_UNEXPLAINED], ==, -1000);
  g_assert_cmpfloat (fabs (objects.x - self->zero_x), <, 1e-6);
  g_assert_cmpfloat (fabs (rest.x + rest.width - self->zero_x), <, 1e-6);
  g_assert_cmpfloat (fabs (objects.width - 9 * rest.width), <, 1e-6);
}

static void
test_more_bars (void)
{
  g_autoptr (HsHeap) heap = open_program ("full");
  g_autoptr (HsWishes) wishes = new_wishes ();
  g_autoptr (HsScene) few = build (wishes, heap);
  g_autoptr (HsScene) more = NULL;
  g_autofree char *left_out = hs_scene_dup_left_out (few);

  g_assert_true (hs_scene_can_show_more (few));
  assert_says (left_out, "moments (123\xe2\x80\xaf"
                         "456)");
  assert_says (left_out, "bytes of lines (7)");
  g_assert_true (hs_wishes_show_more (wishes));
  more = build (wishes, heap);
  g_assert_cmpuint (((HsTimelineScene *)more)->bars->len, >,
                    ((HsTimelineScene *)few)->bars->len);
}

int
main (int   argc,
      char *argv[])
{
  guint                n_programs;
  const HsTestProgram *programs = hs_test_programs_list (&n_programs);

  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < n_programs; i++)
    {
      g_autofree char *path = g_strdup_printf ("/timeline/program/%s", programs[i].name);

      g_test_add_data_func (path, &programs[i], test_program);
    }
  g_test_add_func ("/timeline/forged", test_forged);
  g_test_add_func ("/timeline/no-history", test_no_history);
  g_test_add_func ("/timeline/places", test_places);
  g_test_add_func ("/timeline/peak-is-top", test_peak_is_top);
  g_test_add_func ("/timeline/short-peak-is-drawn", test_short_peak_is_drawn);
  g_test_add_func ("/timeline/zoom", test_zoom);
  g_test_add_func ("/timeline/shown-moment", test_shown_moment);
  g_test_add_func ("/timeline/bars", test_bars);
  g_test_add_func ("/timeline/more-bars", test_more_bars);

  return g_test_run ();
}
