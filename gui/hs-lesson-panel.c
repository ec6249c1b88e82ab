/* hs-lesson-panel.c - the lesson beside the code of an example
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-lesson-panel.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hs-question-card.h"

struct _HsLessonPanel
{
  AdwBin parent_instance;

  HsLesson     *lesson;     /* owned; nullable */
  HsComparison *comparison; /* owned; nullable */
  GArray       *rows;       /* owned; of Row, one for each part that is seen */

  /* Template widgets */
  GtkLabel          *title;
  GtkScrolledWindow *scroller;
  GtkBox            *content;
  GtkLabel          *summary;
};

/* What a part of the lesson is shown as. Borrowed. */
typedef struct
{
  const HsLessonPart *part;
  GtkWidget          *widget;
  GtkLabel           *label;  /* NULL of a question */
  GtkImage           *sign;   /* of a claim */
  GtkLabel           *reason; /* of a claim: why it is not known, or not so */
} Row;

G_DEFINE_FINAL_TYPE (HsLessonPanel, hs_lesson_panel, ADW_TYPE_BIN)

/* Rows */

static GtkWidget *
new_sign (const char *icon)
{
  return g_object_new (GTK_TYPE_IMAGE, "icon-name", icon, "valign", GTK_ALIGN_START, NULL);
}

static void
build_heading (Row *row)
{
  row->label = GTK_LABEL (hs_lesson_label_new ());
  row->widget = GTK_WIDGET (row->label);
  gtk_widget_add_css_class (row->widget, "heading");
  gtk_widget_add_css_class (row->widget, "lesson-heading");
}

static void
build_item (Row *row)
{
  GtkWidget *bullet = gtk_label_new ("•");

  row->label = GTK_LABEL (hs_lesson_label_new ());
  row->widget = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  gtk_widget_set_valign (bullet, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (row->widget), bullet);
  gtk_box_append (GTK_BOX (row->widget), GTK_WIDGET (row->label));
}

/* A link in words, to be found by those who look for buttons. */
static void
build_look (Row *row)
{
  g_autofree char *view = g_strndup (row->part->target, strcspn (row->part->target, "."));
  g_autofree char *icon = g_strdup_printf ("heapscape-%s-symbolic", view);
  GtkWidget       *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  row->label = GTK_LABEL (hs_lesson_label_new ());
  gtk_label_set_selectable (row->label, FALSE);
  gtk_box_append (GTK_BOX (box), new_sign (icon));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (row->label));
  row->widget = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (row->widget), box);
  gtk_widget_add_css_class (row->widget, "flat");
  gtk_widget_add_css_class (row->widget, "lesson-look");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row->widget), "win.look-at");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row->widget), "s", row->part->target);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (row->widget),
                                  GTK_ACCESSIBLE_RELATION_LABELLED_BY, row->label, NULL, -1);
}

static void
build_claim (Row *row)
{
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  row->label = GTK_LABEL (hs_lesson_label_new ());
  row->reason = GTK_LABEL (hs_lesson_label_new ());
  row->sign = GTK_IMAGE (new_sign (NULL));
  row->widget = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  gtk_widget_add_css_class (row->widget, "lesson-claim");
  gtk_widget_add_css_class (GTK_WIDGET (row->reason), "caption");
  gtk_box_append (GTK_BOX (texts), GTK_WIDGET (row->label));
  gtk_box_append (GTK_BOX (texts), GTK_WIDGET (row->reason));
  gtk_box_append (GTK_BOX (row->widget), GTK_WIDGET (row->sign));
  gtk_box_append (GTK_BOX (row->widget), texts);
}

static void
update_claim (HsLessonPanel *self,
              const Row     *row)
{
  static const char *const icons[] = {
    [HS_CLAIM_UNKNOWN] = "dialog-question-symbolic",
    [HS_CLAIM_KEPT] = "object-select-symbolic",
    [HS_CLAIM_BROKEN] = "window-close-symbolic",
  };
  g_autoptr(GError) error = NULL;
  HsClaim     claim = hs_lesson_check_claim (self->comparison, row->part, &error);
  const char *name = claim == HS_CLAIM_KEPT ? _("Holds in this measurement")
                                            : claim == HS_CLAIM_BROKEN
    ? _("Does not hold in this measurement")
    : self->comparison != NULL
    ? _("Not known here")
    : _("Not measured yet");

  gtk_image_set_from_icon_name (row->sign, self->comparison == NULL ? "media-record-symbolic"
                                                                    : icons[claim]);
  gtk_widget_set_tooltip_text (GTK_WIDGET (row->sign), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row->sign), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
  gtk_widget_remove_css_class (row->widget, "kept");
  gtk_widget_remove_css_class (row->widget, "broken");
  gtk_widget_remove_css_class (row->widget, "open");
  gtk_widget_add_css_class (row->widget, claim == HS_CLAIM_KEPT     ? "kept"
                                         : claim == HS_CLAIM_BROKEN ? "broken"
                                                                    : "open");

  gtk_widget_set_visible (GTK_WIDGET (row->reason), self->comparison != NULL && error != NULL);
  if (error != NULL)
    gtk_label_set_label (row->reason, error->message);
}

/* All */

static void
update_summary (HsLessonPanel *self)
{
  guint            n_questions = 0;
  guint            n_right = 0;
  guint            n_checked = 0;
  g_autofree char *text = NULL;

  for (guint i = 0; i < self->rows->len; i++)
    {
      const Row *row = &g_array_index (self->rows, Row, i);
      HsAnswer   answer;

      if (row->part->kind != HS_LESSON_QUESTION)
        continue;
      answer = hs_question_card_get_answer (HS_QUESTION_CARD (row->widget));
      n_questions++;
      n_right += answer == HS_ANSWER_RIGHT;
      n_checked += answer == HS_ANSWER_RIGHT || answer == HS_ANSWER_WRONG;
    }

  if (n_checked > 0)
    /* translators: how many guesses were right: "2 of 3 right" */
    text = g_strdup_printf (_("%1$u of %2$u right"), n_right, n_checked);
  else if (n_questions == 0)
    text = g_strdup ("");
  else
    text = g_strdup (self->comparison == NULL ? _("Predict, then compare") : _("Measured"));
  gtk_label_set_label (self->summary, text);
}

static void
update_row (HsLessonPanel *self,
            const Row     *row)
{
  gtk_widget_set_visible (row->widget, hs_lesson_is_shown (self->comparison, row->part));
  if (row->part->kind == HS_LESSON_QUESTION)
    hs_question_card_set_comparison (HS_QUESTION_CARD (row->widget), self->comparison);
  else
    {
      g_autofree char *markup = hs_lesson_dup_markup (self->comparison, row->part->text);

      gtk_label_set_markup (row->label, markup);
    }
  if (row->part->kind == HS_LESSON_CLAIM)
    update_claim (self, row);
}

static void
build_row (HsLessonPanel      *self,
           const HsLessonPart *part,
           guint              *n_questions)
{
  Row row = { .part = part };

  switch (part->kind)
    {
    case HS_LESSON_HEADING:
      build_heading (&row);
      break;

    case HS_LESSON_PARAGRAPH:
      row.label = GTK_LABEL (hs_lesson_label_new ());
      row.widget = GTK_WIDGET (row.label);
      break;

    case HS_LESSON_ITEM:
      build_item (&row);
      break;

    case HS_LESSON_LOOK:
      build_look (&row);
      break;

    case HS_LESSON_CLAIM:
      build_claim (&row);
      break;

    case HS_LESSON_QUESTION:
      row.widget = hs_question_card_new (part, ++*n_questions);
      g_signal_connect_object (row.widget, "changed", G_CALLBACK (update_summary), self,
                               G_CONNECT_SWAPPED);
      break;
    }

  gtk_box_append (self->content, row.widget);
  g_array_append_val (self->rows, row);
}

static void
clear_rows (HsLessonPanel *self)
{
  GtkWidget *child;

  g_array_set_size (self->rows, 0);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->content))) != NULL)
    gtk_box_remove (self->content, child);
}

void
hs_lesson_panel_set_lesson (HsLessonPanel *self,
                            const char    *title,
                            HsLesson      *lesson)
{
  guint n_questions = 0;

  g_return_if_fail (HS_IS_LESSON_PANEL (self));

  clear_rows (self);
  g_clear_pointer (&self->comparison, hs_comparison_unref);
  g_clear_pointer (&self->lesson, hs_lesson_free);
  self->lesson = lesson;
  gtk_label_set_label (self->title, title);

  for (guint i = 0; lesson != NULL && i < hs_lesson_get_n (lesson); i++)
    build_row (self, hs_lesson_get (lesson, i), &n_questions);
  for (guint i = 0; i < self->rows->len; i++)
    update_row (self, &g_array_index (self->rows, Row, i));
  update_summary (self);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
}

void
hs_lesson_panel_set_comparison (HsLessonPanel *self,
                                HsComparison  *comparison)
{
  g_return_if_fail (HS_IS_LESSON_PANEL (self));

  if (comparison != NULL)
    hs_comparison_ref (comparison);
  g_clear_pointer (&self->comparison, hs_comparison_unref);
  self->comparison = comparison;

  for (guint i = 0; i < self->rows->len; i++)
    update_row (self, &g_array_index (self->rows, Row, i));
  update_summary (self);
}

static void
hs_lesson_panel_dispose (GObject *object)
{
  HsLessonPanel *self = HS_LESSON_PANEL (object);

  if (self->content != NULL)
    clear_rows (self);
  g_clear_pointer (&self->comparison, hs_comparison_unref);
  g_clear_pointer (&self->lesson, hs_lesson_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), HS_TYPE_LESSON_PANEL);

  G_OBJECT_CLASS (hs_lesson_panel_parent_class)->dispose (object);
}

static void
hs_lesson_panel_finalize (GObject *object)
{
  g_array_unref (HS_LESSON_PANEL (object)->rows);

  G_OBJECT_CLASS (hs_lesson_panel_parent_class)->finalize (object);
}

static void
hs_lesson_panel_class_init (HsLessonPanelClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = hs_lesson_panel_dispose;
  object_class->finalize = hs_lesson_panel_finalize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               RESOURCE_PATH "/ui/hs-lesson-panel.ui");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_bind_template_child (widget_class, HsLessonPanel, title);
  gtk_widget_class_bind_template_child (widget_class, HsLessonPanel, scroller);
  gtk_widget_class_bind_template_child (widget_class, HsLessonPanel, content);
  gtk_widget_class_bind_template_child (widget_class, HsLessonPanel, summary);
}

static void
hs_lesson_panel_init (HsLessonPanel *self)
{
  self->rows = g_array_new (FALSE, FALSE, sizeof (Row));
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Lesson"), -1);
}
