/* hs-bubblewrap.c - starts a worker where files cannot be changed
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-bubblewrap-private.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hs-command-private.h"

#define PROGRAM "bwrap"

#define TRY_MS 5000

static void
add (GStrvBuilder *command,
     const char   *option,
     const char   *from,
     const char   *to)
{
  g_strv_builder_add_many (command, option, from, to, NULL);
}

/* bwrap's own --dev has a terminal and room for files in memory, which would escape every limit. */
static void
add_devices (GStrvBuilder *command)
{
  static const char *const devices[] = { "/dev/null", "/dev/zero", "/dev/full", "/dev/random",
                                         "/dev/urandom" };

  g_strv_builder_add_many (command, "--tmpfs", "/dev", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (devices); i++)
    add (command, "--dev-bind-try", devices[i], devices[i]);
  add (command, "--symlink", "/proc/self/fd", "/dev/fd");
  add (command, "--symlink", "/proc/self/fd/0", "/dev/stdin");
  add (command, "--symlink", "/proc/self/fd/1", "/dev/stdout");
  add (command, "--symlink", "/proc/self/fd/2", "/dev/stderr");
  g_strv_builder_add_many (command, "--remount-ro", "/dev", NULL);
}

/* What is no process: settings of the system, which root could change (core_pattern names a
 * program that the kernel starts). For others they are read-only by themselves.
 */
static void
add_settings (GStrvBuilder *command)
{
  g_autoptr(GDir) folder = g_dir_open ("/proc", 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename ("/proc", name, NULL);
      struct stat      status;

      if (!g_ascii_isdigit (name[0]) && lstat (path, &status) == 0 && !S_ISLNK (status.st_mode) &&
          (S_ISDIR (status.st_mode) || (status.st_mode & 0222) != 0))
        add (command, "--ro-bind-try", path, path);
    }
}

/* Root reads every file, and that is all it keeps: hs-privileges.c of the worker. */
static void
add_privileges (GStrvBuilder *command)
{
  g_strv_builder_add_many (command, "--cap-drop", "ALL", "--cap-add", "CAP_DAC_OVERRIDE",
                           "--cap-add", "CAP_DAC_READ_SEARCH", "--cap-add", "CAP_FOWNER", NULL);
}

GStrv
_hs_bubblewrap_new_command (const char          *scratch,
                            const HsPermissions *permissions)
{
  g_autoptr(GStrvBuilder) command = g_strv_builder_new ();
  g_autofree char *program = g_find_program_in_path (PROGRAM);
  char            *real_scratch = realpath (scratch, NULL);

  if (program == NULL)
    {
      free (real_scratch);
      return NULL;
    }

  /* As process 1 of its namespace, the worker takes everything with it when it ends. */
  g_strv_builder_add_many (command, program, "--unshare-pid", "--as-pid-1", "--unshare-ipc", NULL);
  if (permissions == NULL || !permissions->network)
    g_strv_builder_add (command, "--unshare-net");
  add (command, "--ro-bind", "/", "/");
  g_strv_builder_add_many (command, "--proc", "/proc", NULL);
  if (geteuid () == 0)
    {
      add_privileges (command);
      add_settings (command);
    }
  add_devices (command);

  /* Sorted, so that one within another comes later, and the scratch folder last. */
  for (guint i = 0; permissions != NULL && i < permissions->folders->len; i++)
    {
      const char *folder = permissions->folders->pdata[i];

      add (command, "--bind-try", folder, folder);
    }
  /* What does not exist is told by bwrap itself. */
  scratch = real_scratch != NULL ? real_scratch : scratch;
  add (command, "--bind", scratch, scratch);
  free (real_scratch);
  g_strv_builder_add (command, "--");

  return g_strv_builder_end (command);
}

/* @command with a program that is there for certain. Returns: (transfer full) */
static GStrv
append_version (GStrv command)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  g_strv_builder_addv (builder, (const char **)command);
  g_strv_builder_add_many (builder, command[0], "--version", NULL);

  return g_strv_builder_end (builder);
}

gboolean
_hs_bubblewrap_try (char **problem)
{
  g_auto(GStrv) command = _hs_bubblewrap_new_command (g_get_tmp_dir (), NULL);
  g_auto(GStrv) trial = NULL;
  g_autofree char *out = NULL, *err = NULL;
  g_autoptr(GError) error = NULL;

  *problem = NULL;
  if (command == NULL)
    {
      /* translators: of a program */
      *problem = g_strdup (_("it is not installed"));
      return FALSE;
    }

  trial = append_version (command);
  if (_hs_command_ask ((const char *const *)trial, TRY_MS, &out, &err, &error))
    return TRUE;

  if (err != NULL && *g_strstrip (err) != '\0')
    *problem = g_strdelimit (g_steal_pointer (&err), "\n", ' ');
  else
    *problem = g_strdup (error->message);

  return FALSE;
}
