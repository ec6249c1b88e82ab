/* hs-privileges.c - what root has and the code shall not have
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-privileges.h"

#include <linux/capability.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Root may read every file, and sees what the kernel tells the owner of a file about its
 * pages; Landlock says where it may write.
 */
#define KEPT \
  (CAP_TO_MASK (CAP_DAC_OVERRIDE) | CAP_TO_MASK (CAP_DAC_READ_SEARCH) | CAP_TO_MASK (CAP_FOWNER))

bool
hs_privileges_drop (void)
{
  struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
  struct __user_cap_data_struct   data[_LINUX_CAPABILITY_U32S_3] = { 0 };

  /* With it a program started by root gains none of what is given up here: capabilities(7). */
  if (prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
    return false;
  if (syscall (SYS_capget, &header, data) != 0)
    return false;

  data[0].effective &= KEPT;
  data[0].permitted &= KEPT;
  data[0].inheritable = 0;
  for (int i = 1; i < _LINUX_CAPABILITY_U32S_3; i++)
    data[i] = (struct __user_cap_data_struct) { 0 };

  return syscall (SYS_capset, &header, data) == 0;
}
