/* hs-diff-names.c - names that appeared, lead elsewhere, or have gone
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-diff-private.h"

#include <string.h>

/* Of so many names what they lead to is summed up; of more, for all of them the object
 * itself is: each 64 of them cost a visit to everything.
 */
#define N_DEEP_MAX 2048

/* Longest name that is kept whole: there may be millions. */
#define NAME_CHARS 256

enum
{
  NUMBER_FILE = 16,
  NUMBER_SCOPE,
};

/* The numbers of the names of a heap. */
static guint32 *
new_name_numbers (HsDiff *self,
                  HsHeap *heap)
{
  const HsSnapshotView *view = &heap->view;
  guint32              *numbers = g_new (guint32, (gsize)view->n_names + 1);
  g_autofree guint32   *scopes = g_new (guint32, (gsize)view->n_scopes + 1);

  for (guint32 i = 0; i < view->n_scopes; i++)
    {
      const char *file = hs_snapshot_view_get_string (view, view->scope_file[i]);
      const char *name = hs_snapshot_view_get_string (view, view->scope_name[i]);

      scopes[i] = _hs_diff_number (self, name, _hs_diff_number (self, file, 0, NUMBER_FILE),
                                   NUMBER_SCOPE + view->scope_kind[i]);
    }
  for (guint32 i = 0; i < view->n_names; i++)
    numbers[i] = _hs_diff_number (self,
                                  hs_snapshot_view_get_string (view, view->name_label[i]),
                                  scopes[view->name_scope[i]],
                                  NUMBER_SCOPE + HS_N_SCOPE_KINDS);

  return numbers;
}

/* By name. Returns: (transfer full) */
static guint64 *
new_bytes (HsHeap  *heap,
           gboolean is_deep)
{
  const HsSnapshotView *view = &heap->view;
  guint64              *bytes;

  if (is_deep && view->n_names > 0)
    return hs_heap_new_deep_of (heap, view->name_object, view->n_names);

  bytes = g_new (guint64, (gsize)view->n_names + 1);
  for (guint32 i = 0; i < view->n_names; i++)
    bytes[i] = hs_heap_get_occupied (heap, view->name_object[i]);

  return bytes;
}

static HsDiffState
compare_bytes (guint64 before,
               guint64 after)
{
  if (before == HS_BYTES_UNKNOWN || after == HS_BYTES_UNKNOWN || before == after)
    return HS_DIFF_STAYED;

  return before < after ? HS_DIFF_GREW : HS_DIFF_SHRANK;
}

static HsDiffName
make_name (HsHeap     *heap,
           guint32     name,
           HsDiffState state)
{
  const HsSnapshotView *view = &heap->view;
  guint32               type = hs_snapshot_view_get_type (view, view->name_object[name]);
  HsDiffName            made = { 0 };

  made.scope = _hs_heap_dup_short_string (heap, view->scope_name[view->name_scope[name]],
                                          NAME_CHARS);
  made.name = _hs_heap_dup_short_string (heap, view->name_label[name], NAME_CHARS);
  made.type = hs_heap_dup_type_name (heap, type);
  made.state = state;

  return made;
}

/* A name that is in both. */
static void
compare (HsDiff     *self,
         guint32     former,
         guint32     name,
         HsDiffName *made)
{
  guint32 old = self->before->view.name_object[former];
  guint32 new = self->after->view.name_object[name];

  made->state = compare_bytes (made->bytes_before, made->bytes_after);
  if (!self->is_matched)
    return;

  made->is_other = self->former[new] != old;
  if (made->is_other || (made->state == HS_DIFF_STAYED && self->state[new] == HS_DIFF_CHANGED))
    made->state = HS_DIFF_CHANGED;
}

static void
clear_name (gpointer data)
{
  HsDiffName *name = data;

  g_free (name->scope);
  g_free (name->name);
  g_free (name->type);
}

void
_hs_diff_compare_names (HsDiff *self)
{
  guint32             n_before = self->before->view.n_names;
  guint32             n_after = self->after->view.n_names;
  g_autofree guint32 *old = new_name_numbers (self, self->before);
  g_autofree guint32 *new = new_name_numbers (self, self->after);
  g_autofree guint32 *first = NULL; /* by number: name before + 1 */
  g_autofree guint64 *bytes_before = NULL;
  g_autofree guint64 *bytes_after = NULL;

  self->has_deep_names = n_before <= N_DEEP_MAX && n_after <= N_DEEP_MAX;
  bytes_before = new_bytes (self->before, self->has_deep_names);
  bytes_after = new_bytes (self->after, self->has_deep_names);
  first = g_new0 (guint32, (gsize)hs_text_table_get_n (self->texts) + 1);
  self->names = g_array_new (FALSE, FALSE, sizeof (HsDiffName));
  g_array_set_clear_func (self->names, clear_name);

  /* Of two running calls of one function, the later name stands first. */
  for (guint32 i = n_before; i > 0; i--)
    first[old[i - 1]] = i;
  for (guint32 i = 0; i < n_after; i++)
    {
      guint32    former = first[new[i]];
      HsDiffName made = make_name (self->after, i, HS_DIFF_APPEARED);

      made.bytes_after = bytes_after[i];
      if (former > 0)
        {
          made.bytes_before = bytes_before[former - 1];
          compare (self, former - 1, i, &made);
          old[former - 1] = G_MAXUINT32; /* has been found */
        }
      first[new[i]] = 0;
      g_array_append_val (self->names, made);
    }
  for (guint32 i = 0; i < n_before; i++)
    if (old[i] != G_MAXUINT32)
      {
        HsDiffName made = make_name (self->before, i, HS_DIFF_GONE);

        made.bytes_before = bytes_before[i];
        g_array_append_val (self->names, made);
      }
}
