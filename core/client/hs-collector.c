/* hs-collector.c - turns the packets of a worker into a HsRun
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-collector-private.h"

#include <glib/gi18n-lib.h>

#include "hs-run-private.h"
#include "hs-run-spec-private.h"

struct _HsCollector
{
  HsRun      *run;       /* NULL once finished */
  GByteArray *output[2]; /* kept of stdout and stderr */
  HsProgress  progress;
  gboolean    has_done;
};

HsCollector *
_hs_collector_new (HsRunSpec *spec,
                   HsPython  *python)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  HsCollector *self = g_new0 (HsCollector, 1);

  self->run = _hs_run_new (spec, python, now);
  for (guint i = 0; i < G_N_ELEMENTS (self->output); i++)
    self->output[i] = g_byte_array_new ();

  return self;
}

void
_hs_collector_free (HsCollector *self)
{
  g_clear_pointer (&self->run, hs_run_unref);
  for (guint i = 0; i < G_N_ELEMENTS (self->output); i++)
    g_byte_array_unref (self->output[i]);
  g_free (self);
}

const HsProgress *
_hs_collector_get_progress (HsCollector *self)
{
  return &self->progress;
}

gboolean
_hs_collector_has_done (HsCollector *self)
{
  return self->has_done;
}

static gboolean
take_output (HsCollector    *self,
             const HsPacket *packet,
             HsStream       *stream,
             GBytes        **bytes)
{
  guint64       limit = MIN (hs_run_spec_get_output_limit (self->run->spec), G_MAXUINT / 2);
  const guint8 *data;
  HsOutput      output;
  GByteArray   *kept;
  guint         n;

  if (!_hs_packet_parse_output (packet, &output, &data))
    return FALSE;

  /* A worker cuts by itself; one that does not is cut here. */
  kept = self->output[output.stream - HS_STREAM_STDOUT];
  n = (guint)MIN (output.size, limit - MIN (limit, kept->len));
  if (n > 0)
    {
      g_byte_array_append (kept, data, n);
      *stream = output.stream;
      *bytes = g_bytes_new (data, n);
    }

  return TRUE;
}

/* Bytes of a stream that the code produced and that are not here. */
static guint64
count_cut (guint64           produced,
           const GByteArray *kept)
{
  return produced > kept->len ? produced - kept->len : 0;
}

/* The place is checked here, what lies there by whoever reads it. */
static void
take_pickle (HsRun        *run,
             const HsDone *done)
{
  gsize total = run->result.bytes != NULL ? g_bytes_get_size (run->result.bytes) : 0;

  run->kept = done->kept;
  if (done->kept != HS_KEPT_PICKLE)
    return;
  if (done->pickle_size != 0 && done->pickle_size <= HS_KEPT_BYTES_MAX &&
      done->pickle_offset <= total && done->pickle_size <= total - done->pickle_offset)
    run->kept_pickle = g_bytes_new_from_bytes (run->result.bytes, done->pickle_offset,
                                               done->pickle_size);
  else
    run->kept = HS_KEPT_FAILED;
}

static gboolean
take_done (HsCollector    *self,
           const HsPacket *packet)
{
  HsRun *run = self->run;
  g_autoptr(GError) error = NULL;
  HsDoneTexts texts;
  HsDone      done;

  if (!_hs_packet_parse_done (packet, &done, &texts))
    return FALSE;

  run->exception_type = texts.type;
  run->exception_message = texts.message;
  run->traceback = texts.traceback;
  run->kept_type = texts.kept_type;
  run->kept_preview = texts.kept_preview;
  run->kept_problem = texts.kept_problem;
  run->refused = done.refused;
  run->refused_file = texts.refused_file;

  run->status = done.status;
  run->exit_code = done.exit_code;
  run->signal = done.signal;
  run->flags = done.flags;
  run->line = done.line;
  run->column = done.column;
  run->wall_ns = done.wall_ns;
  run->cpu_ns = done.cpu_ns;
  run->rss_peak = done.rss_peak_bytes;
  run->rss_base = done.rss_base_bytes;
  run->output_truncated = count_cut (done.stdout_bytes, self->output[0]) +
                          count_cut (done.stderr_bytes, self->output[1]);

  if (done.result_size > 0 && packet->fd == -1)
    run->heap_problem = g_strdup (_("What was measured cannot be shown: the worker did not hand "
                                    "it over"));
  else if (done.result_size > 0)
    {
      run->result.bytes = _hs_result_map (packet->fd, 0, done.result_size, &error);
      run->result.record_offset = done.record_offset;
      run->result.record_size = done.record_size;
      run->result.snapshot_offset = done.snapshot_offset;
      run->result.snapshot_size = done.snapshot_size;
      if (run->result.bytes == NULL)
        /* translators: %s is a reason */
        run->heap_problem = g_strdup_printf (_("What was measured cannot be shown: %s"),
                                                error->message);
    }

  take_pickle (run, &done);
  self->has_done = TRUE;

  return TRUE;
}

gboolean
_hs_collector_take (HsCollector    *self,
                    const HsPacket *packet,
                    HsStream       *stream,
                    GBytes        **output)
{
  *output = NULL;

  switch (packet->kind)
    {
    case HS_MESSAGE_STARTED:
      return packet->size == sizeof (HsStarted);

    case HS_MESSAGE_OUTPUT:
      return take_output (self, packet, stream, output);

    case HS_MESSAGE_PROGRESS:
      return _hs_packet_parse_progress (packet, &self->progress);

    case HS_MESSAGE_DONE:
      return take_done (self, packet);

    case HS_MESSAGE_START:
    case HS_MESSAGE_STOP:
    default:
      return FALSE;
    }
}

/* What can be said of a run whose worker did not come to an end. */
static void
complete_without_done (HsCollector *self,
                       HsStatus     status,
                       const char  *failure)
{
  HsRun  *run = self->run;
  guint64 n_kept = (guint64)self->output[0]->len + self->output[1]->len;
  guint64 n_produced = self->progress.output_bytes;

  run->wall_ns = self->progress.elapsed_ns;
  run->rss_peak = self->progress.rss_peak_bytes;
  run->output_truncated = n_produced > n_kept ? n_produced - n_kept : 0;

  run->status = status;
  if (status == HS_STATUS_FAILED)
    run->exception_message = g_strdup (failure);
  else
    run->flags = HS_DONE_KILLED;
}

/* The process could not say itself where it was. */
static void
find_crash_line (HsRun *run)
{
  g_autofree char *file_name = _hs_run_spec_dup_file_name (run->spec);

  if (run->status == HS_STATUS_CRASHED && run->line == 0)
    run->line = _hs_crash_find_line (run->output[1], file_name);
}

HsRun *
_hs_collector_finish (HsCollector *self,
                      HsStatus     status,
                      const char  *failure)
{
  HsRun *run = self->run;

  g_assert (run != NULL);

  if (!self->has_done)
    complete_without_done (self, status, failure);

  for (guint i = 0; i < G_N_ELEMENTS (self->output); i++)
    {
      if (self->output[i]->len == 0)
        continue;

      g_free (run->output[i]);
      run->output[i] = g_utf8_make_valid ((const char *)self->output[i]->data,
                                          self->output[i]->len);
      g_byte_array_set_size (self->output[i], 0);
    }
  find_crash_line (run);

  return g_steal_pointer (&self->run);
}
