/* hs-theme.c - the colours of a drawing
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-theme.h"

#include "hs-theme-private.h"

/* The nine hues are Paul Tol's "muted" scheme (https://personal.sron.nl/~pault/,
 * made to stay apart for colour-blind eyes), with blue for the container in
 * place of its cyan and sand darkened, so that a sign in it can be read on
 * white. Neighbours in lightness carry different signs. Text, lines, and the
 * accent are those of libadwaita. Variants of code: the baseline grey, the others
 * in the order of Okabe and Ito's hues (https://jfly.uni-koeln.de/color/), dark
 * enough for thin lines.
 */
static const HsTheme themes[] = {
  [HS_THEME_LIGHT] = {
    .background = 0xfafafa,
    .box = 0xffffff,
    .border = 0xc0bfbc,
    .line = 0xeceae8,
    .shared = 0x5e5c64,
    .text = 0x241f31,
    .quiet_text = 0x6f6c76,
    .arrow = 0x77767b,
    .accent = 0x1c71d8,
    .accent_text = 0xffffff,
    .found = 0xe5a50a,
    .border_width = 1,
    .shared_width = 2,
    .arrow_width = 1.25,
    .mark_width = 2.5,
    .hue = {
      [HS_FAMILY_OTHER] = 0x77767b,
      [HS_FAMILY_CONTAINER] = 0x2f6db5,
      [HS_FAMILY_TEXT] = 0xa3870f,
      [HS_FAMILY_NUMBER] = 0x2f9585,
      [HS_FAMILY_CALLABLE] = 0xaa4499,
      [HS_FAMILY_CLASS] = 0x882255,
      [HS_FAMILY_INSTANCE] = 0x117733,
      [HS_FAMILY_MODULE] = 0x332288,
      [HS_FAMILY_BUFFER] = 0xcc6677,
    },
    .tint = {
      [HS_FAMILY_OTHER] = 0xf0f0f0,
      [HS_FAMILY_CONTAINER] = 0xe3edf8,
      [HS_FAMILY_TEXT] = 0xf9f3d4,
      [HS_FAMILY_NUMBER] = 0xdff3ef,
      [HS_FAMILY_CALLABLE] = 0xf6e6f3,
      [HS_FAMILY_CLASS] = 0xf3dfe9,
      [HS_FAMILY_INSTANCE] = 0xdcefe2,
      [HS_FAMILY_MODULE] = 0xe5e2f4,
      [HS_FAMILY_BUFFER] = 0xfae6e9,
    },
    .variant = { 0x4b4853, 0x1c6ec2, 0xc25a00, 0x0a7d62, 0x8e3fa0, 0xa5213f, 0x7a6a00, 0x2f86a6 },
    .variant_text = 0xffffff,
  },
  [HS_THEME_DARK] = {
    .background = 0x1e1e1e,
    .box = 0x2b2b2d,
    .border = 0x4d4b52,
    .line = 0x3a3a3d,
    .shared = 0xb5b2ba,
    .text = 0xf6f5f4,
    .quiet_text = 0xa9a6ae,
    .arrow = 0x9a9996,
    .accent = 0x78aeed,
    .accent_text = 0x10161d,
    .found = 0xf8e45c,
    .border_width = 1,
    .shared_width = 2,
    .arrow_width = 1.25,
    .mark_width = 2.5,
    .hue = {
      [HS_FAMILY_OTHER] = 0xb0afac,
      [HS_FAMILY_CONTAINER] = 0x74b0f4,
      [HS_FAMILY_TEXT] = 0xe3cf6a,
      [HS_FAMILY_NUMBER] = 0x5fcdbb,
      [HS_FAMILY_CALLABLE] = 0xdd8ed0,
      [HS_FAMILY_CLASS] = 0xe07aa6,
      [HS_FAMILY_INSTANCE] = 0x6cc98a,
      [HS_FAMILY_MODULE] = 0xa99cf0,
      [HS_FAMILY_BUFFER] = 0xf0929f,
    },
    .tint = {
      [HS_FAMILY_OTHER] = 0x38383a,
      [HS_FAMILY_CONTAINER] = 0x24384f,
      [HS_FAMILY_TEXT] = 0x403a1f,
      [HS_FAMILY_NUMBER] = 0x203e3a,
      [HS_FAMILY_CALLABLE] = 0x442c40,
      [HS_FAMILY_CLASS] = 0x45273a,
      [HS_FAMILY_INSTANCE] = 0x233f2b,
      [HS_FAMILY_MODULE] = 0x322e51,
      [HS_FAMILY_BUFFER] = 0x482e33,
    },
    .variant = { 0xb9b6bf, 0x74b0f4, 0xf5a35c, 0x5fcdac, 0xd79be6, 0xf28b9b, 0xe0cf5f, 0x7fd3ee },
    .variant_text = 0x10161d,
  },
  [HS_THEME_HIGH_CONTRAST] = {
    .background = 0xffffff,
    .box = 0xffffff,
    .border = 0x000000,
    .line = 0x8c8c8c,
    .shared = 0x000000,
    .text = 0x000000,
    .quiet_text = 0x303030,
    .arrow = 0x000000,
    .accent = 0x0b4fa5,
    .accent_text = 0xffffff,
    .found = 0xb35900,
    .border_width = 1.5,
    .shared_width = 3,
    .arrow_width = 1.5,
    .mark_width = 4,
    .hue = {
      [HS_FAMILY_OTHER] = 0x404040,
      [HS_FAMILY_CONTAINER] = 0x123f7a,
      [HS_FAMILY_TEXT] = 0x5c4a00,
      [HS_FAMILY_NUMBER] = 0x0b5548,
      [HS_FAMILY_CALLABLE] = 0x751b66,
      [HS_FAMILY_CLASS] = 0x6b0f3e,
      [HS_FAMILY_INSTANCE] = 0x0a4d20,
      [HS_FAMILY_MODULE] = 0x2a1a7a,
      [HS_FAMILY_BUFFER] = 0x8c1f33,
    },
    .tint = {
      [HS_FAMILY_OTHER] = 0xffffff,
      [HS_FAMILY_CONTAINER] = 0xffffff,
      [HS_FAMILY_TEXT] = 0xffffff,
      [HS_FAMILY_NUMBER] = 0xffffff,
      [HS_FAMILY_CALLABLE] = 0xffffff,
      [HS_FAMILY_CLASS] = 0xffffff,
      [HS_FAMILY_INSTANCE] = 0xffffff,
      [HS_FAMILY_MODULE] = 0xffffff,
      [HS_FAMILY_BUFFER] = 0xffffff,
    },
    .variant = { 0x2a2a2a, 0x0b4fa5, 0x8a3a00, 0x00573f, 0x651b7a, 0x8c1030, 0x544700, 0x0b5a78 },
    .variant_text = 0xffffff,
  },
  [HS_THEME_HIGH_CONTRAST_DARK] = {
    .background = 0x000000,
    .box = 0x000000,
    .border = 0xffffff,
    .line = 0x8c8c8c,
    .shared = 0xffffff,
    .text = 0xffffff,
    .quiet_text = 0xdadada,
    .arrow = 0xffffff,
    .accent = 0x99c1f1,
    .accent_text = 0x000000,
    .found = 0xf9f06b,
    .border_width = 1.5,
    .shared_width = 3,
    .arrow_width = 1.5,
    .mark_width = 4,
    .hue = {
      [HS_FAMILY_OTHER] = 0xd0d0d0,
      [HS_FAMILY_CONTAINER] = 0x9cc9ff,
      [HS_FAMILY_TEXT] = 0xf5e38c,
      [HS_FAMILY_NUMBER] = 0x86ead9,
      [HS_FAMILY_CALLABLE] = 0xf3b0e8,
      [HS_FAMILY_CLASS] = 0xff9fc6,
      [HS_FAMILY_INSTANCE] = 0x93e8ae,
      [HS_FAMILY_MODULE] = 0xc6bcff,
      [HS_FAMILY_BUFFER] = 0xffb3bd,
    },
    .tint = { 0 },
    .variant = { 0xe0e0e0, 0x9cc9ff, 0xffb878, 0x86ead0, 0xe6b8f5, 0xffa6b5, 0xf5e38c, 0xa3e6fb },
    .variant_text = 0x000000,
  },
};

const HsTheme *
hs_theme_get (HsThemeKind kind)
{
  g_return_val_if_fail (kind <= HS_THEME_HIGH_CONTRAST_DARK, &themes[HS_THEME_LIGHT]);

  return &themes[kind];
}

gboolean
hs_theme_kind_from_string (const char  *name,
                           HsThemeKind *kind)
{
  static const char *const names[] = { "light", "dark", "high-contrast", "high-contrast-dark" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_strcmp0 (name, names[i]) == 0)
      {
        *kind = (HsThemeKind)i;
        return TRUE;
      }

  return FALSE;
}

static void
split_color (HsColor color,
             double *red,
             double *green,
             double *blue)
{
  *red = (color >> 16 & 0xff) / 255.;
  *green = (color >> 8 & 0xff) / 255.;
  *blue = (color & 0xff) / 255.;
}

void
hs_theme_get_background (const HsTheme *theme,
                         double        *red,
                         double        *green,
                         double        *blue)
{
  split_color (theme->background, red, green, blue);
}

void
hs_theme_get_family_color (const HsTheme *theme,
                           HsFamily       family,
                           double        *red,
                           double        *green,
                           double        *blue)
{
  g_return_if_fail (family < HS_N_FAMILIES);

  split_color (theme->hue[family], red, green, blue);
}
