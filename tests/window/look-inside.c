/* look-inside.c - preloaded into the program: says what its windows show, and what of it is cut
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The accessible tree knows neither tooltips nor whether a text is shown whole. At SIGUSR1 the
 * widgets that are mapped are written to the file HS_LOOK_FILE, a line each, fields separated by
 * tabs and escaped as in C:
 *
 *   WINDOW PATH KIND TEXT X Y WIDTH HEIGHT PROBLEM
 *
 * KIND: label, tooltip, window (its title), or widget, of which only problems are told. Pixels of
 * the window. PROBLEM: "", "ellipsized", "cut" or "outside". HS_LOOK_LOCALE: the folder with the
 * translations of the program, instead of its own. HS_LOOK_DIRECTION=rtl: all is mirrored, as in
 * Hebrew or Arabic.
 */

#include <dlfcn.h>
#include <errno.h>
#include <glib-unix.h>
#include <gtk/gtk.h>
#include <libintl.h>
#include <math.h>
#include <signal.h>

/* Pixels that rounding may take. */
#define TOLERANCE 1.5

/* Milliseconds between two looks, and so many of them at what has no size. */
#define FRAME     40
#define MAX_TRIES 50

void gtk_source_init (void); /* of a library that this does not use */

char *
bindtextdomain (const char *domain,
                const char *folder)
{
  static char *(*original) (const char *, const char *);
  const char *own = g_getenv ("HS_LOOK_LOCALE");

  if (original == NULL)
    *(void **)&original = dlsym (RTLD_NEXT, "bindtextdomain");

  return original (domain, own != NULL && g_strcmp0 (domain, "heapscape") == 0 ? own : folder);
}

/* Called once GTK has its own direction, and before there are windows. */
void
gtk_source_init (void)
{
  void (*original) (void) = NULL;

  *(void **)&original = dlsym (RTLD_NEXT, "gtk_source_init");
  original ();
  if (g_strcmp0 (g_getenv ("HS_LOOK_DIRECTION"), "rtl") == 0)
    gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
}

static void
append_path (GString   *path,
             GtkWidget *widget)
{
  const char *name = gtk_buildable_get_buildable_id (GTK_BUILDABLE (widget));
  const char *css = gtk_widget_get_css_name (widget);

  if (gtk_widget_get_parent (widget) != NULL)
    append_path (path, gtk_widget_get_parent (widget));
  g_string_append_c (path, '/');
  g_string_append (path, name != NULL && *name != '\0' && *name != '_'
                           ? name
                           : (g_str_equal (css, "widget") ? G_OBJECT_TYPE_NAME (widget) : css));
}

/* Scrolled into view, or sliding in: what lies outside there is meant to. */
static gboolean
may_lie_outside (GtkWidget *widget)
{
  for (; widget != NULL && !GTK_IS_NATIVE (widget); widget = gtk_widget_get_parent (widget))
    if (GTK_IS_SCROLLABLE (widget) || GTK_IS_SCROLLED_WINDOW (widget) ||
        gtk_widget_get_overflow (widget) == GTK_OVERFLOW_HIDDEN)
      return TRUE;

  return FALSE;
}

static const char *
find_label_problem (GtkLabel *label)
{
  PangoLayout *layout = gtk_label_get_layout (label);
  int          width;
  int          height;

  if (*gtk_label_get_text (label) == '\0')
    return "";
  if (pango_layout_is_ellipsized (layout))
    return "ellipsized";
  pango_layout_get_pixel_size (layout, &width, &height);
  if (width > gtk_widget_get_width (GTK_WIDGET (label)) + TOLERANCE ||
      height > gtk_widget_get_height (GTK_WIDGET (label)) + TOLERANCE)
    return "cut";

  return "";
}

static void
report (GString               *out,
        GtkWidget             *widget,
        const char            *kind,
        const char            *text,
        const graphene_rect_t *bounds,
        const char            *problem)
{
  g_autoptr(GString) path = g_string_new (NULL);
  g_autofree char *escaped = g_strescape (text != NULL ? text : "", NULL);
  GtkRoot         *root = gtk_widget_get_root (widget);
  const char      *title = GTK_IS_WINDOW (root) ? gtk_window_get_title (GTK_WINDOW (root)) : NULL;
  g_autofree char *window = g_strescape (title != NULL ? title : "", NULL);

  append_path (path, widget);
  g_string_append_printf (out, "%s\t%s\t%s\t%s\t%.0f\t%.0f\t%.0f\t%.0f\t%s\n", window, path->str,
                          kind, escaped, bounds->origin.x, bounds->origin.y, bounds->size.width,
                          bounds->size.height, problem);
}

static void
look_at (GString   *out,
         GtkWidget *widget)
{
  GtkWidget      *native = GTK_WIDGET (gtk_widget_get_native (widget));
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, 0, 0);
  const char     *problem = "";

  if (!gtk_widget_get_mapped (widget) || gtk_widget_get_opacity (widget) <= 0.0)
    return;

  if (gtk_widget_compute_bounds (widget, native, &bounds) && !may_lie_outside (widget) &&
      widget != native && gtk_widget_get_width (widget) > 0 &&
      (bounds.origin.x < -TOLERANCE || bounds.origin.y < -TOLERANCE ||
       bounds.origin.x + bounds.size.width > gtk_widget_get_width (native) + TOLERANCE ||
       bounds.origin.y + bounds.size.height > gtk_widget_get_height (native) + TOLERANCE))
    problem = "outside";

  if (GTK_IS_LABEL (widget))
    report (out, widget, "label", gtk_label_get_text (GTK_LABEL (widget)), &bounds,
            *problem != '\0' ? problem : find_label_problem (GTK_LABEL (widget)));
  else if (GTK_IS_WINDOW (widget))
    report (out, widget, "window", gtk_window_get_title (GTK_WINDOW (widget)), &bounds, problem);
  else if (*problem != '\0')
    report (out, widget, "widget", "", &bounds, problem);
  if (gtk_widget_get_tooltip_text (widget) != NULL)
    report (out, widget, "tooltip", gtk_widget_get_tooltip_text (widget), &bounds, "");

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    look_at (out, child);
}

/* What was just made has no size before the next frame. */
static gboolean
is_unfinished (GtkWidget *widget)
{
  if (!gtk_widget_get_mapped (widget))
    return FALSE;
  if (GTK_IS_LABEL (widget) && *gtk_label_get_text (GTK_LABEL (widget)) != '\0' &&
      gtk_widget_get_width (widget) == 0)
    return TRUE;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (is_unfinished (child))
      return TRUE;

  return FALSE;
}

static gboolean
look_cb (gpointer user_data)
{
  static guint n_tries;
  const char  *file = g_getenv ("HS_LOOK_FILE");
  GListModel  *windows = gtk_window_get_toplevels ();
  g_autoptr(GString) out = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr(GtkWidget) window = g_list_model_get_item (windows, i);

      if (is_unfinished (window) && ++n_tries % MAX_TRIES != 0)
        return G_SOURCE_CONTINUE;
      look_at (out, window);
    }
  n_tries = 0;
  if (!g_file_set_contents (file, out->str, (gssize)out->len, NULL))
    g_warning ("%s cannot be written", file);

  return G_SOURCE_REMOVE;
}

static gboolean
signal_cb (gpointer user_data)
{
  g_timeout_add (FRAME, look_cb, NULL);

  return G_SOURCE_CONTINUE;
}

__attribute__ ((constructor)) static void
begin (void)
{
  /* Whatever starts the program only hands this on. */
  if (g_strcmp0 (program_invocation_short_name, "heapscape") != 0)
    return;

  /* Not in the processes that the program starts. */
  unsetenv ("LD_PRELOAD");
  if (g_getenv ("HS_LOOK_FILE") != NULL)
    g_unix_signal_add (SIGUSR1, signal_cb, NULL);
}
