/* hs-landlock.c - which files the code may reach
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-landlock.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <linux/openat2.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Of include/uapi/linux/landlock.h of later kernels than the oldest headers that this builds
 * with: the ABI that has each is in Documentation/userspace-api/landlock.rst.
 */
#define ACCESS_FS_REFER     (UINT64_C (1) << 13) /* ABI 2 */
#define ACCESS_FS_TRUNCATE  (UINT64_C (1) << 14) /* ABI 3 */
#define ACCESS_FS_IOCTL_DEV (UINT64_C (1) << 15) /* ABI 5 */
#define ACCESS_NET_ALL      UINT64_C (3)         /* ABI 4: bind and connect of TCP */
#define SCOPE_ABSTRACT_UNIX UINT64_C (1)         /* ABI 6 */
#define SCOPE_SIGNAL        UINT64_C (2)         /* ABI 6 */

#define READ  (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)
#define WRITE (LANDLOCK_ACCESS_FS_WRITE_FILE | ACCESS_FS_TRUNCATE)
/* Neither devices nor sockets. */
#define CHANGE                                                                               \
  (WRITE | LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE |                  \
   LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_SYM | \
   LANDLOCK_ACCESS_FS_MAKE_FIFO | ACCESS_FS_REFER)
/* What a rule for something else than a folder may have. */
#define OF_FILES                                                                               \
  (LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_READ_FILE | \
   ACCESS_FS_TRUNCATE | ACCESS_FS_IOCTL_DEV)

/* struct landlock_ruleset_attr with what later ABIs appended. */
typedef struct
{
  uint64_t handled_access_fs;
  uint64_t handled_access_net;
  uint64_t scoped;
} RulesetAttr;

typedef struct
{
  int      fd;
  uint64_t handled; /* of files */
} Ruleset;

int
hs_landlock_get_abi (void)
{
  long abi = syscall (SYS_landlock_create_ruleset, NULL, (size_t)0,
                      LANDLOCK_CREATE_RULESET_VERSION);

  return abi > 0 ? (int)abi : 0;
}

static size_t
get_attr_size (int abi)
{
  if (abi >= 6)
    return sizeof (RulesetAttr);

  return abi >= 4 ? offsetof (RulesetAttr, scoped) : offsetof (RulesetAttr, handled_access_net);
}

static bool
open_ruleset (Ruleset         *self,
              const HsJobView *job)
{
  static const uint64_t scopes[] = { SCOPE_ABSTRACT_UNIX | SCOPE_SIGNAL, SCOPE_ABSTRACT_UNIX, 0 };
  int                   abi = hs_landlock_get_abi ();
  RulesetAttr           attr = { .handled_access_fs = (UINT64_C (1) << 13) - 1 };

  if (abi < 1)
    return false;
  if (abi >= 2)
    attr.handled_access_fs |= ACCESS_FS_REFER;
  if (abi >= 3)
    attr.handled_access_fs |= ACCESS_FS_TRUNCATE;
  if (abi >= 4 && (job->head.allow & HS_ALLOW_NETWORK) == 0)
    attr.handled_access_net = ACCESS_NET_ALL;
  if (abi >= 5)
    attr.handled_access_fs |= ACCESS_FS_IOCTL_DEV;
  self->handled = attr.handled_access_fs;

  /* Red Hat's 5.14 says ABI 6 and has no scope of signals. */
  self->fd = -1;
  for (size_t i = 0; i < sizeof scopes / sizeof scopes[0] && self->fd < 0; i++)
    {
      attr.scoped = abi >= 6 ? scopes[i] : 0;
      self->fd = (int)syscall (SYS_landlock_create_ruleset, &attr, get_attr_size (abi), 0U);
    }

  return self->fd >= 0;
}

bool
hs_landlock_has_scopes (void)
{
  const RulesetAttr attr = { .scoped = SCOPE_SIGNAL };
  int               fd = -1;

  if (hs_landlock_get_abi () >= 6)
    fd = (int)syscall (SYS_landlock_create_ruleset, &attr, sizeof attr, 0U);
  if (fd >= 0)
    close (fd);

  return fd >= 0;
}

/* Takes @fd. */
static bool
add_rule_for (const Ruleset *self,
              int            fd,
              uint64_t       access)
{
  struct landlock_path_beneath_attr attr;
  struct stat                       status;
  bool                              is_added;

  if (fstat (fd, &status) != 0 || !S_ISDIR (status.st_mode))
    access &= OF_FILES;
  attr.allowed_access = access & self->handled;
  attr.parent_fd = fd;
  is_added = attr.allowed_access == 0 ||
             syscall (SYS_landlock_add_rule, self->fd, LANDLOCK_RULE_PATH_BENEATH, &attr, 0U) == 0;
  close (fd);

  return is_added;
}

/* What is not there needs no rule. Returns: false if there should be one and is not */
static bool
add_rule (const Ruleset *self,
          int            folder_fd,
          const char    *path,
          uint64_t       access)
{
  int fd = openat (folder_fd, path, O_PATH | O_CLOEXEC);

  if (fd < 0)
    return errno == ENOENT || errno == EACCES || errno == ELOOP || errno == ENOTDIR;

  return add_rule_for (self, fd, access);
}

/* A folder that the user has allowed by a path without links: one that stands there now has
 * been put there by somebody else. openat2() is older than Landlock.
 */
static bool
add_folder (const Ruleset *self,
            const char    *path)
{
  const struct open_how how = { .flags = O_PATH | O_CLOEXEC | O_DIRECTORY,
                                .resolve = RESOLVE_NO_SYMLINKS };
  int                   fd = (int)syscall (SYS_openat2, AT_FDCWD, path, &how, sizeof how);

  return fd < 0 || add_rule_for (self, fd, READ | CHANGE);
}

static bool
add_rules (const Ruleset     *self,
           const char *const *paths,
           uint64_t           access)
{
  for (; *paths != NULL; paths++)
    if (!add_rule (self, AT_FDCWD, *paths, access))
      return false;

  return true;
}

/* Rules only ever add, so that "everything but /proc and /dev" is each folder beside them. */
static bool
add_everything_else (const Ruleset *self,
                     uint64_t       access)
{
  DIR           *root = opendir ("/");
  struct dirent *entry;
  bool           is_done = root != NULL;

  while (is_done && (entry = readdir (root)) != NULL)
    if (strcmp (entry->d_name, ".") != 0 && strcmp (entry->d_name, "..") != 0 &&
        strcmp (entry->d_name, "proc") != 0 && strcmp (entry->d_name, "dev") != 0)
      is_done = add_rule (self, dirfd (root), entry->d_name, access);
  if (root != NULL)
    closedir (root);

  return is_done;
}

static bool
add_folders (const Ruleset   *self,
             const HsJobView *job)
{
  const char *folder = job->first_folder;

  for (uint32_t i = 0; i < job->head.n_folders; i++)
    {
      if (!add_folder (self, folder))
        return false;
      folder = hs_job_view_next_arg (folder);
    }

  return add_rule (self, AT_FDCWD, job->scratch_folder, READ | CHANGE);
}

/* /proc/self is that of the process that calls this. */
static const char *const readable[] = {
  "/proc/self",
  "/proc/cpuinfo",
  "/proc/filesystems",
  "/proc/loadavg",
  "/proc/meminfo",
  "/proc/stat",
  "/proc/sys",
  "/proc/uptime",
  "/proc/version",
  "/proc/vmstat",
  "/proc/self/mounts",
  NULL,
};

static const char *const readable_devices[] = {
  "/dev/random",
  "/dev/urandom",
  NULL,
};

static const char *const writable_devices[] = {
  "/dev/null",
  "/dev/zero",
  "/dev/full",
  NULL,
};

/* hs-moments.c: so that the highest resident memory begins anew. */
static const char *const writable_files[] = { "/proc/self/clear_refs", NULL };

bool
hs_landlock_confine (const HsJobView *job)
{
  bool     has_processes = (job->head.allow & HS_ALLOW_PROCESSES) != 0;
  uint64_t access = READ | (has_processes ? LANDLOCK_ACCESS_FS_EXECUTE : 0);
  Ruleset  ruleset;
  bool     is_done;

  if (!open_ruleset (&ruleset, job))
    return false;

  /* Folders can be listed everywhere, "/" among them: names, but nothing that is in them. */
  is_done = add_rule (&ruleset, AT_FDCWD, "/", LANDLOCK_ACCESS_FS_READ_DIR) &&
            add_everything_else (&ruleset, access) &&
            add_rules (&ruleset, readable, READ) &&
            add_rules (&ruleset, readable_devices, READ) &&
            add_rules (&ruleset, writable_devices, READ | WRITE) &&
            add_rules (&ruleset, writable_files, WRITE) &&
            add_folders (&ruleset, job) &&
            syscall (SYS_landlock_restrict_self, ruleset.fd, 0U) == 0;
  close (ruleset.fd);

  return is_done;
}
