/* hs-run-hint.c - what an exception was about, and what to do
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-run-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hs-format.h"
#include "hs-permissions-private.h"
#include "hs-run-spec-private.h"

/* The numbers that Linux gives them on all architectures, as str() of an OSError begins. */
#define TEXT_OF_EMFILE "[Errno 24] "
#define TEXT_OF_EFBIG  "[Errno 27] "

/* ---- What was refused ---- */

/* "--allow write=FOLDER" as a shell takes it. Returns: (transfer full) */
static char *
dup_option (const char *folder)
{
  static const char plain[] = G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "/._-+,:@%";
  g_autofree char                                      *text = g_strconcat ("write=", folder, NULL);
  g_autofree char                                      *quoted = NULL;

  if (folder[strspn (folder, plain)] == '\0')
    return g_strconcat ("--allow ", text, NULL);

  quoted = g_shell_quote (text);

  return g_strconcat ("--allow ", quoted, NULL);
}

static char *
dup_write_hint (HsRun *self)
{
  g_autofree char *path = NULL, *file = NULL, *folder = NULL, *folder_name = NULL;
  g_autofree char *option = NULL;

  if (self->refused_file == NULL)
    return g_strdup (_("The code may write only in its temporary folder, and in folders that are "
                       "allowed: in Permissions, or with --allow write=FOLDER."));

  path = g_canonicalize_filename (self->refused_file, "/");
  file = hs_format_visible (path);
  folder = g_path_get_dirname (path);
  if (_hs_permissions_is_of_system (path))
    /* translators: %s is a file */
    return g_strdup_printf (_("The code may not write “%s”, which belongs to the system; that "
                              "cannot be allowed."),
                               file);
  if (g_str_equal (folder, "/"))
    /* translators: %s is a file */
    return g_strdup_printf (_("The code may not write “%s”; what lies in “/” itself cannot be "
                              "allowed."),
                               file);

  folder_name = hs_format_visible (folder);
  option = dup_option (folder_name);

  /* translators: %1$s is a file, %2$s its folder, %3$s an option of the command line */
  return g_strdup_printf (_("The code may write only in its temporary folder and where it is "
                            "allowed. To let it write “%1$s”, allow the folder “%2$s” in "
                            "Permissions, or with %3$s."),
                             file, folder_name, option);
}

static char *
dup_read_hint (HsRun *self)
{
  g_autofree char *file = NULL;

  if (self->refused_file == NULL)
    return g_strdup (_("Other processes and devices are closed to the code; that cannot be "
                       "allowed."));

  file = hs_format_visible (self->refused_file);

  /* translators: %s is a file */
  return g_strdup_printf (_("The code may not open “%s”: other processes and devices are closed to "
                            "it, and that cannot be allowed."),
                             file);
}

static char *
dup_refused_hint (HsRun *self)
{
  const HsPermissions *permissions = hs_run_spec_get_permissions (self->spec);

  switch (self->refused)
    {
    case HS_REFUSED_WRITE:
      return dup_write_hint (self);
    case HS_REFUSED_READ:
      return dup_read_hint (self);
    case HS_REFUSED_NETWORK:
      return g_strdup (permissions->network
                       ? _("Sockets of this kind are closed to the code; that cannot be allowed.")
                       : _("The code may not use the network. To allow it, switch on “Use the "
                             "Network” in Permissions, or give --allow network."));
    case HS_REFUSED_PROCESS:
      return g_strdup (permissions->processes
                       ? _("Processes that the code has not started are closed to it; that "
                             "cannot be allowed.")
                       : _("The code may neither start nor end other programs. To allow it, "
                             "switch on “Start Other Programs” in Permissions, or give --allow "
                             "processes."));
    case HS_REFUSED_CALL:
      return g_strdup (_("What it asked the system for is closed to the code; that cannot be "
                         "allowed."));
    case HS_REFUSED_NOTHING:
    case HS_N_REFUSED:
    default:
      return NULL;
    }
}

/* ---- What ran out ---- */

/* Whether the code wanted to read more than it was given. */
static gboolean
lacked_input (HsRun *self)
{
  return g_strcmp0 (self->exception_type, "EOFError") == 0 &&
         _hs_run_spec_get_stdin (self->spec) == NULL &&
         !_hs_run_spec_get_stdin_interactive (self->spec);
}

static gboolean
begins_with (HsRun      *self,
             const char *type,
             const char *text)
{
  return g_strcmp0 (self->exception_type, type) == 0 && self->exception_message != NULL &&
         g_str_has_prefix (self->exception_message, text);
}

static char *
dup_limit_hint (HsRun *self)
{
  const HsPermissions *permissions = hs_run_spec_get_permissions (self->spec);

  if (lacked_input (self))
    return g_strdup (_("The code asked for input and there was none: write it into the input box, "
                       "or give it with --stdin."));

  if (begins_with (self, "OSError", TEXT_OF_EFBIG) && permissions->folders->len == 0)
    {
      g_autofree char *limit = hs_format_bytes (HS_SCRATCH_LIMIT);

      /* translators: %s is a number of bytes with its unit */
      return g_strdup_printf (_("Files in its temporary folder can have %s at most. In a folder of "
                                "yours they may be larger: allow one in Permissions, or with "
                                "--allow write=FOLDER."),
                                 limit);
    }

  if (begins_with (self, "OSError", TEXT_OF_EMFILE))
    return g_strdup (_("The code has as many files open as it may: it should close some."));

  if (begins_with (self, "RuntimeError", "can't start new thread"))
    return g_strdup (_("The code has as many threads as it may, or their stacks do not fit into "
                       "the memory limit."));

  return NULL;
}

char *
_hs_run_dup_hint (HsRun *self)
{
  char *hint = dup_refused_hint (self);

  return hint != NULL ? hint : dup_limit_hint (self);
}
