/* hs-learn-page.c - all examples by chapter, with what was last measured of each
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-learn-page.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "hs-examples.h"
#include "hs-figures.h"

#define VERDICTS "lesson-verdicts"
/* By the name of the example: version of Python, name of the variant, HsVerdict, HsMetric,
 * percent of the first variant's, seconds since 1970.
 */
#define VERDICT_TYPE  "(ssuudx)"
#define VERDICTS_TYPE "a{s" VERDICT_TYPE "}"

struct _HsLearnPage
{
  AdwBin parent_instance;

  GSettings *settings; /* owned */
  GPtrArray *verdicts; /* owned; of GtkLabel, borrowed: one for each example */
  GtkWidget *first;    /* row; borrowed */

  /* Template widgets */
  GtkBox *chapters;
};

G_DEFINE_FINAL_TYPE (HsLearnPage, hs_learn_page, ADW_TYPE_BIN)

/* The last verdicts */

/* The variant that saves most of @metric, G_MAXUINT if none does. */
static guint
find_saving (HsComparison *comparison,
             HsMetric      metric)
{
  guint  best = G_MAXUINT;
  double most = 0;

  for (guint i = 1; i < hs_comparison_get_n (comparison); i++)
    {
      const HsVariant *variant = hs_comparison_get (comparison, i);
      const HsEffect  *effect = &variant->effects[metric];

      if (variant->verdict != HS_VERDICT_SAVES || effect->kind != HS_EFFECT_LESS ||
          isnan (effect->percent) || fabs (effect->percent) <= most)
        continue;
      most = fabs (effect->percent);
      best = i;
    }

  return best;
}

/* Of which variant and metric most is to be said: what is saved, memory first; else the second
 * variant, whatever is to be said of it.
 */
static guint
choose_variant (HsComparison *comparison,
                HsMetric     *metric)
{
  static const HsMetric metrics[] = { HS_METRIC_PEAK, HS_METRIC_FINAL, HS_METRIC_RSS,
                                      HS_METRIC_TIME };

  for (guint i = 0; i < G_N_ELEMENTS (metrics); i++)
    {
      guint variant = find_saving (comparison, metrics[i]);

      *metric = metrics[i];
      if (variant != G_MAXUINT)
        return variant;
    }

  return MIN (1, hs_comparison_get_n (comparison) - 1);
}

/* @verdicts: a dictionary of any values. */
static void
set_verdicts (GSettings *settings,
              GVariant  *verdicts)
{
  GVariantBuilder builder;
  GVariantIter    iter;
  const char     *key;
  GVariant       *value;

  g_variant_builder_init (&builder, G_VARIANT_TYPE (VERDICTS_TYPE));
  g_variant_iter_init (&iter, verdicts);
  while (g_variant_iter_loop (&iter, "{&sv}", &key, &value))
    g_variant_builder_add (&builder, "{s@" VERDICT_TYPE "}", key, value);
  g_settings_set_value (settings, VERDICTS, g_variant_builder_end (&builder));
  g_variant_unref (verdicts);
}

void
hs_learn_page_note (GSettings    *settings,
                    const char   *name,
                    HsComparison *comparison)
{
  g_autoptr(GVariant) old = NULL;
  g_autoptr(GVariant) entry = NULL;
  GVariantDict     dict;
  HsMetric         metric;
  HsFigure         python = { 0 };
  const HsVariant *variant;
  double           percent;

  g_return_if_fail (G_IS_SETTINGS (settings) && name != NULL && comparison != NULL);

  variant = hs_comparison_get (comparison, choose_variant (comparison, &metric));
  percent = variant->effects[metric].percent;
  hs_figures_evaluate (comparison, "python", &python, NULL);
  entry = g_variant_ref_sink (
    g_variant_new (VERDICT_TYPE, python.text != NULL ? python.text : "", variant->name,
                   (guint32)variant->verdict, (guint32)metric, isnan (percent) ? 0 : percent,
                   g_get_real_time () / G_USEC_PER_SEC));
  hs_figure_clear (&python);

  old = g_settings_get_value (settings, VERDICTS);
  g_variant_dict_init (&dict, NULL);
  for (gsize i = 0; i < g_variant_n_children (old); i++)
    {
      g_autoptr(GVariant) value = NULL;
      const char *key;

      g_variant_get_child (old, i, "{&s@" VERDICT_TYPE "}", &key, &value);
      g_variant_dict_insert_value (&dict, key, value);
    }
  g_variant_dict_insert_value (&dict, name, entry);
  set_verdicts (settings, g_variant_ref_sink (g_variant_dict_end (&dict)));
}

/* What was saved, in words: the metric stands in the sentence. */
static char *
dup_saving (HsMetric metric,
            double   percent)
{
  switch (metric)
    {
    case HS_METRIC_FINAL:
      /* translators: %.0f is a number; %% stands for the sign */
      return g_strdup_printf (_("saves %.0f %% of the final bytes"), percent);

    case HS_METRIC_RSS:
      return g_strdup_printf (_("saves %.0f %% of the process’s memory"), percent);

    case HS_METRIC_TIME:
      return g_strdup_printf (_("saves %.0f %% of the time"), percent);

    case HS_METRIC_PEAK:
    case HS_METRIC_ALLOCATIONS:
    case HS_N_METRICS:
      break;
    }

  return g_strdup_printf (_("saves %.0f %% of the peak"), percent);
}

/* "3.11: slots saves 43 % of the final bytes, 21 Nov" */
static char *
dup_verdict (GVariant *entry)
{
  const char *python;
  const char *variant;
  guint32     verdict;
  guint32     metric;
  double      percent;
  gint64      seconds;
  g_autoptr(GDateTime) time = NULL;
  g_autofree char *what = NULL;
  g_autofree char *date = NULL;

  g_variant_get (entry, "(&s&suudx)", &python, &variant, &verdict, &metric, &percent, &seconds);
  if (verdict >= HS_N_VERDICTS || metric >= HS_N_METRICS)
    return NULL;

  what = verdict == HS_VERDICT_SAVES ? dup_saving ((HsMetric)metric, fabs (percent))
                                     : g_strdup (hs_verdict_get_title ((HsVerdict)verdict));
  time = g_date_time_new_from_unix_local (seconds);
  /* translators: a day without its year, as strftime() writes it: "21 Nov" */
  date = time != NULL ? g_date_time_format (time, _("%-d %b")) : g_strdup ("");

  /* translators: the version of Python, the name of a variant, what was measured of it, the day:
   * "Python 3.11: slots saves 43 % of the peak, 21 Nov"
   */
  return g_strdup_printf (_("Python %1$s: %2$s %3$s, %4$s"), python, variant, what, date);
}

static void
update_verdicts (HsLearnPage *self)
{
  g_autoptr(GVariant) verdicts = g_settings_get_value (self->settings, VERDICTS);
  guint            n_examples;
  const HsExample *examples = hs_examples_list (&n_examples);

  for (guint i = 0; i < n_examples && i < self->verdicts->len; i++)
    {
      GtkLabel *label = g_ptr_array_index (self->verdicts, i);
      g_autoptr(GVariant) entry = NULL;
      g_autofree char *text = NULL;

      entry = g_variant_lookup_value (verdicts, examples[i].name, G_VARIANT_TYPE (VERDICT_TYPE));
      if (entry != NULL)
        text = dup_verdict (entry);
      gtk_label_set_label (label, text != NULL ? text : "");
      gtk_widget_set_visible (GTK_WIDGET (label), text != NULL);
    }
}

void
hs_learn_page_set_settings (HsLearnPage *self,
                            GSettings   *settings)
{
  g_return_if_fail (HS_IS_LEARN_PAGE (self) && G_IS_SETTINGS (settings));
  g_return_if_fail (self->settings == NULL);

  self->settings = g_object_ref (settings);
  g_signal_connect_object (settings, "changed::" VERDICTS, G_CALLBACK (update_verdicts), self,
                           G_CONNECT_SWAPPED);
  update_verdicts (self);
}

void
hs_learn_page_focus (HsLearnPage *self)
{
  g_return_if_fail (HS_IS_LEARN_PAGE (self));

  if (self->first != NULL)
    gtk_widget_grab_focus (self->first);
}

/* Rows */

static GtkWidget *
new_row (HsLearnPage     *self,
         const HsExample *example)
{
  GtkWidget       *row = adw_action_row_new ();
  GtkWidget       *verdict = gtk_label_new (NULL);
  GtkWidget       *number = gtk_label_new (NULL);
  g_autofree char *digits = g_strndup (example->name, strspn (example->name, "0123456789"));

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _(example->title));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _(example->summary));

  gtk_label_set_label (GTK_LABEL (number), digits);
  gtk_widget_add_css_class (number, "dim-label");
  gtk_widget_add_css_class (number, "numeric");
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), number);

  g_object_set (verdict, "wrap", TRUE, "xalign", 1., "justify", GTK_JUSTIFY_RIGHT,
                "natural-wrap-mode", GTK_NATURAL_WRAP_NONE, "max-width-chars", 30, NULL);
  gtk_widget_add_css_class (verdict, "caption");
  gtk_widget_add_css_class (verdict, "dim-label");
  g_ptr_array_add (self->verdicts, verdict);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), verdict);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             g_object_new (GTK_TYPE_IMAGE, "icon-name", "go-next-symbolic",
                                           "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                           NULL));

  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.open-example");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", example->name);

  return row;
}

/* The arrow keys lead from one chapter to the next. */
static gboolean
keynav_failed_cb (GtkWidget       *list,
                  GtkDirectionType direction,
                  HsLearnPage     *self)
{
  if (direction != GTK_DIR_UP && direction != GTK_DIR_DOWN)
    return FALSE;

  return gtk_widget_child_focus (GTK_WIDGET (self), direction == GTK_DIR_UP ? GTK_DIR_TAB_BACKWARD
                                                                            : GTK_DIR_TAB_FORWARD);
}

static GtkListBox *
add_chapter (HsLearnPage *self,
             HsChapter    chapter)
{
  GtkWidget  *title = gtk_label_new (hs_chapter_get_title (chapter));
  GtkListBox *list = GTK_LIST_BOX (gtk_list_box_new ());

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_add_css_class (title, "title-4");
  gtk_widget_add_css_class (title, "chapter");
  gtk_box_append (self->chapters, title);

  gtk_list_box_set_selection_mode (list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (list), "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  hs_chapter_get_title (chapter), -1);
  g_signal_connect_object (list, "keynav-failed", G_CALLBACK (keynav_failed_cb), self, 0);
  gtk_box_append (self->chapters, GTK_WIDGET (list));

  return list;
}

static void
fill (HsLearnPage *self)
{
  guint            n_examples;
  const HsExample *examples = hs_examples_list (&n_examples);
  GtkListBox      *list = NULL;

  for (guint i = 0; i < n_examples; i++)
    {
      HsChapter  chapter = hs_example_get_chapter (&examples[i]);
      GtkWidget *row = new_row (self, &examples[i]);

      if (i == 0 || chapter != hs_example_get_chapter (&examples[i - 1]))
        list = add_chapter (self, chapter);
      gtk_list_box_append (list, row);
      if (self->first == NULL)
        self->first = row;
    }
}

/* Escape goes back. */
static gboolean
escape_cb (GtkWidget *widget,
           GVariant  *arguments,
           gpointer   user_data)
{
  gtk_widget_activate_action (widget, "win.learn", NULL);

  return GDK_EVENT_STOP;
}

static void
hs_learn_page_dispose (GObject *object)
{
  HsLearnPage *self = HS_LEARN_PAGE (object);

  g_clear_object (&self->settings);
  g_ptr_array_set_size (self->verdicts, 0);
  self->first = NULL;
  gtk_widget_dispose_template (GTK_WIDGET (self), HS_TYPE_LEARN_PAGE);

  G_OBJECT_CLASS (hs_learn_page_parent_class)->dispose (object);
}

static void
hs_learn_page_finalize (GObject *object)
{
  g_ptr_array_unref (HS_LEARN_PAGE (object)->verdicts);

  G_OBJECT_CLASS (hs_learn_page_parent_class)->finalize (object);
}

static void
hs_learn_page_class_init (HsLearnPageClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = hs_learn_page_dispose;
  object_class->finalize = hs_learn_page_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/hs-learn-page.ui");
  gtk_widget_class_bind_template_child (widget_class, HsLearnPage, chapters);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, escape_cb, NULL);
}

static void
hs_learn_page_init (HsLearnPage *self)
{
  self->verdicts = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  fill (self);
}
