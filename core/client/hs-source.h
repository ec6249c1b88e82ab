/* hs-source.h - a source file as bytes, and as text for an editor
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Larger files are refused: no editor widget is usable with them. Bytes. */
#define HS_SOURCE_SIZE_MAX ((gsize)16 << 20)

typedef enum
{
  HS_NEWLINE_LF, /* also for a text without any line end */
  HS_NEWLINE_CRLF,
  HS_NEWLINE_CR,
  HS_NEWLINE_MIXED, /* the text keeps each line end as it is in the file */
} HsNewline;

/* Why a file that could be read is no text. Python refuses it as well, with a
 * SyntaxError of its own wording.
 */
typedef enum
{
  HS_SOURCE_IS_TEXT,
  HS_SOURCE_BAD_BYTES,        /* bytes that its encoding does not have */
  HS_SOURCE_UNKNOWN_ENCODING, /* its coding line names an encoding that is not known here */
  HS_SOURCE_HAS_NUL,          /* contains a zero byte: probably no text at all */
} HsSourceProblem;

/* The contents of one source file at one moment. Immutable and atomically
 * reference counted.
 *
 * The encoding is Python's (PEP 263): what a byte order mark or a comment such
 * as "# -*- coding: latin-1 -*-" in the first two lines says; else UTF-8.
 */
typedef struct _HsSource HsSource;

/* @bytes of any kind: what is wrong with them is remembered as the problem. */
HsSource *hs_source_new (GBytes *bytes);
HsSource *hs_source_ref (HsSource *self);
void      hs_source_unref (HsSource *self);

/* Errors are HS_ERROR_SOURCE, each a translated sentence that names the file
 * and says what to do (missing, folder, no permission, too large, …), or
 * G_IO_ERROR_CANCELLED. A file that is no text is no error: ask for its
 * problem. Returns: (transfer full) (nullable)
 */
HsSource *hs_source_load_sync (GFile        *file,
                               GCancellable *cancellable,
                               GError      **error);
void      hs_source_load_async (GFile              *file,
                                GCancellable       *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer            user_data);
HsSource *hs_source_load_finish (GAsyncResult *result,
                                 GError      **error);

/* Reads a descriptor (standard input) to its end; does not close it. Same
 * limits and errors; @name stands for the file in messages.
 * Returns: (transfer full) (nullable)
 */
HsSource *hs_source_load_fd (int         fd,
                             const char *name,
                             GError    **error);

GBytes         *hs_source_get_bytes (HsSource *self); /* (transfer none): as in the file */
HsSourceProblem hs_source_get_problem (HsSource *self);
const char     *hs_source_get_encoding (HsSource *self); /* "UTF-8", or of the coding line */
gboolean        hs_source_get_has_bom (HsSource *self);
HsNewline       hs_source_get_newline (HsSource *self);

/* Of the file at the moment when it was read; NULL: not from a file, or unknown. (transfer none) */
const char *hs_source_get_etag (HsSource *self);

/* The text for an editor: valid UTF-8 without byte order mark, lines ended by
 * "\n" (unless HS_NEWLINE_MIXED), without NUL. (transfer none) (nullable):
 * NULL unless the problem is HS_SOURCE_IS_TEXT.
 */
const char *hs_source_get_text (HsSource *self);

/* Where the first bad byte stands; 0 if none. Line and byte of the line count
 * from 1.
 */
guint hs_source_get_problem_line (HsSource *self);
guint hs_source_get_problem_byte (HsSource *self);

/* The problem as a translated sentence that says what to do; NULL without
 * one. @name: of the file. Returns: (transfer full) (nullable)
 */
char *hs_source_dup_problem (HsSource   *self,
                             const char *name);

/* The same bytes read in another encoding ("ISO-8859-15", "GB18030", …), for
 * a person who knows better than the file. Saving such a source writes UTF-8,
 * or what its coding line says. Returns: (transfer full) (nullable): NULL if
 * they are no text in @encoding either; HS_ERROR_SOURCE.
 */
HsSource *hs_source_read_as (HsSource   *self,
                             const char *encoding,
                             GError    **error);

/* @text as Save writes it, and as Run gives it to Python: in the encoding that
 * its own coding line names (so that a changed line counts), with the byte
 * order mark and line ends of @self (nullable: none, and "\n").
 * HS_ERROR_SOURCE names the first character that the encoding does not have.
 * Returns: (transfer full) (nullable)
 */
GBytes *hs_source_encode (HsSource   *self,
                          const char *text,
                          GError    **error);

/* Writes @text as hs_source_encode() gives it; the file is replaced only once
 * the new one is complete, keeps its permissions, and a link is followed.
 * @overwrite FALSE: fails with G_IO_ERROR_WRONG_ETAG if @self was loaded from
 * @file and the file has changed on disk since. Other errors: HS_ERROR_SOURCE.
 * finish returns (transfer full): the source as it is on disk now.
 */
void      hs_source_save_async (HsSource           *self, /* (nullable) */
                                GFile              *file,
                                const char         *text,
                                gboolean            overwrite,
                                GCancellable       *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer            user_data);
HsSource *hs_source_save_finish (GAsyncResult *result,
                                 GError      **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HsSource, hs_source_unref)

G_END_DECLS
