/* hs-diff-text.c - what differs between two heaps, in words
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-diff-private.h"

#include <glib/gi18n-lib.h>

#include "hs-format.h"

/* Rows of each list; what is behind them is summed up in a last one. */
#define N_ROWS_MAX 200

/* @text: (transfer full) of the absolute difference */
static char *
add_sign (guint64 before,
          guint64 after,
          char   *text)
{
  g_autofree char *number = text;

  return before == after ? g_steal_pointer (&number)
                         : g_strconcat (after > before ? "+" : "−", number, NULL);
}

char *
hs_diff_format_count (guint64 before,
                      guint64 after)
{
  return add_sign (before, after,
                   hs_format_count (after > before ? after - before : before - after));
}

char *
hs_diff_format_bytes (guint64 before,
                      guint64 after)
{
  if (before == HS_BYTES_UNKNOWN || after == HS_BYTES_UNKNOWN)
    return hs_format_bytes (HS_BYTES_UNKNOWN);

  return add_sign (before, after,
                   hs_format_bytes (after > before ? after - before : before - after));
}

const char *
hs_diff_state_to_string (HsDiffState state)
{
  static const char *const names[HS_DIFF_N_STATES] = {
    [HS_DIFF_STAYED] = "stayed",
    [HS_DIFF_CHANGED] = "changed",
    [HS_DIFF_GREW] = "grew",
    [HS_DIFF_SHRANK] = "shrank",
    [HS_DIFF_APPEARED] = "appeared",
    [HS_DIFF_GONE] = "gone",
  };

  g_return_val_if_fail (state < HS_DIFF_N_STATES, NULL);

  return names[state];
}

const char *
hs_diff_get_state_word (HsDiffState state)
{
  switch (state)
    {
    case HS_DIFF_CHANGED:
      /* translators: of an object, compared with an earlier moment */
      return _("changed");
    case HS_DIFF_GREW:
      /* translators: of an object that occupies more bytes than at an earlier moment */
      return _("grew");
    case HS_DIFF_SHRANK:
      /* translators: of an object that occupies fewer bytes than at an earlier moment */
      return _("shrank");
    case HS_DIFF_APPEARED:
      /* translators: of an object that was not there at an earlier moment */
      return _("new");
    case HS_DIFF_GONE:
      /* translators: of an object of an earlier moment that is not there any more */
      return _("gone");
    case HS_DIFF_STAYED:
    case HS_DIFF_N_STATES:
    default:
      /* translators: of an object that is as it was at an earlier moment */
      return _("as before");
    }
}

/* @line: (transfer full) */
static void
add_line (GString *text,
          char    *line)
{
  g_string_append (text, line);
  g_string_append_c (text, '\n');
  g_free (line);
}

static char *
dup_objects (guint64 n)
{
  g_autofree char *count = hs_format_count (n);

  /* translators: %s is a number */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s object", "%s objects",
                                       (gulong)MIN (n, G_MAXULONG)),
                          count);
}

static gboolean
is_least (HsDiff *self)
{
  for (guint i = 0; i < self->types->len; i++)
    if (hs_diff_get_type (self, i)->is_least)
      return TRUE;

  return FALSE;
}

char *
hs_diff_dup_limits (HsDiff *self)
{
  const HsSnapshotView *before = &self->before->view;
  const HsSnapshotView *after = &self->after->view;
  GString              *text = g_string_new (NULL);

  if (self->is_matched)
    add_line (text, g_strdup (_("The same object is one of the same type at the same address. One "
                                "that was freed, and whose memory a similar one has taken, looks "
                                "as if it had stayed or changed.")));
  else
    add_line (text, g_strdup (_("These are snapshots of different processes, which have no "
                                "addresses in common: only types, names and sums are compared, "
                                "not single objects.")));
  if ((before->flags | after->flags) & HS_SNAPSHOT_CUT)
    add_line (text, g_strdup (_("There was not room for all objects: some that look new or gone "
                                "may only be missing.")));
  if ((before->info.flags ^ after->info.flags) & HS_INFO_ALL_OBJECTS)
    add_line (text, g_strdup (_("One of the two holds all objects of the process, the other only "
                                "those that the code’s names lead to.")));
  if ((before->info.flags & after->info.flags & HS_INFO_LEDGER_LINES) == 0)
    add_line (text, g_strdup (_("Which lines allocated the objects is not known of both.")));
  if (is_least (self))
    add_line (text, g_strdup (_("Of some objects not all bytes are known: sums are of what is "
                                "known.")));
  if (!self->has_deep_names)
    add_line (text, g_strdup (_("There are too many names to add up what each leads to: their "
                                "bytes are of the objects themselves.")));

  return g_string_free (text, FALSE);
}

/* "before → after (+3)" */
static char *
dup_objects_and_bytes (const HsDiffSum *sum)
{
  g_autofree char *n_before = hs_format_count (sum->n_before);
  g_autofree char *n_after = hs_format_count (sum->n_after);
  g_autofree char *n = hs_diff_format_count (sum->n_before, sum->n_after);
  g_autofree char *bytes_before = hs_format_bytes (sum->bytes_before);
  g_autofree char *bytes_after = hs_format_bytes (sum->bytes_after);
  g_autofree char *bytes = hs_diff_format_bytes (sum->bytes_before, sum->bytes_after);

  /* translators: numbers and sizes before and after, with the differences: "objects 3 → 5
   * (+2), bytes 96 B → 160 B (+64 B)"
   */
  return g_strdup_printf (_("objects %1$s → %2$s (%3$s), bytes %4$s → %5$s (%6$s)"), n_before,
                             n_after, n, bytes_before, bytes_after, bytes);
}

/* "2 new, 64 B"; nothing for none. */
static void
add_states (GString         *text,
            const HsDiffSum *sum,
            const char      *indent)
{
  static const HsDiffState order[] = { HS_DIFF_APPEARED, HS_DIFF_GONE, HS_DIFF_GREW,
                                       HS_DIFF_SHRANK, HS_DIFF_CHANGED };

  for (gsize i = 0; i < G_N_ELEMENTS (order); i++)
    {
      HsDiffState      state = order[i];
      g_autofree char *n = hs_format_count (sum->n[state]);
      g_autofree char *bytes = hs_format_bytes (sum->bytes[state]);

      if (sum->n[state] > 0)
        g_string_append_printf (text, "%s%s %s, %s\n", indent, n, hs_diff_get_state_word (state),
                                bytes);
    }
}

static gboolean
is_same_sum (const HsDiffSum *sum)
{
  return sum->n_before == sum->n_after && sum->bytes_before == sum->bytes_after &&
         sum->n[HS_DIFF_APPEARED] == 0 && sum->n[HS_DIFF_GONE] == 0 && sum->n[HS_DIFF_GREW] == 0 &&
         sum->n[HS_DIFF_SHRANK] == 0 && sum->n[HS_DIFF_CHANGED] == 0;
}

static void
add_row (GString         *text,
         const char      *label,
         const HsDiffSum *sum)
{
  g_autofree char *numbers = dup_objects_and_bytes (sum);

  g_string_append_printf (text, "  %s: %s\n", label, numbers);
  add_states (text, sum, "      ");
}

/* What is not listed. */
static void
add_rest (GString *text,
          guint    n_more,
          guint    n_same)
{
  g_autofree char *more = hs_format_count (n_more);
  g_autofree char *same = hs_format_count (n_same);

  if (n_more > 0)
    /* translators: end of a list; %s is a number of rows */
    g_string_append_printf (text, _("  … %s more that differ\n"), more);
  if (n_same > 0)
    /* translators: end of a list of differences; %s is a number of rows */
    g_string_append_printf (text, _("  as before: %s\n"), same);
}

static void
add_types (GString *text,
           HsDiff  *self)
{
  guint n_shown = 0;
  guint n_more = 0;
  guint n_same = 0;

  g_string_append_printf (text, "\n%s\n", _("By type, most growth first"));
  for (guint i = 0; i < self->types->len; i++)
    {
      const HsDiffType *type = hs_diff_get_type (self, i);

      if (is_same_sum (&type->sum))
        n_same++;
      else if (n_shown++ < N_ROWS_MAX)
        add_row (text, type->name, &type->sum);
      else
        n_more++;
    }
  add_rest (text, n_more, n_same);
}

static void
add_lines (GString *text,
           HsDiff  *self)
{
  guint n_shown = 0;
  guint n_more = 0;
  guint n_same = 0;

  if (self->lines->len == 0)
    return;

  g_string_append_printf (text, "\n%s\n", _("By line that allocated, most growth first"));
  for (guint i = 0; i < self->lines->len; i++)
    {
      const HsDiffLine *line = hs_diff_get_line (self, i);
      g_autofree char  *file = g_path_get_basename (line->file);
      g_autofree char  *label = g_strdup_printf ("%s:%u", file, line->line);

      if (is_same_sum (&line->sum))
        n_same++;
      else if (n_shown++ < N_ROWS_MAX)
        add_row (text, label, &line->sum);
      else
        n_more++;
    }
  add_rest (text, n_more, n_same);
}

static void
add_name (GString          *text,
          HsDiff           *self,
          const HsDiffName *name)
{
  const char *word = name->is_other ? _("refers to another object")
                                    : hs_diff_get_state_word (name->state);
  g_autofree char *before = hs_format_bytes (name->bytes_before);
  g_autofree char *after = hs_format_bytes (name->bytes_after);
  g_autofree char *net = hs_diff_format_bytes (name->bytes_before, name->bytes_after);

  if (name->state == HS_DIFF_APPEARED)
    g_string_append_printf (text, "  %s.%s (%s): %s, %s\n", name->scope, name->name, name->type,
                            word, after);
  else if (name->state == HS_DIFF_GONE)
    g_string_append_printf (text, "  %s.%s (%s): %s, %s\n", name->scope, name->name, name->type,
                            word, before);
  else
    g_string_append_printf (text, "  %s.%s (%s): %s, %s → %s (%s)\n", name->scope, name->name,
                            name->type, word, before, after, net);
}

static void
add_names (GString *text,
           HsDiff  *self)
{
  guint n_shown = 0;
  guint n_more = 0;
  guint n_same = 0;

  if (self->names->len == 0)
    return;

  g_string_append_printf (text, "\n%s\n",
                          self->has_deep_names ? _("Names, with all that they lead to")
                                               : _("Names"));
  for (guint i = 0; i < self->names->len; i++)
    {
      const HsDiffName *name = hs_diff_get_name (self, i);

      if (name->state == HS_DIFF_STAYED)
        n_same++;
      else if (n_shown++ < N_ROWS_MAX)
        add_name (text, self, name);
      else
        n_more++;
    }
  add_rest (text, n_more, n_same);
}

char *
hs_diff_to_text (HsDiff *self)
{
  GString         *text = g_string_new (NULL);
  g_autofree char *numbers = dup_objects_and_bytes (&self->sum);
  g_autofree char *limits = hs_diff_dup_limits (self);

  /* translators: of a whole heap; %s is "objects 3 → 5 (+2), bytes 96 B → 160 B (+64 B)" */
  g_string_append_printf (text, _("Together: %s\n"), numbers);
  if (self->is_matched)
    {
      g_autofree char *same = dup_objects (self->sum.n[HS_DIFF_STAYED]);

      add_states (text, &self->sum, "  ");
      /* translators: %s is "3 objects" */
      g_string_append_printf (text, _("  %s as before\n"), same);
    }
  g_string_append (text, limits);
  add_types (text, self);
  add_lines (text, self);
  add_names (text, self);

  return g_string_free (text, FALSE);
}
