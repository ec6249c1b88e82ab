/* hs-cli-pictures.c - what is written of a run: pictures and JSON
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "hs-cli-json.h"
#include "hs-cli-moment.h"
#include "hs-cli-pictures.h"

char **
hs_cli_split_focus (const char *text)
{
  char **names = text != NULL ? g_strsplit (text, ",", -1) : NULL;

  for (gsize i = 0; names != NULL && names[i] != NULL; i++)
    g_strstrip (names[i]);

  return names;
}

/* Opens the moments that are drawn and compared. */
static gboolean
open_moments (HsRun           *run,
              const HsCliWhen *when,
              HsHeap         **heap,
              HsHeap         **compared,
              GError         **error)
{
  *heap = hs_cli_open_moment (run, when->moment, error);
  if (*heap == NULL)
    {
      /* translators: a reason follows */
      g_prefix_error (error, "%s", _("There is nothing to draw: "));
      return FALSE;
    }
  if (when->compared == NULL)
    return TRUE;

  *compared = hs_cli_open_moment (run, when->compared, error);

  return *compared != NULL;
}

static void
say_files (GPtrArray *files)
{
  for (guint i = 0; i < files->len; i++)
    {
      g_autofree char *name = g_filename_display_name (g_ptr_array_index (files, i));

      /* translators: %s is a file */
      g_printerr (_("Wrote “%s”.\n"), name);
    }
}

HsCliExit
hs_cli_write_pictures (HsRun               *run,
                       const HsCliPictures *pictures,
                       const HsCliWhen     *when,
                       gboolean             is_quiet)
{
  g_autoptr(HsHeap) heap = NULL;
  g_autoptr(HsHeap) compared = NULL;
  g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(HsPictureInfo) info = NULL;
  g_autoptr(GError) error = NULL;
  gboolean         is_open = open_moments (run, when, &heap, &compared, &error);
  g_autofree char *wrong = heap != NULL ? hs_cli_check_focus (heap, when->focus) : NULL;

  if (wrong != NULL)
    {
      hs_cli_complain ("%s", wrong);
      return HS_CLI_USAGE;
    }

  /* A moment that there is not is said even if nothing is to be drawn. */
  if (pictures->exports->len == 0 &&
      (is_open || (when->moment == NULL && when->compared == NULL)))
    return HS_CLI_OK;

  info = hs_run_dup_picture_info (run);
  if (!is_open || !hs_cli_export_all (info, heap, compared, pictures, when->focus, when->scale,
                                      files, &error))
    {
      hs_cli_complain ("%s", error->message);
      return g_error_matches (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE) ? HS_CLI_USAGE
                                                                               : HS_CLI_NOT_OK;
    }
  if (!is_quiet)
    say_files (files);

  return HS_CLI_OK;
}

gboolean
hs_cli_write_json (HsRun            *run,
                   const HsCliTimes *times,
                   const char       *path,
                   GError          **error)
{
  g_autoptr(GOutputStream) stream = hs_cli_open (path, error);
  gboolean ok;

  if (stream == NULL)
    return FALSE;

  ok = hs_cli_json_write_run (run, times, stream, error);

  return hs_cli_close (stream, ok, ok ? error : NULL);
}
