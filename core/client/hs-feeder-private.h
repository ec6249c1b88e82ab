/* hs-feeder-private.h - writes into a pipe without ever blocking
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What the code reads as its standard input. Keeps what does not fit until
 * the other end has read; gives up quietly when nobody reads any more.
 */
typedef struct _HsFeeder HsFeeder;

HsFeeder *_hs_feeder_new (void);
void      _hs_feeder_free (HsFeeder *self);

/* Opens the pipe. Writing starts with _hs_feeder_start(). Returns: the end to
 * read from, which belongs to the caller, or -1 with an error
 */
int  _hs_feeder_open (HsFeeder *self,
                      GError  **error);
void _hs_feeder_start (HsFeeder     *self,
                       GMainContext *context);

/* Both may be called at any time, also before it is open or after it is shut. */
void _hs_feeder_write (HsFeeder     *self,
                       gconstpointer data,
                       gsize         size);
void _hs_feeder_end (HsFeeder *self); /* closes once everything is written */

/* Closes at once and drops what is queued. */
void _hs_feeder_shut (HsFeeder *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HsFeeder, _hs_feeder_free)

G_END_DECLS
