/* test-lesson.c - lessons: what is read, refused, checked and printed
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <locale.h>
#include <string.h>

#include "hs-lesson.h"
#include "hs-test-heap.h"

static const char lesson_text[] =
  "@ask saving\n"
  "How much does the array\n"
  "save?\n"
  "@number 100 * (1 - peak('array') / peak('list')) 10\n"
  "@because\n"
  "It has no `boxes {0}`.\n"
  "\n"
  "Second paragraph.\n"
  "\n"
  "@ask which\n"
  "Which is **larger**?\n"
  "\n"
  "@choice peak('list') > peak('array')\n"
  "The list\n"
  "\n"
  "@choice peak('list') <= peak('array')\n"
  "The\n"
  "array\n"
  "@because\n"
  "It is {peak('list')}.\n"
  "\n"
  "# What to look at\n"
  "@look layout.show=cost The rows\n"
  "\n"
  "A * b, `c * d` & <e>.\n"
  "\n"
  "- One\n"
  "  more\n"
  "- Two\n"
  "\n"
  "@if python < 3.0\n"
  "Never.\n"
  "\n"
  "@if python >= 3.12\n"
  "中文，\n"
  "一行\n"
  "next: {peak('list') / peak('array'):times}\n"
  "\n"
  "@claim less('array', 'list')\n"
  "Less.\n"
  "@claim peak('array') > peak('list')\n"
  "More.\n"
  "@claim rss('array') > 0\n"
  "Unknown.\n";

static HsComparison *
new_comparison (void)
{
  static const char *const names[] = { "list", "array" };
  GDestroyNotify           destroy = (GDestroyNotify)hs_variant_free;
  GPtrArray               *variants = g_ptr_array_new_with_free_func (destroy);
  HsPictureInfo           *info = hs_picture_info_new ();

  info->python = g_strdup ("CPython 3.12.1");
  for (guint i = 0; i < 2; i++)
    {
      HsVariant    *variant = hs_variant_new ();
      const guint64 bytes[] = { i == 0 ? 8000 : 2000, i == 0 ? 8000 : 2000 };

      variant->name = g_strdup (names[i]);
      variant->is_ok = TRUE;
      hs_measure_init (&variant->measures[HS_METRIC_PEAK], bytes, 2);
      g_ptr_array_add (variants, variant);
    }

  return hs_comparison_new (variants, NULL, info);
}

static HsLesson *
new_lesson (const char *text)
{
  g_autoptr(GError) error = NULL;
  HsLesson *lesson = hs_lesson_new (text, "test", &error);

  g_assert_no_error (error);
  g_assert_nonnull (lesson);

  return lesson;
}

static void
test_read (void)
{
  static const HsLessonPartKind kinds[] = {
    HS_LESSON_QUESTION,
    HS_LESSON_QUESTION,
    HS_LESSON_HEADING,
    HS_LESSON_LOOK,
    HS_LESSON_PARAGRAPH,
    HS_LESSON_ITEM,
    HS_LESSON_ITEM,
    HS_LESSON_PARAGRAPH,
    HS_LESSON_PARAGRAPH,
    HS_LESSON_CLAIM,
    HS_LESSON_CLAIM,
    HS_LESSON_CLAIM,
  };
  g_autoptr(HsLesson) lesson = new_lesson (lesson_text);
  const HsLessonPart *part;

  g_assert_cmpuint (hs_lesson_get_n (lesson), ==, G_N_ELEMENTS (kinds));
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    g_assert_cmpint (hs_lesson_get (lesson, i)->kind, ==, kinds[i]);

  part = hs_lesson_get (lesson, 0);
  g_assert_cmpstr (part->id, ==, "saving");
  g_assert_cmpstr (part->text, ==, "How much does the array save?");
  g_assert_cmpfloat (part->percent, ==, 10);
  g_assert_cmpuint (part->n_choices, ==, 0);
  g_assert_cmpuint (g_strv_length (part->because), ==, 2);

  part = hs_lesson_get (lesson, 1);
  g_assert_cmpuint (part->n_choices, ==, 2);
  g_assert_cmpstr (part->choices[1].text, ==, "The array");
  g_assert_cmpstr (part->because[0], ==, "It is {peak('list')}.");

  part = hs_lesson_get (lesson, 3);
  g_assert_cmpstr (part->target, ==, "layout.show=cost");
  g_assert_cmpstr (part->text, ==, "The rows");
  g_assert_cmpstr (hs_lesson_get (lesson, 5)->text, ==, "One more");
  g_assert_cmpstr (hs_lesson_get (lesson, 7)->condition, ==, "python < 3.0");
  g_assert_true (g_str_has_prefix (hs_lesson_get (lesson, 8)->text, "中文，一行 next"));
  g_assert_cmpuint (hs_lesson_get (lesson, 9)->line, ==, 39);
}

static void
expect_markup (HsComparison *comparison,
               const char   *text,
               const char   *markup)
{
  g_autofree char *found = test_plain (hs_lesson_dup_markup (comparison, text));

  g_assert_cmpstr (found, ==, markup);
}

static void
test_texts (void)
{
  g_autoptr(HsComparison) comparison = new_comparison ();
  g_autofree char *plain = test_plain (hs_lesson_dup_text (comparison, "**a** `b{}` {peak(0)}"));

  expect_markup (NULL, "**a** `b<{}` & {peak(0)}", "<b>a</b> <tt>b&lt;{}</tt> &amp; …");
  expect_markup (comparison, "{peak(0)} {peak('nobody')} {time(0)}", "8 000 B ? ?");
  expect_markup (comparison, "{if(true, '<}:', '')}", "&lt;}:");
  expect_markup (comparison, "2 * 3 ** {peak(1) / peak(0):percent} **", "2 * 3 <b> 25 % </b>");
  g_assert_cmpstr (plain, ==, "a `b{}` 8 000 B");
}

static void
test_answers (void)
{
  g_autoptr(HsComparison) comparison = new_comparison ();
  g_autoptr(HsLesson) lesson = new_lesson (lesson_text);
  const HsLessonPart *number = hs_lesson_get (lesson, 0);
  g_autoptr(GError) error = NULL;
  HsFigure      answer;
  HsClaimCounts counts;

  g_assert_true (hs_lesson_check_number (comparison, number, 75, &answer, &error));
  g_assert_cmpfloat (answer.number, ==, 75);
  g_assert_true (hs_lesson_check_number (comparison, number, 82.5, &answer, &error));
  g_assert_false (hs_lesson_check_number (comparison, number, 83, &answer, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (hs_lesson_find_answer (comparison, hs_lesson_get (lesson, 1), &error), ==, 0);
  g_assert_no_error (error);

  g_assert_false (hs_lesson_is_shown (comparison, hs_lesson_get (lesson, 7)));
  g_assert_true (hs_lesson_is_shown (comparison, hs_lesson_get (lesson, 8)));
  g_assert_false (hs_lesson_is_shown (NULL, hs_lesson_get (lesson, 8)));
  g_assert_cmpint (hs_lesson_check_claim (comparison, hs_lesson_get (lesson, 10), &error), ==,
                   HS_CLAIM_BROKEN);
  g_assert_error (error, HS_LESSON_ERROR, 0);
  g_clear_error (&error);
  g_assert_cmpint (hs_lesson_check_claim (comparison, hs_lesson_get (lesson, 11), &error), ==,
                   HS_CLAIM_UNKNOWN);
  g_assert_error (error, HS_FIGURES_ERROR, HS_FIGURES_ERROR_NOT_MEASURED);
  hs_lesson_count_claims (lesson, comparison, &counts);
  g_assert_cmpuint (counts.n_kept, ==, 1);
  g_assert_cmpuint (counts.n_broken, ==, 1);
  g_assert_cmpuint (counts.n_unknown, ==, 1);
  hs_lesson_count_claims (lesson, NULL, &counts);
  g_assert_cmpuint (counts.n_unknown, ==, 3);
}

static void
test_problems (void)
{
  g_autoptr(HsComparison) comparison = new_comparison ();
  g_autoptr(HsLesson) lesson = new_lesson ("@ask a\nText\n@choice true\nA\n@choice true\nB\n"
                                            "@because\nC {peak('x')}\n\n"
                                            "@if peak('y') > 0\nD\n\n"
                                            "{rss(0)} {peak('z')}\n\n@claim false\nE\n");
  g_autofree char *problems = hs_lesson_dup_problems (lesson, comparison);
  g_auto(GStrv) lines = g_strsplit (problems, "\n", -1);

  g_test_message ("%s", problems);
  g_assert_cmpuint (g_strv_length (lines), ==, 6);
  g_assert_true (g_str_has_prefix (lines[0], "Line 1: "));
  g_assert_true (g_str_has_prefix (lines[1], "Line 1: {peak('x')}"));
  g_assert_true (g_str_has_prefix (lines[2], "Line 11: "));
  g_assert_true (g_str_has_prefix (lines[3], "Line 13: {peak('z')}"));
  g_assert_true (g_str_has_prefix (lines[4], "Line 15: "));
}

static void
test_print (void)
{
  g_autoptr(HsComparison) comparison = new_comparison ();
  g_autoptr(HsLesson) lesson = new_lesson (lesson_text);
  g_autofree char *before = hs_lesson_to_text (lesson, NULL);
  g_autofree char *after = test_plain (hs_lesson_to_text (lesson, comparison));

  g_assert_cmpstr (before, ==,
                   "1. How much does the array save?\n"
                   "\n"
                   "2. Which is larger?\n"
                   "   a) The list\n"
                   "   b) The array\n"
                   "\n"
                   "What to look at\n"
                   "---------------\n"
                   "\n"
                   "→ layout.show=cost: The rows\n"
                   "\n"
                   "A * b, `c * d` & <e>.\n"
                   "\n"
                   "- One more\n"
                   "- Two\n"
                   "\n"
                   "• Less.\n"
                   "\n"
                   "• More.\n"
                   "\n"
                   "• Unknown.\n");
  g_assert_nonnull (strstr (after, "   Measured: 75\n   It has no `boxes {0}`.\n   Second"));
  g_assert_nonnull (strstr (after, "   Measured: The list\n   It is 8 000 B.\n"));
  g_assert_nonnull (strstr (after, "\n中文，一行 next: 4 times\n"));
  g_assert_nonnull (strstr (after, "\n✓ Less.\n"));
  g_assert_nonnull (strstr (after, "\n✗ More.\n  In this"));
  g_assert_nonnull (strstr (after, "\n? Unknown.\n  Not known here: "));
}

static void
test_wrap (void)
{
  g_autoptr(HsLesson) lesson = new_lesson (
    "- 一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八，九十。\n"
    "- aaaa bbbb cccc dddd eeee ffff gggg hhhh iiii jjjj kkkk llll mmmm nnnn oooo pppp qqqq\n");
  g_autofree char *text = hs_lesson_to_text (lesson, NULL);

  g_assert_cmpstr (text, ==,
                   "- 一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八，\n"
                   "  九十。\n"
                   "- aaaa bbbb cccc dddd eeee ffff gggg hhhh iiii jjjj kkkk llll mmmm nnnn oooo\n"
                   "  pppp qqqq\n");
}

static void
test_wrong (void)
{
  static const struct
  {
    const char *text;
    const char *where;
  } wrong[] = {
    { "", "line 1" },
    { "Text\n\n@nothing\n", "line 3" },
    { "@claim 1 <\nText\n", "line 1" },
    { "@claim 1 < 2\n\n# Heading\n", "line 3" },
    { "@claim 1 < 2\n", "line 2" },
    { "@if true\n@if true\nText\n", "line 2" },
    { "@if true\n", "line 2" },
    { "@look layout\n", "line 1" },
    { "@because\n", "line 1" },
    { "@choice true\nA\n", "line 1" },
    { "@ask a b\n", "line 1" },
    { "@ask a\nText\n", "line 1" },
    { "@ask a\nText\n@number 1 10\n", "line 1" },
    { "@ask a\nText\n@number 1 ten\n@because\nB\n", "line 3" },
    { "@ask a\nText\n@number 1\n@because\nB\n", "line 3" },
    { "@ask a\nText\n@choice true\nA\n@because\nB\n", "line 1" },
    { "@ask a\nText\n@choice true\n@choice true\nA\n@because\nB\n", "line 4" },
    { "@ask a\nText\n\nMore\n", "line 1" },
    { "@ask a\nText\n@number 1 2\n@because\nB\n\n@choice true\nA\n", "line 7" },
    { "@ask a\nText\n@number 1 2\n@because\nB\n@ask a\nText\n@number 1 2\n@because\nB\n",
      "line 6" },
    { "Text {peak('a'}\n", "line 1" },
    { "Text {peak('a')\n", "line 1" },
    { "Text peak('a')}\n", "line 1" },
    { "Text {peak('a'):long}\n", "line 1" },
    { "Text `code\n", "line 1" },
    { "Text **stress\n", "line 1" },
    { "Text \xff\n", "line 1" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (hs_lesson_new (wrong[i].text, "13-slots", &error));
      g_assert_error (error, HS_LESSON_ERROR, 0);
      g_test_message ("%s", error->message);
      g_assert_true (g_str_has_prefix (error->message, "13-slots, "));
      g_assert_nonnull (strstr (error->message, wrong[i].where));
    }
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/lesson/read", test_read);
  g_test_add_func ("/lesson/texts", test_texts);
  g_test_add_func ("/lesson/answers", test_answers);
  g_test_add_func ("/lesson/problems", test_problems);
  g_test_add_func ("/lesson/print", test_print);
  g_test_add_func ("/lesson/wrap", test_wrap);
  g_test_add_func ("/lesson/wrong", test_wrong);

  return g_test_run ();
}
