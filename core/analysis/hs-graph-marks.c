/* hs-graph-marks.c - what is special about an object, as marks and in words
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-graph-label.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hs-format.h"

const char *
hs_graph_get_mark_word (HsGraphMarks mark)
{
  switch (mark)
    {
    case HS_GRAPH_MARK_INTERNED:
      /* translators: of a text that is in Python's table of interned strings */
      return _("interned");
    case HS_GRAPH_MARK_IMMORTAL:
      /* translators: of an object whose references Python does not count */
      return _("immortal");
    case HS_GRAPH_MARK_STATIC:
      /* translators: of objects inside the interpreter, which need no heap bytes */
      return _("static");
    case HS_GRAPH_MARK_OVERALLOCATED:
      /* translators: of a list or dict with memory for items that are not there yet */
      return _("room for more");
    case HS_GRAPH_MARK_TRACKED:
      /* translators: of an object that the garbage collector looks at */
      return _("tracked by the collector");
    case HS_GRAPH_MARK_FREED:
      /* translators: of an object of an earlier moment that is not there any more */
      return _("freed");
    case HS_GRAPH_MARK_NEW:
      return hs_diff_get_state_word (HS_DIFF_APPEARED);
    case HS_GRAPH_MARK_GREW:
      return hs_diff_get_state_word (HS_DIFF_GREW);
    case HS_GRAPH_MARK_SHRANK:
      return hs_diff_get_state_word (HS_DIFF_SHRANK);
    case HS_GRAPH_MARK_CHANGED:
      return hs_diff_get_state_word (HS_DIFF_CHANGED);
    case HS_GRAPH_N_MARKS:
    default:
      break;
    }

  g_return_val_if_reached ("");
}

guint
_hs_graph_get_marks (HsHeap  *heap,
                     uint32_t object)
{
  guint32 flags = heap->view.object_flags[object];
  guint   marks = 0;

  if (flags & HS_OBJECT_INTERNED)
    marks |= HS_GRAPH_MARK_INTERNED;
  if (flags & HS_OBJECT_STATIC)
    marks |= HS_GRAPH_MARK_STATIC;
  else if (flags & HS_OBJECT_IMMORTAL)
    marks |= HS_GRAPH_MARK_IMMORTAL;
  if (flags & HS_OBJECT_GC_TRACKED)
    marks |= HS_GRAPH_MARK_TRACKED;

  return marks;
}

/* The first field of @object that is called @name, or FALSE. */
static gboolean
find_field (HsHeap     *heap,
            uint32_t    object,
            const char *name,
            guint64    *value)
{
  const HsSnapshotView *view = &heap->view;

  if (object >= view->n_described)
    return FALSE;

  for (uint32_t i = view->object_fields[object]; i < view->object_fields[object + 1]; i++)
    {
      if (view->field_kind[i] != HS_FIELD_SIGNED && view->field_kind[i] != HS_FIELD_UNSIGNED)
        continue;
      if (strcmp (hs_snapshot_view_get_string (view, view->field_name[i]), name) == 0)
        {
          *value = view->field_value[i];
          return TRUE;
        }
    }

  return FALSE;
}

/* A set grows as soon as 5 × fill ≥ 3 × mask (set_add_entry() of
 * Objects/setobject.c).
 */
static guint64
get_room_of_set (HsHeap  *heap,
                 uint32_t object)
{
  guint64 fill;
  guint64 mask;
  guint64 most;

  if (!find_field (heap, object, "fill", &fill) || !find_field (heap, object, "mask", &mask) ||
      mask == 0 || mask > G_MAXINT64 / 3)
    return 0;

  most = (3 * mask - 1) / 5;

  return most > fill ? most - fill : 0;
}

guint64
_hs_graph_get_n_spare (HsHeap  *heap,
                       uint32_t object)
{
  uint32_t type = hs_snapshot_view_get_type (&heap->view, object);
  guint64  length = hs_snapshot_view_get_length (&heap->view, object);
  guint64  room;

  /* A snapshot may claim anything: only numbers that can be true are believed. */
  if (_hs_heap_type_is (heap, type, "dict"))
    return find_field (heap, object, "dk_usable", &room) && room <= G_MAXUINT32 ? room : 0;

  if (_hs_heap_type_is (heap, type, "set"))
    return get_room_of_set (heap, object);

  if (length == HS_LENGTH_NONE)
    return 0;
  if (_hs_heap_type_is (heap, type, "list"))
    {
      if (!find_field (heap, object, "allocated", &room))
        return 0;
    }
  else if (_hs_heap_type_is (heap, type, "bytearray"))
    {
      /* One byte is for the NUL behind the data (Objects/bytearrayobject.c). */
      if (!find_field (heap, object, "ob_alloc", &room) || room == 0)
        return 0;
      room--;
    }
  else
    return 0;

  return room <= G_MAXINT64 && room > length ? room - length : 0;
}

static char *
dup_room (HsHeap  *heap,
          uint32_t object,
          guint64  n_spare)
{
  uint32_t         type = hs_snapshot_view_get_type (&heap->view, object);
  g_autofree char *count = hs_format_count (n_spare);

  if (_hs_heap_type_is (heap, type, "bytearray"))
    /* translators: free memory of a bytearray; %s is a number */
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "room for %s more byte",
                                         "room for %s more bytes", (gulong)n_spare),
                            count);

  /* translators: free memory of a list or dict; %s is a number */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "room for %s more item",
                                       "room for %s more items", (gulong)n_spare),
                          count);
}

/* Where a generator stands, or NULL: enum _framestate of
 * Include/internal/pycore_frame.h.
 */
static const char *
get_frame_state (HsHeap  *heap,
                 uint32_t object)
{
  static const char *const names[] = { "gi_frame_state", "cr_frame_state", "ag_frame_state" };
  uint32_t                 type = hs_snapshot_view_get_type (&heap->view, object);
  guint64                  value;
  gint8                    state;
  gint8                    created = heap->view.info.python_hex >= 0x030d0000 ? -3 : -2;
  gsize                    i;

  if (_hs_heap_type_is (heap, type, "generator"))
    i = 0;
  else if (_hs_heap_type_is (heap, type, "coroutine"))
    i = 1;
  else if (_hs_heap_type_is (heap, type, "async_generator"))
    i = 2;
  else
    return NULL;

  if (!find_field (heap, object, names[i], &value))
    return NULL;

  state = (gint8)(value & 0xff);
  if (state == created)
    /* translators: of a generator: its code has not begun to run */
    return _("not started");
  if (state < 0)
    /* translators: of a generator: its code waits at a yield or await */
    return _("suspended");
  if (state == 0)
    /* translators: of a generator: its code is running */
    return _("running");

  /* translators: of a generator: its code has come to its end */
  return _("finished");
}

char *
_hs_graph_dup_note (HsHeap  *heap,
                    uint32_t object,
                    guint64  n_spare)
{
  if (n_spare > 0)
    return dup_room (heap, object, n_spare);

  return g_strdup (get_frame_state (heap, object));
}

char *
_hs_graph_dup_inside_note (const HsGraphBox *box,
                           gboolean          is_exact)
{
  gboolean         is_known = box->inside_bytes != HS_BYTES_UNKNOWN;
  guint64          least = box->inside_least_bytes;
  g_autofree char *count = NULL;
  g_autofree char *bytes = NULL;

  if (box->n_inside == 0)
    return NULL;

  count = hs_format_count (box->n_inside);
  bytes = is_exact ? hs_format_bytes_exact (least) : hs_format_bytes (least);

  if (is_known)
    /* translators: of a group of objects: how many others only they refer to, and a size */
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                         "with %s object inside, %s",
                                         "with %s objects inside, %s",
                                         (gulong)box->n_inside),
                            count, bytes);

  /* translators: of a group of objects: how many others only they refer to, and a size */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                       "with %s object inside, at least %s",
                                       "with %s objects inside, at least %s",
                                       (gulong)box->n_inside),
                          count, bytes);
}

char *
_hs_graph_dup_group_note (const HsGraphBox *box,
                          gboolean          is_exact)
{
  g_autofree char *inside = _hs_graph_dup_inside_note (box, is_exact);
  g_autofree char *count = hs_format_count (box->n_new);
  g_autofree char *new = NULL;

  /* If all are, the mark says so. */
  if (box->n_new == 0 || box->n_new == box->n_members)
    return g_steal_pointer (&inside);

  /* translators: of the objects of a group, compared with an earlier moment */
  new = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s of them new", "%s of them new",
                                      (gulong)box->n_new),
                         count);

  return inside != NULL                ? g_strconcat (new, C_ ("list", ", "), inside, NULL)
                                       : g_steal_pointer (&new);
}
