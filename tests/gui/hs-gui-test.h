/* hs-gui-test.h - what the tests of the window share
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-application.h"
#include "hs-window-private.h"

G_BEGIN_DECLS

/* A hang guard, not a measure. Seconds. */
#define HS_GUI_TEST_GUARD 60

/* Runs the main loop until @condition holds. */
#define hs_gui_test_wait(condition)                                                  \
  G_STMT_START                                                                       \
  {                                                                                  \
    gint64 guard_us = g_get_monotonic_time () + HS_GUI_TEST_GUARD * G_USEC_PER_SEC;  \
    while (!(condition))                                                             \
      {                                                                              \
        if (g_get_monotonic_time () > guard_us)                                      \
          g_error ("%s:%d: waited in vain for: %s", __FILE__, __LINE__, #condition); \
        if (!g_main_context_iteration (NULL, FALSE))                                 \
          g_usleep (1000);                                                           \
      }                                                                              \
  }                                                                                  \
  G_STMT_END

/* gtk_test_init() in folders of its own, and the registered program. */
void           hs_gui_test_init (int   *argc,
                                 char **argv[]);
HsApplication *hs_gui_test_get_application (void);
const char    *hs_gui_test_get_folder (void); /* empty at first; removed by finish */
int            hs_gui_test_finish (void);     /* g_test_run(), then cleans up */

/* A window that is drawn, with @code (nullable) in its editor. */
HsWindow *hs_gui_test_open_window (const char *code);

/* Destroys the window and waits until nothing holds it any more. */
void hs_gui_test_close_window (HsWindow *window);

/* An action as a menu, a button or a shortcut reaches it. */
void hs_gui_test_activate (gpointer    widget,
                           const char *action);

/* Runs what is in the editor to its end, whatever that is. */
void hs_gui_test_run (HsWindow *window);

/* The first toplevel of @type, or NULL. Borrowed. */
gpointer hs_gui_test_find_toplevel (GType type);

/* Clicks on the button below @widget with this label, mnemonic included. */
void hs_gui_test_click (gpointer    widget,
                        const char *label);

/* Below @widget: of @type, and with this id in its template unless that is
 * NULL. NULL if there is none. Borrowed.
 */
gpointer hs_gui_test_find_child (gpointer    widget,
                                 GType       type,
                                 const char *buildable_id);

/* The first controller of @type. Borrowed. */
gpointer hs_gui_test_find_controller (gpointer widget,
                                      GType    type);

GtkTextBuffer *hs_gui_test_get_buffer (HsWindow *window);
GFile         *hs_gui_test_write_file (const char *name,
                                       const void *content,
                                       gsize       size); /* (transfer full) */

/* Whether a process that this one started is still there. */
gboolean hs_gui_test_has_children (void);

G_END_DECLS
