/* main.c - heapscape-cli: everything that the window can do, without a display
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hs-cli.h"
#include "hs-paths.h"

/* clang-format off */
static const struct
{
  const char *name;
  const char *parameters; /* untranslated */
  const char *summary;    /* untranslated */
  HsCliExit (*function) (int    argc,
                         char **argv);
} commands[] = {
  { "run", N_("FILE|-"), N_("Run Python code and show where its bytes live"), hs_cli_run },
  { "compare", N_("FILE [FILE]"), N_("Compare variants of code: what each needs, with proof"),
    hs_cli_compare },
  { "inspect", N_("SNAPSHOT"), N_("Show what a snapshot holds"), hs_cli_inspect },
  { "diff", N_("BEFORE AFTER"), N_("Compare two snapshots of heaps"), hs_cli_diff },
  { "examples", N_("[NAME]"), N_("List the examples, or print one"), hs_cli_examples },
  { "pythons", "", N_("List the Python versions that can be used"), hs_cli_pythons },
};
/* clang-format on */

static char *
dup_usage (void)
{
  g_autoptr(GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *table = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      const char *parameters = *commands[i].parameters != '\0' ? _(commands[i].parameters) : "";

      g_ptr_array_add (cells, g_strdup_printf ("  %s %s", commands[i].name, parameters));
      g_ptr_array_add (cells, g_strdup (_(commands[i].summary)));
    }
  table = hs_cli_format_table (cells, "ll");

  /* translators: %s is a table of commands; COMMAND, OPTION and the options stay as they are */
  return g_strdup_printf (_("Usage:\n"
                            "  heapscape-cli COMMAND [OPTION…]\n\n"
                            "Shows where Python’s bytes live.\n\n"
                            "Commands:\n"
                            "%s\n"
                            "“heapscape-cli COMMAND --help” describes the options of a command.\n"
                            "“heapscape-cli --version” prints the version.\n"),
                             table);
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *usage = NULL;

  hs_paths_init_translations ();
  g_set_prgname ("heapscape-cli");
  usage = dup_usage ();

  if (argc < 2)
    {
      g_printerr ("%s", usage);
      return HS_CLI_USAGE;
    }

  if (strcmp (argv[1], "--help") == 0 || strcmp (argv[1], "-h") == 0 ||
      strcmp (argv[1], "help") == 0)
    {
      g_print ("%s", usage);
      return HS_CLI_OK;
    }

  if (strcmp (argv[1], "--version") == 0)
    {
      g_print ("heapscape-cli %s\n", PACKAGE_VERSION);
      return HS_CLI_OK;
    }

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    if (strcmp (argv[1], commands[i].name) == 0)
      return hs_cli_finish_output (commands[i].function (argc - 1, argv + 1));

  /* translators: %s is what the user typed */
  hs_cli_complain (_("There is no command “%s”."), argv[1]);
  g_printerr ("\n%s", usage);

  return HS_CLI_USAGE;
}
