/* hs-print-picture.c - pictures on paper
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-print.h"

#include <glib/gi18n-lib.h>

#include "hs-picture-pages.h"

typedef struct
{
  HsScene        *scene; /* owned */
  HsPictureInfo  *info;  /* owned */
  HsPicturePages *pages; /* owned; while it is printed */

  /* In the dialog, while it is open; borrowed */
  GtkCheckButton *spread_button;
  GtkLabel       *count_label;
  GtkPageSetup   *page_setup; /* owned; NULL: not known yet */
} PrintPicture;

static void
print_picture_free (gpointer data)
{
  PrintPicture *self = data;

  g_clear_pointer (&self->pages, hs_picture_pages_free);
  g_clear_object (&self->page_setup);
  hs_scene_unref (self->scene);
  hs_picture_info_free (self->info);
  g_free (self);
}

static gboolean
get_is_spread (GtkPrintOperation *operation)
{
  GtkPrintSettings *settings = gtk_print_operation_get_print_settings (operation);

  return settings != NULL && gtk_print_settings_get_bool (settings, HS_PRINT_SPREAD);
}

/* ---- The dialog ---- */

static void
update_count (PrintPicture *self)
{
  g_autoptr(HsPicturePages) pages = NULL;
  g_autofree char *text = NULL;
  guint            n_pages;

  if (self->page_setup == NULL)
    return;

  pages = hs_picture_pages_new (self->scene, self->info,
                                gtk_page_setup_get_page_width (self->page_setup, GTK_UNIT_POINTS),
                                gtk_page_setup_get_page_height (self->page_setup, GTK_UNIT_POINTS),
                                gtk_check_button_get_active (self->spread_button));
  n_pages = hs_picture_pages_get_n (pages);
  /* translators: of a picture that will be printed */
  text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u page", "%u pages", n_pages), n_pages);
  gtk_label_set_label (self->count_label, text);
}

static GObject *
create_custom_widget_cb (GtkPrintOperation *operation,
                         PrintPicture      *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *fit = gtk_check_button_new_with_label (_("All of it on one page"));
  GtkWidget *spread =
    gtk_check_button_new_with_label (_("Large enough to read, on as many pages as it takes"));
  GtkWidget    *count = gtk_label_new (NULL);
  GtkPageSetup *setup = gtk_print_operation_get_default_page_setup (operation);

  gtk_check_button_set_group (GTK_CHECK_BUTTON (spread), GTK_CHECK_BUTTON (fit));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (get_is_spread (operation) ? spread : fit), TRUE);
  gtk_label_set_xalign (GTK_LABEL (count), 0);
  gtk_widget_add_css_class (count, "dim-label");
  gtk_box_append (GTK_BOX (box), fit);
  gtk_box_append (GTK_BOX (box), spread);
  gtk_box_append (GTK_BOX (box), count);
  gtk_widget_set_margin_top (box, 18);
  gtk_widget_set_margin_bottom (box, 18);
  gtk_widget_set_margin_start (box, 18);
  gtk_widget_set_margin_end (box, 18);

  self->spread_button = GTK_CHECK_BUTTON (spread);
  self->count_label = GTK_LABEL (count);
  g_set_object (&self->page_setup, setup);
  g_signal_connect_swapped (spread, "toggled", G_CALLBACK (update_count), self);
  update_count (self);

  return G_OBJECT (box);
}

/* Another printer or another paper. */
static void
update_custom_widget_cb (GtkPrintOperation *operation,
                         GtkWidget         *widget,
                         GtkPageSetup      *setup,
                         GtkPrintSettings  *settings,
                         PrintPicture      *self)
{
  g_set_object (&self->page_setup, setup);
  update_count (self);
}

static void
custom_widget_apply_cb (GtkPrintOperation *operation,
                        GtkWidget         *widget,
                        PrintPicture      *self)
{
  gtk_print_settings_set_bool (gtk_print_operation_get_print_settings (operation), HS_PRINT_SPREAD,
                               gtk_check_button_get_active (self->spread_button));
}

/* ---- The pages ---- */

static void
begin_print_cb (GtkPrintOperation *operation,
                GtkPrintContext   *context,
                PrintPicture      *self)
{
  g_clear_pointer (&self->pages, hs_picture_pages_free);
  self->pages = hs_picture_pages_new (self->scene, self->info,
                                      gtk_print_context_get_width (context),
                                      gtk_print_context_get_height (context),
                                      get_is_spread (operation));
  gtk_print_operation_set_n_pages (operation, (int)hs_picture_pages_get_n (self->pages));
}

static void
draw_page_cb (GtkPrintOperation *operation,
              GtkPrintContext   *context,
              int                page,
              PrintPicture      *self)
{
  hs_picture_pages_draw (self->pages, (guint)page, gtk_print_context_get_cairo_context (context));
}

static void
end_print_cb (GtkPrintOperation *operation,
              GtkPrintContext   *context,
              PrintPicture      *self)
{
  g_clear_pointer (&self->pages, hs_picture_pages_free);
}

GtkPrintOperation *
hs_print_picture_new (HsScene             *scene,
                      const HsPictureInfo *info,
                      const char          *name)
{
  GtkPrintOperation *operation = gtk_print_operation_new ();
  PrintPicture      *self = g_new0 (PrintPicture, 1);

  self->scene = hs_scene_ref (scene);
  self->info = hs_picture_info_copy (info);
  gtk_print_operation_set_job_name (operation, name);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_custom_tab_label (operation, _("Picture"));
  g_object_set_data_full (G_OBJECT (operation), "picture", self, print_picture_free);
  g_signal_connect (operation, "create-custom-widget", G_CALLBACK (create_custom_widget_cb), self);
  g_signal_connect (operation, "update-custom-widget", G_CALLBACK (update_custom_widget_cb), self);
  g_signal_connect (operation, "custom-widget-apply", G_CALLBACK (custom_widget_apply_cb), self);
  g_signal_connect (operation, "begin-print", G_CALLBACK (begin_print_cb), self);
  g_signal_connect (operation, "draw-page", G_CALLBACK (draw_page_cb), self);
  g_signal_connect (operation, "end-print", G_CALLBACK (end_print_cb), self);

  return operation;
}
