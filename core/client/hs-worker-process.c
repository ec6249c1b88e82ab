/* hs-worker-process.c - a worker as a process
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-worker-process-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "hs-error.h"
#include "hs-run.h"

/* The number that the control socket has in the worker. */
#define CONTROL_FD 3

/* A worker that is dismissed needs some milliseconds, and longer on a busy
 * machine or for gigabytes that the kernel has to take back.
 */
#define DISMISS_MS 1000

/* What is kept of its error output, bytes. */
#define ERRORS_MAX ((guint)16 << 10)

static void
clear_fd (int *fd)
{
  if (*fd != -1)
    close (*fd);
  *fd = -1;
}

void
_hs_worker_process_close_socket (HsWorkerProcess *self)
{
  clear_fd (&self->socket);
}

void
_hs_worker_process_free (HsWorkerProcess *self)
{
  clear_fd (&self->socket);
  clear_fd (&self->errors_fd);
  g_clear_object (&self->process);
  g_byte_array_unref (self->errors);
  g_free (self);
}

/* A session of its own keeps the terminal's Ctrl+C from the worker: stopping
 * goes through the socket. Runs between fork and exec.
 */
static void
child_setup (gpointer user_data)
{
  setsid ();
}

/* Returns: (transfer full): the whole command line */
static GStrv
new_command (const char        *path,
             const char *const *before)
{
  g_autoptr(GStrvBuilder) command = g_strv_builder_new ();
  g_autofree char *fd_text = g_strdup_printf ("%d", CONTROL_FD);

  if (before != NULL)
    g_strv_builder_addv (command, (const char **)before);
  g_strv_builder_add_many (command, path, "--control", fd_text, NULL);

  return g_strv_builder_end (command);
}

/* GLib's own sentence names the program again. */
static const char *
get_reason (const GError *error)
{
  if (g_error_matches (error, G_SPAWN_ERROR, G_SPAWN_ERROR_NOENT))
    return g_strerror (ENOENT);
  if (g_error_matches (error, G_SPAWN_ERROR, G_SPAWN_ERROR_ACCES))
    return g_strerror (EACCES);
  if (g_error_matches (error, G_SPAWN_ERROR, G_SPAWN_ERROR_NOEXEC))
    return g_strerror (ENOEXEC);

  return error->message;
}

HsWorkerProcess *
_hs_worker_process_new (const char        *path,
                        const char *const *before,
                        GError           **error)
{
  g_autoptr(GError) cause = NULL;
  g_autoptr(GSubprocessLauncher) launcher = NULL;
  g_autoptr(HsWorkerProcess) self = g_new0 (HsWorkerProcess, 1);
  g_auto(GStrv) command = new_command (path, before);
  int sockets[2], pipes[2];

  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE);
  self->socket = -1;
  self->errors_fd = -1;
  self->errors = g_byte_array_new ();
  self->has_namespace = before != NULL;

  if (socketpair (AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, sockets) < 0)
    {
      int errsv = errno;

      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errsv), "socketpair: %s",
                   g_strerror (errsv));
      return NULL;
    }
  self->socket = sockets[0];
  g_subprocess_launcher_take_fd (launcher, sockets[1], CONTROL_FD);

  if (!g_unix_open_pipe (pipes, FD_CLOEXEC, error))
    return NULL;
  self->errors_fd = pipes[0];
  g_subprocess_launcher_take_stderr_fd (launcher, pipes[1]);
  if (!g_unix_set_fd_nonblocking (self->errors_fd, TRUE, error))
    return NULL;

  g_subprocess_launcher_set_child_setup (launcher, child_setup, NULL, NULL);
  self->process = g_subprocess_launcher_spawnv (launcher, (const char *const *)command, &cause);
  if (self->process == NULL)
    {
      g_autofree char *name = g_filename_display_name (command[0]);

      g_set_error (error, HS_ERROR, HS_ERROR_NO_WORKER,
                   /* translators: %1$s is a program, %2$s the system's reason */
                   _("“%1$s” could not be started (%2$s): install Heapscape again, then run the "
                     "code again."),
                      name, get_reason (cause));
      return NULL;
    }

  return g_steal_pointer (&self);
}

/* Returns: the parent of the living process @pid, 0 if there is none */
static int
get_parent (int pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/stat", pid);
  g_autofree char *text = NULL;
  const char      *after;

  /* pid (name) state ppid …; the name may hold anything, also parentheses. */
  if (!g_file_get_contents (path, &text, NULL, NULL))
    return 0;
  after = strrchr (text, ')');

  return after != NULL && strlen (after) > 4 ? atoi (after + 4) : 0;
}

void
_hs_worker_process_set_code (HsWorkerProcess *self,
                             int              pid)
{
  const char *worker = g_subprocess_get_identifier (self->process); /* NULL once reaped */

  if (!self->has_namespace && worker != NULL && pid > 1 && get_parent (pid) == atoi (worker))
    self->code = pid;
}

/* The code's process leads a session and a process group, which nothing that it starts can leave
 * (hs-seccomp.c of the worker). As long as one of them lives, the number is no other group's.
 */
void
_hs_worker_process_clear_up (HsWorkerProcess *self)
{
  if (self->code != 0 && g_subprocess_get_if_signaled (self->process))
    kill (-self->code, SIGKILL);
  self->code = 0;
}

void
_hs_worker_process_kill (HsWorkerProcess *self)
{
  const char *pid = g_subprocess_get_identifier (self->process); /* NULL once reaped */

  if (pid == NULL)
    return;

  /* It leads a session of its own, so its process group has its number. */
  kill (-atoi (pid), SIGKILL);
  g_subprocess_force_exit (self->process);
}

void
_hs_worker_process_dismiss (HsWorkerProcess *self)
{
  _hs_worker_process_close_socket (self);

  /* GLib reaps in a thread of its own: there is nothing to wait with a limit. */
  for (guint i = 0; i < DISMISS_MS && g_subprocess_get_identifier (self->process) != NULL; i++)
    g_usleep (1000);

  _hs_worker_process_kill (self);

  /* Fails only if cancelled, and there is nothing to cancel it. */
  g_subprocess_wait (self->process, NULL, NULL);
  _hs_worker_process_clear_up (self);
}

gboolean
_hs_worker_process_read_errors (HsWorkerProcess *self)
{
  guint8 bytes[4096];
  gssize n = read (self->errors_fd, bytes, sizeof bytes);

  if (n < 0)
    return errno == EAGAIN || errno == EINTR;

  if (n > 0 && self->errors->len < ERRORS_MAX)
    g_byte_array_append (self->errors, bytes, MIN ((guint)n, ERRORS_MAX - self->errors->len));

  return n > 0;
}

char *
_hs_worker_process_dup_failure (HsWorkerProcess *self)
{
  if (self->errors->len > 0)
    {
      g_autofree char *text = g_utf8_make_valid ((const char *)self->errors->data,
                                                 self->errors->len);

      if (*g_strstrip (text) != '\0')
        return g_steal_pointer (&text);
    }

  if (g_subprocess_get_if_signaled (self->process))
    {
      g_autofree char *name = hs_signal_dup_name (g_subprocess_get_term_sig (self->process));

      /* translators: the worker is the process that runs the code; %s is the name of a signal */
      return g_strdup_printf (_("the worker was ended by %s; run the code again"), name);
    }

  /* translators: the worker is the process that runs the code; %d is an exit code */
  return g_strdup_printf (_("the worker ended with exit code %d"),
                             g_subprocess_get_exit_status (self->process));
}
