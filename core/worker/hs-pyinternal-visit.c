/* hs-pyinternal-visit.c - what objects of the interpreter's own types hold
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define Py_BUILD_CORE 1

#include "hs-pyinternal.h"

#include <internal/pycore_code.h>
#include <internal/pycore_dict.h>
#include <internal/pycore_frame.h>
#include <internal/pycore_interp.h>
#include <string.h>

#define AT_LEAST_3_12 (PY_VERSION_HEX >= 0x030c0000)
#define AT_LEAST_3_13 (PY_VERSION_HEX >= 0x030d0000)

#define VISIT(name, value)                       \
  do                                             \
    {                                            \
      if ((value) != NULL)                       \
        visit (name, (PyObject *)(value), data); \
    }                                            \
  while (0)

void
hs_py_visit_function (PyObject   *function,
                      HsFieldFunc visit,
                      void       *data)
{
  PyFunctionObject *self = (PyFunctionObject *)function;

  VISIT ("__code__", self->func_code);
  VISIT ("__defaults__", self->func_defaults);
  VISIT ("__kwdefaults__", self->func_kwdefaults);
  VISIT ("__closure__", self->func_closure);
  VISIT ("__annotations__", self->func_annotations);
#if AT_LEAST_3_12
  VISIT ("__type_params__", self->func_typeparams);
#endif
  VISIT ("__doc__", self->func_doc);
  VISIT ("__name__", self->func_name);
  VISIT ("__qualname__", self->func_qualname);
  VISIT ("__module__", self->func_module);
  VISIT ("__globals__", self->func_globals);
  VISIT ("__builtins__", self->func_builtins);
}

void
hs_py_visit_code (PyObject   *code,
                  HsFieldFunc visit,
                  void       *data)
{
  PyCodeObject *self = (PyCodeObject *)code;

  VISIT ("co_consts", self->co_consts);
  VISIT ("co_names", self->co_names);
  VISIT ("co_localsplusnames", self->co_localsplusnames);
  VISIT ("co_localspluskinds", self->co_localspluskinds);
  VISIT ("co_name", self->co_name);
  VISIT ("co_qualname", self->co_qualname);
  VISIT ("co_filename", self->co_filename);
  VISIT ("co_linetable", self->co_linetable);
  VISIT ("co_exceptiontable", self->co_exceptiontable);
#if AT_LEAST_3_12
  if (self->_co_cached != NULL)
    {
      VISIT ("co_code", self->_co_cached->_co_code);
      VISIT ("co_varnames", self->_co_cached->_co_varnames);
      VISIT ("co_cellvars", self->_co_cached->_co_cellvars);
      VISIT ("co_freevars", self->_co_cached->_co_freevars);
    }
#else
  VISIT ("co_code", self->_co_code);
#endif
}

#if !AT_LEAST_3_12
static const char *
get_code_label (PyObject *generator)
{
  if (PyGen_CheckExact (generator))
    return "gi_code";

  return PyCoro_CheckExact (generator) ? "cr_code" : "ag_code";
}
#endif

/* Objects/genobject.c; the third kind has its finalizer where coroutines have
 * their origin.
 */
static const char *
get_origin_label (PyObject *generator)
{
  return PyCoro_CheckExact (generator) ? "cr_origin" : "ag_finalizer";
}

void
hs_py_visit_generator (PyObject   *generator,
                       HsFieldFunc visit,
                       void       *data)
{
  PyGenObject *self = (PyGenObject *)generator;

  VISIT ("__name__", self->gi_name);
  VISIT ("__qualname__", self->gi_qualname);
  VISIT ("exc_value", self->gi_exc_state.exc_value);
#if !AT_LEAST_3_12
  VISIT (get_code_label (generator), self->gi_code);
#endif
  /* Not set at all in plain generators. */
  if (!PyGen_CheckExact (generator))
    VISIT (get_origin_label (generator), self->gi_origin_or_finalizer);
}

void
hs_py_visit_frame (PyObject   *frame,
                   HsFieldFunc visit,
                   void       *data)
{
  struct _frame *self = (struct _frame *)frame;

  VISIT ("f_back", self->f_back);
  VISIT ("f_trace", self->f_trace);
#if AT_LEAST_3_13
  VISIT ("f_extra_locals", self->f_extra_locals);
  VISIT ("f_locals_cache", self->f_locals_cache);
#endif
}

/* The table of subclasses. From 3.12 on, those of static types that are the
 * same in all interpreters are kept by each interpreter, and the type has the
 * number of the place, counted from 1 (Objects/typeobject.c,
 * static_builtin_index_set(), in 3.13 managed_static_type_index_set()).
 */
PyObject *
hs_py_get_subclasses (PyTypeObject *type)
{
#if AT_LEAST_3_12
  PyInterpreterState *interpreter = PyInterpreterState_Get ();
  size_t              place = (size_t)type->tp_subclasses - 1;

  if ((type->tp_flags & _Py_TPFLAGS_STATIC_BUILTIN) == 0)
    return type->tp_subclasses;

#if AT_LEAST_3_13
  if (place < _Py_MAX_MANAGED_STATIC_BUILTIN_TYPES &&
      interpreter->types.builtins.initialized[place].type == type)
    return interpreter->types.builtins.initialized[place].tp_subclasses;
  place -= _Py_MAX_MANAGED_STATIC_BUILTIN_TYPES;
  if (place < _Py_MAX_MANAGED_STATIC_EXT_TYPES &&
      interpreter->types.for_extensions.initialized[place].type == type)
    return interpreter->types.for_extensions.initialized[place].tp_subclasses;
#else
  if (place < _Py_MAX_STATIC_BUILTIN_TYPES && interpreter->types.builtins[place].type == type)
    return interpreter->types.builtins[place].tp_subclasses;
#endif

  return NULL;
#else
  return type->tp_subclasses;
#endif
}

/* The names in the key table that instances share. */
static void
visit_shared_keys (PyDictKeysObject *keys,
                   HsFieldFunc       visit,
                   void             *data)
{
  PyDictUnicodeEntry *entries;

  if (keys == NULL || keys->dk_kind == DICT_KEYS_GENERAL)
    return;

  /* DK_UNICODE_ENTRIES (keys) */
  entries =
    (PyDictUnicodeEntry *)(void *)(keys->dk_indices + ((size_t)1 << keys->dk_log2_index_bytes));
  for (Py_ssize_t i = 0; i < keys->dk_nentries; i++)
    VISIT ("ht_cached_keys", entries[i].me_key);
}

void
hs_py_visit_type (PyObject   *type,
                  HsFieldFunc visit,
                  void       *data)
{
  PyTypeObject     *self = (PyTypeObject *)type;
  PyHeapTypeObject *heap = (PyHeapTypeObject *)type;

  VISIT ("__dict__", hs_py_get_type_dict (self));
  VISIT ("__bases__", self->tp_bases);
  VISIT ("__base__", self->tp_base);
  VISIT ("__mro__", self->tp_mro);
  VISIT ("__subclasses__", hs_py_get_subclasses (self));
  VISIT ("tp_cache", self->tp_cache);
  if ((self->tp_flags & Py_TPFLAGS_HEAPTYPE) == 0)
    return;

  VISIT ("__name__", heap->ht_name);
  VISIT ("__qualname__", heap->ht_qualname);
  VISIT ("__slots__", heap->ht_slots);
  VISIT ("ht_module", heap->ht_module);
  visit_shared_keys (heap->ht_cached_keys, visit, data);
}

/* Objects/codeobject.c: what debuggers and the like attach to code. */
typedef struct
{
  Py_ssize_t n;
  void      *items[];
} CodeExtra;

/* Returns: whether nothing is attached that could be a block */
static bool
visit_code_extra (CodeExtra  *extra,
                  HsBlockFunc visit,
                  void       *data)
{
  if (extra == NULL)
    return true;

  visit (extra, data);
  for (Py_ssize_t i = 0; i < extra->n; i++)
    if (extra->items[i] != NULL)
      return false;

  return true;
}

bool
hs_py_visit_code_blocks (PyObject   *code,
                         HsBlockFunc visit,
                         void       *data)
{
  PyCodeObject *self = (PyCodeObject *)code;
  bool          is_complete = visit_code_extra (self->co_extra, visit, data);

#if AT_LEAST_3_12
  _PyCoMonitoringData *monitoring = self->_co_monitoring;

  if (self->_co_cached != NULL)
    visit (self->_co_cached, data);
  if (monitoring != NULL)
    {
      void *blocks[] = { monitoring, monitoring->tools, monitoring->lines, monitoring->line_tools,
                         monitoring->per_instruction_opcodes, monitoring->per_instruction_tools };

      for (size_t i = 0; i < sizeof blocks / sizeof blocks[0]; i++)
        if (blocks[i] != NULL)
          visit (blocks[i], data);
    }
#else
  if (self->_co_linearray != NULL)
    visit (self->_co_linearray, data);
#endif
#if AT_LEAST_3_13
  is_complete = is_complete && self->co_executors == NULL;
#endif

  return is_complete;
}
