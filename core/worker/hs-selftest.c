/* hs-selftest.c - runs a file under the ledger, and checks the ledger
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "hs-selftest.h"

#include "hs-arenas.h"
#include "hs-clock.h"
#include "hs-curve.h"
#include "hs-ledger.h"
#include "hs-pools.h"
#include "hs-selftest-private.h"
#include "hs-sites.h"
#include "hs-source.h"

#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

typedef struct
{
  uint64_t n_blocks[HS_POOL_CLASSES];   /* in pools */
  uint64_t n_recorded[HS_POOL_CLASSES]; /* in the ledger */
  uint64_t n_unrecorded;                /* given out by pymalloc, unknown to the ledger */
  uint64_t n_too_large;                 /* recorded with more bytes than the block has */
  uint64_t n_shrunk;                    /* with so few that a smaller one would do */

  HsLedgerSum domain[HS_LEDGER_N_DOMAINS];
  HsLedgerSum baseline;
  uint64_t    n_misfiled; /* inside of arenas, but not of a pool in use */
  uint64_t    n_large;
  uint64_t    n_unbacked; /* malloc() says that there is less room than requested */
  uint64_t    hash;       /* of all records: the same before and after nothing has happened */
} Check;

static void
check_pool_block (const void *address,
                  uint32_t    size,
                  void       *data)
{
  Check        *self = data;
  HsLedgerBlock block;

  self->n_blocks[size / HS_ARENA_GRANULE - 1]++;
  if (!hs_ledger_find (address, &block))
    self->n_unrecorded++;
  else if (block.requested > size)
    self->n_too_large++;
  else if (block.requested + HS_ARENA_GRANULE <= size)
    self->n_shrunk++;
}

static void
check_record (const void          *start,
              const HsLedgerBlock *block,
              void                *data)
{
  Check   *self = data;
  uint32_t size = hs_arenas_get_class (start);

  self->domain[block->domain].live_bytes += block->requested;
  self->domain[block->domain].live_blocks++;
  if (block->is_baseline)
    {
      self->baseline.live_bytes += block->requested;
      self->baseline.live_blocks++;
    }
  self->hash += ((uint64_t)start ^ block->requested << 48 ^ block->site) *
                UINT64_C (0x9e3779b97f4a7c15);

  if (size != 0)
    self->n_recorded[size / HS_ARENA_GRANULE - 1]++;
  else if (hs_arenas_contain (start))
    self->n_misfiled++;
  else
    {
      self->n_large++;
      if (malloc_usable_size ((void *)(uintptr_t)start) < block->requested)
        self->n_unbacked++;
    }
}

static void
print_sum (FILE              *out,
           const char        *name,
           const HsLedgerSum *sum)
{
  fprintf (out, ", \"%s\": {\"live_bytes\": %lu, \"live_blocks\": %lu", name, sum->live_bytes,
           sum->live_blocks);
  if (sum->total_blocks != 0)
    fprintf (out, ", \"total_bytes\": %lu, \"total_blocks\": %lu", sum->total_bytes,
             sum->total_blocks);
  fputc ('}', out);
}

static void
print_sites (FILE *out)
{
  HsLedgerSum *sums = calloc (hs_sites_get_n (), sizeof *sums);

  if (sums == NULL)
    return;

  hs_ledger_sum_sites (sums);
  fprintf (out, ", \"sites\": [");
  for (uint32_t i = 0; i < hs_sites_get_n (); i++)
    {
      HsSite site;

      hs_sites_get (i, &site);
      fprintf (out, "%s[", i == 0 ? "" : ", ");
      hs_selftest_print_text (out, site.file);
      fprintf (out, ", ");
      hs_selftest_print_text (out, site.function);
      fprintf (out, ", %u, %lu, %lu, %lu, %lu]", site.line, sums[i].live_bytes,
               sums[i].live_blocks, sums[i].total_bytes, sums[i].total_blocks);
    }
  fputc (']', out);
  free (sums);
}

static void
print_classes (FILE           *out,
               const char     *name,
               const uint64_t *counts)
{
  fprintf (out, ", \"%s\": [", name);
  for (int i = 0; i < HS_POOL_CLASSES; i++)
    fprintf (out, "%s%lu", i == 0 ? "" : ", ", counts[i]);
  fputc (']', out);
}

static void
print_memory (FILE *out)
{
  HsLedgerCounters counters;
  HsPoolsSums      sums;

  hs_ledger_get_counters (&counters);
  hs_pools_sum (&sums);
  print_sum (out, "raw", &counters.domain[HS_LEDGER_RAW]);
  print_sum (out, "mem", &counters.domain[HS_LEDGER_MEM]);
  print_sum (out, "obj", &counters.domain[HS_LEDGER_OBJ]);
  print_sum (out, "baseline", &counters.baseline);
  print_sum (out, "all", &counters.all);
  fprintf (out,
           ", \"live_bytes\": %lu, \"peak_bytes\": %lu, \"n_lost\": %lu, \"arena_bytes\": %lu, "
           "\"arena_bytes_max\": %lu, \"chunk_bytes\": %lu",
           counters.live_bytes, counters.peak_bytes, counters.n_lost, counters.arena_bytes,
           counters.arena_bytes_max,
           counters.chunk_bytes);
  fprintf (out, ", \"pools\": {\"blocks\": %lu, \"sum\": %lu}", sums.n_blocks,
           sums.block_bytes + sums.free_bytes + sums.overhead_bytes + sums.unused_bytes);
}

static void
print_check (FILE *out)
{
  Check check = { 0 };
  Check again = { 0 };
  bool  is_sound = hs_pools_visit (check_pool_block, &check);

  hs_ledger_visit (check_record, &check);
  hs_ledger_visit (check_record, &again);
  fprintf (out, ", \"is_sound\": %s, \"is_stable\": %s", is_sound ? "true" : "false",
           check.hash == again.hash ? "true" : "false");
  print_classes (out, "pool_blocks", check.n_blocks);
  print_classes (out, "recorded", check.n_recorded);
  print_sum (out, "seen_raw", &check.domain[HS_LEDGER_RAW]);
  print_sum (out, "seen_mem", &check.domain[HS_LEDGER_MEM]);
  print_sum (out, "seen_obj", &check.domain[HS_LEDGER_OBJ]);
  print_sum (out, "seen_baseline", &check.baseline);
  fprintf (out,
           ", \"n_unrecorded\": %lu, \"n_too_large\": %lu, \"n_shrunk\": %lu, "
           "\"n_misfiled\": %lu, \"n_large\": %lu, \"n_unbacked\": %lu",
           check.n_unrecorded, check.n_too_large, check.n_shrunk, check.n_misfiled,
           check.n_large, check.n_unbacked);
}

/* A record as it is kept in a run, but for nobody to read. */
static void
begin_record (void)
{
  HsShared *shared = mmap (NULL, HS_SNAPSHOTS_OFFSET, PROT_READ | PROT_WRITE,
                           MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

  if (shared == MAP_FAILED)
    return;
  madvise (shared, HS_SNAPSHOTS_OFFSET, MADV_DONTFORK);
  hs_record_init (hs_shared_get_record (shared), (uint32_t)sysconf (_SC_PAGESIZE));
  shared->start_ns = hs_clock_get_ns ();
  hs_curve_begin (shared);
}

static int
run (const HsJobView *job,
     FILE            *out)
{
  PyObject *globals = PyModule_GetDict (PyImport_AddModule ("__main__"));
  PyObject *code = hs_source_compile (job);
  PyObject *value = NULL;
  uint64_t  begin_ns;
  uint64_t  cpu_ns;

  HsLedgerCounters begin;

  if (code == NULL)
    {
      PyErr_Print ();
      return 1;
    }

  /* As the ledger does: later collections then come at the same moments. */
  if (!hs_ledger_is_on ())
    PyGC_Collect ();
  hs_ledger_begin_code ();
  hs_ledger_get_counters (&begin);
  begin_record ();
  begin_ns = hs_clock_get_ns ();
  cpu_ns = hs_clock_get_cpu_ns ();
  value = PyEval_EvalCode (code, globals, globals);
  cpu_ns = hs_clock_get_cpu_ns () - cpu_ns;
  begin_ns = hs_clock_get_ns () - begin_ns;
  hs_curve_end ();

  fprintf (out, "{\"wall_ns\": %lu, \"cpu_ns\": %lu, \"is_in_place\": %s", begin_ns, cpu_ns,
           hs_ledger_is_in_place () ? "true" : "false");
  print_sum (out, "begin", &begin.baseline);
  print_memory (out);
  if (hs_ledger_is_on ())
    {
      print_check (out);
      print_sites (out);
    }
  fprintf (out, "}\n");
  fflush (out);

  hs_ledger_end_code ();
  if (value == NULL)
    PyErr_Print ();
  Py_XDECREF (value);
  Py_DECREF (code);

  return value == NULL || Py_FinalizeEx () != 0 ? 1 : 0;
}

int
hs_selftest_run (const char *mode,
                 const char *path)
{
  HsJobView job;
  FILE     *out = hs_selftest_start (mode, path, &job);

  return out == NULL ? 2 : run (&job, out);
}
