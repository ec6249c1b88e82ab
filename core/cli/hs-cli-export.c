/* hs-cli-export.c - --export VIEW=FILE
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-cli-export.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hs-heap.h"

/* Names that an error message lists before it stops. */
#define NAMES_MAX 30

/* "graph, layout, strings". Returns: (transfer full) */
static char *
dup_view_names (void)
{
  GString *names = g_string_new (NULL);

  for (const HsView *const *view = hs_views_list (); *view != NULL; view++)
    {
      if (names->len > 0)
        /* translators: between the parts of a list */
        g_string_append (names, _(", "));
      g_string_append (names, hs_view_get_name (*view));
    }

  return g_string_free (names, FALSE);
}

static const HsView *
find_view (const char *name,
           GError    **error)
{
  const HsView    *view = hs_view_find (name);
  g_autofree char *names = NULL;

  if (view != NULL)
    return view;

  names = dup_view_names ();
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               /* translators: %1$s is what the user typed, %2$s a list of names */
               _("There is no view “%1$s”; there are %2$s"), name, names);

  return NULL;
}

HsCliExport *
hs_cli_export_parse (const char *text,
                     GError    **error)
{
  const char      *equals = strchr (text, '=');
  g_autofree char *name = NULL;
  const HsView    *view;
  g_autoptr(HsCliExport) self = NULL;

  if (equals == NULL || equals == text || equals[1] == '\0')
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   /* translators: %s is what the user typed */
                   _("“--export %s” does not say what to write where; write “--export "
                     "graph=FILE.png”"),
                      text);
      return NULL;
    }

  name = g_strndup (text, (gsize)(equals - text));
  view = find_view (name, error);
  if (view == NULL)
    return NULL;

  self = g_new0 (HsCliExport, 1);
  self->view = view;
  self->path = g_strdup (equals + 1);
  if (!hs_export_format_from_path (self->path, &self->format))
    {
      g_autofree char *file = g_filename_display_name (self->path);

      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   /* translators: %s is a file name */
                   _("The ending of “%s” does not say in which format to write; end it by .png, "
                     ".svg, .pdf or .txt"),
                      file);
      return NULL;
    }

  return g_steal_pointer (&self);
}

void
hs_cli_export_free (HsCliExport *self)
{
  if (self == NULL)
    return;

  g_free (self->path);
  g_free (self);
}

/* "off, on". Returns: (transfer full) */
static char *
dup_choices (const HsOption *option)
{
  return option->choices != NULL ? g_strjoinv (_(", "), (char **)option->choices)
                                 : g_strdup ("off, on");
}

static gboolean
find_choice (const HsOption *option,
             const char     *text,
             guint          *choice)
{
  static const char *const switches[] = { "off", "on", NULL };
  const char *const       *choices = option->choices != NULL ? option->choices : switches;

  for (*choice = 0; choices[*choice] != NULL; (*choice)++)
    if (strcmp (choices[*choice], text) == 0)
      return TRUE;

  return FALSE;
}

static gboolean
set_no_option (const HsView *view,
               const char   *name,
               GError      **error)
{
  guint           n_options;
  const HsOption *options = hs_view_get_options (view, &n_options);
  g_autoptr(GString) names = g_string_new (NULL);

  for (guint i = 0; i < n_options; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? _(", ") : "", options[i].id);
  g_set_error (
    error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
    /* translators: %1$s is a view such as graph, %2$s what the user typed, %3$s a list */
    _("The view “%1$s” has no option “%2$s”; it has %3$s"), hs_view_get_name (view), name,
       names->len > 0 ? names->str : _("none"));

  return FALSE;
}

gboolean
hs_cli_setting_parse (const char   *text,
                      HsCliSetting *setting,
                      GError      **error)
{
  g_auto(GStrv) sides = g_strsplit (text, "=", 2);
  g_auto(GStrv) names = sides[0] != NULL ? g_strsplit (sides[0], ".", 2) : NULL;
  g_autofree char *choices = NULL;
  const HsOption  *options;
  guint            n_options;

  if (names == NULL || g_strv_length (names) != 2 || g_strv_length (sides) != 2)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   /* translators: %s is what the user typed */
                   _("“--set %s” does not say what to set; write “--set VIEW.OPTION=CHOICE”"),
                      text);
      return FALSE;
    }

  setting->view = find_view (names[0], error);
  if (setting->view == NULL)
    return FALSE;

  options = hs_view_get_options (setting->view, &n_options);
  for (setting->option = 0; setting->option < n_options; setting->option++)
    if (strcmp (options[setting->option].id, names[1]) == 0)
      break;
  if (setting->option == n_options)
    return set_no_option (setting->view, names[1], error);
  if (find_choice (&options[setting->option], sides[1], &setting->choice))
    return TRUE;

  choices = dup_choices (&options[setting->option]);
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               /* translators: %1$s is an option, %2$s what the user typed, %3$s a list */
               _("“%1$s” cannot be “%2$s”; it takes %3$s"), sides[0], sides[1], choices);

  return FALSE;
}

/* The names of all scopes, each once. Returns: (transfer full) (element-type utf8) */
static GPtrArray *
dup_names (HsHeap *heap)
{
  const HsSnapshotView *view = hs_heap_get_view (heap);
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);

  for (guint32 i = 0; i < view->n_names; i++)
    {
      char *name = hs_heap_dup_string (heap, view->name_label[i]);

      if (!g_hash_table_add (seen, name))
        g_free (name);
      else
        g_ptr_array_add (names, name);
    }

  return names;
}

static char *
join_names (GPtrArray *names)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < names->len && i < NAMES_MAX; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "",
                            (const char *)g_ptr_array_index (names, i));

  if (names->len > NAMES_MAX)
    {
      guint n = names->len - NAMES_MAX;

      g_string_append_printf (text,
                              /* translators: behind a list of names; %u is a number of names */
                              g_dngettext (GETTEXT_PACKAGE, " and %u more", " and %u more", n), n);
    }

  return g_string_free (text, FALSE);
}

char *
hs_cli_check_focus (HsHeap            *heap,
                    const char *const *focus)
{
  g_autoptr(GPtrArray) names = dup_names (heap);

  for (gsize i = 0; focus != NULL && focus[i] != NULL; i++)
    {
      g_autofree char *there = NULL;

      if (g_ptr_array_find_with_equal_func (names, focus[i], g_str_equal, NULL))
        continue;

      if (names->len == 0)
        /* translators: %s is what the user typed */
        return g_strdup_printf (_("The code has no name “%s”; it has no names at all"), focus[i]);

      there = join_names (names);

      /* translators: %1$s is what the user typed, %2$s a list of names */
      return g_strdup_printf (_("The code has no name “%1$s”; it has %2$s"), focus[i], there);
    }

  return NULL;
}

/* Returns: (transfer full) (nullable) */
static HsScene *
build_scene (const HsView      *view,
             HsHeap            *heap,
             HsHeap            *compared,
             GArray            *settings,
             const char *const *focus,
             GError           **error)
{
  g_autoptr(HsWishes) wishes = hs_wishes_new (view);

  hs_wishes_set_focus (wishes, focus);
  hs_wishes_set_compared (wishes, compared);
  for (guint i = 0; i < settings->len; i++)
    {
      const HsCliSetting *setting = &g_array_index (settings, HsCliSetting, i);

      if (setting->view == view)
        hs_wishes_set_option (wishes, setting->option, setting->choice);
    }

  return hs_wishes_build (wishes, heap, NULL, NULL, error);
}

gboolean
hs_cli_export_all (const HsPictureInfo *info,
                   HsHeap              *heap,
                   HsHeap              *compared,
                   const HsCliPictures *pictures,
                   const char *const   *focus,
                   double               scale,
                   GPtrArray           *files,
                   GError             **error)
{
  g_autoptr(GHashTable) scenes =
               g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify)hs_scene_unref);

  for (guint i = 0; i < pictures->exports->len; i++)
    {
      const HsCliExport *export = g_ptr_array_index (pictures->exports, i);
      const HsExportOptions options = { export->format, scale, pictures->theme };
      HsScene              *scene = g_hash_table_lookup (scenes, export->view);
      g_auto(GStrv) written = NULL;

      if (scene == NULL)
        {
          scene = build_scene (export->view, heap, compared, pictures->settings, focus, error);
          if (scene == NULL)
            return FALSE;
          g_hash_table_insert (scenes, (gpointer) export->view, scene);
        }
      if (!hs_export_scene (scene, info, &options, export->path, &written, NULL, error))
        return FALSE;

      for (gsize j = 0; written != NULL && written[j] != NULL; j++)
        g_ptr_array_add (files, g_strdup (written[j]));
    }

  return TRUE;
}
