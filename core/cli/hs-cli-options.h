/* hs-cli-options.h - options that several commands have
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-cli-export.h"
#include "hs-run.h"
#include "hs-source.h"

G_BEGIN_DECLS

/* How code is run. The texts are as they stand on the command line. */
typedef struct
{
  char  *python;
  char **args;
  char  *stdin_file;
  char **allowed;
  double timeout;      /* seconds; -1: not given */
  double memory_limit; /* MiB; -1: not given */
  double output_limit; /* MiB; -1: not given */
} HsCliRunOptions;

void hs_cli_run_options_init (HsCliRunOptions *self);
void hs_cli_run_options_clear (HsCliRunOptions *self);

/* Their entries, and behind them @more, NULL-ended. Returns: (transfer full): g_free() */
GOptionEntry *hs_cli_run_options_new_entries (HsCliRunOptions    *self,
                                              const GOptionEntry *more);

/* Reads the code of @path, "-" for standard input, and what it is to read itself. Complains
 * and returns NULL if that cannot be. @source: (out) (optional) (transfer full). Returns: (transfer
 * full) (nullable)
 */
HsRunSpec *hs_cli_run_options_load (const HsCliRunOptions *self,
                                    const char            *path,
                                    HsSource             **source);

/* What the code may do (--allow). Complains, in the name of @command, and returns FALSE if one of
 * @texts makes no sense. @texts: (nullable)
 */
gboolean hs_cli_allow (const char        *command,
                       const char *const *texts,
                       HsRunSpec         *spec);

/* Limits, arguments, what is allowed, and Python. Complains, in the name of @command, and returns
 * FALSE if they make no sense.
 */
gboolean hs_cli_run_options_apply (const HsCliRunOptions *self,
                                   const char            *command,
                                   HsRunSpec             *spec);

/* What is drawn, and how. */
typedef struct
{
  char **exports;
  char **settings;
  int    scale;
  char  *theme;
} HsCliPictureOptions;

void hs_cli_picture_options_clear (HsCliPictureOptions *self);

void hs_cli_pictures_clear (HsCliPictures *self);

/* Complains, in the name of @command, and returns FALSE if they make no sense. */
gboolean hs_cli_picture_options_read (const HsCliPictureOptions *self,
                                      const char                *command,
                                      HsCliPictures             *pictures);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HsCliRunOptions, hs_cli_run_options_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HsCliPictureOptions, hs_cli_picture_options_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HsCliPictures, hs_cli_pictures_clear)

G_END_DECLS
