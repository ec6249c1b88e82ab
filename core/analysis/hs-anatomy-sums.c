/* hs-anatomy-sums.c - what an object costs, and why three numbers say it
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-anatomy-private.h"
#include "hs-cost.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hs-format.h"

#define MANY 1000000

/* ---- Sums ---- */

static guint64
add (guint64 sum,
     guint64 bytes)
{
  if (sum == HS_BYTES_UNKNOWN || bytes == HS_BYTES_UNKNOWN || bytes > HS_BYTES_UNKNOWN - 1 - sum)
    return HS_BYTES_UNKNOWN;

  return sum + bytes;
}

static void
add_object (HsAnatomy       *self,
            HsAnatomyColumn *column,
            guint32          object)
{
  column->requested = add (column->requested, hs_heap_get_requested (self->heap, object));
  column->occupied = add (column->occupied, hs_heap_get_occupied (self->heap, object));
  column->least = add (column->least, hs_heap_get_least (self->heap, object));
  column->getsizeof = add (column->getsizeof, hs_heap_get_getsizeof (self->heap, object));
  column->external = add (column->external, hs_heap_get_external (self->heap, object));
}

static void
sum_column (HsAnatomy       *self,
            HsAnatomyColumn *column)
{
  add_object (self, column, column->object);
  if (column->dict != HS_NO_OBJECT)
    add_object (self, column, column->dict);
  for (guint b = 0; b < self->blocks->len; b++)
    {
      const HsAnatomyBlock *block = _hs_anatomy_block (self, b);

      if (block->kind == HS_BLOCK_MAPPING && b - column->first_block < column->n_blocks)
        column->mapped = add (column->mapped, block->occupied);
      /* A table of the class may stand in a column before. */
      if (block->is_shared &&
          (b - column->first_block < column->n_blocks || block->object == column->object ||
           block->object == _hs_anatomy_find_class (self->heap, column->object)))
        column->shared = add (column->shared, block->occupied);
    }
}

static char *
dup_occupied (const HsAnatomyColumn *column)
{
  g_autofree char *least = NULL;

  if (column->occupied != HS_BYTES_UNKNOWN)
    return hs_format_bytes (column->occupied);

  least = hs_format_bytes (column->least);

  return g_strconcat ("≥ ", least, NULL);
}

static char *
dup_summary (const HsAnatomyColumn *column)
{
  g_autofree char *requested = hs_format_bytes (column->requested);
  g_autofree char *occupied = dup_occupied (column);
  g_autofree char *getsizeof = hs_format_bytes (column->getsizeof);
  g_autofree char *external = hs_format_bytes (column->external);
  GString         *text = g_string_new (NULL);

  if (column->requested != HS_BYTES_UNKNOWN)
    /* translators: bytes that were asked of the allocator; %s is "56 B" */
    g_string_append_printf (text, _("requested %s"), requested);
  if (text->len > 0)
    g_string_append (text, " · ");
  /* translators: bytes that the allocator gave; %s is "64 B" */
  g_string_append_printf (text, _("occupied %s"), occupied);
  g_string_append (text, " · ");
  /* translators: what sys.getsizeof() returns; %s is "56 B" */
  g_string_append_printf (text, _("getsizeof %s"), getsizeof);
  if (column->external > 0)
    {
      g_string_append (text, " · ");
      /* translators: bytes outside Python's allocators; %s is "4 096 B" */
      g_string_append_printf (text, _("outside %s"), external);
    }

  return g_string_free (text, FALSE);
}

/* ---- Why they differ ---- */

/* What sys.getsizeof() may leave out, or add. */
typedef struct
{
  gint64      bytes; /* requested, but not counted; negative: counted, but not requested */
  const char *text;  /* translated, with %s for the bytes */
} Cause;

typedef struct
{
  Cause causes[8];
  guint n;
} Causes;

static void
add_cause (Causes     *causes,
           guint64     bytes,
           gboolean    is_added,
           const char *text)
{
  if (bytes == 0 || bytes > G_MAXINT64 / 16 || causes->n == G_N_ELEMENTS (causes->causes))
    return;

  causes->causes[causes->n++] =
    (Cause) { is_added ? -(gint64)bytes : (gint64)bytes, text };
}

/* What can be seen in the main block @b of the column. */
static void
find_main_causes (HsAnatomy            *self,
                  const HsAnatomyBlock *block,
                  Causes               *causes)
{
  const HsSnapshotView *view = hs_heap_get_view (self->heap);
  guint64               unused = 0;
  guint64               members = 0;
  guint64               inlined = 0;
  gboolean              is_left = FALSE;

  if (!_hs_anatomy_is_described (self->heap, block->object))
    return;

  for (guint32 i = view->object_fields[block->object]; i < view->object_fields[block->object + 1];
       i++)
    {
      const char *name = hs_snapshot_view_get_string (view, view->field_name[i]);
      guint64     size = MIN (view->field_size[i], G_MAXINT64 / 64);

      if (view->field_block[i] != 0)
        break;
      if (view->field_kind[i] == HS_FIELD_UNUSED)
        unused = size;
      else if (view->field_kind[i] != HS_FIELD_PADDING)
        unused = 0;
      is_left |= strcmp (name, "valid") == 0 && view->field_value[i] == 0;
      if (g_str_has_prefix (name, "members["))
        members += size;
      /* Where the inline values begin, since 3.13. */
      if (inlined > 0 || strcmp (name, "capacity") == 0)
        inlined += view->field_kind[i] != HS_FIELD_PADDING ? size : 0;
    }
  add_cause (causes, inlined, FALSE,
             /* translators: a part of a sentence: why sys.getsizeof() says less; %s is "48 B" */
             is_left ? _("%s where the values of the attributes were before they moved out")
                     : _("%s for the values of the attributes, which it leaves out"));
  add_cause (causes, members, FALSE,
             /* translators: a part of a sentence: why sys.getsizeof() says less; %s is "80 B" */
             _("%s for the descriptions of the slots, which it leaves out"));
  if (inlined == 0)
    add_cause (causes, unused, FALSE,
               /* translators: a part of a sentence: why sys.getsizeof() says less; %s is "8 B" */
               _("%s at the end in which nothing is kept"));
}

static void
find_causes (HsAnatomy             *self,
             const HsAnatomyColumn *column,
             Causes                *causes)
{
  for (guint b = 0; b < self->blocks->len; b++)
    {
      const HsAnatomyBlock *block = _hs_anatomy_block (self, b);

      if (block->is_shared && block->object == column->object &&
          block->requested != HS_BYTES_UNKNOWN)
        add_cause (causes, block->requested, TRUE,
                   /* translators: a part of a sentence: why sys.getsizeof() says more */
                   _("%s that it adds for the key table of the class"));
    }
  for (guint b = column->first_block; b < column->first_block + column->n_blocks; b++)
    {
      const HsAnatomyBlock *block = _hs_anatomy_block (self, b);

      if (block->requested == HS_BYTES_UNKNOWN || block->is_shared)
        continue;
      if (block->kind == HS_BLOCK_MAIN && !block->is_static)
        find_main_causes (self, block, causes);
      else if (block->kind == HS_BLOCK_VALUES)
        add_cause (causes, block->requested, FALSE,
                   _("%s for the values of the attributes, which it leaves out"));
      else if (block->kind == HS_BLOCK_EXTRA || block->kind == HS_BLOCK_UTF8)
        add_cause (causes, block->requested, FALSE,
                   /* translators: a part of a sentence: why sys.getsizeof() says less */
                   _("%s for a further block, which it leaves out"));
    }
}

/* The fewest causes that add up to @bytes exactly, as a set of bits; 0: none. */
static guint
find_sum (const Causes *causes,
          gint64        bytes)
{
  guint best = 0;

  for (guint set = 1; set < 1u << causes->n; set++)
    {
      gint64 sum = 0;

      for (guint i = 0; i < causes->n; i++)
        if (set & 1u << i)
          sum += causes->causes[i].bytes;
      if (sum == bytes && (best == 0 || __builtin_popcount (set) < __builtin_popcount (best)))
        best = set;
    }

  return best;
}

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
static void
append_part (GString    *text,
             const char *format,
             const char *sign,
             guint64     bytes)
{
  g_autofree char *number = hs_format_bytes (bytes);
  g_autofree char *signed_number = g_strconcat (sign, number, NULL);

  if (text->len > 0)
    g_string_append (text, _(", "));
  g_string_append_printf (text, format, signed_number);
}
#pragma GCC diagnostic pop

/* What makes up the difference, as far as the numbers show it. */
static char *
dup_parts (HsAnatomy             *self,
           const HsAnatomyColumn *column)
{
  GString    *text = g_string_new (NULL);
  Causes      causes = { 0 };
  gint64      left_out = (gint64)(column->requested - column->getsizeof);
  guint       set;
  gint64      more = 0;
  gint64      less = (gint64)(column->occupied - column->requested);
  const char *plus;
  const char *minus;

  find_causes (self, column, &causes);
  set = left_out != 0 ? find_sum (&causes, left_out) : 0;
  if (left_out != 0 && set == 0)
    {
      causes.n = 1;
      set = 1;
      causes.causes[0] =
        (Cause) { left_out, left_out > 0
                  /* translators: a part of a sentence: why sys.getsizeof() says less */
                  ? _("%s that were asked for and that it does not count")
                  /* translators: a part of a sentence: why sys.getsizeof() says more */
                  : _("%s that it counts and that were not asked for") };
    }
  for (guint i = 0; i < causes.n; i++)
    if (set & 1u << i && causes.causes[i].bytes < 0)
      more++;
    else if (set & 1u << i)
      less++;
  /* With parts of both kinds, each says which it is of. */
  plus = more > 0 && less > 0 ? "+" : "";
  minus = more > 0 && less > 0 ? "−" : "";

  for (guint i = 0; i < causes.n; i++)
    if (set & 1u << i && causes.causes[i].bytes < 0)
      append_part (text, causes.causes[i].text, plus, (guint64)-causes.causes[i].bytes);
  for (guint i = 0; i < causes.n; i++)
    if (set & 1u << i && causes.causes[i].bytes > 0)
      append_part (text, causes.causes[i].text, minus, (guint64)causes.causes[i].bytes);
  if (column->occupied > column->requested)
    /* translators: a part of a sentence: why sys.getsizeof() says less */
    append_part (text, _("%s because the allocator rounds up"), minus,
                          column->occupied - column->requested);

  return g_string_free (text, FALSE);
}

static char *
dup_reason (HsAnatomy             *self,
            const HsAnatomyColumn *column)
{
  const HsSnapshotView *view = hs_heap_get_view (self->heap);
  guint32               flags = view->object_flags[column->object];
  g_autofree char      *getsizeof = hs_format_bytes (column->getsizeof);
  g_autofree char      *difference = NULL;
  g_autofree char      *parts = NULL;
  gint64                bytes;

  if (flags & HS_OBJECT_STATIC)
    /* translators: %s is "28 B" */
    return g_strdup_printf (_("It lies inside the interpreter and takes no heap bytes; "
                              "sys.getsizeof() says %s."),
                               getsizeof);
  if (column->occupied == HS_BYTES_UNKNOWN)
    return g_strdup (_("Not all of its blocks are known: it occupies at least this much."));
  if (column->getsizeof == HS_BYTES_UNKNOWN && (flags & HS_OBJECT_OWN_SIZEOF))
    return g_strdup (_("sys.getsizeof() would ask the class, whose code is not run here."));
  if (column->getsizeof == HS_BYTES_UNKNOWN)
    return g_strdup (_("What sys.getsizeof() says is not known."));
  if (column->getsizeof == column->occupied)
    return g_strdup (_("sys.getsizeof() says exactly what the allocator gave."));
  if (column->getsizeof > G_MAXINT64 || column->occupied > G_MAXINT64)
    return NULL;

  bytes = (gint64)(column->occupied - column->getsizeof);
  difference = hs_format_bytes ((guint64)(bytes < 0 ? -bytes : bytes));
  if (column->requested == HS_BYTES_UNKNOWN || column->requested > G_MAXINT64)
    return bytes > 0 ? g_strdup_printf (_("sys.getsizeof() says %s less than is occupied. Without "
                                          "the ledger it is not known why."),
                                           difference)
                     : g_strdup_printf (_("sys.getsizeof() says %s more than is occupied. Without "
                                          "the ledger it is not known why."),
                                           difference);

  if (column->requested == column->getsizeof)
    /* translators: %s is "8 B" */
    return g_strdup_printf (_("sys.getsizeof() says %s less than is occupied, because the "
                              "allocator rounds up."),
                               difference);

  parts = dup_parts (self, column);
  if (bytes > 0)
    /* translators: %1$s is "8 B"; %2$s says what they are: "8 B because the allocator rounds up" */
    return g_strdup_printf (_("sys.getsizeof() says %1$s less than is occupied: %2$s."), difference,
                               parts);

  /* translators: %1$s is "8 B"; %2$s says what these are */
  return g_strdup_printf (_("sys.getsizeof() says %1$s more than is occupied: %2$s."), difference,
                             parts);
}

/* ---- What the items lead to ---- */

static gboolean
is_item (guint8 kind)
{
  return kind == HS_EDGE_INDEX || kind == HS_EDGE_MEMBER || kind == HS_EDGE_KEY ||
         kind == HS_EDGE_VALUE;
}

static int
compare_objects (gconstpointer a,
                 gconstpointer b)
{
  guint32 left = *(const guint32 *)a;
  guint32 right = *(const guint32 *)b;

  return left < right ? -1 : left > right;
}

/* The objects to which the items of @object lead; NULL if they are not wanted. */
static GArray *
list_items (HsAnatomy *self,
            guint32    object)
{
  const HsSnapshotView *view = hs_heap_get_view (self->heap);
  GArray               *items = NULL;
  guint32               first;
  guint32               n = hs_snapshot_view_get_all_edges (view, object, &first);

  if (self->contents == HS_CONTENTS_NEVER ||
      hs_heap_get_family (self->heap, object) != HS_FAMILY_CONTAINER)
    return NULL;

  for (guint32 i = first; i < first + n; i++)
    {
      if (!is_item (view->edge_kind[i]))
        continue;
      if (self->contents == HS_CONTENTS_NUMBERS &&
          hs_heap_get_family (self->heap, view->edge_target[i]) != HS_FAMILY_NUMBER)
        {
          g_clear_pointer (&items, g_array_unref);
          return NULL;
        }
      if (items == NULL)
        items = g_array_new (FALSE, FALSE, sizeof (guint32));
      g_array_append_val (items, view->edge_target[i]);
    }
  if (items != NULL)
    g_array_sort (items, compare_objects);

  return items;
}

static void
sum_contents (HsAnatomy       *self,
              HsAnatomyColumn *column)
{
  const HsSnapshotView *view = hs_heap_get_view (self->heap);
  HsAnatomyContents    *contents = &column->contents;
  gboolean              is_one_type = TRUE;

  g_autoptr(GArray) items = list_items (self, column->object);

  if (items == NULL)
    return;

  contents->n_pointers = items->len;
  for (guint i = 0; i < items->len; i++)
    {
      guint32 object = g_array_index (items, guint32, i);

      if (i > 0 && object == g_array_index (items, guint32, i - 1))
        continue;
      is_one_type = is_one_type &&
                    hs_snapshot_view_get_type (view, object) ==
                      hs_snapshot_view_get_type (view, g_array_index (items, guint32, 0));
      if (view->object_flags[object] & HS_OBJECT_STATIC)
        contents->n_static++;
      else
        {
          contents->n_objects++;
          contents->bytes = add (contents->bytes, hs_heap_get_occupied (self->heap, object));
        }
    }
  if (is_one_type)
    contents->type_name = hs_heap_dup_type_name (
      self->heap, hs_snapshot_view_get_type (view, g_array_index (items, guint32, 0)));
}

static char *
dup_contents_line (const HsAnatomyColumn *column)
{
  const HsAnatomyContents *contents = &column->contents;
  g_autofree char         *n = hs_format_count (contents->n_objects);
  g_autofree char         *n_static = hs_format_count (contents->n_static);
  g_autofree char         *own = hs_format_bytes (contents->bytes);
  g_autofree char         *all = hs_format_bytes (add (column->occupied, contents->bytes));
  GString                 *text;

  if (contents->n_pointers == 0)
    return NULL;

  text = g_string_new (NULL);
  if (contents->n_objects > 0 && contents->type_name != NULL)
    /* translators: what the items of a container are: %1$s a number of objects, %2$s their type,
     * %3$s their bytes, %4$s the bytes of the container and the items together
     */
    g_string_append_printf (text, _("Its items are %1$s × %2$s, %3$s; together %4$s"), n,
                                     contents->type_name, own, all);
  else if (contents->n_objects > 0)
    /* translators: as the one before, of several types */
    g_string_append_printf (text,
                            g_dngettext (GETTEXT_PACKAGE,
                                         "Its items are %1$s object, %2$s; together %3$s",
                                         "Its items are %1$s objects, %2$s; together %3$s",
                                         contents->n_objects),
                            n, own, all);
  if (contents->n_static > 0)
    {
      if (text->len > 0)
        g_string_append (text, " · ");
      /* translators: %s is a number of objects that take no heap bytes */
      g_string_append_printf (text,
                              g_dngettext (GETTEXT_PACKAGE, "%s static item without heap bytes",
                                           "%s static items without heap bytes",
                                           contents->n_static),
                              n_static);
    }

  return g_string_free (text, FALSE);
}

/* ---- Comparison ---- */

/* All that a column stands for, in bytes; mapped files are not in memory for it. */
static guint64
get_total (const HsAnatomyColumn *column)
{
  guint64 total = add (column->occupied, column->external);

  if (total != HS_BYTES_UNKNOWN && column->mapped <= column->external)
    total -= column->mapped;

  return column->contents.n_pointers > 0 ? add (total, column->contents.bytes) : total;
}

static char *
dup_against (const HsAnatomyColumn *column,
             const HsAnatomyColumn *first)
{
  guint64          own = get_total (column);
  guint64          other = get_total (first);
  guint64          difference = own > other ? own - other : other - own;
  g_autofree char *bytes = hs_format_bytes (difference);
  const char      *name = first->name != NULL ? first->name : first->type_name;
  guint            percent;

  if (own == HS_BYTES_UNKNOWN || other == HS_BYTES_UNKNOWN)
    return NULL;
  if (difference == 0)
    /* translators: %s is a name: what this one is compared with */
    return g_strdup_printf (_("as much as %s"), name);
  /* Many times as much is no matter of percent. */
  if (other == 0 || difference > G_MAXUINT64 / 1000 || difference / other >= 10)
    return own > other ? g_strdup_printf (_("%1$s more than %2$s"), bytes, name)
                       : g_strdup_printf (_("%1$s less than %2$s"), bytes, name);

  percent = (guint)MIN (G_MAXINT, (difference * 100 + other / 2) / other);
  /* translators: %1$s is "16 B", %2$u a number of percent, %3$s a name */
  return own > other ? g_strdup_printf (_("%1$s (%2$u %%) more than %3$s"), bytes, percent, name)
                     : g_strdup_printf (_("%1$s (%2$u %%) less than %3$s"), bytes, percent, name);
}

/* Whether it is one of so few instances that its class may still take it for larger
 * than later ones. O(objects)
 */
static gboolean
is_early (HsHeap *heap,
          guint32 object)
{
  const HsSnapshotView *view = hs_heap_get_view (heap);
  guint32               type = hs_snapshot_view_get_type (view, object);
  guint                 n = 0;

  if (view->type_presize[type] < HS_COST_PRESIZE_WITH_DICT)
    return FALSE;

  for (guint32 i = 0; i < view->n_objects && n < HS_COST_SERIES; i++)
    if (hs_snapshot_view_get_type (view, i) == type)
      n++;

  return n < HS_COST_SERIES;
}

static char *
dup_cost (HsAnatomy             *self,
          const HsAnatomyColumn *column)
{
  const HsSnapshotView *view = hs_heap_get_view (self->heap);
  g_autofree char      *bytes = NULL;
  g_autofree char      *shared = NULL;

  if ((view->object_flags[column->object] & HS_OBJECT_INSTANCE) == 0 ||
      column->occupied == HS_BYTES_UNKNOWN || column->occupied > G_MAXUINT64 / MANY)
    return NULL;

  if (is_early (self->heap, column->object))
    return g_strdup_printf (_("The first instances of a class are larger than those that follow; "
                              "%u or more show what one more costs."),
                               HS_COST_SERIES);

  bytes = hs_format_bytes (column->occupied * MANY);
  if (column->shared == 0 || column->shared == HS_BYTES_UNKNOWN)
    /* translators: what a million of such objects would occupy; %s is "45.8 MiB" */
    return g_strdup_printf (_("× 1 000 000 = %s"), bytes);

  shared = hs_format_bytes (column->shared);
  /* translators: %1$s is "45.8 MiB", %2$s is "784 B": what the class has for all of them */
  return g_strdup_printf (_("× 1 000 000 = %1$s, and %2$s once for the class"), bytes, shared);
}

void
_hs_anatomy_sum (HsAnatomy    *self,
                 const GArray *choices)
{
  for (guint i = 0; i < self->columns->len; i++)
    {
      HsAnatomyColumn *column = _hs_anatomy_column (self, i);

      sum_column (self, column);
      sum_contents (self, column);
      column->summary = dup_summary (column);
      column->reason = dup_reason (self, column);
      column->cost = dup_cost (self, column);
      column->contents_line = dup_contents_line (column);
      if (i > 0)
        column->against = dup_against (column, _hs_anatomy_column (self, 0));
    }
}
