/* hs-graph-name.c - one box in one line, as a screen reader says it
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-graph-private.h"

#include <glib/gi18n-lib.h>

#include "hs-format.h"
#include "hs-graph-label.h"

static char *
dup_times_referred (guint64 n)
{
  g_autofree char *count = NULL;

  if (n == 1)
    /* translators: of an object: one reference leads to it */
    return g_strdup (_("referred to once"));

  count = hs_format_count (n);

  /* translators: of an object; %s is the number of references to it */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                       "referred to %s time",
                                       "referred to %s times",
                                       (gulong)n),
                          count);
}

static void
add_part (GString    *line,
          const char *part)
{
  if (part == NULL || *part == '\0')
    return;

  if (line->len > 0)
    g_string_append (line, C_ ("list", ", "));
  g_string_append (line, part);
}

static void
add_bytes (GString          *line,
           const HsGraphBox *box,
           gboolean          is_static,
           gboolean          is_exact)
{
  g_autofree char *bytes = is_exact ? hs_format_bytes_exact (box->least_bytes)
                                    : hs_format_bytes (box->least_bytes);
  g_autofree char *text = NULL;

  if (is_static)
    /* translators: of an object inside the interpreter */
    add_part (line, _("static, no heap bytes"));
  else if (box->bytes != HS_BYTES_UNKNOWN)
    add_part (line, bytes);
  else if (box->least_bytes > 0)
    {
      /* translators: of a size; %s is "80 B" */
      text = g_strdup_printf (_("at least %s"), bytes);
      add_part (line, text);
    }
  else
    add_part (line, _("bytes unknown"));
}

/* What has become of it since an earlier moment. */
static void
add_difference (GString          *line,
                const HsGraphBox *box)
{
  for (guint mark = HS_GRAPH_MARK_NEW; mark <= HS_GRAPH_MARK_CHANGED; mark *= 2)
    if (box->marks & mark)
      add_part (line, hs_graph_get_mark_word ((HsGraphMarks)mark));
}

static void
name_ghost (GString          *line,
            const HsGraphBox *box,
            gboolean          is_exact)
{
  g_autofree char *note = _hs_graph_dup_inside_note (box, is_exact);

  g_string_append (line, box->title);
  if (box->preview != NULL)
    g_string_append_printf (line, " %s", box->preview);
  add_bytes (line, box, FALSE, is_exact);
  add_part (line, note);
  add_part (line, hs_graph_get_mark_word (HS_GRAPH_MARK_FREED));
}

static void
name_object (GString          *line,
             HsGraph          *self,
             const HsGraphBox *box,
             gboolean          is_exact)
{
  HsHeap          *heap = self->heap;
  g_autofree char *length = _hs_graph_dup_length (heap, box->object);
  g_autofree char *times = dup_times_referred (box->n_referrers);
  guint32          flags = heap->view.object_flags[box->object];
  gboolean         has_value = g_strcmp0 (box->preview, length) != 0;

  g_string_append (line, box->title);
  if (has_value && box->preview != NULL)
    g_string_append_printf (line, " %s", box->preview);

  /* The length of a short text can be seen. */
  if (!has_value || (flags & HS_OBJECT_PREVIEW_CUT) != 0)
    add_part (line, length);

  add_bytes (line, box, (flags & HS_OBJECT_STATIC) != 0, is_exact);

  if (box->marks & HS_GRAPH_MARK_INTERNED)
    add_part (line, hs_graph_get_mark_word (HS_GRAPH_MARK_INTERNED));
  if (box->marks & HS_GRAPH_MARK_IMMORTAL)
    add_part (line, hs_graph_get_mark_word (HS_GRAPH_MARK_IMMORTAL));
  add_part (line, box->note);
  add_difference (line, box);

  add_part (line, times);
}

char *
_hs_graph_dup_exact_preview (HsGraph *self,
                             guint    box)
{
  const HsGraphBox    *b = hs_graph_get_box (self, box);
  const HsGraphDetail *detail = _hs_graph_get_detail (self, box);
  guint32              flags;

  if (b->kind != HS_BOX_GROUP)
    return g_strdup (b->preview);

  flags = self->heap->view.object_flags[b->object];

  return _hs_graph_dup_each (detail->min_bytes, detail->max_bytes, (flags & HS_OBJECT_STATIC) != 0,
                             TRUE);
}

static void
name_group (GString          *line,
            HsGraph          *self,
            guint             index,
            const HsGraphBox *box,
            gboolean          is_exact)
{
  gboolean         is_static = (self->heap->view.object_flags[box->object] & HS_OBJECT_STATIC) != 0;
  g_autofree char *each = is_exact ? _hs_graph_dup_exact_preview (self, index)
                                   : g_strdup (box->preview);
  g_autofree char *note = _hs_graph_dup_group_note (box, is_exact);

  g_string_append (line, box->title);
  add_bytes (line, box, is_static, is_exact);
  if (!is_static)
    add_part (line, each);
  if (box->is_mixed)
    /* translators: of the objects of a group: their references are not the same */
    add_part (line, _("not all alike"));
  add_part (line, note);
  add_difference (line, box);
  /* translators: of the objects of a group */
  add_part (line, _("referred to once each"));
}

char *
_hs_graph_name_box (HsGraph *self,
                    guint    box,
                    gboolean is_exact)
{
  const HsGraphBox *b = hs_graph_get_box (self, box);
  GString          *line = g_string_new (NULL);

  switch (b->kind)
    {
    case HS_BOX_OBJECT:
      name_object (line, self, b, is_exact);
      break;

    case HS_BOX_GROUP:
      name_group (line, self, box, b, is_exact);
      break;

    case HS_BOX_GHOST:
      name_ghost (line, b, is_exact);
      break;

    case HS_BOX_SCOPE:
      g_string_append (line, b->title);
      add_part (line, b->preview);
      break;
    }

  if (b->is_folded)
    {
      guint64          n_folded = _hs_graph_get_detail (self, box)->n_folded;
      g_autofree char *count = hs_format_count (n_folded);
      /* translators: of a box that shows its title only; %s is a number */
      g_autofree char *folded = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                                              "folded: %s reference",
                                                              "folded: %s references",
                                                              (gulong)n_folded),
                                                 count);

      add_part (line, folded);
    }

  return g_string_free (line, FALSE);
}

char *
hs_graph_name_box (HsGraph *self,
                   guint    box)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (box < self->boxes->len, NULL);

  return _hs_graph_name_box (self, box, FALSE);
}
