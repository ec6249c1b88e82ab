/* hs-python-words.h - the words that Python itself brings
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

/* Those of at least three characters, with blanks between them. */
extern const char *const hs_python_words;
