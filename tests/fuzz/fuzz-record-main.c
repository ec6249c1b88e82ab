/* fuzz-record-main.c - runs the fuzz target on mutants, the same ones each time
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A longer run by hand, with other mutants, best built with the address and undefined behaviour
 * sanitizers:
 *
 *   fuzz-record [MUTANTS [SEED]]
 */

#include "config.h"

#include "hs-test-programs.h"

#include <string.h>

#define N_MUTANTS 300000
#define SEED      20260101

int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t         size);

/* Small, with something of every part. */
static GBytes *
make_seed (void)
{
  static const HsRecordPageRun runs[] = { { 0, 3, HS_PAGE_CACHED }, { 5, 9, HS_PAGE_MAPPED } };
  g_autoptr (HsTestRecord) record = hs_test_program_make_known ();
  guint32 text = hs_test_record_add_text (record, "data.bin");
  guint64 offset;
  guint64 size;

  for (guint i = 0; i < 3; i++)
    hs_test_record_add_mapping (record, &(HsRecordMapping) { .bytes = 20 * 4096 + i,
                                                             .kind = i,
                                                             .page_size = 4096,
                                                             .file = text,
                                                             .type = text });
  for (guint i = 0; i < 6; i++)
    hs_test_record_add_page_sample (
      record,
      &(HsRecordPageSample) { .time_ns = i, .mapping = i % 3, .moment = i % 3, .bytes = 20 * 4096 },
      runs, i % 3);

  return hs_test_record_to_bytes (record, &offset, &size);
}

/* Numbers at the edges of their types, which plain random bytes rarely hit. */
static guint64
choose_value (GRand *random)
{
  static const guint64 values[] = {
    0,
    1,
    63,
    64,
    4096,
    G_MAXINT32,
    G_MAXUINT32,
    G_MAXUINT32 - 1,
    G_MAXINT64,
    G_MAXUINT64,
    G_MAXUINT64 - 63,
  };

  return values[g_rand_int_range (random, 0, G_N_ELEMENTS (values))];
}

static void
mutate (GRand  *random,
        guint8 *data,
        gsize   size)
{
  for (int n = g_rand_int_range (random, 1, 5); n > 0; n--)
    {
      /* The header and the table are where mistakes are dangerous. */
      gint32  end = (gint32)(g_rand_boolean (random) ? sizeof (HsRecordHeader) : size);
      gint32  at = g_rand_int_range (random, 0, end);
      guint64 value = choose_value (random);
      gsize   width = (gsize)1 << g_rand_int_range (random, 0, 4);

      if (g_rand_boolean (random))
        {
          at -= at % (gint32)width;
          memcpy (data + at, &value, MIN (width, size - (gsize)at));
        }
      else
        data[at] = (guint8)g_rand_int (random);
    }
}

int
main (int    argc,
      char **argv)
{
  guint64 n_mutants = argc > 1 ? g_ascii_strtoull (argv[1], NULL, 10) : N_MUTANTS;
  guint32 start = argc > 2 ? (guint32)g_ascii_strtoull (argv[2], NULL, 10) : SEED;
  g_autoptr (GBytes) seed = make_seed ();
  g_autoptr (GRand) random = g_rand_new_with_seed (start);
  gsize         size;
  gconstpointer data = g_bytes_get_data (seed, &size);

  for (guint64 i = 0; i < n_mutants; i++)
    {
      g_autofree guint8 *copy = g_memdup2 (data, size);

      mutate (random, copy, size);
      LLVMFuzzerTestOneInput (copy, g_rand_int_range (random, 0, 8) == 0
                                      ? (gsize)g_rand_int_range (random, 0, (gint32)size)
                                      : size);
    }

  return 0;
}
