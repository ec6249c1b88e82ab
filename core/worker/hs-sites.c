/* hs-sites.c - lines of Python that allocate
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-sites.h"

#include "hs-ledger-private.h"
#include "hs-text.h"

#include <stddef.h>
#include <string.h>
#include <sys/mman.h>

/* Fixed tables, mostly untouched address space: open addressing, at most half
 * full. All of it is written under the ledger's lock, by threads that run
 * Python code.
 */
#define TABLE_BITS (HS_SITES_BITS + 1)
#define TABLE_SIZE (UINT32_C (1) << TABLE_BITS)
#define TEXT_BYTES (UINT32_C (256) << 20)
#define TEXT_SIZE  1024 /* of one, with its NUL */
#define CODE_BITS  20
#define CODES_MAX  (1 << (CODE_BITS - 1))
#define CACHE_SIZE (1 << HS_SITES_CACHE_BITS)

/* A site: offsets into the texts, and the line. */
typedef struct
{
  uint32_t file;
  uint32_t function;
  uint32_t line;
} Place;

typedef struct
{
  uint64_t code; /* address; 0: empty */
  uint32_t file;
  uint32_t function;
} CodeTexts;

typedef struct
{
  Place     places[HS_SITES_MAX];
  uint32_t  place_table[TABLE_SIZE]; /* numbers of sites; 0: empty */
  uint32_t  text_table[TABLE_SIZE];  /* offsets of texts; 0: empty */
  CodeTexts codes[1 << CODE_BITS];
  char      texts[TEXT_BYTES];
} Tables;

HsSitesEntry            hs_sites_cache[CACHE_SIZE];
__thread PyThreadState *hs_sites_thread;

static uint32_t constant = HS_SITE_BASELINE;
static bool     has_lines;

static Tables  *tables;
static uint32_t n_sites = HS_SITE_FIRST;
static uint32_t n_texts;
static uint32_t n_codes;
static uint32_t text_size = 1; /* used; the text at 0 is empty */

bool
hs_sites_init (void)
{
  tables = mmap (NULL, sizeof *tables, PROT_READ | PROT_WRITE,
                 MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

  return tables != MAP_FAILED;
}

void
hs_sites_begin (bool wants_lines)
{
  constant = HS_SITE_NO_LINE;
  has_lines = wants_lines;
  hs_sites_thread = has_lines ? hs_py_get_thread_state () : NULL;
}

void
hs_sites_end (void)
{
  has_lines = false;
  hs_sites_thread = NULL;
}

uint32_t
hs_sites_get_constant (void)
{
  return constant;
}

static uint32_t
hash_text (const char *text,
           size_t      size)
{
  uint64_t hash = UINT64_C (0xcbf29ce484222325); /* FNV-1a */

  for (size_t i = 0; i < size; i++)
    hash = (hash ^ (uint8_t)text[i]) * UINT64_C (0x100000001b3);

  return (uint32_t)(hash >> 32 ^ hash);
}

/* The offset of the only copy of a text; 0 if it is empty or there is no room. */
static uint32_t
intern_text (PyObject *str)
{
  char     buffer[TEXT_SIZE];
  HsText   text;
  uint32_t i;

  hs_text_init (&text, buffer, sizeof buffer);
  hs_text_add_str (&text, str);

  i = hash_text (buffer, text.size) % TABLE_SIZE;
  while (tables->text_table[i] != 0)
    {
      if (strcmp (tables->texts + tables->text_table[i], buffer) == 0)
        return tables->text_table[i];
      i = (i + 1) % TABLE_SIZE;
    }

  if (text.size == 0 || text.size >= TEXT_BYTES - text_size || n_texts == TABLE_SIZE / 2)
    return 0;

  tables->text_table[i] = text_size;
  memcpy (tables->texts + text_size, buffer, text.size + 1);
  text_size += (uint32_t)text.size + 1;
  n_texts++;

  return tables->text_table[i];
}

static uint32_t
get_code_home (uint64_t code)
{
  return (uint32_t)((code >> 4) * UINT64_C (0x9e3779b97f4a7c15) >> (64 - CODE_BITS));
}

/* The slot of a code object, or the empty one where it would be put. */
static CodeTexts *
find_code (uint64_t code)
{
  uint32_t i = get_code_home (code);

  while (tables->codes[i].code != 0 && tables->codes[i].code != code)
    i = (i + 1) % (1 << CODE_BITS);

  return &tables->codes[i];
}

/* The texts of a code object. From now on we are told when it is freed. */
static void
get_code_texts (PyCodeObject *code,
                CodeTexts    *texts)
{
  CodeTexts *slot = find_code ((uint64_t)code);

  if (slot->code == 0)
    {
      hs_ledger_flag_code (code);
      texts->code = (uint64_t)code;
      texts->file = intern_text (code->co_filename);
      texts->function = intern_text (code->co_qualname);
      if (n_codes == CODES_MAX)
        return;
      *slot = *texts;
      n_codes++;
    }

  *texts = *slot;
}

/* The number of the only site with these three. */
static uint32_t
intern_place (const Place *place)
{
  uint64_t key = ((uint64_t)place->file << 32 | place->line) ^ (uint64_t)place->function << 20;
  uint32_t i = (uint32_t)(key * UINT64_C (0x9e3779b97f4a7c15) >> (64 - TABLE_BITS));

  while (tables->place_table[i] != 0)
    {
      if (memcmp (&tables->places[tables->place_table[i]], place, sizeof *place) == 0)
        return tables->place_table[i];
      i = (i + 1) % TABLE_SIZE;
    }

  if (n_sites == HS_SITES_MAX || place->file == 0)
    return HS_SITE_OTHERS;

  tables->places[n_sites] = *place;
  tables->place_table[i] = n_sites;

  return n_sites++;
}

static uint32_t
find_site (void *frame)
{
  uint64_t      instruction;
  HsSitesEntry *entry;
  CodeTexts     texts;
  Place         place;
  uint32_t      site;

  frame = hs_py_find_python_frame (frame);
  if (frame == NULL)
    return HS_SITE_NO_LINE;

  instruction = hs_py_get_instruction (frame);
  entry = hs_sites_get_entry (instruction);
  if (entry->instruction == instruction)
    return entry->site;

  hs_lock_take (&hs_ledger.lock);
  get_code_texts (hs_py_get_frame_code (frame), &texts);
  place = (Place) { texts.file, texts.function, hs_py_get_frame_line (frame) };
  site = intern_place (&place);
  entry->instruction = 0;
  entry->site = site;
  entry->instruction = instruction;
  hs_lock_release (&hs_ledger.lock);

  return site;
}

uint32_t
hs_sites_get_current (void)
{
  PyThreadState *state = hs_sites_thread;

  if (!has_lines)
    return constant;
  if (state == NULL)
    state = hs_py_get_thread_state ();

  return state != NULL ? find_site (hs_py_get_innermost_frame (state)) : HS_SITE_NO_LINE;
}

static void
remove_code (CodeTexts *slot)
{
  uint32_t gap = (uint32_t)(slot - tables->codes);
  uint32_t mask = (1 << CODE_BITS) - 1;

  for (uint32_t i = (gap + 1) & mask; tables->codes[i].code != 0; i = (i + 1) & mask)
    if (((i - get_code_home (tables->codes[i].code)) & mask) >= ((i - gap) & mask))
      {
        tables->codes[gap] = tables->codes[i];
        gap = i;
      }

  tables->codes[gap].code = 0;
  n_codes--;
}

void
hs_sites_forget_code (const void *code,
                      uint64_t    size)
{
  uint64_t   begin = (uint64_t)code;
  CodeTexts *slot;

  hs_lock_take (&hs_ledger.lock);
  slot = find_code (begin);
  if (slot->code != 0)
    remove_code (slot);

  /* Instructions lie inside of the object. */
  if (size / 2 < CACHE_SIZE)
    {
      for (uint64_t at = begin; at < begin + size; at += 2)
        if (hs_sites_get_entry (at)->instruction == at)
          hs_sites_get_entry (at)->instruction = 0;
    }
  else
    {
      for (uint32_t i = 0; i < CACHE_SIZE; i++)
        if (hs_sites_cache[i].instruction - begin < size)
          hs_sites_cache[i].instruction = 0;
    }
  hs_lock_release (&hs_ledger.lock);
}

uint32_t
hs_sites_get_n (void)
{
  return n_sites;
}

void
hs_sites_get (uint32_t number,
              HsSite  *site)
{
  *site = (HsSite) { "", "", 0 };
  if (number < HS_SITE_FIRST || number >= n_sites)
    return;

  site->file = tables->texts + tables->places[number].file;
  site->function = tables->texts + tables->places[number].function;
  site->line = tables->places[number].line;
}
