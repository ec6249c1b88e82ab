/* hs-interpreter.c - the embedded Python, from cold to ready
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "hs-interpreter.h"

#include "hs-build.h"
#include "hs-child.h"
#include "hs-source.h"

#include <dlfcn.h>
#include <locale.h>
#include <string.h>
#include <unistd.h>

/* The interpreter that belongs to the library, or NULL. Without one Python
 * would look for "python3" in PATH, and take that one's prefix.
 */
static const char *
get_default_executable (void)
{
  return access (HS_PYTHON_EXECUTABLE, X_OK) == 0 ? HS_PYTHON_EXECUTABLE : NULL;
}

/* Structures are read as the headers of this minor version describe them. */
static bool
is_expected_version (void)
{
  return Py_Version >> 16 == PY_VERSION_HEX >> 16;
}

uint32_t
hs_child_get_python_hex (void)
{
  return (uint32_t)Py_Version;
}

static PyStatus
set_argv (PyConfig        *config,
          const HsJobView *job)
{
  const char *arg = job->first_arg;
  PyStatus    status;
  char      **argv = calloc (job->head.n_args + 1, sizeof *argv);

  if (argv == NULL)
    return PyStatus_NoMemory ();

  argv[0] = (char *)job->file_name;
  for (uint32_t i = 0; i < job->head.n_args; i++)
    {
      argv[i + 1] = (char *)arg;
      arg = hs_job_view_next_arg (arg);
    }

  status = PyConfig_SetBytesArgv (config, (Py_ssize_t)job->head.n_args + 1, argv);
  free (argv);

  return status;
}

static PyStatus
pre_initialize (void)
{
  PyPreConfig config;

  PyPreConfig_InitIsolatedConfig (&config);
  config.utf8_mode = 1;
  config.configure_locale = 1;

  return Py_PreInitialize (&config);
}

/* @job is NULL for --describe, which needs no site-packages. */
static PyStatus
initialize (const HsJobView *job)
{
  const char *executable = get_default_executable ();
  PyConfig    config;
  PyStatus    status = pre_initialize ();

  if (PyStatus_Exception (status))
    return status;

  PyConfig_InitIsolatedConfig (&config);
  config.parse_argv = 0;
  config.write_bytecode = 0;
  config.pathconfig_warnings = 0;
  config.site_import = job != NULL;
  config.install_signal_handlers = job != NULL;
  config.faulthandler = job != NULL;
  /* As PYTHONHASHSEED=0: the same code gives the same picture, sets included. */
  config.use_hash_seed = 1;
  config.hash_seed = 0;

  if (job != NULL && job->executable != NULL)
    executable = job->executable;
  if (executable != NULL)
    status = PyConfig_SetBytesString (&config, &config.executable, executable);
  if (!PyStatus_Exception (status) && job != NULL)
    status = set_argv (&config, job);
  if (!PyStatus_Exception (status))
    status = Py_InitializeFromConfig (&config);
  PyConfig_Clear (&config);

  return status;
}

/* sys.stdout line by line, as on a terminal: output shows while the code runs. */
static bool
set_line_buffering (void)
{
  PyObject *stream = PySys_GetObject ("stdout");
  PyObject *method = NULL;
  PyObject *args = PyTuple_New (0);
  PyObject *options = Py_BuildValue ("{s:O}", "line_buffering", Py_True);
  PyObject *result = NULL;

  if (stream != NULL && args != NULL && options != NULL)
    method = PyObject_GetAttrString (stream, "reconfigure");
  if (method != NULL)
    result = PyObject_Call (method, args, options);

  Py_XDECREF (args);
  Py_XDECREF (options);
  Py_XDECREF (method);
  Py_XDECREF (result);

  return result != NULL;
}

bool
hs_interpreter_add_path (const HsJobView *job)
{
  PyObject *path = PySys_GetObject ("path");
  PyObject *folder = PyUnicode_DecodeFSDefault (job->working_folder);
  bool      is_done = path != NULL && folder != NULL && PyList_Insert (path, 0, folder) == 0;

  Py_XDECREF (folder);

  return is_done;
}

static bool
set_up (const HsJobView *job)
{
  return set_line_buffering () && hs_source_init (job);
}

/* Returns: false with *problem */
static bool
start (const HsJobView *job,
       char            *problem,
       size_t           problem_size)
{
  const char *wrong;
  PyStatus    status;

  if (!is_expected_version ())
    {
      snprintf (problem, problem_size, "built for Python %s, but the library is %s", PY_VERSION,
                Py_GetVersion ());
      return false;
    }

  wrong = hs_build_find_problem ();
  if (wrong == NULL)
    {
      status = initialize (job);
      if (PyStatus_Exception (status))
        {
          snprintf (problem, problem_size, "Python cannot be initialised: %s",
                    status.err_msg != NULL ? status.err_msg : "it wants to exit");
          return false;
        }
      wrong = hs_build_ask_problem ();
    }
  if (wrong != NULL)
    snprintf (problem, problem_size, "%s", wrong);

  return wrong == NULL;
}

bool
hs_interpreter_init (const HsJobView *job,
                     char            *problem,
                     size_t           problem_size)
{
  if (!start (job, problem, problem_size))
    return false;

  if (!set_up (job))
    {
      PyErr_Print ();
      snprintf (problem, problem_size, "the interpreter cannot be set up");
      return false;
    }

  return true;
}

static void
print_json_text (const char *name,
                 const char *text)
{
  printf (", \"%s\": \"", name);
  for (const char *c = text; *c != '\0'; c++)
    {
      if (*c == '"' || *c == '\\')
        printf ("\\%c", *c);
      else if ((unsigned char)*c < 0x20)
        printf ("\\u%04x", (unsigned int)*c);
      else
        putchar (*c);
    }
  putchar ('"');
}

/* What a job can ask for; the names are those of heapscape-cli pythons --json. */
static const char *const abilities[] = {
  "run",
  "snapshot",
  "fields",
  "all-objects",
  "ledger",
  "lines",
};

static void
print_json_abilities (void)
{
  printf (", \"abilities\": [");
  for (size_t i = 0; i < sizeof abilities / sizeof *abilities; i++)
    printf ("%s\"%s\"", i == 0 ? "" : ", ", abilities[i]);
  putchar (']');
}

int
hs_interpreter_describe (void)
{
  const char *executable = get_default_executable ();
  const char *version = Py_GetVersion ();
  PyObject   *prefix;
  Dl_info     library = { 0 };
  char        number[32];
  char        problem[1024];

  if (!start (NULL, problem, sizeof problem))
    {
      fprintf (stderr, "%s\n", problem);
      return 1;
    }

  /* Py_GetVersion() is "3.11.2 (main, …) [GCC …]". */
  snprintf (number, sizeof number, "%.*s", (int)strcspn (version, " "), version);
  prefix = PySys_GetObject ("prefix");
  dladdr ((void *)(uintptr_t)Py_GetVersion, &library);

  printf ("{\"minor\": \"%d.%d\"", PY_MAJOR_VERSION, PY_MINOR_VERSION);
  print_json_text ("version", number);
  printf (", \"hex\": %lu", (unsigned long)Py_Version);
  print_json_text ("library", library.dli_fname != NULL ? library.dli_fname : "");
  print_json_text ("executable", executable != NULL ? executable : "");
  print_json_text ("prefix",
                   prefix != NULL && PyUnicode_Check (prefix) ? PyUnicode_AsUTF8 (prefix) : "");
  print_json_abilities ();
  printf ("}\n");

  return fflush (stdout) == 0 ? 0 : 1;
}
