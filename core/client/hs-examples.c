/* hs-examples.c - the example programs that come with Heapscape
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-examples.h"

#include <glib/gi18n-lib.h>
#include <locale.h>

#include "hs-error.h"

/* The files of resources/examples, in the order of the menu: NN-name.py, of which NN tells the
 * chapter: below 11 the views, below 21 the eight techniques, from 21 on more of them. A row is the
 * name, the title, and what the example promises to show, in one line without a figure: what it
 * saves is measured. The code is listed in resources/examples.gresource.xml, and so are its
 * lessons, which all from 11 on have: lessons/NN-name.lesson and lessons/zh_CN/NN-name.lesson.
 * Tests check that none is missing.
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
  { "11-generators", N_("Generators, lists and loops"),
    N_("The same sum three ways: what is in memory while it is computed") },
  { "12-built-in-types", N_("One record, eight types"),
    N_("Bytes and time of a record as class, tuple, dict, dataclass and their relatives") },
  { "13-slots", N_("What __slots__ saves"),
    N_("The two numbers that everybody quotes, where they come from, and what is saved") },
  { "14-mmap", N_("A mapped file against reading it"),
    N_("Twenty bytes of a large file: what each way brings into memory") },
  { "15-globals", N_("Globals and locals"),
    N_("What stays when the work is done, and what each access to a name costs") },
  { "16-short-circuit", N_("or stops at the first yes"),
    N_("What is saved when the second question is not asked, and what when it is") },
  { "17-data-formats", N_("Numbers: list, array, numpy"),
    N_("Bytes for each number in every format, from where it pays, and what does not fit") },
  { "18-interning", N_("Equal strings, one object"),
    N_("Why one pair is shared and the other is not, and a column of repeated words") },
  { "21-dataclass-slots", N_("Dataclasses with slots=True"),
    N_("One argument, what it saves, and the base class that takes it away again") },
  { "22-namedtuple", N_("Named tuples"),
    N_("Names for the places of a tuple: what they cost in bytes and in time") },
  { "23-deque", N_("deque against list"),
    N_("A queue that moves everything at each step, and one that does not") },
  { "24-set-membership", N_("Is it in there: set against list"),
    N_("A set answers at once, and takes room for it; a sorted list lies between") },
  { "25-join", N_("Joining strings"),
    N_("When + copies all again and again, when it does not, and what join() keeps") },
  { "26-lru-cache", N_("What lru_cache keeps"),
    N_("A cache saves time and keeps what it was given: with a limit and without") },
  { "27-cycles", N_("Circular references"),
    N_("Who frees what refers to itself, how long that takes, and when it takes too long") },
  { "28-weakref", N_("Weak references"),
    N_("A cache that forgets what nobody uses, and what it costs when all is in use") },
  { "29-copy-deepcopy", N_("copy and deepcopy"),
    N_("What each kind of copy makes anew, what it shares, and what it needs at work") },
  { "30-pipeline", N_("A pipeline over a file"),
    N_("Line by line through four steps, and the one list that spoils it") },
  { "31-shrinking-dict", N_("A dict that does not shrink"),
    N_("All but ten entries deleted: what the table keeps, and what makes it small") },
  { "32-buffers", N_("bytes, bytearray, memoryview"),
    N_("A message cut into pieces: copies, windows, and from where windows pay") },
};
/* clang-format on */

const HsExample *
hs_examples_list (guint *n_examples)
{
  g_return_val_if_fail (n_examples != NULL, NULL);

  *n_examples = G_N_ELEMENTS (examples);

  return examples;
}

static const char *const chapters[HS_N_CHAPTERS] = {
  [HS_CHAPTER_TOUR] = N_("First tour: the views"),
                          [HS_CHAPTER_TECHNIQUES] = N_("Eight techniques"),
                                                        [HS_CHAPTER_MORE] = N_("More"),
                                                        };

HsChapter
hs_example_get_chapter (const HsExample *self)
{
  guint64 number;

  g_return_val_if_fail (self != NULL, HS_CHAPTER_TOUR);

  number = g_ascii_strtoull (self->name, NULL, 10);

  return number < 11 ? HS_CHAPTER_TOUR : number < 21 ? HS_CHAPTER_TECHNIQUES
                                                     : HS_CHAPTER_MORE;
}

const char *
hs_chapter_get_title (HsChapter self)
{
  g_return_val_if_fail (self < HS_N_CHAPTERS, "");

  return _(chapters[self]);
}

const HsExample *
hs_example_find (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (examples); i++)
    {
      gsize length = strlen (examples[i].name);

      if (strncmp (name, examples[i].name, length) == 0 &&
          (name[length] == '\0' || strcmp (name + length, ".py") == 0))
        return &examples[i];
    }

  return NULL;
}

static const HsExample *
find_or_complain (const char *name,
                  GError    **error)
{
  const HsExample *example = hs_example_find (name);

  if (example == NULL)
    g_set_error (error, HS_ERROR, HS_ERROR_EXAMPLE,
                 /* translators: %s is what the user typed */
                 _("There is no example “%s”; “heapscape-cli examples” lists them"), name);

  return example;
}

GBytes *
hs_example_load (const char *name,
                 GError    **error)
{
  const HsExample *example;
  g_autofree char *path = NULL;

  g_return_val_if_fail (name != NULL, NULL);

  example = find_or_complain (name, error);
  if (example == NULL)
    return NULL;

  path = g_strdup_printf (RESOURCE_PATH "/examples/%s.py", example->name);

  return g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
}

/* Messages are English in the C locale, whatever languages the environment asks for. */
static gboolean
is_untranslated (void)
{
  const char *locale = setlocale (LC_MESSAGES, NULL);

  return g_strcmp0 (locale, "C") == 0 || g_strcmp0 (locale, "POSIX") == 0;
}

static GBytes *
find_lesson (const HsExample *example)
{
  g_autofree char           *english = g_strdup_printf (RESOURCE_PATH "/lessons/%s.lesson",
                                                        example->name);
  const char *const         *languages = g_get_language_names ();
  const GResourceLookupFlags flags = G_RESOURCE_LOOKUP_FLAGS_NONE;

  for (; *languages != NULL && !is_untranslated (); languages++)
    {
      g_autofree char *path = g_strdup_printf (RESOURCE_PATH "/lessons/%s/%s.lesson", *languages,
                                               example->name);
      GBytes          *bytes;

      if (g_str_equal (*languages, "en") || g_str_has_prefix (*languages, "en_"))
        break;
      bytes = g_resources_lookup_data (path, flags, NULL);
      if (bytes != NULL)
        return bytes;
    }

  return g_resources_lookup_data (english, flags, NULL);
}

gboolean
hs_example_has_lesson (const HsExample *self)
{
  g_autofree char *path = NULL;

  g_return_val_if_fail (self != NULL, FALSE);

  path = g_strdup_printf (RESOURCE_PATH "/lessons/%s.lesson", self->name);

  return g_resources_get_info (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL, NULL, NULL);
}

char *
hs_example_load_lesson_text (const char *name,
                             GError    **error)
{
  const HsExample *example;
  g_autoptr(GBytes) bytes = NULL;

  g_return_val_if_fail (name != NULL, NULL);

  example = find_or_complain (name, error);
  if (example == NULL)
    return NULL;

  bytes = find_lesson (example);
  if (bytes == NULL)
    {
      g_set_error (error, HS_ERROR, HS_ERROR_EXAMPLE,
                   /* translators: %s is the name of an example */
                   _("The example “%s” has no lesson"), example->name);
      return NULL;
    }

  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}
