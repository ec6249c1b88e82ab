/* test-protection.c - what protects this machine, and what is said where it does not
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "hs-bubblewrap-private.h"
#include "hs-protection.h"
#include "hs-protocol.h"

static const HsProtection whole = { .landlock_abi = 3, .has_seccomp = TRUE };
static const HsProtection old = { .has_seccomp = TRUE, .has_bubblewrap = TRUE };
static const HsProtection locked = { .has_seccomp = TRUE, .bubblewrap_problem = "bwrap: No." };
static const HsProtection bare = { .bubblewrap_problem = "it is not installed" };
static const HsProtection odd = { .landlock_abi = 1 };

static void
test_required (void)
{
  g_assert_cmpuint (hs_protection_get_required (&whole), ==, HS_PROTECT_FILES | HS_PROTECT_CALLS);
  g_assert_cmpuint (hs_protection_get_required (&old), ==, HS_PROTECT_CALLS);
  g_assert_cmpuint (hs_protection_get_required (&odd), ==, HS_PROTECT_FILES);
  g_assert_cmpuint (hs_protection_get_required (&bare), ==, 0);

  g_assert_false (hs_protection_needs_bubblewrap (&whole));
  g_assert_true (hs_protection_needs_bubblewrap (&old));
  g_assert_false (hs_protection_needs_bubblewrap (&locked));
}

/* @words: NULL-ended; none: there is no warning */
static void
assert_warning (const HsProtection *self,
                const char *const  *words)
{
  g_autofree char *warning = hs_protection_dup_warning (self);

  g_assert_cmpint (warning != NULL, ==, *words != NULL);
  for (; *words != NULL; words++)
    if (strstr (warning, *words) == NULL)
      g_error ("“%s” is not in “%s”", *words, warning);
}

static void
test_warning (void)
{
  assert_warning (&whole, (const char *const[]) { NULL });
  assert_warning (&old, (const char *const[]) { NULL });
  assert_warning (&locked, (const char *const[]) { "your files", "Landlock", "bwrap: No.", NULL });
  assert_warning (&bare, (const char *const[]) { "your files", "not installed", "network",
                                                 "seccomp", NULL });
  assert_warning (&odd, (const char *const[]) { "network", "seccomp", NULL });
}

/* One letter a line: "A" active, "-" not. */
static void
assert_lines (const HsProtection *self,
              const char         *expected)
{
  g_autoptr(GPtrArray) lines = hs_protection_new_lines (self);

  g_assert_cmpuint (lines->len, ==, strlen (expected));
  for (guint i = 0; i < lines->len; i++)
    {
      const HsProtectionLine *line = lines->pdata[i];

      g_assert_cmpint (line->is_active, ==, expected[i] == 'A');
      g_assert_cmpint (g_str_has_prefix (line->state, "active"), ==, line->is_active);
      g_assert_cmpstr (line->name, !=, "");
    }
}

static void
test_lines (void)
{
  assert_lines (&whole, "A-AAAA");
  assert_lines (&old, "-AAAAA");
  assert_lines (&locked, "--AAAA");
  assert_lines (&bare, "---AAA");
}

/* What this system really has is told the same each time. */
static void
test_here (void)
{
  const HsProtection *here = hs_protection_get ();

  g_assert_true (here == hs_protection_get ());
  g_assert_false (here->has_bubblewrap && here->bubblewrap_problem != NULL);
  if (here->landlock_abi != 0)
    g_assert_false (here->has_bubblewrap || here->bubblewrap_problem != NULL);
}

/* Returns: where @text stands in @command, from @at on; -1: nowhere */
static int
find (GStrv       command,
      const char *text,
      int         at)
{
  for (int i = at; command[i] != NULL; i++)
    if (g_str_equal (command[i], text))
      return i;

  return -1;
}

/* The order matters: what comes later lies above. */
static void
test_command (void)
{
  g_autoptr(HsPermissions) permissions = hs_permissions_new ();
  g_auto(GStrv) command = NULL;
  g_auto(GStrv) open_command = NULL;
  int root, folder, scratch;

  hs_permissions_add_folder (permissions, "/tmp");
  command = _hs_bubblewrap_new_command ("/tmp/scratch", permissions);
  if (command == NULL)
    {
      g_test_skip ("bubblewrap is not installed");
      return;
    }

  root = find (command, "--ro-bind", 0);
  g_assert_cmpint (root, >, 0);
  g_assert_cmpstr (command[root + 1], ==, "/");
  g_assert_cmpint (find (command, "--proc", 0), >, root);
  folder = find (command, "--bind-try", 0);
  g_assert_cmpint (folder, >, find (command, "--remount-ro", 0));
  g_assert_cmpstr (command[folder + 1], ==, "/tmp");
  scratch = find (command, "--bind", 0);
  g_assert_cmpint (scratch, >, folder);
  g_assert_cmpstr (command[scratch + 1], ==, "/tmp/scratch");
  g_assert_cmpstr (command[scratch + 3], ==, "--");
  g_assert_null (command[scratch + 4]);
  g_assert_cmpint (find (command, "--as-pid-1", 0), >, 0);
  g_assert_cmpint (find (command, "--unshare-net", 0), >, 0);
  g_assert_cmpint (find (command, "--die-with-parent", 0), ==, -1);

  permissions->network = TRUE;
  open_command = _hs_bubblewrap_new_command ("/tmp/scratch", permissions);
  g_assert_cmpint (find (open_command, "--unshare-net", 0), ==, -1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/protection/required", test_required);
  g_test_add_func ("/protection/warning", test_warning);
  g_test_add_func ("/protection/lines", test_lines);
  g_test_add_func ("/protection/here", test_here);
  g_test_add_func ("/protection/command", test_command);

  return g_test_run ();
}
