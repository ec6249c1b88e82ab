/* test-export.c - pictures as files
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>
#include <math.h>
#include <png.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hs-export-private.h"
#include "hs-test-scenes.h"

typedef struct
{
  char          *folder;
  HsScene       *scene;
  HsPictureInfo *info;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("heapscape-export-XXXXXX", NULL);
  fixture->scene = hs_test_scene_new ();
  fixture->info = hs_picture_info_new ();
  fixture->info->title = g_strdup ("t.py");
  fixture->info->python = g_strdup ("CPython 3.11.2");
  fixture->info->date = g_strdup ("2026-11-22 16:40");
  fixture->info->method = g_strdup ("pool headers, 内存");
  fixture->info->figures = g_strdup ("5 objects");
  fixture->info->source = g_strdup ("print('你好')\n");
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  g_autoptr (GDir) folder = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  hs_scene_unref (fixture->scene);
  hs_picture_info_free (fixture->info);
}

static char *
dup_path (Fixture    *fixture,
          const char *name)
{
  return g_build_filename (fixture->folder, name, NULL);
}

static guint
count_files (Fixture *fixture)
{
  g_autoptr (GDir) folder = g_dir_open (fixture->folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (folder) != NULL)
    n++;

  return n;
}

typedef struct
{
  guint       width;
  guint       height;
  GHashTable *texts;
} Png;

/* Reads the whole file, so that a broken one fails here. */
static void
read_png (const char *path,
          Png        *result)
{
  FILE       *file = g_fopen (path, "rb");
  guint8      signature[8];
  png_structp png = png_create_read_struct (PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
  png_infop   info = png_create_info_struct (png);
  png_textp   texts = NULL;
  int         n_texts = 0;

  g_assert_nonnull (file);
  g_assert_cmpuint (fread (signature, 1, 8, file), ==, 8);
  g_assert_cmpmem (signature, 8, "\x89PNG\r\n\x1a\n", 8);
  g_assert_cmpint (setjmp (png_jmpbuf (png)), ==, 0);
  png_init_io (png, file);
  png_set_sig_bytes (png, 8);
  png_read_png (png, info, PNG_TRANSFORM_IDENTITY, NULL);
  result->width = png_get_image_width (png, info);
  result->height = png_get_image_height (png, info);
  result->texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  png_get_text (png, info, &texts, &n_texts);
  for (int i = 0; i < n_texts; i++)
    g_hash_table_insert (result->texts, g_strdup (texts[i].key), g_strdup (texts[i].text));
  png_destroy_read_struct (&png, &info, NULL);
  fclose (file);
}

static void
test_png (Fixture      *fixture,
          gconstpointer data)
{
  static const double scales[] = { 1, 2, 4 };
  Png                 first = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (scales); i++)
    {
      HsExportOptions  options = { HS_EXPORT_PNG, scales[i], HS_THEME_LIGHT };
      g_autofree char *path = dup_path (fixture, "a.png");
      g_autoptr (GError) error = NULL;
      g_auto (GStrv) files = NULL;
      Png png;

      hs_export_scene (fixture->scene, fixture->info, &options, path, &files, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (files[0], ==, path);
      g_assert_null (files[1]);
      read_png (path, &png);
      if (i == 0)
        first = png;
      g_assert_cmpuint (png.width, ==, (guint)(first.width * scales[i]));
      g_assert_cmpuint (png.height, ==, (guint)(first.height * scales[i]));
      g_assert_cmpstr (g_hash_table_lookup (png.texts, "Title"), ==, "t.py");
      g_assert_cmpstr (g_hash_table_lookup (png.texts, "Software"), ==,
                       "Heapscape " PACKAGE_VERSION);
      g_assert_cmpstr (g_hash_table_lookup (png.texts, "Creation Time"), ==, "2026-11-22 16:40");
      g_assert_cmpstr (g_hash_table_lookup (png.texts, "Heapscape Python"), ==, "CPython 3.11.2");
      g_assert_cmpstr (g_hash_table_lookup (png.texts, "Heapscape Method"), ==, "pool headers, 内存");
      g_assert_cmpstr (g_hash_table_lookup (png.texts, "Heapscape Figures"), ==, "5 objects");
      g_assert_cmpstr (g_hash_table_lookup (png.texts, "Source Code"), ==, "print('你好')\n");
      g_assert_nonnull (g_hash_table_lookup (png.texts, "Description"));
      if (i > 0)
        g_hash_table_unref (png.texts);
    }
  g_hash_table_unref (first.texts);
  g_assert_cmpuint (count_files (fixture), ==, 1);
}

/* Past Cairo's 32767 pixels the picture comes in tiles that make the whole. */
static void
test_tiles (Fixture      *fixture,
            gconstpointer data)
{
  g_autoptr (HsScene) scene = hs_test_scene_new_high (1400);
  HsExportOptions  options = { HS_EXPORT_PNG, 1, HS_THEME_LIGHT };
  g_autofree char *path = dup_path (fixture, "a.b.png");
  g_autofree char *first = dup_path (fixture, "a.b-1-1.png");
  g_autofree char *second = dup_path (fixture, "a.b-2-1.png");
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) files = NULL;
  Png    tiles[2];
  HsRect extents;

  hs_scene_get_extents (scene, &extents);
  g_assert_cmpfloat (extents.height, >, 32767);
  hs_export_scene (scene, fixture->info, &options, path, &files, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (files), ==, 2);
  g_assert_cmpstr (files[0], ==, first);
  g_assert_cmpstr (files[1], ==, second);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));

  read_png (first, &tiles[0]);
  read_png (second, &tiles[1]);
  g_assert_cmpuint (tiles[0].width, ==, tiles[1].width);
  g_assert_cmpuint (tiles[0].height + tiles[1].height, >, (guint)extents.height);
  g_assert_cmpuint (tiles[0].height, <=, 32767);
  g_hash_table_unref (tiles[0].texts);
  g_hash_table_unref (tiles[1].texts);

  /* The clipboard takes one image only. */
  g_assert_null (hs_export_scene_to_bytes (scene, fixture->info, &options, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, "too large"));
}

static void
test_formats (Fixture      *fixture,
              gconstpointer data)
{
  static const struct
  {
    const char *name;
    const char *start;
    const char *part;
  } formats[] = {
    { "a.svg", "<?xml version=\"1.0\"", "<svg" },
    { "a.PDF", "%PDF-1.", "/Title (t.py)" },
    { "b.pdf", "%PDF-1.", "/CreationDate (202611221640" },
    { "a.txt", "", "'north'" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      HsExportOptions  options = { HS_EXPORT_PNG, 1, HS_THEME_DARK };
      g_autofree char *path = dup_path (fixture, formats[i].name);
      g_autofree char *text = NULL;
      gsize            length;
      g_autoptr (GError) error = NULL;

      g_assert_true (hs_export_format_from_path (path, &options.format));
      hs_export_scene (fixture->scene, fixture->info, &options, path, NULL, NULL, &error);
      g_assert_no_error (error);
      g_file_get_contents (path, &text, &length, &error);
      g_assert_no_error (error);
      g_assert_true (g_str_has_prefix (text, formats[i].start));
      g_assert_nonnull (memmem (text, length, formats[i].part, strlen (formats[i].part)));
    }
}

static void
test_text (Fixture      *fixture,
           gconstpointer data)
{
  HsExportOptions  options = { HS_EXPORT_TEXT, 1, HS_THEME_LIGHT };
  g_autofree char *path = dup_path (fixture, "a.txt");
  g_autofree char *text = NULL;
  g_autofree char *graph = hs_graph_to_text (hs_graph_scene_get_graph (fixture->scene));
  g_autofree char *expected = NULL;
  g_autoptr (GError) error = NULL;

  expected = g_strconcat (graph,
                          "\nt.py  ·  CPython 3.11.2  ·  2026-11-22 16:40\n"
                          "5 objects  ·  pool headers, 内存\n",
                          NULL);
  hs_export_scene (fixture->scene, fixture->info, &options, path, NULL, NULL, &error);
  g_assert_no_error (error);
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_endings (void)
{
  HsExportFormat format = HS_EXPORT_TEXT;

  g_assert_true (hs_export_format_from_path ("x.PNG", &format));
  g_assert_cmpint (format, ==, HS_EXPORT_PNG);
  g_assert_true (hs_export_format_from_path ("/a.b/c.svg", &format));
  g_assert_cmpint (format, ==, HS_EXPORT_SVG);
  g_assert_false (hs_export_format_from_path ("x.jpg", &format));
  g_assert_false (hs_export_format_from_path ("png", &format));
  g_assert_false (hs_export_format_from_path (".png", &format));
  g_assert_false (hs_export_format_from_path ("", &format));
}

/* The error names the file and the reason; there is no half file. */
static void
test_unwritable (Fixture      *fixture,
                 gconstpointer data)
{
  static const char *const names[] = { "none/a.png", "none/a.svg", "none/a.pdf", "none/a.txt" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      HsExportOptions  options = { HS_EXPORT_PNG, 1, HS_THEME_LIGHT };
      g_autofree char *path = dup_path (fixture, names[i]);
      g_autoptr (GError) error = NULL;

      g_assert_true (hs_export_format_from_path (path, &options.format));
      g_assert_false (
        hs_export_scene (fixture->scene, fixture->info, &options, path, NULL, NULL, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
      g_assert_nonnull (strstr (error->message, path));
      g_assert_nonnull (strstr (error->message, g_strerror (ENOENT)));
    }
  g_assert_cmpuint (count_files (fixture), ==, 0);
}

/* A full disk: what was there before is still there, nothing lies beside it. */
static void
test_full (Fixture      *fixture,
           gconstpointer data)
{
  static const char *const endings[] = { "png", "svg", "pdf", "txt" };

  if (!g_file_test ("/dev/full", G_FILE_TEST_EXISTS))
    {
      g_test_skip ("there is no /dev/full");
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      HsExportOptions  options = { (HsExportFormat)i, 1, HS_THEME_LIGHT };
      g_autofree char *name = g_strconcat ("full.", endings[i], NULL);
      g_autofree char *path = dup_path (fixture, name);
      g_autoptr (GError) error = NULL;
      struct stat status;

      g_assert_cmpint (symlink ("/dev/full", path), ==, 0);
      g_assert_false (
        hs_export_scene (fixture->scene, fixture->info, &options, path, NULL, NULL, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
      g_assert_cmpint (stat ("/dev/full", &status), ==, 0);
      g_assert_true (S_ISCHR (status.st_mode));
    }
}

/* In the middle of writing: nothing of the new file stays, all of the old one does. */
static void
test_cancelled_late (Fixture      *fixture,
                     gconstpointer data)
{
  g_autofree char *path = dup_path (fixture, "a.pdf");
  g_autofree char *text = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  HsOutput output;

  g_file_set_contents (path, "before", -1, NULL);
  g_assert_true (_hs_output_open (&output, path, cancellable, &error));
  g_assert_true (_hs_output_write (&output, "begin", 5));
  g_cancellable_cancel (cancellable);
  g_assert_false (_hs_output_write (&output, "end", 3));
  g_assert_false (_hs_output_commit (&output, &error));
  _hs_output_clear (&output);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_file_get_contents (path, &text, NULL, NULL);
  g_assert_cmpstr (text, ==, "before");
  g_assert_cmpuint (count_files (fixture), ==, 1);
}

static void
test_cancelled (Fixture      *fixture,
                gconstpointer data)
{
  HsExportOptions  options = { HS_EXPORT_PNG, 1, HS_THEME_LIGHT };
  g_autofree char *path = dup_path (fixture, "a.png");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  g_file_set_contents (path, "before", -1, NULL);
  g_cancellable_cancel (cancellable);
  g_assert_false (
    hs_export_scene (fixture->scene, fixture->info, &options, path, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_file_get_contents (path, &text, NULL, NULL);
  g_assert_cmpstr (text, ==, "before");
  g_assert_cmpuint (count_files (fixture), ==, 1);
}

/* A link stays a link, the mode of a file stays as it was. */
static void
test_replaced (Fixture      *fixture,
               gconstpointer data)
{
  HsExportOptions  options = { HS_EXPORT_TEXT, 1, HS_THEME_LIGHT };
  g_autofree char *path = dup_path (fixture, "a.txt");
  g_autofree char *link = dup_path (fixture, "link.txt");
  g_autoptr (GError) error = NULL;
  struct stat status;

  g_file_set_contents (path, "before", -1, NULL);
  g_assert_cmpint (g_chmod (path, 0640), ==, 0);
  g_assert_cmpint (symlink ("a.txt", link), ==, 0);
  hs_export_scene (fixture->scene, fixture->info, &options, link, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
  g_assert_cmpint (stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 07777, ==, 0640);
  g_assert_cmpint (status.st_size, >, 100);
}

/* What is made in memory is what is in a file. */
static void
test_bytes (Fixture      *fixture,
            gconstpointer data)
{
  static const char *const names[] = { "a.png", "a.svg", "a.pdf", "a.txt" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      HsExportOptions  options = { (HsExportFormat)i, 2, HS_THEME_DARK };
      g_autofree char *path = dup_path (fixture, names[i]);
      g_autofree char *text = NULL;
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (GError) error = NULL;
      gsize size;

      hs_export_scene (fixture->scene, fixture->info, &options, path, NULL, NULL, &error);
      g_assert_no_error (error);
      g_file_get_contents (path, &text, &size, &error);
      g_assert_no_error (error);
      bytes = hs_export_scene_to_bytes (fixture->scene, fixture->info, &options, NULL, &error);
      g_assert_no_error (error);
      /* Cairo numbers what is in an SVG and a PDF on and on. */
      if (i == HS_EXPORT_PNG || i == HS_EXPORT_TEXT)
        g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), text, size);
      g_assert_cmpmem (g_bytes_get_data (bytes, NULL), 5, text, 5);
      g_assert_cmpuint (g_bytes_get_size (bytes), >, size / 2);

      g_cancellable_cancel (cancellable);
      g_assert_null (
        hs_export_scene_to_bytes (fixture->scene, fixture->info, &options, cancellable, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    }
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/export/png", test_png);
  ADD ("/export/tiles", test_tiles);
  ADD ("/export/formats", test_formats);
  ADD ("/export/text", test_text);
  g_test_add_func ("/export/endings", test_endings);
  ADD ("/export/unwritable", test_unwritable);
  ADD ("/export/full", test_full);
  ADD ("/export/cancelled", test_cancelled);
  ADD ("/export/cancelled-late", test_cancelled_late);
  ADD ("/export/replaced", test_replaced);
  ADD ("/export/bytes", test_bytes);

  return g_test_run ();
}
