/* hs-test-view.c - a view that waits, and counts what becomes of it
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-test-view.h"

#include "hs-scene-private.h"
#include "hs-wishes-private.h"

#define N_BOXES 4
#define MARGIN  40
#define STEP    700 /* more than a tile: drawing takes several */
#define WIDTH   160
#define HEIGHT  80

/* Microseconds in the main thread, so that the other one has to draw the rest. */
#define SLOW_DRAWING 10000

typedef struct
{
  HsWishes   parent;
  guint      n_more;
  gboolean   is_open;
  HsQuestion question;
} TestWishes;

typedef struct
{
  HsScene    parent;
  guint      choices[HS_TEST_N_OPTIONS];
  guint      n_more;
  HsQuestion question;
} TestScene;

static GMutex   lock;
static GCond    released;
static gboolean is_held;
static guint    n_waiting;

static int            n_begun;       /* atomic */
static int            n_scenes;      /* atomic */
static guint          n_items_drawn; /* under the lock */
static const HsTheme *last_theme;    /* under the lock */

static void
pass_gate (void)
{
  g_mutex_lock (&lock);
  n_waiting++;
  while (is_held)
    g_cond_wait (&released, &lock);
  n_waiting--;
  g_mutex_unlock (&lock);
}

void
hs_test_view_hold (void)
{
  g_mutex_lock (&lock);
  is_held = TRUE;
  g_mutex_unlock (&lock);
}

void
hs_test_view_release (void)
{
  g_mutex_lock (&lock);
  is_held = FALSE;
  g_cond_broadcast (&released);
  g_mutex_unlock (&lock);
}

guint
hs_test_view_get_n_begun (void)
{
  return (guint)g_atomic_int_get (&n_begun);
}

guint
hs_test_view_get_n_waiting (void)
{
  guint n;

  g_mutex_lock (&lock);
  n = n_waiting;
  g_mutex_unlock (&lock);

  return n;
}

guint
hs_test_view_get_n_scenes (void)
{
  return (guint)g_atomic_int_get (&n_scenes);
}

const HsTheme *
hs_test_view_take_theme (void)
{
  const HsTheme *theme;

  g_mutex_lock (&lock);
  theme = g_steal_pointer (&last_theme);
  g_mutex_unlock (&lock);

  return theme;
}

guint
hs_test_view_take_n_items_drawn (void)
{
  guint n;

  g_mutex_lock (&lock);
  n = n_items_drawn;
  n_items_drawn = 0;
  g_mutex_unlock (&lock);

  return n;
}

/* The scene */

static void
finalize (HsScene *scene)
{
  g_atomic_int_add (&n_scenes, -1);
}

static void
get_item_rect (HsScene *scene,
               guint    item,
               HsRect  *rect)
{
  *rect = (HsRect) { MARGIN + item * (double)STEP, MARGIN, WIDTH, HEIGHT };
}

static guint64
get_item_key (HsScene *scene,
              guint    item)
{
  return item;
}

static guint32
get_item_object (HsScene *scene,
                 guint    item)
{
  return item == 0 ? HS_NO_OBJECT : item - 1;
}

static char *
name_item (HsScene *scene,
           guint    item)
{
  return g_strdup_printf ("box %u", item);
}

static char *
describe_item (HsScene *scene,
               guint    item)
{
  return g_strdup_printf ("box %u\nof the test", item);
}

static char *
to_text (HsScene *scene)
{
  return g_strdup ("boxes\n");
}

static char *
dup_left_out (HsScene *scene)
{
  return ((TestScene *)scene)->n_more == 0 ? g_strdup ("3 boxes are left out") : NULL;
}

static gboolean
can_show_more (HsScene *scene)
{
  return ((TestScene *)scene)->n_more == 0;
}

static char *
dup_answer (HsScene *scene)
{
  return ((TestScene *)scene)->question != HS_QUESTION_NONE ? g_strdup ("Because.") : NULL;
}

static void
draw (HsScene       *scene,
      cairo_t       *cr,
      const HsRect  *clip,
      double         scale,
      const HsTheme *theme)
{
  /* The gate is for threads that the window does not wait for. */
  if (g_main_context_is_owner (g_main_context_default ()))
    g_usleep (SLOW_DRAWING);
  else
    pass_gate ();
  g_mutex_lock (&lock);
  last_theme = theme;
  g_mutex_unlock (&lock);
}

static void
draw_item (HsScene       *scene,
           cairo_t       *cr,
           guint          item,
           double         scale,
           const HsTheme *theme)
{
  g_mutex_lock (&lock);
  n_items_drawn++;
  g_mutex_unlock (&lock);
}

static void
draw_between (HsScene       *scene,
              cairo_t       *cr,
              const HsRect  *clip,
              double         scale,
              const HsTheme *theme)
{
}

static void
draw_sample (cairo_t       *cr,
             const HsRect  *rect,
             const HsTheme *theme,
             guint          which)
{
}

static const HsLegendEntry *
get_legend (HsScene *scene,
            guint   *n_entries)
{
  static const HsLegendEntry entries[] = {
    { .text = "A box", .draw = draw_sample },
    { .text = "Another box", .draw = draw_sample, .which = 1 },
  };

  *n_entries =
    ((TestScene *)scene)->choices[HS_TEST_OPTION_LEGEND] == 1 ? G_N_ELEMENTS (entries) : 0;

  return entries;
}

static const HsSceneClass scene_class = {
  .view = "test",
  .finalize = finalize,
  .get_item_rect = get_item_rect,
  .get_item_key = get_item_key,
  .get_item_object = get_item_object,
  .name_item = name_item,
  .describe_item = describe_item,
  .to_text = to_text,
  .dup_left_out = dup_left_out,
  .can_show_more = can_show_more,
  .dup_answer = dup_answer,
  .dump = to_text,
  .draw = draw,
  .draw_item = draw_item,
  .draw_between = draw_between,
  .get_legend = get_legend,
};

/* The view */

static gboolean
activate (HsWishes    *wishes,
          HsScene     *scene,
          const HsHit *hit)
{
  TestWishes *self = (TestWishes *)wishes;

  self->is_open = !self->is_open;
  /* As views do that have a part which stands for a choice. */
  if (hit->kind == HS_HIT_MORE)
    wishes->choices[HS_TEST_OPTION_LEGEND] = 1;

  return TRUE;
}

static gboolean
show_more (HsWishes *wishes)
{
  ((TestWishes *)wishes)->n_more = HS_TEST_MORE_BOXES;

  return TRUE;
}

static gboolean
ask (HsWishes  *wishes,
     HsQuestion question,
     guint32    object)
{
  TestWishes *self = (TestWishes *)wishes;

  if (question == self->question)
    return FALSE;
  self->question = question;

  return TRUE;
}

static HsScene *
build (const HsWishes *wishes,
       HsHeap         *heap,
       const char     *language,
       GCancellable   *cancellable,
       GError        **error)
{
  const TestWishes *self = (const TestWishes *)wishes;
  TestScene        *scene;

  g_atomic_int_inc (&n_begun);
  pass_gate ();
  if (wishes->choices[HS_TEST_OPTION_CONTENT] == 1)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "<nothing> & nobody");
      return NULL;
    }

  g_atomic_int_inc (&n_scenes);
  scene = _hs_scene_alloc (&scene_class, sizeof (TestScene), heap, language);
  for (guint i = 0; i < HS_TEST_N_OPTIONS; i++)
    scene->choices[i] = wishes->choices[i];
  scene->n_more = self->n_more;
  scene->question = self->question;
  scene->parent.n_items = N_BOXES + self->n_more + (self->is_open ? HS_TEST_MORE_BOXES : 0);
  scene->parent.width = MARGIN + scene->parent.n_items * (double)STEP;
  scene->parent.height = STEP;

  return (HsScene *)scene;
}

static const char *const content_choices[] = { "boxes", "nothing", NULL };
static const char *const content_labels[] = { "Boxes", "Nothing", NULL };
static const char *const order_choices[] = { "a", "b", "c", "d", "e", "f", NULL };
static const char *const order_labels[] = { "First", "Second", "Third", "Fourth",
                                            "Fifth", "Sixth", NULL };

static const HsOption options[HS_TEST_N_OPTIONS] = {
  [HS_TEST_OPTION_LEGEND] = { .id = "legend", .label = "With Legend", .tooltip = "Legend" },
  [HS_TEST_OPTION_CONTENT] = { .id = "content",
                               .label = "Content",
                               .tooltip = "What is shown",
                               .choices = content_choices,
                               .labels = content_labels },
  [HS_TEST_OPTION_ORDER] = { .id = "order",
                             .label = "Order",
                             .tooltip = "What stands first",
                             .choices = order_choices,
                             .labels = order_labels },
};

static const HsView view = {
  .name = "test",
  .title = "Test",
  .description = "Boxes",
  .icon = "heapscape-graph-symbolic",
  .options = options,
  .n_options = HS_TEST_N_OPTIONS,
  .wishes_size = sizeof (TestWishes),
  .activate = activate,
  .show_more = show_more,
  .ask = ask,
  .build = build,
};

const HsView *
hs_test_view_get (void)
{
  return &view;
}
