/* hs-selftest-memory.c - all memory of this process, to see what has changed
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-selftest-memory.h"

#include "hs-selftest-private.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* proc(5), /proc/PID/pagemap: a word for each page. */
#define IS_PRESENT (UINT64_C (1) << 63)

/* Address space for the pages of 16 GiB. */
#define RECORD_SIZE (sizeof (HsMemory) + (UINT64_C (4) << 20) * sizeof (HsMemoryPage))

#define N_CHUNK   8192 /* words of pagemap that are read at a time */
#define N_OWN_MAX 32
#define N_SHOWN   8 /* examples of pages that differ */

typedef struct
{
  uint64_t start;
  uint64_t end;
} Range;

/* This program, as the linker has laid it out. */
extern char __executable_start[] __attribute__ ((visibility ("hidden")));
extern char _end[] __attribute__ ((visibility ("hidden")));

static Range    own[N_OWN_MAX];
static int      n_own;
static char     text[1 << 20];
static uint64_t chunk[N_CHUNK];

void
hs_memory_add_own (const void *start,
                   uint64_t    size)
{
  for (int i = 0; i < n_own; i++)
    if (own[i].start == (uint64_t)start)
      return;

  if (n_own < N_OWN_MAX)
    own[n_own++] = (Range) { (uint64_t)start, (uint64_t)start + size };
}

static void
remove_own (const void *start)
{
  for (int i = 0; i < n_own; i++)
    if (own[i].start == (uint64_t)start)
      own[i] = own[--n_own];
}

/* The text of a file of the kernel's, which tells its size only by its end. */
static void
read_text (const char *path)
{
  int     fd = open (path, O_RDONLY | O_CLOEXEC);
  size_t  used = 0;
  ssize_t size = fd < 0 ? 0 : 1;

  while (size > 0 && used < sizeof text - 1)
    {
      size = read (fd, text + used, sizeof text - 1 - used);
      used += size > 0 ? (size_t)size : 0;
    }
  text[used] = '\0';
  if (fd >= 0)
    close (fd);
}

/* Clean pages are those of files, and shared with whoever else runs the same. */
static uint64_t
read_private (void)
{
  const char *line;

  read_text ("/proc/self/smaps_rollup");
  line = strstr (text, "\nPrivate_Dirty:");

  return line == NULL ? 0 : strtoull (strchr (line, ':') + 1, NULL, 10) * 1024;
}

typedef void (*PageFunc) (uint64_t address,
                          void    *data);

static void
visit_present (Range    range,
               PageFunc visit,
               void    *data)
{
  int      fd = open ("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);
  uint64_t page = range.start / HS_PAGE_SIZE;
  uint64_t end = (range.end + HS_PAGE_SIZE - 1) / HS_PAGE_SIZE;

  while (fd >= 0 && page < end)
    {
      uint64_t wanted = end - page < N_CHUNK ? end - page : N_CHUNK;
      ssize_t  size = pread (fd, chunk, wanted * sizeof *chunk, (off_t)(page * sizeof *chunk));

      if (size <= 0)
        break;
      for (uint64_t i = 0; i < (uint64_t)size / sizeof *chunk; i++)
        if ((chunk[i] & IS_PRESENT) != 0)
          visit ((page + i) * HS_PAGE_SIZE, data);
      page += (uint64_t)size / sizeof *chunk;
    }
  if (fd >= 0)
    close (fd);
}

/* PageFunc */
static void
count_page (uint64_t address,
            void    *data)
{
  *(uint64_t *)data += HS_PAGE_SIZE;
}

uint64_t
hs_memory_get_resident (const void *start,
                        uint64_t    size)
{
  uint64_t sum = 0;

  visit_present ((Range) { (uint64_t)start, (uint64_t)start + size }, count_page, &sum);

  return sum;
}

/* PageFunc */
static void
hash_page (uint64_t address,
           void    *data)
{
  HsMemory       *self = data;
  const uint64_t *words = (const uint64_t *)(uintptr_t)address;
  uint64_t        hash = 0;

  for (size_t i = 0; i < HS_PAGE_SIZE / sizeof *words; i++)
    hash = (hash ^ words[i]) * UINT64_C (0x9e3779b97f4a7c15) + (hash >> 29);

  if ((uint64_t)(self->pages + self->n_pages + 1) <= (uint64_t)self + RECORD_SIZE)
    self->pages[self->n_pages++] = (HsMemoryPage) { address, hash };
}

/* Devices, and what the kernel lends; shared memory without a name is one, too. */
static bool
is_left_out (const char *name)
{
  return strcmp (name, "[stack]") == 0 || strncmp (name, "[v", 2) == 0 ||
         (strncmp (name, "/dev/", 5) == 0 && strncmp (name, "/dev/zero", 9) != 0);
}

/* Adds the mapping without the parts of it that are the worker's. */
static void
add_mapping (HsMemory        *self,
             HsMemoryMapping *mapping)
{
  for (int i = 0; i < n_own; i++)
    {
      HsMemoryMapping rest = *mapping;

      if (own[i].end <= mapping->start || own[i].start >= mapping->end)
        continue;

      rest.end = own[i].start;
      if (rest.end > rest.start)
        add_mapping (self, &rest);
      mapping->start = own[i].end;
      if (mapping->start >= mapping->end)
        return;
    }

  if (self->n_mappings < HS_MEMORY_MAPPINGS_MAX)
    self->mappings[self->n_mappings++] = *mapping;
}

/* Lines of /proc/self/maps: "start-end rwxp offset device inode   name" */
static void
read_mappings (HsMemory *self)
{
  const char *line;

  read_text ("/proc/self/maps");
  line = text;
  while (*line != '\0')
    {
      HsMemoryMapping mapping = { 0 };
      const char     *newline = strchr (line, '\n');
      size_t          length = newline != NULL ? (size_t)(newline - line) : strlen (line);
      const char     *name;
      char           *end;

      mapping.start = strtoull (line, &end, 16);
      mapping.end = strtoull (end + 1, &end, 16);
      mapping.is_readable = end[1] == 'r';
      name = memchr (line, '/', length);
      if (name == NULL)
        name = memchr (line, '[', length);
      if (name != NULL)
        {
          size_t size = length - (size_t)(name - line);

          size = size < HS_MEMORY_NAME_SIZE ? size : HS_MEMORY_NAME_SIZE - 1;
          memcpy (mapping.name, name, size);
        }
      if (!is_left_out (mapping.name))
        add_mapping (self, &mapping);
      else if (strcmp (mapping.name, "[stack]") == 0)
        self->own_bytes += hs_memory_get_resident ((void *)(uintptr_t)mapping.start,
                                                   mapping.end - mapping.start);
      line += length + (newline != NULL);
    }
}

static void
add_program (void)
{
  static bool is_done;
  uint64_t    start = (uint64_t)__executable_start / HS_PAGE_SIZE * HS_PAGE_SIZE;
  uint64_t    end = ((uint64_t)_end + HS_PAGE_SIZE - 1) / HS_PAGE_SIZE * HS_PAGE_SIZE;

  if (!is_done)
    hs_memory_add_own ((void *)(uintptr_t)start, end - start);
  is_done = true;
}

static HsMemory *
new_record (void)
{
  HsMemory *self = mmap (NULL, RECORD_SIZE, PROT_READ | PROT_WRITE,
                         MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

  if (self == MAP_FAILED)
    return NULL;
  add_program ();
  hs_memory_add_own (self, RECORD_SIZE);
  self->pages = (HsMemoryPage *)(self + 1);

  return self;
}

static void
hash_pages (HsMemory *self)
{
  for (uint32_t i = 0; i < self->n_mappings; i++)
    if (self->mappings[i].is_readable)
      visit_present ((Range) { self->mappings[i].start, self->mappings[i].end }, hash_page, self);
}

static void
measure_own (HsMemory *self)
{
  for (int i = 0; i < n_own; i++)
    self->own_bytes += hs_memory_get_resident ((void *)(uintptr_t)own[i].start,
                                               own[i].end - own[i].start);
}

/* The kernel's account is taken last before, and first after. The page on which
 * it is noted down is there already, and so are the buffers.
 */
HsMemory *
hs_memory_take_before (void)
{
  HsMemory *self = new_record ();

  if (self == NULL)
    return NULL;

  read_mappings (self);
  hash_pages (self);
  measure_own (self);
  self->private_bytes = read_private ();

  return self;
}

HsMemory *
hs_memory_take_after (void)
{
  uint64_t  private_bytes = read_private ();
  HsMemory *self;
  uint64_t  own_bytes = 0;

  for (int i = 0; i < n_own; i++)
    own_bytes += hs_memory_get_resident ((void *)(uintptr_t)own[i].start,
                                         own[i].end - own[i].start);

  self = new_record ();
  if (self == NULL)
    return NULL;

  read_mappings (self); /* counts the stack */
  self->own_bytes += own_bytes;
  hash_pages (self);
  self->private_bytes = private_bytes;

  return self;
}

void
hs_memory_free (HsMemory *self)
{
  remove_own (self);
  munmap (self, RECORD_SIZE);
}

static const char *
get_name (const HsMemory *self,
          uint64_t        address)
{
  for (uint32_t i = 0; i < self->n_mappings; i++)
    if (address >= self->mappings[i].start && address < self->mappings[i].end)
      return self->mappings[i].name;

  return "";
}

typedef enum
{
  CHANGED,
  APPEARED,
  VANISHED,
  N_CHANGES
} Change;

/* Calls for the pages of one kind of change; prints the first ones. */
static void
print_change (const HsMemory *before,
              const HsMemory *after,
              Change          wanted,
              FILE           *out)
{
  static const char *const names[] = { "changed", "appeared", "vanished" };
  uint64_t                 n = 0;
  uint64_t                 i = 0;
  uint64_t                 j = 0;

  fprintf (out, ", \"%s\": [", names[wanted]);
  while (i < before->n_pages || j < after->n_pages)
    {
      uint64_t old = i < before->n_pages ? before->pages[i].address : UINT64_MAX;
      uint64_t new = j < after->n_pages ? after->pages[j].address : UINT64_MAX;
      Change change = old == new ? CHANGED : old < new ? VANISHED
                                                       : APPEARED;
      bool   differs = old != new || before->pages[i].hash != after->pages[j].hash;

      if (change == wanted && differs && n++ < N_SHOWN)
        {
          uint64_t address = old < new ? old : new;

          fprintf (out, "%s[\"%#lx\", ", n == 1 ? "" : ", ", address);
          hs_selftest_print_text (out, get_name (after, address));
          fputc (']', out);
        }
      i += old <= new;
      j += new <= old;
    }
  fprintf (out, "], \"n_%s\": %lu", names[wanted], n);
}

void
hs_memory_print_changes (const HsMemory *before,
                         const HsMemory *after,
                         FILE           *out)
{
  fprintf (out, "\"pages\": %lu", before->n_pages);
  for (Change change = CHANGED; change < N_CHANGES; change++)
    print_change (before, after, change, out);
}
