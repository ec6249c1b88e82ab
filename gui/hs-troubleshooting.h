/* hs-troubleshooting.h - what to know about this computer when something is wrong
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The name under which it is proposed to be saved. */
#define HS_TROUBLESHOOTING_FILE "heapscape-troubleshooting.txt"

/* Versions, the interpreters with their workers, and what keeps code from the rest of the
 * machine, as lines of text. Programs are asked, in a thread. @window: of which display and
 * renderer are told. finish returns (transfer full).
 */
void  hs_troubleshooting_collect_async (GtkWindow          *window,
                                        GAsyncReadyCallback callback,
                                        gpointer            user_data);
char *hs_troubleshooting_collect_finish (GAsyncResult *result);

G_END_DECLS
