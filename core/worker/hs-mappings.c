/* hs-mappings.c - the mappings that the code has made
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-mappings.h"

#include "hs-advice.h"
#include "hs-arenas.h"
#include "hs-pyinternal.h"
#include "hs-record-writer.h"
#include "hs-structs.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/sysmacros.h>
#include <unistd.h>

/* Live ones at a time, also those for which the record has no room. */
#define N_MAPPINGS_MAX (4 * HS_RECORD_N_MAPPINGS_MAX)

/* One byte for each page of all mappings together: 1 TiB of them. */
#define N_STATES_MAX (UINT64_C (1) << 28)

#define LINE_SIZE 4608 /* of /proc/self/maps: a path has at most 4096 bytes */

typedef struct
{
  char          permissions[5];
  uint64_t      offset;
  unsigned int  major;
  unsigned int  minor;
  unsigned long inode;
  char          path[LINE_SIZE];
} Region;

static HsRecordHeader *record;
static HsMapping       mappings[N_MAPPINGS_MAX];
static uint32_t        n_mappings;
static uint8_t        *states;
static uint64_t        n_states; /* given out */
static uint64_t        n_used;   /* that were given out once: behind them all is 0 */

bool
hs_mappings_init (HsRecordHeader *header)
{
  void *area = mmap (NULL, N_STATES_MAX, PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

  record = header;
  states = area != MAP_FAILED ? area : NULL;

  return states != NULL;
}

HsMapping *
hs_mappings_get (uint32_t *n)
{
  *n = n_mappings;

  return mappings;
}

/* ---- What the kernel says of a region ---- */

/* There may be thousands of lines, of which one is wanted. */
static bool
is_region_of (const char *line,
              uint64_t    address)
{
  char    *end;
  uint64_t from = strtoull (line, &end, 16);

  return from <= address && *end == '-' && address < strtoull (end + 1, NULL, 16);
}

static bool
parse_region (const char *line,
              Region     *region)
{
  region->path[0] = '\0';

  return sscanf (line, "%*x-%*x %4s %lx %x:%x %lu %4607[^\n]", region->permissions,
                 &region->offset, &region->major, &region->minor, &region->inode,
                 region->path) >= 5;
}

/* The line of /proc/self/maps that has @address. */
static bool
find_region (uint64_t address,
             Region  *region)
{
  static char text[1 << 16];
  int         fd = open ("/proc/self/maps", O_RDONLY | O_CLOEXEC);
  size_t      used = 0;
  bool        is_found = false;
  ssize_t     size;

  if (fd < 0)
    return false;
  while (!is_found && (size = read (fd, text + used, sizeof text - 1 - used)) > 0)
    {
      char *line = text;
      char *end;

      used += (size_t)size;
      text[used] = '\0';
      while (!is_found && (end = strchr (line, '\n')) != NULL)
        {
          *end = '\0';
          is_found = is_region_of (line, address) && parse_region (line, region);
          line = end + 1;
        }
      used -= (size_t)(line - text);
      memmove (text, line, used);
      if (used == sizeof text - 1)
        break;
    }
  close (fd);

  return is_found;
}

/* include/uapi/linux/magic.h; the numbers of others are shown as such. */
static const char *
get_file_system (long   type,
                 char  *buffer,
                 size_t size)
{
  static const struct
  {
    long        type;
    const char *name;
  } known[] = {
    { 0xef53, "ext4" },
    { 0x01021994, "tmpfs" },
    { 0x58465342, "xfs" },
    { 0x9123683e, "btrfs" },
    { 0x794c7630, "overlayfs" },
    { 0x6969, "nfs" },
    { 0x65735546, "fuse" },
    { 0x2fc12fc1, "zfs" },
    { 0xf2f52010, "f2fs" },
    { 0x4d44, "vfat" },
    { 0x2011bab0, "exfat" },
    { 0x958458f6, "hugetlbfs" },
    { 0x01021997, "9p" },
    { 0x858458f6, "ramfs" },
    { 0x73717368, "squashfs" },
    { 0xff534d42, "cifs" },
  };

  for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
    if (known[i].type == type)
      return known[i].name;
  snprintf (buffer, size, "0x%lx", type);

  return buffer;
}

/* How much the device reads ahead, bytes. */
static uint32_t
get_read_ahead (unsigned int major_number,
                unsigned int minor_number)
{
  char    path[64];
  char    text[32];
  ssize_t size;
  int     fd;

  snprintf (path, sizeof path, "/sys/class/bdi/%u:%u/read_ahead_kb", major_number, minor_number);
  fd = open (path, O_RDONLY | O_CLOEXEC);
  if (fd < 0)
    return 0;
  size = read (fd, text, sizeof text - 1);
  close (fd);
  if (size <= 0)
    return 0;
  text[size] = '\0';

  return (uint32_t)strtoul (text, NULL, 10) * 1024;
}

static uint32_t
get_kind (const Region *region)
{
  bool is_shared = region->permissions[3] == 's';
  bool is_file = region->inode != 0 && strncmp (region->path, "/dev/zero", 9) != 0;

  if (!is_file)
    return is_shared ? HS_MAPPING_ANON_SHARED : HS_MAPPING_ANON_PRIVATE;
  if (!is_shared)
    return HS_MAPPING_FILE_COPY;

  return region->permissions[1] == 'w' ? HS_MAPPING_FILE_SHARED : HS_MAPPING_FILE_READ;
}

/* Fills in what only files have. @range: its flags are set, too */
static void
describe_file (const Region    *region,
               HsPageRange     *range,
               HsRecordMapping *row)
{
  char          number[32];
  struct stat   status;
  struct statfs system;
  bool          is_open = range->fd >= 0 && fstat (range->fd, &status) == 0 &&
                 status.st_ino == region->inode;

  /* Another file has the number by now, or none. */
  if (!is_open)
    range->fd = -1;
  else
    {
      range->inode = status.st_ino;
      range->device = status.st_dev;
    }
  if (!is_open && (stat (region->path, &status) != 0 || status.st_ino != region->inode))
    {
      range->flags |= HS_MAPPING_CACHE_HIDDEN | HS_MAPPING_DIRTY_UNKNOWN;
      return;
    }

  row->file_bytes = (uint64_t)status.st_size;
  row->read_ahead = get_read_ahead (region->major, region->minor);
  /* mm/mincore.c, can_do_mincore(): the owner, or who may write */
  if (status.st_uid != geteuid () && geteuid () != 0 &&
      faccessat (AT_FDCWD, region->path, W_OK, AT_EACCESS) != 0)
    range->flags |= HS_MAPPING_CACHE_HIDDEN;
  if (!hs_page_states_has_dirty (range->fd))
    range->flags |= HS_MAPPING_DIRTY_UNKNOWN;

  if ((is_open ? fstatfs (range->fd, &system) : statfs (region->path, &system)) != 0)
    return;
  row->file_system = hs_record_add_text (
    record, get_file_system ((long)system.f_type, number, sizeof number));
  if (system.f_type == 0x01021994 || system.f_type == 0x858458f6 || system.f_type == 0x958458f6)
    {
      /* Its pages are always dirty: there is no disk. */
      range->flags |= HS_MAPPING_MEMORY_FILE | HS_MAPPING_DIRTY_UNKNOWN;
      row->read_ahead = 0;
    }
}

/* ---- Finding them ---- */

/* Importing the module anew makes a new type, and classes may derive from it. */
static bool
is_mmap_type (PyTypeObject *type)
{
  for (; type != NULL; type = type->tp_base)
    if (strcmp (type->tp_name, "mmap.mmap") == 0)
      return true;

  return false;
}

static uint64_t
count_pages (uint64_t bytes)
{
  return bytes / HS_PAGE_BYTES + (bytes % HS_PAGE_BYTES != 0);
}

/* Fills the gaps that mappings have left: those that are there move down, lowest first. */
static void
compact_states (void)
{
  uint8_t *end = states;

  for (;;)
    {
      HsMapping *next = NULL;

      for (uint32_t i = 0; i < n_mappings; i++)
        if (mappings[i].n_states > 0 && mappings[i].states >= end &&
            (next == NULL || mappings[i].states < next->states))
          next = &mappings[i];
      if (next == NULL)
        break;
      memmove (end, next->states, next->n_states);
      next->states = end;
      end += next->n_states;
    }
  n_states = (uint64_t)(end - states);
}

/* Room for the states of @n pages, of which the first keep theirs; all others are 0. */
static bool
take_states (HsMapping *mapping,
             uint64_t   n_old,
             uint64_t   n)
{
  uint8_t *taken;

  if (n > mapping->n_states)
    {
      if (n > N_STATES_MAX - n_states)
        compact_states ();
      if (n > N_STATES_MAX - n_states)
        return false;
      taken = states + n_states;
      if (n_old > 0)
        memcpy (taken, mapping->states, n_old);
      mapping->states = taken;
      mapping->n_states = n;
      n_states += n;
    }
  /* What was never used is not touched: it would be memory for nothing. */
  if (n > n_old && mapping->states + n_old < states + n_used)
    {
      uint64_t n_dirty = (uint64_t)(states + n_used - (mapping->states + n_old));

      memset (mapping->states + n_old, 0, n - n_old < n_dirty ? n - n_old : n_dirty);
    }
  if (n_used < n_states)
    n_used = n_states;

  return true;
}

static bool
is_known (PyObject *object)
{
  for (uint32_t i = 0; i < n_mappings; i++)
    if (mappings[i].object == object && (mappings[i].state & HS_MAPPING_CLOSED) == 0)
      return true;

  return false;
}

static void
add (PyObject *object,
     uint32_t  line)
{
  const HsMmap    *map = (const HsMmap *)object;
  HsMapping       *mapping = &mappings[n_mappings];
  static Region    region;
  HsRecordMapping *row;

  if (map->data == NULL || is_known (object))
    return;
  if (n_mappings == N_MAPPINGS_MAX)
    {
      record->parts[HS_RECORD_MAPPINGS].n_lost++;
      return;
    }

  *mapping = (HsMapping) { .object = object,
                           .type = Py_TYPE (object),
                           .row = HS_MAPPING_NO_ROW,
                           .bytes = (uint64_t)map->size,
                           .advice = -1 };
  /* Also without room it is known from now on, and counted as lost once. */
  n_mappings++;
  row = hs_record_begin_row (record, HS_RECORD_MAPPINGS);
  if (row == NULL || !find_region ((uint64_t)(uintptr_t)map->data, &region))
    return;

  mapping->range = (HsPageRange) { .start = (uint64_t)(uintptr_t)map->data,
                                   .n_pages = count_pages ((uint64_t)map->size),
                                   .file_offset = (uint64_t)map->offset,
                                   .kind = get_kind (&region),
                                   .fd = map->fd };
  if (!take_states (mapping, 0, mapping->range.n_pages))
    {
      record->parts[HS_RECORD_MAPPINGS].n_lost++;
      return;
    }

  mapping->row = (uint32_t)record->parts[HS_RECORD_MAPPINGS].n;
  row->object = (uint64_t)(uintptr_t)object;
  row->start = mapping->range.start;
  row->bytes = mapping->bytes;
  row->kind = mapping->range.kind;
  row->page_size = HS_PAGE_BYTES;
  row->line = line;
  row->type = hs_record_add_text (record, "mmap");
  if (mapping->range.kind <= HS_MAPPING_FILE_COPY)
    {
      row->file_offset = mapping->range.file_offset;
      row->file = hs_record_add_text (record, region.path);
      describe_file (&region, &mapping->range, row);
    }
  if (!hs_page_states_has_huge ())
    mapping->range.flags |= HS_MAPPING_HUGE_UNKNOWN;
  row->flags = mapping->range.flags;
  hs_record_commit (record, HS_RECORD_MAPPINGS);
}

/* ---- numpy.memmap ---- */

/* An instance of a class in Python, which keeps its mmap object in its dictionary. */
static int
mark_memmap (PyObject *object,
             void     *data)
{
  HsRecordMapping *rows = hs_record_get_rows (record, HS_RECORD_MAPPINGS);

  if (is_mmap_type (Py_TYPE (object)))
    for (uint32_t i = 0; i < n_mappings; i++)
      if (mappings[i].object == object && mappings[i].row != HS_MAPPING_NO_ROW)
        rows[mappings[i].row].type = *(const uint32_t *)data;

  return 0;
}

static int
mark_memmap_in_dict (PyObject *object,
                     void     *data)
{
  if (PyDict_CheckExact (object))
    return Py_TYPE (object)->tp_traverse (object, mark_memmap, data);

  return mark_memmap (object, data);
}

/* ---- All objects ---- */

#define N_MEMMAPS_MAX 64 /* new ones at a time; more are called mmap */

typedef struct
{
  uint32_t      line;
  PyTypeObject *other; /* the last type that was neither: there are many objects of few types */
  PyObject     *memmaps[N_MEMMAPS_MAX];
  uint32_t      n_memmaps;
} Search;

static void
look_at_object (PyObject *object,
                void     *data)
{
  Search       *search = data;
  PyTypeObject *type = Py_TYPE (object);

  if (type == search->other)
    return;
  if (is_mmap_type (type))
    add (object, search->line);
  else if (strcmp (type->tp_name, "memmap") != 0 || type->tp_traverse == NULL)
    search->other = type;
  else if (search->n_memmaps < N_MEMMAPS_MAX)
    search->memmaps[search->n_memmaps++] = object;
}

void
hs_mappings_find (uint32_t line)
{
  Search   search = { .line = line };
  uint32_t text;

  hs_py_visit_tracked (look_at_object, &search);
  if (search.n_memmaps == 0)
    return;

  text = hs_record_add_text (record, "memmap");
  for (uint32_t i = 0; i < search.n_memmaps; i++)
    Py_TYPE (search.memmaps[i])->tp_traverse (search.memmaps[i], mark_memmap_in_dict, &text);
}

/* ---- What has become of them ---- */

/* The object may be gone and its place taken by anything: it lies in a pool, which is
 * still there; a freed block keeps the reference count of 0, and whatever lies there now
 * has another type or another region.
 */
static bool
is_alive (const HsMapping *mapping)
{
  return hs_arenas_contain (mapping->object) && Py_REFCNT (mapping->object) > 0 &&
         Py_TYPE (mapping->object) == mapping->type;
}

/* The code may have closed the number or given it to another file. */
static void
check_file (HsPageRange *range)
{
  struct stat status;

  if (range->fd >= 0 && (fstat (range->fd, &status) != 0 || status.st_ino != range->inode ||
                         status.st_dev != range->device))
    {
      range->fd = -1;
      range->flags |= HS_MAPPING_DIRTY_UNKNOWN;
    }
}

static void
follow (HsMapping *mapping)
{
  const HsMmap *map = (const HsMmap *)mapping->object;

  mapping->range.start = (uint64_t)(uintptr_t)map->data;
  check_file (&mapping->range);
  if ((uint64_t)map->size == mapping->bytes || mapping->row == HS_MAPPING_NO_ROW)
    return;

  mapping->state |= HS_MAPPING_RESIZED;
  mapping->bytes = (uint64_t)map->size;
  if (take_states (mapping, mapping->range.n_pages, count_pages (mapping->bytes)))
    mapping->range.n_pages = count_pages (mapping->bytes);
  else
    mapping->state |= HS_MAPPING_CUT;
}

static void
take_advice (void)
{
  HsAdvice advices[HS_N_ADVICES_MAX];
  uint32_t n = hs_advice_take (advices);

  for (uint32_t i = 0; i < n; i++)
    for (uint32_t j = 0; j < n_mappings; j++)
      {
        HsMapping *mapping = &mappings[j];
        uint64_t   end = mapping->range.start + mapping->range.n_pages * HS_PAGE_BYTES;

        if ((mapping->state & HS_MAPPING_CLOSED) != 0 || advices[i].end <= mapping->range.start ||
            advices[i].start >= end)
          continue;
        mapping->is_advised |= mapping->advice != advices[i].advice;
        mapping->advice = advices[i].advice;
      }
}

void
hs_mappings_refresh (void)
{
  for (uint32_t i = 0; i < n_mappings; i++)
    {
      HsMapping *mapping = &mappings[i];

      /* What was closed once stays so, whatever has come to lie there. */
      if ((mapping->state & HS_MAPPING_CLOSED) != 0)
        continue;
      if (is_alive (mapping) && ((const HsMmap *)mapping->object)->data != NULL)
        follow (mapping);
      else
        mapping->state |= HS_MAPPING_CLOSED;
    }
  if (hs_advice_is_any ())
    take_advice ();
}

void
hs_mappings_forget_closed (void)
{
  uint32_t n = 0;

  for (uint32_t i = 0; i < n_mappings; i++)
    if ((mappings[i].state & HS_MAPPING_CLOSED) == 0)
      mappings[n++] = mappings[i];
  n_mappings = n;
  if (n == 0 && n_states > 0)
    {
      madvise (states, n_used, MADV_DONTNEED);
      n_states = 0;
      n_used = 0;
    }
}
