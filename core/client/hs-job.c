/* hs-job.c - what a worker is given to do
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-job-private.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "hs-packet-private.h"
#include "hs-run-spec-private.h"
#include "hs-source-marks.h"

/* Address space for a result: sparse, so that only what is written counts.
 * At some 48 bytes per object it has room for 170 million, more than
 * the default memory limit of 2 GiB can hold at 16 bytes and more each.
 */
#define RESULT_LIMIT (G_GUINT64_CONSTANT (8) << 30)

static int
fail (const char *what,
      int         fd,
      GError    **error)
{
  int errsv = errno;

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errsv), "%s: %s", what,
               g_strerror (errsv));
  if (fd != -1)
    close (fd);

  return -1;
}

/* @data in a memfd that nobody can change, at its beginning. Returns: the
 * descriptor, or -1 with an error
 */
static int
new_sealed_memfd (const char   *name,
                  gconstpointer data,
                  gsize         size,
                  GError      **error)
{
  const guint8 *rest = data;
  int           fd = memfd_create (name, MFD_CLOEXEC | MFD_ALLOW_SEALING);

  if (fd < 0)
    return fail ("memfd_create", -1, error);

  while (size > 0)
    {
      gssize n = write (fd, rest, size);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return fail ("write", fd, error);
      rest += n;
      size -= (gsize)n;
    }

  if (lseek (fd, 0, SEEK_SET) < 0)
    return fail ("lseek", fd, error);
  if (fcntl (fd, F_ADD_SEALS, F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE) < 0)
    return fail ("F_ADD_SEALS", fd, error);

  return fd;
}

/* Returns: where @text stands in @job, its NUL included; 0 for NULL */
static guint32
append_text (GByteArray *job,
             const char *text)
{
  guint32 offset = job->len;

  if (text == NULL)
    return 0;

  g_byte_array_append (job, (const guint8 *)text, (guint)strlen (text) + 1);

  return offset;
}

/* ---- Marks ---- */

static void
add_comments (GByteArray    *job,
              HsSourceMarks *source,
              GArray        *marks)
{
  for (guint i = 0; i < hs_source_marks_get_n (source); i++)
    {
      const HsSourceMark *of_source = hs_source_marks_get (source, i);
      HsJobMark           mark = {
                  .first_line = of_source->first_line,
                  .last_line = of_source->last_line,
                  .when = of_source->when,
                  .name = of_source->name[0] != '\0' ? append_text (job, of_source->name) : 0,
                  .n_max = HS_MARK_N_MAX,
      };

      g_array_append_val (marks, mark);
    }
}

static gboolean
has_mark (GArray *marks,
          guint   first_line)
{
  for (guint i = 0; i < marks->len; i++)
    if (g_array_index (marks, HsJobMark, i).first_line == first_line)
      return TRUE;

  return FALSE;
}

/* Statements; lines as they are if the source cannot be read. */
static void
add_lines (HsRunSpec     *spec,
           HsSourceMarks *source,
           gboolean       is_text,
           GArray        *marks)
{
  guint        n_lines;
  const guint *lines = _hs_run_spec_get_lines (spec, &n_lines);

  for (guint i = 0; i < n_lines && marks->len < HS_SOURCE_N_MARKS_MAX; i++)
    {
      HsJobMark mark = {
        .first_line = lines[i],
        .last_line = lines[i],
        .when = HS_MARK_BEFORE,
        .n_max = HS_MARK_N_MAX,
      };

      if (is_text &&
          !hs_source_marks_find_statement (source, lines[i], &mark.first_line, &mark.last_line))
        continue;
      if (lines[i] != 0 && !has_mark (marks, mark.first_line))
        g_array_append_val (marks, mark);
    }
}

/* Returns: (transfer full) (element-type HsJobMark): names are in @job */
static GArray *
make_marks (HsRunSpec  *spec,
            GByteArray *job)
{
  GArray *marks = g_array_new (FALSE, FALSE, sizeof (HsJobMark));
  g_autoptr(HsSource) source = NULL;
  g_autoptr(HsSourceMarks) source_marks = NULL;

  if (_hs_run_spec_get_pass (spec) != HS_PASS_FULL)
    return marks;

  source = hs_source_new (hs_run_spec_get_source (spec));
  source_marks = hs_source_marks_new (source);
  add_lines (spec, source_marks, hs_source_get_text (source) != NULL, marks);
  add_comments (job, source_marks, marks);

  return marks;
}

/* ---- The job ---- */

static guint32
get_flags (HsRunSpec *spec,
           gboolean   has_stdin)
{
  guint32 flags = has_stdin ? HS_JOB_STDIN : 0;

  if (_hs_run_spec_get_pass (spec) == HS_PASS_COUNTING)
    flags |= HS_JOB_LEDGER;
  if (_hs_run_spec_get_pass (spec) == HS_PASS_RESULT)
    flags |= HS_JOB_RESULT;
  if (_hs_run_spec_get_no_snapshot (spec))
    flags |= HS_JOB_NO_SNAPSHOT;
  if (hs_run_spec_get_trace (spec))
    flags |= HS_JOB_LEDGER | HS_JOB_LEDGER_LINES | HS_JOB_RECORD | HS_JOB_PAGES;
  if (hs_run_spec_get_all_objects (spec))
    flags |= HS_JOB_ALL_OBJECTS;

  return flags;
}

static guint32
get_allowed (const HsPermissions *permissions)
{
  return (permissions->network ? HS_ALLOW_NETWORK : 0) |
         (permissions->processes ? HS_ALLOW_PROCESSES : 0);
}

/* The job of hs-protocol.h in a sealed memfd. Returns: the descriptor, or -1
 * with an error
 */
static int
new_job (HsRunSpec  *spec,
         HsPython   *python,
         const char *scratch,
         guint32     protect,
         gboolean    has_stdin,
         GError    **error)
{
  const HsPermissions *permissions = hs_run_spec_get_permissions (spec);
  g_autoptr(GByteArray) job = g_byte_array_new ();
  const char *const *args = _hs_run_spec_get_args (spec);
  GBytes            *source = hs_run_spec_get_source (spec);
  g_autofree char   *folder = _hs_run_spec_dup_folder (spec);
  g_autofree char   *file_name = _hs_run_spec_dup_file_name (spec);
  g_autoptr(GArray) marks = NULL;
  HsJob head = {
    .magic = HS_PROTOCOL_MAGIC,
    .version = HS_PROTOCOL_VERSION,
    .flags = get_flags (spec, has_stdin),
    .n_args = g_strv_length ((char **)args),
    .timeout_ms = hs_run_spec_get_timeout (spec),
    .memory_limit_bytes = hs_run_spec_get_memory_limit (spec),
    .output_limit_bytes = hs_run_spec_get_output_limit (spec),
    .result_limit_bytes = RESULT_LIMIT,
    .protect = protect,
    .allow = get_allowed (permissions),
    .n_folders = permissions->folders->len,
    .scratch_limit_bytes = HS_SCRATCH_LIMIT,
  };

  g_byte_array_append (job, (const guint8 *)&head, sizeof head);

  head.file_name = append_text (job, file_name);
  head.executable = append_text (job, hs_python_get_executable (python));
  head.working_folder = append_text (job, folder != NULL ? folder : scratch);
  head.scratch_folder = append_text (job, scratch);
  for (guint i = 0; i < head.n_args; i++)
    {
      guint32 offset = append_text (job, args[i]);

      if (i == 0)
        head.first_arg = offset;
    }

  for (guint i = 0; i < head.n_folders; i++)
    {
      guint32 offset = append_text (job, permissions->folders->pdata[i]);

      if (i == 0)
        head.first_folder = offset;
    }

  marks = make_marks (spec, job);
  if (marks->len != 0)
    {
      static const guint8 padding[8] = { 0 };

      g_byte_array_append (job, padding, (8 - job->len % 8) % 8);
      head.marks = job->len;
      head.n_marks = marks->len;
      head.flags |= HS_JOB_RECORD;
      g_byte_array_append (job, (const guint8 *)(gpointer)marks->data,
                           marks->len * (guint)sizeof (HsJobMark));
    }

  head.source = job->len;
  head.source_size = g_bytes_get_size (source);
  g_byte_array_append (job, g_bytes_get_data (source, NULL), (guint)head.source_size);

  memcpy (job->data, &head, sizeof head);

  return new_sealed_memfd ("heapscape-job", job->data, job->len, error);
}

/* The descriptor that becomes the code's standard input; -1 for none, or with
 * an error.
 */
static int
open_stdin (HsRunSpec *spec,
            HsFeeder  *feeder,
            GError   **error)
{
  GBytes *bytes = _hs_run_spec_get_stdin (spec);

  if (_hs_run_spec_get_stdin_interactive (spec))
    return _hs_feeder_open (feeder, error);
  if (bytes == NULL || g_bytes_get_size (bytes) == 0)
    return -1;

  return new_sealed_memfd ("heapscape-stdin", g_bytes_get_data (bytes, NULL),
                           g_bytes_get_size (bytes), error);
}

gboolean
_hs_job_send (int         socket,
              HsRunSpec  *spec,
              HsPython   *python,
              const char *scratch,
              guint32     protect,
              HsFeeder   *feeder,
              GError    **error)
{
  g_autoptr(GError) local_error = NULL;
  int      fds[2] = { -1, -1 };
  gboolean ok = FALSE;

  fds[1] = open_stdin (spec, feeder, &local_error);
  if (local_error == NULL)
    fds[0] = new_job (spec, python, scratch, protect, fds[1] != -1, &local_error);
  if (local_error == NULL)
    ok = _hs_packet_send (socket, HS_MESSAGE_START, fds, fds[1] != -1 ? 2 : 1, &local_error);

  for (guint i = 0; i < G_N_ELEMENTS (fds); i++)
    if (fds[i] != -1)
      close (fds[i]);

  if (!ok && g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_BROKEN_PIPE))
    return TRUE;
  if (!ok)
    g_propagate_error (error, g_steal_pointer (&local_error));

  return ok;
}
