/* hs-watch.c - watches the code line by line, while somebody wants it
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-watch.h"

#include "hs-pyframe-trace.h"
#include "hs-pyframe.h"
#include "hs-pyinternal.h"
#include "hs-run.h"
#include "hs-source.h"
#include "hs-watch-frames.h"

#include <string.h>

#define N_FUNCS_MAX 4

static bool is_wanted[HS_WATCH_N_REASONS];
static bool is_installed;
static bool is_lost;
static bool is_setting; /* the trace function is being set by us, not by the code */
static bool is_inside;  /* of one of the functions that are told */
static bool has_changed;

static uint64_t        newest_thread; /* that is watched */
static HsRecordHeader *record;

static void (*line_done_funcs[N_FUNCS_MAX]) (uint32_t line);
static int n_funcs;

static bool (*has_marks_func) (PyCodeObject *code);
static HsWatchStepFunc step_func;

static void apply (void);

/* Whether events of lines are wanted of @code, which is not always the code's file. */
static bool
wants_lines (PyCodeObject *code)
{
  if (!hs_source_has_code ((PyObject *)code))
    return false;
  if (is_wanted[HS_WATCH_PAGES])
    return true;

  return is_wanted[HS_WATCH_MARKS] && has_marks_func != NULL && has_marks_func (code);
}

/* @line: that is about to run; 0: the frame gives way */
static void
end_line (HsWatchFrame *frame,
          PyCodeObject *code,
          uint32_t      line,
          int32_t       offset,
          bool          is_for_marks)
{
  uint32_t line_before = frame->line;

  is_inside = true;
  if (line_before != 0)
    for (int i = 0; i < n_funcs; i++)
      line_done_funcs[i](line_before);
  if (is_for_marks && is_wanted[HS_WATCH_MARKS] && step_func != NULL)
    step_func (frame, code, line, offset);
  is_inside = false;
}

/* The end of a loop within a line comes as an exception. @arg: (type, value, traceback) */
static bool
ends_iteration (PyObject *arg)
{
  PyObject *type = arg != NULL && PyTuple_Check (arg) ? PyTuple_GET_ITEM (arg, 0) : NULL;

  return type == PyExc_StopIteration || type == PyExc_StopAsyncIteration;
}

static void
take_event (PyFrameObject *object,
            int            what,
            PyObject      *arg)
{
  void         *key = hs_py_trace_get_frame (object);
  PyCodeObject *code = hs_py_get_frame_code (key);
  HsWatchFrame *frame;

  if (what == PyTrace_CALL)
    {
      bool has_lines = wants_lines (code);

      hs_py_trace_set_lines (object, has_lines);
      if (has_lines && hs_py_trace_begins (object))
        hs_watch_frames_remove (key);
      return;
    }

  if (!wants_lines (code))
    return;
  frame = hs_watch_frames_get (key);
  if (frame == NULL)
    return;

  if (what == PyTrace_EXCEPTION)
    {
      frame->has_failed = frame->has_failed || !ends_iteration (arg);
    }
  else if (what == PyTrace_LINE)
    {
      uint32_t line = hs_py_get_frame_line (key);

      end_line (frame, code, line, hs_py_trace_get_offset (object), true);
      frame->line = line;
      frame->has_failed = false;
    }
  else if (what == PyTrace_RETURN)
    {
      bool yields = hs_py_trace_yields (object);

      end_line (frame, code, 0, 0, !yields);
      if (!yields)
        hs_watch_frames_remove (key);
    }
}

static int
trace (PyObject      *self,
       PyFrameObject *frame,
       int            what,
       PyObject      *arg)
{
  if (is_lost)
    return 0;

  take_event (frame, what, arg);
  if (has_changed || newest_thread != hs_py_trace_get_newest_thread ())
    apply ();

  return 0;
}

/* Frames that run already have had no event that could have said whether their lines
 * are wanted. When the watching begins, the line that each is in has begun.
 */
static void
prepare_frame (HsFrame *frame,
               bool     is_beginning)
{
  bool          has_lines = wants_lines (frame->code);
  HsWatchFrame *watched;

  if (frame->object != NULL)
    hs_py_trace_set_lines ((PyFrameObject *)frame->object, has_lines);
  if (!has_lines || frame->line <= 0)
    return;
  watched = hs_watch_frames_get (frame->frame);
  if (watched != NULL && (is_beginning || watched->line == 0))
    watched->line = (uint32_t)frame->line;
}

static void
prepare_frames (bool is_beginning)
{
  for (PyThreadState *thread = hs_py_next_thread (NULL); thread != NULL;
       thread = hs_py_next_thread (thread))
    {
      HsFrame frame = { 0 };

      while (hs_py_next_frame_of (thread, &frame))
        prepare_frame (&frame, is_beginning);
    }
}

/* As it is without us. */
static void
leave_frames (void)
{
  for (PyThreadState *thread = hs_py_next_thread (NULL); thread != NULL;
       thread = hs_py_next_thread (thread))
    {
      HsFrame frame = { 0 };

      while (hs_py_next_frame_of (thread, &frame))
        if (frame.object != NULL)
          hs_py_trace_set_lines ((PyFrameObject *)frame.object, true);
    }
  hs_watch_frames_clear ();
}

static void
install (bool installs)
{
  is_setting = true;
  hs_py_trace_set (installs ? trace : NULL);
  is_setting = false;
  is_installed = installs;
  newest_thread = hs_py_trace_get_newest_thread ();
  if (installs && hs_run_is_own_process ())
    hs_record_add_flags (record, HS_RECORD_WATCHED);
}

static void
lose (void)
{
  is_lost = true;
  is_installed = false;
  if (hs_run_is_own_process ())
    hs_record_add_flags (record, HS_RECORD_UNWATCHED);
}

static void
apply (void)
{
  bool wants = is_wanted[HS_WATCH_MARKS] || is_wanted[HS_WATCH_PAGES];
  bool is_beginning = wants && !is_installed;
  bool has_threads = newest_thread != hs_py_trace_get_newest_thread ();

  has_changed = false;
  if (is_lost)
    return;

  if (is_beginning && hs_py_trace_is_taken (trace))
    {
      lose ();
      return;
    }
  if (wants != is_installed || (wants && has_threads))
    install (wants);
  if (wants)
    prepare_frames (is_beginning);
  else
    leave_frames ();
}

/* Raised by PyEval_SetTrace(), before it changes anything (Python/ceval.c, 3.12
 * legacy_tracing.c).
 */
static int
audit (const char *event,
       PyObject   *args,
       void       *data)
{
  if (event[0] != 's' || strcmp (event, "sys.settrace") != 0)
    return 0;

  if (!is_setting && is_installed && !is_lost)
    {
      lose ();
      leave_frames ();
    }

  return 0;
}

bool
hs_watch_init (HsRecordHeader *of_run)
{
  record = of_run;

  return PySys_AddAuditHook (audit, NULL) == 0;
}

void
hs_watch_want (HsWatchReason reason,
               bool          wants)
{
  if (is_wanted[reason] == wants)
    return;

  is_wanted[reason] = wants;
  has_changed = true;
  if (!is_inside)
    apply ();
}

bool
hs_watch_is_wanted (HsWatchReason reason)
{
  return is_wanted[reason];
}

bool
hs_watch_is_lost (void)
{
  return is_lost;
}

void
hs_watch_add_func (void (*line_done) (uint32_t line))
{
  if (n_funcs < N_FUNCS_MAX)
    line_done_funcs[n_funcs++] = line_done;
}

void
hs_watch_set_marks (bool (*has_marks) (PyCodeObject *code),
                    HsWatchStepFunc step)
{
  has_marks_func = has_marks;
  step_func = step;
}
