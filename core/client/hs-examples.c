/* hs-examples.c - the example programs that come with Heapscape
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-examples.h"

#include <glib/gi18n-lib.h>

#include "hs-error.h"

/* The files of resources/examples, in the order of the menu; a test checks
 * that none is missing.
 */
/* clang-format off */
static const HsExample examples[] = {
  { "01-references", N_("A first tour: references and sharing"),
    N_("Two names for one list, a copy, a copy of the contents, and a cycle") },
  { "02-slots", N_("__slots__ against __dict__"),
    N_("The same node with and without __slots__, and what asking for __dict__ adds") },
  { "03-interning", N_("Interned strings"),
    N_("When two equal strings are one object, when they are not, and sys.intern") },
  { "04-attributes", N_("One attribute more, one instance more"),
    N_("Curves of what they cost, with and without __slots__, up to the cliff") },
  { "05-generators", N_("Generators against lists"),
    N_("Memory over time: a list that grows beside a generator that stays flat") },
  { "06-mmap", N_("The pages of a mapped file"),
    N_("Which pages are in memory after each access, and what reading all of it copies") },
};
/* clang-format on */

const HsExample *
hs_examples_list (guint *n_examples)
{
  g_return_val_if_fail (n_examples != NULL, NULL);

  *n_examples = G_N_ELEMENTS (examples);

  return examples;
}

static const HsExample *
find_example (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (examples); i++)
    {
      gsize length = strlen (examples[i].name);

      if (strncmp (name, examples[i].name, length) == 0 &&
          (name[length] == '\0' || strcmp (name + length, ".py") == 0))
        return &examples[i];
    }

  return NULL;
}

GBytes *
hs_example_load (const char *name,
                 GError    **error)
{
  const HsExample *example;
  g_autofree char *path = NULL;

  g_return_val_if_fail (name != NULL, NULL);

  example = find_example (name);
  if (example == NULL)
    {
      g_set_error (error, HS_ERROR, HS_ERROR_EXAMPLE,
                   /* translators: %s is what the user typed */
                   _("There is no example “%s”; “heapscape-cli examples” lists them"), name);
      return NULL;
    }

  path = g_strdup_printf (RESOURCE_PATH "/examples/%s.py", example->name);

  return g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
}
