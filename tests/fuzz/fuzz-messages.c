/* fuzz-messages.c - packets of hostile workers, and jobs that contradict themselves
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A short run with made-up mutants is a test. A longer one by hand, with other mutants, best built
 * with the address and undefined behaviour sanitizers:
 *
 *   fuzz-messages [MUTANTS [SEED]]
 */

#include "config.h"

#include <fcntl.h>
#include <stddef.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "hs-collector-private.h"
#include "hs-job.h"
#include "hs-python.h"

#define N_MUTANTS 20000
#define SEED      20260101

/* Most packets are small, so that many are tried. */
#define BODY_MAX 256

static guint n_taken[HS_MESSAGE_DONE + 1];
static guint n_dones_with_result;
static guint n_jobs;

/* Numbers at the edges of their types, which plain random bytes rarely hit. */
static void
mutate (GRand  *random,
        guint8 *data,
        gsize   size)
{
  static const guint64 values[] = { 0,
                                    1,
                                    2,
                                    7,
                                    8,
                                    64,
                                    200,
                                    4096,
                                    G_MAXINT32,
                                    G_MAXUINT32,
                                    G_MAXUINT32 - 1,
                                    G_MAXINT64,
                                    G_MAXUINT64,
                                    G_MAXUINT64 - 63 };

  for (gint32 n = g_rand_int_range (random, 0, 5); n > 0 && size > 0; n--)
    {
      gsize   width = (gsize)4 << g_rand_int_range (random, 0, 2);
      gsize   at = (gsize)g_rand_int_range (random, 0, (gint32)size);
      guint64 value = values[g_rand_int_range (random, 0, G_N_ELEMENTS (values))];

      if (g_rand_boolean (random))
        {
          at -= at % width;
          memcpy (data + at, &value, MIN (width, size - at));
        }
      else
        data[at] = (guint8)g_rand_int (random);
    }
}

/* ---- What workers send ---- */

static gsize
fill_done (GRand  *random,
           guint8 *to)
{
  HsDone   done = { .status = (guint32)g_rand_int_range (random, 0, HS_N_STATUSES),
                    .exit_code = (gint32)g_rand_int (random),
                    .signal = g_rand_int_range (random, -2, 70),
                    .result_size = 4096,
                    .record_size = 64,
                    .pickle_size = 16,
                    .kept = (guint32)g_rand_int_range (random, 0, HS_N_KEPTS),
                    .refused = (guint32)g_rand_int_range (random, 0, HS_N_REFUSED) };
  guint32 *sizes[] = { &done.type_size, &done.message_size, &done.traceback_size,
                       &done.kept_type_size, &done.kept_preview_size, &done.kept_problem_size,
                       &done.refused_size };
  gsize    size = 0;

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      *sizes[i] = (guint32)g_rand_int_range (random, 0, 24);
      size += *sizes[i];
    }
  memcpy (to, &done, sizeof done);
  for (gsize i = 0; i < size; i++)
    to[sizeof done + i] = (guint8)g_rand_int (random);

  return sizeof done + size;
}

static gsize
fill_packet (GRand  *random,
             guint8 *to)
{
  HsMessage head = { .magic = HS_PROTOCOL_MAGIC,
                     .version = HS_PROTOCOL_VERSION,
                     .kind = (HsMessageKind)g_rand_int_range (random, HS_MESSAGE_STARTED,
                                                              HS_MESSAGE_DONE + 1) };
  guint8   *body = to + sizeof head;
  gsize     size = (gsize)g_rand_int_range (random, 0, BODY_MAX);

  memset (body, 0, BODY_MAX);
  if (head.kind == HS_MESSAGE_DONE)
    size = fill_done (random, body);
  else if (head.kind == HS_MESSAGE_PROGRESS)
    size = sizeof (HsProgress);
  else if (head.kind == HS_MESSAGE_STARTED)
    size = sizeof (HsStarted);
  else if (head.kind == HS_MESSAGE_OUTPUT)
    {
      HsOutput output = { .stream = HS_STREAM_STDOUT, .size = (guint32)size };

      memcpy (body, &output, sizeof output);
      size += sizeof output;
    }
  if (g_rand_boolean (random))
    mutate (random, body, size);
  head.size = (guint32)size;
  memcpy (to, &head, sizeof head);
  size += sizeof head;
  if (g_rand_int_range (random, 0, 6) == 0)
    mutate (random, to, size);
  if (g_rand_int_range (random, 0, 10) == 0)
    size = (gsize)g_rand_int_range (random, 1, (gint32)size + 1);

  return size;
}

/* With up to three descriptors: of a sealed result, and others. */
static void
send_packet (GRand        *random,
             int           socket,
             const guint8 *data,
             gsize         size,
             const int    *fds)
{
  union
  {
    struct cmsghdr header;
    char           bytes[CMSG_SPACE (3 * sizeof (int))];
  } control = { 0 };
  struct iovec  vector = { (gpointer)data, size };
  struct msghdr message = { .msg_iov = &vector, .msg_iovlen = 1 };
  gsize         n_fds = ((const HsMessage *)(gconstpointer)data)->kind == HS_MESSAGE_DONE;

  if (g_rand_int_range (random, 0, 8) == 0)
    n_fds = (gsize)g_rand_int_range (random, 0, 4);
  if (n_fds > 0)
    {
      int chosen[3];

      for (guint i = 0; i < 3; i++)
        chosen[i] = fds[g_rand_int_range (random, 0, 3)];
      message.msg_control = control.bytes;
      message.msg_controllen = CMSG_SPACE (n_fds * sizeof (int));
      CMSG_FIRSTHDR (&message)->cmsg_level = SOL_SOCKET;
      CMSG_FIRSTHDR (&message)->cmsg_type = SCM_RIGHTS;
      CMSG_FIRSTHDR (&message)->cmsg_len = CMSG_LEN (n_fds * sizeof (int));
      memcpy (CMSG_DATA (CMSG_FIRSTHDR (&message)), chosen, n_fds * sizeof (int));
    }
  g_assert_cmpint (sendmsg (socket, &message, MSG_NOSIGNAL), ==, (gssize)size);
}

static void
use_run (HsRun *run)
{
  g_autofree char *message = hs_run_dup_message (run);
  GBytes          *pickle = hs_run_get_kept_pickle (run);

  g_assert_true (g_utf8_validate (message, -1, NULL));
  g_assert_true (g_utf8_validate (hs_run_get_output (run, HS_STREAM_STDOUT), -1, NULL));
  g_assert_true (g_utf8_validate (hs_run_get_output (run, HS_STREAM_STDERR), -1, NULL));
  if (pickle != NULL)
    {
      g_autoptr(GBytes) copy = g_bytes_new (g_bytes_get_data (pickle, NULL),
                                             g_bytes_get_size (pickle));

      g_assert_cmpuint (g_bytes_get_size (copy), <=, HS_KEPT_BYTES_MAX);
      n_dones_with_result++;
    }
}

/* One run, of a few packets. */
static guint
try_packets (GRand     *random,
             HsRunSpec *spec,
             HsPython  *python,
             const int *sockets,
             const int *fds,
             guint8    *buffer)
{
  HsCollector *collector = _hs_collector_new (spec, python);
  HsReceived   received = HS_RECEIVED_PACKET;
  gboolean     is_kept = TRUE;
  guint        n = 0;

  while (is_kept && n < 16 && !_hs_collector_has_done (collector))
    {
      g_autoptr(GBytes) output = NULL;
      guint64  packet_bytes[(sizeof (HsMessage) + sizeof (HsDone) + 2 * BODY_MAX) / 8];
      gsize    size = fill_packet (random, (guint8 *)packet_bytes);
      HsStream stream;
      HsPacket packet;

      send_packet (random, sockets[0], (const guint8 *)packet_bytes, size, fds);
      received = _hs_packet_receive (sockets[1], buffer, &packet);
      n++;
      if (received != HS_RECEIVED_PACKET)
        break;
      is_kept = _hs_collector_take (collector, &packet, &stream, &output);
      n_taken[packet.kind] += is_kept ? 1 : 0;
      if (packet.fd != -1)
        close (packet.fd);
    }
  g_autoptr(HsRun) run = _hs_collector_finish (collector, HS_STATUS_FAILED, "failed");

  use_run (run);
  _hs_collector_free (collector);

  return n;
}

/* ---- What a worker is given ---- */

static void
use_job (const HsJobView *view)
{
  const char *text = view->first_arg;
  gsize       n = strlen (view->file_name) + strlen (view->working_folder) +
            strlen (view->scratch_folder) +
            (view->executable != NULL ? strlen (view->executable) : 0);

  for (guint i = 0; i < view->head.n_args; i++, text = hs_job_view_next_arg (text))
    n += strlen (text);
  text = view->first_folder;
  for (guint i = 0; i < view->head.n_folders; i++, text = hs_job_view_next_arg (text))
    n += strlen (text);
  for (guint i = 0; i < view->head.n_marks; i++)
    n += view->marks[i].name != 0 ? strlen (view->texts + view->marks[i].name) : 0;
  for (guint64 i = 0; i < view->head.source_size; i++)
    n += (guint8)view->source[i];
  g_assert_cmpuint (n, <, G_MAXSIZE);
}

static void
try_job (GRand *random,
         int    fd)
{
  struct
  {
    HsJob     head;
    HsJobMark marks[2];
    char      texts[64];
  } job = { .head = { .magic = HS_PROTOCOL_MAGIC, .version = HS_PROTOCOL_VERSION } };
  const char *problem;
  HsJobView   view;
  gsize       size = sizeof job;

  for (guint i = 0; i < sizeof job.texts; i += 8)
    memcpy (job.texts + i, "textabc", 8);
  job.head.marks = offsetof (typeof (job), marks);
  job.head.n_marks = 2;
  job.head.n_args = 3;
  job.head.n_folders = 2;
  job.head.source = job.head.file_name = offsetof (typeof (job), texts);
  job.head.source_size = sizeof job.texts;
  job.head.working_folder = job.head.scratch_folder = job.head.file_name + 8;
  job.head.first_arg = job.head.file_name + 16;
  job.head.first_folder = job.head.file_name + 40;
  for (guint i = 0; i < 2; i++)
    job.marks[i] = (HsJobMark) { .first_line = 1, .last_line = 2, .name = job.head.first_arg };

  mutate (random, (guint8 *)&job, sizeof job);
  if (g_rand_int_range (random, 0, 6) == 0)
    size = (gsize)g_rand_int_range (random, 0, sizeof job);
  g_assert_cmpint (ftruncate (fd, (off_t)size), ==, 0);
  g_assert_cmpint (pwrite (fd, &job, size, 0), ==, (gssize)size);

  if (hs_job_view_init (&view, fd, &problem))
    {
      n_jobs++;
      use_job (&view);
      munmap ((gpointer)view.texts, size);
    }
  else
    g_assert_nonnull (problem);
}

static int
make_result (int seals)
{
  int fd = memfd_create ("result", MFD_ALLOW_SEALING | MFD_CLOEXEC);

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (ftruncate (fd, 8192), ==, 0);
  g_assert_cmpint (fcntl (fd, F_ADD_SEALS, seals), ==, 0);

  return fd;
}

int
main (int    argc,
      char **argv)
{
  guint64 n_mutants = argc > 1 ? g_ascii_strtoull (argv[1], NULL, 10) : N_MUTANTS;
  guint32 seed = argc > 2 ? (guint32)g_ascii_strtoull (argv[2], NULL, 10) : SEED;
  g_autoptr(GRand) random = g_rand_new_with_seed (seed);
  g_autoptr(GBytes) source = g_bytes_new_static ("", 0);
  g_autoptr(HsRunSpec) spec = hs_run_spec_new (source, NULL, "t.py");
  g_autoptr(HsPython) python = hs_python_find (NULL, NULL);
  const int           sealed = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE;
  const int           fds[] = { make_result (sealed), make_result (F_SEAL_GROW), STDERR_FILENO };
  int                 job_fd = memfd_create ("job", MFD_CLOEXEC);
  g_autofree guint64 *buffer = g_new (guint64, HS_PACKET_MAX / 8);
  int                 sockets[2];

  g_assert_nonnull (python);
  g_assert_cmpint (socketpair (AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, sockets), ==, 0);

  for (guint64 i = 0; i < n_mutants;)
    i += try_packets (random, spec, python, sockets, fds, (guint8 *)buffer);
  for (guint64 i = 0; i < n_mutants; i++)
    try_job (random, job_fd);

  /* No descriptor was left open: the next is the one behind the sockets. */
  g_assert_cmpint (dup (STDERR_FILENO), ==, sockets[1] + 1);

  g_print ("%" G_GUINT64_FORMAT " packets: %u started, %u output, %u progress, %u done, of them "
           "%u with what was kept; as many jobs, %u of them accepted\n",
           n_mutants, n_taken[HS_MESSAGE_STARTED], n_taken[HS_MESSAGE_OUTPUT],
           n_taken[HS_MESSAGE_PROGRESS], n_taken[HS_MESSAGE_DONE], n_dones_with_result, n_jobs);
  g_assert_cmpuint (n_dones_with_result, >, 0);
  g_assert_cmpuint (n_jobs, >, n_mutants / 50);

  return 0;
}
