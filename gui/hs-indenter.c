/* hs-indenter.c - how a new line of Python is indented
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-indenter.h"

#include <string.h>

/* PEP 8: four spaces for each level. */
#define INDENT_WIDTH 4

struct _HsIndenter
{
  GObject parent_instance;
};

/* After these statements, no other statement of the block can be reached. */
static const char *const block_ends[] = { "return", "pass", "break", "continue", "raise" };

/* The last character of code in the line of @line_start, or 0. Blanks and a
 * comment at its end are no code, and neither is the inside of a string.
 */
static gunichar
last_code_character (GtkTextBuffer     *buffer,
                     const GtkTextIter *line_start)
{
  GtkTextIter iter = *line_start;

  if (!gtk_text_iter_ends_line (&iter))
    gtk_text_iter_forward_to_line_end (&iter);

  if (GTK_SOURCE_IS_BUFFER (buffer))
    gtk_source_buffer_ensure_highlight (GTK_SOURCE_BUFFER (buffer), line_start, &iter);

  while (gtk_text_iter_compare (&iter, line_start) > 0)
    {
      gunichar c;

      gtk_text_iter_backward_char (&iter);
      c = gtk_text_iter_get_char (&iter);

      if (GTK_SOURCE_IS_BUFFER (buffer))
        {
          GtkSourceBuffer *source = GTK_SOURCE_BUFFER (buffer);

          if (gtk_source_buffer_iter_has_context_class (source, &iter, "comment"))
            continue;
          if (gtk_source_buffer_iter_has_context_class (source, &iter, "string"))
            return 0;
        }

      if (!g_unichar_isspace (c))
        return c;
    }

  return 0;
}

static gboolean
ends_block (const char *code)
{
  for (gsize i = 0; i < G_N_ELEMENTS (block_ends); i++)
    {
      const char *rest = code + strlen (block_ends[i]);

      if (g_str_has_prefix (code, block_ends[i]) && !g_ascii_isalnum (*rest) && *rest != '_')
        return TRUE;
    }

  return FALSE;
}

/* Takes one level away from the end of @indent. */
static void
dedent (GString *indent)
{
  if (indent->len > 0 && indent->str[indent->len - 1] == '\t')
    {
      g_string_truncate (indent, indent->len - 1);
      return;
    }

  for (guint i = 0; i < INDENT_WIDTH; i++)
    if (indent->len > 0 && indent->str[indent->len - 1] == ' ')
      g_string_truncate (indent, indent->len - 1);
}

/* One level more, by what the line is indented with. */
static void
indent_more (GString *indent)
{
  if (indent->len > 0 && indent->str[indent->len - 1] == '\t')
    g_string_append_c (indent, '\t');
  else
    g_string_append_printf (indent, "%*s", INDENT_WIDTH, "");
}

/* The blanks after @iter: what is moved to a line of its own begins there. */
static void
delete_blanks (GtkTextBuffer *buffer,
               GtkTextIter   *iter)
{
  GtkTextIter end = *iter;

  while (gtk_text_iter_get_char (&end) == ' ' || gtk_text_iter_get_char (&end) == '\t')
    gtk_text_iter_forward_char (&end);

  gtk_text_buffer_delete (buffer, iter, &end);
}

static gboolean
hs_indenter_is_trigger (GtkSourceIndenter *indenter,
                        GtkSourceView     *view,
                        const GtkTextIter *location,
                        GdkModifierType    state,
                        guint              keyval)
{
  if ((state & (GDK_SHIFT_MASK | GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0)
    return FALSE;

  return keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter;
}

/* @iter is just after the new line break; it is left where the cursor goes. */
static void
hs_indenter_indent (GtkSourceIndenter *indenter,
                    GtkSourceView     *view,
                    GtkTextIter       *iter)
{
  GtkTextBuffer   *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  g_autofree char *line = NULL;
  g_autoptr(GString) indent = NULL;
  GtkTextIter start = *iter;
  gsize       n_blanks;
  gunichar    last;

  if (!gtk_text_iter_backward_line (&start))
    return;

  line = gtk_text_iter_get_slice (&start, iter);
  n_blanks = strspn (line, " \t");
  indent = g_string_new_len (line, (gssize)n_blanks);
  if (line[n_blanks] == '\n' || line[n_blanks] == '\r')
    {
      /* Broken within its indentation: the text keeps its column. */
      gtk_text_buffer_insert (buffer, iter, indent->str, (int)indent->len);
      return;
    }

  last = last_code_character (buffer, &start);
  if (last == ':' || last == '(' || last == '[' || last == '{')
    indent_more (indent);
  else if (ends_block (line + n_blanks))
    dedent (indent);

  delete_blanks (buffer, iter);
  gtk_text_buffer_insert (buffer, iter, indent->str, (int)indent->len);
}

static void
hs_indenter_iface_init (GtkSourceIndenterInterface *iface)
{
  iface->is_trigger = hs_indenter_is_trigger;
  iface->indent = hs_indenter_indent;
}

/* clang-format off */
G_DEFINE_FINAL_TYPE_WITH_CODE (HsIndenter, hs_indenter, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GTK_SOURCE_TYPE_INDENTER,
                                                      hs_indenter_iface_init))
/* clang-format on */

static void
hs_indenter_class_init (HsIndenterClass *klass)
{
}

static void
hs_indenter_init (HsIndenter *self)
{
}

GtkSourceIndenter *
hs_indenter_new (void)
{
  return g_object_new (HS_TYPE_INDENTER, NULL);
}
