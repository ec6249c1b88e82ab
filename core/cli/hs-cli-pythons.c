/* hs-cli-pythons.c - heapscape-cli pythons
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "hs-cli-json.h"
#include "hs-cli.h"
#include "hs-protection.h"
#include "hs-python.h"

/* Abilities that this program has a word for; others are shown as they are. */
/* clang-format off */
static const struct
{
  const char *ability;
  const char *word; /* untranslated */
} words[] = {
  /* translators: what can be done with a Python: run code */
  { "run", N_("run") },
  /* translators: what can be done with a Python: take a snapshot of its memory */
  { "snapshot", N_("snapshot") },
  /* translators: the parts that an object's bytes consist of, as CPython calls them */
  { "fields", N_("fields") },
  { "all-objects", N_("all objects") },
  /* translators: exact account of all allocations */
  { "ledger", N_("ledger") },
  /* translators: the lines of code that allocated */
  { "lines", N_("lines") },
};
/* clang-format on */

/* Returns: (transfer full): "run, snapshot, …" */
static char *
dup_abilities (HsPython *python)
{
  const char *const *ability = hs_python_get_abilities (python);
  GString           *text = g_string_new (NULL);

  for (; *ability != NULL; ability++)
    {
      const char *word = *ability;

      for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
        if (g_str_equal (words[i].ability, *ability))
          word = _(words[i].word);
      if (text->len > 0)
        /* translators: between the parts of a list */
        g_string_append (text, _(", "));
      g_string_append (text, word);
    }

  return g_string_free (text, FALSE);
}

static void
print_table (GPtrArray         *pythons,
             const char *const *problems)
{
  g_autoptr(GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *table = NULL;

  g_ptr_array_add (cells, g_strdup (_("Series")));
  g_ptr_array_add (cells, g_strdup (_("Version")));
  g_ptr_array_add (cells, g_strdup (_("Can")));
  g_ptr_array_add (cells, g_strdup (_("Executable")));
  g_ptr_array_add (cells, g_strdup (_("Library")));
  g_ptr_array_add (cells, g_strdup (_("Worker")));

  for (guint i = 0; i < pythons->len; i++)
    {
      HsPython   *python = g_ptr_array_index (pythons, i);
      const char *program = hs_python_get_program (python);
      const char *library = hs_python_get_library (python);

      /* translators: behind a version: it is taken when none is asked for */
      const char *mark = i == 0 ? _(" (default)") : "";

      g_ptr_array_add (cells, g_strconcat (hs_python_get_minor (python), mark, NULL));
      g_ptr_array_add (cells, g_strdup (hs_python_get_version (python)));
      g_ptr_array_add (cells, dup_abilities (python));
      g_ptr_array_add (cells, program != NULL ? g_filename_display_name (program) : g_strdup ("–"));
      g_ptr_array_add (cells, library != NULL ? g_filename_display_name (library) : g_strdup ("–"));
      g_ptr_array_add (cells, g_filename_display_name (hs_python_get_worker (python)));
    }

  if (pythons->len > 0)
    {
      table = hs_cli_format_table (cells, "llllll");
      g_print ("%s", table);
    }

  for (gsize i = 0; problems[i] != NULL; i++)
    /* translators: %s is a sentence that says why a version cannot be used */
    g_print (_("Not usable: %s\n"), problems[i]);
}

/* What keeps code from this machine. */
static void
print_protections (void)
{
  const HsProtection *protection = hs_protection_get ();
  g_autoptr(GPtrArray) lines = hs_protection_new_lines (protection);
  g_autoptr(GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *warning = hs_protection_dup_warning (protection);
  g_autofree char *table = NULL;

  g_ptr_array_add (cells, g_strdup (_("Protected from code")));
  g_ptr_array_add (cells, g_strdup (_("State")));
  for (guint i = 0; i < lines->len; i++)
    {
      const HsProtectionLine *line = lines->pdata[i];

      g_ptr_array_add (cells, g_strdup (line->name));
      g_ptr_array_add (cells, g_strdup (line->state));
    }
  table = hs_cli_format_table (cells, "ll");
  g_print ("%s", table);

  if (warning != NULL)
    /* translators: %s is one or more sentences; --allow unprotected is an option */
    g_print (_("%s Code runs here only with --allow unprotected.\n"), warning);
}

static HsCliExit
write_json (const char        *path,
            GPtrArray         *pythons,
            const char *const *problems)
{
  g_autoptr(GOutputStream) stream = NULL;
  g_autoptr(GError) error = NULL;
  gboolean ok = FALSE;

  stream = hs_cli_open (path, &error);
  if (stream != NULL)
    {
      ok = hs_cli_json_write_pythons (pythons, problems, stream, &error);
      ok = hs_cli_close (stream, ok, ok ? &error : NULL);
    }

  if (!ok)
    hs_cli_complain ("%s", error->message);

  return ok ? HS_CLI_OK : HS_CLI_NOT_OK;
}

HsCliExit
hs_cli_pythons (int    argc,
                char **argv)
{
  g_autofree char *json = NULL;
  /* clang-format off */
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_FILENAME, &json,
      N_("Write JSON to FILE, or to standard output with -"), N_("FILE|-") },
    { NULL }
  };
  /* clang-format on */
  const char *summary = _("Lists the Python versions that can be used, and what protects this "
                          "machine from the code.");
  const char *description = _("“heapscape-cli run --python” takes a version of this list, the "
                              "path of an interpreter of one of these series, or the folder of a "
                              "virtual environment made with one.");
  g_autoptr(GPtrArray) pythons = NULL;
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) problems = NULL;
  HsCliExit result = HS_CLI_OK;

  if (!hs_cli_parse (&argc, &argv, entries, NULL, summary, description))
    return HS_CLI_USAGE;
  if (argc > 1)
    /* translators: %s is what the user typed */
    return hs_cli_complain_usage (argv[0], _("“%s” is one argument too many."), argv[1]);

  pythons = hs_pythons_list (&error);
  problems = hs_pythons_dup_problems ();

  if (json != NULL)
    result = write_json (json, pythons, (const char *const *)problems);
  else
    {
      print_table (pythons, (const char *const *)problems);
      if (pythons->len > 0 || problems[0] != NULL)
        g_print ("\n");
      print_protections ();
    }

  if (pythons->len == 0)
    {
      if (problems[0] == NULL || json != NULL)
        hs_cli_complain ("%s", error->message);
      result = HS_CLI_NOT_OK;
    }

  return result;
}
