/* hs-picture-info.c - what a picture says about the run that it shows
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-picture-info.h"

HsPictureInfo *
hs_picture_info_new (void)
{
  return g_new0 (HsPictureInfo, 1);
}

HsPictureInfo *
hs_picture_info_copy (const HsPictureInfo *self)
{
  HsPictureInfo *copy = hs_picture_info_new ();

  copy->title = g_strdup (self->title);
  copy->python = g_strdup (self->python);
  copy->date = g_strdup (self->date);
  copy->method = g_strdup (self->method);
  copy->figures = g_strdup (self->figures);
  copy->status = g_strdup (self->status);
  copy->source = g_strdup (self->source);

  return copy;
}

void
hs_picture_info_free (HsPictureInfo *self)
{
  if (self == NULL)
    return;

  g_free (self->title);
  g_free (self->python);
  g_free (self->date);
  g_free (self->method);
  g_free (self->figures);
  g_free (self->status);
  g_free (self->source);
  g_free (self);
}
