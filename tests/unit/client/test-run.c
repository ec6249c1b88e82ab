/* test-run.c - run specs, runs, and the sentences about how they ended
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <gio/gio.h>
#include <signal.h>
#include <string.h>

#include "hs-run-private.h"
#include "hs-run-spec-private.h"

static HsRunSpec *
new_spec (const char *source)
{
  g_autoptr(GBytes) bytes = g_bytes_new_static (source, strlen (source));

  return hs_run_spec_new (bytes, NULL, "Untitled");
}

static HsRun *
new_run (HsRunSpec *spec)
{
  g_autoptr(GDateTime) date = g_date_time_new_local (2026, 11, 22, 17, 5, 0);
  g_autoptr(GError) error = NULL;
  g_autoptr(HsPython) python = hs_python_find (NULL, &error);

  g_assert_no_error (error);

  return _hs_run_new (spec, python, date);
}

static void
test_spec_defaults (void)
{
  g_autoptr(HsRunSpec) spec = new_spec ("a = 1\n");
  g_autofree char *file_name = _hs_run_spec_dup_file_name (spec);

  g_assert_cmpuint (hs_run_spec_get_timeout (spec), ==, 60000);
  g_assert_cmpuint (hs_run_spec_get_memory_limit (spec), ==, G_GUINT64_CONSTANT (2147483648));
  g_assert_cmpuint (hs_run_spec_get_output_limit (spec), ==, 4194304);
  g_assert_null (hs_run_spec_get_file (spec));
  g_assert_null (hs_run_spec_get_python (spec));
  g_assert_null (_hs_run_spec_get_stdin (spec));
  g_assert_cmpstr (hs_run_spec_get_display_name (spec), ==, "Untitled");
  g_assert_cmpstr (file_name, ==, "Untitled");
  g_assert_null (_hs_run_spec_dup_folder (spec));
  g_assert_null (_hs_run_spec_get_args (spec)[0]);
}

static void
test_spec_file (void)
{
  g_autoptr(GBytes) bytes = g_bytes_new_static ("", 0);
  g_autoptr(GFile) file = g_file_new_for_path ("/some/where/x.py");
  g_autoptr(HsRunSpec) spec = hs_run_spec_new (bytes, file, "x.py");
  g_autofree char *file_name = _hs_run_spec_dup_file_name (spec);
  g_autofree char *folder = _hs_run_spec_dup_folder (spec);

  g_assert_cmpstr (file_name, ==, "/some/where/x.py");
  g_assert_cmpstr (folder, ==, "/some/where");
}

static const struct
{
  HsStatus    status;
  int         number; /* exit code or signal */
  guint       flags;
  guint       line;
  const char *type;
  const char *message;
  guint64     truncated;
  const char *expected;
} sentences[] = {
  { HS_STATUS_OK, 0, 0, 0, NULL, NULL, 0, "Finished; measured in 12.3 ms." },
  { HS_STATUS_OK, 0, HS_DONE_HUNG_AT_EXIT, 0, NULL, NULL, 0,
    "Finished; measured in 12.3 ms. Threads or exit handlers kept it from ending and were "
    "stopped." },
  { HS_STATUS_OUTPUT_LIMIT, 0, 0, 0, NULL, NULL, 100 << 20,
    "Finished; measured in 12.3 ms. 100 MiB of output were cut, beyond the limit of 4.00 MiB for "
    "each stream." },
  { HS_STATUS_EXCEPTION, 0, 0, 12, "ValueError", "no good", 0, "ValueError at line 12: no good" },
  { HS_STATUS_EXCEPTION, 0, 0, 12, "ValueError", "one\ntwo", 0, "ValueError at line 12: one …" },
  { HS_STATUS_EXCEPTION, 0, 0, 12, "KeyboardInterrupt", NULL, 0, "KeyboardInterrupt at line 12" },
  { HS_STATUS_EXCEPTION, 0, 0, 0, "ValueError", "no good", 0, "ValueError: no good" },
  { HS_STATUS_EXCEPTION, 0, 0, 1, "EOFError", "EOF when reading a line", 0,
    "EOFError at line 1: EOF when reading a line. The code asked for input and there was none: "
    "write it into the input box, or give it with --stdin." },
  { HS_STATUS_EXIT, 3, 0, 2, "SystemExit", "3", 0, "Ended by sys.exit() with code 3 at line 2." },
  { HS_STATUS_EXIT, 1, 0, 2, "SystemExit", "bye", 0, "Ended by sys.exit() with code 1: bye" },
  { HS_STATUS_EXIT, 7, HS_DONE_OS_EXIT, 0, NULL, NULL, 0,
    "Ended by os._exit() with code 7, which leaves at once: there is no picture of the end. "
    "sys.exit() would leave one." },
  { HS_STATUS_TIMEOUT, 0, 0, 12, NULL, NULL, 0,
    "Stopped after 2.5 s, the time limit, at line 12. Raise the time limit (in Preferences, or "
    "with --timeout) if the code needs longer." },
  { HS_STATUS_TIMEOUT, 0, HS_DONE_KILLED, 0, NULL, NULL, 0,
    "Stopped after 2.5 s, the time limit. It did not answer, being inside C code or deaf to "
    "signals, and was killed, so there is no picture of the end. Raise the time limit (in "
    "Preferences, or with --timeout) if the code needs longer." },
  { HS_STATUS_MEMORY_LIMIT, 0, 0, 3, "MemoryError", NULL, 0,
    "Out of memory: the limit is 256 MiB, reached at line 3. Raise the memory limit (in "
    "Preferences, or with --memory-limit) if the code needs more." },
  { HS_STATUS_MEMORY_LIMIT, 0, HS_DONE_KILLED, 0, NULL, NULL, 0,
    "Out of memory: the limit is 256 MiB. It was killed, so there is no picture of the end. Raise "
    "the memory limit (in Preferences, or with --memory-limit) if the code needs more." },
  { HS_STATUS_CRASHED, SIGSEGV, 0, 4, NULL, NULL, 0,
    "The process crashed: SIGSEGV (invalid memory access) at line 4. Python code alone rarely "
    "does that: look at extension modules, ctypes, sys.setrecursionlimit() with a recursion that "
    "is too deep for the stack, and the error output." },
  { HS_STATUS_CRASHED, SIGSYS, 0, 0, NULL, NULL, 0,
    "The process crashed: SIGSYS (used a forbidden system interface). Machine code has asked the "
    "system for something in a way that Python never does: look at what the code does with ctypes "
    "and extension modules." },
  { HS_STATUS_CRASHED, SIGKILL, 0, 0, NULL, NULL, 0,
    "The process was ended: SIGKILL (killed from outside). Heapscape did not do that; the system "
    "does when the machine runs out of memory. Close other programs, or let the code work on "
    "less." },
  { HS_STATUS_CRASHED, SIGTERM, 0, 0, NULL, NULL, 0,
    "The process was ended: SIGTERM (asked to end)." },
  { HS_STATUS_CRASHED, SIGXFSZ, 0, 0, NULL, NULL, 0,
    "The process crashed: SIGXFSZ (wrote a file larger than allowed). Files in its temporary "
    "folder are limited. Let it write into a folder of yours: allow one in Permissions, or with "
    "--allow write=FOLDER." },
  { HS_STATUS_TIMEOUT, SIGXCPU, HS_DONE_KILLED, 0, NULL, NULL, 0,
    "Killed by SIGXCPU, for more processor time than is allowed by a limit that the code has set "
    "itself, or that Heapscape was started with (ulimit -t). There is no picture of the end." },
  { HS_STATUS_DISK_LIMIT, 0, HS_DONE_KILLED, 0, NULL, NULL, 0,
    "Killed for writing more than 512 MiB into its temporary folder, so there is no picture of the "
    "end. If it needs that much, let it write into a folder of yours: allow one in Permissions, or "
    "with --allow write=FOLDER." },
  { HS_STATUS_EXCEPTION, 0, 0, 4, "OSError", "[Errno 27] File too large", 0,
    "OSError at line 4: [Errno 27] File too large. Files in its temporary folder can have 512 MiB "
    "at most. In a folder of yours they may be larger: allow one in Permissions, or with --allow "
    "write=FOLDER." },
  { HS_STATUS_EXCEPTION, 0, 0, 4, "OSError", "[Errno 24] Too many open files: 'x'", 0,
    "OSError at line 4: [Errno 24] Too many open files: 'x'. The code has as many files open as it "
    "may: it should close some." },
  { HS_STATUS_EXCEPTION, 0, 0, 4, "RuntimeError", "can't start new thread", 0,
    "RuntimeError at line 4: can't start new thread. The code has as many threads as it may, or "
    "their stacks do not fit into the memory limit." },
  { HS_STATUS_EXCEPTION, 0, 0, 1, "E\033[2J", "\033[31mred\a \342\200\256 x", 0,
    "E\342\220\233[2J at line 1: \342\220\233[31mred\342\220\207 \\u202e x" },
  { HS_STATUS_CRASHED, SIGABRT, 0, 0, NULL, NULL, 0,
    "The process crashed: SIGABRT (the process gave up by abort()). Python code alone rarely does "
    "that: look at extension modules, ctypes, and the error output." },
  { HS_STATUS_CANCELLED, 0, 0, 7, NULL, NULL, 0, "Stopped on request at line 7." },
  { HS_STATUS_CANCELLED, 0, HS_DONE_KILLED, 0, NULL, NULL, 0,
    "Stopped on request. It did not answer, being inside C code or deaf to signals, and was "
    "killed, so there is no picture of the end." },
  { HS_STATUS_CANCELLED, 0, HS_DONE_KILLED, 5, NULL, NULL, 0,
    "Stopped on request. It was inside C code at line 5, or too slow to answer, and was killed, so "
    "there is no picture of the end." },
  { HS_STATUS_TIMEOUT, 0, HS_DONE_KILLED, 5, NULL, NULL, 0,
    "Stopped after 2.5 s, the time limit. It was inside C code at line 5, or too slow to answer, "
    "and was killed, so there is no picture of the end. Raise the time limit (in Preferences, or "
    "with --timeout) if the code needs longer." },
  { HS_STATUS_SYNTAX_ERROR, 0, 0, 2, "IndentationError", "unexpected indent", 0,
    "IndentationError at line 2: unexpected indent. Nothing was run." },
  { HS_STATUS_FAILED, 0, 0, 0, NULL, "no memory", 0, "The run could not take place: no memory" },
};

static void
test_sentences (void)
{
  gboolean seen[HS_N_STATUSES] = { FALSE };

  for (gsize i = 0; i < G_N_ELEMENTS (sentences); i++)
    {
      g_autoptr(HsRunSpec) spec = new_spec ("a = 1\n");
      g_autoptr(HsRun) run = NULL;
      g_autofree char *message = NULL;
      const char      *reason = NULL;

      hs_run_spec_set_timeout (spec, 2500);
      hs_run_spec_set_memory_limit (spec, 256 << 20);
      run = new_run (spec);
      run->status = sentences[i].status;
      if (run->status == HS_STATUS_EXIT)
        run->exit_code = sentences[i].number;
      else
        run->signal = sentences[i].number;
      run->flags = sentences[i].flags;
      run->line = sentences[i].line;
      run->exception_type = g_strdup (sentences[i].type);
      run->exception_message = g_strdup (sentences[i].message);
      run->output_truncated = sentences[i].truncated;
      run->wall_ns = 12300000;

      message = hs_run_dup_message (run);
      g_assert_cmpstr (message, ==, sentences[i].expected);
      seen[run->status] = TRUE;

      g_assert_null (hs_run_get_heap (run, &reason));
      g_assert_nonnull (reason);
    }

  for (gsize i = 0; i < HS_N_STATUSES; i++)
    g_assert_true (seen[i]);
}

static void
test_status_names (void)
{
  static const char *const names[] = { "ok", "exception", "exit", "timeout", "memory-limit",
                                       "output-limit", "crashed", "cancelled", "syntax-error",
                                       "failed", "disk-limit" };

  G_STATIC_ASSERT (G_N_ELEMENTS (names) == HS_N_STATUSES);

  for (gsize i = 0; i < HS_N_STATUSES; i++)
    g_assert_cmpstr (hs_status_to_string ((HsStatus)i), ==, names[i]);
}

static void
test_is_ok (void)
{
  g_autoptr(HsRunSpec) spec = new_spec ("");
  g_autoptr(HsRun) run = new_run (spec);

  for (gsize i = 0; i < HS_N_STATUSES; i++)
    {
      run->status = (HsStatus)i;
      run->exit_code = 0;
      g_assert_cmpint (hs_run_is_ok (run), ==,
                       i == HS_STATUS_OK || i == HS_STATUS_OUTPUT_LIMIT || i == HS_STATUS_EXIT);
    }

  run->status = HS_STATUS_EXIT;
  run->exit_code = 3;
  g_assert_false (hs_run_is_ok (run));
}

static void
test_signal_names (void)
{
  g_autofree char *segv = hs_signal_dup_name (SIGSEGV);
  g_autofree char *realtime = hs_signal_dup_name (SIGRTMIN + 2);

  g_assert_cmpstr (segv, ==, "SIGSEGV");
  g_assert_cmpstr (realtime, ==, "SIGRTMIN+2");
  g_assert_cmpstr (hs_signal_get_meaning (SIGSEGV), ==, "invalid memory access");
  g_assert_null (hs_signal_get_meaning (SIGRTMIN + 2));
}

/* ---- What was refused ---- */

static const struct
{
  HsRefused   refused;
  const char *file;
  const char *allowed; /* as of --allow */
  const char *expected;
} refusals[] = {
  { HS_REFUSED_WRITE, "/home/me/data/../x.txt", NULL,
    "The code may write only in its temporary folder and where it is allowed. To let it write "
    "“/home/me/x.txt”, allow the folder “/home/me” in Permissions, or with --allow "
    "write=/home/me." },
  { HS_REFUSED_WRITE, "/home/it's me/x.txt", NULL,
    "The code may write only in its temporary folder and where it is allowed. To let it write "
    "“/home/it's me/x.txt”, allow the folder “/home/it's me” in Permissions, or with --allow "
    "'write=/home/it'\\''s me'." },
  { HS_REFUSED_WRITE, "/home/a\033/x", NULL,
    "The code may write only in its temporary folder and where it is allowed. To let it write "
    "“/home/a␛/x”, allow the folder “/home/a␛” in Permissions, or with --allow "
    "'write=/home/a␛'." },
  { HS_REFUSED_WRITE, "/x", NULL,
    "The code may not write “/x”; what lies in “/” itself cannot be allowed." },
  { HS_REFUSED_WRITE, "/dev/shm/x", NULL,
    "The code may not write “/dev/shm/x”, which belongs to the system; that cannot be allowed." },
  { HS_REFUSED_WRITE, NULL, NULL,
    "The code may write only in its temporary folder, and in folders that are allowed: in "
    "Permissions, or with --allow write=FOLDER." },
  { HS_REFUSED_READ, "/proc/1/environ", NULL,
    "The code may not open “/proc/1/environ”: other processes and devices are closed to it, and "
    "that cannot be allowed." },
  { HS_REFUSED_READ, NULL, NULL,
    "Other processes and devices are closed to the code; that cannot be allowed." },
  { HS_REFUSED_NETWORK, NULL, NULL,
    "The code may not use the network. To allow it, switch on “Use the Network” in Permissions, or "
    "give --allow network." },
  { HS_REFUSED_NETWORK, NULL, "network",
    "Sockets of this kind are closed to the code; that cannot be allowed." },
  { HS_REFUSED_PROCESS, NULL, "network",
    "The code may neither start nor end other programs. To allow it, switch on “Start Other "
    "Programs” in Permissions, or give --allow processes." },
  { HS_REFUSED_PROCESS, NULL, "processes",
    "Processes that the code has not started are closed to it; that cannot be allowed." },
  { HS_REFUSED_CALL, NULL, NULL,
    "What it asked the system for is closed to the code; that cannot be allowed." },
};

static void
test_refused (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autoptr(HsRunSpec) spec = new_spec ("a = 1\n");
      g_autoptr(HsPermissions) permissions = hs_permissions_new ();
      g_autoptr(HsRun) run = NULL;
      g_autofree char *message = NULL, *expected = NULL;

      if (refusals[i].allowed != NULL)
        g_assert_true (hs_permissions_add (permissions, refusals[i].allowed, NULL));
      hs_run_spec_set_permissions (spec, permissions);

      run = new_run (spec);
      run->status = HS_STATUS_EXCEPTION;
      run->line = 3;
      run->exception_type = g_strdup ("PermissionError");
      run->exception_message = g_strdup ("[Errno 13] Permission denied");
      run->refused = refusals[i].refused;
      run->refused_file = g_strdup (refusals[i].file);

      message = hs_run_dup_message (run);
      expected = g_strconcat ("PermissionError at line 3: [Errno 13] Permission denied. ",
                              refusals[i].expected, NULL);
      g_assert_cmpstr (message, ==, expected);
    }
}

/* ---- Where it crashed ---- */

#define DUMP "Fatal Python error: Segmentation fault\n\nCurrent thread 0x00007f0a (most recent " \
             "call first):\n"

static const struct
{
  const char *errors;
  const char *file_name;
  guint       line;
} dumps[] = {
  { "", "x.py", 0 },
  { "  File \"x.py\", line 7 in f\n", "x.py", 0 },
  { DUMP, "x.py", 0 },
  { DUMP "  File \"x.py\", line 7 in f\n  File \"x.py\", line 9 in <module>\n", "x.py", 7 },
  { DUMP "  File \"/lib/y.py\", line 7 in f\n  File \"x.py\", line 9 in <module>\n", "x.py", 9 },
  { DUMP "  File \"/lib/y.py\", line 7 in f\n\nThread 0x1 (most recent call first):\n"
         "  File \"x.py\", line 9 in <module>\n",
    "x.py", 0 },
  { DUMP "  File \"x.py\", line 1 in f\n" DUMP "  File \"x.py\", line 2 in f\n", "x.py", 2 },
  { DUMP "  File \"x.py\", line 7 in f", "x.py", 7 },
  { DUMP "  File \"x.py\", line ", "x.py", 0 },
  { DUMP "  File \"x.py\", line 99999999999999999999 in f\n", "x.py", 0 },
  { DUMP "  File \"/\\xe9\\u20ac\\U0001f600.py\", line 7 in f\n", "/é€😀.py", 7 },
};

static void
test_crash_line (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (dumps); i++)
    g_assert_cmpuint (_hs_crash_find_line (dumps[i].errors, dumps[i].file_name), ==,
                      dumps[i].line);
}

/* Only without the ledger is a duration that of the code. */
static void
test_light (void)
{
  g_autoptr(HsRunSpec) spec = new_spec ("a = 1\n");
  g_autoptr(HsRunSpec) timing = NULL;
  g_autoptr(HsRun) run = NULL;
  g_autofree char *message = NULL;

  g_assert_true (hs_run_spec_get_trace (spec));
  g_assert_false (hs_run_spec_get_all_objects (spec));
  hs_run_spec_set_all_objects (spec, TRUE);
  hs_run_spec_set_timeout (spec, 7);
  timing = hs_run_spec_new_timing (spec);
  g_assert_false (hs_run_spec_get_trace (timing));
  g_assert_false (hs_run_spec_get_all_objects (timing));
  g_assert_cmpuint (hs_run_spec_get_timeout (timing), ==, 7);

  run = new_run (timing);
  run->status = HS_STATUS_OK;
  run->wall_ns = 12300000;
  message = hs_run_dup_message (run);
  g_assert_cmpstr (message, ==, "Finished in 12.3 ms.");
}

static void
test_picture_info (void)
{
  g_autoptr(HsRunSpec) spec = new_spec ("# coding: latin-1\ns = '\xe9'\n");
  g_autoptr(HsRun) run = new_run (spec);
  g_autoptr(HsPictureInfo) info = NULL;
  g_autofree char *python = g_strdup_printf ("CPython %s", hs_python_get_version (run->python));

  run->status = HS_STATUS_OK;
  run->rss_peak = 10 << 20;
  run->wall_ns = 12300000;
  info = hs_run_dup_picture_info (run);

  g_assert_cmpstr (info->title, ==, "Untitled");
  g_assert_cmpstr (info->python, ==, python);
  g_assert_cmpstr (info->date, ==, "2026-11-22 17:05");
  g_assert_cmpstr (info->figures, ==, "peak RSS 10.0 MiB");
  g_assert_cmpstr (info->status, ==, "Finished; measured in 12.3 ms.");
  g_assert_cmpstr (info->source, ==, "# coding: latin-1\ns = 'é'\n");
  g_assert_nonnull (info->method);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/run/spec-defaults", test_spec_defaults);
  g_test_add_func ("/run/spec-file", test_spec_file);
  g_test_add_func ("/run/sentences", test_sentences);
  g_test_add_func ("/run/status-names", test_status_names);
  g_test_add_func ("/run/is-ok", test_is_ok);
  g_test_add_func ("/run/signal-names", test_signal_names);
  g_test_add_func ("/run/refused", test_refused);
  g_test_add_func ("/run/crash-line", test_crash_line);
  g_test_add_func ("/run/light", test_light);
  g_test_add_func ("/run/picture-info", test_picture_info);

  return g_test_run ();
}
