/* hs-cli-run.c - heapscape-cli run
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#include "hs-cli-execute.h"
#include "hs-cli-marks.h"
#include "hs-cli-moment.h"
#include "hs-cli-options.h"
#include "hs-cli-pictures.h"
#include "hs-cli-repeat.h"
#include "hs-cli-summary.h"
#include "hs-cli.h"
#include "hs-run-file.h"
#include "hs-snapshot-file.h"

/* The command line as it stands there. */
typedef struct
{
  HsCliRunOptions     run;
  HsCliPictureOptions picture;

  char **marks; /* numbers of lines */
  char  *json;
  char  *snapshot;
  char  *moment;
  char  *compared; /* moment with which that is compared */
  char  *focus;

  gboolean light;
  gboolean all_objects;
  int      repeat;
} Options;

static void
options_clear (Options *self)
{
  hs_cli_run_options_clear (&self->run);
  hs_cli_picture_options_clear (&self->picture);
  g_strfreev (self->marks);
  g_free (self->json);
  g_free (self->snapshot);
  g_free (self->moment);
  g_free (self->compared);
  g_free (self->focus);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* What the command line means. */
typedef struct
{
  HsRunSpec    *spec;
  HsCliPictures pictures;
  char        **focus;    /* NULL: all names */
  gboolean      is_quiet; /* JSON goes to standard output */
} Plan;

static void
plan_clear (Plan *self)
{
  g_clear_pointer (&self->spec, hs_run_spec_unref);
  hs_cli_pictures_clear (&self->pictures);
  g_strfreev (self->focus);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Plan, plan_clear)

static gboolean
parse_options (int     *argc,
               char  ***argv,
               Options *self)
{
  /* clang-format off */
  const GOptionEntry entries[] = {
    { "light", 0, 0, G_OPTION_ARG_NONE, &self->light,
      N_("Keep no ledger of allocations: faster, but without requested bytes, peak and lines"),
      NULL },
    { "all-objects", 0, 0, G_OPTION_ARG_NONE, &self->all_objects,
      N_("Measure every object of the process, not only what the code’s names lead to"), NULL },
    { "mark", 0, 0, G_OPTION_ARG_STRING_ARRAY, &self->marks,
      N_("Take a snapshot whenever this line is about to run; may be repeated"), N_("LINE") },
    { "repeat", 0, 0, G_OPTION_ARG_INT, &self->repeat,
      N_("Run it N more times without measuring, for its time (default: 0)"), N_("N") },
    { "json", 0, 0, G_OPTION_ARG_FILENAME, &self->json,
      N_("Write all that was measured as JSON to FILE, or to standard output with -"),
      N_("FILE|-") },
    { "snapshot", 0, 0, G_OPTION_ARG_FILENAME, &self->snapshot,
      N_("Write the snapshot of the heap to FILE; the whole run with its code if that ends in "
         ".heapscape"), N_("FILE") },
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
  const char *summary = _("Runs Python code in a process of its own and shows where its bytes "
                          "live.");
  const char *description = _("With - the code is read from standard input. What the code prints "
                              "goes to "
                              "the terminal, followed by how it ended and its names with their "
                              "bytes.\n\n"
                              "Exit status: 0 if the code ended well, 1 if it did not, 2 for "
                              "wrong usage or "
                              "an unreadable file.");

  g_autofree GOptionEntry *all = NULL;

  all = hs_cli_run_options_new_entries (&self->run, entries);

  return hs_cli_parse (argc, argv, all, _("FILE|-"), summary, description);
}

static gboolean
apply_passes (const Options *options,
              HsRunSpec     *spec)
{
  if (options->repeat < 0)
    {
      hs_cli_complain_usage ("run", _("%s takes a number that is 0 or more."), "--repeat");
      return FALSE;
    }

  hs_run_spec_set_trace (spec, !options->light);
  hs_run_spec_set_all_objects (spec, options->all_objects);

  return TRUE;
}

static gboolean
make_plan (int            argc,
           char         **argv,
           const Options *options,
           Plan          *plan)
{
  g_autoptr(HsSource) source = NULL;

  if (argc != 2)
    {
      hs_cli_complain_usage ("run", "%s",
                             argc < 2 ? _("Which file? With - the code is read from standard "
                                          "input.")
                                      : _("Only one file can be run at a time; use --arg for "
                                          "arguments of the code."));
      return FALSE;
    }

  plan->is_quiet = g_strcmp0 (options->json, "-") == 0;
  plan->focus = hs_cli_split_focus (options->focus);
  if (!hs_cli_picture_options_read (&options->picture, "run", &plan->pictures))
    return FALSE;

  plan->spec = hs_cli_run_options_load (&options->run, argv[1], &source);

  return plan->spec != NULL &&
         hs_cli_apply_marks (plan->spec, source, (const char *const *)options->marks) &&
         hs_cli_run_options_apply (&options->run, "run", plan->spec) &&
         apply_passes (options, plan->spec);
}

static gboolean
write_snapshot (HsRun         *run,
                const Options *options,
                GError       **error)
{
  g_autoptr(GFile) file = g_file_new_for_commandline_arg (options->snapshot);
  g_autoptr(HsHeap) heap = hs_cli_open_moment (run, options->moment, error);

  if (heap == NULL)
    {
      /* translators: a reason follows */
      g_prefix_error (error, "%s", _("There is no snapshot to write: "));
      return FALSE;
    }

  /* With all of its moments. */
  if (g_str_has_suffix (options->snapshot, HS_RUN_FILE_SUFFIX))
    return hs_run_save_sync (run, file, NULL, error);

  return hs_snapshot_save (heap, file, NULL, error);
}

static HsCliExit
write_results (HsRun            *run,
               const HsCliTimes *times,
               const Options    *options,
               const Plan       *plan)
{
  HsCliExit       result = hs_run_is_ok (run) ? HS_CLI_OK : HS_CLI_NOT_OK;
  HsCliExit       drawn;
  const HsCliWhen when = { options->moment, options->compared,
                           (const char *const *)plan->focus, options->picture.scale };

  if (!plan->is_quiet)
    {
      g_autofree char *summary = hs_cli_dup_summary (run, times);

      g_printerr ("%s", summary);
    }

  if (options->json != NULL)
    {
      g_autoptr(GError) error = NULL;

      if (!hs_cli_write_json (run, times, options->json, &error))
        {
          hs_cli_complain ("%s", error->message);
          result = HS_CLI_NOT_OK;
        }
    }

  if (options->snapshot != NULL)
    {
      g_autoptr(GError) error = NULL;

      if (!write_snapshot (run, options, &error))
        {
          hs_cli_complain ("%s", error->message);
          result = HS_CLI_NOT_OK;
        }
    }

  /* A name is missing for a good reason if the code did not get to its end. */
  drawn = hs_cli_write_pictures (run, &plan->pictures, &when, plan->is_quiet);

  return result == HS_CLI_OK ? drawn : result;
}

HsCliExit
hs_cli_run (int    argc,
            char **argv)
{
  g_auto(Options) options = { .picture.scale = 1 };
  g_auto(Plan) plan = { 0 };
  g_autoptr(HsRun) run = NULL;
  g_autoptr(HsCliTimes) times = NULL;
  g_autoptr(GError) error = NULL;
  gboolean was_interrupted;

  hs_cli_run_options_init (&options.run);
  if (!parse_options (&argc, &argv, &options) || !make_plan (argc, argv, &options, &plan))
    return HS_CLI_USAGE;

  run = hs_cli_execute (plan.spec, plan.is_quiet, &was_interrupted, &error);
  if (run == NULL)
    {
      hs_cli_complain ("%s", error->message);
      return HS_CLI_NOT_OK;
    }

  if (options.repeat > 0 && !was_interrupted)
    times = hs_cli_repeat (run, (guint)options.repeat);
  else if (options.light)
    times = hs_cli_times_new (run);

  return write_results (run, times, &options, &plan);
}
