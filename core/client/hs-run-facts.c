/* hs-run-facts.c - what is to be said of a run, in a file
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-run-file-private.h"

#include "hs-python-private.h"
#include "hs-run-private.h"
#include "hs-run-spec-private.h"

/* Texts of the run, with their names in the file; those that are NULL are not there. */
static const struct
{
  const char *name;
  gsize       place;
} texts[] = {
  { "exception-type", G_STRUCT_OFFSET (HsRun, exception_type) },
  { "exception-message", G_STRUCT_OFFSET (HsRun, exception_message) },
  { "traceback", G_STRUCT_OFFSET (HsRun, traceback) },
  { "stdout", G_STRUCT_OFFSET (HsRun, output[0]) },
  { "stderr", G_STRUCT_OFFSET (HsRun, output[1]) },
  { "refused-file", G_STRUCT_OFFSET (HsRun, refused_file) },
};

static const struct
{
  const char *name;
  gsize       place;
} numbers[] = {
  { "output-truncated", G_STRUCT_OFFSET (HsRun, output_truncated) },
  { "wall-ns", G_STRUCT_OFFSET (HsRun, wall_ns) },
  { "cpu-ns", G_STRUCT_OFFSET (HsRun, cpu_ns) },
  { "rss-peak", G_STRUCT_OFFSET (HsRun, rss_peak) },
  { "rss-base", G_STRUCT_OFFSET (HsRun, rss_base) },
};

/* ---- Writing ---- */

static void
put_spec (GVariantDict *facts,
          HsRunSpec    *spec)
{
  const HsPermissions *permissions = hs_run_spec_get_permissions (spec);

  g_variant_dict_insert (facts, "name", "s", hs_run_spec_get_display_name (spec));
  g_variant_dict_insert (facts, "timeout-ms", "t", hs_run_spec_get_timeout (spec));
  g_variant_dict_insert (facts, "memory-limit", "t", hs_run_spec_get_memory_limit (spec));
  g_variant_dict_insert (facts, "output-limit", "t", hs_run_spec_get_output_limit (spec));
  g_variant_dict_insert (facts, "trace", "b", hs_run_spec_get_trace (spec));
  g_variant_dict_insert (facts, "all-objects", "b", hs_run_spec_get_all_objects (spec));
  g_variant_dict_insert (facts, "network", "b", permissions->network);
  g_variant_dict_insert (facts, "processes", "b", permissions->processes);
  g_variant_dict_insert (facts, "unprotected", "b", permissions->unprotected);
  g_variant_dict_insert (facts, "folders", "@aay",
                         g_variant_new_bytestring_array ((const char *const *)
                                                           permissions->folders->pdata,
                                                         permissions->folders->len));
}

GBytes *
_hs_run_facts_write (HsRun *run)
{
  g_auto(GVariantDict) facts = G_VARIANT_DICT_INIT (NULL);
  g_autofree char *date = g_date_time_format_iso8601 (run->date);
  g_autofree char *code_name = hs_run_dup_code_name (run);
  const char      *note = _hs_python_get_note (run->python);
  g_autoptr(GVariant) variant = NULL;

  put_spec (&facts, run->spec);
  g_variant_dict_insert (&facts, "python", "s", hs_python_get_version (run->python));
  if (note != NULL)
    g_variant_dict_insert (&facts, "python-note", "s", note);
  g_variant_dict_insert (&facts, "code-name", "s", code_name);
  g_variant_dict_insert (&facts, "date", "s", date);

  g_variant_dict_insert (&facts, "status", "s", hs_status_to_string (run->status));
  g_variant_dict_insert (&facts, "exit-code", "i", run->exit_code);
  g_variant_dict_insert (&facts, "signal", "i", run->signal);
  g_variant_dict_insert (&facts, "flags", "u", run->flags);
  g_variant_dict_insert (&facts, "line", "u", run->line);
  g_variant_dict_insert (&facts, "column", "u", run->column);
  g_variant_dict_insert (&facts, "refused", "u", (guint)run->refused);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    g_variant_dict_insert (&facts, numbers[i].name, "t",
                           G_STRUCT_MEMBER (guint64, run, numbers[i].place));
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (G_STRUCT_MEMBER (char *, run, texts[i].place) != NULL)
      g_variant_dict_insert (&facts, texts[i].name, "s",
                             G_STRUCT_MEMBER (char *, run, texts[i].place));

  variant = g_variant_ref_sink (g_variant_dict_end (&facts));

  return g_variant_get_data_as_bytes (variant);
}

/* ---- Reading ---- */

/* Returns: (transfer none) (nullable): into @facts */
static const char *
get_text (GVariant   *facts,
          const char *name)
{
  const char *text = NULL;

  return g_variant_lookup (facts, name, "&s", &text) ? text : NULL;
}

static HsRunSpec *
take_spec (GVariant *facts,
           GBytes   *source)
{
  const char *name = get_text (facts, "name");
  g_autoptr(HsPermissions) permissions = hs_permissions_new ();
  g_auto(GStrv) folders = NULL;
  HsRunSpec *spec;
  guint64    timeout_ms, memory_limit, output_limit;
  gboolean   trace, all_objects;

  if (name == NULL || !g_variant_lookup (facts, "timeout-ms", "t", &timeout_ms) ||
      !g_variant_lookup (facts, "memory-limit", "t", &memory_limit) ||
      !g_variant_lookup (facts, "output-limit", "t", &output_limit) ||
      !g_variant_lookup (facts, "trace", "b", &trace) ||
      !g_variant_lookup (facts, "all-objects", "b", &all_objects) ||
      !g_variant_lookup (facts, "network", "b", &permissions->network) ||
      !g_variant_lookup (facts, "processes", "b", &permissions->processes) ||
      !g_variant_lookup (facts, "unprotected", "b", &permissions->unprotected) ||
      !g_variant_lookup (facts, "folders", "^aay", &folders))
    return NULL;

  for (guint i = 0; folders[i] != NULL; i++)
    if (g_path_is_absolute (folders[i]))
      hs_permissions_add_folder (permissions, folders[i]);

  spec = hs_run_spec_new (source, NULL, name);
  hs_run_spec_set_timeout (spec, timeout_ms);
  hs_run_spec_set_memory_limit (spec, memory_limit);
  hs_run_spec_set_output_limit (spec, output_limit);
  hs_run_spec_set_trace (spec, trace);
  hs_run_spec_set_all_objects (spec, all_objects);
  hs_run_spec_set_permissions (spec, permissions);

  return spec;
}

/* Returns: whether they are all there and possible */
static gboolean
take_ending (HsRun    *run,
             GVariant *facts)
{
  const char *status = get_text (facts, "status");
  guint       refused;

  run->status = HS_N_STATUSES;
  for (guint i = 0; status != NULL && i < HS_N_STATUSES; i++)
    if (g_str_equal (status, hs_status_to_string ((HsStatus)i)))
      run->status = (HsStatus)i;

  if (run->status == HS_N_STATUSES ||
      !g_variant_lookup (facts, "exit-code", "i", &run->exit_code) ||
      !g_variant_lookup (facts, "signal", "i", &run->signal) ||
      !g_variant_lookup (facts, "flags", "u", &run->flags) ||
      !g_variant_lookup (facts, "line", "u", &run->line) ||
      !g_variant_lookup (facts, "column", "u", &run->column) ||
      !g_variant_lookup (facts, "refused", "u", &refused) || refused >= HS_N_REFUSED)
    return FALSE;
  run->refused = (HsRefused)refused;

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    if (!g_variant_lookup (facts, numbers[i].name, "t",
                           &G_STRUCT_MEMBER (guint64, run, numbers[i].place)))
      return FALSE;

  return run->status != HS_STATUS_EXCEPTION || get_text (facts, "exception-type") != NULL;
}

static void
take_texts (HsRun    *run,
            GVariant *facts)
{
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      const char *text = get_text (facts, texts[i].name);
      char      **place = &G_STRUCT_MEMBER (char *, run, texts[i].place);

      if (text == NULL)
        continue;
      g_free (*place);
      *place = g_strdup (text);
    }
}

HsRun *
_hs_run_facts_read (GBytes *bytes,
                    GBytes *source)
{
  g_autoptr(GVariant) facts = g_variant_new_from_bytes (G_VARIANT_TYPE_VARDICT, bytes, FALSE);
  g_autoptr(HsRunSpec) spec = NULL;
  g_autoptr(HsPython) python = NULL;
  g_autoptr(GDateTime) date = NULL;
  g_autoptr(HsRun) run = NULL;
  const char *version, *code_name, *date_text;

  g_variant_ref_sink (facts);
  if (!g_variant_is_normal_form (facts))
    return NULL;

  version = get_text (facts, "python");
  code_name = get_text (facts, "code-name");
  date_text = get_text (facts, "date");
  date = date_text != NULL ? g_date_time_new_from_iso8601 (date_text, NULL) : NULL;
  spec = take_spec (facts, source);
  if (version == NULL || code_name == NULL || date == NULL || spec == NULL)
    return NULL;

  python = _hs_python_new_elsewhere (version, get_text (facts, "python-note"));
  hs_run_spec_set_python (spec, python);
  run = _hs_run_new (spec, python, date);
  run->code_name = g_strdup (code_name);
  if (!take_ending (run, facts))
    return NULL;
  take_texts (run, facts);

  return g_steal_pointer (&run);
}
