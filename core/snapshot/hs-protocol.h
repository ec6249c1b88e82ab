/* hs-protocol.h - what a client and a worker say to each other
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <assert.h>
#include <stdint.h>

/* A worker is started as
 *
 *   heapscape-worker-X.Y --control FD
 *
 * with FD one end of an AF_UNIX SOCK_SEQPACKET pair. It runs exactly one job
 * and exits. One message is one packet: an HsMessage, then its payload. Host
 * byte order: both ends are on one machine.
 *
 *   client                         worker (supervisor)
 *   START + fds: job, stdin  ───►                        the job is a sealed memfd
 *                            ◄───  STARTED               the code's process exists
 *                            ◄───  OUTPUT …              bytes of stdout and stderr, in order
 *                            ◄───  PROGRESS …            about every 100 ms
 *   STOP                     ───►                        at most once, at any time
 *                            ◄───  DONE + fd: result     always the last; the process group is dead
 *
 * If the client closes its end, the worker kills the code and exits. A worker
 * that closes the socket without DONE has failed; its stderr may say why.
 *
 *   heapscape-worker-X.Y --describe
 *
 * prints one line of JSON about the interpreter it embeds, and exits.
 */
#define HS_PROTOCOL_MAGIC   UINT32_C (0x314d5348) /* "HSM1" */
#define HS_PROTOCOL_VERSION 4

/* Largest packet either side sends, bytes. Below the default
 * net.core.wmem_default of 212992.
 */
#define HS_PACKET_MAX (128 * 1024)

typedef enum
{
  HS_MESSAGE_START = 1,
  HS_MESSAGE_STOP = 2,
  HS_MESSAGE_STARTED = 101,  /* HsStarted */
  HS_MESSAGE_OUTPUT = 102,   /* HsOutput, then the bytes */
  HS_MESSAGE_PROGRESS = 103, /* HsProgress */
  HS_MESSAGE_DONE = 104,     /* HsDone, then type, message and traceback */
} HsMessageKind;

typedef struct
{
  uint32_t magic;   /* HS_PROTOCOL_MAGIC */
  uint32_t version; /* HS_PROTOCOL_VERSION */
  uint32_t kind;    /* HsMessageKind */
  uint32_t size;    /* bytes of the payload */
} HsMessage;

typedef enum
{
  /* A second descriptor comes with START: the code's stdin; else it is /dev/null. */
  HS_JOB_STDIN = 1 << 0,
  /* The allocator ledger: requested bytes, peak and totals. Slows the code. */
  HS_JOB_LEDGER = 1 << 1,
  /* And with it the line that allocated each block. */
  HS_JOB_LEDGER_LINES = 1 << 2,
  /* Snapshots hold every object of the process, not only what the names of
   * the code lead to.
   */
  HS_JOB_ALL_OBJECTS = 1 << 3,
  /* A record of what happens over time (hs-record-format.h): memory of the process, and
   * with the ledger live bytes; moments.
   */
  HS_JOB_RECORD = 1 << 4,
  /* And the pages of mappings, at each line while there is one. */
  HS_JOB_PAGES = 1 << 5,
  /* The value of the name "result" is kept once the code has ended well: HsKept. That may run
   * methods of its classes, within the time limit.
   */
  HS_JOB_RESULT = 1 << 6,
  /* There is no snapshot, not even at the end. */
  HS_JOB_NO_SNAPSHOT = 1 << 7,
} HsJobFlags;

/* What keeps the code from the rest of the machine. A job names what the run must have: if one
 * of them cannot be set up, the code is not run, and the run ends HS_STATUS_FAILED.
 */
typedef enum
{
  /* Landlock: the code writes nowhere but in its scratch folder, the folders of the job and
   * harmless devices; it reads what the user may read, other processes' /proc and devices
   * excepted.
   */
  HS_PROTECT_FILES = 1 << 0,
  /* seccomp: no sockets, no processes, no signals to others, no tracing, no mounts, no keys…:
   * what is not on a list does not exist.
   */
  HS_PROTECT_CALLS = 1 << 1,
} HsProtect;

/* What the user has allowed beyond that; folders are texts of the job. */
typedef enum
{
  HS_ALLOW_NETWORK = 1 << 0,   /* sockets of IPv4 and IPv6 */
  HS_ALLOW_PROCESSES = 1 << 1, /* fork, exec, signals among them; under the same protection */
} HsAllow;

/* A place of the code's file at which a snapshot is to be taken. */
typedef enum
{
  HS_MARK_BEFORE = 0, /* whenever @first_line is about to run */
  HS_MARK_AFTER,      /* whenever the lines from @first_line to @last_line have run */
  HS_N_MARK_WHENS
} HsMarkWhen;

typedef struct
{
  uint32_t first_line; /* from 1 */
  uint32_t last_line;  /* of the same statement; not below @first_line */
  uint32_t when;       /* HsMarkWhen */
  uint32_t name;       /* a text of the job; 0: none */
  uint32_t n_max;      /* snapshots of this mark; from then on it is only counted */
  uint32_t reserved;
} HsJobMark;

#define HS_JOB_N_MARKS_MAX   1000
#define HS_JOB_N_FOLDERS_MAX 100

/* The head of the job memfd. Texts are NUL-ended and given by their offset in
 * bytes from the start of the memfd; 0 means "not given".
 */
typedef struct
{
  uint32_t magic;   /* HS_PROTOCOL_MAGIC */
  uint32_t version; /* HS_PROTOCOL_VERSION */
  uint32_t flags;   /* HsJobFlags */
  uint32_t n_args;

  uint64_t timeout_ms;         /* wall clock; 0: none */
  uint64_t memory_limit_bytes; /* beyond what the interpreter needs to start; 0: none */
  uint64_t output_limit_bytes; /* kept of each stream */
  uint64_t result_limit_bytes; /* address space for the result; sparse */

  uint64_t source;      /* the bytes of the file, unchanged */
  uint64_t source_size; /* bytes */

  uint32_t file_name;      /* what tracebacks and __file__ say, absolute for a file on disk */
  uint32_t executable;     /* sys.executable: chooses a virtual environment; 0: the library's own */
  uint32_t working_folder; /* becomes the current folder and sys.path[0] */
  uint32_t scratch_folder; /* HOME and TMPDIR of the code; made and removed by the client */
  uint32_t first_arg;      /* n_args texts, one behind the other: sys.argv[1:] */
  uint32_t n_marks;        /* at most HS_JOB_N_MARKS_MAX */
  uint64_t marks;          /* HsJobMark [n_marks], aligned to 8 */

  uint32_t protect;      /* HsProtect */
  uint32_t allow;        /* HsAllow */
  uint32_t n_folders;    /* at most HS_JOB_N_FOLDERS_MAX */
  uint32_t first_folder; /* n_folders absolute paths in which the code may write, as args */

  uint64_t scratch_limit_bytes; /* of what lies in the scratch folder, and of any file; 0: none */
} HsJob;

/* How a run ended. The names in lower case with dashes are the "status" of
 * the command line's JSON; never renumbered.
 */
typedef enum
{
  HS_STATUS_OK = 0,
  HS_STATUS_EXCEPTION,
  HS_STATUS_EXIT,         /* sys.exit() or os._exit(); exit_code says with what */
  HS_STATUS_TIMEOUT,      /* the time limit */
  HS_STATUS_MEMORY_LIMIT, /* an uncaught MemoryError under a limit, or killed for its RSS */
  HS_STATUS_OUTPUT_LIMIT, /* would be ok, but output was cut */
  HS_STATUS_CRASHED,      /* by a signal that nobody here sent */
  HS_STATUS_CANCELLED,    /* STOP */
  HS_STATUS_SYNTAX_ERROR, /* did not compile; also undecodable source */
  HS_STATUS_FAILED,       /* the worker could not start or prepare the run; message says why */
  HS_STATUS_DISK_LIMIT,   /* killed for what it wrote into its scratch folder */
  HS_N_STATUSES
} HsStatus;

typedef enum
{
  HS_STREAM_STDOUT = 1,
  HS_STREAM_STDERR = 2,
} HsStream;

typedef struct
{
  int32_t  pid;        /* of the process that runs the code */
  uint32_t python_hex; /* PY_VERSION_HEX */
} HsStarted;

typedef struct
{
  uint32_t stream; /* HsStream */
  uint32_t size;   /* bytes that follow */
} HsOutput;

typedef struct
{
  uint64_t elapsed_ns;
  uint64_t rss_bytes;
  uint64_t rss_peak_bytes;
  uint64_t output_bytes; /* both streams, produced so far */
} HsProgress;

typedef enum
{
  /* Non-daemon threads or exit handlers kept the process from ending. */
  HS_DONE_HUNG_AT_EXIT = 1 << 0,
  /* Did not answer the request to stop and was killed: no final snapshot. */
  HS_DONE_KILLED = 1 << 1,
  /* Ended by os._exit(): no final snapshot. */
  HS_DONE_OS_EXIT = 1 << 2,
} HsDoneFlags;

/* What became of the value of "result" of the code's module, for HS_JOB_RESULT. */
typedef enum
{
  HS_KEPT_NOT_ASKED = 0, /* or the code did not come to its end */
  HS_KEPT_NOT_SET,       /* there is no such name */
  HS_KEPT_PICKLE,
  HS_KEPT_TOO_LARGE, /* its pickle is larger than HS_KEPT_BYTES_MAX */
  HS_KEPT_FAILED,    /* it cannot be pickled */
  HS_N_KEPTS
} HsKept;

/* What the exception that ended the code was refused by the protections, as far as can be told. */
typedef enum
{
  HS_REFUSED_NOTHING = 0,
  HS_REFUSED_WRITE, /* into the file that comes as a text */
  HS_REFUSED_READ,  /* of the file that comes as a text */
  HS_REFUSED_NETWORK,
  HS_REFUSED_PROCESS,
  HS_REFUSED_CALL, /* some other system call */
  HS_N_REFUSED
} HsRefused;

#define HS_KEPT_BYTES_MAX (UINT64_C (256) << 20)

typedef struct
{
  uint32_t status;    /* HsStatus */
  int32_t  exit_code; /* valid for HS_STATUS_EXIT; else 0 */
  int32_t  signal;    /* valid for HS_STATUS_CRASHED; SIGXCPU for its limit; else 0 */
  uint32_t flags;     /* HsDoneFlags */
  uint32_t line;      /* of the code's file: where it raised, stopped, did not compile; 0 unknown */
  uint32_t column;    /* 1-based character, for syntax errors; 0 unknown */

  uint64_t wall_ns;        /* from the first instruction of the code to its last */
  uint64_t cpu_ns;         /* user and system time of the same */
  uint64_t rss_peak_bytes; /* VmHWM before the final snapshot */
  uint64_t stdout_bytes;   /* produced; at most output_limit_bytes were sent */
  uint64_t stderr_bytes;

  /* The result, a sealed memfd, is the descriptor that comes along. 0 bytes: there is
   * none, and no descriptor comes. The record and the last snapshot lie in it, 0 bytes:
   * there is none; where the others lie, the moments of the record say.
   */
  uint64_t result_size;
  uint64_t record_offset;
  uint64_t record_size;
  uint64_t snapshot_offset;
  uint64_t snapshot_size;

  uint64_t rss_base_bytes; /* resident when the code began; 0: it has not */

  /* Of "result", in the result as well: of protocol HIGHEST_PROTOCOL. */
  uint64_t pickle_offset;
  uint64_t pickle_size; /* 0 unless HS_KEPT_PICKLE */
  uint32_t kept;        /* HsKept */

  /* Texts behind this struct, without NUL: */
  uint32_t type_size;         /* name of the exception's type */
  uint32_t message_size;      /* its message; for HS_STATUS_FAILED the reason */
  uint32_t traceback_size;    /* as Python prints it */
  uint32_t kept_type_size;    /* the type of "result" */
  uint32_t kept_preview_size; /* its value, cut */
  uint32_t kept_problem_size; /* why it cannot be pickled */
  uint32_t refused_size;      /* the file of HsRefused */

  uint32_t refused; /* HsRefused */
  uint32_t reserved;
} HsDone;

static_assert (sizeof (HsMessage) == 16, "HsMessage changed size");
static_assert (sizeof (HsJob) == 120, "HsJob changed size");
static_assert (sizeof (HsDone) == 168, "HsDone changed size");
