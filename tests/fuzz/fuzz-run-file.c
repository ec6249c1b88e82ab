/* fuzz-run-file.c - whole runs in files that somebody else made
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Most mutants have right checksums: these only tell of accidents. What is accepted is used, and
 * saved and opened once more.
 *
 * A short run is a test. A longer one by hand, with other mutants, best built with the address and
 * undefined behaviour sanitizers:
 *
 *   fuzz-run-file [MUTANTS [SEED]]
 */

#include "config.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <zlib.h>
#include <zstd.h>

#include "hs-error.h"
#include "hs-graph.h"
#include "hs-python-private.h"
#include "hs-run-file-private.h"
#include "hs-run-private.h"
#include "hs-test-odd-heaps.h"
#include "hs-test-programs.h"
#include "hs-timeline.h"

#define N_MUTANTS 4000
#define SEED      20260101
/* Saving waits for the disk. */
#define SAVED_EACH 40
#define FILE_NAME  "fuzz.heapscape"
#define MS         G_GUINT64_CONSTANT (1000000)

/* Some of what happened, so that a run that tests nothing is seen. */
static guint64 n_accepted;
static guint64 n_heaps;

/* ---- Files in parts ---- */

typedef struct
{
  HsRunFileHeader header;
  GByteArray     *facts;
  GByteArray     *source;
  GByteArray     *ranges;
  GByteArray     *data; /* not packed */
} Parts;

static void
parts_clear (Parts *parts)
{
  g_byte_array_unref (parts->facts);
  g_byte_array_unref (parts->source);
  g_byte_array_unref (parts->ranges);
  g_byte_array_unref (parts->data);
}

static GByteArray *
copy_bytes (const guint8 *data,
            gsize         size)
{
  return g_byte_array_append (g_byte_array_sized_new ((guint)size), data, (guint)size);
}

static void
parts_copy (Parts       *to,
            const Parts *from)
{
  to->header = from->header;
  to->facts = copy_bytes (from->facts->data, from->facts->len);
  to->source = copy_bytes (from->source->data, from->source->len);
  to->ranges = copy_bytes (from->ranges->data, from->ranges->len);
  to->data = copy_bytes (from->data->data, from->data->len);
}

/* The parts of a file that was saved. */
static void
parts_read (Parts        *parts,
            const guint8 *bytes,
            gsize         size)
{
  const guint8 *at = bytes + sizeof parts->header;

  memcpy (&parts->header, bytes, sizeof parts->header);
  parts->facts = copy_bytes (at, parts->header.facts_size);
  at += parts->header.facts_size;
  parts->source = copy_bytes (at, parts->header.source_size);
  at += parts->header.source_size;
  parts->ranges = copy_bytes (at, parts->header.n_ranges * sizeof (HsRunFileRange));
  at += parts->ranges->len;
  parts->data = g_byte_array_new ();
  g_byte_array_set_size (parts->data, (guint)parts->header.data_size);
  g_assert_cmpuint (ZSTD_decompress (parts->data->data, parts->data->len, at,
                                     size - (gsize)(at - bytes) - sizeof (HsRunFileTail)),
                    ==, parts->data->len);
}

/* What the parts say by their sizes. */
static void
count_parts (Parts *parts)
{
  parts->header.facts_size = parts->facts->len;
  parts->header.source_size = parts->source->len;
  parts->header.n_ranges = parts->ranges->len / sizeof (HsRunFileRange);
  parts->header.data_size = parts->data->len;
}

static void
sum_parts (Parts *parts)
{
  uLong crc;

  parts->header.crc = 0;
  crc = crc32_z (0, (const guint8 *)&parts->header, sizeof parts->header);
  crc = parts->facts->len > 0 ? crc32_z (crc, parts->facts->data, parts->facts->len) : crc;
  crc = parts->source->len > 0 ? crc32_z (crc, parts->source->data, parts->source->len) : crc;
  crc = parts->ranges->len > 0 ? crc32_z (crc, parts->ranges->data, parts->ranges->len) : crc;
  parts->header.crc = (guint32)crc;
}

/* Returns: (transfer full): a file */
static GByteArray *
parts_write (const Parts *parts)
{
  gsize         room = ZSTD_compressBound (parts->data->len);
  GByteArray   *bytes = copy_bytes ((const guint8 *)&parts->header, sizeof parts->header);
  HsRunFileTail tail;
  gsize         start;
  gsize         packed;

  g_byte_array_append (bytes, parts->facts->data, parts->facts->len);
  g_byte_array_append (bytes, parts->source->data, parts->source->len);
  g_byte_array_append (bytes, parts->ranges->data, parts->ranges->len);
  start = bytes->len;
  g_byte_array_set_size (bytes, (guint)(start + room));
  packed = ZSTD_compress (bytes->data + start, room, parts->data->data, parts->data->len, 1);
  g_assert_false (ZSTD_isError (packed));
  g_byte_array_set_size (bytes, (guint)(start + packed));
  tail.crc = (guint32)crc32_z (0, bytes->data + start, packed);
  g_byte_array_append (bytes, (const guint8 *)&tail, sizeof tail);

  return bytes;
}

/* ---- What is right ---- */

static HsRunSpec *
make_spec (void)
{
  static const char source[] = "words = ['x'] * 3\n# heapscape: snapshot half\nprint(words)\n";
  g_autoptr(GBytes) bytes = g_bytes_new_static (source, sizeof source - 1);
  g_autoptr(HsPermissions) permissions = hs_permissions_new ();
  HsRunSpec *spec = hs_run_spec_new (bytes, NULL, "t.py");

  hs_permissions_add_folder (permissions, "/srv/data");
  hs_run_spec_set_permissions (spec, permissions);

  return spec;
}

/* A run as of a worker, the same each time, with the heap @name at two of its moments. */
static HsRun *
make_run (const HsTestOddHeap *odd)
{
  g_autoptr(HsTestRecord) record = hs_test_program_make_known ();
  g_autoptr(GBytes) heap = odd->make ();
  g_autoptr(HsPython) python = _hs_python_new_elsewhere ("3.11.2", "a note");
  g_autoptr(GDateTime) date = g_date_time_new_from_iso8601 ("2026-01-02T03:04:05+01:00", NULL);
  g_autoptr(HsRunSpec) spec = make_spec ();
  HsRun *run = _hs_run_new (spec, python, date);

  for (guint i = 0; i < 2; i++)
    hs_test_record_add_moment (record,
                               &(HsRecordMoment) { .kind = i == 0 ? HS_MOMENT_MARK : HS_MOMENT_END,
                                                   .line = 3,
                                                   .count = 1,
                                                   .time_ns = 3 * MS },
                               heap);
  run->status = HS_STATUS_EXCEPTION;
  run->exception_type = g_strdup ("ValueError");
  run->exception_message = g_strdup ("at the end");
  run->traceback = g_strdup ("Traceback (most recent call last):\n");
  run->line = 3;
  run->wall_ns = 3 * MS;
  run->result.bytes = hs_test_record_to_bytes (record, &run->result.record_offset,
                                               &run->result.record_size);
  _hs_run_read_result (run);
  g_assert_nonnull (run->history);
  g_assert_nonnull (run->heap);

  return run;
}

/* ---- What is wrong ---- */

/* Numbers at the edges of their types, which plain random bytes rarely hit. */
static guint64
choose_value (GRand *random)
{
  static const guint64 values[] = { 0,
                                    1,
                                    2,
                                    7,
                                    8,
                                    63,
                                    64,
                                    4096,
                                    G_MAXINT32,
                                    G_MAXUINT32,
                                    (guint64)G_MAXUINT32 + 1,
                                    HS_RUN_FILE_FACTS_MAX,
                                    HS_RUN_FILE_SOURCE_MAX,
                                    HS_RUN_FILE_RESULT_MAX,
                                    HS_RUN_FILE_RESULT_MAX + 1,
                                    G_MAXINT64,
                                    G_MAXUINT64,
                                    G_MAXUINT64 - 7,
                                    G_MAXUINT64 - 63 };

  return values[g_rand_int_range (random, 0, G_N_ELEMENTS (values))];
}

/* Some of the numbers of @bytes, @width bytes each, or single bytes. */
static void
mutate_bytes (GRand  *random,
              guint8 *bytes,
              gsize   size)
{
  for (gint32 n = g_rand_int_range (random, 1, 5); n > 0 && size > 0; n--)
    {
      gsize   at = (gsize)g_rand_int_range (random, 0, (gint32)size);
      gsize   place = at - at % sizeof (guint64);
      guint64 value = choose_value (random);

      if (size - place < sizeof value || g_rand_int_range (random, 0, 3) == 0)
        bytes[at] = (guint8)g_rand_int (random);
      else if (g_rand_boolean (random))
        memcpy (bytes + place, &value, sizeof value);
      else
        {
          memcpy (&value, bytes + place, sizeof value);
          value += (guint64)g_rand_int_range (random, -64, 65);
          memcpy (bytes + place, &value, sizeof value);
        }
    }
}

/* Returns: (transfer floating) */
static GVariant *
choose_fact (GRand *random)
{
  static const char *const texts[] = {
    "",
    "ok",
    "exception",
    "\xe4\xbd\xa0",
    "9999-12-31T23:59:59+14:00",
    "0001-01-01T00:00:00Z",
    "%s%n",
    "3.",
    "a\nb\t\x01\x1b[31m",
  };
  static const char *const folders[] = { "", "relative", "/", "/a/../b", "/\xff" };
  guint64                  value = choose_value (random);

  switch (g_rand_int_range (random, 0, 7))
    {
    case 0:
      return g_variant_new_uint64 (value);
    case 1:
      return g_variant_new_uint32 ((guint32)value);
    case 2:
      return g_variant_new_int32 ((gint32)g_rand_int (random));
    case 3:
      return g_variant_new_boolean (g_rand_boolean (random));
    case 4:
      return g_variant_new_bytestring_array (folders, g_rand_int_range (random, 0,
                                                                        G_N_ELEMENTS (folders)));
    default:
      return g_variant_new_string (texts[g_rand_int_range (random, 0, G_N_ELEMENTS (texts))]);
    }
}

/* Others of the same or another type, or none. */
static void
mutate_facts (GRand *random,
              Parts *parts)
{
  g_autoptr(GBytes) bytes = g_bytes_new (parts->facts->data, parts->facts->len);
  g_autoptr(GVariant) facts = g_variant_ref_sink (
    g_variant_new_from_bytes (G_VARIANT_TYPE_VARDICT, bytes, FALSE));
  g_auto(GVariantDict) dict = G_VARIANT_DICT_INIT (facts);
  g_autoptr(GVariant) changed = NULL;

  for (gint32 n = g_rand_int_range (random, 1, 4); n > 0; n--)
    {
      gint32      n_facts = (gint32)g_variant_n_children (facts);
      gsize       chosen = (gsize)g_rand_int_range (random, 0, n_facts);
      const char *name;
      g_autoptr(GVariant) old = NULL;
      g_autoptr(GVariant) fact = g_variant_ref_sink (choose_fact (random));

      g_variant_get_child (facts, chosen, "{&sv}", &name, &old);
      /* Of another type it would hardly ever be accepted. */
      while (!g_variant_is_of_type (fact, g_variant_get_type (old)) &&
             g_rand_int_range (random, 0, 10) != 0)
        {
          g_variant_unref (fact);
          fact = g_variant_ref_sink (choose_fact (random));
        }
      if (g_rand_int_range (random, 0, 8) == 0)
        g_variant_dict_remove (&dict, name);
      else
        g_variant_dict_insert_value (&dict, name, fact);
    }
  changed = g_variant_ref_sink (g_variant_dict_end (&dict));
  g_byte_array_set_size (parts->facts, 0);
  g_byte_array_append (parts->facts, g_variant_get_data (changed),
                       (guint)g_variant_get_size (changed));
}

/* Fewer, more or other ranges, mostly with as many bytes as there are. */
static void
mutate_ranges (GRand *random,
               Parts *parts)
{
  guint n = parts->ranges->len / sizeof (HsRunFileRange);
  g_autoptr(GByteArray) again = NULL;

  switch (g_rand_int_range (random, 0, 4))
    {
    case 0:
      g_byte_array_set_size (parts->ranges, (guint)g_rand_int_range (random, 0, (gint32)n) *
                                              (guint)sizeof (HsRunFileRange));
      break;

    case 1:
      again = copy_bytes (parts->ranges->data, parts->ranges->len);
      g_byte_array_append (parts->ranges, again->data,
                           (guint)sizeof (HsRunFileRange) *
                             (guint)g_rand_int_range (random, 1, (gint32)n + 1));
      break;

    case 2:
      g_byte_array_set_size (parts->data,
                             (guint)g_rand_int_range (random, 0, (gint32)parts->data->len + 100));
      break;

    default:
      mutate_bytes (random, parts->ranges->data, parts->ranges->len);
      break;
    }
}

/* Returns: (transfer full): a file with something wrong */
static GByteArray *
make_mutant (GRand       *random,
             const Parts *right)
{
  gint32      kind = g_rand_int_range (random, 0, 12);
  Parts       parts;
  GByteArray *bytes;

  parts_copy (&parts, right);
  if (kind < 2)
    mutate_facts (random, &parts);
  else if (kind == 2)
    mutate_bytes (random, parts.facts->data, parts.facts->len);
  else if (kind < 5)
    mutate_ranges (random, &parts);
  else if (kind < 9)
    mutate_bytes (random, parts.data->data, parts.data->len);
  count_parts (&parts);
  if (kind == 9 || kind == 10)
    mutate_bytes (random, (guint8 *)&parts.header + 8, sizeof parts.header - 8);
  sum_parts (&parts);
  bytes = parts_write (&parts);
  parts_clear (&parts);

  /* As of a bad disk. */
  if (kind == 11 && g_rand_boolean (random))
    g_byte_array_set_size (bytes, (guint)g_rand_int_range (random, 0, (gint32)bytes->len));
  else if (kind == 11)
    mutate_bytes (random, bytes->data, bytes->len);

  return bytes;
}

/* ---- Using it ---- */

static void
check_text (char *text)
{
  g_assert_true (text == NULL || g_utf8_validate (text, -1, NULL));
  g_free (text);
}

static void
use_heap (HsHeap *heap)
{
  g_autoptr(HsGraph) graph = hs_graph_new (heap, NULL, NULL, NULL);

  n_heaps++;
  if (graph != NULL)
    check_text (hs_graph_to_text (graph));
}

static void
use_history (HsHistory *history)
{
  g_autoptr(HsTimeline) timeline = hs_timeline_new (history);

  check_text (hs_timeline_to_text (timeline));
  for (guint i = 0; i < hs_history_get_n_moments (history); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(HsHeap) heap = NULL;

      check_text (hs_history_dup_moment_name (history, i));
      if (!hs_history_has_heap (history, i))
        continue;
      heap = hs_history_open_heap (history, i, &error);
      g_assert_true ((heap == NULL) == (error != NULL));
      if (heap != NULL)
        use_heap (heap);
    }
}

static void
use_run (HsRun *run)
{
  HsRunSpec *spec = hs_run_get_spec (run);
  HsHistory *history = hs_run_get_history (run);
  HsHeap    *heap = hs_run_get_heap (run, NULL);

  g_assert_true (hs_run_can_save (run));
  check_text (g_strdup (hs_run_spec_get_display_name (spec)));
  check_text (g_date_time_format (hs_run_get_date (run), "%x %X"));
  check_text (hs_python_dup_label (hs_run_get_python (run)));
  check_text (hs_run_dup_message (run));
  check_text (g_strdup (hs_run_get_traceback (run)));
  for (int i = HS_STREAM_STDOUT; i <= HS_STREAM_STDERR; i++)
    check_text (g_strdup (hs_run_get_output (run, i)));
  if (history != NULL)
    use_history (history);
  if (heap != NULL)
    use_heap (heap);
}

/* ---- Files ---- */

/* Not by g_file_set_contents(), which waits for the disk. */
static void
write_file (GFile            *file,
            const GByteArray *bytes)
{
  FILE *stream = fopen (g_file_peek_path (file), "wb");

  g_assert_nonnull (stream);
  g_assert_cmpuint (fwrite (bytes->data, 1, bytes->len, stream), ==, bytes->len);
  g_assert_cmpint (fclose (stream), ==, 0);
}

static void
try_bytes (GFile            *file,
           const GByteArray *bytes,
           gboolean          is_saved)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(HsRun) run = NULL;
  g_autoptr(HsRun) again = NULL;

  write_file (file, bytes);
  run = hs_run_load_sync (file, NULL, &error);
  if (run == NULL)
    {
      g_assert_error (error, HS_ERROR, HS_ERROR_SNAPSHOT);
      g_assert_nonnull (strstr (error->message, FILE_NAME));
      return;
    }

  g_assert_no_error (error);
  n_accepted++;
  use_run (run);
  if (!is_saved)
    return;

  hs_run_save_sync (run, file, NULL, &error);
  g_assert_no_error (error);
  again = hs_run_load_sync (file, NULL, &error);
  g_assert_no_error (error);
  use_run (again);
}

/* As it is saved. */
static void
make_right (GFile               *file,
            const HsTestOddHeap *odd,
            Parts               *parts)
{
  g_autoptr(HsRun) run = make_run (odd);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GByteArray) written = NULL;
  const guint8 *data;
  gsize         size;
  guint64       n_before = n_accepted;

  hs_run_save_sync (run, file, NULL, &error);
  g_assert_no_error (error);
  bytes = g_file_load_bytes (file, NULL, NULL, &error);
  g_assert_no_error (error);
  data = g_bytes_get_data (bytes, &size);
  parts_read (parts, data, size);

  /* Else all mutants would be refused for a mistake of this program. */
  count_parts (parts);
  sum_parts (parts);
  written = parts_write (parts);
  try_bytes (file, written, TRUE);
  g_assert_cmpuint (n_accepted, ==, n_before + 1);
}

static void
fuzz (GFile  *file,
      guint64 n_mutants,
      guint32 seed)
{
  g_autoptr(GRand) random = g_rand_new_with_seed (seed);
  guint                n_odd;
  const HsTestOddHeap *odd = hs_test_odd_heaps_list (&n_odd);
  g_autofree Parts    *right = g_new0 (Parts, n_odd);

  for (guint i = 0; i < n_odd; i++)
    make_right (file, &odd[i], &right[i]);

  for (guint64 i = 0; i < n_mutants;)
    {
      gint32 chosen = g_rand_int_range (random, 0, (gint32)n_odd);
      g_autoptr(GByteArray) mutant = NULL;

      /* The long chain takes long and says little more. */
      if (g_str_equal (odd[chosen].name, "chain"))
        continue;
      mutant = make_mutant (random, &right[chosen]);
      try_bytes (file, mutant, i % SAVED_EACH == 0);
      i++;
    }

  for (guint i = 0; i < n_odd; i++)
    parts_clear (&right[i]);
}

int
main (int    argc,
      char **argv)
{
  guint64          n_mutants = argc > 1 ? g_ascii_strtoull (argv[1], NULL, 10) : N_MUTANTS;
  guint32          seed = argc > 2 ? (guint32)g_ascii_strtoull (argv[2], NULL, 10) : SEED;
  g_autofree char *folder = g_dir_make_tmp ("hs-fuzz-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, FILE_NAME, NULL);
  g_autoptr(GFile) file = g_file_new_for_path (path);

  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING | G_LOG_FATAL_MASK);
  fuzz (file, n_mutants, seed);
  g_print ("%" G_GUINT64_FORMAT " mutants, %" G_GUINT64_FORMAT " accepted, %" G_GUINT64_FORMAT
           " heaps used\n",
           n_mutants, n_accepted, n_heaps);
  g_assert_cmpuint (n_accepted, >, n_mutants / 20);
  g_unlink (path);
  g_rmdir (folder);

  return 0;
}
