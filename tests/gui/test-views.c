/* test-views.c - the views of a heap side by side: tabs, choices, selection
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-gui-test.h"

#include <string.h>

#include "hs-scene-view-private.h"
#include "hs-view-panel-private.h"
#include "hs-view-slot.h"

/* With something to see in every view. */
#define CODE                                           \
  "import mmap\n"                                      \
  "words = ['a longer text', 'another text']\n"        \
  "table = {'key': words[0], 'number': 12345.5}\n"     \
  "copies = [str(i) + ' of many' for i in range(5)]\n" \
  "region = mmap.mmap(-1, 65536)\n"

static AdwViewStack *
get_stack (HsWindow *window)
{
  return hs_gui_test_find_child (window->views, ADW_TYPE_VIEW_STACK, NULL);
}

static HsViewPanel *
get_panel (HsWindow   *window,
           const char *name)
{
  return hs_view_slot_make_panel (
    HS_VIEW_SLOT (adw_view_stack_get_child_by_name (get_stack (window), name)));
}

static const char *
get_seen (HsWindow *window)
{
  return adw_view_stack_get_visible_child_name (get_stack (window));
}

static void
wait_for_scene (HsWindow *window)
{
  HsViewPanel *panel = hs_views_get_panel (window->views);

  hs_gui_test_wait (panel->building == NULL && hs_views_get_scene (window->views) != NULL);
}

static HsWindow *
open_picture (const char *code)
{
  HsWindow *window = hs_gui_test_open_window (code);

  hs_gui_test_run (window);
  g_assert_cmpint (hs_run_get_status (window->run), ==, HS_STATUS_OK);
  wait_for_scene (window);

  return window;
}

static void
show (HsWindow   *window,
      const char *name)
{
  g_assert_true (hs_views_show (window->views, name));
  g_assert_cmpstr (get_seen (window), ==, name);
  wait_for_scene (window);
}

static GSettings *
reset_settings (void)
{
  GSettings *settings = hs_application_get_settings (hs_gui_test_get_application ());

  g_settings_reset (settings, "view");
  g_settings_reset (settings, "view-options");

  return settings;
}

/* The first item that says @text. */
static guint
find_item (HsWindow   *window,
           const char *text)
{
  guint item = hs_scene_search (hs_views_get_scene (window->views), text, HS_NO_ITEM, FALSE);

  g_assert_cmpuint (item, !=, HS_NO_ITEM);

  return item;
}

/* The object of the item that is selected in the view that is seen. */
static guint32
get_selected_object (HsWindow *window)
{
  HsViewPanel *panel = hs_views_get_panel (window->views);
  guint        item = hs_scene_view_get_selected (panel->view);

  return item == HS_NO_ITEM ? HS_NO_OBJECT : hs_scene_get_item_object (panel->scene, item);
}

/* In the view of the whole heap a small object has no place of its own: the item
 * of its type stands for it, or none. Views of the history have no objects.
 */
static void
assert_selected (HsWindow *window,
                 guint32   object)
{
  HsViewPanel *panel = hs_views_get_panel (window->views);
  guint        item = hs_scene_find_object (panel->scene, object);

  if (!g_str_equal (get_seen (window), "heap") &&
      !hs_view_is_of_history (hs_view_panel_get_view (panel)))
    g_assert_cmpuint (get_selected_object (window), ==, object);
  else if (item != HS_NO_ITEM)
    g_assert_cmpuint (hs_scene_view_get_selected (panel->view), ==, item);
}

static void
test_tabs (void)
{
  HsWindow     *window = hs_gui_test_open_window (NULL);
  AdwViewStack *stack = get_stack (window);
  guint         n_views = 0;

  reset_settings ();
  for (const HsView *const *view = hs_views_list (); *view != NULL; view++, n_views++)
    {
      HsViewPanel      *panel = get_panel (window, hs_view_get_name (*view));
      GtkWidget        *slot = gtk_widget_get_parent (GTK_WIDGET (panel));
      AdwViewStackPage *page = adw_view_stack_get_page (stack, slot);
      GtkIconTheme     *icons = gtk_icon_theme_get_for_display (gdk_display_get_default ());

      g_assert_true (hs_view_panel_get_view (panel) == *view);
      g_assert_cmpstr (adw_view_stack_page_get_title (page), ==, hs_view_get_title (*view));
      g_assert_true (gtk_icon_theme_has_icon (icons, adw_view_stack_page_get_icon_name (page)));
    }
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (adw_view_stack_get_pages (stack))), ==,
                    n_views);
  g_assert_false (hs_views_show (window->views, "nowhere"));
  hs_gui_test_close_window (window);
}

/* What a shortcut of the program does. */
static void
press (HsWindow   *window,
       const char *accelerator)
{
  g_auto(GStrv) actions = gtk_application_get_actions_for_accel (
    GTK_APPLICATION (hs_gui_test_get_application ()), accelerator);
  g_autofree char *name = NULL;
  g_autoptr(GVariant) target = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_cmpuint (g_strv_length (actions), ==, 1);
  g_action_parse_detailed_name (actions[0], &name, &target, &error);
  g_assert_no_error (error);
  g_assert_true (gtk_widget_activate_action_variant (GTK_WIDGET (window), name, target));
}

static void
test_shortcuts (void)
{
  HsWindow *window;
  guint     position = 0;

  reset_settings ();
  window = open_picture (CODE);
  for (const HsView *const *view = hs_views_list (); *view != NULL; view++)
    {
      g_autofree char *accelerator = g_strdup_printf ("<Alt>%u", ++position);
      HsViewPanel     *panel = get_panel (window, hs_view_get_name (*view));

      press (window, accelerator);
      g_assert_true (hs_views_get_panel (window->views) == panel);
      if (hs_view_is_of_comparison (*view))
        continue;
      wait_for_scene (window);

      /* The focus goes along, and where it is, the search looks. */
      press (window, accelerator);
      g_assert_true (hs_view_panel_has_focus (panel));
      hs_gui_test_activate (window, "win.find");
      g_assert_true (gtk_revealer_get_reveal_child (panel->find_revealer));
    }
  for (; position < 9; position++)
    {
      HsViewPanel *panel = hs_views_get_panel (window->views);

      gtk_widget_activate_action (GTK_WIDGET (window), "win.show-view", "i", (int)position + 1);
      g_assert_true (hs_views_get_panel (window->views) == panel);
    }
  hs_gui_test_close_window (window);
  reset_settings ();
}

static void
count_cb (guint *n)
{
  ++*n;
}

static void
test_built_when_shown (void)
{
  HsWindow *window;
  guint     n_notified = 0;

  reset_settings ();
  window = open_picture (CODE);
  g_signal_connect_swapped (window->views, "notify::scene", G_CALLBACK (count_cb), &n_notified);
  for (const HsView *const *view = hs_views_list (); *view != NULL; view++)
    {
      HsViewPanel *panel = get_panel (window, hs_view_get_name (*view));

      if (*view == hs_views_list ()[0] || hs_view_is_of_comparison (*view))
        continue;
      g_assert_null (hs_view_panel_get_scene (panel));
      g_assert_null (panel->building);

      n_notified = 0;
      show (window, hs_view_get_name (*view));
      g_assert_cmpuint (n_notified, >=, 2); /* gone, and there */
      g_assert_true (hs_views_get_scene (window->views) == hs_view_panel_get_scene (panel));
      g_assert_cmpstr (hs_scene_get_view_name (hs_views_get_scene (window->views)), ==,
                       hs_view_get_name (*view));
    }

  /* And kept. */
  n_notified = 0;
  hs_views_show (window->views, "graph");
  g_assert_cmpuint (n_notified, ==, 1);
  g_assert_nonnull (hs_views_get_scene (window->views));

  /* A new run is a new heap for all of them, and no picture is of the old one. */
  hs_gui_test_run (window);
  wait_for_scene (window);
  for (const HsView *const *view = hs_views_list (); *view != NULL; view++)
    {
      HsViewPanel *panel = get_panel (window, hs_view_get_name (*view));

      g_assert_true ((panel->scene == NULL) == (*view != hs_views_list ()[0]));
    }
  hs_gui_test_close_window (window);
}

static void
activate_option (HsWindow   *window,
                 const char *id,
                 const char *choice)
{
  HsViewPanel *panel = hs_views_get_panel (window->views);
  GVariant    *target = choice != NULL ? g_variant_new_string (choice) : NULL;

  g_action_group_activate_action (G_ACTION_GROUP (panel->options), id, target);
}

static void
assert_setting (GSettings  *settings,
                const char *wanted)
{
  g_auto(GStrv) values = g_settings_get_strv (settings, "view-options");
  g_autofree char *joined = g_strjoinv (" ", values);

  g_assert_cmpstr (joined, ==, wanted);
}

static void
test_options_kept (void)
{
  GSettings *settings = reset_settings ();
  HsWindow  *window = open_picture (CODE);
  guint      before = hs_scene_get_n_items (hs_views_get_scene (window->views));
  guint      after;

  activate_option (window, "values-in-rows", NULL);
  wait_for_scene (window);
  after = hs_scene_get_n_items (hs_views_get_scene (window->views));
  g_assert_cmpuint (after, <, before);
  show (window, "strings");
  activate_option (window, "sort", "length");
  wait_for_scene (window);
  assert_setting (settings, "graph.values-in-rows=on strings.sort=length");

  /* One's own choice is taken back by itself. */
  activate_option (window, "sort", "waste");
  wait_for_scene (window);
  assert_setting (settings, "graph.values-in-rows=on");
  activate_option (window, "sort", "text");
  wait_for_scene (window);
  hs_gui_test_close_window (window);

  window = open_picture (CODE);
  g_assert_cmpstr (get_seen (window), ==, "strings");
  g_assert_cmpuint (get_panel (window, "strings")->choices[0], ==, 5);
  show (window, "graph");
  g_assert_cmpuint (hs_scene_get_n_items (hs_views_get_scene (window->views)), ==, after);
  g_assert_true (gtk_check_button_get_active (hs_gui_test_find_child (
    get_panel (window, "graph")->options_box, GTK_TYPE_CHECK_BUTTON, NULL)));
  hs_gui_test_close_window (window);
  reset_settings ();
}

static void
test_garbage (void)
{
  const char *const garbage[] = { "",
                                  "=",
                                  "graph",
                                  "graph.",
                                  "graph.values-in-rows",
                                  "graph.values-in-rows=maybe",
                                  "graph.gone=on",
                                  "nowhere.sort=length",
                                  "strings.sort=%s%n",
                                  "strings.sort=length",
                                  NULL };
  GSettings        *settings = reset_settings ();
  HsWindow         *window;

  g_settings_set_string (settings, "view", "nowhere");
  g_settings_set_strv (settings, "view-options", garbage);
  window = open_picture (CODE);
  g_assert_cmpstr (get_seen (window), ==, "graph");
  g_assert_cmpuint (get_panel (window, "graph")->choices[0], ==, 0);
  g_assert_cmpuint (get_panel (window, "strings")->choices[0], ==, 4);
  hs_gui_test_close_window (window);
  reset_settings ();
}

static void
test_selection (void)
{
  HsWindow *window;
  guint32   object;

  reset_settings ();
  window = open_picture (CODE);
  hs_scene_view_select (hs_views_get_panel (window->views)->view,
                        find_item (window, "another text"));
  object = get_selected_object (window);
  g_assert_cmpuint (object, !=, HS_NO_OBJECT);
  for (const HsView *const *view = hs_views_list (); *view != NULL; view++)
    if (!hs_view_is_of_comparison (*view))
      {
        show (window, hs_view_get_name (*view));
        assert_selected (window, object);
      }

  /* And the other way. */
  show (window, "strings");
  hs_scene_view_select (hs_views_get_panel (window->views)->view,
                        find_item (window, "a longer text"));
  object = get_selected_object (window);
  show (window, "graph");
  g_assert_cmpuint (get_selected_object (window), ==, object);

  /* What the others cannot show leaves them as they are. */
  hs_scene_view_select (hs_views_get_panel (window->views)->view, find_item (window, "words"));
  show (window, "strings");
  show (window, "graph");
  g_assert_nonnull (hs_views_get_scene (window->views));
  hs_gui_test_close_window (window);
}

static void
test_menu (void)
{
  HsWindow           *window;
  HsViewPanel        *panel;
  GtkEventController *keys;
  gboolean            is_handled = FALSE;
  GMenuModel         *menu;
  g_autoptr(GMenuModel) others = NULL;
  guint32 object;

  reset_settings ();
  window = open_picture (CODE);
  panel = hs_views_get_panel (window->views);
  hs_scene_view_select (panel->view, find_item (window, "another text"));
  object = get_selected_object (window);
  keys = hs_gui_test_find_controller (panel->view, GTK_TYPE_EVENT_CONTROLLER_KEY);
  g_signal_emit_by_name (keys, "key-pressed", (guint)GDK_KEY_Menu, (guint)0, (GdkModifierType)0,
                         &is_handled);
  g_assert_true (is_handled);
  g_assert_true (GTK_IS_POPOVER_MENU (panel->view->popover));
  hs_gui_test_wait (gtk_widget_get_mapped (panel->view->popover));

  menu = gtk_popover_menu_get_menu_model (GTK_POPOVER_MENU (panel->view->popover));
  for (int i = 0; others == NULL && i < g_menu_model_get_n_items (menu); i++)
    {
      g_autoptr(GMenuModel) section =
                   g_menu_model_get_item_link (menu, i, G_MENU_LINK_SECTION);
      g_autofree char *action = NULL;

      if (section != NULL &&
          g_menu_model_get_item_attribute (section, 0, G_MENU_ATTRIBUTE_ACTION, "s", &action) &&
          g_str_equal (action, "views.show"))
        others = g_steal_pointer (&section);
    }
  g_assert_nonnull (others);
  for (int i = 0; i < g_menu_model_get_n_items (others); i++)
    {
      g_autofree char *name = NULL;

      g_assert_true (
        g_menu_model_get_item_attribute (others, i, G_MENU_ATTRIBUTE_TARGET, "s", &name));
      g_assert_cmpstr (name, !=, "graph");
      g_assert_true (gtk_widget_activate_action (panel->view->popover, "views.show", "s", name));
      g_assert_cmpstr (get_seen (window), ==, name);
      wait_for_scene (window);
      assert_selected (window, object);
    }

  /* A menu that is open goes with the window. */
  g_signal_emit_by_name (hs_views_get_panel (window->views)->view, "menu-requested",
                         hs_scene_view_get_selected (hs_views_get_panel (window->views)->view), 9.,
                         9.);
  hs_gui_test_close_window (window);
  reset_settings ();
}

/* Large enough that something is under way whenever the window goes. */
static void
test_closed_any_time (void)
{
  for (const HsView *const *view = hs_views_list (); *view != NULL; view++)
    for (guint n_iterations = 0; n_iterations < 64; n_iterations = 2 * n_iterations + 1)
      {
        HsWindow *window = hs_gui_test_open_window (
          "class Point:\n"
          "    def __init__(self, i):\n"
          "        self.name, self.at = 'point %d' % i, [i + 1000, i + 2000]\n"
          "points = [Point(i) for i in range(2000)]\n");

        hs_views_show (window->views, hs_view_get_name (*view));
        hs_gui_test_run (window);
        for (guint i = 0; i < n_iterations; i++)
          g_main_context_iteration (NULL, FALSE);
        hs_gui_test_close_window (window);
      }
  reset_settings ();
}

int
main (int   argc,
      char *argv[])
{
  hs_gui_test_init (&argc, &argv);

  g_test_add_func ("/views/tabs", test_tabs);
  g_test_add_func ("/views/shortcuts", test_shortcuts);
  g_test_add_func ("/views/built-when-shown", test_built_when_shown);
  g_test_add_func ("/views/options-kept", test_options_kept);
  g_test_add_func ("/views/garbage", test_garbage);
  g_test_add_func ("/views/selection", test_selection);
  g_test_add_func ("/views/menu", test_menu);
  g_test_add_func ("/views/closed-any-time", test_closed_any_time);

  return hs_gui_test_finish ();
}
