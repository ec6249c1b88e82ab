/* hs-picture-info.h - what a picture says about the run that it shows
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Goes into the footer of an export and into the text chunks of a PNG. All
 * texts are UTF-8 and may be NULL.
 */
typedef struct
{
  char *title;   /* display name of the file */
  char *python;  /* "CPython 3.11.2" */
  char *date;    /* local date and time of the run, ISO 8601 without seconds */
  char *method;  /* how the bytes were measured, translated */
  char *figures; /* key figures in one line, translated */
  char *status;  /* how the run ended, translated */
  char *source;  /* the code */
} HsPictureInfo;

HsPictureInfo *hs_picture_info_new (void);
HsPictureInfo *hs_picture_info_copy (const HsPictureInfo *self);
void           hs_picture_info_free (HsPictureInfo *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HsPictureInfo, hs_picture_info_free)

G_END_DECLS
