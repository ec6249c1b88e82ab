/* hs-cache-holders.c - which processes keep pages of a file in the cache
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-cache-holders-private.h"

#include <gio/gio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* A line of /proc/PID/maps. The numbers of the device are not those of stat() where the
 * file system has several volumes or layers, so they are only compared with each other.
 */
typedef struct
{
  guint64 start;
  guint64 end;
  guint   major;
  guint   minor;
  guint64 inode;
} Region;

static gboolean
parse_region (const char *line,
              Region     *region)
{
  return sscanf (line, "%" G_GINT64_MODIFIER "x-%" G_GINT64_MODIFIER "x %*4s %*x %x:%x %" //
                 G_GUINT64_FORMAT,
                 &region->start, &region->end, &region->major, &region->minor,
                 &region->inode) == 5;
}

static gboolean
is_same_file (const Region *a,
              const Region *b)
{
  return a->major == b->major && a->minor == b->minor && a->inode == b->inode;
}

/* Calls @func for each line until it returns TRUE. Returns: whether it did */
static gboolean
find_line (const char *process,
           const char *name,
           gboolean (*func) (const char *line, gpointer data),
           gpointer data)
{
  g_autofree char *path = g_build_filename ("/proc", process, name, NULL);
  g_autofree char *line = NULL;
  FILE            *file = fopen (path, "re");
  size_t           size = 0;
  gboolean         is_found = FALSE;

  if (file == NULL)
    return FALSE;
  /* getline() allocates; GLib's allocator is the C library's. */
  while (!is_found && getline (&line, &size, file) >= 0)
    is_found = func (line, data);
  fclose (file);

  return is_found;
}

/* ---- The file ---- */

typedef struct
{
  guint64 address;
  Region  region;
} Place;

static gboolean
is_place (const char *line,
          gpointer    data)
{
  Place *place = data;

  return parse_region (line, &place->region) && place->region.start <= place->address &&
         place->address < place->region.end;
}

/* ---- Who has it ---- */

typedef struct
{
  const Region *file;
  gboolean      is_inside; /* a region of the file */
} Search;

static gboolean
is_of_file (const char *line,
            gpointer    data)
{
  Search *search = data;
  Region  region;

  return parse_region (line, &region) && is_same_file (&region, search->file);
}

/* /proc/PID/smaps has the lines of maps, each with fields below it. */
static gboolean
has_pages (const char *line,
           gpointer    data)
{
  Search *search = data;
  Region  region;
  guint64 kib;

  if (parse_region (line, &region))
    search->is_inside = is_same_file (&region, search->file);

  return search->is_inside && sscanf (line, "Rss: %" G_GUINT64_FORMAT " kB", &kib) == 1 && kib > 0;
}

guint
_hs_cache_count_holders (const void *address)
{
  g_autoptr(GDir) folder = g_dir_open ("/proc", 0, NULL);
  Place       place = { .address = (guintptr)address };
  Search      search = { .file = &place.region };
  guint       n = 0;
  const char *name;

  if (folder == NULL || !find_line ("self", "maps", is_place, &place))
    return 0;

  while ((name = g_dir_read_name (folder)) != NULL)
    {
      if (!g_ascii_isdigit (name[0]))
        continue;
      /* The kernel counts pages for smaps, of all regions: only where it is worth it. */
      search.is_inside = FALSE;
      if (find_line (name, "maps", is_of_file, &search) &&
          find_line (name, "smaps", has_pages, &search))
        n++;
    }

  return n;
}
