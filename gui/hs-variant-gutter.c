/* hs-variant-gutter.c - the variants of the code, as coloured strips beside its lines
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-variant-gutter.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "hs-compat.h"
#include "hs-variant-color.h"
#include "hs-variants.h"

/* Pixels. */
#define WIDTH       22
#define STRIP_WIDTH 4
#define SIGN_RADIUS 5

/* Milliseconds after the last change. */
#define DELAY 150

/* The tint of the line that names a variant. */
#define TINT .14f

struct _HsVariantGutter
{
  GtkSourceGutterRenderer parent_instance;

  HsVariants *variants; /* owned; nullable */
  guint       timeout;
  gboolean    can_compare;
};

enum
{
  PROP_CAN_COMPARE = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (HsVariantGutter, hs_variant_gutter, GTK_SOURCE_TYPE_GUTTER_RENDERER)

static GtkTextBuffer *
get_buffer (HsVariantGutter *self)
{
  GtkSourceBuffer *buffer =
    gtk_source_gutter_renderer_get_buffer (GTK_SOURCE_GUTTER_RENDERER (self));

  return buffer != NULL ? GTK_TEXT_BUFFER (buffer) : NULL;
}

static const HsTheme *
get_theme (void)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();
  gboolean         is_dark = adw_style_manager_get_dark (manager);

  if (adw_style_manager_get_high_contrast (manager))
    return hs_theme_get (is_dark ? HS_THEME_HIGH_CONTRAST_DARK : HS_THEME_HIGH_CONTRAST);

  return hs_theme_get (is_dark ? HS_THEME_DARK : HS_THEME_LIGHT);
}

static void
get_color (guint    variant,
           GdkRGBA *color)
{
  double red, green, blue;

  hs_theme_get_variant_color (get_theme (), variant, &red, &green, &blue);
  *color = (GdkRGBA) { (float)red, (float)green, (float)blue, 1 };
}

/* The variant of @line, from 0; G_MAXUINT for what is common. */
static guint
find_variant (HsVariantGutter *self,
              guint            line)
{
  guint n = self->variants != NULL ? hs_variants_get_n (self->variants) : 0;

  for (guint i = n; i > 0; i--)
    if (hs_variants_get (self->variants, i - 1)->mark_line <= line + 1)
      return i - 1;

  return G_MAXUINT;
}

static void
read_text (HsVariantGutter *self)
{
  GtkTextBuffer   *buffer = get_buffer (self);
  GtkTextIter      start, end;
  g_autofree char *text = NULL;
  gboolean         can_compare;

  g_clear_pointer (&self->variants, hs_variants_free);
  if (buffer != NULL)
    {
      gtk_text_buffer_get_bounds (buffer, &start, &end);
      text = gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
      self->variants = hs_variants_new_for_text (text);
    }

  can_compare = self->variants != NULL && (hs_variants_get_n (self->variants) > 1 ||
                                           hs_variants_get_sweep (self->variants) != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self),
                          self->variants != NULL && hs_variants_get_n (self->variants) > 0);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (can_compare == self->can_compare)
    return;
  self->can_compare = can_compare;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_COMPARE]);
}

static gboolean
timeout_cb (gpointer user_data)
{
  HsVariantGutter *self = user_data;

  self->timeout = 0;
  read_text (self);

  return G_SOURCE_REMOVE;
}

static void
changed_cb (HsVariantGutter *self)
{
  g_clear_handle_id (&self->timeout, g_source_remove);
  self->timeout = g_timeout_add (DELAY, timeout_cb, self);
}

static void
append_rect (GtkSnapshot   *snapshot,
             const GdkRGBA *color,
             int            x,
             int            y,
             int            width,
             int            height)
{
  graphene_rect_t rect =
    GRAPHENE_RECT_INIT ((float)x, (float)y, (float)width, (float)height);

  gtk_snapshot_append_color (snapshot, color, &rect);
}

/* The sign by which the pictures know the variant, on the line of its name. */
static void
snapshot_sign (HsVariantGutter *self,
               GtkSnapshot     *snapshot,
               guint            variant,
               int              y,
               int              height)
{
  double   x = STRIP_WIDTH + (WIDTH - STRIP_WIDTH) / 2.;
  double   middle = y + height / 2.;
  GdkRGBA  color;
  cairo_t *cr;

  get_color (variant, &color);
  cr = gtk_snapshot_append_cairo (
    snapshot, &GRAPHENE_RECT_INIT (STRIP_WIDTH, (float)y, WIDTH - STRIP_WIDTH, (float)height));
  gdk_cairo_set_source_rgba (cr, &color);
  hs_variant_draw_sign (cr, variant, x, middle, SIGN_RADIUS, get_theme ());
  cairo_destroy (cr);
}

static void
hs_variant_gutter_snapshot_line (GtkSourceGutterRenderer *renderer,
                                 GtkSnapshot             *snapshot,
                                 GtkSourceGutterLines    *lines,
                                 guint                    line)
{
  HsVariantGutter *self = HS_VARIANT_GUTTER (renderer);
  guint            variant = find_variant (self, line);
  GdkRGBA          color;
  int              y;
  int              height;

  if (variant == G_MAXUINT)
    return;

  gtk_source_gutter_lines_get_line_yrange (
    lines, line, GTK_SOURCE_GUTTER_RENDERER_ALIGNMENT_MODE_CELL, &y, &height);
  get_color (variant, &color);
  append_rect (snapshot, &color, 0, y, STRIP_WIDTH, height);
  if (hs_variants_get (self->variants, variant)->mark_line != line + 1)
    return;

  color.alpha = TINT;
  append_rect (snapshot, &color, STRIP_WIDTH, y, WIDTH - STRIP_WIDTH, height);
  snapshot_sign (self, snapshot, variant, y, height);
}

char *
hs_variant_gutter_describe (HsVariantGutter *self,
                            guint            line)
{
  guint variant;

  g_return_val_if_fail (HS_IS_VARIANT_GUTTER (self), NULL);

  variant = find_variant (self, line);
  if (self->variants == NULL || hs_variants_get_n (self->variants) == 0)
    return NULL;
  if (variant == G_MAXUINT)
    return g_strdup (_("Common to all variants"));

  /* translators: %1$s is a name, %2$u a number, %3$u how many there are */
  return g_strdup_printf (_("Variant “%1$s”, %2$u of %3$u"),
                             hs_variants_get (self->variants, variant)->name, variant + 1,
                             hs_variants_get_n (self->variants));
}

static gboolean
query_tooltip_cb (HsVariantGutter *self,
                  int              x,
                  int              y,
                  gboolean         keyboard,
                  GtkTooltip      *tooltip)
{
  GtkSourceView   *view = gtk_source_gutter_renderer_get_view (GTK_SOURCE_GUTTER_RENDERER (self));
  g_autofree char *text = NULL;
  GtkTextIter      iter;
  int              buffer_y;

  if (view == NULL)
    return FALSE;

  gtk_text_view_window_to_buffer_coords (GTK_TEXT_VIEW (view), GTK_TEXT_WINDOW_LEFT, 0, y, NULL,
                                         &buffer_y);
  gtk_text_view_get_line_at_y (GTK_TEXT_VIEW (view), &iter, buffer_y, NULL);
  text = hs_variant_gutter_describe (self, (guint)gtk_text_iter_get_line (&iter));
  gtk_tooltip_set_text (tooltip, text);

  return text != NULL;
}

static void
hs_variant_gutter_change_buffer (GtkSourceGutterRenderer *renderer,
                                 GtkSourceBuffer         *old_buffer)
{
  HsVariantGutter *self = HS_VARIANT_GUTTER (renderer);
  GtkSourceBuffer *buffer = gtk_source_gutter_renderer_get_buffer (renderer);

  if (old_buffer != NULL)
    g_signal_handlers_disconnect_by_data (old_buffer, self);
  if (buffer != NULL)
    {
      g_signal_connect_object (buffer, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
      changed_cb (self);
    }
}

static void
hs_variant_gutter_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_CAN_COMPARE:
      g_value_set_boolean (value, HS_VARIANT_GUTTER (object)->can_compare);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hs_variant_gutter_dispose (GObject *object)
{
  HsVariantGutter *self = HS_VARIANT_GUTTER (object);

  g_clear_handle_id (&self->timeout, g_source_remove);
  g_clear_pointer (&self->variants, hs_variants_free);

  G_OBJECT_CLASS (hs_variant_gutter_parent_class)->dispose (object);
}

static void
hs_variant_gutter_class_init (HsVariantGutterClass *klass)
{
  GObjectClass                 *object_class = G_OBJECT_CLASS (klass);
  GtkSourceGutterRendererClass *renderer_class = GTK_SOURCE_GUTTER_RENDERER_CLASS (klass);

  object_class->get_property = hs_variant_gutter_get_property;
  object_class->dispose = hs_variant_gutter_dispose;
  renderer_class->snapshot_line = hs_variant_gutter_snapshot_line;
  renderer_class->change_buffer = hs_variant_gutter_change_buffer;

  properties[PROP_CAN_COMPARE] =
    g_param_spec_boolean ("can-compare", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
hs_variant_gutter_init (HsVariantGutter *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  gtk_widget_set_size_request (GTK_WIDGET (self), WIDTH, -1);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (query_tooltip_cb), NULL);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
}

GtkSourceGutterRenderer *
hs_variant_gutter_new (void)
{
  return g_object_new (HS_TYPE_VARIANT_GUTTER, NULL);
}

gboolean
hs_variant_gutter_get_can_compare (HsVariantGutter *self)
{
  g_return_val_if_fail (HS_IS_VARIANT_GUTTER (self), FALSE);

  /* Whoever asks does not want to wait. */
  if (self->timeout != 0)
    {
      g_clear_handle_id (&self->timeout, g_source_remove);
      read_text (self);
    }

  return self->can_compare;
}
