/* test-snapshot-writer.c - what the writer makes, the reader accepts
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-snapshot-view.h"
#include "hs-snapshot-writer.h"
#include "hs-test-touch.h"

#include <glib.h>
#include <sys/mman.h>

typedef struct
{
  gpointer         area;
  gsize            size;
  HsSnapshotWriter writer;
} Fixture;

static void
set_up (Fixture      *self,
        gconstpointer user_data)
{
  self->size = GPOINTER_TO_SIZE (user_data);
  self->area = mmap (NULL, self->size, PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  g_assert_true (self->area != MAP_FAILED);
  hs_snapshot_writer_init (&self->writer, self->area, self->size);
}

static void
tear_down (Fixture      *self,
           gconstpointer user_data)
{
  munmap (self->area, self->size);
}

/* @n objects in a chain, with two blocks each. */
static void
write_chain (HsSnapshotWriter *writer,
             guint32           n)
{
  guint32 label = hs_snapshot_writer_add_string (writer, "next", 4);
  guint32 type = hs_snapshot_writer_add_type (writer, 0, label, HS_FAMILY_INSTANCE);
  guint32 scope = hs_snapshot_writer_add_scope (writer, HS_SCOPE_MODULE, label, 0, 0);

  for (guint32 i = 0; i < n; i++)
    if (hs_snapshot_writer_add_object (writer, 0x1000 + i * 16, type) == G_MAXUINT32)
      break;

  hs_snapshot_writer_add_name (writer, scope, label, 0);
  for (guint32 i = 0; i < writer->n_objects; i++)
    {
      hs_snapshot_writer_begin_object (writer);
      hs_snapshot_writer_add_block (writer, HS_BLOCK_MAIN, 0x1000 + i * 16, 48, 0);
      hs_snapshot_writer_add_block (writer, HS_BLOCK_VALUES, 0x2000 + i * 16, 32, 0);
      hs_snapshot_writer_add_edge (writer, HS_EDGE_ATTRIBUTE, label, (i + 1) % writer->n_objects);
    }
}

static void
check (Fixture        *self,
       HsSnapshotView *view)
{
  HsSnapshotInfo info = { .python_hex = 0x030b0200, .objects_seen = self->writer.n_objects };
  guint64        size = hs_snapshot_writer_finish (&self->writer, &info);

  g_assert_cmpuint (size, <=, self->size);
  g_assert_cmpint (hs_snapshot_view_init (view, self->area, size), ==, HS_SNAPSHOT_STATUS_OK);
  hs_test_touch_view (view);
}

static void
test_small (Fixture      *self,
            gconstpointer user_data)
{
  HsSnapshotView view;

  write_chain (&self->writer, 10);
  check (self, &view);

  g_assert_cmpuint (view.n_objects, ==, 10);
  g_assert_cmpuint (view.n_blocks, ==, 20);
  g_assert_cmpuint (view.edge_target[9], ==, 0);
  g_assert_cmpuint (view.block_occupied[19], ==, 32);
  g_assert_cmpstr (hs_snapshot_view_get_string (&view, view.edge_label[3]), ==, "next");
  g_assert_cmpuint (view.flags, ==, 0);
  /* Moved together, although the columns were far apart. */
  g_assert_cmpuint (((HsSnapshotHeader *)self->area)->total_size, <, 16 * 1024);
}

/* More than is moved together. */
static void
test_large (Fixture      *self,
            gconstpointer user_data)
{
  HsSnapshotView view;

  write_chain (&self->writer, 200000);
  check (self, &view);

  g_assert_cmpuint (view.n_objects, ==, 200000);
  g_assert_cmpuint (view.object_blocks[200000], ==, 400000);
  g_assert_cmpuint (view.flags, ==, 0);
}

static void
test_cut (Fixture      *self,
          gconstpointer user_data)
{
  HsSnapshotView view;

  write_chain (&self->writer, 1000000);
  check (self, &view);

  g_assert_cmpuint (view.n_objects, <, 1000000);
  g_assert_cmpuint (view.n_objects, >, 1000);
  g_assert_cmpuint (view.flags, ==, HS_SNAPSHOT_CUT);
}

static void
test_cut_strings (Fixture      *self,
                  gconstpointer user_data)
{
  HsSnapshotView view;

  while (!self->writer.is_cut)
    hs_snapshot_writer_add_string (&self->writer, "four", 4);
  check (self, &view);

  g_assert_cmpuint (view.flags, ==, HS_SNAPSHOT_CUT);
}

int
main (int    argc,
      char **argv)
{
  gpointer small = GSIZE_TO_POINTER (1024 * 1024);
  gpointer large = GSIZE_TO_POINTER (G_GUINT64_CONSTANT (4) << 30);

  g_test_init (&argc, &argv, NULL);

  g_test_add ("/snapshot-writer/small", Fixture, large, set_up, test_small, tear_down);
  g_test_add ("/snapshot-writer/large", Fixture, large, set_up, test_large, tear_down);
  g_test_add ("/snapshot-writer/cut", Fixture, small, set_up, test_cut, tear_down);
  g_test_add ("/snapshot-writer/cut-strings", Fixture, small, set_up, test_cut_strings, tear_down);

  return g_test_run ();
}
