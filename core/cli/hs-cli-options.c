/* hs-cli-options.c - options that several commands have
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-cli-options.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

#include "hs-cli.h"

#define MIB ((guint64)1 << 20)

#define NOT_GIVEN (-1.)

/* ---- How code is run ---- */

void
hs_cli_run_options_init (HsCliRunOptions *self)
{
  *self = (HsCliRunOptions) {
    .timeout = NOT_GIVEN,
    .memory_limit = NOT_GIVEN,
    .output_limit = NOT_GIVEN,
  };
}

void
hs_cli_run_options_clear (HsCliRunOptions *self)
{
  g_free (self->python);
  g_strfreev (self->args);
  g_free (self->stdin_file);
  g_strfreev (self->allowed);
}

GOptionEntry *
hs_cli_run_options_new_entries (HsCliRunOptions    *self,
                                const GOptionEntry *more)
{
  /* clang-format off */
  const GOptionEntry entries[] = {
    { "python", 0, 0, G_OPTION_ARG_FILENAME, &self->python,
      N_("Python to run it with: a version, an interpreter or a virtual environment"),
      N_("VERSION|PATH") },
    { "arg", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->args,
      N_("Argument for the code, in sys.argv; may be repeated"), N_("ARG") },
    { "stdin", 0, 0, G_OPTION_ARG_FILENAME, &self->stdin_file,
      N_("File that the code reads as its standard input (default: empty)"), N_("FILE") },
    { "timeout", 0, 0, G_OPTION_ARG_DOUBLE, &self->timeout,
      N_("Time limit in seconds (default: 60; 0: none)"), N_("SECONDS") },
    { "memory-limit", 0, 0, G_OPTION_ARG_DOUBLE, &self->memory_limit,
      N_("Memory limit in MiB (default: 2048; 0: none)"), N_("MIB") },
    { "output-limit", 0, 0, G_OPTION_ARG_DOUBLE, &self->output_limit,
      N_("MiB that are kept of each output stream (default: 4)"), N_("MIB") },
    { "allow", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->allowed,
      N_("Let the code do more than read: write=FOLDER, network, processes (other programs), "
         "unprotected (run where the system cannot protect your files); may be repeated"),
      N_("WHAT") },
  };
  /* clang-format on */
  GOptionEntry *all;
  gsize         n_more = 0;

  while (more[n_more].long_name != NULL)
    n_more++;

  all = g_new0 (GOptionEntry, G_N_ELEMENTS (entries) + n_more + 1);
  memcpy (all, entries, sizeof entries);
  memcpy (all + G_N_ELEMENTS (entries), more, n_more * sizeof *more);

  return all;
}

/* Checks a limit. @unit: how many of the smallest unit it counts */
static gboolean
convert_limit (const char *command,
               double      value,
               double      unit,
               const char *option,
               guint64    *converted)
{
  /* 2^53: what a double counts exactly. */
  if (!isfinite (value) || value < 0 || value * unit > 9007199254740992.)
    {
      /* translators: %s is an option, such as --timeout */
      hs_cli_complain_usage (command, _("%s takes a number that is 0 or more."), option);
      return FALSE;
    }

  *converted = (guint64)(value * unit);
  if (value > 0 && *converted == 0)
    *converted = 1;

  return TRUE;
}

static gboolean
apply_limits (const HsCliRunOptions *options,
              const char            *command,
              HsRunSpec             *spec)
{
  guint64 value;

  if (options->timeout != NOT_GIVEN)
    {
      if (!convert_limit (command, options->timeout, 1000, "--timeout", &value))
        return FALSE;
      hs_run_spec_set_timeout (spec, value);
    }

  if (options->memory_limit != NOT_GIVEN)
    {
      if (!convert_limit (command, options->memory_limit, MIB, "--memory-limit", &value))
        return FALSE;
      hs_run_spec_set_memory_limit (spec, value);
    }

  if (options->output_limit != NOT_GIVEN)
    {
      if (!convert_limit (command, options->output_limit, MIB, "--output-limit", &value))
        return FALSE;
      hs_run_spec_set_output_limit (spec, value);
    }

  return TRUE;
}

gboolean
hs_cli_allow (const char        *command,
              const char *const *texts,
              HsRunSpec         *spec)
{
  g_autoptr(HsPermissions) permissions = hs_permissions_new ();
  g_autoptr(GError) error = NULL;

  for (; texts != NULL && *texts != NULL; texts++)
    if (!hs_permissions_add (permissions, *texts, &error))
      {
        hs_cli_complain_usage (command, "%s", error->message);
        return FALSE;
      }
  hs_run_spec_set_permissions (spec, permissions);

  return TRUE;
}

gboolean
hs_cli_run_options_apply (const HsCliRunOptions *self,
                          const char            *command,
                          HsRunSpec             *spec)
{
  g_autoptr(HsPython) python = NULL;
  g_autoptr(GError) error = NULL;

  if (!apply_limits (self, command, spec) ||
      !hs_cli_allow (command, (const char *const *)self->allowed, spec))
    return FALSE;

  hs_run_spec_set_args (spec, (const char *const *)self->args);
  if (self->python == NULL)
    return TRUE;

  python = hs_python_find (self->python, &error);
  if (python == NULL)
    {
      hs_cli_complain ("%s", error->message);
      return FALSE;
    }
  hs_run_spec_set_python (spec, python);

  return TRUE;
}

/* It is held in memory until the code has read it: a device such as /dev/zero has no end. Bytes. */
#define STDIN_SIZE_MAX ((gsize)1 << 30)

/* Returns: (transfer full) (nullable) */
static GBytes *
load_stdin (GFile   *file,
            GError **error)
{
  g_autoptr(GFileInputStream) input = g_file_read (file, NULL, error);
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  guint8 buffer[1 << 16];
  gssize n = input != NULL ? 1 : -1;

  while (n > 0 && bytes->len <= STDIN_SIZE_MAX)
    {
      n = g_input_stream_read (G_INPUT_STREAM (input), buffer, sizeof buffer, NULL, error);
      if (n > 0)
        g_byte_array_append (bytes, buffer, (guint)n);
    }
  if (n > 0)
    {
      g_autofree char *limit = g_format_size_full (STDIN_SIZE_MAX, G_FORMAT_SIZE_IEC_UNITS);

      /* translators: %s is a size, as in 1.0 GiB */
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE,
                   _("it holds more than %s; pass less, or let the code open the file itself"),
                      limit);
    }

  return n == 0 ? g_byte_array_free_to_bytes (g_steal_pointer (&bytes)) : NULL;
}

/* @spec: (nullable) */
static gboolean
read_stdin (const HsCliRunOptions *self,
            HsRunSpec             *spec,
            GError               **error)
{
  g_autoptr(GFile) input = NULL;
  g_autoptr(GBytes) bytes = NULL;
  g_autofree char *name = NULL;

  if (self->stdin_file == NULL)
    return TRUE;

  input = g_file_new_for_commandline_arg (self->stdin_file);
  bytes = load_stdin (input, error);
  if (bytes != NULL)
    {
      hs_run_spec_set_stdin (spec, bytes);
      return TRUE;
    }

  name = g_filename_display_name (self->stdin_file);
  /* translators: %s is a file; the system's reason follows */
  g_prefix_error (error, _("“%s” cannot be read as standard input: "), name);

  return FALSE;
}

HsRunSpec *
hs_cli_run_options_load (const HsCliRunOptions *self,
                         const char            *path,
                         HsSource             **source)
{
  g_autoptr(HsSource) loaded = NULL;
  g_autoptr(HsRunSpec) spec = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(GFile) file = NULL;
  g_autofree char *name = NULL;

  if (strcmp (path, "-") == 0)
    {
      name = g_strdup ("<stdin>");
      loaded = hs_source_load_fd (STDIN_FILENO, name, &error);
    }
  else
    {
      file = g_file_new_for_commandline_arg (path);
      name = g_file_get_basename (file);
      loaded = hs_source_load_sync (file, NULL, &error);
    }

  if (loaded != NULL)
    spec = hs_run_spec_new (hs_source_get_bytes (loaded), file, name);
  if (loaded == NULL || !read_stdin (self, spec, &error))
    {
      hs_cli_complain ("%s", error->message);
      return NULL;
    }

  if (source != NULL)
    *source = g_steal_pointer (&loaded);

  return g_steal_pointer (&spec);
}

/* ---- Pictures ---- */

void
hs_cli_picture_options_clear (HsCliPictureOptions *self)
{
  g_strfreev (self->exports);
  g_strfreev (self->settings);
  g_free (self->theme);
}

void
hs_cli_pictures_clear (HsCliPictures *self)
{
  g_clear_pointer (&self->exports, g_ptr_array_unref);
  g_clear_pointer (&self->settings, g_array_unref);
}

gboolean
hs_cli_picture_options_read (const HsCliPictureOptions *self,
                             const char                *command,
                             HsCliPictures             *pictures)
{
  pictures->exports = g_ptr_array_new_with_free_func ((GDestroyNotify)hs_cli_export_free);

  for (gsize i = 0; self->exports != NULL && self->exports[i] != NULL; i++)
    {
      g_autoptr(GError) error = NULL;
      HsCliExport *export = hs_cli_export_parse (self->exports[i], &error);

      if (export == NULL)
        {
          hs_cli_complain_usage (command, "%s", error->message);
          return FALSE;
        }
      g_ptr_array_add (pictures->exports, export);
    }

  pictures->settings = g_array_new (FALSE, FALSE, sizeof (HsCliSetting));
  for (gsize i = 0; self->settings != NULL && self->settings[i] != NULL; i++)
    {
      g_autoptr(GError) error = NULL;
      HsCliSetting setting;

      if (!hs_cli_setting_parse (self->settings[i], &setting, &error))
        {
          hs_cli_complain_usage (command, "%s", error->message);
          return FALSE;
        }
      g_array_append_val (pictures->settings, setting);
    }

  if (self->scale != 1 && self->scale != 2 && self->scale != 4)
    {
      hs_cli_complain_usage (command, "%s", _("--scale takes 1, 2 or 4."));
      return FALSE;
    }

  pictures->theme = HS_THEME_LIGHT;
  if (self->theme != NULL && !hs_theme_kind_from_string (self->theme, &pictures->theme))
    {
      /* translators: %s is what the user typed; the names of the themes stay as they are */
      hs_cli_complain_usage (command,
                             _("There is no theme “%s”; there are light, dark and high-contrast."),
                                self->theme);
      return FALSE;
    }

  return TRUE;
}
