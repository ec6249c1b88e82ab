/* hs-cli-inspect.c - heapscape-cli inspect
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "hs-alive.h"
#include "hs-census.h"
#include "hs-cli-moment.h"
#include "hs-cli-options.h"
#include "hs-cli-pictures.h"
#include "hs-cli-summary.h"
#include "hs-cli.h"
#include "hs-run-file.h"

/* The command line as it stands there. */
typedef struct
{
  HsCliPictureOptions picture;

  char    *json;
  char    *path_to;
  char    *moment;
  char    *compared;
  char    *focus;
  gboolean types;
  gboolean source;
} Options;

static void
options_clear (Options *self)
{
  hs_cli_picture_options_clear (&self->picture);
  g_free (self->json);
  g_free (self->path_to);
  g_free (self->moment);
  g_free (self->compared);
  g_free (self->focus);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
parse_options (int     *argc,
               char  ***argv,
               Options *self)
{
  /* clang-format off */
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_FILENAME, &self->json,
      N_("Write all that was measured as JSON to FILE, or to standard output with -"),
      N_("FILE|-") },
    { "types", 0, 0, G_OPTION_ARG_NONE, &self->types,
      N_("List the types by their bytes, with what they keep alive"), NULL },
    { "path-to", 0, 0, G_OPTION_ARG_STRING, &self->path_to,
      N_("Say why an object is alive: that of a name, or the one at an address (0x…)"),
      N_("NAME|ADDRESS") },
    { "source", 0, 0, G_OPTION_ARG_NONE, &self->source,
      N_("Print the code that was run"), NULL },
    { "moment", 0, 0, G_OPTION_ARG_STRING, &self->moment,
      N_("Draw and write this moment instead of the end: the name of a snapshot or its number"),
      N_("NAME|NUMBER") },
    { "compare-moment", 0, 0, G_OPTION_ARG_STRING, &self->compared,
      N_("Show in pictures what has appeared, grown or gone since this moment"),
      N_("NAME|NUMBER") },
    { "export", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->picture.exports,
      N_("Draw a view (graph, layout, strings, heap, timeline, pages) into FILE, as .png, .svg, "
         ".pdf or .txt; may be repeated"),
      N_("VIEW=FILE") },
    { "set", 0, 0, G_OPTION_ARG_STRING_ARRAY, &self->picture.settings,
      N_("Choose in a view, such as heap.show=treemap; may be repeated"),
      N_("VIEW.OPTION=CHOICE") },
    { "focus", 0, 0, G_OPTION_ARG_STRING, &self->focus,
      N_("Draw only these names and what they reach"), N_("NAME,…") },
    { "scale", 0, 0, G_OPTION_ARG_INT, &self->picture.scale,
      N_("Size of a PNG: 1, 2 or 4 (default: 1)"), N_("N") },
    { "theme", 0, 0, G_OPTION_ARG_STRING, &self->picture.theme,
      N_("Colours of the pictures: light, dark or high-contrast (default: light)"),
      N_("THEME") },
    { NULL }
  };
  /* clang-format on */
  const char *summary = _("Shows what a snapshot holds, without running anything.");
  const char *description = _("It takes what the window saves (.heapscape) and what "
                              "“heapscape-cli run --snapshot” wrote.");

  return hs_cli_parse (argc, argv, entries, _("SNAPSHOT"), summary, description);
}

/* ---- Text ---- */

static void
print_headline (HsRun      *run,
                const char *path)
{
  g_autofree char *name = g_filename_display_name (path);
  g_autofree char *python = hs_python_dup_label (hs_run_get_python (run));
  g_autofree char *date = g_date_time_format (hs_run_get_date (run), "%Y-%m-%d %H:%M");

  if (hs_run_is_bare (run))
    /* translators: %1$s is a file, %2$s is as in “Python 3.11.2” */
    g_print (_("“%1$s”, taken with %2$s\n"), name, python);
  else
    /* translators: %1$s is a file, %2$s is the code’s file, %3$s is as in “Python 3.11.2”,
     * %4$s is a date with time
     */
    g_print (_("“%1$s”, a run of %2$s with %3$s on %4$s\n"), name,
                hs_run_spec_get_display_name (hs_run_get_spec (run)), python, date);
}

static HsCliExit
print_source (HsRun *run)
{
  GBytes       *source = hs_run_spec_get_source (hs_run_get_spec (run));
  gsize         size;
  gconstpointer data = g_bytes_get_data (source, &size);

  if (hs_run_is_bare (run))
    {
      hs_cli_complain ("%s", _("This snapshot does not hold its code; save it as .heapscape."));
      return HS_CLI_NOT_OK;
    }
  if (fwrite (data, 1, size, stdout) != size)
    return HS_CLI_NOT_OK;

  return HS_CLI_OK;
}

static HsCliExit
print_types (HsHeap *heap)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(HsCensus) census = hs_census_new (heap, HS_CENSUS_BY_BYTES, NULL, &error);
  g_autofree char *text = NULL;

  if (census == NULL)
    {
      hs_cli_complain ("%s", error->message);
      return HS_CLI_NOT_OK;
    }
  text = hs_census_to_text (census);
  g_print ("%s", text);

  return HS_CLI_OK;
}

/* ---- Why it is alive ---- */

/* The object at the address that @text says, HS_NO_OBJECT if there is none. */
static guint32
find_address (HsHeap     *heap,
              const char *text)
{
  const HsSnapshotView *view = hs_heap_get_view (heap);
  guint64               address;

  if (!g_str_has_prefix (text, "0x") ||
      !g_ascii_string_to_unsigned (text + 2, 16, 0, G_MAXUINT64, &address, NULL))
    return HS_NO_OBJECT;

  for (guint32 i = 0; i < view->n_objects; i++)
    if (hs_snapshot_view_get_address (view, i) == address)
      return i;

  return HS_NO_OBJECT;
}

static guint32
find_name (HsHeap     *heap,
           const char *text)
{
  const HsSnapshotView *view = hs_heap_get_view (heap);

  for (guint32 i = 0; i < view->n_names; i++)
    {
      g_autofree char *name = hs_heap_dup_string (heap, view->name_label[i]);

      if (g_str_equal (name, text))
        return view->name_object[i];
    }

  return HS_NO_OBJECT;
}

static HsCliExit
print_path (HsHeap     *heap,
            const char *text)
{
  const char *names[] = { text, NULL };
  gboolean    is_address = g_str_has_prefix (text, "0x");
  guint32     object = is_address ? find_address (heap, text) : find_name (heap, text);
  g_autoptr(HsAlivePath) path = NULL;
  g_autofree char *way = NULL;
  g_auto(GStrv) facts = NULL;

  if (object == HS_NO_OBJECT)
    {
      g_autofree char *wrong = is_address ? NULL : hs_cli_check_focus (heap, names);

      if (wrong != NULL)
        hs_cli_complain ("%s", wrong);
      else
        /* translators: %s is what the user typed */
        hs_cli_complain (_("There is no object “%s” in the snapshot; --json - lists them all."),
                            text);
      return HS_CLI_USAGE;
    }

  path = hs_alive_path_new (heap, object);
  way = path != NULL ? hs_alive_path_dup_text (path) : NULL;
  facts = hs_alive_dup_facts (heap, object);
  g_print ("%s\n", way != NULL ? way : _("No name of the code leads to it."));
  for (guint i = 0; facts[i] != NULL; i++)
    g_print ("%s\n", facts[i]);

  return HS_CLI_OK;
}

/* ---- All of it ---- */

static HsCliExit
print (HsRun         *run,
       const Options *options,
       const char    *path)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(HsHeap) heap = NULL;
  HsCliExit result = HS_CLI_OK;

  if (options->source)
    return print_source (run);
  if (!options->types && options->path_to == NULL)
    {
      g_autofree char *summary = hs_cli_dup_summary (run, NULL);

      print_headline (run, path);
      g_print ("%s", summary);
      return HS_CLI_OK;
    }

  heap = hs_cli_open_moment (run, options->moment, &error);
  if (heap == NULL)
    {
      hs_cli_complain ("%s", error->message);
      return g_error_matches (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE) ? HS_CLI_USAGE
                                                                               : HS_CLI_NOT_OK;
    }
  if (options->types)
    result = print_types (heap);
  if (result == HS_CLI_OK && options->path_to != NULL)
    result = print_path (heap, options->path_to);

  return result;
}

HsCliExit
hs_cli_inspect (int    argc,
                char **argv)
{
  g_auto(Options) options = { .picture.scale = 1 };
  g_auto(HsCliPictures) pictures = { 0 };
  g_autoptr(HsRun) run = NULL;
  g_autoptr(GFile) file = NULL;
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) focus = NULL;
  HsCliWhen when;
  HsCliExit result = HS_CLI_OK;
  gboolean  is_quiet;

  if (!parse_options (&argc, &argv, &options))
    return HS_CLI_USAGE;
  if (argc != 2)
    return hs_cli_complain_usage ("inspect", "%s", _("Which snapshot?"));
  if (!hs_cli_picture_options_read (&options.picture, "inspect", &pictures))
    return HS_CLI_USAGE;

  file = g_file_new_for_commandline_arg (argv[1]);
  run = hs_run_load_sync (file, NULL, &error);
  if (run == NULL)
    {
      hs_cli_complain ("%s", error->message);
      return HS_CLI_USAGE;
    }

  is_quiet = g_strcmp0 (options.json, "-") == 0;
  if (options.json != NULL && !hs_cli_write_json (run, NULL, options.json, &error))
    {
      hs_cli_complain ("%s", error->message);
      return HS_CLI_NOT_OK;
    }
  if (!is_quiet)
    result = print (run, &options, argv[1]);
  if (result != HS_CLI_OK)
    return result;

  focus = hs_cli_split_focus (options.focus);
  when = (HsCliWhen) { options.moment, options.compared, (const char *const *)focus,
                       options.picture.scale };

  return hs_cli_write_pictures (run, &pictures, &when, is_quiet);
}
