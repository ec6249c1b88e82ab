/* hs-test-pages.c - histories with mappings, for tests
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-test-pages.h"

#include "hs-test-record.h"

#define PAGE   4096u
#define MIB    ((guint64)1 << 20)
#define CACHED HS_PAGE_CACHED
#define MAPPED (HS_PAGE_CACHED | HS_PAGE_MAPPED)
#define DIRTY  (HS_PAGE_CACHED | HS_PAGE_MAPPED | HS_PAGE_DIRTY)
#define COPY   (HS_PAGE_MAPPED | HS_PAGE_COPY)
#define NONE   G_MAXUINT32

#define RUNS(...)                            \
  (const HsRecordPageRun[]) { __VA_ARGS__ }, \
    sizeof ((const HsRecordPageRun[]) { __VA_ARGS__ }) / sizeof (HsRecordPageRun)

static guint32
add_mapping (HsTestRecord *test,
             HsMappingKind kind,
             guint32       flags,
             const char   *file,
             guint64       bytes)
{
  gboolean        is_file = file != NULL;
  HsRecordMapping row = {
    .object = 0x1000 + 64 * hs_test_record_get_n (test, HS_RECORD_MAPPINGS),
    .start = 0x7f0000000000,
    .bytes = bytes,
    .file_bytes = is_file ? bytes : 0,
    .kind = kind,
    .flags = flags,
    .page_size = PAGE,
    .read_ahead = is_file && (flags & HS_MAPPING_MEMORY_FILE) == 0 ? 131072 : 0,
    .line = 4,
  };

  row.file = hs_test_record_add_text (test, file);
  row.file_system = hs_test_record_add_text (
    test, !is_file ? NULL : (flags & HS_MAPPING_MEMORY_FILE) != 0 ? "tmpfs"
                                                                  : "ext4");
  row.type = hs_test_record_add_text (test, "mmap");

  return hs_test_record_add_mapping (test, &row);
}

typedef struct
{
  guint32 mapping;
  guint32 line;
  guint64 bytes;
  guint32 n_cached;
  guint32 n_mapped;
  guint32 n_dirty;
  guint32 n_copies;
  guint32 file_mib;
  guint32 anon_mib;
  guint32 flags;
} Sums;

static void
add_sample (HsTestRecord          *test,
            const Sums            *sums,
            const HsRecordPageRun *runs,
            guint32                n_runs)
{
  HsRecordPageSample row = {
    .time_ns = sums->line * G_GUINT64_CONSTANT (1000000),
    .mapping = sums->mapping,
    .flags = sums->flags,
    .line = sums->line,
    .moment = G_MAXUINT32,
    .bytes = sums->bytes,
    .n_cached = sums->n_cached,
    .n_mapped = sums->n_mapped,
    .n_dirty = sums->n_dirty,
    .n_copies = sums->n_copies,
    .rss_file = sums->file_mib * MIB,
    .rss_anon = sums->anon_mib * MIB,
    .advice = -1,
  };

  hs_test_record_add_page_sample (test, &row, runs, n_runs);
}

static void
make_few (HsTestRecord *test)
{
  guint32 mapping =
    add_mapping (test, HS_MAPPING_FILE_SHARED, 0, "/tmp/hs/small.bin", 3 * PAGE + 100);

  add_sample (test, &(Sums) { mapping, 4, 3 * PAGE + 100, .file_mib = 8, .anon_mib = 6 }, NULL, 0);
  add_sample (test,
              &(Sums) { mapping, 5, 3 * PAGE + 100, 4, 2, 0, 0, .file_mib = 8, .anon_mib = 6 },
              RUNS ({ 0, 2, MAPPED }, { 2, 2, CACHED }));
  add_sample (test,
              &(Sums) { mapping, 6, 3 * PAGE + 100, 4, 2, 1, 0, .file_mib = 8, .anon_mib = 6 },
              RUNS ({ 1, 1, DIRTY }));
}

static void
make_file (HsTestRecord *test)
{
  guint64 bytes = 16 * MIB;
  guint32 mapping = add_mapping (test, HS_MAPPING_FILE_SHARED, 0, "/tmp/hs/data.bin", bytes);

  add_sample (test, &(Sums) { mapping, 4, bytes, 0, 0, 0, 0, 9, 6, 0 }, NULL, 0);
  add_sample (test, &(Sums) { mapping, 5, bytes, 32, 16, 0, 0, 9, 6, 0 },
              RUNS ({ 0, 16, MAPPED }, { 16, 16, CACHED }));
  add_sample (test, &(Sums) { mapping, 6, bytes, 64, 31, 0, 0, 9, 6, 0 },
              RUNS ({ 240, 16, CACHED }, { 256, 8, MAPPED }, { 264, 1, CACHED },
                    { 265, 7, MAPPED }));
  add_sample (test, &(Sums) { mapping, 7, bytes, 96, 32, 1, 0, 9, 6, 0 },
              RUNS ({ 496, 16, CACHED }, { 512, 1, DIRTY }, { 513, 15, CACHED }));
  add_sample (test, &(Sums) { mapping, 8, bytes, 4096, 4096, 1, 0, 25, 22, 0 },
              RUNS ({ 0, 512, MAPPED }, { 512, 1, DIRTY }, { 513, 3583, MAPPED }));
  add_sample (test, &(Sums) { mapping, 9, bytes, 4096, 4096, 1, 0, 25, 6, 0 }, NULL, 0);
  add_sample (test,
              &(Sums) {
                mapping,
                10,
                bytes,
                .file_mib = 9,
                .anon_mib = 6,
                .flags = HS_MAPPING_CLOSED,
              },
              NULL, 0);
}

static void
make_large (HsTestRecord *test)
{
  guint64          bytes = 4096 * MIB;
  guint32          mapping = add_mapping (test, HS_MAPPING_FILE_SHARED, 0, "/data/big.npy", bytes);
  HsRecordPageRun *runs = g_new (HsRecordPageRun, 2000);

  for (guint32 i = 0; i < 1000; i++)
    {
      runs[2 * i] = (HsRecordPageRun) { i * 1024, 16 + i % 300, MAPPED };
      runs[2 * i + 1] = (HsRecordPageRun) { i * 1024 + 16 + i % 300, 16 + i % 200, CACHED };
    }
  add_sample (test, &(Sums) { mapping, 4, bytes, .file_mib = 9, .anon_mib = 6 }, NULL, 0);
  add_sample (test, &(Sums) { mapping, 5, bytes, 280000, 160000, 0, 0, 620, 6, 0 }, runs, 2000);
  add_sample (test, &(Sums) { mapping, 6, bytes, 480000, 360000, 2, 0, 1400, 6, 0 },
              RUNS ({ 300000, 200000, MAPPED }, { 600100, 1, DIRTY }, { 1048575, 1, DIRTY }));
  g_free (runs);
}

static void
make_three (HsTestRecord *test)
{
  guint32 copy = add_mapping (test, HS_MAPPING_FILE_COPY, 0, "/tmp/hs/copied.bin", 2 * MIB);
  guint32 anon = add_mapping (test, HS_MAPPING_ANON_PRIVATE, 0, NULL, MIB);
  guint32 hidden = add_mapping (test, HS_MAPPING_FILE_READ, HS_MAPPING_CACHE_HIDDEN,
                                "/usr/lib/locale/locale-archive", 8 * MIB);

  add_sample (test, &(Sums) { copy, 5, 2 * MIB, 512, 0, 0, 0, 9, 6, 0 },
              RUNS ({ 0, 512, CACHED }));
  add_sample (test, &(Sums) { copy, 6, 2 * MIB, 512, 32, 16, 16, 10, 6, 0 },
              RUNS ({ 16, 16, COPY }, { 32, 16, MAPPED }));
  add_sample (test, &(Sums) { anon, 6, MIB, 0, 40, 24, 0, 10, 6, 0 },
              RUNS ({ 0, 24, HS_PAGE_MAPPED | HS_PAGE_DIRTY },
                    { 24, 16, HS_PAGE_MAPPED | HS_PAGE_ZERO }, { 40, 3, HS_PAGE_SWAPPED }));
  add_sample (test, &(Sums) { hidden, 6, 8 * MIB, 2048, 64, 0, 0, 10, 6, 0 },
              RUNS ({ 0, 512, CACHED }, { 512, 64, MAPPED }, { 576, 1472, CACHED }));
}

static void
make_many (HsTestRecord *test)
{
  for (guint32 i = 0; i < 40; i++)
    {
      HsMappingKind kind = i % 2 == 0 ? HS_MAPPING_ANON_SHARED : HS_MAPPING_FILE_READ;
      guint32       mapping = add_mapping (test, kind,
                                     i % 2 == 0 ? 0 : HS_MAPPING_MEMORY_FILE,
                                     i % 2 == 0 ? NULL : "/dev/shm/part.bin", 256 * 1024);

      add_sample (test, &(Sums) { mapping, 5 + i, 256 * 1024, 0, 8, 8, 0, 9, 6, 0 },
                  RUNS ({ i % 32, 8, HS_PAGE_MAPPED }));
    }
}

static void
make_long (HsTestRecord *test)
{
  const char     *file = "/tmp/hs/log.txt";
  guint32         mapping = add_mapping (test, HS_MAPPING_FILE_READ, 0, file, 64 * MIB);
  HsRecordHeader *header = hs_test_record_get_header (test);

  for (guint32 i = 0; i < 3000; i++)
    {
      HsRecordPageRun    run = { i * 5, 5, MAPPED };
      HsRecordPageSample row = {
        .time_ns = i * G_GUINT64_CONSTANT (1000),
        .mapping = mapping,
        .line = 6 + i % 2,
        .moment = G_MAXUINT32,
        .bytes = 64 * MIB,
        .n_cached = (i + 1) * 5,
        .n_mapped = (i + 1) * 5,
        .rss_file = 9 * MIB + i * 5 * PAGE,
        .rss_anon = 6 * MIB + i % 2 * MIB,
        .advice = 1,
        .flags = i == 2990 ? HS_MAPPING_CUT : 0,
      };

      hs_test_record_add_page_sample (test, &row, &run, 1);
    }
  header->page_time_ns = 12000000;
  header->n_page_samples_skipped = 41234;
}

static void
make_resized (HsTestRecord *test)
{
  guint32 mapping = add_mapping (test, HS_MAPPING_FILE_SHARED, 0, "/tmp/hs/grown.bin", MIB);

  add_mapping (test, HS_MAPPING_ANON_PRIVATE, 0, NULL, 0);
  add_sample (test, &(Sums) { mapping, 4, MIB, 64, 16, 0, 0, 9, 6, 0 }, RUNS ({ 0, 16, MAPPED }));
  add_sample (test, &(Sums) { mapping, 5, 3 * MIB, 64, 16, 0, 0, 9, 6, HS_MAPPING_RESIZED },
              RUNS ({ 700, 16, DIRTY }));
  add_sample (test, &(Sums) { mapping, 6, 2 * PAGE, 2, 2, 0, 0, 9, 6, HS_MAPPING_RESIZED }, NULL,
              0);
}

static void
make_forged (HsTestRecord *test)
{
  guint32         mapping = add_mapping (test, HS_MAPPING_FILE_SHARED, HS_MAPPING_DIRTY_UNKNOWN,
                                         "/", (guint64)NONE * PAGE);
  HsRecordMapping odd = {
    .object = 1,
    .bytes = 1,
    .file_bytes = G_MAXUINT64,
    .file_offset = G_MAXUINT64,
    .page_size = 1u << 31,
    .line = NONE,
    .read_ahead = NONE,
  };
  guint32 other = hs_test_record_add_mapping (test, &odd);

  for (guint32 i = 0; i < 50; i++)
    {
      HsRecordPageSample row = {
        .time_ns = i,
        .mapping = i % 3 == 0 ? other : mapping,
        .line = NONE - i,
        .flags = i % 7,
        .moment = NONE,
        .bytes = i % 3 == 0 ? 1 : (guint64)NONE * PAGE,
        .n_cached = G_MAXUINT64,
        .n_mapped = G_MAXUINT64 - i,
        .n_dirty = G_MAXUINT64,
        .n_copies = G_MAXUINT64,
        .n_swapped = G_MAXUINT64,
        .n_huge = G_MAXUINT64,
        .rss_anon = G_MAXUINT64,
        .rss_file = G_MAXUINT64,
        .rss_shmem = G_MAXUINT64,
        .advice = (gint32)i * 100,
      };
      HsRecordPageRun run = { i, 1, HS_PAGE_STATES };
      HsRecordPageRun all = { 0, i % 3 == 0 ? 1 : NONE, i };

      hs_test_record_add_page_sample (test, &row, i % 5 == 0 || i % 3 == 0 ? &all : &run, 1);
    }
  hs_test_record_get_header (test)->n_page_samples_skipped = G_MAXUINT64;
  hs_test_record_get_header (test)->page_time_ns = G_MAXUINT64;
}

static const struct
{
  const char *name;
  void (*make) (HsTestRecord *test);
} kinds[HS_TEST_N_PAGES] = {
  [HS_TEST_PAGES_FEW] = { "few", make_few },
  [HS_TEST_PAGES_FILE] = { "file", make_file },
  [HS_TEST_PAGES_LARGE] = { "large", make_large },
  [HS_TEST_PAGES_THREE] = { "three", make_three },
  [HS_TEST_PAGES_MANY] = { "many", make_many },
  [HS_TEST_PAGES_LONG] = { "long", make_long },
  [HS_TEST_PAGES_RESIZED] = { "resized", make_resized },
  [HS_TEST_PAGES_FORGED] = { "forged", make_forged },
};

const char *
hs_test_pages_get_name (HsTestPages which)
{
  return kinds[which].name;
}

HsHeap *
hs_test_pages_new (HsTestPages which)
{
  g_autoptr(HsTestRecord) test = hs_test_record_new ();
  g_autoptr(GBytes) result = NULL;
  g_autoptr(HsHistory) history = NULL;
  g_autoptr(GError) error = NULL;
  HsHeap *heap;
  guint64 offset;
  guint64 size;

  kinds[which].make (test);
  result = hs_test_record_to_bytes (test, &offset, &size);
  history = hs_history_new (result, offset, size, "lesson.py", &error);
  g_assert_no_error (error);
  heap = hs_history_open_heap (history, HS_NO_MOMENT, &error);
  g_assert_no_error (error);

  return heap;
}
