/* hs-cli-examples.c - heapscape-cli examples
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "hs-cli-lesson.h"
#include "hs-examples.h"

/* By chapter: the names, and under each what it shows. */
static void
print_list (void)
{
  const HsExample *examples;
  guint            n_examples;
  guint            i = 0;

  examples = hs_examples_list (&n_examples);
  while (i < n_examples)
    {
      g_autoptr(GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
      g_autofree char *table = NULL;
      HsChapter        chapter = hs_example_get_chapter (&examples[i]);

      g_print ("%s%s\n", i > 0 ? "\n" : "", hs_chapter_get_title (chapter));
      for (; i < n_examples && hs_example_get_chapter (&examples[i]) == chapter; i++)
        {
          g_ptr_array_add (cells, g_strconcat ("  ", examples[i].name, NULL));
          g_ptr_array_add (cells, g_strdup (_(examples[i].title)));
          g_ptr_array_add (cells, g_strdup (""));
          g_ptr_array_add (cells, g_strconcat ("  ", _(examples[i].summary), NULL));
        }
      table = hs_cli_format_table (cells, "ll");
      g_print ("%s", table);
    }
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

/* What the command line asks for. */
typedef struct
{
  gboolean lesson;
  gboolean compare;
  char    *python;
  char    *json;
  char   **allowed;
  int      repeat;
} Options;

static void
options_clear (Options *self)
{
  g_free (self->python);
  g_free (self->json);
  g_strfreev (self->allowed);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
parse_options (int     *argc,
               char  ***argv,
               Options *self)
{
  /* clang-format off */
  const GOptionEntry entries[] = {
    { "lesson", 0, 0, G_OPTION_ARG_NONE, &self->lesson,
      N_("Print the lesson of the example instead of its code"), NULL },
    { "compare", 0, 0, G_OPTION_ARG_NONE, &self->compare,
      N_("Compare the variants of the example and print its lesson with what was measured"), NULL },
    { "python", 0, 0, G_OPTION_ARG_FILENAME, &self->python,
      N_("Python to compare them with: a version, an interpreter or a virtual environment"),
      N_("VERSION|PATH") },
    { "repeat", 0, 0, G_OPTION_ARG_INT, &self->repeat,
      N_("Take the time of each variant N times (default: as often as a few seconds allow, at "
         "least 5; 0: no times)"),
      N_("N") },
    { "json", 0, 0, G_OPTION_ARG_FILENAME, &self->json,
      N_("With --compare: write the statements and answers of the lesson as JSON to FILE, or to "
         "standard output with -"),
      N_("FILE|-") },
    { "allow", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->allowed,
      N_("Let the code do more than read: write=FOLDER, network, processes (other programs), "
         "unprotected (run where the system cannot protect your files); may be repeated"),
      N_("WHAT") },
    { NULL }
  };
  /* clang-format on */
  const char *summary = _("Lists the examples, or prints the source of the one that is named.");
  const char *description = _("“heapscape-cli examples NAME | heapscape-cli run -” runs one.\n\n"
                              "Exit status of --compare: 1 if a statement of the lesson does not "
                              "hold in this measurement.");

  return hs_cli_parse (argc, argv, entries, _("[NAME]"), summary, description);
}

/* Whether the options go together. */
static gboolean
check_options (int            argc,
               const Options *options)
{
  const char *problem = NULL;

  if (argc > 2)
    problem = _("Only one example can be printed at a time.");
  else if (argc < 2 && (options->lesson || options->compare))
    problem = _("Which example? Without a name they are listed.");
  else if (options->lesson && options->compare)
    problem = _("Use either --lesson or --compare: that prints the lesson, too.");
  else if (!options->compare &&
           (options->python != NULL || options->json != NULL || options->repeat != -1 ||
            options->allowed != NULL))
    problem = _("--python, --repeat, --json and --allow go with --compare.");
  else if (options->repeat < -1)
    problem = _("--repeat takes a number that is 0 or more.");

  if (problem != NULL)
    hs_cli_complain_usage ("examples", "%s", problem);

  return problem == NULL;
}

HsCliExit
hs_cli_examples (int    argc,
                 char **argv)
{
  g_auto(Options) options = { .repeat = -1 };

  if (!parse_options (&argc, &argv, &options) || !check_options (argc, &options))
    return HS_CLI_USAGE;

  if (argc < 2)
    print_list ();
  else if (options.lesson)
    return hs_cli_print_lesson (argv[1]);
  else if (options.compare)
    return hs_cli_compare_lesson (argv[1], &(HsCliLessonOptions) {
                                             .python = options.python,
                                             .json = options.json,
                                             .repeat = options.repeat,
                                             .allowed = (const char *const *)options.allowed,
                                           });
  else
    return print_source (argv[1]);

  return HS_CLI_OK;
}
