/* hs-moment-bar.h - a slider over what happened one after the other
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define HS_TYPE_MOMENT_BAR (hs_moment_bar_get_type ())
G_DECLARE_FINAL_TYPE (HsMomentBar, hs_moment_bar, HS, MOMENT_BAR, AdwBin)

/* Signals: ::moved (guint position): a person, or the playing, went to another one;
 * ::compare-toggled (gboolean is_comparing).
 */

/* Positions are 0 to @n - 1. Emits nothing, ends the playing. */
void  hs_moment_bar_set_range (HsMomentBar *self,
                               guint        n,
                               guint        position);
guint hs_moment_bar_get_position (HsMomentBar *self);
/* Emits ::moved if that is another one. */
void hs_moment_bar_go_to (HsMomentBar *self,
                          guint        position);
/* Shows @position, to which something else went. Emits nothing. */
void hs_moment_bar_follow (HsMomentBar *self,
                           guint        position);
/* So many positions on, or back if it is negative; as far as there are any. */
void hs_moment_bar_go_by (HsMomentBar *self,
                          int          n);
/* What the present position is called. */
void hs_moment_bar_set_label (HsMomentBar *self,
                              const char  *text);
/* Whether what is seen can be compared with what was before. */
void hs_moment_bar_set_can_compare (HsMomentBar *self,
                                    gboolean     can_compare);

G_END_DECLS
