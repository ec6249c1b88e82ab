/* hs-cli-diff.c - heapscape-cli diff
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "hs-cli.h"
#include "hs-diff.h"
#include "hs-json-out.h"
#include "hs-run-file.h"

/* Returns: (transfer full) (nullable): NULL after a complaint */
static HsHeap *
open_heap (const char *path)
{
  g_autoptr(GFile) file = g_file_new_for_commandline_arg (path);
  g_autoptr(GError) error = NULL;
  g_autoptr(HsRun) run = hs_run_load_sync (file, NULL, &error);
  const char *reason;
  HsHeap     *heap;

  if (run == NULL)
    {
      hs_cli_complain ("%s", error->message);
      return NULL;
    }

  heap = hs_run_get_heap (run, &reason);
  if (heap == NULL)
    {
      /* translators: %1$s is a file, %2$s a reason */
      hs_cli_complain (_("“%1$s” has no objects at its end: %2$s"), path, reason);
      return NULL;
    }

  return hs_heap_ref (heap);
}

/* Sums stop at G_MAXINT64; other numbers are rarely that large. */
static void
put_number (HsJsonOut  *out,
            const char *member,
            guint64     number)
{
  if (number == HS_BYTES_UNKNOWN)
    hs_json_out_put_null (out, member);
  else
    hs_json_out_put_int (out, member, (gint64)MIN (number, (guint64)G_MAXINT64));
}

static void
put_sum (HsJsonOut       *out,
         const HsDiffSum *sum,
         gboolean         is_matched)
{
  put_number (out, "objects_before", sum->n_before);
  put_number (out, "objects_after", sum->n_after);
  put_number (out, "bytes_before", sum->bytes_before);
  put_number (out, "bytes_after", sum->bytes_after);
  for (guint i = 0; i < HS_DIFF_N_STATES && is_matched; i++)
    {
      hs_json_out_begin_object (out, hs_diff_state_to_string ((HsDiffState)i));
      put_number (out, "objects", sum->n[i]);
      put_number (out, "bytes", sum->bytes[i]);
      hs_json_out_end_object (out);
    }
}

static void
put_types (HsJsonOut *out,
           HsDiff    *diff)
{
  hs_json_out_begin_array (out, "types");
  for (guint i = 0; i < hs_diff_get_n_types (diff); i++)
    {
      const HsDiffType *type = hs_diff_get_type (diff, i);

      hs_json_out_begin_object (out, NULL);
      hs_json_out_put_text (out, "type", type->name);
      hs_json_out_put_boolean (out, "bytes_are_least", type->is_least);
      put_sum (out, &type->sum, hs_diff_is_matched (diff));
      hs_json_out_end_object (out);
    }
  hs_json_out_end_array (out);
}

static void
put_lines (HsJsonOut *out,
           HsDiff    *diff)
{
  hs_json_out_begin_array (out, "lines");
  for (guint i = 0; i < hs_diff_get_n_lines (diff); i++)
    {
      const HsDiffLine *line = hs_diff_get_line (diff, i);

      hs_json_out_begin_object (out, NULL);
      hs_json_out_put_text (out, "file", line->file);
      put_number (out, "line", line->line);
      put_sum (out, &line->sum, hs_diff_is_matched (diff));
      hs_json_out_end_object (out);
    }
  hs_json_out_end_array (out);
}

static void
put_names (HsJsonOut *out,
           HsDiff    *diff)
{
  hs_json_out_put_boolean (out, "names_are_deep", hs_diff_has_deep_names (diff));
  hs_json_out_begin_array (out, "names");
  for (guint i = 0; i < hs_diff_get_n_names (diff); i++)
    {
      const HsDiffName *name = hs_diff_get_name (diff, i);

      hs_json_out_begin_object (out, NULL);
      hs_json_out_put_text (out, "scope", name->scope);
      hs_json_out_put_text (out, "name", name->name);
      hs_json_out_put_text (out, "type", name->type);
      hs_json_out_put_text (out, "state", hs_diff_state_to_string (name->state));
      hs_json_out_put_boolean (out, "is_other_object", name->is_other);
      put_number (out, "bytes_before", name->bytes_before);
      put_number (out, "bytes_after", name->bytes_after);
      hs_json_out_end_object (out);
    }
  hs_json_out_end_array (out);
}

static gboolean
write_json (HsDiff     *diff,
            const char *path,
            GError    **error)
{
  g_autoptr(GOutputStream) stream = hs_cli_open (path, error);
  HsJsonOut *out;
  gboolean   ok;

  if (stream == NULL)
    return FALSE;

  out = hs_json_out_new (stream);
  hs_json_out_put_boolean (out, "objects_are_matched", hs_diff_is_matched (diff));
  hs_json_out_begin_object (out, "together");
  put_sum (out, hs_diff_get_sum (diff), hs_diff_is_matched (diff));
  hs_json_out_end_object (out);
  put_types (out, diff);
  put_lines (out, diff);
  put_names (out, diff);
  ok = hs_json_out_finish (out, error);

  return hs_cli_close (stream, ok, ok ? error : NULL);
}

HsCliExit
hs_cli_diff (int    argc,
             char **argv)
{
  g_autofree char *json = NULL;
  gboolean         is_one_process = FALSE;
  /* clang-format off */
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_FILENAME, &json,
      N_("Write the differences as JSON to FILE, or to standard output with -"), N_("FILE|-") },
    { "one-process", 0, 0, G_OPTION_ARG_NONE, &is_one_process,
      N_("Both are moments of one run: match single objects by their addresses"), NULL },
    { NULL }
  };
  /* clang-format on */
  g_autoptr(HsHeap) before = NULL;
  g_autoptr(HsHeap) after = NULL;
  g_autoptr(HsDiff) diff = NULL;
  g_autoptr(GError) error = NULL;
  const char *summary = _("Compares two snapshots that “heapscape-cli run --snapshot” wrote.");
  const char *description = _("Snapshots of different runs have no addresses in common: of them "
                              "types, names and sums are compared.");

  if (!hs_cli_parse (&argc, &argv, entries, _("BEFORE AFTER"), summary, description))
    return HS_CLI_USAGE;
  if (argc != 3)
    return hs_cli_complain_usage (argv[0], "%s", _("Which two snapshots?"));

  before = open_heap (argv[1]);
  after = before != NULL ? open_heap (argv[2]) : NULL;
  if (after == NULL)
    return HS_CLI_USAGE;

  diff = hs_diff_new_of (before, after, is_one_process, NULL, &error);
  if (diff == NULL || (json != NULL && !write_json (diff, json, &error)))
    {
      hs_cli_complain ("%s", error->message);
      return HS_CLI_NOT_OK;
    }
  if (g_strcmp0 (json, "-") != 0)
    {
      g_autofree char *text = hs_diff_to_text (diff);

      g_print ("%s", text);
    }

  return HS_CLI_OK;
}
