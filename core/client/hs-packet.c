/* hs-packet.c - packets from and to a worker
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-packet-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hs-error.h"

/* Room for more than one, so that surplus descriptors arrive and can be
 * closed. A worker may send one.
 */
#define FDS_MAX 8

/* Takes the first descriptor of @message and closes the others. */
static int
take_fd (struct msghdr *message)
{
  int fd = -1;

  for (struct cmsghdr *control = CMSG_FIRSTHDR (message);
       control != NULL;
       control = CMSG_NXTHDR (message, control))
    {
      gsize n_bytes = control->cmsg_len - CMSG_LEN (0);

      if (control->cmsg_level != SOL_SOCKET || control->cmsg_type != SCM_RIGHTS)
        continue;

      for (gsize i = 0; i + sizeof (int) <= n_bytes; i += sizeof (int))
        {
          int received;

          memcpy (&received, CMSG_DATA (control) + i, sizeof received);
          if (fd == -1)
            fd = received;
          else
            close (received);
        }
    }

  return fd;
}

HsReceived
_hs_packet_receive (int       socket,
                    guint8   *buffer,
                    HsPacket *packet)
{
  union
  {
    struct cmsghdr header; /* for its alignment */
    char           bytes[CMSG_SPACE (FDS_MAX * sizeof (int))];
  } control;
  struct iovec  vector = { buffer, HS_PACKET_MAX };
  struct msghdr message = {
    .msg_iov = &vector,
    .msg_iovlen = 1,
    .msg_control = control.bytes,
    .msg_controllen = sizeof control.bytes,
  };
  HsMessage head;
  gssize    n;

  do
    n = recvmsg (socket, &message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
  while (n < 0 && errno == EINTR);

  if (n < 0)
    return errno == EAGAIN || errno == EWOULDBLOCK ? HS_RECEIVED_NOTHING : HS_RECEIVED_END;

  packet->fd = take_fd (&message);

  /* A packet of no bytes cannot be told from the end, and is not one of ours. */
  if (n == 0)
    {
      if (packet->fd != -1)
        close (packet->fd);
      return HS_RECEIVED_END;
    }

  if ((message.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) == 0 && (gsize)n >= sizeof head)
    {
      memcpy (&head, buffer, sizeof head);
      packet->kind = head.kind;
      packet->payload = buffer + sizeof head;
      packet->size = (gsize)n - sizeof head;

      if (head.magic == HS_PROTOCOL_MAGIC && head.version == HS_PROTOCOL_VERSION &&
          head.size == packet->size &&
          head.kind >= HS_MESSAGE_STARTED && head.kind <= HS_MESSAGE_DONE &&
          (packet->fd == -1 || head.kind == HS_MESSAGE_DONE))
        return HS_RECEIVED_PACKET;
    }

  if (packet->fd != -1)
    close (packet->fd);
  packet->fd = -1;

  return HS_RECEIVED_GARBAGE;
}

gboolean
_hs_packet_parse_output (const HsPacket *packet,
                         HsOutput       *output,
                         const guint8  **data)
{
  if (packet->size < sizeof *output)
    return FALSE;

  memcpy (output, packet->payload, sizeof *output);
  *data = packet->payload + sizeof *output;

  return output->size == packet->size - sizeof *output &&
         (output->stream == HS_STREAM_STDOUT || output->stream == HS_STREAM_STDERR);
}

gboolean
_hs_packet_parse_progress (const HsPacket *packet,
                           HsProgress     *progress)
{
  if (packet->size != sizeof *progress)
    return FALSE;

  memcpy (progress, packet->payload, sizeof *progress);

  return TRUE;
}

/* Returns: (transfer full) (nullable) */
static char *
take_text (const guint8 **data,
           guint32        size)
{
  const char *text = (const char *)*data;

  *data += size;

  return size > 0 ? g_utf8_make_valid (text, (gssize)size) : NULL;
}

gboolean
_hs_packet_parse_done (const HsPacket *packet,
                       HsDone         *done,
                       HsDoneTexts    *texts)
{
  const guint8 *data = packet->payload + sizeof *done;
  guint64       texts_size;

  if (packet->size < sizeof *done)
    return FALSE;

  memcpy (done, packet->payload, sizeof *done);

  texts_size = (guint64)done->type_size + done->message_size + done->traceback_size +
               done->kept_type_size + done->kept_preview_size + done->kept_problem_size +
               done->refused_size;
  if (done->status >= HS_N_STATUSES || done->kept >= HS_N_KEPTS ||
      done->refused >= HS_N_REFUSED || texts_size != packet->size - sizeof *done)
    return FALSE;

  texts->type = take_text (&data, done->type_size);
  texts->message = take_text (&data, done->message_size);
  texts->traceback = take_text (&data, done->traceback_size);
  texts->kept_type = take_text (&data, done->kept_type_size);
  texts->kept_preview = take_text (&data, done->kept_preview_size);
  texts->kept_problem = take_text (&data, done->kept_problem_size);
  texts->refused_file = take_text (&data, done->refused_size);

  return TRUE;
}

gboolean
_hs_packet_send (int           socket,
                 HsMessageKind kind,
                 const int    *fds,
                 guint         n_fds,
                 GError      **error)
{
  union
  {
    struct cmsghdr header;
    char           bytes[CMSG_SPACE (2 * sizeof (int))];
  } control = { 0 };
  HsMessage     head = { .magic = HS_PROTOCOL_MAGIC, .version = HS_PROTOCOL_VERSION, .kind = kind };
  struct iovec  vector = { &head, sizeof head };
  struct msghdr message = { .msg_iov = &vector, .msg_iovlen = 1 };
  gssize        n;

  g_assert (n_fds <= 2);

  if (n_fds > 0)
    {
      struct cmsghdr *rights;

      message.msg_control = control.bytes;
      message.msg_controllen = CMSG_SPACE (n_fds * sizeof (int));
      rights = CMSG_FIRSTHDR (&message);
      rights->cmsg_level = SOL_SOCKET;
      rights->cmsg_type = SCM_RIGHTS;
      rights->cmsg_len = CMSG_LEN (n_fds * sizeof (int));
      memcpy (CMSG_DATA (rights), fds, n_fds * sizeof (int));
    }

  do
    n = sendmsg (socket, &message, MSG_DONTWAIT | MSG_NOSIGNAL);
  while (n < 0 && errno == EINTR);

  if (n < 0)
    {
      int errsv = errno;

      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errsv), "sendmsg: %s",
                   g_strerror (errsv));
      return FALSE;
    }

  return TRUE;
}

typedef struct
{
  void *address;
  gsize size;
} Mapping;

static void
mapping_free (gpointer data)
{
  Mapping *mapping = data;

  munmap (mapping->address, mapping->size);
  g_free (mapping);
}

GBytes *
_hs_result_map (int      fd,
                guint64  offset,
                guint64  size,
                GError **error)
{
  const int   wanted = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE;
  guint64     page_size = (guint64)sysconf (_SC_PAGESIZE);
  guint64     slack = offset % page_size;
  int         seals = fcntl (fd, F_GET_SEALS);
  struct stat info;
  Mapping    *mapping;
  void       *address;

  if (seals < 0 || (seals & wanted) != wanted)
    {
      g_set_error_literal (error, HS_ERROR, HS_ERROR_WORKER,
                           _("the worker handed over a result that could still be changed"));
      return NULL;
    }

  if (fstat (fd, &info) < 0 || info.st_size < 0 || offset > (guint64)info.st_size ||
      size > (guint64)info.st_size - offset || size == 0 || size > G_MAXSIZE - page_size ||
      offset % sizeof (guint64) != 0)
    {
      g_set_error_literal (error, HS_ERROR, HS_ERROR_WORKER,
                           _("the worker handed over a result that is shorter than it says"));
      return NULL;
    }

  /* Private although it is only read: before Linux 6.7 a shared mapping of a
   * memfd with F_SEAL_WRITE is refused, even a read-only one.
   */
  address = mmap (NULL, (gsize)(size + slack), PROT_READ, MAP_PRIVATE, fd, (off_t)(offset - slack));
  if (address == MAP_FAILED)
    {
      int errsv = errno;

      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errsv), "mmap: %s",
                   g_strerror (errsv));
      return NULL;
    }

  mapping = g_new (Mapping, 1);
  mapping->address = address;
  mapping->size = (gsize)(size + slack);

  return g_bytes_new_with_free_func ((guint8 *)address + slack, (gsize)size, mapping_free, mapping);
}
