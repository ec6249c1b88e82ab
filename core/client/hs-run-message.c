/* hs-run-message.c - how a run ended, in a sentence
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-run.h"
#include "hs-run-private.h"

#include <glib/gi18n-lib.h>
#include <signal.h>
#include <string.h>

#include "hs-format.h"
#include "hs-run-spec-private.h"
#include "hs-source.h"

/* Longer messages of exceptions are cut in the sentence; the traceback has
 * them whole. Characters.
 */
#define QUOTED_MAX 200

/* "60 s", "2.5 s", "0.25 s". */
static char *
format_timeout (guint64 ms)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (number, sizeof number, "%.12g", (double)ms / 1000.);

  /* translators: a time limit in seconds */
  return g_strdup_printf (_("%s s"), number);
}

/* The first line of @text, cut where it is too long for a sentence. */
static char *
shorten (const char *text)
{
  g_autofree char *first = g_strndup (text, strcspn (text, "\n"));
  g_autofree char *line = hs_format_visible (first);

  if (g_utf8_strlen (line, -1) > QUOTED_MAX)
    {
      *g_utf8_offset_to_pointer (line, QUOTED_MAX) = '\0';
      return g_strconcat (line, "…", NULL);
    }

  return *first != '\0' && strlen (first) < strlen (text) ? g_strconcat (line, " …", NULL)
                                                          : g_steal_pointer (&line);
}

/* Appends @text, translated, as a further sentence. */
static void
add_sentence (GString    *message,
              const char *text)
{
  if (message->len > 0)
    g_string_append_c (message, ' ');
  g_string_append (message, text);
}

static void
add_truncated (GString *message,
               HsRun   *self)
{
  g_autofree char *cut = NULL, *limit = NULL, *text = NULL;

  if (self->output_truncated == 0)
    return;

  cut = hs_format_bytes (self->output_truncated);
  limit = hs_format_bytes (hs_run_spec_get_output_limit (self->spec));
  /* translators: both are numbers of bytes with their units */
  text = g_strdup_printf (_("%1$s of output were cut, beyond the limit of %2$s for each stream."),
                             cut, limit);
  add_sentence (message, text);
}

static gboolean
was_killed (HsRun *self)
{
  return (self->flags & HS_DONE_KILLED) != 0;
}

static void
add_killed (GString *message,
            HsRun   *self)
{
  g_autofree char *text = NULL;

  if (!was_killed (self))
    return;

  /* The line is that at which it was asked to stop. */
  if (self->line != 0)
    /* translators: %u is a line */
    text = g_strdup_printf (_("It was inside C code at line %u, or too slow to answer, and was "
                              "killed, so there is no picture of the end."),
                               self->line);
  else
    text = g_strdup (_("It did not answer, being inside C code or deaf to signals, and was killed, "
                       "so there is no picture of the end."));
  add_sentence (message, text);
}

static void
add_hung_at_exit (GString *message,
                  HsRun   *self)
{
  if (self->flags & HS_DONE_HUNG_AT_EXIT)
    add_sentence (message, _("Threads or exit handlers kept it from ending and were stopped."));
}

static char *
message_for_ok (HsRun *self)
{
  g_autofree char *duration = NULL;

  if (self->wall_ns == 0)
    return g_strdup (_("Finished."));

  duration = hs_format_duration (self->wall_ns);

  if (hs_run_spec_get_trace (self->spec))
    /* translators: %s is a duration, such as 12.3 ms: of the code together with what is
     * measured meanwhile, longer than the code alone would take
     */
    return g_strdup_printf (_("Finished; measured in %s."), duration);

  /* translators: %s is a duration, such as 12.3 ms */
  return g_strdup_printf (_("Finished in %s."), duration);
}

static char *
message_for_exception (HsRun *self)
{
  g_autofree char *type = self->exception_type != NULL ? shorten (self->exception_type)
                                                       : g_strdup (_("Exception"));
  g_autofree char *hint = _hs_run_dup_hint (self);
  g_autofree char *text = self->exception_message != NULL ? shorten (self->exception_message)
                                                          : g_strdup ("");
  GString         *message = g_string_new (NULL);

  if (self->line != 0 && *text != '\0')
    /* translators: %1$s is a type such as ValueError, %2$u a line, %3$s its message */
    g_string_append_printf (message, _("%1$s at line %2$u: %3$s"), type, self->line, text);
  else if (self->line != 0)
    /* translators: %1$s is a type such as ValueError, %2$u a line */
    g_string_append_printf (message, _("%1$s at line %2$u"), type, self->line);
  else if (*text != '\0')
    /* translators: %1$s is a type such as ValueError, %2$s its message */
    g_string_append_printf (message, _("%1$s: %2$s"), type, text);
  else
    g_string_append (message, type);

  if (hint != NULL)
    {
      g_string_append_c (message, '.');
      add_sentence (message, hint);
    }

  return g_string_free (message, FALSE);
}

static char *
message_for_exit (HsRun *self)
{
  g_autofree char *text = NULL;

  if (self->flags & HS_DONE_OS_EXIT)
    /* translators: %d is an exit code */
    return g_strdup_printf (_("Ended by os._exit() with code %d, which leaves at once: there is "
                              "no picture of the end. sys.exit() would leave one."),
                               self->exit_code);

  if (self->exception_message != NULL && *self->exception_message != '\0')
    {
      g_autofree char *code = g_strdup_printf ("%d", self->exit_code);

      if (strcmp (self->exception_message, code) != 0)
        text = shorten (self->exception_message);
    }

  if (text != NULL)
    /* translators: %1$d is an exit code, %2$s the text given to sys.exit() */
    return g_strdup_printf (_("Ended by sys.exit() with code %1$d: %2$s"), self->exit_code, text);
  if (self->line != 0)
    /* translators: %1$d is an exit code, %2$u a line */
    return g_strdup_printf (_("Ended by sys.exit() with code %1$d at line %2$u."), self->exit_code,
                               self->line);

  /* translators: %d is an exit code */
  return g_strdup_printf (_("Ended by sys.exit() with code %d."), self->exit_code);
}

/* RLIMIT_CPU: Heapscape sets none. */
static char *
message_for_processor_time (HsRun *self)
{
  g_autofree char *name = hs_signal_dup_name (self->signal);

  /* translators: %s is a signal */
  return g_strdup_printf (_("Killed by %s, for more processor time than is allowed by a limit that "
                            "the code has set itself, or that Heapscape was started with (ulimit "
                            "-t). There is no picture of the end."),
                             name);
}

static char *
message_for_timeout (HsRun *self)
{
  g_autofree char *limit = format_timeout (hs_run_spec_get_timeout (self->spec));
  GString         *message;

  if (self->signal == SIGXCPU)
    return message_for_processor_time (self);

  message = g_string_new (NULL);
  if (self->line != 0 && !was_killed (self))
    /* translators: %1$s is a time such as 60 s, %2$u a line */
    g_string_append_printf (message, _("Stopped after %1$s, the time limit, at line %2$u."), limit,
                                        self->line);
  else
    /* translators: %s is a time such as 60 s */
    g_string_append_printf (message, _("Stopped after %s, the time limit."), limit);

  add_killed (message, self);
  add_sentence (message,
                _("Raise the time limit (in Preferences, or with --timeout) if the code needs "
                  "longer."));

  return g_string_free (message, FALSE);
}

static char *
message_for_memory_limit (HsRun *self)
{
  guint64          bytes = hs_run_spec_get_memory_limit (self->spec);
  g_autofree char *limit = bytes != 0 ? hs_format_bytes (bytes) : NULL;
  GString         *message = g_string_new (NULL);

  if (limit == NULL)
    {
      add_sentence (message, _("The machine has no more memory for the code."));
      return g_string_free (message, FALSE);
    }

  if (self->line != 0)
    /* translators: %1$s is a number of bytes with its unit, %2$u a line */
    g_string_append_printf (message, _("Out of memory: the limit is %1$s, reached at line %2$u."),
                                        limit, self->line);
  else
    /* translators: %s is a number of bytes with its unit */
    g_string_append_printf (message, _("Out of memory: the limit is %s."), limit);

  if (self->flags & HS_DONE_KILLED)
    add_sentence (message, _("It was killed, so there is no picture of the end."));
  add_sentence (message,
                _("Raise the memory limit (in Preferences, or with --memory-limit) if the code "
                  "needs more."));

  return g_string_free (message, FALSE);
}

static char *
message_for_disk_limit (HsRun *self)
{
  g_autofree char *limit = hs_format_bytes (HS_SCRATCH_LIMIT);

  /* translators: %s is a number of bytes with its unit */
  return g_strdup_printf (_("Killed for writing more than %s into its temporary folder, so there "
                            "is no picture of the end. If it needs that much, let it write into a "
                            "folder of yours: allow one in Permissions, or with --allow "
                            "write=FOLDER."),
                             limit);
}

/* What ends code that has done nothing wrong by itself. Returns: (nullable) */
static const char *
explain_signal (int number)
{
  switch (number)
    {
    case SIGKILL:
      return _("Heapscape did not do that; the system does when the machine runs out of memory. "
               "Close other programs, or let the code work on less.");
    case SIGSYS:
      return _("Machine code has asked the system for something in a way that Python never does: "
               "look at what the code does with ctypes and extension modules.");
    case SIGXFSZ:
      return _("Files in its temporary folder are limited. Let it write into a folder of yours: "
               "allow one in Permissions, or with --allow write=FOLDER.");
    case SIGSEGV:
      return _("Python code alone rarely does that: look at extension modules, ctypes, "
               "sys.setrecursionlimit() with a recursion that is too deep for the stack, and the "
               "error output.");
    default:
      return NULL;
    }
}

/* Signals that others send, to a process in which nothing is broken. */
static gboolean
is_sent (int number)
{
  return number == SIGKILL || number == SIGTERM || number == SIGINT || number == SIGHUP ||
         number == SIGQUIT || number == SIGUSR1 || number == SIGUSR2 || number == SIGALRM ||
         number == SIGVTALRM || number == SIGPROF || number == SIGPIPE;
}

static char *
message_for_crash (HsRun *self)
{
  g_autofree char *name = hs_signal_dup_name (self->signal);
  const char      *meaning = hs_signal_get_meaning (self->signal);
  const char      *explanation = explain_signal (self->signal);
  g_autofree char *what = NULL;
  GString         *message = g_string_new (NULL);

  what = meaning != NULL ? g_strdup_printf ("%s (%s)", name, meaning) : g_strdup (name);

  if (is_sent (self->signal))
    /* translators: %s is a signal and its meaning */
    g_string_append_printf (message, _("The process was ended: %s."), what);
  else if (self->line != 0)
    /* translators: %1$s is a signal and its meaning, %2$u a line */
    g_string_append_printf (message, _("The process crashed: %1$s at line %2$u."), what,
                                        self->line);
  else
    /* translators: %s is a signal and its meaning */
    g_string_append_printf (message, _("The process crashed: %s."), what);

  if (explanation != NULL)
    add_sentence (message, explanation);
  else if (!is_sent (self->signal))
    add_sentence (message,
                  _("Python code alone rarely does that: look at extension modules, ctypes, and "
                    "the error output."));

  return g_string_free (message, FALSE);
}

static char *
message_for_cancelled (HsRun *self)
{
  GString *message = g_string_new (NULL);

  if (self->line != 0 && !was_killed (self))
    /* translators: %u is a line */
    g_string_append_printf (message, _("Stopped on request at line %u."), self->line);
  else
    g_string_append (message, _("Stopped on request."));

  add_killed (message, self);

  return g_string_free (message, FALSE);
}

static char *
message_for_syntax_error (HsRun *self)
{
  g_autoptr(HsSource) source = hs_source_new (hs_run_spec_get_source (self->spec));
  g_autofree char *text = NULL, *type = NULL;
  GString         *message = g_string_new (NULL);

  /* Python's own sentence about encodings does not say where or what to do. */
  text = hs_source_dup_problem (source, hs_run_spec_get_display_name (self->spec));
  if (text != NULL)
    {
      g_string_append (message, text);
      add_sentence (message, _("Nothing was run."));
      return g_string_free (message, FALSE);
    }

  text = shorten (self->exception_message != NULL ? self->exception_message : "");
  type = shorten (self->exception_type != NULL ? self->exception_type : "SyntaxError");
  if (self->line != 0 && self->column != 0)
    /* translators: %1$s is a type such as SyntaxError, %2$u a line, %3$u a character in it,
     * %4$s what is wrong
     */
    g_string_append_printf (message, _("%1$s at line %2$u, character %3$u: %4$s. Nothing was run."),
                                        type,
                                        self->line, self->column, text);
  else if (self->line != 0)
    /* translators: %1$s is a type such as SyntaxError, %2$u a line, %3$s what is wrong */
    g_string_append_printf (message, _("%1$s at line %2$u: %3$s. Nothing was run."),
                                        type,
                                        self->line, text);
  else
    /* translators: %1$s is a type such as SyntaxError, %2$s what is wrong */
    g_string_append_printf (message, _("%1$s: %2$s. Nothing was run."),
                                        type,
                                        text);

  return g_string_free (message, FALSE);
}

static char *
message_for_failed (HsRun *self)
{
  g_autofree char *text = NULL;

  if (self->exception_message == NULL || *self->exception_message == '\0')
    return g_strdup (_("The run could not take place: the process that runs the code ended "
                       "without a word."));

  text = shorten (self->exception_message);

  /* translators: %s is a reason */
  return g_strdup_printf (_("The run could not take place: %s"), text);
}

char *
hs_run_dup_message (HsRun *self)
{
  static char *(*const functions[]) (HsRun *) = {
    [HS_STATUS_OK] = message_for_ok,
    [HS_STATUS_EXCEPTION] = message_for_exception,
    [HS_STATUS_EXIT] = message_for_exit,
    [HS_STATUS_TIMEOUT] = message_for_timeout,
    [HS_STATUS_MEMORY_LIMIT] = message_for_memory_limit,
    [HS_STATUS_OUTPUT_LIMIT] = message_for_ok,
    [HS_STATUS_CRASHED] = message_for_crash,
    [HS_STATUS_CANCELLED] = message_for_cancelled,
    [HS_STATUS_SYNTAX_ERROR] = message_for_syntax_error,
    [HS_STATUS_FAILED] = message_for_failed,
    [HS_STATUS_DISK_LIMIT] = message_for_disk_limit,
  };
  g_autofree char *first = NULL;
  GString         *message;

  g_return_val_if_fail (self != NULL, NULL);

  G_STATIC_ASSERT (G_N_ELEMENTS (functions) == HS_N_STATUSES);
  if (self->is_bare)
    return g_strdup (_("A snapshot of objects alone, without its code: how that ended is not "
                       "known."));

  first = functions[self->status](self);
  message = g_string_new (first);

  if (self->output_truncated != 0 || (self->flags & HS_DONE_HUNG_AT_EXIT))
    {
      /* Exceptions end without a full stop, as Python prints them. */
      if (self->status == HS_STATUS_EXCEPTION && !g_str_has_suffix (first, "."))
        g_string_append_c (message, '.');
      add_hung_at_exit (message, self);
      add_truncated (message, self);
    }

  return g_string_free (message, FALSE);
}

const char *
_hs_run_get_no_heap_reason (HsRun *self)
{
  if (self->heap_problem != NULL)
    return self->heap_problem;

  if (self->flags & HS_DONE_OS_EXIT)
    return _("os._exit() leaves at once, so nothing could be measured at the end");
  if (self->flags & HS_DONE_KILLED)
    return _("The process had to be killed, so nothing could be measured at the end");

  switch (self->status)
    {
    case HS_STATUS_SYNTAX_ERROR:
      return _("The code does not compile, so there are no objects");
    case HS_STATUS_CRASHED:
      return _("The process crashed, so nothing could be measured at the end");
    case HS_STATUS_FAILED:
      return _("The run could not take place");
    case HS_STATUS_CANCELLED:
      return _("The run was stopped before there was anything to measure");
    case HS_STATUS_DISK_LIMIT:
    case HS_STATUS_OK:
    case HS_STATUS_EXCEPTION:
    case HS_STATUS_EXIT:
    case HS_STATUS_TIMEOUT:
    case HS_STATUS_MEMORY_LIMIT:
    case HS_STATUS_OUTPUT_LIMIT:
    default:
      return _("The process ended before its objects could be measured");
    }
}
