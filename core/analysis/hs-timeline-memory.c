/* hs-timeline-memory.c - what the memory of a process consists of, in words
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-timeline-private.h"

#include <glib/gi18n-lib.h>

#include "hs-format.h"

/* clang-format off */
static const struct
{
  const char *name;
  const char *description;
} kinds[HS_N_MEMORIES] = {
  [HS_MEMORY_OBJECTS] = {
    NC_ ("memory", "Objects"),
    N_ ("Live blocks of Python's allocators, as the allocator rounds them"),
  },
  [HS_MEMORY_POOL_FREE] = {
    NC_ ("memory", "Free blocks in pools"),
    N_ ("Between the objects, in pools of 16 KiB that hold at least one"),
  },
  [HS_MEMORY_ARENA_FREE] = {
    NC_ ("memory", "Unused arena"),
    N_ ("Pools of Python's arenas that hold nothing"),
  },
  [HS_MEMORY_FRAMES] = {
    NC_ ("memory", "Frames"),
    N_ ("The stacks on which Python keeps the frames of calls"),
  },
  [HS_MEMORY_MALLOC] = {
    NC_ ("memory", "Allocated by libraries"),
    N_ ("malloc() past Python's allocators: extension modules and libraries"),
  },
  [HS_MEMORY_MALLOC_FREE] = {
    NC_ ("memory", "Kept by malloc()"),
    N_ ("Freed, and kept by malloc() for later"),
  },
  [HS_MEMORY_MAPPED_FILES] = {
    NC_ ("memory", "Mapped files"),
    N_ ("Pages of files that the code has mapped"),
  },
  [HS_MEMORY_MAPPED_ANON] = {
    NC_ ("memory", "Anonymous mappings"),
    N_ ("Mappings of the code without a file, and private copies of the pages of files"),
  },
  [HS_MEMORY_LIBRARIES] = {
    NC_ ("memory", "Program and libraries"),
    N_ ("Code and data of the interpreter and of its libraries"),
  },
  [HS_MEMORY_STACKS] = {
    NC_ ("memory", "Stacks"),
    N_ ("Stacks of threads"),
  },
  [HS_MEMORY_OWN] = {
    NC_ ("memory", "Measuring"),
    N_ ("Memory that Heapscape itself needs in the process"),
  },
  [HS_MEMORY_UNEXPLAINED] = {
    NC_ ("memory", "Unexplained"),
    N_ ("The rest: resident, but of none of the other kinds"),
  },
};
/* clang-format on */

const char *
hs_memory_kind_get_name (HsMemoryKind kind)
{
  g_return_val_if_fail (kind < HS_N_MEMORIES, NULL);

  return g_dpgettext2 (GETTEXT_PACKAGE, "memory", kinds[kind].name);
}

const char *
hs_memory_kind_describe (HsMemoryKind kind)
{
  g_return_val_if_fail (kind < HS_N_MEMORIES, NULL);

  return _(kinds[kind].description);
}

static char *
add_sign (gint64 bytes,
          char *(*format) (guint64 bytes))
{
  g_autofree char *text = format (bytes < 0 ? (guint64) - (bytes + 1) + 1 : (guint64)bytes);

  if (bytes == 0)
    return g_steal_pointer (&text);

  /* U+2212 MINUS SIGN is as wide as "+". */
  return g_strconcat (bytes < 0 ? "−" : "+", text, NULL);
}

char *
hs_timeline_format_growth (gint64 bytes)
{
  return add_sign (bytes, hs_format_bytes);
}

char *
hs_timeline_format_growth_exact (gint64 bytes)
{
  return add_sign (bytes, hs_format_bytes_exact);
}

/* The kinds by how much they changed, the most first; of at most HS_N_MEMORIES. */
static guint
sort_kinds (const gint64 *growth,
            guint        *order)
{
  guint n = 0;

  for (guint i = 0; i < HS_N_MEMORIES; i++)
    {
      double size = ABS ((double)growth[i]);
      guint  at;

      if (growth[i] == 0)
        continue;
      for (at = n; at > 0 && ABS ((double)growth[order[at - 1]]) < size; at--)
        order[at] = order[at - 1];
      order[at] = i;
      n++;
    }

  return n;
}

char *
hs_timeline_dup_growth_sentence (HsTimeline *self,
                                 guint       moment)
{
  gint64           growth[HS_N_MEMORIES];
  guint            order[HS_N_MEMORIES];
  gint64           rss;
  guint            n;
  GString         *text;
  g_autofree char *name = NULL;
  g_autofree char *all = NULL;

  if (!hs_timeline_get_growth (self, moment, growth, &rss))
    return NULL;

  name = hs_history_dup_moment_name (self->history, moment);
  all = hs_timeline_format_growth (rss);
  n = sort_kinds (growth, order);
  text = g_string_new (NULL);
  /* translators: %1$s is a moment such as “End”, %2$s a signed size; a list may follow */
  g_string_append_printf (text, _("%1$s: RSS %2$s since the beginning"), name, all);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *bytes = hs_timeline_format_growth (growth[order[i]]);

      g_string_append (text, i == 0 ? ": " : ", ");
      /* translators: %1$s is a kind of memory such as “Objects”, %2$s a signed size */
      g_string_append_printf (text, C_ ("part of the RSS", "%1$s %2$s"),
                                        hs_memory_kind_get_name ((HsMemoryKind)order[i]), bytes);
    }

  return g_string_free (text, FALSE);
}
