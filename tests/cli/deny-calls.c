/* deny-calls.c - runs a program on a system that lacks protections
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <errno.h>
#include <linux/sched.h>
#include <seccomp.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

/* deny-calls WHAT[,WHAT…] PROGRAM [ARG…], where WHAT is
 *   landlock    as before Linux 5.13, or with Landlock switched off
 *   namespaces  as where users may not make any: bubblewrap does not work
 *   seccomp     as without filters of system calls
 */

#ifndef SYS_landlock_create_ruleset
#define SYS_landlock_create_ruleset 444 /* the same on all architectures */
#endif

static bool
deny (scmp_filter_ctx filter,
      int             number,
      int             error)
{
  return seccomp_rule_add (filter, SCMP_ACT_ERRNO ((uint16_t)error), number, 0) == 0;
}

/* Where one of the bits of @flag is set in the first argument. */
static bool
deny_flag (scmp_filter_ctx filter,
           int             number,
           scmp_datum_t    flag)
{
  return seccomp_rule_add (filter, SCMP_ACT_ERRNO (EPERM), number, 1,
                           SCMP_A0 (SCMP_CMP_MASKED_EQ, flag, flag)) == 0;
}

static bool
deny_namespaces (scmp_filter_ctx filter)
{
  static const scmp_datum_t flags[] = { CLONE_NEWUSER, CLONE_NEWNS, CLONE_NEWPID };

  for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++)
    if (!deny_flag (filter, SCMP_SYS (clone), flags[i]) ||
        !deny_flag (filter, SCMP_SYS (unshare), flags[i]))
      return false;

  /* Its flags are in memory, where no filter sees them; libraries do without it. */
  return deny (filter, SCMP_SYS (clone3), ENOSYS);
}

static bool
deny_seccomp (scmp_filter_ctx filter)
{
  return deny (filter, SCMP_SYS (seccomp), ENOSYS) &&
         seccomp_rule_add (filter, SCMP_ACT_ERRNO (EINVAL), SCMP_SYS (prctl), 1,
                           SCMP_A0 (SCMP_CMP_EQ, PR_SET_SECCOMP, 0)) == 0;
}

static bool
deny_all_of (scmp_filter_ctx filter,
             char           *whats)
{
  bool is_done = true;

  for (char *what = strtok (whats, ","); what != NULL && is_done; what = strtok (NULL, ","))
    if (strcmp (what, "landlock") == 0)
      is_done = deny (filter, SYS_landlock_create_ruleset, ENOSYS);
    else if (strcmp (what, "namespaces") == 0)
      is_done = deny_namespaces (filter);
    else if (strcmp (what, "seccomp") == 0)
      is_done = deny_seccomp (filter);
    else
      is_done = false;

  return is_done;
}

int
main (int    argc,
      char **argv)
{
  scmp_filter_ctx filter;

  if (argc < 3)
    return 2;

  filter = seccomp_init (SCMP_ACT_ALLOW);
  if (filter == NULL || !deny_all_of (filter, argv[1]) || seccomp_load (filter) != 0)
    {
      fprintf (stderr, "deny-calls: %s cannot be denied here\n", argv[1]);
      return 77;
    }
  seccomp_release (filter);

  execvp (argv[2], argv + 2);
  perror (argv[2]);

  return 127;
}
