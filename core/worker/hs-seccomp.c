/* hs-seccomp.c - which system calls the code may make
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-seccomp.h"

#include "hs-landlock.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/seccomp.h>
#include <seccomp.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* include/uapi/asm-generic/unistd.h of Linux 6.5; the same number everywhere. */
#ifndef __NR_cachestat
#define __NR_cachestat 451
#endif

/* Of include/uapi/linux/sched.h: all CLONE_NEW… but CLONE_NEWTIME, which clone() has not. */
#define CLONE_NEW_ANY       UINT64_C (0x7e020000)
#define CLONE_VFORK_        UINT64_C (0x00004000)
#define CLONE_THREAD_       UINT64_C (0x00010000)
#define CLONE_CHILD_SETTID_ UINT64_C (0x01000000)

/* include/uapi/linux/fs.h of Linux 6.7, PAGEMAP_SCAN; asm/termbits.h, TCGETS2. */
#define IOCTL_PAGEMAP_SCAN UINT64_C (0xc0606610)
#define IOCTL_TCGETS2      UINT64_C (0x802c542a)

/* What is on no list does not exist: ENOSYS, as on an older kernel, so that what has another
 * way takes it.
 */
/* clang-format off */
static const char *const allowed[] = {
  /* descriptors */
  "read", "write", "readv", "writev", "pread64", "pwrite64", "preadv", "pwritev", "preadv2",
  "pwritev2", "lseek", "_llseek", "close", "close_range", "dup", "dup2", "dup3", "pipe", "pipe2",
  "sendfile", "splice", "tee", "copy_file_range", "eventfd", "eventfd2", "timerfd_create",
  "timerfd_settime", "timerfd_gettime", "signalfd", "signalfd4", "epoll_create", "epoll_create1",
  "epoll_ctl", "epoll_wait", "epoll_pwait", "epoll_pwait2", "poll", "ppoll", "select", "pselect6",
  "inotify_init", "inotify_init1", "inotify_add_watch", "inotify_rm_watch",
  /* files, within what Landlock leaves */
  "creat", "stat", "fstat", "lstat", "newfstatat", "statx", "access", "faccessat", "faccessat2",
  "readlink", "readlinkat", "getcwd", "chdir", "fchdir", "getdents", "getdents64", "mkdir",
  "mkdirat", "rmdir", "unlink", "unlinkat", "rename", "renameat", "renameat2", "link", "linkat",
  "symlink", "symlinkat", "ftruncate", "fallocate", "fsync", "fdatasync", "sync_file_range",
  "fadvise64", "readahead", "flock", "umask", "statfs", "fstatfs",
  /* memory */
  "mmap", "munmap", "mremap", "mprotect", "madvise", "brk", "msync", "mincore", "mlock", "mlock2",
  "munlock", "mlockall", "munlockall", "membarrier", "get_mempolicy", "pkey_alloc", "pkey_free",
  "pkey_mprotect",
  /* threads and time */
  "futex", "futex_waitv", "set_robust_list", "get_robust_list", "set_tid_address", "rseq",
  "sched_yield", "sched_getaffinity", "sched_getattr", "sched_getparam", "sched_getscheduler",
  "sched_get_priority_max", "sched_get_priority_min", "sched_rr_get_interval", "clock_gettime",
  "clock_getres", "clock_nanosleep", "nanosleep", "gettimeofday", "time", "getitimer",
  "setitimer", "alarm", "timer_create", "timer_settime", "timer_gettime", "timer_getoverrun",
  "timer_delete", "restart_syscall", "exit", "exit_group", "arch_prctl",
  /* signals that come */
  "rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "rt_sigpending", "rt_sigtimedwait",
  "rt_sigsuspend", "sigaltstack", "pause", "wait4", "waitid",
  /* about the process and the machine */
  "gettid", "getpid", "getppid", "getuid", "geteuid", "getgid", "getegid", "getresuid",
  "getresgid", "getgroups", "getpgrp", "getpgid", "getsid", "getpriority", "getrusage", "times",
  "uname", "sysinfo", "getrandom", "getcpu", "getrlimit", "ugetrlimit", "setrlimit", "capget",
  /* both ends of a socketpair() */
  "recvfrom", "recvmsg", "shutdown", "getsockname", "getpeername", "getsockopt", NULL,
};
/* clang-format on */

static const char *const allowed_with_network[] = {
  "connect",
  "bind",
  "listen",
  "accept",
  "accept4",
  "sendto",
  "sendmsg",
  "sendmmsg",
  "recvmmsg",
  "setsockopt",
  NULL,
};

/* Of programs and of what they do to themselves. clone() is below; clone3(), whose flags no
 * filter sees, is not there, so that the C library uses the former.
 */
static const char *const allowed_with_processes[] = {
  "fork",
  "vfork",
  "execve",
  "execveat",
  NULL,
};

/* Not permitted: EPERM, which Python makes a PermissionError of. */
/* clang-format off */
static const char *const refused[] = {
  "socket", "connect", "bind", "listen", "accept", "accept4", "sendmsg", "sendmmsg", "recvmmsg",
  "fork",
  "vfork", "execve", "execveat", "setsid", "setpgid", "ptrace", "process_vm_readv",
  "process_vm_writev", "process_madvise", "kcmp", "pidfd_open", "pidfd_getfd",
  "pidfd_send_signal", "tkill", "chmod", "fchmod", "fchmodat", "chown", "fchown", "lchown",
  "fchownat", "setxattr", "lsetxattr", "fsetxattr", "removexattr", "lremovexattr", "fremovexattr",
  "utime", "utimes", "futimesat", "utimensat", "shmget", "shmat", "shmdt", "shmctl", "semget",
  "semop", "semctl", "semtimedop", "msgget", "msgsnd", "msgrcv", "msgctl", "mq_open", "mq_unlink",
  "memfd_create", "memfd_secret", "mount", "umount", "umount2", "pivot_root", "chroot", "unshare",
  "setns", "open_tree", "move_mount", "fsopen", "fsmount", "fsconfig", "fspick", "mount_setattr",
  "bpf", "perf_event_open", "userfaultfd", "keyctl", "add_key", "request_key", "io_uring_setup",
  "io_uring_enter", "io_uring_register", "io_setup", "io_submit", "fanotify_init",
  "fanotify_mark", "name_to_handle_at", "open_by_handle_at", "quotactl", "sched_setscheduler",
  "sched_setparam", "sched_setattr", "setpriority", "ioprio_set", "setuid", "setgid", "setreuid",
  "setregid", "setresuid", "setresgid", "setgroups", "setfsuid", "setfsgid", "capset", "seccomp",
  "landlock_create_ruleset", "personality", "syslog", "vhangup", "reboot", "swapon", "swapoff",
  "acct", "sethostname", "setdomainname", "settimeofday", "clock_settime", "clock_adjtime",
  "adjtimex", "kexec_load", "kexec_file_load", "init_module", "finit_module", "delete_module",
  "iopl", "ioperm", "modify_ldt", "lookup_dcookie", NULL,
};
/* clang-format on */

/* Commands of fcntl(). Not those that have a signal sent to somebody (F_SETOWN, F_SETSIG,
 * F_NOTIFY), nor leases, for which others have to wait.
 */
static const uint32_t fcntl_commands[] = {
  F_DUPFD,
  F_GETFD,
  F_SETFD,
  F_GETFL,
  F_SETFL,
  F_GETLK,
  F_SETLK,
  F_SETLKW,
  F_DUPFD_CLOEXEC,
  F_SETPIPE_SZ,
  F_GETPIPE_SZ,
  F_ADD_SEALS,
  F_GET_SEALS,
  F_OFD_GETLK,
  F_OFD_SETLK,
  F_OFD_SETLKW,
  F_GETOWN,
};

static const uint64_t ioctl_requests[] = {
  TCGETS,
  IOCTL_TCGETS2,
  TIOCGWINSZ,
  FIONREAD,
  FIONBIO,
  FIOCLEX,
  FIONCLEX,
  IOCTL_PAGEMAP_SCAN,
};

static const uint32_t prctl_options[] = {
  PR_SET_NAME,
  PR_GET_NAME,
  PR_GET_DUMPABLE,
  PR_GET_PDEATHSIG,
  PR_CAPBSET_READ,
  PR_SET_THP_DISABLE,
  PR_GET_THP_DISABLE,
  PR_GET_NO_NEW_PRIVS,
  PR_GET_SECCOMP,
  PR_SET_TIMERSLACK,
  PR_GET_TIMERSLACK,
  PR_SET_VMA,
};

/* Of a pair of sockets; not the size of its buffers, which are memory that no limit counts. */
static const uint32_t pair_options[] = {
  SO_REUSEADDR,
  SO_KEEPALIVE,
  SO_LINGER,
  SO_PASSCRED,
  SO_RCVTIMEO,
  SO_SNDTIMEO,
};

/* Calls whose first argument is a process: this one, no other. */
static const char *const own_process_calls[] = {
  "kill",
  "tgkill",
  "rt_sigqueueinfo",
  "rt_tgsigqueueinfo",
  "process_vm_readv",
  NULL,
};

/* And those in which 0 stands for the own one. */
static const char *const own_or_zero_calls[] = { "prlimit64", "sched_setaffinity", NULL };

typedef struct
{
  scmp_filter_ctx filter;
  bool            is_failed;
} Builder;

/* Returns: whether this machine has the call @name. */
static bool
find_call (const char *name,
           int        *call)
{
  *call = seccomp_syscall_resolve_name (name);

  return *call >= 0;
}

/* A rule with up to two conditions, all of which have to hold. */
static void
add (Builder                   *self,
     uint32_t                   action,
     int                        call,
     unsigned int               n,
     const struct scmp_arg_cmp *conditions)
{
  if (seccomp_rule_add_array (self->filter, action, call, n, conditions) != 0)
    self->is_failed = true;
}

static void
add_named (Builder    *self,
           uint32_t    action,
           const char *name)
{
  int call;

  if (find_call (name, &call))
    add (self, action, call, 0, NULL);
}

static bool
contains (const char *const *names,
          const char        *name)
{
  for (; *names != NULL; names++)
    if (strcmp (*names, name) == 0)
      return true;

  return false;
}

static void
allow_list (Builder           *self,
            const char *const *names)
{
  for (; *names != NULL; names++)
    add_named (self, SCMP_ACT_ALLOW, *names);
}

static void
allow_if (Builder            *self,
          const char         *name,
          struct scmp_arg_cmp condition)
{
  int call;

  if (find_call (name, &call))
    add (self, SCMP_ACT_ALLOW, call, 1, &condition);
}

static struct scmp_arg_cmp
is_equal (unsigned int arg,
          uint64_t     value)
{
  return (struct scmp_arg_cmp) { arg, SCMP_CMP_EQ, value, 0 };
}

static struct scmp_arg_cmp
is_equal_masked (unsigned int arg,
                 uint64_t     mask,
                 uint64_t     value)
{
  return (struct scmp_arg_cmp) { arg, SCMP_CMP_MASKED_EQ, mask, value };
}

static void
refuse_if (Builder            *self,
           const char         *name,
           struct scmp_arg_cmp condition)
{
  int call;

  if (find_call (name, &call))
    add (self, SCMP_ACT_ERRNO (EPERM), call, 1, &condition);
}

/* Refuses whatever else @name is asked for. */
static void
refuse_unless (Builder    *self,
               const char *name,
               uint64_t    value)
{
  const struct scmp_arg_cmp condition = { 0, SCMP_CMP_NE, value, 0 };
  int                       call;

  if (find_call (name, &call))
    add (self, SCMP_ACT_ERRNO (EPERM), call, 1, &condition);
}

static void
add_refused (Builder         *self,
             const HsJobView *job)
{
  for (const char *const *name = refused; *name != NULL; name++)
    {
      bool has_network = (job->head.allow & HS_ALLOW_NETWORK) != 0;
      bool has_processes = (job->head.allow & HS_ALLOW_PROCESSES) != 0;

      if ((has_network && (contains (allowed_with_network, *name) ||
                           strcmp (*name, "socket") == 0)) ||
          (has_processes && contains (allowed_with_processes, *name)) ||
          contains (own_process_calls, *name))
        continue;
      add_named (self, SCMP_ACT_ERRNO (EPERM), *name);
    }
}

/* Below ABI 3 Landlock lets a file be emptied that may only be read. */
static void
add_truncation (Builder *self)
{
  const uint64_t mask = O_TRUNC | O_ACCMODE;

  if (hs_landlock_get_abi () >= 3)
    {
      add_named (self, SCMP_ACT_ALLOW, "open");
      add_named (self, SCMP_ACT_ALLOW, "openat");
      add_named (self, SCMP_ACT_ALLOW, "truncate");
      return;
    }

  add_named (self, SCMP_ACT_ERRNO (EPERM), "truncate");
  for (unsigned int arg = 1; arg <= 2; arg++)
    {
      const char *name = arg == 1 ? "open" : "openat";

      allow_if (self, name, is_equal_masked (arg, O_TRUNC, 0));
      allow_if (self, name, is_equal_masked (arg, mask, O_TRUNC | O_WRONLY));
      allow_if (self, name, is_equal_masked (arg, mask, O_TRUNC | O_RDWR));
    }
}

/* FIFOs and files; sockets come by bind(), and devices not at all. */
static void
add_nodes (Builder *self)
{
  static const uint64_t kinds[] = { 0, S_IFREG, S_IFIFO };
  static const uint64_t others[] = { S_IFSOCK, S_IFCHR, S_IFBLK };

  for (unsigned int arg = 1; arg <= 2; arg++)
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
      {
        const char *name = arg == 1 ? "mknod" : "mknodat";

        allow_if (self, name, is_equal_masked (arg, S_IFMT, kinds[i]));
        refuse_if (self, name, is_equal_masked (arg, S_IFMT, others[i]));
      }
}

static void
add_multiplexers (Builder *self)
{
  for (size_t i = 0; i < sizeof fcntl_commands / sizeof fcntl_commands[0]; i++)
    {
      allow_if (self, "fcntl", is_equal_masked (1, UINT32_MAX, fcntl_commands[i]));
      allow_if (self, "fcntl64", is_equal_masked (1, UINT32_MAX, fcntl_commands[i]));
    }
  for (size_t i = 0; i < sizeof ioctl_requests / sizeof ioctl_requests[0]; i++)
    allow_if (self, "ioctl", is_equal_masked (1, UINT32_MAX, ioctl_requests[i]));
  for (size_t i = 0; i < sizeof prctl_options / sizeof prctl_options[0]; i++)
    allow_if (self, "prctl", is_equal_masked (0, UINT32_MAX, prctl_options[i]));
}

/* A copy of the process dies with it (hs-fork.c); the code cannot undo that for the process. */
static void
add_death_signal (Builder *self)
{
  const struct scmp_arg_cmp conditions[] = { is_equal (0, PR_SET_PDEATHSIG),
                                             is_equal (1, SIGKILL) };

  add (self, SCMP_ACT_ALLOW, SCMP_SYS (prctl), 2, conditions);
}

/* Signals to the own process; to its descendants as well where Landlock keeps them from all
 * others, which it does from ABI 6 on.
 */
static void
add_signals (Builder         *self,
             const HsJobView *job,
             pid_t            pid)
{
  bool has_scope = (job->head.allow & HS_ALLOW_PROCESSES) != 0 &&
                   (job->head.protect & HS_PROTECT_FILES) != 0 && hs_landlock_has_scopes ();

  for (const char *const *name = own_process_calls; *name != NULL; name++)
    {
      if (has_scope && strcmp (*name, "process_vm_readv") != 0)
        {
          add_named (self, SCMP_ACT_ALLOW, *name);
          continue;
        }
      allow_if (self, *name, is_equal (0, (uint64_t)pid));
      refuse_unless (self, *name, (uint64_t)pid);
    }

  for (const char *const *name = own_or_zero_calls; *name != NULL; name++)
    {
      allow_if (self, *name, is_equal (0, 0));
      allow_if (self, *name, is_equal (0, (uint64_t)pid));
    }
}

/* Pairs of stream sockets, which can neither be connected nor send to an address. With the
 * network those of IP; none of AF_UNIX, through which services run what they are asked to.
 */
static void
add_sockets (Builder         *self,
             const HsJobView *job)
{
  const struct scmp_arg_cmp pair[] = { is_equal (0, AF_UNIX),
                                       is_equal_masked (1, 0xff, SOCK_STREAM) };
  static const int          families[] = { AF_INET, AF_INET6 };
  static const int          types[] = { SOCK_STREAM, SOCK_DGRAM };

  add (self, SCMP_ACT_ALLOW, SCMP_SYS (socketpair), 2, pair);
  if ((job->head.allow & HS_ALLOW_NETWORK) == 0)
    {
      allow_if (self, "sendto", is_equal (4, 0));
      for (size_t i = 0; i < sizeof pair_options / sizeof pair_options[0]; i++)
        allow_if (self, "setsockopt", is_equal_masked (2, UINT32_MAX, pair_options[i]));
      refuse_if (self, "setsockopt", is_equal_masked (2, UINT32_MAX, SO_SNDBUF));
      refuse_if (self, "setsockopt", is_equal_masked (2, UINT32_MAX, SO_RCVBUF));
      return;
    }

  allow_list (self, allowed_with_network);
  refuse_if (self, "socket", is_equal (0, AF_UNIX));
  refuse_if (self, "socket", is_equal (0, AF_NETLINK));
  refuse_if (self, "socket", is_equal (0, AF_PACKET));
  for (size_t i = 0; i < sizeof families / sizeof families[0]; i++)
    for (size_t j = 0; j < sizeof types / sizeof types[0]; j++)
      {
        const struct scmp_arg_cmp conditions[] = {
          is_equal (0, (uint64_t)families[i]), is_equal_masked (1, 0xff, (uint64_t)types[j])
        };

        add (self, SCMP_ACT_ALLOW, SCMP_SYS (socket), 2, conditions);
      }
}

/* Threads; processes if they are allowed; and the copy that a snapshot is taken from, which is
 * asked for with a number that the code does not know.
 */
static void
add_clone (Builder         *self,
           const HsGuard   *guard,
           const HsJobView *job)
{
  const struct scmp_arg_cmp copy[] = { is_equal (0, 0), is_equal (2, guard->copy_cookie) };

  if ((job->head.allow & HS_ALLOW_PROCESSES) != 0)
    {
      allow_list (self, allowed_with_processes);
      allow_if (self, "clone", is_equal_masked (0, CLONE_NEW_ANY, 0));
      return;
    }

  allow_if (self, "clone", is_equal_masked (0, CLONE_NEW_ANY | CLONE_THREAD_, CLONE_THREAD_));
  /* fork() and posix_spawn() of the C library: not permitted, rather than not there. */
  refuse_if (self, "clone",
             is_equal_masked (0, CLONE_THREAD_ | CLONE_CHILD_SETTID_, CLONE_CHILD_SETTID_));
  refuse_if (self, "clone", is_equal_masked (0, CLONE_THREAD_ | CLONE_VFORK_, CLONE_VFORK_));
  /* The number lies in memory that the code can search: not open unless it is needed, which it
   * is for marks.
   */
  if (job->head.n_marks != 0)
    add (self, SCMP_ACT_ALLOW, SCMP_SYS (clone), 2, copy);
}

static void
add_all (Builder         *self,
         const HsGuard   *guard,
         const HsJobView *job,
         pid_t            pid)
{
  allow_list (self, allowed);
  add (self, SCMP_ACT_ALLOW, __NR_cachestat, 0, NULL);
  add_refused (self, job);
  add_truncation (self);
  add_nodes (self);
  add_multiplexers (self);
  add_death_signal (self);
  add_signals (self, job, pid);
  add_sockets (self, job);
  add_clone (self, guard, job);
}

/* Writes what was built to where the process finds it. */
static bool export(Builder *self,
                   HsGuard *guard)
{
  int     fd = memfd_create ("filter", MFD_CLOEXEC);
  ssize_t size = -1;

  if (fd < 0)
    return false;

  if (seccomp_export_bpf (self->filter, fd) == 0)
    size = pread (fd, guard->filter, sizeof guard->filter, 0);
  /* One that fills the room may have been cut. */
  if (size > 0 && lseek (fd, 0, SEEK_END) != size)
    size = -1;
  close (fd);
  guard->n_filter = size > 0 ? (uint32_t)((size_t)size / sizeof guard->filter[0]) : 0;

  return size > 0;
}

bool
hs_seccomp_build (HsGuard         *guard,
                  const HsJobView *job,
                  pid_t            pid)
{
  Builder builder = { .filter = seccomp_init (SCMP_ACT_ERRNO (ENOSYS)) };
  bool    is_built;

  if (builder.filter == NULL)
    return false;

  /* Calls of other instruction sets (i386 and x32 on x86-64) would go past the rules. The
   * binary tree makes each call of the code cheaper.
   */
  if (seccomp_attr_set (builder.filter, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS) != 0 ||
      seccomp_attr_set (builder.filter, SCMP_FLTATR_CTL_OPTIMIZE, 2) != 0)
    builder.is_failed = true;
  add_all (&builder, guard, job, pid);
  is_built = !builder.is_failed && export(&builder, guard);
  seccomp_release (builder.filter);

  return is_built;
}

bool
hs_seccomp_confine (const HsGuard *guard)
{
  const struct sock_fprog program = {
    .len = (unsigned short)guard->n_filter,
    .filter = (struct sock_filter *)guard->filter,
  };

  /* Kernels before 5.16 would else slow down all of the code for a leak between threads of one
   * process, which has nothing to hide from itself.
   */
  return syscall (SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_SPEC_ALLOW,
                  &program) == 0;
}
