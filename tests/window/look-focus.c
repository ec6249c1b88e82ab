/* look-focus.c - preloaded into the program: says what can have the focus, and what has it
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The accessible tree also has what no key may reach: pages that are not shown, the insides of
 * what is insensitive. At SIGUSR2 the widgets that can have the focus now are written to the file
 * HS_FOCUS_FILE, a line each, fields separated by tabs and escaped as in C:
 *
 *   WIDGET NATIVE GROUP STATE TYPE NAME
 *
 * GROUP: the list within which the arrow keys go around, else the widget. STATE: "focused" or "".
 */

#include <dlfcn.h>
#include <errno.h>
#include <glib-unix.h>
#include <gtk/gtk.h>

void gtk_source_init (void); /* of a library that this does not use */

static GtkWidget *
find_group (GtkWidget *widget)
{
  GtkWidget *list = gtk_widget_get_ancestor (widget, GTK_TYPE_LIST_BOX);

  if (list == NULL)
    list = gtk_widget_get_ancestor (widget, GTK_TYPE_FLOW_BOX);
  if (list == NULL)
    list = gtk_widget_get_ancestor (widget, GTK_TYPE_LIST_BASE);
  /* The items of a menu. */
  if (list == NULL && GTK_IS_POPOVER_MENU (gtk_widget_get_native (widget)))
    list = GTK_WIDGET (gtk_widget_get_native (widget));

  return list != NULL ? list : widget;
}

/* Some text by which a person knows it. */
static const char *
find_name (GtkWidget *widget)
{
  for (; widget != NULL && !GTK_IS_NATIVE (widget); widget = gtk_widget_get_parent (widget))
    {
      const char *id = gtk_buildable_get_buildable_id (GTK_BUILDABLE (widget));

      if (gtk_widget_get_tooltip_text (widget) != NULL)
        return gtk_widget_get_tooltip_text (widget);
      if (GTK_IS_BUTTON (widget) && gtk_button_get_label (GTK_BUTTON (widget)) != NULL)
        return gtk_button_get_label (GTK_BUTTON (widget));
      if (id != NULL && *id != '\0' && *id != '_')
        return id;
    }

  return "";
}

static void
look_at (GString   *out,
         GtkWidget *widget)
{
  if (!gtk_widget_get_mapped (widget) || !gtk_widget_get_sensitive (widget) ||
      !gtk_widget_get_can_focus (widget))
    return;

  if (gtk_widget_get_focusable (widget))
    {
      g_autofree char *name = g_strescape (find_name (widget), NULL);

      g_string_append_printf (out, "%p\t%p\t%p\t%s\t%s\t%s\n", (void *)widget,
                              (void *)gtk_widget_get_native (widget), (void *)find_group (widget),
                              gtk_widget_has_focus (widget) ? "focused" : "",
                              G_OBJECT_TYPE_NAME (widget), name);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    look_at (out, child);
}

static gboolean
signal_cb (gpointer user_data)
{
  const char *file = g_getenv ("HS_FOCUS_FILE");
  GListModel *windows = gtk_window_get_toplevels ();
  g_autoptr(GString) out = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr(GtkWidget) window = g_list_model_get_item (windows, i);

      look_at (out, window);
    }
  if (!g_file_set_contents (file, out->str, (gssize)out->len, NULL))
    g_warning ("%s cannot be written", file);

  return G_SOURCE_CONTINUE;
}

/* Called once GTK is there. */
void
gtk_source_init (void)
{
  void (*original) (void) = NULL;

  *(void **)&original = dlsym (RTLD_NEXT, "gtk_source_init");
  original ();
  if (g_getenv ("HS_FOCUS_FILE") != NULL)
    g_unix_signal_add (SIGUSR2, signal_cb, NULL);
}

__attribute__ ((constructor)) static void
begin (void)
{
  /* Not in the processes that the program starts; whatever starts it only hands this on. */
  if (g_strcmp0 (program_invocation_short_name, "heapscape") == 0)
    unsetenv ("LD_PRELOAD");
}
