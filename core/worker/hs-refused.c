/* hs-refused.c - what an exception was refused by the sandbox
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-refused.h"

#include "hs-pyinternal.h"
#include "hs-source.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Exceptions that were being handled when this one was raised, and so on. */
#define N_CONTEXTS_MAX 10

/* ---- Of a file ---- */

/* Returns: false if @name is no path. */
static bool
get_path (PyObject *name,
          char      path[PATH_MAX])
{
  PyObject   *bytes = NULL;
  const char *text;
  Py_ssize_t  size;
  bool        fits;

  if (name != NULL && PyUnicode_CheckExact (name))
    bytes = PyUnicode_EncodeFSDefault (name);
  else if (name != NULL && PyBytes_CheckExact (name))
    bytes = Py_NewRef (name);
  if (bytes == NULL)
    {
      PyErr_Clear ();
      return false;
    }

  text = PyBytes_AS_STRING (bytes);
  size = PyBytes_GET_SIZE (bytes);
  fits = size > 0 && size < PATH_MAX && strlen (text) == (size_t)size;
  if (fits)
    memcpy (path, text, (size_t)size + 1);
  Py_DECREF (bytes);

  return fits;
}

/* Of a mount that is read-only, EROFS comes only after the file's own permissions have allowed it:
 * fs/open.c, do_faccessat().
 */
static bool
may_write (const char *path,
           int         mode)
{
  return access (path, mode) == 0 || errno == EROFS;
}

/* Whether the user could change what is at @path, or make it: access(2) asks the file's own
 * permissions, which Landlock has no part in.
 */
static bool
may_user_write (const char *path)
{
  char  parent[PATH_MAX];
  char *slash;

  if (may_write (path, W_OK))
    return true;
  if (errno != ENOENT && errno != EACCES)
    return false;

  snprintf (parent, sizeof parent, "%s", path);
  slash = strrchr (parent, '/');
  if (slash == NULL)
    snprintf (parent, sizeof parent, ".");
  else
    slash[slash == parent ? 1 : 0] = '\0';

  return may_write (parent, W_OK | X_OK);
}

/* Whether the code is kept from reading what the user may read. */
static bool
is_kept_from_reading (const char *path)
{
  int fd;

  if (access (path, R_OK) != 0)
    return false;

  fd = open (path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  if (fd >= 0)
    {
      close (fd);
      return false;
    }

  return errno == EACCES;
}

static void
set_file (HsShared   *shared,
          HsRefused   refused,
          const char *path)
{
  char   absolute[2 * PATH_MAX];
  char   folder[PATH_MAX];
  size_t size;

  if (path[0] == '/' || getcwd (folder, sizeof folder) == NULL)
    snprintf (absolute, sizeof absolute, "%s", path);
  else
    snprintf (absolute, sizeof absolute, "%s/%s", folder, path);

  size = strlen (absolute);
  if (size > sizeof shared->refused_file)
    size = 0;
  memcpy (shared->refused_file, absolute, size);
  shared->refused_size = (uint32_t)size;
  shared->refused = refused;
}

static void
find_file (HsShared *shared,
           PyObject *name)
{
  char path[PATH_MAX];

  if (!get_path (name, path))
    return;

  if (is_kept_from_reading (path))
    set_file (shared, HS_REFUSED_READ, path);
  else if (may_user_write (path))
    set_file (shared, HS_REFUSED_WRITE, path);
}

/* ---- Of a system call ---- */

typedef struct
{
  const char *text;
  HsRefused   refused;
  bool        is_start; /* of a word: more letters may follow */
} Hint;

/* Modules of the library that raise it, by the ends of their paths. */
static const Hint files[] = {
  { "/socket.py", HS_REFUSED_NETWORK },
  { "/asyncio/base_events.py", HS_REFUSED_NETWORK },
  { "/subprocess.py", HS_REFUSED_PROCESS },
  { "/multiprocessing/popen_fork.py", HS_REFUSED_PROCESS },
  { "/multiprocessing/popen_spawn_posix.py", HS_REFUSED_PROCESS },
  { "/multiprocessing/synchronize.py", HS_REFUSED_PROCESS },
  { "/multiprocessing/util.py", HS_REFUSED_PROCESS },
  { "/pty.py", HS_REFUSED_PROCESS },
};

/* And words of the line, for what is called directly, as os.forkpty() and os.posix_spawnp(). */
static const Hint words[] = {
  { "fork", HS_REFUSED_PROCESS, true },
  { "spawn", HS_REFUSED_PROCESS, true },
  { "execl", HS_REFUSED_PROCESS, true },
  { "execv", HS_REFUSED_PROCESS, true },
  { "popen", HS_REFUSED_PROCESS },
  { "Popen", HS_REFUSED_PROCESS },
  { "subprocess", HS_REFUSED_PROCESS },
  { "multiprocessing", HS_REFUSED_PROCESS },
  { "socket", HS_REFUSED_NETWORK, true },
  { "connect", HS_REFUSED_NETWORK, true },
  { "bind", HS_REFUSED_NETWORK },
  { "sendto", HS_REFUSED_NETWORK },
};

/* Of an identifier in ASCII; what stands after "_" begins a word of its own. */
static bool
is_letter (char letter)
{
  return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
         (letter >= '0' && letter <= '9') || (letter & 0x80) != 0;
}

static bool
has_word (const char *line,
          const Hint *word)
{
  size_t size = strlen (word->text);

  for (const char *at = strstr (line, word->text); at != NULL; at = strstr (at + 1, word->text))
    {
      bool begins = at == line || !is_letter (at[-1]);
      bool ends = word->is_start || (!is_letter (at[size]) && at[size] != '_');

      if (begins && ends)
        return true;
    }

  return false;
}

static bool
ends_with (const char *text,
           const char *end)
{
  size_t size = strlen (text);
  size_t end_size = strlen (end);

  return size >= end_size && strcmp (text + size - end_size, end) == 0;
}

/* The line @number of the source, cut to what a line is; none if it is not known (-1). */
static void
copy_line (const HsJobView *job,
           int              number,
           char            *line,
           size_t           size)
{
  const char *at = job->source;
  const char *end = job->source + job->head.source_size;
  size_t      n = 0;

  for (int i = 1; i < number && at < end; i++)
    {
      const char *next = memchr (at, '\n', (size_t)(end - at));

      at = next != NULL ? next + 1 : end;
    }
  while (number > 0 && at < end && *at != '\n' && n < size - 1)
    line[n++] = *at++;
  line[n] = '\0';
}

/* Returns: HS_REFUSED_NOTHING if the frame says nothing */
static HsRefused
judge_frame (const HsJobView   *job,
             PyTracebackObject *entry)
{
  PyCodeObject *code = hs_py_frame_get_code (entry->tb_frame);
  const char   *file = PyUnicode_AsUTF8 (code->co_filename);
  char          line[1024];

  if (file == NULL)
    PyErr_Clear ();

  if (hs_source_has_code ((PyObject *)code))
    {
      copy_line (job, PyCode_Addr2Line (code, entry->tb_lasti), line, sizeof line);
      for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (has_word (line, &words[i]))
          return words[i].refused;
    }
  else if (file != NULL)
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
      if (ends_with (file, files[i].text))
        return files[i].refused;

  return HS_REFUSED_NOTHING;
}

/* The innermost frame that says something decides. */
static HsRefused
judge_call (const HsJobView *job,
            PyObject        *exception)
{
  PyObject *traceback = ((PyBaseExceptionObject *)exception)->traceback;
  HsRefused refused = HS_REFUSED_CALL;

  for (; traceback != NULL && PyTraceBack_Check (traceback);
       traceback = (PyObject *)((PyTracebackObject *)traceback)->tb_next)
    {
      HsRefused of_frame = judge_frame (job, (PyTracebackObject *)traceback);

      if (of_frame != HS_REFUSED_NOTHING)
        refused = of_frame;
    }

  return refused;
}

/* ---- Of an exception ---- */

static long
get_errno (PyObject *exception)
{
  PyObject *number = ((PyOSErrorObject *)exception)->myerrno;
  long      value = number != NULL && PyLong_CheckExact (number) ? PyLong_AsLong (number) : 0;

  if (value == -1)
    PyErr_Clear ();

  return value;
}

/* Whether the name of a host could not be asked for: the library asks through sockets, and
 * getaddrinfo() tells why it failed in numbers of its own.
 */
static bool
is_of_host_name (const HsJobView *job,
                 PyObject        *exception)
{
  return (job->head.protect & HS_PROTECT_CALLS) != 0 &&
         (job->head.allow & HS_ALLOW_NETWORK) == 0 &&
         strcmp (Py_TYPE (exception)->tp_name, "gaierror") == 0;
}

/* Returns: whether it says something */
static bool
judge (HsShared        *shared,
       const HsJobView *job,
       PyObject        *exception)
{
  PyObject *name = ((PyOSErrorObject *)exception)->filename;
  long      number = get_errno (exception);
  bool      has_calls = (job->head.protect & HS_PROTECT_CALLS) != 0;

  if (is_of_host_name (job, exception))
    shared->refused = HS_REFUSED_NETWORK;
  else if (number == EACCES && name != NULL)
    find_file (shared, name);
  else if (number == EROFS && (job->head.protect & HS_PROTECT_FILES) == 0 && name != NULL)
    find_file (shared, name);
  else if (number == EXDEV && ((PyOSErrorObject *)exception)->filename2 != NULL)
    find_file (shared, ((PyOSErrorObject *)exception)->filename2);
  else if (has_calls && (number == EPERM || number == ENOSYS || number == EACCES))
    shared->refused = judge_call (job, exception);

  return shared->refused != HS_REFUSED_NOTHING;
}

void
hs_refused_find (HsShared        *shared,
                 const HsJobView *job,
                 PyObject        *exception)
{
  for (int i = 0; exception != NULL && i < N_CONTEXTS_MAX; i++)
    {
      PyBaseExceptionObject *base = (PyBaseExceptionObject *)exception;

      if (!PyExceptionInstance_Check (exception) ||
          (PyErr_GivenExceptionMatches (exception, PyExc_OSError) &&
           judge (shared, job, exception)))
        return;
      exception = base->cause != NULL ? base->cause : base->context;
    }
}
