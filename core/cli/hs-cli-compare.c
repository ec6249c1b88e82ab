/* hs-cli-compare.c - heapscape-cli compare
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "hs-cli-json-compare.h"
#include "hs-cli-options.h"
#include "hs-cli.h"
#include "hs-comparer.h"
#include "hs-error.h"
#include "hs-variants.h"

/* The command line as it stands there. */
typedef struct
{
  HsCliRunOptions     run;
  HsCliPictureOptions picture;

  char  *json;
  int    repeat;
  double budget; /* seconds */
} Options;

static void
options_clear (Options *self)
{
  hs_cli_run_options_clear (&self->run);
  hs_cli_picture_options_clear (&self->picture);
  g_free (self->json);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* What the command line means. */
typedef struct
{
  HsCliPictures pictures;
  GPtrArray    *names; /* of the variant of each export; NULL: the comparison itself */
} Plan;

static void
plan_clear (Plan *self)
{
  hs_cli_pictures_clear (&self->pictures);
  g_clear_pointer (&self->names, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Plan, plan_clear)

static gboolean
parse_options (int     *argc,
               char  ***argv,
               Options *self)
{
  /* clang-format off */
  const GOptionEntry entries[] = {
    { "repeat", 0, 0, G_OPTION_ARG_INT, &self->repeat,
      N_("Take the time of each variant at least N times (default: 5, which is the least; "
         "0: take no times)"), N_("N") },
    { "budget", 0, 0, G_OPTION_ARG_DOUBLE, &self->budget,
      N_("Seconds in which times are taken more often than that, all variants together "
         "(default: 6)"), N_("SECONDS") },
    { "json", 0, 0, G_OPTION_ARG_FILENAME, &self->json,
      N_("Write all that was measured as JSON to FILE, or to standard output with -"),
      N_("FILE|-") },
    { "export", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->picture.exports,
      N_("Draw the comparison into FILE, as .png, .svg, .pdf or .txt, or another view of one "
         "variant with VIEW:VARIANT=FILE; may be repeated"),
      N_("[VIEW[:VARIANT]=]FILE") },
    { "set", 0, 0, G_OPTION_ARG_STRING_ARRAY, &self->picture.settings,
      N_("Choose in a view, such as heap.show=treemap; may be repeated"),
      N_("VIEW.OPTION=CHOICE") },
    { "scale", 0, 0, G_OPTION_ARG_INT, &self->picture.scale,
      N_("Size of a PNG: 1, 2 or 4 (default: 1)"), N_("N") },
    { "theme", 0, 0, G_OPTION_ARG_STRING, &self->picture.theme,
      N_("Colours of the pictures: light, dark or high-contrast (default: light)"),
      N_("THEME") },
    { NULL }
  };
  /* clang-format on */
  const char *summary = _("Compares variants of Python code: what each needs, and whether it does "
                          "the same.");
  const char *description = _("In one file each variant begins with a line “# %% NAME”; what "
                              "stands before the first is common to all. Two files are compared "
                              "as they are. The first is the one that the others are compared "
                              "with. If all set the name “result”, those must be equal; else what "
                              "they print.\n\n"
                              "Exit status: 0 if all variants ended well and do the same, 1 if "
                              "not, 2 for wrong usage or an unreadable file.");

  g_autofree GOptionEntry *all = hs_cli_run_options_new_entries (&self->run, entries);

  return hs_cli_parse (argc, argv, all, _("FILE [FILE]"), summary, description);
}

/* ---- Running it ---- */

typedef struct
{
  GMainLoop    *loop;
  GCancellable *cancellable;
  gboolean      shows_progress;
  guint         width; /* of the line that is shown */
  HsComparison *comparison;
  GError       *error;
} Session;

static void
show_line (Session    *session,
           const char *text)
{
  guint width = hs_cli_get_width (text);

  if (!session->shows_progress)
    return;
  g_printerr ("\r%s%*s\r", text,
              session->width > width ? (int)(session->width - width) : 0, "");
  session->width = width;
}

static void
progress_cb (HsComparer *comparer,
             guint       done,
             guint       total,
             const char *what,
             Session    *session)
{
  g_autofree char *line = g_strdup_printf ("%3u %%  %s", total > 0 ? 100 * done / total : 0, what);

  show_line (session, line);
}

static void
run_cb (GObject      *object,
        GAsyncResult *result,
        gpointer      user_data)
{
  Session *session = user_data;

  session->comparison = hs_comparer_run_finish (HS_COMPARER (object), result, &session->error);
  g_main_loop_quit (session->loop);
}

static gboolean
interrupted_cb (gpointer user_data)
{
  Session *session = user_data;

  g_cancellable_cancel (session->cancellable);

  return G_SOURCE_CONTINUE;
}

/* Returns: (transfer full) (nullable) */
static HsComparison *
execute (HsComparer *comparer,
         GError    **error)
{
  static const int numbers[] = { SIGINT, SIGTERM, SIGHUP };
  guint            ids[G_N_ELEMENTS (numbers)];
  Session          session = { .shows_progress = isatty (STDERR_FILENO) };

  session.loop = g_main_loop_new (NULL, FALSE);
  session.cancellable = g_cancellable_new ();
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    ids[i] = g_unix_signal_add (numbers[i], interrupted_cb, &session);
  g_signal_connect (comparer, "progress", G_CALLBACK (progress_cb), &session);

  hs_comparer_run_async (comparer, session.cancellable, run_cb, &session);
  g_main_loop_run (session.loop);

  show_line (&session, "");
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    g_source_remove (ids[i]);
  g_signal_handlers_disconnect_by_data (comparer, &session);
  g_object_unref (session.cancellable);
  g_main_loop_unref (session.loop);
  if (session.error != NULL)
    g_propagate_error (error, session.error);

  return session.comparison;
}

/* ---- What to run ---- */

/* What the comments of the file ask for and cannot have. */
static void
warn (HsSource *source)
{
  g_autoptr(HsVariants) variants = hs_variants_new (source);

  for (guint i = 0; i < hs_variants_get_n_problems (variants); i++)
    {
      guint       line;
      const char *problem = hs_variants_get_problem (variants, i, &line);

      /* translators: a line of the code, and a sentence that says what is wrong there */
      g_printerr (_("Line %u: %s\n"), line, problem);
    }
}

/* Returns: (transfer full) (nullable) */
static HsComparer *
new_comparer (int            n_files,
              char         **files,
              const Options *options)
{
  g_autoptr(HsRunSpec) first = NULL;
  g_autoptr(HsRunSpec) second = NULL;
  g_autoptr(HsSource) source = NULL;

  first = hs_cli_run_options_load (&options->run, files[0], &source);
  if (first == NULL || !hs_cli_run_options_apply (&options->run, "compare", first))
    return NULL;
  if (n_files == 1)
    {
      warn (source);
      return hs_comparer_new (first);
    }

  second = hs_cli_run_options_load (&options->run, files[1], NULL);
  if (second == NULL || !hs_cli_run_options_apply (&options->run, "compare", second))
    return NULL;

  return hs_comparer_new_for_two (first, second,
                                  strcmp (hs_run_spec_get_display_name (first),
                                          hs_run_spec_get_display_name (second)) == 0
                                    ? (const char *const *)files
                                    : NULL);
}

/* "FILE" means "compare=FILE"; from "VIEW:VARIANT=FILE" the variant is taken out. Returns:
 * (transfer full) (element-type utf8): of each the variant; NULL for the comparison
 */
static GPtrArray *
complete_exports (char **exports)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);

  for (gsize i = 0; exports != NULL && exports[i] != NULL; i++)
    {
      char *export = exports[i];
      const char *equals = strchr (export, '=');
      const char *colon = equals != NULL ? memchr (export, ':', (gsize)(equals - export)) : NULL;

      g_ptr_array_add (names, colon != NULL ? g_strndup (colon + 1, (gsize)(equals - colon - 1))
                                            : NULL);
      if (equals == NULL)
        exports[i] = g_strconcat ("compare=", export, NULL);
      else if (colon != NULL)
        exports[i] = g_strdup_printf ("%.*s%s", (int)(colon - export), export, equals);
      else
        continue;
      g_free (export);
    }

  return names;
}

static gboolean
check_options (int      argc,
               Options *options,
               Plan    *plan)
{
  if (argc < 2 || argc > 3)
    {
      hs_cli_complain_usage ("compare", "%s",
                             argc < 2 ? _("Which file?")
                                      : _("At most two files can be compared; use --arg for "
                                          "arguments of the code."));
      return FALSE;
    }
  if (options->repeat < 0)
    {
      hs_cli_complain_usage ("compare", _("%s takes a number that is 0 or more."), "--repeat");
      return FALSE;
    }
  if (!isfinite (options->budget) || options->budget < 0 || options->budget > G_MAXINT / 1000)
    {
      hs_cli_complain_usage ("compare", _("%s takes a number that is 0 or more."), "--budget");
      return FALSE;
    }

  plan->names = complete_exports (options->picture.exports);

  return hs_cli_picture_options_read (&options->picture, "compare", &plan->pictures);
}

/* ---- What came of it ---- */

static HsCliExit
get_exit (HsComparison *comparison)
{
  for (guint i = 0; i < hs_comparison_get_n (comparison); i++)
    {
      const HsVariant *variant = hs_comparison_get (comparison, i);

      if (!variant->is_ok || (i > 0 && variant->sameness != HS_SAMENESS_SAME))
        return HS_CLI_NOT_OK;
    }

  return HS_CLI_OK;
}

/* The heap that shows variant @name. Returns: (transfer full) (nullable) */
static HsHeap *
open_variant (HsComparer     *comparer,
              HsComparison   *comparison,
              const char     *name,
              HsPictureInfo **info,
              GError        **error)
{
  guint       i = hs_comparison_find (comparison, name);
  HsRun      *run = hs_comparer_get_run (comparer, i);
  HsHeap     *heap;
  const char *reason;

  if (run == NULL)
    {
      g_set_error (error, HS_ERROR, HS_ERROR_VARIANTS,
                   /* translators: %s is what the user typed */
                   _("There is no variant “%s” to draw"), name);
      return NULL;
    }

  heap = hs_run_get_heap (run, &reason);
  if (heap == NULL)
    {
      g_set_error_literal (error, HS_ERROR, HS_ERROR_VARIANTS, reason);
      /* translators: a reason follows */
      g_prefix_error (error, "%s", _("There is nothing to draw: "));
      return NULL;
    }
  *info = hs_run_dup_picture_info (run);

  return hs_heap_ref (heap);
}

static gboolean
write_export (HsComparer    *comparer,
              HsComparison  *comparison,
              const Plan    *plan,
              const Options *options,
              guint          i,
              GError       **error)
{
  const char *name = g_ptr_array_index (plan->names, i);
  g_autoptr(GPtrArray) exports = g_ptr_array_new ();
  g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(HsPictureInfo) info = NULL;
  g_autoptr(HsHeap) heap = NULL;
  const HsCliPictures one = { exports, plan->pictures.settings, plan->pictures.theme };

  g_ptr_array_add (exports, g_ptr_array_index (plan->pictures.exports, i));
  if (name != NULL)
    heap = open_variant (comparer, comparison, name, &info, error);
  else
    {
      heap = hs_comparison_open_heap (comparison);
      info = hs_picture_info_copy (hs_comparison_get_info (comparison));
    }
  if (heap == NULL || !hs_cli_export_all (info, heap, NULL, &one, NULL, options->picture.scale,
                                          files, error))
    return FALSE;

  for (guint j = 0; j < files->len && g_strcmp0 (options->json, "-") != 0; j++)
    {
      g_autofree char *file = g_filename_display_name (g_ptr_array_index (files, j));

      /* translators: %s is a file */
      g_printerr (_("Wrote “%s”.\n"), file);
    }

  return TRUE;
}

static gboolean
write_exports (HsComparer    *comparer,
               HsComparison  *comparison,
               const Plan    *plan,
               const Options *options,
               GError       **error)
{
  for (guint i = 0; i < plan->pictures.exports->len; i++)
    if (!write_export (comparer, comparison, plan, options, i, error))
      return FALSE;

  return TRUE;
}

static gboolean
write_json (HsComparer   *comparer,
            HsComparison *comparison,
            const char   *path,
            GError      **error)
{
  HsRun *run = hs_comparer_get_run (comparer, 0);
  g_autoptr(GOutputStream) stream = NULL;
  gboolean ok;

  if (path == NULL)
    return TRUE;
  stream = hs_cli_open (path, error);
  if (stream == NULL)
    return FALSE;

  ok = hs_cli_json_write_comparison (comparison, hs_run_get_spec (run), hs_run_get_python (run),
                                     stream, error);

  return hs_cli_close (stream, ok, ok ? error : NULL);
}

static HsCliExit
write_results (HsComparer    *comparer,
               HsComparison  *comparison,
               const Plan    *plan,
               const Options *options)
{
  HsCliExit result = get_exit (comparison);
  g_autoptr(GError) error = NULL;

  if (g_strcmp0 (options->json, "-") != 0)
    {
      g_autofree char *text = hs_comparison_to_text (comparison, FALSE);

      g_print ("%s", text);
    }

  if (!write_json (comparer, comparison, options->json, &error) ||
      !write_exports (comparer, comparison, plan, options, &error))
    {
      hs_cli_complain ("%s", error->message);
      return HS_CLI_NOT_OK;
    }

  return result;
}

HsCliExit
hs_cli_compare (int    argc,
                char **argv)
{
  g_auto(Options) options = { .picture.scale = 1,
                               .repeat = HS_COMPARE_N_TIMES_MIN,
                               .budget = HS_COMPARE_BUDGET_MS / 1000. };
  g_auto(Plan) plan = { 0 };
  g_autoptr(HsComparer) comparer = NULL;
  g_autoptr(HsComparison) comparison = NULL;
  g_autoptr(GError) error = NULL;

  hs_cli_run_options_init (&options.run);
  if (!parse_options (&argc, &argv, &options) || !check_options (argc, &options, &plan))
    return HS_CLI_USAGE;

  comparer = new_comparer (argc - 1, argv + 1, &options);
  if (comparer == NULL)
    return HS_CLI_USAGE;

  hs_comparer_set_timing (comparer, (guint)options.repeat, (guint)(options.budget * 1000));
  comparison = execute (comparer, &error);
  if (comparison == NULL)
    {
      hs_cli_complain ("%s", error->message);
      return g_error_matches (error, HS_ERROR, HS_ERROR_VARIANTS) ? HS_CLI_USAGE : HS_CLI_NOT_OK;
    }

  return write_results (comparer, comparison, &plan, &options);
}
