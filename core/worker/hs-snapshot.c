/* hs-snapshot.c - when a snapshot is taken, and of what
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-snapshot.h"

#include "hs-account.h"
#include "hs-clock.h"
#include "hs-pyinternal.h"
#include "hs-scratch.h"
#include "hs-source.h"
#include "hs-walk.h"

#include <string.h>
#include <sys/mman.h>

/* The blocks of so many objects are described byte by byte: more than a person
 * looks at, and a few MiB.
 */
#define N_DESCRIBED_MAX 10000

#define PAGE_SIZE UINT64_C (4096)

/* What the interpreter puts into __main__: at most this many. */
#define N_INITIAL_MAX 32

static HsShared *shared;
static uint64_t  area_size;
static PyObject *globals;
static PyObject *module_code;

static bool is_all; /* snapshots hold every object of the process */

static struct
{
  PyObject *key;
  PyObject *value;
} initial[N_INITIAL_MAX];
static int       n_initial;
static PyObject *docstring; /* what the module's first statement will store */

static HsWalk walk;

void
hs_snapshot_set_area (HsShared *area,
                      uint64_t  size_bytes)
{
  shared = area;
  area_size = size_bytes;
}

void
hs_snapshot_set_all (bool all)
{
  is_all = all;
}

void
hs_snapshot_prepare (PyObject *main_globals,
                     PyObject *code)
{
  PyObject  *constants = ((PyCodeObject *)code)->co_consts;
  PyObject  *key;
  PyObject  *value;
  Py_ssize_t position = 0;

  globals = main_globals;
  module_code = code;
  while (n_initial < N_INITIAL_MAX && PyDict_Next (globals, &position, &key, &value))
    {
      initial[n_initial].key = key;
      initial[n_initial].value = value;
      n_initial++;
    }

  if (PyTuple_GET_SIZE (constants) > 0 && PyUnicode_CheckExact (PyTuple_GET_ITEM (constants, 0)))
    docstring = PyTuple_GET_ITEM (constants, 0);
}

static bool
is_called (PyObject   *key,
           const char *name)
{
  return PyUnicode_CheckExact (key) && PyUnicode_IS_COMPACT_ASCII (key) &&
         strcmp (PyUnicode_DATA (key), name) == 0;
}

/* Whether the code itself made a name what it is. What the interpreter set is
 * left out unless the code has bound it to something else; so are the
 * docstring, which every file may have, and __annotations__, which a mere
 * "x: int" fills: whether it was assigned cannot be told from that.
 */
static bool
is_codes_own (PyObject *key,
              PyObject *value)
{
  if (is_called (key, "__annotations__") || (is_called (key, "__doc__") && value == docstring))
    return false;

  for (int i = 0; i < n_initial; i++)
    if (initial[i].key == key && initial[i].value == value)
      return false;

  return true;
}

/* Adds the names of a namespace as those of @scope. */
static void
add_namespace (uint32_t scope,
               PyObject *namespace)
{
  PyObject  *key;
  PyObject  *value;
  Py_ssize_t position = 0;

  while (PyDict_Next (namespace, &position, &key, &value) && !walk.out.is_cut)
    {
      uint32_t row;

      if (namespace == globals && !is_codes_own (key, value))
        continue;
      row = hs_walk_find (&walk, value);
      if (row != UINT32_MAX)
        hs_snapshot_writer_add_name (&walk.out, scope, hs_walk_get_label (&walk, key), row);
    }
}

static void
add_main_scope (void)
{
  uint32_t scope =
    hs_snapshot_writer_add_scope (&walk.out, HS_SCOPE_MODULE,
                                  hs_walk_get_c_label (&walk, "__main__"),
                                  hs_walk_get_label (&walk, hs_source_get_file_name ()), 0);

  if (scope != UINT32_MAX)
    add_namespace (scope, globals);
}

/* The variables of one frame: of a function, or of the body of a class.
 * Variables that closures share are cells, here as in the interpreter.
 */
static void
add_frame_scope (HsFrame *frame,
                 int      line)
{
  PyCodeObject *code = frame->code;
  uint32_t      scope =
    hs_snapshot_writer_add_scope (&walk.out, HS_SCOPE_FRAME,
                                  hs_walk_get_label (&walk, code->co_qualname),
                                  hs_walk_get_label (&walk, code->co_filename),
                                  line > 0 ? (uint32_t)line : 0);

  if (scope == UINT32_MAX)
    return;

  for (int i = 0; i < code->co_nlocalsplus; i++)
    {
      PyObject *value = frame->variables[i];
      uint32_t  row = value != NULL ? hs_walk_find (&walk, value) : UINT32_MAX;

      if (row != UINT32_MAX)
        hs_snapshot_writer_add_name (
          &walk.out, scope,
          hs_walk_get_label (&walk, PyTuple_GET_ITEM (code->co_localsplusnames, i)), row);
    }

  if (frame->locals != NULL && PyDict_Check (frame->locals))
    add_namespace (scope, frame->locals);
}

/* Frames of the code's file are shown, except that of the module, whose names
 * are the first scope. Frames of libraries would only show their insides.
 */
static bool
is_shown (HsFrame *frame)
{
  return hs_source_has_code ((PyObject *)frame->code) && frame->locals != globals;
}

/* The frames of a traceback, the first that was called first. */
static uint32_t
add_traceback (PyObject *exception)
{
  PyObject *traceback = ((PyBaseExceptionObject *)exception)->traceback;
  uint32_t  line = 0;

  for (; traceback != NULL && PyTraceBack_Check (traceback);
       traceback = (PyObject *)((PyTracebackObject *)traceback)->tb_next)
    {
      PyTracebackObject *entry = (PyTracebackObject *)traceback;
      HsFrame            frame;
      int                entry_line;

      if (!hs_py_open_frame_object ((PyObject *)entry->tb_frame, &frame) ||
          !hs_source_has_code ((PyObject *)frame.code))
        continue;

      entry_line = PyCode_Addr2Line (frame.code, entry->tb_lasti);
      if (entry_line > 0)
        line = (uint32_t)entry_line;
      if (is_shown (&frame))
        add_frame_scope (&frame, entry_line);
    }

  return line;
}

/* All running frames of a thread, the first that was called first. Returns: the
 * line of the code's file that it executes; 0 unknown
 */
static uint32_t
add_running_frames (PyThreadState *thread)
{
  HsFrame *frames;
  HsFrame  frame = { 0 };
  uint64_t n_frames = 0;
  uint64_t i;
  uint32_t line = 0;

  while (hs_py_next_frame_of (thread, &frame))
    {
      if (line == 0 && hs_source_has_code ((PyObject *)frame.code) && frame.line > 0)
        line = (uint32_t)frame.line;
      n_frames += is_shown (&frame);
    }

  frames = hs_scratch_alloc (n_frames * sizeof *frames);
  if (frames == NULL)
    {
      walk.out.is_cut = true;
      return line;
    }

  i = n_frames;
  frame = (HsFrame) { 0 };
  while (i > 0 && hs_py_next_frame_of (thread, &frame))
    if (is_shown (&frame))
      frames[--i] = frame;
  for (; i < n_frames; i++)
    add_frame_scope (&frames[i], frames[i].line);

  return line;
}

/* What the functions of other threads hold is held for the code as well. They
 * wait for the GIL and stand still.
 */
static void
add_other_threads (void)
{
  PyThreadState *this_thread = PyThreadState_Get ();

  for (PyThreadState *thread = hs_py_next_thread (NULL); thread != NULL;
       thread = hs_py_next_thread (thread))
    if (thread != this_thread)
      add_running_frames (thread);
}

/* Returns: false if there is no room for a snapshot at all */
static bool
begin (const HsSnapshotPlace *place)
{
  uint64_t size = place->room_end - place->offset;
  void    *area;

  if (place->offset >= place->room_end || place->room_end > area_size)
    return false;
  hs_scratch_reset ();
  area = hs_scratch_alloc (size);
  /* What has room here has room in the result, too. */
  if (area == NULL || !hs_walk_begin (&walk, area, size, globals))
    return false;
  walk.n_described_max = N_DESCRIBED_MAX;
  add_main_scope ();

  return true;
}

/* All pages of a column at once cost half of one after the other; older kernels
 * refuse, and nothing is lost.
 */
static void
populate (void    *start,
          uint64_t size)
{
#ifdef MADV_POPULATE_WRITE
  uint64_t from = (uint64_t)start & ~(PAGE_SIZE - 1);
  uint64_t to = ((uint64_t)start + size + PAGE_SIZE - 1) & ~(PAGE_SIZE - 1);

  if (size >= PAGE_SIZE)
    madvise ((void *)(uintptr_t)from, to - from, MADV_POPULATE_WRITE);
#endif
}

/* Pages of the result that were written by now lie in its file; that they are mapped
 * here would only count as memory of the process.
 */
static void
unmap_pages (uint8_t *start,
             uint64_t size)
{
  uint64_t from = (uint64_t)start & ~(PAGE_SIZE - 1);
  uint64_t to = ((uint64_t)start + size + PAGE_SIZE - 1) & ~(PAGE_SIZE - 1);

  madvise ((void *)(uintptr_t)from, to - from, MADV_DONTNEED);
}

/* Copies the snapshot to where the supervisor finds it. */
static void
publish (const HsSnapshotInfo *info,
         HsSnapshotPlace      *place)
{
  static const HsCopyFuncs funcs = { .prepare = populate, .release = hs_scratch_release };
  uint8_t                 *target = (uint8_t *)shared + place->offset;

  place->size = hs_snapshot_writer_get_size (&walk.out);
  hs_snapshot_writer_finish (&walk.out, info, target, &funcs);
  unmap_pages (target, place->size);

  atomic_store (&shared->snapshot_size, 0);
  shared->snapshot_offset = place->offset;
  atomic_store (&shared->snapshot_size, place->size);
}

static void
finish (uint32_t         line,
        HsSnapshotPlace *place)
{
  HsSnapshotInfo info = { .python_hex = (uint32_t)Py_Version, .line = line };

  hs_walk_follow (&walk);
  info.n_reached = walk.out.n_objects;
  if (hs_walk_add_constants (&walk, module_code))
    info.flags |= HS_INFO_CONSTANTS;
  if (is_all)
    {
      hs_walk_follow_all (&walk);
      info.flags |= HS_INFO_ALL_OBJECTS;
    }

  if (walk.out.is_fields_full)
    info.flags |= HS_INFO_FIELDS_CUT;
  info.objects_seen = walk.out.n_objects;
  info.time_ns = place->begin_ns - shared->start_ns;
  info.duration_ns = hs_clock_get_ns () - place->begin_ns;
  hs_account_add (&walk.out, &info);
  place->line = line;
  place->n_objects = walk.out.n_objects;
  place->live_blocks = info.counts.live_blocks;
  place->is_cut = walk.out.is_cut;

  /* The maps are no longer needed, and of each column there is at no time more
   * than one copy: the memory for a snapshot is there once.
   */
  hs_scratch_release_behind (place->room_end - place->offset);
  if (!place->is_cut || place->is_last)
    publish (&info, place);
  hs_scratch_reset ();
}

void
hs_snapshot_take_final (PyObject        *exception,
                        HsSnapshotPlace *place)
{
  uint32_t line = 0;

  if (!begin (place))
    return;
  if (exception != NULL)
    line = add_traceback (exception);
  add_other_threads ();
  finish (line, place);
}

void
hs_snapshot_take_running (HsSnapshotPlace *place)
{
  uint32_t line;

  if (!begin (place))
    return;
  line = add_running_frames (PyThreadState_Get ());
  add_other_threads ();
  finish (line, place);
}
