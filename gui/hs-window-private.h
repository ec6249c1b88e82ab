/* hs-window-private.h - what the parts of the window share
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-comparer.h"
#include "hs-console.h"
#include "hs-drafts.h"
#include "hs-editor.h"
#include "hs-learn-page.h"
#include "hs-lesson-panel.h"
#include "hs-permission-popover.h"
#include "hs-views.h"
#include "hs-runner.h"
#include "hs-source.h"
#include "hs-window.h"

G_BEGIN_DECLS

struct _HsWindow
{
  AdwApplicationWindow parent_instance;

  /* What is edited */
  GFile        *file;         /* owned; NULL: never saved */
  HsSource     *source;       /* owned; as it is on disk; NULL: never saved */
  char         *display_name; /* owned; of an example; NULL: from file, or "Untitled" */
  GFileMonitor *monitor;      /* owned; of file */
  GCancellable *loading;      /* owned; the load or save that goes on */

  /* What is unsaved, after a crash */
  HsDraftKeeper *draft_keeper; /* owned; NULL: the folder for it cannot be used */

  guint autosave_timer; /* 0: nothing to save, or not unasked */

  /* The run, while there is one, and the last that is over */
  HsRunner     *runner;  /* owned */
  GCancellable *running; /* owned */
  HsRun        *run;     /* owned */

  /* What is compared, and the last comparison that is over: there is a run or a comparison */
  HsComparer   *comparer;      /* owned */
  HsComparison *comparison;    /* owned */
  char         *compared_text; /* owned; the code as it was then */
  GFile        *other_file;    /* owned; to be compared with, while it is loaded */

  /* The run that was opened from a file, and what is written or read of such files */
  GFile        *snapshot_file; /* owned; NULL: what is shown was run here, or nothing is */
  GCancellable *snapshot_work; /* owned; NULL: none goes on */

  GtkWidget *text_window; /* weak; NULL: it is not open */

  /* What the code may do */
  HsPermissionPopover *permission_popover; /* borrowed from its button; it holds what is allowed */
  HsRefused            refused;            /* to the run that the notice is about */
  char                *refused_file;       /* owned; NULL: none */
  char                *protection_warning; /* owned; what is missing here, NULL: nothing */
  char                *action_to_start;    /* owned; when the question is answered, NULL: none */
  GtkWidget           *protection_dialog;  /* weak */

  char          *lesson_name;  /* owned; of the example whose lesson is open; NULL: none */
  HsLearnPage   *learn_page;   /* borrowed from its stack; NULL: never seen yet */
  HsLessonPanel *lesson_panel; /* borrowed from its flap; NULL: never seen yet */

  GtkFileChooserNative *chooser;       /* owned while it is open */
  char                 *notice_action; /* owned; what the button of the notice does */

  guint is_contested : 1;          /* changed on disk or not saved: not to be saved unasked */
  guint is_saving : 1;             /* a second save would take the first for a change */
  guint is_autosaving : 1;         /* … and nobody asked for it */
  guint may_close : 1;             /* the question about unsaved changes was answered */
  guint close_after_saving : 1;    /* … by Save */
  guint is_restored : 1;           /* what a program that crashed has left, not saved yet */
  guint is_replaced : 1;           /* … and its file is not the one it was any more */
  guint is_narrow : 1;             /* the buttons have few words */
  guint are_panes_placed : 1;      /* for the size that the window came up with */
  guint is_protection_known : 1;   /* protection_warning is what there is to say */
  guint compares_variants : 1;     /* rather than two files */
  guint is_comparison_of_text : 1; /* of what the editor held when it was over */

  /* Template widgets */
  AdwWindowTitle  *window_title;
  GtkButton       *open_button;
  GtkButton       *run_button;
  AdwSqueezer     *compare_squeezer;
  GtkButton       *stop_button;
  GtkMenuButton   *recent_button;
  GtkMenuButton   *examples_button;
  GtkMenuButton   *menu_button;
  GtkMenuButton   *interpreter_button;
  GtkMenuButton   *permission_button;
  GtkStack        *run_stack;
  GtkRevealer     *notice_revealer;
  GtkLabel        *notice_label;
  GtkButton       *notice_button;
  AdwToastOverlay *toasts;
  GtkStack        *pages;
  AdwFlap         *lesson_flap;
  GtkToggleButton *lesson_button;
  GtkPaned        *panes;
  GtkPaned        *code_panes;
  HsEditor        *editor;
  HsConsole       *console;
  HsViews         *views;
};

/* hs-window.c */
GSettings *_hs_window_get_settings (HsWindow *self);
char      *_hs_window_dup_name (HsWindow *self); /* (transfer full): as it is shown */
void       _hs_window_update_title (HsWindow *self);
/* A sentence above the panes that stays. @button, @action: NULL for none. */
void _hs_window_show_notice (HsWindow   *self,
                             const char *text,
                             const char *button,
                             const char *action);
void _hs_window_hide_notice (HsWindow *self);

/* hs-window-toasts.c */
void _hs_window_install_toast_actions (GtkWidgetClass *widget_class);
void _hs_window_add_toast (HsWindow   *self,
                           const char *text);
/* With a button that shows @file in its folder. */
void _hs_window_add_file_toast (HsWindow   *self,
                                const char *text,
                                GFile      *file);
/* What is being loaded or saved says so with @sentence if it takes long, and can be cancelled. */
void _hs_window_be_patient (HsWindow   *self,
                            const char *sentence);

/* hs-window-file.c */
void _hs_window_install_file_actions (GtkWidgetClass *widget_class);
void _hs_window_set_file (HsWindow *self,
                          GFile    *file,
                          HsSource *source);
void _hs_window_save (HsWindow *self,
                      gboolean  overwrite);
void _hs_window_ask_before_closing (HsWindow *self);
void _hs_window_setup_drop (HsWindow *self);
void _hs_window_update_recent (HsWindow *self);
void _hs_window_add_recent (HsWindow *self,
                            GFile    *file);

/* hs-window-focus.c */
void _hs_window_install_focus_actions (GtkWidgetClass *widget_class);

/* hs-window-text.c */
void _hs_window_install_text_actions (GtkWidgetClass *widget_class);
void _hs_window_setup_text (HsWindow *self);
void _hs_window_dispose_text (HsWindow *self);

/* hs-window-snapshot.c */
void _hs_window_install_snapshot_actions (GtkWidgetClass *widget_class);
void _hs_window_dispose_snapshot (HsWindow *self);
void _hs_window_load_snapshot (HsWindow *self,
                               GFile    *file);
/* Something else is shown than what was opened. */
void           _hs_window_leave_snapshot (HsWindow *self);
void           _hs_window_update_snapshot_action (HsWindow *self);
void           _hs_window_add_snapshot_patterns (GtkFileFilter *filter);
GtkFileFilter *_hs_window_new_snapshot_filter (void); /* (transfer full) */

/* hs-window-picture.c */
/* The code in @file, a PNG, as text of no file. */
void _hs_window_load_picture (HsWindow *self,
                              GFile    *file);

/* hs-window-print.c */
typedef enum
{
  HS_PRINT_CODE,
  HS_PRINT_PICTURE,
} HsPrintKind;

void _hs_window_install_print_actions (GtkWidgetClass *widget_class);
/* @path: (nullable): of the PDF, with GTK_PRINT_OPERATION_ACTION_EXPORT */
void _hs_window_print (HsWindow               *self,
                       HsPrintKind             kind,
                       GtkPrintOperationAction action,
                       const char             *path);

/* hs-window-drop.c */
void _hs_window_setup_drop (HsWindow *self);

/* hs-window-drafts.c */
void _hs_window_install_draft_actions (GtkWidgetClass *widget_class);
void _hs_window_setup_draft (HsWindow *self);
void _hs_window_dispose_draft (HsWindow *self);
/* The file, its source or the name was changed. */
void _hs_window_update_draft (HsWindow *self);
/* Of text that was restored and whose file is another one by now: asks instead of saving.
 * Returns: whether it did
 */
gboolean _hs_window_warn_of_replaced (HsWindow *self,
                                      gboolean  overwrite);

/* hs-window-session.c */
/* Not before: a file that comes takes away what was said. */
void _hs_window_say_when_loaded (HsWindow   *self,
                                 const char *text);

/* hs-window-autosave.c */
void _hs_window_setup_autosave (HsWindow *self);
void _hs_window_dispose_autosave (HsWindow *self);
/* Saves unasked, if that is wanted and can be, and closes then. Returns: whether it does */
gboolean _hs_window_autosave_and_close (HsWindow *self);

/* hs-window-cache.c */
void _hs_window_install_cache_actions (GtkWidgetClass *widget_class);

/* hs-window-run.c */
void _hs_window_install_run_actions (GtkWidgetClass *widget_class);
void _hs_window_abandon_run (HsWindow *self);
/* What @run gave, in the console and all views. */
void _hs_window_show_run (HsWindow *self,
                          HsRun    *run);
/* Other code comes: what was run before is not shown beside it. */
void _hs_window_forget_run (HsWindow *self);
void _hs_window_list_interpreters (HsWindow *self);
void _hs_window_update_interpreter_label (HsWindow *self);
/* Whether code is run or compared. */
gboolean _hs_window_is_busy (HsWindow *self);
void     _hs_window_update_run_actions (HsWindow *self);
/* What is in the editor, with the settings. Returns: (transfer full) (nullable) */
HsRunSpec *_hs_window_make_spec (HsWindow *self,
                                 GError  **error);
/* Of what is shown. Returns: (transfer full) (nullable) */
HsPictureInfo *_hs_window_dup_picture_info (HsWindow *self);
void           _hs_window_setup_runs (HsWindow *self);

/* hs-window-permissions.c */
void _hs_window_install_permission_actions (GtkWidgetClass *widget_class);
void _hs_window_setup_permissions (HsWindow *self);
void _hs_window_dispose_permissions (HsWindow *self);
/* What the code of the window may do. (transfer none) */
const HsPermissions *_hs_window_get_permissions (HsWindow *self);
/* Other code comes, which may do nothing. */
void _hs_window_reset_permissions (HsWindow *self);
/* Before @file becomes the window's, which it is not yet: what is remembered of it. */
void _hs_window_change_permissions (HsWindow *self,
                                    GFile    *file);
/* Whether code may be run: nothing protective is missing, or the user has said so for this code.
 * If not, asks, and activates @action again if the answer is yes.
 */
gboolean _hs_window_may_start (HsWindow   *self,
                               const char *action);
/* What was refused to the code of @run, and how to allow it. */
void _hs_window_show_refusal (HsWindow *self,
                              HsRun    *run);
void _hs_window_hide_refusal (HsWindow *self);
void _hs_window_update_permission_button (HsWindow *self);

/* hs-window-compare.c */
void _hs_window_install_compare_actions (GtkWidgetClass *widget_class);
void _hs_window_setup_comparing (HsWindow *self);
/* Of what is shown, (transfer none) (nullable) */
HsComparison *_hs_window_get_comparison (HsWindow *self);
/* Ends one of which nobody wants to know any more. */
void _hs_window_stop_comparing (HsWindow *self);
void _hs_window_forget_comparison (HsWindow *self);

/* hs-window-learn.c */
void _hs_window_install_learn_actions (GtkWidgetClass *widget_class);
void _hs_window_setup_lessons (HsWindow *self);
void _hs_window_leave_learn_page (HsWindow *self);
/* The lesson of the example @name, if it has one; else what was open is closed. */
void _hs_window_open_lesson (HsWindow   *self,
                             const char *name);
void _hs_window_close_lesson (HsWindow *self);
/* What was measured of the code that is shown; NULL: it is measured anew. */
void _hs_window_show_in_lesson (HsWindow     *self,
                                HsComparison *comparison);

/* hs-window-actions.c */
void _hs_window_install_actions (GtkWidgetClass *widget_class);
/* Of a file with the picture, without an ending. (transfer full) */
char *_hs_window_dup_picture_name (HsWindow *self);
/* Above @parent, the window or a dialog of it. */
void _hs_window_show_about (GtkWindow *parent);
void _hs_window_setup_examples (HsWindow *self);

G_END_DECLS
