/* hs-graph-measure.c - texts and sizes of the boxes of a scene
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "hs-format.h"
#include "hs-graph-scene-private.h"

/* The longest texts that are shown, scene units. The tooltip has the rest. */
#define TITLE_MAX 240.
#define VALUE_MAX 228. /* about 32 characters */
#define LABEL_MAX 184.
#define WIDTH_MIN 112.
#define TEXT_GAP  16. /* between what stands left and right in a line */
#define GRID      8.

/* Square scene units of the box with the most bytes, and the room below an area. */
#define AREA_MOST 16384.
#define AREA_GAP  8.

/* Nearly every dict and list has room for a few more; that stands in its description. */
#define ROOM_MIN 4

#define CANCEL_STRIDE 64

static guint32
get_object_flags (HsGraphScene     *self,
                  const HsGraphBox *box)
{
  const HsSnapshotView *view = hs_heap_get_view (hs_graph_get_heap (self->graph));

  /* Members of a group are alike in what is asked for here. */
  return box->object != HS_NO_OBJECT ? view->object_flags[box->object] : 0;
}

/* Whether the preview is a value rather than words about the object. */
static gboolean
has_value (HsGraphScene     *self,
           const HsGraphBox *box)
{
  if (box->kind == HS_BOX_GHOST)
    return TRUE;

  return box->kind == HS_BOX_OBJECT &&
         hs_heap_has_preview (hs_graph_get_heap (self->graph), box->object);
}

/* Right of the title: what the box occupies, as far as it is known. NULL for
 * a scope.
 */
static char *
dup_bytes_text (HsGraphScene     *self,
                const HsGraphBox *box)
{
  if (box->kind == HS_BOX_SCOPE)
    return NULL;
  if (get_object_flags (self, box) & HS_OBJECT_STATIC)
    /* translators: in place of its bytes: an object inside the interpreter, not on the heap */
    return g_strdup (_("static"));

  if (box->bytes == HS_BYTES_UNKNOWN && box->least_bytes > 0)
    {
      g_autofree char *least = hs_format_bytes (box->least_bytes);

      return g_strconcat ("≥ ", least, NULL);
    }

  return hs_format_bytes (box->bytes);
}

/* Marks with a sign that stand before the note, with their words in it. */
#define NOTE_MARKS                                                                             \
  (HS_GRAPH_MARK_INTERNED | HS_GRAPH_MARK_IMMORTAL | HS_GRAPH_MARK_FREED | HS_GRAPH_MARK_NEW | \
   HS_GRAPH_MARK_GREW | HS_GRAPH_MARK_SHRANK | HS_GRAPH_MARK_CHANGED)

static void
append_part (GString    *note,
             const char *part)
{
  if (note->len > 0)
    g_string_append (note, " · ");
  g_string_append (note, part);
}

/* Right of the value: what is special about the object, and how often it is referred
 * to: the count that Python keeps, which may know of more references than the picture
 * shows. Of some objects it keeps none.
 */
static char *
dup_note (HsGraphScene     *self,
          const HsGraphBox *box)
{
  guint32  flags = get_object_flags (self, box);
  GString *note = g_string_new (NULL);

  for (guint mark = 1; mark <= NOTE_MARKS; mark *= 2)
    if (box->marks & mark & NOTE_MARKS)
      append_part (note, hs_graph_get_mark_word ((HsGraphMarks)mark));
  if (box->kind == HS_BOX_OBJECT && !(flags & (HS_OBJECT_STATIC | HS_OBJECT_IMMORTAL)))
    {
      guint32 n_references = hs_snapshot_view_get_refcount (
        hs_heap_get_view (hs_graph_get_heap (self->graph)), box->object);
      g_autofree char *count = hs_format_count (n_references);
      /* translators: small print in a box; %s is a number with digit groups */
      g_autofree char *references = g_strdup_printf (
        g_dngettext (GETTEXT_PACKAGE, "%s reference", "%s references", n_references), count);

      append_part (note, references);
    }

  return g_string_free (note, note->len == 0);
}

static HsTextStyle
get_label_style (const HsGraphBox *box,
                 const HsGraphRow *row)
{
  switch (row->edge_kind)
    {
    case HS_EDGE_INDEX:
    case HS_EDGE_MEMBER:
    case HS_EDGE_STACK:
      return HS_TEXT_NUMBER;

    case HS_EDGE_KEY:
    case HS_EDGE_VALUE:
      return HS_TEXT_VALUE;

    case HS_EDGE_OTHER:
    case HS_EDGE_ATTRIBUTE:
    case HS_EDGE_SLOT:
    case HS_EDGE_CELL:
    case HS_EDGE_LOCAL:
    case HS_EDGE_FIELD:
    case HS_EDGE_CLASS:
    case HS_N_EDGE_KINDS:
      break;
    }

  return HS_TEXT_LABEL;
}

static double
measure_row (HsGraphScene     *self,
             const HsGraphBox *box,
             guint             i)
{
  const HsGraphRow *row = hs_graph_get_row (self->graph, i);
  HsSceneRow       *scene_row = &self->rows[i];
  double            width = 0;

  scene_row->edge = HS_GRAPH_NONE;
  scene_row->is_more = row->kind == HS_ROW_MORE;
  scene_row->is_highlighted = row->is_highlighted;
  scene_row->is_ghost = row->is_ghost;
  scene_row->is_cut =
    row->kind == HS_ROW_REFERENCE && row->target == HS_GRAPH_NONE && row->value == NULL;
  scene_row->is_quiet = row->is_ghost || get_label_style (box, row) == HS_TEXT_NUMBER;

  if (row->label != NULL)
    {
      HsTextStyle style = scene_row->is_more ? HS_TEXT_MORE : get_label_style (box, row);

      scene_row->label = hs_texts_shape (self->texts, style, row->label, LABEL_MAX);
      width += scene_row->label->width;
    }
  if (row->value != NULL)
    {
      scene_row->value = hs_texts_shape (self->texts, HS_TEXT_VALUE, row->value, VALUE_MAX);
      width += TEXT_GAP + scene_row->value->width;
    }

  return width + HS_PORT_SPACE;
}

static double
measure_line (const HsText *left,
              const HsText *right)
{
  double width = 0;

  if (left != NULL)
    width += left->width;
  if (right != NULL)
    width += right->width;
  if (left != NULL && right != NULL)
    width += TEXT_GAP;

  return width;
}

static guint
count_bits (guint bits)
{
  guint n = 0;

  for (; bits != 0; bits &= bits - 1)
    n++;

  return n;
}

static void
measure_box (HsGraphScene *self,
             guint         i)
{
  const HsGraphBox *box = hs_graph_get_box (self->graph, i);
  HsSceneBox       *scene_box = &self->boxes[i];
  g_autofree char  *bytes = dup_bytes_text (self, box);
  g_autofree char  *note = dup_note (self, box);
  double            width;

  scene_box->first_row = box->first_row;
  scene_box->n_rows = box->n_rows;
  scene_box->family = box->family;
  scene_box->is_scope = box->kind == HS_BOX_SCOPE;
  scene_box->is_group =
    box->kind == HS_BOX_GROUP || (box->kind == HS_BOX_GHOST && box->n_members > 1);
  scene_box->is_shared = box->is_shared && box->kind == HS_BOX_OBJECT;
  scene_box->is_boundary = box->is_boundary;
  scene_box->is_folded = box->is_folded || box->kind == HS_BOX_GROUP;
  scene_box->can_fold = box->is_folded || box->kind == HS_BOX_GROUP ||
                        (box->n_rows > 0 && box->kind == HS_BOX_OBJECT);
  scene_box->marks = box->marks & NOTE_MARKS;
  scene_box->has_room =
    (box->marks & HS_GRAPH_MARK_OVERALLOCATED) != 0 && box->n_spare >= ROOM_MIN;
  scene_box->is_static = (box->marks & HS_GRAPH_MARK_STATIC) != 0;
  scene_box->is_ghost = box->is_ghost;
  scene_box->is_highlighted = box->is_highlighted;

  scene_box->title =
    hs_texts_shape (self->texts, HS_TEXT_TITLE, box->title != NULL ? box->title : "", TITLE_MAX);
  if (bytes != NULL)
    scene_box->bytes = hs_texts_shape (self->texts, HS_TEXT_NUMBER, bytes, -1);
  if (box->preview != NULL && *box->preview != '\0')
    scene_box->preview = hs_texts_shape (
      self->texts, has_value (self, box) ? HS_TEXT_VALUE : HS_TEXT_QUIET, box->preview, VALUE_MAX);
  if (note != NULL)
    scene_box->note = hs_texts_shape (self->texts, HS_TEXT_QUIET, note, -1);

  if (box->note != NULL &&
      ((box->marks & HS_GRAPH_MARK_OVERALLOCATED) == 0 || scene_box->has_room))
    scene_box->comment = hs_texts_shape (self->texts, HS_TEXT_QUIET, box->note, -1);

  width = measure_line (scene_box->title, scene_box->bytes) + HS_SIGN_SIZE + HS_BOX_PADDING / 2.;
  if (scene_box->is_static)
    width += HS_MARK_SPACE;
  if (scene_box->can_fold)
    width += HS_FOLD_WIDTH - HS_BOX_PADDING / 2.;
  width = MAX (width, measure_line (scene_box->preview, scene_box->note) +
                        HS_MARK_SPACE * count_bits (scene_box->marks));
  width = MAX (width, measure_line (scene_box->comment, NULL) +
                        (scene_box->has_room ? HS_MARK_SPACE : 0));
  for (guint row = box->first_row; row < box->first_row + box->n_rows; row++)
    width = MAX (width, measure_row (self, box, row));

  scene_box->header_height = HS_TITLE_HEIGHT;
  if (scene_box->preview != NULL || scene_box->note != NULL)
    scene_box->header_height += HS_LINE_HEIGHT;
  if (scene_box->comment != NULL)
    scene_box->header_height += HS_COMMENT_HEIGHT;
  scene_box->rect.width = GRID * ceil (MAX (WIDTH_MIN, width + 2 * HS_BOX_PADDING) / GRID);
  scene_box->rect.height = scene_box->header_height;
  if (box->n_rows > 0)
    scene_box->rect.height += HS_ROW_HEIGHT * box->n_rows + 2 * HS_ROWS_MARGIN;
}

/* So that one compares like with like, area is to the bytes in one ratio for the
 * whole picture: the most bytes fill AREA_MOST. Below half a unit nothing would be
 * seen; it is drawn as that.
 */
static void
add_areas (HsGraphScene *self)
{
  guint64 most = 0;

  for (guint i = 0; i < self->n_boxes; i++)
    most = MAX (most, hs_graph_get_box (self->graph, i)->least_bytes);
  for (guint i = 0; i < self->n_boxes; i++)
    {
      const HsGraphBox *box = hs_graph_get_box (self->graph, i);
      HsSceneBox       *scene_box = &self->boxes[i];
      double            room = scene_box->rect.width - 2 * HS_BOX_PADDING;
      double            size;

      if (box->kind == HS_BOX_SCOPE || box->least_bytes == 0)
        continue;
      size = AREA_MOST * (double)box->least_bytes / (double)most;
      scene_box->area.width = MIN (room, MAX (sqrt (size), 1));
      scene_box->area.height = MAX (size / scene_box->area.width, 0.5);
      scene_box->area.x = HS_BOX_PADDING;
      scene_box->area.y = scene_box->header_height;
      size = GRID * ceil ((scene_box->area.height + AREA_GAP) / GRID);
      scene_box->header_height += size;
      scene_box->rect.height += size;
    }
}

gboolean
_hs_graph_scene_measure (HsGraphScene *self,
                         gboolean      has_areas,
                         GCancellable *cancellable)
{
  self->texts = hs_texts_new (self->parent.language);
  for (guint i = 0; i < self->n_boxes; i++)
    {
      if (i % CANCEL_STRIDE == 0 && g_cancellable_is_cancelled (cancellable))
        return FALSE;
      measure_box (self, i);
    }
  hs_texts_seal (self->texts);
  if (has_areas)
    add_areas (self);

  return TRUE;
}
