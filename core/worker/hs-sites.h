/* hs-sites.h - lines of Python that allocate
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <stdbool.h>
#include <stdint.h>

#include "hs-pyframe.h"
#include "hs-snapshot-format.h"

/* A site is a line of a function of a file. All code objects that agree in the
 * three share it, and it outlives them: the texts are copies. The numbers below
 * HS_SITE_FIRST, which hs-snapshot-format.h tells, are no lines.
 */
#define HS_SITES_BITS 20
#define HS_SITES_MAX  (1 << HS_SITES_BITS)

typedef struct
{
  const char *file;     /* UTF-8, cut to 1 KiB; "" for the first three, and without room */
  const char *function; /* qualified name, likewise */
  uint32_t    line;     /* 0: an instruction that is on no line */
  bool        is_own;   /* in the code's file */
} HsSite;

/* Sites have the numbers below this. Not 0. */
uint32_t hs_sites_get_n (void);
void     hs_sites_get (uint32_t number,
                       HsSite  *site);

/* ---- For the ledger ---- */

/* Returns: false without address space */
bool hs_sites_init (void);

/* What is allocated from now on belongs to a site other than the baseline. With
 * @has_lines, which needs hs_sites_init(), to that of its line. On the main
 * thread, with the GIL.
 */
void hs_sites_begin (bool has_lines);
void hs_sites_end (void);

/* The site of what is allocated while lines are not noted. */
uint32_t hs_sites_get_constant (void);

/* A code object for which hs_ledger_flag_code() was called is being freed. The
 * ledger's lock must not be held.
 */
void hs_sites_forget_code (const void *code,
                           uint64_t    size);

/* ---- The line that is being executed ---- */

#define HS_SITES_CACHE_BITS 14

typedef struct
{
  uint32_t site;
  uint32_t line; /* if the site lies in the code's file, its line; else 0 */
} HsSitesNow;

/* The site of an instruction, by its address. */
typedef struct
{
  uint64_t   instruction;
  HsSitesNow now;
} HsSitesEntry;

extern HsSitesEntry hs_sites_cache[1 << HS_SITES_CACHE_BITS]
  __attribute__ ((visibility ("hidden")));

/* The state of the main thread, which lives as long as lines are noted. NULL if
 * they are not, and in other threads: theirs come and go, and have to be asked
 * for each time.
 */
extern __thread PyThreadState *hs_sites_thread
  __attribute__ ((visibility ("hidden"), tls_model ("initial-exec")));

static inline HsSitesEntry *
hs_sites_get_entry (uint64_t instruction)
{
  uint32_t hash = (uint32_t)(instruction >> 1) * UINT32_C (0x9e3779b1);

  return &hs_sites_cache[hash >> (32 - HS_SITES_CACHE_BITS)];
}

/* The site to which an allocation belongs that the calling thread makes now. The
 * ledger's lock must not be held.
 */
HsSitesNow hs_sites_get_current (void);

/* The line of the code's file that the calling thread executes, or below which it
 * is: of its innermost frame of that file. *n_frames_left bounds how many frames are
 * looked at, and is reduced by as many. The ledger's lock must not be held.
 * Returns: 0 if there is none; UINT32_MAX if the bound was met
 */
uint32_t hs_sites_find_own_line (uint32_t *n_frames_left);

/* The site if it is easily found; else NULL. */
static inline const HsSitesNow *
hs_sites_get_current_fast (void)
{
  PyThreadState *thread = hs_sites_thread;
  void          *frame;
  HsSitesEntry  *entry;

  if (__builtin_expect (thread == NULL, 0))
    return NULL;
  frame = hs_py_get_innermost_frame (thread);
  if (__builtin_expect (frame == NULL, 0))
    return NULL;

  entry = hs_sites_get_entry (hs_py_get_instruction (frame));

  if (__builtin_expect (entry->instruction != hs_py_get_instruction (frame), 0))
    return NULL;

  return &entry->now;
}
