/* hs-supervisor.c - watches over the process that runs the code
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-supervisor.h"

#include "hs-channel.h"
#include "hs-child.h"
#include "hs-clock.h"
#include "hs-disk-watch.h"
#include "hs-job.h"
#include "hs-output.h"
#include "hs-reaper.h"
#include "hs-result.h"
#include "hs-rss-watch.h"
#include "hs-sampler.h"
#include "hs-shared.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define SAMPLE_NS   (10 * HS_NS_PER_MS)
#define PROGRESS_NS (100 * HS_NS_PER_MS)

/* For a record a short run is looked at more often: every this part of it. */
#define SAMPLE_NS_MIN HS_NS_PER_MS
#define SAMPLE_SHARE  50

/* How long a request to stop may go unanswered, and how long at most when a
 * snapshot is being written meanwhile. An answer takes 3 ms on an idle machine;
 * on one with more work than cores the process may have to wait for its turn,
 * and a second in all is what a person is promised.
 */
#define STOP_NS          (700 * HS_NS_PER_MS)
#define STOP_SNAPSHOT_NS (3000 * HS_NS_PER_MS)

/* The time limit is the code's: what the interpreter needs to start comes on
 * top, within reason.
 */
#define STARTING_NS (10000 * HS_NS_PER_MS)

/* Threads and exit handlers get this much even if the time limit is over. */
#define ENDING_NS (1000 * HS_NS_PER_MS)

/* Killed for memory when this much above the limit: the process's own limits
 * (hs-sandbox.c) come first and give a MemoryError, which can be explained.
 */
#define MEMORY_TOLERANCE_BYTES (UINT64_C (32) << 20)

/* The ledger's own memory, which those limits leave out: a quarter of the
 * arenas and less of larger blocks, and what it needs for any code.
 */
#define LEDGER_SHARE 3
#define LEDGER_BYTES (UINT64_C (32) << 20)

/* What a snapshot needs beside the heap that it shows and the result, in parts of the limit and
 * for any heap.
 */
#define SNAPSHOT_SHARE 3
#define SNAPSHOT_BYTES (UINT64_C (512) << 20)

/* Of root's code. */
#define N_THREADS_MAX 1000

/* The interpreter itself; what the process says above this is not believed. */
#define BASE_RSS_MAX_BYTES (UINT64_C (256) << 20)

typedef struct
{
  HsChannel      channel;
  HsJobView      job;
  HsResult       result;
  HsOutputStream streams[2];
  HsSampler      sampler;
  HsRssWatch     rss;
  HsDiskWatch    disk;

  pid_t pid;
  int   pid_fd;

  uint64_t start_ns;
  uint64_t next_sample_ns;
  uint64_t next_progress_ns;
  uint64_t running_ns; /* when HS_PHASE_RUNNING was first seen; 0: not yet */
  uint64_t ending_ns;  /* when HS_PHASE_ENDING was first seen; 0: not yet */

  HsStatus reason;   /* why it was asked to stop or killed; HS_STATUS_OK: it was not */
  uint64_t asked_ns; /* when it was asked to stop; 0: not yet */
  bool     is_killed;

  int           wait_status;
  struct rusage usage;
} Supervisor;

static uint32_t
get_phase (Supervisor *self)
{
  return atomic_load (&self->result.shared->phase);
}

static void
kill_child (Supervisor *self,
            HsStatus    reason)
{
  if (self->reason == HS_STATUS_OK)
    self->reason = reason;
  if (!self->is_killed)
    kill (self->pid, SIGKILL);
  self->is_killed = true;
}

static void
ask_to_stop (Supervisor *self,
             HsStatus    reason,
             uint64_t    now_ns)
{
  if (self->asked_ns != 0)
    return;

  self->reason = reason;
  self->asked_ns = now_ns;
  kill (self->pid, HS_STOP_SIGNAL);
}

/* A mark's snapshot is being taken. */
static bool
is_in_moment (Supervisor *self)
{
  return atomic_load (&self->result.shared->is_in_moment) != 0;
}

/* When the next deadline of whatever kind is due. */
static uint64_t
get_deadline (Supervisor *self)
{
  uint64_t begin_ns = self->running_ns != 0 ? self->running_ns : self->start_ns + STARTING_NS;
  uint64_t deadline_ns;

  if (self->job.head.timeout_ms == 0)
    return UINT64_MAX;

  if (self->job.head.timeout_ms > UINT64_MAX / HS_NS_PER_MS - begin_ns / HS_NS_PER_MS - 1)
    return UINT64_MAX;

  deadline_ns = begin_ns + self->job.head.timeout_ms * HS_NS_PER_MS;
  if (self->ending_ns != 0 && deadline_ns < self->ending_ns + ENDING_NS)
    deadline_ns = self->ending_ns + ENDING_NS;

  return deadline_ns;
}

static void
check_time (Supervisor *self,
            uint64_t    now_ns)
{
  uint32_t phase = get_phase (self);

  if (phase >= HS_PHASE_RUNNING && self->running_ns == 0)
    self->running_ns = now_ns;
  if (phase >= HS_PHASE_ENDING && self->ending_ns == 0)
    self->ending_ns = now_ns;

  if (self->asked_ns == 0)
    {
      if (now_ns >= get_deadline (self))
        ask_to_stop (self, HS_STATUS_TIMEOUT, now_ns);
    }
  else if (now_ns >= self->asked_ns + (phase == HS_PHASE_SNAPSHOT || is_in_moment (self)
                                         ? STOP_SNAPSHOT_NS
                                         : STOP_NS))
    kill_child (self, self->reason);
}

/* What the code may hold, bytes. */
static uint64_t
get_memory_limit (const Supervisor *self)
{
  uint64_t limit_bytes = self->job.head.memory_limit_bytes;
  uint64_t base_bytes = self->result.shared->base_rss_bytes;

  if (base_bytes > BASE_RSS_MAX_BYTES)
    base_bytes = BASE_RSS_MAX_BYTES;

  /* The pickle of the result is written to memory that is not the code's. */
  if ((self->job.head.flags & HS_JOB_RESULT) != 0)
    limit_bytes += HS_KEPT_BYTES_MAX;
  if ((self->job.head.flags & HS_JOB_LEDGER) != 0)
    limit_bytes += limit_bytes / LEDGER_SHARE + LEDGER_BYTES;

  return limit_bytes + base_bytes + MEMORY_TOLERANCE_BYTES;
}

static void
check_memory (Supervisor *self)
{
  uint64_t limit_bytes = get_memory_limit (self);

  if (self->sampler.rss_bytes > limit_bytes &&
      hs_sampler_get_charged (&self->sampler) > limit_bytes)
    kill_child (self, HS_STATUS_MEMORY_LIMIT);
}

/* While the process says that the code does not run, which need not be true. The result has a
 * limit of its own.
 */
static void
check_memory_of_rest (Supervisor *self)
{
  uint64_t limit_bytes = get_memory_limit (self);

  if (limit_bytes > UINT64_MAX / (2 * SNAPSHOT_SHARE))
    return;

  limit_bytes = limit_bytes * SNAPSHOT_SHARE + SNAPSHOT_BYTES + hs_result_get_size (&self->result);
  if (hs_sampler_get_charged (&self->sampler) > limit_bytes)
    kill_child (self, HS_STATUS_MEMORY_LIMIT);
}

static bool
has_record (const Supervisor *self)
{
  return (self->job.head.flags & HS_JOB_RECORD) != 0;
}

static uint64_t
get_sample_ns (const Supervisor *self,
               uint64_t          now_ns)
{
  uint64_t sample_ns = self->running_ns != 0 ? (now_ns - self->running_ns) / SAMPLE_SHARE : 0;

  if (sample_ns > SAMPLE_NS || !has_record (self))
    return SAMPLE_NS;

  return sample_ns > SAMPLE_NS_MIN ? sample_ns : SAMPLE_NS_MIN;
}

static void
send_progress (Supervisor *self,
               uint64_t    now_ns)
{
  HsProgress progress = {
    .elapsed_ns = now_ns - self->start_ns,
    .rss_bytes = self->sampler.rss_bytes,
    .rss_peak_bytes = self->sampler.rss_peak_bytes,
    .output_bytes = self->streams[0].produced_bytes + self->streams[1].produced_bytes,
  };

  /* A client that does not read is not sent figures that are old by then. */
  if (!hs_channel_has_queue (&self->channel))
    hs_channel_send (&self->channel, HS_MESSAGE_PROGRESS, &progress, sizeof progress, NULL, 0);
}

/* So that samples of live bytes end even where the code allocates rarely. */
static void
wish_for_tick (HsShared *shared,
               uint64_t  now_ns)
{
  if (atomic_load (&shared->next_tick) == 0)
    return;

  shared->tick_wish_ns = now_ns;
  atomic_store (&shared->next_tick, 0);
}

/* The pages of a snapshot are not the code's. */
static void
look_at_memory (Supervisor *self,
                uint64_t    now_ns)
{
  bool     is_moment = is_in_moment (self);
  uint32_t phase = get_phase (self);
  bool     has_limit = self->job.head.memory_limit_bytes != 0;

  if (!is_moment && has_record (self))
    hs_rss_watch_look (&self->rss, &self->result, &self->sampler, now_ns);

  if (!is_moment && phase <= HS_PHASE_RUNNING && !hs_sampler_read (&self->sampler))
    return;
  if (has_limit && !is_moment && phase == HS_PHASE_RUNNING)
    check_memory (self);
  else if (has_limit)
    check_memory_of_rest (self);
}

/* RLIMIT_NPROC does not hold for root (fork(2)), and each thread takes memory of the kernel's
 * that no limit counts: two links of "task" are "." and "..".
 */
static void
check_threads (Supervisor *self)
{
  char        path[64];
  struct stat status;

  if (getuid () != 0)
    return;

  snprintf (path, sizeof path, "/proc/%d/task", (int)self->pid);
  if (stat (path, &status) == 0 && status.st_nlink > N_THREADS_MAX + 2)
    kill_child (self, HS_STATUS_MEMORY_LIMIT);
}

static void
do_timed_work (Supervisor *self,
               uint64_t    now_ns)
{
  if (now_ns >= self->next_sample_ns)
    {
      self->next_sample_ns = now_ns + get_sample_ns (self, now_ns);
      wish_for_tick (self->result.shared, now_ns);
      if (hs_disk_watch_is_over (&self->disk, now_ns))
        kill_child (self, HS_STATUS_DISK_LIMIT);
      look_at_memory (self, now_ns);
      check_threads (self);
    }

  if (now_ns >= self->next_progress_ns)
    {
      self->next_progress_ns = now_ns + PROGRESS_NS;
      send_progress (self, now_ns);
    }

  check_time (self, now_ns);
}

static void
take_message (Supervisor *self,
              uint64_t    now_ns)
{
  int fd;

  if (hs_channel_receive (&self->channel, &fd, 1) == HS_MESSAGE_STOP)
    ask_to_stop (self, HS_STATUS_CANCELLED, now_ns);
  if (fd >= 0)
    close (fd);
}

/* Returns: whether the process has ended and was waited for. */
static bool
wait_for_child (Supervisor *self)
{
  return wait4 (self->pid, &self->wait_status, WNOHANG, &self->usage) == self->pid;
}

/* Until the process is dead or the client is gone. */
static void
watch (Supervisor *self)
{
  for (;;)
    {
      uint64_t        now_ns = hs_clock_get_ns ();
      uint64_t        wait_ns = self->next_sample_ns > now_ns ? self->next_sample_ns - now_ns : 0;
      struct timespec timeout = { 0, (long)wait_ns };
      struct pollfd   fds[] = {
          { .fd = self->pid_fd, .events = POLLIN },
          { .fd = self->streams[0].fd, .events = POLLIN },
          { .fd = self->streams[1].fd, .events = POLLIN },
          { .fd = self->channel.fd, .events = POLLIN },
      };

      if (hs_channel_has_queue (&self->channel))
        fds[3].events |= POLLOUT;

      if (ppoll (fds, sizeof fds / sizeof fds[0], &timeout, NULL) < 0 && errno != EINTR)
        break;

      for (int i = 0; i < 2; i++)
        if (fds[1 + i].revents != 0)
          hs_output_stream_pump (&self->streams[i], &self->channel);
      if ((fds[3].revents & POLLOUT) != 0)
        hs_channel_flush (&self->channel);

      now_ns = hs_clock_get_ns ();
      if ((fds[3].revents & (POLLIN | POLLHUP | POLLERR)) != 0)
        take_message (self, now_ns);
      if (self->channel.is_closed)
        break;

      if (fds[0].revents != 0 && wait_for_child (self))
        return;
      do_timed_work (self, now_ns);
    }

  kill (self->pid, SIGKILL);
  self->is_killed = true;
  wait4 (self->pid, &self->wait_status, 0, &self->usage);
}

static void
fail (HsChannel  *channel,
      const char *reason)
{
  struct
  {
    HsDone done;
    char   text[512];
  } payload = { .done.status = HS_STATUS_FAILED };

  payload.done.message_size = (uint32_t)strnlen (reason, sizeof payload.text);
  memcpy (payload.text, reason, payload.done.message_size);
  hs_channel_send_done (channel, &payload, sizeof payload.done + payload.done.message_size, -1);
}

/* What the wait status, what the process wrote and what was done to it make
 * of the run, together.
 */
static void
conclude (Supervisor *self,
          HsDone     *done)
{
  const HsShared *shared = self->result.shared;
  uint32_t        phase = get_phase (self);
  uint32_t        status = shared->status;

  done->line = shared->line;

  if (self->is_killed &&
      (self->reason == HS_STATUS_MEMORY_LIMIT || self->reason == HS_STATUS_DISK_LIMIT))
    {
      /* Whatever the process says of itself. */
      done->status = self->reason;
      done->flags |= HS_DONE_KILLED;
    }
  else if (phase == HS_PHASE_ENDING || phase == HS_PHASE_DONE)
    {
      /* The code has had its outcome; how the rest went is a footnote. */
      done->status = status < HS_N_STATUSES ? status : HS_STATUS_FAILED;
      done->column = shared->column;
      if (done->status == HS_STATUS_EXIT)
        done->exit_code = shared->exit_code;
      if (phase == HS_PHASE_ENDING || shared->is_hung)
        done->flags |= HS_DONE_HUNG_AT_EXIT;
      if (done->status == HS_STATUS_OK && (hs_output_stream_is_cut (&self->streams[0]) ||
                                           hs_output_stream_is_cut (&self->streams[1])))
        done->status = HS_STATUS_OUTPUT_LIMIT;
    }
  else if (self->reason != HS_STATUS_OK)
    {
      done->status = self->reason;
      if (phase != HS_PHASE_STOPPED)
        done->flags |= HS_DONE_KILLED;
    }
  else if (WIFSIGNALED (self->wait_status) && WTERMSIG (self->wait_status) == SIGXCPU)
    {
      /* RLIMIT_CPU, which only the user or the code itself has set. */
      done->status = HS_STATUS_TIMEOUT;
      done->flags |= HS_DONE_KILLED;
      done->signal = SIGXCPU;
    }
  else if (WIFSIGNALED (self->wait_status))
    {
      done->status = HS_STATUS_CRASHED;
      done->signal = WTERMSIG (self->wait_status);
    }
  else if (phase == HS_PHASE_STARTING)
    done->status = HS_STATUS_FAILED;
  else
    {
      done->status = HS_STATUS_EXIT;
      done->exit_code = WEXITSTATUS (self->wait_status);
      done->flags |= HS_DONE_OS_EXIT;
    }
}

static void
take_measures (Supervisor *self,
               HsDone     *done,
               uint64_t    end_ns)
{
  const HsShared *shared = self->result.shared;
  uint64_t        begin_ns = shared->start_ns;

  /* The process's own figures if it came to write them. Without them the time
   * of the processor includes the start of the interpreter, some 10 ms.
   */
  if (shared->wall_ns != 0)
    {
      done->wall_ns = shared->wall_ns;
      done->cpu_ns = shared->cpu_ns;
    }
  else if (begin_ns >= self->start_ns && begin_ns <= end_ns)
    {
      done->wall_ns = end_ns - begin_ns;
      done->cpu_ns =
        ((uint64_t)(self->usage.ru_utime.tv_sec + self->usage.ru_stime.tv_sec) * 1000000 +
         (uint64_t)(self->usage.ru_utime.tv_usec + self->usage.ru_stime.tv_usec)) *
        1000;
    }

  done->rss_base_bytes = shared->base_rss_bytes;
  done->rss_peak_bytes = shared->rss_peak_bytes;
  if (done->rss_peak_bytes == 0)
    done->rss_peak_bytes = self->sampler.rss_peak_bytes;
  done->stdout_bytes = self->streams[0].produced_bytes;
  done->stderr_bytes = self->streams[1].produced_bytes;
}

/* Appends a text of the process, cut to its place. Returns: its size. */
static uint32_t
put_text (char       *target,
          size_t     *at,
          const char *text,
          uint32_t    size,
          size_t      size_max)
{
  if (size > size_max)
    size = (uint32_t)size_max;
  memcpy (target + *at, text, size);
  *at += size;

  return size;
}

/* What the exception was refused; only of code that has had its outcome. */
static void
put_refused (Supervisor *self,
             HsDone     *done,
             char       *payload,
             size_t     *at)
{
  const HsShared *shared = self->result.shared;
  uint32_t        refused = shared->refused;

  if (refused >= HS_N_REFUSED || get_phase (self) < HS_PHASE_ENDING)
    return;

  done->refused = refused;
  done->refused_size = put_text (payload, at, shared->refused_file, shared->refused_size,
                                 sizeof shared->refused_file);
}

/* What became of "result"; only of code that has had its outcome. */
static void
put_kept (Supervisor *self,
          HsDone     *done,
          char       *payload,
          size_t     *at)
{
  const HsShared *shared = self->result.shared;
  uint32_t        kept = shared->kept;

  if ((self->job.head.flags & HS_JOB_RESULT) == 0 || kept >= HS_N_KEPTS || self->is_killed ||
      get_phase (self) < HS_PHASE_ENDING)
    return;

  done->kept = kept;
  done->kept_type_size = put_text (payload, at, shared->kept_type, shared->kept_type_size,
                                   sizeof shared->kept_type);
  done->kept_preview_size = put_text (payload, at, shared->kept_preview,
                                      shared->kept_preview_size, sizeof shared->kept_preview);
  done->kept_problem_size = put_text (payload, at, shared->kept_problem,
                                      shared->kept_problem_size, sizeof shared->kept_problem);
}

static void
report (Supervisor *self,
        uint64_t    end_ns)
{
  static char     payload[HS_PACKET_MAX];
  const HsShared *shared = self->result.shared;
  HsDone          done = { 0 };
  size_t          at = sizeof done;
  int             fd;

  conclude (self, &done);
  take_measures (self, &done, end_ns);
  done.type_size = put_text (payload, &at, shared->type, shared->type_size, sizeof shared->type);
  done.message_size = put_text (payload, &at, shared->message, shared->message_size,
                                sizeof shared->message);
  done.traceback_size = put_text (payload, &at, shared->traceback, shared->traceback_size,
                                  sizeof shared->traceback);

  put_kept (self, &done, payload, &at);
  put_refused (self, &done, payload, &at);

  fd = hs_result_seal (&self->result, &done);
  memcpy (payload, &done, sizeof done);
  hs_channel_send_done (&self->channel, payload, at, fd);
}

/* Waits for START. Returns: false if the client went away first. */
static bool
wait_for_start (HsChannel *channel,
                int       *fds)
{
  for (;;)
    {
      struct pollfd target = { .fd = channel->fd, .events = POLLIN };
      int           kind;

      if (poll (&target, 1, -1) < 0 && errno != EINTR)
        return false;

      kind = hs_channel_receive (channel, fds, 2);
      if (kind == HS_MESSAGE_START)
        return true;
      if (channel->is_closed)
        return false;
    }
}

/* No PR_SET_PDEATHSIG here: it fires when the *thread* that started us ends,
 * and a client may start workers from short-lived ones. The end of the socket
 * tells for certain that the client is gone.
 */
static void
shield (void)
{
  signal (SIGPIPE, SIG_IGN);
  /* Keys of the terminal are meant for the client, which then sends STOP. */
  signal (SIGINT, SIG_IGN);
  signal (SIGQUIT, SIG_IGN);
  signal (SIGHUP, SIG_IGN);
  prctl (PR_SET_DUMPABLE, 0, 0, 0, 0);
  prctl (PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
}

/* Starts the process. Returns: what prevented it, or NULL. */
static const char *
start (Supervisor *self,
       int         stdin_fd)
{
  HsChildSetup setup = { .supervisor = getpid (), .stdin_fd = stdin_fd };

  setup.guard = hs_guard_new ();
  if (setup.guard == NULL || !hs_result_open (&self->result, self->job.head.result_limit_bytes))
    return "no memory for the result";
  if ((self->job.head.flags & HS_JOB_RECORD) != 0)
    hs_record_init (hs_shared_get_record (self->result.shared), (uint32_t)sysconf (_SC_PAGESIZE));

  setup.stdout_fd = hs_output_stream_open (&self->streams[0], HS_STREAM_STDOUT,
                                           self->job.head.output_limit_bytes);
  setup.stderr_fd = hs_output_stream_open (&self->streams[1], HS_STREAM_STDERR,
                                           self->job.head.output_limit_bytes);
  if (setup.stdout_fd < 0 || setup.stderr_fd < 0)
    return "no pipes for the output";

  self->start_ns = hs_clock_get_ns ();
  self->rss.start_ns = self->start_ns;
  self->next_sample_ns = self->start_ns + get_sample_ns (self, self->start_ns);
  self->next_progress_ns = self->start_ns + PROGRESS_NS;

  self->pid = fork ();
  if (self->pid < 0)
    return "no process for the code";
  if (self->pid == 0)
    hs_child_main (&self->job, &self->result, &setup);

  hs_guard_make (setup.guard, &self->job, self->pid);
  hs_guard_drop (setup.guard);

  close (setup.stdout_fd);
  close (setup.stderr_fd);
  if (stdin_fd >= 0)
    close (stdin_fd);

  hs_disk_watch_init (&self->disk, self->job.scratch_folder, self->pid,
                      self->job.head.scratch_limit_bytes);
  self->pid_fd = (int)syscall (SYS_pidfd_open, self->pid, 0);
  hs_sampler_open (&self->sampler, self->pid);
  if (self->pid_fd < 0)
    {
      kill (self->pid, SIGKILL);
      return "no pidfd_open(), which needs Linux 5.3";
    }

  return NULL;
}

int
hs_supervisor_run (int control_fd)
{
  static Supervisor self;
  HsStarted         started;
  const char       *problem;
  uint64_t          end_ns;
  int               fds[2];

  shield ();
  hs_channel_init (&self.channel, control_fd);
  if (!wait_for_start (&self.channel, fds))
    return 1;

  if (!hs_job_view_init (&self.job, fds[0], &problem))
    {
      fail (&self.channel, problem);
      return 1;
    }
  close (fds[0]);

  problem = start (&self, (self.job.head.flags & HS_JOB_STDIN) != 0 ? fds[1] : -1);
  if (problem != NULL)
    {
      fail (&self.channel, problem);
      return 1;
    }

  started.pid = self.pid;
  started.python_hex = hs_child_get_python_hex ();
  hs_channel_send (&self.channel, HS_MESSAGE_STARTED, &started, sizeof started, NULL, 0);

  watch (&self);
  end_ns = hs_clock_get_ns ();
  hs_sampler_close (&self.sampler);

  /* Only when nobody is left can the output end and the result be sealed. */
  if (!hs_reaper_kill_all (self.pid))
    hs_result_discard (&self.result);
  for (int i = 0; i < 2; i++)
    hs_output_stream_finish (&self.streams[i], &self.channel);

  if (has_record (&self))
    hs_rss_watch_finish (&self.rss, &self.result, end_ns);
  if (!self.channel.is_closed)
    report (&self, end_ns);

  return 0;
}
