/* hs-protection.c - what keeps the code from the rest of this machine
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-protection.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "hs-bubblewrap-private.h"
#include "hs-protocol.h"

static guint
ask_landlock (void)
{
  long abi = syscall (SYS_landlock_create_ruleset, NULL, (gsize)0, LANDLOCK_CREATE_RULESET_VERSION);

  return abi > 0 ? (guint)abi : 0;
}

static gboolean
ask_seccomp (void)
{
  guint32 action = SECCOMP_RET_ERRNO;

  return syscall (SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) == 0;
}

const HsProtection *
hs_protection_get (void)
{
  static HsProtection protection;
  static gsize        is_known;

  if (g_once_init_enter (&is_known))
    {
      protection.landlock_abi = ask_landlock ();
      protection.has_seccomp = ask_seccomp ();
      if (protection.landlock_abi == 0)
        {
          char *problem;

          protection.has_bubblewrap = _hs_bubblewrap_try (&problem);
          protection.bubblewrap_problem = problem;
        }
      g_once_init_leave (&is_known, 1);
    }

  return &protection;
}

guint32
hs_protection_get_required (const HsProtection *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return (self->landlock_abi != 0 ? HS_PROTECT_FILES : 0) |
         (self->has_seccomp ? HS_PROTECT_CALLS : 0);
}

gboolean
hs_protection_needs_bubblewrap (const HsProtection *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->landlock_abi == 0 && self->has_bubblewrap;
}

static void
add_sentence (GString    *text,
              const char *sentence)
{
  if (text->len > 0)
    g_string_append_c (text, ' ');
  g_string_append (text, sentence);
}

char *
hs_protection_dup_warning (const HsProtection *self)
{
  GString *text;

  g_return_val_if_fail (self != NULL, NULL);

  if ((self->landlock_abi != 0 || self->has_bubblewrap) && self->has_seccomp)
    return NULL;

  text = g_string_new (NULL);
  if (self->landlock_abi == 0 && !self->has_bubblewrap)
    {
      g_autofree char *why = NULL;

      /* translators: %s is a reason, possibly in the words of the program bubblewrap */
      why = g_strdup_printf (_("Landlock is missing (it needs Linux 5.13 or later, and to be "
                               "switched on), and bubblewrap, which could take its place, does "
                               "not work: %s."),
                                self->bubblewrap_problem != NULL ? self->bubblewrap_problem
                                                                 : _("it was not tried"));
      add_sentence (text, _("This system cannot keep code from changing and removing your files."));
      add_sentence (text, why);
    }

  if (!self->has_seccomp)
    {
      add_sentence (text, _("This system cannot keep code from the network, and from other "
                            "programs that run."));
      add_sentence (text, _("Filters of system calls (seccomp) are missing: the kernel has none, "
                            "or something around this program forbids them."));
    }

  return g_string_free (text, FALSE);
}

/* ---- One by one ---- */

void
hs_protection_line_free (HsProtectionLine *self)
{
  if (self == NULL)
    return;

  g_free (self->name);
  g_free (self->state);
  g_free (self);
}

static void
add_line (GPtrArray  *lines,
          const char *id,
          const char *name,
          gboolean    is_active,
          const char *state)
{
  HsProtectionLine *line = g_new0 (HsProtectionLine, 1);

  line->id = id;
  line->name = g_strdup (name);
  line->is_active = is_active;
  line->state = g_strdup (state);
  g_ptr_array_add (lines, line);
}

static char *
describe_landlock (const HsProtection *self)
{
  if (self->landlock_abi != 0)
    /* translators: of Landlock; ABI is the kernel's word for its version, %u the number */
    return g_strdup_printf (_("active, ABI %u"), self->landlock_abi);

  return g_strdup (_("missing: needs Linux 5.13 or later, and “landlock” among the security "
                     "modules that are switched on (lsm= on the kernel’s command line)"));
}

static char *
describe_bubblewrap (const HsProtection *self)
{
  if (self->landlock_abi != 0)
    /* translators: of bubblewrap */
    return g_strdup (_("not needed, since there is Landlock"));
  if (self->has_bubblewrap)
    /* translators: of bubblewrap */
    return g_strdup (_("active, in the place of Landlock"));

  /* translators: of bubblewrap; %s is a reason, possibly in the words of that program */
  return g_strdup_printf (_("missing: %s. Needs the program bwrap (package “bubblewrap”), and user "
                            "namespaces that are allowed"),
                             self->bubblewrap_problem != NULL ? self->bubblewrap_problem
                                                              : _("it was not tried"));
}

/* What every worker sets up, or it does not run the code. */
static void
add_common_lines (GPtrArray *lines)
{
  gboolean    is_root = geteuid () == 0;
  const char *privileges = _("active: it gains none by what it starts");
  const char *limits = _("active");
  const char *session = _("active: its own, clean, and none of Heapscape’s");

  if (is_root)
    {
      privileges = _("active: of root’s it has none but that of reaching every file, and it gains "
                     "none by what it starts");
      limits = _("active, but there is no limit to the number of root’s processes");
    }

  add_line (lines, "privileges", _("Privileges"), TRUE, privileges);
  add_line (lines, "limits", _("Memory, time, files, threads"), TRUE, limits);
  add_line (lines, "own-session", _("Session, environment, open files"), TRUE, session);
}

GPtrArray *
hs_protection_new_lines (const HsProtection *self)
{
  GPtrArray       *lines;
  g_autofree char *landlock = NULL, *bubblewrap = NULL;
  const char      *seccomp = _("active");
  gboolean         has_seccomp, needs_bubblewrap;

  g_return_val_if_fail (self != NULL, NULL);

  has_seccomp = self->has_seccomp;
  needs_bubblewrap = hs_protection_needs_bubblewrap (self);
  landlock = describe_landlock (self);
  bubblewrap = describe_bubblewrap (self);
  if (!has_seccomp)
    seccomp = _("missing: needs a kernel with filters of system calls, and nothing around this "
                "program that forbids them");

  lines = g_ptr_array_new_with_free_func ((GDestroyNotify)hs_protection_line_free);
  /* translators: these are what is protected, and by what */
  add_line (lines, "landlock", _("Files (Landlock)"), self->landlock_abi != 0, landlock);
  add_line (lines, "bubblewrap", _("Files (bubblewrap)"), needs_bubblewrap, bubblewrap);
  add_line (lines, "seccomp", _("Network, processes, system (seccomp)"), has_seccomp, seccomp);
  add_common_lines (lines);

  return lines;
}
