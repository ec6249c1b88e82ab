/* hs-selftest-observer.c - what taking a snapshot changes in the process it is taken of
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "hs-selftest.h"

#include "hs-account.h"
#include "hs-clock.h"
#include "hs-ledger-private.h"
#include "hs-ledger-table.h"
#include "hs-ledger.h"
#include "hs-pools.h"
#include "hs-pyinternal.h"
#include "hs-pyinternal-collector.h"
#include "hs-scratch.h"
#include "hs-selftest-memory.h"
#include "hs-selftest-private.h"
#include "hs-sites.h"
#include "hs-snapshot.h"
#include "hs-source.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define AREA_SIZE    (UINT64_C (4) << 30)
#define SCRATCH_SIZE (2 * AREA_SIZE + (UINT64_C (16) << 30))

/* The lists that are compared one element after the other are hashed so that
 * their order counts.
 */
typedef struct
{
  uint64_t n;
  uint64_t hash;
} List;

/* What can be said of the interpreter by name. That nothing else has changed
 * either is what HsMemory tells.
 */
typedef struct
{
  List        ledger;  /* all blocks: address, bytes, domain, line */
  List        pools;   /* all blocks of pymalloc that are given out */
  List        tracked; /* the objects of the collector's lists, with their counts */
  HsCollector collector;
} State;

static FILE       *report;
static HsShared   *shared;
static const char *mode;
static const char *disturbance; /* what is done on purpose after a snapshot; "": nothing */
static PyObject   *globals;
static bool        has_measured;

static void
add_to_list (List    *self,
             uint64_t value)
{
  self->hash = (self->hash ^ value) * UINT64_C (0x9e3779b97f4a7c15) + (self->hash >> 29);
}

/* HsLedgerFunc */
static void
add_record (const void          *start,
            const HsLedgerBlock *block,
            void                *data)
{
  List *self = data;

  self->n++;
  add_to_list (self, (uint64_t)start);
  add_to_list (self, block->requested);
  add_to_list (self, (uint64_t)block->site << 8 | block->domain);
}

/* HsPoolsFunc */
static void
add_pool_block (const void *address,
                uint32_t    size,
                void       *data)
{
  List *self = data;

  self->n++;
  add_to_list (self, (uint64_t)address);
  add_to_list (self, size);
}

/* HsObjectFunc */
static void
add_tracked (PyObject *object,
             void     *data)
{
  List *self = data;

  self->n++;
  add_to_list (self, (uint64_t)object);
  add_to_list (self, (uint64_t)Py_REFCNT (object));
}

static void
take_state (State *self)
{
  memset (self, 0, sizeof *self);
  hs_ledger_visit (add_record, &self->ledger);
  hs_pools_visit (add_pool_block, &self->pools);
  hs_py_visit_tracked (add_tracked, &self->tracked);
  hs_py_get_collector (&self->collector);
}

/* The contents of the snapshot but the header of its sections and the section
 * that says when it was taken.
 */
static uint64_t
hash_snapshot (void)
{
  const uint8_t           *start = (const uint8_t *)shared + HS_SNAPSHOTS_OFFSET;
  const HsSnapshotHeader  *header = (const void *)start;
  const HsSnapshotSection *sections = (const void *)(start + header->header_size);
  List                     list = { 0 };

  for (uint32_t i = 0; i < header->n_sections; i++)
    {
      const uint8_t *bytes = start + sections[i].offset;

      if (sections[i].id == HS_SECTION_INFO)
        continue;
      for (uint64_t at = 0; at < sections[i].size; at++)
        add_to_list (&list, bytes[at]);
    }

  return list.hash;
}

/* ---- Disturbances, so that a test can see that they are noticed ---- */

/* The object that the code has named "victim". */
static PyObject *
get_victim (void)
{
  return PyDict_GetItemString (globals, "victim");
}

static void
disturb (void)
{
  PyObject *victim = disturbance[0] != '\0' ? get_victim () : NULL;
  PyObject *made = NULL;

  if (victim == NULL)
    return;

  if (strcmp (disturbance, "dict") == 0)
    made = PyObject_GetAttrString (victim, "__dict__");
  else if (strcmp (disturbance, "utf8") == 0)
    PyUnicode_AsUTF8 (victim);
  else if (strcmp (disturbance, "code") == 0)
    made = PyObject_GetAttrString (victim, "co_code");
  else if (strcmp (disturbance, "count") == 0)
    Py_INCREF (victim);
  else if (strcmp (disturbance, "float") == 0)
    {
      made = PyFloat_FromDouble (0.1);
      PyMem_Free (PyMem_Malloc (100));
    }
  else if (strcmp (disturbance, "repr") == 0)
    made = PyObject_Repr (victim);
  else if (strcmp (disturbance, "page") == 0)
    made = PySequence_GetItem (victim, 0); /* of an mmap: reads a byte */
  else if (strcmp (disturbance, "freeze") == 0)
    PyGC_Disable ();

  PyErr_Clear ();
  Py_XDECREF (made);
}

/* ---- A snapshot, and what it changed ---- */

static void
take_snapshot (bool      is_running,
               PyObject *exception)
{
  HsSnapshotPlace place = {
    .begin_ns = hs_clock_get_ns (),
    .offset = HS_SNAPSHOTS_OFFSET,
    .room_end = AREA_SIZE,
    .is_last = true,
  };

  if (is_running)
    hs_snapshot_take_running (&place);
  else
    hs_snapshot_take_final (exception, &place);
}

static void
print_list (const char *name,
            const List *before,
            const List *after)
{
  fprintf (report, ", \"n_%s\": %lu, \"same_%s\": %s", name, before->n, name,
           memcmp (before, after, sizeof *before) == 0 ? "true" : "false");
}

static void
print_states (const State *before,
              const State *after)
{
  print_list ("ledger", &before->ledger, &after->ledger);
  print_list ("pools", &before->pools, &after->pools);
  print_list ("tracked", &before->tracked, &after->tracked);
  fprintf (report, ", \"same_collector\": %s",
           memcmp (&before->collector, &after->collector, sizeof before->collector) == 0
             ? "true"
             : "false");
  fprintf (report, ", \"collector\": [%d, %d, %d, %d]", after->collector.is_enabled,
           after->collector.counts[0], after->collector.counts[1], after->collector.counts[2]);
}

static void
print_memory (const HsMemory *before,
              const HsMemory *after)
{
  void *scratch;

  hs_memory_print_changes (before, after, report);
  fprintf (report, ", \"private_growth\": %ld, \"own_growth\": %ld",
           (long)(after->private_bytes - before->private_bytes),
           (long)(after->own_bytes - before->own_bytes));

  hs_scratch_reset ();
  scratch = hs_scratch_alloc (0);
  fprintf (report, ", \"result_bytes\": %lu, \"snapshot_bytes\": %lu, \"scratch_bytes\": %lu",
           hs_memory_get_resident (shared, AREA_SIZE),
           (unsigned long)atomic_load (&shared->snapshot_size),
           hs_memory_get_resident (scratch, SCRATCH_SIZE));
}

/* Gives the result area back, so that each measurement begins alike. */
static void
empty_area (void)
{
  madvise (shared, AREA_SIZE, MADV_REMOVE);
}

static void
add_table (const void *start,
           uint64_t    size)
{
  hs_memory_add_own (start, (size + HS_PAGE_SIZE - 1) / HS_PAGE_SIZE * HS_PAGE_SIZE);
}

/* Where the ledger counts, and its tables: large and mostly empty, so that pages
 * appear as they are read. What they say is compared.
 */
static void
add_ledger_tables (void)
{
  uint64_t              n = strcmp (mode, "lines") == 0 ? HS_SITES_MAX : HS_SITE_FIRST;
  const HsLedgerRecord *slots;

  if (!hs_ledger_is_on ())
    return;

  add_table (hs_ledger.raw_sites, n * sizeof *hs_ledger.raw_sites);
  add_table (hs_ledger.sites, n * sizeof *hs_ledger.sites);
  add_table (hs_ledger_words, hs_arenas.reserved / HS_ARENA_GRANULE * sizeof *hs_ledger_words);

  slots = hs_ledger_table_get_slots (&n); /* others when it has grown */
  add_table (slots, n * sizeof *slots);
}

static void
measure (bool      is_all,
         bool      is_running,
         PyObject *exception)
{
  static State before;
  static State after;
  HsMemory    *memory_before;
  HsMemory    *memory_after;
  uint64_t     hash;

  hs_snapshot_set_all (is_all);
  empty_area ();
  add_ledger_tables ();

  take_state (&before);
  memory_before = hs_memory_take_before ();
  take_snapshot (is_running, exception);
  disturb ();
  memory_after = hs_memory_take_after ();
  if (memory_before == NULL || memory_after == NULL)
    abort ();
  take_state (&after);

  fprintf (report, "%s{\"is_all\": %s, \"is_running\": %s, ", has_measured ? ",\n" : "",
           is_all ? "true" : "false", is_running ? "true" : "false");
  print_memory (memory_before, memory_after);
  print_states (&before, &after);
  hash = hash_snapshot ();
  take_snapshot (is_running, exception);
  fprintf (report, ", \"is_repeatable\": %s}", hash == hash_snapshot () ? "true" : "false");

  hs_memory_free (memory_before);
  hs_memory_free (memory_after);
  has_measured = true;
}

/* The handler of the signal with which the code asks for a measurement. */
static PyObject *
measure_running (PyObject *self,
                 PyObject *args)
{
  measure (false, true, NULL);
  measure (true, true, NULL);

  Py_RETURN_NONE;
}

static PyMethodDef measure_method = { "measure", measure_running, METH_VARARGS, NULL };

static bool
set_handler (void)
{
  PyObject *module = PyImport_ImportModule ("_signal");
  PyObject *function = PyCFunction_New (&measure_method, NULL);
  PyObject *old = NULL;

  if (module != NULL && function != NULL)
    old = PyObject_CallMethod (module, "signal", "iO", SIGUSR2, function);
  Py_XDECREF (module);
  Py_XDECREF (function);
  Py_XDECREF (old);

  return old != NULL;
}

static bool
make_areas (void)
{
  shared = mmap (NULL, AREA_SIZE, PROT_READ | PROT_WRITE,
                 MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (shared == MAP_FAILED || !hs_scratch_init (SCRATCH_SIZE))
    return false;

  hs_memory_add_own (shared, AREA_SIZE);
  hs_memory_add_own (hs_scratch_alloc (0), SCRATCH_SIZE);
  hs_snapshot_set_area (shared, AREA_SIZE);

  return true;
}

static int
run (const HsJobView *job)
{
  PyObject *code = hs_source_compile (job);
  PyObject *value;
  PyObject *exception = NULL;

  if (code == NULL)
    {
      PyErr_Print ();
      return 1;
    }

  globals = PyModule_GetDict (PyImport_AddModule ("__main__"));
  hs_snapshot_prepare (globals, code);
  hs_ledger_begin_code ();
  hs_account_begin ();

  fprintf (report, "{\"measurements\": [\n");
  value = PyEval_EvalCode (code, globals, globals);
  if (value == NULL)
    exception = hs_py_take_exception ();
  measure (false, false, exception);
  measure (true, false, exception);
  fprintf (report, "]}\n");
  fflush (report);

  hs_ledger_end_code ();
  if (exception != NULL)
    {
      PyErr_SetObject ((PyObject *)Py_TYPE (exception), exception);
      PyErr_Print ();
    }
  Py_XDECREF (value);
  Py_XDECREF (exception);
  Py_DECREF (code);

  return Py_FinalizeEx () != 0 ? 1 : 0;
}

int
hs_selftest_observe (const char *wanted_mode,
                     const char *path,
                     const char *wanted)
{
  HsJobView job;

  mode = wanted_mode;
  disturbance = wanted;
  if (!make_areas ())
    {
      fprintf (stderr, "no address space\n");
      return 2;
    }
  report = hs_selftest_start (mode, path, &job);
  if (report == NULL)
    return 2;
  if (!set_handler ())
    {
      PyErr_Print ();
      return 2;
    }

  return run (&job);
}
