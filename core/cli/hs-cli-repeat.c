/* hs-cli-repeat.c - how long code takes when nothing is measured meanwhile
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-cli-repeat.h"

#include <glib/gi18n-lib.h>

#include "hs-cli-execute.h"
#include "hs-cli.h"

void
hs_cli_times_free (HsCliTimes *self)
{
  g_free (self);
}

static int
compare_ns (gconstpointer a,
            gconstpointer b)
{
  const guint64 *first = a, *second = b;

  return (*first > *second) - (*first < *second);
}

/* Sorts @times. */
static void
summarize (HsCliTime *self,
           GArray    *times)
{
  guint middle = times->len / 2;

  self->n = times->len;
  if (times->len == 0)
    return;

  g_array_sort (times, compare_ns);
  self->min = g_array_index (times, guint64, 0);
  self->max = g_array_index (times, guint64, times->len - 1);
  self->median = g_array_index (times, guint64, middle);
  if (times->len % 2 == 0)
    {
      guint64 below = g_array_index (times, guint64, middle - 1);

      self->median = below + (self->median - below) / 2;
    }
}

/* Returns: (transfer full) (nullable) */
static HsCliTimes *
new_times (GArray *wall,
           GArray *cpu)
{
  HsCliTimes *self;

  if (wall->len == 0)
    return NULL;

  self = g_new0 (HsCliTimes, 1);
  summarize (&self->wall, wall);
  summarize (&self->cpu, cpu);

  return self;
}

/* A run that was killed has no time of its processor. */
static void
take_time (HsRun  *run,
           GArray *wall,
           GArray *cpu)
{
  guint64 wall_ns = hs_run_get_wall_ns (run);
  guint64 cpu_ns = hs_run_get_cpu_ns (run);

  if (wall_ns != 0)
    g_array_append_val (wall, wall_ns);
  if (cpu_ns != 0)
    g_array_append_val (cpu, cpu_ns);
}

HsCliTimes *
hs_cli_times_new (HsRun *run)
{
  g_autoptr(GArray) wall = g_array_new (FALSE, FALSE, sizeof (guint64));
  g_autoptr(GArray) cpu = g_array_new (FALSE, FALSE, sizeof (guint64));

  take_time (run, wall, cpu);

  return new_times (wall, cpu);
}

/* Whether it makes sense to ask how long code takes that ends so. */
static gboolean
ended_by_itself (HsStatus status)
{
  switch (status)
    {
    case HS_STATUS_OK:
    case HS_STATUS_EXCEPTION:
    case HS_STATUS_EXIT:
    case HS_STATUS_OUTPUT_LIMIT:
      return TRUE;

    case HS_STATUS_TIMEOUT:
    case HS_STATUS_MEMORY_LIMIT:
    case HS_STATUS_CRASHED:
    case HS_STATUS_CANCELLED:
    case HS_STATUS_SYNTAX_ERROR:
    case HS_STATUS_FAILED:
    case HS_N_STATUSES:
    default:
      return FALSE;
    }
}

HsCliTimes *
hs_cli_repeat (HsRun *first,
               guint  n)
{
  g_autoptr(GArray) wall = g_array_new (FALSE, FALSE, sizeof (guint64));
  g_autoptr(GArray) cpu = g_array_new (FALSE, FALSE, sizeof (guint64));
  gboolean was_interrupted = FALSE;

  if (!ended_by_itself (hs_run_get_status (first)))
    return NULL;

  for (guint i = 1; i <= n; i++)
    {
      g_autoptr(HsRunSpec) spec = hs_run_spec_new_timing (hs_run_get_spec (first));
      g_autoptr(GError) error = NULL;
      g_autoptr(HsRun) run = hs_cli_execute (spec, TRUE, &was_interrupted, &error);
      g_autofree char *message = NULL;

      if (was_interrupted)
        break;
      if (run != NULL && hs_run_get_status (run) == hs_run_get_status (first))
        {
          take_time (run, wall, cpu);
          continue;
        }

      message = run != NULL ? hs_run_dup_message (run) : g_strdup (error->message);
      /* translators: of running code several times: %1$u is which time, %2$s how it ended */
      hs_cli_complain (_("Repeat %1$u does not count, since it ended differently: %2$s"), i,
                          message);
    }

  return new_times (wall, cpu);
}
