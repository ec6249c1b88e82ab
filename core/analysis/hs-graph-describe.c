/* hs-graph-describe.c - all facts about one box, in words
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-graph-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hs-dominators.h"
#include "hs-format.h"
#include "hs-graph-label.h"
#include "hs-graph-path.h"

/* References that are written out before "and N more". */
#define MAX_REFERRERS 8

/* Deep bytes are said if no more objects and references than this have to be
 * visited: some hundred microseconds, so that a tooltip does not hold up a frame.
 */
#define MAX_DEEP_STEPS 50000

G_GNUC_PRINTF (2, 3)
static void
add_line (GString    *text,
          const char *format,
          ...)
{
  va_list args;

  if (text->len > 0)
    g_string_append_c (text, '\n');

  va_start (args, format);
  g_string_append_vprintf (text, format, args);
  va_end (args);
}

static char *
dup_text (HsHeap  *heap,
          uint32_t offset)
{
  return _hs_heap_dup_short_string (heap, offset, HS_GRAPH_PREVIEW_CHARS);
}

static char *
dup_value (HsHeap  *heap,
           uint32_t object)
{
  return _hs_heap_dup_short_preview (heap, object, HS_GRAPH_PREVIEW_CHARS);
}

static const char *
block_kind_in_words (HsBlockKind kind)
{
  switch (kind)
    {
    case HS_BLOCK_MAIN:
      /* translators: the memory block of the object itself */
      return _("object");
    case HS_BLOCK_ITEMS:
      /* translators: memory block with the items of a list */
      return _("items");
    case HS_BLOCK_KEYS:
      return _("key table");
    case HS_BLOCK_VALUES:
      /* translators: memory block with the attribute values of an instance */
      return _("attribute values");
    case HS_BLOCK_TABLE:
      return _("hash table");
    case HS_BLOCK_BUFFER:
      return _("data");
    case HS_BLOCK_UTF8:
      return _("UTF-8 copy");
    case HS_BLOCK_SHARED_KEYS:
      return _("key table shared by the instances");
    case HS_BLOCK_EXTRA:
      /* translators: a memory block that is none of the usual kinds */
      return _("other block");
    case HS_BLOCK_MAPPING:
      /* translators: memory of an mmap object */
      return _("mapped region");
    case HS_BLOCK_DATA:
      /* translators: memory of a C extension, such as the numbers of a NumPy array */
      return _("external data");
    case HS_N_BLOCK_KINDS:
      break;
    }

  g_return_val_if_reached ("");
}

/* The blocks of one object by kind: unshared, shared. */
typedef struct
{
  guint64 bytes[HS_N_BLOCK_KINDS][2]; /* occupied; HS_BYTES_UNKNOWN */
  guint   n[HS_N_BLOCK_KINDS][2];
  guint   n_kinds;
} BlockSums;

static void
count_block (BlockSums             *self,
             const HsSnapshotBlock *block)
{
  guint    shared = (block->flags & HS_BLOCK_SHARED) != 0;
  guint64 *bytes = &self->bytes[block->kind][shared];

  if (self->n[block->kind][shared]++ == 0)
    self->n_kinds++;
  if (block->occupied == HS_BYTES_UNKNOWN || *bytes == HS_BYTES_UNKNOWN ||
      block->occupied > HS_BYTES_UNKNOWN - 1 - *bytes)
    *bytes = HS_BYTES_UNKNOWN;
  else
    *bytes += block->occupied;
}

static void
count_blocks (BlockSums *self,
              HsHeap    *heap,
              uint32_t   object)
{
  HsSnapshotBlock block;
  guint32         first;
  guint32         n = hs_heap_get_blocks (heap, object, &first);

  *self = (BlockSums) { 0 };
  if (hs_snapshot_view_get_main_block (&heap->view, object, &block))
    count_block (self, &block);

  for (guint32 i = first; i < first + n; i++)
    {
      hs_snapshot_view_get_block (&heap->view, i, &block);
      count_block (self, &block);
    }
}

static void
describe_blocks (GString *text,
                 HsHeap  *heap,
                 uint32_t object)
{
  BlockSums sums;
  GString  *line = g_string_new (NULL);

  count_blocks (&sums, heap, object);

  for (guint kind = 0; kind < HS_N_BLOCK_KINDS; kind++)
    {
      for (guint shared = 0; shared < 2; shared++)
        {
          g_autofree char *bytes = hs_format_bytes_exact (sums.bytes[kind][shared]);

          if (sums.n[kind][shared] == 0)
            continue;
          if (line->len > 0)
            /* translators: between the parts of a list */
            g_string_append (line, C_ ("list", ", "));
          g_string_append_printf (line, "%s %s", block_kind_in_words ((HsBlockKind)kind), bytes);
          if (sums.n[kind][shared] > 1)
            g_string_append_printf (line, " (%u)", sums.n[kind][shared]);
          if (shared)
            /* translators: of a memory block that several objects share */
            g_string_append_printf (line, " %s", _("(shared, not counted here)"));
        }
    }

  /* One block of the usual kind is what "Occupied" has said. */
  if (sums.n_kinds > 1 || sums.n[HS_BLOCK_MAIN][0] != 1)
    {
      if (line->len > 0)
        /* translators: list of memory blocks: "object 56 B, items 32 B" */
        add_line (text, _("Blocks: %s"), line->str);
    }

  g_string_free (line, TRUE);
}

static void
describe_sizes (GString *text,
                HsHeap  *heap,
                uint32_t object)
{
  g_auto(GStrv) lines = _hs_graph_dup_sizes (heap, object);

  for (gsize i = 0; lines[i] != NULL; i++)
    add_line (text, "%s", lines[i]);
}

/* What would go with the object, if that is more than the object. */
static void
describe_retained (GString *text,
                   HsHeap  *heap,
                   uint32_t object)
{
  const HsDominators *tree = hs_heap_get_dominators (heap);
  gboolean            is_least;
  guint64             bytes = hs_dominators_get_retained (tree, object, &is_least);
  g_autofree char    *retained = hs_format_bytes_exact (bytes);

  if (bytes == hs_heap_get_least (heap, object))
    return;

  if (is_least)
    /* translators: bytes that would go if an object went */
    add_line (text, _("Retained: at least %s"), retained);
  else
    /* translators: bytes that would go if an object went */
    add_line (text, _("Retained: %s"), retained);
}

static void
describe_memory (GString *text,
                 HsHeap  *heap,
                 uint32_t object)
{
  guint32          flags = heap->view.object_flags[object];
  g_autofree char *bytes = hs_format_bytes_exact (hs_heap_get_least (heap, object));
  guint64          deep;
  guint64          n_objects;

  if ((flags & HS_OBJECT_STATIC) != 0 && hs_heap_get_least (heap, object) == 0)
    {
      add_line (text, "%s", _("Occupied: static, inside the interpreter, no heap bytes"));
      describe_sizes (text, heap, object);
      return;
    }

  if (hs_heap_get_occupied (heap, object) == HS_BYTES_UNKNOWN)
    add_line (text, _("Occupied: at least %s"), bytes);
  else
    add_line (text, _("Occupied: %s"), bytes);
  describe_blocks (text, heap, object);
  if (flags & HS_OBJECT_BLOCKS_INCOMPLETE)
    add_line (text, "%s", _("The type may own memory that is not measured"));
  describe_sizes (text, heap, object);
  describe_retained (text, heap, object);

  if (_hs_heap_get_role (heap, object) == HS_ROLE_DATA &&
      _hs_heap_get_deep_within (heap, object, MAX_DEEP_STEPS, &deep, &n_objects) && n_objects > 1)
    {
      g_autofree char *deep_bytes = hs_format_bytes_exact (deep);

      /* translators: bytes of an object and of everything that it leads to */
      add_line (text, _("With everything it leads to: %s"), deep_bytes);
    }
}

static void
describe_counts (GString *text,
                 HsHeap  *heap,
                 uint32_t object)
{
  guint32          flags = heap->view.object_flags[object];
  guint32          refcount = hs_snapshot_view_get_refcount (&heap->view, object);
  g_autofree char *count = hs_format_count (refcount);

  if (flags & HS_OBJECT_IMMORTAL)
    add_line (text, "%s", _("Reference count: immortal (not counted)"));
  else if (flags & HS_OBJECT_STATIC)
    /* A small int of CPython 3.11 starts at 999999999. */
    add_line (text, "%s", _("Reference count: without meaning (static)"));
  else if (refcount == HS_REFCOUNT_MAX)
    /* translators: %s is a number */
    add_line (text, _("Reference count: at least %s"), count);
  else
    add_line (text, _("Reference count: %s"), count);

  if (flags & HS_OBJECT_INTERNED_STATIC)
    add_line (text, "%s", _("Interned: yes, static"));
  else if (flags & HS_OBJECT_INTERNED_IMMORTAL)
    add_line (text, "%s", _("Interned: yes, kept for ever"));
  else if (flags & HS_OBJECT_INTERNED_MORTAL)
    add_line (text, "%s", _("Interned: yes, until nothing refers to it"));
  else if (_hs_heap_type_is (heap, hs_snapshot_view_get_type (&heap->view, object), "str"))
    add_line (text, "%s", _("Interned: no"));

  if (flags & HS_OBJECT_GC_TRACKED)
    add_line (text, "%s", _("Garbage collector: tracked"));
  else
    add_line (text, "%s", _("Garbage collector: not tracked"));
}

static void
describe_referrers (GString *text,
                    HsHeap  *heap,
                    uint32_t object)
{
  guint64          n = hs_heap_get_n_referrers (heap, object);
  g_autofree char *count = hs_format_count (n);
  guint            n_names;
  guint            n_edges;
  const guint32   *names = _hs_heap_get_names_of (heap, object, &n_names);
  const guint32   *edges = _hs_heap_get_referrers (heap, object, &n_edges);
  GString         *line = g_string_new (NULL);
  guint            n_said = 0;

  for (guint i = 0; i < n_names && n_said < MAX_REFERRERS; i++, n_said++)
    {
      g_autofree char *path = _hs_graph_dup_name_path (heap, names[i]);

      g_string_append_printf (line, "%s%s", n_said > 0 ? C_ ("list", ", ") : "", path);
    }

  for (guint i = 0; i < n_edges && n_said < MAX_REFERRERS; i++, n_said++)
    {
      g_autofree char *path = _hs_graph_dup_edge_path (heap, edges[i]);

      g_string_append_printf (line, "%s%s", n_said > 0 ? C_ ("list", ", ") : "", path);
    }

  if (n > n_said)
    {
      g_autofree char *more = hs_format_count (n - n_said);

      g_string_append_c (line, ' ');
      /* translators: end of a list; %s is how many are not listed */
      g_string_append_printf (line,
                              g_dngettext (GETTEXT_PACKAGE,
                                           "and %s more",
                                           "and %s more",
                                           (gulong)(n - n_said)),
                              more);
    }

  if (n == 0)
    add_line (text, "%s", _("References to it: none that were found"));
  else
    /* translators: a number, then a list of names and paths: "node, nodes[3]" */
    add_line (text, _("References to it: %s (%s)"), count, line->str);

  g_string_free (line, TRUE);
}

/* What of the references of the box is no row. */
static void
describe_hidden (GString          *text,
                 HsGraph          *self,
                 guint             index,
                 const HsGraphBox *box)
{
  const HsGraphDetail *detail = _hs_graph_get_detail (self, index);
  guint64              n_hidden = 0;

  for (guint r = box->first_row; r < box->first_row + box->n_rows; r++)
    n_hidden += hs_graph_get_row (self, r)->n_hidden;
  n_hidden -= detail->n_internal;

  if (detail->n_folded > 0)
    {
      g_autofree char *count = hs_format_count (detail->n_folded);

      add_line (text,
                g_dngettext (GETTEXT_PACKAGE,
                             "Folded: %s reference is not shown",
                             "Folded: %s references are not shown",
                             (gulong)detail->n_folded),
                count);
    }
  if (n_hidden > 0)
    {
      g_autofree char *count = hs_format_count (n_hidden);

      add_line (text,
                g_dngettext (GETTEXT_PACKAGE,
                             "Not shown: %s reference in the middle",
                             "Not shown: %s references in the middle",
                             (gulong)n_hidden),
                count);
    }
  if (detail->n_internal > 0)
    {
      g_autofree char *count = hs_format_count (detail->n_internal);

      add_line (text,
                g_dngettext (GETTEXT_PACKAGE,
                             "Not shown: %s reference that only Python itself uses",
                             "Not shown: %s references that only Python itself uses",
                             (gulong)detail->n_internal),
                count);
    }
  if (detail->n_keys_hidden > 0)
    {
      g_autofree char *count = hs_format_count (detail->n_keys_hidden);

      add_line (text,
                g_dngettext (GETTEXT_PACKAGE,
                             "Not drawn: %s key object, written as the label of its row",
                             "Not drawn: %s key objects, written as the labels of their rows",
                             (gulong)detail->n_keys_hidden),
                count);
    }
  if (detail->n_classes_hidden > 0)
    add_line (text, "%s", _("Not drawn: the reference to its class, named in the title"));
  if (detail->n_values > 0)
    {
      g_autofree char *count = hs_format_count (detail->n_values);
      g_autofree char *bytes = hs_format_bytes_exact (detail->value_bytes);

      /* translators: a number of rows, and the size of the objects whose value stands there */
      add_line (text,
                g_dngettext (GETTEXT_PACKAGE,
                             "Shown as text: the object of %s row, %s",
                             "Shown as text: the objects of %s rows, %s",
                             (gulong)detail->n_values),
                count, bytes);
    }
  if (detail->n_out_of_focus > 0)
    {
      g_autofree char *count = hs_format_count (detail->n_out_of_focus);

      add_line (text,
                g_dngettext (GETTEXT_PACKAGE,
                             "Out of focus: %s other name",
                             "Out of focus: %s other names",
                             (gulong)detail->n_out_of_focus),
                count);
    }
  if (box->is_incomplete)
    add_line (text, "%s",
              _("Some references lead to objects that were left out: the picture is full"));
}

/* What has become of it since the earlier moment. */
static void
describe_difference (GString          *text,
                     HsGraph          *self,
                     const HsGraphBox *box)
{
  guint32          former;
  g_autofree char *before = NULL;

  if (self->diff == NULL)
    return;

  former = hs_diff_get_former (self->diff, box->object);
  if (former == HS_NO_OBJECT)
    {
      add_line (text, "%s", _("Compared with the earlier moment: new"));
      return;
    }
  before = hs_format_bytes_exact (hs_heap_get_least (hs_diff_get_before (self->diff), former));
  switch (hs_diff_get_state (self->diff, box->object))
    {
    case HS_DIFF_GREW:
      /* translators: %s is a size */
      add_line (text, _("Compared with the earlier moment: grew, it occupied %s"), before);
      break;
    case HS_DIFF_SHRANK:
      /* translators: %s is a size */
      add_line (text, _("Compared with the earlier moment: shrank, it occupied %s"), before);
      break;
    case HS_DIFF_CHANGED:
      add_line (text, "%s", _("Compared with the earlier moment: refers to other objects, or its "
                              "value differs"));
      break;
    case HS_DIFF_STAYED:
    case HS_DIFF_APPEARED:
    case HS_DIFF_GONE:
    case HS_DIFF_N_STATES:
    default:
      add_line (text, "%s", _("Compared with the earlier moment: as it was"));
    }
}

static void
describe_object (GString          *text,
                 HsGraph          *self,
                 guint             index,
                 const HsGraphBox *box)
{
  HsHeap          *heap = self->heap;
  uint32_t         object = box->object;
  uint32_t         type = hs_snapshot_view_get_type (&heap->view, object);
  guint32          flags = heap->view.object_flags[object];
  g_autofree char *name = dup_text (heap, heap->view.type_name[type]);
  g_autofree char *module = dup_text (heap, heap->view.type_module[type]);
  g_autofree char *value = dup_value (heap, object);
  g_autofree char *length = _hs_graph_dup_length (heap, object);
  g_autofree char *n_out = hs_format_count (heap->view.object_edges[object + 1] -
                                            heap->view.object_edges[object]);

  if (*module != '\0')
    /* translators: name of a class, and the module where it was made */
    add_line (text, _("Type: %s, from module %s"), name, module);
  else
    add_line (text, _("Type: %s"), name);

  if (*value != '\0')
    {
      /* translators: the value of an object as Python writes it */
      add_line (text, _("Value: %s"), value);
      if (flags & HS_OBJECT_PREVIEW_CUT)
        add_line (text, "%s", _("The value is longer than what is shown"));
    }
  if (length != NULL)
    /* translators: %s is "3 items" or "5 characters" */
    add_line (text, _("Length: %s"), length);
  if (box->n_spare > 0)
    /* translators: of a container; %s is "room for 3 more items" */
    add_line (text, _("Capacity: %s"), box->note);
  else if (box->note != NULL)
    /* translators: of a generator; %s is "suspended" */
    add_line (text, _("State: %s"), box->note);

  describe_difference (text, self, box);
  describe_memory (text, heap, object);
  describe_counts (text, heap, object);
  describe_referrers (text, heap, object);

  if ((flags & HS_OBJECT_BOUNDARY) == 0)
    add_line (text, _("References from it: %s"), n_out);
  else
    add_line (text, "%s",
              _("References from it: not followed, it belongs to the interpreter or a library"));
  if (flags & HS_OBJECT_EDGES_INCOMPLETE)
    add_line (text, "%s", _("The type may hold references that are not known"));

  describe_hidden (text, self, index, box);
}

static void
describe_group (GString          *text,
                HsGraph          *self,
                guint             index,
                const HsGraphBox *box)
{
  HsHeap              *heap = self->heap;
  const HsGraphDetail *detail = _hs_graph_get_detail (self, index);
  uint32_t             type = hs_snapshot_view_get_type (&heap->view, box->object);
  g_autofree char     *name = hs_heap_dup_type_name (heap, type);
  g_autofree char     *count = hs_format_count (box->n_members);
  g_autofree char     *bytes = hs_format_bytes_exact (box->bytes);
  g_autofree char     *first = dup_value (heap, box->object);
  g_autofree char     *last = dup_value (heap, detail->last_object);
  g_autofree char     *note = _hs_graph_dup_inside_note (box, TRUE);
  guint                n_edges;
  const guint32       *edges = _hs_heap_get_referrers (heap, box->object, &n_edges);

  /* translators: %s is a number */
  add_line (text, _("Group: %s objects"), count);
  add_line (text, _("Type: %s"), name);
  if (*first != '\0')
    /* translators: the values of the first and the last object of a group */
    add_line (text, _("Values: %s … %s"), first, last);

  if (heap->view.object_flags[box->object] & HS_OBJECT_STATIC)
    add_line (text, "%s", _("Occupied: static, inside the interpreter, no heap bytes"));
  else if (box->preview != NULL)
    /* translators: sizes: "32 000 B", "32 B each" */
    add_line (text, _("Occupied: %s, %s"), bytes, box->preview);
  else
    add_line (text, _("Occupied: %s"), bytes);

  if (n_edges > 0)
    {
      uint32_t         source = _hs_heap_get_edge_source (heap, edges[0]);
      g_autofree char *path = _hs_graph_dup_object_path (heap, source);

      /* translators: %s is a name or a path: "node", "nodes[3]" */
      add_line (text, _("References to it: one to each, from %s"), path);
    }
  if (box->is_boundary)
    add_line (text, "%s",
              _("References from it: not followed, it belongs to the interpreter or a library"));
  else if (box->is_mixed)
    add_line (text, "%s", _("References from it: not the same from all members, not shown"));
  else if (box->n_rows == 0)
    add_line (text, "%s", _("References from it: none"));
  else
    add_line (text, "%s", _("References from it: each row stands for one of each member"));
  if (note != NULL)
    /* translators: of a group; %s is "with 20 objects inside, 640 B" */
    add_line (text, _("To which only members refer: %s"), note);
  if (box->n_new > 0)
    {
      g_autofree char *new = hs_format_count (box->n_new);

      /* translators: of the objects of a group; %s is a number */
      add_line (text, _("Compared with the earlier moment: %s of them new"), new);
    }
  if (box->n_opened > 0)
    {
      g_autofree char *opened = hs_format_count (box->n_opened);

      add_line (text,
                g_dngettext (GETTEXT_PACKAGE,
                             "Shown one by one: %s more",
                             "Shown one by one: %s more",
                             (gulong)box->n_opened),
                opened);
    }
}

static void
describe_scope (GString          *text,
                HsGraph          *self,
                guint             index,
                const HsGraphBox *box)
{
  const HsSnapshotView *view = &self->heap->view;
  g_autofree char      *name = dup_text (self->heap, view->scope_name[box->scope]);
  g_autofree char      *file = _hs_heap_dup_short_string (self->heap, view->scope_file[box->scope],
                                                          HS_GRAPH_PATH_CHARS);
  g_autofree char      *count = NULL;
  guint64               n_names = 0;

  for (guint r = box->first_row; r < box->first_row + box->n_rows; r++)
    n_names += hs_graph_get_row (self, r)->n_references;
  count = hs_format_count (n_names + _hs_graph_get_detail (self, index)->n_folded);

  if (view->scope_kind[box->scope] == HS_SCOPE_FRAME)
    add_line (text, _("Function that is running: %s"), name);
  else
    add_line (text, _("Module: %s"), name);
  if (*file != '\0')
    add_line (text, _("File: %s"), file);
  if (view->scope_line[box->scope] != 0)
    add_line (text, _("Line: %u"), view->scope_line[box->scope]);
  add_line (text, _("Names: %s"), count);

  describe_hidden (text, self, index, box);
}

static void
describe_ghost (GString          *text,
                const HsGraphBox *box)
{
  g_autofree char *bytes = hs_format_bytes_exact (box->least_bytes);
  g_autofree char *note = _hs_graph_dup_inside_note (box, TRUE);

  g_string_append (text, box->title);
  if (box->preview != NULL)
    g_string_append_printf (text, " %s", box->preview);
  g_string_append_c (text, '\n');
  add_line (text, "%s", _("Was there at the earlier moment, and has gone since"));
  if (box->bytes == HS_BYTES_UNKNOWN)
    add_line (text, _("Occupied: at least %s"), bytes);
  else
    add_line (text, _("Occupied: %s"), bytes);
  if (note != NULL)
    /* translators: of objects that have gone; %s is "with 20 objects inside, 640 B" */
    add_line (text, _("What only they led to, and has gone: %s"), note);
}

char *
hs_graph_describe_box (HsGraph *self,
                       guint    box)
{
  const HsGraphBox *b;
  GString          *text;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (box < self->boxes->len, NULL);

  b = hs_graph_get_box (self, box);
  text = g_string_new (NULL);

  switch (b->kind)
    {
    case HS_BOX_OBJECT:
      describe_object (text, self, box, b);
      break;
    case HS_BOX_GROUP:
      describe_group (text, self, box, b);
      break;
    case HS_BOX_GHOST:
      describe_ghost (text, b);
      break;
    case HS_BOX_SCOPE:
      describe_scope (text, self, box, b);
      break;
    }

  return g_string_free (text, FALSE);
}
