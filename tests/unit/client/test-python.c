/* test-python.c - finding workers, interpreters and virtual environments
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#include "hs-error.h"
#include "hs-python.h"

/* A folder with programs that play workers and interpreters. */
typedef struct
{
  char *folder;
  char *old_workers;
} Fixture;

static void
write_script (const char *folder,
              const char *name,
              const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *script = g_strconcat ("#!/bin/sh\n", text, "\n", NULL);

  g_assert_true (g_file_set_contents (path, script, -1, NULL));
  g_assert_cmpint (g_chmod (path, 0755), ==, 0);
}

static void
write_worker (const char *folder,
              const char *minor,
              const char *version)
{
  g_autofree char *name = g_strconcat ("heapscape-worker-", minor, NULL);
  g_autofree char *text = NULL;

  text = g_strdup_printf ("test \"$1\" = --describe && echo '{\"minor\": \"%s\", \"version\": "
                          "\"%s\", \"hex\": 1, "
                          "\"library\": \"/lib/libpython%s.so\", \"executable\": "
                          "\"/usr/bin/python%s\", "
                          "\"prefix\": \"/usr\"}'",
                          minor, version, minor, minor);
  write_script (folder, name, text);
}

static void
write_interpreter (const char *folder,
                   const char *name,
                   const char *members)
{
  g_autofree char *text = g_strdup_printf ("echo '{\"implementation\": \"cpython\", \"version\": "
                                           "\"3.12.9\", "
                                           "\"minor\": \"3.12\", \"executable\": \"'$0'\"%s}'",
                                           members);

  write_script (folder, name, text);
}

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("heapscape-test-XXXXXX", NULL);
  fixture->old_workers = g_strdup (g_getenv ("HEAPSCAPE_WORKERS"));
  g_setenv ("HEAPSCAPE_WORKERS", fixture->folder, TRUE);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  const char *argv[] = { "rm", "-rf", fixture->folder, NULL };

  g_assert_true (g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL,
                               NULL, NULL, NULL));
  g_setenv ("HEAPSCAPE_WORKERS", fixture->old_workers, TRUE);
  g_free (fixture->old_workers);
  g_free (fixture->folder);
}

static char *
list_minors (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) pythons = hs_pythons_list (&error);
  GString *text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < pythons->len; i++)
    g_string_append_printf (text, "%s ", hs_python_get_minor (g_ptr_array_index (pythons, i)));

  return g_string_free (text, FALSE);
}

/* The system's version first, as long as the machine says which that is. */
static void
test_order (Fixture      *fixture,
            gconstpointer data)
{
  g_autofree char *system = g_file_read_link ("/usr/bin/python3", NULL);
  g_autofree char *minors = NULL;

  write_worker (fixture->folder, "3.9", "3.9.1");
  write_worker (fixture->folder, "3.11", "3.11.4");
  write_worker (fixture->folder, "3.102", "3.102.0");
  minors = list_minors ();

  if (system != NULL && g_str_has_suffix (system, "python3.11"))
    g_assert_cmpstr (minors, ==, "3.11 3.9 3.102 ");
  else
    g_assert_cmpstr (minors, ==, "3.102 3.9 3.11 ");
}

static void
test_facts (Fixture      *fixture,
            gconstpointer data)
{
  g_autoptr(HsPython) python = NULL;
  g_autoptr(HsPython) same = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *label = NULL;
  g_autofree char *worker = g_build_filename (fixture->folder, "heapscape-worker-3.12", NULL);

  write_worker (fixture->folder, "3.12", "3.12.4");
  python = hs_python_find ("3.12", &error);
  g_assert_no_error (error);
  label = hs_python_dup_label (python);

  g_assert_cmpstr (hs_python_get_minor (python), ==, "3.12");
  g_assert_cmpstr (hs_python_get_version (python), ==, "3.12.4");
  g_assert_cmpstr (hs_python_get_worker (python), ==, worker);
  g_assert_cmpstr (hs_python_get_library (python), ==, "/lib/libpython3.12.so");
  g_assert_cmpstr (hs_python_get_program (python), ==, "/usr/bin/python3.12");
  g_assert_null (hs_python_get_executable (python));
  g_assert_cmpstr (label, ==, "Python 3.12.4");

  same = hs_python_find ("3.12.4", &error);
  g_assert_no_error (error);
  g_assert_true (same == python);
}

static void
check_not_found (const char *what,
                 int         code,
                 const char *expected)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(HsPython) python = hs_python_find (what, &error);

  g_assert_null (python);
  g_assert_error (error, HS_ERROR, code);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, expected));
}

static void
test_no_workers (Fixture      *fixture,
                 gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) pythons = hs_pythons_list (&error);

  g_assert_cmpuint (pythons->len, ==, 0);
  g_assert_error (error, HS_ERROR, HS_ERROR_NO_WORKER);
  check_not_found (NULL, HS_ERROR_NO_WORKER, fixture->folder);
}

static void
test_unusable_workers (Fixture      *fixture,
                       gconstpointer data)
{
  g_autofree char *minors = NULL;
  g_auto(GStrv) problems = NULL;
  g_autofree char *not_executable = g_build_filename (fixture->folder, "heapscape-worker-3.15",
                                                      NULL);
  g_autofree char *folder = g_build_filename (fixture->folder, "heapscape-worker-3.16", NULL);

  write_worker (fixture->folder, "3.12", "3.12.4");
  write_script (fixture->folder, "heapscape-worker-3.13",
                "echo \"$0: libpython3.13.so: not found\" >&2; exit 127");
  write_script (fixture->folder, "heapscape-worker-3.14",
                "echo '{\"minor\": \"3.9\", \"version\": \"3.9.0\"}'");
  g_assert_true (g_file_set_contents (not_executable, "x", 1, NULL));
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  write_script (fixture->folder, "heapscape-worker-3.17.p", "");

  minors = list_minors ();
  g_assert_cmpstr (minors, ==, "3.12 ");

  problems = hs_pythons_dup_problems ();
  g_assert_cmpuint (g_strv_length (problems), ==, 3);
  g_assert_nonnull (strstr (problems[0],
                            "heapscape-worker-3.13” does not start: libpython3.13.so: not found"));
  g_assert_nonnull (strstr (problems[1], "does not say which Python"));
  g_assert_nonnull (strstr (problems[2], "heapscape-worker-3.15"));

  check_not_found ("3.13", HS_ERROR_NO_WORKER, "not found");
}

static void
test_not_found (Fixture      *fixture,
                gconstpointer data)
{
  write_worker (fixture->folder, "3.11", "3.11.4");
  write_worker (fixture->folder, "3.12", "3.12.4");

  check_not_found ("3.9", HS_ERROR_NO_WORKER, "cannot run Python 3.9; it has 3.11, 3.12");
  check_not_found ("3.12.5", HS_ERROR_NO_WORKER, "is 3.12.4");
  check_not_found ("no-such-program", HS_ERROR_PYTHON, "3.11, 3.12");
  check_not_found ("/no/such/program", HS_ERROR_PYTHON, "/no/such/program");
  check_not_found ("/etc/passwd", HS_ERROR_PYTHON, "“/etc/passwd” is a file, but no program");
  check_not_found ("3.13t", HS_ERROR_NO_WORKER, "Free-threaded Python 3.13 ");
  check_not_found (fixture->folder, HS_ERROR_PYTHON, "no pyvenv.cfg");
}

static void
test_interpreter (Fixture      *fixture,
                  gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "good", NULL);
  g_autofree char *label = NULL;
  g_autofree char *expected = g_strdup_printf ("Python 3.12.4 (%s)", path);
  g_autoptr(HsPython) python = NULL;
  g_autoptr(GError) error = NULL;

  write_worker (fixture->folder, "3.12", "3.12.4");
  write_interpreter (fixture->folder, "good", "");
  python = hs_python_find (path, &error);
  g_assert_no_error (error);

  label = hs_python_dup_label (python);
  g_assert_cmpstr (hs_python_get_executable (python), ==, path);
  g_assert_cmpstr (hs_python_get_minor (python), ==, "3.12");
  g_assert_cmpstr (label, ==, expected);
}

static void
test_refused_interpreters (Fixture      *fixture,
                           gconstpointer data)
{
  static const struct
  {
    const char *name;
    const char *script; /* NULL: an interpreter with @members */
    const char *members;
    int         code;
    const char *expected;
  } refused[] = {
    { "debug", NULL, ", \"debug\": true", HS_ERROR_PYTHON, "debug build" },
    { "free", NULL, ", \"free_threaded\": true", HS_ERROR_PYTHON, "free-threaded" },
    { "pypy", NULL, ", \"implementation\": \"pypy\"", HS_ERROR_PYTHON, "only CPython" },
    { "old", NULL, ", \"minor\": \"3.8\"", HS_ERROR_NO_WORKER, "is Python 3.8" },
    { "silent", "exit 0", NULL, HS_ERROR_PYTHON, "does not answer as Python does" },
    { "loud", "echo 'Unknown option: -I' >&2; echo 'Try -h' >&2; exit 2", NULL, HS_ERROR_PYTHON,
      "older than Python 3.4" },
    { "code", "exit 3", NULL, HS_ERROR_PYTHON, "exit code 3" },
    { "signal", "kill -SEGV $$", NULL, HS_ERROR_PYTHON, "signal" },
    { "list", "echo '[1]'", NULL, HS_ERROR_PYTHON, "does not answer as Python does" },
  };

  write_worker (fixture->folder, "3.12", "3.12.4");

  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autofree char *path = g_build_filename (fixture->folder, refused[i].name, NULL);

      if (refused[i].script != NULL)
        write_script (fixture->folder, refused[i].name, refused[i].script);
      else
        write_interpreter (fixture->folder, refused[i].name, refused[i].members);
      check_not_found (path, refused[i].code, refused[i].expected);
    }
}

/* One that never answers is given up, and killed. */
static void
test_hanging_interpreter (Fixture      *fixture,
                          gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "hangs", NULL);

  if (!g_test_slow ())
    {
      g_test_skip ("takes five seconds");
      return;
    }

  write_script (fixture->folder, "hangs", "exec sleep 1000");
  check_not_found (path, HS_ERROR_PYTHON, "no answer within 5 seconds");
}

static void
make_venv (Fixture    *fixture,
           const char *name,
           const char *config)
{
  g_autofree char *bin = g_build_filename (fixture->folder, name, "bin", NULL);
  g_autofree char *path = g_build_filename (fixture->folder, name, "pyvenv.cfg", NULL);

  g_assert_cmpint (g_mkdir_with_parents (bin, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, config, -1, NULL));
  write_interpreter (bin, "python", "");
}

static void
test_venv (Fixture      *fixture,
           gconstpointer data)
{
  g_autofree char *folder = g_build_filename (fixture->folder, "project", NULL);
  g_autofree char *executable = g_build_filename (folder, "bin", "python", NULL);
  g_autoptr(HsPython) by_folder = NULL;
  g_autoptr(HsPython) by_path = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *label = NULL;

  write_worker (fixture->folder, "3.12", "3.12.4");
  make_venv (fixture, "project", "home = /usr/bin\nversion = 3.12.9\n");

  by_folder = hs_python_find (folder, &error);
  g_assert_no_error (error);
  label = hs_python_dup_label (by_folder);
  g_assert_cmpstr (hs_python_get_executable (by_folder), ==, executable);
  g_assert_cmpstr (label, ==, "Python 3.12.4 (project)");

  by_path = hs_python_find (executable, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (hs_python_get_executable (by_path), ==, executable);
}

static void
test_refused_venvs (Fixture      *fixture,
                    gconstpointer data)
{
  g_autofree char *other = g_build_filename (fixture->folder, "other", NULL);
  g_autofree char *uv = g_build_filename (fixture->folder, "uv", NULL);
  g_autofree char *broken = g_build_filename (fixture->folder, "broken", NULL);
  g_autofree char *executable = g_build_filename (broken, "bin", "python", NULL);

  write_worker (fixture->folder, "3.12", "3.12.4");
  make_venv (fixture, "other", "version = 3.9.2\n");
  make_venv (fixture, "uv", "Version_Info = 3.10.1.final.0\r\n");
  make_venv (fixture, "broken", "version = 3.12.9\n");
  g_assert_cmpint (g_remove (executable), ==, 0);

  check_not_found (other, HS_ERROR_NO_WORKER, "is Python 3.9");
  check_not_found (uv, HS_ERROR_NO_WORKER, "is Python 3.10");
  check_not_found (broken, HS_ERROR_PYTHON, executable);
}

/* The workers of this build. */
static void
test_real (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) pythons = hs_pythons_list (&error);

  g_assert_no_error (error);
  g_assert_cmpuint (pythons->len, >=, 1);

  for (guint i = 0; i < pythons->len; i++)
    {
      HsPython *python = g_ptr_array_index (pythons, i);

      g_assert_true (g_str_has_prefix (hs_python_get_version (python),
                                       hs_python_get_minor (python)));
      g_assert_true (g_file_test (hs_python_get_worker (python), G_FILE_TEST_IS_EXECUTABLE));
      g_assert_true (g_file_test (hs_python_get_library (python), G_FILE_TEST_EXISTS));
    }
}

int
main (int   argc,
      char *argv[])
{
  static const struct
  {
    const char *path;
    void (*function) (Fixture      *fixture,
                      gconstpointer data);
  } tests[] = {
    { "/python/order", test_order },
    { "/python/facts", test_facts },
    { "/python/no-workers", test_no_workers },
    { "/python/unusable-workers", test_unusable_workers },
    { "/python/not-found", test_not_found },
    { "/python/interpreter", test_interpreter },
    { "/python/refused-interpreters", test_refused_interpreters },
    { "/python/hanging-interpreter", test_hanging_interpreter },
    { "/python/venv", test_venv },
    { "/python/refused-venvs", test_refused_venvs },
  };

  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].function, tear_down);
  g_test_add_func ("/python/real", test_real);

  return g_test_run ();
}
