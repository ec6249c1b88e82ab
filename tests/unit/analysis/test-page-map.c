/* test-page-map.c - states of pages over time, against a page-by-page replay
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "hs-page-map.h"
#include "hs-test-record.h"

#define N_MOST 3000 /* pages of the random mappings */

static HsPageMap *
create_map (HsTestRecord *test)
{
  g_autoptr(GError) error = NULL;
  guint64 offset;
  guint64 size;
  g_autoptr(GBytes) result = hs_test_record_to_bytes (test, &offset, &size);
  g_autoptr(HsHistory) history = hs_history_new (result, offset, size, "t.py", &error);
  HsPageMap *map;

  g_assert_no_error (error);
  map = hs_page_map_new (history, NULL, &error);
  g_assert_no_error (error);

  return map;
}

static void
add_file (HsTestRecord *test,
          guint64       n_pages,
          guint32       flags)
{
  hs_test_record_add_mapping (test, &(HsRecordMapping) {
                                      .object = 4096,
                                      .bytes = n_pages * 4096,
                                      .file_bytes = n_pages * 4096,
                                      .flags = flags,
                                      .file = hs_test_record_add_text (test, "/tmp/data.bin"),
                                      .file_system = hs_test_record_add_text (test, "ext4"),
                                      .page_size = 4096,
                                      .read_ahead = 131072,
                                      .type = hs_test_record_add_text (test, "mmap"),
                                    });
}

static void
add_sample (HsTestRecord          *test,
            guint64                time,
            guint32                mapping,
            guint64                n_pages,
            guint32                flags,
            const HsRecordPageRun *runs,
            guint32                n_runs)
{
  hs_test_record_add_page_sample (test,
                                  &(HsRecordPageSample) {
                                    .time_ns = time,
                                    .mapping = mapping,
                                    .flags = flags,
                                    .line = (guint32)time,
                                    .moment = G_MAXUINT32,
                                    .rss_file = time,
                                    .bytes = n_pages * 4096,
                                    .advice = -1,
                                  },
                                  runs, n_runs);
}

/* The documented behaviour of mm[:10] on a cold file, then of mm[1 << 20] = 7. */
static HsTestRecord *
create_example (guint32 flags)
{
  HsTestRecord         *test = hs_test_record_new ();
  const HsRecordPageRun first[] = { { 0, 16, HS_PAGE_CACHED | HS_PAGE_MAPPED },
                                    { 16, 16, HS_PAGE_CACHED } };
  const HsRecordPageRun second[] = {
    { 240, 16, HS_PAGE_CACHED },
    { 256, 1, HS_PAGE_CACHED | HS_PAGE_MAPPED | HS_PAGE_DIRTY },
    { 257, 15, HS_PAGE_CACHED }
  };

  add_file (test, 4096, flags);
  add_sample (test, 4, 0, 4096, 0, NULL, 0);
  add_sample (test, 5, 0, 4096, 0, first, G_N_ELEMENTS (first));
  add_sample (test, 6, 0, 4096, 0, second, G_N_ELEMENTS (second));

  return test;
}

static void
test_example (void)
{
  g_autoptr(HsTestRecord) test = create_example (0);
  g_autoptr(HsPageMap) map = create_map (test);
  g_autoptr(GArray) before = hs_page_map_dup_spans (map, 1);
  g_autoptr(GArray) after = hs_page_map_dup_spans (map, 2);
  g_autoptr(GArray) changes = hs_page_map_dup_changes (map, 2, after);
  g_auto(GStrv) sentences = hs_page_map_dup_change_sentences (map, 2, changes);
  HsPageCells cells;

  g_assert_cmpuint (hs_page_map_get_n_steps (map), ==, 3);
  g_assert_cmpuint (hs_page_map_find_sample (map, 0, 0), ==, 0);
  g_assert_cmpuint (hs_page_map_get_previous (map, 0), ==, HS_NO_SAMPLE);
  g_assert_cmpuint (before->len, ==, 2);
  g_assert_cmpuint (hs_page_spans_get_state (before, 256), ==, 0);
  g_assert_cmpuint (hs_page_spans_get_state (after, 256), ==,
                    HS_PAGE_CACHED | HS_PAGE_MAPPED | HS_PAGE_DIRTY);
  g_assert_cmpstr (sentences[0], ==,
                   "Read ahead: 31 pages (240–255, 257–271) came into the cache unmapped.");
  g_assert_cmpstr (sentences[1], ==, "Written: 1 page (256).");
  g_assert_null (sentences[2]);

  hs_page_cells_init (&cells, map, 0, after, 0, 4096, 6);
  g_assert_cmpuint (cells.n_cells, ==, 64);
  g_assert_cmpuint (cells.cells[4].n[HS_PAGE_CLASS_DIRTY], ==, 1);
  g_assert_cmpuint (cells.cells[4].n[HS_PAGE_CLASS_CACHED], ==, 15);
  g_assert_cmpuint (hs_page_cell_get_dominant (&cells.cells[4]), ==, HS_PAGE_CLASS_NONE);
  g_assert_cmpuint (hs_page_cell_get_odd (&cells.cells[4]), ==, HS_PAGE_CLASS_DIRTY);
  g_assert_cmpuint (hs_page_cell_get_odd (&cells.cells[9]), ==, HS_PAGE_CLASS_NONE);
  hs_page_cells_clear (&cells);
}

static void
test_hidden (void)
{
  g_autoptr(HsTestRecord) test = create_example (HS_MAPPING_CACHE_HIDDEN);
  g_autoptr(HsPageMap) map = create_map (test);
  g_autoptr(GArray) after = hs_page_map_dup_spans (map, 1);
  g_autoptr(GArray) changes = hs_page_map_dup_changes (map, 1, after);
  g_autofree char *sums = hs_page_map_dup_sums (map, 1);

  /* Nothing is said of read-ahead that nobody has seen. */
  g_assert_cmpuint (changes->len, ==, 1);
  g_assert_cmpuint (g_array_index (changes, HsPageSpan, 0).state, ==, HS_PAGE_CHANGE_MAPPED);
  g_assert_cmpuint (hs_page_map_get_class (map, 0, HS_PAGE_CACHED), ==, HS_PAGE_CLASS_HIDDEN);
  g_assert_cmpuint (hs_page_map_get_class (map, 0, 0), ==, HS_PAGE_CLASS_HIDDEN);
  g_assert_nonnull (strstr (sums, "hidden by the kernel"));
}

static void
test_describe (void)
{
  g_autoptr(HsTestRecord) test = create_example (0);
  g_autoptr(HsPageMap) map = create_map (test);
  g_autoptr(GArray) spans = hs_page_map_dup_spans (map, 2);
  HsPageCells      cells;
  g_autofree char *page = NULL;
  g_autofree char *cell = NULL;

  hs_page_cells_init (&cells, map, 0, spans, 256, 1, 0);
  page = hs_page_map_describe_pages (map, 0, 2, 256, 1, &cells.cells[0]);
  hs_page_cells_clear (&cells);
  g_assert_cmpstr (page, ==,
                   "Page 256: written (dirty)\n"
                   "Offset in the file: 1\u202f048\u202f576 B\n"
                   "Since line 4: not touched: neither mapped nor in the cache\n"
                   "Since line 6: written (dirty)");

  hs_page_cells_init (&cells, map, 0, spans, 0, 64, 6);
  cell = hs_page_map_describe_pages (map, 0, 2, 0, 64, &cells.cells[0]);
  hs_page_cells_clear (&cells);
  g_assert_cmpstr (cell, ==,
                   "Pages 0–63\n"
                   "16 × mapped into the process\n"
                   "16 × in the page cache, not mapped into the process\n"
                   "32 × not touched: neither mapped nor in the cache\n"
                   "Offset in the file: 0 B");
}

/* Smaller, and larger again: what was cut off is not there any more. */
static void
test_resized (void)
{
  g_autoptr(HsTestRecord) test = hs_test_record_new ();
  const HsRecordPageRun all[] = { { 0, 8, HS_PAGE_MAPPED } };
  g_autoptr(HsPageMap) map = NULL;
  const guint n_wanted[] = { 8, 4, 4, 0, 0 };

  add_file (test, 8, 0);
  add_sample (test, 1, 0, 8, 0, all, 1);
  add_sample (test, 2, 0, 4, HS_MAPPING_RESIZED, NULL, 0);
  add_sample (test, 3, 0, 16, HS_MAPPING_RESIZED, NULL, 0);
  add_sample (test, 4, 0, 16, HS_MAPPING_CLOSED, NULL, 0);
  add_sample (test, 5, 0, 16, 0, NULL, 0);
  map = create_map (test);
  g_assert_cmpuint (hs_page_map_get_most_pages (map, 0), ==, 16);
  g_assert_cmpuint (hs_page_map_get_n_pages (map, 3), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (n_wanted); i++)
    {
      g_autoptr(GArray) spans = hs_page_map_dup_spans (map, i);

      g_assert_cmpuint (spans->len, ==, n_wanted[i] > 0 ? 1 : 0);
      if (n_wanted[i] > 0)
        g_assert_cmpuint (g_array_index (spans, HsPageSpan, 0).end, ==, n_wanted[i]);
    }
}

static void
test_steps (void)
{
  g_autoptr(HsTestRecord) test = hs_test_record_new ();
  const HsRecordPageRun some[] = { { 0, 2, HS_PAGE_MAPPED } };
  g_autoptr(HsPageMap) map = NULL;
  HsHistory *history;
  HsPageStep step;

  add_file (test, 8, 0);
  add_file (test, 8, 0);
  add_sample (test, 1, 0, 8, 0, some, 1);
  add_sample (test, 2, 0, 8, 0, NULL, 0);
  add_sample (test, 2, 1, 8, 0, some, 1);
  add_sample (test, 3, 1, 8, HS_MAPPING_CLOSED, NULL, 0);
  add_sample (test, 4, 0, 8, HS_MAPPING_CLOSED, NULL, 0);
  ((HsRecordPageSample *)hs_test_record_get (test, HS_RECORD_PAGE_SAMPLES, 1))->n_mapped = 2;
  hs_test_record_add_moment (test, &(HsRecordMoment) { .time_ns = 2, .kind = HS_MOMENT_MARK },
                             NULL);
  hs_test_record_add_moment (test, &(HsRecordMoment) { .time_ns = 9, .kind = HS_MOMENT_END }, NULL);
  map = create_map (test);
  history = hs_page_map_get_history (map);

  g_assert_cmpuint (hs_page_map_get_n_steps (map), ==, 4);
  g_assert_cmpuint (hs_page_map_count_steps (history), ==, 4);
  g_assert_true (hs_page_map_find_step (history, 1, &step));
  g_assert_cmpuint (step.n_samples, ==, 2);
  g_assert_false (hs_page_map_find_step (history, 4, &step));
  g_assert_cmpuint (hs_page_map_find_sample (map, 1, 0), ==, HS_NO_SAMPLE);
  g_assert_cmpuint (hs_page_map_find_sample (map, 0, 2), ==, 1);
  g_assert_cmpuint (hs_page_map_choose_step (history, 0), ==, 1);
  /* At the end all are closed: the last time at which there was most to see. */
  g_assert_cmpuint (hs_page_map_choose_step (history, 1), ==, 1);
  g_assert_cmpuint (hs_page_map_choose_step (history, HS_NO_MOMENT), ==, 1);
  g_assert_cmpuint (hs_page_map_choose_step (NULL, 0), ==, HS_NO_SAMPLE);
}

/* Against a replay */

/* Random runs into @runs, and what they make of @states. Returns: how many */
static guint
make_runs (GRand           *rand,
           HsRecordPageRun *runs,
           guint            n_most,
           guint8          *states,
           guint32          n_pages)
{
  guint   n = 0;
  guint32 page = 0;

  while (n < n_most)
    {
      guint32 first = page + (guint32)g_rand_int_range (rand, 0, 60);
      guint32 length = (guint32)g_rand_int_range (rand, 1, 30);
      guint32 state = (guint32)g_rand_int_range (rand, 0, 4) * (1 + g_rand_int_range (rand, 0, 3));

      if (first + length > n_pages)
        break;
      runs[n++] = (HsRecordPageRun) { first, length, state };
      memset (states + first, (int)state, length);
      page = first + length;
    }

  return n;
}

static void
check_spans (GArray       *spans,
             const guint8 *states)
{
  guint32 end = 0;

  for (guint i = 0; i < spans->len; i++)
    {
      const HsPageSpan *span = &g_array_index (spans, HsPageSpan, i);

      g_assert_cmpuint (span->first, >=, end);
      g_assert_cmpuint (span->end, >, span->first);
      g_assert_cmpuint (span->state, !=, 0);
      end = span->end;
    }
  for (guint32 page = 0; page < N_MOST; page++)
    g_assert_cmpuint (hs_page_spans_get_state (spans, page), ==, states[page]);
}

static void
check_cells (HsPageMap   *map,
             HsPageCells *changed,
             GArray      *spans)
{
  HsPageCells cells;

  hs_page_cells_init (&cells, map, 0, spans, changed->first_page, changed->n_pages,
                      changed->shift);
  g_assert_cmpuint (cells.n_cells, ==, changed->n_cells);
  for (guint32 i = 0; i < cells.n_cells; i++)
    g_assert_cmpmem (&cells.cells[i], sizeof (HsPageCell), &changed->cells[i],
                     sizeof (HsPageCell));
  hs_page_cells_clear (&cells);
}

static void
check_replay (HsPageMap    *map,
              guint         n_samples,
              const guint8 *states)
{
  g_autoptr(GArray) before = hs_page_map_dup_spans (map, 0);
  HsPageCells cells;

  hs_page_cells_init (&cells, map, 0, before, 64, N_MOST - 100, 4);
  for (guint i = 0; i < n_samples; i++)
    {
      g_autoptr(GArray) spans = hs_page_map_dup_spans (map, i);
      g_autoptr(GArray) next = NULL;

      check_spans (spans, states + (gsize)i * N_MOST);
      if (i == 0)
        continue;
      next = hs_page_map_dup_next_spans (map, i, before);
      check_spans (next, states + (gsize)i * N_MOST);
      hs_page_cells_change (&cells, map, i, before, next);
      if (i % 16 == 0)
        check_cells (map, &cells, next);
      g_clear_pointer (&before, g_array_unref);
      before = g_steal_pointer (&next);
    }
  hs_page_cells_clear (&cells);
}

static void
test_replay (void)
{
  enum
  {
    N_SAMPLES = 600
  };
  g_autoptr(GRand) rand = g_rand_new_with_seed (g_test_rand_int ());
  g_autoptr(HsTestRecord) test = hs_test_record_new ();
  g_autoptr(HsPageMap) map = NULL;
  g_autofree guint8 *states = g_malloc0 ((gsize)N_SAMPLES * N_MOST);
  HsRecordPageRun    runs[100];

  add_file (test, N_MOST, 0);
  for (guint i = 0; i < N_SAMPLES; i++)
    {
      guint8 *now = states + (gsize)i * N_MOST;
      guint32 n_pages = (guint32)g_rand_int_range (rand, N_MOST / 2, N_MOST + 1);
      guint   n;

      if (i > 0)
        memcpy (now, now - N_MOST, N_MOST);
      memset (now + n_pages, 0, N_MOST - n_pages);
      n = make_runs (rand, runs, (guint)g_rand_int_range (rand, 0, 100), now, n_pages);
      add_sample (test, i, 0, n_pages, 0, runs, n);
    }
  map = create_map (test);
  check_replay (map, N_SAMPLES, states);
}

/* As many pages as a record may have, and every one touched again and again. */
static void
test_large (void)
{
  g_autoptr(HsTestRecord) test = hs_test_record_new ();
  g_autoptr(HsPageMap) map = NULL;
  g_autoptr(GArray) spans = NULL;
  const HsRecordPageRun all[] = { { 0, G_MAXUINT32, HS_PAGE_MAPPED } };
  HsPageCells           cells;

  add_file (test, G_MAXUINT32, 0);
  for (guint i = 0; i < 20000; i++)
    add_sample (test, i, 0, G_MAXUINT32, 0, all, 1);
  map = create_map (test);
  spans = hs_page_map_dup_spans (map, 19999);
  g_assert_cmpuint (spans->len, ==, 1);
  hs_page_cells_init (&cells, map, 0, spans, 0, G_MAXUINT32, 18);
  g_assert_cmpuint (cells.n_cells, ==, 16384);
  g_assert_cmpuint (cells.cells[16383].n[HS_PAGE_CLASS_MAPPED], ==, (1u << 18) - 1);
  hs_page_cells_clear (&cells);
}

static void
test_nothing (void)
{
  g_autoptr(HsTestRecord) test = hs_test_record_new ();
  guint64 offset;
  guint64 size;
  g_autoptr(GBytes) result = hs_test_record_to_bytes (test, &offset, &size);
  g_autoptr(HsHistory) history = hs_history_new (result, offset, size, NULL, NULL);
  g_autoptr(GError) error = NULL;

  g_assert_nonnull (history);
  g_assert_null (hs_page_map_new (history, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (hs_page_map_new (NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_cmpuint (hs_page_map_count_steps (history), ==, 0);
  g_assert_cmpuint (hs_page_map_count_steps (NULL), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/page-map/example", test_example);
  g_test_add_func ("/page-map/hidden", test_hidden);
  g_test_add_func ("/page-map/describe", test_describe);
  g_test_add_func ("/page-map/resized", test_resized);
  g_test_add_func ("/page-map/steps", test_steps);
  g_test_add_func ("/page-map/replay", test_replay);
  g_test_add_func ("/page-map/large", test_large);
  g_test_add_func ("/page-map/nothing", test_nothing);

  return g_test_run ();
}
