/* hs-fields-code.c - what the bytes of functions, code and frames are
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-fields.h"
#include "hs-structs.h"

#define AT_LEAST_3_12 (PY_VERSION_HEX >= 0x030c0000)
#define AT_LEAST_3_13 (PY_VERSION_HEX >= 0x030d0000)

#define FUNCTION_FIELD(member, kind) HS_FIELD (PyFunctionObject, member, kind)

static const HsFieldSpec function_fields[] = {
  FUNCTION_FIELD (func_globals, OBJECT),
  FUNCTION_FIELD (func_builtins, OBJECT),
  FUNCTION_FIELD (func_name, OBJECT),
  FUNCTION_FIELD (func_qualname, OBJECT),
  FUNCTION_FIELD (func_code, OBJECT),
  FUNCTION_FIELD (func_defaults, OBJECT),
  FUNCTION_FIELD (func_kwdefaults, OBJECT),
  FUNCTION_FIELD (func_closure, OBJECT),
  FUNCTION_FIELD (func_doc, OBJECT),
  FUNCTION_FIELD (func_dict, OBJECT),
  FUNCTION_FIELD (func_weakreflist, OBJECT),
  FUNCTION_FIELD (func_module, OBJECT),
  FUNCTION_FIELD (func_annotations, OBJECT),
#if AT_LEAST_3_12
  FUNCTION_FIELD (func_typeparams, OBJECT),
#endif
  FUNCTION_FIELD (vectorcall, POINTER),
  FUNCTION_FIELD (func_version, UNSIGNED),
  HS_FIELD_END,
};

static const HsFieldSpec method_fields[] = {
  HS_FIELD (PyMethodObject, im_func, OBJECT),
  HS_FIELD (PyMethodObject, im_self, OBJECT),
  HS_FIELD (PyMethodObject, im_weakreflist, OBJECT),
  HS_FIELD (PyMethodObject, vectorcall, POINTER),
  HS_FIELD_END,
};

static const HsFieldSpec cell_fields[] = {
  HS_FIELD (PyCellObject, ob_ref, OBJECT),
  HS_FIELD_END,
};

static const HsFieldSpec slice_fields[] = {
  HS_FIELD (PySliceObject, start, OBJECT),
  HS_FIELD (PySliceObject, stop, OBJECT),
  HS_FIELD (PySliceObject, step, OBJECT),
  HS_FIELD_END,
};

static const HsFieldSpec range_fields[] = {
  HS_FIELD (HsRange, start, OBJECT),
  HS_FIELD (HsRange, stop, OBJECT),
  HS_FIELD (HsRange, step, OBJECT),
  HS_FIELD (HsRange, length, OBJECT),
  HS_FIELD_END,
};

#define CODE_FIELD(member, kind) HS_FIELD (PyCodeObject, member, kind)

static const HsFieldSpec code_fields[] = {
  { "ob_size", HS_FIELD_SIGNED, 8, offsetof (PyVarObject, ob_size) },
  CODE_FIELD (co_consts, OBJECT),
  CODE_FIELD (co_names, OBJECT),
  CODE_FIELD (co_exceptiontable, OBJECT),
  CODE_FIELD (co_flags, BITS),
#if !AT_LEAST_3_12
  CODE_FIELD (co_warmup, SIGNED),
  CODE_FIELD (_co_linearray_entry_size, SIGNED),
#endif
  CODE_FIELD (co_argcount, SIGNED),
  CODE_FIELD (co_posonlyargcount, SIGNED),
  CODE_FIELD (co_kwonlyargcount, SIGNED),
  CODE_FIELD (co_stacksize, SIGNED),
  CODE_FIELD (co_firstlineno, SIGNED),
  CODE_FIELD (co_nlocalsplus, SIGNED),
#if AT_LEAST_3_12
  CODE_FIELD (co_framesize, SIGNED),
#endif
  CODE_FIELD (co_nlocals, SIGNED),
#if !AT_LEAST_3_12
  CODE_FIELD (co_nplaincellvars, SIGNED),
#endif
  CODE_FIELD (co_ncellvars, SIGNED),
  CODE_FIELD (co_nfreevars, SIGNED),
#if AT_LEAST_3_12
  CODE_FIELD (co_version, UNSIGNED),
#endif
  CODE_FIELD (co_localsplusnames, OBJECT),
  CODE_FIELD (co_localspluskinds, OBJECT),
  CODE_FIELD (co_filename, OBJECT),
  CODE_FIELD (co_name, OBJECT),
  CODE_FIELD (co_qualname, OBJECT),
  CODE_FIELD (co_linetable, OBJECT),
  CODE_FIELD (co_weakreflist, OBJECT),
#if AT_LEAST_3_13
  CODE_FIELD (co_executors, POINTER),
#endif
#if AT_LEAST_3_12
  CODE_FIELD (_co_cached, POINTER),
  CODE_FIELD (_co_instrumentation_version, UNSIGNED),
  CODE_FIELD (_co_monitoring, POINTER),
#else
  CODE_FIELD (_co_code, OBJECT),
  CODE_FIELD (_co_linearray, POINTER),
#endif
  CODE_FIELD (_co_firsttraceable, SIGNED),
  CODE_FIELD (co_extra, POINTER),
  HS_FIELD_END,
};

static void
add_code (HsFields *self,
          PyObject *object)
{
  hs_fields_add_struct (self, code_fields, 0);
  hs_fields_skip_to (self, offsetof (PyCodeObject, co_code_adaptive));
  /* Instructions, and the caches between them. */
  hs_fields_add_items (self, "co_code_adaptive", (uint64_t)Py_SIZE (object),
                       (uint64_t)Py_SIZE (object) * 2);
}

/* ---- Frames ---- */

/* What a finished frame leaves behind is not read by anybody. */
static void
add_frame (HsFields              *self,
           const HsPyFrameLayout *layout)
{
  int64_t  variables = layout->offset + layout->size;
  uint64_t n = layout->n_valid < HS_FIELDS_LIMIT ? layout->n_valid : HS_FIELDS_LIMIT;

  if (!layout->is_valid || layout->code == NULL)
    {
      hs_fields_skip_to (self, variables + 8 * (int64_t)layout->n_slots);
      return;
    }

  hs_fields_add_struct (self, hs_py_frame_fields, layout->offset);
  hs_fields_skip_to (self, variables);
  for (uint64_t i = 0; i < n; i++)
    {
      uint32_t label;

      if (i < layout->n_locals)
        label = hs_walk_get_label (
          self->walk, PyTuple_GET_ITEM (layout->code->co_localsplusnames, (Py_ssize_t)i));
      else
        label = hs_fields_get_indexed_label (self, "stack[#]", (uint32_t)(i - layout->n_locals));
      hs_fields_add (self, label, HS_FIELD_OBJECT, 8);
    }
  hs_fields_add_items (self, "localsplus", layout->n_valid - n, 8 * (layout->n_valid - n));
  if (layout->is_busy)
    hs_fields_add_items (self, "stack", layout->n_slots - layout->n_valid,
                         8 * (layout->n_slots - layout->n_valid));
  hs_fields_skip_to (self, variables + 8 * (int64_t)layout->n_slots);
}

/* The fields of the three kinds differ in the beginnings of their names. Only
 * coroutines and asynchronous generators set the origin or finalizer.
 */
#define GENERATOR_FIELD(prefix, member, kind)                                           \
  {                                                                                     \
    prefix #member, HS_FIELD_##kind, (uint16_t)sizeof (((PyGenObject *)0)->gi##member), \
      offsetof (PyGenObject, gi##member)                                                \
  }

#if AT_LEAST_3_12
#define GENERATOR_CODE(prefix)
#else
#define GENERATOR_CODE(prefix) GENERATOR_FIELD (prefix, _code, OBJECT),
#endif

#define GENERATOR_FIELDS(prefix, origin_kind)                       \
  {                                                                 \
    GENERATOR_CODE (prefix)                                         \
    GENERATOR_FIELD (prefix, _weakreflist, OBJECT),                 \
      GENERATOR_FIELD (prefix, _name, OBJECT),                      \
      GENERATOR_FIELD (prefix, _qualname, OBJECT),                  \
      GENERATOR_FIELD (prefix, _exc_state.exc_value, OBJECT),       \
      GENERATOR_FIELD (prefix, _exc_state.previous_item, POINTER),  \
      GENERATOR_FIELD (prefix, _origin_or_finalizer, origin_kind),  \
      GENERATOR_FIELD (prefix, _hooks_inited, SIGNED),              \
      GENERATOR_FIELD (prefix, _closed, SIGNED),                    \
      GENERATOR_FIELD (prefix, _running_async, SIGNED),             \
      GENERATOR_FIELD (prefix, _frame_state, SIGNED), HS_FIELD_END, \
  }

static const HsFieldSpec generator_fields[] = GENERATOR_FIELDS ("gi", POINTER);
static const HsFieldSpec coroutine_fields[] = GENERATOR_FIELDS ("cr", OBJECT);
static const HsFieldSpec async_fields[] = GENERATOR_FIELDS ("ag", OBJECT);

static void
add_generator (HsFields *self,
               PyObject *object)
{
  const HsFieldSpec *fields = generator_fields;
  HsPyFrameLayout    layout;

  if (PyCoro_CheckExact (object))
    fields = coroutine_fields;
  else if (PyAsyncGen_CheckExact (object))
    fields = async_fields;

  hs_py_describe_generator (object, &layout);
  hs_fields_add_struct (self, fields, 0);
  hs_fields_skip_to (self, layout.offset);
  add_frame (self, &layout);
}

static void
add_frame_object (HsFields *self,
                  PyObject *object)
{
  HsPyFrameLayout layout;

  hs_py_describe_frame_object (object, &layout);
  hs_fields_add_struct (self, hs_py_frame_object_fields, 0);
  hs_fields_skip_to (self, layout.offset);
  add_frame (self, &layout);
}

bool
hs_fields_add_code_object (HsFields *self,
                           PyObject *object,
                           HsLayout  layout)
{
  switch (layout)
    {
    case HS_LAYOUT_FUNCTION:
      hs_fields_add_struct (self, function_fields, 0);
      return true;

    case HS_LAYOUT_METHOD:
      hs_fields_add_struct (self, method_fields, 0);
      return true;

    case HS_LAYOUT_CELL:
      hs_fields_add_struct (self, cell_fields, 0);
      return true;

    case HS_LAYOUT_SLICE:
      hs_fields_add_struct (self, slice_fields, 0);
      return true;

    case HS_LAYOUT_RANGE:
      hs_fields_add_struct (self, range_fields, 0);
      return true;

    case HS_LAYOUT_CODE:
      add_code (self, object);
      return true;

    case HS_LAYOUT_GENERATOR:
      add_generator (self, object);
      return true;

    case HS_LAYOUT_FRAME:
      add_frame_object (self, object);
      return true;

    default:
      return false;
    }
}

/* ---- Other blocks of code ---- */

#if AT_LEAST_3_12
static const HsFieldSpec cached_fields[] = {
  HS_FIELD (_PyCoCached, _co_code, OBJECT),
  HS_FIELD (_PyCoCached, _co_varnames, OBJECT),
  HS_FIELD (_PyCoCached, _co_cellvars, OBJECT),
  HS_FIELD (_PyCoCached, _co_freevars, OBJECT),
  HS_FIELD_END,
};

static const HsFieldSpec monitoring_fields[] = {
  HS_FIELD (_PyCoMonitoringData, tools, POINTER),
  HS_FIELD (_PyCoMonitoringData, lines, POINTER),
  HS_FIELD (_PyCoMonitoringData, line_tools, POINTER),
  HS_FIELD (_PyCoMonitoringData, per_instruction_opcodes, POINTER),
  HS_FIELD (_PyCoMonitoringData, per_instruction_tools, POINTER),
  HS_FIELD_END,
};

static void
add_monitoring (HsFields *self)
{
  uint64_t n = sizeof (((_PyCoMonitoringData *)0)->local_monitors);

  hs_fields_add_items (self, "local_monitors", n, n);
  hs_fields_add_items (self, "active_monitors", n, n);
  hs_fields_add_struct (self, monitoring_fields, 0);
}

/* One byte or two for each instruction. */
static bool
add_instruction_table (HsFields     *self,
                       PyCodeObject *code,
                       uint64_t      address)
{
  const _PyCoMonitoringData *monitoring = code->_co_monitoring;
  uint64_t                   n = (uint64_t)Py_SIZE (code);

  if (monitoring == NULL)
    return false;
  if (address == (uint64_t)monitoring)
    add_monitoring (self);
  else if (address == (uint64_t)monitoring->tools)
    hs_fields_add_items (self, "tools", n, n);
  else if (address == (uint64_t)monitoring->lines)
    hs_fields_add_items (self, "lines", n, 2 * n);
  else if (address == (uint64_t)monitoring->line_tools)
    hs_fields_add_items (self, "line_tools", n, n);
  else if (address == (uint64_t)monitoring->per_instruction_opcodes)
    hs_fields_add_items (self, "per_instruction_opcodes", n, n);
  else if (address == (uint64_t)monitoring->per_instruction_tools)
    hs_fields_add_items (self, "per_instruction_tools", n, n);
  else
    return false;

  return true;
}
#endif

/* The number of pointers, and these (Objects/codeobject.c, _PyCodeObjectExtra). */
static void
add_extra (HsFields         *self,
           const Py_ssize_t *extra)
{
  hs_fields_add_named (self, "ce_size", HS_FIELD_SIGNED, 8);
  hs_fields_add_array (self, "ce_extras[#]", HS_FIELD_POINTER, (uint64_t)*extra, 8);
}

bool
hs_fields_add_code_block (HsFields *self,
                          PyObject *object,
                          uint64_t  address)
{
  PyCodeObject *code = (PyCodeObject *)object;

  if (self->walk->info->layout != HS_LAYOUT_CODE)
    return false;

  if (address == (uint64_t)code->co_extra)
    {
      add_extra (self, code->co_extra);
      return true;
    }
#if AT_LEAST_3_12
  if (address == (uint64_t)code->_co_cached)
    {
      hs_fields_add_struct (self, cached_fields, 0);
      return true;
    }

  return add_instruction_table (self, code, address);
#else
  if (address != (uint64_t)code->_co_linearray || code->_co_linearray_entry_size <= 0)
    return false;

  /* A line for each instruction. */
  hs_fields_add_items (self, "_co_linearray", (uint64_t)Py_SIZE (code),
                       (uint64_t)(Py_SIZE (code) * code->_co_linearray_entry_size));

  return true;
#endif
}
