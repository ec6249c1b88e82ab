/* hs-runner.c - runs code once and tells what happens meanwhile
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-runner.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "hs-collector-private.h"
#include "hs-feeder-private.h"
#include "hs-job-private.h"
#include "hs-packet-private.h"
#include "hs-run-reader-private.h"
#include "hs-scratch-private.h"
#include "hs-worker-start-private.h"

/* A worker that was asked to stop has so long to answer with DONE, and one
 * that has answered, or closed its socket, so long to end. It gives the code
 * 0.7 s, and a snapshot that is being written then 3 s (hs-supervisor.c).
 */
#define GRACE_MS 4000

/* A worker that has not ended so long after the time limit is itself held up,
 * for instance by a SIGSTOP from the code. It allows the interpreter 10 s to
 * start.
 */
#define OVERDUE_MS (10000 + GRACE_MS)

/* Packets that are taken in one go before other events have their turn. */
#define PACKETS_MAX 32

/* Reads of error output that a dead worker may have left: what a pipe holds by
 * default (pipe(7)), 4 KiB at a time.
 */
#define ERROR_READS_MAX 16

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

  HsWorkerProcess *worker; /* NULL until it is started */
  gboolean         has_exited;
  HsScratch       *scratch;
  HsFeeder        *feeder;
  guint64         *buffer; /* HS_PACKET_MAX bytes */

  GSource *socket_source;
  GSource *errors_source;
  GSource *cancelled_source;
  GSource *grace_source;
  GSource *overdue_source;

  HsCollector *collector;      /* NULL until it is started */
  gboolean     is_stopping;    /* hs_runner_stop() */
  gboolean     is_cancelled;   /* the cancellable */
  gboolean     is_overdue;     /* the worker did not keep the time limit */
  char        *protocol_error; /* NULL: none */
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

static void
kill_worker (HsRunner *self)
{
  if (self->worker != NULL && !self->has_exited)
    _hs_worker_process_kill (self->worker);
}

static void
clear_sources (HsRunner *self)
{
  clear_source (&self->socket_source);
  clear_source (&self->errors_source);
  clear_source (&self->grace_source);
  clear_source (&self->overdue_source);
  clear_source (&self->cancelled_source);
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

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  GWeakRef *weak = user_data;
  g_autoptr(HsRunner) self = g_weak_ref_get (weak);
  g_autoptr(HsRun) run = _hs_run_reader_read_finish (result);

  g_weak_ref_clear (weak);
  g_free (weak);

  if (self == NULL || self->state != STATE_READING)
    return;

  if (run != NULL)
    return_result (self, g_steal_pointer (&run), NULL);
  else
    return_result (self, NULL,
                   g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED,
                                        _("The run was cancelled")));
}

static gpointer
new_weak_ref (HsRunner *self)
{
  GWeakRef *weak = g_new0 (GWeakRef, 1);

  g_weak_ref_init (weak, self);

  return weak;
}

static HsStatus
get_status_without_done (HsRunner *self)
{
  if (self->protocol_error != NULL)
    return HS_STATUS_FAILED;
  if (self->is_stopping)
    return HS_STATUS_CANCELLED;

  return self->is_overdue ? HS_STATUS_TIMEOUT : HS_STATUS_FAILED;
}

/* Once the worker is dead and its last packets are read. */
static void
finish (HsRunner *self)
{
  HsRun *run = NULL;

  _hs_worker_process_clear_up (self->worker);
  if (!self->is_cancelled)
    {
      gboolean         is_broken = self->protocol_error != NULL;
      g_autofree char *failure = is_broken ? g_strdup (self->protocol_error)
                                           : _hs_worker_process_dup_failure (self->worker);

      run = _hs_collector_finish (self->collector, get_status_without_done (self), failure);
    }

  clear_sources (self);
  self->state = STATE_READING;
  _hs_run_reader_read_async (run, self->scratch, read_cb, new_weak_ref (self));
}

static void end_worker (HsRunner *self,
                        gboolean  at_once);

static gboolean
grace_over_cb (gpointer user_data)
{
  HsRunner *self = user_data;

  clear_source (&self->grace_source);
  if (self->state == STATE_RUNNING)
    end_worker (self, FALSE); /* which it notices even if it did not hear STOP */
  else
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
  _hs_worker_process_close_socket (self->worker);
  _hs_feeder_shut (self->feeder);

  if (self->has_exited)
    finish (self);
  else if (at_once)
    kill_worker (self);
  else
    start_grace (self);
}

static gboolean
overdue_cb (gpointer user_data)
{
  HsRunner *self = user_data;

  clear_source (&self->overdue_source);
  if (self->state == STATE_RUNNING)
    {
      self->is_overdue = TRUE;
      end_worker (self, TRUE);
    }

  return G_SOURCE_REMOVE;
}

static void
watch_time_limit (HsRunner *self)
{
  guint64 timeout_ms = hs_run_spec_get_timeout (self->spec);

  if (timeout_ms != 0 && timeout_ms < G_MAXUINT - OVERDUE_MS)
    self->overdue_source = attach (self, g_timeout_source_new ((guint)timeout_ms + OVERDUE_MS),
                                   overdue_cb);
}

/* Tells what a packet brought. */
static gboolean
take_packet (HsRunner       *self,
             const HsPacket *packet)
{
  g_autoptr(GBytes) output = NULL;
  HsStream stream;

  if (!_hs_collector_take (self->collector, packet, &stream, &output))
    return FALSE;

  if (packet->kind == HS_MESSAGE_STARTED)
    {
      HsStarted started;

      memcpy (&started, packet->payload, sizeof started);
      _hs_worker_process_set_code (self->worker, started.pid);
    }

  if (output != NULL)
    g_signal_emit (self, signals[SIGNAL_OUTPUT], 0, (int)stream, output);

  if (packet->kind == HS_MESSAGE_PROGRESS)
    {
      const HsProgress *progress = _hs_collector_get_progress (self->collector);

      g_signal_emit (self, signals[SIGNAL_PROGRESS], 0, progress->elapsed_ns, progress->rss_bytes);
    }

  return TRUE;
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
      HsReceived received = _hs_packet_receive (self->worker->socket, (guint8 *)self->buffer,
                                                &packet);
      gboolean   ok;

      if (received == HS_RECEIVED_NOTHING)
        return TRUE;

      if (received == HS_RECEIVED_END)
        {
          end_worker (self, FALSE);
          return FALSE;
        }

      ok = received == HS_RECEIVED_PACKET && take_packet (self, &packet);
      if (packet.fd != -1)
        close (packet.fd);

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

      if (_hs_collector_has_done (self->collector))
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

static gboolean
errors_cb (gint         fd,
           GIOCondition condition,
           gpointer     user_data)
{
  HsRunner *self = user_data;

  if (_hs_worker_process_read_errors (self->worker))
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

  /* What it said last may still be on its way through the main loop; that is
   * no more than a socket and a pipe can hold.
   */
  for (guint i = 0; i < ERROR_READS_MAX && self->errors_source != NULL; i++)
    if (!_hs_worker_process_read_errors (self->worker))
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

  /* Not at once: only a living worker ends what the code has started. */
  if (self->state == STATE_RUNNING)
    end_worker (self, FALSE);

  return G_SOURCE_REMOVE;
}

static void
start_listening (HsRunner *self)
{
  GSource *source;

  source = g_unix_fd_source_new (self->worker->socket, G_IO_IN | G_IO_HUP | G_IO_ERR);
  self->socket_source = attach (self, source, (GSourceFunc)(void (*) (void))socket_cb);

  source = g_unix_fd_source_new (self->worker->errors_fd, G_IO_IN | G_IO_HUP | G_IO_ERR);
  self->errors_source = attach (self, source, (GSourceFunc)(void (*) (void))errors_cb);

  if (self->cancellable != NULL)
    self->cancelled_source = attach (self, g_cancellable_source_new (self->cancellable),
                                     (GSourceFunc)(void (*) (void))cancelled_cb);

  g_subprocess_wait_async (self->worker->process, NULL, exited_cb, new_weak_ref (self));
}

static gboolean
start (HsRunner *self,
       GError  **error)
{
  HsPython            *python = hs_run_spec_get_python (self->spec);
  const HsPermissions *permissions = hs_run_spec_get_permissions (self->spec);
  guint32              required;

  if (!_hs_worker_start_check (permissions, error))
    return FALSE;

  self->python = python != NULL ? hs_python_ref (python) : hs_python_find (NULL, error);
  if (self->python == NULL)
    return FALSE;

  self->collector = _hs_collector_new (self->spec, self->python);
  self->buffer = g_malloc (HS_PACKET_MAX);
  self->scratch = _hs_scratch_new (error);
  if (self->scratch == NULL)
    return FALSE;

  self->worker = _hs_worker_start (hs_python_get_worker (self->python),
                                   _hs_scratch_get_path (self->scratch), permissions, &required,
                                   error);

  return self->worker != NULL &&
         _hs_job_send (self->worker->socket, self->spec, self->python,
                       _hs_scratch_get_path (self->scratch), required, self->feeder, error);
}

/* Ends everything before returning: afterwards there is no process, no open
 * descriptor and no folder. Takes some milliseconds if a worker lives.
 */
static void
abandon (HsRunner *self)
{
  clear_sources (self);
  _hs_feeder_shut (self->feeder);

  if (self->worker != NULL && !self->has_exited)
    _hs_worker_process_dismiss (self->worker);
  self->has_exited = TRUE;

  if (self->scratch != NULL)
    _hs_scratch_remove_or_tell (self->scratch);
  g_clear_pointer (&self->scratch, _hs_scratch_unref);
}

static void
hs_runner_dispose (GObject *object)
{
  HsRunner *self = HS_RUNNER (object);
  gboolean  is_waited_for = self->state != STATE_IDLE && self->state != STATE_DONE;

  abandon (self);
  if (is_waited_for)
    return_result (self, NULL,
                   g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED,
                                        _("The run was cancelled")));

  G_OBJECT_CLASS (hs_runner_parent_class)->dispose (object);
}

static void
hs_runner_finalize (GObject *object)
{
  HsRunner *self = HS_RUNNER (object);

  g_clear_pointer (&self->worker, _hs_worker_process_free);
  g_clear_pointer (&self->feeder, _hs_feeder_free);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_clear_pointer (&self->spec, hs_run_spec_unref);
  g_clear_pointer (&self->python, hs_python_unref);
  g_clear_pointer (&self->collector, _hs_collector_free);
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

  signals[SIGNAL_OUTPUT] = g_signal_new ("output", HS_TYPE_RUNNER, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL,
                                         G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_BYTES);
  signals[SIGNAL_PROGRESS] = g_signal_new ("progress", HS_TYPE_RUNNER, G_SIGNAL_RUN_LAST, 0, NULL,
                                           NULL, NULL,
                                           G_TYPE_NONE, 2, G_TYPE_UINT64, G_TYPE_UINT64);

  /* Code may close its standard input while something is being written to it.
   * GSocket does the same; g_spawn gives children the default back.
   */
  signal (SIGPIPE, SIG_IGN);
}

static void
hs_runner_init (HsRunner *self)
{
  self->feeder = _hs_feeder_new ();
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
  watch_time_limit (self);
  _hs_feeder_start (self->feeder, self->context);
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
  if (!_hs_packet_send (self->worker->socket, HS_MESSAGE_STOP, NULL, 0, &error))
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

  _hs_feeder_write (self->feeder, text, length < 0 ? strlen (text) : (gsize)length);
}

void
hs_runner_close_stdin (HsRunner *self)
{
  g_return_if_fail (HS_IS_RUNNER (self));

  _hs_feeder_end (self->feeder);
}
