/* hs-cli-examples.c - heapscape-cli examples
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "hs-cli.h"
#include "hs-examples.h"

static void
print_list (void)
{
  g_autoptr(GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *table = NULL;
  const HsExample *examples;
  guint            n_examples;

  examples = hs_examples_list (&n_examples);
  for (guint i = 0; i < n_examples; i++)
    {
      g_ptr_array_add (cells, g_strdup (examples[i].name));
      g_ptr_array_add (cells, g_strdup (_(examples[i].title)));
      g_ptr_array_add (cells, g_strdup (""));
      g_ptr_array_add (cells, g_strconcat ("  ", _(examples[i].summary), NULL));
    }

  table = hs_cli_format_table (cells, "ll");
  g_print ("%s", table);
}

static HsCliExit
print_source (const char *name)
{
  g_autoptr(GOutputStream) stream = NULL;
  g_autoptr(GBytes) source = NULL;
  g_autoptr(GError) error = NULL;
  gsize         size;
  gconstpointer data;

  source = hs_example_load (name, &error);
  if (source == NULL)
    {
      hs_cli_complain ("%s", error->message);
      return HS_CLI_USAGE;
    }

  data = g_bytes_get_data (source, &size);
  stream = hs_cli_open ("-", &error);
  if (stream == NULL || !g_output_stream_write_all (stream, data, size, NULL, NULL, &error))
    {
      hs_cli_complain ("%s", error->message);
      return HS_CLI_NOT_OK;
    }

  return HS_CLI_OK;
}

HsCliExit
hs_cli_examples (int    argc,
                 char **argv)
{
  const GOptionEntry entries[] = { { NULL } };
  const char        *summary = _("Lists the examples, or prints the source of the one that is "
                                 "named.");
  const char        *description = _("“heapscape-cli examples NAME | heapscape-cli run -” runs "
                                     "one.");

  if (!hs_cli_parse (&argc, &argv, entries, _("[NAME]"), summary, description))
    return HS_CLI_USAGE;

  if (argc > 2)
    return hs_cli_complain_usage (argv[0], "%s", _("Only one example can be printed at a time."));

  if (argc == 2)
    return print_source (argv[1]);

  print_list ();

  return HS_CLI_OK;
}
