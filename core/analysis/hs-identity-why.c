/* hs-identity-why.c - why an object is one, and how to say it
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-identity-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Code objects that are named for a constant, and how many holders are asked on
 * the way to them.
 */
#define CODES_MAX 3
#define STEPS_MAX 64

/* Longest name of a code object that is shown whole. */
#define CODE_CHARS 60

const char *
hs_why_to_string (HsWhy why)
{
  switch (why)
    {
    case HS_WHY_NONE:
      return NULL;
    case HS_WHY_EMPTY:
      return "empty";
    case HS_WHY_SINGLE:
      return "one-character";
    case HS_WHY_SMALL_INT:
      return "small-int";
    case HS_WHY_COMPILE_TIME:
      return "compile-time";
    case HS_WHY_CONSTANT:
      return "constant";
    case HS_WHY_NAME:
      return "name";
    case HS_WHY_SYS_INTERN:
      return "sys-intern";
    case HS_WHY_INTERNED:
      return "interned";
    case HS_WHY_ALIAS:
      return "alias";
    case HS_WHY_TWO_CACHES:
      return "two-caches";
    case HS_WHY_COMPILED_APART:
      return "compiled-apart";
    case HS_WHY_FOLD_LIMIT:
      return "fold-limit";
    case HS_WHY_RUN_TIME:
      return "run-time";
    case HS_WHY_SEPARATE:
      return "separate";
    case HS_N_WHYS:
      break;
    }

  g_return_val_if_reached (NULL);
}

/* ---- Which code ---- */

static guint
find_first_held (HsIdentity *self,
                 uint32_t    object)
{
  guint low = 0;
  guint high = self->held->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (self->held, HsHeld, middle).object < object)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

/* Writes the code objects that hold @object, up to CODES_MAX, and returns how
 * many. Tuples in tuples are climbed breadth first, and not without end.
 */
static guint
find_codes (HsIdentity *self,
            uint32_t    object,
            guint32    *codes,
            gboolean   *has_more)
{
  uint32_t n_objects = self->heap->view.n_objects;
  guint32  queue[STEPS_MAX] = { object };
  guint    n_queue = 1;
  guint    n_codes = 0;

  *has_more = FALSE;
  for (guint q = 0; q < n_queue; q++)
    {
      for (guint i = find_first_held (self, queue[q]); i < self->held->len; i++)
        {
          const HsHeld *held = &g_array_index (self->held, HsHeld, i);
          guint         known = 0;

          if (held->object != queue[q])
            break;
          if (held->holder < n_objects &&
              _hs_identity_get_exact (self, held->holder) != HS_EXACT_CODE)
            {
              if (n_queue == STEPS_MAX)
                {
                  *has_more = TRUE;
                  return n_codes;
                }
              queue[n_queue++] = held->holder;
              continue;
            }

          while (known < n_codes && codes[known] != held->holder)
            known++;
          if (known < n_codes)
            continue;
          if (n_codes == CODES_MAX)
            {
              *has_more = TRUE;
              return n_codes;
            }
          codes[n_codes++] = held->holder;
        }
    }

  return n_codes;
}

static char *
dup_code_name (HsIdentity *self,
               guint32     code)
{
  const HsSnapshotView *view = &self->heap->view;

  if (code < view->n_objects)
    return _hs_heap_dup_short_preview (self->heap, code, CODE_CHARS);

  return _hs_heap_dup_short_string (self->heap, view->code_name[code - view->n_objects],
                                    CODE_CHARS);
}

char **
hs_identity_dup_codes (HsIdentity *self,
                       uint32_t    object,
                       gboolean   *has_more)
{
  g_autoptr(GStrvBuilder) names = g_strv_builder_new ();
  guint32  codes[CODES_MAX];
  gboolean more;
  guint    n;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (object < self->heap->view.n_objects, NULL);

  n = find_codes (self, object, codes, &more);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = dup_code_name (self, codes[i]);

      g_strv_builder_add (names, name);
    }
  if (has_more != NULL)
    *has_more = more;

  return g_strv_builder_end (names);
}

/* ---- Why ---- */

/* Whether all of a str is made of what the compiler takes for a name: ASCII
 * letters, digits and underscores (all_name_chars() in CPython's
 * Objects/codeobject.c, 3.11 to 3.13).
 */
static gboolean
has_name_characters (HsIdentity *self,
                     uint32_t    object)
{
  guint       flags = self->heap->view.object_flags[object];
  const char *text;
  gsize       size;

  if (flags & HS_OBJECT_PREVIEW_CUT)
    return (flags & HS_OBJECT_NAME_CHARACTERS) != 0;

  size = _hs_identity_get_text (self, object, &text);
  for (gsize i = 0; i < size; i++)
    {
      if (!g_ascii_isalnum (text[i]) && text[i] != '_')
        return FALSE;
    }

  return TRUE;
}

/* Whether an object that was not there before the code began is known as such. */
static gboolean
is_new (HsIdentity *self,
        uint32_t    object)
{
  const HsSnapshotView *view = &self->heap->view;

  return (view->info.flags & HS_INFO_LEDGER) != 0 &&
         (view->object_flags[object] & (HS_OBJECT_BASELINE | HS_OBJECT_STATIC)) == 0;
}

static HsWhy
get_why_interned (HsIdentity *self,
                  uint32_t    object,
                  guint       facts)
{
  if (facts & HS_IDENTITY_CONSTANT && has_name_characters (self, object))
    return HS_WHY_COMPILE_TIME;
  if (facts & HS_IDENTITY_NAME)
    return HS_WHY_NAME;
  /* The compiler made a constant and did not intern it. */
  if (facts & HS_IDENTITY_CONSTANT || is_new (self, object))
    return HS_WHY_SYS_INTERN;

  return HS_WHY_INTERNED;
}

HsWhy
hs_identity_get_why (HsIdentity *self,
                     uint32_t    object)
{
  guint facts = hs_identity_get_facts (self, object);

  if (facts & HS_IDENTITY_EMPTY)
    return HS_WHY_EMPTY;
  if (facts & HS_IDENTITY_SINGLE)
    return HS_WHY_SINGLE;
  if (facts & HS_IDENTITY_SMALL_INT)
    return HS_WHY_SMALL_INT;
  if (facts & HS_IDENTITY_INTERNED)
    return get_why_interned (self, object, facts);
  if (facts & HS_IDENTITY_CONSTANT)
    return HS_WHY_CONSTANT;

  return hs_heap_get_n_referrers (self->heap, object) > 1 ? HS_WHY_ALIAS : HS_WHY_NONE;
}

gboolean
hs_identity_is_made (HsIdentity *self,
                     uint32_t    object)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (object < self->heap->view.n_objects, FALSE);

  return is_new (self, object) && (self->facts[object] & HS_IDENTITY_CONSTANT) == 0 &&
         (self->heap->view.object_flags[object] & HS_OBJECT_INTERNED) == 0 &&
         (self->heap->view.info.flags & HS_INFO_CONSTANTS) != 0;
}

/* ---- In words ---- */

/* "f", "f and g", "f, g and h", "f, g, h and others". */
static char *
join_codes (HsIdentity *self,
            uint32_t    object)
{
  gboolean has_more;
  g_auto(GStrv) codes = hs_identity_dup_codes (self, object, &has_more);
  guint            n = g_strv_length (codes);
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;

  if (n == 0)
    return g_strdup (_("the code"));
  if (has_more)
    last = g_strdup (_("others"));
  else
    last = g_steal_pointer (&codes[n - 1]);
  if (codes[0] == NULL)
    return g_steal_pointer (&last);

  /* Translators: between the parts of a list */
  first = g_strjoinv (_(", "), codes);

  /* Translators: the end of a list: "f, g and h" */
  return g_strdup_printf (_("%s and %s"), first, last);
}

static char *
dup_why_single (HsIdentity *self,
                uint32_t    object)
{
  if (_hs_identity_get_exact (self, object) == HS_EXACT_BYTES)
    return g_strdup (_("Python keeps one object for each single byte"));

  return g_strdup (_("Python keeps one object for each character up to U+00FF"));
}

char *
hs_identity_dup_why (HsIdentity *self,
                     uint32_t    object)
{
  g_autofree char *codes = NULL;
  HsWhy            why;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (object < self->heap->view.n_objects, NULL);

  why = hs_identity_get_why (self, object);
  if (why == HS_WHY_COMPILE_TIME || why == HS_WHY_CONSTANT)
    codes = join_codes (self, object);

  switch (why)
    {
    case HS_WHY_EMPTY:
      return g_strdup (_("Python keeps one empty object of this type"));

    case HS_WHY_SINGLE:
      return dup_why_single (self, object);

    case HS_WHY_SMALL_INT:
      return g_strdup (_("Python keeps one object for each number from −5 to 256"));

    case HS_WHY_COMPILE_TIME:
      /* Translators: %s is a function, or several */
      return g_strdup_printf (_("a constant of %s, interned by the compiler because it is made "
                                "only of letters, digits and underscores"),
                                 codes);

    case HS_WHY_CONSTANT:
      /* Translators: %s is a function, or several */
      return g_strdup_printf (_("a constant of %s: equal constants that are compiled together are "
                                "one object"),
                                 codes);

    case HS_WHY_NAME:
      return g_strdup (_("the name of a variable, an attribute or a function: names are interned"));

    case HS_WHY_SYS_INTERN:
      return g_strdup (_("interned while the code ran, as sys.intern() does"));

    case HS_WHY_INTERNED:
      return g_strdup (_("interned: it is in the table that holds each text once"));

    case HS_WHY_ALIAS:
      return g_strdup (_("one object that was assigned or stored several times"));

    case HS_WHY_NONE:
    case HS_WHY_TWO_CACHES:
    case HS_WHY_COMPILED_APART:
    case HS_WHY_FOLD_LIMIT:
    case HS_WHY_RUN_TIME:
    case HS_WHY_SEPARATE:
    case HS_N_WHYS:
      break;
    }

  return g_strdup ("");
}
