/* hs-strings-wishes.c - what a person asked of the view of texts
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "hs-strings-scene-private.h"
#include "hs-wishes-private.h"

#define FIRST_ROWS 100
#define MORE_ROWS  4 /* times as many */
#define MOST_ROWS  100000
#define MORE_PARTS 20 /* objects of a value, and references to each, at first; then twice as many */
#define MOST_PARTS 5000

enum
{
  OPTION_SORT,
  OPTION_NAMES,
  OPTION_DUPLICATES,
  N_STRINGS_OPTIONS
};

/* What was computed of a heap serves all scenes of it, whichever copy of the
 * wishes makes them, in whichever thread; so does what the last of them shows.
 */
typedef struct
{
  gatomicrefcount ref_count;
  GMutex          lock;
  HsStrings      *strings; /* owned; NULL before the first scene */
  GHashTable     *shown;   /* owned; objects that have an item of their own */
} Cache;

typedef struct
{
  HsWishes    parent;
  Cache      *cache;  /* owned */
  char      **focus;  /* owned; NULL: all */
  GHashTable *opened; /* owned; value → how many parts more */
  guint32     max_rows;
  guint32     object; /* that is selected, or HS_NO_OBJECT */
} HsStringsWishes;

static Cache *
cache_new (void)
{
  Cache *self = g_new0 (Cache, 1);

  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->lock);
  self->shown = g_hash_table_new (NULL, NULL);

  return self;
}

static void
cache_unref (Cache *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_mutex_clear (&self->lock);
  g_clear_pointer (&self->strings, hs_strings_unref);
  g_hash_table_unref (self->shown);
  g_free (self);
}

/* Two threads may both compute: that is better than one that waits.
 * Returns: (transfer full)
 */
static HsStrings *
cache_get_strings (Cache  *self,
                   HsHeap *heap)
{
  HsStrings *strings = NULL;

  g_mutex_lock (&self->lock);
  if (self->strings != NULL && hs_strings_get_heap (self->strings) == heap)
    strings = hs_strings_ref (self->strings);
  g_mutex_unlock (&self->lock);
  if (strings != NULL)
    return strings;

  strings = hs_strings_new (heap);
  g_mutex_lock (&self->lock);
  g_clear_pointer (&self->strings, hs_strings_unref);
  self->strings = hs_strings_ref (strings);
  g_hash_table_remove_all (self->shown);
  g_mutex_unlock (&self->lock);

  return strings;
}

static void
cache_set_shown (Cache         *self,
                 HsStringsPage *page)
{
  g_mutex_lock (&self->lock);
  g_hash_table_remove_all (self->shown);
  for (guint i = 0; i < page->n_copies; i++)
    g_hash_table_add (self->shown, GUINT_TO_POINTER (page->copies[i].object));
  g_mutex_unlock (&self->lock);
}

/* ---- A value ---- */

static void
strings_wishes_init (HsWishes *wishes)
{
  HsStringsWishes *self = (HsStringsWishes *)wishes;

  self->cache = cache_new ();
  self->opened = g_hash_table_new (NULL, NULL);
  self->max_rows = FIRST_ROWS;
  self->object = HS_NO_OBJECT;
}

static void
strings_wishes_copy (HsWishes       *wishes,
                     const HsWishes *other)
{
  HsStringsWishes       *self = (HsStringsWishes *)wishes;
  const HsStringsWishes *from = (const HsStringsWishes *)other;
  GHashTableIter         iter;
  gpointer               key;
  gpointer               value;

  g_atomic_ref_count_inc (&self->cache->ref_count);
  self->focus = g_strdupv (from->focus);
  self->opened = g_hash_table_new (NULL, NULL);
  g_hash_table_iter_init (&iter, from->opened);
  while (g_hash_table_iter_next (&iter, &key, &value))
    g_hash_table_insert (self->opened, key, value);
}

static void
strings_wishes_clear (HsWishes *wishes)
{
  HsStringsWishes *self = (HsStringsWishes *)wishes;

  cache_unref (self->cache);
  g_strfreev (self->focus);
  g_hash_table_unref (self->opened);
}

static void
strings_wishes_set_focus (HsWishes          *wishes,
                          const char *const *names)
{
  HsStringsWishes *self = (HsStringsWishes *)wishes;

  g_strfreev (self->focus);
  self->focus = names != NULL && names[0] != NULL ? g_strdupv ((char **)names) : NULL;
}

static gboolean
strings_wishes_show_more (HsWishes *wishes)
{
  HsStringsWishes *self = (HsStringsWishes *)wishes;

  if (self->max_rows >= MOST_ROWS)
    return FALSE;
  self->max_rows = MIN (self->max_rows * MORE_ROWS, MOST_ROWS);

  return TRUE;
}

/* Opens more of a value with each time. */
static gboolean
open_value (HsStringsWishes *self,
            guint32          value)
{
  gpointer key = GUINT_TO_POINTER (value);
  guint    n = GPOINTER_TO_UINT (g_hash_table_lookup (self->opened, key));

  if (n >= MOST_PARTS)
    return FALSE;
  g_hash_table_insert (self->opened, key,
                       GUINT_TO_POINTER (n == 0 ? MORE_PARTS : MIN (3 * n, MOST_PARTS)));

  return TRUE;
}

static gboolean
strings_wishes_activate (HsWishes    *wishes,
                         HsScene     *scene,
                         const HsHit *hit)
{
  HsStringsWishes     *self = (HsStringsWishes *)wishes;
  HsStringsScene      *strings_scene = _hs_strings_scene_cast (scene);
  const HsStringsItem *item;
  guint32              value;

  if (strings_scene == NULL)
    return FALSE;

  item = &strings_scene->items[hit->item];
  if (!item->is_box && strings_scene->bands[item->index].kind == HS_STRINGS_BAND_MORE)
    return strings_wishes_show_more (wishes);
  if (!item->is_box && strings_scene->bands[item->index].kind == HS_STRINGS_BAND_FOLDED)
    {
      wishes->choices[OPTION_NAMES] = 1;
      return TRUE;
    }

  value = item->is_box ? strings_scene->page->copies[item->index].row : item->index;
  value = strings_scene->page->rows[value].value;
  if (hit->kind == HS_HIT_MORE)
    return open_value (self, value);

  return hit->kind == HS_HIT_FOLD &&
         g_hash_table_remove (self->opened, GUINT_TO_POINTER (value));
}

/* Only a text can be asked to be shown, and only if it is not. */
static gboolean
strings_wishes_select (HsWishes *wishes,
                       HsHeap   *heap,
                       guint32   object)
{
  HsStringsWishes *self = (HsStringsWishes *)wishes;
  gboolean         is_missing = FALSE;

  self->object = object;
  g_mutex_lock (&self->cache->lock);
  if (self->cache->strings != NULL && hs_strings_get_heap (self->cache->strings) == heap)
    is_missing = hs_strings_find (self->cache->strings, object) != HS_NO_STRING &&
                 !g_hash_table_contains (self->cache->shown, GUINT_TO_POINTER (object));
  g_mutex_unlock (&self->cache->lock);

  return is_missing;
}

static HsScene *
strings_wishes_build (const HsWishes *wishes,
                      HsHeap         *heap,
                      const char     *language,
                      GCancellable   *cancellable,
                      GError        **error)
{
  const HsStringsWishes *self = (const HsStringsWishes *)wishes;
  HsStringsPageOptions   options = {
      .order = (HsStringsOrder)wishes->choices[OPTION_SORT],
      .with_names = wishes->choices[OPTION_NAMES] == 1,
      .only_copies = wishes->choices[OPTION_DUPLICATES] == 1,
      .focus = (const char *const *)self->focus,
      .max_rows = self->max_rows,
      .object = self->object,
      .opened = self->opened,
  };
  g_autoptr(HsStrings) strings = cache_get_strings (self->cache, heap);
  HsStringsPage *page;
  HsScene       *scene;

  if (hs_strings_get_n (strings) == 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                   _("The names of the code lead to no text, so there is nothing to show."));
      return NULL;
    }
  page = hs_strings_page_new (strings, &options, cancellable);
  if (page == NULL)
    {
      g_cancellable_set_error_if_cancelled (cancellable, error);
      return NULL;
    }
  scene = _hs_strings_scene_new (page, language, cancellable, error);
  if (scene != NULL)
    cache_set_shown (self->cache, page);

  return scene;
}

/* clang-format off */
static const char *const sort_choices[] = {
  "waste", "bytes", "objects", "references", "length", "text", NULL
};
/* translators: by which texts are sorted */
static const char *const sort_labels[] = {
  N_("Waste"), N_("Bytes"), N_("Objects"), N_("References"), N_("Length"), N_("Text"), NULL
};

static const HsOption options[N_STRINGS_OPTIONS] = {
  [OPTION_SORT] = {
    .id = "sort",
    .label = N_("Sort By"),
    .tooltip = N_("What stands first: waste is what sys.intern() would save"),
    .choices = sort_choices,
    .labels = sort_labels,
  },
  [OPTION_NAMES] = {
    .id = "names",
    .label = N_("Names of the Program"),
    .tooltip = N_("Show texts that only code, names of variables and attributes refer to, too"),
  },
  [OPTION_DUPLICATES] = {
    .id = "duplicates",
    .label = N_("Only Duplicates"),
    .tooltip = N_("Show only values that are several objects in memory"),
  },
};

const HsView _hs_strings_view = {
  .name = "strings",
  .title = N_("Strings"),
  .description = N_("Each distinct text, its objects in memory, who refers to them, and why equal "
                    "ones are one object or several"),
  .icon = "heapscape-strings-symbolic",
  .options = options,
  .n_options = N_STRINGS_OPTIONS,
  .wishes_size = sizeof (HsStringsWishes),
  .init = strings_wishes_init,
  .copy = strings_wishes_copy,
  .clear = strings_wishes_clear,
  .set_focus = strings_wishes_set_focus,
  .activate = strings_wishes_activate,
  .show_more = strings_wishes_show_more,
  .select = strings_wishes_select,
  .build = strings_wishes_build,
};
/* clang-format on */
