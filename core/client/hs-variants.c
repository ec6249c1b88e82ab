/* hs-variants.c - the variants of one source file, and the constant that is swept
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-variants.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hs-source-lines-private.h"
#include "hs-sweep-comment-private.h"

typedef struct
{
  guint line;
  char *message;
} Problem;

struct _HsVariants
{
  HsSource *source; /* NULL: made from a text */
  GBytes   *bytes;  /* of the file, or of the text */
  char     *text;   /* NULL: it is no text */
  GArray   *starts; /* gsize: where lines begin; one more than there are lines */
  GArray   *sections;
  GArray   *problems; /* Problem, by line */

  HsVariantSweep *sweep;  /* NULL: none */
  GArray         *places; /* HsConstantPlace: what is replaced */
};

static void
section_clear (gpointer data)
{
  g_free (((HsVariantSection *)data)->name);
}

static void
problem_clear (gpointer data)
{
  g_free (((Problem *)data)->message);
}

static guint
get_n_lines (HsVariants *self)
{
  return self->starts->len - 1;
}

/* ---- Lines ---- */

/* As Python counts them: "\n", "\r\n" and "\r" end one. */
static void
find_lines (HsVariants *self)
{
  gsize size = strlen (self->text);
  gsize start = 0;

  g_array_append_val (self->starts, start);
  for (gsize i = 0; i < size; i++)
    {
      gboolean ends = self->text[i] == '\n' || (self->text[i] == '\r' && self->text[i + 1] != '\n');

      start = i + 1;
      if (ends && start < size)
        g_array_append_val (self->starts, start);
    }
  g_array_append_val (self->starts, size);
}

/* The end of a line stays even where its text is left out. */
static void
append_line_end (GString    *out,
                 HsVariants *self,
                 guint       line)
{
  gsize start = g_array_index (self->starts, gsize, line - 1);
  gsize end = g_array_index (self->starts, gsize, line);
  gsize at = end;

  while (at > start && (self->text[at - 1] == '\n' || self->text[at - 1] == '\r'))
    at--;
  g_string_append_len (out, self->text + at, (gssize)(end - at));
}

/* ---- Marks ---- */

/* "# %% list" and "#%% [list]": what stands behind the percent signs. Returns: (transfer
 * full) (nullable): NULL if it is no mark; empty without a name
 */
static char *
read_mark (const HsSourceComment *comment)
{
  g_autofree char *text = NULL;
  g_autofree char *name = NULL;
  gsize            size;
  const char      *at;

  if (!comment->is_alone || comment->indent != 0)
    return NULL;

  text = g_strndup (comment->text, comment->size);
  for (at = text + 1; *at == ' ' || *at == '\t'; at++)
    ;
  if (!g_str_has_prefix (at, "%%"))
    return NULL;

  name = g_strstrip (g_strdup (at + strspn (at, "%")));
  size = strlen (name);
  if (size > 2 && name[0] == '[' && name[size - 1] == ']')
    {
      name[size - 1] = '\0';
      return g_strstrip (g_strdup (name + 1));
    }

  return g_steal_pointer (&name);
}

static gboolean
has_name (HsVariants *self,
          const char *name)
{
  for (guint i = 0; i < self->sections->len; i++)
    if (strcmp (g_array_index (self->sections, HsVariantSection, i).name, name) == 0)
      return TRUE;

  return FALSE;
}

/* Returns: (transfer full) */
static char *
make_name (HsVariants *self,
           const char *wanted)
{
  g_autofree char *first = NULL;
  g_autofree char *name = NULL;

  if (*wanted != '\0')
    first = g_strdup (wanted);
  else
    /* translators: the name of a part of a file that has none; %u is its number */
    first = g_strdup_printf (_("Variant %u"), self->sections->len + 1);

  name = g_strdup (first);
  for (guint i = 2; has_name (self, name); i++)
    {
      g_free (name);
      name = g_strdup_printf ("%s (%u)", first, i);
    }

  return g_steal_pointer (&name);
}

static void
add_problem (HsVariants *self,
             guint       line,
             char       *message)
{
  Problem problem = { .line = line, .message = message };

  g_array_append_val (self->problems, problem);
}

static void
add_section (HsVariants            *self,
             const HsSourceComment *comment,
             const char            *name)
{
  HsVariantSection section = { .mark_line = comment->line, .first_line = comment->line + 1 };
  guint            n = self->sections->len;

  if (n > 0)
    g_array_index (self->sections, HsVariantSection, n - 1).last_line = comment->line - 1;
  section.last_line = get_n_lines (self);
  section.name = make_name (self, name);
  g_array_append_val (self->sections, section);
}

static void
find_sections (HsVariants *self)
{
  g_autoptr(GArray) lines = g_array_new (FALSE, FALSE, sizeof (HsLogicalLine));
  g_autoptr(GArray) comments = g_array_new (FALSE, FALSE, sizeof (HsSourceComment));
  guint n_left_out = 0;
  guint first_left_out = 0;

  _hs_source_split (self->text, strlen (self->text), "%%", lines, comments);
  for (guint i = 0; i < comments->len; i++)
    {
      const HsSourceComment *comment = &g_array_index (comments, HsSourceComment, i);
      g_autofree char       *name = read_mark (comment);

      if (name == NULL)
        continue;
      if (self->sections->len < HS_VARIANTS_MAX)
        {
          add_section (self, comment, name);
          continue;
        }
      /* What follows belongs to none. */
      if (n_left_out++ == 0)
        {
          first_left_out = comment->line;
          g_array_index (self->sections, HsVariantSection, HS_VARIANTS_MAX - 1).last_line =
            comment->line - 1;
        }
    }

  if (n_left_out > 0)
    add_problem (
      self, first_left_out,
      g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                    /* translators: %1$d and %2$u are numbers of variants */
                                    "At most %1$d variants can be compared: %2$u from here on is "
                                    "left out.",
                                    "At most %1$d variants can be compared: %2$u from here on are "
                                    "left out.",
                                    n_left_out),
                       HS_VARIANTS_MAX, n_left_out));
}

/* ---- The constant ---- */

/* The variant in which a line is: 0 for what is common, else its number from 1. */
static guint
get_part (HsVariants *self,
          guint       line)
{
  for (guint i = self->sections->len; i > 0; i--)
    if (line >= g_array_index (self->sections, HsVariantSection, i - 1).mark_line)
      return i;

  return 0;
}

static gboolean
has_place (HsVariants *self,
           guint       part)
{
  for (guint i = 0; i < self->places->len; i++)
    {
      guint other = get_part (self, g_array_index (self->places, HsConstantPlace, i).line);

      if (other == part || other == 0)
        return TRUE;
    }

  return FALSE;
}

/* The first assignment counts: in the common part, or else in each variant. Returns: whether there
 * is any, be it of something else
 */
static gboolean
find_places (HsVariants *self,
             const char *name,
             GArray     *lines)
{
  gboolean is_assigned = FALSE;

  for (guint i = 0; i < lines->len; i++)
    {
      const HsLogicalLine *line = &g_array_index (lines, HsLogicalLine, i);
      gsize                start = g_array_index (self->starts, gsize, line->first_line - 1);
      gsize                end = g_array_index (self->starts, gsize, line->first_line);
      HsConstantPlace      place = { .line = line->first_line, .offset = start };
      HsAssignment         found;

      if (line->indent != 0 || has_place (self, get_part (self, line->first_line)))
        continue;
      found = _hs_sweep_find_number (self->text + start, end - start, name, &place);
      is_assigned = is_assigned || found != HS_ASSIGNMENT_NONE;
      if (found == HS_ASSIGNMENT_NUMBER && line->last_line == line->first_line)
        g_array_append_val (self->places, place);
    }

  return is_assigned;
}

static void
take_sweep (HsVariants            *self,
            const HsSourceComment *comment,
            GArray                *lines)
{
  g_autofree char *message = NULL;
  HsVariantSweep  *sweep = _hs_sweep_read_comment (comment, &message);
  gboolean         is_assigned;

  if (message != NULL)
    add_problem (self, comment->line, g_steal_pointer (&message));
  if (sweep == NULL)
    return;

  if (self->sweep != NULL)
    {
      add_problem (self, comment->line,
                   g_strdup_printf (_("Only one constant can be swept; that of line %u is."),
                                       self->sweep->line));
      _hs_sweep_free (sweep);
      return;
    }

  is_assigned = find_places (self, sweep->name, lines);
  if (self->places->len == 0)
    {
      add_problem (
        self, comment->line,
        is_assigned
        /* translators: %1$s is the name of a constant */
        ? g_strdup_printf (_("“%1$s” is not assigned a plain number at the left margin, such as "
                               "“%1$s = 1000”, so nothing can be put in its place."),
                              sweep->name)
        /* translators: %1$s is the name of a constant */
        : g_strdup_printf (_("There is no “%1$s” at the left margin; write “%1$s = 1000” above "
                               "the variants."),
                              sweep->name));
      _hs_sweep_free (sweep);
      return;
    }

  sweep->constant_line = g_array_index (self->places, HsConstantPlace, 0).line;
  self->sweep = sweep;
}

static void
find_sweep (HsVariants *self)
{
  g_autoptr(GArray) lines = g_array_new (FALSE, FALSE, sizeof (HsLogicalLine));
  g_autoptr(GArray) comments = g_array_new (FALSE, FALSE, sizeof (HsSourceComment));

  _hs_source_split (self->text, strlen (self->text), "heapscape", lines, comments);
  for (guint i = 0; i < comments->len; i++)
    take_sweep (self, &g_array_index (comments, HsSourceComment, i), lines);
}

/* ---- The whole ---- */

static int
compare_problems (gconstpointer a,
                  gconstpointer b)
{
  const Problem *first = a, *second = b;

  return (first->line > second->line) - (first->line < second->line);
}

static HsVariants *
new_variants (GBytes     *bytes,
              const char *text)
{
  HsVariants *self = g_new0 (HsVariants, 1);

  self->bytes = bytes;
  self->text = g_strdup (text);
  self->starts = g_array_new (FALSE, FALSE, sizeof (gsize));
  self->sections = g_array_new (FALSE, FALSE, sizeof (HsVariantSection));
  g_array_set_clear_func (self->sections, section_clear);
  self->problems = g_array_new (FALSE, FALSE, sizeof (Problem));
  g_array_set_clear_func (self->problems, problem_clear);
  self->places = g_array_new (FALSE, FALSE, sizeof (HsConstantPlace));

  if (text == NULL)
    return self;

  find_lines (self);
  find_sections (self);
  find_sweep (self);
  g_array_sort (self->problems, compare_problems);

  return self;
}

HsVariants *
hs_variants_new (HsSource *source)
{
  HsVariants *self;

  g_return_val_if_fail (source != NULL, NULL);

  self = new_variants (g_bytes_ref (hs_source_get_bytes (source)), hs_source_get_text (source));
  self->source = hs_source_ref (source);

  return self;
}

HsVariants *
hs_variants_new_for_text (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);

  return new_variants (g_bytes_new (text, strlen (text)), text);
}

void
hs_variants_free (HsVariants *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->source, hs_source_unref);
  g_bytes_unref (self->bytes);
  g_free (self->text);
  g_array_unref (self->starts);
  g_array_unref (self->sections);
  g_array_unref (self->problems);
  g_array_unref (self->places);
  g_clear_pointer (&self->sweep, _hs_sweep_free);
  g_free (self);
}

guint
hs_variants_get_n (HsVariants *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->sections->len;
}

const HsVariantSection *
hs_variants_get (HsVariants *self,
                 guint       i)
{
  g_return_val_if_fail (self != NULL && i < self->sections->len, NULL);

  return &g_array_index (self->sections, HsVariantSection, i);
}

const HsVariantSweep *
hs_variants_get_sweep (HsVariants *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->sweep;
}

guint
hs_variants_get_n_problems (HsVariants *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->problems->len;
}

const char *
hs_variants_get_problem (HsVariants *self,
                         guint       i,
                         guint      *line)
{
  const Problem *problem;

  g_return_val_if_fail (self != NULL && i < self->problems->len, NULL);

  problem = &g_array_index (self->problems, Problem, i);
  if (line != NULL)
    *line = problem->line;

  return problem->message;
}

static gboolean
is_in_variant (HsVariants *self,
               guint       i,
               guint       line)
{
  const HsVariantSection *section;

  if (self->sections->len == 0)
    return TRUE;
  if (line < g_array_index (self->sections, HsVariantSection, 0).mark_line)
    return TRUE;

  section = &g_array_index (self->sections, HsVariantSection, i);

  return line >= section->mark_line && line <= section->last_line;
}

static const HsConstantPlace *
find_place (HsVariants *self,
            guint       line)
{
  for (guint i = 0; i < self->places->len; i++)
    if (g_array_index (self->places, HsConstantPlace, i).line == line)
      return &g_array_index (self->places, HsConstantPlace, i);

  return NULL;
}

static void
append_line (GString    *out,
             HsVariants *self,
             guint       line,
             const char *value)
{
  gsize                  start = g_array_index (self->starts, gsize, line - 1);
  gsize                  end = g_array_index (self->starts, gsize, line);
  const HsConstantPlace *place = value != NULL ? find_place (self, line) : NULL;

  if (place != NULL)
    {
      g_string_append_len (out, self->text + start, (gssize)(place->offset - start));
      g_string_append (out, value);
      start = place->offset + place->size;
    }
  g_string_append_len (out, self->text + start, (gssize)(end - start));
}

GBytes *
hs_variants_dup_source (HsVariants *self,
                        guint       i,
                        guint       value)
{
  g_autoptr(GString) out = NULL;
  g_autoptr(GError) error = NULL;
  const char *text = NULL;
  GBytes     *bytes;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (i < MAX (self->sections->len, 1), NULL);
  g_return_val_if_fail (value == HS_NO_VALUE ||
                          (self->sweep != NULL && value < self->sweep->n_values),
                        NULL);

  if (self->text == NULL || (self->sections->len == 0 && value == HS_NO_VALUE))
    return g_bytes_ref (self->bytes);

  if (value != HS_NO_VALUE)
    text = self->sweep->texts[value];
  out = g_string_new (NULL);
  for (guint line = 1; line <= get_n_lines (self); line++)
    {
      if (is_in_variant (self, i, line))
        append_line (out, self, line, text);
      else
        append_line_end (out, self, line);
    }

  bytes = hs_source_encode (self->source, out->str, &error);
  /* It came from that encoding; only another coding line than before can keep it from
   * going back.
   */
  if (bytes == NULL)
    bytes = g_bytes_new (out->str, out->len);

  return bytes;
}
