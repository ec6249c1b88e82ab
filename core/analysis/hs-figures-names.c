/* hs-figures-names.c - moments and objects that expressions name
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-figures-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hs-heap-private.h"

/* Characters of a label that are compared. */
#define LABEL_CHARS 200

/* Moments */

/* "NAME#2" in two; without a number 0. */
static char *
split_count (const char *name,
             guint64    *count)
{
  const char *sign = strrchr (name, '#');
  char       *end;

  *count = 0;
  if (sign == NULL || !g_ascii_isdigit (sign[1]))
    return g_strdup (name);

  *count = g_ascii_strtoull (sign + 1, &end, 10);
  if (*end != '\0')
    {
      *count = 0;
      return g_strdup (name);
    }

  return g_strndup (name, (gsize)(sign - name));
}

gboolean
_hs_figures_find_moment (const HsVariant *variant,
                         const char      *name,
                         guint           *moment,
                         GError         **error)
{
  guint64          count;
  g_autofree char *wanted = split_count (name, &count);

  for (guint i = variant->history == NULL ? 0 : hs_history_get_n_moments (variant->history); i > 0;
       i--)
    {
      const HsRecordMoment *row = &hs_history_get_record (variant->history)->moments[i - 1];
      g_autofree char      *text = NULL;

      if (row->kind != HS_MOMENT_COMMENT || (count > 0 && row->count != count))
        continue;
      text = hs_history_dup_text (variant->history, row->name);
      if (g_str_equal (text, wanted))
        {
          *moment = i - 1;
          return TRUE;
        }
    }

  g_set_error (error, HS_FIGURES_ERROR, HS_FIGURES_ERROR_NOT_FOUND,
               /* translators: the names of a variant and of a snapshot that its code asks for */
               _("Variant “%1$s” has not reached the snapshot “%2$s”"), variant->name, name);

  return FALSE;
}

HsHeap *
_hs_figures_open_heap (const HsVariant *variant,
                       const char      *moment,
                       GError         **error)
{
  g_autoptr(GError) reason = NULL;
  HsHeap *heap;
  guint   index;

  if (moment == NULL)
    {
      if (variant->heap != NULL)
        return hs_heap_ref (variant->heap);
      g_set_error (error, HS_FIGURES_ERROR, HS_FIGURES_ERROR_NOT_MEASURED,
                   /* translators: %s is the name of a variant */
                   _("Variant “%s” has no snapshot of its end"), variant->name);
      return NULL;
    }

  if (!_hs_figures_find_moment (variant, moment, &index, error))
    return NULL;
  if (!hs_history_has_heap (variant->history, index))
    {
      g_set_error (error, HS_FIGURES_ERROR, HS_FIGURES_ERROR_NOT_MEASURED,
                   /* translators: the name of a moment in the code */
                   _("There was no room for the snapshot “%s”"), moment);
      return NULL;
    }

  heap = hs_history_open_heap (variant->history, index, &reason);
  if (heap == NULL)
    g_set_error_literal (error, HS_FIGURES_ERROR, HS_FIGURES_ERROR_NOT_MEASURED, reason->message);

  return heap;
}

/* Objects */

static gboolean
find_name (HsHeap     *heap,
           const char *name,
           uint32_t   *object)
{
  const HsSnapshotView *view = &heap->view;

  for (uint32_t i = 0; i < view->n_names; i++)
    if (g_str_equal (hs_snapshot_view_get_string (view, view->name_label[i]), name))
      {
        /* Names are in the order of their scopes, of which the module is the first. */
        *object = view->name_object[i];
        return TRUE;
      }

  return FALSE;
}

/* Whether an edge of @kind can be what ".label" or "[label]" means. */
static gboolean
is_kind (uint8_t  kind,
         gboolean is_attribute)
{
  if (!is_attribute)
    return kind == HS_EDGE_INDEX || kind == HS_EDGE_VALUE;

  return kind == HS_EDGE_ATTRIBUTE || kind == HS_EDGE_SLOT || kind == HS_EDGE_CELL ||
         kind == HS_EDGE_LOCAL || kind == HS_EDGE_FIELD || kind == HS_EDGE_CLASS;
}

static gboolean
follow_label (HsHeap     *heap,
              const char *label,
              gboolean    is_attribute,
              uint32_t   *object)
{
  const HsSnapshotView *view = &heap->view;
  uint32_t              first;
  uint32_t              n = hs_snapshot_view_get_all_edges (view, *object, &first);

  for (uint32_t edge = first; edge < first + n; edge++)
    {
      g_autofree char *text = NULL;

      if (!is_kind (view->edge_kind[edge], is_attribute))
        continue;
      text = _hs_heap_dup_short_label (heap, edge, LABEL_CHARS);
      if (g_str_equal (text, label))
        {
          *object = view->edge_target[edge];
          return TRUE;
        }
    }

  return FALSE;
}

/* [3] without a look at what stands before; [-1] is the last. */
static gboolean
follow_position (HsHeap     *heap,
                 const char *label,
                 uint32_t   *object)
{
  const HsSnapshotView *view = &heap->view;
  uint32_t              first;
  uint32_t              n = hs_snapshot_view_get_all_edges (view, *object, &first);
  gint64                position;
  char                 *end;

  position = g_ascii_strtoll (label, &end, 10);
  if (*label == '\0' || *end != '\0')
    return FALSE;

  for (uint32_t i = 0; position < 0 && i < n; i++)
    if (view->edge_kind[first + n - 1 - i] == HS_EDGE_INDEX)
      {
        position += (gint64)view->edge_label[first + n - 1 - i] + 1;
        break;
      }

  for (uint32_t i = position >= 0 && position < n ? (uint32_t)position : 0; i < n; i++)
    if (view->edge_kind[first + i] == HS_EDGE_INDEX && view->edge_label[first + i] == position)
      {
        *object = view->edge_target[first + i];
        return TRUE;
      }

  return FALSE;
}

static gboolean
follow_attribute (HsHeap     *heap,
                  const char *name,
                  uint32_t   *object)
{
  g_autofree char *key = g_strdup_printf ("'%s'", name);
  uint32_t         dict = *object;

  if (follow_label (heap, name, TRUE, object))
    return TRUE;
  if (!follow_label (heap, "__dict__", TRUE, &dict) || !follow_label (heap, key, FALSE, &dict))
    return FALSE;

  *object = dict;

  return TRUE;
}

static gboolean
follow_key (HsHeap   *heap,
            char     *key,
            uint32_t *object)
{
  gsize length = strlen (key);

  /* As Python writes it, so does a preview. */
  if (length >= 2 && key[0] == '"' && key[length - 1] == '"' && strchr (key, '\'') == NULL)
    key[0] = key[length - 1] = '\'';

  return follow_position (heap, key, object) || follow_label (heap, key, FALSE, object);
}

/* The length of what stands in brackets, texts with brackets included; 0: they do not end. */
static gsize
measure_key (const char *text)
{
  char  quote = '\0';
  guint depth = 1;

  for (gsize i = 0; text[i] != '\0'; i++)
    {
      if (quote != '\0')
        quote = text[i] == quote ? '\0' : quote;
      else if (text[i] == '\'' || text[i] == '"')
        quote = text[i];
      else if (text[i] == '[')
        depth++;
      else if (text[i] == ']' && --depth == 0)
        return i;
    }

  return 0;
}

static gboolean
follow_steps (HsHeap     *heap,
              const char *at,
              uint32_t   *object)
{
  while (*at != '\0')
    {
      gboolean         is_attribute = *at++ == '.';
      gsize            length = is_attribute ? strcspn (at, ".[") : measure_key (at);
      g_autofree char *step = g_strndup (at, length);

      if (length == 0)
        return FALSE;
      if (is_attribute ? !follow_attribute (heap, step, object) : !follow_key (heap, step, object))
        return FALSE;
      at += is_attribute ? length : length + 1;
      if (*at != '\0' && *at != '.' && *at != '[')
        return FALSE;
    }

  return TRUE;
}

gboolean
_hs_figures_find_object (HsHeap     *heap,
                         const char *path,
                         uint32_t   *object,
                         GError    **error)
{
  gsize            length = strcspn (path, ".[");
  g_autofree char *name = g_strndup (path, length);

  if (find_name (heap, name, object) && follow_steps (heap, path + length, object))
    return TRUE;

  g_set_error (error, HS_FIGURES_ERROR, HS_FIGURES_ERROR_NOT_FOUND,
               /* translators: %s is a name in the code: "nodes[3].position" */
               _("The code has no “%s” then"), path);

  return FALSE;
}
