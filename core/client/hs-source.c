/* hs-source.c - a source file as bytes, and as text for an editor
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-source.h"
#include "hs-source-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hs-error.h"

#define BOM      "\357\273\277"
#define BOM_SIZE 3

struct _HsSource
{
  GBytes   *bytes;    /* as in the file */
  char     *text;     /* NULL unless problem is HS_SOURCE_IS_TEXT */
  char     *encoding; /* as the coding line names it, else "UTF-8" */
  GFile    *file;     /* where it comes from, with its etag; NULL otherwise */
  char     *etag;
  HsNewline newline;
  gboolean  has_bom;
  gboolean  is_read_as; /* in an encoding that a person has named */

  HsSourceProblem problem;
  guint           problem_line; /* 0: none, or no place */
  guint           problem_byte;
};

/* Bytes of the first line of @text without its end; @rest: what follows that. */
static gsize
line_length (const char  *text,
             gsize        length,
             const char **rest)
{
  gsize n = 0;

  while (n < length && text[n] != '\n' && text[n] != '\r')
    n++;

  *rest = text + n;
  if (n < length)
    {
      gboolean crlf = text[n] == '\r' && n + 1 < length && text[n + 1] == '\n';

      *rest += crlf ? 2 : 1;
    }

  return n;
}

/* The expression is the one of PEP 263 and of CPython's
 * Parser/tokenizer.c:get_coding_spec(), which are byte for byte the same for
 * comments. The second line counts only if the first is blank or a comment.
 */
char *
_hs_source_find_cookie (const char *text,
                        gsize       length)
{
  static GRegex *cookie_regex, *blank_regex;
  const char    *end = text + length;

  if (g_once_init_enter (&blank_regex))
    {
      cookie_regex = g_regex_new ("^[ \\t\\f]*#.*?coding[:=][ \\t]*([-_.a-zA-Z0-9]+)",
                                  G_REGEX_RAW | G_REGEX_OPTIMIZE, 0, NULL);
      g_once_init_leave (&blank_regex,
                         g_regex_new ("^[ \\t\\f]*(#.*)?$", G_REGEX_RAW | G_REGEX_DOLLAR_ENDONLY,
                                      0, NULL));
    }

  if (length >= BOM_SIZE && memcmp (text, BOM, BOM_SIZE) == 0)
    text += BOM_SIZE;

  for (int line = 0; line < 2 && text < end; line++)
    {
      g_autoptr(GMatchInfo) match = NULL;
      g_autofree char *copy = NULL;
      const char      *next;
      gsize            n = line_length (text, (gsize)(end - text), &next);

      copy = g_strndup (text, n);
      if (g_regex_match (cookie_regex, copy, 0, &match))
        return g_match_info_fetch (match, 1);

      if (!g_regex_match (blank_regex, copy, 0, NULL))
        break;

      text = next;
    }

  return NULL;
}

/* Python's own spellings of what iconv calls differently; from the aliases in
 * CPython's Lib/encodings/aliases.py. Others mean the same to both.
 */
static const struct
{
  const char *python;
  const char *iconv;
} spellings[] = {
  { "ascii", "US-ASCII" },
  { "latin-1", "ISO-8859-1" },
  { "latin1", "ISO-8859-1" },
  { "iso-latin-1", "ISO-8859-1" },
  { "l1", "ISO-8859-1" },
  { "latin9", "ISO-8859-15" },
  { "latin-9", "ISO-8859-15" },
  { "windows-1252", "CP1252" },
  { "mac-roman", "MACINTOSH" },
  { "macroman", "MACINTOSH" },
  { "shift-jis", "SHIFT_JIS" },
  { "sjis", "SHIFT_JIS" },
  { "euc-jp", "EUC-JP" },
  { "euc-kr", "EUC-KR" },
  { "gb2312", "GB2312" },
  { "chinese", "GB2312" },
  { "big5hkscs", "BIG5-HKSCS" },
  { "koi8-r", "KOI8-R" },
  { "utf8", "UTF-8" },
  { "utf-8-sig", "UTF-8" },
};

/* The name that g_convert() takes. Returns: (transfer full) */
static char *
encoding_to_iconv (const char *encoding)
{
  g_autofree char *name = g_ascii_strdown (encoding, -1);

  for (char *c = name; *c != '\0'; c++)
    if (*c == '_')
      *c = '-';

  /* As CPython's Parser/tokenizer.c:get_normal_name() has it. */
  if (strcmp (name, "utf-8") == 0 || g_str_has_prefix (name, "utf-8-"))
    return g_strdup ("UTF-8");

  for (gsize i = 0; i < G_N_ELEMENTS (spellings); i++)
    if (strcmp (name, spellings[i].python) == 0)
      return g_strdup (spellings[i].iconv);

  return g_steal_pointer (&name);
}

static gboolean
is_utf8 (const char *iconv_name)
{
  return g_ascii_strcasecmp (iconv_name, "UTF-8") == 0 ||
         g_ascii_strcasecmp (iconv_name, "UTF8") == 0;
}

static HsNewline
find_newline (const char *text)
{
  gsize n_lf = 0, n_cr = 0, n_crlf = 0;

  for (const char *c = text; *c != '\0'; c++)
    {
      if (*c == '\n')
        n_lf++;
      else if (*c == '\r' && c[1] == '\n')
        n_crlf++, c++;
      else if (*c == '\r')
        n_cr++;
    }

  if ((n_lf != 0) + (n_cr != 0) + (n_crlf != 0) > 1)
    return HS_NEWLINE_MIXED;
  if (n_crlf != 0)
    return HS_NEWLINE_CRLF;

  return n_cr != 0 ? HS_NEWLINE_CR : HS_NEWLINE_LF;
}

/* Ends the lines of @text, in place, by "\n". */
static void
unify_newlines (char     *text,
                HsNewline newline)
{
  char *to = text;

  if (newline != HS_NEWLINE_CRLF && newline != HS_NEWLINE_CR)
    return;

  for (const char *from = text; *from != '\0'; from++)
    {
      if (*from != '\r')
        *to++ = *from;
      else if (newline == HS_NEWLINE_CR)
        *to++ = '\n';
    }
  *to = '\0';
}

/* Remembers a problem and turns the offset into a place that can be shown. */
static void
set_problem (HsSource       *self,
             HsSourceProblem problem,
             gsize           offset)
{
  gsize       size;
  const char *data = g_bytes_get_data (self->bytes, &size);
  gsize       line_start = 0;

  self->problem = problem;
  if (offset >= size)
    return;

  self->problem_line = 1;
  for (gsize i = 0; i < offset; i++)
    {
      gboolean ends = data[i] == '\n' || (data[i] == '\r' && data[i + 1] != '\n');

      if (!ends)
        continue;
      self->problem_line++;
      line_start = i + 1;
    }

  self->problem_byte = (guint)(offset - line_start) + 1;
}

/* @text as @encoding has it. A coding line must still say the same afterwards:
 * an encoding without ASCII in it, such as UTF-16, cannot name itself, and
 * Python refuses it too.
 */
static void
decode_other (HsSource   *self,
              const char *data,
              gsize       size,
              const char *iconv_name,
              gboolean    check_cookie)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;
  gsize            n_read = 0, n_written = 0;

  /* Of no bytes there may be no address. */
  text = g_convert (data != NULL ? data : "", (gssize)size, "UTF-8", iconv_name, &n_read,
                    &n_written, &error);
  if (g_error_matches (error, G_CONVERT_ERROR, G_CONVERT_ERROR_NO_CONVERSION))
    {
      set_problem (self, HS_SOURCE_UNKNOWN_ENCODING, G_MAXSIZE);
      return;
    }
  if (text == NULL)
    {
      set_problem (self, HS_SOURCE_BAD_BYTES, n_read);
      return;
    }

  if (check_cookie)
    {
      g_autofree char *cookie = _hs_source_find_cookie (text, n_written);

      if (g_strcmp0 (cookie, self->encoding) != 0)
        {
          set_problem (self, HS_SOURCE_UNKNOWN_ENCODING, G_MAXSIZE);
          return;
        }
    }

  self->text = g_steal_pointer (&text);
}

static void
decode (HsSource   *self,
        const char *iconv_name,
        gboolean    check_cookie)
{
  gsize       size;
  const char *data = g_bytes_get_data (self->bytes, &size);
  const char *nul = size > 0 ? memchr (data, '\0', size) : NULL;
  gsize       skip = self->has_bom ? BOM_SIZE : 0;

  if (nul != NULL)
    {
      set_problem (self, HS_SOURCE_HAS_NUL, (gsize)(nul - data));
      return;
    }

  if (is_utf8 (iconv_name))
    {
      const char *end;

      if (size > 0 && !g_utf8_validate (data + skip, (gssize)(size - skip), &end))
        set_problem (self, HS_SOURCE_BAD_BYTES, (gsize)(end - data));
      else
        self->text = g_strndup (size > 0 ? data + skip : "", size - skip);
    }
  else
    decode_other (self, data + skip, size - skip, iconv_name, check_cookie);

  if (self->text != NULL)
    {
      self->newline = find_newline (self->text);
      unify_newlines (self->text, self->newline);
    }
}

HsSource *
_hs_source_new_for_file (GBytes     *bytes,
                         GFile      *file,
                         const char *etag)
{
  g_autofree char *iconv_name = NULL;
  const char      *data;
  gsize            size;
  HsSource        *self = g_atomic_rc_box_new0 (HsSource);

  self->bytes = g_bytes_ref (bytes);
  g_set_object (&self->file, file);
  self->etag = g_strdup (etag);

  data = g_bytes_get_data (bytes, &size);
  self->has_bom = size >= BOM_SIZE && memcmp (data, BOM, BOM_SIZE) == 0;
  self->encoding = size > 0 ? _hs_source_find_cookie (data, size) : NULL;
  if (self->encoding == NULL)
    self->encoding = g_strdup ("UTF-8");

  iconv_name = encoding_to_iconv (self->encoding);
  if (self->has_bom && !is_utf8 (iconv_name))
    set_problem (self, HS_SOURCE_UNKNOWN_ENCODING, G_MAXSIZE);
  else
    decode (self, iconv_name, TRUE);

  return self;
}

HsSource *
hs_source_new (GBytes *bytes)
{
  g_return_val_if_fail (bytes != NULL, NULL);

  return _hs_source_new_for_file (bytes, NULL, NULL);
}

HsSource *
hs_source_ref (HsSource *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

static void
source_clear (gpointer data)
{
  HsSource *self = data;

  g_bytes_unref (self->bytes);
  g_free (self->text);
  g_free (self->encoding);
  g_clear_object (&self->file);
  g_free (self->etag);
}

void
hs_source_unref (HsSource *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, source_clear);
}

GBytes *
hs_source_get_bytes (HsSource *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->bytes;
}

HsSourceProblem
hs_source_get_problem (HsSource *self)
{
  g_return_val_if_fail (self != NULL, HS_SOURCE_IS_TEXT);

  return self->problem;
}

const char *
hs_source_get_encoding (HsSource *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->encoding;
}

gboolean
hs_source_get_has_bom (HsSource *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->has_bom;
}

HsNewline
hs_source_get_newline (HsSource *self)
{
  g_return_val_if_fail (self != NULL, HS_NEWLINE_LF);

  return self->newline;
}

const char *
hs_source_get_text (HsSource *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->text;
}

const char *
hs_source_get_etag (HsSource *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->etag;
}

guint
hs_source_get_problem_line (HsSource *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->problem_line;
}

guint
hs_source_get_problem_byte (HsSource *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->problem_byte;
}

const char *
_hs_source_get_etag (HsSource *self,
                     GFile    *file)
{
  return self->file != NULL && g_file_equal (self->file, file) ? self->etag : NULL;
}

/* Windows' editors write it so. */
static gboolean
is_utf16 (HsSource *self)
{
  gsize         size;
  const guchar *data = g_bytes_get_data (self->bytes, &size);

  if (size < 2)
    return FALSE;

  return (data[0] == 0xff && data[1] == 0xfe) || (data[0] == 0xfe && data[1] == 0xff);
}

char *
hs_source_dup_problem (HsSource   *self,
                       const char *name)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  switch (self->problem)
    {
    case HS_SOURCE_BAD_BYTES:
      {
        gsize         size;
        const guchar *data = g_bytes_get_data (self->bytes, &size);
        gsize         offset = 0;

        for (guint line = 1; line < self->problem_line && offset < size; offset++)
          if (data[offset] == '\n' || (data[offset] == '\r' && data[offset + 1] != '\n'))
            line++;
        offset += self->problem_byte - 1;

        /* translators: %1$s is a file, %2$s an encoding, %3$u a line, %4$u a
         * position in that line, %5$02x the byte there in hexadecimal
         */
        return g_strdup_printf (_("“%1$s” is not valid %2$s: line %3$u, byte %4$u is 0x%5$02x. "
                                  "Save it as UTF-8, or name its encoding in the first line, such "
                                  "as “# coding: latin-1”."),
                                   name, self->encoding, self->problem_line, self->problem_byte,
                                   offset < size ? data[offset] : 0);
      }

    case HS_SOURCE_UNKNOWN_ENCODING:
      if (self->has_bom)
        /* translators: %1$s is a file, %2$s an encoding */
        return g_strdup_printf (_("“%1$s” begins with the byte order mark of UTF-8, but its "
                                  "coding line says %2$s. Remove one of the two."),
                                   name, self->encoding);
      /* translators: %1$s is a file, %2$s an encoding */
      return g_strdup_printf (_("The coding line of “%1$s” names an encoding that is not known or "
                                "cannot be used for source code: %2$s. Save the file as UTF-8 and "
                                "remove that line."),
                                 name, self->encoding);

    case HS_SOURCE_HAS_NUL:
      if (is_utf16 (self))
        /* translators: %s is a file */
        return g_strdup_printf (_("“%s” is UTF-16 text, which Python cannot read. Save it as "
                                  "UTF-8 in the editor that wrote it."),
                                   name);
      /* translators: %1$s is a file, %2$u a line, %3$u a position in that line */
      return g_strdup_printf (_("“%1$s” is not Python code: line %2$u, byte %3$u is zero, which "
                                "no text contains."),
                                 name, self->problem_line, self->problem_byte);

    case HS_SOURCE_IS_TEXT:
    default:
      return NULL;
    }
}

HsSource *
hs_source_read_as (HsSource   *self,
                   const char *encoding,
                   GError    **error)
{
  g_autoptr(HsSource) other = NULL;
  g_autofree char *iconv_name = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (encoding != NULL, NULL);

  other = g_atomic_rc_box_new0 (HsSource);
  other->bytes = g_bytes_ref (self->bytes);
  g_set_object (&other->file, self->file);
  other->etag = g_strdup (self->etag);
  other->encoding = g_strdup (encoding);
  other->is_read_as = TRUE;

  iconv_name = encoding_to_iconv (encoding);
  decode (other, iconv_name, FALSE);

  if (other->problem != HS_SOURCE_IS_TEXT)
    {
      g_set_error (error, HS_ERROR, HS_ERROR_SOURCE,
                   /* translators: %s is an encoding, such as GB18030 */
                   _("The file is no text in the encoding %s"), encoding);
      return NULL;
    }

  return g_steal_pointer (&other);
}

gboolean
_hs_source_is_text_unchanged (HsSource   *self,
                              const char *text)
{
  const char *own = self->text;

  if (own == NULL || self->is_read_as)
    return FALSE;

  /* Where line ends are mixed the text has them all. */
  while (*own != '\0' && *text != '\0')
    {
      gboolean is_same = *own == *text || (*own == '\r' && *text == '\n');

      if (!is_same)
        return FALSE;
      if (*own == '\r' && own[1] == '\n')
        own++;
      own++;
      text++;
    }

  return *own == *text;
}

/* @text with the line ends that Save writes. Returns: (transfer full) */
static char *
restore_newlines (const char *text,
                  HsNewline   newline)
{
  GString *out;

  if (newline != HS_NEWLINE_CRLF && newline != HS_NEWLINE_CR)
    return g_strdup (text);

  out = g_string_new (NULL);
  for (const char *c = text; *c != '\0'; c++)
    {
      gboolean ends = *c == '\n' || *c == '\r';

      if (!ends)
        {
          g_string_append_c (out, *c);
          continue;
        }
      if (*c == '\r' && c[1] == '\n')
        c++;
      g_string_append (out, newline == HS_NEWLINE_CRLF ? "\r\n" : "\r");
    }

  return g_string_free (out, FALSE);
}

/* The line in which the byte at @offset stands, from 1. */
static guint
line_at (const char *text,
         gsize       offset)
{
  guint line = 1;

  for (gsize i = 0; i < offset && text[i] != '\0'; i++)
    if (text[i] == '\n' || (text[i] == '\r' && text[i + 1] != '\n'))
      line++;

  return line;
}

GBytes *
hs_source_encode (HsSource   *self,
                  const char *text,
                  GError    **error)
{
  g_autoptr(GError) local_error = NULL;
  g_autofree char *cookie = NULL, *iconv_name = NULL, *ended = NULL, *encoded = NULL;
  gboolean         has_bom = self != NULL && self->has_bom;
  gsize            n_read = 0, n_written = 0;

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (g_utf8_validate (text, -1, NULL), NULL);

  ended = restore_newlines (text, self != NULL ? self->newline : HS_NEWLINE_LF);
  cookie = _hs_source_find_cookie (text, strlen (text));
  iconv_name = encoding_to_iconv (cookie != NULL ? cookie : "UTF-8");

  if (is_utf8 (iconv_name))
    {
      char *bytes = g_strconcat (has_bom ? BOM : "", ended, NULL);

      return g_bytes_new_take (bytes, strlen (bytes));
    }

  encoded = g_convert (ended, -1, iconv_name, "UTF-8", &n_read, &n_written, &local_error);
  if (encoded != NULL)
    return g_bytes_new_take (g_steal_pointer (&encoded), n_written);

  if (g_error_matches (local_error, G_CONVERT_ERROR, G_CONVERT_ERROR_ILLEGAL_SEQUENCE) &&
      n_read < strlen (ended))
    {
      const char      *place = ended + n_read;
      gsize            n_bytes = (gsize)(g_utf8_next_char (place) - place);
      g_autofree char *character = g_strndup (place, n_bytes);

      g_set_error (error, HS_ERROR, HS_ERROR_SOURCE,
                   /* translators: %1$s is a character, %2$u a line, %3$s an encoding */
                   _("The character “%1$s” in line %2$u does not exist in the encoding %3$s that "
                     "the coding line names; change that line to “# coding: utf-8”"),
                      character, line_at (ended, n_read), cookie);
    }
  else
    g_set_error (error, HS_ERROR, HS_ERROR_SOURCE,
                 /* translators: %s is an encoding */
                 _("The coding line names an encoding that is not known: %s; change it to “# "
                   "coding: utf-8”"),
                    cookie);

  return NULL;
}
