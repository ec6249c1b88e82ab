/* startup-probe.c - tells when a GTK program has painted its first frame
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Preloaded into a program that is measured as it is. HS_PROBE_START is CLOCK_MONOTONIC in
 * microseconds at the moment before the program was started. Writes the microseconds from there to
 * the first frame of its first window to standard output. With HS_PROBE_STAY the program goes on,
 * else it exits then.
 */

#include <dlfcn.h>
#include <gtk/gtk.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static gint64 start_us;

static void
after_paint_cb (GdkFrameClock *clock,
                gpointer       user_data)
{
  g_signal_handlers_disconnect_by_func (clock, after_paint_cb, user_data);
  printf ("%" G_GINT64_FORMAT "\n", g_get_monotonic_time () - start_us);
  fflush (stdout);
  if (g_getenv ("HS_PROBE_STAY") == NULL)
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
  g_signal_handlers_disconnect_by_func (application, window_added_cb, user_data);
  g_signal_connect (window, "map", G_CALLBACK (map_cb), NULL);
}

typedef int (*RunFunction) (GApplication *application, int argc, char **argv);

/* In the place of that of GIO. */
G_MODULE_EXPORT int
g_application_run (GApplication *application,
                   int           argc,
                   char        **argv)
{
  RunFunction run = NULL;
  const char *start = g_getenv ("HS_PROBE_START");

  start_us = start != NULL ? g_ascii_strtoll (start, NULL, 10) : g_get_monotonic_time ();
  g_signal_connect (application, "window-added", G_CALLBACK (window_added_cb), NULL);

  /* A function pointer from a pointer to data, as dlsym(3) says. */
  *(void **)&run = dlsym (RTLD_NEXT, "g_application_run");

  return run (application, argc, argv);
}
