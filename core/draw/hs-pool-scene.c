/* hs-pool-scene.c - map of the pools of Python's arenas
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "hs-format.h"
#include "hs-pool-scene-private.h"

#define LINE_HEIGHT  22.
#define SECTION_GAP  24.
#define BAR_WIDTH    320.
#define LABEL_WIDTH  112. /* of the names of strips */
#define ARENA_GAP    8.
#define LARGE_BLOCKS 4  /* arenas of which each block is drawn */
#define LARGE_CELLS  48 /* arenas whose cells have room for a number */

/* Keys of cells lie above those of rows, which are sizes. */
#define CELL_KEY G_GUINT64_CONSTANT (0x100000000)

/* Right ends of the table's columns. */
static const double columns[] = { 72, 160, 280, 400, 520, 640 };
#define COLUMN_BAR 672.

/* Texts */

static const HsText *
add_label (HsPoolScene *self,
           HsTextStyle  style,
           const char  *text,
           double       x,
           double       y)
{
  HsPoolLabel label = { hs_texts_shape (self->texts, style, text, -1), x, y,
                        style == HS_TEXT_QUIET };

  g_array_append_val (self->labels, label);

  return label.text;
}

/* Ends at @x. */
static void
add_number (HsPoolScene *self,
            HsTextStyle  style,
            const char  *text,
            double       x,
            double       y)
{
  const HsText *shaped = hs_texts_shape (self->texts, style, text, -1);
  HsPoolLabel   label = { shaped, x - shaped->width, y, style == HS_TEXT_QUIET };

  g_array_append_val (self->labels, label);
}

/* Sums */

void
_hs_pool_scene_get_shares (const HsPoolSum *sum,
                           HsPoolShares    *shares)
{
  guint64 in_use = sum->used_bytes + sum->hole_bytes + sum->never_bytes + sum->lost_bytes;
  guint64 n_in_use = sum->n_in_state[HS_POOL_IN_USE];

  *shares = (HsPoolShares) { sum->used_bytes - sum->baseline_bytes, sum->baseline_bytes,
                             sum->hole_bytes, sum->never_bytes, sum->lost_bytes, in_use };
  if (n_in_use > 0)
    {
      shares->other += in_use / n_in_use * (sum->n_pools - n_in_use);
      shares->all += in_use / n_in_use * (sum->n_pools - n_in_use);
    }
}

static void
add_bar (HsPoolScene     *self,
         const HsPoolSum *sum,
         double           x,
         double           y,
         double           width)
{
  HsPoolBar bar = { { x, y - HS_POOL_BAR_HEIGHT / 2, width, HS_POOL_BAR_HEIGHT }, { 0 } };

  _hs_pool_scene_get_shares (sum, &bar.shares);
  g_array_append_val (self->bars, bar);
}

/* Returns: the bottom */
static double
place_sentences (HsPoolScene *self,
                 double       y)
{
  g_autofree char *findings = hs_pool_map_dup_findings (self->map);
  g_auto(GStrv) lines = g_strsplit (findings, "\n", -1);

  for (gsize i = 0; lines[i] != NULL; i++, y += LINE_HEIGHT)
    add_label (self, HS_TEXT_LABEL, lines[i], HS_POOL_MARGIN, y + LINE_HEIGHT / 2);

  return y + SECTION_GAP;
}

/* The parts of all arenas, as far as there are any. */
static double
place_parts (HsPoolScene *self,
             double       y)
{
  const HsPoolSum *all = hs_pool_map_get_all (self->map);
  guint64          total = 0;

  for (guint i = 0; i < HS_N_POOL_PARTS; i++)
    total += hs_pool_map_get_part (self->map, (HsPoolPart)i);
  for (guint i = 0; i < HS_N_POOL_PARTS; i++)
    {
      guint64          part = hs_pool_map_get_part (self->map, (HsPoolPart)i);
      g_autofree char *bytes = hs_format_bytes (part);
      g_autofree char *percent = NULL;

      if (part == 0)
        continue;
      percent = g_strdup_printf ("%.1f%%", 100. * (double)part / (double)MAX (total, 1));
      add_number (self, HS_TEXT_NUMBER, bytes, HS_POOL_MARGIN + columns[1], y + LINE_HEIGHT / 2);
      add_number (self, HS_TEXT_QUIET, percent, HS_POOL_MARGIN + columns[1] + 64,
                  y + LINE_HEIGHT / 2);
      add_label (self, HS_TEXT_LABEL, hs_pool_map_get_part_name (self->map, (HsPoolPart)i),
                 HS_POOL_MARGIN + columns[1] + 80, y + LINE_HEIGHT / 2);
      y += LINE_HEIGHT;
    }
  add_bar (self, all, HS_POOL_MARGIN, y + LINE_HEIGHT / 2 + 2, COLUMN_BAR + BAR_WIDTH);

  return y + LINE_HEIGHT + SECTION_GAP;
}

/* Table */

static void
add_head (HsPoolScene *self,
          double       y)
{
  const char *const heads[] = {
    _("Block"), _("Pools"), _("Used"), _("Holes"), _("Never used"), _("Lost") };

  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    add_number (self, HS_TEXT_QUIET, heads[i], HS_POOL_MARGIN + columns[i], y);
  add_label (self, HS_TEXT_QUIET, _("of the bytes of its pools"), HS_POOL_MARGIN + COLUMN_BAR, y);
}

static void
add_row (HsPoolScene *self,
         guint        i,
         guint64      most,
         double       y)
{
  const HsPoolSum *sum = hs_pool_map_get_class (self->map, i);
  g_autofree char *size = hs_format_bytes (sum->block_size);
  g_autofree char *pools = hs_format_count (sum->n_pools);
  g_autofree char *used = hs_format_count (sum->n_used);
  g_autofree char *holes = hs_format_count (sum->n_holes);
  g_autofree char *never = hs_format_count (sum->n_never);
  g_autofree char *lost = hs_format_bytes (sum->lost_bytes);
  const char      *texts[] = { size, pools, used, holes, never, lost };

  for (guint j = 0; j < G_N_ELEMENTS (texts); j++)
    add_number (self, HS_TEXT_NUMBER, texts[j], HS_POOL_MARGIN + columns[j], y);
  add_bar (self, sum, HS_POOL_MARGIN + COLUMN_BAR, y,
           MAX (BAR_WIDTH * (double)sum->n_pools / (double)MAX (most, 1), 2));
}

static double
place_table (HsPoolScene *self,
             double       y)
{
  guint64 most = 0;

  for (guint i = 0; i < self->n_rows; i++)
    most = MAX (most, hs_pool_map_get_class (self->map, i)->n_pools);
  add_head (self, y + HS_POOL_ROW_HEIGHT / 2);
  self->table_y = y + HS_POOL_ROW_HEIGHT;
  self->table_width = COLUMN_BAR + BAR_WIDTH;
  for (guint i = 0; i < self->n_rows; i++)
    add_row (self, i, most, self->table_y + HS_POOL_ROW_HEIGHT * (i + 0.5));

  return self->table_y + HS_POOL_ROW_HEIGHT * self->n_rows + SECTION_GAP;
}

/* Map */

static void
choose_cells (HsPoolScene *self)
{
  const HsSnapshotView *view = hs_heap_get_view (self->parent.heap);
  guint32               lines = 1;

  self->pools_per_cell = 1;
  while (view->n_pools / self->pools_per_cell > HS_POOL_CELLS_MAX)
    self->pools_per_cell *= 2;
  self->n_cells = view->n_pools / self->pools_per_cell + (view->n_pools % self->pools_per_cell > 0);
  self->cells_per_strip = MAX (hs_snapshot_view_get_pools_per_arena (view), 1);
  self->shows_blocks = view->n_arenas <= LARGE_BLOCKS;
  self->shows_sizes = view->n_arenas <= LARGE_CELLS;
  self->gap = self->shows_blocks ? 8 : 2;
  self->cell_width = self->shows_blocks ? 128 : self->shows_sizes ? 30
                                                                  : 14;
  self->cell_height = self->shows_blocks ? 128 : self->shows_sizes ? 30
                                                                   : 22;
  self->cells_per_line =
    MIN (self->cells_per_strip, self->shows_blocks ? 8 : self->shows_sizes ? 32
                                                                           : 64);
  lines = (self->cells_per_strip + self->cells_per_line - 1) / self->cells_per_line;
  if (self->shows_blocks)
    self->gap += LINE_HEIGHT - 8;
  self->strip_height = lines * (self->cell_height + self->gap) + ARENA_GAP;
}

void
_hs_pool_scene_get_cell_rect (HsPoolScene *self,
                              guint32      cell,
                              HsRect      *rect)
{
  guint32 strip = cell / self->cells_per_strip;
  guint32 in_strip = cell % self->cells_per_strip;

  *rect = (HsRect) { self->map_x + (in_strip % self->cells_per_line) *
                                     (self->cell_width + (self->shows_blocks ? 8 : self->gap)),
                     self->map_y + strip * self->strip_height +
                       in_strip / self->cells_per_line * (self->cell_height + self->gap),
                     self->cell_width, self->cell_height };
}

static void
add_strip_names (HsPoolScene *self)
{
  const HsSnapshotView *view = hs_heap_get_view (self->parent.heap);
  guint32               n_strips =
    (self->n_cells + self->cells_per_strip - 1) / self->cells_per_strip;

  for (guint32 i = 0; i < n_strips; i++)
    {
      guint32          first = i * self->pools_per_cell + 1;
      guint32          last = MIN (view->n_arenas, first + self->pools_per_cell - 1);
      g_autofree char *name = NULL;
      HsRect           rect;

      if (first == last)
        /* translators: %u is a position */
        name = g_strdup_printf (_("Arena %u"), first);
      else
        /* translators: positions of the first and the last of a row */
        name = g_strdup_printf (_("Arenas %1$u–%2$u"), first, last);
      _hs_pool_scene_get_cell_rect (self, i * self->cells_per_strip, &rect);
      add_label (self, HS_TEXT_QUIET, name, HS_POOL_MARGIN,
                 rect.y + MIN (rect.height, LINE_HEIGHT) / 2);
    }
}

/* Above or in a cell. */
static void
shape_sizes (HsPoolScene *self)
{
  for (guint i = 0; self->shows_sizes && i < self->n_rows; i++)
    {
      guint32          size = hs_pool_map_get_class (self->map, i)->block_size;
      g_autofree char *text = g_strdup_printf ("%u", size);
      g_autofree char *bytes = hs_format_bytes (size);

      self->sizes[size / HS_GRANULE % G_N_ELEMENTS (self->sizes)] =
        hs_texts_shape (self->texts, HS_TEXT_QUIET, self->shows_blocks ? bytes : text, -1);
    }
}

static double
place_map (HsPoolScene *self,
           double       y)
{
  g_autofree char *title = NULL;
  HsRect           last;

  choose_cells (self);
  if (self->pools_per_cell > 1)
    /* translators: %u is a number, at least 2 */
    title = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Pools by address: each cell is %u pool",
                                          "Pools by address: each cell is %u pools",
                                          self->pools_per_cell),
                             self->pools_per_cell);
  else if (self->shows_blocks)
    title = g_strdup (_("Pools by address, with each of their blocks"));
  else
    title = g_strdup (_("Pools by address: each cell is a pool"));
  add_label (self, HS_TEXT_TITLE, title, HS_POOL_MARGIN, y + LINE_HEIGHT / 2);
  self->map_x = HS_POOL_MARGIN + LABEL_WIDTH;
  self->map_y = y + LINE_HEIGHT + (self->shows_blocks ? LINE_HEIGHT : 8);
  add_strip_names (self);
  shape_sizes (self);
  _hs_pool_scene_get_cell_rect (self, self->n_cells - 1, &last);

  return last.y + last.height;
}

static void
place (HsPoolScene *self)
{
  double right = HS_POOL_MARGIN + COLUMN_BAR + BAR_WIDTH;
  double y = place_sentences (self, HS_POOL_MARGIN);
  HsRect rect;

  y = place_parts (self, y);
  y = place_table (self, y);
  self->parent.height = place_map (self, y) + HS_POOL_MARGIN;
  _hs_pool_scene_get_cell_rect (self, MIN (self->n_cells, self->cells_per_line) - 1, &rect);
  right = MAX (right, rect.x + rect.width);
  for (guint i = 0; i < self->labels->len; i++)
    {
      const HsPoolLabel *label = &g_array_index (self->labels, HsPoolLabel, i);

      right = MAX (right, label->x + label->text->width);
    }
  self->parent.width = ceil (right) + HS_POOL_MARGIN;
  self->parent.n_items = self->n_rows + self->n_cells;
}

/* The view */

static void
pool_scene_finalize (HsScene *scene)
{
  HsPoolScene *self = (HsPoolScene *)scene;

  g_clear_pointer (&self->labels, g_array_unref);
  g_clear_pointer (&self->bars, g_array_unref);
  g_clear_pointer (&self->texts, hs_texts_free);
  g_clear_pointer (&self->map, hs_pool_map_free);
}

static guint32
get_first_pool (HsPoolScene *self,
                guint        item)
{
  return (item - self->n_rows) * self->pools_per_cell;
}

static void
pool_scene_get_item_rect (HsScene *scene,
                          guint    item,
                          HsRect  *rect)
{
  HsPoolScene *self = (HsPoolScene *)scene;

  if (item < self->n_rows)
    *rect = (HsRect) { HS_POOL_MARGIN, self->table_y + HS_POOL_ROW_HEIGHT * item, self->table_width,
                       HS_POOL_ROW_HEIGHT };
  else
    _hs_pool_scene_get_cell_rect (self, item - self->n_rows, rect);
}

static guint64
pool_scene_get_item_key (HsScene *scene,
                         guint    item)
{
  HsPoolScene *self = (HsPoolScene *)scene;

  return item < self->n_rows ? hs_pool_map_get_class (self->map, item)->block_size
                             : CELL_KEY + get_first_pool (self, item);
}

static guint
pool_scene_find_key (HsScene *scene,
                     guint64  key)
{
  HsPoolScene *self = (HsPoolScene *)scene;

  if (key >= CELL_KEY)
    return (key - CELL_KEY) / self->pools_per_cell < self->n_cells
             ? self->n_rows + (guint)((key - CELL_KEY) / self->pools_per_cell)
             : HS_NO_ITEM;
  for (guint i = 0; i < self->n_rows; i++)
    if (hs_pool_map_get_class (self->map, i)->block_size == key)
      return i;

  return HS_NO_ITEM;
}

static guint32
pool_scene_get_item_object (HsScene *scene,
                            guint    item)
{
  HsPoolScene *self = (HsPoolScene *)scene;

  if (item < self->n_rows)
    return HS_NO_OBJECT;

  return hs_pool_map_find_largest (self->map, get_first_pool (self, item), self->pools_per_cell);
}

static guint
pool_scene_find_object (HsScene *scene,
                        guint32  object)
{
  HsPoolScene *self = (HsPoolScene *)scene;
  guint32      pool;

  return hs_pool_map_find_object (self->map, object, &pool)
           ? self->n_rows + pool / self->pools_per_cell
           : HS_NO_ITEM;
}

static HsHit
hit_map (HsPoolScene *self,
         double       x,
         double       y)
{
  HsHit   nothing = { HS_HIT_NOTHING, HS_NO_ITEM, HS_NO_ITEM };
  double  strip = floor ((y - self->map_y) / self->strip_height);
  double  line;
  double  column = floor ((x - self->map_x) /
                          (self->cell_width + (self->shows_blocks ? 8 : self->gap)));
  guint64 cell;
  HsRect  rect;

  if (!(strip >= 0) || !(column >= 0) || column >= self->cells_per_line ||
      strip * self->cells_per_strip >= self->n_cells)
    return nothing;
  line = floor ((y - self->map_y - strip * self->strip_height) / (self->cell_height + self->gap));
  cell = (guint64)line * self->cells_per_line + (guint64)column;
  if (cell >= self->cells_per_strip)
    return nothing;
  cell += (guint64)strip * self->cells_per_strip;
  if (cell >= self->n_cells)
    return nothing;
  _hs_pool_scene_get_cell_rect (self, (guint32)cell, &rect);
  if (x >= rect.x + rect.width || y >= rect.y + rect.height)
    return nothing;

  return (HsHit) { HS_HIT_ITEM, self->n_rows + (guint)cell, HS_NO_ITEM };
}

static HsHit
pool_scene_hit (HsScene *scene,
                double   x,
                double   y)
{
  HsPoolScene *self = (HsPoolScene *)scene;
  double       row = floor ((y - self->table_y) / HS_POOL_ROW_HEIGHT);

  if (row >= 0 && row < self->n_rows && x >= HS_POOL_MARGIN &&
      x < HS_POOL_MARGIN + self->table_width)
    return (HsHit) { HS_HIT_ITEM, (guint)row, HS_NO_ITEM };

  return hit_map (self, x, y);
}

static char *
pool_scene_name_item (HsScene *scene,
                      guint    item)
{
  HsPoolScene *self = (HsPoolScene *)scene;

  return item < self->n_rows
           ? hs_pool_map_name_class (self->map, item)
           : hs_pool_map_name (self->map, get_first_pool (self, item), self->pools_per_cell);
}

static char *
pool_scene_describe_item (HsScene *scene,
                          guint    item)
{
  HsPoolScene *self = (HsPoolScene *)scene;

  return item < self->n_rows
           ? hs_pool_map_describe_class (self->map, item)
           : hs_pool_map_describe (self->map, get_first_pool (self, item), self->pools_per_cell);
}

static char *
pool_scene_to_text (HsScene *scene)
{
  return hs_pool_map_to_text (((HsPoolScene *)scene)->map);
}

static char *
pool_scene_dump (HsScene *scene)
{
  HsPoolScene *self = (HsPoolScene *)scene;
  GString     *text = g_string_new (NULL);

  g_string_append_printf (text, "scene %d,%d cells %u of %u pools\n", (int)scene->width,
                          (int)scene->height, self->n_cells, self->pools_per_cell);
  for (guint i = 0; i < self->labels->len; i++)
    {
      const HsPoolLabel *label = &g_array_index (self->labels, HsPoolLabel, i);

      g_string_append_printf (text, "text “%s” %d,%d %d\n", label->text->string, (int)label->x,
                              (int)label->y, (int)ceil (label->text->width));
    }
  for (guint i = self->n_rows; i < scene->n_items; i++)
    {
      g_autofree char *name = pool_scene_name_item (scene, i);
      HsRect           rect;

      pool_scene_get_item_rect (scene, i, &rect);
      g_string_append_printf (text, "cell %d,%d %s\n", (int)rect.x, (int)rect.y, name);
    }

  return g_string_free (text, FALSE);
}

/* clang-format off */
static const char *const sample_texts[HS_N_POOL_SAMPLES] = {
  [HS_POOL_SAMPLE_CODE] = N_("used; a known object: in the hue of its kind"),
  [HS_POOL_SAMPLE_OTHERS] = N_("used, of no known object"),
  [HS_POOL_SAMPLE_BASELINE] = N_("used by the interpreter"),
  [HS_POOL_SAMPLE_HOLES] = N_("hole: given back, between used blocks"),
  [HS_POOL_SAMPLE_NEVER] = N_("never used"),
  [HS_POOL_SAMPLE_FREE] = N_("free pool"),
  [HS_POOL_SAMPLE_UNTOUCHED] = N_("untouched pool"),
  [HS_POOL_SAMPLE_DAMAGED] = N_("damaged pool"),
};
/* clang-format on */

/* Of what the map has. */
static void
make_legend (HsPoolScene *self)
{
  const HsPoolSum *all = hs_pool_map_get_all (self->map);
  const gboolean   has[HS_N_POOL_SAMPLES] = {
      [HS_POOL_SAMPLE_CODE] = all->used_bytes > all->baseline_bytes,
      [HS_POOL_SAMPLE_OTHERS] = self->shows_blocks && all->used_bytes > all->baseline_bytes,
      [HS_POOL_SAMPLE_BASELINE] = all->baseline_bytes > 0,
      [HS_POOL_SAMPLE_HOLES] = all->hole_bytes > 0,
      [HS_POOL_SAMPLE_NEVER] = all->never_bytes > 0,
      [HS_POOL_SAMPLE_FREE] = all->n_in_state[HS_POOL_FREE] > 0,
      [HS_POOL_SAMPLE_UNTOUCHED] = all->n_in_state[HS_POOL_UNTOUCHED] > 0,
      [HS_POOL_SAMPLE_DAMAGED] = all->n_in_state[HS_POOL_DAMAGED] > 0,
  };

  G_STATIC_ASSERT (G_N_ELEMENTS (self->legend) == HS_N_POOL_SAMPLES);
  for (guint i = 0; i < HS_N_POOL_SAMPLES; i++)
    {
      const char *text = _(sample_texts[i]);

      if (!has[i])
        continue;
      /* Where no block is seen, no object is. */
      if (i == HS_POOL_SAMPLE_CODE && !self->shows_blocks)
        text = hs_pool_map_has_ledger (self->map) ? _("used by the code") : _("used");
      self->legend[self->n_legend++] = (HsLegendEntry) { _hs_pool_scene_draw_sample, i, text };
    }
}

static const HsLegendEntry *
pool_scene_get_legend (HsScene *scene,
                       guint   *n_entries)
{
  HsPoolScene *self = (HsPoolScene *)scene;

  *n_entries = self->n_legend;

  return self->legend;
}

static const HsSceneClass pool_scene_class = {
  .view = "heap",
  .is_page = TRUE,
  .finalize = pool_scene_finalize,
  .get_item_rect = pool_scene_get_item_rect,
  .get_item_key = pool_scene_get_item_key,
  .get_item_object = pool_scene_get_item_object,
  .find_key = pool_scene_find_key,
  .find_object = pool_scene_find_object,
  .hit = pool_scene_hit,
  .name_item = pool_scene_name_item,
  .describe_item = pool_scene_describe_item,
  .to_text = pool_scene_to_text,
  .dump = pool_scene_dump,
  .draw = _hs_pool_scene_draw,
  .get_legend = pool_scene_get_legend,
};

HsScene *
hs_pool_scene_new (HsHeap       *heap,
                   const char   *language,
                   GCancellable *cancellable,
                   GError      **error)
{
  HsPoolMap   *map = hs_pool_map_new (heap, cancellable, error);
  HsPoolScene *self;

  if (map == NULL)
    return NULL;

  self = _hs_scene_alloc (&pool_scene_class, sizeof *self, heap, language);
  self->map = map;
  self->n_rows = hs_pool_map_get_n_classes (map);
  self->texts = hs_texts_new (self->parent.language);
  self->labels = g_array_new (FALSE, FALSE, sizeof (HsPoolLabel));
  self->bars = g_array_new (FALSE, FALSE, sizeof (HsPoolBar));
  place (self);
  make_legend (self);
  hs_texts_seal (self->texts);

  return &self->parent;
}
