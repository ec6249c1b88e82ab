/* hs-anatomy-fields.c - the fields of a block, and what is folded of them
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-anatomy-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hs-format.h"
#include "hs-heap-private.h"

#define WORD HS_ANATOMY_ITEM_WORD

/* Arrays of more bytes than this are folded, so that so many words of their
 * beginning are seen, and the last part.
 */
#define RUN_BYTES_MAX  (16 * WORD)
#define RUN_BYTES_HEAD (8 * WORD)

/* One field of more bytes is cut: so much of it is drawn at its beginning. */
#define CUT_BYTES_MAX  (6 * WORD)
#define CUT_BYTES_HEAD (2 * WORD)
#define CUT_TEXT_HEAD  (4 * WORD)

/* Blocks with more rows than this are folded in the middle. */
#define ROWS_MAX  40
#define ROWS_HEAD 14
#define ROWS_TAIL 8

#define VALUE_CHARS 60

/* Where nothing else is known, no more than this is believed of a block. */
#define BYTES_MAX (G_GUINT64_CONSTANT (1) << 40)

/* ---- What a field is ---- */

static gboolean
has_prefix_of (const char        *name,
               const char *const *prefixes)
{
  for (; *prefixes != NULL; prefixes++)
    if (g_str_has_prefix (name, *prefixes))
      return TRUE;

  return FALSE;
}

/* Fields that hold the value of the object rather than tell about it. */
static gboolean
is_data (const char *name)
{
  static const char *const prefixes[] = { "ob_digit", "ob_item", "ob_fval", "cval", "ob_sval",
                                          "data", "NUL", "ob_start", "utf8[", "wstr[",
                                          "items", "bytes", "words", "word ", NULL };

  return has_prefix_of (name, prefixes);
}

static gboolean
is_header (const char *name)
{
  static const char *const prefixes[] = { "_gc_", "mchunk_", "ob_refcnt", "ob_type", NULL };

  return has_prefix_of (name, prefixes);
}

/* Numbers that are others in each run, although nothing is different; and what
 * only asynchronous generators set (Objects/genobject.c, init_async_gen_hooks()).
 */
static gboolean
is_volatile (const char *name)
{
  static const char *const never_set[] = { "gi_hooks_inited", "gi_closed", "gi_running_async",
                                           NULL };

  return has_prefix_of (name, never_set) || g_str_has_suffix (name, "hash") ||
         g_str_has_suffix (name, "version_tag") || g_str_has_suffix (name, "version") ||
         strcmp (name, "finger") == 0;
}

static HsCell
classify (HsFieldKind kind,
          const char *name)
{
  switch (kind)
    {
    case HS_FIELD_PADDING:
      return HS_CELL_PADDING;
    case HS_FIELD_UNUSED:
      return HS_CELL_UNUSED;
    case HS_FIELD_POINTER:
    case HS_FIELD_OBJECT:
      return is_header (name) ? HS_CELL_HEADER : HS_CELL_POINTER;
    case HS_FIELD_DOUBLE:
      return HS_CELL_DATA;
    case HS_FIELD_TEXT:
      return strcmp (name, "state") == 0 ? HS_CELL_COUNT : HS_CELL_DATA;
    case HS_FIELD_UNSIGNED:
    case HS_FIELD_SIGNED:
    case HS_FIELD_BITS:
    case HS_FIELD_ITEMS:
      return is_header (name) ? HS_CELL_HEADER : is_data (name) ? HS_CELL_DATA
                                                                : HS_CELL_COUNT;
    case HS_N_FIELD_KINDS:
      break;
    }

  return HS_CELL_UNKNOWN;
}

const char *
hs_cell_get_title (HsCell cell)
{
  /* clang-format off */
  static const char *const titles[HS_N_CELLS] = {
    [HS_CELL_HEADER] = N_("header that every object has"),
    [HS_CELL_POINTER] = N_("pointer"),
    [HS_CELL_COUNT] = N_("length, flags"),
    [HS_CELL_DATA] = N_("data"),
    [HS_CELL_UNUSED] = N_("asked for, not used"),
    [HS_CELL_PADDING] = N_("padding of the allocator"),
    [HS_CELL_UNKNOWN] = N_("Not described"),
  };
  /* clang-format on */

  return _(titles[cell]);
}

/* ---- One after the other ---- */

typedef struct
{
  HsAnatomy            *anatomy;
  const HsSnapshotView *view;
  HsAnatomyBlock       *block;
  guint                 number;
  GArray               *plain; /* HsAnatomyField, before folding */
  gint64                start; /* offset of the first byte */
  guint64               at;    /* bytes from there that are described */
  guint64               total; /* bytes of the block; G_MAXUINT64: not known */
} Reading;

static void
clear_field (HsAnatomyField *field)
{
  g_free (field->name);
  g_free (field->value);
}

static guint64
make_key (Reading *reading,
          guint64  index)
{
  const guint64 mask = (G_GUINT64_CONSTANT (1) << HS_ANATOMY_KEY_BITS) - 1;

  return (guint64)reading->block->object << 32 |
         (guint64)(reading->number & 0xfff) << HS_ANATOMY_KEY_BITS | ((index + 1) & mask);
}

static HsAnatomyField *
add_plain (Reading    *reading,
           guint64     size,
           HsCell      cell,
           const char *name)
{
  HsAnatomyField field = {
    .offset = reading->start + (gint64)reading->at,
    .size = size,
    .before = size,
    .name = g_strdup (name),
    .n = 1,
    .cell = cell,
    .object = HS_NO_OBJECT,
    .row = G_MAXUINT32,
    .key = make_key (reading, reading->plain->len),
  };

  reading->at += size;
  g_array_append_val (reading->plain, field);

  return &g_array_index (reading->plain, HsAnatomyField, reading->plain->len - 1);
}

static void
add_unknown (Reading *reading,
             guint64  size)
{
  if (size > 0)
    add_plain (reading, size, HS_CELL_UNKNOWN, _("not described"));
}

/* The value of what is no pointer. */
static char *
dup_value (Reading    *reading,
           guint32     row,
           const char *name)
{
  const HsSnapshotView *view = reading->view;
  HsHeap               *heap = reading->anatomy->heap;
  guint64               value = view->field_value[row];
  guint32               flags = view->object_flags[reading->block->object];

  switch ((HsFieldKind)view->field_kind[row])
    {
    case HS_FIELD_TEXT:
      return _hs_heap_dup_short_string (heap, (guint32)value, VALUE_CHARS);

    case HS_FIELD_ITEMS:
      {
        g_autofree char *count = hs_format_count (value);

        return g_strconcat ("× ", count, NULL);
      }

    case HS_FIELD_UNSIGNED:
    case HS_FIELD_SIGNED:
    case HS_FIELD_BITS:
    case HS_FIELD_DOUBLE:
      if (strcmp (name, "ob_refcnt") == 0 && (flags & HS_OBJECT_IMMORTAL))
        /* translators: in place of the number of references of an object that is never freed */
        return g_strdup (_("immortal"));
      if (strcmp (name, "ob_refcnt") == 0 && (flags & HS_OBJECT_STATIC))
        return g_strdup (_("static"));
      if (g_str_has_prefix (name, "gi_") && is_volatile (name))
        return NULL;
      if (is_volatile (name) && value == G_MAXUINT64)
        return g_strdup ("-1");
      if (is_volatile (name) && value != 0)
        return NULL;
      return hs_heap_dup_field_value (heap, row);

    case HS_FIELD_PADDING:
    case HS_FIELD_UNUSED:
    case HS_FIELD_POINTER:
    case HS_FIELD_OBJECT:
    case HS_N_FIELD_KINDS:
      break;
    }

  return NULL;
}

static void
add_row (Reading *reading,
         guint32  row,
         guint64  size)
{
  HsFieldKind      kind = (HsFieldKind)reading->view->field_kind[row];
  g_autofree char *name = NULL;
  HsAnatomyField  *field;

  if (kind == HS_FIELD_PADDING)
    name = g_strdup (_("padding"));
  else if (kind == HS_FIELD_UNUSED)
    name = g_strdup (_("unused"));
  else
    name = hs_heap_dup_field_name (reading->anatomy->heap, row);
  field = add_plain (reading, size, classify (kind, name), name);
  field->row = row;
  field->value = dup_value (reading, row, name);
  if (kind == HS_FIELD_ITEMS)
    field->n = MAX (1, reading->view->field_value[row]);
}

/* Fields stand in the order of their offsets, without holes and overlaps; what
 * does not is not believed.
 */
static void
read_rows (Reading *reading)
{
  const HsSnapshotView *view = reading->view;
  guint32               object = reading->block->object;
  gboolean              is_first = TRUE;

  for (guint32 row = view->object_fields[object]; row < view->object_fields[object + 1]; row++)
    {
      gint64  offset = view->field_offset[row];
      guint64 size = view->field_size[row];
      gint64  reached;

      if (view->field_block[row] != reading->number)
        continue;
      if (is_first)
        reading->start = offset;
      is_first = FALSE;
      reached = reading->start + (gint64)reading->at;
      if (offset < reached || size == 0 || reading->at >= reading->total)
        continue;
      if ((guint64)(offset - reached) >= reading->total - reading->at)
        break;

      add_unknown (reading, (guint64)(offset - reached));
      size = MIN (size, MIN (reading->total, BYTES_MAX) - MIN (reading->at, BYTES_MAX));
      if (size > 0)
        add_row (reading, row, size);
    }
}

/* ---- Folding ---- */

/* "ob_item[3]" → "ob_item", 3. FALSE if it is no part of an array. */
static gboolean
split_name (const char *name,
            gsize      *base,
            guint64    *index)
{
  const char *bracket = strchr (name, '[');

  if (bracket == NULL || bracket == name || !g_ascii_isdigit (bracket[1]))
    return FALSE;

  *base = (gsize)(bracket - name);
  *index = g_ascii_strtoull (bracket + 1, NULL, 10);

  return TRUE;
}

static gboolean
is_same_array (const HsAnatomyField *first,
               const HsAnatomyField *field)
{
  gsize   base;
  gsize   other;
  guint64 index;

  return split_name (first->name, &base, &index) && split_name (field->name, &other, &index) &&
         base == other && strncmp (first->name, field->name, base) == 0;
}

/* The end of the array that begins at @i. Holes in it may be unused. */
static guint
find_run_end (GArray *plain,
              guint   i)
{
  const HsAnatomyField *fields = (const HsAnatomyField *)(void *)plain->data;
  guint                 end = i + 1;

  while (end < plain->len)
    {
      if (is_same_array (&fields[i], &fields[end]))
        end++;
      else if (end + 1 < plain->len && fields[end].cell == HS_CELL_UNUSED &&
               is_same_array (&fields[i], &fields[end + 1]))
        end += 2;
      else
        break;
    }

  return end;
}

/* Whether another part of the array begins at @i. */
static gboolean
begins_part (GArray *plain,
             guint   i)
{
  const HsAnatomyField *fields = (const HsAnatomyField *)(void *)plain->data;
  gsize                 base;
  guint64               index;
  guint64               before;

  if (i == 0 || !split_name (fields[i].name, &base, &index))
    return FALSE;

  return !split_name (fields[i - 1].name, &base, &before) || before != index;
}

/* How many parts of an array there are from @first to @end. */
static guint64
count_parts (GArray *plain,
             guint   first,
             guint   end)
{
  guint64 n = 0;

  for (guint i = first; i < end; i++)
    if (i == first || begins_part (plain, i))
      n += g_array_index (plain, HsAnatomyField, i).n;

  return n;
}

/* Chooses what of the field is drawn if it begins @at bytes from the start. */
static void
cut_field (HsAnatomyField *field,
           guint64         at,
           guint64         head)
{
  guint64 first = (WORD - at % WORD) % WORD;
  guint64 rest;

  field->before = field->size;
  field->cut = 0;
  field->after = 0;
  if (field->size < first + head + 2 * WORD)
    return;

  field->before = first + head;
  rest = field->size - field->before;
  /* The last word is seen. */
  field->cut = head > 0 ? (rest - WORD) / WORD * WORD : rest / WORD * WORD;
  field->after = rest - field->cut;
}

static void
move_field (HsAnatomy      *self,
            HsAnatomyField *field,
            gint64          start)
{
  guint64 at = (guint64)(field->offset - start);

  if (field->size > CUT_BYTES_MAX)
    cut_field (field, at,
               field->cell == HS_CELL_DATA && field->n == 1 ? CUT_TEXT_HEAD : CUT_BYTES_HEAD);
  g_array_append_val (self->fields, *field);
  field->name = NULL;
  field->value = NULL;
}

/* One field for those from @first to @end of the plain ones. */
static void
add_folded (Reading *reading,
            guint    first,
            guint    end,
            gboolean is_array)
{
  const HsAnatomyField *fields = (const HsAnatomyField *)(void *)reading->plain->data;
  guint64               n = is_array ? count_parts (reading->plain, first, end) : end - first;
  g_autofree char      *count = hs_format_count (n);
  HsAnatomyField        folded = fields[first];
  gsize                 base = 0;
  guint64               index = 0;

  folded.size = (guint64)(fields[end - 1].offset - folded.offset) + fields[end - 1].size;
  folded.n = n;
  folded.row = G_MAXUINT32;
  folded.aim = HS_AIM_NONE;
  folded.can_open = TRUE;
  folded.value = g_strconcat ("× ", count, NULL);
  if (is_array && split_name (fields[first].name, &base, &index))
    folded.name = g_strdup_printf ("%.*s[%" G_GUINT64_FORMAT "…]", (int)base, fields[first].name,
                                   index);
  else
    folded.name = g_strdup (_("more fields"));
  if (!is_array)
    folded.cell = HS_CELL_COUNT;
  cut_field (&folded, (guint64)(folded.offset - reading->start), 0);
  g_array_append_val (reading->anatomy->fields, folded);
}

/* Whether what would be folded under @key is not to be. */
static gboolean
is_opened (Reading *reading,
           guint64  key)
{
  if (reading->anatomy->opened == NULL ||
      !g_hash_table_contains (reading->anatomy->opened, &key))
    return FALSE;

  reading->block->is_opened = TRUE;

  return TRUE;
}

static void
move_fields (Reading *reading,
             guint    first,
             guint    end)
{
  for (guint i = first; i < end; i++)
    move_field (reading->anatomy, &g_array_index (reading->plain, HsAnatomyField, i),
                reading->start);
}

/* The array from @first to @end: its beginning, what is folded, its last part. */
static void
add_run (Reading *reading,
         guint    first,
         guint    end)
{
  const HsAnatomyField *fields = (const HsAnatomyField *)(void *)reading->plain->data;
  guint                 head = first + 1;
  guint                 tail = end;

  while (head < end && (!begins_part (reading->plain, head) ||
                        fields[head].offset - fields[first].offset < RUN_BYTES_HEAD))
    head++;
  /* What the worker has folded has no last part. */
  if (end > head && fields[end - 1].n == 1)
    {
      tail--;
      while (tail > head && !begins_part (reading->plain, tail))
        tail--;
    }

  if (tail <= head + 1 ||
      is_opened (reading, g_array_index (reading->plain, HsAnatomyField, MIN (head, end - 1)).key))
    {
      move_fields (reading, first, end);
      return;
    }
  move_fields (reading, first, head);
  add_folded (reading, head, tail, TRUE);
  move_fields (reading, tail, end);
}

static guint64
get_rows (const HsAnatomyField *field)
{
  return (field->before + field->after + WORD - 1) / WORD + (field->cut > 0);
}

/* Folds the middle of those that are in the anatomy from @first on, if there are
 * too many of them.
 */
static void
fold_middle (Reading *reading,
             guint    first)
{
  HsAnatomy      *self = reading->anatomy;
  HsAnatomyField *fields = (HsAnatomyField *)(void *)self->fields->data;
  guint           n = self->fields->len;
  guint           head = first;
  guint           tail = n;
  guint64         rows = 0;
  HsAnatomyField  folded;

  for (guint i = first; i < n; i++)
    rows += get_rows (&fields[i]);
  if (rows <= ROWS_MAX || reading->block->is_opened)
    return;

  for (rows = 0; head < n && rows < ROWS_HEAD; head++)
    rows += get_rows (&fields[head]);
  for (rows = 0; tail > head && rows < ROWS_TAIL; tail--)
    rows += get_rows (&fields[tail - 1]);
  /* At whole words. */
  while (head < tail && (fields[head].offset - reading->start) % WORD != 0)
    head++;
  while (tail < n && (fields[tail].offset - reading->start) % WORD != 0)
    tail++;
  if (tail <= head + 3 || tail == n || is_opened (reading, fields[head].key))
    return;

  folded = fields[head];
  folded.size = (guint64)(fields[tail].offset - folded.offset);
  folded.n = 0;
  for (guint i = head; i < tail; i++)
    folded.n += fields[i].can_open ? fields[i].n : 1;
  folded.cell = HS_CELL_COUNT;
  folded.row = G_MAXUINT32;
  folded.can_open = TRUE;
  folded.before = 0;
  folded.cut = folded.size;
  folded.after = 0;
  for (guint i = head; i < tail; i++)
    clear_field (&fields[i]);
  {
    g_autofree char *count = hs_format_count (folded.n);

    folded.name = g_strdup (_("more fields"));
    folded.value = g_strconcat ("× ", count, NULL);
  }
  fields[head] = folded;
  memmove (&fields[head + 1], &fields[tail], (n - tail) * sizeof *fields);
  self->fields->len = head + 1 + (n - tail);
}

/* ---- Room ---- */

static gboolean
find_number (Reading    *reading,
             const char *name,
             guint64    *number)
{
  const HsSnapshotView *view = reading->view;

  for (guint i = 0; i < reading->plain->len; i++)
    {
      const HsAnatomyField *field = &g_array_index (reading->plain, HsAnatomyField, i);

      if (field->row != G_MAXUINT32 && strcmp (field->name, name) == 0)
        {
          *number = view->field_value[field->row];
          return TRUE;
        }
    }

  return FALSE;
}

/* Bytes of an item of the block, if its unused end is room for more; else 0. */
static guint64
get_item_size (Reading *reading)
{
  const HsAnatomyField *fields = (const HsAnatomyField *)(void *)reading->plain->data;
  guint64               kind;

  if (reading->block->kind == HS_BLOCK_KEYS)
    /* Tables with hashes have three words in an entry, those of texts two
     * (Include/internal/pycore_dict.h, DICT_KEYS_GENERAL).
     */
    return find_number (reading, "dk_kind", &kind) && kind != 0 ? 2 * WORD : 3 * WORD;
  for (guint i = 0; i < reading->plain->len; i++)
    if (g_str_has_prefix (fields[i].name, "ob_item[") && fields[i].n == 1)
      return fields[i].size;
  if (reading->block->kind == HS_BLOCK_ITEMS &&
      hs_heap_get_family (reading->anatomy->heap, reading->block->object) == HS_FAMILY_CONTAINER &&
      _hs_anatomy_find_value (reading->anatomy->heap, reading->block->object, "allocated", &kind))
    return WORD;

  return 0;
}

static void
name_room (Reading *reading)
{
  HsAnatomyField  *last = NULL;
  guint64          size = get_item_size (reading);
  guint64          n;
  g_autofree char *count = NULL;

  for (guint i = reading->plain->len; i-- > 0 && last == NULL;)
    {
      HsAnatomyField *field = &g_array_index (reading->plain, HsAnatomyField, i);

      if (field->cell == HS_CELL_UNUSED)
        last = field;
      else if (field->cell != HS_CELL_PADDING)
        break;
    }
  if (last == NULL || size == 0 || last->size < size || reading->number == 0)
    return;

  n = last->size / size;
  count = hs_format_count (n);
  g_free (last->value);
  /* translators: at the end of a list or a dict; %s is a number with digit groups */
  last->value = g_strdup_printf (
    g_dngettext (GETTEXT_PACKAGE, "room for %s more", "room for %s more", n), count);
}

/* The worker's last field of an array is of the kind of the others. */
static void
adopt_cells (GArray *plain)
{
  HsAnatomyField *fields = (HsAnatomyField *)(void *)plain->data;

  for (guint i = 1; i < plain->len; i++)
    if (fields[i].n > 1 && is_same_array (&fields[i - 1], &fields[i]))
      fields[i].cell = fields[i - 1].cell == HS_CELL_COUNT ? HS_CELL_POINTER : fields[i - 1].cell;
}

static void
add_runs (Reading *reading)
{
  GArray *runs = reading->anatomy->runs;

  reading->block->first_run = runs->len;
  for (guint i = 0; i < reading->plain->len; i++)
    {
      const HsAnatomyField *field = &g_array_index (reading->plain, HsAnatomyField, i);
      HsAnatomyRun          run = { .cell = field->cell };

      run.end = (guint64)(field->offset - reading->start) + field->size;
      if (runs->len > reading->block->first_run &&
          g_array_index (runs, HsAnatomyRun, runs->len - 1).cell == run.cell)
        g_array_index (runs, HsAnatomyRun, runs->len - 1).end = run.end;
      else
        g_array_append_val (runs, run);
    }
  reading->block->n_runs = runs->len - reading->block->first_run;
}

void
_hs_anatomy_add_fields (HsAnatomy      *self,
                        HsAnatomyBlock *block,
                        guint           number)
{
  Reading reading = {
    .anatomy = self,
    .view = hs_heap_get_view (self->heap),
    .block = block,
    .number = number,
    .total = block->occupied == HS_BYTES_UNKNOWN || block->is_static ? BYTES_MAX
                                                                     : block->occupied,
  };

  g_autoptr(GArray) plain = g_array_new (FALSE, FALSE, sizeof (HsAnatomyField));

  g_array_set_clear_func (plain, (GDestroyNotify)clear_field);
  reading.plain = plain;
  block->first_field = self->fields->len;
  if (_hs_anatomy_is_described (self->heap, block->object))
    read_rows (&reading);
  if (reading.total != BYTES_MAX && reading.at < reading.total)
    add_unknown (&reading, reading.total - reading.at);
  adopt_cells (plain);
  name_room (&reading);
  add_runs (&reading);

  for (guint i = 0; i < plain->len;)
    {
      const HsAnatomyField *fields = (const HsAnatomyField *)(void *)plain->data;
      guint                 end = find_run_end (plain, i);

      if (end > i + 1 && (guint64)(fields[end - 1].offset - fields[i].offset) +
                             fields[end - 1].size >
                           RUN_BYTES_MAX)
        add_run (&reading, i, end);
      else
        move_fields (&reading, i, end);
      i = end;
    }
  fold_middle (&reading, block->first_field);

  block->n_fields = self->fields->len - block->first_field;
  block->n_words = (reading.at + WORD - 1) / WORD;
  block->key = make_key (&reading, G_MAXUINT64);
}
