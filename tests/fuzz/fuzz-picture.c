/* fuzz-picture.c - the reader of pictures that are opened again, under libFuzzer or on mutants
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A short run with made-up mutants, the same ones each time, is a test. A longer one by hand, with
 * others, best built with the address and undefined behaviour sanitizers:
 *
 *   fuzz-picture [MUTANTS [SEED]]
 *
 * With -DHS_FUZZ_BY_COVERAGE and clang's -fsanitize=fuzzer it has no main() of its own.
 */

#include "config.h"

#include <stdint.h>
#include <string.h>
#include <zlib.h>

#include "hs-picture-file.h"

int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t         size);

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  /* Of exactly that size: a read behind it is found. */
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);
  g_autoptr (GError) error = NULL;
  g_autoptr (HsPictureInfo) info = hs_picture_file_read (stream, "p", NULL, &error);

  g_assert_true ((info == NULL) == (error != NULL));
  if (info != NULL)
    {
      g_assert_true (g_utf8_validate (info->source, -1, NULL));
      g_assert_true (info->title == NULL || g_utf8_validate (info->title, -1, NULL));
    }
  else
    g_assert_true (g_utf8_validate (error->message, -1, NULL));

  return 0;
}

#ifndef HS_FUZZ_BY_COVERAGE

#define N_MUTANTS 100000
#define SEED      20260101

/* One part of a file, between signature and end. */
typedef struct
{
  char        name[5];
  GByteArray *data;
} Chunk;

static void
chunk_clear (gpointer data)
{
  g_byte_array_unref (((Chunk *)data)->data);
}

static void
add_chunk (GArray     *chunks,
           const char *name,
           const void *data,
           gsize       size)
{
  Chunk chunk = { .data = g_byte_array_new () };

  g_strlcpy (chunk.name, name, sizeof chunk.name);
  g_byte_array_append (chunk.data, data, (guint)size);
  g_array_append_val (chunks, chunk);
}

#define add_text(chunks, name, text) add_chunk (chunks, name, text, sizeof text - 1)

static void
add_packed (GArray     *chunks,
            const char *name,
            const char *key,
            gsize       key_size,
            const char *text)
{
  guint8 chunk[256];
  uLongf size = sizeof chunk - key_size;

  memcpy (chunk, key, key_size);
  g_assert_cmpint (compress (chunk + key_size, &size, (const Bytef *)text, strlen (text)), ==,
                   Z_OK);
  add_chunk (chunks, name, chunk, key_size + size);
}

/* Small, with each kind of text. */
static GArray *
make_seed (void)
{
  static const guint8 header[] = { 0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0 };
  GArray             *chunks = g_array_new (FALSE, FALSE, sizeof (Chunk));

  g_array_set_clear_func (chunks, chunk_clear);
  add_chunk (chunks, "IHDR", header, sizeof header);
  add_text (chunks, "tEXt", "Software\0Heapscape 1");
  add_packed (chunks, "zTXt", "Title\0\0", 7, "title");
  add_text (chunks, "iTXt", "Heapscape Python\0\0\0en\0key\0Python");
  add_packed (chunks, "iTXt", "Source Code\0\1\0zh\0\0", 18, "print('你好')\n");
  add_packed (chunks, "IDAT", "", 0, "");
  add_chunk (chunks, "IEND", "", 0);

  return chunks;
}

static void
add_number (GByteArray *file,
            guint32     number)
{
  guint32 big = GUINT32_TO_BE (number);

  g_byte_array_append (file, (const guint8 *)&big, sizeof big);
}

/* With sums that fit what was changed: those that do not are refused at once. */
static GByteArray *
write_file (GArray *chunks,
            GRand  *random)
{
  GByteArray *file = g_byte_array_new ();

  g_byte_array_append (file, (const guint8 *)"\x89PNG\r\n\x1a\n", 8);
  for (guint i = 0; i < chunks->len; i++)
    {
      Chunk *chunk = &g_array_index (chunks, Chunk, i);
      uLong  crc = crc32 (0, (const Bytef *)chunk->name, 4);

      if (chunk->data->len > 0)
        crc = crc32 (crc, chunk->data->data, chunk->data->len);
      add_number (file, g_rand_int_range (random, 0, 200) == 0 ? g_rand_int (random)
                                                               : chunk->data->len);
      g_byte_array_append (file, (const guint8 *)chunk->name, 4);
      g_byte_array_append (file, chunk->data->data, chunk->data->len);
      add_number (file, (guint32)crc);
    }

  return file;
}

static void
mutate (GArray *chunks,
        GRand  *random)
{
  static const char *const names[] = { "tEXt", "zTXt", "iTXt", "IDAT", "iCCP", "tRNS", "PLTE" };

  for (int n = g_rand_int_range (random, 1, 4); n > 0; n--)
    {
      Chunk *chunk =
        &g_array_index (chunks, Chunk, g_rand_int_range (random, 0, (gint32)chunks->len));
      gint32 size = (gint32)chunk->data->len;

      switch (g_rand_int_range (random, 0, 4))
        {
        case 0:
          g_strlcpy (chunk->name, names[g_rand_int_range (random, 0, G_N_ELEMENTS (names))],
                     sizeof chunk->name);
          break;
        case 1:
          g_byte_array_set_size (chunk->data, (guint)g_rand_int_range (random, 0, size + 1));
          break;
        default:
          if (size > 0)
            chunk->data->data[g_rand_int_range (random, 0, size)] =
              g_rand_boolean (random) ? (guint8)g_rand_int_range (random, 0, 3)
                                      : (guint8)g_rand_int (random);
        }
    }
}

int
main (int    argc,
      char **argv)
{
  guint64 n_mutants = argc > 1 ? g_ascii_strtoull (argv[1], NULL, 10) : N_MUTANTS;
  guint32 start = argc > 2 ? (guint32)g_ascii_strtoull (argv[2], NULL, 10) : SEED;
  g_autoptr (GRand) random = g_rand_new_with_seed (start);

  for (guint64 i = 0; i < n_mutants; i++)
    {
      g_autoptr (GArray) chunks = make_seed ();
      g_autoptr (GByteArray) file = NULL;

      mutate (chunks, random);
      file = write_file (chunks, random);
      if (g_rand_int_range (random, 0, 20) == 0)
        g_byte_array_set_size (file, (guint)g_rand_int_range (random, 0, (gint32)file->len));
      LLVMFuzzerTestOneInput (file->data, file->len);
    }

  return 0;
}

#endif
