/* hs-run.c - compile, execute, measure, end
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "hs-run.h"

#include "hs-account.h"
#include "hs-clock.h"
#include "hs-curve.h"
#include "hs-kept.h"
#include "hs-ledger.h"
#include "hs-moments.h"
#include "hs-outcome.h"
#include "hs-pages.h"
#include "hs-pyinternal.h"
#include "hs-refused.h"
#include "hs-sampler.h"
#include "hs-sandbox.h"
#include "hs-snapshot.h"
#include "hs-source.h"
#include "hs-watch.h"

#include <unistd.h>

static HsShared *result;
static pid_t     own_pid;
static uint64_t  start_cpu_ns;
static PyObject *globals; /* owned: the code may throw away its own module */
static PyObject *code;    /* owned; its constants stay, as in the last line of the code */

bool
hs_run_is_own_process (void)
{
  return getpid () == own_pid;
}

/* VmHWM, not getrusage(): its ru_maxrss is inherited from the process that
 * called exec.
 */
static void
look_at_memory (HsSamplerMemory *memory)
{
  HsSampler sampler;

  hs_sampler_open (&sampler, getpid ());
  hs_sampler_read_memory (&sampler, memory);
  hs_sampler_close (&sampler);
}

static void
start_time (void)
{
  start_cpu_ns = hs_clock_get_cpu_ns ();
  result->start_ns = hs_clock_get_ns ();
}

static void
start_clock (void)
{
  HsSamplerMemory *memory = &result->begin_memory;

  look_at_memory (memory);
  result->base_rss_bytes = memory->anon + memory->file + memory->shmem;
  start_time ();
}

void
hs_run_end_clock (void)
{
  uint64_t now_ns = hs_clock_get_ns ();

  if (result->wall_ns != 0)
    return;

  result->wall_ns = now_ns > result->start_ns ? now_ns - result->start_ns : 1;
  result->cpu_ns = hs_clock_get_cpu_ns () - start_cpu_ns;
  look_at_memory (&result->end_memory);
  result->rss_peak_bytes = result->end_memory.peak;
  if (result->rss_peak_bytes < hs_moments_get_rss_peak ())
    result->rss_peak_bytes = hs_moments_get_rss_peak ();
  hs_curve_end ();
}

/* Ends the interpreter as a program does: joins threads, runs exit handlers
 * and finalizers, flushes. Does not return.
 */
static noreturn void
finish (HsShared *shared,
        int       exit_code)
{
  hs_ledger_end_code ();
  Py_CLEAR (code);
  Py_CLEAR (globals);
  if (Py_FinalizeEx () != 0 && exit_code == 0)
    exit_code = 120; /* as Py_Main() says it */

  if (shared != NULL)
    atomic_store (&shared->phase, HS_PHASE_DONE);

  _exit (exit_code);
}

static noreturn void
end_with_syntax_error (void)
{
  PyObject *exception = hs_py_take_exception ();

  hs_outcome_record_syntax_error (result, exception);
  atomic_store (&result->phase, HS_PHASE_ENDING);
  hs_outcome_report (result, exception);
  Py_DECREF (exception);
  finish (result, 1);
}

/* Measures while what the code made, and the frames of its exception, are
 * still alive; only then may code run again.
 */
static void
settle (const HsJobView *job,
        PyObject        *exception)
{
  hs_run_end_clock ();
  atomic_store (&result->phase, HS_PHASE_SNAPSHOT);
  hs_moments_end (exception);

  hs_sandbox_release_reserve ();
  hs_outcome_record (result, exception, job->head.memory_limit_bytes != 0);
  hs_refused_find (result, job, exception);
  atomic_store (&result->phase, HS_PHASE_ENDING);
}

noreturn void
hs_run (const HsJobView *job,
        HsShared        *shared)
{
  PyObject *exception = NULL;
  PyObject *value;
  int       exit_code;

  result = shared;
  own_pid = getpid ();
  globals = Py_NewRef (PyModule_GetDict (PyImport_AddModule ("__main__")));

  code = hs_source_compile (job);
  if (code == NULL)
    end_with_syntax_error ();

  hs_snapshot_prepare (globals, code);
  if (hs_shared_get_record (shared)->total_size == 0 ||
      hs_watch_init (hs_shared_get_record (shared)))
    {
      hs_pages_begin ();
      hs_moments_prepare (code);
    }
  else
    PyErr_Clear ();
  hs_ledger_begin_code ();
  hs_account_begin ();
  start_clock ();
  hs_moments_begin ();
  /* What was measured meanwhile is no time of the code. */
  start_time ();
  hs_curve_begin (shared);
  atomic_store (&result->phase, HS_PHASE_RUNNING);
  value = PyEval_EvalCode (code, globals, globals);

  if (value == NULL)
    exception = hs_py_take_exception ();
  Py_XDECREF (value);

  if ((job->head.flags & HS_JOB_RESULT) != 0 && hs_run_is_own_process () &&
      hs_outcome_is_ok (exception))
    {
      hs_run_end_clock ();
      hs_kept_take (globals);
    }

  if (hs_run_is_own_process ())
    settle (job, exception);
  else
    shared = NULL;

  exit_code = hs_outcome_report (shared, exception);
  Py_XDECREF (exception);
  finish (shared, exit_code);
}
