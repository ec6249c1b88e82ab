/* hs-compat.h - which interpreter and which tools this worker is built for
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

/* gcc says it with a macro, clang with a feature. */
#if defined(__SANITIZE_ADDRESS__)
#define HS_WITH_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HS_WITH_ASAN 1
#endif
#endif

#ifndef HS_WITH_ASAN
#define HS_WITH_ASAN 0
#endif
