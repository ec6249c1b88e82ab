/* hs-cost-scene.c - curves of what instances cost
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-cost-scene.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "hs-cost-scene-private.h"
#include "hs-format.h"

#define PLOT_WIDTH  400.
#define PLOT_HEIGHT 240.
#define AXIS_WIDTH  80.  /* left of a plot, for bytes */
#define NAME_WIDTH  200. /* right of a plot, for names of lines */
#define CHART_GAP   48.
#define LINE_HEIGHT 20.
#define SECTION_GAP 24.
#define LINES_MAX   6 /* of the first instances; more cannot be told apart */
#define N_LEVELS    4 /* level lines of a linear scale, about */

/* Columns of the table: where their text begins or, of numbers, ends. */
#define COLUMN_NAME       28.
#define COLUMN_KIND       300.
#define COLUMN_ATTRIBUTES 520.
#define COLUMN_INSTANCES  640.
#define COLUMN_BYTES      760.
#define COLUMN_MILLION    900.

static void
add_label (HsCostScene *self,
           HsTextStyle  style,
           const char  *text,
           double       x,
           double       y)
{
  HsCostLabel label = { hs_texts_shape (self->texts, style, text, -1), x, y,
                        style == HS_TEXT_QUIET };

  g_array_append_val (self->labels, label);
}

/* Ends at @x. */
static void
add_number (HsCostScene *self,
            HsTextStyle  style,
            const char  *text,
            double       x,
            double       y)
{
  const HsText *shaped = hs_texts_shape (self->texts, style, text, -1);
  HsCostLabel   label = { shaped, x - shaped->width, y, style == HS_TEXT_QUIET };

  g_array_append_val (self->labels, label);
}

static void
add_centred (HsCostScene *self,
             const char  *text,
             double       x,
             double       y)
{
  const HsText *shaped = hs_texts_shape (self->texts, HS_TEXT_QUIET, text, -1);
  HsCostLabel   label = { shaped, x - shaped->width / 2, y, TRUE };

  g_array_append_val (self->labels, label);
}

/* Scales */

static double
get_step (guint64 most)
{
  double raw = (double)most / N_LEVELS;
  double step = 8;

  /* Powers of two times 8: sizes are multiples of 16. */
  while (step < raw)
    step *= 2;

  return step;
}

static double
get_linear_y (const HsRect *plot,
              double        top,
              guint64       bytes)
{
  return plot->y + plot->height * (1 - (double)bytes / top);
}

static double
get_log_y (const HsRect *plot,
           double        low,
           double        high,
           guint64       bytes)
{
  return plot->y +
         plot->height * (1 - (log2 ((double)MAX (bytes, 1)) - low) / MAX (high - low, 1));
}

static void
add_tick (HsCostScene *self,
          HsCostChart *chart,
          double       y,
          guint64      bytes)
{
  g_autofree char *text = hs_format_bytes (bytes);

  g_array_append_val (chart->ticks, y);
  add_number (self, HS_TEXT_QUIET, text, chart->plot.x - 8, y);
}

static void
add_x_numbers (HsCostScene *self,
               HsCostChart *chart,
               guint        first,
               guint        last,
               const char  *title)
{
  double y = chart->plot.y + chart->plot.height;

  for (guint n = first; n <= last; n++)
    if (n == first || n % 10 == 0 || last - first <= 10)
      {
        g_autofree char *text = g_strdup_printf ("%u", n);
        double           part = last > first ? (double)(n - first) / (last - first) : 0.5;

        add_centred (self, text, chart->plot.x + chart->plot.width * part, y + 12);
      }
  add_centred (self, title, chart->plot.x + chart->plot.width / 2, y + 12 + LINE_HEIGHT);
}

static void
begin_chart (HsCostScene *self,
             HsCostChart *chart,
             double       x,
             double       y,
             const char  *title)
{
  chart->plot = (HsRect) { x + AXIS_WIDTH, y + LINE_HEIGHT + 12, PLOT_WIDTH, PLOT_HEIGHT };
  chart->ticks = g_array_new (FALSE, FALSE, sizeof (double));
  chart->lines = g_array_new (FALSE, FALSE, sizeof (HsCostLine));
  add_label (self, HS_TEXT_TITLE, title, x, y + LINE_HEIGHT / 2);
}

/* First instances */

static gboolean
is_known (const HsCostClass *cost)
{
  for (guint i = 0; i < cost->n_series; i++)
    if (cost->series[i] == HS_BYTES_UNKNOWN)
      return FALSE;

  return cost->n_series > 0;
}

static guint64
get_spread (const HsCostClass *cost)
{
  guint64 least = G_MAXUINT64;
  guint64 most = 0;

  for (guint i = 0; i < cost->n_series; i++)
    {
      least = MIN (least, cost->series[i]);
      most = MAX (most, cost->series[i]);
    }

  return most - least;
}

static gboolean
is_same_series (const HsCostClass *a,
                const HsCostClass *b)
{
  return a->has_slots == b->has_slots && a->n_series == b->n_series &&
         memcmp (a->series, b->series, sizeof (guint64) * a->n_series) == 0;
}

/* Classes with a series, none the same as that of another: those whose instances
 * differ, or those that do not. Returns: (transfer full) (element-type guint)
 */
static GArray *
find_series (HsCost  *cost,
             gboolean differ)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < hs_cost_get_n (cost); i++)
    {
      const HsCostClass *one = hs_cost_get (cost, i);
      gboolean           is_new = is_known (one) && (get_spread (one) > 0) == differ;

      for (guint j = 0; is_new && j < found->len; j++)
        is_new = !is_same_series (one, hs_cost_get (cost, g_array_index (found, guint, j)));
      if (is_new)
        g_array_append_val (found, i);
    }

  return found;
}

/* At most @n of @from, from the first to the last. */
static void
take_evenly (GArray *taken,
             GArray *from,
             guint   n)
{
  n = MIN (n, from->len);
  for (guint i = 0; i < n; i++)
    g_array_append_val (taken,
                        g_array_index (from, guint, n > 1 ? i * (from->len - 1) / (n - 1) : 0));
}

/* What has a curve comes first; a straight line to compare it with is kept. */
static GArray *
choose_series (HsCost *cost,
               guint  *n_all)
{
  g_autoptr(GArray) curves = find_series (cost, TRUE);
  g_autoptr(GArray) levels = find_series (cost, FALSE);
  GArray *taken = g_array_new (FALSE, FALSE, sizeof (guint));

  take_evenly (taken, curves, LINES_MAX - MIN (levels->len, 1));
  if (curves->len > 0)
    take_evenly (taken, levels, MIN (levels->len, 2));
  else
    take_evenly (taken, levels, LINES_MAX);
  g_array_set_size (taken, MIN (taken->len, LINES_MAX));
  *n_all = 0;
  for (guint i = 0; i < hs_cost_get_n (cost); i++)
    *n_all += is_known (hs_cost_get (cost, i)) ? 1 : 0;

  return taken;
}

static void
add_series_line (HsCostScene *self,
                 HsCostChart *chart,
                 guint        item,
                 guint        rank,
                 guint        longest,
                 double       top)
{
  const HsCostClass *cost = hs_cost_get (self->cost, item);
  HsCostLine         line = { item, cost->has_slots, rank, self->points->len, cost->n_series };

  for (guint i = 0; i < cost->n_series; i++)
    {
      HsCostPoint point = { chart->plot.x + chart->plot.width * i / MAX (longest - 1, 1),
                            get_linear_y (&chart->plot, top, cost->series[i]), item };

      g_array_append_val (self->points, point);
    }
  g_array_append_val (chart->lines, line);
}

/* The names of lines stand at their ends, pushed apart where these meet. */
static void
add_series_names (HsCostScene *self,
                  HsCostChart *chart)
{
  double previous = HUGE_VAL;

  for (guint n = 0; n < chart->lines->len; n++)
    {
      const HsCostLine  *next = NULL;
      const HsCostPoint *next_point = NULL;
      g_autofree char   *name = NULL;
      double             y;

      for (guint i = 0; i < chart->lines->len; i++)
        {
          HsCostLine        *line = &g_array_index (chart->lines, HsCostLine, i);
          const HsCostPoint *point =
            &g_array_index (self->points, HsCostPoint, line->first_point + line->n_points - 1);

          /* From below; those that are done are marked by their rank's high bit. */
          if ((line->rank & 0x100) == 0 && (next == NULL || point->y > next_point->y))
            {
              next = line;
              next_point = point;
            }
        }
      y = MIN (next_point->y, previous - LINE_HEIGHT);
      name = hs_cost_name (self->cost, next->item);
      add_label (self, HS_TEXT_QUIET, name, chart->plot.x + chart->plot.width + 12, y);
      ((HsCostLine *)next)->rank |= 0x100;
      previous = y;
    }
  for (guint i = 0; i < chart->lines->len; i++)
    g_array_index (chart->lines, HsCostLine, i).rank &= 0xff;
}

/* Returns: whether there is something to draw */
static gboolean
add_series_chart (HsCostScene *self,
                  double       x,
                  double       y)
{
  guint n_all;
  g_autoptr(GArray) series = choose_series (self->cost, &n_all);
  HsCostChart     *chart = &self->charts[0];
  g_autofree char *title = NULL;
  guint64          most = 0;
  guint            longest = 0;
  double           step;
  double           top;

  if (series->len == 0)
    return FALSE;

  for (guint i = 0; i < series->len; i++)
    {
      const HsCostClass *cost = hs_cost_get (self->cost, g_array_index (series, guint, i));

      longest = MAX (longest, cost->n_series);
      for (guint j = 0; j < cost->n_series; j++)
        most = MAX (most, cost->series[j]);
    }
  title = series->len == n_all
    ? g_strdup (_("First instances of a class"))
    /* translators: a chart shows the first number of classes of the second */
    : g_strdup_printf (_("First instances of %1$u of %2$u classes"), series->len, n_all);
  begin_chart (self, chart, x, y, title);
  step = get_step (most);
  top = step * ceil ((double)MAX (most, 1) / step);
  for (double level = 0; level <= top; level += step)
    add_tick (self, chart, get_linear_y (&chart->plot, top, (guint64)level), (guint64)level);
  for (guint i = 0; i < series->len; i++)
    add_series_line (self, chart, g_array_index (series, guint, i), i, longest, top);
  add_series_names (self, chart);
  add_x_numbers (self, chart, 1, longest, _("instance"));

  return TRUE;
}

/* By number of attributes */

static guint
count_different (HsCost  *cost,
                 gboolean has_slots)
{
  guint n = 0;
  guint last = G_MAXUINT;

  for (guint i = 0; i < hs_cost_get_n (cost); i++)
    {
      const HsCostClass *one = hs_cost_get (cost, i);

      if (one->has_slots != has_slots || !one->is_steady || one->n_attributes == last)
        continue;
      last = one->n_attributes;
      n++;
    }

  return n;
}

static void
add_attribute_line (HsCostScene *self,
                    HsCostChart *chart,
                    gboolean     has_slots,
                    guint        last,
                    double       low,
                    double       high)
{
  HsCostLine line = { HS_NO_ITEM, has_slots, 0, self->points->len, 0 };

  for (guint i = 0; i < hs_cost_get_n (self->cost); i++)
    {
      const HsCostClass *cost = hs_cost_get (self->cost, i);
      HsCostPoint        point;

      if (cost->has_slots != has_slots || !cost->is_steady)
        continue;
      point.x = chart->plot.x + chart->plot.width * cost->n_attributes / MAX (last, 1);
      point.y = get_log_y (&chart->plot, low, high, cost->bytes);
      point.item = i;
      g_array_append_val (self->points, point);
      line.n_points++;
    }
  if (line.n_points > 0)
    g_array_append_val (chart->lines, line);
}

/* Three sizes make a curve; fewer are read better in the table. */
static gboolean
add_attribute_chart (HsCostScene *self,
                     double       x,
                     double       y)
{
  HsCostChart *chart = &self->charts[1];
  guint64      least = G_MAXUINT64;
  guint64      most = 1;
  guint        last = 0;
  double       low;
  double       high;

  if (count_different (self->cost, FALSE) < 3 && count_different (self->cost, TRUE) < 3)
    return FALSE;

  for (guint i = 0; i < hs_cost_get_n (self->cost); i++)
    {
      const HsCostClass *cost = hs_cost_get (self->cost, i);

      if (!cost->is_steady)
        continue;
      least = MIN (least, MAX (cost->bytes, 1));
      most = MAX (most, cost->bytes);
      last = MAX (last, cost->n_attributes);
    }
  low = floor (log2 ((double)least));
  high = ceil (log2 ((double)most));
  begin_chart (self, chart, x, y, _("Bytes of an instance by its attributes"));
  for (double level = low; level <= high; level++)
    add_tick (self, chart, get_log_y (&chart->plot, low, high, (guint64)exp2 (level)),
              (guint64)exp2 (level));
  add_attribute_line (self, chart, FALSE, last, low, high);
  add_attribute_line (self, chart, TRUE, last, low, high);
  add_x_numbers (self, chart, 0, last, _("attributes; each level line is twice the one below"));

  return TRUE;
}

/* Table */

static void
add_head (HsCostScene *self,
          double       y)
{
  double x = HS_COST_MARGIN;

  add_label (self, HS_TEXT_QUIET, _("Class"), x + COLUMN_NAME, y);
  add_number (self, HS_TEXT_QUIET, _("Attributes"), x + COLUMN_ATTRIBUTES, y);
  add_number (self, HS_TEXT_QUIET, _("Instances"), x + COLUMN_INSTANCES, y);
  add_number (self, HS_TEXT_QUIET, _("Each"), x + COLUMN_BYTES, y);
  add_number (self, HS_TEXT_QUIET, _("A million"), x + COLUMN_MILLION, y);
}

static void
add_row (HsCostScene *self,
         guint        i,
         double       y)
{
  const HsCostClass *cost = hs_cost_get (self->cost, i);
  const HsText      *name =
    hs_texts_shape (self->texts, HS_TEXT_LABEL, cost->name, COLUMN_KIND - COLUMN_NAME - 16);
  HsCostLabel      label = { name, HS_COST_MARGIN + COLUMN_NAME, y, FALSE };
  g_autofree char *attributes = g_strdup_printf ("%u", cost->n_attributes);
  g_autofree char *instances = hs_format_count (cost->n_instances);
  g_autofree char *bytes = hs_format_bytes (cost->bytes);
  g_autofree char *million = NULL;
  double           x = HS_COST_MARGIN;

  g_array_append_val (self->labels, label);
  add_label (self, HS_TEXT_QUIET,
             cost->has_slots ? _("with __slots__") : _("without __slots__"), x + COLUMN_KIND, y);
  add_number (self, HS_TEXT_NUMBER, attributes, x + COLUMN_ATTRIBUTES, y);
  add_number (self, HS_TEXT_NUMBER, instances, x + COLUMN_INSTANCES, y);
  add_number (self, HS_TEXT_NUMBER, bytes, x + COLUMN_BYTES, y);
  million = !cost->is_steady || cost->bytes > G_MAXUINT64 / 2000000
    ? g_strdup (_("too few to say"))
    : hs_format_bytes (cost->bytes * 1000000);
  add_number (self, HS_TEXT_NUMBER, million, x + COLUMN_MILLION, y);
}

static void
place (HsCostScene *self)
{
  g_autofree char *findings = hs_cost_dup_findings (self->cost);
  g_auto(GStrv) lines = g_strsplit (findings != NULL ? findings : "", "\n", -1);
  double   y = HS_COST_MARGIN;
  double   x = HS_COST_MARGIN;
  double   right = HS_COST_MARGIN + COLUMN_MILLION;
  gboolean has_chart = FALSE;

  for (gsize i = 0; lines[i] != NULL && *lines[i] != '\0'; i++, y += LINE_HEIGHT)
    {
      add_label (self, HS_TEXT_LABEL, lines[i], x, y + LINE_HEIGHT / 2);
      right = MAX (
        right, x + g_array_index (self->labels, HsCostLabel, self->labels->len - 1).text->width);
    }
  y += y > HS_COST_MARGIN ? SECTION_GAP : 0;
  if (add_series_chart (self, x, y))
    {
      x += AXIS_WIDTH + PLOT_WIDTH + NAME_WIDTH + CHART_GAP;
      right = MAX (right, x - CHART_GAP);
      has_chart = TRUE;
    }
  if (add_attribute_chart (self, x, y))
    {
      right = MAX (right, x + AXIS_WIDTH + PLOT_WIDTH);
      has_chart = TRUE;
    }
  for (guint i = 0; i < self->labels->len; i++)
    {
      const HsCostLabel *label = &g_array_index (self->labels, HsCostLabel, i);

      right = MAX (right, label->x + label->text->width);
    }
  if (has_chart)
    y += LINE_HEIGHT + 12 + PLOT_HEIGHT + 2 * LINE_HEIGHT + 12 + SECTION_GAP;
  add_head (self, y + HS_COST_ROW_HEIGHT / 2);
  self->table_y = y + HS_COST_ROW_HEIGHT;
  for (guint i = 0; i < self->parent.n_items; i++)
    add_row (self, i, self->table_y + HS_COST_ROW_HEIGHT * (i + 0.5));
  self->parent.width = ceil (right) + HS_COST_MARGIN;
  self->parent.height =
    self->table_y + HS_COST_ROW_HEIGHT * self->parent.n_items + HS_COST_MARGIN;
}

/* The view */

static void
cost_scene_finalize (HsScene *scene)
{
  HsCostScene *self = (HsCostScene *)scene;

  for (guint i = 0; i < G_N_ELEMENTS (self->charts); i++)
    {
      g_clear_pointer (&self->charts[i].ticks, g_array_unref);
      g_clear_pointer (&self->charts[i].lines, g_array_unref);
    }
  g_clear_pointer (&self->points, g_array_unref);
  g_clear_pointer (&self->labels, g_array_unref);
  g_clear_pointer (&self->texts, hs_texts_free);
  g_clear_pointer (&self->cost, hs_cost_free);
}

static void
cost_scene_get_item_rect (HsScene *scene,
                          guint    item,
                          HsRect  *rect)
{
  HsCostScene *self = (HsCostScene *)scene;

  *rect = (HsRect) { HS_COST_MARGIN, self->table_y + HS_COST_ROW_HEIGHT * item,
                     scene->width - 2 * HS_COST_MARGIN, HS_COST_ROW_HEIGHT };
}

static guint64
cost_scene_get_item_key (HsScene *scene,
                         guint    item)
{
  return hs_cost_get (((HsCostScene *)scene)->cost, item)->type;
}

static guint32
cost_scene_get_item_object (HsScene *scene,
                            guint    item)
{
  return hs_cost_get (((HsCostScene *)scene)->cost, item)->object;
}

/* The class of any instance. */
static guint
cost_scene_find_object (HsScene *scene,
                        guint32  object)
{
  HsCostScene          *self = (HsCostScene *)scene;
  const HsSnapshotView *view = hs_heap_get_view (scene->heap);

  for (guint i = 0; object < view->n_objects && i < scene->n_items; i++)
    if (hs_cost_get (self->cost, i)->type == hs_snapshot_view_get_type (view, object))
      return i;

  return HS_NO_ITEM;
}

/* A row of the table, or a point of a chart. */
static HsHit
cost_scene_hit (HsScene *scene,
                double   x,
                double   y)
{
  HsCostScene *self = (HsCostScene *)scene;
  HsHit        hit = { HS_HIT_NOTHING, HS_NO_ITEM, HS_NO_ITEM };
  double       row = floor ((y - self->table_y) / HS_COST_ROW_HEIGHT);

  if (row >= 0 && row < scene->n_items && x >= HS_COST_MARGIN && x < scene->width - HS_COST_MARGIN)
    return (HsHit) { HS_HIT_ITEM, (guint)row, HS_NO_ITEM };

  for (guint i = 0; i < self->points->len; i++)
    {
      const HsCostPoint *point = &g_array_index (self->points, HsCostPoint, i);

      if (fabs (point->x - x) <= HS_COST_POINT + 1 && fabs (point->y - y) <= HS_COST_POINT + 1)
        hit = (HsHit) { HS_HIT_ITEM, point->item, HS_NO_ITEM };
    }

  return hit;
}

static char *
cost_scene_name_item (HsScene *scene,
                      guint    item)
{
  return hs_cost_name (((HsCostScene *)scene)->cost, item);
}

static char *
cost_scene_describe_item (HsScene *scene,
                          guint    item)
{
  return hs_cost_describe (((HsCostScene *)scene)->cost, item);
}

static char *
cost_scene_to_text (HsScene *scene)
{
  return hs_cost_to_text (((HsCostScene *)scene)->cost);
}

static char *
cost_scene_dump (HsScene *scene)
{
  HsCostScene *self = (HsCostScene *)scene;
  GString     *text = g_string_new (NULL);

  g_string_append_printf (text, "scene %d,%d\n", (int)scene->width, (int)scene->height);
  for (guint i = 0; i < self->labels->len; i++)
    {
      const HsCostLabel *label = &g_array_index (self->labels, HsCostLabel, i);

      g_string_append_printf (text, "text “%s” %d,%d %d\n", label->text->string, (int)label->x,
                              (int)label->y, (int)ceil (label->text->width));
    }
  for (guint i = 0; i < self->points->len; i++)
    {
      const HsCostPoint *point = &g_array_index (self->points, HsCostPoint, i);

      g_string_append_printf (text, "point %u %d,%d\n", point->item, (int)point->x, (int)point->y);
    }

  return g_string_free (text, FALSE);
}

static const HsLegendEntry *
cost_scene_get_legend (HsScene *scene,
                       guint   *n_entries)
{
  static HsLegendEntry entries[2];
  static gsize         is_ready = 0;

  if (g_once_init_enter (&is_ready))
    {
      entries[0] =
        (HsLegendEntry) { _hs_cost_scene_draw_sample, 0, _("instance without __slots__") };
      entries[1] = (HsLegendEntry) { _hs_cost_scene_draw_sample, 1, _("instance with __slots__") };
      g_once_init_leave (&is_ready, 1);
    }
  *n_entries = G_N_ELEMENTS (entries);

  return entries;
}

static const HsSceneClass cost_scene_class = {
  .view = "layout",
  .is_page = TRUE,
  .finalize = cost_scene_finalize,
  .get_item_rect = cost_scene_get_item_rect,
  .get_item_key = cost_scene_get_item_key,
  .get_item_object = cost_scene_get_item_object,
  .find_object = cost_scene_find_object,
  .hit = cost_scene_hit,
  .name_item = cost_scene_name_item,
  .describe_item = cost_scene_describe_item,
  .to_text = cost_scene_to_text,
  .dump = cost_scene_dump,
  .draw = _hs_cost_scene_draw,
  .get_legend = cost_scene_get_legend,
};

HsScene *
hs_cost_scene_new (HsHeap       *heap,
                   const char   *language,
                   GCancellable *cancellable,
                   GError      **error)
{
  g_autoptr(HsCost) cost = hs_cost_new (heap, cancellable, error);
  HsCostScene *self;

  if (cost == NULL)
    return NULL;
  if (hs_cost_get_n (cost) == 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                   _("The code has no instances of classes of its own, so there is no curve of "
                     "what they cost."));
      return NULL;
    }

  self = _hs_scene_alloc (&cost_scene_class, sizeof *self, heap, language);
  self->parent.n_items = hs_cost_get_n (cost);
  self->cost = g_steal_pointer (&cost);
  self->texts = hs_texts_new (self->parent.language);
  self->points = g_array_new (FALSE, FALSE, sizeof (HsCostPoint));
  self->labels = g_array_new (FALSE, FALSE, sizeof (HsCostLabel));
  place (self);
  hs_texts_seal (self->texts);

  return &self->parent;
}
