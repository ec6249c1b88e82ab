/* hs-python.c - the interpreters with which code can be run
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-python.h"
#include "hs-python-private.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <stdlib.h>
#include <string.h>

#include "hs-command-private.h"
#include "hs-error.h"
#include "hs-paths.h"

#define WORKER_PREFIX "heapscape-worker-3."
#define SYSTEM_PYTHON "/usr/bin/python3"

struct _HsPython
{
  char  *minor;
  char  *version;
  char  *worker;
  char  *library;    /* NULL: linked statically, or the worker does not know */
  char  *program;    /* what the worker says of itself; NULL if it does not know */
  char  *executable; /* chosen by the user; NULL: the library's own prefix */
  char  *label;      /* in brackets behind the version; NULL: none */
  char **abilities;
};

/* A file that looks like a worker, and what came of asking it. */
typedef struct
{
  char     *path;
  guint     minor; /* the 11 of 3.11 */
  gboolean  was_asked;
  HsPython *python;  /* NULL until asked, or with a problem */
  char     *problem; /* translated sentence, or NULL */
} Worker;

/* The workers of one folder, ascending; kept until another folder is set. */
static GMutex     workers_lock;
static GPtrArray *workers;
static char      *workers_folder;

HsPython *
hs_python_ref (HsPython *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

static void
python_clear (gpointer data)
{
  HsPython *self = data;

  g_free (self->minor);
  g_free (self->version);
  g_free (self->worker);
  g_free (self->library);
  g_free (self->program);
  g_free (self->executable);
  g_free (self->label);
  g_strfreev (self->abilities);
}

void
hs_python_unref (HsPython *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, python_clear);
}

HsPython *
_hs_python_new_for_executable (HsPython   *base,
                               const char *executable,
                               const char *venv)
{
  HsPython *self = g_atomic_rc_box_new0 (HsPython);

  self->minor = g_strdup (base->minor);
  self->version = g_strdup (base->version);
  self->worker = g_strdup (base->worker);
  self->library = g_strdup (base->library);
  self->program = g_strdup (executable);
  self->executable = g_strdup (executable);
  self->label = g_filename_display_name (venv != NULL ? venv : executable);
  self->abilities = g_strdupv (base->abilities);

  return self;
}

HsPython *
_hs_python_new_elsewhere (const char *version,
                          const char *note)
{
  HsPython   *self = g_atomic_rc_box_new0 (HsPython);
  const char *dot = strchr (version, '.');
  const char *end = dot != NULL ? strchr (dot + 1, '.') : NULL;

  self->minor = end != NULL ? g_strndup (version, (gsize)(end - version)) : g_strdup (version);
  self->version = g_strdup (version);
  self->label = g_strdup (note);
  self->abilities = g_new0 (char *, 1);

  return self;
}

const char *
_hs_python_get_note (HsPython *self)
{
  return self->label;
}

static void
worker_free (gpointer data)
{
  Worker *worker = data;

  g_free (worker->path);
  g_clear_pointer (&worker->python, hs_python_unref);
  g_free (worker->problem);
  g_free (worker);
}

static int
worker_compare (gconstpointer a,
                gconstpointer b)
{
  const Worker *first = *(const Worker *const *)a;
  const Worker *second = *(const Worker *const *)b;

  return (first->minor > second->minor) - (first->minor < second->minor);
}

/* The 11 of "heapscape-worker-3.11"; 0 if @name is no worker. */
static guint
parse_worker_name (const char *name)
{
  guint64 minor;

  if (!g_str_has_prefix (name, WORKER_PREFIX) ||
      !g_ascii_string_to_unsigned (name + strlen (WORKER_PREFIX), 10, 1, 999, &minor, NULL))
    return 0;

  return (guint)minor;
}

/* Looks again only if the folder is another one. Call with the lock held. */
static void
scan_workers (void)
{
  const char *folder = hs_paths_get_workers ();
  g_autoptr(GDir) dir = NULL;
  const char *name;

  if (workers != NULL && g_strcmp0 (folder, workers_folder) == 0)
    return;

  g_clear_pointer (&workers, g_ptr_array_unref);
  workers = g_ptr_array_new_with_free_func (worker_free);
  g_free (workers_folder);
  workers_folder = g_strdup (folder);

  /* A folder that is not there holds no workers. */
  dir = g_dir_open (folder, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      guint            minor = parse_worker_name (name);
      Worker          *worker;

      if (minor == 0 || !g_file_test (path, G_FILE_TEST_IS_REGULAR))
        continue;

      worker = g_new0 (Worker, 1);
      worker->path = g_steal_pointer (&path);
      worker->minor = minor;
      g_ptr_array_add (workers, worker);
    }

  g_ptr_array_sort (workers, worker_compare);
}

/* (nullable): NULL if there is no such member or it is no text */
static const char *
get_text (JsonObject *object,
          const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
             json_node_get_value_type (node) == G_TYPE_STRING
           ? json_node_get_string (node)
           : NULL;
}

/* Returns: (transfer full): the texts of an array, none if it is not there */
static char **
dup_texts (JsonObject *object,
           const char *member)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  JsonNode  *node = json_object_get_member (object, member);
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node)
                                                                  : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_VALUE (element) && json_node_get_value_type (element) == G_TYPE_STRING)
        g_strv_builder_add (builder, json_node_get_string (element));
    }

  return g_strv_builder_end (builder);
}

/* What a worker prints: {"minor": "3.11", "version": "3.11.2", "hex": …,
 * "library": "…", "executable": "…", "prefix": "…", "abilities": ["run", …]}
 */
static HsPython *
parse_description (const char *text,
                   Worker     *worker)
{
  g_autoptr(JsonParser) parser = json_parser_new ();
  g_autofree char *expected = g_strdup_printf ("3.%u", worker->minor);
  JsonNode        *root;
  JsonObject      *object;
  HsPython        *python;

  if (!json_parser_load_from_data (parser, text, -1, NULL))
    return NULL;

  root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return NULL;

  object = json_node_get_object (root);
  if (g_strcmp0 (get_text (object, "minor"), expected) != 0 || get_text (object, "version") == NULL)
    return NULL;

  python = g_atomic_rc_box_new0 (HsPython);
  python->minor = g_steal_pointer (&expected);
  python->version = g_strdup (get_text (object, "version"));
  python->worker = g_strdup (worker->path);
  python->library = g_strdup (get_text (object, "library"));
  python->program = g_strdup (get_text (object, "executable"));
  python->abilities = dup_texts (object, "abilities");

  return python;
}

/* The last line of @text that is not blank, where programs say what is wrong,
 * without the name @program in front. Returns: (transfer full) (nullable)
 */
static char *
dup_complaint (const char *text,
               const char *program)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  const char      *newline = strrchr (stripped, '\n');
  const char      *line = newline != NULL ? newline + 1 : stripped;

  if (*line == '\0')
    return NULL;

  if (g_str_has_prefix (line, program) && g_str_has_prefix (line + strlen (program), ": "))
    line += strlen (program) + strlen (": ");

  return g_strdup (line);
}

static void
ask_worker (Worker *worker)
{
  const char      *argv[] = { worker->path, "--describe", NULL };
  g_autofree char *out = NULL, *err = NULL, *name = NULL;
  g_autoptr(GError) error = NULL;

  if (worker->was_asked)
    return;

  worker->was_asked = TRUE;
  name = g_filename_display_name (worker->path);

  if (_hs_command_ask (argv, HS_ASK_TIMEOUT_MS, &out, &err, &error))
    {
      worker->python = parse_description (out, worker);
      if (worker->python == NULL)
        /* translators: %s is a program */
        worker->problem = g_strdup_printf (_("“%s” does not say which Python it holds; reinstall "
                                             "Heapscape"),
                                              name);
    }
  else
    {
      g_autofree char *line = err != NULL ? dup_complaint (err, name) : NULL;

      /* translators: %1$s is a program, %2$s what it or the system said */
      worker->problem = g_strdup_printf (_("“%1$s” does not start: %2$s"), name,
                                            line != NULL ? line : error->message);
    }
}

/* The 11 of the "python3.11" that /usr/bin/python3 is; 0 if there is none or
 * its name does not tell.
 */
static guint
get_system_minor (void)
{
  g_autofree char *name = NULL;
  char            *resolved = realpath (SYSTEM_PYTHON, NULL);
  guint64          minor;

  if (resolved == NULL)
    return 0;

  name = g_path_get_basename (resolved);
  free (resolved);

  if (!g_str_has_prefix (name, "python3.") ||
      !g_ascii_string_to_unsigned (name + strlen ("python3."), 10, 1, 999, &minor, NULL))
    return 0;

  return (guint)minor;
}

/* Puts the default first: the system's version, since that is what code at
 * hand was written for, else the newest. Returns: (transfer container)
 */
static GPtrArray *
dup_workers_in_order (void)
{
  GPtrArray *ordered = g_ptr_array_new ();
  guint      system_minor = get_system_minor ();
  guint      first = workers->len - 1;

  for (guint i = 0; i < workers->len; i++)
    {
      Worker *worker = g_ptr_array_index (workers, i);

      if (worker->minor == system_minor)
        first = i;
    }

  if (workers->len > 0)
    g_ptr_array_add (ordered, g_ptr_array_index (workers, first));
  for (guint i = 0; i < workers->len; i++)
    if (i != first)
      g_ptr_array_add (ordered, g_ptr_array_index (workers, i));

  return ordered;
}

static void
set_no_worker (GError    **error,
               const char *problem)
{
  g_autofree char *folder = g_filename_display_name (workers_folder);

  if (problem != NULL)
    g_set_error_literal (error, HS_ERROR, HS_ERROR_NO_WORKER, problem);
  else
    g_set_error (error, HS_ERROR, HS_ERROR_NO_WORKER,
                 /* translators: %s is a folder */
                 _("There is no program in “%s” that could run Python code; reinstall Heapscape"),
                    folder);
}

GPtrArray *
hs_pythons_list (GError **error)
{
  g_autoptr(GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&workers_lock);
  g_autoptr(GPtrArray) ordered = NULL;
  g_autoptr(GPtrArray) pythons = NULL;
  const char *problem = NULL;

  scan_workers ();
  ordered = dup_workers_in_order ();
  pythons = g_ptr_array_new_with_free_func ((GDestroyNotify)hs_python_unref);

  for (guint i = 0; i < ordered->len; i++)
    {
      Worker *worker = g_ptr_array_index (ordered, i);

      ask_worker (worker);
      if (worker->python != NULL)
        g_ptr_array_add (pythons, hs_python_ref (worker->python));
      else if (problem == NULL)
        problem = worker->problem;
    }

  if (pythons->len == 0)
    set_no_worker (error, problem);

  return g_steal_pointer (&pythons);
}

static void
list_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) pythons = hs_pythons_list (&error);

  if (error == NULL)
    g_task_return_pointer (task, g_steal_pointer (&pythons), (GDestroyNotify)g_ptr_array_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
hs_pythons_list_async (GAsyncReadyCallback callback,
                       gpointer            user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, NULL, callback, user_data);

  g_task_set_source_tag (task, hs_pythons_list_async);
  g_task_run_in_thread (task, list_thread);
}

GPtrArray *
hs_pythons_list_finish (GAsyncResult *result,
                        GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, hs_pythons_list_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

char **
hs_pythons_dup_problems (void)
{
  g_autoptr(GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&workers_lock);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  scan_workers ();

  for (guint i = 0; i < workers->len; i++)
    {
      Worker *worker = g_ptr_array_index (workers, i);

      ask_worker (worker);
      if (worker->problem != NULL)
        g_strv_builder_add (builder, worker->problem);
    }

  return g_strv_builder_end (builder);
}

HsPython *
_hs_python_find_worker (const char *minor,
                        const char *what,
                        GError    **error)
{
  g_autoptr(GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&workers_lock);
  g_autoptr(GPtrArray) ordered = NULL;
  const char *problem = NULL;

  scan_workers ();
  ordered = dup_workers_in_order ();

  for (guint i = 0; i < ordered->len; i++)
    {
      Worker          *worker = g_ptr_array_index (ordered, i);
      g_autofree char *name = g_strdup_printf ("3.%u", worker->minor);

      if (minor != NULL && strcmp (minor, name) != 0)
        continue;

      /* Only this one: asking all of them would delay each start. */
      ask_worker (worker);
      if (worker->python != NULL)
        return hs_python_ref (worker->python);
      if (problem == NULL)
        problem = worker->problem;
    }

  if (minor == NULL || problem != NULL || workers->len == 0)
    set_no_worker (error, problem);
  else
    {
      g_autofree char *minors = NULL;

      g_clear_pointer (&locker, g_mutex_locker_free);
      minors = _hs_python_dup_minors ();
      if (what == NULL)
        g_set_error (error, HS_ERROR, HS_ERROR_NO_WORKER,
                     /* translators: %1$s is a version, %2$s a list such as 3.11, 3.12 */
                     _("This build of Heapscape cannot run Python %1$s; it has %2$s"), minor,
                        minors);
      else
        g_set_error (error, HS_ERROR, HS_ERROR_NO_WORKER,
                     /* translators: a path, a version, and a list such as 3.11, 3.12 */
                     _("“%1$s” is Python %2$s, which this build of Heapscape cannot run; it has "
                       "%3$s"),
                        what, minor, minors);
    }

  return NULL;
}

char *
_hs_python_dup_minors (void)
{
  g_autoptr(GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&workers_lock);
  GString                        *text = g_string_new (NULL);

  scan_workers ();

  for (guint i = 0; i < workers->len; i++)
    {
      Worker *worker = g_ptr_array_index (workers, i);

      g_string_append_printf (text, "%s3.%u", i > 0 ? ", " : "", worker->minor);
    }

  return g_string_free (text, FALSE);
}

const char *
hs_python_get_minor (HsPython *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->minor;
}

const char *
hs_python_get_version (HsPython *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->version;
}

const char *
hs_python_get_executable (HsPython *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->executable;
}

const char *
hs_python_get_worker (HsPython *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->worker;
}

const char *
hs_python_get_library (HsPython *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->library;
}

const char *
hs_python_get_program (HsPython *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->program;
}

const char *const *
hs_python_get_abilities (HsPython *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return (const char *const *)self->abilities;
}

char *
hs_python_dup_label (HsPython *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->label == NULL)
    return g_strdup_printf ("Python %s", self->version);

  return g_strdup_printf ("Python %s (%s)", self->version, self->label);
}
