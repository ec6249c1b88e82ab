/* test-rss-curve.c - the resident memory of runs of any length
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-record-view.h"
#include "hs-rss-curve.h"

#include <glib.h>

#define MS UINT64_C (1000000)

typedef struct
{
  HsRssCurve      curve;
  HsRecordHeader *record; /* owned */
  HsRecordView    view;
} Fixture;

static Fixture *
new_fixture (void)
{
  return g_new0 (Fixture, 1);
}

/* Writes into a record that is full of rubbish but for its head, as a process may leave
 * it, and reads it again.
 */
static void
finish (Fixture *self,
        uint64_t duration_ns)
{
  uint64_t size = hs_record_get_max_size ();

  self->record = g_malloc0 (size);
  hs_record_init (self->record, 4096);
  self->record->parts[HS_RECORD_RSS].offset = UINT64_MAX;
  self->record->parts[HS_RECORD_RSS].n = UINT64_MAX;
  hs_rss_curve_write (&self->curve, self->record, duration_ns);
  g_assert_cmpint (hs_record_view_init (&self->view, self->record, size, 0), ==,
                   HS_SNAPSHOT_STATUS_OK);
  g_assert_cmpuint (self->view.header.duration_ns, ==, duration_ns);
}

static void
free_fixture (Fixture *self)
{
  g_free (self->record);
  g_free (self);
}

static void
add (Fixture *self,
     uint64_t time_ns,
     uint64_t anon,
     uint64_t peak)
{
  HsSamplerMemory memory = { .anon = anon, .file = 4096, .shmem = 8192, .peak = peak };

  hs_rss_curve_add (&self->curve, time_ns, &memory, 8192);
}

static void
test_short (void)
{
  Fixture           *self = new_fixture ();
  const HsRecordRss *rows;

  add (self, 0, 100000, 112288);
  add (self, 3 * MS, 200000, 212288);
  add (self, 2 * MS, 900000, 912288); /* from before: left out */
  add (self, 6 * MS, 150000, 512288); /* and more in between */
  finish (self, 7 * MS);

  rows = self->view.rss;
  g_assert_cmpuint (self->view.n_rss, ==, 3);
  g_assert_cmpuint (rows[0].time_ns, ==, 0);
  g_assert_cmpuint (rows[0].rss_max, ==, 104096);
  g_assert_cmpuint (rows[0].shmem, ==, 0);
  g_assert_cmpuint (rows[1].rss_min, ==, 204096);
  g_assert_cmpuint (rows[1].rss_max, ==, 204096);
  g_assert_cmpuint (rows[2].rss_min, ==, 154096);
  g_assert_cmpuint (rows[2].rss_max, ==, 504096);
  g_assert_cmpuint (rows[2].anon, ==, 150000);
  free_fixture (self);
}

/* Several hours, a look every 10 ms. */
static void
test_long (void)
{
  const uint64_t n_looks = 2000000;
  Fixture       *self = new_fixture ();
  uint64_t       most = 0;
  uint64_t       longest_ns = 0;

  for (uint64_t i = 0; i < n_looks; i++)
    add (self, i * 10 * MS, i == 1234567 ? 77777777 : 5000000 + i % 1000, 1);
  finish (self, n_looks * 10 * MS);

  g_assert_cmpuint (self->view.n_rss, >, HS_RECORD_N_RSS_MAX / 2 - 2);
  g_assert_cmpuint (self->view.n_rss, <=, HS_RECORD_N_RSS_MAX);
  g_assert_cmpuint (self->view.rss[0].time_ns, ==, 0);
  g_assert_cmpuint (self->view.rss[0].anon, ==, 5000000);
  g_assert_cmpuint (self->view.rss[self->view.n_rss - 1].time_ns, ==, (n_looks - 1) * 10 * MS);
  for (uint32_t i = 1; i < self->view.n_rss; i++)
    {
      uint64_t span_ns = self->view.rss[i].time_ns - self->view.rss[i - 1].time_ns;

      longest_ns = MAX (longest_ns, span_ns);
      most = MAX (most, self->view.rss[i].rss_max);
    }
  g_assert_cmpuint (most, ==, 77777777 + 4096);
  /* The resolution that the record tells of. */
  g_assert_cmpuint (longest_ns, <=, 2 * self->view.header.rss_ns + 10 * MS);
  free_fixture (self);
}

static void
test_none (void)
{
  Fixture *self = new_fixture ();

  finish (self, 0);
  g_assert_cmpuint (self->view.n_rss, ==, 0);
  free_fixture (self);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rss-curve/short", test_short);
  g_test_add_func ("/rss-curve/long", test_long);
  g_test_add_func ("/rss-curve/none", test_none);

  return g_test_run ();
}
