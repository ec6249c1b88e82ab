/* hs-anatomy-text.c - the bytes of objects as text
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-anatomy-private.h"

#include <glib/gi18n-lib.h>

#include "hs-format.h"

/* "56 B requested, 64 B occupied" of a block. */
static char *
dup_block_bytes (const HsAnatomyBlock *block)
{
  g_autofree char *requested = hs_format_bytes (block->requested);
  g_autofree char *occupied = hs_format_bytes (block->occupied);

  if (block->is_static || block->is_external || block->requested == HS_BYTES_UNKNOWN ||
      block->requested == block->occupied)
    return g_steal_pointer (&occupied);
  if (block->is_chunk)
    /* translators: bytes of a block: %1$s as the C library's malloc() rounds %2$s up */
    return g_strdup_printf (_("%1$s: malloc’s chunk for %2$s"), occupied, requested);

  /* translators: bytes of a block: %1$s is the size class that Python's allocator has for %2$s */
  return g_strdup_printf (_("%1$s: the size class for %2$s"), occupied, requested);
}

char *
hs_anatomy_name_block (HsAnatomy *self,
                       guint      i)
{
  const HsAnatomyBlock *block = _hs_anatomy_block (self, i);
  g_autofree char      *object = hs_anatomy_dup_object_name (self, block->object);
  g_autofree char      *bytes = dup_block_bytes (block);

  /* translators: %1$s is a kind of block ("key table"), %2$s the object, %3$s its bytes */
  return g_strdup_printf (_("%1$s of %2$s, %3$s"), block->title, object, bytes);
}

static void
append_line (GString    *text,
             const char *line)
{
  if (line == NULL || *line == '\0')
    return;
  if (text->len > 0)
    g_string_append_c (text, '\n');
  g_string_append (text, line);
}

char *
hs_anatomy_describe_block (HsAnatomy *self,
                           guint      i)
{
  const HsAnatomyBlock  *block = _hs_anatomy_block (self, i);
  const HsAnatomyColumn *column = _hs_anatomy_column (self, block->column);
  GString               *text = g_string_new (NULL);
  g_autofree char       *name = hs_anatomy_name_block (self, i);

  append_line (text, name);
  append_line (text, block->note);
  if (block->kind == HS_BLOCK_MAIN && block->object == column->object)
    {
      append_line (text, column->note);
      append_line (text, column->summary);
      append_line (text, column->reason);
      append_line (text, column->cost);
      append_line (text, column->contents_line);
      append_line (text, column->against);
    }

  return g_string_free (text, FALSE);
}

/* Where a pointer leads, in words; NULL if it is none. */
static char *
dup_aim (HsAnatomy            *self,
         const HsAnatomyField *field,
         const HsAnatomyBlock *own)
{
  switch (field->aim)
    {
    case HS_AIM_BLOCK:
      {
        const HsAnatomyBlock  *block = _hs_anatomy_block (self, field->block);
        const HsAnatomyColumn *column;
        const char            *title;

        if (block == own)
          /* translators: where a pointer leads: into the block that it stands in */
          return g_strdup (_("→ this block"));
        if (block->column == own->column)
          return g_strdup_printf ("→ %s", block->title);
        column = _hs_anatomy_column (self, block->column);
        title = block->title;
        if (block->kind == HS_BLOCK_MAIN && block->object == column->object)
          title = column->name != NULL ? column->name : column->type_name;

        /* translators: where a pointer leads: %1$s is a block, %2$u the number of its column */
        return g_strdup_printf (_("→ %1$s in column %2$u"), title, block->column + 1);
      }

    case HS_AIM_OUTSIDE:
      if (field->value != NULL)
        return g_strdup_printf ("→ %s", field->value);
      /* translators: where a pointer leads: to something that is not in the snapshot */
      return g_strdup (_("→ elsewhere"));

    case HS_AIM_OBJECT:
      return g_strdup_printf ("→ %s", field->value);

    case HS_AIM_NULL:
    case HS_AIM_NONE:
      break;
    }

  return g_strdup (field->value);
}

char *
hs_anatomy_name_field (HsAnatomy *self,
                       guint      i)
{
  const HsAnatomyField *field = _hs_anatomy_field (self, i);
  const HsAnatomyBlock *block = NULL;
  g_autofree char      *aim = NULL;

  for (guint b = 0; b < self->blocks->len && block == NULL; b++)
    {
      const HsAnatomyBlock *candidate = _hs_anatomy_block (self, b);

      if (i >= candidate->first_field && i - candidate->first_field < candidate->n_fields)
        block = candidate;
    }
  aim = dup_aim (self, field, block);

  return aim != NULL ? g_strdup_printf ("%s %s", field->name, aim) : g_strdup (field->name);
}

char *
hs_anatomy_describe_field (HsAnatomy *self,
                           guint      i)
{
  const HsAnatomyField *field = _hs_anatomy_field (self, i);
  GString              *text = g_string_new (NULL);
  g_autofree char      *name = hs_anatomy_name_field (self, i);
  g_autofree char      *size = hs_format_bytes_exact (field->size);
  g_autofree char      *offset = g_strdup_printf ("%" G_GINT64_FORMAT, field->offset);
  g_autofree char      *place = NULL;

  append_line (text, name);
  /* translators: where a field stands: %1$s is its offset in bytes, %2$s how many bytes it has */
  place = g_strdup_printf (_("at %1$s, %2$s"), offset, size);
  append_line (text, place);
  append_line (text, hs_cell_get_title (field->cell));
  /* What changes from run to run is told here only. */
  if (field->row != G_MAXUINT32 && field->n == 1 && field->aim != HS_AIM_NULL)
    {
      const HsSnapshotView *view = hs_heap_get_view (self->heap);
      g_autofree char      *value = NULL;

      if (field->aim != HS_AIM_NONE)
        value = g_strdup_printf ("0x%" G_GINT64_MODIFIER "x", view->field_value[field->row]);
      else if (field->value == NULL && field->cell == HS_CELL_COUNT)
        value = hs_heap_dup_field_value (self->heap, field->row);
      append_line (text, value);
    }
  if (field->object != HS_NO_OBJECT)
    {
      guint64          occupied = hs_heap_get_occupied (self->heap, field->object);
      g_autofree char *bytes = hs_format_bytes (occupied);

      if (hs_heap_get_view (self->heap)->object_flags[field->object] & HS_OBJECT_STATIC)
        append_line (text, _("static: inside the interpreter, no heap bytes"));
      else
        append_line (text, bytes);
    }
  if (field->can_open)
    append_line (text, _("Enter opens what is folded here"));

  return g_string_free (text, FALSE);
}

/* ---- The text twin ---- */

static void
append_field (HsAnatomy            *self,
              const HsAnatomyBlock *block,
              const HsAnatomyField *field,
              GString              *text)
{
  g_autofree char *aim = dup_aim (self, field, block);
  g_autofree char *size = hs_format_count (field->size);
  glong            width = g_utf8_strlen (field->name, -1);

  g_string_append_printf (text, "    %6" G_GINT64_FORMAT "  %6s  %s", field->offset, size,
                          field->name);
  if (aim != NULL && *aim != '\0')
    g_string_append_printf (text, "%*s%s", (int)MAX (2, 26 - width), "", aim);
  g_string_append_c (text, '\n');
}

static void
append_block (HsAnatomy            *self,
              const HsAnatomyBlock *block,
              GString              *text)
{
  g_autofree char *bytes = dup_block_bytes (block);

  g_string_append_printf (text, "  %s: %s\n", block->title, bytes);
  if (block->note != NULL)
    {
      g_string_append (text, "    ");
      g_string_append_printf (text, C_ ("aside", "(%s)"), block->note);
      g_string_append_c (text, '\n');
    }
  if (!_hs_anatomy_is_described (self->heap, block->object))
    /* translators: the snapshot says nothing about the bytes of an object but how many there are */
    g_string_append_printf (text, "    %s\n", _("its fields are not in the snapshot"));
  for (guint i = 0; i < block->n_fields; i++)
    append_field (self, block, _hs_anatomy_field (self, block->first_field + i), text);
}

static void
append_indented (GString    *text,
                 const char *line)
{
  if (line != NULL)
    g_string_append_printf (text, "  %s\n", line);
}

static void
append_column (HsAnatomy *self,
               guint      i,
               GString   *text)
{
  const HsAnatomyColumn *column = _hs_anatomy_column (self, i);

  g_string_append_printf (text, "%u. %s", i + 1, column->type_name);
  if (column->name != NULL)
    g_string_append_printf (text, ": %s", column->name);
  if (*column->preview != '\0')
    g_string_append_printf (text, " = %s", column->preview);
  g_string_append_c (text, '\n');
  append_indented (text, column->note);
  append_indented (text, column->summary);
  append_indented (text, column->reason);
  append_indented (text, column->cost);
  append_indented (text, column->contents_line);
  append_indented (text, column->against);
  for (guint b = 0; b < column->n_blocks; b++)
    append_block (self, _hs_anatomy_block (self, column->first_block + b), text);
  for (guint b = 0; b < self->blocks->len; b++)
    {
      const HsAnatomyBlock *block = _hs_anatomy_block (self, b);

      if (block->kind != HS_BLOCK_SHARED_KEYS || block->column == i || column->shared == 0 ||
          (block->object != column->object &&
           block->object != _hs_anatomy_find_class (self->heap, column->object)))
        continue;
      g_string_append (text, "  ");
      /* translators: %1$s is a block ("key table of the class"), %2$u the number of a column */
      g_string_append_printf (text, _("%1$s: in column %2$u"), block->title, block->column + 1);
      g_string_append_c (text, '\n');
    }
  if (column->n_left_out > 0)
    {
      g_autofree char *n = hs_format_count (column->n_left_out);
      g_autofree char *bytes = hs_format_bytes (column->left_out_bytes);

      g_string_append (text, "  ");
      /* translators: %1$s is a number of blocks, %2$s their bytes */
      g_string_append_printf (text,
                              g_dngettext (GETTEXT_PACKAGE, "… %1$s more block, %2$s",
                                           "… %1$s more blocks, %2$s", column->n_left_out),
                              n, bytes);
      g_string_append_c (text, '\n');
    }
}

char *
hs_anatomy_dup_left_out (HsAnatomy *self)
{
  g_autofree char *count = hs_format_count (self->n_left_out);

  if (self->n_left_out == 0)
    return NULL;

  /* translators: %s is a number of objects that have no column */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s more is not shown.",
                                       "%s more are not shown.", self->n_left_out),
                          count);
}

char *
hs_anatomy_to_text (HsAnatomy *self)
{
  GString         *text = g_string_new (NULL);
  g_autofree char *left_out = hs_anatomy_dup_left_out (self);

  for (guint i = 0; i < self->columns->len; i++)
    {
      if (i > 0)
        g_string_append_c (text, '\n');
      append_column (self, i, text);
    }
  if (left_out != NULL)
    g_string_append_printf (text, "\n%s\n", left_out);

  return g_string_free (text, FALSE);
}
