/* hs-feeder.c - writes into a pipe without ever blocking
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-feeder-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <unistd.h>

struct _HsFeeder
{
  int           fd;      /* -1: not open yet, or shut */
  GMainContext *context; /* NULL until it is started */
  GSource      *source;  /* only while something is queued */
  GByteArray   *queue;
  gboolean      is_ending; /* nothing more is to be queued */
  gboolean      is_shut;
};

HsFeeder *
_hs_feeder_new (void)
{
  HsFeeder *self = g_new0 (HsFeeder, 1);

  self->fd = -1;
  self->queue = g_byte_array_new ();

  return self;
}

static void
stop_writing (HsFeeder *self)
{
  if (self->source == NULL)
    return;

  g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
}

void
_hs_feeder_shut (HsFeeder *self)
{
  stop_writing (self);
  if (self->fd != -1)
    close (self->fd);
  self->fd = -1;
  self->is_shut = TRUE;
  g_byte_array_set_size (self->queue, 0);
}

void
_hs_feeder_free (HsFeeder *self)
{
  _hs_feeder_shut (self);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_byte_array_unref (self->queue);
  g_free (self);
}

int
_hs_feeder_open (HsFeeder *self,
                 GError  **error)
{
  int fds[2];

  g_assert (self->fd == -1);

  if (!g_unix_open_pipe (fds, FD_CLOEXEC, error))
    return -1;

  self->fd = fds[1];
  if (!g_unix_set_fd_nonblocking (self->fd, TRUE, error))
    {
      close (fds[0]);
      return -1;
    }

  return fds[0];
}

static gboolean
writable_cb (int          fd,
             GIOCondition condition,
             gpointer     user_data)
{
  HsFeeder *self = user_data;
  gssize    n = write (fd, self->queue->data, self->queue->len);

  if (n < 0 && (errno == EAGAIN || errno == EINTR))
    return G_SOURCE_CONTINUE;

  /* EPIPE: the code has closed its standard input, or is gone. */
  if (n < 0)
    {
      _hs_feeder_shut (self);
      return G_SOURCE_REMOVE;
    }

  g_byte_array_remove_range (self->queue, 0, (guint)n);
  if (self->queue->len > 0)
    return G_SOURCE_CONTINUE;

  if (self->is_ending)
    _hs_feeder_shut (self);
  else
    stop_writing (self);

  return G_SOURCE_REMOVE;
}

static void
feed (HsFeeder *self)
{
  if (self->fd == -1 || self->context == NULL || self->source != NULL)
    return;

  if (self->queue->len > 0)
    {
      self->source = g_unix_fd_source_new (self->fd, G_IO_OUT);
      g_source_set_callback (self->source, (GSourceFunc)(void (*) (void))writable_cb, self, NULL);
      g_source_attach (self->source, self->context);
    }
  else if (self->is_ending)
    _hs_feeder_shut (self);
}

void
_hs_feeder_start (HsFeeder     *self,
                  GMainContext *context)
{
  self->context = g_main_context_ref (context);
  feed (self);
}

void
_hs_feeder_write (HsFeeder     *self,
                  gconstpointer data,
                  gsize         size)
{
  if (self->is_ending || self->is_shut)
    return;

  g_byte_array_append (self->queue, data, (guint)size);
  feed (self);
}

void
_hs_feeder_end (HsFeeder *self)
{
  self->is_ending = TRUE;
  feed (self);
}
