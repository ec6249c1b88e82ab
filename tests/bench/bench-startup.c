/* bench-startup.c - says when a window's first frame is painted
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Usage: bench-startup heapscape|empty START
 *
 * START is CLOCK_MONOTONIC in microseconds at the moment before the program
 * was started. Prints the microseconds from there to the first painted frame
 * of Heapscape's window, or of an empty libadwaita window, and exits.
 */

#include "config.h"

#include <adwaita.h>
#include <stdlib.h>

#include "hs-application.h"

static gint64 start_us;

static void
after_paint_cb (GdkFrameClock *clock,
                gpointer       user_data)
{
  g_print ("%" G_GINT64_FORMAT "\n", g_get_monotonic_time () - start_us);
  _exit (EXIT_SUCCESS); /* closing is not what is measured */
}

static void
map_cb (GtkWidget *window,
        gpointer   user_data)
{
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint",
                    G_CALLBACK (after_paint_cb), NULL);
}

static void
window_added_cb (GtkApplication *application,
                 GtkWindow      *window,
                 gpointer        user_data)
{
  g_signal_connect (window, "map", G_CALLBACK (map_cb), NULL);
}

static void
activate_empty_cb (GApplication *application,
                   gpointer      user_data)
{
  GtkWidget *window = adw_application_window_new (GTK_APPLICATION (application));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), box);
  gtk_window_set_default_size (GTK_WINDOW (window), 1200, 760);
  gtk_window_present (GTK_WINDOW (window));
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(GApplication) application = NULL;
  gboolean is_empty;

  if (argc != 3)
    return EXIT_FAILURE;

  is_empty = g_str_equal (argv[1], "empty");
  start_us = g_ascii_strtoll (argv[2], NULL, 10);

  if (is_empty)
    {
      application = G_APPLICATION (adw_application_new (APP_ID ".Empty", G_APPLICATION_NON_UNIQUE));
      g_signal_connect (application, "activate", G_CALLBACK (activate_empty_cb), NULL);
    }
  else
    {
      application = G_APPLICATION (hs_application_new ());
    }
  g_signal_connect (application, "window-added", G_CALLBACK (window_added_cb), NULL);

  return g_application_run (application, 1, argv);
}
