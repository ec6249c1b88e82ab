/* hs-cli-pictures.h - what is written of a run: pictures and JSON
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-cli-export.h"
#include "hs-cli-repeat.h"
#include "hs-cli.h"

G_BEGIN_DECLS

/* Of which moment, and what of it; texts as they stand on the command line. */
typedef struct
{
  const char        *moment;   /* (nullable): the end */
  const char        *compared; /* (nullable): moment with which that is compared */
  const char *const *focus;    /* (nullable): all names */
  int                scale;
} HsCliWhen;

/* "a, b" as names. @text: (nullable). Returns: (transfer full) (nullable) */
char **hs_cli_split_focus (const char *text);

/* Draws what was asked for, and says what was written unless @is_quiet. Complains. Returns: how
 * it went
 */
HsCliExit hs_cli_write_pictures (HsRun               *run,
                                 const HsCliPictures *pictures,
                                 const HsCliWhen     *when,
                                 gboolean             is_quiet);

/* The contract of DESIGN section 9 to the file @path, "-" for standard output. @times:
 * (nullable)
 */
gboolean hs_cli_write_json (HsRun            *run,
                            const HsCliTimes *times,
                            const char       *path,
                            GError          **error);

G_END_DECLS
