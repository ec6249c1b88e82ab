/* test-views.c - what holds for every view of every heap
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>
#include <string.h>
#include <unistd.h>

#include "hs-test-odd-heaps.h"
#include "hs-test-views.h"
#include "hs-wishes.h"

#define MOST_SECONDS 120 /* of one step */
#define MOST_ITEMS   120 /* that are looked at one by one, evenly taken from all */
#define MOST_TIMES   4   /* that more is shown, and that something is activated in a row */
#define MOST_CASES   200
#define N_CANCELS    6
#define MANY_OBJECTS 10000

typedef struct
{
  const HsView        *view;
  const HsTestOddHeap *heap;
} Case;

/* A step that takes longer ends the test: the default of SIGALRM. */
static void
begin_step (const char *name)
{
  alarm (MOST_SECONDS);
  g_test_message ("%s", name);
}

static HsHeap *
create_heap (const Case *test)
{
  g_autoptr (GBytes) bytes = test->heap->make ();
  g_autoptr (GError) error = NULL;
  HsHeap *heap = hs_heap_new (bytes, &error);

  g_assert_no_error (error);

  return heap;
}

/* NULL only with a reason in words. Returns: (transfer full) (nullable) */
static HsScene *
build (const HsWishes *wishes,
       HsHeap         *heap)
{
  g_autoptr (GError) error = NULL;
  HsScene *scene = hs_wishes_build (wishes, heap, "zh-cn", NULL, &error);

  if (scene != NULL)
    {
      g_assert_no_error (error);
      return scene;
    }
  g_assert_nonnull (error);
  g_assert_true (error->domain == G_IO_ERROR);
  g_assert_cmpint (error->code, !=, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (strlen (error->message), >, 10);

  return NULL;
}

/* How far apart the items are that are looked at. */
static guint
get_stride (HsScene *scene)
{
  return 1 + hs_scene_get_n_items (scene) / MOST_ITEMS;
}

/* Places */

static void
check_rect (HsScene *scene,
            guint    item)
{
  HsRect extents;
  HsRect rect;

  hs_scene_get_extents (scene, &extents);
  hs_scene_get_item_rect (scene, item, &rect);
  g_assert_true (isfinite (rect.x) && isfinite (rect.y));
  g_assert_true (isfinite (rect.width) && isfinite (rect.height));
  g_assert_cmpfloat (rect.width, >, 0);
  g_assert_cmpfloat (rect.height, >, 0);
  g_assert_cmpfloat (rect.x, >=, -0.5);
  g_assert_cmpfloat (rect.y, >=, -0.5);
  g_assert_cmpfloat (rect.x + rect.width, <=, extents.width + 0.5);
  g_assert_cmpfloat (rect.y + rect.height, <=, extents.height + 0.5);
}

/* What is hit in the middle is the item, or one that lies there, too: a row's names and
 * values belong to it even where they stand beside its rectangle.
 */
static void
check_hit (HsScene *scene,
           guint    item)
{
  HsRect rect;
  HsHit  hit;

  hs_scene_get_item_rect (scene, item, &rect);
  double x = rect.x + rect.width / 2;
  double y = rect.y + rect.height / 2;

  hit = hs_scene_hit (scene, x, y);
  g_assert_cmpint (hit.kind, !=, HS_HIT_NOTHING);
  g_assert_cmpuint (hit.item, <, hs_scene_get_n_items (scene));
  hs_scene_get_item_rect (scene, hit.item, &rect);
  g_assert_true (y >= rect.y - 0.5 && y <= rect.y + rect.height + 0.5);
  g_assert_true (hs_scene_follow (scene, &hit) == HS_NO_ITEM ||
                 hs_scene_follow (scene, &hit) < hs_scene_get_n_items (scene));
}

static void
check_outside (HsScene *scene)
{
  static const double far[] = { -1e300, -1e9, -1, 0, 1e9, 1e300 };
  HsRect              extents;

  hs_scene_get_extents (scene, &extents);
  g_assert_true (isfinite (extents.width) && isfinite (extents.height));
  g_assert_cmpfloat (extents.width, >, 0);
  g_assert_cmpfloat (extents.height, >, 0);
  for (guint i = 0; i < G_N_ELEMENTS (far); i++)
    for (guint k = 0; k < G_N_ELEMENTS (far); k++)
      {
        HsHit hit = hs_scene_hit (scene, far[i], far[k]);

        if (far[i] < 0 || far[k] < 0 || far[i] > extents.width || far[k] > extents.height)
          g_assert_cmpint (hit.kind, ==, HS_HIT_NOTHING);
      }
  g_assert_cmpint (hs_scene_hit (scene, NAN, NAN).kind, ==, HS_HIT_NOTHING);
}

static void
check_walk (HsScene *scene,
            guint    item)
{
  guint n = hs_scene_get_n_items (scene);
  guint n_others = 0;

  for (HsWalk direction = HS_WALK_LEFT; direction <= HS_WALK_LAST; direction++)
    {
      guint to = hs_scene_walk (scene, item, direction);

      g_assert_cmpuint (to, <, n);
      n_others += to != item;
      g_assert_cmpuint (hs_scene_walk (scene, HS_NO_ITEM, direction), <, n);
    }
  if (n > 1)
    g_assert_cmpuint (n_others, >, 0);
}

static void
check_keys (HsScene *scene,
            guint    item)
{
  guint64 key = hs_scene_get_item_key (scene, item);
  guint32 object = hs_scene_get_item_object (scene, item);
  guint   found = hs_scene_find_key (scene, key);

  g_assert_cmpuint (found, <, hs_scene_get_n_items (scene));
  g_assert_cmpuint (hs_scene_get_item_key (scene, found), ==, key);
  if (object == HS_NO_OBJECT)
    return;
  g_assert_cmpuint (object, <, hs_heap_get_view (hs_scene_get_heap (scene))->n_objects);
  found = hs_scene_find_object (scene, object);
  g_assert_cmpuint (found, <, hs_scene_get_n_items (scene));
}

/* Words */

static void
check_text (const char *text)
{
  g_assert_nonnull (text);
  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_cmpuint (strlen (text), >, 0);
}

/* All of its name, or else a word of it: not every view searches whole lines. A class
 * may be called "": of its instances the name is only numbers.
 */
static gboolean
is_found (HsScene    *scene,
          const char *name,
          gboolean    backwards)
{
  g_auto (GStrv) words = g_strsplit_set (name, " ,:", -1);

  if (hs_scene_search (scene, name, HS_NO_ITEM, backwards) < hs_scene_get_n_items (scene))
    return TRUE;
  for (guint i = 0; words[i] != NULL; i++)
    if (hs_scene_search (scene, words[i], HS_NO_ITEM, backwards) < hs_scene_get_n_items (scene))
      return TRUE;
  g_test_message ("not found by its name: “%.200s”", name);

  return g_ascii_isdigit (*name);
}

static void
check_words (HsScene *scene,
             guint    item)
{
  g_autofree char *name = hs_scene_name_item (scene, item);
  g_autofree char *facts = hs_scene_describe_item (scene, item);
  HsHit            action = hs_scene_get_action (scene, item);

  check_text (name);
  check_text (facts);
  g_assert_cmpuint (action.item, <, hs_scene_get_n_items (scene));
  g_assert_true (is_found (scene, name, FALSE));
  g_assert_true (is_found (scene, name, TRUE));
}

static void
check_sentences (HsScene *scene)
{
  g_autofree char *left_out = hs_scene_dup_left_out (scene);
  g_autofree char *answer = hs_scene_dup_answer (scene);

  if (left_out != NULL)
    check_text (left_out);
  if (answer != NULL)
    check_text (answer);
  if (hs_scene_can_show_more (scene))
    g_assert_nonnull (left_out);
  g_assert_cmpuint (hs_scene_search (scene, "", HS_NO_ITEM, FALSE), ==, HS_NO_ITEM);
  hs_scene_search (scene, "\xff\xe5", HS_NO_ITEM, TRUE);
  g_assert_cmpuint (hs_scene_search (scene, "no item says this", 0, FALSE), ==, HS_NO_ITEM);
}

static void
check_scene (HsScene *scene)
{
  check_outside (scene);
  check_sentences (scene);
  for (guint i = 0; i < hs_scene_get_n_items (scene); i += get_stride (scene))
    {
      check_rect (scene, i);
      check_hit (scene, i);
      check_walk (scene, i);
      check_keys (scene, i);
      check_words (scene, i);
    }
  if (hs_scene_get_n_items (scene) == 0)
    g_assert_cmpuint (hs_scene_walk (scene, HS_NO_ITEM, HS_WALK_DOWN), ==, HS_NO_ITEM);
}

/* Another one of the same wishes and heap says the same. */
static void
check_same (HsScene        *scene,
            const HsWishes *wishes)
{
  g_autoptr (HsWishes) copy = hs_wishes_copy (wishes);
  g_autoptr (HsScene) again = build (copy, hs_scene_get_heap (scene));
  g_autofree char *dump = hs_scene_dump (scene);
  g_autofree char *text = hs_scene_to_text (scene);
  g_autofree char *dump_again = NULL;
  g_autofree char *text_again = NULL;

  g_assert_nonnull (again);
  dump_again = hs_scene_dump (again);
  text_again = hs_scene_to_text (again);
  check_text (dump);
  check_text (text);
  g_assert_true (strcmp (dump, dump_again) == 0);
  g_assert_true (strcmp (text, text_again) == 0);
}

/* Options */

/* The next combination. FALSE after the last. */
static gboolean
turn_options (HsWishes *wishes)
{
  guint           n_options;
  const HsOption *options = hs_view_get_options (hs_wishes_get_view (wishes), &n_options);

  for (guint i = 0; i < n_options; i++)
    {
      guint choice = hs_wishes_get_option (wishes, i) + 1;

      if (choice < hs_option_get_n_choices (&options[i]))
        {
          hs_wishes_set_option (wishes, i, choice);
          return TRUE;
        }
      hs_wishes_set_option (wishes, i, 0);
    }

  return FALSE;
}

static void
clear_options (HsWishes *wishes)
{
  guint n_options;

  hs_view_get_options (hs_wishes_get_view (wishes), &n_options);
  for (guint i = 0; i < n_options; i++)
    hs_wishes_set_option (wishes, i, 0);
}

/* "0 2 1" */
static char *
dup_choices (const HsWishes *wishes)
{
  GString *text = g_string_new (NULL);
  guint    n_options;

  hs_view_get_options (hs_wishes_get_view (wishes), &n_options);
  for (guint i = 0; i < n_options; i++)
    g_string_append_printf (text, " %u", hs_wishes_get_option (wishes, i));

  return g_string_free (text, FALSE);
}

static void
test_options (gconstpointer data)
{
  const Case *test = data;
  g_autoptr (HsHeap) heap = create_heap (test);
  g_autoptr (HsWishes) wishes = hs_wishes_new (test->view);
  gboolean is_large = hs_heap_get_view (heap)->n_objects > MANY_OBJECTS;

  clear_options (wishes);
  do
    {
      g_autoptr (HsScene) scene = NULL;

      g_autofree char *choices = dup_choices (wishes);

      begin_step (choices);
      scene = build (wishes, heap);
      if (scene == NULL)
        continue;
      g_assert_cmpstr (hs_scene_get_view_name (scene), ==, hs_view_get_name (test->view));
      g_assert_true (hs_scene_get_heap (scene) == heap);
      check_scene (scene);
      hs_test_views_draw_once (scene, 0.7);
      if (!is_large)
        check_same (scene, wishes);
    }
  while (turn_options (wishes));
}

/* What people do */

static void
activate_all (HsWishes *wishes,
              HsScene  *scene)
{
  guint stride = 1 + hs_scene_get_n_items (scene) / 6;

  for (guint item = 0; item < hs_scene_get_n_items (scene); item += stride)
    for (HsHitKind kind = HS_HIT_NOTHING; kind <= HS_HIT_FOLD; kind++)
      for (guint part = 0; part < 3; part++)
        {
          g_autoptr (HsWishes) copy = hs_wishes_copy (wishes);
          HsHit hit = { kind, item, part == 2 ? HS_NO_ITEM : part };
          guint to = hs_scene_follow (scene, &hit);

          g_assert_true (to == HS_NO_ITEM || to < hs_scene_get_n_items (scene));
          if (hs_wishes_activate (copy, scene, &hit))
            {
              g_autoptr (HsScene) next = build (copy, hs_scene_get_heap (scene));

              if (next != NULL)
                check_outside (next);
            }
        }
}

/* One after the other what Enter does at some item, each in the scene of before. */
static void
activate_in_a_row (HsWishes *wishes,
                   HsScene  *scene)
{
  g_autoptr (HsScene) current = hs_scene_ref (scene);

  for (guint i = 0; i < MOST_TIMES && hs_scene_get_n_items (current) > 0; i++)
    {
      HsHit hit = hs_scene_get_action (current, (i * 7) % hs_scene_get_n_items (current));
      g_autoptr (HsScene) next = NULL;

      if (!hs_wishes_activate (wishes, current, &hit))
        continue;
      hs_wishes_set_before (wishes, current);
      next = build (wishes, hs_scene_get_heap (scene));
      if (next == NULL)
        break;
      check_scene (next);
      hs_scene_unref (current);
      current = g_steal_pointer (&next);
    }
}

static void
test_activated (gconstpointer data)
{
  const Case *test = data;
  g_autoptr (HsHeap) heap = create_heap (test);
  g_autoptr (HsWishes) wishes = hs_wishes_new (test->view);
  g_autoptr (HsScene) scene = build (wishes, heap);
  HsHit nothing = { HS_HIT_NOTHING, HS_NO_ITEM, HS_NO_ITEM };

  if (scene == NULL)
    return;

  begin_step ("everything activated");
  g_assert_false (hs_wishes_activate (wishes, scene, &nothing));
  activate_all (wishes, scene);
  begin_step ("activated in a row");
  activate_in_a_row (wishes, scene);
  begin_step ("more shown");
  for (guint i = 0; i < MOST_TIMES && hs_wishes_show_more (wishes); i++)
    {
      g_autoptr (HsScene) next = build (wishes, heap);

      if (next == NULL)
        break;
      check_outside (next);
      if (!hs_scene_can_show_more (next))
        break;
    }
}

static void
test_selected (gconstpointer data)
{
  const Case *test = data;
  g_autoptr (HsHeap) heap = create_heap (test);
  g_autoptr (HsWishes) wishes = hs_wishes_new (test->view);
  g_autoptr (HsScene) before = build (wishes, heap);
  g_autoptr (GRand) random = g_rand_new_with_seed (3);
  guint n = hs_heap_get_view (heap)->n_objects;
  guint n_times = n > MANY_OBJECTS ? 2 : 8;

  g_assert_false (hs_wishes_select (wishes, heap, HS_NO_OBJECT) && n == 0);
  for (guint i = 0; i < n_times && n > 0; i++)
    {
      guint32 object = (guint32)g_rand_int_range (random, 0, (gint32)n);
      g_autoptr (HsScene) scene = NULL;

      begin_step ("an object");
      if (i % 3 == 2 && hs_view_can_ask (test->view))
        hs_wishes_ask (wishes, i % 2 == 0 ? HS_QUESTION_WHY_ALIVE : HS_QUESTION_KEEPS_ALIVE,
                       object);
      else
        hs_wishes_select (wishes, heap, object);
      hs_wishes_set_before (wishes, before);
      scene = build (wishes, heap);
      if (scene == NULL)
        continue;
      check_scene (scene);
      g_clear_pointer (&before, hs_scene_unref);
      before = g_steal_pointer (&scene);
    }
}

static void
test_asked (gconstpointer data)
{
  const Case *test = data;
  g_autoptr (HsHeap) heap = create_heap (test);
  guint n = hs_heap_get_view (heap)->n_objects;
  guint n_times = n > MANY_OBJECTS ? 2 : 6;

  if (!hs_view_can_ask (test->view))
    return;

  for (guint i = 0; i < n_times && n > 0; i++)
    for (HsQuestion question = HS_QUESTION_WHY_ALIVE; question <= HS_QUESTION_KEEPS_ALIVE;
         question++)
      {
        g_autoptr (HsWishes) wishes = hs_wishes_new (test->view);
        g_autoptr (HsScene) scene = NULL;
        g_autoptr (HsScene) after = NULL;
        g_autofree char *answer = NULL;

        begin_step ("a question");
        g_assert_true (hs_wishes_ask (wishes, question, (guint32)((guint64)n * i / n_times)));
        scene = build (wishes, heap);
        if (scene == NULL)
          continue;
        check_scene (scene);
        hs_test_views_draw_once (scene, 0.3);
        answer = hs_scene_dup_answer (scene);
        check_text (answer);
        hs_wishes_ask (wishes, HS_QUESTION_NONE, HS_NO_OBJECT);
        after = build (wishes, heap);
        g_assert_true (after == NULL || hs_scene_dup_answer (after) == NULL);
      }
}

static void
test_focused (gconstpointer data)
{
  static const char *const lists[][4] = {
    { NULL },
    { "x", NULL },
    { "a", "values", "\xff", NULL },
    { "no such name", "", NULL },
  };
  const Case *test = data;
  g_autoptr (HsHeap) heap = create_heap (test);
  g_autoptr (HsWishes) wishes = hs_wishes_new (test->view);

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_autoptr (HsWishes) copy = NULL;
      g_autoptr (HsScene) scene = NULL;

      begin_step ("names");
      hs_wishes_set_focus (wishes, lists[i]);
      copy = hs_wishes_copy (wishes);
      hs_wishes_set_focus (wishes, NULL);
      scene = build (copy, heap);
      if (scene != NULL)
        check_scene (scene);
    }
}

/* Cancelling */

static gpointer
cancel_soon (gpointer data)
{
  GCancellable *cancellable = data;

  g_usleep (GPOINTER_TO_UINT (g_object_get_data (data, "wait")));
  g_cancellable_cancel (cancellable);

  return NULL;
}

static void
test_cancelled (gconstpointer data)
{
  const Case *test = data;
  g_autoptr (HsHeap) heap = create_heap (test);
  g_autoptr (HsWishes) wishes = hs_wishes_new (test->view);
  g_autoptr (GCancellable) before = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  gint64 begun = g_get_monotonic_time ();
  gint64 duration;

  g_clear_pointer (&(HsScene *) { build (wishes, heap) }, hs_scene_unref);
  duration = g_get_monotonic_time () - begun;
  g_cancellable_cancel (before);
  g_assert_null (hs_wishes_build (wishes, heap, NULL, before, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  for (guint i = 0; i < N_CANCELS; i++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (HsScene) scene = NULL;
      g_autoptr (GError) reason = NULL;
      GThread *thread;

      begin_step ("cancelled while it is built");
      g_object_set_data (G_OBJECT (cancellable), "wait",
                         GUINT_TO_POINTER ((guint)(duration * i / N_CANCELS)));
      thread = g_thread_new ("cancel", cancel_soon, cancellable);
      scene = hs_wishes_build (wishes, heap, NULL, cancellable, &reason);
      g_thread_join (thread);
      g_assert_true ((scene == NULL) == (reason != NULL));
    }
}

/* Drawing */

static gpointer
draw_in_thread (gpointer data)
{
  for (double scale = 0.01; scale <= 4; scale *= 2.4)
    hs_test_views_draw_parts (data, scale);

  return NULL;
}

static void
test_drawn (gconstpointer data)
{
  const Case *test = data;
  g_autoptr (HsHeap) heap = create_heap (test);
  g_autoptr (HsWishes) wishes = hs_wishes_new (test->view);
  g_autoptr (HsScene) scene = build (wishes, heap);
  GThread *threads[2];

  if (scene == NULL)
    return;

  begin_step ("drawn in two threads");
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("draw", draw_in_thread, scene);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  hs_test_views_draw_marks (scene);
  hs_test_views_draw_legend (scene);
}

static void
test_exported (gconstpointer data)
{
  const Case *test = data;
  g_autoptr (HsHeap) heap = create_heap (test);
  g_autoptr (HsWishes) wishes = hs_wishes_new (test->view);
  g_autoptr (HsScene) scene = build (wishes, heap);

  if (scene == NULL)
    return;

  begin_step ("exported");
  hs_test_views_export (scene);
}

static void
add_case (const Case *test)
{
  static const struct
  {
    const char   *name;
    GTestDataFunc func;
  } tests[] = {
    { "options", test_options },
    { "activated", test_activated },
    { "selected", test_selected },
    { "asked", test_asked },
    { "focused", test_focused },
    { "cancelled", test_cancelled },
    { "drawn", test_drawn },
    { "exported", test_exported },
  };

  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strdup_printf (
        "/views/%s/%s/%s", hs_view_get_name (test->view), test->heap->name, tests[i].name);

      g_test_add_data_func (path, test, tests[i].func);
    }
}

int
main (int   argc,
      char *argv[])
{
  const HsView *const *views = hs_views_list ();
  const HsTestOddHeap *heaps;
  guint                n_heaps;
  static Case          cases[MOST_CASES];
  guint                n_cases = 0;

  g_test_init (&argc, &argv, NULL);

  heaps = hs_test_odd_heaps_list (&n_heaps);
  for (guint i = 0; views[i] != NULL; i++)
    for (guint k = 0; k < n_heaps; k++)
      {
        g_assert_cmpuint (n_cases, <, MOST_CASES);
        cases[n_cases] = (Case) { views[i], &heaps[k] };
        add_case (&cases[n_cases++]);
      }

  return g_test_run ();
}
