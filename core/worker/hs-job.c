/* hs-job.c - what a worker is asked to run
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-job.h"

#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>

/* The text at @offset, or NULL if it does not end inside the job. */
static const char *
get_text (const char *base,
          size_t      size,
          uint32_t    offset)
{
  if (offset < sizeof (HsJob) || offset >= size ||
      memchr (base + offset, '\0', size - offset) == NULL)
    return NULL;

  return base + offset;
}

static bool
check_list (const char *base,
            size_t      size,
            const char *text,
            uint32_t    n_texts)
{
  for (uint32_t i = 0; i < n_texts; i++)
    {
      size_t      left = size - (size_t)(text - base);
      const char *end = left == 0 ? NULL : memchr (text, '\0', left);

      if (end == NULL)
        return false;
      text = end + 1;
    }

  return true;
}

static bool
check_texts (HsJobView  *view,
             const char *base,
             size_t      size)
{
  const HsJob *head = &view->head;

  view->file_name = get_text (base, size, head->file_name);
  view->working_folder = get_text (base, size, head->working_folder);
  view->scratch_folder = get_text (base, size, head->scratch_folder);
  if (view->file_name == NULL || view->working_folder == NULL || view->scratch_folder == NULL)
    return false;

  view->executable = NULL;
  if (head->executable != 0)
    {
      view->executable = get_text (base, size, head->executable);
      if (view->executable == NULL)
        return false;
    }

  view->first_arg = NULL;
  if (head->n_args != 0)
    {
      view->first_arg = get_text (base, size, head->first_arg);
      if (view->first_arg == NULL || !check_list (base, size, view->first_arg, head->n_args))
        return false;
    }

  view->first_folder = NULL;
  if (head->n_folders != 0)
    {
      view->first_folder = get_text (base, size, head->first_folder);
      if (view->first_folder == NULL || head->n_folders > HS_JOB_N_FOLDERS_MAX ||
          !check_list (base, size, view->first_folder, head->n_folders))
        return false;
    }

  return true;
}

static bool
check_marks (HsJobView  *view,
             const char *base,
             size_t      size)
{
  uint64_t offset = view->head.marks;
  uint32_t n = view->head.n_marks;

  view->texts = base;
  view->marks = NULL;
  if (n == 0)
    return true;
  if (n > HS_JOB_N_MARKS_MAX || offset % 8 != 0 || offset > size ||
      n * sizeof *view->marks > size - offset)
    return false;

  view->marks = (const HsJobMark *)(const void *)(base + offset);
  for (uint32_t i = 0; i < n; i++)
    {
      const HsJobMark *mark = &view->marks[i];

      if (mark->first_line == 0 || mark->last_line < mark->first_line ||
          mark->when >= HS_N_MARK_WHENS ||
          (mark->name != 0 && get_text (base, size, mark->name) == NULL))
        return false;
    }

  return true;
}

bool
hs_job_view_init (HsJobView   *view,
                  int          fd,
                  const char **problem)
{
  struct stat status;
  char       *base;
  size_t      size;

  memset (view, 0, sizeof *view);
  *problem = "the job cannot be read";

  if (fstat (fd, &status) != 0 || status.st_size < (off_t)sizeof (HsJob))
    return false;

  size = (size_t)status.st_size;
  base = mmap (NULL, size, PROT_READ, MAP_PRIVATE, fd, 0);
  if (base == MAP_FAILED)
    return false;

  memcpy (&view->head, base, sizeof view->head);
  if (view->head.magic != HS_PROTOCOL_MAGIC || view->head.version != HS_PROTOCOL_VERSION)
    {
      *problem = "the job is of another version than this worker";
      munmap (base, size);
      return false;
    }

  if (view->head.source > size || view->head.source_size > size - view->head.source ||
      !check_texts (view, base, size) || !check_marks (view, base, size))
    {
      *problem = "the job contradicts itself";
      munmap (base, size);
      return false;
    }

  view->source = base + view->head.source;
  *problem = NULL;

  return true;
}

const char *
hs_job_view_next_arg (const char *arg)
{
  return arg + strlen (arg) + 1;
}
