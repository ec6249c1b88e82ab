/* hs-question-card.c - a question of a lesson: a guess before, the answer after measuring
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-question-card.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* In what a number may be guessed. */
typedef struct
{
  const char *name;
  double      factor;
} Unit;

static const Unit byte_units[] = {
  { "B", 1 }, { "KiB", 1024 }, { "MiB", 1024. * 1024 }, { NULL }
};
static const Unit time_units[] = {
  { "ns", 1 }, { "µs", 1e3 }, { "ms", 1e6 }, { "s", 1e9 }, { NULL }
};

struct _HsQuestionCard
{
  AdwBin parent_instance;

  const HsLessonPart *part;
  HsComparison       *comparison; /* owned; nullable */
  HsAnswer            answer;
  const Unit         *units; /* nullable */

  /* Widgets, which the box owns */
  GtkLabel    *text;
  GPtrArray   *choices; /* owned; of GtkCheckButton, borrowed */
  GPtrArray   *labels;  /* owned; of GtkLabel, borrowed: of the choices */
  GtkEntry    *entry;   /* NULL with choices */
  GtkDropDown *unit;    /* NULL without units */
  GtkButton   *check_button;
  GtkBox      *result;
  GtkImage    *sign;
  GtkLabel    *verdict;
  GtkBox      *because;
  guint        number;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HsQuestionCard, hs_question_card, ADW_TYPE_BIN)

GtkWidget *
hs_lesson_label_new (void)
{
  return g_object_new (GTK_TYPE_LABEL, "xalign", 0., "wrap", TRUE, "wrap-mode",
                       PANGO_WRAP_WORD_CHAR, "selectable", TRUE, "hexpand", TRUE,
                       "max-width-chars", 36, NULL);
}

/* The guess */

/* The index of the choice; G_MAXUINT: none. */
static guint
get_choice (HsQuestionCard *self)
{
  for (guint i = 0; i < self->choices->len; i++)
    if (gtk_check_button_get_active (g_ptr_array_index (self->choices, i)))
      return i;

  return G_MAXUINT;
}

/* What was typed, with a point or a comma, spaces between digits. */
static gboolean
get_number (HsQuestionCard *self,
            double         *number)
{
  const char      *typed = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  g_autofree char *text = g_strdup (typed);
  GString         *digits = g_string_new (NULL);
  g_autofree char *plain = NULL;
  char            *end;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);

      if (character == ',')
        character = '.';
      if (character == 0x2212)
        character = '-'; /* a minus sign */
      if (!g_unichar_isspace (character) && character != '_' && character != '%')
        g_string_append_unichar (digits, character);
    }
  plain = g_string_free (digits, FALSE);
  if (*plain == '\0' || strspn (plain, "+-.0123456789") != strlen (plain))
    return FALSE;

  *number = g_ascii_strtod (plain, &end);
  if (*end != '\0' || !isfinite (*number))
    return FALSE;
  if (self->unit != NULL)
    *number *= self->units[gtk_drop_down_get_selected (self->unit)].factor;

  return TRUE;
}

gboolean
hs_question_card_has_guess (HsQuestionCard *self)
{
  double number;

  g_return_val_if_fail (HS_IS_QUESTION_CARD (self), FALSE);

  return self->entry != NULL ? get_number (self, &number) : get_choice (self) != G_MAXUINT;
}

HsAnswer
hs_question_card_get_answer (HsQuestionCard *self)
{
  g_return_val_if_fail (HS_IS_QUESTION_CARD (self), HS_ANSWER_OPEN);

  return self->answer;
}

/* What is seen of it */

static void
update_check_button (HsQuestionCard *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->check_button),
                          self->comparison != NULL && self->answer == HS_ANSWER_OPEN);
  gtk_widget_set_sensitive (GTK_WIDGET (self->check_button), hs_question_card_has_guess (self));
}

static void
set_markup (GtkLabel     *label,
            HsComparison *comparison,
            const char   *text)
{
  g_autofree char *markup = hs_lesson_dup_markup (comparison, text);

  gtk_label_set_markup (label, markup);
}

static void
update_texts (HsQuestionCard *self)
{
  /* Figures in choices would give the answer away. */
  HsComparison    *shown = self->answer != HS_ANSWER_OPEN ? self->comparison : NULL;
  g_autofree char *markup = hs_lesson_dup_markup (shown, self->part->text);
  g_autofree char *numbered = g_strdup_printf ("%u. %s", self->number, markup);
  g_autofree char *plain = hs_lesson_dup_text (shown, self->part->text);

  gtk_label_set_markup (self->text, numbered);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, plain, -1);
  for (guint i = 0; i < self->labels->len; i++)
    set_markup (g_ptr_array_index (self->labels, i), shown, self->part->choices[i].text);
}

static void
fill_because (HsQuestionCard *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->because))) != NULL)
    gtk_box_remove (self->because, child);
  for (char **text = self->part->because; *text != NULL; text++)
    {
      child = hs_lesson_label_new ();
      set_markup (GTK_LABEL (child), self->comparison, *text);
      gtk_box_append (self->because, child);
    }
}

/* Why it is right or wrong: the measured value, or the choice that it is. */
static char *
dup_verdict (HsQuestionCard *self,
             const char     *measured,
             const char     *reason)
{
  switch (self->answer)
    {
    case HS_ANSWER_RIGHT:
      /* translators: a guess was right; %s is what was measured */
      return g_strdup_printf (_("Right. Measured: %s"), measured);

    case HS_ANSWER_WRONG:
      /* translators: a guess was wrong; %s is what was measured */
      return g_strdup_printf (_("Not so. Measured: %s"), measured);

    case HS_ANSWER_UNKNOWN:
    case HS_ANSWER_OPEN:
      break;
    }

  /* translators: %s says why something could not be found out */
  return g_strdup_printf (_("Not known here: %s"), reason);
}

static void
show_result (HsQuestionCard *self,
             const char     *measured,
             const char     *reason)
{
  static const char *const icons[] = {
    [HS_ANSWER_OPEN] = NULL,
    [HS_ANSWER_RIGHT] = "object-select-symbolic",
    [HS_ANSWER_WRONG] = "window-close-symbolic",
    [HS_ANSWER_UNKNOWN] = "dialog-question-symbolic",
  };
  g_autofree char *text = dup_verdict (self, measured, reason);
  gboolean         is_right = self->answer == HS_ANSWER_RIGHT;

  gtk_label_set_label (self->verdict, text);
  gtk_image_set_from_icon_name (self->sign, icons[self->answer]);
  gtk_widget_remove_css_class (GTK_WIDGET (self->result), "success");
  gtk_widget_remove_css_class (GTK_WIDGET (self->result), "error");
  if (self->answer != HS_ANSWER_UNKNOWN)
    gtk_widget_add_css_class (GTK_WIDGET (self->result), is_right ? "success" : "error");
  fill_because (self);
}

static void
update_sensitivity (HsQuestionCard *self)
{
  gboolean is_open = self->answer == HS_ANSWER_OPEN;

  for (guint i = 0; i < self->choices->len; i++)
    gtk_widget_set_sensitive (g_ptr_array_index (self->choices, i), is_open);
  /* It may have the focus, which GTK does not take away from what is insensitive. */
  if (self->entry != NULL)
    {
      gtk_editable_set_editable (GTK_EDITABLE (self->entry), is_open);
      gtk_widget_set_opacity (GTK_WIDGET (self->entry), is_open ? 1 : 0.6);
    }
  if (self->unit != NULL)
    gtk_widget_set_sensitive (GTK_WIDGET (self->unit), is_open);
  gtk_widget_set_visible (GTK_WIDGET (self->result), !is_open);
  gtk_widget_set_visible (GTK_WIDGET (self->because), !is_open);
}

/* Checking */

static char *
check_number (HsQuestionCard *self,
              GError        **error)
{
  HsFigure figure;
  double   guess = 0;
  char    *measured = NULL;
  gboolean is_right;
  g_autoptr(GError) reason = NULL;

  get_number (self, &guess);
  is_right = hs_lesson_check_number (self->comparison, self->part, guess, &figure, &reason);
  if (reason != NULL)
    g_propagate_error (error, g_steal_pointer (&reason));
  else
    {
      self->answer = is_right ? HS_ANSWER_RIGHT : HS_ANSWER_WRONG;
      measured = hs_figure_format (&figure, NULL);
    }
  hs_figure_clear (&figure);

  return measured;
}

static char *
check_choice (HsQuestionCard *self,
              GError        **error)
{
  guint right = hs_lesson_find_answer (self->comparison, self->part, error);

  if (right == G_MAXUINT)
    return NULL;

  self->answer = get_choice (self) == right ? HS_ANSWER_RIGHT : HS_ANSWER_WRONG;

  return hs_lesson_dup_text (self->comparison, self->part->choices[right].text);
}

static void
check (HsQuestionCard *self)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *measured = NULL;

  self->answer = HS_ANSWER_UNKNOWN;
  measured = self->entry != NULL ? check_number (self, &error) : check_choice (self, &error);
  show_result (self, measured, error != NULL ? error->message : NULL);
  update_texts (self);
  update_sensitivity (self);
  update_check_button (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
check_cb (HsQuestionCard *self)
{
  if (self->comparison != NULL && hs_question_card_has_guess (self))
    check (self);
}

void
hs_question_card_set_comparison (HsQuestionCard *self,
                                 HsComparison   *comparison)
{
  gboolean was_checked;

  g_return_if_fail (HS_IS_QUESTION_CARD (self));

  if (comparison != NULL)
    hs_comparison_ref (comparison);
  g_clear_pointer (&self->comparison, hs_comparison_unref);
  self->comparison = comparison;

  was_checked = self->answer != HS_ANSWER_OPEN;
  self->answer = HS_ANSWER_OPEN;
  if (comparison != NULL && (was_checked || hs_question_card_has_guess (self)))
    {
      check (self);
      return;
    }

  update_texts (self);
  update_sensitivity (self);
  update_check_button (self);
}

/* Building */

static void
add_choices (HsQuestionCard *self,
             GtkBox         *box)
{
  for (guint i = 0; i < self->part->n_choices; i++)
    {
      GtkWidget *button = g_object_new (GTK_TYPE_CHECK_BUTTON, "accessible-role",
                                        GTK_ACCESSIBLE_ROLE_RADIO, NULL);
      GtkWidget *label = hs_lesson_label_new ();

      gtk_label_set_selectable (GTK_LABEL (label), FALSE);
      gtk_widget_set_margin_start (label, 6);
      gtk_check_button_set_child (GTK_CHECK_BUTTON (button), label);
      if (i > 0)
        gtk_check_button_set_group (GTK_CHECK_BUTTON (button),
                                    g_ptr_array_index (self->choices, 0));
      gtk_accessible_update_relation (GTK_ACCESSIBLE (button),
                                      GTK_ACCESSIBLE_RELATION_LABELLED_BY, label, NULL, -1);
      g_signal_connect_object (button, "toggled", G_CALLBACK (update_check_button), self,
                               G_CONNECT_SWAPPED);
      g_ptr_array_add (self->choices, button);
      g_ptr_array_add (self->labels, label);
      gtk_box_append (box, button);
    }
}

static void
add_entry (HsQuestionCard *self,
           GtkBox         *box)
{
  HsFigureKind kind = hs_figures_get_kind (self->part->expression);
  GtkWidget   *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->units = kind == HS_FIGURE_BYTES ? byte_units : kind == HS_FIGURE_NS ? time_units
                                                                            : NULL;
  self->entry = GTK_ENTRY (gtk_entry_new ());
  gtk_editable_set_width_chars (GTK_EDITABLE (self->entry), 8);
  gtk_entry_set_placeholder_text (self->entry, _("Your guess"));
  gtk_entry_set_alignment (self->entry, 1);
  gtk_widget_set_hexpand (GTK_WIDGET (self->entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Your guess"), -1);
  g_signal_connect_object (self->entry, "changed", G_CALLBACK (update_check_button), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (check_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (row), GTK_WIDGET (self->entry));

  if (self->units != NULL)
    {
      g_autoptr(GtkStringList) names = gtk_string_list_new (NULL);

      for (const Unit *unit = self->units; unit->name != NULL; unit++)
        gtk_string_list_append (names, unit->name);
      self->unit =
        GTK_DROP_DOWN (gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&names)), NULL));
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->unit), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      _("Unit"), -1);
      gtk_box_append (GTK_BOX (row), GTK_WIDGET (self->unit));
    }
  gtk_box_append (box, row);
}

static void
add_result (HsQuestionCard *self,
            GtkBox         *box)
{
  self->check_button = GTK_BUTTON (gtk_button_new_with_mnemonic (_("C_heck")));
  gtk_widget_set_halign (GTK_WIDGET (self->check_button), GTK_ALIGN_END);
  g_signal_connect_object (self->check_button, "clicked", G_CALLBACK (check_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (box, GTK_WIDGET (self->check_button));

  self->result = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6));
  gtk_widget_add_css_class (GTK_WIDGET (self->result), "lesson-result");
  self->sign = GTK_IMAGE (g_object_new (GTK_TYPE_IMAGE, "valign", GTK_ALIGN_START,
                                        "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL));
  self->verdict = GTK_LABEL (hs_lesson_label_new ());
  gtk_box_append (self->result, GTK_WIDGET (self->sign));
  gtk_box_append (self->result, GTK_WIDGET (self->verdict));
  gtk_box_append (box, GTK_WIDGET (self->result));

  self->because = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));
  gtk_box_append (box, GTK_WIDGET (self->because));
}

static void
hs_question_card_dispose (GObject *object)
{
  HsQuestionCard *self = HS_QUESTION_CARD (object);

  g_ptr_array_set_size (self->labels, 0);
  g_ptr_array_set_size (self->choices, 0);
  g_clear_pointer (&self->comparison, hs_comparison_unref);

  G_OBJECT_CLASS (hs_question_card_parent_class)->dispose (object);
}

static void
hs_question_card_finalize (GObject *object)
{
  HsQuestionCard *self = HS_QUESTION_CARD (object);

  g_ptr_array_unref (self->labels);
  g_ptr_array_unref (self->choices);

  G_OBJECT_CLASS (hs_question_card_parent_class)->finalize (object);
}

static void
hs_question_card_class_init (HsQuestionCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = hs_question_card_dispose;
  object_class->finalize = hs_question_card_finalize;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);

  signals[CHANGED] = g_signal_new ("changed", HS_TYPE_QUESTION_CARD, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
hs_question_card_init (HsQuestionCard *self)
{
  self->choices = g_ptr_array_new ();
  self->labels = g_ptr_array_new ();
}

GtkWidget *
hs_question_card_new (const HsLessonPart *part,
                      guint               number)
{
  HsQuestionCard *self;
  GtkBox         *box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 9));

  g_return_val_if_fail (part != NULL && part->kind == HS_LESSON_QUESTION, NULL);

  self = g_object_new (HS_TYPE_QUESTION_CARD, NULL);
  self->part = part;
  self->number = number;
  self->text = GTK_LABEL (hs_lesson_label_new ());
  gtk_widget_add_css_class (GTK_WIDGET (box), "card");
  gtk_widget_add_css_class (GTK_WIDGET (box), "lesson-question");
  gtk_box_append (box, GTK_WIDGET (self->text));
  if (part->expression != NULL)
    add_entry (self, box);
  else
    add_choices (self, box);
  add_result (self, box);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (box));

  update_texts (self);
  update_sensitivity (self);
  update_check_button (self);

  return GTK_WIDGET (self);
}
