/* hs-channel.c - packets to and from the client, never blocking
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-channel.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define N_FDS_MAX 4

struct _HsPacket
{
  HsPacket *next;
  size_t    size;
  char      bytes[];
};

void
hs_channel_init (HsChannel *self,
                 int        fd)
{
  memset (self, 0, sizeof *self);
  self->fd = fd;
  fcntl (fd, F_SETFD, FD_CLOEXEC);
}

/* Returns: whether the packet is settled, that is sent or not to be tried again. */
static bool
send_now (HsChannel  *self,
          const void *bytes,
          size_t      size,
          int         fd)
{
  struct iovec part = { (void *)bytes, size };
  union
  {
    struct cmsghdr header;
    char           space[CMSG_SPACE (sizeof (int))];
  } control;
  struct msghdr message = { .msg_iov = &part, .msg_iovlen = 1 };

  if (fd >= 0)
    {
      memset (&control, 0, sizeof control);
      message.msg_control = &control;
      message.msg_controllen = sizeof control.space;
      control.header.cmsg_level = SOL_SOCKET;
      control.header.cmsg_type = SCM_RIGHTS;
      control.header.cmsg_len = CMSG_LEN (sizeof (int));
      memcpy (CMSG_DATA (&control.header), &fd, sizeof fd);
    }

  while (sendmsg (self->fd, &message, MSG_DONTWAIT | MSG_NOSIGNAL) < 0)
    {
      if (errno == EINTR)
        continue;
      if (errno == EAGAIN || errno == ENOBUFS)
        return false;

      self->is_closed = true;
      break;
    }

  return true;
}

static HsPacket *
packet_new (HsMessageKind kind,
            const void   *head,
            size_t        head_size,
            const void   *body,
            size_t        body_size)
{
  HsMessage message = {
    .magic = HS_PROTOCOL_MAGIC,
    .version = HS_PROTOCOL_VERSION,
    .kind = kind,
    .size = (uint32_t)(head_size + body_size),
  };
  HsPacket *packet = malloc (sizeof *packet + sizeof message + head_size + body_size);

  if (packet == NULL)
    abort ();

  packet->next = NULL;
  packet->size = sizeof message + head_size + body_size;
  memcpy (packet->bytes, &message, sizeof message);
  if (head_size != 0)
    memcpy (packet->bytes + sizeof message, head, head_size);
  if (body_size != 0)
    memcpy (packet->bytes + sizeof message + head_size, body, body_size);

  return packet;
}

void
hs_channel_send (HsChannel    *self,
                 HsMessageKind kind,
                 const void   *head,
                 size_t        head_size,
                 const void   *body,
                 size_t        body_size)
{
  HsPacket *packet = packet_new (kind, head, head_size, body, body_size);

  if (self->first == NULL && send_now (self, packet->bytes, packet->size, -1))
    {
      free (packet);
      return;
    }

  if (self->first == NULL)
    self->first = packet;
  else
    self->last->next = packet;
  self->last = packet;
}

void
hs_channel_flush (HsChannel *self)
{
  while (self->first != NULL && send_now (self, self->first->bytes, self->first->size, -1))
    {
      HsPacket *sent = self->first;

      self->first = sent->next;
      free (sent);
    }
}

/* Blocks until the socket can be written to, or the client is gone. */
static void
wait_writable (HsChannel *self)
{
  struct pollfd target = { .fd = self->fd, .events = POLLOUT };

  if (poll (&target, 1, -1) > 0 && (target.revents & (POLLERR | POLLHUP | POLLNVAL)) != 0)
    self->is_closed = true;
}

void
hs_channel_send_done (HsChannel  *self,
                      const void *payload,
                      size_t      size,
                      int         fd)
{
  HsPacket *packet = packet_new (HS_MESSAGE_DONE, payload, size, NULL, 0);

  while (self->first != NULL && !self->is_closed)
    {
      hs_channel_flush (self);
      if (self->first != NULL)
        wait_writable (self);
    }

  while (!self->is_closed && !send_now (self, packet->bytes, packet->size, fd))
    wait_writable (self);

  free (packet);
}

/* Puts the descriptors that came with @message into @fds and closes the rest. */
static void
take_fds (struct msghdr *message,
          int           *fds,
          int            n_fds)
{
  int n_taken = 0;

  for (struct cmsghdr *c = CMSG_FIRSTHDR (message); c != NULL; c = CMSG_NXTHDR (message, c))
    {
      size_t n;

      if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_RIGHTS)
        continue;

      n = (c->cmsg_len - CMSG_LEN (0)) / sizeof (int);
      for (size_t i = 0; i < n; i++)
        {
          int fd;

          memcpy (&fd, CMSG_DATA (c) + i * sizeof fd, sizeof fd);
          if (n_taken < n_fds)
            fds[n_taken++] = fd;
          else
            close (fd);
        }
    }
}

int
hs_channel_receive (HsChannel *self,
                    int       *fds,
                    int        n_fds)
{
  HsMessage    message;
  struct iovec part = { &message, sizeof message };
  union
  {
    struct cmsghdr header;
    char           space[CMSG_SPACE (sizeof (int) * N_FDS_MAX)];
  } control;
  struct msghdr head = {
    .msg_iov = &part,
    .msg_iovlen = 1,
    .msg_control = &control,
    .msg_controllen = sizeof control.space,
  };
  ssize_t size;

  for (int i = 0; i < n_fds; i++)
    fds[i] = -1;

  do
    size = recvmsg (self->fd, &head, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
  while (size < 0 && errno == EINTR);

  if (size < 0 && errno == EAGAIN)
    return 0;

  if (size != sizeof message || message.magic != HS_PROTOCOL_MAGIC ||
      message.version != HS_PROTOCOL_VERSION)
    {
      self->is_closed = true;
      return -1;
    }

  take_fds (&head, fds, n_fds);

  return (int)message.kind;
}
