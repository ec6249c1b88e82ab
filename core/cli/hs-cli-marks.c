/* hs-cli-marks.c - where the command line and the code ask for snapshots
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-cli-marks.h"

#include <glib/gi18n-lib.h>

#include "hs-cli.h"
#include "hs-source-marks.h"

static void
warn (HsSourceMarks *marks)
{
  for (guint i = 0; i < hs_source_marks_get_n_problems (marks); i++)
    {
      guint       line;
      const char *problem = hs_source_marks_get_problem (marks, i, &line);

      /* translators: a line of the code, and a sentence that says what is wrong there */
      g_printerr (_("Line %u: %s\n"), line, problem);
    }
}

gboolean
hs_cli_apply_marks (HsRunSpec         *spec,
                    HsSource          *source,
                    const char *const *lines)
{
  g_autoptr(HsSourceMarks) marks = hs_source_marks_new (source);
  g_autoptr(GArray) numbers = g_array_new (FALSE, FALSE, sizeof (guint));

  for (gsize i = 0; lines != NULL && lines[i] != NULL; i++)
    {
      guint64 number;
      guint   line;
      guint   last;

      if (!g_ascii_string_to_unsigned (lines[i], 10, 1, G_MAXUINT, &number, NULL))
        {
          hs_cli_complain_usage ("run", "%s", _("--mark takes the number of a line, from 1."));
          return FALSE;
        }
      line = (guint)number;
      if (hs_source_get_text (source) != NULL &&
          !hs_source_marks_find_statement (marks, line, &line, &last))
        {
          hs_cli_complain_usage ("run", _("There is no statement at line %u or below it."), line);
          return FALSE;
        }
      line = (guint)number;
      g_array_append_val (numbers, line);
    }

  warn (marks);
  hs_run_spec_set_marks (spec, (const guint *)(gpointer)numbers->data, numbers->len);

  return TRUE;
}
