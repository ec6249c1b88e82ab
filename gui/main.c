/* main.c - starts Heapscape
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-application.h"
#include "hs-paths.h"

int
main (int   argc,
      char *argv[])
{
  g_autoptr(HsApplication) application = NULL;

  hs_paths_init_translations ();
  application = hs_application_new ();

  return g_application_run (G_APPLICATION (application), argc, argv);
}
