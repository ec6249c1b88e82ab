/* hs-getsizeof-modules.c - what the __sizeof__ of extension modules counts
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-getsizeof.h"

#include "hs-pyinternal.h"
#include "hs-structs-modules.h"
#include "hs-structs.h"

#include <string.h>

/* A type that was not made on the heap cannot be renamed; others are known by
 * the name that their module has in its C source. In both cases the size of the
 * struct tells the rest.
 */
static const struct
{
  const char  *module;
  const char  *name; /* of a static type */
  Py_ssize_t   size; /* bytes of the struct */
  HsSizeofKind kind;
} known_types[] = {
  { "_collections", "collections.deque", sizeof (HsDeque), HS_SIZEOF_DEQUE },
  { "array", "array.array", sizeof (HsArrayObject), HS_SIZEOF_ARRAY },
  { "decimal", "decimal.Decimal", sizeof (HsDecimal), HS_SIZEOF_DECIMAL },
  { "_elementtree", "xml.etree.ElementTree.Element", sizeof (HsElement), HS_SIZEOF_ELEMENT },
  { "io", "_io.BytesIO", sizeof (HsBytesIO), HS_SIZEOF_BYTESIO },
  { "io", "_io.BufferedReader", sizeof (HsBuffered), HS_SIZEOF_BUFFERED },
  { "io", "_io.BufferedWriter", sizeof (HsBuffered), HS_SIZEOF_BUFFERED },
  { "io", "_io.BufferedRandom", sizeof (HsBuffered), HS_SIZEOF_BUFFERED },
  { "_struct", "_struct.Struct", sizeof (HsStruct), HS_SIZEOF_STRUCT },
  { "_pickle", "_pickle.Pickler", 144, HS_SIZEOF_PICKLER },
  { "_pickle", "_pickle.Pickler", 152, HS_SIZEOF_PICKLER },
  { "_pickle", "_pickle.Unpickler", 264, HS_SIZEOF_UNPICKLER },
  { "_pickle", "_pickle.Unpickler", 272, HS_SIZEOF_UNPICKLER },
  { "itertools", "itertools.product", sizeof (HsProduct), HS_SIZEOF_PRODUCT },
  { "itertools", "itertools.combinations", sizeof (HsCombinations), HS_SIZEOF_COMBINATIONS },
  { "itertools", "itertools.combinations_with_replacement", sizeof (HsCombinations),
    HS_SIZEOF_COMBINATIONS },
  { "itertools", "itertools.permutations", sizeof (HsPermutations), HS_SIZEOF_PERMUTATIONS },
  { "_ctypes", "StgDict", sizeof (HsCtypesDict), HS_SIZEOF_STGDICT },
  { "_ctypes", "_ctypes.CType_Type", sizeof (PyHeapTypeObject) + sizeof (HsCtypesTypeData),
    HS_SIZEOF_CTYPE },
};

static const char *
get_module_name (PyTypeObject *type)
{
  PyObject    *module = ((PyHeapTypeObject *)type)->ht_module;
  PyModuleDef *definition = module != NULL ? PyModule_GetDef (module) : NULL;

  return definition != NULL ? definition->m_name : NULL;
}

HsSizeofKind
hs_getsizeof_find_module_kind (PyTypeObject *type)
{
  bool        is_heap = (type->tp_flags & Py_TPFLAGS_HEAPTYPE) != 0;
  const char *name = is_heap ? get_module_name (type) : type->tp_name;

  for (size_t i = 0; name != NULL && i < sizeof known_types / sizeof known_types[0]; i++)
    if (known_types[i].size == type->tp_basicsize &&
        strcmp (is_heap ? known_types[i].module : known_types[i].name, name) == 0)
      return known_types[i].kind;

  return HS_SIZEOF_UNKNOWN;
}

Py_ssize_t
hs_getsizeof_count_nodes (PyObject *object)
{
  HsOrderedDict *dict = (HsOrderedDict *)object;
  Py_ssize_t     size = dict->n_fast_nodes * (Py_ssize_t)sizeof (void *);

  if (dict->first != NULL)
    size += dict->dict.ma_used * (Py_ssize_t)sizeof (HsOrderedDictNode);

  return size;
}

static Py_ssize_t
count_deque (PyObject *object)
{
  HsDeque   *deque = (HsDeque *)object;
  Py_ssize_t n_blocks =
    (deque->left_index + Py_SIZE (deque) + HS_DEQUE_BLOCK_ITEMS - 1) / HS_DEQUE_BLOCK_ITEMS;

  return n_blocks * (Py_ssize_t)sizeof (HsDequeBlock);
}

static Py_ssize_t
count_element (PyObject *object)
{
  HsElementExtra *extra = ((HsElement *)object)->extra;
  Py_ssize_t      size = 0;

  if (extra != NULL)
    {
      size = sizeof *extra;
      if (extra->children != extra->small)
        size += extra->allocated * (Py_ssize_t)sizeof (PyObject *);
    }

  return size;
}

/* As sys.getsizeof() of a bytes object. */
static Py_ssize_t
count_bytes_object (PyObject *bytes)
{
  return PyBytes_Type.tp_basicsize + Py_SIZE (bytes);
}

static Py_ssize_t
count_bytesio (PyObject *object)
{
  PyObject *buffer = ((HsBytesIO *)object)->buffer;

  return buffer == NULL || Py_REFCNT (buffer) > 1 ? 0 : count_bytes_object (buffer);
}

static Py_ssize_t
count_struct (PyObject *object)
{
  const HsStructCode *code = ((HsStruct *)object)->codes;
  Py_ssize_t          size = sizeof *code;

  for (; code != NULL && code->definition != NULL; code++)
    size += (Py_ssize_t)sizeof *code;

  return size;
}

static Py_ssize_t
count_pickler (PyObject           *object,
               const PyTypeObject *type)
{
  const HsPicklerTail *tail =
    (const void *)((char *)object + type->tp_basicsize - sizeof (HsPicklerTail));
  const HsPickleMemo *memo = ((HsPicklerHead *)object)->memo;
  Py_ssize_t          size = 0;

  if (memo != NULL)
    size += (Py_ssize_t)(sizeof *memo + memo->allocated * sizeof (HsPickleMemoEntry));
  if (tail->output_buffer != NULL)
    size += count_bytes_object (tail->output_buffer);

  return size;
}

static Py_ssize_t
count_text (const char *text)
{
  return text != NULL ? (Py_ssize_t)strlen (text) + 1 : 0;
}

static Py_ssize_t
count_unpickler (PyObject           *object,
                 const PyTypeObject *type)
{
  const HsUnpicklerTail *tail =
    (const void *)((char *)object + type->tp_basicsize - sizeof (HsUnpicklerTail));
  const HsUnpicklerHead *head = (HsUnpicklerHead *)object;
  Py_ssize_t             size = 0;

  if (head->memo != NULL)
    size += (Py_ssize_t)(head->memo_size * sizeof (PyObject *));
  if (tail->marks != NULL)
    size += tail->marks_size * (Py_ssize_t)sizeof *tail->marks;

  return size + count_text (tail->input_line) + count_text (tail->encoding) +
         count_text (tail->errors);
}

static Py_ssize_t
count_permutations (PyObject *object)
{
  HsPermutations *permutations = (HsPermutations *)object;

  return (PyTuple_GET_SIZE (permutations->pool) + permutations->r) *
         (Py_ssize_t)sizeof (Py_ssize_t);
}

static Py_ssize_t
count_ctypes_info (const HsCtypesInfo *info)
{
  Py_ssize_t size = count_text (info->format) +
                    info->n_dimensions * (Py_ssize_t)sizeof (Py_ssize_t);

  if (info->ffi_elements != NULL)
    size += (info->length + 1) * (Py_ssize_t)sizeof (void *);

  return size;
}

/* It stands behind the struct of type, at the alignment of any type. */
static Py_ssize_t
count_ctype (PyObject           *object,
             const PyTypeObject *type)
{
  size_t                  offset = ((size_t)type->tp_base->tp_basicsize + 15) & ~(size_t)15;
  const HsCtypesTypeData *data = (const void *)((char *)object + offset);
  Py_ssize_t              size = Py_TYPE (object)->tp_itemsize * Py_SIZE (object);

  /* An instance of type itself has none. */
  return data->is_initialized != 0 ? size + count_ctypes_info (&data->info) : size;
}

Py_ssize_t
hs_getsizeof_count_module (PyObject         *object,
                           const HsTypeInfo *info)
{
  const Py_ssize_t word = sizeof (Py_ssize_t);

  switch ((HsSizeofKind)info->sizeof_kind)
    {
    case HS_SIZEOF_DEQUE:
      return count_deque (object);

    case HS_SIZEOF_ARRAY:
      return ((HsArrayObject *)object)->allocated *
             ((HsArrayObject *)object)->description->item_size;

    case HS_SIZEOF_DECIMAL:
      if ((((HsDecimal *)object)->flags & HS_DECIMAL_NOT_DYNAMIC) != 0)
        return 0;
      return ((HsDecimal *)object)->allocated * (Py_ssize_t)sizeof (uint64_t);

    case HS_SIZEOF_ELEMENT:
      return count_element (object);

    case HS_SIZEOF_BYTESIO:
      return count_bytesio (object);

    case HS_SIZEOF_BUFFERED:
      return ((HsBuffered *)object)->buffer != NULL ? ((HsBuffered *)object)->buffer_size : 0;

    case HS_SIZEOF_STRUCT:
      return count_struct (object);

    case HS_SIZEOF_PICKLER:
      return count_pickler (object, info->sizeof_type);

    case HS_SIZEOF_UNPICKLER:
      return count_unpickler (object, info->sizeof_type);

    case HS_SIZEOF_PRODUCT:
      return PyTuple_GET_SIZE (((HsProduct *)object)->pools) * word;

    case HS_SIZEOF_COMBINATIONS:
      return ((HsCombinations *)object)->r * word;

    case HS_SIZEOF_PERMUTATIONS:
      return count_permutations (object);

    case HS_SIZEOF_STGDICT:
      return (Py_ssize_t)hs_py_count_dict (object) +
             count_ctypes_info (&((HsCtypesDict *)object)->info) +
             (Py_ssize_t)sizeof (HsCtypesInfo);

    case HS_SIZEOF_CTYPE:
      return count_ctype (object, info->sizeof_type);

    default:
      return -1;
    }
}
