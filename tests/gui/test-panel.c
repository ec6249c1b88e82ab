/* test-panel.c - one view of a heap: its picture, its tools, its waiting
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-gui-test.h"
#include "hs-test-view.h"

#include <string.h>

#include "hs-scene-view-private.h"
#include "hs-view-panel-private.h"

/* Of two runs; owned. */
static HsHeap *heaps[2];

static HsHeap *
make_heap (const char *code)
{
  HsWindow *window = hs_gui_test_open_window (code);
  HsHeap   *heap;

  hs_gui_test_run (window);
  heap = hs_run_get_heap (window->run, NULL);
  g_assert_nonnull (heap);
  hs_heap_ref (heap);
  hs_gui_test_close_window (window);

  return heap;
}

static HsViewPanel *
open_panel (gboolean is_active)
{
  GtkWidget   *window = gtk_window_new ();
  HsViewPanel *panel = hs_view_panel_new (hs_test_view_get ());

  gtk_window_set_default_size (GTK_WINDOW (window), 900, 500);
  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (panel));
  hs_view_panel_set_active (panel, is_active);
  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (window);

  return panel;
}

static void
close_panel (HsViewPanel *panel)
{
  gpointer alive = panel;

  g_object_add_weak_pointer (G_OBJECT (panel), &alive);
  gtk_window_destroy (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (panel))));
  hs_gui_test_wait (alive == NULL);
  hs_test_view_release ();
  hs_gui_test_wait (hs_test_view_get_n_scenes () == 0 && hs_test_view_get_n_waiting () == 0);
}

/* A panel that shows the first heap, with room for it. */
static HsViewPanel *
open_picture (void)
{
  HsViewPanel *panel = open_panel (TRUE);

  hs_view_panel_set_heap (panel, heaps[0], NULL);
  hs_gui_test_wait (hs_view_panel_get_scene (panel) != NULL &&
                    gtk_widget_get_width (GTK_WIDGET (panel->view)) > 0);

  return panel;
}

static gboolean
is_building (HsViewPanel *panel)
{
  return panel->building != NULL;
}

/* Does what begins a build, and waits for it. */
#define wait_for_build(panel, statement)                       \
  G_STMT_START                                                 \
  {                                                            \
    guint n = hs_test_view_get_n_begun ();                     \
    statement;                                                 \
    g_assert_true (is_building (panel));                       \
    hs_gui_test_wait (!is_building (panel));                   \
    g_assert_cmpuint (hs_test_view_get_n_begun (), ==, n + 1); \
  }                                                            \
  G_STMT_END

static const char *
get_page (HsViewPanel *panel)
{
  return gtk_stack_get_visible_child_name (panel->stack);
}

static void
activate_option (HsViewPanel *panel,
                 const char  *id,
                 const char  *choice)
{
  GVariant *target = choice != NULL ? g_variant_new_string (choice) : NULL;

  g_action_group_activate_action (G_ACTION_GROUP (panel->options), id, target);
}

static guint
get_n_items (HsViewPanel *panel)
{
  return hs_scene_get_n_items (hs_view_panel_get_scene (panel));
}

static void
test_built_when_seen (void)
{
  guint        n_begun = hs_test_view_get_n_begun ();
  HsViewPanel *panel = open_panel (FALSE);

  g_assert_cmpstr (get_page (panel), ==, "empty");
  hs_view_panel_set_heap (panel, heaps[0], NULL);
  g_assert_false (is_building (panel));
  g_assert_null (hs_view_panel_get_scene (panel));

  wait_for_build (panel, hs_view_panel_set_active (panel, TRUE));
  g_assert_cmpstr (get_page (panel), ==, "picture");
  g_assert_true (hs_scene_get_heap (hs_view_panel_get_scene (panel)) == heaps[0]);

  /* Once is enough. */
  hs_view_panel_set_active (panel, FALSE);
  hs_view_panel_set_active (panel, TRUE);
  g_assert_false (is_building (panel));
  g_assert_cmpuint (hs_test_view_get_n_begun (), ==, n_begun + 1);

  /* What nobody sees keeps no heap alive that is over. */
  hs_view_panel_set_active (panel, FALSE);
  hs_view_panel_set_heap (panel, heaps[1], NULL);
  g_assert_null (hs_view_panel_get_scene (panel));
  hs_gui_test_wait (hs_test_view_get_n_scenes () == 0);
  close_panel (panel);
}

static void
test_no_heap (void)
{
  HsViewPanel *panel = open_picture ();

  hs_view_panel_set_heap (panel, NULL, "It <ended> & left nothing.");
  g_assert_null (hs_view_panel_get_scene (panel));
  g_assert_cmpstr (get_page (panel), ==, "empty");
  g_assert_cmpstr (adw_status_page_get_title (panel->status_page), ==, "No Picture");
  g_assert_cmpstr (adw_status_page_get_description (panel->status_page), ==,
                   "It &lt;ended&gt; &amp; left nothing.");

  hs_view_panel_set_heap (panel, NULL, NULL);
  g_assert_cmpstr (adw_status_page_get_title (panel->status_page), ==, "Objects Appear Here");
  close_panel (panel);
}

static void
count_cb (HsViewPanel *panel,
          guint        option,
          guint        choice,
          guint       *changes)
{
  *changes = *changes * 100 + option * 10 + choice;
}

static void
test_options (void)
{
  HsViewPanel *panel = open_picture ();
  guint        changes = 0;
  g_autoptr(GVariant) state = NULL;
  GtkWidget *menu;

  g_signal_connect (panel, "option-changed", G_CALLBACK (count_cb), &changes);
  wait_for_build (panel, activate_option (panel, "legend", NULL));
  g_assert_cmpuint (changes, ==, 1);
  g_assert_true (gtk_check_button_get_active (
    hs_gui_test_find_child (panel->options_box, GTK_TYPE_CHECK_BUTTON, NULL)));

  wait_for_build (panel, activate_option (panel, "order", "c"));
  g_assert_cmpuint (changes, ==, 1 * 100 + 22);
  state = g_action_group_get_action_state (G_ACTION_GROUP (panel->options), "order");
  g_assert_cmpstr (g_variant_get_string (state, NULL), ==, "c");
  menu = gtk_widget_get_last_child (GTK_WIDGET (panel->options_box));
  g_assert_true (GTK_IS_MENU_BUTTON (menu));
  g_assert_cmpstr (gtk_menu_button_get_label (GTK_MENU_BUTTON (menu)), ==, "Order: Third");

  /* The same again is nothing new. */
  activate_option (panel, "order", "c");
  g_assert_false (is_building (panel));
  g_assert_cmpuint (changes, ==, 122);

  /* They are for the heaps that follow, too. */
  wait_for_build (panel, hs_view_panel_set_heap (panel, heaps[1], NULL));
  g_assert_cmpuint (hs_wishes_get_option (panel->shown, HS_TEST_OPTION_ORDER), ==, 2);
  close_panel (panel);
}

/* A part of a picture can stand for a choice. */
static void
test_option_in_picture (void)
{
  HsViewPanel *panel = open_picture ();
  guint        changes = 0;

  g_signal_connect (panel, "option-changed", G_CALLBACK (count_cb), &changes);
  wait_for_build (panel, g_signal_emit_by_name (panel->view, "item-activated", 1u, HS_NO_ITEM,
                                                (guint)HS_HIT_MORE));
  g_assert_cmpuint (panel->choices[HS_TEST_OPTION_LEGEND], ==, 1);
  g_assert_cmpuint (changes, ==, 1);
  close_panel (panel);
}

static void
test_nothing_to_show (void)
{
  HsViewPanel *panel = open_picture ();

  wait_for_build (panel, activate_option (panel, "content", "nothing"));
  g_assert_null (hs_view_panel_get_scene (panel));
  g_assert_cmpstr (get_page (panel), ==, "empty");
  g_assert_cmpstr (adw_status_page_get_title (panel->status_page), ==, "Nothing to Show");
  g_assert_cmpstr (adw_status_page_get_description (panel->status_page), ==,
                   "&lt;nothing&gt; &amp; nobody");

  /* The bar is still there to take it back. */
  g_assert_true (gtk_widget_get_mapped (panel->options_bar));
  wait_for_build (panel, activate_option (panel, "content", "boxes"));
  g_assert_nonnull (hs_view_panel_get_scene (panel));
  g_assert_cmpstr (get_page (panel), ==, "picture");
  close_panel (panel);
}

static void
test_cancel (void)
{
  HsViewPanel *panel = open_picture ();
  HsScene     *scene = hs_view_panel_get_scene (panel);
  guint        changes = 0;

  g_signal_connect (panel, "option-changed", G_CALLBACK (count_cb), &changes);
  hs_test_view_hold ();
  activate_option (panel, "order", "b");
  hs_gui_test_wait (gtk_widget_get_mapped (panel->busy_box) && hs_test_view_get_n_waiting () > 0);
  g_assert_true (hs_view_panel_get_scene (panel) == scene);

  hs_gui_test_activate (panel, "view.cancel");
  g_assert_false (is_building (panel));
  g_assert_false (gtk_widget_get_visible (panel->busy_box));
  g_assert_cmpuint (panel->choices[HS_TEST_OPTION_ORDER], ==, 0);
  /* Who keeps the choices learns that it is not kept. */
  g_assert_cmpuint (changes, ==, 21 * 100 + 20);

  /* What was made in vain goes. */
  hs_test_view_release ();
  hs_gui_test_wait (hs_test_view_get_n_waiting () == 0 && hs_test_view_get_n_scenes () == 1);
  g_assert_true (hs_view_panel_get_scene (panel) == scene);
  close_panel (panel);
}

static void
test_cancel_first (void)
{
  HsViewPanel *panel = open_panel (TRUE);

  hs_test_view_hold ();
  hs_view_panel_set_heap (panel, heaps[0], NULL);
  hs_gui_test_wait (gtk_widget_get_mapped (panel->busy_box));
  hs_gui_test_activate (panel, "view.cancel");
  g_assert_cmpstr (adw_status_page_get_title (panel->status_page), ==, "No Picture");
  g_assert_cmpstr (get_page (panel), ==, "empty");
  hs_test_view_release ();
  hs_gui_test_wait (hs_test_view_get_n_waiting () == 0 && hs_test_view_get_n_scenes () == 0);

  /* Who comes back to it wants to see it. */
  hs_view_panel_set_active (panel, FALSE);
  wait_for_build (panel, hs_view_panel_set_active (panel, TRUE));
  g_assert_nonnull (hs_view_panel_get_scene (panel));
  close_panel (panel);
}

/* Another choice is another try. */
static void
test_cancel_nothing (void)
{
  HsViewPanel *panel = open_panel (TRUE);

  hs_test_view_hold ();
  hs_view_panel_set_heap (panel, heaps[0], NULL);
  hs_gui_test_activate (panel, "view.cancel");
  hs_test_view_release ();
  wait_for_build (panel, activate_option (panel, "content", "nothing"));

  hs_test_view_hold ();
  activate_option (panel, "content", "boxes");
  hs_gui_test_activate (panel, "view.cancel");
  hs_test_view_release ();
  g_assert_cmpuint (panel->choices[HS_TEST_OPTION_CONTENT], ==, 1);
  hs_gui_test_wait (hs_test_view_get_n_waiting () == 0);
  wait_for_build (panel, activate_option (panel, "content", "boxes"));
  g_assert_nonnull (hs_view_panel_get_scene (panel));
  close_panel (panel);
}

static void
test_late_result (void)
{
  HsViewPanel *panel = open_picture ();
  guint        n_begun = hs_test_view_get_n_begun ();

  hs_test_view_hold ();
  hs_view_panel_set_heap (panel, heaps[1], NULL);
  g_assert_null (hs_view_panel_get_scene (panel));
  hs_gui_test_wait (hs_test_view_get_n_begun () == n_begun + 1);
  hs_view_panel_set_heap (panel, heaps[0], NULL);
  hs_gui_test_wait (hs_test_view_get_n_begun () == n_begun + 2);
  activate_option (panel, "legend", NULL);
  hs_gui_test_wait (hs_test_view_get_n_begun () == n_begun + 3);
  hs_test_view_release ();
  hs_gui_test_wait (!is_building (panel));
  g_assert_true (hs_scene_get_heap (hs_view_panel_get_scene (panel)) == heaps[0]);
  g_assert_cmpuint (hs_wishes_get_option (panel->shown, HS_TEST_OPTION_LEGEND), ==, 1);
  hs_gui_test_wait (hs_test_view_get_n_scenes () == 1);
  g_assert_true (hs_scene_get_heap (hs_view_panel_get_scene (panel)) == heaps[0]);
  close_panel (panel);
}

static void
test_closed_while_building (void)
{
  HsViewPanel *panel = open_picture ();
  guint        n_begun = hs_test_view_get_n_begun ();

  hs_test_view_hold ();
  activate_option (panel, "legend", NULL);
  hs_gui_test_wait (hs_test_view_get_n_begun () > n_begun);
  close_panel (panel);
}

static void
test_closed_while_drawing (void)
{
  HsViewPanel *panel = open_picture ();

  /* The largest picture has the most tiles. */
  hs_test_view_hold ();
  for (guint i = 0; i < 8; i++)
    hs_gui_test_activate (panel, "view.zoom-in");
  hs_gui_test_wait (hs_test_view_get_n_waiting () > 0);
  close_panel (panel);
}

static void
test_legend (void)
{
  HsViewPanel *panel = open_picture ();
  GtkPopover  *popover;

  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (panel->legend_button)));
  wait_for_build (panel, activate_option (panel, "legend", NULL));
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (panel->legend_button)));

  gtk_menu_button_popup (panel->legend_button);
  popover = gtk_menu_button_get_popover (panel->legend_button);
  hs_gui_test_wait (gtk_widget_get_mapped (GTK_WIDGET (popover)));
  g_assert_nonnull (hs_gui_test_find_child (popover, GTK_TYPE_DRAWING_AREA, NULL));

  /* It goes with what it explains, even while it is open. */
  wait_for_build (panel, activate_option (panel, "legend", NULL));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (panel->legend_button)));
  close_panel (panel);
}

static void
test_left_out (void)
{
  HsViewPanel *panel = open_picture ();
  guint        n_items = get_n_items (panel);

  g_assert_true (gtk_widget_get_mapped (panel->left_out_box));
  g_assert_cmpstr (gtk_label_get_text (panel->left_out_label), ==, "3 boxes are left out");
  wait_for_build (panel, hs_gui_test_click (panel->left_out_box, "Show More"));
  g_assert_cmpuint (get_n_items (panel), ==, n_items + HS_TEST_MORE_BOXES);
  g_assert_false (gtk_widget_get_visible (panel->left_out_box));

  wait_for_build (panel, hs_gui_test_activate (panel, "view.reset"));
  g_assert_cmpuint (get_n_items (panel), ==, n_items);
  g_assert_true (gtk_widget_get_visible (panel->left_out_box));
  close_panel (panel);
}

static gboolean
overlap (HsViewPanel *panel,
         gpointer     widget,
         gpointer     other)
{
  graphene_rect_t a;
  graphene_rect_t b;

  g_assert_true (gtk_widget_compute_bounds (widget, GTK_WIDGET (panel), &a));
  g_assert_true (gtk_widget_compute_bounds (other, GTK_WIDGET (panel), &b));

  return graphene_rect_intersection (&a, &b, NULL);
}

/* Tools do not lie upon each other, however small the window is. */
static void
test_room (void)
{
  static const int widths[] = { 330, 500, 1200 };

  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      HsViewPanel *panel = open_panel (TRUE);
      GtkWindow   *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (panel)));

      gtk_window_set_default_size (window, widths[i], 400);
      hs_view_panel_set_heap (panel, heaps[0], NULL);
      hs_gui_test_wait (hs_view_panel_get_scene (panel) != NULL);
      hs_view_panel_select_object (panel, 1);
      wait_for_build (panel,
                      gtk_widget_activate_action (GTK_WIDGET (panel), "view.ask", "i",
                                                  (int)HS_QUESTION_WHY_ALIVE));
      hs_view_panel_find (panel);
      hs_gui_test_wait (gtk_revealer_get_child_revealed (panel->answer_revealer) &&
                        gtk_revealer_get_child_revealed (panel->find_revealer) &&
                        gtk_widget_get_width (GTK_WIDGET (panel->view)) <= MAX (widths[i], 400) &&
                        gtk_widget_get_height (panel->left_out_box) > 0);
      g_assert_false (overlap (panel, panel->left_out_box, panel->tools_box));
      /* Without the margins round what they reveal. */
      g_assert_false (overlap (panel, gtk_revealer_get_child (panel->answer_revealer),
                               gtk_revealer_get_child (panel->find_revealer)));
      close_panel (panel);
    }
}

static void
test_answer (void)
{
  HsViewPanel *panel = open_picture ();

  hs_scene_view_select (panel->view, 2);
  wait_for_build (panel,
                  gtk_widget_activate_action (GTK_WIDGET (panel), "view.ask", "i",
                                              (int)HS_QUESTION_WHY_ALIVE));
  g_assert_true (gtk_revealer_get_reveal_child (panel->answer_revealer));
  g_assert_cmpstr (gtk_label_get_text (panel->answer_label), ==, "Because.");
  g_assert_cmpuint (hs_scene_view_get_selected (panel->view), ==, 2);

  wait_for_build (panel,
                  gtk_widget_activate_action (GTK_WIDGET (panel), "view.ask", "i",
                                              (int)HS_QUESTION_NONE));
  g_assert_false (gtk_revealer_get_reveal_child (panel->answer_revealer));
  close_panel (panel);
}

static void
store_object_cb (HsViewPanel *panel,
                 guint        object,
                 guint       *stored)
{
  *stored = object;
}

static void
test_selection (void)
{
  HsViewPanel *panel = open_picture ();
  guint        object = 1000;

  g_signal_connect (panel, "object-selected", G_CALLBACK (store_object_cb), &object);
  hs_scene_view_select (panel->view, 3);
  g_assert_cmpuint (object, ==, 2);

  /* What another view has selected is no news for the others. */
  hs_view_panel_select_object (panel, 0);
  g_assert_cmpuint (hs_scene_view_get_selected (panel->view), ==, 1);
  g_assert_cmpuint (object, ==, 2);
  hs_view_panel_select_object (panel, 1000);
  g_assert_cmpuint (hs_scene_view_get_selected (panel->view), ==, 1);
  hs_view_panel_select_object (panel, HS_NO_OBJECT);
  g_assert_cmpuint (hs_scene_view_get_selected (panel->view), ==, HS_NO_ITEM);

  /* An item that stands for no object is selected for good as well. */
  hs_scene_view_select (panel->view, 0);
  g_assert_cmpuint (object, ==, HS_NO_OBJECT);
  wait_for_build (panel, g_signal_emit_by_name (panel->view, "item-activated", 0u, HS_NO_ITEM,
                                                (guint)HS_HIT_ITEM));
  g_assert_cmpuint (hs_scene_view_get_selected (panel->view), ==, 0);
  hs_view_panel_select_object (panel, HS_NO_OBJECT);
  g_assert_cmpuint (hs_scene_view_get_selected (panel->view), ==, 0);
  close_panel (panel);
}

static void
store_text_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  char **text = user_data;

  *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (object), result, NULL);
}

static void
test_copy_text (void)
{
  HsViewPanel     *panel = open_picture ();
  g_autofree char *text = NULL;

  hs_scene_view_select (panel->view, 2);
  hs_gui_test_activate (panel, "view.copy-text");
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (panel)), NULL, store_text_cb,
                                 &text);
  hs_gui_test_wait (text != NULL);
  g_assert_cmpstr (text, ==, "box 2\nof the test");
  close_panel (panel);
}

static void
test_find (void)
{
  HsViewPanel *panel = open_picture ();

  hs_gui_test_activate (panel, "view.find");
  g_assert_true (gtk_revealer_get_reveal_child (panel->find_revealer));
  gtk_editable_set_text (GTK_EDITABLE (panel->find_entry), "box 3");
  hs_gui_test_wait (hs_scene_view_get_selected (panel->view) == 3);
  g_assert_cmpstr (gtk_label_get_text (panel->find_label), ==, "1 match");
  gtk_editable_set_text (GTK_EDITABLE (panel->find_entry), "box 5");
  hs_gui_test_wait (g_str_equal (gtk_label_get_text (panel->find_label), "Not found"));

  /* There is more to be found in the next picture. */
  wait_for_build (panel, hs_gui_test_activate (panel, "view.show-more"));
  g_assert_cmpuint (panel->n_matches, ==, 1);
  hs_gui_test_activate (panel, "view.find-next");
  g_assert_cmpuint (hs_scene_view_get_selected (panel->view), ==, 5);
  g_signal_emit_by_name (panel->find_entry, "stop-search");
  g_assert_false (gtk_revealer_get_reveal_child (panel->find_revealer));

  /* What is not seen takes no room from the picture. */
  hs_gui_test_wait (gtk_widget_get_height (GTK_WIDGET (panel->find_revealer)) == 0);
  close_panel (panel);
}

static void
test_text_scale (void)
{
  GtkSettings *settings = gtk_settings_get_default ();
  HsViewPanel *panel = open_picture ();

  g_object_set (settings, "gtk-xft-dpi", 96 * PANGO_SCALE, NULL);
  hs_gui_test_activate (panel, "view.actual-size");
  g_assert_cmpfloat_with_epsilon (panel->view->zoom, 1, 1e-6);
  g_object_set (settings, "gtk-xft-dpi", 2 * 96 * PANGO_SCALE, NULL);
  g_assert_cmpfloat_with_epsilon (panel->view->zoom, 2, 1e-6);
  g_assert_cmpfloat_with_epsilon (hs_scene_view_get_zoom (panel->view), 1, 1e-6);

  /* Steps stop at the actual size as ever. */
  hs_gui_test_activate (panel, "view.zoom-in");
  g_assert_cmpfloat (panel->view->zoom, >, 2);
  hs_gui_test_activate (panel, "view.zoom-out");
  g_assert_cmpfloat_with_epsilon (panel->view->zoom, 2, 1e-6);
  hs_gui_test_activate (panel, "view.fit");
  g_assert_cmpfloat (panel->view->zoom, <=, 2);
  close_panel (panel);
  gtk_settings_reset_property (settings, "gtk-xft-dpi");
}

static void
test_motion (gconstpointer user_data)
{
  gboolean     is_animated = GPOINTER_TO_INT (user_data);
  HsViewPanel *panel;
  gboolean     moved;

  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", is_animated, NULL);
  panel = open_picture ();
  hs_test_view_take_n_items_drawn ();
  wait_for_build (panel, g_signal_emit_by_name (panel->view, "item-activated", 1u, HS_NO_ITEM,
                                                (guint)HS_HIT_FOLD));
  moved = panel->view->motion != NULL;
  g_assert_cmpint (moved, ==, is_animated);
  hs_gui_test_wait (panel->view->motion == NULL);
  if (!is_animated)
    g_assert_cmpuint (hs_test_view_take_n_items_drawn (), ==, 0);

  /* What moves goes with the window. */
  wait_for_build (panel, g_signal_emit_by_name (panel->view, "item-activated", 1u, HS_NO_ITEM,
                                                (guint)HS_HIT_FOLD));
  close_panel (panel);
  gtk_settings_reset_property (gtk_settings_get_default (), "gtk-enable-animations");
}

static void
test_theme (void)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();
  HsViewPanel     *panel = open_picture ();

  hs_gui_test_wait (hs_test_view_take_theme () == hs_theme_get (HS_THEME_LIGHT));
  adw_style_manager_set_color_scheme (manager, ADW_COLOR_SCHEME_FORCE_DARK);
  hs_gui_test_wait (hs_test_view_take_theme () == hs_theme_get (HS_THEME_DARK));
  adw_style_manager_set_color_scheme (manager, ADW_COLOR_SCHEME_DEFAULT);
  hs_gui_test_wait (hs_test_view_take_theme () == hs_theme_get (HS_THEME_LIGHT));
  close_panel (panel);
}

/* The desktop's own settings, where it has them. */
static void
test_high_contrast (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr(GSettingsSchema) schema = NULL;
  g_autoptr(GSettings) settings = NULL;
  HsViewPanel *panel;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, "org.gnome.desktop.a11y.interface", TRUE);
  if (schema == NULL)
    {
      g_test_skip ("the desktop has no such setting");
      return;
    }

  settings = g_settings_new_full (schema, NULL, NULL);
  panel = open_picture ();
  g_settings_set_boolean (settings, "high-contrast", TRUE);
  hs_gui_test_wait (hs_test_view_take_theme () == hs_theme_get (HS_THEME_HIGH_CONTRAST));
  g_settings_set_boolean (settings, "high-contrast", FALSE);
  hs_gui_test_wait (hs_test_view_take_theme () == hs_theme_get (HS_THEME_LIGHT));
  close_panel (panel);
}

int
main (int   argc,
      char *argv[])
{
  int result;

  hs_gui_test_init (&argc, &argv);
  heaps[0] = make_heap ("first = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']\n");
  heaps[1] = make_heap ("second = ['i', 'j', 'k', 'l', 'm', 'n', 'o', 'p']\n");

  g_test_add_func ("/panel/built-when-seen", test_built_when_seen);
  g_test_add_func ("/panel/no-heap", test_no_heap);
  g_test_add_func ("/panel/options", test_options);
  g_test_add_func ("/panel/option-in-picture", test_option_in_picture);
  g_test_add_func ("/panel/nothing-to-show", test_nothing_to_show);
  g_test_add_func ("/panel/cancel", test_cancel);
  g_test_add_func ("/panel/cancel-first", test_cancel_first);
  g_test_add_func ("/panel/cancel-nothing", test_cancel_nothing);
  g_test_add_func ("/panel/late-result", test_late_result);
  g_test_add_func ("/panel/closed-while-building", test_closed_while_building);
  g_test_add_func ("/panel/closed-while-drawing", test_closed_while_drawing);
  g_test_add_func ("/panel/legend", test_legend);
  g_test_add_func ("/panel/left-out", test_left_out);
  g_test_add_func ("/panel/room", test_room);
  g_test_add_func ("/panel/answer", test_answer);
  g_test_add_func ("/panel/selection", test_selection);
  g_test_add_func ("/panel/copy-text", test_copy_text);
  g_test_add_func ("/panel/find", test_find);
  g_test_add_func ("/panel/text-scale", test_text_scale);
  g_test_add_data_func ("/panel/motion", GINT_TO_POINTER (TRUE), test_motion);
  g_test_add_data_func ("/panel/no-motion", GINT_TO_POINTER (FALSE), test_motion);
  g_test_add_func ("/panel/theme", test_theme);
  g_test_add_func ("/panel/high-contrast", test_high_contrast);

  result = hs_gui_test_finish ();
  hs_heap_unref (heaps[0]);
  hs_heap_unref (heaps[1]);

  return result;
}
