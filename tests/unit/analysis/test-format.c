/* test-format.c - numbers as they are written
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <locale.h>

#include "hs-format.h"
#include "hs-test-heap.h"

typedef struct
{
  guint64     value;
  const char *text;
} Case;

static void
check (const Case *cases,
       guint       n_cases,
       char *(*format) (guint64 value))
{
  for (guint i = 0; i < n_cases; i++)
    {
      g_autofree char *text = test_plain (format (cases[i].value));

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_count (void)
{
  static const Case cases[] = {
    { 0, "0" },
    { 7, "7" },
    { 999, "999" },
    { 1000, "1 000" },
    { 9999, "9 999" },
    { 10000, "10 000" },
    { 123456, "123 456" },
    { 1234567, "1 234 567" },
    { G_MAXUINT64, "18 446 744 073 709 551 615" },
  };
  g_autofree char *exact = hs_format_count (1000);

  check (cases, G_N_ELEMENTS (cases), hs_format_count);
  g_assert_cmpstr (exact, ==, "1\xe2\x80\xaf"
                              "000");
}

static void
test_bytes (void)
{
  static const Case cases[] = {
    { 0, "0 B" },
    { 88, "88 B" },
    { 9999, "9 999 B" },
    { 10000, "9.8 KiB" },
    { 10240, "10.0 KiB" },
    { 102347, "99.9 KiB" },
    { 102350, "100 KiB" },
    { 1000 * 1024, "1 000 KiB" },
    { 1024 * 1024 - 513, "1 023 KiB" },
    { 1024 * 1024 - 512, "1.00 MiB" },
    { 1024 * 1024, "1.00 MiB" },
    { 3 * 512 * 1024, "1.50 MiB" },
    { 10471000, "9.99 MiB" },
    { 10480600, "10.0 MiB" },
    { G_GUINT64_CONSTANT (150) << 20, "150 MiB" },
    { G_GUINT64_CONSTANT (5) << 30, "5.00 GiB" },
    { G_GUINT64_CONSTANT (7) << 40, "7.00 TiB" },
    { (G_GUINT64_CONSTANT (7) << 50) + (G_GUINT64_CONSTANT (1) << 49), "7.50 PiB" },
    { G_MAXUINT64 - 1, "16.0 EiB" },
    { HS_BYTES_UNKNOWN, "unknown" },
  };

  check (cases, G_N_ELEMENTS (cases), hs_format_bytes);
}

static void
test_bytes_exact (void)
{
  static const Case cases[] = {
    { 0, "0 B" },
    { 9999, "9 999 B" },
    { 1234567, "1 234 567 B" },
    { G_MAXUINT64 - 1, "18 446 744 073 709 551 614 B" },
    { HS_BYTES_UNKNOWN, "unknown" },
  };

  check (cases, G_N_ELEMENTS (cases), hs_format_bytes_exact);
}

static void
test_duration (void)
{
  static const Case cases[] = {
    { 0, "0 ns" },
    { 820, "820 ns" },
    { 1000, "1.00 µs" },
    { 820000, "820 µs" },
    { 999499, "999 µs" },
    { 999500, "1.00 ms" },
    { 12345678, "12.3 ms" },
    { 4560000000, "4.56 s" },
    { 9995000000, "10.0 s" },
    { 61000000000, "61.0 s" },
    { G_GUINT64_CONSTANT (3600000000000), "3 600 s" },
    { G_MAXUINT64, "18 446 744 074 s" },
  };

  check (cases, G_N_ELEMENTS (cases), hs_format_duration);
}

/* Neither sign of the locale may come in. */
static void
test_locale (void)
{
  g_autofree char *text = NULL;

  if (setlocale (LC_ALL, "de_DE.UTF-8") == NULL && setlocale (LC_ALL, "fr_FR.UTF-8") == NULL)
    {
      g_test_skip ("no locale with a decimal comma is installed");
      return;
    }

  text = hs_format_bytes (3 * 512 * 1024);
  setlocale (LC_ALL, "C.UTF-8");
  g_assert_cmpstr (text, ==, "1.50 MiB");
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/format/count", test_count);
  g_test_add_func ("/format/bytes", test_bytes);
  g_test_add_func ("/format/bytes-exact", test_bytes_exact);
  g_test_add_func ("/format/duration", test_duration);
  g_test_add_func ("/format/locale", test_locale);

  return g_test_run ();
}
