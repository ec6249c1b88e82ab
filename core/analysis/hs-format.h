/* hs-format.h - numbers as Heapscape writes them, everywhere
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* All return text that the caller frees. Digit groups are separated by
 * U+202F NARROW NO-BREAK SPACE; numbers do not depend on the locale.
 * HS_BYTES_UNKNOWN is written as the translated word "unknown".
 */
char *hs_format_bytes (guint64 bytes);       /* "9 999 B", from 10 000 on "9.8 KiB", "1.50 MiB" */
char *hs_format_bytes_exact (guint64 bytes); /* "1 234 567 B" */
char *hs_format_count (guint64 count);       /* "10 000" */
char *hs_format_duration (guint64 ns);       /* "820 µs", "12.3 ms", "4.56 s" */

/* A text of code's, as it may stand in a sentence or on a terminal: valid UTF-8, control characters
 * as their pictures, direction marks and line separators as Python's repr() writes them.
 */
char *hs_format_visible (const char *text);

G_END_DECLS
