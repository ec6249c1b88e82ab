/* oracle.c - prints which blocks each kind of object is made of
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Usage: oracle PROGRAM, one of kinds_*.py. The object of each kind is made
 * several times while allocations are noted. What is then still live, is not
 * another object and is not pointed to by another object alone, is its own.
 */

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "oracle-ledger.h"

#include <link.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The first time fills caches, which are not the object's. */
#define N_ROUNDS 4

/* Python 3.11 to 3.13, Include/object.h: MANAGED_WEAKREF (3.12) and MANAGED_DICT. */
#if PY_VERSION_HEX >= 0x030c0000
#define PREHEADER_FLAGS (1ul << 3 | 1ul << 4)
#else
#define PREHEADER_FLAGS (1ul << 4)
#endif

/* No object has more references; words that are no counts are mostly larger. */
#define REFCOUNT_MAX ((Py_ssize_t)1 << 40)

#define N_SEGMENTS_MAX 4096
#define N_BLOCKS_MAX   (1u << 18)

typedef enum
{
  OWNER_NONE = 0,
  OWNER_OBJECT = 1 << 0, /* the object that was made */
  OWNER_OTHER = 1 << 1,  /* objects that were made beside it */
} Owner;

typedef struct
{
  uintptr_t start;
  uintptr_t end;
} Segment;

static Segment segments[N_SEGMENTS_MAX];
static int     n_segments;

static const OracleBlock *blocks;
static size_t             n_blocks;
static size_t             n_python;
static bool               is_object[N_BLOCKS_MAX];
static uint8_t            owners[N_BLOCKS_MAX];
static size_t             stack[N_BLOCKS_MAX];

/* ---- What is an object ---- */

static int
add_segments (struct dl_phdr_info *library,
              size_t               size,
              void                *data)
{
  for (int i = 0; i < library->dlpi_phnum && n_segments < N_SEGMENTS_MAX; i++)
    if (library->dlpi_phdr[i].p_type == PT_LOAD)
      {
        segments[n_segments].start = library->dlpi_addr + library->dlpi_phdr[i].p_vaddr;
        segments[n_segments].end =
          segments[n_segments].start + library->dlpi_phdr[i].p_memsz;
        n_segments++;
      }

  return 0;
}

/* Whether a type can be read there: it is static, or a block of that size. */
static bool
may_be_type (uintptr_t address)
{
  OracleBlock block;

  if (address % 8 != 0)
    return false;
  for (int i = 0; i < n_segments; i++)
    if (address >= segments[i].start && address + sizeof (PyTypeObject) <= segments[i].end)
      return true;

  return oracle_ledger_find (address - 16, &block) &&
         block.requested >= 16 + sizeof (PyTypeObject);
}

static bool
is_type (const void *pointer,
         int         depth)
{
  const PyTypeObject *metatype;

  if (!may_be_type ((uintptr_t)pointer))
    return false;

  metatype = Py_TYPE ((PyObject *)(uintptr_t)pointer);
  if (metatype == &PyType_Type)
    return true;

  return depth < 4 && is_type (metatype, depth + 1) &&
         (metatype->tp_flags & Py_TPFLAGS_TYPE_SUBCLASS) != 0;
}

static size_t
get_presize (const PyTypeObject *type)
{
  return ((type->tp_flags & Py_TPFLAGS_HAVE_GC) != 0 ? 16 : 0) +
         ((type->tp_flags & PREHEADER_FLAGS) != 0 ? 16 : 0);
}

static bool
holds_object (const OracleBlock *block)
{
  for (size_t offset = 0; offset <= 32 && offset + 16 <= block->requested; offset += 16)
    {
      PyObject *object = (PyObject *)(block->start + offset);

      if (object->ob_refcnt > 0 && object->ob_refcnt < REFCOUNT_MAX &&
          is_type (Py_TYPE (object), 0) && get_presize (Py_TYPE (object)) == offset)
        return true;
    }

  return false;
}

/* ---- Whose the blocks are ---- */

/* Blocks of no bytes have an address, too.
 *
 * Returns: the noted block that an address lies in, or n_blocks
 */
static size_t
find_noted (uintptr_t address,
            size_t    low,
            size_t    high)
{
  size_t end = high;

  while (low < high)
    {
      size_t middle = (low + high) / 2;

      if (blocks[middle].start + Py_MAX (blocks[middle].requested, 1) <= address)
        low = middle + 1;
      else
        high = middle;
    }

  return low < end && blocks[low].start <= address ? low : n_blocks;
}

/* Follows every word that looks like a pointer, from a block on. Some carry a
 * tag in their lowest bit (3.12: values minus 1).
 */
static void
follow (size_t from,
        Owner  owner)
{
  size_t n_stack = 0;

  stack[n_stack++] = from;
  while (n_stack > 0)
    {
      const OracleBlock *block = &blocks[stack[--n_stack]];

      for (size_t i = 0; i < block->requested / 8; i++)
        {
          uintptr_t word = ((const uintptr_t *)block->start)[i];
          size_t    found;

          word += word & 1;
          found = find_noted (word, 0, n_python);
          if (found == n_blocks)
            found = find_noted (word, n_python, n_blocks);
          if (found == n_blocks || is_object[found] || (owners[found] & owner) != 0)
            continue;
          owners[found] |= (uint8_t)owner;
          stack[n_stack++] = found;
        }
    }
}

/* Returns: the block of the object itself, or n_blocks if it is older or static */
static size_t
assign (PyObject *object)
{
  size_t main_block = find_noted ((uintptr_t)object, 0, n_python);

  memset (owners, 0, n_blocks);
  for (size_t i = 0; i < n_blocks; i++)
    is_object[i] = i == main_block || (i < n_python && holds_object (&blocks[i]));

  for (size_t i = 0; i < n_python; i++)
    if (is_object[i])
      follow (i, i == main_block ? OWNER_OBJECT : OWNER_OTHER);

  return main_block;
}

/* ---- Output ---- */

static void
print_block (const OracleBlock *block,
             const char        *separator)
{
  static const char *const domains[] = { "raw", "mem", "obj", "malloc" };

  printf ("%s[%zu,%zu,\"%s\",%s]", separator, block->requested,
          oracle_ledger_get_occupied (block), domains[block->domain],
          oracle_ledger_is_chunk (block) ? "true" : "false");
}

/* Prints those of the blocks [@begin, @end) that have one of the owners. */
static void
print_blocks (const char *name,
              size_t      begin,
              size_t      end,
              unsigned    wanted)
{
  const char *separator = "";

  printf (",\"%s\":[", name);
  for (size_t i = begin; i < end; i++)
    if (!is_object[i] && (1u << owners[i] & wanted) != 0)
      {
        print_block (&blocks[i], separator);
        separator = ",";
      }
  printf ("]");
}

/* The block of an object that was there before: only the main one is known. */
static void
print_older (PyObject *object)
{
  OracleBlock block;
  bool        is_found = false;

  for (uintptr_t offset = 0; offset <= 32 && !is_found; offset += 16)
    is_found = oracle_ledger_find ((uintptr_t)object - offset, &block);

  printf (",\"made\":false,\"main\":");
  if (is_found)
    print_block (&block, "");
  else
    printf ("null");
}

static void
print_round (PyObject *object,
             int       round)
{
  size_t main_block;
  size_t n_others = 0;

  n_blocks = oracle_ledger_get_noted (&blocks, &n_python);
  if (n_blocks > N_BLOCKS_MAX)
    abort ();
  main_block = assign (object);
  for (size_t i = 0; i < n_python; i++)
    n_others += is_object[i] && i != main_block;

  printf ("%s{\"others\":%zu", round > 1 ? "," : "", n_others);
  if (main_block == n_blocks)
    print_older (object);
  else
    {
      printf (",\"made\":true,\"main\":");
      print_block (&blocks[main_block], "");
    }
  print_blocks ("own", 0, n_python, 1u << OWNER_OBJECT);
  print_blocks ("contested", 0, n_python, 1u << (OWNER_OBJECT | OWNER_OTHER));
  print_blocks ("loose", 0, n_python, 1u << OWNER_NONE);
  print_blocks ("foreign", 0, n_python, 1u << OWNER_OTHER);
  print_blocks ("external", n_python, n_blocks, ~(1u << OWNER_OTHER));
  printf ("}");
}

static void
print_text (const char *text)
{
  putchar ('"');
  for (; *text != '\0'; text++)
    if ((unsigned char)*text < ' ')
      printf ("\\u%04x", (unsigned)*text);
    else
      printf (*text == '"' || *text == '\\' ? "\\%c" : "%c", *text);
  putchar ('"');
}

/* Forgets the exception that is set. */
static void
print_exception (void)
{
  PyObject   *type;
  PyObject   *value;
  PyObject   *traceback;
  PyObject   *repr;
  const char *text = NULL;

  PyErr_Fetch (&type, &value, &traceback);
  repr = value != NULL ? PyObject_Repr (value) : NULL;
  if (repr != NULL)
    text = PyUnicode_AsUTF8 (repr);
  printf (",\"error\":");
  print_text (text != NULL ? text : "an exception");
  PyErr_Clear ();
  Py_XDECREF (repr);
  Py_XDECREF (type);
  Py_XDECREF (value);
  Py_XDECREF (traceback);
}

/* ---- Making ---- */

/* Free lists are emptied before, so that nothing is made of what they hold, and
 * after, so that what was only used on the way is gone.
 */
static PyObject *
make_noted (PyObject *maker)
{
  PyObject *object;

  PyGC_Collect ();
  oracle_ledger_start ();
  object = PyObject_CallNoArgs (maker);
  oracle_ledger_stop ();
  if (object != NULL)
    PyGC_Collect ();

  return object;
}

static void
measure (const char *name,
         PyObject   *factory)
{
  PyObject *object = NULL;

  print_text (name);
  printf (":{\"rounds\":[");
  for (int round = 0; round < N_ROUNDS; round++)
    {
      PyObject *maker = PyObject_CallNoArgs (factory);

      Py_CLEAR (object);
      object = maker != NULL ? make_noted (maker) : NULL;
      if (object == NULL)
        {
          Py_XDECREF (maker);
          break;
        }
      if (round > 0)
        print_round (object, round);
      Py_DECREF (maker);
    }
  printf ("]");

  if (object == NULL)
    print_exception ();
  else
    {
      printf (",\"type\":");
      print_text (Py_TYPE (object)->tp_name);
    }
  printf ("}");
  Py_XDECREF (object);
}

static int
measure_all (void)
{
  PyObject *module = PyImport_ImportModule ("kindtable");
  PyObject *kinds = module != NULL ? PyObject_GetAttrString (module, "KINDS") : NULL;

  if (kinds == NULL)
    {
      PyErr_Print ();
      return 1;
    }

  dl_iterate_phdr (add_segments, NULL);
  printf ("{\"python\":\"%s\",\"kinds\":{\n", PY_VERSION);
  for (Py_ssize_t i = 0; i < PyList_Size (kinds); i++)
    {
      PyObject *kind = PyList_GetItem (kinds, i);

      /* Extensions are loaded on the way. */
      n_segments = 0;
      dl_iterate_phdr (add_segments, NULL);
      measure (PyUnicode_AsUTF8 (PyTuple_GetItem (kind, 0)), PyTuple_GetItem (kind, 1));
      printf (i + 1 < PyList_Size (kinds) ? ",\n" : "\n");
    }
  printf ("}}\n");
  fflush (stdout);

  return 0;
}

static int
run_program (const char *path)
{
  FILE *file = fopen (path, "r");
  int   failed;

  if (file == NULL)
    {
      perror (path);
      return 1;
    }
  failed = PyRun_SimpleString ("import os, sys\n"
                               "sys.path.insert(0, os.path.dirname(sys.argv[0]))\n");
  if (!failed)
    failed = PyRun_SimpleFileExFlags (file, path, 1, NULL);
  else
    fclose (file);

  return failed;
}

static PyStatus
initialize (const char *path)
{
  PyConfig config;
  PyStatus status;
  char    *argv[] = { (char *)(uintptr_t)path, (char *)(uintptr_t) "oracle" };

  PyConfig_InitIsolatedConfig (&config);
  config.parse_argv = 0;
  config.write_bytecode = 0;
  config.use_hash_seed = 1;
  config.hash_seed = 0;
  status = PyConfig_SetBytesString (&config, &config.executable, ORACLE_EXECUTABLE);
  if (!PyStatus_Exception (status))
    status = PyConfig_SetBytesArgv (&config, 2, argv);
  if (!PyStatus_Exception (status))
    status = Py_InitializeFromConfig (&config);
  PyConfig_Clear (&config);

  return status;
}

int
main (int    argc,
      char **argv)
{
  PyStatus status;

  if (argc != 2)
    {
      fprintf (stderr, "Usage: %s PROGRAM\n", argv[0]);
      return 2;
    }

  oracle_ledger_install ();
  status = initialize (argv[1]);
  if (PyStatus_Exception (status))
    Py_ExitStatusException (status);
  if (!oracle_ledger_is_installed ())
    {
      fprintf (stderr, "Python does not use the hooks\n");
      return 1;
    }

  if (run_program (argv[1]) != 0)
    return 1;

  /* Without the interpreter's end, which would only take time. */
  _exit (measure_all ());
}
