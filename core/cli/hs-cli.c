/* hs-cli.c - what the commands of heapscape-cli share
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-cli.h"
#include "hs-cli-visible.h"

#include <errno.h>
#include <gio/gunixoutputstream.h>
#include <glib/gi18n-lib.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* GLib leaves the "--" in front of a file such as "-x.py". */
static void
drop_separator (int   *argc,
                char **argv)
{
  if (*argc < 2 || strcmp (argv[1], "--") != 0)
    return;

  for (int i = 1; i < *argc; i++)
    argv[i] = argv[i + 1]; /* and the NULL behind the last */
  (*argc)--;
}

gboolean
hs_cli_parse (int                *argc,
              char             ***argv,
              const GOptionEntry *entries,
              const char         *parameters,
              const char         *summary,
              const char         *description)
{
  g_autoptr(GOptionContext) context = g_option_context_new (parameters);
  g_autoptr(GError) error = NULL;
  g_autofree char *program = g_strdup_printf ("heapscape-cli %s", (*argv)[0]);
  gboolean         ok;

  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_set_summary (context, summary);
  if (description != NULL)
    {
      g_autofree char *ended = g_strconcat (description, "\n", NULL);

      g_option_context_set_description (context, ended);
    }
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);

  /* The usage line shows it. */
  g_set_prgname (program);
  ok = g_option_context_parse (context, argc, argv, &error);
  g_set_prgname ("heapscape-cli");

  if (!ok)
    hs_cli_complain_usage ((*argv)[0], "%s", error->message);
  else
    drop_separator (argc, *argv);

  return ok;
}

void
hs_cli_complain (const char *format, ...)
{
  g_autofree char *text = NULL;
  g_autoptr(GString) visible = g_string_new (NULL);
  HsCliVisible state = { 0 };
  va_list      args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);

  /* Names of files may have anything in them. */
  hs_cli_visible_push (&state, (const guchar *)text, strlen (text), visible);
  hs_cli_visible_finish (&state, visible);

  g_printerr ("heapscape-cli: %s\n", visible->str);
}

HsCliExit
hs_cli_complain_usage (const char *command,
                       const char *format,
                       ...)
{
  g_autofree char *text = NULL;
  va_list          args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);

  g_printerr ("heapscape-cli: %s\n", text);
  /* translators: %s is a command, such as run */
  g_printerr (_("“heapscape-cli %s --help” shows how it is used.\n"), command);

  return HS_CLI_USAGE;
}

static gboolean has_lost_output;

void
hs_cli_lose_output (int errsv)
{
  if (errsv == EPIPE || has_lost_output)
    return;

  has_lost_output = TRUE;
  /* translators: %s is the system's reason */
  hs_cli_complain (_("Standard output could not be written: %s"), g_strerror (errsv));
}

int
hs_cli_finish_output (int code)
{
  struct pollfd reader = { STDOUT_FILENO, POLLOUT, 0 };

  /* g_print() has flushed, and does not tell why that failed. */
  if (fflush (stdout) != 0)
    hs_cli_lose_output (errno);
  else if (ferror (stdout) && poll (&reader, 1, 0) >= 0 && !(reader.revents & POLLERR))
    hs_cli_lose_output (EIO);

  return has_lost_output && code == HS_CLI_OK ? HS_CLI_NOT_OK : code;
}

GOutputStream *
hs_cli_open (const char *path,
             GError    **error)
{
  g_autoptr(GFile) file = NULL;
  g_autoptr(GError) local_error = NULL;
  GFileOutputStream *stream;

  if (strcmp (path, "-") == 0)
    return g_unix_output_stream_new (STDOUT_FILENO, FALSE);

  file = g_file_new_for_commandline_arg (path);
  stream = g_file_replace (file, NULL, FALSE, G_FILE_CREATE_NONE, NULL, &local_error);
  if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE))
    {
      g_clear_error (&local_error);
      stream = g_file_append_to (file, G_FILE_CREATE_NONE, NULL, &local_error);
    }

  if (stream == NULL)
    {
      g_autofree char *name = g_filename_display_name (path);

      g_propagate_prefixed_error (error, g_steal_pointer (&local_error),
                                  /* translators: %s is a file; the system's reason follows */
                                  _("“%s” could not be written: "), name);
    }

  return G_OUTPUT_STREAM (stream);
}

gboolean
hs_cli_close (GOutputStream *stream,
              gboolean       ok,
              GError       **error)
{
  g_autoptr(GCancellable) cancellable = NULL;

  if (ok)
    return g_output_stream_close (stream, NULL, error);

  /* Closing a cancelled replacement leaves the old file in place. */
  cancellable = g_cancellable_new ();
  g_cancellable_cancel (cancellable);
  g_output_stream_close (stream, cancellable, NULL);

  return FALSE;
}

guint
hs_cli_get_width (const char *text)
{
  guint width = 0;

  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar character = g_utf8_get_char (c);

      if (g_unichar_iszerowidth (character))
        continue;
      width += g_unichar_iswide (character) ? 2 : 1;
    }

  return width;
}

static void
append_spaces (GString *text,
               guint    n)
{
  for (guint i = 0; i < n; i++)
    g_string_append_c (text, ' ');
}

char *
hs_cli_format_table (GPtrArray  *cells,
                     const char *alignment)
{
  guint             n_columns = (guint)strlen (alignment);
  g_autofree guint *widths = g_new0 (guint, n_columns);
  GString          *text = g_string_new (NULL);

  for (guint i = 0; i < cells->len; i++)
    widths[i % n_columns] = MAX (widths[i % n_columns],
                                 hs_cli_get_width (g_ptr_array_index (cells, i)));

  for (guint i = 0; i < cells->len; i++)
    {
      const char *cell = g_ptr_array_index (cells, i);
      guint       column = i % n_columns;
      guint       padding = widths[column] - hs_cli_get_width (cell);
      gboolean    is_last = column == n_columns - 1;

      if (column > 0)
        append_spaces (text, 2);
      if (alignment[column] == 'r')
        append_spaces (text, padding);
      g_string_append (text, cell);
      if (alignment[column] != 'r' && !is_last)
        append_spaces (text, padding);
      if (is_last)
        g_string_append_c (text, '\n');
    }

  return g_string_free (text, FALSE);
}
