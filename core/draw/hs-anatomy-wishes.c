/* hs-anatomy-wishes.c - what a person asked of the bytes of objects
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "hs-anatomy-scene.h"
#include "hs-cost-scene.h"
#include "hs-wishes-private.h"

enum
{
  OPTION_SHOW,
  OPTION_COMPARE,
  OPTION_CONTENTS,
  N_ANATOMY_OPTIONS
};

/* Choices of OPTION_SHOW. */
enum
{
  SHOW_BYTES,
  SHOW_COST,
};

/* What is shown beside a selected object. */
enum
{
  COMPARE_ALONE,
  COMPARE_KIND, /* objects of its type that have other sizes */
  COMPARE_KEPT, /* those that were selected before */
};

typedef struct
{
  HsWishes    parent;
  char      **focus;     /* owned, nullable */
  GArray     *selection; /* owned; guint32, the last is the newest */
  GHashTable *opened;    /* owned; keys of fields */
  /* What is shown of that heap without a selection, once it has been asked for;
   * both nullable.
   */
  HsHeap *heap;
  GArray *usual; /* never changed */
} HsAnatomyWishes;

static void
anatomy_wishes_init (HsWishes *wishes)
{
  HsAnatomyWishes *self = (HsAnatomyWishes *)wishes;

  self->selection = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->opened = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
}

static void
anatomy_wishes_copy (HsWishes       *wishes,
                     const HsWishes *other)
{
  HsAnatomyWishes       *self = (HsAnatomyWishes *)wishes;
  const HsAnatomyWishes *from = (const HsAnatomyWishes *)other;
  GHashTableIter         iter;
  gpointer               key;

  anatomy_wishes_init (wishes);
  self->focus = g_strdupv (from->focus);
  self->heap = from->heap != NULL ? hs_heap_ref (from->heap) : NULL;
  self->usual = from->usual != NULL ? g_array_ref (from->usual) : NULL;
  g_array_append_vals (self->selection, from->selection->data, from->selection->len);
  g_hash_table_iter_init (&iter, from->opened);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_hash_table_add (self->opened, g_memdup2 (key, sizeof (guint64)));
}

static void
forget_usual (HsAnatomyWishes *self)
{
  g_clear_pointer (&self->heap, hs_heap_unref);
  g_clear_pointer (&self->usual, g_array_unref);
}

static void
anatomy_wishes_clear (HsWishes *wishes)
{
  HsAnatomyWishes *self = (HsAnatomyWishes *)wishes;

  forget_usual (self);
  g_strfreev (self->focus);
  g_array_unref (self->selection);
  g_hash_table_unref (self->opened);
}

static void
anatomy_wishes_set_focus (HsWishes          *wishes,
                          const char *const *names)
{
  HsAnatomyWishes *self = (HsAnatomyWishes *)wishes;

  forget_usual (self);
  g_strfreev (self->focus);
  self->focus = names != NULL && *names != NULL ? g_strdupv ((char **)names) : NULL;
}

/* Keeps the last of them only, as many as there can be columns. */
static void
select_object (HsAnatomyWishes *self,
               guint32          object)
{
  for (guint i = 0; i < self->selection->len; i++)
    if (g_array_index (self->selection, guint32, i) == object)
      {
        g_array_remove_index (self->selection, i);
        break;
      }
  g_array_append_val (self->selection, object);
  if (self->selection->len > HS_ANATOMY_COLUMNS_MAX)
    g_array_remove_index (self->selection, 0);
}

/* Returns: (transfer full) */
static GArray *
choose (const HsAnatomyWishes *self,
        HsHeap                *heap,
        guint64               *n_left_out)
{
  const GArray   *selection = self->selection;
  guint           compare = self->parent.choices[OPTION_COMPARE];
  guint32         last;
  HsAnatomyChoice choice = { 0 };
  GArray         *choices;

  *n_left_out = 0;
  if (selection->len == 0 && self->focus != NULL)
    return hs_anatomy_choose_names (heap, (const char *const *)self->focus, n_left_out);
  if (selection->len == 0)
    return hs_anatomy_choose (heap, n_left_out);

  last = g_array_index (selection, guint32, selection->len - 1);
  if (compare == COMPARE_KIND)
    return hs_anatomy_choose_kind (heap, last, n_left_out);

  choices = g_array_new (FALSE, FALSE, sizeof (HsAnatomyChoice));
  for (guint i = compare == COMPARE_KEPT ? 0 : selection->len - 1; i < selection->len; i++)
    {
      choice.object = g_array_index (selection, guint32, i);
      if (choice.object < hs_heap_get_view (heap)->n_objects)
        g_array_append_val (choices, choice);
    }

  return choices;
}

/* Looks at all objects the first time only. Returns: (transfer full) */
static GArray *
choose_again (HsAnatomyWishes *self,
              HsHeap          *heap)
{
  guint64 n_left_out;

  if (self->selection->len > 0)
    return choose (self, heap, &n_left_out);

  if (self->heap != heap)
    {
      forget_usual (self);
      self->heap = hs_heap_ref (heap);
      self->usual = choose (self, heap, &n_left_out);
    }

  return g_array_ref (self->usual);
}

/* What the picture shows already, even as the end of a pointer, changes nothing:
 * else it would be gone as soon as one points at something in it.
 */
static gboolean
anatomy_wishes_select (HsWishes *wishes,
                       HsHeap   *heap,
                       guint32   object)
{
  HsAnatomyWishes *self = (HsAnatomyWishes *)wishes;

  g_autoptr(GArray) choices = NULL;

  if (wishes->choices[OPTION_SHOW] == SHOW_COST || object == HS_NO_OBJECT ||
      object >= hs_heap_get_view (heap)->n_objects)
    return FALSE;

  choices = choose_again (self, heap);
  if (hs_anatomy_choices_show (heap, choices, object))
    return FALSE;
  select_object (self, object);

  return TRUE;
}

/* Forgets what was opened in the block. */
static gboolean
fold_block (HsAnatomyWishes *self,
            guint64          key)
{
  GHashTableIter iter;
  gpointer       opened;
  gboolean       has_changed = FALSE;

  g_hash_table_iter_init (&iter, self->opened);
  while (g_hash_table_iter_next (&iter, &opened, NULL))
    if (*(guint64 *)opened >> HS_ANATOMY_KEY_BITS == key >> HS_ANATOMY_KEY_BITS)
      {
        g_hash_table_iter_remove (&iter);
        has_changed = TRUE;
      }

  return has_changed;
}

static gboolean
anatomy_wishes_activate (HsWishes    *wishes,
                         HsScene     *scene,
                         const HsHit *hit)
{
  HsAnatomyWishes      *self = (HsAnatomyWishes *)wishes;
  const HsAnatomyField *field;
  HsAnatomy            *anatomy;
  guint                 n_blocks;

  anatomy = hs_anatomy_scene_get_anatomy (scene);
  if (anatomy == NULL)
    return FALSE;

  n_blocks = hs_anatomy_get_n_blocks (anatomy);
  if (hit->item < n_blocks)
    return hit->kind == HS_HIT_FOLD &&
           fold_block (self, hs_anatomy_get_block (anatomy, hit->item)->key);
  if (hit->item - n_blocks >= hs_anatomy_get_n_fields (anatomy))
    return FALSE;

  field = hs_anatomy_get_field (anatomy, hit->item - n_blocks);
  if (field->can_open)
    return g_hash_table_add (self->opened, g_memdup2 (&field->key, sizeof field->key));
  if (field->aim != HS_AIM_OBJECT)
    return FALSE;
  select_object (self, field->object);

  return TRUE;
}

static HsScene *
anatomy_wishes_build (const HsWishes *wishes,
                      HsHeap         *heap,
                      const char     *language,
                      GCancellable   *cancellable,
                      GError        **error)
{
  const HsAnatomyWishes *self = (const HsAnatomyWishes *)wishes;
  guint64                n_left_out;

  g_autoptr(GArray) choices = NULL;
  g_autoptr(HsAnatomy) anatomy = NULL;

  if (wishes->choices[OPTION_SHOW] == SHOW_COST)
    return hs_cost_scene_new (heap, language, cancellable, error);

  choices = choose (self, heap, &n_left_out);

  if (choices->len == 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "%s",
                   self->focus != NULL
                   ? _("The code gave no object one of these names.")
                   : _("The code made no objects whose bytes could be shown."));
      return NULL;
    }

  anatomy = hs_anatomy_new (heap, choices, wishes->choices[OPTION_CONTENTS], self->opened,
                            n_left_out, cancellable, error);
  if (anatomy == NULL)
    return NULL;

  return hs_anatomy_scene_new (anatomy, language, cancellable, error);
}

static const char *const show_ids[] = { "bytes", "cost", NULL };
static const char *const show_labels[] = { N_("Bytes"), N_("Cost"), NULL };

static const char *const compare_ids[] = { "alone", "kind", "kept", NULL };
static const char *const compare_labels[] = {
  /* translators: beside the selected object: nothing */
  N_("Alone"),
      /* translators: beside the selected object: others of its type */
      N_("With Other Sizes of Its Type"),
          /* translators: beside the selected object: those that were selected before */
          N_("With Those Selected Before"),
              NULL,
      };

static const char *const contents_ids[] = { "numbers", "never", "always", NULL };
static const char *const contents_labels[] = {
  /* translators: the objects in a container are drawn: if all are numbers */
  N_("Of Containers of Numbers"),
      /* translators: the objects in a container are drawn: never */
      N_("Never"),
          /* translators: the objects in a container are drawn: always */
          N_("Always"),
              NULL,
      };

/* clang-format off */
static const HsOption options[N_ANATOMY_OPTIONS] = {
  [OPTION_SHOW] = {
    .id = "show",
    .label = N_("Show"),
    .tooltip = N_("The bytes of objects, or what one more instance and one more attribute cost"),
    .choices = show_ids,
    .labels = show_labels,
    .is_kind = TRUE,
  },
  [OPTION_COMPARE] = {
    .id = "compare",
    .label = N_("Selected Object"),
    .tooltip = N_("What stands beside the selected object"),
    .choices = compare_ids,
    .labels = compare_labels,
  },
  [OPTION_CONTENTS] = {
    .id = "contents",
    .label = N_("Items"),
    .tooltip = N_("Whether the objects that the items of a container lead to are drawn, too"),
    .choices = contents_ids,
    .labels = contents_labels,
  },
};

const HsView _hs_anatomy_view = {
  .name = "layout",
  .title = N_("Layout"),
  .description = N_("The bytes of objects, word by word, side by side on one scale"),
  .icon = "heapscape-layout-symbolic",
  .options = options,
  .n_options = N_ANATOMY_OPTIONS,
  .wishes_size = sizeof (HsAnatomyWishes),
  .init = anatomy_wishes_init,
  .copy = anatomy_wishes_copy,
  .clear = anatomy_wishes_clear,
  .set_focus = anatomy_wishes_set_focus,
  .activate = anatomy_wishes_activate,
  .select = anatomy_wishes_select,
  .build = anatomy_wishes_build,
};
/* clang-format on */
