/* hs-command.c - asks another program something, with a time limit
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-command-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define KEPT_MAX ((guint)64 << 10)

typedef struct
{
  int         fd; /* -1 once at its end */
  GByteArray *kept;
} Stream;

static void
stream_close (Stream *stream)
{
  if (stream->fd != -1)
    close (stream->fd);
  stream->fd = -1;
}

static void
stream_read (Stream *stream)
{
  guint8 buffer[4096];
  gssize n = read (stream->fd, buffer, sizeof buffer);

  if (n < 0 && (errno == EINTR || errno == EAGAIN))
    return;

  if (n <= 0)
    stream_close (stream);
  else if (stream->kept->len < KEPT_MAX)
    g_byte_array_append (stream->kept, buffer, MIN ((guint)n, KEPT_MAX - stream->kept->len));
}

static char *
stream_take (Stream *stream)
{
  char *text = stream->kept->len > 0
                 ? g_utf8_make_valid ((const char *)stream->kept->data, stream->kept->len)
                 : g_strdup ("");

  stream_close (stream);
  g_byte_array_unref (stream->kept);

  return text;
}

/* Reads both streams to their end. Returns: FALSE if time is up before */
static gboolean
read_streams (Stream *out,
              Stream *err,
              gint64  deadline)
{
  while (out->fd != -1 || err->fd != -1)
    {
      struct pollfd fds[] = { { out->fd, POLLIN, 0 }, { err->fd, POLLIN, 0 } };
      gint64        left = (deadline - g_get_monotonic_time ()) / 1000;

      if (left <= 0)
        return FALSE;
      if (poll (fds, G_N_ELEMENTS (fds), (int)left) < 0 && errno != EINTR)
        return FALSE;

      if (fds[0].revents != 0)
        stream_read (out);
      if (fds[1].revents != 0)
        stream_read (err);
    }

  return TRUE;
}

/* Returns: FALSE if it had not ended in time, and was killed */
static gboolean
wait_for_end (pid_t    pid,
              gboolean in_time,
              gint64   deadline,
              int     *status)
{
  while (in_time)
    {
      pid_t waited = waitpid (pid, status, WNOHANG);

      if (waited == pid)
        return TRUE;
      if (g_get_monotonic_time () >= deadline)
        in_time = FALSE;
      else
        g_usleep (500);
    }

  kill (pid, SIGKILL);
  while (waitpid (pid, status, 0) < 0 && errno == EINTR)
    ;

  return FALSE;
}

gboolean
_hs_command_ask (const char *const *argv,
                 guint              timeout_ms,
                 char             **out,
                 char             **err,
                 GError           **error)
{
  Stream   out_stream = { -1, NULL }, err_stream = { -1, NULL };
  gint64   deadline = g_get_monotonic_time () + (gint64)timeout_ms * 1000;
  GPid     pid;
  int      status = 0;
  gboolean in_time;

  *out = NULL;
  *err = NULL;

  if (!g_spawn_async_with_pipes (NULL, (char **)argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL,
                                 &pid, NULL, &out_stream.fd, &err_stream.fd, error))
    return FALSE;

  out_stream.kept = g_byte_array_new ();
  err_stream.kept = g_byte_array_new ();

  in_time = read_streams (&out_stream, &err_stream, deadline);
  in_time = wait_for_end (pid, in_time, deadline, &status);
  g_spawn_close_pid (pid);

  *out = stream_take (&out_stream);
  *err = stream_take (&err_stream);

  if (!in_time)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT,
                   /* translators: %u is a number of seconds */
                   g_dngettext (GETTEXT_PACKAGE, "no answer within %u second",
                                "no answer within %u seconds",
                                timeout_ms / 1000),
                   timeout_ms / 1000);
      return FALSE;
    }

  if (WIFSIGNALED (status))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                   /* translators: %s is the system's name of a signal */
                   _("ended by a signal: %s"), strsignal (WTERMSIG (status)));
      return FALSE;
    }

  if (WEXITSTATUS (status) != 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, _("exit code %d"), WEXITSTATUS (status));
      return FALSE;
    }

  return TRUE;
}
