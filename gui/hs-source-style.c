/* hs-source-style.c - the colours of source text, light and dark
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-source-style.h"

#include <adwaita.h>

#include "hs-compat.h"

/* The scheme that GtkSourceView 5 itself brings, and names its dark variant in. */
#define DEFAULT_SCHEME "Adwaita"

/* What all buffers follow: it lives as long as the program. */
struct _HsSchemeChoice
{
  GObject parent_instance;

  char *id; /* owned */
};

#define HS_TYPE_SCHEME_CHOICE (hs_scheme_choice_get_type ())
G_DECLARE_FINAL_TYPE (HsSchemeChoice, hs_scheme_choice, HS, SCHEME_CHOICE, GObject)

G_DEFINE_FINAL_TYPE (HsSchemeChoice, hs_scheme_choice, G_TYPE_OBJECT)

static guint chosen_signal;

static void
hs_scheme_choice_finalize (GObject *object)
{
  g_free (HS_SCHEME_CHOICE (object)->id);

  G_OBJECT_CLASS (hs_scheme_choice_parent_class)->finalize (object);
}

static void
hs_scheme_choice_class_init (HsSchemeChoiceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hs_scheme_choice_finalize;
  chosen_signal = g_signal_new ("chosen", HS_TYPE_SCHEME_CHOICE, G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 0);
}

static void
hs_scheme_choice_init (HsSchemeChoice *self)
{
  self->id = g_strdup (DEFAULT_SCHEME);
}

static HsSchemeChoice *
get_choice (void)
{
  static HsSchemeChoice *choice;

  if (choice == NULL)
    choice = g_object_new (HS_TYPE_SCHEME_CHOICE, NULL);

  return choice;
}

/* What names @scheme as its own @key; NULL: none. */
static GtkSourceStyleScheme *
find_naming (GtkSourceStyleScheme *scheme,
             const char           *key)
{
  GtkSourceStyleSchemeManager *schemes = gtk_source_style_scheme_manager_get_default ();
  const char *const           *ids = gtk_source_style_scheme_manager_get_scheme_ids (schemes);

  for (guint i = 0; ids != NULL && ids[i] != NULL; i++)
    {
      GtkSourceStyleScheme *other = gtk_source_style_scheme_manager_get_scheme (schemes, ids[i]);
      const char           *named = gtk_source_style_scheme_get_metadata (other, key);

      if (g_strcmp0 (named, gtk_source_style_scheme_get_id (scheme)) == 0)
        return other;
    }

  return NULL;
}

/* The variant of @scheme for @is_dark; @scheme, if it has none. Not all of those that
 * GtkSourceView brings name each other.
 */
static GtkSourceStyleScheme *
find_variant (GtkSourceStyleScheme *scheme,
              gboolean              is_dark)
{
  static const char *const     keys[] = { "light-variant", "dark-variant" };
  GtkSourceStyleSchemeManager *schemes = gtk_source_style_scheme_manager_get_default ();
  const char                  *own = gtk_source_style_scheme_get_metadata (scheme, "variant");
  const char                  *id = gtk_source_style_scheme_get_metadata (scheme, keys[is_dark]);
  GtkSourceStyleScheme        *variant = NULL;

  if (id != NULL)
    variant = gtk_source_style_scheme_manager_get_scheme (schemes, id);
  else if (g_strcmp0 (own, is_dark ? "light" : "dark") == 0)
    variant = find_naming (scheme, keys[!is_dark]);

  return variant != NULL ? variant : scheme;
}

GtkSourceStyleScheme *
hs_source_style_find (const char *id,
                      gboolean    is_dark)
{
  GtkSourceStyleSchemeManager *schemes = gtk_source_style_scheme_manager_get_default ();
  GtkSourceStyleScheme        *scheme;

  g_return_val_if_fail (id != NULL, NULL);

  scheme = gtk_source_style_scheme_manager_get_scheme (schemes, id);
  if (scheme == NULL)
    scheme = gtk_source_style_scheme_manager_get_scheme (schemes, DEFAULT_SCHEME);

  return scheme != NULL ? find_variant (scheme, is_dark) : NULL;
}

/* The default comes first. */
static int
compare_schemes (gconstpointer a,
                 gconstpointer b)
{
  GtkSourceStyleScheme *schemes[] = { *(GtkSourceStyleScheme *const *)a,
                                      *(GtkSourceStyleScheme *const *)b };
  gboolean              are_default[2];

  for (int i = 0; i < 2; i++)
    are_default[i] = g_str_has_prefix (gtk_source_style_scheme_get_id (schemes[i]),
                                       DEFAULT_SCHEME);
  if (are_default[0] != are_default[1])
    return are_default[0] ? -1 : 1;

  return g_utf8_collate (gtk_source_style_scheme_get_name (schemes[0]),
                         gtk_source_style_scheme_get_name (schemes[1]));
}

GPtrArray *
hs_source_style_list (gboolean is_dark)
{
  GtkSourceStyleSchemeManager *schemes = gtk_source_style_scheme_manager_get_default ();
  const char *const           *ids = gtk_source_style_scheme_manager_get_scheme_ids (schemes);
  GPtrArray                   *list = g_ptr_array_new ();

  for (guint i = 0; ids != NULL && ids[i] != NULL; i++)
    {
      GtkSourceStyleScheme *scheme = hs_source_style_find (ids[i], is_dark);

      if (scheme != NULL && !g_ptr_array_find (list, scheme, NULL))
        g_ptr_array_add (list, scheme);
    }
  g_ptr_array_sort (list, compare_schemes);

  return list;
}

static void
apply (GtkSourceBuffer *buffer)
{
  gboolean is_dark = adw_style_manager_get_dark (adw_style_manager_get_default ());

  /* NULL, where no scheme is installed, is the plain look. */
  gtk_source_buffer_set_style_scheme (buffer, hs_source_style_find (get_choice ()->id, is_dark));
}

void
hs_source_style_follow (GtkSourceBuffer *buffer)
{
  g_return_if_fail (GTK_SOURCE_IS_BUFFER (buffer));

  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (apply), buffer, G_CONNECT_SWAPPED);
  g_signal_connect_object (get_choice (), "chosen", G_CALLBACK (apply), buffer,
                           G_CONNECT_SWAPPED);
  apply (buffer);
}

void
hs_source_style_choose (const char *id)
{
  HsSchemeChoice *choice = get_choice ();

  g_return_if_fail (id != NULL);

  if (hs_set_str (&choice->id, id))
    g_signal_emit (choice, chosen_signal, 0);
}
