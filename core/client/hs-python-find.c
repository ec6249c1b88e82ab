/* hs-python-find.c - the interpreter that somebody asked for
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-python.h"
#include "hs-python-private.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "hs-command-private.h"
#include "hs-error.h"

/* What an interpreter says of itself. */
typedef struct
{
  char    *implementation; /* "cpython", "pypy" */
  char    *version;        /* "3.11.2" */
  char    *minor;          /* "3.11" */
  char    *executable;     /* absolute path, as it sees itself */
  gboolean is_debug;
  gboolean is_free_threaded;
} Interpreter;

/* gettotalrefcount exists in builds with Py_REF_DEBUG only; Py_GIL_DISABLED is
 * the variable of PEP 703.
 */
static const char question[] =
  "import json, sys, sysconfig\n"
  "print(json.dumps({\n"
  "  'implementation': sys.implementation.name,\n"
  "  'version': '%d.%d.%d' % sys.version_info[:3],\n"
  "  'minor': '%d.%d' % sys.version_info[:2],\n"
  "  'executable': sys.executable or '',\n"
  "  'debug': hasattr(sys, 'gettotalrefcount'),\n"
  "  'free_threaded': bool(sysconfig.get_config_var('Py_GIL_DISABLED')),\n"
  "}))\n";

static void
interpreter_free (Interpreter *self)
{
  g_free (self->implementation);
  g_free (self->version);
  g_free (self->minor);
  g_free (self->executable);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Interpreter, interpreter_free)

static Interpreter *
parse_answer (const char *text)
{
  g_autoptr(JsonParser) parser = json_parser_new ();
  g_autoptr(Interpreter) self = g_new0 (Interpreter, 1);
  JsonObject *object;
  JsonNode   *root;

  if (!json_parser_load_from_data (parser, text, -1, NULL))
    return NULL;

  root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return NULL;

  object = json_node_get_object (root);
  self->implementation = g_strdup (json_object_get_string_member_with_default (object,
                                                                               "implementation",
                                                                               NULL));
  self->version = g_strdup (json_object_get_string_member_with_default (object, "version", NULL));
  self->minor = g_strdup (json_object_get_string_member_with_default (object, "minor", NULL));
  self->executable = g_strdup (json_object_get_string_member_with_default (object, "executable",
                                                                           NULL));
  self->is_debug = json_object_get_boolean_member_with_default (object, "debug", FALSE);
  self->is_free_threaded = json_object_get_boolean_member_with_default (object, "free_threaded",
                                                                        FALSE);

  if (self->implementation == NULL || self->version == NULL || self->minor == NULL)
    return NULL;

  return g_steal_pointer (&self);
}

/* Why a program did not answer. -I came with Python 3.4; before, the last line
 * of what was said only points to the help. Returns: (transfer full)
 */
static char *
dup_reason (const char *said,
            GError     *error)
{
  g_autofree char *stripped = g_strstrip (g_strdup (said != NULL ? said : ""));
  const char      *last = strrchr (stripped, '\n');

  if (g_str_has_prefix (stripped, "Unknown option: -I") && last != NULL)
    return g_strdup (_("it is older than Python 3.4"));
  if (*stripped != '\0')
    return g_strdup (last != NULL ? last + 1 : stripped);

  return g_strdup (error != NULL ? error->message : _("it does not answer as Python does"));
}

static Interpreter *
ask_interpreter (const char *path,
                 GError    **error)
{
  const char      *argv[] = { path, "-I", "-c", question, NULL };
  g_autofree char *out = NULL, *err = NULL, *name = NULL;
  g_autoptr(GError) local_error = NULL;
  Interpreter *interpreter = NULL;

  name = g_filename_display_name (path);

  if (_hs_command_ask (argv, HS_ASK_TIMEOUT_MS, &out, &err, &local_error))
    interpreter = parse_answer (out);

  if (interpreter == NULL)
    {
      g_autofree char *reason = dup_reason (err, local_error);

      g_set_error (error, HS_ERROR, HS_ERROR_PYTHON,
                   /* translators: %1$s is a path, %2$s a reason */
                   _("“%1$s” is not a Python interpreter that can be used: %2$s"), name, reason);
    }

  return interpreter;
}

/* Whether the layouts that the workers know are those of this build. */
static gboolean
check_build (Interpreter *interpreter,
             const char  *name,
             GError     **error)
{
  if (strcmp (interpreter->implementation, "cpython") != 0)
    {
      g_set_error (error, HS_ERROR, HS_ERROR_PYTHON,
                   /* translators: %1$s is a path, %2$s a name such as pypy */
                   _("“%1$s” is %2$s, but only CPython can be measured"), name,
                      interpreter->implementation);
      return FALSE;
    }

  if (interpreter->is_debug)
    {
      g_set_error (error, HS_ERROR, HS_ERROR_PYTHON,
                   /* translators: %1$s is a path, %2$s a version */
                   _("“%1$s” is a debug build of Python %2$s, whose objects are larger; choose a "
                     "release build"),
                      name, interpreter->version);
      return FALSE;
    }

  if (interpreter->is_free_threaded)
    {
      g_set_error (error, HS_ERROR, HS_ERROR_PYTHON,
                   /* translators: %1$s is a path, %2$s a version */
                   _("“%1$s” is a free-threaded build of Python %2$s, which cannot be measured "
                     "yet; choose a build with the GIL"),
                      name, interpreter->version);
      return FALSE;
    }

  return TRUE;
}

/* Returns: (transfer full) (nullable): the folder of the virtual environment
 * that has @executable in its bin
 */
static char *
dup_venv_folder (const char *executable)
{
  g_autofree char *bin = g_path_get_dirname (executable);
  g_autofree char *folder = g_path_get_dirname (bin);
  g_autofree char *config = g_build_filename (folder, "pyvenv.cfg", NULL);

  return g_file_test (config, G_FILE_TEST_EXISTS) ? g_steal_pointer (&folder) : NULL;
}

static HsPython *
find_by_interpreter (const char *path,
                     GError    **error)
{
  g_autoptr(Interpreter) interpreter = NULL;
  g_autoptr(HsPython) base = NULL;
  g_autofree char *name = g_filename_display_name (path);
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  g_autofree char *venv = NULL, *venv_name = NULL;
  const char      *executable;

  interpreter = ask_interpreter (absolute, error);
  if (interpreter == NULL || !check_build (interpreter, name, error))
    return NULL;

  base = _hs_python_find_worker (interpreter->minor, name, error);
  if (base == NULL)
    return NULL;

  /* What it says of itself sees through wrappers, such as those of pyenv. */
  executable = interpreter->executable != NULL && g_path_is_absolute (interpreter->executable)
                 ? interpreter->executable
                 : absolute;
  venv = dup_venv_folder (executable);
  venv_name = venv != NULL ? g_path_get_basename (venv) : NULL;

  return _hs_python_new_for_executable (base, executable, venv_name);
}

/* The "3.12" of a pyvenv.cfg: the key is "version" as the venv module writes
 * it (CPython's Lib/venv/__init__.py), "version_info" as virtualenv and uv do.
 * Returns: (transfer full) (nullable)
 */
static char *
parse_venv_minor (const char *config)
{
  g_auto(GStrv) lines = g_strsplit (config, "\n", -1);

  for (gsize i = 0; lines[i] != NULL; i++)
    {
      char *equals = strchr (lines[i], '=');
      g_auto(GStrv) parts = NULL;
      const char *key;

      if (equals == NULL)
        continue;

      *equals = '\0';
      key = g_strstrip (lines[i]);
      if (g_ascii_strcasecmp (key, "version") != 0 && g_ascii_strcasecmp (key, "version_info") != 0)
        continue;

      parts = g_strsplit (g_strstrip (equals + 1), ".", -1);
      if (g_strv_length (parts) >= 2)
        return g_strdup_printf ("%s.%s", parts[0], parts[1]);
    }

  return NULL;
}

static HsPython *
find_by_venv (const char *folder,
              GError    **error)
{
  g_autofree char *name = g_filename_display_name (folder);
  g_autofree char *config_path = g_build_filename (folder, "pyvenv.cfg", NULL);
  g_autofree char *executable = g_build_filename (folder, "bin", "python", NULL);
  g_autofree char *config = NULL, *minor = NULL;

  if (!g_file_get_contents (config_path, &config, NULL, NULL))
    {
      g_autofree char *program = g_build_filename (folder, "bin", "python3", NULL);

      /* An installation, or an environment of conda's. */
      if (g_file_test (program, G_FILE_TEST_IS_EXECUTABLE))
        return find_by_interpreter (program, error);

      g_set_error (error, HS_ERROR, HS_ERROR_PYTHON,
                   /* translators: %s is a folder */
                   _("“%s” is no virtual environment: it contains no pyvenv.cfg; “python3 -m venv "
                     "FOLDER” makes one"),
                      name);
      return NULL;
    }

  minor = parse_venv_minor (config);
  if (minor != NULL)
    {
      g_autoptr(HsPython) base = _hs_python_find_worker (minor, name, error);

      if (base == NULL)
        return NULL;
    }

  if (!g_file_test (executable, G_FILE_TEST_IS_EXECUTABLE))
    {
      g_set_error (error, HS_ERROR, HS_ERROR_PYTHON,
                   /* translators: %1$s is a folder, %2$s a file in it */
                   _("The virtual environment “%1$s” is broken: its interpreter “%2$s” is missing "
                     "or was moved; make it anew with “python3 -m venv --clear”"),
                      name, executable);
      return NULL;
    }

  return find_by_interpreter (executable, error);
}

/* "3.12" or "3.12.1"; @minor: (transfer full): "3.12" */
static gboolean
parse_version (const char *what,
               char      **minor,
               gboolean   *is_full)
{
  g_auto(GStrv) parts = g_strsplit (what, ".", -1);
  guint n_parts = g_strv_length (parts);

  if (n_parts != 2 && n_parts != 3)
    return FALSE;

  for (guint i = 0; i < n_parts; i++)
    if (!g_ascii_string_to_unsigned (parts[i], 10, 0, 9999, NULL, NULL))
      return FALSE;

  *minor = g_strdup_printf ("%s.%s", parts[0], parts[1]);
  *is_full = n_parts == 3;

  return TRUE;
}

static HsPython *
find_by_version (const char *what,
                 const char *minor,
                 gboolean    is_full,
                 GError    **error)
{
  g_autoptr(HsPython) python = _hs_python_find_worker (minor, NULL, error);

  if (python == NULL)
    return NULL;

  if (is_full && strcmp (hs_python_get_version (python), what) != 0)
    {
      g_set_error (error, HS_ERROR, HS_ERROR_NO_WORKER,
                   /* translators: both are versions, such as 3.12.1 and 3.12.4 */
                   _("There is no Python %1$s here; the version of that series is %2$s"),
                      what, hs_python_get_version (python));
      return NULL;
    }

  return g_steal_pointer (&python);
}

/* A version as free-threaded builds are called: 3.13t. */
static gboolean
is_free_threaded (const char *what,
                  char      **version)
{
  g_autofree char *minor = NULL;
  gboolean         is_full;

  if (!g_str_has_suffix (what, "t"))
    return FALSE;
  *version = g_strndup (what, strlen (what) - 1);

  return parse_version (*version, &minor, &is_full);
}

/* @what is neither a version nor a folder, and names no program. */
static void
set_not_found (GError    **error,
               const char *what)
{
  g_autofree char *name = g_filename_display_name (what);
  g_autofree char *minors = _hs_python_dup_minors ();
  g_autofree char *version = NULL;
  const char      *usable = minors;

  if (*minors == '\0')
    usable = _("none");

  if (is_free_threaded (what, &version))
    {
      g_set_error (error, HS_ERROR, HS_ERROR_NO_WORKER,
                   /* translators: %1$s is a version, %2$s a list such as 3.11, 3.12 */
                   _("Free-threaded Python %1$s cannot be measured yet; versions that can be used "
                     "are %2$s"),
                      version, usable);
      return;
    }

  if (g_file_test (what, G_FILE_TEST_IS_REGULAR))
    {
      g_set_error (error, HS_ERROR, HS_ERROR_PYTHON,
                   /* translators: %1$s is a file, %2$s a list such as 3.11, 3.12 */
                   _("“%1$s” is a file, but no program; an interpreter, the folder of a virtual "
                     "environment or one of the versions %2$s is needed"),
                      name, usable);
      return;
    }

  g_set_error (error, HS_ERROR, HS_ERROR_PYTHON,
               /* translators: %1$s is what was asked for, %2$s a list such as 3.11, 3.12 */
               _("“%1$s” is neither a version of Python, nor a program, nor the folder of a "
                 "virtual environment; versions that can be used are %2$s"),
                  name, usable);
}

HsPython *
hs_python_find (const char *what,
                GError    **error)
{
  g_autofree char *minor = NULL, *program = NULL;
  gboolean         is_full;

  if (what == NULL || *what == '\0' || strcmp (what, "3") == 0)
    return _hs_python_find_worker (NULL, NULL, error);

  if (parse_version (what, &minor, &is_full))
    return find_by_version (what, minor, is_full, error);

  if (g_file_test (what, G_FILE_TEST_IS_DIR))
    return find_by_venv (what, error);

  program = g_find_program_in_path (what);
  if (program == NULL)
    {
      set_not_found (error, what);
      return NULL;
    }

  return find_by_interpreter (program, error);
}
