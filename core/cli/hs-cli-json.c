/* hs-cli-json.c - runs and interpreters as JSON
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-cli-json.h"

#include "hs-cli-json-heap.h"
#include "hs-cli-json-ledger.h"
#include "hs-cli-json-record.h"
#include "hs-cli-json-strings.h"
#include "hs-json-out.h"
#include "hs-protection.h"

static void
put_python (HsJsonOut *out,
            HsPython  *python)
{
  hs_json_out_begin_object (out, "python");
  hs_json_out_put_text (out, "version", hs_python_get_version (python));
  hs_json_out_put_text (out, "executable", hs_python_get_program (python));
  hs_json_out_end_object (out);
}

/* What the process leaves as Python itself would: null where it is killed or
 * never ran.
 */
static void
put_exit_code (HsJsonOut *out,
               HsRun     *run)
{
  switch (hs_run_get_status (run))
    {
    case HS_STATUS_OK:
    case HS_STATUS_OUTPUT_LIMIT:
      hs_json_out_put_int (out, "exit_code", 0);
      break;

    case HS_STATUS_EXIT:
      hs_json_out_put_int (out, "exit_code", hs_run_get_exit_code (run));
      break;

    /* sys.excepthook() has printed it: CPython's Python/pythonrun.c */
    case HS_STATUS_EXCEPTION:
    case HS_STATUS_SYNTAX_ERROR:
      hs_json_out_put_int (out, "exit_code", 1);
      break;

    case HS_STATUS_TIMEOUT:
    case HS_STATUS_MEMORY_LIMIT:
    case HS_STATUS_CRASHED:
    case HS_STATUS_CANCELLED:
    case HS_STATUS_FAILED:
    case HS_STATUS_DISK_LIMIT:
    case HS_N_STATUSES:
    default:
      hs_json_out_put_null (out, "exit_code");
      break;
    }
}

static void
put_signal (HsJsonOut *out,
            HsRun     *run)
{
  g_autofree char *name = NULL;

  if (hs_run_get_signal (run) != 0)
    name = hs_signal_dup_name (hs_run_get_signal (run));

  hs_json_out_put_text (out, "signal", name);
}

static void
put_exception (HsJsonOut *out,
               HsRun     *run)
{
  HsStatus status = hs_run_get_status (run);

  if (hs_run_get_exception_type (run) == NULL || status == HS_STATUS_EXIT ||
      status == HS_STATUS_FAILED)
    {
      hs_json_out_put_null (out, "exception");
      return;
    }

  hs_json_out_begin_object (out, "exception");
  hs_json_out_put_text (out, "type", hs_run_get_exception_type (run));
  hs_json_out_put_text (out, "message",
                        hs_run_get_exception_message (run) != NULL
                          ? hs_run_get_exception_message (run)
                          : "");
  if (hs_run_get_line (run) != 0)
    hs_json_out_put_int (out, "line", hs_run_get_line (run));
  else
    hs_json_out_put_null (out, "line");
  hs_json_out_put_text (out, "traceback", hs_run_get_traceback (run));
  hs_json_out_end_object (out);
}

/* What the exception was refused by the protections. */
static void
put_refused (HsJsonOut *out,
             HsRun     *run)
{
  static const char *const names[] = {
    [HS_REFUSED_WRITE] = "write",
    [HS_REFUSED_READ] = "read",
    [HS_REFUSED_NETWORK] = "network",
    [HS_REFUSED_PROCESS] = "process",
    [HS_REFUSED_CALL] = "call",
  };
  HsRefused refused = hs_run_get_refused (run);

  G_STATIC_ASSERT (G_N_ELEMENTS (names) == HS_N_REFUSED);
  if (refused == HS_REFUSED_NOTHING)
    {
      hs_json_out_put_null (out, "refused");
      return;
    }

  hs_json_out_begin_object (out, "refused");
  hs_json_out_put_text (out, "what", names[refused]);
  hs_json_out_put_text (out, "file", hs_run_get_refused_file (run));
  hs_json_out_end_object (out);
}

/* As --allow takes them, but for what is no UTF-8 in the name of a folder. */
static void
put_permissions (HsJsonOut *out,
                 HsRun     *run)
{
  g_auto(GStrv) texts = hs_permissions_to_strv (
    hs_run_spec_get_permissions (hs_run_get_spec (run)));

  hs_json_out_begin_array (out, "permissions");
  for (gsize i = 0; texts[i] != NULL; i++)
    {
      g_autofree char *text = g_utf8_make_valid (texts[i], -1);

      hs_json_out_put_text (out, NULL, text);
    }
  hs_json_out_end_array (out);
}

static void
put_time_of (HsJsonOut       *out,
             const char      *member,
             const HsCliTime *time)
{
  if (time->n == 0)
    return;

  hs_json_out_begin_object (out, member);
  hs_json_out_put_int (out, "median", (gint64)time->median);
  hs_json_out_put_int (out, "min", (gint64)time->min);
  hs_json_out_put_int (out, "max", (gint64)time->max);
  hs_json_out_put_int (out, "repeats", time->n);
  hs_json_out_end_object (out);
}

static void
put_time (HsJsonOut        *out,
          const HsCliTimes *times)
{
  if (times == NULL)
    {
      hs_json_out_put_null (out, "time");
      return;
    }

  hs_json_out_begin_object (out, "time");
  put_time_of (out, "wall_ns", &times->wall);
  put_time_of (out, "cpu_ns", &times->cpu);
  hs_json_out_end_object (out);
}

static char *
dup_file (HsRunSpec *spec)
{
  GFile *file = hs_run_spec_get_file (spec);

  return file != NULL ? g_file_get_parse_name (file)
                      : g_strdup (hs_run_spec_get_display_name (spec));
}

gboolean
hs_cli_json_write_run (HsRun            *run,
                       const HsCliTimes *times,
                       GOutputStream    *stream,
                       GError          **error)
{
  HsJsonOut       *out = hs_json_out_new (stream);
  g_autofree char *file = dup_file (hs_run_get_spec (run));
  g_autofree char *message = hs_run_dup_message (run);
  HsHeap          *heap = hs_run_get_heap (run, NULL);
  const char      *status = hs_status_to_string (hs_run_get_status (run));

  if (hs_run_is_bare (run))
    status = NULL; /* not known */
  hs_json_out_put_text (out, "format", "heapscape-run");
  hs_json_out_put_int (out, "version", 1);
  put_python (out, hs_run_get_python (run));
  hs_json_out_put_text (out, "file", file);
  hs_json_out_put_text (out, "status", status);
  hs_json_out_put_text (out, "message", message);
  put_exit_code (out, run);
  put_signal (out, run);
  put_exception (out, run);
  put_refused (out, run);
  put_permissions (out, run);
  hs_json_out_put_text (out, "stdout", hs_run_get_output (run, HS_STREAM_STDOUT));
  hs_json_out_put_text (out, "stderr", hs_run_get_output (run, HS_STREAM_STDERR));
  hs_json_out_put_int (out, "output_truncated_bytes", (gint64)hs_run_get_output_truncated (run));
  put_time (out, times);
  hs_cli_json_put_memory (out, run);
  hs_cli_json_put_record (out, run);

  if (heap != NULL)
    {
      hs_cli_json_put_heap (out, heap);
      hs_cli_json_put_strings (out, heap);
      hs_cli_json_put_lines (out, heap);
    }

  return hs_json_out_finish (out, error);
}

/* What keeps code from this machine. */
static void
put_protections (HsJsonOut *out)
{
  const HsProtection *protection = hs_protection_get ();
  g_autoptr(GPtrArray) lines = hs_protection_new_lines (protection);
  g_autofree char *warning = hs_protection_dup_warning (protection);

  hs_json_out_begin_array (out, "protections");
  for (guint i = 0; i < lines->len; i++)
    {
      const HsProtectionLine *line = lines->pdata[i];

      hs_json_out_begin_object (out, NULL);
      hs_json_out_put_text (out, "id", line->id);
      hs_json_out_put_text (out, "name", line->name);
      hs_json_out_put_boolean (out, "active", line->is_active);
      hs_json_out_put_text (out, "state", line->state);
      hs_json_out_end_object (out);
    }
  hs_json_out_end_array (out);

  hs_json_out_put_int (out, "landlock_abi", protection->landlock_abi);
  hs_json_out_put_text (out, "protection_warning", warning);
}

gboolean
hs_cli_json_write_pythons (GPtrArray         *pythons,
                           const char *const *problems,
                           GOutputStream     *stream,
                           GError           **error)
{
  HsJsonOut *out = hs_json_out_new (stream);

  hs_json_out_put_text (out, "format", "heapscape-pythons");
  hs_json_out_put_int (out, "version", 1);

  hs_json_out_begin_array (out, "pythons");
  for (guint i = 0; i < pythons->len; i++)
    {
      HsPython          *python = g_ptr_array_index (pythons, i);
      const char *const *ability = hs_python_get_abilities (python);

      hs_json_out_begin_object (out, NULL);
      hs_json_out_put_text (out, "minor", hs_python_get_minor (python));
      hs_json_out_put_text (out, "version", hs_python_get_version (python));
      hs_json_out_put_text (out, "executable", hs_python_get_program (python));
      hs_json_out_put_text (out, "library", hs_python_get_library (python));
      hs_json_out_put_text (out, "worker", hs_python_get_worker (python));
      hs_json_out_put_boolean (out, "default", i == 0);
      hs_json_out_begin_array (out, "abilities");
      for (; *ability != NULL; ability++)
        hs_json_out_put_text (out, NULL, *ability);
      hs_json_out_end_array (out);
      hs_json_out_end_object (out);
    }
  hs_json_out_end_array (out);

  hs_json_out_begin_array (out, "problems");
  for (gsize i = 0; problems[i] != NULL; i++)
    hs_json_out_put_text (out, NULL, problems[i]);
  hs_json_out_end_array (out);

  put_protections (out);

  return hs_json_out_finish (out, error);
}
