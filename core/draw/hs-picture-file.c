/* hs-picture-file.c - what a PNG that was exported says about its run, and its code
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-picture-file.h"

#include <glib/gi18n-lib.h>
#include <png.h>
#include <string.h>
#include <zlib.h>

/* libpng finds the chunks and checks them. Texts come to us as they are in the file: it would
 * unpack each on its own, with a limit for one but none for all of them.
 */

/* PNG (third edition), 11.3.3.1: of a keyword. Bytes. */
#define KEY_MAX 79

typedef struct
{
  GInputStream  *stream;      /* borrowed */
  GCancellable  *cancellable; /* borrowed */
  GError        *error;       /* of reading */
  HsPictureInfo *info;        /* owned */
  gsize          n_left;      /* of HS_PICTURE_FILE_TEXTS_MAX */
  gboolean       is_ours;     /* some text is one that only we write */
  gboolean       is_large;    /* a text did not fit into n_left */
} Reader;

static void
read_cb (png_structp png,
         png_bytep   data,
         png_size_t  length)
{
  Reader *reader = png_get_io_ptr (png);
  gsize   n = 0;

  if (g_cancellable_set_error_if_cancelled (reader->cancellable, &reader->error) ||
      !g_input_stream_read_all (reader->stream, data, length, &n, reader->cancellable,
                                &reader->error) ||
      n < length)
    png_error (png, "read error");
}

static void
error_cb (png_structp     png,
          png_const_charp message)
{
  g_debug ("libpng: %s", message);
  png_longjmp (png, 1);
}

static void
warning_cb (png_structp     png,
            png_const_charp message)
{
  g_debug ("libpng: %s", message);
}

/* ---- One text ---- */

/* Where a text of this key is kept; NULL: nobody asks for it. */
static char **
find_field (HsPictureInfo *info,
            const char    *key)
{
  if (g_str_equal (key, "Title"))
    return &info->title;
  if (g_str_equal (key, "Creation Time"))
    return &info->date;
  if (g_str_equal (key, "Heapscape Python"))
    return &info->python;
  if (g_str_equal (key, "Heapscape Method"))
    return &info->method;
  if (g_str_equal (key, "Heapscape Figures"))
    return &info->figures;
  if (g_str_equal (key, "Heapscape Status"))
    return &info->status;
  if (g_str_equal (key, "Source Code"))
    return &info->source;

  return NULL;
}

/* Returns: (transfer full) (nullable): NULL if it is no zlib stream, or larger than what is left
 */
static GString *
unpack (Reader       *reader,
        const guint8 *data,
        gsize         size)
{
  z_stream stream = { 0 };
  guint8   buffer[16 * 1024];
  GString *text;
  int      status = Z_OK;

  if (inflateInit (&stream) != Z_OK)
    return NULL;

  text = g_string_new (NULL);
  stream.next_in = (Bytef *)data;
  stream.avail_in = (uInt)size;
  while (status == Z_OK && !reader->is_large)
    {
      gsize n;

      stream.next_out = buffer;
      stream.avail_out = sizeof buffer;
      status = inflate (&stream, Z_NO_FLUSH);
      n = sizeof buffer - stream.avail_out;
      reader->is_large = n > reader->n_left - text->len;
      if (!reader->is_large)
        g_string_append_len (text, (const char *)buffer, (gssize)n);
    }
  inflateEnd (&stream);
  if (status != Z_STREAM_END || reader->is_large)
    {
      g_string_free (text, TRUE);
      return NULL;
    }

  return text;
}

/* Returns: where the next part begins; NULL if this one has no end */
static const guint8 *
skip_part (const guint8 *data,
           const guint8 *end)
{
  const guint8 *zero = memchr (data, 0, (gsize)(end - data));

  return zero != NULL ? zero + 1 : NULL;
}

/* UTF-8 or, in the older kinds of chunks, Latin-1. Returns: (transfer full) (nullable) */
static char *
decode (const char *text,
        gsize       size,
        gboolean    is_utf8)
{
  if (memchr (text, 0, size) != NULL)
    return NULL;
  if (is_utf8)
    return g_utf8_validate (text, (gssize)size, NULL) ? g_strndup (text, size) : NULL;

  return g_convert (text, (gssize)size, "UTF-8", "ISO-8859-1", NULL, NULL, NULL);
}

/* Puts the text after the key into *@field, the first of its key. @name: of the chunk */
static void
keep_text (Reader       *reader,
           const char   *name,
           const guint8 *data,
           const guint8 *end,
           char        **field)
{
  gboolean is_international = g_str_equal (name, "iTXt");
  gboolean is_packed = g_str_equal (name, "zTXt");
  g_autoptr (GString) unpacked = NULL;

  if (is_international && end - data >= 2)
    {
      is_packed = data[0] != 0;
      data++; /* at the method, as in zTXt */
    }
  if (is_packed || is_international)
    {
      if (data == end || data[0] != 0) /* zlib is the only method */
        return;
      data++;
    }
  if (is_international)
    {
      data = skip_part (data, end);                       /* the language */
      data = data != NULL ? skip_part (data, end) : NULL; /* the key in that language */
      if (data == NULL)
        return;
    }

  if (is_packed)
    {
      unpacked = unpack (reader, data, (gsize)(end - data));
      if (unpacked == NULL)
        return;
      *field = decode (unpacked->str, unpacked->len, is_international);
    }
  else if ((gsize)(end - data) > reader->n_left)
    reader->is_large = TRUE;
  else
    *field = decode ((const char *)data, (gsize)(end - data), is_international);

  if (*field != NULL)
    reader->n_left -= MIN (strlen (*field), reader->n_left);
}

static int
chunk_cb (png_structp        png,
          png_unknown_chunkp chunk)
{
  static const char ours[] = "Heapscape";
  Reader           *reader = png_get_user_chunk_ptr (png);
  const char       *name = (const char *)chunk->name;
  const char       *key = (const char *)chunk->data;
  const guint8     *end;
  const guint8     *text;
  char            **field;

  if (chunk->size == 0 || (!g_str_equal (name, "tEXt") && !g_str_equal (name, "zTXt") &&
                           !g_str_equal (name, "iTXt")))
    return 1;
  end = chunk->data + chunk->size;
  text = skip_part (chunk->data, chunk->data + MIN (chunk->size, KEY_MAX + 1));
  if (text == NULL)
    return 1;

  if (g_str_has_prefix (key, "Heapscape ") ||
      (g_str_equal (key, "Software") && (gsize)(end - text) >= strlen (ours) &&
       memcmp (text, ours, strlen (ours)) == 0))
    reader->is_ours = TRUE;
  field = find_field (reader->info, key);
  if (field != NULL && *field == NULL)
    keep_text (reader, name, text, end, field);

  return 1;
}

/* ---- The file ---- */

static gboolean
read_chunks (Reader     *reader,
             png_structp png,
             png_infop   info)
{
  if (setjmp (png_jmpbuf (png)) != 0)
    return FALSE;

  png_set_read_fn (png, reader, read_cb);
  png_set_read_user_chunk_fn (png, reader, chunk_cb);
  /* All but the critical ones come to us, and those of the pixels, which are passed over so. */
  png_set_keep_unknown_chunks (png, PNG_HANDLE_CHUNK_ALWAYS, NULL, -1);
  png_set_keep_unknown_chunks (png, PNG_HANDLE_CHUNK_ALWAYS, (png_const_bytep) "IDAT", 1);
  png_set_chunk_malloc_max (png, HS_PICTURE_FILE_TEXTS_MAX);
  png_set_user_limits (png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
  png_set_crc_action (png, PNG_CRC_ERROR_QUIT, PNG_CRC_ERROR_QUIT);
  /* Pixels that nobody has unpacked are no reason to give up. */
  png_set_benign_errors (png, 1);
  png_read_info (png, info);
  png_read_end (png, info);

  return TRUE;
}

static void
set_error (Reader     *reader,
           gboolean    is_whole,
           const char *name,
           GError    **error)
{
  if (reader->error != NULL)
    g_propagate_error (error, g_steal_pointer (&reader->error));
  else if (reader->is_large)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                 /* translators: %1$s is the name of a picture file, %2$u a number of MiB */
                 _("The texts in the picture “%1$s” are larger than %2$u MiB, which no picture of "
                   "Heapscape has; open the file of the code instead"),
                    name, (guint)(HS_PICTURE_FILE_TEXTS_MAX >> 20));
  else if (!is_whole)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                 /* translators: %s is the name of a picture file */
                 _("The picture “%s” is damaged or incomplete; copy it again from where it came "
                   "from"),
                    name);
  else
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                 /* translators: %s is the name of a picture file */
                 _("The picture “%s” has no code of Heapscape in it; open one that was exported as "
                   "PNG, or the file of the code"),
                    name);
}

HsPictureInfo *
hs_picture_file_read (GInputStream *stream,
                      const char   *name,
                      GCancellable *cancellable,
                      GError      **error)
{
  Reader      reader = { .stream = stream, .cancellable = cancellable };
  png_structp png = png_create_read_struct (PNG_LIBPNG_VER_STRING, NULL, error_cb, warning_cb);
  png_infop   info = png != NULL ? png_create_info_struct (png) : NULL;
  gboolean    is_whole;

  g_return_val_if_fail (G_IS_INPUT_STREAM (stream), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  reader.info = hs_picture_info_new ();
  reader.n_left = HS_PICTURE_FILE_TEXTS_MAX;
  is_whole = info != NULL && read_chunks (&reader, png, info);
  if (png != NULL)
    png_destroy_read_struct (&png, &info, NULL);

  if (is_whole && !reader.is_large && reader.is_ours && reader.info->source != NULL)
    return reader.info;

  set_error (&reader, is_whole, name, error);
  g_clear_error (&reader.error);
  hs_picture_info_free (reader.info);

  return NULL;
}
