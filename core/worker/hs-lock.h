/* hs-lock.h - keeps two threads out of a few instructions
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <sched.h>
#include <stdatomic.h>

/* For what is short and hardly ever contended, inside of allocators: takes no
 * memory and cannot fail. Not recursive. Zeroed: open.
 */
typedef struct
{
  atomic_int is_taken;
} HsLock;

static inline void
hs_lock_take (HsLock *self)
{
  while (atomic_exchange_explicit (&self->is_taken, 1, memory_order_acquire) != 0)
    sched_yield ();
}

static inline void
hs_lock_release (HsLock *self)
{
  atomic_store_explicit (&self->is_taken, 0, memory_order_release);
}
