/* hs-editor-private.h - what the parts of the editor share
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtksourceview/gtksource.h>

#include "hs-completion.h"
#include "hs-editor.h"
#include "hs-find-bar.h"
#include "hs-go-to-bar.h"
#include "hs-line-gutter.h"
#include "hs-occurrences.h"
#include "hs-variant-gutter.h"

G_BEGIN_DECLS

struct _HsEditor
{
  AdwBin parent_instance;

  GtkCssProvider *css;         /* owned; the font of the view */
  char           *font;        /* owned; NULL: the desktop's */
  char           *message;     /* owned; of the error, NULL: none */
  GtkSourceMark  *error_mark;  /* owned; NULL: none */
  guint           language_id; /* idle; 0: done */
  int             zoom;        /* steps from the normal size */
  double          scrolled;    /* steps of the wheel that are not spent yet */
  gboolean        is_setting;  /* the program replaces the text */
  gboolean        is_plain;    /* without colours: a line is too long for them */
  guint           plain_id;    /* timer that looks whether it still is; 0: none */

  GSettings *settings; /* owned; NULL: as it comes */
  GtkWidget *map;      /* borrowed from the box; NULL: not shown */

  HsCompletion  *completion;  /* owned */
  HsOccurrences *occurrences; /* owned */

  GtkTextBuffer *buffer; /* borrowed from the view, cleared with it */

  HsLineGutter    *gutter;         /* borrowed from the view */
  HsVariantGutter *variant_gutter; /* likewise */

  GtkBox        *view_box; /* around what shows the text */
  GtkBox        *box;
  HsFindBar     *find_bar; /* borrowed from its box; NULL: never asked for */
  HsGoToBar     *go_to_bar;
  GtkSourceView *view;
};

/* hs-editor-actions.c */
void _hs_editor_install_actions (GtkWidgetClass *widget_class);
void _hs_editor_setup_actions (HsEditor *self);

/* hs-editor-settings.c */
/* Whether the text is plain was changed: some settings do not hold for it. */
void _hs_editor_update_plain (HsEditor *self);

G_END_DECLS
