/* hs-pool-map-text.c - Python's arenas in words
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-pool-map.h"

#include <glib/gi18n-lib.h>

#include "hs-format.h"

/* Types of objects that a description names; the others are counted. */
#define N_TYPES_NAMED 5

const char *
hs_pool_map_get_part_name (HsPoolMap *self,
                           HsPoolPart part)
{
  switch (part)
    {
    case HS_POOL_PART_CODE:
      return hs_pool_map_has_ledger (self) ? _("used by the code") : _("used");
    case HS_POOL_PART_BASELINE:
      return _("used by the interpreter");
    case HS_POOL_PART_HOLES:
      return _("holes between used blocks");
    case HS_POOL_PART_NEVER:
      return _("never used, in pools in use");
    case HS_POOL_PART_FREE:
      return _("free pools");
    case HS_POOL_PART_UNTOUCHED:
      return _("untouched pools");
    case HS_POOL_PART_LOST:
      return _("heads and ends of pools");
    case HS_POOL_PART_DAMAGED:
      return _("damaged pools");
    case HS_N_POOL_PARTS:
    default:
      return "";
    }
}

static gulong
plural (guint64 n)
{
  return (gulong)MIN (n, G_MAXULONG);
}

/* One or several pools */

static char *
name_states (const HsPoolSum *sum)
{
  GString                 *text = g_string_new (NULL);
  static const HsPoolState states[] = { HS_POOL_IN_USE, HS_POOL_FREE, HS_POOL_UNTOUCHED,
                                        HS_POOL_DAMAGED };

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      guint64          n = sum->n_in_state[states[i]];
      g_autofree char *count = hs_format_count (n);

      if (n == 0)
        continue;
      g_string_append (text, text->len > 0 ? ", " : "");
      /* translators: %s is a number of pools; so in the next three */
      if (states[i] == HS_POOL_IN_USE)
        g_string_append_printf (
          text, g_dngettext (GETTEXT_PACKAGE, "%s pool in use", "%s pools in use", plural (n)),
          count);
      else if (states[i] == HS_POOL_FREE)
        g_string_append_printf (
          text, g_dngettext (GETTEXT_PACKAGE, "%s free pool", "%s free pools", plural (n)), count);
      else if (states[i] == HS_POOL_UNTOUCHED)
        g_string_append_printf (
          text,
          g_dngettext (GETTEXT_PACKAGE, "%s untouched pool", "%s untouched pools", plural (n)),
          count);
      else
        g_string_append_printf (
          text, g_dngettext (GETTEXT_PACKAGE, "%s damaged pool", "%s damaged pools", plural (n)),
          count);
    }

  return g_string_free (text, FALSE);
}

/* "64 B: 200 of 255 blocks used" */
static char *
name_used (const HsPoolSum *sum)
{
  g_autofree char *used = hs_format_count (sum->n_used);
  g_autofree char *all = hs_format_count (sum->n_blocks);

  if (sum->block_size == 0)
    /* translators: numbers of blocks of several sizes */
    return g_strdup_printf (_("%1$s of %2$s blocks of several sizes used"), used, all);

  /* translators: %1$u is the size of a block, such as 64; numbers of blocks */
  return g_strdup_printf (_("%1$u B: %2$s of %3$s blocks used"), sum->block_size, used, all);
}

char *
hs_pool_map_name (HsPoolMap *self,
                  guint32    first,
                  guint32    n)
{
  HsPoolSum        sum;
  g_autofree char *states = NULL;
  g_autofree char *used = NULL;

  hs_pool_map_sum (self, first, n, &sum);
  if (sum.n_pools == 1)
    {
      if (sum.n_in_state[HS_POOL_IN_USE] == 1)
        return name_used (&sum);
      if (sum.n_in_state[HS_POOL_FREE] == 1)
        return g_strdup (_("free pool"));
      if (sum.n_in_state[HS_POOL_UNTOUCHED] == 1)
        return g_strdup (_("untouched pool"));
      return g_strdup (_("damaged pool: nothing is known of its blocks"));
    }
  states = name_states (&sum);
  if (sum.n_blocks == 0)
    return g_steal_pointer (&states);
  used = name_used (&sum);

  return g_strdup_printf ("%s; %s", states, used);
}

static void
append_blocks (HsPoolMap       *self,
               const HsPoolSum *sum,
               GString         *text)
{
  g_autofree char *used = hs_format_bytes_exact (sum->used_bytes);
  g_autofree char *holes = hs_format_count (sum->n_holes);
  g_autofree char *hole_bytes = hs_format_bytes_exact (sum->hole_bytes);
  g_autofree char *never = hs_format_count (sum->n_never);
  g_autofree char *never_bytes = hs_format_bytes_exact (sum->never_bytes);
  g_autofree char *lost = hs_format_bytes_exact (sum->lost_bytes);

  if (sum->n_blocks == 0)
    return;

  if (hs_pool_map_has_ledger (self))
    {
      g_autofree char *code = hs_format_count (sum->n_used - sum->n_baseline);
      g_autofree char *baseline = hs_format_count (sum->n_baseline);

      /* translators: %1$s is a size, %2$s and %3$s numbers of blocks */
      g_string_append_printf (
        text, _("\nUsed: %1$s; blocks of the code: %2$s, of the interpreter: %3$s"), used, code,
                 baseline);
    }
  else
    /* translators: %s is a size */
    g_string_append_printf (text, _("\nUsed: %s"), used);
  /* translators: %1$s is a number of blocks, %2$s their bytes; so in the next line */
  g_string_append_printf (text, _("\nHoles: %1$s (%2$s)"), holes, hole_bytes);
  g_string_append_printf (text, _("\nNever used: %1$s (%2$s)"), never, never_bytes);
  /* translators: %s is a size */
  g_string_append_printf (text, _("\nLost to the heads and ends of pools: %s"), lost);
  if (sum->n_without_map > 0)
    {
      g_autofree char *count = hs_format_count (sum->n_without_map);

      /* translators: %s is a number of pools */
      g_string_append_printf (
        text, _("\nPools of which it is not known which blocks are used: %s"), count);
    }
}

typedef struct
{
  guint32 type;
  guint   n;
} TypeCount;

static int
compare_counts (gconstpointer a,
                gconstpointer b)
{
  const TypeCount *left = a;
  const TypeCount *right = b;

  if (left->n != right->n)
    return left->n > right->n ? -1 : 1;

  return left->type < right->type ? -1 : left->type > right->type;
}

/* Returns: (transfer full) (element-type TypeCount): most frequent first */
static GArray *
count_types (HsPoolMap *self,
             guint32    first,
             guint32    n)
{
  const HsSnapshotView *view = hs_heap_get_view (hs_pool_map_get_heap (self));
  g_autoptr(GHashTable) types = g_hash_table_new (NULL, NULL);
  GArray        *counts = g_array_new (FALSE, FALSE, sizeof (TypeCount));
  GHashTableIter iter;
  gpointer       key;
  gpointer       value;

  for (guint32 i = first; i < view->n_pools && i - first < n; i++)
    {
      guint32          n_uses;
      const HsPoolUse *uses = hs_pool_map_get_uses (self, i, &n_uses);

      for (guint32 j = 0; j < n_uses; j++)
        if (uses[j].is_main)
          {
            gpointer type = GUINT_TO_POINTER (hs_snapshot_view_get_type (view, uses[j].object));
            guint    count = GPOINTER_TO_UINT (g_hash_table_lookup (types, type));

            g_hash_table_insert (types, type, GUINT_TO_POINTER (count + 1));
          }
    }
  g_hash_table_iter_init (&iter, types);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      TypeCount count = { GPOINTER_TO_UINT (key), GPOINTER_TO_UINT (value) };

      g_array_append_val (counts, count);
    }
  g_array_sort (counts, compare_counts);

  return counts;
}

static void
append_objects (HsPoolMap *self,
                guint32    first,
                guint32    n,
                GString   *text)
{
  g_autoptr(GArray) counts = count_types (self, first, n);
  guint64 n_more = 0;

  for (guint i = 0; i < counts->len; i++)
    {
      const TypeCount *count = &g_array_index (counts, TypeCount, i);
      g_autofree char *name = NULL;
      g_autofree char *number = NULL;

      if (i >= N_TYPES_NAMED)
        {
          n_more += count->n;
          continue;
        }
      name = hs_heap_dup_type_name (hs_pool_map_get_heap (self), count->type);
      number = hs_format_count (count->n);
      g_string_append_printf (text, "%s%s × %s",
                              i == 0 ? _("\nKnown objects: ") : ", ", name, number);
    }
  if (n_more > 0)
    {
      g_autofree char *number = hs_format_count (n_more);
      guint            n_types = counts->len - N_TYPES_NAMED;

      /* translators: %1$s is a number of objects, %2$u of their types */
      g_string_append_printf (text,
                              g_dngettext (GETTEXT_PACKAGE, "; %1$s more of %2$u other type",
                                           "; %1$s more of %2$u other types", n_types),
                              number, n_types);
    }
}

char *
hs_pool_map_describe (HsPoolMap *self,
                      guint32    first,
                      guint32    n)
{
  const HsSnapshotView *view = hs_heap_get_view (hs_pool_map_get_heap (self));
  guint32               per_arena = MAX (hs_snapshot_view_get_pools_per_arena (view), 1);
  g_autofree char      *name = hs_pool_map_name (self, first, n);
  GString              *text = g_string_new (name);
  HsPoolSum             sum;

  hs_pool_map_sum (self, first, n, &sum);
  append_blocks (self, &sum, text);
  append_objects (self, first, n, text);
  if (sum.n_pools == 1)
    {
      g_autofree char *address = NULL;
      HsSnapshotPool   pool;

      hs_snapshot_view_get_pool (view, first, &pool);
      address = g_strdup_printf ("0x%" G_GINT64_MODIFIER "x", (guint64)pool.address);
      /* translators: %1$u and %2$u are positions, %3$s is an address */
      g_string_append_printf (text, _("\nPool %1$u of arena %2$u, at %3$s"),
                                       first % per_arena + 1, first / per_arena + 1, address);
    }
  else if (sum.n_pools > 0)
    {
      guint32 last = first + (guint32)sum.n_pools - 1;

      /* translators: positions of a first pool and its arena, a last pool and its arena */
      g_string_append_printf (text, _("\nPool %1$u of arena %2$u to pool %3$u of arena %4$u"),
                                       first % per_arena + 1, first / per_arena + 1,
                                       last % per_arena + 1, last / per_arena + 1);
    }

  return g_string_free (text, FALSE);
}

/* Sizes */

char *
hs_pool_map_name_class (HsPoolMap *self,
                        guint      i)
{
  const HsPoolSum *sum = hs_pool_map_get_class (self, i);
  g_autofree char *states = name_states (sum);
  g_autofree char *used = name_used (sum);

  return g_strdup_printf ("%s; %s", used, states);
}

char *
hs_pool_map_describe_class (HsPoolMap *self,
                            guint      i)
{
  const HsPoolSum *sum = hs_pool_map_get_class (self, i);
  g_autofree char *name = hs_pool_map_name_class (self, i);
  GString         *text = g_string_new (name);

  append_blocks (self, sum, text);

  return g_string_free (text, FALSE);
}

/* Findings */

static void
find_sum (HsPoolMap *self,
          GString   *text)
{
  const HsSnapshotView *view = hs_heap_get_view (hs_pool_map_get_heap (self));
  const HsPoolSum      *all = hs_pool_map_get_all (self);
  g_autofree char      *held = hs_format_bytes (all->n_pools * view->memory.pool_size);
  g_autofree char      *used = hs_format_bytes (all->used_bytes);
  g_autofree char      *code = hs_format_bytes (all->used_bytes - all->baseline_bytes);
  g_autofree char      *baseline = hs_format_bytes (all->baseline_bytes);
  g_autofree char      *n = hs_format_count (view->n_arenas);

  /* translators: %1$s is a number of arenas, %2$s their bytes, %3$s bytes in use */
  g_string_append_printf (
    text,
    g_dngettext (GETTEXT_PACKAGE,
                 "%1$s arena of Python's memory for small blocks holds %2$s; %3$s are used.",
                 "%1$s arenas of Python's memory for small blocks hold %2$s; %3$s are used.",
                 view->n_arenas),
    n, held, used);
  if (hs_pool_map_has_ledger (self))
    {
      g_string_append_c (text, '\n');
      /* translators: of what is used in arenas; both %s are sizes */
      g_string_append_printf (text, _("The code uses %1$s of that, the interpreter %2$s."), code,
                                       baseline);
    }
}

/* An arena goes back to the system only when all of its pools are free: CPython,
 * Objects/obmalloc.c, insert_to_freepool().
 */
static guint32
count_kept_arenas (HsPoolMap *self)
{
  const HsSnapshotView *view = hs_heap_get_view (hs_pool_map_get_heap (self));
  guint32               per_arena = hs_snapshot_view_get_pools_per_arena (view);
  guint32               n = 0;

  for (guint32 i = 0; i < view->n_arenas; i++)
    {
      HsPoolSum sum;

      hs_pool_map_sum (self, i * per_arena, per_arena, &sum);
      n += sum.n_in_state[HS_POOL_IN_USE] + sum.n_in_state[HS_POOL_DAMAGED] > 0 ? 1 : 0;
    }

  return n;
}

static void
find_free (HsPoolMap *self,
           GString   *text)
{
  const HsSnapshotView *view = hs_heap_get_view (hs_pool_map_get_heap (self));
  const HsPoolSum      *all = hs_pool_map_get_all (self);
  guint64               inside = all->hole_bytes + all->never_bytes;
  guint64               n_pools =
    all->n_in_state[HS_POOL_FREE] + all->n_in_state[HS_POOL_UNTOUCHED];
  guint64          pools = n_pools * view->memory.pool_size;
  g_autofree char *inside_text = hs_format_bytes (inside);
  g_autofree char *holes = hs_format_bytes (all->hole_bytes);
  g_autofree char *never = hs_format_bytes (all->never_bytes);
  g_autofree char *pools_text = hs_format_bytes (pools);
  g_autofree char *kept = hs_format_count (count_kept_arenas (self));
  g_autofree char *n = hs_format_count (view->n_arenas);

  if (inside > 0)
    /* translators: sizes */
    g_string_append_printf (
      text, _("\n%1$s are free, but in pools that hold other blocks: %2$s as holes, "
                              "%3$s never used. Only blocks of the same size can use them."),
               inside_text, holes, never);
  if (pools > 0)
    /* translators: a size */
    g_string_append_printf (
      text, _("\n%s are free in whole pools, for blocks of any size up to 512 B."), pools_text);
  if (inside + pools > 0)
    /* translators: numbers of arenas */
    g_string_append_printf (text,
                            _("\nAn arena is given back when all of its pools are free: "
                              "%1$s of %2$s hold blocks and stay."),
                               kept, n);
}

static void
find_outside (HsPoolMap *self,
              GString   *text)
{
  const HsSnapshotMemory *memory = &hs_heap_get_view (hs_pool_map_get_heap (self))->memory;
  g_autofree char        *bytes = hs_format_bytes (memory->large_bytes);
  g_autofree char        *blocks = hs_format_count (memory->large_blocks);
  g_autofree char        *baseline = hs_format_bytes (memory->large_baseline_bytes);
  g_autofree char        *code = hs_format_bytes (
           memory->large_bytes - MIN (memory->large_baseline_bytes, memory->large_bytes));

  if (!hs_pool_map_has_ledger (self) || memory->large_blocks == 0)
    return;

  /* translators: %1$s is a size, %2$s a number of blocks, %3$s and %4$s sizes */
  g_string_append_printf (
    text,
    g_dngettext (GETTEXT_PACKAGE,
                 "\nOutside arenas: %1$s in %2$s block, %3$s of the code and "
                 "%4$s of the interpreter.",
                 "\nOutside arenas: %1$s in %2$s blocks, %3$s of the code and "
                 "%4$s of the interpreter.",
                 plural (memory->large_blocks)),
    bytes, blocks, code, baseline);
}

/* What the picture does not show, or not all of. */
static void
find_limits (HsPoolMap *self,
             GString   *text)
{
  const HsSnapshotView *view = hs_heap_get_view (hs_pool_map_get_heap (self));
  const HsPoolSum      *all = hs_pool_map_get_all (self);
  g_autofree char      *arenas = hs_format_count (view->memory.n_arenas_left_out);
  g_autofree char      *maps =
    hs_format_count (MAX (view->memory.n_pools_without_map, all->n_without_map));
  g_autofree char *damaged = hs_format_count (all->n_in_state[HS_POOL_DAMAGED]);

  if (all->n_in_state[HS_POOL_DAMAGED] > 0)
    /* translators: %s is a number of pools; so in the next sentence but one */
    g_string_append_printf (
      text,
      g_dngettext (GETTEXT_PACKAGE,
                   "\n%s pool contradicts itself, as after a write behind the end "
                   "of a block: nothing is known of its blocks.",
                   "\n%s pools contradict themselves, as after a write behind the "
                   "end of a block: nothing is known of their blocks.",
                   plural (all->n_in_state[HS_POOL_DAMAGED])),
      damaged);
  if (view->memory.n_arenas_left_out > 0)
    /* translators: %s is a number of arenas */
    g_string_append_printf (
      text,
      g_dngettext (GETTEXT_PACKAGE, "\nThere was no room for %s more arena: it is not shown here.",
                   "\nThere was no room for %s more arenas: they are not shown here.",
                   view->memory.n_arenas_left_out),
      arenas);
  if (view->memory.n_pools_without_map > 0 || all->n_without_map > 0)
    g_string_append_printf (
      text,
      g_dngettext (GETTEXT_PACKAGE,
                   "\nOf %s pool only the number of used blocks is known, not which.",
                   "\nOf %s pools only the number of used blocks is known, not which.",
                   plural (MAX (view->memory.n_pools_without_map, all->n_without_map))),
      maps);
}

char *
hs_pool_map_dup_findings (HsPoolMap *self)
{
  GString *text = g_string_new (NULL);

  find_sum (self, text);
  find_free (self, text);
  find_outside (self, text);
  find_limits (self, text);

  return g_string_free (text, FALSE);
}

char *
hs_pool_map_to_text (HsPoolMap *self)
{
  g_autofree char *findings = hs_pool_map_dup_findings (self);
  g_autofree char *states = name_states (hs_pool_map_get_all (self));
  GString         *text = g_string_new (findings);

  g_string_append (text, "\n\n");
  for (guint i = 0; i < HS_N_POOL_PARTS; i++)
    {
      guint64          bytes = hs_pool_map_get_part (self, (HsPoolPart)i);
      g_autofree char *exact = hs_format_bytes_exact (bytes);

      if (bytes > 0)
        g_string_append_printf (text, "%s: %s\n",
                                hs_pool_map_get_part_name (self, (HsPoolPart)i), exact);
    }
  g_string_append_printf (text, "\n%s\n", states);
  for (guint i = 0; i < hs_pool_map_get_n_classes (self); i++)
    {
      g_autofree char *facts = hs_pool_map_describe_class (self, i);
      g_auto(GStrv) lines = g_strsplit (facts, "\n", -1);

      for (guint j = 0; lines[j] != NULL; j++)
        g_string_append_printf (text, "%s%s\n", j > 0 ? "  " : "", lines[j]);
    }

  return g_string_free (text, FALSE);
}
