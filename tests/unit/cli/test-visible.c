/* test-visible.c - output of code on a terminal
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <locale.h>
#include <string.h>

#include "hs-cli-visible.h"

static const struct
{
  const char *bytes;
  gsize       size;
  const char *expected;
} cases[] = {
#define CASE(bytes, expected)         \
  {                                   \
    bytes, sizeof bytes - 1, expected \
  }
  CASE ("", ""),
  CASE ("plain\ttext\n", "plain\ttext\n"),
  CASE ("é€😀 \xcc\x81", "é€😀 \xcc\x81"),
  CASE ("\033[31mred\033[0m\a\b", "␛[31mred␛[0m␇␈"),
  CASE ("\033]0;title\033\\", "␛]0;title␛\\"),
  CASE ("a\0b\x7f", "a␀b␡"),
  CASE ("\xc2\x9b"
        "31m",
        "\\x9b31m"),
  CASE ("one\r\ntwo\rthree\n\nfour\r\r\n", "one\ntwo\nthree\n\nfour\n\n"),
  CASE ("a\xe2\x80\xae"
        "b\xe2\x81\xa6"
        "c\xe2\x80\x8f",
        "a\\u202eb\\u2066c\\u200f"),
  CASE ("\xff\xfe!", "��!"),
  CASE ("\xe2\x82", "�"),
  CASE ("\xe2\x82x", "��x"),
  CASE ("\xed\xa0\x80", "���"),
  CASE ("\xf0\x9f\x98", "�"),
  CASE ("\xe2\0abcdefghijklmnop", "�␀abcdefghijklmnop"),
  CASE ("\xe2\x82\0abcdefghijklmnop", "��␀abcdefghijklmnop"),
  CASE ("\xf8\x88\x80\x80\x80", "�����"),
};

/* In chunks of @n bytes. */
static char *
show (const char *bytes,
      gsize       size,
      gsize       n)
{
  HsCliVisible state = { 0 };
  GString     *text = g_string_new (NULL);

  for (gsize at = 0; at < size; at += n)
    hs_cli_visible_push (&state, (const guchar *)bytes + at, MIN (n, size - at), text);
  hs_cli_visible_finish (&state, text);

  return g_string_free (text, FALSE);
}

/* Whole; what is broken apart in other places may take another number of U+FFFD. */
static void
test_whole (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *shown = show (cases[i].bytes, cases[i].size, 1000);

      if (strstr (cases[i].expected, "�") == NULL)
        g_assert_cmpstr (shown, ==, cases[i].expected);
      else
        g_assert_nonnull (strstr (shown, "�"));
      g_assert_true (g_utf8_validate (shown, -1, NULL));
    }
}

static void
test_chunks (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    for (gsize n = 1; n < 5; n++)
      {
        g_autofree char *shown = show (cases[i].bytes, cases[i].size, n);

        if (strstr (cases[i].expected, "�") == NULL)
          g_assert_cmpstr (shown, ==, cases[i].expected);
        g_assert_true (g_utf8_validate (shown, -1, NULL));
      }
}

/* Whatever the bytes are, nothing is left that a terminal obeys. */
static void
test_any (void)
{
  for (guint i = 0; i < 20000; i++)
    {
      char             bytes[12];
      gsize            size = (gsize)g_test_rand_int_range (0, (int)sizeof bytes + 1);
      gsize            n = (gsize)g_test_rand_int_range (1, 6);
      g_autofree char *shown = NULL;

      for (gsize k = 0; k < size; k++)
        bytes[k] = (char)g_test_rand_int_range (0, 256);
      shown = show (bytes, size, n);
      g_assert_true (g_utf8_validate (shown, -1, NULL));
      for (const char *p = shown; *p != '\0'; p = g_utf8_next_char (p))
        {
          gunichar c = g_utf8_get_char (p);

          g_assert_true (c == '\n' || c == '\t' || (c >= 0x20 && c < 0x7f) || c >= 0xa0);
        }
    }
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/visible/whole", test_whole);
  g_test_add_func ("/visible/chunks", test_chunks);
  g_test_add_func ("/visible/any", test_any);

  return g_test_run ();
}
