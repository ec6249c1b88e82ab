/* hs-result-check.c - whether two results are the same
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-result-check-private.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "hs-format.h"
#include "hs-run-spec-private.h"

#define PROGRAM "/io/github/heapscape/Heapscape/compare/compare-results.py"

#define TIMEOUT_S    20
#define MEMORY_LIMIT (2 * HS_DEFAULT_MEMORY_LIMIT)

/* Characters of what is shown of a value. */
#define TEXT_MAX_CHARS 200

static char *
dup_not_kept (HsRun *run)
{
  switch (hs_run_get_kept (run))
    {
    case HS_KEPT_TOO_LARGE:
      /* translators: of the value of the name “result” */
      return g_strdup (_("the result is too large to be compared; keep something smaller in "
                         "“result”, such as a sum"));

    case HS_KEPT_FAILED:
      /* translators: %s is an exception of Python */
      return g_strdup_printf (_("the result cannot be compared, since it cannot be pickled: %s"),
                                 hs_run_get_kept_problem (run) != NULL
                                   ? hs_run_get_kept_problem (run)
                                   : "?");

    case HS_KEPT_NOT_ASKED:
    case HS_KEPT_NOT_SET:
    case HS_KEPT_PICKLE:
    case HS_N_KEPTS:
    default:
      return g_strdup (_("the result was not handed over"));
    }
}

gboolean
_hs_result_check_is_needed (HsRun      *baseline,
                            HsRun      *other,
                            HsSameness *sameness,
                            char      **difference)
{
  GBytes *first = hs_run_get_kept_pickle (baseline);
  GBytes *second = hs_run_get_kept_pickle (other);

  *sameness = HS_SAMENESS_UNKNOWN;
  if (first == NULL || second == NULL)
    {
      *difference = dup_not_kept (first == NULL ? baseline : other);
      return FALSE;
    }
  if (g_bytes_equal (first, second))
    {
      *sameness = HS_SAMENESS_SAME;
      return FALSE;
    }

  return TRUE;
}

HsRunSpec *
_hs_result_check_new_spec (HsRun *baseline,
                           HsRun *other)
{
  g_autoptr(GBytes) program = NULL;
  g_autoptr(GBytes) input = NULL;
  g_autoptr(HsPermissions) permissions = hs_permissions_new ();
  GBytes     *pickles[] = { hs_run_get_kept_pickle (baseline), hs_run_get_kept_pickle (other) };
  GByteArray *bytes = g_byte_array_new ();
  HsRunSpec  *spec;
  char       *head;

  program = g_resources_lookup_data (PROGRAM, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_assert (program != NULL);

  head = g_strdup_printf ("%" G_GSIZE_FORMAT " %" G_GSIZE_FORMAT "\n",
                          g_bytes_get_size (pickles[0]), g_bytes_get_size (pickles[1]));
  g_byte_array_append (bytes, (const guint8 *)head, (guint)strlen (head));
  g_free (head);
  /* Each is at most HS_KEPT_BYTES_MAX. */
  for (gsize i = 0; i < G_N_ELEMENTS (pickles); i++)
    g_byte_array_append (bytes, g_bytes_get_data (pickles[i], NULL),
                         (guint)g_bytes_get_size (pickles[i]));
  input = g_byte_array_free_to_bytes (bytes);

  spec = hs_run_spec_new (program, NULL, "compare-results.py");
  hs_run_spec_set_python (spec, hs_run_get_python (other));
  hs_run_spec_set_stdin (spec, input);
  hs_run_spec_set_trace (spec, FALSE);
  hs_run_spec_set_timeout (spec, TIMEOUT_S * 1000);
  hs_run_spec_set_memory_limit (spec, MEMORY_LIMIT);
  _hs_run_spec_set_no_snapshot (spec);
  /* Only reads what was kept; but whoever lets the variants run without protection lets this. */
  permissions->unprotected =
    hs_run_spec_get_permissions (hs_run_get_spec (other))->unprotected;
  hs_run_spec_set_permissions (spec, permissions);

  return spec;
}

/* ---- The answer ---- */

/* What user code has had a hand in is cut here as well. Returns: (transfer full): "?" if there is
 * no such text
 */
static char *
dup_text (JsonObject *answer,
          const char *name)
{
  JsonNode        *node = json_object_get_member (answer, name);
  const char      *text = NULL;
  g_autofree char *cut = NULL;

  if (node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
      json_node_get_value_type (node) == G_TYPE_STRING)
    text = json_node_get_string (node);
  if (text == NULL || !g_utf8_validate (text, -1, NULL))
    return g_strdup ("?");
  if (g_utf8_strlen (text, -1) <= TEXT_MAX_CHARS)
    return g_strdup (text);
  cut = g_utf8_substring (text, 0, TEXT_MAX_CHARS);

  return g_strconcat (cut, "…", NULL);
}

static guint64
get_number (JsonObject *answer,
            const char *name)
{
  JsonNode *node = json_object_get_member (answer, name);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) ||
      json_node_get_value_type (node) != G_TYPE_INT64)
    return 0;

  return (guint64)MAX (json_node_get_int (node), 0);
}

/* Returns: (transfer full) */
static char *
describe (JsonObject *answer)
{
  g_autofree char *kind = dup_text (answer, "kind");
  g_autofree char *where = dup_text (answer, "where");
  g_autofree char *first = dup_text (answer, "first");
  g_autofree char *second = dup_text (answer, "second");
  g_autofree char *first_type = dup_text (answer, "first_type");
  g_autofree char *second_type = dup_text (answer, "second_type");

  if (strcmp (kind, "length") == 0)
    {
      g_autofree char *first_length = hs_format_count (get_number (answer, "first_length"));
      g_autofree char *second_length = hs_format_count (get_number (answer, "second_length"));

      /* translators: %1$s is a part of a result, such as result[3]; then numbers of items */
      return g_strdup_printf (_("the length of %1$s is %2$s, not %3$s"), where, second_length,
                                 first_length);
    }
  if (strcmp (kind, "missing") == 0)
    /* translators: %1$s is a part of a result, such as result[3]; %2$s a key or an item */
    return g_strdup_printf (_("%1$s has no %2$s (%3$s)"), where, first, first_type);
  if (strcmp (kind, "extra") == 0)
    /* translators: %1$s is a part of a result, such as result[3]; %2$s a key or an item */
    return g_strdup_printf (_("%1$s has %2$s (%3$s), which that of the first variant has not"),
                               where, second, second_type);

  /* translators: %1$s is a part of a result, such as result[3]; then two values with their types:
   * “result is 4950 (int), not 4951 (int)”
   */
  return g_strdup_printf (_("%1$s is %2$s (%3$s), not %4$s (%5$s)"), where, second, second_type,
                             first, first_type);
}

static HsSameness
read_answer (JsonObject *answer,
             char      **difference)
{
  g_autofree char *problem = NULL;
  JsonNode        *same = json_object_get_member (answer, "same");

  if (same != NULL && JSON_NODE_HOLDS_VALUE (same) &&
      json_node_get_value_type (same) == G_TYPE_BOOLEAN)
    {
      if (json_node_get_boolean (same))
        return HS_SAMENESS_SAME;
      *difference = describe (answer);
      return HS_SAMENESS_DIFFERENT;
    }

  problem = dup_text (answer, "problem");
  /* translators: %s is an exception of Python */
  *difference = g_strdup_printf (_("the results cannot be compared: %s"), problem);

  return HS_SAMENESS_UNKNOWN;
}

HsSameness
_hs_result_check_read (HsRun *run,
                       char **difference)
{
  g_autoptr(JsonParser) parser = json_parser_new ();
  g_autofree char *message = NULL;
  JsonNode        *root;

  if (hs_run_get_status (run) == HS_STATUS_TIMEOUT)
    {
      *difference = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                                  "comparing the results took longer than %d "
                                                  "second; keep something smaller in “result”",
                                                  "comparing the results took longer than %d "
                                                  "seconds; keep something smaller in “result”",
                                                  TIMEOUT_S),
                                     TIMEOUT_S);
      return HS_SAMENESS_UNKNOWN;
    }

  if (hs_run_is_ok (run) &&
      json_parser_load_from_data (parser, hs_run_get_output (run, HS_STREAM_STDOUT), -1, NULL))
    {
      root = json_parser_get_root (parser);
      if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
        return read_answer (json_node_get_object (root), difference);
    }

  message = hs_run_dup_message (run);
  /* translators: %s is a sentence that says how a process ended */
  *difference = g_strdup_printf (_("the results cannot be compared: %s"), message);

  return HS_SAMENESS_UNKNOWN;
}
