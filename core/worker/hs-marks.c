/* hs-marks.c - which marks the code has come to
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-marks.h"

#include "hs-watch.h"

#include <string.h>

/* Whether a line has a mark is looked up for lines up to here. */
#define N_LINES 65536

#define N_KNOWN 1024 /* a power of 2 */

static const HsJobMark *marks;
static uint32_t         n_marks;
static PyObject        *module_code;
static HsMarkFunc       reached_func;

static uint64_t marked_lines[N_LINES / 64];

/* Whether code objects have marks: it is asked at each call. An address may come to be
 * that of another code object, but hardly with the same table of lines.
 */
static struct
{
  PyCodeObject *code;
  PyObject     *lines;
  int           first_line;
  bool          has_marks;
} known[N_KNOWN];

static bool
may_have_marks (uint32_t line)
{
  return line >= N_LINES || (marked_lines[line / 64] >> (line % 64) & 1) != 0;
}

static bool
contains (const HsJobMark *mark,
          uint32_t         line)
{
  return line >= mark->first_line && line <= mark->last_line;
}

/* Whether @code is part of what @mark is the statement of. */
static bool
is_within (const HsJobMark *mark,
           PyCodeObject    *code)
{
  return (PyObject *)code != module_code && contains (mark, (uint32_t)code->co_firstlineno);
}

static bool
has_marks_in (PyCodeObject *code,
              uint32_t      line)
{
  if (!may_have_marks (line))
    return false;
  for (uint32_t i = 0; i < n_marks; i++)
    if (contains (&marks[i], line) && !is_within (&marks[i], code))
      return true;

  return false;
}

/* ---- The lines of a code object ---- */

/* Of a number in steps of 6 bits, the lowest first (Objects/locations.md). */
static uint32_t
read_number (const uint8_t **at,
             const uint8_t  *end)
{
  uint32_t number = 0;

  for (int shift = 0; *at < end && shift < 30; shift += 6)
    {
      uint8_t byte = *(*at)++;

      number |= (uint32_t)(byte & 63) << shift;
      if ((byte & 64) == 0)
        break;
    }

  return number;
}

static int
read_signed (const uint8_t **at,
             const uint8_t  *end)
{
  uint32_t number = read_number (at, end);

  return (number & 1) != 0 ? -(int)(number >> 1) : (int)(number >> 1);
}

/* Entries begin with a byte of which the highest bit is set; bits 3 to 6 say how the
 * line is given, the columns follow (Objects/locations.md, PEP 626).
 */
static bool
look_for_marks (PyCodeObject *code)
{
  const uint8_t *at = (const uint8_t *)PyBytes_AS_STRING (code->co_linetable);
  const uint8_t *end = at + PyBytes_GET_SIZE (code->co_linetable);
  int            line = code->co_firstlineno;

  while (at < end)
    {
      int kind = *at++ >> 3 & 15;

      if (kind == 13 || kind == 14)
        line += read_signed (&at, end);
      else if (kind >= 10 && kind <= 12)
        line += kind - 10;
      if (kind != 15 && line > 0 && has_marks_in (code, (uint32_t)line))
        return true;
      while (at < end && (*at & 128) == 0)
        at++;
    }

  return false;
}

static bool
has_marks (PyCodeObject *code)
{
  uint64_t slot = ((uint64_t)code * UINT64_C (0x9e3779b97f4a7c15) >> 32) % N_KNOWN;

  if (known[slot].code != code || known[slot].lines != code->co_linetable ||
      known[slot].first_line != code->co_firstlineno)
    {
      known[slot].code = code;
      known[slot].lines = code->co_linetable;
      known[slot].first_line = code->co_firstlineno;
      known[slot].has_marks = look_for_marks (code);
    }

  return known[slot].has_marks;
}

/* ---- The steps of a frame ---- */

/* For those marks of @when that the frame has come out of, or into. */
static void
tell (const HsWatchFrame *frame,
      PyCodeObject       *code,
      HsMarkWhen          when,
      uint32_t            line,
      bool                is_again)
{
  uint32_t from = when == HS_MARK_AFTER ? frame->line : line;
  uint32_t to = when == HS_MARK_AFTER ? line : frame->line;

  if (from == 0 || !may_have_marks (from))
    return;
  for (uint32_t i = 0; i < n_marks; i++)
    if (marks[i].when == when && contains (&marks[i], from) &&
        (is_again || !contains (&marks[i], to)) && !is_within (&marks[i], code))
      reached_func (i);
}

static bool
is_same_statement (uint32_t line_before,
                   uint32_t line)
{
  if (line_before == 0 || !may_have_marks (line_before))
    return false;
  for (uint32_t i = 0; i < n_marks; i++)
    if (contains (&marks[i], line_before) && contains (&marks[i], line))
      return true;

  return false;
}

static void
step (HsWatchFrame *frame,
      PyCodeObject *code,
      uint32_t      line,
      int32_t       offset)
{
  bool is_again = line != 0 && frame->line != 0 && offset <= frame->entry;

  if (!frame->has_failed)
    tell (frame, code, HS_MARK_AFTER, line, is_again);
  tell (frame, code, HS_MARK_BEFORE, line, is_again);

  if (line != 0 && (is_again || !is_same_statement (frame->line, line)))
    frame->entry = offset;
}

void
hs_marks_init (const HsJobView *job,
               PyObject        *module,
               HsMarkFunc       reached)
{
  marks = job->marks;
  n_marks = job->head.n_marks;
  module_code = module;
  reached_func = reached;
  for (uint32_t i = 0; i < n_marks; i++)
    for (uint64_t line = marks[i].first_line; line <= marks[i].last_line && line < N_LINES; line++)
      marked_lines[line / 64] |= UINT64_C (1) << (line % 64);

  hs_watch_set_marks (has_marks, step);
}
