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
  guint32 type =
    hs_snapshot_writer_add_type (writer, 0, label, HS_FAMILY_INSTANCE, HS_VALUE_NONE, 16);
  guint32 scope = hs_snapshot_writer_add_scope (writer, HS_SCOPE_MODULE, label, 0, 0);

  for (guint32 i = 0; i < n; i++)
    if (hs_snapshot_writer_add_object (writer, 0x1000 + i * 16, type, 1, 0, 0) == G_MAXUINT32)
      break;

  hs_snapshot_writer_add_name (writer, scope, label, 0);
  if (hs_snapshot_writer_add_code (writer, label, 7) != G_MAXUINT32)
    hs_snapshot_writer_add_constant (writer, HS_CONSTANT_NAME, 0);
  for (guint32 i = 0; i < writer->n_objects; i++)
    {
      hs_snapshot_writer_begin_object (writer);
      hs_snapshot_writer_set_main (writer, i, 48, 40, 0);
      hs_snapshot_writer_set_getsizeof (writer, i, 40);
      hs_snapshot_writer_add_block (writer, HS_BLOCK_VALUES, 0x2000 + i * 16, 32, 24, 0, 0);
      hs_snapshot_writer_add_edge (writer, HS_EDGE_ATTRIBUTE, label, (i + 1) % writer->n_objects);
    }
}

/* Returns: (transfer full): what @view looks into; to be freed with munmap() */
static gpointer
check (Fixture        *self,
       HsSnapshotView *view)
{
  HsSnapshotInfo info = { .python_hex = 0x030b0200, .objects_seen = self->writer.n_objects };
  guint64        size = hs_snapshot_writer_get_size (&self->writer);
  gpointer       target = mmap (NULL, self->size, PROT_READ | PROT_WRITE,
                                MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

  g_assert_true (target != MAP_FAILED);
  g_assert_cmpuint (size, <=, self->size);
  hs_snapshot_writer_finish (&self->writer, &info, target, NULL);
  g_assert_cmpuint (((HsSnapshotHeader *)target)->total_size, ==, size);
  g_assert_cmpint (hs_snapshot_view_init (view, target, size), ==, HS_SNAPSHOT_STATUS_OK);
  hs_test_touch_view (view);

  return target;
}

static void
test_small (Fixture      *self,
            gconstpointer user_data)
{
  HsSnapshotView  view;
  HsSnapshotBlock block;
  gpointer        target;
  guint32         first;

  write_chain (&self->writer, 10);
  target = check (self, &view);

  g_assert_cmpuint (view.n_objects, ==, 10);
  g_assert_cmpuint (view.n_blocks, ==, 10);
  g_assert_cmpuint (view.edge_target[9], ==, 0);
  g_assert_cmpuint (hs_snapshot_view_get_address (&view, 9), ==, 0x1000 + 9 * 16);
  g_assert_cmpuint (hs_snapshot_view_get_blocks (&view, 9, &first), ==, 1);
  hs_snapshot_view_get_block (&view, first, &block);
  g_assert_cmpuint (block.occupied, ==, 32);
  g_assert_cmpuint (block.requested, ==, HS_BYTES_UNKNOWN);
  g_assert_true (hs_snapshot_view_get_main_block (&view, 9, &block));
  g_assert_cmpuint (block.occupied, ==, 48);
  g_assert_cmpuint (block.address, ==, 0x1000 + 9 * 16 - 16);
  g_assert_cmpstr (hs_snapshot_view_get_string (&view, view.edge_label[3]), ==, "next");
  g_assert_cmpuint (view.flags, ==, 0);
  g_assert_cmpuint (view.n_constants, ==, 1);
  g_assert_cmpuint (view.code_line[view.constant_code[0]], ==, 7);
  /* Moved together, although the columns were far apart. */
  g_assert_cmpuint (((HsSnapshotHeader *)target)->total_size, <, 8 * 1024);
  munmap (target, self->size);
}

/* Values that the narrow columns have no room for, said in any order. */
static void
test_wide (Fixture      *self,
           gconstpointer user_data)
{
  HsSnapshotWriter *writer = &self->writer;
  HsSnapshotView    view;
  gpointer          target;
  guint32           type;

  writer->has_ledger = TRUE;
  writer->base_address = 0x1000000;
  type = hs_snapshot_writer_add_type (writer, 0, 0, HS_FAMILY_OTHER, HS_VALUE_LENGTH, 0);
  hs_snapshot_writer_add_site (writer, 0, 0, 0, 0, 0, 0, 0);

  hs_snapshot_writer_add_object (writer, 0x10, type, 255, 0, 7);
  hs_snapshot_writer_add_object (writer, 0x1000008, type, 254, 0, 8);
  hs_snapshot_writer_add_object (writer, 0x1000010, type, G_MAXUINT64, 0, HS_LENGTH_NONE);
  for (guint32 i = 3; i-- > 0;)
    {
      hs_snapshot_writer_set_main (writer, i, 0xffff * 16 + i * 16, 100, 0);
      hs_snapshot_writer_set_getsizeof (writer, i, i == 1 ? HS_BYTES_UNKNOWN : 0xfffe + i);
    }
  for (guint32 i = 0; i < 3; i++)
    hs_snapshot_writer_begin_object (writer);
  target = check (self, &view);

  g_assert_cmphex (hs_snapshot_view_get_address (&view, 0), ==, 0x10);
  g_assert_cmphex (hs_snapshot_view_get_address (&view, 1), ==, 0x1000008);
  g_assert_cmphex (hs_snapshot_view_get_address (&view, 2), ==, 0x1000010);
  g_assert_cmpuint (hs_snapshot_view_get_refcount (&view, 0), ==, 255);
  g_assert_cmpuint (hs_snapshot_view_get_refcount (&view, 1), ==, 254);
  g_assert_cmpuint (hs_snapshot_view_get_refcount (&view, 2), ==, HS_REFCOUNT_MAX);
  g_assert_cmpuint (hs_snapshot_view_get_length (&view, 1), ==, 8);
  g_assert_cmpuint (hs_snapshot_view_get_length (&view, 2), ==, HS_LENGTH_NONE);
  g_assert_cmpuint (hs_snapshot_view_get_getsizeof (&view, 0), ==, 0xfffe);
  g_assert_cmpuint (hs_snapshot_view_get_getsizeof (&view, 1), ==, HS_BYTES_UNKNOWN);
  g_assert_cmpuint (hs_snapshot_view_get_getsizeof (&view, 2), ==, 0x10000);
  for (guint32 i = 0; i < 3; i++)
    {
      HsSnapshotBlock block;

      g_assert_true (hs_snapshot_view_get_main_block (&view, i, &block));
      g_assert_cmpuint (block.occupied, ==, 0xffff * 16 + i * 16);
      g_assert_cmpuint (block.requested, ==, 100);
    }
  munmap (target, self->size);
}

static void
test_large (Fixture      *self,
            gconstpointer user_data)
{
  HsSnapshotView view;
  gpointer       target;

  write_chain (&self->writer, 200000);
  target = check (self, &view);

  g_assert_cmpuint (view.n_objects, ==, 200000);
  g_assert_cmpuint (view.n_blocks, ==, 200000);
  g_assert_cmpuint (view.flags, ==, 0);
  munmap (target, self->size);
}

static void
test_cut (Fixture      *self,
          gconstpointer user_data)
{
  HsSnapshotView view;
  gpointer       target;

  write_chain (&self->writer, 1000000);
  target = check (self, &view);

  g_assert_cmpuint (view.n_objects, <, 1000000);
  g_assert_cmpuint (view.n_objects, >, 1000);
  g_assert_cmpuint (view.flags, ==, HS_SNAPSHOT_CUT);
  munmap (target, self->size);
}

static void
test_cut_strings (Fixture      *self,
                  gconstpointer user_data)
{
  HsSnapshotView view;
  gpointer       target;

  while (!self->writer.is_cut)
    hs_snapshot_writer_add_string (&self->writer, "four", 4);
  target = check (self, &view);

  g_assert_cmpuint (view.flags, ==, HS_SNAPSHOT_CUT);
  munmap (target, self->size);
}

/* Previews leave room for what else is text. */
static void
test_lost_previews (Fixture      *self,
                    gconstpointer user_data)
{
  HsSnapshotWriter *writer = &self->writer;
  const guint64     hash = G_GUINT64_CONSTANT (0x0123456789abcdef);
  HsSnapshotView    view;
  gpointer          target;
  guint32           label;

  g_assert_cmpuint (hs_snapshot_writer_add_preview (writer, "", 0, NULL), ==, 0);
  g_assert_cmpuint (writer->lost_previews, ==, 0);
  while (hs_snapshot_writer_add_preview (writer, "'four'", 6, &hash) != 0)
    ;
  while (hs_snapshot_writer_add_preview (writer, "'four'", 6, NULL) != 0)
    ;
  label = hs_snapshot_writer_add_string (writer, "label", 5);
  g_assert_cmpuint (label, !=, 0);
  g_assert_false (writer->is_fields_full);
  while (hs_snapshot_writer_add_field_text (writer, "x", 1) != 0)
    ;
  g_assert_true (writer->is_fields_full);
  target = check (self, &view);

  g_assert_cmpuint (view.flags, ==, 0);
  g_assert_cmpuint (view.info.lost_previews, ==, 2);
  g_assert_cmpstr (view.strings + label, ==, "label");
  munmap (target, self->size);
}

int
main (int    argc,
      char **argv)
{
  gpointer small = GSIZE_TO_POINTER (2 * 1024 * 1024);
  gpointer large = GSIZE_TO_POINTER (G_GUINT64_CONSTANT (4) << 30);

  g_test_init (&argc, &argv, NULL);

  g_test_add ("/snapshot-writer/small", Fixture, large, set_up, test_small, tear_down);
  g_test_add ("/snapshot-writer/wide", Fixture, large, set_up, test_wide, tear_down);
  g_test_add ("/snapshot-writer/large", Fixture, large, set_up, test_large, tear_down);
  g_test_add ("/snapshot-writer/cut", Fixture, small, set_up, test_cut, tear_down);
  g_test_add ("/snapshot-writer/cut-strings", Fixture, small, set_up, test_cut_strings, tear_down);
  g_test_add ("/snapshot-writer/lost-previews", Fixture, small, set_up, test_lost_previews,
              tear_down);

  return g_test_run ();
}
