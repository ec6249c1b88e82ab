/* hs-cli-lesson.c - lessons of examples on the command line
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-cli-lesson.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "hs-cli-options.h"
#include "hs-comparer.h"
#include "hs-examples.h"
#include "hs-json-out.h"
#include "hs-lesson.h"

/* Reading */

static HsLesson *
load_lesson (const char *name,
             GError    **error)
{
  g_autofree char *text = hs_example_load_lesson_text (name, error);

  return text == NULL ? NULL : hs_lesson_new (text, name, error);
}

HsCliExit
hs_cli_print_lesson (const char *name)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(HsLesson) lesson = load_lesson (name, &error);
  g_autofree char *text = NULL;

  if (lesson == NULL)
    {
      hs_cli_complain ("%s", error->message);
      return error->domain == HS_LESSON_ERROR ? HS_CLI_NOT_OK : HS_CLI_USAGE;
    }

  text = hs_lesson_to_text (lesson, NULL);
  g_print ("%s", text);

  return HS_CLI_OK;
}

/* Comparing */

typedef struct
{
  GMainLoop    *loop;
  GCancellable *cancellable;
  HsComparison *comparison;
  GError       *error;
} Session;

static void
compared_cb (GObject      *object,
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
  g_cancellable_cancel (((Session *)user_data)->cancellable);

  return G_SOURCE_CONTINUE;
}

/* One line that is written over. */
static void
progress_cb (HsComparer *comparer,
             guint       done,
             guint       total,
             const char *what,
             gpointer    user_data)
{
  g_printerr ("\r\033[K%u/%u %s", done, total, what);
}

static HsComparison *
compare (HsRunSpec *spec,
         int        repeat,
         GError   **error)
{
  static const int numbers[] = { SIGINT, SIGTERM, SIGHUP };
  guint            ids[G_N_ELEMENTS (numbers)];
  Session          session = { 0 };
  g_autoptr(HsComparer) comparer = hs_comparer_new (spec);
  g_autoptr(GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();

  session.loop = loop;
  session.cancellable = cancellable;
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    ids[i] = g_unix_signal_add (numbers[i], interrupted_cb, &session);
  if (isatty (STDERR_FILENO))
    g_signal_connect (comparer, "progress", G_CALLBACK (progress_cb), NULL);

  if (repeat >= 0)
    hs_comparer_set_timing (comparer, (guint)repeat, 0);
  hs_comparer_run_async (comparer, cancellable, compared_cb, &session);
  g_main_loop_run (loop);

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    g_source_remove (ids[i]);
  if (isatty (STDERR_FILENO))
    g_printerr ("\r\033[K");
  if (session.error != NULL)
    g_propagate_error (error, session.error);

  return session.comparison;
}

static HsRunSpec *
new_spec (const char *name,
          const char *python_name,
          GError    **error)
{
  g_autoptr(GBytes) source = hs_example_load (name, error);
  g_autoptr(HsPython) python = NULL;
  g_autofree char *display_name = NULL;
  HsRunSpec       *spec;

  if (source == NULL)
    return NULL;

  if (python_name != NULL)
    {
      python = hs_python_find (python_name, error);
      if (python == NULL)
        return NULL;
    }

  display_name = g_str_has_suffix (name, ".py") ? g_strdup (name) : g_strconcat (name, ".py", NULL);
  spec = hs_run_spec_new (source, NULL, display_name);
  if (python != NULL)
    hs_run_spec_set_python (spec, python);

  return spec;
}

/* JSON */

static void
put_claim (HsJsonOut          *out,
           HsComparison       *comparison,
           const HsLessonPart *part)
{
  static const char *const states[] = {
    [HS_CLAIM_UNKNOWN] = "unknown",
    [HS_CLAIM_KEPT] = "kept",
    [HS_CLAIM_BROKEN] = "broken",
  };
  g_autoptr(GError) error = NULL;
  HsClaim          claim = hs_lesson_check_claim (comparison, part, &error);
  g_autofree char *text = hs_lesson_dup_text (comparison, part->text);

  hs_json_out_begin_object (out, NULL);
  hs_json_out_put_int (out, "line", part->line);
  hs_json_out_put_text (out, "expression", part->expression);
  hs_json_out_put_text (out, "text", text);
  hs_json_out_put_text (out, "state", states[claim]);
  hs_json_out_put_text (out, "reason", error != NULL ? error->message : NULL);
  hs_json_out_end_object (out);
}

static void
put_question (HsJsonOut          *out,
              HsComparison       *comparison,
              const HsLessonPart *part)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *text = hs_lesson_dup_text (comparison, part->text);
  g_autofree char *answer = NULL;
  guint            right = G_MAXUINT;

  if (part->expression != NULL)
    {
      HsFigure figure;

      hs_lesson_check_number (comparison, part, 0, &figure, &error);
      if (error == NULL)
        answer = hs_figure_format (&figure, NULL);
      hs_figure_clear (&figure);
    }
  else
    {
      right = hs_lesson_find_answer (comparison, part, &error);
      if (right != G_MAXUINT)
        answer = hs_lesson_dup_text (comparison, part->choices[right].text);
    }

  hs_json_out_begin_object (out, NULL);
  hs_json_out_put_text (out, "id", part->id);
  hs_json_out_put_int (out, "line", part->line);
  hs_json_out_put_text (out, "text", text);
  hs_json_out_put_text (out, "answer", answer);
  if (right != G_MAXUINT)
    hs_json_out_put_int (out, "choice", right);
  else
    hs_json_out_put_null (out, "choice");
  hs_json_out_put_text (out, "reason", error != NULL ? error->message : NULL);
  hs_json_out_end_object (out);
}

static void
put_parts (HsJsonOut       *out,
           const char      *member,
           HsLesson        *lesson,
           HsComparison    *comparison,
           HsLessonPartKind kind)
{
  hs_json_out_begin_array (out, member);
  for (guint i = 0; i < hs_lesson_get_n (lesson); i++)
    {
      const HsLessonPart *part = hs_lesson_get (lesson, i);

      if (part->kind != kind || !hs_lesson_is_shown (comparison, part))
        continue;
      if (kind == HS_LESSON_CLAIM)
        put_claim (out, comparison, part);
      else if (kind == HS_LESSON_QUESTION)
        put_question (out, comparison, part);
      else
        hs_json_out_put_text (out, NULL, part->target);
    }
  hs_json_out_end_array (out);
}

static void
put_variants (HsJsonOut    *out,
              HsComparison *comparison)
{
  hs_json_out_begin_array (out, "variants");
  for (guint i = 0; i < hs_comparison_get_n (comparison); i++)
    {
      const HsVariant *variant = hs_comparison_get (comparison, i);

      hs_json_out_begin_object (out, NULL);
      hs_json_out_put_text (out, "name", variant->name);
      hs_json_out_put_text (out, "verdict", hs_verdict_to_string (variant->verdict));
      hs_json_out_put_text (out, "reason", variant->reason);
      hs_json_out_put_boolean (out, "ok", variant->is_ok);
      hs_json_out_put_text (out, "message", variant->message);
      hs_json_out_end_object (out);
    }
  hs_json_out_end_array (out);
}

static gboolean
write_json (const char   *name,
            HsLesson     *lesson,
            HsComparison *comparison,
            const char   *problems,
            const char   *path,
            GError      **error)
{
  g_autoptr(GOutputStream) stream = hs_cli_open (path, error);
  const HsPictureInfo *info = hs_comparison_get_info (comparison);
  g_auto(GStrv) lines = g_strsplit (problems != NULL ? problems : "", "\n", -1);
  HsJsonOut *out;
  gboolean   ok;

  if (stream == NULL)
    return FALSE;

  out = hs_json_out_new (stream);
  hs_json_out_put_text (out, "format", "heapscape-lesson");
  hs_json_out_put_int (out, "version", 1);
  hs_json_out_put_text (out, "example", name);
  hs_json_out_put_text (out, "python", info != NULL ? info->python : NULL);
  put_variants (out, comparison);
  put_parts (out, "claims", lesson, comparison, HS_LESSON_CLAIM);
  put_parts (out, "questions", lesson, comparison, HS_LESSON_QUESTION);
  put_parts (out, "look", lesson, comparison, HS_LESSON_LOOK);
  hs_json_out_begin_array (out, "problems");
  for (char **line = lines; *line != NULL; line++)
    if (**line != '\0')
      hs_json_out_put_text (out, NULL, *line);
  hs_json_out_end_array (out);
  ok = hs_json_out_finish (out, error);

  return hs_cli_close (stream, ok, ok ? error : NULL);
}

/* Text */

static void
print_counts (HsLesson     *lesson,
              HsComparison *comparison)
{
  const HsPictureInfo *info = hs_comparison_get_info (comparison);
  const char          *python = info != NULL && info->python != NULL ? info->python : "Python";
  HsClaimCounts        counts;

  hs_lesson_count_claims (lesson, comparison, &counts);
  /* translators: the version of Python, then numbers of statements of a lesson that were checked */
  g_print (_("%1$s: statements that hold: %2$u; that do not: %3$u; not known here: %4$u"), python,
              counts.n_kept, counts.n_broken, counts.n_unknown);
  g_print ("\n");
}

/* The lesson, then what was measured, then the sum. */
static gboolean
print_text (HsLesson     *lesson,
            HsComparison *comparison,
            const char   *problems)
{
  g_autofree char *text = hs_comparison_to_text (comparison, FALSE);

  if (lesson != NULL)
    {
      g_autofree char *lesson_text = hs_lesson_to_text (lesson, comparison);

      g_print ("%s\n", lesson_text);
    }
  g_print ("%s\n", text);
  if (lesson != NULL)
    print_counts (lesson, comparison);
  if (problems != NULL)
    hs_cli_complain ("%s", problems);

  return TRUE;
}

/* What is wrong with the lesson, one problem in a line; NULL if nothing. */
static char *
dup_problems (HsLesson     *lesson,
              HsComparison *comparison)
{
  g_autofree char *problems = NULL;

  if (lesson == NULL)
    return NULL;

  problems = hs_lesson_dup_problems (lesson, comparison);

  return problems == NULL ? NULL : g_strdup (g_strchomp (problems));
}

HsCliExit
hs_cli_compare_lesson (const char               *name,
                       const HsCliLessonOptions *options)
{
  const HsExample *example = hs_example_find (name);
  g_autoptr(GError) error = NULL;
  g_autoptr(HsLesson) lesson = NULL;
  g_autoptr(HsRunSpec) spec = NULL;
  g_autoptr(HsComparison) comparison = NULL;
  g_autofree char *problems = NULL;
  gboolean         is_done;

  if (example != NULL && (hs_example_has_lesson (example) || options->json != NULL))
    lesson = load_lesson (name, &error);
  if (error == NULL)
    spec = new_spec (name, options->python, &error);
  if (spec == NULL)
    {
      hs_cli_complain ("%s", error->message);
      return g_error_matches (error, HS_LESSON_ERROR, 0) ? HS_CLI_NOT_OK : HS_CLI_USAGE;
    }
  if (!hs_cli_allow ("examples", options->allowed, spec))
    return HS_CLI_USAGE;

  comparison = compare (spec, options->repeat, &error);
  if (comparison == NULL)
    {
      hs_cli_complain ("%s", error->message);
      return HS_CLI_NOT_OK;
    }

  problems = dup_problems (lesson, comparison);
  is_done = options->json != NULL
              ? write_json (example->name, lesson, comparison, problems, options->json, &error)
              : print_text (lesson, comparison, problems);
  if (!is_done)
    hs_cli_complain ("%s", error->message);

  return is_done && problems == NULL ? HS_CLI_OK : HS_CLI_NOT_OK;
}
