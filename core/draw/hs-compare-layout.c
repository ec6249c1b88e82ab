/* hs-compare-layout.c - an object of each variant to scale
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "hs-compare-scene-private.h"
#include "hs-format.h"

#define BAR_X     24.
#define HEIGHT    20. /* of the bytes */
#define BLOCK_GAP 4.  /* between blocks of an object */
#define NAME_GAP  16.
#define ROW_GAP   16.
#define WORD      8                 /* bytes */
#define WORD_MIN  5.                /* scene units that a word has if it is drawn by itself */
#define CELLS_MAX 600               /* of one object */
#define BYTES_MAX (G_MAXUINT64 / 4) /* of a name: the sum of two does not overflow */
#define NAMES_MAX 64                /* of a variant, that are looked at */

/* The object that tells most about a variant. */
typedef struct
{
  HsAnatomy *anatomy;  /* owned; nullable */
  gboolean   is_whole; /* all that a name has, rather than one of many alike */
  double     length;   /* in bytes, of all that is drawn */
  guint64    bytes;    /* the same, but for numbers that no process has */
} Choice;

static void
choice_clear (gpointer data)
{
  Choice *self = data;

  g_clear_pointer (&self->anatomy, hs_anatomy_unref);
}

/* ---- Choosing ---- */

/* Of the classes of the code that with most instances. */
static guint32
find_instance (HsHeap *heap)
{
  guint64 n_left_out;
  g_autoptr(GArray) choices = hs_anatomy_choose (heap, &n_left_out);
  const HsAnatomyChoice *best = NULL;

  for (guint i = 0; i < choices->len; i++)
    {
      const HsAnatomyChoice *one = &g_array_index (choices, HsAnatomyChoice, i);

      if (hs_heap_get_family (heap, one->object) == HS_FAMILY_INSTANCE && one->n_kind > 0 &&
          (best == NULL || one->n_kind > best->n_kind))
        best = one;
    }

  return best != NULL ? best->object : HS_NO_OBJECT;
}

static gboolean
is_data (HsHeap *heap,
         guint32 object)
{
  HsFamily family = hs_heap_get_family (heap, object);

  return family != HS_FAMILY_CLASS && family != HS_FAMILY_MODULE && family != HS_FAMILY_CALLABLE &&
         (hs_heap_get_view (heap)->object_flags[object] & HS_OBJECT_BOUNDARY) == 0;
}

/* The names of a variant with what they hold, added to those of the others: bytes, and in how many
 * variants they are.
 */
typedef struct
{
  guint   n;
  guint64 bytes;
} Fame;

static void
count_names (HsHeap     *heap,
             GHashTable *names)
{
  const HsSnapshotView *view = hs_heap_get_view (heap);
  guint                 n = MIN (view->n_names, NAMES_MAX);
  g_autofree guint64   *deep = hs_heap_new_deep_of (heap, view->name_object, n);
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < n; i++)
    {
      const char *name = hs_snapshot_view_get_string (view, view->name_label[i]);
      Fame       *fame = g_hash_table_lookup (names, name);

      if (!is_data (heap, view->name_object[i]) || !g_hash_table_add (seen, (gpointer)name))
        continue;
      if (fame == NULL)
        {
          fame = g_new0 (Fame, 1);
          g_hash_table_insert (names, g_strdup (name), fame);
        }
      fame->n++;
      if (deep[i] != HS_BYTES_UNKNOWN)
        fame->bytes = MIN (fame->bytes + MIN (deep[i], BYTES_MAX), BYTES_MAX);
    }
}

/* What failed or does something else has other objects for other reasons. */
static gboolean
is_compared (const HsVariant *variant)
{
  return variant->heap != NULL && variant->is_ok && variant->verdict < HS_VERDICT_RESULTS_DIFFER;
}

/* The name with most bytes of those that most variants have. Returns: (transfer full) (nullable) */
static char *
find_common_name (HsCompareScene *self)
{
  g_autoptr(GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  GHashTableIter iter;
  gpointer       name;
  gpointer       value;
  const char    *best = NULL;
  Fame           most = { 0 };

  for (guint i = 0; i < hs_comparison_get_n (self->comparison); i++)
    {
      const HsVariant *variant = hs_comparison_get (self->comparison, i);

      if (is_compared (variant))
        count_names (variant->heap, names);
    }

  g_hash_table_iter_init (&iter, names);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      const Fame *fame = value;

      if (fame->n < 2 && hs_comparison_get_n (self->comparison) > 1)
        continue;
      if (best == NULL || fame->bytes > most.bytes ||
          (fame->bytes == most.bytes && strcmp (name, best) < 0))
        {
          best = name;
          most = *fame;
        }
    }

  return g_strdup (best);
}

/* What @name leads to, or else the largest. */
static guint32
find_named (HsHeap     *heap,
            const char *name)
{
  const HsSnapshotView *view = hs_heap_get_view (heap);
  guint32               best = HS_NO_OBJECT;
  guint64               most = 0;

  for (guint32 i = 0; i < view->n_names; i++)
    {
      guint32 object = view->name_object[i];
      guint64 bytes = hs_heap_get_least (heap, object);

      if (!is_data (heap, object))
        continue;
      if (name != NULL &&
          strcmp (hs_snapshot_view_get_string (view, view->name_label[i]), name) == 0)
        return object;
      if (best == HS_NO_OBJECT || bytes > most)
        {
          best = object;
          most = bytes;
        }
    }

  return best;
}

/* One of many alike: the first item of @object, if that is made of something itself. */
static guint32
find_item (HsHeap *heap,
           guint32 object)
{
  const HsSnapshotView *view = hs_heap_get_view (heap);
  guint32               first = HS_NO_OBJECT;
  guint                 n = 0;

  for (guint32 i = view->object_edges[object]; i < view->object_edges[object + 1] && n < 3; i++)
    {
      HsEdgeKind kind = (HsEdgeKind)view->edge_kind[i];

      if (kind != HS_EDGE_INDEX && kind != HS_EDGE_VALUE && kind != HS_EDGE_MEMBER)
        continue;
      if (n++ == 0)
        first = view->edge_target[i];
    }
  if (n < 3 || first == HS_NO_OBJECT || !is_data (heap, first))
    return HS_NO_OBJECT;

  return hs_heap_get_family (heap, first) == HS_FAMILY_CONTAINER ||
             hs_heap_get_family (heap, first) == HS_FAMILY_INSTANCE
           ? first
           : HS_NO_OBJECT;
}

static gboolean
choose (Choice       *choice,
        HsHeap       *heap,
        const char   *name,
        GCancellable *cancellable,
        GError      **error)
{
  g_autoptr(GArray) choices = g_array_new (FALSE, TRUE, sizeof (HsAnatomyChoice));
  HsAnatomyChoice one = { find_instance (heap), 0, 0 };

  if (one.object == HS_NO_OBJECT)
    {
      guint32 named = find_named (heap, name);
      guint32 item = named != HS_NO_OBJECT ? find_item (heap, named) : HS_NO_OBJECT;

      one.object = item != HS_NO_OBJECT ? item : named;
      choice->is_whole = item == HS_NO_OBJECT;
    }
  if (one.object == HS_NO_OBJECT)
    return TRUE;

  g_array_append_val (choices, one);
  choice->anatomy = hs_anatomy_new (
    heap, choices, choice->is_whole ? HS_CONTENTS_ALWAYS : HS_CONTENTS_NEVER, NULL, 0, cancellable,
    error);

  return choice->anatomy != NULL;
}

/* ---- Placing ---- */

static gboolean
is_drawn (const HsAnatomyBlock *block)
{
  return !block->is_shared && !block->is_static && block->n_runs > 0;
}

static guint64
get_contents (const Choice *choice)
{
  const HsAnatomyContents *contents = &hs_anatomy_get_column (choice->anatomy, 0)->contents;

  return choice->is_whole && contents->n_pointers > 0 && contents->bytes != HS_BYTES_UNKNOWN
           ? contents->bytes
           : 0;
}

static guint64
get_size (HsAnatomy            *anatomy,
          const HsAnatomyBlock *block)
{
  return hs_anatomy_get_run (anatomy, block->first_run + block->n_runs - 1)->end;
}

static void
measure (Choice *choice)
{
  const HsAnatomyColumn *column = hs_anatomy_get_column (choice->anatomy, 0);
  double                 sum = (double)get_contents (choice);

  for (guint i = 0; i < column->n_blocks; i++)
    {
      const HsAnatomyBlock *block = hs_anatomy_get_block (choice->anatomy, column->first_block + i);

      if (is_drawn (block))
        sum += (double)get_size (choice->anatomy, block);
    }
  choice->length = sum;
  choice->bytes = (guint64)MIN (sum, 1e18);
}

/* A run in words, if these are seen, else as a whole. */
static void
add_run (HsCompareScene *self,
         guint           variant,
         HsCell          cell,
         double          x,
         guint64         begin,
         guint64         end,
         double          unit,
         guint          *n_cells)
{
  gboolean has_words = unit * WORD >= WORD_MIN && (end - begin) / WORD < CELLS_MAX;
  double   step = has_words ? WORD : (double)(end - begin);

  for (double at = (double)begin; at < (double)end; at += step)
    {
      double width = MIN (step, (double)end - at) * unit;

      if (++*n_cells > CELLS_MAX)
        width = ((double)end - at) * unit;
      _hs_compare_add_shape (self, HS_COMPARE_CELL, variant, cell,
                             (HsRect) { x + at * unit, self->y, MAX (width - (width > 3), 0.25),
                                        HEIGHT });
      if (*n_cells > CELLS_MAX)
        return;
    }
}

/* A block, or what the object leads to. */
typedef struct
{
  double      x;
  double      width;
  const char *title;
  guint64     bytes;
} Part;

static int
compare_parts (gconstpointer a,
               gconstpointer b)
{
  const Part *left = a, *right = b;

  if (left->width > right->width || left->width < right->width)
    return left->width > right->width ? -1 : 1;

  return left->x < right->x ? -1 : left->x > right->x;
}

/* Whether nothing that has a name already is between @left and @right. */
static gboolean
is_free (const GArray *taken,
         double        left,
         double        right)
{
  for (guint i = 0; i < taken->len; i++)
    {
      const HsRect *rect = &g_array_index (taken, HsRect, i);

      if (left < rect->x + rect->width && right > rect->x)
        return FALSE;
    }

  return right <= HS_COMPARE_MARGIN + HS_COMPARE_WIDTH;
}

/* Below their bytes, the largest first; those for which there is no room are in the description. */
static void
add_names (HsCompareScene *self,
           GArray         *parts)
{
  g_autoptr(GArray) taken = g_array_new (FALSE, FALSE, sizeof (HsRect));

  g_array_sort (parts, compare_parts);
  for (guint i = 0; i < parts->len; i++)
    {
      const Part      *part = &g_array_index (parts, Part, i);
      g_autofree char *size = hs_format_bytes (part->bytes);
      /* translators: a part of an object, and its bytes: "items 80 B" */
      g_autofree char *text = g_strdup_printf (_("%1$s %2$s"), part->title, size);
      HsRect           rect = { part->x, 0, 0, 0 };

      rect.width = hs_texts_shape (self->texts, HS_TEXT_QUIET, text, -1)->width + NAME_GAP;
      if (!is_free (taken, rect.x, rect.x + rect.width - NAME_GAP))
        continue;
      _hs_compare_add_label (self, HS_TEXT_QUIET, HS_COMPARE_INK_QUIET, text, -1, part->x,
                             self->y + HEIGHT + 12);
      rect.x -= NAME_GAP;
      rect.width += NAME_GAP;
      g_array_append_val (taken, rect);
    }
}

static void
add_block (HsCompareScene       *self,
           guint                 variant,
           HsAnatomy            *anatomy,
           const HsAnatomyBlock *block,
           double                x,
           double                unit,
           guint                *n_cells)
{
  guint64 begin = 0;

  for (guint i = 0; i < block->n_runs; i++)
    {
      const HsAnatomyRun *run = hs_anatomy_get_run (anatomy, block->first_run + i);

      /* Too many to be told apart: what is left is one of which nothing is said. */
      if (*n_cells > CELLS_MAX)
        {
          add_run (self, variant, HS_CELL_UNKNOWN, x, begin, get_size (anatomy, block), unit,
                   n_cells);
          return;
        }
      if (run->end > begin)
        add_run (self, variant, run->cell, x, begin, run->end, unit, n_cells);
      begin = MAX (begin, run->end);
    }
}

static void
add_bytes (HsCompareScene *self,
           guint           variant,
           const Choice   *choice,
           double          unit)
{
  g_autoptr(GArray) parts = g_array_new (FALSE, FALSE, sizeof (Part));
  const HsAnatomyColumn *column = hs_anatomy_get_column (choice->anatomy, 0);
  Part                   part = { .x = HS_COMPARE_MARGIN + BAR_X };
  guint                  n_cells = 0;

  for (guint i = 0; i < column->n_blocks; i++)
    {
      const HsAnatomyBlock *block = hs_anatomy_get_block (choice->anatomy, column->first_block + i);

      if (!is_drawn (block))
        continue;
      part.title = block->title;
      part.bytes = get_size (choice->anatomy, block);
      part.width = (double)part.bytes * unit;
      g_array_append_val (parts, part);
      add_block (self, variant, choice->anatomy, block, part.x, unit, &n_cells);
      _hs_compare_add_shape (self, HS_COMPARE_BLOCK, variant, 0,
                             (HsRect) { part.x - 1, self->y - 1, part.width + 2, HEIGHT + 2 });
      part.x += part.width + BLOCK_GAP;
    }
  part.bytes = get_contents (choice);
  if (part.bytes > 0)
    {
      part.title = _("contents");
      part.width = (double)part.bytes * unit;
      g_array_append_val (parts, part);
      _hs_compare_add_shape (self, HS_COMPARE_BAR_PALE, variant, 0,
                             (HsRect) { part.x, self->y, part.width, HEIGHT });
    }
  add_names (self, parts);
}

static char *
dup_title (const Choice *choice)
{
  const HsAnatomyColumn *column = hs_anatomy_get_column (choice->anatomy, 0);
  g_autofree char       *bytes = hs_format_bytes (choice->bytes);
  const char            *name = column->name != NULL && *column->name != '\0' ? column->name : NULL;

  if (choice->is_whole && name != NULL)
    /* translators: the type of an object, its name, its bytes */
    return g_strdup_printf (_("%1$s “%2$s”, %3$s"), column->type_name, name, bytes);
  if (choice->is_whole)
    /* translators: the type of an object and its bytes */
    return g_strdup_printf (_("%1$s, %2$s"), column->type_name, bytes);

  /* translators: the type of an object of which there are many, and its bytes */
  return g_strdup_printf (_("one %1$s, %2$s"), column->type_name, bytes);
}

static void
add_object (HsCompareScene *self,
            guint           i,
            const Choice   *choice,
            gboolean        has_bytes,
            double          unit)
{
  double           top = self->y;
  double           x = HS_COMPARE_MARGIN + BAR_X;
  HsCompareObject *object = &self->objects[i];

  object->title = dup_title (choice);
  object->text = hs_anatomy_to_text (choice->anatomy);
  _hs_compare_add_badge (self, i, HS_COMPARE_BADGE, HS_COMPARE_MARGIN, top + HS_COMPARE_LINE / 2);
  x += 12 + _hs_compare_add_label (self, HS_TEXT_LABEL, HS_COMPARE_INK_TEXT, object->title,
                                   HS_COMPARE_WIDTH * 0.6, x, top + HS_COMPARE_LINE / 2);
  _hs_compare_add_label (self, HS_TEXT_QUIET, HS_COMPARE_INK_QUIET, _hs_compare_get_name (self, i),
                         HS_COMPARE_MARGIN + HS_COMPARE_WIDTH - x, x, top + HS_COMPARE_LINE / 2);
  self->y += HS_COMPARE_LINE + 4;
  if (has_bytes)
    {
      add_bytes (self, i, choice, unit);
      self->y += HEIGHT + HS_COMPARE_LINE;
    }
  _hs_compare_add_item (self, HS_COMPARE_ITEM_OBJECT, i, 0,
                        (HsRect) { HS_COMPARE_MARGIN, top, HS_COMPARE_WIDTH, self->y - top });
  self->y += has_bytes ? ROW_GAP : 4;
}

/* Returns: (transfer full) (element-type Choice) (nullable): of all variants */
static GArray *
choose_all (HsCompareScene *self,
            GCancellable   *cancellable,
            GError        **error)
{
  g_autoptr(GArray) choices = g_array_new (FALSE, TRUE, sizeof (Choice));
  g_autofree char *name = find_common_name (self);

  g_array_set_clear_func (choices, choice_clear);
  g_array_set_size (choices, hs_comparison_get_n (self->comparison));
  for (guint i = 0; i < choices->len; i++)
    {
      const HsVariant *variant = hs_comparison_get (self->comparison, i);
      Choice          *choice = &g_array_index (choices, Choice, i);

      if (!is_compared (variant))
        continue;
      if (!choose (choice, variant->heap, name, cancellable, error))
        return NULL;
      if (choice->anatomy != NULL)
        measure (choice);
    }

  return g_steal_pointer (&choices);
}

static void
add_left_out (HsCompareScene *self,
              guint           n)
{
  g_autofree char *note = g_strdup_printf (
    g_dngettext (GETTEXT_PACKAGE,
                 "Without an object: %u variant that failed, does not do the same, or has none "
                 "at its end.",
                 "Without an object: %u variants that failed, do not do the same, or have none "
                 "at their ends.",
                 n),
    n);

  if (n > 0)
    _hs_compare_add_note (self, note);
}

/* Whether there is nothing to see in them: the same type and as many bytes in all variants. */
static gboolean
are_alike (const GArray *choices)
{
  const Choice *first = NULL;
  guint         n = 0;

  for (guint i = 0; i < choices->len; i++)
    {
      const Choice *choice = &g_array_index (choices, Choice, i);

      if (choice->anatomy == NULL || choice->bytes == 0)
        continue;
      n++;
      if (first == NULL)
        first = choice;
      else if (choice->bytes != first->bytes ||
               g_strcmp0 (hs_anatomy_get_column (choice->anatomy, 0)->type_name,
                          hs_anatomy_get_column (first->anatomy, 0)->type_name) != 0)
        return FALSE;
    }

  return n > 1;
}

gboolean
_hs_compare_place_layouts (HsCompareScene *self,
                           GCancellable   *cancellable,
                           GError        **error)
{
  g_autoptr(GArray) choices = choose_all (self, cancellable, error);
  gboolean has_one = FALSE;
  double   most = 0;
  guint    n_empty = 0;
  double   unit;

  if (choices == NULL)
    return FALSE;

  for (guint i = 0; i < choices->len; i++)
    has_one = has_one || (g_array_index (choices, Choice, i).anatomy != NULL &&
                          !g_array_index (choices, Choice, i).is_whole);
  /* One of many alike is nothing beside all of another. */
  for (guint i = 0; i < choices->len; i++)
    {
      const Choice *choice = &g_array_index (choices, Choice, i);

      n_empty += choice->anatomy == NULL || choice->bytes == 0;
      if (choice->anatomy != NULL && !(has_one && choice->is_whole))
        most = MAX (most, choice->length);
    }
  if (most < 1 || are_alike (choices))
    return TRUE;

  _hs_compare_begin_section (
    self, _("Objects to Scale"),
             has_one ? _("One object of each variant as it was at the end, all on one scale of "
                         "bytes; what is shared with others is left out.")
                     : _("The largest object with a name that the variants share, as it was at the "
                         "end, all on one scale of bytes."));
  unit = (HS_COMPARE_WIDTH - BAR_X - 8 * BLOCK_GAP) / most;
  for (guint i = 0; i < choices->len; i++)
    {
      const Choice *choice = &g_array_index (choices, Choice, i);

      if (choice->anatomy != NULL && choice->bytes > 0)
        add_object (self, i, choice, !(has_one && choice->is_whole), unit);
    }
  add_left_out (self, n_empty);

  return TRUE;
}
