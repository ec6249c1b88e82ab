/* main.c - heapscape-worker-X.Y
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-compat.h"
#include "hs-interpreter.h"
#include "hs-selftest.h"
#include "hs-supervisor.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if HS_WITH_ASAN
/* Python never gives everything back: what is left at the end is no leak of
 * ours, and would make every worker of a sanitized build fail.
 */
const char *__asan_default_options (void);

const char *
__asan_default_options (void)
{
  return "detect_leaks=0";
}
#endif

int
main (int    argc,
      char **argv)
{
  if (argc == 2 && strcmp (argv[1], "--describe") == 0)
    return hs_interpreter_describe ();

  /* For tests, and so not in the usage below. */
  if (argc == 4 && strcmp (argv[1], "--check-ledger") == 0)
    return hs_selftest_run (argv[2], argv[3]);
  if ((argc == 4 || argc == 5) && strcmp (argv[1], "--check-observer") == 0)
    return hs_selftest_observe (argv[2], argv[3], argc == 5 ? argv[4] : "");

  if (argc == 3 && strcmp (argv[1], "--control") == 0)
    {
      char *end;
      long  fd = strtol (argv[2], &end, 10);

      if (*argv[2] != '\0' && *end == '\0' && fd > 2 && fd < 1 << 20)
        return hs_supervisor_run ((int)fd);
    }

  fprintf (stderr, "usage: %s --control FD | --describe\n", argv[0]);

  return 2;
}
