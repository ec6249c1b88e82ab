/* hs-strings-text.c - the texts of a heap as text: the same facts as the picture
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-strings-page.h"

#include <glib/gi18n-lib.h>

#include "hs-format.h"
#include "hs-graph-label.h"
#include "hs-strings-label.h"
#include "hs-strings-private.h"
#include "hs-strings-words.h"

#define JOIN C_ ("list", ", ")

/* Longest text of a value, in characters: in a line of its own, in a name. */
#define VALUE_CHARS 400
#define SHORT_CHARS 60

/* References that are written out before "… N more". */
#define MAX_REFERENCES 20

static char *
dup_preview (HsStringsPage *self,
             guint32        object,
             guint          max_chars)
{
  return _hs_heap_dup_short_preview (self->strings->heap, object, max_chars);
}

static void
add_line (GString    *text,
          const char *line)
{
  if (text->len > 0)
    g_string_append_c (text, '\n');
  g_string_append (text, line);
}

/* "4 096 characters, 1 byte each (ASCII)" */
static char *
dup_size (HsStringsPage *self,
          guint          row)
{
  g_autofree char *length = hs_strings_page_dup_length (self, row);
  g_autofree char *width = hs_strings_page_dup_width (self, row);

  if (*length == '\0' || width == NULL)
    return g_strdup (width != NULL ? width : length);

  return g_strjoin (JOIN, length, width, NULL);
}

/* "2 objects, 128 B, 4 references; sharing saves 128 B now, sys.intern() would
 * save 64 B"
 */
static char *
dup_balance (HsStringsPage *self,
             guint          row)
{
  const HsStringValue *value = &self->strings->values[self->rows[row].value];
  g_autofree char     *objects = _hs_strings_dup_objects (value->n_copies);
  g_autofree char     *bytes = _hs_strings_dup_bytes (value->occupied, value->is_least, TRUE);
  g_autofree char     *references = _hs_strings_dup_references (value->n_uses);
  g_autofree char     *sharing = hs_format_bytes_exact (value->sharing);
  g_autofree char     *saving = hs_format_bytes_exact (value->saving);
  g_autofree char     *counts = g_strjoin (JOIN, objects, bytes, references, NULL);

  /* translators: %1$s: "2 objects, 128 B, 4 references"; the others are sizes */
  return g_strdup_printf (_("%1$s; sharing saves %2$s now, sys.intern() would save %3$s"), counts,
                             sharing, saving);
}

/* "a, b, words[3], … 12 more references" */
static char *
dup_label_list (HsStringsPage *self,
                guint          copy)
{
  const HsStringsCopy *shown = &self->copies[copy];
  GString             *text = g_string_new (NULL);

  for (guint i = 0; i < shown->n_labels; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? JOIN : "",
                            self->labels[shown->first_label + i].text);
  if (shown->n_left_out > 0)
    {
      g_autofree char *more = hs_strings_page_dup_more_labels (self, copy);

      g_string_append_printf (text, "%s%s", shown->n_labels > 0 ? JOIN : "", more);
    }

  return g_string_free (text, FALSE);
}

/* "64 B, interned when compiled ← a, b" */
static char *
dup_copy_line (HsStringsPage *self,
               guint          copy)
{
  HsHeap          *heap = self->strings->heap;
  guint32          object = self->copies[copy].object;
  gboolean         is_least = hs_heap_get_occupied (heap, object) == HS_BYTES_UNKNOWN;
  g_autofree char *state = hs_strings_page_dup_state (self, copy);
  g_autofree char *bytes = NULL;
  g_autofree char *list = dup_label_list (self, copy);

  if (heap->view.object_flags[object] & HS_OBJECT_STATIC)
    bytes = g_strdup (_("static"));
  else
    bytes = _hs_strings_dup_bytes (hs_heap_get_least (heap, object), is_least, TRUE);

  return g_strdup_printf ("%s%s%s ← %s", bytes, JOIN, state, list);
}

/* "… 24 more objects, 1 920 B ← … 24 more references" */
static char *
dup_more_line (HsStringsPage *self,
               guint          row)
{
  g_autofree char *objects = hs_strings_page_dup_more_copies (self, row);
  g_autofree char *bytes = hs_format_bytes_exact (hs_strings_page_get_more_bytes (self, row));
  g_autofree char *uses = hs_strings_page_dup_more_uses (self, row);

  if (self->rows[row].n_uses_left_out == 0)
    return g_strjoin (JOIN, objects, bytes, NULL);

  return g_strdup_printf ("%s%s%s ← %s", objects, JOIN, bytes, uses);
}

static char *
dup_why_line (HsStringsPage *self,
              guint          row)
{
  g_autofree char *why = hs_strings_page_dup_why (self, row);

  if (*why == '\0')
    return NULL;

  /* translators: %s is part of a sentence: why a text is one object or several */
  return g_strdup_printf (_("Why: %s"), why);
}

/* ---- The whole ---- */

static void
append_row (GString       *text,
            HsStringsPage *self,
            guint          row)
{
  const HsStringsRow  *shown = &self->rows[row];
  const HsStringValue *value = &self->strings->values[shown->value];
  g_autofree char     *preview = dup_preview (self, value->object, VALUE_CHARS);
  g_autofree char     *size = dup_size (self, row);
  g_autofree char     *balance = dup_balance (self, row);
  g_autofree char     *why = dup_why_line (self, row);

  g_string_append_printf (text, "\n[%u] %s\n", row + 1, preview);
  if (*size != '\0')
    g_string_append_printf (text, "    %s\n", size);
  g_string_append_printf (text, "    %s\n", balance);
  if (why != NULL)
    g_string_append_printf (text, "    %s\n", why);
  for (guint i = shown->first_copy; i < shown->first_copy + shown->n_copies; i++)
    {
      g_autofree char *line = dup_copy_line (self, i);

      g_string_append_printf (text, "    %s\n", line);
    }
  if (shown->n_copies_left_out > 0)
    {
      g_autofree char *more = dup_more_line (self, row);

      g_string_append_printf (text, "    %s\n", more);
    }
}

static void
append_end (GString *text,
            char    *line)
{
  if (line != NULL)
    g_string_append_printf (text, "\n%s\n", line);
  g_free (line);
}

char *
hs_strings_page_to_text (HsStringsPage *self)
{
  GString         *text = g_string_new (NULL);
  g_autofree char *totals = NULL;
  g_autofree char *savings = NULL;
  g_autofree char *method = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  totals = hs_strings_page_dup_totals (self, TRUE);
  savings = hs_strings_page_dup_savings (self, TRUE);
  method = hs_strings_page_dup_method (self);
  /* translators: first line of the text form of a picture; %s: "12 values, 16 objects, 1 024 B" */
  g_string_append_printf (text, _("Strings: %s"), totals);
  g_string_append_printf (text, "\n%s\n%s\n", savings, method);
  for (guint i = 0; i < self->n_rows; i++)
    append_row (text, self, i);
  append_end (text, hs_strings_page_dup_left_out (self));
  append_end (text, hs_strings_page_dup_folded (self));
  append_end (text, hs_strings_page_dup_not_asked (self));

  return g_string_free (text, FALSE);
}

/* ---- One of it ---- */

char *
hs_strings_page_name_row (HsStringsPage *self,
                          guint          row)
{
  const HsStringValue *value = &self->strings->values[self->rows[row].value];
  g_autofree char     *preview = dup_preview (self, value->object, SHORT_CHARS);
  g_autofree char     *objects = _hs_strings_dup_objects (value->n_copies);
  g_autofree char     *bytes = _hs_strings_dup_bytes (value->occupied, value->is_least, FALSE);

  return g_strjoin (JOIN, preview, objects, bytes, NULL);
}

char *
hs_strings_page_name_copy (HsStringsPage *self,
                           guint          copy)
{
  HsHeap          *heap = self->strings->heap;
  guint32          object = self->copies[copy].object;
  gboolean         is_least = hs_heap_get_occupied (heap, object) == HS_BYTES_UNKNOWN;
  g_autofree char *preview = dup_preview (self, object, SHORT_CHARS);
  g_autofree char *bytes =
    _hs_strings_dup_bytes (hs_heap_get_least (heap, object), is_least, FALSE);
  g_autofree char *state = hs_strings_page_dup_state (self, copy);
  g_autofree char *references = _hs_strings_dup_references (self->strings->n_uses[object]);

  return g_strjoin (JOIN, preview, bytes, state, references, NULL);
}

char *
hs_strings_page_describe_row (HsStringsPage *self,
                              guint          row)
{
  const HsStringsRow  *shown = &self->rows[row];
  const HsStringValue *value = &self->strings->values[shown->value];
  GString             *text = g_string_new (NULL);
  g_autofree char     *preview = dup_preview (self, value->object, VALUE_CHARS);
  g_autofree char     *size = dup_size (self, row);
  g_autofree char     *balance = dup_balance (self, row);
  g_autofree char     *why = dup_why_line (self, row);

  add_line (text, preview);
  if (*size != '\0')
    add_line (text, size);
  add_line (text, balance);
  if (why != NULL)
    add_line (text, why);
  for (guint i = shown->first_copy; i < shown->first_copy + shown->n_copies; i++)
    {
      g_autofree char *line = dup_copy_line (self, i);

      add_line (text, line);
    }
  if (shown->n_copies_left_out > 0)
    {
      g_autofree char *more = dup_more_line (self, row);

      add_line (text, more);
    }

  return g_string_free (text, FALSE);
}

/* The labels, more of them than are drawn, and what else refers to @object. */
static void
add_references (GString       *text,
                HsStringsPage *self,
                guint32        object)
{
  g_autoptr(GArray) labels = g_array_new (FALSE, FALSE, sizeof (HsStringsLabel));
  guint64 n_left_out =
    _hs_strings_add_labels (self->strings, object, MAX_REFERENCES, labels);
  guint            n_all = hs_heap_get_n_referrers (self->strings->heap, object);
  guint            n_uses = self->strings->n_uses[object];
  g_autofree char *n_more = hs_format_count (n_left_out);
  g_autofree char *references = _hs_strings_dup_references (n_uses);
  g_autoptr(GString) list = g_string_new (NULL);

  for (guint i = 0; i < labels->len; i++)
    {
      HsStringsLabel *label = &g_array_index (labels, HsStringsLabel, i);

      g_string_append_printf (list, "%s%s", i > 0 ? JOIN : "", label->text);
      g_free (label->text);
    }
  if (n_left_out > 0)
    g_string_append_printf (list, "%s… %s", JOIN, n_more);

  add_line (text, references);
  g_string_append_printf (text, ": %s", list->str);
  if (n_all > n_uses && n_uses > 0)
    {
      g_autofree char *others = _hs_strings_dup_references (n_all - n_uses);
      g_autofree char *line = NULL;

      /* translators: %s: "3 references" */
      line = g_strdup_printf (_("From names and code: %s"), others);
      add_line (text, line);
    }
}

char *
hs_strings_page_describe_copy (HsStringsPage *self,
                               guint          copy)
{
  HsHeap          *heap = self->strings->heap;
  guint32          object = self->copies[copy].object;
  GString         *text = g_string_new (NULL);
  g_autofree char *preview = dup_preview (self, object, VALUE_CHARS);
  g_autofree char *size = dup_size (self, self->copies[copy].row);
  g_autofree char *state = hs_strings_page_dup_state (self, copy);
  g_autofree char *why = hs_identity_dup_why (self->strings->identity, object);
  g_autofree char *address = NULL;
  g_autofree char *occupied = NULL;
  g_auto(GStrv) sizes = _hs_graph_dup_sizes (heap, object);

  address = g_strdup_printf ("0x%" G_GINT64_MODIFIER "x",
                             (guint64)hs_snapshot_view_get_address (&heap->view, object));
  occupied = _hs_strings_dup_bytes (hs_heap_get_least (heap, object),
                                    hs_heap_get_occupied (heap, object) == HS_BYTES_UNKNOWN, TRUE);
  add_line (text, preview);
  if (*size != '\0')
    add_line (text, size);
  add_line (text, occupied);
  g_string_append_printf (text, "%s%s", JOIN, state);
  for (guint i = 0; sizes[i] != NULL; i++)
    add_line (text, sizes[i]);
  if (*why != '\0')
    add_line (text, why);
  add_references (text, self, object);
  add_line (text, address);

  return g_string_free (text, FALSE);
}
