/* test-json-out.c - the JSON that is written as it comes
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-json-out.h"

#include <json-glib/json-glib.h>
#include <string.h>

/* Returns: (transfer full): what was written; frees @out */
static char *
finish (HsJsonOut     *out,
        GOutputStream *stream)
{
  g_autoptr(GError) error = NULL;
  gboolean ok = hs_json_out_finish (out, &error);
  char    *text;

  g_assert_no_error (error);
  g_assert_true (ok);
  g_output_stream_write_all (stream, "", 1, NULL, NULL, &error);
  g_output_stream_close (stream, NULL, &error);
  g_assert_no_error (error);
  text = g_memory_output_stream_steal_data (G_MEMORY_OUTPUT_STREAM (stream));
  g_object_unref (stream);

  return text;
}

static void
test_lines (void)
{
  GOutputStream   *stream = g_memory_output_stream_new_resizable ();
  HsJsonOut       *out = hs_json_out_new (stream);
  g_autofree char *text = NULL;

  hs_json_out_put_text (out, "text", "a");
  hs_json_out_put_null (out, "null");
  hs_json_out_put_boolean (out, "yes", TRUE);
  hs_json_out_begin_array (out, "empty");
  hs_json_out_end_array (out);
  hs_json_out_begin_array (out, "array");
  hs_json_out_put_int (out, NULL, 1);
  hs_json_out_begin_object (out, NULL);
  hs_json_out_put_int (out, "a", G_MININT64);
  hs_json_out_begin_array (out, "b");
  hs_json_out_put_int (out, NULL, G_MAXINT64);
  hs_json_out_put_boolean (out, NULL, FALSE);
  hs_json_out_end_array (out);
  hs_json_out_end_object (out);
  hs_json_out_end_array (out);
  hs_json_out_begin_object (out, "object");
  hs_json_out_put_int (out, "c", 0);
  hs_json_out_begin_array (out, "d");
  hs_json_out_put_text (out, NULL, NULL);
  hs_json_out_end_array (out);
  hs_json_out_end_object (out);
  text = finish (out, stream);

  g_assert_cmpstr (text, ==,
                   "{\n\"text\": \"a\",\n\"null\": null,\n\"yes\": true,\n\"empty\": [],\n"
                   "\"array\": [\n  1,\n  {\"a\":-9223372036854775808,"
                   "\"b\":[9223372036854775807,false]}\n],\n"
                   "\"object\": {\"c\":0,\"d\":[null]}\n}\n");
}

static char *
dup_random_text (GRand *rand)
{
  GString *text = g_string_new (NULL);

  for (gint32 i = g_rand_int_range (rand, 0, 12); i > 0; i--)
    {
      gunichar c = (gunichar)g_rand_int_range (rand, 1, g_rand_boolean (rand) ? 0x80 : 0x3000);

      /* json-glib 1.6 writes it as it is, which is not valid. */
      if (c != 0x1f)
        g_string_append_unichar (text, c);
    }

  return g_string_free (text, FALSE);
}

static void put_random (GRand       *rand,
                        HsJsonOut   *out,
                        JsonBuilder *builder,
                        const char  *member,
                        guint        depth);

static void
put_random_items (GRand       *rand,
                  HsJsonOut   *out,
                  JsonBuilder *builder,
                  gboolean     is_array,
                  guint        depth)
{
  for (gint32 i = g_rand_int_range (rand, 0, 5); i > 0; i--)
    {
      g_autofree char *name = g_strdup_printf ("m%d", i);

      put_random (rand, out, builder, is_array ? NULL : name, depth);
    }
}

/* Writes something into the array or object that is open, and adds the same to
 * @builder.
 */
static void
put_random (GRand       *rand,
            HsJsonOut   *out,
            JsonBuilder *builder,
            const char  *member,
            guint        depth)
{
  g_autofree char *text = dup_random_text (rand);
  gint64           number = (gint64)((guint64)g_rand_int (rand) << 32 | g_rand_int (rand));

  number >>= g_rand_int_range (rand, 0, 64);
  if (member != NULL)
    json_builder_set_member_name (builder, member);

  switch (g_rand_int_range (rand, 0, depth < 6 ? 6 : 4))
    {
    case 0:
      hs_json_out_put_null (out, member);
      json_builder_add_null_value (builder);
      break;

    case 1:
      hs_json_out_put_boolean (out, member, number % 2 == 0);
      json_builder_add_boolean_value (builder, number % 2 == 0);
      break;

    case 2:
      hs_json_out_put_int (out, member, number);
      json_builder_add_int_value (builder, number);
      break;

    case 3:
      hs_json_out_put_text (out, member, text);
      json_builder_add_string_value (builder, text);
      break;

    case 4:
      hs_json_out_begin_array (out, member);
      json_builder_begin_array (builder);
      put_random_items (rand, out, builder, TRUE, depth + 1);
      hs_json_out_end_array (out);
      json_builder_end_array (builder);
      break;

    default:
      hs_json_out_begin_object (out, member);
      json_builder_begin_object (builder);
      put_random_items (rand, out, builder, FALSE, depth + 1);
      hs_json_out_end_object (out);
      json_builder_end_object (builder);
      break;
    }
}

/* Inside of an element it is what json-glib writes. */
static void
test_random (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (1);
  g_autoptr(JsonGenerator) generator = json_generator_new ();
  GOutputStream *stream = g_memory_output_stream_new_resizable ();
  HsJsonOut     *out = hs_json_out_new (stream);
  g_autoptr(GString) expected = g_string_new ("{\n\"array\": [");
  g_autofree char *text = NULL;

  hs_json_out_begin_array (out, "array");
  for (guint i = 0; i < 20000; i++)
    {
      g_autoptr(JsonBuilder) builder = json_builder_new ();
      g_autoptr(JsonNode) root = NULL;

      hs_json_out_begin_object (out, NULL);
      json_builder_begin_object (builder);
      put_random (rand, out, builder, "it", 2);
      hs_json_out_end_object (out);
      json_builder_end_object (builder);

      root = json_builder_get_root (builder);
      json_generator_set_root (generator, root);
      g_string_append (expected, i == 0 ? "\n  " : ",\n  ");
      json_generator_to_gstring (generator, expected);
    }
  hs_json_out_end_array (out);
  g_string_append (expected, "\n]\n}\n");
  text = finish (out, stream);

  g_assert_true (strcmp (text, expected->str) == 0);
}

/* No control character is written as it is, whatever is done with the buffer. */
static void
test_texts (void)
{
  GOutputStream   *stream = g_memory_output_stream_new_resizable ();
  HsJsonOut       *out = hs_json_out_new (stream);
  g_autofree char *large = g_strnfill (1000000, 'x');
  g_autofree char *text = NULL;
  g_autoptr(JsonParser) parser = json_parser_new ();
  g_autoptr(GError) error = NULL;
  char        all[0x80] = { 0 };
  JsonObject *object;

  for (gsize i = 1; i < sizeof all; i++)
    all[i - 1] = (char)i;
  large[999999] = '\x1f';
  hs_json_out_put_text (out, "all", all);
  hs_json_out_put_text (out, "large", large);
  hs_json_out_put_text (out, "again", all);
  text = finish (out, stream);

  g_assert_null (strpbrk (text, "\x1f\x1e\t\b\x7f"));
  g_assert_nonnull (strstr (text, "x\\u001f\",\n"));
  json_parser_load_from_data (parser, text, -1, &error);
  g_assert_no_error (error);
  object = json_node_get_object (json_parser_get_root (parser));
  g_assert_cmpstr (json_object_get_string_member (object, "all"), ==, all);
  g_assert_cmpstr (json_object_get_string_member (object, "large"), ==, large);
  g_assert_cmpstr (json_object_get_string_member (object, "again"), ==, all);
}

/* An error is told at the end. */
static void
test_error (void)
{
  char memory[1000];
  g_autoptr(GOutputStream) stream = g_memory_output_stream_new (memory, sizeof memory, NULL, NULL);
  HsJsonOut *out = hs_json_out_new (stream);
  g_autoptr(GError) error = NULL;

  hs_json_out_begin_array (out, "numbers");
  for (gint64 i = 0; i < 100000; i++)
    hs_json_out_put_int (out, NULL, i);
  hs_json_out_end_array (out);

  g_assert_false (hs_json_out_finish (out, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json-out/lines", test_lines);
  g_test_add_func ("/json-out/random", test_random);
  g_test_add_func ("/json-out/texts", test_texts);
  g_test_add_func ("/json-out/error", test_error);

  return g_test_run ();
}
