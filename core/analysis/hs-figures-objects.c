/* hs-figures-objects.c - the functions that look at objects, lines and pages
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-figures-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hs-dominators.h"
#include "hs-heap-private.h"
#include "hs-line-bytes.h"

gboolean
_hs_figure_set_bytes (HsFigure   *self,
                      guint64     bytes,
                      const char *what,
                      GError    **error)
{
  if (bytes != HS_BYTES_UNKNOWN)
    return _hs_figure_set (self, HS_FIGURE_BYTES, (double)bytes);

  g_set_error (error, HS_FIGURES_ERROR, HS_FIGURES_ERROR_NOT_MEASURED,
               /* translators: %s is a name in the code or the name of a type */
               _("The bytes of “%s” are not all known"), what);

  return FALSE;
}

static const char *
get_text (const HsFigureCall *call,
          guint               i)
{
  return i < call->n_args ? call->args[i].text : NULL;
}

/* What a name is bound to */

/* "'text'" without its quotes. */
static char *
strip_quotes (char *preview)
{
  gsize length = strlen (preview);

  if (length < 2 || preview[0] != preview[length - 1] || strchr ("'\"", preview[0]) == NULL)
    return preview;

  preview[length - 1] = '\0';
  memmove (preview, preview + 1, length - 1);

  return preview;
}

static char *
dup_text (HsHeap  *heap,
          uint32_t object)
{
  char *preview = hs_heap_dup_preview (heap, object);

  return heap->view.type_family[hs_snapshot_view_get_type (&heap->view, object)] == HS_FAMILY_TEXT
           ? strip_quotes (preview)
           : preview;
}

static gboolean
set_value (HsHeap     *heap,
           uint32_t    object,
           const char *name,
           HsFigure   *figure,
           GError    **error)
{
  const HsSnapshotView *view = &heap->view;
  uint32_t              type = hs_snapshot_view_get_type (view, object);
  g_autofree char      *preview = hs_heap_dup_preview (heap, object);
  char                 *end;
  double                number;

  if (_hs_heap_type_is (heap, type, "bool"))
    return _hs_figure_set (figure, HS_FIGURE_BOOLEAN, g_str_equal (preview, "True"));

  number = g_ascii_strtod (preview, &end);
  if (view->type_family[type] == HS_FAMILY_NUMBER && *preview != '\0' && *end == '\0' &&
      (view->object_flags[object] & HS_OBJECT_PREVIEW_CUT) == 0)
    return _hs_figure_set (figure, HS_FIGURE_NUMBER, number);

  g_set_error (error, HS_FIGURES_ERROR, HS_FIGURES_ERROR_NOT_FOUND,
               /* translators: %s is a name in the code */
               _("“%s” is no number"), name);

  return FALSE;
}

static gboolean
set_references (HsHeap     *heap,
                uint32_t    object,
                const char *name,
                HsFigure   *figure,
                GError    **error)
{
  if ((heap->view.object_flags[object] & (HS_OBJECT_IMMORTAL | HS_OBJECT_STATIC)) == 0)
    return _hs_figure_set (figure, HS_FIGURE_COUNT,
                           hs_snapshot_view_get_refcount (&heap->view, object));

  g_set_error (error, HS_FIGURES_ERROR, HS_FIGURES_ERROR_NOT_MEASURED,
               /* translators: %s is a name in the code */
               _("References to “%s” are not counted: it never goes"), name);

  return FALSE;
}

static gboolean
set_length (HsHeap     *heap,
            uint32_t    object,
            const char *name,
            HsFigure   *figure,
            GError    **error)
{
  guint64 length = hs_snapshot_view_get_length (&heap->view, object);

  if (length != HS_LENGTH_NONE)
    return _hs_figure_set (figure, HS_FIGURE_COUNT, (double)length);

  g_set_error (error, HS_FIGURES_ERROR, HS_FIGURES_ERROR_NOT_MEASURED,
               /* translators: %s is a name in the code */
               _("The length of “%s” is not known"), name);

  return FALSE;
}

static gboolean
set_retained (HsHeap     *heap,
              uint32_t    object,
              const char *name,
              HsFigure   *figure,
              GError    **error)
{
  gboolean is_least;
  guint64  bytes = hs_dominators_get_retained (hs_heap_get_dominators (heap), object, &is_least);

  return _hs_figure_set_bytes (figure, is_least ? HS_BYTES_UNKNOWN : bytes, name, error);
}

gboolean
_hs_figures_call_object (const HsFigureCall *call,
                         HsFigure           *figure,
                         GError            **error)
{
  const char *name = call->args[1].text;
  g_autoptr(HsHeap) heap = _hs_figures_open_heap (call->variant, get_text (call, 2), error);
  uint32_t object;

  if (heap == NULL || !_hs_figures_find_object (heap, name, &object, error))
    return FALSE;

  switch ((HsFigureAsk)call->function->data)
    {
    case HS_ASK_VALUE:
      return set_value (heap, object, name, figure, error);

    case HS_ASK_TEXT:
      return _hs_figure_take_text (figure, dup_text (heap, object));

    case HS_ASK_TYPE:
      return _hs_figure_take_text (
        figure, hs_heap_dup_type_name (heap, hs_snapshot_view_get_type (&heap->view, object)));

    case HS_ASK_LENGTH:
      return set_length (heap, object, name, figure, error);

    case HS_ASK_GETSIZEOF:
      return _hs_figure_set_bytes (figure, hs_heap_get_getsizeof (heap, object), name, error);

    case HS_ASK_BYTES:
      return _hs_figure_set_bytes (figure, hs_heap_get_occupied (heap, object), name, error);

    case HS_ASK_REQUESTED:
      return _hs_figure_set_bytes (figure, hs_heap_get_requested (heap, object), name, error);

    case HS_ASK_RETAINED:
      return set_retained (heap, object, name, figure, error);

    case HS_ASK_DEEP:
      return _hs_figure_set_bytes (figure, hs_heap_get_deep (heap, object), name, error);

    case HS_ASK_REFERENCES:
      return set_references (heap, object, name, figure, error);

    case HS_ASK_INTERNED:
      return _hs_figure_set (figure, HS_FIGURE_BOOLEAN,
                             (heap->view.object_flags[object] & HS_OBJECT_INTERNED) != 0);
    }

  g_return_val_if_reached (FALSE);
}

gboolean
_hs_figures_call_is (const HsFigureCall *call,
                     HsFigure           *figure,
                     GError            **error)
{
  g_autoptr(HsHeap) heap = _hs_figures_open_heap (call->variant, get_text (call, 3), error);
  uint32_t objects[2];

  for (guint i = 0; i < 2; i++)
    if (heap == NULL ||
        !_hs_figures_find_object (heap, call->args[1 + i].text, &objects[i], error))
      return FALSE;

  return _hs_figure_set (figure, HS_FIGURE_BOOLEAN, objects[0] == objects[1]);
}

gboolean
_hs_figures_call_exists (const HsFigureCall *call,
                         HsFigure           *figure,
                         GError            **error)
{
  g_autoptr(HsHeap) heap = _hs_figures_open_heap (call->variant, get_text (call, 2), error);
  uint32_t object;

  if (heap == NULL)
    return FALSE;

  return _hs_figure_set (figure, HS_FIGURE_BOOLEAN,
                         _hs_figures_find_object (heap, call->args[1].text, &object, NULL));
}

/* Types */

/* Which of the types have that name, as it is shown or with its module. */
static gboolean *
find_types (HsHeap     *heap,
            const char *name)
{
  gboolean *is_wanted = g_new0 (gboolean, heap->view.n_types + 1);

  for (uint32_t i = 0; i < heap->view.n_types; i++)
    {
      g_autofree char *shown = hs_heap_dup_type_name (heap, i);

      is_wanted[i] = g_str_equal (shown, name);
    }

  return is_wanted;
}

gboolean
_hs_figures_call_type (const HsFigureCall *call,
                       HsFigure           *figure,
                       GError            **error)
{
  g_autoptr(HsHeap) heap = _hs_figures_open_heap (call->variant, get_text (call, 2), error);
  g_autofree gboolean *is_wanted = NULL;
  gboolean             is_bytes = call->function->data != 0;
  double               sum = 0;

  if (heap == NULL)
    return FALSE;

  is_wanted = find_types (heap, call->args[1].text);
  for (uint32_t i = 0; i < heap->view.n_objects; i++)
    {
      guint64 bytes;

      if (!is_wanted[hs_snapshot_view_get_type (&heap->view, i)])
        continue;
      bytes = is_bytes ? hs_heap_get_occupied (heap, i) : 1;
      if (bytes == HS_BYTES_UNKNOWN)
        return _hs_figure_set_bytes (figure, bytes, call->args[1].text, error);
      sum += (double)bytes;
    }

  return _hs_figure_set (figure, is_bytes ? HS_FIGURE_BYTES : HS_FIGURE_COUNT, sum);
}

/* Lines */

gboolean
_hs_figures_call_line (const HsFigureCall *call,
                       HsFigure           *figure,
                       GError            **error)
{
  HsHistory *history = call->variant->history;
  g_autoptr(GArray) lines = NULL;
  double bytes = 0;

  if (history == NULL ||
      (hs_history_get_record (history)->header.flags & HS_RECORD_BY_LINE) == 0)
    {
      g_set_error (error, HS_FIGURES_ERROR, HS_FIGURES_ERROR_NOT_MEASURED,
                   /* translators: %s is the name of a variant */
                   _("Lines of variant “%s” were not measured"), call->variant->name);
      return FALSE;
    }

  lines = hs_history_new_lines (history);
  for (guint i = 0; i < lines->len; i++)
    {
      const HsLineBytes *line = &g_array_index (lines, HsLineBytes, i);

      if (line->line == call->args[1].number)
        bytes = (double)(call->function->data != 0 ? line->live_bytes : line->total_bytes);
    }

  return _hs_figure_set (figure, HS_FIGURE_BYTES, bytes);
}

/* Pages */

static const char *const page_kinds[] = { "mapped", "cached", "dirty", "copied", "all" };

gboolean
_hs_figures_is_page_kind (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (page_kinds); i++)
    if (g_str_equal (page_kinds[i], name))
      return TRUE;

  return FALSE;
}

/* The last sample of the mapping of the object at @address by @moment that is not of a closed
 * one, HS_NO_MOMENT: at any time; NULL if there is none.
 */
static const HsRecordPageSample *
find_sample (const HsRecordView *record,
             guint64             address,
             guint               moment)
{
  const HsRecordPageSample *found = NULL;
  guint64                   until = G_MAXUINT64;

  if (moment != HS_NO_MOMENT)
    until = record->moments[moment].time_ns;

  for (uint32_t i = 0; i < record->n_page_samples; i++)
    {
      const HsRecordPageSample *sample = &record->page_samples[i];

      if (record->mappings[sample->mapping].object == address &&
          (sample->flags & HS_MAPPING_CLOSED) == 0 &&
          (sample->time_ns <= until || sample->moment == moment))
        found = sample;
    }

  return found;
}

static gboolean
set_pages (const HsRecordView       *record,
           const HsRecordPageSample *sample,
           const char               *kind,
           HsFigure                 *figure,
           GError                  **error)
{
  guint32 flags = sample->flags | record->mappings[sample->mapping].flags;
  guint64 n = hs_record_view_get_n_pages (record, sample->mapping, sample->bytes);

  if ((g_str_equal (kind, "cached") && (flags & HS_MAPPING_CACHE_HIDDEN) != 0) ||
      (g_str_equal (kind, "dirty") && (flags & HS_MAPPING_DIRTY_UNKNOWN) != 0))
    {
      g_set_error_literal (error, HS_FIGURES_ERROR, HS_FIGURES_ERROR_NOT_MEASURED,
                           _("The kernel does not say which pages of the file are in its cache"));
      return FALSE;
    }

  if (g_str_equal (kind, "mapped"))
    n = sample->n_mapped;
  else if (g_str_equal (kind, "cached"))
    n = sample->n_cached;
  else if (g_str_equal (kind, "dirty"))
    n = sample->n_dirty;
  else if (g_str_equal (kind, "copied"))
    n = sample->n_copies;

  return _hs_figure_set (figure, HS_FIGURE_COUNT, (double)n);
}

gboolean
_hs_figures_call_pages (const HsFigureCall *call,
                        HsFigure           *figure,
                        GError            **error)
{
  const char *kind = call->args[2].text;
  const char *at = get_text (call, 3);
  g_autoptr(HsHeap) heap = _hs_figures_open_heap (call->variant, at, error);
  const HsRecordView       *record = NULL;
  const HsRecordPageSample *sample = NULL;
  guint                     moment = HS_NO_MOMENT;
  uint32_t                  object;

  if (heap == NULL || !_hs_figures_find_object (heap, call->args[1].text, &object, error))
    return FALSE;
  if (!_hs_figures_is_page_kind (kind))
    {
      g_set_error (error, HS_FIGURES_ERROR, HS_FIGURES_ERROR_SYNTAX,
                   "“%s” is no kind of pages", kind);
      return FALSE;
    }

  if (at != NULL && !_hs_figures_find_moment (call->variant, at, &moment, error))
    return FALSE;
  if (call->variant->history != NULL)
    {
      record = hs_history_get_record (call->variant->history);
      sample = find_sample (record, hs_snapshot_view_get_address (&heap->view, object), moment);
    }
  if (sample != NULL)
    return set_pages (record, sample, kind, figure, error);

  g_set_error (error, HS_FIGURES_ERROR, HS_FIGURES_ERROR_NOT_MEASURED,
               /* translators: %s is a name in the code, of a mapped file */
               _("The pages of “%s” were not looked at"), call->args[1].text);

  return FALSE;
}

/* The process at a moment. Pages are looked at beside it; its RSS in between, about every
 * millisecond.
 */
gboolean
_hs_figures_call_rss (const HsFigureCall *call,
                      HsFigure           *figure,
                      GError            **error)
{
  const char         *at = get_text (call, 1);
  HsHistory          *history = call->variant->history;
  const HsRecordView *record = history != NULL ? hs_history_get_record (history) : NULL;
  guint               moment = HS_NO_MOMENT;
  gboolean            is_file = call->function->data != 0;
  guint64             until = G_MAXUINT64;

  if (at != NULL && !_hs_figures_find_moment (call->variant, at, &moment, error))
    return FALSE;
  if (moment != HS_NO_MOMENT)
    until = record->moments[moment].time_ns;

  for (uint32_t i = record != NULL && at != NULL ? record->n_page_samples : 0; i > 0; i--)
    {
      const HsRecordPageSample *sample = &record->page_samples[i - 1];

      if (sample->moment == moment)
        return _hs_figure_set (figure, HS_FIGURE_BYTES,
                               (double)(is_file ? sample->rss_file : sample->rss_anon));
    }
  for (uint32_t i = record != NULL ? record->n_rss : 0; i > 0; i--)
    {
      const HsRecordRss *rss = &record->rss[i - 1];

      if (rss->time_ns <= until)
        return _hs_figure_set (figure, HS_FIGURE_BYTES, (double)(is_file ? rss->file : rss->anon));
    }

  g_set_error_literal (error, HS_FIGURES_ERROR, HS_FIGURES_ERROR_NOT_MEASURED,
                       _("The memory of the process was not looked at then"));

  return FALSE;
}
