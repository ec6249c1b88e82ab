/* hs-result-check.c - whether two results are the same
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-result-check-private.h"

#include <glib/gi18n-lib.h>

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
  g_assert_not_reached ();
}

HsSameness
_hs_result_check_read (HsRun *run,
                       char **difference)
{
  return HS_SAMENESS_UNKNOWN;
}
