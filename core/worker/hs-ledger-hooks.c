/* hs-ledger-hooks.c - what happens at each allocation
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-curve.h"
#include "hs-ledger-counts.h"
#include "hs-ledger-private.h"
#include "hs-ledger-table.h"
#include "hs-sites.h"

#include <stdbool.h>

/* Each hook calls the original. A block of an arena, which is nearly every one,
 * costs one word beside the arenas and the account of its site; larger ones go
 * into a table. MEM and OBJ come with the GIL, RAW may not.
 */
#define INLINE HS_LEDGER_INLINE
#define SLOW   static __attribute__ ((noinline))

/* Beside so many bytes the time that a tick takes is nothing. */
#define LARGE_SIZE 65536

#define IS_LIKELY(condition) __builtin_expect ((condition), 1)

/* pymalloc serves larger requests, and those of 0 bytes, by calling the RAW
 * allocator, which is our hook again: one block, not two. These are the calls
 * that are expected; others may come between, when the code runs tracemalloc,
 * whose hooks lie in front of ours.
 */
typedef struct
{
  bool        is_request;
  size_t      size;  /* of a request */
  const void *block; /* to be freed; NULL: none */
} Expected;

static __thread Expected expected __attribute__ ((tls_model ("initial-exec")));

/* ---- Blocks of any kind ---- */

static uint32_t
get_word (const HsLedgerRecord *record)
{
  return (uint32_t)record->requested | (record->is_code ? HS_LEDGER_WORD_CODE : 0) |
         (record->domain == HS_LEDGER_OBJ ? HS_LEDGER_WORD_OBJ : 0) |
         record->site << HS_LEDGER_WORD_SITE;
}

/* A record of the same address is of a block that was freed unseen: CPython
 * sometimes sets the default RAW allocator for a moment
 * (_PyMem_SetDefaultAllocator()). With the lock. Returns: false if there is no room
 */
static bool
put_large (const HsLedgerRecord *record)
{
  HsLedgerRecord old;
  bool           is_in = hs_ledger_table_put (record, &old);

  if (!is_in)
    hs_ledger.n_lost++;
  else if (old.address != 0)
    hs_ledger_count_out (&old);

  return is_in;
}

/* Takes a block out of the book, but leaves it in the counts. Returns: false if it
 * is not known
 */
static bool
take (void           *block,
      HsLedgerRecord *record)
{
  bool is_known;

  if (hs_arenas_contain (block))
    {
      uint32_t     *word = &hs_ledger_words[hs_arenas_granule_index (block)];
      HsLedgerBlock known;

      if (*word == 0)
        return false;
      hs_ledger_block_set_word (&known, *word);
      *record = (HsLedgerRecord) { (uint64_t)block, known.requested, known.site, known.domain,
                                   (*word & HS_LEDGER_WORD_CODE) != 0 };
      *word = 0;

      return true;
    }

  hs_lock_take (&hs_ledger.lock);
  is_known = hs_ledger_table_take ((uint64_t)block, record);
  hs_lock_release (&hs_ledger.lock);

  return is_known;
}

/* As if it had not been taken. */
static void
put_back (const HsLedgerRecord *record)
{
  void *block = (void *)(uintptr_t)record->address;

  if (hs_arenas_contain (block))
    {
      hs_ledger_words[hs_arenas_granule_index (block)] = get_word (record);
      return;
    }

  hs_lock_take (&hs_ledger.lock);
  if (!put_large (record))
    hs_ledger_count_out (record);
  hs_lock_release (&hs_ledger.lock);
}

INLINE bool
is_tick_due (void)
{
  return hs_ledger.total_blocks >=
         atomic_load_explicit (hs_ledger.next_tick, memory_order_relaxed);
}

/* A tick comes before what is allocated is counted: a stretch of time ends with
 * what was there until now, however long that has been. RAW memory may be
 * allocated without the GIL, which the tick needs.
 */
static void
tick_for (HsLedgerDomain domain,
          uint64_t       size)
{
  if (domain != HS_LEDGER_RAW && (size >= LARGE_SIZE || is_tick_due ()))
    hs_curve_tick ();
}

/* @block takes the place of @old (nullable), which was taken. Returns: @block */
SLOW void *
note (void                 *block,
      uint64_t              size,
      HsLedgerDomain        domain,
      const HsLedgerRecord *old)
{
  HsSitesNow     now = hs_sites_get_current ();
  HsLedgerRecord record = { (uint64_t)block, size, now.site, (uint8_t)domain, false };
  bool           is_in = true;
  bool           is_top;

  hs_lock_take (&hs_ledger.lock);
  if (hs_arenas_contain (block))
    hs_ledger_words[hs_arenas_granule_index (block)] = get_word (&record);
  else
    is_in = put_large (&record);
  if (old != NULL)
    hs_ledger_count_out (old);
  if (is_in)
    hs_ledger_count_in (&record);
  is_top = hs_ledger_check_top (&now, hs_ledger.has_lines);
  hs_lock_release (&hs_ledger.lock);

  if (is_top && now.line == 0)
    hs_ledger_find_top_line ();

  return block;
}

/* The same for all that is not in the fast paths below. @block: (nullable) */
SLOW void *
enter_slowly (void                 *block,
              uint64_t              size,
              HsLedgerDomain        domain,
              const HsLedgerRecord *old)
{
  if (block == NULL)
    return NULL;

  tick_for (domain, size);
  hs_ledger_check_bottom ();

  return note (block, size, domain, old);
}

/* The same for a block of an arena. */
INLINE void *
note_fast (void          *block,
           uint64_t       size,
           HsLedgerDomain domain,
           bool           has_lines)
{
  uint32_t          word = (uint32_t)size | (domain == HS_LEDGER_OBJ ? HS_LEDGER_WORD_OBJ : 0);
  const HsSitesNow *now = has_lines ? hs_sites_get_current_fast () : NULL;

  if (has_lines && !IS_LIKELY (now != NULL))
    return note (block, size, domain, NULL);

  word |= has_lines ? now->site << HS_LEDGER_WORD_SITE : hs_ledger.fixed_word;
  hs_ledger_words[hs_arenas_granule_index (block)] = word;
  hs_ledger.total_bytes += size;
  hs_ledger.total_blocks++;
  if (has_lines)
    hs_ledger_add_to_site (now->site, size);
  if (hs_ledger_check_top (now, has_lines) && !IS_LIKELY (now->line != 0))
    hs_ledger_find_top_line ();

  return block;
}

/* @block (nullable) is new: of a pool, or a fallback where there was none. Returns:
 * @block
 */
INLINE void *
enter (void          *block,
       uint64_t       size,
       HsLedgerDomain domain,
       bool           has_lines)
{
  if (!IS_LIKELY (hs_arenas_contain (block)) || !IS_LIKELY (!is_tick_due ()))
    return enter_slowly (block, size, domain, NULL);

  hs_ledger_check_bottom ();

  return note_fast (block, size, domain, has_lines);
}

/* ---- MEM and OBJ ---- */

INLINE bool
is_small (size_t size)
{
  return size - 1 < HS_POOL_SIZE_MAX;
}

static bool
is_expected_request (HsLedgerDomain domain,
                     size_t         size)
{
  if (domain != HS_LEDGER_RAW || !expected.is_request || expected.size != size)
    return false;

  expected.is_request = false;

  return true;
}

static void
expect_request (HsLedgerDomain domain,
                size_t         size)
{
  if (domain != HS_LEDGER_RAW)
    {
      expected.is_request = true;
      expected.size = size;
    }
}

static void *
call_original (HsLedgerDomain domain,
               size_t         n,
               size_t         size,
               bool           is_zeroed)
{
  const PyMemAllocatorEx *original = &hs_ledger.original[domain];

  if (is_zeroed)
    return original->calloc (original->ctx, n, size);

  return original->malloc (original->ctx, size);
}

SLOW void *
allocate_large (HsLedgerDomain domain,
                size_t         n,
                size_t         size,
                bool           is_zeroed)
{
  void *block;

  if (is_expected_request (domain, n * size))
    return call_original (domain, n, size, is_zeroed);

  expect_request (domain, n * size);
  block = call_original (domain, n, size, is_zeroed);
  expected.is_request = false;

  return enter_slowly (block, n * size, domain, NULL);
}

INLINE void *
allocate (HsLedgerDomain domain,
          bool           has_lines,
          size_t         size)
{
  const PyMemAllocatorEx *original = &hs_ledger.original[domain];

  if (!IS_LIKELY (is_small (size)))
    return allocate_large (domain, 1, size, false);

  return enter (original->malloc (original->ctx, size), size, domain, has_lines);
}

INLINE void *
allocate_zeroed (HsLedgerDomain domain,
                 bool           has_lines,
                 size_t         n,
                 size_t         size)
{
  const PyMemAllocatorEx *original = &hs_ledger.original[domain];

  if (!IS_LIKELY (is_small (n * size)))
    return allocate_large (domain, n, size, true);

  return enter (original->calloc (original->ctx, n, size), n * size, domain, has_lines);
}

SLOW void
release_large (HsLedgerDomain domain,
               void          *block)
{
  const PyMemAllocatorEx *original = &hs_ledger.original[domain];
  HsLedgerRecord          record;

  if (domain == HS_LEDGER_RAW && block == expected.block)
    {
      expected.block = NULL;
      original->free (original->ctx, block);
      return;
    }

  if (block != NULL && take (block, &record))
    {
      if (record.is_code)
        hs_sites_forget_code (block, record.requested);
      hs_lock_take (&hs_ledger.lock);
      hs_ledger_count_out (&record);
      hs_lock_release (&hs_ledger.lock);
    }

  if (domain != HS_LEDGER_RAW)
    expected.block = block;
  original->free (original->ctx, block);
  expected.block = NULL;
}

SLOW void
release_code (HsLedgerDomain domain,
              void          *block,
              uint32_t       word)
{
  const PyMemAllocatorEx *original = &hs_ledger.original[domain];

  hs_sites_forget_code (block, word & HS_LEDGER_WORD_SIZE);
  original->free (original->ctx, block);
}

INLINE void
release (HsLedgerDomain domain,
         bool           has_lines,
         void          *block)
{
  const PyMemAllocatorEx *original = &hs_ledger.original[domain];
  uint32_t               *slot;
  uint32_t                word;

  if (!IS_LIKELY (hs_arenas_contain (block)))
    {
      release_large (domain, block);
      return;
    }

  slot = &hs_ledger_words[hs_arenas_granule_index (block)];
  word = *slot;
  *slot = 0;
  hs_ledger_leave_top (has_lines);
  hs_ledger.freed_bytes += word & HS_LEDGER_WORD_SIZE;
  if (has_lines)
    hs_ledger_remove_from_site (word >> HS_LEDGER_WORD_SITE, word & HS_LEDGER_WORD_SIZE);

  if (IS_LIKELY ((word & HS_LEDGER_WORD_CODE) == 0))
    original->free (original->ctx, block);
  else
    release_code (domain, block, word);
}

/* From and to blocks of any kind. The old block leaves the book first: once it
 * is free another thread may be given the same address. It leaves the counts when
 * the new one comes into them: there is no moment without both.
 */
SLOW void *
resize_any (HsLedgerDomain domain,
            void          *block,
            size_t         size)
{
  const PyMemAllocatorEx *original = &hs_ledger.original[domain];
  HsLedgerRecord          record;
  bool                    is_known;
  void                   *resized;

  if (is_expected_request (domain, size))
    return original->realloc (original->ctx, block, size);

  is_known = block != NULL && take (block, &record);
  expect_request (domain, size);
  resized = original->realloc (original->ctx, block, size);
  expected.is_request = false;

  if (resized == NULL && is_known)
    put_back (&record);

  return enter_slowly (resized, size, domain, is_known ? &record : NULL);
}

INLINE void *
resize (HsLedgerDomain domain,
        bool           has_lines,
        void          *block,
        size_t         size)
{
  const PyMemAllocatorEx *original = &hs_ledger.original[domain];
  uint32_t               *slot;
  uint32_t                word;
  void                   *resized;

  if (block == NULL)
    return allocate (domain, has_lines, size);
  if (!hs_arenas_contain (block) || !is_small (size) || is_tick_due ())
    return resize_any (domain, block, size);

  resized = original->realloc (original->ctx, block, size);
  if (resized == NULL)
    return NULL;

  slot = &hs_ledger_words[hs_arenas_granule_index (block)];
  word = *slot;
  *slot = 0;
  hs_ledger_check_bottom ();
  hs_ledger_leave_top (has_lines);
  hs_ledger.freed_bytes += word & HS_LEDGER_WORD_SIZE;
  if (has_lines)
    hs_ledger_remove_from_site (word >> HS_LEDGER_WORD_SITE, word & HS_LEDGER_WORD_SIZE);

  if (!hs_arenas_contain (resized))
    return note (resized, size, domain, NULL);

  return note_fast (resized, size, domain, has_lines);
}

#define HOOKS(name, domain, has_lines)                                  \
  static void *name##_malloc (void *context, size_t size)               \
  {                                                                     \
    (void)context;                                                      \
    return allocate (domain, has_lines, size);                          \
  }                                                                     \
  static void *name##_calloc (void *context, size_t n, size_t size)     \
  {                                                                     \
    (void)context;                                                      \
    return allocate_zeroed (domain, has_lines, n, size);                \
  }                                                                     \
  static void *name##_realloc (void *context, void *block, size_t size) \
  {                                                                     \
    (void)context;                                                      \
    return resize (domain, has_lines, block, size);                     \
  }                                                                     \
  static void name##_free (void *context, void *block)                  \
  {                                                                     \
    (void)context;                                                      \
    release (domain, has_lines, block);                                 \
  }

HOOKS (mem, HS_LEDGER_MEM, false)
HOOKS (obj, HS_LEDGER_OBJ, false)
HOOKS (mem_line, HS_LEDGER_MEM, true)
HOOKS (obj_line, HS_LEDGER_OBJ, true)

/* ---- RAW ---- */

static void *
raw_malloc (void  *context,
            size_t size)
{
  (void)context;

  return allocate_large (HS_LEDGER_RAW, 1, size, false);
}

static void *
raw_calloc (void  *context,
            size_t n,
            size_t size)
{
  (void)context;

  return allocate_large (HS_LEDGER_RAW, n, size, true);
}

static void *
raw_realloc (void  *context,
             void  *block,
             size_t size)
{
  (void)context;

  return resize_any (HS_LEDGER_RAW, block, size);
}

static void
raw_free (void *context,
          void *block)
{
  (void)context;
  release_large (HS_LEDGER_RAW, block);
}

#define RAW_HOOKS                                       \
  {                                                     \
    NULL, raw_malloc, raw_calloc, raw_realloc, raw_free \
  }

const PyMemAllocatorEx hs_ledger_hooks[2][HS_LEDGER_N_DOMAINS] = {
  {
    [HS_LEDGER_RAW] = RAW_HOOKS,
    [HS_LEDGER_MEM] = { NULL, mem_malloc, mem_calloc, mem_realloc, mem_free },
    [HS_LEDGER_OBJ] = { NULL, obj_malloc, obj_calloc, obj_realloc, obj_free },
  },
  {
    [HS_LEDGER_RAW] = RAW_HOOKS,
    [HS_LEDGER_MEM] = { NULL, mem_line_malloc, mem_line_calloc, mem_line_realloc, mem_line_free },
    [HS_LEDGER_OBJ] = { NULL, obj_line_malloc, obj_line_calloc, obj_line_realloc, obj_line_free },
  },
};
