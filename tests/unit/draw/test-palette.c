/* test-palette.c - the colours can be read and told apart, by all eyes and in grey
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <cairo.h>
#include <math.h>
#include <string.h>

#include "hs-graph-scene-private.h"
#include "hs-theme-private.h"
#include "hs-variant-color.h"

/* ---- Colours as eyes see them ---- */

typedef struct
{
  double c[3]; /* linear RGB, 0 to 1 */
} Light;

typedef struct
{
  double l, a, b; /* CIELAB, D65 */
} Lab;

typedef enum
{
  EYES_USUAL,
  EYES_PROTANOPIA,
  EYES_DEUTERANOPIA,
  EYES_TRITANOPIA,
  EYES_GREY, /* print without colours */
  N_EYES,
} Eyes;

static const char *const eyes_names[] = { "usual", "protanopia", "deuteranopia", "tritanopia",
                                          "grey" };

/* Machado, Oliveira and Fernandes, "A Physiologically-based Model for Simulation of Color Vision
 * Deficiency", IEEE TVCG 15 (2009), table 1, severity 1.0; of linear RGB. The last is the
 * luminance of IEC 61966-2-1.
 */
static const double matrices[N_EYES][3][3] = {
  [EYES_USUAL] = { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } },
  [EYES_PROTANOPIA] = { { 0.152286, 1.052583, -0.204868 },
                        { 0.114503, 0.786281, 0.099216 },
                        { -0.003882, -0.048116, 1.051998 } },
  [EYES_DEUTERANOPIA] = { { 0.367322, 0.860646, -0.227968 },
                          { 0.280085, 0.672501, 0.047413 },
                          { -0.011820, 0.042940, 0.968881 } },
  [EYES_TRITANOPIA] = { { 1.255528, -0.076749, -0.178779 },
                        { -0.078411, 0.930809, 0.147602 },
                        { 0.004733, 0.691367, 0.303900 } },
  [EYES_GREY] = { { 0.2126, 0.7152, 0.0722 },
                  { 0.2126, 0.7152, 0.0722 },
                  { 0.2126, 0.7152, 0.0722 } },
};

/* IEC 61966-2-1. */
static Light
get_light (HsColor color)
{
  Light light;

  for (guint i = 0; i < 3; i++)
    {
      double value = (color >> (16 - 8 * i) & 0xff) / 255.;

      light.c[i] = value <= 0.04045 ? value / 12.92 : pow ((value + 0.055) / 1.055, 2.4);
    }

  return light;
}

static Light
see (Light light,
     Eyes  eyes)
{
  Light seen;

  for (guint i = 0; i < 3; i++)
    {
      seen.c[i] = 0;
      for (guint j = 0; j < 3; j++)
        seen.c[i] += matrices[eyes][i][j] * light.c[j];
      seen.c[i] = CLAMP (seen.c[i], 0, 1);
    }

  return seen;
}

static double
get_luminance (Light light)
{
  return 0.2126 * light.c[0] + 0.7152 * light.c[1] + 0.0722 * light.c[2];
}

/* WCAG 2.1, "contrast ratio": 1 to 21. */
static double
get_contrast (HsColor one,
              HsColor other)
{
  double first = get_luminance (get_light (one)) + 0.05;
  double second = get_luminance (get_light (other)) + 0.05;

  return MAX (first, second) / MIN (first, second);
}

static double
lab_curve (double t)
{
  return t > 216. / 24389 ? cbrt (t) : (24389. / 27 * t + 16) / 116;
}

/* CIE 15, with the primaries of sRGB and the white of D65. */
static Lab
get_lab (Light light)
{
  const double *c = light.c;
  double        x = lab_curve ((0.4124564 * c[0] + 0.3575761 * c[1] + 0.1804375 * c[2]) / 0.95047);
  double        y = lab_curve (0.2126729 * c[0] + 0.7151522 * c[1] + 0.0721750 * c[2]);
  double        z = lab_curve ((0.0193339 * c[0] + 0.1191920 * c[1] + 0.9503041 * c[2]) / 1.08883);

  return (Lab) { 116 * y - 16, 500 * (x - y), 200 * (y - z) };
}

static double
get_hue_angle (double a,
               double b)
{
  double angle = a == 0 && b == 0 ? 0 : atan2 (b, a) * 180 / G_PI;

  return angle < 0 ? angle + 360 : angle;
}

static double
cosine (double degrees)
{
  return cos (degrees * G_PI / 180);
}

/* CIEDE2000: Sharma, Wu and Dalal, Color Research and Application 30 (2005). About 1 can just be
 * seen beside each other; 10 is told at a glance.
 */
static double
get_difference (Lab one,
                Lab other)
{
  double c_mean = (hypot (one.a, one.b) + hypot (other.a, other.b)) / 2;
  double c7 = pow (c_mean, 7);
  double g = 1.5 - 0.5 * sqrt (c7 / (c7 + 6103515625.)); /* 25 to the 7th */
  double c1 = hypot (one.a * g, one.b);
  double c2 = hypot (other.a * g, other.b);
  double h1 = get_hue_angle (one.a * g, one.b);
  double h2 = get_hue_angle (other.a * g, other.b);
  double turn = c1 * c2 == 0 ? 0 : h2 - h1;
  double h_mean, l50, c_both, t, s_l, s_c, s_h, r, dl, dc, dh;

  if (turn > 180)
    turn -= 360;
  else if (turn < -180)
    turn += 360;
  h_mean = c1 * c2 == 0 ? h1 + h2 : h1 + turn / 2;

  c_both = (c1 + c2) / 2;
  l50 = pow ((one.l + other.l) / 2 - 50, 2);
  t = 1 - 0.17 * cosine (h_mean - 30) + 0.24 * cosine (2 * h_mean) +
      0.32 * cosine (3 * h_mean + 6) - 0.20 * cosine (4 * h_mean - 63);
  s_l = 1 + 0.015 * l50 / sqrt (20 + l50);
  s_c = 1 + 0.045 * c_both;
  s_h = 1 + 0.015 * c_both * t;
  c7 = pow (c_both, 7);
  h_mean = h_mean < 0 ? h_mean + 360 : h_mean;
  r = -2 * sqrt (c7 / (c7 + 6103515625.)) *
      sin (60 * exp (-pow ((h_mean - 275) / 25, 2)) * G_PI / 180);

  dl = (other.l - one.l) / s_l;
  dc = (c2 - c1) / s_c;
  dh = 2 * sqrt (c1 * c2) * sin (turn / 2 * G_PI / 180) / s_h;

  return sqrt (dl * dl + dc * dc + dh * dh + r * dc * dh);
}

static double
get_seen_difference (HsColor one,
                     HsColor other,
                     Eyes    eyes)
{
  return get_difference (get_lab (see (get_light (one), eyes)),
                         get_lab (see (get_light (other), eyes)));
}

/* Sharma, Wu and Dalal, table 1: pairs 1, 7, 17 and 25. */
static void
test_formula (void)
{
  static const struct
  {
    Lab    one, other;
    double difference;
  } pairs[] = {
    { { 50, 2.6772, -79.7751 }, { 50, 0, -82.7485 }, 2.0425 },
    { { 50, 0, 0 }, { 50, -1, 2 }, 2.3669 },
    { { 50, 2.5, 0 }, { 73, 25, -18 }, 27.1492 },
    { { 60.2574, -34.0099, 36.2677 }, { 60.4626, -34.1751, 39.4387 }, 1.2644 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    g_assert_cmpfloat_with_epsilon (get_difference (pairs[i].one, pairs[i].other),
                                    pairs[i].difference, 0.0001);
  g_assert_cmpfloat_with_epsilon (get_contrast (0x000000, 0xffffff), 21, 0.001);
}

/* ---- Reading ---- */

#define N_THEMES 4

static gboolean
is_high_contrast (HsThemeKind kind)
{
  return kind == HS_THEME_HIGH_CONTRAST || kind == HS_THEME_HIGH_CONTRAST_DARK;
}

static void
check_contrast (HsThemeKind kind,
                const char *what,
                HsColor     front,
                HsColor     back,
                double      least)
{
  double contrast = get_contrast (front, back);

  if (contrast < least)
    {
      g_test_message ("theme %u: %s, #%06x on #%06x: %.2f, at least %.1f", kind, what, front, back,
                      contrast, least);
      g_test_fail ();
    }
}

/* WCAG 2.1, 1.4.3, 1.4.6 and 1.4.11: text 4.5, with high contrast 7; signs and lines 3. */
static void
test_contrast (void)
{
  for (HsThemeKind kind = 0; kind < N_THEMES; kind++)
    {
      const HsTheme *theme = hs_theme_get (kind);
      double         least = is_high_contrast (kind) ? 7 : 4.5;

      check_contrast (kind, "text", theme->text, theme->background, least);
      check_contrast (kind, "text", theme->text, theme->box, least);
      check_contrast (kind, "quiet text", theme->quiet_text, theme->background, least);
      check_contrast (kind, "quiet text", theme->quiet_text, theme->box, least);
      check_contrast (kind, "text of the accent", theme->accent_text, theme->accent, 4.5);
      check_contrast (kind, "arrow", theme->arrow, theme->background, 3);
      check_contrast (kind, "border of what is shared", theme->shared, theme->background, 3);
      check_contrast (kind, "selection", theme->accent, theme->background, 3);
      for (guint i = 0; i < HS_N_FAMILIES; i++)
        {
          check_contrast (kind, "text", theme->text, theme->tint[i], least);
          check_contrast (kind, "sign", theme->hue[i], theme->tint[i], 3);
          check_contrast (kind, "strip", theme->hue[i], theme->box, 3);
        }
      for (guint i = 0; i < HS_N_VARIANT_COLORS; i++)
        {
          check_contrast (kind, "curve", theme->variant[i], theme->background, 3);
          check_contrast (kind, "letter", theme->variant_text, theme->variant[i], 3);
        }
    }
}

/* ---- Telling apart ---- */

#define GLANCE 10. /* CIEDE2000 */
#define SIDE   28  /* pixels of a sign: twice its size */

/* Returns: (transfer full): SIDE × SIDE bytes of what is drawn, without colour */
static guint8 *
draw_shape (gboolean is_variant,
            guint    i)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, SIDE, SIDE);
  cairo_t         *cr = cairo_create (surface);
  guint8          *shape = g_malloc (SIDE * SIDE);

  cairo_scale (cr, SIDE / (double)HS_SIGN_SIZE, SIDE / (double)HS_SIGN_SIZE);
  if (is_variant)
    hs_variant_draw_sign (cr, i, HS_SIGN_SIZE / 2., HS_SIGN_SIZE / 2., 5,
                          hs_theme_get (HS_THEME_LIGHT));
  else
    _hs_sign_draw (cr, (HsFamily)i, 0, 0);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  for (guint y = 0; y < SIDE; y++)
    memcpy (shape + y * SIDE,
            cairo_image_surface_get_data (surface) +
              y * (guint)cairo_image_surface_get_stride (surface),
            SIDE);
  cairo_surface_destroy (surface);

  return shape;
}

/* The part of the pixels of both that only one of them has. */
static double
compare_shapes (gboolean is_variant,
                guint    i,
                guint    j)
{
  g_autofree guint8 *one = draw_shape (is_variant, i);
  g_autofree guint8 *other = draw_shape (is_variant, j);
  double             different = 0;
  double             all = 0;

  for (guint k = 0; k < SIDE * SIDE; k++)
    {
      different += ABS (one[k] - other[k]);
      all += MAX (one[k], other[k]);
    }
  g_assert_cmpfloat (all, >, 0);

  return different / all;
}

/* Whether the curves of two variants have the same dashes. */
static gboolean
have_same_dashes (guint i,
                  guint j)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, 1, 1);
  cairo_t         *cr = cairo_create (surface);
  const HsTheme   *theme = hs_theme_get (HS_THEME_LIGHT);
  double           one[16] = { 0 };
  double           other[16] = { 0 };

  hs_variant_set_line (cr, i, 1, theme);
  g_assert_cmpint (cairo_get_dash_count (cr), <=, 16);
  cairo_get_dash (cr, one, NULL);
  hs_variant_set_line (cr, j, 1, theme);
  g_assert_cmpint (cairo_get_dash_count (cr), <=, 16);
  cairo_get_dash (cr, other, NULL);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);

  return memcmp (one, other, sizeof one) == 0;
}

/* Two that some eyes take for one have other signs, and variants other dashes as well. Signs of
 * families are lines, of which little covers others; those of variants are filled, so that even a
 * disc and a square share most of what they cover.
 */
static void
check_pair (HsThemeKind kind,
            gboolean    is_variant,
            guint       i,
            guint       j,
            HsColor     one,
            HsColor     other,
            guint      *n_close)
{
  double shapes = compare_shapes (is_variant, i, j);

  for (Eyes eyes = 0; eyes < N_EYES; eyes++)
    {
      double difference = get_seen_difference (one, other, eyes);

      if (difference >= GLANCE)
        continue;
      (*n_close)++;
      if (shapes < (is_variant ? 0.15 : 0.3) || (is_variant && have_same_dashes (i, j)))
        {
          g_test_message ("theme %u: %s %u and %u differ by %.1f for %s, their signs by %.2f", kind,
                          is_variant ? "variants" : "families", i, j, difference, eyes_names[eyes],
                          shapes);
          g_test_fail ();
        }
    }
}

static void
check_palette (gboolean is_variant)
{
  guint n = is_variant ? HS_N_VARIANT_COLORS : HS_N_FAMILIES;

  for (HsThemeKind kind = 0; kind < N_THEMES; kind++)
    {
      const HsTheme *theme = hs_theme_get (kind);
      const HsColor *colors = is_variant ? theme->variant : theme->hue;
      guint          n_close = 0;

      for (guint i = 0; i < n; i++)
        for (guint j = i + 1; j < n; j++)
          check_pair (kind, is_variant, i, j, colors[i], colors[j], &n_close);
      g_test_message ("theme %u: %u of %u pairs are close for some eyes", kind, n_close,
                      n * (n - 1) / 2 * N_EYES);
    }
}

static void
test_families (void)
{
  check_palette (FALSE);
}

static void
test_variants (void)
{
  check_palette (TRUE);
}

/* Those that are compared most stand beside each other: they are told apart by colour alone as
 * well, by all who see any.
 */
static void
test_first_variants (void)
{
  for (HsThemeKind kind = 0; kind < N_THEMES; kind++)
    {
      const HsTheme *theme = hs_theme_get (kind);

      for (Eyes eyes = 0; eyes < EYES_GREY; eyes++)
        for (guint i = 0; i < 3; i++)
          for (guint j = i + 1; j < 3; j++)
            {
              double difference = get_seen_difference (theme->variant[i], theme->variant[j], eyes);

              if (difference < GLANCE)
                {
                  g_test_message ("theme %u: variants %u and %u differ by %.1f for %s", kind, i, j,
                                  difference, eyes_names[eyes]);
                  g_test_fail ();
                }
            }
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/palette/formula", test_formula);
  g_test_add_func ("/palette/contrast", test_contrast);
  g_test_add_func ("/palette/families", test_families);
  g_test_add_func ("/palette/variants", test_variants);
  g_test_add_func ("/palette/first-variants", test_first_variants);

  return g_test_run ();
}
