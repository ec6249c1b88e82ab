/* hs-wishes.h - what a person asked of a view, and the views there are
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-scene.h"

G_BEGIN_DECLS

/* What can be chosen in a view, by people in its bar and by scripts with
 * "--set VIEW.OPTION=CHOICE". All texts are marked with N_() and untranslated.
 */
typedef struct
{
  const char        *id;      /* "values-in-rows" */
  const char        *label;   /* "Small Values in Rows" */
  const char        *tooltip; /* a sentence */
  const char *const *choices; /* NULL-ended ids; NULL: a switch, "off" and "on" */
  const char *const *labels;  /* of the choices; NULL for a switch */
  gboolean           is_kind; /* of picture: nothing of one is in its place in the next */
} HsOption;

guint hs_option_get_n_choices (const HsOption *option); /* 2 for a switch */

/* A view: its names, its options. Constant data. */
typedef struct _HsView HsView;

/* All views in the order in which they are shown. NULL-ended, constant. */
const HsView *const *hs_views_list (void);
/* NULL if there is none of that name. */
const HsView *hs_view_find (const char *name);
const char   *hs_view_get_name (const HsView *view);        /* "graph" */
const char   *hs_view_get_title (const HsView *view);       /* translated: "Graph" */
const char   *hs_view_get_description (const HsView *view); /* translated, a sentence */
const char   *hs_view_get_icon (const HsView *view);        /* name of a symbolic icon */
/* Whether it shows the history of a heap, and needs no objects of it. */
gboolean hs_view_is_of_history (const HsView *view);
/* Whether it shows the comparison of a heap: hs_heap_get_comparison(), and needs neither
 * objects nor history of it.
 */
gboolean        hs_view_is_of_comparison (const HsView *view);
const HsOption *hs_view_get_options (const HsView *view,
                                     guint        *n_options);

/* A value for one thread: copy it, change it, build a new scene of it. What was
 * opened, selected or zoomed into is of one heap: begin anew for another, and
 * take the options over.
 */
typedef struct _HsWishes HsWishes;

HsWishes     *hs_wishes_new (const HsView *view); /* the defaults */
HsWishes     *hs_wishes_copy (const HsWishes *self);
void          hs_wishes_free (HsWishes *self);
const HsView *hs_wishes_get_view (const HsWishes *self);

/* @option: an index of hs_view_get_options(); @choice: 0 or 1 for a switch, else
 * an index of its choices.
 */
guint hs_wishes_get_option (const HsWishes *self,
                            guint           option);
void  hs_wishes_set_option (HsWishes *self,
                            guint     option,
                            guint     choice);

/* Only these names; NULL or empty: all. For views that begin at names. */
void hs_wishes_set_focus (HsWishes          *self,
                          const char *const *names);

/* What was hit in @scene, which was made of these wishes, was activated: opens a
 * group, shows more rows. FALSE if nothing changes.
 */
gboolean hs_wishes_activate (HsWishes    *self,
                             HsScene     *scene,
                             const HsHit *hit);
/* More of what hs_scene_dup_left_out() speaks of. FALSE if the view cannot. */
gboolean hs_wishes_show_more (HsWishes *self);
/* @object (or HS_NO_OBJECT) of @heap is selected now. FALSE if the picture stays
 * as it is: the view shows it already, or does not go by the selection.
 */
gboolean hs_wishes_select (HsWishes *self,
                           HsHeap   *heap,
                           guint32   object);

/* @before: (nullable): what is seen until the next scene is there. What is in both
 * stays near to where it was, if the view can.
 */
void hs_wishes_set_before (HsWishes *self,
                           HsScene  *before);

/* @earlier: (nullable): a heap of an earlier moment with which what is built is compared:
 * what appeared since is marked, and what has gone is there as a ghost, if the view can.
 * Kept by copies.
 */
void hs_wishes_set_compared (HsWishes *self,
                             HsHeap   *earlier);
/* (transfer none) (nullable) */
HsHeap *hs_wishes_get_compared (const HsWishes *self);

/* What one may ask about an object. */
typedef enum
{
  HS_QUESTION_NONE,
  HS_QUESTION_WHY_ALIVE,   /* the shortest way from a name to it */
  HS_QUESTION_KEEPS_ALIVE, /* what would go if it went */
} HsQuestion;

gboolean hs_view_can_ask (const HsView *view);
/* The next scene answers: it marks what belongs to the answer, and says it with
 * hs_scene_dup_answer(). Until HS_QUESTION_NONE is asked. FALSE if nothing changes.
 */
gboolean hs_wishes_ask (HsWishes  *self,
                        HsQuestion question,
                        guint32    object);

/* Steps: what a view can play through, in the order of time. A view of pages has one
 * for each time at which they were looked at; most views have none.
 */
#define HS_NO_STEP G_MAXUINT

/* May read all of the history's rows of the view's kind. */
guint hs_wishes_get_n_steps (const HsWishes *self,
                             HsHeap         *heap);
/* The step that would be shown: that of hs_wishes_set_step(), or the one that the view
 * chooses by the moment of @heap. HS_NO_STEP without any.
 */
guint hs_wishes_get_step (const HsWishes *self,
                          HsHeap         *heap);
/* HS_NO_STEP: the view chooses. FALSE if nothing changes. */
gboolean hs_wishes_set_step (HsWishes *self,
                             guint     step);
/* The line of the code's file that had run then; 0: unknown. */
guint hs_wishes_get_step_line (const HsWishes *self,
                               HsHeap         *heap,
                               guint           step);
/* What a person calls it: "Line 5, 3 of 12". Returns: (transfer full) (nullable): NULL if
 * there is no such step
 */
char *hs_wishes_dup_step_name (const HsWishes *self,
                               HsHeap         *heap,
                               guint           step);

/* Computes, measures and places everything; may take long: call it in a thread.
 * @language: a Pango language for the shapes of CJK characters ("zh-cn"), or NULL
 * for that of the messages. Returns: (transfer full) (nullable): NULL with an
 * error of G_IO_ERROR: cancelled, or a translated reason why there is nothing.
 */
HsScene *hs_wishes_build (const HsWishes *self,
                          HsHeap         *heap,
                          const char     *language,
                          GCancellable   *cancellable,
                          GError        **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HsWishes, hs_wishes_free)

G_END_DECLS
