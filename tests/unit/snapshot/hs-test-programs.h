/* hs-test-programs.h - records of made-up programs, for tests only
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-test-record.h"

G_BEGIN_DECLS

typedef struct
{
  const char *name;
  HsTestRecord *(*make) (void); /* (transfer full): one that the reader accepts */
} HsTestProgram;

/* Constant; among them one without a ledger, one without RSS, one with all samples that
 * there may be, and some with forged numbers.
 */
const HsTestProgram *hs_test_programs_list (guint *n_programs);
const HsTestProgram *hs_test_programs_find (const char *name);

/* Known to the letter: at 0 ns 1 000 B are live; line 3 allocates 4 000 B in 1 ms, then
 * 8 000 B of which 6 000 B go again in the second (11 000 B at most), line 5 nothing but a
 * drop to 2 000 B in the third. A moment "half" after 2 ms, the end at 3 ms.
 */
HsTestRecord *hs_test_program_make_known (void);

/* Numbers from @random that no process can have, but that the reader accepts. */
HsTestRecord *hs_test_program_make_forged (GRand *random);

G_END_DECLS
