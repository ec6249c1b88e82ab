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

  hs_walk_add_field_edge ("f_func", frame->function, self);
  hs_walk_add_field_edge ("f_locals", frame->locals, self);
  hs_walk_add_field_edge ("f_locals", frame->locals_copy, self);
  for (int i = 0; i < code->co_nlocalsplus; i++)
    if (frame->variables[i] != NULL)
      hs_walk_add_edge (self, HS_EDGE_LOCAL,
                        hs_walk_get_label (self, PyTuple_GET_ITEM (code->co_localsplusnames, i)),
                        frame->variables[i]);
  for (int i = 0; i < frame->n_stack; i++)
    hs_walk_add_edge (self, HS_EDGE_STACK, (uint32_t)i, frame->stack[i]);
}

typedef struct
{
  const PyTypeObject *type;
  const char         *code;
  const char         *frame;
} GeneratorLabels;

/* In 3.11 generators hold their code themselves, and their frames do, too. */
#if PY_VERSION_HEX >= 0x030c0000
#define CODE_LABEL(label) label
#else
#define CODE_LABEL(label) "f_code"
#endif

static const GeneratorLabels generator_labels[] = {
  { &PyGen_Type, CODE_LABEL ("gi_code"), "gi_frame" },
  { &PyCoro_Type, CODE_LABEL ("cr_code"), "cr_frame" },
  { &PyAsyncGen_Type, CODE_LABEL ("ag_code"), "ag_frame" },
};

static void
add_generator (HsWalk   *self,
               PyObject *object)
{
  const GeneratorLabels *labels = generator_labels;
  HsFrame                frame;

  while (labels->type != self->info->type && labels->type != &PyAsyncGen_Type)
    labels++;

  hs_py_visit_generator (object, hs_walk_add_field_edge, self);
  if (!hs_py_open_generator (object, &frame))
    return;

  hs_walk_add_field_edge (labels->code, (PyObject *)frame.code, self);
  add_frame (self, &frame);
  hs_walk_add_field_edge (labels->frame, frame.object, self);
}

static void
add_frame_object (HsWalk   *self,
                  PyObject *object)
{
  HsFrame frame;

  hs_py_visit_frame (object, hs_walk_add_field_edge, self);
  /* Each reference is listed once, at what holds it (frame_traverse()). */
  if (!hs_py_open_frame_object (object, &frame) || frame.is_generators)
    return;

  hs_walk_add_field_edge ("f_code", (PyObject *)frame.code, self);
  add_frame (self, &frame);
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

  if (self->info->shape != NULL)
    hs_walk_add_shape_edges (self);

  switch (self->info->layout)
    {
    case HS_LAYOUT_UNKNOWN:
      hs_walk_add_member_edges (self);
      return false;

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
      return true;

    case HS_LAYOUT_GENERATOR:
      add_generator (self, object);
      return true;

    case HS_LAYOUT_FRAME:
      add_frame_object (self, object);
      return true;

    case HS_LAYOUT_TYPE:
      hs_py_visit_type (object, hs_walk_add_field_edge, self);
      return true;

    default:
      return hs_walk_add_special_edges (self);
    }
}
