/* hs-watch.h - watches the code line by line, while somebody wants it
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <stdbool.h>
#include <stdint.h>

#include "hs-record-writer.h"

/* A trace function of all threads: of one that starts from the next event of any other
 * on, mostly before its first line. It costs an object for each
 * frame as long as that runs, and once for each code object a table of its lines; so
 * it is there only while somebody wants it, and frames of other files have no events
 * of lines.
 *
 * If the code sets a trace function of its own, that takes the place of this one:
 * the record says so (HS_RECORD_UNWATCHED), and nothing is watched any more.
 *
 * All of this needs the GIL.
 */

typedef enum
{
  HS_WATCH_MARKS = 0, /* only code that hs_watch_set_marks() accepts */
  HS_WATCH_PAGES,     /* all lines of the code's file */
  HS_WATCH_N_REASONS
} HsWatchReason;

/* Before the code runs. @record is told that lines were watched, and if that ended too
 * early. Returns: false with an exception
 */
bool hs_watch_init (HsRecordHeader *record);

/* Nobody wants it at first. May be called at any time: by the functions below (what it
 * changes is done when they have returned), by audit hooks.
 */
void hs_watch_want (HsWatchReason reason,
                    bool          wants);

bool hs_watch_is_wanted (HsWatchReason reason);

/* The code has set a trace function of its own, and nothing is watched any more. */
bool hs_watch_is_lost (void);

/* @line_done is called when a line of the code's file has been executed: at the next
 * event of the same frame. No Python code may run in it. At most 4 functions.
 */
void hs_watch_add_func (void (*line_done) (uint32_t line));

/* ---- For marks ---- */

/* A frame of the code's file that is being executed, or a suspended generator's. */
typedef struct
{
  uint64_t frame;
  uint32_t line;       /* that has run by now; 0: none */
  int32_t  entry;      /* where it came to the statement of @line: the marks' own */
  bool     has_failed; /* with an exception in @line, at least a part of it */
} HsWatchFrame;

/* @offset: of the instruction, bytes. At a return @line is 0. */
typedef void (*HsWatchStepFunc) (HsWatchFrame *frame,
                                 PyCodeObject *code,
                                 uint32_t      line,
                                 int32_t       offset);

/* @has_marks: whether the lines of a code object are wanted; @step is called after
 * the functions that were added: what a line has done is told before its snapshot.
 */
void hs_watch_set_marks (bool (*has_marks) (PyCodeObject *code),
                         HsWatchStepFunc step);
