/* hs-signal.c - signals by name and meaning
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-run.h"

#include <glib/gi18n-lib.h>
#include <signal.h>

/* The signals that end a process unless it does something about them. */
/* clang-format off */
static const struct
{
  int         number;
  const char *name;
  const char *meaning; /* untranslated */
} signals[] = {
  { SIGHUP, "SIGHUP", N_("the terminal was closed") },
  { SIGINT, "SIGINT", N_("interrupted") },
  { SIGQUIT, "SIGQUIT", N_("asked to quit") },
  { SIGILL, "SIGILL", N_("invalid machine instruction") },
  { SIGTRAP, "SIGTRAP", N_("debugger trap") },
  { SIGABRT, "SIGABRT", N_("the process gave up by abort()") },
  { SIGBUS, "SIGBUS",
    N_("access to memory that has no contents, such as a mapped file cut short") },
  { SIGFPE, "SIGFPE", N_("impossible arithmetic, such as a division by zero") },
  { SIGKILL, "SIGKILL", N_("killed from outside") },
  { SIGUSR1, "SIGUSR1", N_("a signal of the code’s own") },
  { SIGSEGV, "SIGSEGV", N_("invalid memory access") },
  { SIGUSR2, "SIGUSR2", N_("a signal of the code’s own") },
  { SIGPIPE, "SIGPIPE", N_("wrote to a pipe that nobody reads") },
  { SIGALRM, "SIGALRM", N_("an alarm that nobody handled") },
  { SIGTERM, "SIGTERM", N_("asked to end") },
  { SIGSTKFLT, "SIGSTKFLT", NULL },
  { SIGXCPU, "SIGXCPU", N_("used too much processor time") },
  { SIGXFSZ, "SIGXFSZ", N_("wrote a file larger than allowed") },
  { SIGVTALRM, "SIGVTALRM", N_("an alarm that nobody handled") },
  { SIGPROF, "SIGPROF", N_("an alarm that nobody handled") },
  { SIGIO, "SIGIO", NULL },
  { SIGPWR, "SIGPWR", NULL },
  { SIGSYS, "SIGSYS", N_("used a forbidden system interface") },
};
/* clang-format on */

char *
hs_signal_dup_name (int signal_number)
{
  for (gsize i = 0; i < G_N_ELEMENTS (signals); i++)
    if (signals[i].number == signal_number)
      return g_strdup (signals[i].name);

  if (signal_number == SIGRTMIN)
    return g_strdup ("SIGRTMIN");
  if (signal_number > SIGRTMIN && signal_number <= SIGRTMAX)
    return g_strdup_printf ("SIGRTMIN+%d", signal_number - SIGRTMIN);

  return g_strdup_printf ("SIG%d", signal_number);
}

const char *
hs_signal_get_meaning (int signal_number)
{
  for (gsize i = 0; i < G_N_ELEMENTS (signals); i++)
    if (signals[i].number == signal_number)
      return signals[i].meaning != NULL ? _(signals[i].meaning) : NULL;

  return NULL;
}
