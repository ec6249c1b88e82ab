/* test-editor.c - what the editor does to text
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-gui-test.h"

#include <gtksourceview/gtksource.h>

#include "hs-editor-private.h"
#include "hs-line-edits.h"
#include "hs-occurrences.h"
#include "hs-source-style.h"
#include "hs-word-provider.h"

static const char *const editor_keys[] = {
  "editor-scheme", "editor-spaces", "editor-show-margin", "editor-right-margin",
  "editor-wrap", "editor-map", "editor-highlight-line"
};

/* In the texts here, "[" and "]" are the ends of what is selected and "|" is the cursor. */
static GtkTextBuffer *
new_buffer (const char *marked)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (gtk_source_buffer_new (NULL));
  g_autoptr(GString) text = g_string_new (NULL);
  GtkTextIter iters[2];
  int         places[2] = { 0, 0 };

  for (const char *p = marked; *p != '\0'; p++)
    switch (*p)
      {
      case '|':
        places[0] = places[1] = (int)text->len;
        break;
      case '[':
        places[0] = (int)text->len;
        break;
      case ']':
        places[1] = (int)text->len;
        break;
      default:
        g_string_append_c (text, *p);
      }

  gtk_text_buffer_begin_irreversible_action (buffer);
  gtk_text_buffer_set_text (buffer, text->str, -1);
  gtk_text_buffer_end_irreversible_action (buffer);
  for (int i = 0; i < 2; i++)
    gtk_text_buffer_get_iter_at_offset (buffer, &iters[i], places[i]);
  gtk_text_buffer_select_range (buffer, &iters[0], &iters[1]);

  return buffer;
}

static char *
dup_marked (GtkTextBuffer *buffer)
{
  GtkTextIter      start, end, from, to;
  g_autofree char *text = NULL;
  GString         *marked;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
  marked = g_string_new (text);
  if (gtk_text_buffer_get_selection_bounds (buffer, &from, &to))
    {
      g_string_insert_c (marked, gtk_text_iter_get_offset (&to), ']');
      g_string_insert_c (marked, gtk_text_iter_get_offset (&from), '[');
    }
  else
    {
      g_string_insert_c (marked, gtk_text_iter_get_offset (&from), '|');
    }

  return g_string_free (marked, FALSE);
}

typedef struct
{
  const char *before;
  const char *after; /* NULL: nothing is changed, and FALSE returned */
} Edit;

/* Each is one step of undo, and is done again by redo. */
static void
check_edits (const Edit *edits,
             gsize       n_edits,
             gboolean (*edit) (GtkTextBuffer *buffer))
{
  for (gsize i = 0; i < n_edits; i++)
    {
      g_autoptr(GtkTextBuffer) buffer = new_buffer (edits[i].before);
      g_autofree char *first = dup_marked (buffer);
      g_autofree char *after = NULL;
      g_autofree char *undone = NULL;
      g_autofree char *plain = NULL;
      g_auto(GStrv) parts = NULL;
      GtkTextIter start, end;

      g_assert_cmpint (edit (buffer), ==, edits[i].after != NULL);
      after = dup_marked (buffer);
      g_assert_cmpstr (after, ==, edits[i].after != NULL ? edits[i].after : first);
      g_assert_cmpint (gtk_text_buffer_get_can_undo (buffer), ==, edits[i].after != NULL);
      if (edits[i].after == NULL)
        continue;

      gtk_text_buffer_undo (buffer);
      g_assert_false (gtk_text_buffer_get_can_undo (buffer));
      gtk_text_buffer_get_bounds (buffer, &start, &end);
      gtk_text_buffer_place_cursor (buffer, &start);
      undone = dup_marked (buffer);
      parts = g_strsplit_set (first, "[]|", -1);
      plain = g_strjoinv ("", parts);
      g_assert_cmpstr (undone + 1, ==, plain);
    }
}

static void
test_comment (void)
{
  static const Edit edits[] = {
    { "a = |1", "# a = |1" },
    { "|a = 1\nb = 2\n", "# |a = 1\nb = 2\n" },
    { "# a = |1", "a = |1" },
    { "#a = |1", "a = |1" },
    { "    # |x", "    |x" },
    { "[a = 1\nb = 2\n]c = 3", "[# a = 1\n# b = 2\n]c = 3" },
    { "[# a = 1\n# b = 2\n]c = 3", "[a = 1\nb = 2\n]c = 3" },
    /* At the smallest indentation; what is deeper keeps its depth. */
    { "[    if x:\n        y = 1\n\n    z = 2]", "[    # if x:\n    #     y = 1\n\n    # z = 2]" },
    { "[    # if x:\n    #     y = 1\n\n    # z = 2]", "[    if x:\n        y = 1\n\n    z = 2]" },
    /* One line that is no comment: all of them become comments. */
    { "[# a\nb]", "[# # a\n# b]" },
    { "[# # a\n# b]", "[# a\nb]" },
    /* Tabs and spaces have nothing in common. */
    { "[\tx\n    y]", "[# \tx\n#     y]" },
    /* Blanks alone are no code. */
    { "|", NULL },
    { "[\n   \n]", NULL },
    { "[x\n   \ny]", "[# x\n   \n# y]" },
  };

  check_edits (edits, G_N_ELEMENTS (edits), hs_line_edits_toggle_comment);
}

static void
test_duplicate (void)
{
  static const Edit edits[] = {
    { "a|b", "ab\na|b" },
    { "a|b\nc", "ab\na|b\nc" },
    { "|", "\n|" },
    { "[a\nb\n]c", "a\nb\n[a\nb\n]c" },
    { "x[a\nb]c", "xa\nbc\nx[a\nb]c" },
  };

  check_edits (edits, G_N_ELEMENTS (edits), hs_line_edits_duplicate);
}

static void
test_delete (void)
{
  static const Edit edits[] = {
    { "a|b\nc", "|c" },
    { "a\nb|", "a|" },
    { "a\n|", "a|" },
    { "a|", "|" },
    { "|", NULL },
    { "x\n[a\nb\n]c", "x\n|c" },
    { "x\n[a\nb]", "x|" },
  };

  check_edits (edits, G_N_ELEMENTS (edits), hs_line_edits_delete);
}

static gboolean
move_up (GtkTextBuffer *buffer)
{
  return hs_line_edits_move (buffer, FALSE);
}

static gboolean
move_down (GtkTextBuffer *buffer)
{
  return hs_line_edits_move (buffer, TRUE);
}

static void
test_move (void)
{
  static const Edit ups[] = {
    { "a\nb|", "b|\na" },
    { "a\n|b\n", "|b\na\n" },
    { "|a\nb", NULL },
    { "x\n[a\nb\n]c", "[a\nb\n]x\nc" },
    { "x\n[a\nb]", "[a\nb]\nx" },
    { "x\n|", "|\nx" },
  };
  static const Edit downs[] = {
    { "a|\nb", "b\na|" },
    { "|a\nb\n", "b\n|a\n" },
    { "a\nb|", NULL },
    { "[a\nb\n]x\nc", "x\n[a\nb\n]c" },
    { "[a\nb]\nx", "x\n[a\nb]" },
    { "[a\nb\n]x", "x\n[a\nb]" },
  };

  check_edits (ups, G_N_ELEMENTS (ups), move_up);
  check_edits (downs, G_N_ELEMENTS (downs), move_down);
}

/* A line that is marked for a snapshot stays so, whichever of the two is moved. */
static void
test_move_marked (void)
{
  HsWindow      *window = hs_gui_test_open_window ("a\nb\nc\n");
  GtkTextBuffer *buffer = hs_gui_test_get_buffer (window);
  static const struct
  {
    guint    line; /* of the cursor */
    gboolean down;
    guint    marked; /* afterwards */
  } moves[] = {
    { 2, TRUE, 3 },
    { 3, FALSE, 2 },
    { 1, TRUE, 1 },
    { 2, FALSE, 2 },
    { 3, FALSE, 3 },
  };

  hs_editor_go_to_line (window->editor, 2);
  hs_editor_toggle_mark (window->editor);
  for (gsize i = 0; i < G_N_ELEMENTS (moves); i++)
    {
      g_autoptr(GArray) lines = NULL;

      hs_editor_go_to_line (window->editor, moves[i].line);
      g_assert_true (hs_line_edits_move (buffer, moves[i].down));
      lines = hs_editor_get_marked_lines (window->editor);
      g_assert_cmpuint (lines->len, ==, 1);
      g_assert_cmpuint (g_array_index (lines, guint, 0), ==, moves[i].marked);
    }

  hs_gui_test_close_window (window);
}

static void
test_go_to (void)
{
  static const struct
  {
    const char *text;
    guint       line; /* 0: none is meant */
    guint       column;
  } cases[] = {
    { "12", 12, 1 },
    { " 12 ", 12, 1 },
    { "12:5", 12, 5 },
    { " 12 : 5 ", 12, 5 },
    { "12,5", 12, 5 },
    { "12:", 12, 1 },
    { "\357\274\221\357\274\222\357\274\232\357\274\225", 12, 5 },
    { "12\357\274\2145", 12, 5 },
    { "2147483647", 2147483647, 1 },
    { "2147483648", 0, 0 },
    { "99999999999999999999999999", 0, 0 },
    { "", 0, 0 },
    { "0", 0, 0 },
    { "12:0", 0, 0 },
    { "-1", 0, 0 },
    { ":5", 0, 0 },
    { "12:5:1", 0, 0 },
    { "12x", 0, 0 },
    { "1 2", 0, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint line, column;

      if (!hs_go_to_bar_parse (cases[i].text, &line, &column))
        line = column = 0;
      g_assert_cmpuint (line, ==, cases[i].line);
      g_assert_cmpuint (column, ==, cases[i].column);
    }
}

static void
test_words (void)
{
  static const struct
  {
    const char *text; /* "|": after the prefix */
    const char *prefix;
    const char *words;
  } cases[] = {
    { "value = 1\nvalues = val|", "val", "value values" },
    { "val|\nvalue", "val", "value" },
    { "value|s = 1", "value", "" },
    { "interval = 1; val|", "val", "" },
    { "val_1 val2 val-x val|", "val", "val2 val_1" },
    { "value value value val|", "val", "value" },
    { "Value val|", "val", "" },
    { "impo|", "impo", "import" },
    { "x.impo|", "impo", "" },
    { "__slo|", "__slo", "__slots__" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GtkTextBuffer) buffer = new_buffer (cases[i].text);
      g_autoptr(GPtrArray) words = NULL;
      g_autofree char *joined = NULL;
      GtkTextIter      place;

      gtk_text_buffer_get_iter_at_mark (buffer, &place, gtk_text_buffer_get_insert (buffer));
      gtk_text_iter_backward_chars (&place, (int)strlen (cases[i].prefix));
      words = hs_words_collect (buffer, &place, cases[i].prefix);
      g_ptr_array_add (words, NULL);
      joined = g_strjoinv (" ", (char **)words->pdata);
      g_assert_cmpstr (joined, ==, cases[i].words);
    }
}

/* No character is half of one. */
static void
test_words_unicode (void)
{
  g_autoptr(GtkTextBuffer) buffer = gtk_text_buffer_new (NULL);
  g_autoptr(GPtrArray) words = NULL;
  GtkTextIter place;

  gtk_text_buffer_set_text (
    buffer, "\345\244\247\345\260\217_1 = 2\nx\345\244\247\345\260\217_2\n", -1);
  gtk_text_buffer_get_end_iter (buffer, &place);
  words = hs_words_collect (buffer, &place, "\345\244\247\345\260\217");
  g_assert_cmpuint (words->len, ==, 1);
  g_assert_cmpstr (words->pdata[0], ==, "\345\244\247\345\260\217_1");
}

/* Those that are seen light up a moment later, and go out when nothing is selected. */
static void
test_occurrences (void)
{
  static const char *const text = "name = names\nrename(name)\nNAME = name\n";
  HsWindow                *window = hs_gui_test_open_window (text);
  GtkTextBuffer           *buffer = hs_gui_test_get_buffer (window);
  HsOccurrences           *occurrences = window->editor->occurrences;
  static const char *const found[] = {
    "[name] = names\nrename(name)\nNAME = name\n",
    "name = names\nrename([name])\nNAME = name\n",
    "name = names\nrename(name)\nNAME = [name]\n",
    "[name] = names\nrename(name)\nNAME = name\n",
  };
  GtkTextIter start, end;

  for (gsize i = 0; i < G_N_ELEMENTS (found); i++)
    {
      g_autofree char *marked = NULL;

      g_assert_true (hs_occurrences_select_next (occurrences));
      marked = dup_marked (buffer);
      g_assert_cmpstr (marked, ==, found[i]);
    }
  hs_gui_test_wait (hs_occurrences_get_n_lit (occurrences) == 3);

  /* A part of a word is any text. */
  gtk_text_buffer_get_iter_at_offset (buffer, &start, 0);
  gtk_text_buffer_get_iter_at_offset (buffer, &end, 3);
  gtk_text_buffer_select_range (buffer, &start, &end);
  hs_gui_test_wait (hs_occurrences_get_n_lit (occurrences) == 5);
  gtk_text_buffer_place_cursor (buffer, &start);
  g_assert_cmpuint (hs_occurrences_get_n_lit (occurrences), ==, 0);

  /* What is only there once has no next, nor have more lines than one, nor has their end. */
  gtk_text_buffer_get_iter_at_offset (buffer, &start, 7);
  gtk_text_buffer_get_iter_at_offset (buffer, &end, 12);
  gtk_text_buffer_select_range (buffer, &start, &end);
  g_assert_false (hs_occurrences_select_next (occurrences));
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  gtk_text_buffer_select_range (buffer, &start, &end);
  g_assert_false (hs_occurrences_select_next (occurrences));
  gtk_text_buffer_place_cursor (buffer, &end);
  g_assert_false (hs_occurrences_select_next (occurrences));

  hs_gui_test_close_window (window);
}

/* The keys and the menu reach the same things. */
static void
test_actions (void)
{
  HsWindow      *window = hs_gui_test_open_window ("a\nb\n");
  GtkTextBuffer *buffer = hs_gui_test_get_buffer (window);
  static const struct
  {
    const char *action;
    const char *after;
  } cases[] = {
    { "editor.toggle-comment", "# |a\nb\n" },
    { "editor.indent", "    # |a\nb\n" },
    { "editor.outdent", "# |a\nb\n" },
    { "editor.toggle-comment", "|a\nb\n" },
    { "editor.duplicate-lines", "a\n|a\nb\n" },
    { "editor.move-lines-down", "a\nb\n|a\n" },
    { "editor.move-lines-up", "a\n|a\nb\n" },
    { "editor.join-lines", NULL },
    { "editor.delete-lines", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *after = NULL;

      hs_gui_test_activate (window->editor, cases[i].action);
      after = dup_marked (buffer);
      if (cases[i].after != NULL)
        g_assert_cmpstr (after, ==, cases[i].after);
    }
  while (gtk_text_buffer_get_can_undo (buffer))
    gtk_text_buffer_undo (buffer);
  g_assert_cmpint (gtk_text_buffer_get_char_count (buffer), ==, 4);

  hs_gui_test_close_window (window);
}

static const char *
find_scheme (const char *id,
             gboolean    is_dark)
{
  return gtk_source_style_scheme_get_id (hs_source_style_find (id, is_dark));
}

/* Each family is there once, in the variant that fits. */
static void
test_schemes (void)
{
  g_assert_cmpstr (find_scheme ("Adwaita", FALSE), ==, "Adwaita");
  g_assert_cmpstr (find_scheme ("Adwaita", TRUE), ==, "Adwaita-dark");
  g_assert_cmpstr (find_scheme ("Adwaita-dark", FALSE), ==, "Adwaita");
  g_assert_cmpstr (find_scheme ("tango", TRUE), ==, "oblivion");
  g_assert_cmpstr (find_scheme ("cobalt", FALSE), ==, "cobalt-light");
  g_assert_cmpstr (find_scheme ("not there", TRUE), ==, "Adwaita-dark");

  for (int is_dark = 0; is_dark < 2; is_dark++)
    {
      g_autoptr(GPtrArray) list = hs_source_style_list (is_dark);

      g_assert_cmpuint (list->len, >, 2);
      g_assert_true (list->pdata[0] == hs_source_style_find ("Adwaita", is_dark));
      for (guint i = 0; i < list->len; i++)
        {
          GtkSourceStyleScheme *scheme = list->pdata[i];
          const char           *variant = gtk_source_style_scheme_get_metadata (scheme, "variant");
          guint                 index;

          g_assert_cmpstr (variant, ==, is_dark ? "dark" : "light");
          g_assert_true (g_ptr_array_find (list, scheme, &index));
          g_assert_cmpuint (index, ==, i);
        }
    }
}

/* What is chosen is seen at once, in all windows, and in those that come. */
static void
test_settings (void)
{
  GSettings            *settings = hs_application_get_settings (hs_gui_test_get_application ());
  HsWindow             *windows[2] = { hs_gui_test_open_window ("a"), NULL };
  GtkSourceView        *view = windows[0]->editor->view;
  GtkSourceSpaceDrawer *drawer = gtk_source_view_get_space_drawer (view);
  GtkSourceBuffer      *buffer = GTK_SOURCE_BUFFER (hs_gui_test_get_buffer (windows[0]));
  GtkSourceBuffer      *other;

  g_assert_false (gtk_source_space_drawer_get_enable_matrix (drawer));
  g_assert_null (hs_gui_test_find_child (windows[0]->editor, GTK_SOURCE_TYPE_MAP, NULL));

  g_settings_set_string (settings, "editor-scheme", "kate");
  g_settings_set_enum (settings, "editor-spaces", 1);
  g_settings_set_boolean (settings, "editor-show-margin", TRUE);
  g_settings_set_uint (settings, "editor-right-margin", 79);
  g_settings_set_boolean (settings, "editor-wrap", TRUE);
  g_settings_set_boolean (settings, "editor-map", TRUE);
  g_settings_set_boolean (settings, "editor-highlight-line", FALSE);

  windows[1] = hs_gui_test_open_window ("b");
  other = GTK_SOURCE_BUFFER (hs_gui_test_get_buffer (windows[1]));
  g_assert_cmpstr (gtk_source_style_scheme_get_id (gtk_source_buffer_get_style_scheme (buffer)),
                   ==, "kate");
  g_assert_true (gtk_source_buffer_get_style_scheme (other) ==
                 gtk_source_buffer_get_style_scheme (buffer));
  g_assert_true (gtk_source_space_drawer_get_enable_matrix (drawer));
  g_assert_cmpuint (gtk_source_space_drawer_get_types_for_locations (
                      drawer, GTK_SOURCE_SPACE_LOCATION_LEADING),
                    ==, GTK_SOURCE_SPACE_TYPE_NONE);
  g_assert_true (gtk_source_view_get_show_right_margin (view));
  g_assert_cmpuint (gtk_source_view_get_right_margin_position (view), ==, 79);
  g_assert_cmpint (gtk_text_view_get_wrap_mode (GTK_TEXT_VIEW (view)), ==, GTK_WRAP_WORD_CHAR);
  g_assert_false (gtk_source_view_get_highlight_current_line (view));
  for (int i = 0; i < 2; i++)
    g_assert_nonnull (hs_gui_test_find_child (windows[i]->editor, GTK_SOURCE_TYPE_MAP, NULL));

  g_settings_reset (settings, "editor-map");
  g_assert_null (hs_gui_test_find_child (windows[0]->editor, GTK_SOURCE_TYPE_MAP, NULL));
  g_settings_set_boolean (settings, "editor-map", TRUE);
  for (int i = 0; i < 2; i++)
    hs_gui_test_close_window (windows[i]);

  for (guint i = 0; i < G_N_ELEMENTS (editor_keys); i++)
    g_settings_reset (settings, editor_keys[i]);
}

int
main (int   argc,
      char *argv[])
{
  hs_gui_test_init (&argc, &argv);

  g_test_add_func ("/editor/comment", test_comment);
  g_test_add_func ("/editor/duplicate", test_duplicate);
  g_test_add_func ("/editor/delete", test_delete);
  g_test_add_func ("/editor/move", test_move);
  g_test_add_func ("/editor/move-marked", test_move_marked);
  g_test_add_func ("/editor/go-to", test_go_to);
  g_test_add_func ("/editor/words", test_words);
  g_test_add_func ("/editor/words-unicode", test_words_unicode);
  g_test_add_func ("/editor/occurrences", test_occurrences);
  g_test_add_func ("/editor/actions", test_actions);

  g_test_add_func ("/editor/schemes", test_schemes);
  g_test_add_func ("/editor/settings", test_settings);

  return hs_gui_test_finish ();
}
