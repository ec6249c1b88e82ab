/* hs-source.c - the code's file: compiled once, known to tracebacks
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-source.h"

#include <string.h>

static const HsJobView *current_job;
static PyObject        *file_name; /* str */

/* The source as text, decoded as the compiler decodes it. Borrows nothing. */
static PyObject *
decode_source (void)
{
  PyObject *tokenize = NULL;
  PyObject *io = PyImport_ImportModule ("io");
  PyObject *raw = NULL;
  PyObject *text = NULL;

  if (io != NULL)
    raw = PyObject_CallMethod (io, "BytesIO", "y#", current_job->source,
                               (Py_ssize_t)current_job->head.source_size);
  if (raw != NULL)
    tokenize = PyImport_ImportModule ("tokenize");
  if (tokenize != NULL)
    {
      PyObject *found = PyObject_CallMethod (tokenize, "detect_encoding", "N",
                                             PyObject_GetAttrString (raw, "readline"));
      PyObject *wrapper = NULL;

      if (found != NULL && PyTuple_Check (found))
        {
          PyObject *rewound = PyObject_CallMethod (raw, "seek", "i", 0);

          if (rewound != NULL)
            wrapper = PyObject_CallMethod (io, "TextIOWrapper", "OO", raw,
                                           PyTuple_GET_ITEM (found, 0));
          Py_XDECREF (rewound);
        }
      if (wrapper != NULL)
        text = PyObject_CallMethod (wrapper, "read", NULL);
      Py_XDECREF (wrapper);
      Py_XDECREF (found);
    }

  Py_XDECREF (tokenize);
  Py_XDECREF (raw);
  Py_XDECREF (io);

  return text;
}

static PyObject *
get_source (PyObject *self,
            PyObject *args)
{
  return decode_source ();
}

static PyMethodDef get_source_method = {
  "get_source", get_source, METH_VARARGS, "The source of the code that is being run."
};

static PyObject *
make_loader (void)
{
  PyObject *types = PyImport_ImportModule ("types");
  PyObject *function = PyCFunction_New (&get_source_method, NULL);
  PyObject *loader = NULL;

  if (types != NULL && function != NULL)
    loader = PyObject_CallMethod (types, "SimpleNamespace", NULL);
  if (loader != NULL && PyObject_SetAttrString (loader, "get_source", function) != 0)
    Py_CLEAR (loader);

  Py_XDECREF (function);
  Py_XDECREF (types);

  return loader;
}

bool
hs_source_init (const HsJobView *job)
{
  PyObject *module = PyImport_AddModule ("__main__");
  PyObject *loader;
  bool      is_done;

  current_job = job;
  file_name = PyUnicode_DecodeFSDefault (job->file_name);
  loader = make_loader ();
  is_done = module != NULL && file_name != NULL && loader != NULL &&
            PyObject_SetAttrString (module, "__file__", file_name) == 0 &&
            PyObject_SetAttrString (module, "__loader__", loader) == 0;
  Py_XDECREF (loader);

  return is_done;
}

/* Raises SyntaxError at @line. */
static void
set_syntax_error (const char *message,
                  size_t      line)
{
  PyObject *details = Py_BuildValue ("(s(OnOO))", message, file_name, (Py_ssize_t)line,
                                     Py_None, Py_None);

  if (details != NULL)
    PyErr_SetObject (PyExc_SyntaxError, details);
  Py_XDECREF (details);
}

static size_t
get_line (const char *source,
          size_t      offset)
{
  size_t line = 1;

  for (size_t i = 0; i < offset; i++)
    line += source[i] == '\n';

  return line;
}

/* Whether one of the first two lines has a comment that matches PEP 263's
 * coding[=:]\s*([-\w.]+); what it says is the compiler's affair.
 */
static bool
has_cookie (const char *source,
            size_t      size)
{
  const char *end = source + size;

  for (int line = 0; line < 2 && source < end; line++)
    {
      const char *newline = memchr (source, '\n', (size_t)(end - source));
      const char *line_end = newline != NULL ? newline : end;
      const char *comment = memchr (source, '#', (size_t)(line_end - source));

      if (comment != NULL)
        {
          const char *found = memmem (comment, (size_t)(line_end - comment), "coding", 6);

          if (found != NULL && found + 6 < line_end && (found[6] == ':' || found[6] == '='))
            return true;
        }

      source = line_end + 1;
    }

  return false;
}

/* The offset of the first byte that is not UTF-8, or @size. */
static size_t
find_invalid_utf8 (const char *source,
                   size_t      size)
{
  const unsigned char *bytes = (const unsigned char *)source;
  size_t               i = 0;

  while (i < size)
    {
      unsigned char first = bytes[i];
      size_t        n = first < 0x80 ? 0 : first < 0xc2 ? 4
                                         : first < 0xe0 ? 1
                                         : first < 0xf0 ? 2
                                         : first < 0xf5 ? 3
                                                        : 4;

      if (n == 4 || n >= size - i)
        return i;
      for (size_t k = 1; k <= n; k++)
        if ((bytes[i + k] & 0xc0) != 0x80)
          return i;
      /* Overlong forms, surrogates, and what lies beyond U+10FFFF. */
      if ((first == 0xe0 && bytes[i + 1] < 0xa0) || (first == 0xed && bytes[i + 1] > 0x9f) ||
          (first == 0xf0 && bytes[i + 1] < 0x90) || (first == 0xf4 && bytes[i + 1] > 0x8f))
        return i;

      i += n + 1;
    }

  return size;
}

/* What the compiler checks only when it reads a file itself. Returns: false
 * with a SyntaxError.
 */
static bool
check_bytes (const char *source,
             size_t      size)
{
  const char *nul = memchr (source, '\0', size);
  size_t      invalid;

  if (nul != NULL)
    {
      set_syntax_error ("source code cannot contain null bytes",
                        get_line (source, (size_t)(nul - source)));
      return false;
    }

  if (has_cookie (source, size))
    return true;

  invalid = find_invalid_utf8 (source, size);
  if (invalid != size)
    {
      char   message[256];
      size_t line = get_line (source, invalid);

      /* The words of CPython's Parser/tokenizer.c. */
      snprintf (message, sizeof message,
                "Non-UTF-8 code starting with '\\x%.2x' on line %zu, but no encoding declared; "
                "see https://peps.python.org/pep-0263/ for details",
                (unsigned int)(unsigned char)source[invalid], line);
      set_syntax_error (message, line);
      return false;
    }

  return true;
}

PyObject *
hs_source_compile (const HsJobView *job)
{
  PyCompilerFlags flags = { .cf_flags = 0, .cf_feature_version = PY_MINOR_VERSION };
  size_t          size = job->head.source_size;
  char           *text;
  PyObject       *code;

  if (!check_bytes (job->source, size))
    return NULL;

  /* The compiler wants a NUL behind the text. */
  text = PyMem_RawMalloc (size + 1);
  if (text == NULL)
    return PyErr_NoMemory ();

  memcpy (text, job->source, size);
  text[size] = '\0';
  code = Py_CompileStringObject (text, file_name, Py_file_input, &flags, -1);
  PyMem_RawFree (text);

  return code;
}

void
hs_source_fill_linecache (void)
{
  PyObject *linecache = PyImport_ImportModule ("linecache");
  PyObject *cache = linecache != NULL ? PyObject_GetAttrString (linecache, "cache") : NULL;
  PyObject *text = cache != NULL ? decode_source () : NULL;
  PyObject *io = text != NULL ? PyImport_ImportModule ("io") : NULL;
  PyObject *file = io != NULL ? PyObject_CallMethod (io, "StringIO", "O", text) : NULL;
  PyObject *lines = file != NULL ? PyObject_CallMethod (file, "readlines", NULL) : NULL;
  PyObject *entry = NULL;

  /* (size, mtime, lines, name); without an mtime it is never dropped. */
  if (lines != NULL)
    entry = Py_BuildValue ("(nOOO)", PyUnicode_GET_LENGTH (text), Py_None, lines, file_name);
  if (entry != NULL && PyDict_Check (cache))
    PyDict_SetItem (cache, file_name, entry);
  PyErr_Clear ();

  Py_XDECREF (entry);
  Py_XDECREF (lines);
  Py_XDECREF (file);
  Py_XDECREF (io);
  Py_XDECREF (text);
  Py_XDECREF (cache);
  Py_XDECREF (linecache);
}

PyObject *
hs_source_get_file_name (void)
{
  return file_name;
}

bool
hs_source_has_code (PyObject *code)
{
  PyObject *name = ((PyCodeObject *)code)->co_filename;

  return name == file_name ||
         (PyUnicode_CheckExact (name) && PyUnicode_Compare (name, file_name) == 0);
}
