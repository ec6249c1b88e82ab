/* hs-graph-text.c - the graph as text: the same facts as the picture
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-graph-private.h"

#include <glib/gi18n-lib.h>

#include "hs-format.h"
#include "hs-graph-label.h"

/* What a row says of the box to which it leads: enough to read on without
 * looking there.
 */
#define TARGET_CHARS 32

/* The first @max characters, "…" in place of the rest. */
static void
append_short (GString    *text,
              const char *string,
              glong       max)
{
  const char *end;

  if (g_utf8_strlen (string, -1) <= max)
    {
      g_string_append (text, string);
      return;
    }

  end = g_utf8_offset_to_pointer (string, max - 1);
  g_string_append_len (text, string, end - string);
  g_string_append (text, "…");
}

static void
append_row (GString          *text,
            HsGraph          *self,
            gboolean          is_group,
            const HsGraphRow *row)
{
  g_string_append (text, "    ");
  g_string_append (text, row->label);

  if (row->kind == HS_ROW_MORE)
    ;
  else if (row->value != NULL)
    g_string_append_printf (text, is_group ? " → %s" : " = %s", row->value);
  else if (row->target == HS_GRAPH_NONE)
    /* translators: end of a reference in the text form of a picture */
    g_string_append_printf (text, " → %s", _("(left out)"));
  else
    {
      const HsGraphBox *target = hs_graph_get_box (self, row->target);
      g_autofree char  *preview = _hs_graph_dup_exact_preview (self, row->target);

      g_string_append_printf (text, " → [%u] ", row->target + 1);
      append_short (text, target->title, TARGET_CHARS);
      if (preview != NULL)
        {
          g_string_append (text, target->kind == HS_BOX_GROUP ? C_ ("list", ", ") : " ");
          append_short (text, preview, TARGET_CHARS);
        }
      if (is_group)
        /* translators: of a reference that each member of a group has, to one object */
        g_string_append_printf (text, " %s", _("(from each)"));
    }

  if (row->is_ghost)
    /* translators: of a reference of an earlier moment to what has gone since */
    g_string_append_printf (text, " %s", _("(gone)"));
  if (row->is_highlighted)
    g_string_append_printf (text, " %s", _("(highlighted)"));
  g_string_append_c (text, '\n');
}

static void
append_remark (GString    *text,
               const char *remark)
{
  g_string_append_printf (text, "    %s\n", remark);
}

/* What was asked for, and by which line, beside what sys.getsizeof() says. */
static void
append_sizes (GString *text,
              HsHeap  *heap,
              guint32  object)
{
  g_auto(GStrv) parts = _hs_graph_dup_sizes (heap, object);
  g_autofree char *line = g_strjoinv (C_ ("list", ", "), parts);

  if (*line != '\0')
    {
      g_string_append (text, "    ");
      /* translators: more about an object */
      g_string_append_printf (text, C_ ("aside", "(%s)"), line);
      g_string_append_c (text, '\n');
    }
}

/* In words what is not said by the name of the box. */
static void
append_remarks (GString          *text,
                HsGraph          *self,
                guint             index,
                const HsGraphBox *box)
{
  const HsGraphDetail *detail = _hs_graph_get_detail (self, index);
  const HsHeap        *heap = self->heap;
  g_autofree char     *keys = hs_format_count (detail->n_keys_hidden);
  g_autofree char     *names = hs_format_count (detail->n_out_of_focus);

  if (box->kind == HS_BOX_OBJECT)
    {
      guint32 flags = heap->view.object_flags[box->object];

      append_sizes (text, self->heap, box->object);
      if ((flags & HS_OBJECT_BLOCKS_INCOMPLETE) != 0 && !box->is_boundary)
        append_remark (text, _("(the type may own memory that is not measured)"));
      if (flags & HS_OBJECT_EDGES_INCOMPLETE)
        append_remark (text, _("(the type may hold references that are not known)"));
    }

  if (box->is_boundary)
    append_remark (text, _("(references not followed: interpreter or library)"));
  if (detail->n_keys_hidden > 0)
    {
      g_string_append (text, "    ");
      g_string_append_printf (text,
                              g_dngettext (GETTEXT_PACKAGE,
                                           "(%s key object not drawn)",
                                           "(%s key objects not drawn)",
                                           (gulong)detail->n_keys_hidden),
                              keys);
      g_string_append_c (text, '\n');
    }
  if (detail->n_out_of_focus > 0)
    {
      g_string_append (text, "    ");
      g_string_append_printf (text,
                              g_dngettext (GETTEXT_PACKAGE,
                                           "(%s other name out of focus)",
                                           "(%s other names out of focus)",
                                           (gulong)detail->n_out_of_focus),
                              names);
      g_string_append_c (text, '\n');
    }
}

static void
append_box (GString *text,
            HsGraph *self,
            guint    index)
{
  const HsGraphBox *box = hs_graph_get_box (self, index);
  g_autofree char  *name = _hs_graph_name_box (self, index, TRUE);

  g_string_append_printf (text, "[%u] %s", index + 1, name);
  if (box->is_shared)
    /* translators: of an object to which more than one reference leads */
    g_string_append (text, _(" (shared)"));
  if (box->is_center)
    /* translators: of the object whose neighbourhood is shown */
    g_string_append_printf (text, " %s", _("(centre)"));
  if (box->is_highlighted)
    /* translators: of an object or a reference that answers what was asked */
    g_string_append_printf (text, " %s", _("(highlighted)"));
  g_string_append_c (text, '\n');

  for (guint r = box->first_row; r < box->first_row + box->n_rows; r++)
    append_row (text, self, box->kind == HS_BOX_GROUP, hs_graph_get_row (self, r));

  append_remarks (text, self, index, box);
}

/* What is drawn, in one line. */
static void
append_sum (GString *text,
            HsGraph *self)
{
  guint64          n_objects = self->heap->view.info.n_reached - self->n_left_out;
  guint64          sum = 0;
  gboolean         is_known = TRUE;
  g_autofree char *objects = hs_format_count (n_objects);
  g_autofree char *bytes = NULL;

  for (uint32_t object = 0; object < self->heap->view.info.n_reached; object++)
    {
      guint64 least;

      if (self->box_of[object] == 0)
        continue;

      least = hs_heap_get_least (self->heap, object);
      if (least > HS_BYTES_UNKNOWN - 1 - sum)
        least = 0;
      sum += least;
      is_known = is_known && hs_heap_get_occupied (self->heap, object) == least;
    }

  bytes = hs_format_bytes_exact (sum);
  if (is_known)
    /* translators: first line of the text form of a picture: a number, a size */
    g_string_append_printf (text,
                            g_dngettext (GETTEXT_PACKAGE,
                                         "Drawn: %s object, %s",
                                         "Drawn: %s objects, %s",
                                         (gulong)n_objects),
                            objects, bytes);
  else
    /* translators: first line of the text form of a picture: a number, a size */
    g_string_append_printf (text,
                            g_dngettext (GETTEXT_PACKAGE,
                                         "Drawn: %s object, at least %s",
                                         "Drawn: %s objects, at least %s",
                                         (gulong)n_objects),
                            objects, bytes);
  g_string_append_c (text, '\n');
}

/* What is not drawn, in a line for each reason. */
static void
append_left_out (GString *text,
                 HsGraph *self)
{
  g_autofree char *objects = hs_format_count (self->n_left_out);
  g_autofree char *names = hs_format_count (self->n_out_of_focus);
  g_autofree char *scopes = hs_format_count (self->n_scopes_left_out);
  g_autofree char *budget = hs_format_count (self->max_boxes);
  g_autofree char *seen = NULL;

  if (self->n_left_out > 0)
    {
      g_string_append_printf (text,
                              g_dngettext (GETTEXT_PACKAGE,
                                           "Not drawn: %s object",
                                           "Not drawn: %s objects",
                                           (gulong)self->n_left_out),
                              objects);
      g_string_append_c (text, '\n');
    }
  if (self->n_gone_left_out > 0)
    {
      g_autofree char *gone = hs_format_count (self->n_gone_left_out);

      g_string_append_printf (text,
                              g_dngettext (GETTEXT_PACKAGE,
                                           "Gone since then, not drawn: %s object",
                                           "Gone since then, not drawn: %s objects",
                                           (gulong)self->n_gone_left_out),
                              gone);
      g_string_append_c (text, '\n');
    }
  if (self->n_out_of_focus > 0)
    {
      g_string_append_printf (text,
                              g_dngettext (GETTEXT_PACKAGE,
                                           "Out of focus: %s name",
                                           "Out of focus: %s names",
                                           (gulong)self->n_out_of_focus),
                              names);
      g_string_append_c (text, '\n');
    }
  if (self->n_scopes_left_out > 0)
    {
      /* translators: modules and running functions whose names are not drawn */
      g_string_append_printf (text,
                              g_dngettext (GETTEXT_PACKAGE,
                                           "Left out: %s module or function",
                                           "Left out: %s modules or functions",
                                           (gulong)self->n_scopes_left_out),
                              scopes);
      g_string_append_c (text, '\n');
    }
  if (self->is_full)
    {
      /* translators: %s is the largest number of boxes in a picture */
      g_string_append_printf (text, _("The picture is full: its limit is %s boxes"), budget);
      g_string_append_c (text, '\n');
    }
  if (self->n_center_left_out > 0)
    {
      g_autofree char *others = hs_format_count (self->n_center_left_out);

      g_string_append_printf (text,
                              g_dngettext (GETTEXT_PACKAGE,
                                           "Not drawn: %s other reference to the centre",
                                           "Not drawn: %s other references to the centre",
                                           (gulong)self->n_center_left_out),
                              others);
      g_string_append_c (text, '\n');
    }
  if (self->highlight != NULL)
    g_string_append_printf (text, "%s\n", self->highlight);
  if (self->heap->view.flags & HS_SNAPSHOT_CUT)
    {
      seen = hs_format_count (self->heap->view.info.objects_seen);
      /* translators: %s is a number of objects */
      g_string_append_printf (text, _("The snapshot was cut: %s objects were seen"), seen);
      g_string_append_c (text, '\n');
    }
}

char *
hs_graph_to_text (HsGraph *self)
{
  GString *text;

  g_return_val_if_fail (self != NULL, NULL);

  text = g_string_new (NULL);
  append_sum (text, self);
  append_left_out (text, self);

  for (guint i = 0; i < self->boxes->len; i++)
    {
      g_string_append_c (text, '\n');
      append_box (text, self, i);
    }

  return g_string_free (text, FALSE);
}
