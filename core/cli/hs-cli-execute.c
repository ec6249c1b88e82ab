/* hs-cli-execute.c - runs code and waits for its end
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-cli-execute.h"

#include <errno.h>
#include <glib-unix.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include "hs-cli-visible.h"
#include "hs-cli.h"
#include "hs-runner.h"

/* One run as long as it lasts. */
typedef struct
{
  GMainLoop    *loop;
  HsRunner     *runner;
  GCancellable *cancellable;
  gboolean      was_interrupted;
  gboolean      in_line;    /* the last output did not end a line */
  HsCliVisible  visible[2]; /* of stdout and stderr, where they are terminals */
  HsRun        *run;
  GError       *error;
} Session;

static void
run_cb (GObject      *object,
        GAsyncResult *result,
        gpointer      user_data)
{
  Session *session = user_data;

  session->run = hs_runner_run_finish (HS_RUNNER (object), result, &session->error);
  g_main_loop_quit (session->loop);
}

/* The first signal asks for a last snapshot, a second one does not wait. */
static gboolean
interrupted_cb (gpointer user_data)
{
  Session *session = user_data;

  if (session->was_interrupted)
    g_cancellable_cancel (session->cancellable);
  else
    hs_runner_stop (session->runner);
  session->was_interrupted = TRUE;

  return G_SOURCE_CONTINUE;
}

/* If nobody reads any more, the run goes on for its other results. */
static void
write_all (int         fd,
           const char *data,
           gsize       left)
{
  while (left > 0)
    {
      struct pollfd writable = { fd, POLLOUT, 0 };
      gssize        n = write (fd, data, left);

      if (n >= 0)
        {
          data += n;
          left -= (gsize)n;
        }
      else if (errno == EAGAIN)
        poll (&writable, 1, -1);
      else if (errno != EINTR)
        {
          if (fd == STDOUT_FILENO)
            hs_cli_lose_output (errno);
          return;
        }
    }
}

/* Passes on what the code writes, as it comes: to a terminal, which would obey it, made visible;
 * to anything else unchanged.
 */
static void
output_cb (HsRunner *runner,
           int       stream,
           GBytes   *bytes,
           Session  *session)
{
  gsize         size;
  const guchar *data = g_bytes_get_data (bytes, &size);
  gboolean      is_errors = stream != HS_STREAM_STDOUT;
  int           fd = is_errors ? STDERR_FILENO : STDOUT_FILENO;
  g_autoptr(GString) text = NULL;

  if (isatty (fd))
    {
      text = g_string_sized_new (size);
      hs_cli_visible_push (&session->visible[is_errors], data, size, text);
      data = (const guchar *)text->str;
      size = text->len;
    }

  if (size > 0)
    session->in_line = data[size - 1] != '\n';
  write_all (fd, (const char *)data, size);
}

/* What is left of a character that did not come to its end. */
static void
finish_output (Session *session)
{
  static const int fds[] = { STDOUT_FILENO, STDERR_FILENO };

  for (guint i = 0; i < G_N_ELEMENTS (fds); i++)
    {
      g_autoptr(GString) text = g_string_new (NULL);

      hs_cli_visible_finish (&session->visible[i], text);
      write_all (fds[i], text->str, text->len);
      session->in_line |= text->len > 0;
    }
}

HsRun *
hs_cli_execute (HsRunSpec *spec,
                gboolean   is_quiet,
                gboolean  *was_interrupted,
                GError   **error)
{
  static const int numbers[] = { SIGINT, SIGTERM, SIGHUP };
  guint            ids[G_N_ELEMENTS (numbers)];
  Session          session = { 0 };

  session.loop = g_main_loop_new (NULL, FALSE);
  session.runner = hs_runner_new (spec);
  session.cancellable = g_cancellable_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    ids[i] = g_unix_signal_add (numbers[i], interrupted_cb, &session);
  if (!is_quiet)
    g_signal_connect (session.runner, "output", G_CALLBACK (output_cb), &session);

  hs_runner_run_async (session.runner, session.cancellable, run_cb, &session);
  g_main_loop_run (session.loop);

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    g_source_remove (ids[i]);
  finish_output (&session);
  if (session.in_line && isatty (STDERR_FILENO))
    g_printerr ("\n");
  g_object_unref (session.cancellable);
  g_object_unref (session.runner);
  g_main_loop_unref (session.loop);

  *was_interrupted = session.was_interrupted;
  if (session.error != NULL)
    g_propagate_error (error, session.error);

  return session.run;
}
