/* test-picture-file.c - pictures that are opened again, ours and others
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>
#include <zlib.h>

#include "hs-export.h"
#include "hs-picture-file.h"
#include "hs-test-scenes.h"

/* ---- Files made by hand ---- */

static void
add_number (GByteArray *file,
            guint32     number)
{
  guint32 big = GUINT32_TO_BE (number);

  g_byte_array_append (file, (const guint8 *)&big, sizeof big);
}

static void
add_chunk (GByteArray *file,
           const char *name,
           const void *data,
           gsize       size)
{
  uLong crc = crc32 (crc32 (0, (const Bytef *)name, 4), data, (uInt)size);

  add_number (file, (guint32)size);
  g_byte_array_append (file, (const guint8 *)name, 4);
  g_byte_array_append (file, data, (guint)size);
  add_number (file, (guint32)(size == 0 ? crc32 (0, (const Bytef *)name, 4) : crc));
}

static GByteArray *
begin_file (void)
{
  static const guint8 header[] = { 0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0 };
  GByteArray         *file = g_byte_array_new ();

  g_byte_array_append (file, (const guint8 *)"\x89PNG\r\n\x1a\n", 8);
  add_chunk (file, "IHDR", header, sizeof header);

  return file;
}

static void
add_pixels (GByteArray *file)
{
  guint8 packed[64];
  uLongf size = sizeof packed;

  g_assert_cmpint (compress (packed, &size, (const Bytef *)"\0\0", 2), ==, Z_OK);
  add_chunk (file, "IDAT", packed, size);
}

#define add_text(file, name, text) add_chunk (file, name, text, sizeof text - 1)

/* @key ends with the bytes between it and the text. */
static void
add_packed (GByteArray *file,
            const char *name,
            const char *key,
            gsize       key_size,
            const void *text,
            gsize       size)
{
  uLongf             bound = compressBound (size);
  g_autofree guint8 *chunk = g_malloc (key_size + bound);

  memcpy (chunk, key, key_size);
  g_assert_cmpint (compress (chunk + key_size, &bound, text, size), ==, Z_OK);
  add_chunk (file, name, chunk, key_size + bound);
}

/* Takes @file. */
static HsPictureInfo *
read_file (GByteArray *file,
           GError    **error)
{
  g_autoptr (GBytes) bytes = g_byte_array_free_to_bytes (file);
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);

  return hs_picture_file_read (stream, "p.png", NULL, error);
}

static HsPictureInfo *
finish_file (GByteArray *file,
             GError    **error)
{
  add_chunk (file, "IEND", NULL, 0);

  return read_file (file, error);
}

#define SOFTWARE "Software\0Heapscape 0.1"

/* ---- Tests ---- */

static HsPictureInfo *
export_and_read (const HsPictureInfo *info)
{
  g_autofree char *folder = g_dir_make_tmp ("heapscape-picture-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "a.png", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFile) parent = g_file_new_for_path (folder);
  g_autoptr (HsScene) scene = hs_test_scene_new ();
  HsExportOptions options = { HS_EXPORT_PNG, 1, HS_THEME_LIGHT };
  g_autoptr (GFileInputStream) stream = NULL;
  g_autoptr (GError) error = NULL;
  HsPictureInfo *result;

  hs_export_scene (scene, info, &options, path, NULL, NULL, &error);
  g_assert_no_error (error);
  stream = g_file_read (file, NULL, &error);
  g_assert_no_error (error);
  result = hs_picture_file_read (G_INPUT_STREAM (stream), "a.png", NULL, &error);
  g_assert_no_error (error);
  g_file_delete (file, NULL, NULL);
  g_file_delete (parent, NULL, NULL);

  return result;
}

/* What is exported comes back, byte for byte: short and long, with and without other letters. */
static void
test_ours (void)
{
  static const char *const lines[] = { "x = 1\n", "s = '你好'\n", "t = 'é'\r\n\tx\n" };
  static const guint       counts[] = { 1, 1000, 50000 };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    for (guint j = 0; j < G_N_ELEMENTS (counts); j++)
      {
        GString *source = g_string_new (NULL);
        g_autoptr (HsPictureInfo) info = hs_picture_info_new ();
        g_autoptr (HsPictureInfo) read = NULL;

        for (guint k = 0; k < counts[j]; k++)
          g_string_append (source, lines[i]);
        info->source = g_string_free (source, FALSE);
        info->title = g_strdup ("名.py");
        info->python = g_strdup ("CPython 3.11.2");
        info->date = g_strdup ("2026-11-22 16:40");
        info->status = g_strdup ("finished");
        read = export_and_read (info);
        g_assert_cmpstr (read->source, ==, info->source);
        g_assert_cmpstr (read->title, ==, info->title);
        g_assert_cmpstr (read->python, ==, info->python);
        g_assert_cmpstr (read->date, ==, info->date);
        g_assert_cmpstr (read->status, ==, info->status);
        g_assert_null (read->figures);
      }
}

/* Other programs write the texts again, of another kind or behind the pixels. */
static void
test_rewritten (void)
{
  GByteArray *file = begin_file ();
  g_autoptr (GError) error = NULL;
  g_autoptr (HsPictureInfo) info = NULL;

  add_pixels (file);
  add_text (file, "iTXt", "Heapscape Python\0\0\0en\0Python\0CPython 3.12.1");
  add_packed (file, "iTXt", "Source Code\0\1\0zh\0\0", 18, "print('你')", strlen ("print('你')"));
  add_packed (file, "zTXt", "Creation Time\0\0", 15, "2026-11-22", 10);
  add_text (file, "tEXt", "Title\0caf\xe9.py");
  add_text (file, "tEXt", "Title\0second");
  info = finish_file (file, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (info->source, ==, "print('你')");
  g_assert_cmpstr (info->python, ==, "CPython 3.12.1");
  g_assert_cmpstr (info->date, ==, "2026-11-22");
  g_assert_cmpstr (info->title, ==, "café.py");
}

static void
expect_refusal (GByteArray *file,
                int         code,
                const char *part)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (finish_file (file, &error));
  g_assert_error (error, G_IO_ERROR, code);
  g_assert_nonnull (strstr (error->message, "p.png"));
  g_assert_nonnull (strstr (error->message, part));
}

static void
test_not_ours (void)
{
  GByteArray *file = begin_file ();

  add_pixels (file);
  expect_refusal (file, G_IO_ERROR_NOT_SUPPORTED, "no code of Heapscape");

  /* Somebody else's text of the same key. */
  file = begin_file ();
  add_text (file, "tEXt", "Source Code\0x = 1");
  add_text (file, "tEXt", "Software\0Heap");
  add_pixels (file);
  expect_refusal (file, G_IO_ERROR_NOT_SUPPORTED, "no code of Heapscape");

  /* Ours, of what had no code. */
  file = begin_file ();
  add_text (file, "tEXt", SOFTWARE);
  add_pixels (file);
  expect_refusal (file, G_IO_ERROR_NOT_SUPPORTED, "no code of Heapscape");
}

/* Texts that are none: not packed as they say, cut, with zeros or other letters than UTF-8 has. */
static void
test_bad_texts (void)
{
  static const struct
  {
    const char *name;
    const char *text;
    gsize       size;
  } chunks[] = {
#define CHUNK(name, text) { name, text, sizeof text - 1 }
    CHUNK ("tEXt", ""),
    CHUNK ("tEXt", "Source Code"),
    CHUNK ("tEXt", "Source Code\0a\0b"),
    CHUNK ("zTXt", "Source Code\0"),
    CHUNK ("zTXt", "Source Code\0\0"),
    CHUNK ("zTXt", "Source Code\0\0abc"),
    CHUNK ("zTXt", "Source Code\0\7abc"),
    CHUNK ("iTXt", "Source Code\0"),
    CHUNK ("iTXt", "Source Code\0\0"),
    CHUNK ("iTXt", "Source Code\0\0\0"),
    CHUNK ("iTXt", "Source Code\0\0\0en"),
    CHUNK ("iTXt", "Source Code\0\0\0en\0key"),
    CHUNK ("iTXt", "Source Code\0\0\0\0\0\xff\xfe"),
    CHUNK ("iTXt", "Source Code\0\1\0\0\0abc"),
    CHUNK ("iTXt", "Source Code\0\1\1\0\0abc"),
#undef CHUNK
  };

  for (guint i = 0; i < G_N_ELEMENTS (chunks); i++)
    {
      GByteArray *file = begin_file ();

      add_text (file, "tEXt", SOFTWARE);
      add_chunk (file, chunks[i].name, chunks[i].text, chunks[i].size);
      add_pixels (file);
      expect_refusal (file, G_IO_ERROR_NOT_SUPPORTED, "no code of Heapscape");
    }
}

/* Small files that become large: alone, and many of them. */
static void
test_bombs (void)
{
  gsize              size = HS_PICTURE_FILE_TEXTS_MAX + 1;
  g_autofree guint8 *text = g_malloc (size);
  GByteArray        *file = begin_file ();

  memset (text, 'x', size);
  add_text (file, "tEXt", SOFTWARE);
  add_packed (file, "zTXt", "Source Code\0\0", 13, text, size);
  add_pixels (file);
  expect_refusal (file, G_IO_ERROR_INVALID_DATA, "larger than 32 MiB");

  file = begin_file ();
  add_text (file, "tEXt", SOFTWARE);
  add_packed (file, "zTXt", "Source Code\0\0", 13, text, size / 2);
  add_packed (file, "iTXt", "Title\0\1\0\0\0", 10, text, size / 2 + 2);
  add_pixels (file);
  expect_refusal (file, G_IO_ERROR_INVALID_DATA, "larger than 32 MiB");
}

/* Each cut and each flipped bit: an error, or what is left of it. */
static void
test_damaged (void)
{
  GByteArray *file = begin_file ();
  g_autoptr (GBytes) whole = NULL;
  const guint8 *data;
  gsize         size;

  add_text (file, "tEXt", SOFTWARE);
  add_text (file, "tEXt", "Source Code\0x = 1");
  add_pixels (file);
  add_chunk (file, "IEND", NULL, 0);
  whole = g_byte_array_free_to_bytes (file);
  data = g_bytes_get_data (whole, &size);

  for (gsize i = 0; i < size; i++)
    {
      GByteArray *cut = g_byte_array_new ();
      GByteArray *flipped = g_byte_array_new ();
      g_autoptr (GError) error = NULL;
      g_autoptr (HsPictureInfo) info = NULL;

      g_byte_array_append (cut, data, (guint)i);
      g_assert_null (read_file (cut, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
      g_assert_nonnull (strstr (error->message, "damaged"));

      g_byte_array_append (flipped, data, (guint)size);
      flipped->data[i] ^= 0x10;
      info = read_file (flipped, NULL);
      g_assert_true (info == NULL || g_str_equal (info->source, "x = 1"));
    }
}

static void
test_cancelled (void)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data ("x", 1, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (hs_picture_file_read (stream, "p.png", cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/picture-file/ours", test_ours);
  g_test_add_func ("/picture-file/rewritten", test_rewritten);
  g_test_add_func ("/picture-file/not-ours", test_not_ours);
  g_test_add_func ("/picture-file/bad-texts", test_bad_texts);
  g_test_add_func ("/picture-file/bombs", test_bombs);
  g_test_add_func ("/picture-file/damaged", test_damaged);
  g_test_add_func ("/picture-file/cancelled", test_cancelled);

  return g_test_run ();
}
