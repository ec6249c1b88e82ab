/* runner-fixture.h - runs code in tests and waits for it
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-runner.h"

G_BEGIN_DECLS

/* One run and what was seen of it. */
typedef struct
{
  HsRunSpec    *spec;
  HsRunner     *runner; /* NULL once dropped */
  GCancellable *cancellable;
  GMainLoop    *loop;
  GString      *seen; /* both streams, as ::output brought them */
  gboolean      is_over;

  HsRun  *run;
  GError *error;
} Fixture;

/* Pasted code. Free with fixture_clear(). */
void fixture_init (Fixture    *fixture,
                   const char *source);
void fixture_clear (Fixture *fixture);

void fixture_start (Fixture *fixture);
void fixture_wait (Fixture *fixture);
void fixture_wait_for_output (Fixture    *fixture,
                              const char *text);

/* Starts, waits and expects a run. */
HsRun *fixture_run (Fixture *fixture);

/* Open descriptors of this process. */
guint count_fds (void);

/* Living processes that descend from this one, orphans included once
 * adopt_orphans() was called.
 */
void  adopt_orphans (void);
guint count_descendants (void);
void  assert_no_descendants (void);

/* Makes the folder for temporary files one that no other test uses; call first
 * in main(). Removing it fails if anything was left there.
 */
void use_own_tmp_dir (void);
void remove_own_tmp_dir (void);

/* Folders that runs have left in the folder for temporary files. */
guint count_scratch_folders (void);

G_END_DECLS
