/* hs-runner.c - runs code once and tells what happens meanwhile
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-runner.h"

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
#include "hs-job-private.h"
#include "hs-packet-private.h"
#include "hs-run-private.h"
#include "hs-run-spec-private.h"
#include "hs-scratch-private.h"

/* The number that the control socket has in the worker. */
#define CONTROL_FD 3

/* A worker that was asked to stop has so long to answer with DONE, and one
 * that has answered, or closed its socket, so long to end. It needs some 300 ms
 * in the worst case; the rest is for a busy machine.
 */
#define GRACE_MS 2000

/* Packets that are taken in one go before other events have their turn. */
#define PACKETS_MAX 32

/* What is kept of the worker's own error output, bytes. */
#define ERRORS_MAX ((guint)16 << 10)

typedef enum
{
  STATE_IDLE,    /* not started yet */
  STATE_RUNNING, /* the worker lives and may send */
  STATE_ENDING,  /* nothing more is wanted from the worker but its end */
  STATE_READING, /* a thread checks the snapshot and tidies up */
  STATE_DONE,
} State;

struct _HsRunner
{
  GObject parent_instance;

  HsRunSpec *spec;
  HsPython  *python; /* set when it starts */
  State      state;

  /* The call that waits for the result; no reference on self is held for it,
   * so that dropping the runner ends the run.
   */
  GAsyncReadyCallback callback;
  gpointer            user_data;
  GCancellable       *cancellable;
  GMainContext       *context;

  GSubprocess *process;
  gboolean     has_exited;
  char        *scratch; /* exists while not NULL */

  int      socket; /* -1 once closed, like the others */
  int      errors_fd;
  int      stdin_fd;
  GSource *socket_source;
  GSource *errors_source;
  GSource *stdin_source; /* only while something is queued */
  GSource *cancelled_source;
  GSource *grace_source;
  guint64 *buffer; /* HS_PACKET_MAX bytes */

  GByteArray *output[2];
  GByteArray *errors;
  GByteArray *stdin_queue;
  gboolean    stdin_closing; /* after what is queued */

  gboolean   is_stopping;  /* hs_runner_stop() */
  gboolean   is_cancelled; /* the cancellable */
  gboolean   has_done;
  char      *protocol_error; /* NULL: none */
  HsProgress progress;

  HsRun  *run;
  GBytes *snapshot; /* NULL: none */
};

enum
{
  SIGNAL_OUTPUT,
  SIGNAL_PROGRESS,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (HsRunner, hs_runner, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];

static void
clear_fd (int *fd)
{
  if (*fd != -1)
    close (*fd);
  *fd = -1;
}

static void
clear_source (GSource **source)
{
  if (*source == NULL)
    return;

  g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

/* Attaches @source to the context of the run. Returns: (transfer full) */
static GSource *
attach (HsRunner   *self,
        GSource    *source,
        GSourceFunc function)
{
  g_source_set_callback (source, function, self, NULL);
  g_source_attach (source, self->context);

  return source;
}

/* Kills the worker at once; the kernel then kills the code, which has asked
 * for that by PR_SET_PDEATHSIG. The worker leads a session of its own, so its
 * process group has its number.
 */
static void
kill_worker (HsRunner *self)
{
  const char *pid = self->process != NULL ? g_subprocess_get_identifier (self->process) : NULL;

  if (pid == NULL || self->has_exited)
    return;

  kill (-atoi (pid), SIGKILL);
  g_subprocess_force_exit (self->process);
}

static void
close_stdin (HsRunner *self)
{
  clear_source (&self->stdin_source);
  clear_fd (&self->stdin_fd);
  g_byte_array_set_size (self->stdin_queue, 0);
}

static void
close_channels (HsRunner *self)
{
  clear_source (&self->socket_source);
  clear_source (&self->errors_source);
  clear_source (&self->grace_source);
  clear_source (&self->cancelled_source);
  clear_fd (&self->socket);
  clear_fd (&self->errors_fd);
  close_stdin (self);
}

/* Answers the call that waits, with @run (transfer full) or @error (transfer
 * full). The task holds a reference until the callback has returned.
 */
static void
return_result (HsRunner *self,
               HsRun    *run,
               GError   *error)
{
  g_autoptr(GTask) task = g_task_new (self, self->cancellable, self->callback, self->user_data);

  g_task_set_source_tag (task, hs_runner_run_async);
  self->state = STATE_DONE;

  if (run != NULL)
    g_task_return_pointer (task, run, (GDestroyNotify)hs_run_unref);
  else
    g_task_return_error (task, error);
}

typedef struct
{
  char   *scratch;
  GBytes *snapshot; /* NULL: none */
  HsRun  *run;      /* NULL: cancelled */
} Reading;

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  g_free (reading->scratch);
  g_clear_pointer (&reading->snapshot, g_bytes_unref);
  g_clear_pointer (&reading->run, hs_run_unref);
  g_free (reading);
}

static void
remove_scratch (const char *path)
{
  g_autoptr(GError) error = NULL;

  if (!_hs_scratch_remove (path, &error))
    g_message ("%s", error->message);
}

/* Checking a snapshot and removing many files both take time. */
static void
reading_thread (GTask        *task,
                gpointer      source_object,
                gpointer      task_data,
                GCancellable *cancellable)
{
  Reading *reading = task_data;
  g_autoptr(GError) error = NULL;

  if (reading->snapshot != NULL)
    {
      reading->run->heap = hs_heap_new (reading->snapshot, &error);
      if (reading->run->heap == NULL)
        /* translators: %s is a reason */
        reading->run->heap_problem = g_strdup_printf (_("What was measured cannot be shown: %s"), error->message);
    }

  remove_scratch (reading->scratch);
  g_task_return_boolean (task, TRUE);
}

static void
reading_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  GWeakRef *weak = user_data;
  g_autoptr(HsRunner) self = g_weak_ref_get (weak);
  Reading *reading = g_task_get_task_data (G_TASK (result));

  g_weak_ref_clear (weak);
  g_free (weak);

  if (self == NULL || self->state != STATE_READING)
    return;

  if (reading->run != NULL)
    return_result (self, g_steal_pointer (&reading->run), NULL);
  else
    return_result (self, NULL, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, _("The run was cancelled")));
}

static gpointer
new_weak_ref (HsRunner *self)
{
  GWeakRef *weak = g_new0 (GWeakRef, 1);

  g_weak_ref_init (weak, self);

  return weak;
}

/* The worker is gone; hands everything to a thread. @run: (transfer full) (nullable) */
static void
start_reading (HsRunner *self,
               HsRun    *run)
{
  g_autoptr(GTask) task = NULL;
  Reading *reading = g_new0 (Reading, 1);

  reading->scratch = g_steal_pointer (&self->scratch);
  reading->snapshot = g_steal_pointer (&self->snapshot);
  reading->run = run;

  close_channels (self);
  self->state = STATE_READING;

  task = g_task_new (NULL, NULL, reading_cb, new_weak_ref (self));
  g_task_set_source_tag (task, start_reading);
  g_task_set_task_data (task, reading, reading_free);
  g_task_run_in_thread (task, reading_thread);
}

/* Why the worker ended without DONE. Returns: (transfer full) */
static char *
dup_failure (HsRunner *self)
{
  if (self->protocol_error != NULL)
    return g_strdup (self->protocol_error);

  if (self->errors->len > 0)
    {
      g_autofree char *text = g_utf8_make_valid ((const char *)self->errors->data, self->errors->len);

      if (*g_strstrip (text) != '\0')
        return g_steal_pointer (&text);
    }

  if (g_subprocess_get_if_signaled (self->process))
    {
      g_autofree char *name = hs_signal_dup_name (g_subprocess_get_term_sig (self->process));

      /* translators: the worker is the process that runs the code; %s is the name of a signal */
      return g_strdup_printf (_("the worker was ended by %s"), name);
    }

  /* translators: the worker is the process that runs the code; %d is an exit code */
  return g_strdup_printf (_("the worker ended with exit code %d"), g_subprocess_get_exit_status (self->process));
}

static char *
take_output (GByteArray *bytes)
{
  char *text = bytes->len > 0 ? g_utf8_make_valid ((const char *)bytes->data, bytes->len) : g_strdup ("");

  g_byte_array_set_size (bytes, 0);

  return text;
}

/* Fills what does not come from DONE. */
static void
complete_run (HsRunner *self)
{
  HsRun  *run = self->run;
  guint64 n_kept = (guint64)self->output[0]->len + self->output[1]->len;

  if (!self->has_done)
    {
      run->wall_ns = self->progress.elapsed_ns;
      run->rss_peak = self->progress.rss_peak_bytes;
      run->output_truncated = self->progress.output_bytes > n_kept ? self->progress.output_bytes - n_kept : 0;

      if (self->is_stopping && self->protocol_error == NULL)
        {
          run->status = HS_STATUS_CANCELLED;
          run->flags = HS_DONE_KILLED;
        }
      else
        {
          run->status = HS_STATUS_FAILED;
          run->exception_message = dup_failure (self);
        }
    }

  for (guint i = 0; i < G_N_ELEMENTS (self->output); i++)
    {
      g_free (run->output[i]);
      run->output[i] = take_output (self->output[i]);
    }
}

/* Bytes of a stream that the code produced and that are not here. */
static guint64
count_cut (guint64           produced,
           const GByteArray *kept)
{
  return produced > kept->len ? produced - kept->len : 0;
}

static gboolean
take_done (HsRunner       *self,
           const HsPacket *packet)
{
  HsRun *run = self->run;
  g_autoptr(GError) error = NULL;
  HsDone done;

  if (!_hs_packet_parse_done (packet, &done, &run->exception_type, &run->exception_message, &run->traceback))
    return FALSE;

  run->status = done.status;
  run->exit_code = done.exit_code;
  run->signal = done.signal;
  run->flags = done.flags;
  run->line = done.line;
  run->column = done.column;
  run->wall_ns = done.wall_ns;
  run->cpu_ns = done.cpu_ns;
  run->rss_peak = done.rss_peak_bytes;
  run->output_truncated = count_cut (done.stdout_bytes, self->output[0]) +
                          count_cut (done.stderr_bytes, self->output[1]);

  if (done.snapshot_size > 0 && packet->fd == -1)
    run->heap_problem = g_strdup (_("What was measured cannot be shown: the worker did not hand it over"));
  else if (done.snapshot_size > 0)
    {
      self->snapshot = _hs_result_map (packet->fd, done.snapshot_offset, done.snapshot_size, &error);
      if (self->snapshot == NULL)
        /* translators: %s is a reason */
        run->heap_problem = g_strdup_printf (_("What was measured cannot be shown: %s"), error->message);
    }

  self->has_done = TRUE;

  return TRUE;
}

static gboolean
take_output_packet (HsRunner       *self,
                    const HsPacket *packet)
{
  const guint8 *data;
  HsOutput      output;
  GByteArray   *kept;
  guint64       limit = MIN (hs_run_spec_get_output_limit (self->spec), G_MAXUINT / 2);
  guint         n;

  if (!_hs_packet_parse_output (packet, &output, &data))
    return FALSE;

  /* A worker cuts by itself; one that does not is cut here. */
  kept = self->output[output.stream - HS_STREAM_STDOUT];
  n = (guint)MIN (output.size, limit - MIN (limit, kept->len));
  if (n > 0)
    {
      g_autoptr(GBytes) bytes = g_bytes_new (data, n);

      g_byte_array_append (kept, data, n);
      g_signal_emit (self, signals[SIGNAL_OUTPUT], 0, (int)output.stream, bytes);
    }

  return TRUE;
}

static gboolean
take_packet (HsRunner       *self,
             const HsPacket *packet)
{
  switch (packet->kind)
    {
    case HS_MESSAGE_STARTED:
      return packet->size == sizeof (HsStarted);

    case HS_MESSAGE_OUTPUT:
      return take_output_packet (self, packet);

    case HS_MESSAGE_PROGRESS:
      if (!_hs_packet_parse_progress (packet, &self->progress))
        return FALSE;
      g_signal_emit (self, signals[SIGNAL_PROGRESS], 0, self->progress.elapsed_ns, self->progress.rss_bytes);
      return TRUE;

    case HS_MESSAGE_DONE:
      return take_done (self, packet);

    case HS_MESSAGE_START:
    case HS_MESSAGE_STOP:
    default:
      return FALSE;
    }
}

/* Once the worker is dead and its last packets are read. */
static void
finish (HsRunner *self)
{
  if (self->is_cancelled)
    {
      start_reading (self, NULL);
      return;
    }

  complete_run (self);
  start_reading (self, g_steal_pointer (&self->run));
}

static gboolean
grace_over_cb (gpointer user_data)
{
  HsRunner *self = user_data;

  clear_source (&self->grace_source);
  kill_worker (self);

  return G_SOURCE_REMOVE;
}

static void
start_grace (HsRunner *self)
{
  if (self->grace_source == NULL && !self->has_exited)
    self->grace_source = attach (self, g_timeout_source_new (GRACE_MS), grace_over_cb);
}

/* Nothing more is to come from the worker but its end. */
static void
end_worker (HsRunner *self,
            gboolean  at_once)
{
  self->state = STATE_ENDING;
  clear_source (&self->socket_source);
  clear_fd (&self->socket);
  close_stdin (self);

  if (self->has_exited)
    finish (self);
  else if (at_once)
    kill_worker (self);
  else
    start_grace (self);
}

/* Takes packets until there are none, or @max. Returns: whether to go on
 * listening
 */
static gboolean
take_packets (HsRunner *self,
              guint     max)
{
  for (guint i = 0; i < max && self->state == STATE_RUNNING; i++)
    {
      HsPacket   packet = { .fd = -1 };
      HsReceived received = _hs_packet_receive (self->socket, (guint8 *)self->buffer, &packet);
      gboolean   ok;

      if (received == HS_RECEIVED_NOTHING)
        return TRUE;

      if (received == HS_RECEIVED_END)
        {
          end_worker (self, FALSE);
          return FALSE;
        }

      ok = received == HS_RECEIVED_PACKET && take_packet (self, &packet);
      clear_fd (&packet.fd);

      /* A handler of a signal may have let go of the run. */
      if (self->state != STATE_RUNNING)
        return FALSE;

      if (!ok)
        {
          self->protocol_error = g_strdup (_("the worker sent something that is not understood; "
                                             "reinstall Heapscape so that its parts fit"));
          end_worker (self, TRUE);
          return FALSE;
        }

      if (self->has_done)
        {
          end_worker (self, FALSE);
          return FALSE;
        }
    }

  return self->state == STATE_RUNNING;
}

static gboolean
socket_cb (gint         fd,
           GIOCondition condition,
           gpointer     user_data)
{
  g_autoptr(HsRunner) self = g_object_ref (user_data);

  return take_packets (self, PACKETS_MAX) ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

/* Reads what the worker itself has to complain about. Returns: FALSE at the end */
static gboolean
read_errors (HsRunner *self)
{
  guint8 bytes[4096];
  gssize n = read (self->errors_fd, bytes, sizeof bytes);

  if (n < 0)
    return errno == EAGAIN || errno == EINTR;

  if (n > 0 && self->errors->len < ERRORS_MAX)
    g_byte_array_append (self->errors, bytes, MIN ((guint)n, ERRORS_MAX - self->errors->len));

  return n > 0;
}

static gboolean
errors_cb (gint         fd,
           GIOCondition condition,
           gpointer     user_data)
{
  HsRunner *self = user_data;

  if (read_errors (self))
    return G_SOURCE_CONTINUE;

  clear_source (&self->errors_source);

  return G_SOURCE_REMOVE;
}

static void
exited_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  GWeakRef *weak = user_data;
  g_autoptr(HsRunner) self = g_weak_ref_get (weak);
  g_autoptr(GError) error = NULL;

  g_weak_ref_clear (weak);
  g_free (weak);

  if (!g_subprocess_wait_finish (G_SUBPROCESS (object), result, &error))
    g_warning ("Waiting for a worker failed: %s", error->message);

  if (self == NULL || (self->state != STATE_RUNNING && self->state != STATE_ENDING))
    return;

  self->has_exited = TRUE;
  clear_source (&self->grace_source);

  /* What it said last may still be on its way through the main loop. Both
   * ends are bounded: by what a socket and a pipe can hold.
   */
  for (guint i = 0; i < ERRORS_MAX / 4096 && self->errors_source != NULL; i++)
    if (!read_errors (self))
      break;

  if (self->state == STATE_RUNNING)
    take_packets (self, G_MAXUINT);

  /* Not closed although the worker is dead: something else holds the end. */
  if (self->state == STATE_RUNNING)
    end_worker (self, FALSE);
  else if (self->state == STATE_ENDING)
    finish (self);
}

static gboolean
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  HsRunner *self = user_data;

  clear_source (&self->cancelled_source);
  self->is_cancelled = TRUE;

  if (self->state == STATE_RUNNING || self->state == STATE_ENDING)
    end_worker (self, TRUE);

  return G_SOURCE_REMOVE;
}

static gboolean
stdin_cb (gint         fd,
          GIOCondition condition,
          gpointer     user_data)
{
  HsRunner *self = user_data;
  gssize    n = write (self->stdin_fd, self->stdin_queue->data, self->stdin_queue->len);

  if (n < 0 && (errno == EAGAIN || errno == EINTR))
    return G_SOURCE_CONTINUE;

  /* EPIPE: the code has closed its standard input, or is gone. */
  if (n < 0)
    {
      close_stdin (self);
      return G_SOURCE_REMOVE;
    }

  g_byte_array_remove_range (self->stdin_queue, 0, (guint)n);
  if (self->stdin_queue->len > 0)
    return G_SOURCE_CONTINUE;

  if (self->stdin_closing)
    close_stdin (self);
  else
    clear_source (&self->stdin_source);

  return G_SOURCE_REMOVE;
}

/* Writes what is queued as soon as it fits, then closes if that was asked. */
static void
feed_stdin (HsRunner *self)
{
  if (self->stdin_fd == -1 || self->state != STATE_RUNNING)
    return;

  if (self->stdin_queue->len > 0)
    {
      GSource *source;

      if (self->stdin_source != NULL)
        return;
      source = g_unix_fd_source_new (self->stdin_fd, G_IO_OUT);
      self->stdin_source = attach (self, source, (GSourceFunc)(void (*) (void))stdin_cb);
    }
  else if (self->stdin_closing)
    close_stdin (self);
}

/* A session of its own keeps the terminal's Ctrl+C from the worker: stopping
 * goes through the socket. Runs between fork and exec.
 */
static void
child_setup (gpointer user_data)
{
  setsid ();
}

/* Opens the pipes and sockets and starts the worker. */
static gboolean
spawn_worker (HsRunner *self,
              GError  **error)
{
  g_autoptr(GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE);
  const char      *worker = hs_python_get_worker (self->python);
  g_autofree char *fd_text = g_strdup_printf ("%d", CONTROL_FD);
  int              sockets[2], errors[2];

  if (socketpair (AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, sockets) < 0)
    {
      int errsv = errno;

      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errsv), "socketpair: %s", g_strerror (errsv));
      return FALSE;
    }
  self->socket = sockets[0];
  g_subprocess_launcher_take_fd (launcher, sockets[1], CONTROL_FD);

  if (!g_unix_open_pipe (errors, FD_CLOEXEC, error))
    return FALSE;
  self->errors_fd = errors[0];
  g_subprocess_launcher_take_stderr_fd (launcher, errors[1]);
  if (!g_unix_set_fd_nonblocking (self->errors_fd, TRUE, error))
    return FALSE;

  g_subprocess_launcher_set_child_setup (launcher, child_setup, NULL, NULL);
  self->process = g_subprocess_launcher_spawn (launcher, error, worker, "--control", fd_text, NULL);
  if (self->process == NULL)
    {
      g_autofree char *name = g_filename_display_name (worker);

      /* translators: %s is a program; the system's reason follows */
      g_prefix_error (error, _("“%s” could not be started: "), name);
      return FALSE;
    }

  return TRUE;
}

/* The descriptor that becomes the code's standard input; -1 for none, or with
 * an error.
 */
static int
open_stdin (HsRunner *self,
            GError  **error)
{
  GBytes *bytes = _hs_run_spec_get_stdin (self->spec);
  int     fds[2];

  if (!_hs_run_spec_get_stdin_interactive (self->spec))
    {
      if (bytes == NULL || g_bytes_get_size (bytes) == 0)
        return -1;
      return _hs_sealed_memfd_new ("heapscape-stdin", g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), error);
    }

  if (!g_unix_open_pipe (fds, FD_CLOEXEC, error))
    return -1;

  self->stdin_fd = fds[1];
  if (!g_unix_set_fd_nonblocking (self->stdin_fd, TRUE, error))
    clear_fd (&fds[0]);

  return fds[0];
}

static gboolean
send_job (HsRunner *self,
          GError  **error)
{
  g_autoptr(GError) local_error = NULL;
  int      fds[2] = { -1, -1 };
  gboolean ok = FALSE;

  fds[1] = open_stdin (self, &local_error);
  if (local_error == NULL)
    fds[0] = _hs_job_new (self->spec, self->python, self->scratch, fds[1] != -1, &local_error);
  if (local_error == NULL)
    ok = _hs_packet_send (self->socket, HS_MESSAGE_START, fds, fds[1] != -1 ? 2 : 1, &local_error);

  clear_fd (&fds[0]);
  clear_fd (&fds[1]);

  /* A worker that is dead already says why when its end is noticed. */
  if (!ok && g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_BROKEN_PIPE))
    return TRUE;
  if (!ok)
    g_propagate_error (error, g_steal_pointer (&local_error));

  return ok;
}

static void
start_listening (HsRunner *self)
{
  GSource *source;

  source = g_unix_fd_source_new (self->socket, G_IO_IN | G_IO_HUP | G_IO_ERR);
  self->socket_source = attach (self, source, (GSourceFunc)(void (*) (void))socket_cb);

  source = g_unix_fd_source_new (self->errors_fd, G_IO_IN | G_IO_HUP | G_IO_ERR);
  self->errors_source = attach (self, source, (GSourceFunc)(void (*) (void))errors_cb);

  if (self->cancellable != NULL)
    self->cancelled_source = attach (self, g_cancellable_source_new (self->cancellable),
                                     (GSourceFunc)(void (*) (void))cancelled_cb);

  g_subprocess_wait_async (self->process, NULL, exited_cb, new_weak_ref (self));
}

static gboolean
start (HsRunner *self,
       GError  **error)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  HsPython *python = hs_run_spec_get_python (self->spec);

  self->python = python != NULL ? hs_python_ref (python) : hs_python_find (NULL, error);
  if (self->python == NULL)
    return FALSE;

  self->run = _hs_run_new (self->spec, self->python, now);
  self->buffer = g_malloc (HS_PACKET_MAX);
  self->scratch = _hs_scratch_new (error);

  return self->scratch != NULL && spawn_worker (self, error) && send_job (self, error);
}

/* Ends everything before returning: afterwards there is no process, no open
 * descriptor and no folder. Takes some milliseconds if a worker lives.
 */
static void
abandon (HsRunner *self)
{
  kill_worker (self);
  close_channels (self);

  /* Fails only if cancelled, and there is nothing to cancel it. */
  if (self->process != NULL && !self->has_exited)
    g_subprocess_wait (self->process, NULL, NULL);
  self->has_exited = TRUE;

  if (self->scratch != NULL)
    remove_scratch (self->scratch);
  g_clear_pointer (&self->scratch, g_free);
}

static void
hs_runner_dispose (GObject *object)
{
  HsRunner *self = HS_RUNNER (object);
  gboolean  is_waited_for = self->state != STATE_IDLE && self->state != STATE_DONE;

  abandon (self);
  if (is_waited_for)
    return_result (self, NULL, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, _("The run was cancelled")));

  G_OBJECT_CLASS (hs_runner_parent_class)->dispose (object);
}

static void
hs_runner_finalize (GObject *object)
{
  HsRunner *self = HS_RUNNER (object);

  g_clear_object (&self->process);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_clear_pointer (&self->spec, hs_run_spec_unref);
  g_clear_pointer (&self->python, hs_python_unref);
  g_clear_pointer (&self->run, hs_run_unref);
  g_clear_pointer (&self->snapshot, g_bytes_unref);
  g_byte_array_unref (self->output[0]);
  g_byte_array_unref (self->output[1]);
  g_byte_array_unref (self->errors);
  g_byte_array_unref (self->stdin_queue);
  g_free (self->protocol_error);
  g_free (self->buffer);

  G_OBJECT_CLASS (hs_runner_parent_class)->finalize (object);
}

static void
hs_runner_class_init (HsRunnerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = hs_runner_dispose;
  object_class->finalize = hs_runner_finalize;

  signals[SIGNAL_OUTPUT] = g_signal_new ("output", HS_TYPE_RUNNER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_BYTES);
  signals[SIGNAL_PROGRESS] = g_signal_new ("progress", HS_TYPE_RUNNER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 2, G_TYPE_UINT64, G_TYPE_UINT64);

  /* Code may close its standard input while something is being written to it.
   * GSocket does the same; g_spawn gives children the default back.
   */
  signal (SIGPIPE, SIG_IGN);
}

static void
hs_runner_init (HsRunner *self)
{
  self->socket = -1;
  self->errors_fd = -1;
  self->stdin_fd = -1;
  self->output[0] = g_byte_array_new ();
  self->output[1] = g_byte_array_new ();
  self->errors = g_byte_array_new ();
  self->stdin_queue = g_byte_array_new ();
}

HsRunner *
hs_runner_new (HsRunSpec *spec)
{
  HsRunner *self;

  g_return_val_if_fail (spec != NULL, NULL);

  self = g_object_new (HS_TYPE_RUNNER, NULL);
  self->spec = hs_run_spec_ref (spec);

  return self;
}

void
hs_runner_run_async (HsRunner           *self,
                     GCancellable       *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer            user_data)
{
  g_autoptr(GError) error = NULL;

  g_return_if_fail (HS_IS_RUNNER (self));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));
  g_return_if_fail (self->state == STATE_IDLE);

  self->callback = callback;
  self->user_data = user_data;
  self->context = g_main_context_ref_thread_default ();
  g_set_object (&self->cancellable, cancellable);

  if (!start (self, &error))
    {
      abandon (self);
      return_result (self, NULL, g_steal_pointer (&error));
      return;
    }

  self->state = STATE_RUNNING;
  start_listening (self);
  feed_stdin (self);
}

HsRun *
hs_runner_run_finish (HsRunner     *self,
                      GAsyncResult *result,
                      GError      **error)
{
  g_return_val_if_fail (HS_IS_RUNNER (self), NULL);
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, hs_runner_run_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
hs_runner_stop (HsRunner *self)
{
  g_autoptr(GError) error = NULL;

  g_return_if_fail (HS_IS_RUNNER (self));

  if (self->state != STATE_RUNNING || self->is_stopping)
    return;

  self->is_stopping = TRUE;
  if (!_hs_packet_send (self->socket, HS_MESSAGE_STOP, NULL, 0, &error))
    g_debug ("The worker cannot be asked to stop: %s", error->message);
  start_grace (self);
}

void
hs_runner_write_stdin (HsRunner   *self,
                       const char *text,
                       gssize      length)
{
  g_return_if_fail (HS_IS_RUNNER (self));
  g_return_if_fail (text != NULL);

  if (self->stdin_closing || self->state > STATE_RUNNING)
    return;

  g_byte_array_append (self->stdin_queue, (const guint8 *)text,
                       length < 0 ? (guint)strlen (text) : (guint)length);
  feed_stdin (self);
}

void
hs_runner_close_stdin (HsRunner *self)
{
  g_return_if_fail (HS_IS_RUNNER (self));

  self->stdin_closing = TRUE;
  feed_stdin (self);
}
