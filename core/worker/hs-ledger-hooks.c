/* hs-ledger-hooks.c - what happens at each allocation
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-ledger-private.h"
#include "hs-ledger-table.h"
#include "hs-sites.h"

#include <stdbool.h>

/* Each hook calls the original. A block of an arena, which is nearly every one,
 * costs one word beside the arenas and two counters of its site; larger ones
 * go into a table. MEM and OBJ come with the GIL, RAW may not.
 */
#define INLINE static inline __attribute__ ((always_inline))
#define SLOW   static __attribute__ ((noinline))

#define IS_LIKELY(condition) __builtin_expect ((condition), 1)

/* pymalloc serves larger requests, and those of 0 bytes, by calling the RAW
 * allocator, which is our hook again: one block, not two.
 */
static __thread bool is_nested __attribute__ ((tls_model ("initial-exec")));

/* ---- Counting ---- */

INLINE void
count_in (HsLedgerCount *count,
          uint64_t       size)
{
  uint64_t live_bytes;

  count->total_bytes += size;
  count->total_blocks++;
  hs_ledger.live_bytes += size;

  live_bytes = hs_ledger.live_bytes + hs_ledger.raw_live_bytes;
  if (live_bytes > hs_ledger.peak_bytes)
    hs_ledger.peak_bytes = live_bytes;
}

INLINE void
count_out (HsLedgerCount *count,
           uint64_t       size)
{
  count->freed_bytes += size;
  count->freed_blocks++;
  hs_ledger.live_bytes -= size;
}

static void
count_raw_in (HsLedgerCount *count,
              uint64_t       size)
{
  uint64_t live_bytes;

  count->total_bytes += size;
  count->total_blocks++;
  hs_ledger.raw_live_bytes += size;

  live_bytes = hs_ledger.live_bytes + hs_ledger.raw_live_bytes;
  if (live_bytes > hs_ledger.raw_peak_bytes)
    hs_ledger.raw_peak_bytes = live_bytes;
}

static void
count_raw_out (HsLedgerCount *count,
               uint64_t       size)
{
  count->freed_bytes += size;
  count->freed_blocks++;
  hs_ledger.raw_live_bytes -= size;
}

static HsLedgerCount *
get_count (const HsLedgerRecord *record)
{
  if (record->domain == HS_LEDGER_RAW)
    return &hs_ledger.raw_counts[record->site];

  return &hs_ledger.counts[record->site * 2 + (record->domain == HS_LEDGER_OBJ)];
}

/* ---- Blocks of any kind ---- */

static void
count_record_out (const HsLedgerRecord *record)
{
  if (record->domain != HS_LEDGER_RAW)
    {
      count_out (get_count (record), record->requested);
      return;
    }

  hs_lock_take (&hs_ledger.lock);
  count_raw_out (get_count (record), record->requested);
  hs_lock_release (&hs_ledger.lock);
}

/* A block that is in the book still was freed unseen: CPython sometimes sets
 * the default RAW allocator for a moment (_PyMem_SetDefaultAllocator()).
 */
static bool
put_large (const HsLedgerRecord *record,
           bool                  is_counted)
{
  HsLedgerRecord old;
  bool           is_in;

  hs_lock_take (&hs_ledger.lock);
  is_in = hs_ledger_table_put (record, &old);
  if (!is_in)
    hs_ledger.n_lost++;
  else if (is_counted && record->domain == HS_LEDGER_RAW)
    count_raw_in (get_count (record), record->requested);
  hs_lock_release (&hs_ledger.lock);

  if (is_in && old.address != 0)
    count_record_out (&old);

  return is_in;
}

SLOW void
enter_large (void          *block,
             uint64_t       size,
             HsLedgerDomain domain)
{
  HsLedgerRecord record = {
    .address = (uint64_t)block,
    .requested = size,
    .site = hs_sites_get_current (),
    .domain = (uint8_t)domain,
  };

  if (put_large (&record, true) && domain != HS_LEDGER_RAW)
    count_in (get_count (&record), size);
}

INLINE void
enter_small (void          *block,
             uint64_t       size,
             HsLedgerDomain domain)
{
  uint32_t word = (uint32_t)size | (domain == HS_LEDGER_OBJ ? HS_LEDGER_WORD_OBJ : 0) |
                  hs_sites_get_current () << HS_LEDGER_WORD_SITE;

  hs_ledger_words[hs_arenas_granule_index (block)] = word;
  count_in (&hs_ledger.counts[word >> HS_LEDGER_COUNT_SHIFT], size);
}

INLINE void
enter (void          *block,
       uint64_t       size,
       HsLedgerDomain domain)
{
  if (IS_LIKELY (hs_arenas_contain (block)))
    enter_small (block, size, domain);
  else if (block != NULL)
    enter_large (block, size, domain);
}

/* Takes a block out of the book, but not yet out of the counts. */
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
  if (is_known && record->domain == HS_LEDGER_RAW)
    count_raw_out (get_count (record), record->requested);
  hs_lock_release (&hs_ledger.lock);

  return is_known;
}

static void
finish_take (const HsLedgerRecord *record)
{
  if (record->domain != HS_LEDGER_RAW)
    count_out (get_count (record), record->requested);
  if (record->is_code)
    hs_sites_forget_code ((void *)(uintptr_t)record->address, record->requested);
}

static void
put_back (const HsLedgerRecord *record)
{
  if (!hs_arenas_contain ((void *)(uintptr_t)record->address))
    {
      put_large (record, false);
      if (record->domain != HS_LEDGER_RAW)
        return;
      hs_lock_take (&hs_ledger.lock);
      get_count (record)->freed_bytes -= record->requested;
      get_count (record)->freed_blocks--;
      hs_ledger.raw_live_bytes += record->requested;
      hs_lock_release (&hs_ledger.lock);
      return;
    }

  hs_ledger_words[hs_arenas_granule_index ((void *)(uintptr_t)record->address)] =
    (uint32_t)record->requested | (record->is_code ? HS_LEDGER_WORD_CODE : 0) |
    (record->domain == HS_LEDGER_OBJ ? HS_LEDGER_WORD_OBJ : 0) |
    record->site << HS_LEDGER_WORD_SITE;
}

/* ---- MEM and OBJ ---- */

INLINE bool
is_small (size_t size)
{
  return size - 1 < HS_POOL_SIZE_MAX;
}

SLOW void *
allocate_large (HsLedgerDomain domain,
                size_t         n,
                size_t         size,
                bool           is_zeroed)
{
  const PyMemAllocatorEx *original = &hs_ledger.original[domain];
  bool                    was_nested = is_nested;
  void                   *block;

  is_nested = true;
  block = is_zeroed ? original->calloc (original->ctx, n, size) : original->malloc (original->ctx, size);
  is_nested = was_nested;
  if (block != NULL && !was_nested)
    enter_large (block, n * size, domain);

  return block;
}

INLINE void *
allocate (HsLedgerDomain domain,
          size_t         size)
{
  const PyMemAllocatorEx *original = &hs_ledger.original[domain];
  void                   *block;

  if (!IS_LIKELY (is_small (size)))
    return allocate_large (domain, 1, size, false);

  block = original->malloc (original->ctx, size);
  enter (block, size, domain);

  return block;
}

INLINE void *
allocate_zeroed (HsLedgerDomain domain,
                 size_t         n,
                 size_t         size)
{
  const PyMemAllocatorEx *original = &hs_ledger.original[domain];
  void                   *block;

  if (!IS_LIKELY (is_small (n * size)))
    return allocate_large (domain, n, size, true);

  block = original->calloc (original->ctx, n, size);
  enter (block, n * size, domain);

  return block;
}

SLOW void
release_large (HsLedgerDomain domain,
               void          *block)
{
  const PyMemAllocatorEx *original = &hs_ledger.original[domain];
  bool                    was_nested = is_nested;
  HsLedgerRecord          record;

  if (block != NULL && !was_nested && take (block, &record))
    finish_take (&record);

  is_nested = true;
  original->free (original->ctx, block);
  is_nested = was_nested;
}

INLINE void
release (HsLedgerDomain domain,
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
  if (IS_LIKELY (word != 0))
    count_out (&hs_ledger.counts[word >> HS_LEDGER_COUNT_SHIFT], word & HS_LEDGER_WORD_SIZE);
  if (!IS_LIKELY ((word & HS_LEDGER_WORD_CODE) == 0))
    hs_sites_forget_code (block, word & HS_LEDGER_WORD_SIZE);

  original->free (original->ctx, block);
}

/* From and to blocks of any kind. The old block leaves the book first: once it
 * is free another thread may be given the same address.
 */
SLOW void *
resize_any (HsLedgerDomain domain,
            void          *block,
            size_t         size)
{
  const PyMemAllocatorEx *original = &hs_ledger.original[domain];
  bool                    was_nested = is_nested;
  HsLedgerRecord          record;
  bool                    is_known;
  void                   *resized;

  if (was_nested)
    return original->realloc (original->ctx, block, size);

  is_known = block != NULL && take (block, &record);
  is_nested = true;
  resized = original->realloc (original->ctx, block, size);
  is_nested = false;

  if (resized == NULL)
    {
      if (is_known)
        put_back (&record);
      return NULL;
    }
  if (is_known)
    finish_take (&record);
  enter (resized, size, domain);

  return resized;
}

INLINE void *
resize (HsLedgerDomain domain,
        void          *block,
        size_t         size)
{
  const PyMemAllocatorEx *original = &hs_ledger.original[domain];
  uint32_t               *slot;
  uint32_t                word;
  void                   *resized;

  if (block == NULL)
    return allocate (domain, size);
  if (!hs_arenas_contain (block) || !is_small (size))
    return resize_any (domain, block, size);

  resized = original->realloc (original->ctx, block, size);
  if (resized == NULL)
    return NULL;

  slot = &hs_ledger_words[hs_arenas_granule_index (block)];
  word = *slot;
  *slot = 0;
  if (IS_LIKELY (word != 0))
    count_out (&hs_ledger.counts[word >> HS_LEDGER_COUNT_SHIFT], word & HS_LEDGER_WORD_SIZE);
  enter (resized, size, domain);

  return resized;
}

#define HOOKS(name, domain)                                             \
  static void *name##_malloc (void *context, size_t size)               \
  {                                                                     \
    (void)context;                                                      \
    return allocate (domain, size);                                     \
  }                                                                     \
  static void *name##_calloc (void *context, size_t n, size_t size)     \
  {                                                                     \
    (void)context;                                                      \
    return allocate_zeroed (domain, n, size);                           \
  }                                                                     \
  static void *name##_realloc (void *context, void *block, size_t size) \
  {                                                                     \
    (void)context;                                                      \
    return resize (domain, block, size);                                \
  }                                                                     \
  static void name##_free (void *context, void *block)                  \
  {                                                                     \
    (void)context;                                                      \
    release (domain, block);                                            \
  }

HOOKS (mem, HS_LEDGER_MEM)
HOOKS (obj, HS_LEDGER_OBJ)

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

const PyMemAllocatorEx hs_ledger_hooks[HS_LEDGER_N_DOMAINS] = {
  [HS_LEDGER_RAW] = { NULL, raw_malloc, raw_calloc, raw_realloc, raw_free },
  [HS_LEDGER_MEM] = { NULL, mem_malloc, mem_calloc, mem_realloc, mem_free },
  [HS_LEDGER_OBJ] = { NULL, obj_malloc, obj_calloc, obj_realloc, obj_free },
};
