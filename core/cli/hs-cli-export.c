/* hs-cli-export.c - --export VIEW=FILE
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-cli-export.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hs-graph.h"

/* Names that an error message lists before it stops. */
#define NAMES_MAX 30

HsCliExport *
hs_cli_export_parse (const char *text,
                     GError    **error)
{
  const char      *equals = strchr (text, '=');
  g_autofree char *view = NULL;
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

  view = g_strndup (text, (gsize)(equals - text));
  if (strcmp (view, "graph") != 0)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   /* translators: %s is what the user typed; graph is the name of a view */
                   _("There is no view “%s” that could be exported; there is graph"), view);
      return NULL;
    }

  self = g_new0 (HsCliExport, 1);
  self->path = g_strdup (equals + 1);
  if (!hs_export_format_from_path (self->path, &self->format))
    {
      g_autofree char *name = g_filename_display_name (self->path);

      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   /* translators: %s is a file name */
                   _("The ending of “%s” does not say in which format to write; end it by .png, "
                     ".svg, .pdf or .txt"),
                      name);
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

gboolean
hs_cli_export_all (HsRun             *run,
                   GPtrArray         *exports,
                   const char *const *focus,
                   double             scale,
                   HsThemeKind        theme,
                   GPtrArray         *files,
                   GError           **error)
{
  g_autoptr(HsGraphOptions) options = hs_graph_options_new ();
  g_autoptr(HsGraph) graph = NULL;
  g_autoptr(HsGraphScene) scene = NULL;
  g_autoptr(HsPictureInfo) info = NULL;
  const char *reason;
  HsHeap     *heap = hs_run_get_heap (run, &reason);

  if (heap == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                   /* translators: %s is a reason */
                   _("There is nothing to draw: %s"), reason);
      return FALSE;
    }

  hs_graph_options_set_focus (options, focus);
  graph = hs_graph_new (heap, options, NULL, error);
  if (graph == NULL)
    return FALSE;
  scene = hs_graph_scene_new (graph, NULL, NULL, error);
  if (scene == NULL)
    return FALSE;

  info = hs_run_dup_picture_info (run);
  for (guint i = 0; i < exports->len; i++)
    {
      const HsCliExport *export = g_ptr_array_index (exports, i);
      const HsExportOptions export_options = { export->format, scale, theme };
      g_auto(GStrv) written = NULL;

      if (!hs_export_graph (scene, info, &export_options, export->path, &written, NULL, error))
        return FALSE;

      for (gsize j = 0; written != NULL && written[j] != NULL; j++)
        g_ptr_array_add (files, g_strdup (written[j]));
    }

  return TRUE;
}
