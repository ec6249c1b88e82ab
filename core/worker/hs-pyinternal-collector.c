/* hs-pyinternal-collector.c - what the garbage collector and the free lists keep
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define Py_BUILD_CORE 1

#include "hs-pyinternal-collector.h"

#include "hs-arenas.h"

#include <internal/pycore_gc.h>
#include <internal/pycore_interp.h>

/* Include/internal/pycore_interp.h of 3.11 and 3.12; of 3.13
 * pycore_object_state.h and pycore_freelist.h.
 */
#if PY_VERSION_HEX >= 0x030d0000
#define FREE(interpreter)   (&(interpreter)->object_state.freelists)
#define FREE_FLOATS(self)   (self)->floats.numfree
#define FREE_LISTS(self)    (self)->lists.numfree
#define FREE_DICTS(self)    (self)->dicts.numfree
#define FREE_KEYS(self)     (self)->dictkeys.numfree
#define FREE_CONTEXTS(self) (self)->contexts.numfree
#define FREE_TUPLES(self)   (self)->tuples.numfree
#else
#define FREE(interpreter)   (interpreter)
#define FREE_FLOATS(self)   (self)->float_state.numfree
#define FREE_LISTS(self)    (self)->list.numfree
#define FREE_DICTS(self)    (self)->dict_state.numfree
#define FREE_KEYS(self)     (self)->dict_state.keys_numfree
#define FREE_CONTEXTS(self) (self)->context.numfree
#define FREE_TUPLES(self)   (self)->tuple.numfree
#endif

void
hs_py_get_collector (HsCollector *collector)
{
  PyInterpreterState *interpreter = PyInterpreterState_Get ();

  collector->is_enabled = interpreter->gc.enabled != 0;
  collector->is_collecting = interpreter->gc.collecting != 0;
  for (int i = 0; i < HS_N_GENERATIONS; i++)
    {
      collector->counts[i] = interpreter->gc.generations[i].count;
      collector->thresholds[i] = interpreter->gc.generations[i].threshold;
    }

  collector->n_free_floats = FREE_FLOATS (FREE (interpreter));
  collector->n_free_lists = FREE_LISTS (FREE (interpreter));
  collector->n_free_dicts = FREE_DICTS (FREE (interpreter));
  collector->n_free_keys = FREE_KEYS (FREE (interpreter));
  collector->n_free_contexts = FREE_CONTEXTS (FREE (interpreter));
  collector->n_free_tuples = 0;
  for (int i = 0; i < PyTuple_NFREELISTS; i++)
    collector->n_free_tuples += FREE_TUPLES (FREE (interpreter))[i];
}

/* Whether @link of a header leads to another, which leads back by @way. Heads of
 * lists, and objects outside of arenas, are not looked at.
 */
static bool
leads_back (uintptr_t        link,
            const uintptr_t *from,
            size_t           way)
{
  const uintptr_t *to = (const uintptr_t *)(link & _PyGC_PREV_MASK);

  if (link < 4096 || link >> 47 != 0 || (uintptr_t)to % sizeof *to != 0)
    return false;
  if (!hs_arenas_contain (to))
    return true;

  return hs_arenas_get_class (to) != 0 &&
         (to[way] & _PyGC_PREV_MASK) == (uintptr_t)from;
}

/* Include/internal/pycore_gc.h, the same in 3.11 to 3.13: two words, next and
 * previous, with flags in the lowest two bits. _PyObject_GC_UNTRACK() leaves of
 * them only that the object was finalized.
 */
bool
hs_py_may_be_gc_head (const void *head)
{
  const uintptr_t *links = head;

  if (links[0] == 0)
    return (links[1] & ~(uintptr_t)_PyGC_PREV_MASK_FINALIZED) == 0;

  return leads_back (links[0], links, 1) && leads_back (links[1], links, 0);
}
