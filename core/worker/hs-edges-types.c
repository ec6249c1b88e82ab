/* hs-edges-types.c - the references of objects of one builtin type after the other
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-pyinternal.h"
#include "hs-structs.h"
#include "hs-walk.h"

static void
add_frame (HsWalk  *self,
           HsFrame *frame)
{
  PyCodeObject *code = frame->code;

  hs_walk_add_field_edge ("f_code", (PyObject *)code, self);
  hs_walk_add_field_edge ("f_func", frame->function, self);
  hs_walk_add_field_edge ("f_locals", frame->locals, self);
  for (int i = 0; i < code->co_nlocalsplus; i++)
    if (frame->variables[i] != NULL)
      hs_walk_add_edge (self, HS_EDGE_LOCAL,
                        hs_walk_get_label (self, PyTuple_GET_ITEM (code->co_localsplusnames, i)),
                        frame->variables[i]);
  for (int i = 0; i < frame->n_stack; i++)
    hs_walk_add_edge (self, HS_EDGE_STACK, (uint32_t)i, frame->stack[i]);
}

static void
add_generator (HsWalk   *self,
               PyObject *object)
{
  HsFrame frame;

  hs_py_visit_generator (object, hs_walk_add_field_edge, self);
  if (!hs_py_open_generator (object, &frame))
    return;

  add_frame (self, &frame);
  hs_walk_add_field_edge ("gi_frame", frame.object, self);
}

static void
add_frame_object (HsWalk   *self,
                  PyObject *object)
{
  HsFrame frame;

  if (hs_py_open_frame_object (object, &frame))
    add_frame (self, &frame);
}

static void
add_exception (HsWalk   *self,
               PyObject *object)
{
  PyBaseExceptionObject *exception = (PyBaseExceptionObject *)object;

  hs_walk_add_field_edge ("args", exception->args, self);
  hs_walk_add_field_edge ("__notes__", exception->notes, self);
  hs_walk_add_field_edge ("__traceback__", exception->traceback, self);
  hs_walk_add_field_edge ("__context__", exception->context, self);
  hs_walk_add_field_edge ("__cause__", exception->cause, self);
}

static void
add_property (HsWalk   *self,
              PyObject *object)
{
  HsProperty *property = (HsProperty *)object;

  hs_walk_add_field_edge ("fget", property->get, self);
  hs_walk_add_field_edge ("fset", property->set, self);
  hs_walk_add_field_edge ("fdel", property->del, self);
  hs_walk_add_field_edge ("__doc__", property->doc, self);
}

static void
add_descriptor (HsWalk   *self,
                PyObject *object)
{
  PyDescrObject *descriptor = (PyDescrObject *)object;

  hs_walk_add_field_edge ("__objclass__", (PyObject *)descriptor->d_type, self);
  hs_walk_add_field_edge ("__name__", descriptor->d_name, self);
  hs_walk_add_field_edge ("__qualname__", descriptor->d_qualname, self);
}

static void
add_builtin (HsWalk   *self,
             PyObject *object)
{
  PyCFunctionObject *builtin = (PyCFunctionObject *)object;

  hs_walk_add_field_edge ("__self__", builtin->m_self, self);
  hs_walk_add_field_edge ("__module__", builtin->m_module, self);
}

static void
add_partial (HsWalk   *self,
             PyObject *object)
{
  HsPartial *partial = (HsPartial *)object;

  hs_walk_add_field_edge ("func", partial->function, self);
  hs_walk_add_field_edge ("args", partial->args, self);
  hs_walk_add_field_edge ("keywords", partial->keywords, self);
}

static void
add_range (HsWalk   *self,
           PyObject *object)
{
  HsRange *range = (HsRange *)object;

  hs_walk_add_field_edge ("start", range->start, self);
  hs_walk_add_field_edge ("stop", range->stop, self);
  hs_walk_add_field_edge ("step", range->step, self);
  hs_walk_add_field_edge ("length", range->length, self);
}

static void
add_slice (HsWalk   *self,
           PyObject *object)
{
  PySliceObject *slice = (PySliceObject *)object;

  hs_walk_add_field_edge ("start", slice->start, self);
  hs_walk_add_field_edge ("stop", slice->stop, self);
  hs_walk_add_field_edge ("step", slice->step, self);
}

bool
hs_walk_add_type_edges (HsWalk *self)
{
  PyObject *object = self->object;

  switch (self->info->layout)
    {
    case HS_LAYOUT_CELL:
      hs_walk_add_edge (self, HS_EDGE_CELL, hs_walk_get_c_label (self, "cell_contents"),
                        ((PyCellObject *)object)->ob_ref);
      return true;

    case HS_LAYOUT_METHOD:
      hs_walk_add_field_edge ("__func__", PyMethod_GET_FUNCTION (object), self);
      hs_walk_add_field_edge ("__self__", PyMethod_GET_SELF (object), self);
      return true;

    case HS_LAYOUT_CODE:
      hs_py_visit_code (object, hs_walk_add_field_edge, self);
      return true;

    case HS_LAYOUT_RANGE:
      add_range (self, object);
      return true;

    case HS_LAYOUT_SLICE:
      add_slice (self, object);
      return true;

    case HS_LAYOUT_FUNCTION:
      hs_py_visit_function (object, hs_walk_add_field_edge, self);
      return false;

    case HS_LAYOUT_BUILTIN:
      add_builtin (self, object);
      return false;

    case HS_LAYOUT_GENERATOR:
      add_generator (self, object);
      return false;

    case HS_LAYOUT_FRAME:
      add_frame_object (self, object);
      return false;

    case HS_LAYOUT_PROPERTY:
      add_property (self, object);
      return false;

    case HS_LAYOUT_WRAPPED:
      hs_walk_add_field_edge ("__wrapped__", ((HsWrapped *)object)->callable, self);
      return false;

    case HS_LAYOUT_DESCRIPTOR:
      add_descriptor (self, object);
      return false;

    case HS_LAYOUT_PARTIAL:
      add_partial (self, object);
      return false;

    case HS_LAYOUT_EXCEPTION:
      add_exception (self, object);
      return false;

    case HS_LAYOUT_TYPE:
      hs_py_visit_type (object, hs_walk_add_field_edge, self);
      return false;

    default:
      return false;
    }
}
