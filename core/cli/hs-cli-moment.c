/* hs-cli-moment.c - moments of a run as the command line names them
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-cli-moment.h"

#include <glib/gi18n-lib.h>

/* Moments that an error message lists before it stops. */
#define MOMENTS_MAX 20

static gboolean
is_named (HsHistory  *history,
          guint       moment,
          const char *text)
{
  guint32          label = hs_history_get_record (history)->moments[moment].name;
  g_autofree char *name = hs_history_dup_moment_name (history, moment);
  g_autofree char *comment = label != 0 ? hs_history_dup_text (history, label) : NULL;

  return g_strcmp0 (name, text) == 0 || g_strcmp0 (comment, text) == 0;
}

static guint
find_moment (HsHistory  *history,
             const char *text)
{
  guint   n = hs_history_get_n_moments (history);
  guint64 number;

  for (guint i = 0; i < n; i++)
    if (is_named (history, i, text))
      return i;
  if (g_ascii_strcasecmp (text, "end") == 0)
    return hs_history_get_last (history);

  return n > 0 && g_ascii_string_to_unsigned (text, 10, 0, n - 1, &number, NULL) ? (guint)number
                                                                                 : HS_NO_MOMENT;
}

/* "1 loop, 2 End" */
static char *
dup_moments (HsHistory *history)
{
  GString *text = g_string_new (NULL);
  guint    n = 0;

  for (guint i = 0; i < hs_history_get_n_moments (history); i++)
    {
      g_autofree char *name = hs_history_dup_moment_name (history, i);

      if (!hs_history_has_heap (history, i))
        continue;
      if (n++ < MOMENTS_MAX)
        g_string_append_printf (text, "%s%u “%s”", n > 1 ? _(", ") : "", i, name);
    }
  if (n > MOMENTS_MAX)
    g_string_append_printf (
      text,
      /* translators: behind a list of names; %u is a number of names */
      g_dngettext (GETTEXT_PACKAGE, " and %u more", " and %u more", n - MOMENTS_MAX),
      n - MOMENTS_MAX);

  return g_string_free (text, FALSE);
}

HsHeap *
hs_cli_open_moment (HsRun      *run,
                    const char *text,
                    GError    **error)
{
  HsHistory       *history = hs_run_get_history (run);
  const char      *reason;
  HsHeap          *heap = hs_run_get_heap (run, &reason);
  guint            moment;
  g_autofree char *moments = NULL;

  if (text == NULL)
    {
      if (heap != NULL)
        return hs_heap_ref (heap);
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s", reason);
      return NULL;
    }
  if (history == NULL)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   /* translators: %s is what the user typed */
                   _("There is no moment “%s”: only a run with the ledger has any"), text);
      return NULL;
    }

  moment = find_moment (history, text);
  if (moment != HS_NO_MOMENT && hs_history_has_heap (history, moment))
    return hs_history_open_heap (history, moment, error);

  moments = dup_moments (history);
  if (moment != HS_NO_MOMENT)
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                 /* translators: %1$s is what the user typed, %2$s a list of moments */
                 _("Moment “%1$s” has no snapshot; there are %2$s"), text, moments);
  else
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                 /* translators: %1$s is what the user typed, %2$s a list of moments */
                 _("There is no moment “%1$s”; there are %2$s"), text, moments);

  return NULL;
}
