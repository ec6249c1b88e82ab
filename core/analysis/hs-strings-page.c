/* hs-strings-page.c - the texts that are shown, and who refers to each
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-strings-page.h"

#include <string.h>

#include "hs-strings-label.h"
#include "hs-strings-private.h"

/* Objects of a value, and references to an object, that are shown at first: of a
 * page with few rows all that a figure in a book would have.
 */
#define FEW_ROWS    24
#define FEW_COPIES  8
#define FEW_LABELS  10
#define MANY_COPIES 3
#define MANY_LABELS 4

typedef struct
{
  HsStringsPage              *page;
  const HsStringsPageOptions *options;
  GArray                     *rows;
  GArray                     *copies;
  GArray                     *labels;
  guint                       max_copies;
  guint                       max_labels;
  guint32                     pinned; /* value that is shown in any case, or HS_NO_STRING */
} Building;

static void
add_bytes (guint64 *sum,
           guint64  bytes)
{
  *sum = bytes > G_MAXINT64 - *sum ? G_MAXINT64 : *sum + bytes;
}

static void
add_to_sums (HsStringSums        *sums,
             const HsStringValue *value)
{
  sums->n_values++;
  sums->n_copies += value->n_copies;
  sums->n_uses += value->n_uses;
  sums->is_least |= value->is_least;
  add_bytes (&sums->occupied, value->occupied);
  add_bytes (&sums->sharing, value->sharing);
  add_bytes (&sums->saving, value->saving);
}

/* ---- Which values ---- */

static gboolean
is_in_focus (HsStrings    *strings,
             guint32       value,
             const guint8 *focus)
{
  const guint32 *copies = hs_strings_get_copies (strings, value);

  for (guint32 i = 0; i < strings->values[value].n_copies; i++)
    if (focus[copies[i]] != 0)
      return TRUE;

  return FALSE;
}

/* Counts the value where it belongs. Returns TRUE if it is asked for. */
static gboolean
choose (Building     *building,
        guint32       index,
        const guint8 *focus)
{
  HsStringsPage       *page = building->page;
  const HsStringValue *value = &page->strings->values[index];
  gboolean             is_hidden = index != building->pinned;

  if (focus != NULL && !is_in_focus (page->strings, index, focus))
    {
      page->n_out_of_focus += is_hidden;
      return FALSE;
    }
  if (building->options->only_copies && value->n_copies < 2)
    {
      page->n_single += is_hidden;
      return FALSE;
    }
  if (!building->options->with_names && value->use != HS_STRING_DATA)
    {
      if (is_hidden)
        add_to_sums (&page->folded, value);
      page->n_folded_constants += is_hidden && value->use == HS_STRING_CONSTANT;
      return FALSE;
    }
  add_to_sums (&page->shown, value);

  return TRUE;
}

/* ---- Rows ---- */

static guint
get_opened (Building *building,
            guint32   value)
{
  GHashTable *opened = building->options->opened;

  return opened != NULL
           ? GPOINTER_TO_UINT (g_hash_table_lookup (opened, GUINT_TO_POINTER (value)))
           : 0;
}

static HsStringSign
get_sign (HsStrings *strings,
          guint32    object)
{
  guint facts = hs_identity_get_facts (strings->identity, object);

  if (facts & HS_IDENTITY_INTERNED && (facts & (HS_IDENTITY_EMPTY | HS_IDENTITY_SINGLE)) == 0)
    return HS_STRING_SIGN_INTERNED;
  if (facts & HS_IDENTITY_STATIC)
    return HS_STRING_SIGN_STATIC;

  return facts & HS_IDENTITY_CONSTANT ? HS_STRING_SIGN_CONSTANT : HS_STRING_SIGN_LOOSE;
}

static void
add_copy (Building *building,
          guint32   object,
          guint     max_labels)
{
  HsStrings    *strings = building->page->strings;
  HsStringsCopy copy = {
    .object = object,
    .row = building->rows->len,
    .first_label = building->labels->len,
    .sign = get_sign (strings, object),
  };

  copy.n_left_out = _hs_strings_add_labels (strings, object, max_labels, building->labels);
  copy.n_labels = building->labels->len - copy.first_label;
  g_array_append_val (building->copies, copy);
}

/* The copies in the order of their objects, up to the limit, and the one that
 * has to be there.
 */
static void
add_row (Building *building,
         guint32   index,
         gboolean  is_pinned)
{
  HsStrings           *strings = building->page->strings;
  const HsStringValue *value = &strings->values[index];
  const guint32       *copies = hs_strings_get_copies (strings, index);
  guint                opened = get_opened (building, index);
  guint                max_copies = building->max_copies + opened;
  guint                max_labels = building->max_labels + opened;
  guint64              n_uses = 0;
  HsStringsRow         row = {
            .value = index,
            .first_copy = building->copies->len,
            .is_pinned = is_pinned,
            .is_open = opened > 0,
  };

  /* All of them, or so few that one sees at once that there are more. */
  if (opened == 0 && value->n_copies > max_copies)
    max_copies = MANY_COPIES;
  if (value->n_copies == max_copies + 1)
    max_copies++;
  for (guint32 i = 0; i < value->n_copies; i++)
    {
      if (i >= max_copies && copies[i] != building->options->object)
        continue;
      add_copy (building, copies[i], max_labels);
      n_uses += strings->n_uses[copies[i]];
    }
  row.n_copies = building->copies->len - row.first_copy;
  row.n_copies_left_out = value->n_copies - row.n_copies;
  row.n_uses_left_out = value->n_uses - MIN (n_uses, value->n_uses);
  g_array_append_val (building->rows, row);
}

/* Returns: (transfer full): the values that are asked for, in their order */
static GArray *
choose_values (Building *building)
{
  const HsStringsPageOptions *options = building->options;
  HsStrings                  *strings = building->page->strings;
  g_autofree guint32         *order = hs_strings_dup_order (strings, options->order);
  g_autofree guint8          *focus = NULL;
  GArray                     *chosen = g_array_new (FALSE, FALSE, sizeof (guint32));

  if (options->focus != NULL && options->focus[0] != NULL)
    focus = _hs_strings_mark_data (strings, options->focus, NULL);
  for (guint32 i = 0; i < strings->n_values; i++)
    if (choose (building, order[i], focus))
      g_array_append_val (chosen, order[i]);

  return chosen;
}

static gboolean
add_rows (Building     *building,
          GCancellable *cancellable)
{
  g_autoptr(GArray) chosen = choose_values (building);
  guint32  pinned = building->pinned;
  guint    n = MIN (chosen->len, building->options->max_rows);
  gboolean is_there = pinned == HS_NO_STRING;

  building->max_copies = chosen->len <= FEW_ROWS ? FEW_COPIES : MANY_COPIES;
  building->max_labels = chosen->len <= FEW_ROWS ? FEW_LABELS : MANY_LABELS;
  for (guint i = 0; i < n; i++)
    {
      guint32 value = g_array_index (chosen, guint32, i);

      if (g_cancellable_is_cancelled (cancellable))
        return FALSE;
      is_there = is_there || value == pinned;
      add_row (building, value, FALSE);
    }
  for (guint i = n; i < chosen->len; i++)
    {
      guint32 value = g_array_index (chosen, guint32, i);

      if (value != pinned)
        add_to_sums (&building->page->left_out, &building->page->strings->values[value]);
    }
  if (!is_there)
    add_row (building, pinned, TRUE);

  return TRUE;
}

HsStringsPage *
hs_strings_page_new (HsStrings                  *strings,
                     const HsStringsPageOptions *options,
                     GCancellable               *cancellable)
{
  HsStringsPage *self;
  Building       building;
  gboolean       is_done;

  g_return_val_if_fail (strings != NULL, NULL);
  g_return_val_if_fail (options != NULL, NULL);

  self = g_new0 (HsStringsPage, 1);
  self->strings = hs_strings_ref (strings);
  building = (Building) { .page = self, .options = options };
  building.pinned = hs_strings_find (strings, options->object);
  building.rows = g_array_new (FALSE, FALSE, sizeof (HsStringsRow));
  building.copies = g_array_new (FALSE, FALSE, sizeof (HsStringsCopy));
  building.labels = g_array_new (FALSE, FALSE, sizeof (HsStringsLabel));
  is_done = add_rows (&building, cancellable);

  self->n_rows = building.rows->len;
  self->rows = (HsStringsRow *)(void *)g_array_free (building.rows, FALSE);
  self->n_copies = building.copies->len;
  self->copies = (HsStringsCopy *)(void *)g_array_free (building.copies, FALSE);
  self->n_labels = building.labels->len;
  self->labels = (HsStringsLabel *)(void *)g_array_free (building.labels, FALSE);
  if (!is_done)
    g_clear_pointer (&self, hs_strings_page_free);

  return self;
}

void
hs_strings_page_free (HsStringsPage *self)
{
  g_return_if_fail (self != NULL);

  for (guint i = 0; i < self->n_labels; i++)
    g_free (self->labels[i].text);
  g_free (self->labels);
  g_free (self->copies);
  g_free (self->rows);
  hs_strings_unref (self->strings);
  g_free (self);
}
