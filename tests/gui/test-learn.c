/* test-learn.c - lessons beside the code, guesses, answers, and what is kept of them
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-gui-test.h"

#include <string.h>

#include "hs-comparer.h"
#include "hs-examples.h"
#include "hs-question-card.h"

static const char lesson_text[] = "@ask which\nWhich is larger?\n"
                                  "@choice peak('large') > peak('small')\nlarge\n"
                                  "@choice peak('large') <= peak('small')\nsmall\n"
                                  "@because\nIt is {peak('large')}.\n\n"
                                  "@ask size\nHow many bytes?\n"
                                  "@number peak('large') 5\n"
                                  "@because\nBy measuring.\n\n"
                                  "@ask number\nHow many?\n"
                                  "@number value('large', 'n') 0\n"
                                  "@because\nBy counting.\n\n"
                                  "# What is measured\n\n"
                                  "@look layout.show=cost The rows\n\n"
                                  "@if python > 3.0\nPython {python}.\n\n"
                                  "- One item\n\n"
                                  "@claim peak('large') > peak('small')\nLarger.\n\n"
                                  "@claim peak('large') < peak('small')\nSmaller.\n\n"
                                  "@claim rss('nobody') > 0\nNobody.\n";

static const char code[] = "n = 3\n"
                           "# %% small\n"
                           "data = bytes(1000)\n"
                           "# %% large\n"
                           "data = bytes(100_000)\n";

static void
compared_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  HsComparison **comparison = user_data;
  g_autoptr(GError) error = NULL;

  *comparison = hs_comparer_run_finish (HS_COMPARER (object), result, &error);
  g_assert_no_error (error);
}

static HsComparison *
compare (GBytes *source)
{
  g_autoptr(HsRunSpec) spec = hs_run_spec_new (source, NULL, "code.py");
  g_autoptr(HsComparer) comparer = hs_comparer_new (spec);
  HsComparison *comparison = NULL;

  hs_comparer_set_timing (comparer, 0, 0);
  hs_comparer_run_async (comparer, NULL, compared_cb, &comparison);
  hs_gui_test_wait (comparison != NULL);

  return comparison;
}

static void
collect (GtkWidget *widget,
         GType      type,
         GPtrArray *found)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    g_ptr_array_add (found, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect (child, type, found);
}

static GPtrArray *
find_all (gpointer widget,
          GType    type)
{
  GPtrArray *found = g_ptr_array_new ();

  collect (widget, type, found);

  return found;
}

/* Whether a label below @widget that is seen holds @text. */
static gboolean
says (gpointer    widget,
      const char *text)
{
  g_autoptr(GPtrArray) labels = find_all (widget, GTK_TYPE_LABEL);

  for (guint i = 0; i < labels->len; i++)
    if (gtk_widget_get_mapped (g_ptr_array_index (labels, i)) &&
        strstr (gtk_label_get_text (g_ptr_array_index (labels, i)), text) != NULL)
      return TRUE;

  return FALSE;
}

static HsLessonPanel *
open_panel (GtkWindow **window)
{
  g_autoptr(GError) error = NULL;
  HsLessonPanel *panel = g_object_new (HS_TYPE_LESSON_PANEL, NULL);

  *window = GTK_WINDOW (gtk_window_new ());
  hs_lesson_panel_set_lesson (panel, "A lesson", hs_lesson_new (lesson_text, "test", &error));
  g_assert_no_error (error);
  gtk_window_set_default_size (*window, 400, 2000);
  gtk_window_set_child (*window, GTK_WIDGET (panel));
  gtk_window_present (*window);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (*window));

  return panel;
}

static void
test_guesses (void)
{
  GtkWindow     *window;
  HsLessonPanel *panel = open_panel (&window);
  g_autoptr(GPtrArray) cards = find_all (panel, HS_TYPE_QUESTION_CARD);
  g_autoptr(GPtrArray) choices = find_all (panel, GTK_TYPE_CHECK_BUTTON);
  g_autoptr(GPtrArray) entries = find_all (panel, GTK_TYPE_ENTRY);
  g_autoptr(GPtrArray) units = find_all (panel, GTK_TYPE_DROP_DOWN);
  g_autoptr(GBytes) source = g_bytes_new_static (code, strlen (code));
  g_autoptr(HsComparison) comparison = NULL;

  g_assert_cmpuint (cards->len, ==, 3);
  g_assert_cmpuint (choices->len, ==, 2);
  g_assert_cmpuint (entries->len, ==, 2);
  g_assert_cmpuint (units->len, ==, 1); /* what the code notes has none */
  g_assert_true (says (panel, "Predict, then compare"));
  g_assert_false (says (panel, "It is"));
  g_assert_false (says (panel, "Python 3"));

  g_assert_false (hs_question_card_has_guess (g_ptr_array_index (cards, 0)));
  gtk_check_button_set_active (g_ptr_array_index (choices, 1), TRUE);
  g_assert_true (hs_question_card_has_guess (g_ptr_array_index (cards, 0)));
  gtk_editable_set_text (g_ptr_array_index (entries, 0), "nothing");
  g_assert_false (hs_question_card_has_guess (g_ptr_array_index (cards, 1)));
  gtk_editable_set_text (g_ptr_array_index (entries, 0), "97,8");
  gtk_drop_down_set_selected (g_ptr_array_index (units, 0), 1);
  g_assert_true (hs_question_card_has_guess (g_ptr_array_index (cards, 1)));

  comparison = compare (source);
  hs_lesson_panel_set_comparison (panel, comparison);
  g_assert_cmpint (hs_question_card_get_answer (g_ptr_array_index (cards, 0)), ==,
                   HS_ANSWER_WRONG);
  g_assert_cmpint (hs_question_card_get_answer (g_ptr_array_index (cards, 1)), ==,
                   HS_ANSWER_RIGHT);
  g_assert_cmpint (hs_question_card_get_answer (g_ptr_array_index (cards, 2)), ==, HS_ANSWER_OPEN);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  g_assert_true (says (panel, "1 of 2 right"));
  g_assert_true (says (panel, "Not so. Measured: large"));
  g_assert_true (says (panel, "Right. Measured: "));
  g_assert_true (says (panel, "It is 97"));
  g_assert_true (says (panel, "Python 3"));
  g_assert_false (says (panel, "By counting"));
  g_assert_false (gtk_widget_is_sensitive (g_ptr_array_index (choices, 0)));

  /* A guess that comes later is checked when somebody asks for it. */
  gtk_editable_set_text (g_ptr_array_index (entries, 1), "3");
  hs_gui_test_click (g_ptr_array_index (cards, 2), "C_heck");
  g_assert_cmpint (hs_question_card_get_answer (g_ptr_array_index (cards, 2)), ==,
                   HS_ANSWER_RIGHT);
  g_assert_true (says (panel, "2 of 3 right"));

  /* Guesses stay until there is another measurement. */
  hs_lesson_panel_set_comparison (panel, NULL);
  g_assert_cmpint (hs_question_card_get_answer (g_ptr_array_index (cards, 0)), ==, HS_ANSWER_OPEN);
  g_assert_true (gtk_check_button_get_active (g_ptr_array_index (choices, 1)));
  g_assert_true (gtk_widget_is_sensitive (g_ptr_array_index (choices, 0)));

  hs_lesson_panel_set_lesson (panel, "", NULL);
  gtk_window_destroy (window);
}

static void
test_lesson_of_example (void)
{
  HsWindow   *window = hs_gui_test_open_window (NULL);
  GSettings  *settings = hs_application_get_settings (hs_gui_test_get_application ());
  const char *name = "13-slots";
  g_autoptr(GBytes) source = hs_example_load (name, NULL);
  g_autoptr(HsComparison) comparison = NULL;
  g_autoptr(GVariant) verdicts = NULL;
  g_autoptr(GVariant) verdict = NULL;

  hs_gui_test_activate (window, "win.learn");
  hs_gui_test_wait (gtk_widget_get_mapped (GTK_WIDGET (window->learn_page)));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.open-example", "s", name));
  g_assert_true (adw_flap_get_reveal_flap (window->lesson_flap));
  g_assert_cmpstr (window->lesson_name, ==, name);
  hs_gui_test_wait (says (window->lesson_panel, "Predict, then compare"));
  hs_gui_test_wait (!gtk_widget_get_mapped (GTK_WIDGET (window->learn_page)));

  comparison = compare (source);
  _hs_window_show_in_lesson (window, comparison);
  verdicts = g_settings_get_value (settings, "lesson-verdicts");
  verdict = g_variant_lookup_value (verdicts, name, NULL);
  g_assert_nonnull (verdict);
  hs_gui_test_activate (window, "win.learn");
  hs_gui_test_wait (says (window->learn_page, "slots saves"));
  hs_gui_test_activate (window, "win.learn");

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.look-at", "s",
                                             "layout.show=cost"));
  g_assert_cmpstr (hs_view_get_name (hs_view_panel_get_view (hs_views_get_panel (window->views))),
                   ==, "layout");

  /* The lesson is that of this code: it goes with it. */
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.open-example", "s",
                                             "01-references"));
  g_assert_false (adw_flap_get_reveal_flap (window->lesson_flap));
  g_assert_null (window->lesson_name);
  hs_gui_test_close_window (window);
}

/* What is measured of other code is not said of the example. */
static void
test_changed_code (void)
{
  HsWindow  *window = hs_gui_test_open_window (NULL);
  GSettings *settings = hs_application_get_settings (hs_gui_test_get_application ());
  g_autoptr(GBytes) source = g_bytes_new_static (code, strlen (code));
  g_autoptr(HsComparison) comparison = compare (source);
  g_autoptr(GVariant) verdicts = NULL;

  g_settings_reset (settings, "lesson-verdicts");
  gtk_widget_activate_action (GTK_WIDGET (window), "win.open-example", "s", "13-slots");
  hs_editor_set_text (window->editor, code);
  _hs_window_show_in_lesson (window, comparison);
  verdicts = g_settings_get_value (settings, "lesson-verdicts");
  g_assert_cmpuint (g_variant_n_children (verdicts), ==, 0);

  gtk_widget_activate_action (GTK_WIDGET (window), "win.close-lesson", NULL);
  g_assert_false (adw_flap_get_reveal_flap (window->lesson_flap));
  hs_gui_test_close_window (window);
}

int
main (int   argc,
      char *argv[])
{
  hs_gui_test_init (&argc, &argv);

  g_test_add_func ("/learn/guesses", test_guesses);
  g_test_add_func ("/learn/lesson-of-example", test_lesson_of_example);
  g_test_add_func ("/learn/changed-code", test_changed_code);

  return hs_gui_test_finish ();
}
