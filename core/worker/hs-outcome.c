/* hs-outcome.c - how the code ended, in terms of hs-protocol.h
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-outcome.h"

#include "hs-pyinternal.h"
#include "hs-source.h"

#include <string.h>

/* Copies a text, cut between characters. Returns: its size. */
static uint32_t
copy_text (char       *target,
           size_t      target_size,
           const char *text,
           size_t      size)
{
  if (size > target_size)
    {
      size = target_size;
      while (size > 0 && ((unsigned char)text[size] & 0xc0) == 0x80)
        size--;
    }
  memcpy (target, text, size);

  return (uint32_t)size;
}

/* Lone surrogates become question marks. */
static uint32_t
copy_str (char     *target,
          size_t    target_size,
          PyObject *text)
{
  PyObject *bytes = PyUnicode_AsEncodedString (text, "utf-8", "replace");
  uint32_t  size = 0;

  if (bytes != NULL)
    size = copy_text (target, target_size, PyBytes_AS_STRING (bytes),
                      (size_t)PyBytes_GET_SIZE (bytes));
  else
    PyErr_Clear ();
  Py_XDECREF (bytes);

  return size;
}

/* As tracebacks write it: the module is left out for builtins and __main__. */
static void
record_type (HsShared     *shared,
             PyTypeObject *type)
{
  char   text[sizeof shared->type];
  char   module[256];
  char   name[512];
  size_t size;

  hs_py_get_type_name (type, module, sizeof module, name, sizeof name);
  if (*module == '\0' || strcmp (module, "builtins") == 0 || strcmp (module, "__main__") == 0)
    size = (size_t)snprintf (text, sizeof text, "%s", name);
  else
    size = (size_t)snprintf (text, sizeof text, "%s.%s", module, name);

  shared->type_size = copy_text (shared->type, sizeof shared->type, text, size);
}

static bool
is_plain (PyObject *object)
{
  return PyUnicode_CheckExact (object) || PyLong_CheckExact (object) || object == Py_None ||
         PyBool_Check (object) || PyFloat_CheckExact (object) || PyBytes_CheckExact (object);
}

/* str() of an exception is safe if neither its class nor its arguments were
 * written by the user.
 */
static bool
has_plain_message (PyObject *exception,
                   PyObject *args)
{
  if ((Py_TYPE (exception)->tp_flags & Py_TPFLAGS_HEAPTYPE) != 0)
    return false;

  for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE (args); i++)
    if (!is_plain (PyTuple_GET_ITEM (args, i)))
      return false;

  return true;
}

static void
record_message (HsShared *shared,
                PyObject *exception)
{
  PyObject *args = ((PyBaseExceptionObject *)exception)->args;

  shared->message_size = 0;
  if (args == NULL || !PyTuple_CheckExact (args))
    return;

  if (has_plain_message (exception, args))
    {
      PyObject *text = PyObject_Str (exception);

      if (text != NULL)
        shared->message_size = copy_str (shared->message, sizeof shared->message, text);
      else
        PyErr_Clear ();
      Py_XDECREF (text);
    }
  else if (PyTuple_GET_SIZE (args) == 1 && PyUnicode_CheckExact (PyTuple_GET_ITEM (args, 0)))
    shared->message_size = copy_str (shared->message, sizeof shared->message,
                                     PyTuple_GET_ITEM (args, 0));
}

/* The line of the innermost frame of the code's file; 0 if there is none. */
static uint32_t
find_line (PyObject *exception)
{
  PyObject *traceback = ((PyBaseExceptionObject *)exception)->traceback;
  int       line = 0;

  while (traceback != NULL && PyTraceBack_Check (traceback))
    {
      PyTracebackObject *entry = (PyTracebackObject *)traceback;
      PyCodeObject      *code = hs_py_frame_get_code (entry->tb_frame);

      if (hs_source_has_code ((PyObject *)code))
        line = PyCode_Addr2Line (code, entry->tb_lasti);
      traceback = (PyObject *)entry->tb_next;
    }

  return line > 0 ? (uint32_t)line : 0;
}

/* As Py_HandleSystemExit() of CPython 3.11 reads it. */
static int
get_exit_code (PyObject *exception)
{
  PyObject *code = ((PySystemExitObject *)exception)->code;

  if (code == NULL || code == Py_None)
    return 0;
  if (!PyLong_Check (code))
    return 1;

  {
    int  overflow;
    long value = PyLong_AsLongAndOverflow (code, &overflow);

    return overflow != 0 ? -1 : (int)value;
  }
}

bool
hs_outcome_is_ok (PyObject *exception)
{
  return exception == NULL || (PyErr_GivenExceptionMatches (exception, PyExc_SystemExit) &&
                               get_exit_code (exception) == 0);
}

void
hs_outcome_record (HsShared *shared,
                   PyObject *exception,
                   bool      has_memory_limit)
{
  if (exception == NULL)
    {
      shared->status = HS_STATUS_OK;
      return;
    }

  shared->line = find_line (exception);
  if (PyErr_GivenExceptionMatches (exception, PyExc_SystemExit))
    {
      shared->status = HS_STATUS_EXIT;
      shared->exit_code = get_exit_code (exception);
      return;
    }

  shared->status = HS_STATUS_EXCEPTION;
  if (has_memory_limit && PyErr_GivenExceptionMatches (exception, PyExc_MemoryError))
    shared->status = HS_STATUS_MEMORY_LIMIT;
  record_type (shared, Py_TYPE (exception));
  record_message (shared, exception);
}

static uint32_t
get_number (PyObject *number)
{
  long value = number != NULL && PyLong_CheckExact (number) ? PyLong_AsLong (number) : 0;

  return value > 0 && value < INT32_MAX ? (uint32_t)value : 0;
}

void
hs_outcome_record_syntax_error (HsShared *shared,
                                PyObject *exception)
{
  shared->status = HS_STATUS_SYNTAX_ERROR;
  record_type (shared, Py_TYPE (exception));

  if (PyErr_GivenExceptionMatches (exception, PyExc_SyntaxError))
    {
      PySyntaxErrorObject *error = (PySyntaxErrorObject *)exception;

      shared->line = get_number (error->lineno);
      shared->column = get_number (error->offset);
      if (error->msg != NULL && PyUnicode_CheckExact (error->msg))
        shared->message_size = copy_str (shared->message, sizeof shared->message, error->msg);
    }
  else
    record_message (shared, exception);
}

/* Makes the text that the interpreter would print; new reference or NULL. */
static PyObject *
format_traceback (PyObject *exception)
{
  PyObject *module;
  PyObject *lines = NULL;
  PyObject *empty = PyUnicode_FromStringAndSize (NULL, 0);
  PyObject *text = NULL;

  hs_source_fill_linecache ();
  module = PyImport_ImportModule ("traceback");
  if (module != NULL)
    lines = PyObject_CallMethod (module, "format_exception", "O", exception);
  if (lines != NULL && empty != NULL)
    text = PyUnicode_Join (empty, lines);

  Py_XDECREF (empty);
  Py_XDECREF (lines);
  Py_XDECREF (module);

  return text;
}

/* sys.excepthook as the interpreter made it: then the text is ours to make. */
static bool
has_own_excepthook (void)
{
  PyObject *hook = PySys_GetObject ("excepthook");
  PyObject *original = PySys_GetObject ("__excepthook__");

  return hook != NULL && hook == original;
}

static void
print_exception (HsShared *shared,
                 PyObject *exception)
{
  PyObject *text = format_traceback (exception);
  PyObject *stream = PySys_GetObject ("stderr");

  if (text == NULL)
    PyErr_Clear ();
  else if (shared != NULL)
    shared->traceback_size = copy_str (shared->traceback, sizeof shared->traceback, text);

  if (text != NULL && has_own_excepthook () && stream != NULL && stream != Py_None &&
      PyFile_WriteObject (text, stream, Py_PRINT_RAW) == 0)
    {
      Py_DECREF (text);
      return;
    }

  Py_XDECREF (text);
  PyErr_Clear ();
  hs_py_restore_exception (Py_NewRef (exception));
  PyErr_Print ();
}

static void
print_exit_text (PyObject *exception)
{
  PyObject *code = ((PySystemExitObject *)exception)->code;
  PyObject *stream = PySys_GetObject ("stderr");

  if (code == NULL || code == Py_None || PyLong_Check (code))
    return;

  if (stream != NULL && stream != Py_None)
    {
      PyFile_WriteObject (code, stream, Py_PRINT_RAW);
      PyErr_Clear ();
      PyFile_WriteString ("\n", stream);
    }
  PyErr_Clear ();
}

int
hs_outcome_report (HsShared *shared,
                   PyObject *exception)
{
  if (exception == NULL)
    return 0;

  if (PyErr_GivenExceptionMatches (exception, PyExc_SystemExit))
    {
      print_exit_text (exception);
      return get_exit_code (exception);
    }

  print_exception (shared, exception);

  return 1;
}
