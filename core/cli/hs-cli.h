/* hs-cli.h - what the commands of heapscape-cli share
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What the shell sees: DESIGN section 9. */
typedef enum
{
  HS_CLI_OK = 0,
  HS_CLI_NOT_OK = 1, /* the code, or writing what came of it, failed */
  HS_CLI_USAGE = 2,  /* wrong usage, or an unreadable file */
} HsCliExit;

/* One function per command. @argv[0] is the name of the command. */
HsCliExit hs_cli_run (int    argc,
                      char **argv);
HsCliExit hs_cli_compare (int    argc,
                          char **argv);
HsCliExit hs_cli_examples (int    argc,
                           char **argv);
HsCliExit hs_cli_pythons (int    argc,
                          char **argv);
HsCliExit hs_cli_diff (int    argc,
                       char **argv);
HsCliExit hs_cli_inspect (int    argc,
                          char **argv);

/* Parses the options of a command. @parameters: "FILE", for the usage line;
 * @summary: translated; @description: (nullable): translated, below the
 * options. Says what is wrong and returns FALSE if it cannot be parsed; --help
 * itself does not return.
 */
gboolean hs_cli_parse (int                *argc,
                       char             ***argv,
                       const GOptionEntry *entries,
                       const char         *parameters,
                       const char         *summary,
                       const char         *description);

/* "heapscape-cli: …" on standard error. */
void hs_cli_complain (const char *format, ...) G_GNUC_PRINTF (1, 2);

/* Standard output takes nothing more, for this reason: said once. Nobody who reads it any more
 * (EPIPE) is no error.
 */
void hs_cli_lose_output (int errsv);
/* HS_CLI_NOT_OK if output was lost, else @code. Writes what stdio still holds. */
int hs_cli_finish_output (int code);

/* The same with a hint at --help of @command; returns HS_CLI_USAGE. */
HsCliExit hs_cli_complain_usage (const char *command,
                                 const char *format,
                                 ...) G_GNUC_PRINTF (2, 3);

/* Opens @path for writing, "-" for standard output. A file is replaced when
 * hs_cli_close() is called with @ok TRUE, and left alone with FALSE; what is
 * no regular file (a pipe, /dev/null) is written into.
 */
GOutputStream *hs_cli_open (const char *path,
                            GError    **error);
gboolean       hs_cli_close (GOutputStream *stream,
                             gboolean       ok,
                             GError       **error);

/* Columns of a terminal that @text takes. */
guint hs_cli_get_width (const char *text);

/* Lines of one cell per letter of @alignment, as wide as the widest; the columns whose
 * letter in @alignment is "r" are flushed right. @cells: (element-type utf8).
 * Returns: (transfer full)
 */
char *hs_cli_format_table (GPtrArray  *cells,
                           const char *alignment);

G_END_DECLS
