/* hs-sites.c - lines of Python that allocate
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-sites.h"

#include "hs-ledger-private.h"
#include "hs-source.h"
#include "hs-text.h"

#include <stddef.h>
#include <string.h>
#include <sys/mman.h>

/* Tables with open addressing, at most half full. They begin small and double:
 * all sizes lie behind each other in address space that is taken at the start,
 * as later it would count against the code's limits. All of this is written
 * under the ledger's lock, by threads that run Python code.
 */
#define BITS_MIN      10
#define SITE_BITS_MAX (HS_SITES_BITS + 1)
#define CODE_BITS_MAX 20
#define N_SLOTS(bits) ((UINT64_C (2) << (bits)) - (UINT64_C (1) << BITS_MIN))

#define TEXT_BYTES (UINT32_C (256) << 20)
#define TEXT_SIZE  1024 /* of one, with its NUL */

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
  char      texts[TEXT_BYTES];
  uint32_t  place_slots[N_SLOTS (SITE_BITS_MAX)]; /* numbers of sites; 0: empty */
  uint32_t  text_slots[N_SLOTS (SITE_BITS_MAX)];  /* offsets of texts; 0: empty */
  CodeTexts code_slots[N_SLOTS (CODE_BITS_MAX)];
} Tables;

HsSitesEntry            hs_sites_cache[CACHE_SIZE];
__thread PyThreadState *hs_sites_thread;

static uint32_t constant = HS_SITE_BASELINE;
static bool     has_lines;

static uint32_t own_file; /* text: the name of the code's file; 0: it has none yet */

static Place   *places;
static char    *texts;
static uint32_t n_sites = HS_SITE_FIRST;
static uint32_t text_size = 1; /* used; the text at 0 is empty */

static uint32_t *place_slots;
static uint32_t  place_bits = BITS_MIN;

static uint32_t *text_slots;
static uint32_t  text_bits = BITS_MIN;
static uint32_t  n_texts;

static CodeTexts *code_slots;
static uint32_t   code_bits = BITS_MIN;
static uint32_t   n_codes;

bool
hs_sites_init (void)
{
  Tables *tables = mmap (NULL, sizeof *tables, PROT_READ | PROT_WRITE,
                         MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

  if (tables == MAP_FAILED)
    return false;

  places = tables->places;
  texts = tables->texts;
  place_slots = tables->place_slots;
  text_slots = tables->text_slots;
  code_slots = tables->code_slots;

  return true;
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

/* ---- Texts ---- */

/* The slot of a text, or the empty one where it would be put. */
static uint32_t *
find_text (const char *text)
{
  uint64_t hash = UINT64_C (0xcbf29ce484222325); /* FNV-1a */
  uint32_t mask = (UINT32_C (1) << text_bits) - 1;
  uint32_t i;

  for (const char *c = text; *c != '\0'; c++)
    hash = (hash ^ (uint8_t)*c) * UINT64_C (0x100000001b3);

  i = (uint32_t)(hash >> 32) & mask;
  while (text_slots[i] != 0 && strcmp (texts + text_slots[i], text) != 0)
    i = (i + 1) & mask;

  return &text_slots[i];
}

static void
grow_texts (void)
{
  text_slots += UINT64_C (1) << text_bits;
  text_bits++;
  for (uint32_t at = 1; at < text_size; at += (uint32_t)strlen (texts + at) + 1)
    *find_text (texts + at) = at;
}

/* The offset of the only copy of a text; that of the empty one if there is no room. */
static uint32_t
intern_text (PyObject *str)
{
  char      buffer[TEXT_SIZE];
  HsText    text;
  uint32_t *slot;

  hs_text_init (&text, buffer, sizeof buffer);
  hs_text_add_str (&text, str);
  slot = find_text (buffer);
  if (*slot != 0 || text.size == 0)
    return *slot;

  if (n_texts >= UINT32_C (1) << (text_bits - 1) && text_bits < SITE_BITS_MAX)
    {
      grow_texts ();
      slot = find_text (buffer);
    }
  if (n_texts >= UINT32_C (1) << (text_bits - 1) || text.size >= TEXT_BYTES - text_size)
    return 0;

  *slot = text_size;
  memcpy (texts + text_size, buffer, text.size + 1);
  text_size += (uint32_t)text.size + 1;
  n_texts++;

  return *slot;
}

/* ---- Code objects ---- */

static uint32_t
get_code_home (uint64_t code)
{
  return (uint32_t)((code >> 4) * UINT64_C (0x9e3779b97f4a7c15) >> (64 - code_bits));
}

/* The slot of a code object, or the empty one where it would be put. */
static CodeTexts *
find_code (uint64_t code)
{
  uint32_t mask = (UINT32_C (1) << code_bits) - 1;
  uint32_t i = get_code_home (code);

  while (code_slots[i].code != 0 && code_slots[i].code != code)
    i = (i + 1) & mask;

  return &code_slots[i];
}

static void
grow_codes (void)
{
  const CodeTexts *old = code_slots;
  uint32_t         n_old = UINT32_C (1) << code_bits;

  code_slots += n_old;
  code_bits++;
  for (uint32_t i = 0; i < n_old; i++)
    if (old[i].code != 0)
      *find_code (old[i].code) = old[i];
}

/* The texts of a code object. From now on we are told when it is freed. */
static CodeTexts
get_code_texts (PyCodeObject *code)
{
  CodeTexts *slot = find_code ((uint64_t)code);
  CodeTexts  found = *slot;

  if (found.code != 0)
    return found;

  hs_ledger_flag_code (code);
  found.code = (uint64_t)code;
  found.file = intern_text (code->co_filename);
  found.function = intern_text (code->co_qualname);

  if (n_codes >= UINT32_C (1) << (code_bits - 1) && code_bits < CODE_BITS_MAX)
    {
      grow_codes ();
      slot = find_code (found.code);
    }
  if (n_codes < UINT32_C (1) << (code_bits - 1))
    {
      *slot = found;
      n_codes++;
    }

  return found;
}

static void
remove_code (CodeTexts *slot)
{
  uint32_t gap = (uint32_t)(slot - code_slots);
  uint32_t mask = (UINT32_C (1) << code_bits) - 1;

  for (uint32_t i = (gap + 1) & mask; code_slots[i].code != 0; i = (i + 1) & mask)
    if (((i - get_code_home (code_slots[i].code)) & mask) >= ((i - gap) & mask))
      {
        code_slots[gap] = code_slots[i];
        gap = i;
      }

  code_slots[gap].code = 0;
  n_codes--;
}

/* ---- Sites ---- */

static bool
is_own_file (uint32_t file)
{
  return file == own_file && file != 0;
}

/* The slot of a place, or the empty one where it would be put. */
static uint32_t *
find_place (const Place *place)
{
  uint64_t key = ((uint64_t)place->file << 32 | place->line) ^ (uint64_t)place->function << 20;
  uint32_t mask = (UINT32_C (1) << place_bits) - 1;
  uint32_t i = (uint32_t)(key * UINT64_C (0x9e3779b97f4a7c15) >> (64 - place_bits));

  while (place_slots[i] != 0 && memcmp (&places[place_slots[i]], place, sizeof *place) != 0)
    i = (i + 1) & mask;

  return &place_slots[i];
}

static void
grow_places (void)
{
  place_slots += UINT64_C (1) << place_bits;
  place_bits++;
  for (uint32_t i = HS_SITE_FIRST; i < n_sites; i++)
    *find_place (&places[i]) = i;
}

/* The number of the only site with these three. */
static uint32_t
intern_place (const Place *place)
{
  uint32_t *slot = find_place (place);

  if (*slot != 0)
    return *slot;
  if (n_sites == HS_SITES_MAX)
    return HS_SITE_OTHERS;

  /* The largest table is twice as large as there may be sites. */
  if (n_sites >= UINT32_C (1) << (place_bits - 1))
    {
      grow_places ();
      slot = find_place (place);
    }
  places[n_sites] = *place;
  *slot = n_sites;

  return n_sites++;
}

static HsSitesNow
find_site (void *frame)
{
  uint64_t      instruction;
  HsSitesEntry *entry;
  CodeTexts     names;
  Place         place;
  HsSitesNow    now;

  frame = hs_py_find_python_frame (frame);
  if (frame == NULL)
    return (HsSitesNow) { HS_SITE_NONE, 0 };

  instruction = hs_py_get_instruction (frame);
  entry = hs_sites_get_entry (instruction);
  if (entry->instruction == instruction)
    return entry->now;

  hs_lock_take (&hs_ledger.lock);
  names = get_code_texts (hs_py_get_frame_code (frame));
  place = (Place) { names.file, names.function, hs_py_get_frame_line (frame) };
  now.site = intern_place (&place);
  now.line = is_own_file (names.file) ? place.line : 0;
  entry->instruction = 0;
  entry->now = now;
  entry->instruction = instruction;
  hs_lock_release (&hs_ledger.lock);

  return now;
}

HsSitesNow
hs_sites_get_current (void)
{
  PyThreadState *state = hs_sites_thread;

  if (!has_lines)
    return (HsSitesNow) { constant, 0 };
  if (state == NULL)
    state = hs_py_get_thread_state ();
  if (state == NULL)
    return (HsSitesNow) { HS_SITE_NONE, 0 };

  return find_site (hs_py_get_innermost_frame (state));
}

uint32_t
hs_sites_find_own_line (uint32_t *n_frames_left)
{
  PyThreadState *state = hs_sites_thread;
  void          *frame;

  if (state == NULL)
    state = hs_py_get_thread_state ();
  if (state == NULL)
    return 0;

  for (frame = hs_py_find_python_frame (hs_py_get_innermost_frame (state)); frame != NULL;
       frame = hs_py_find_caller (frame))
    {
      uint32_t line = find_site (frame).line;

      if (line != 0)
        return line;
      if (*n_frames_left == 0)
        return UINT32_MAX;
      (*n_frames_left)--;
    }

  return 0;
}

void
hs_sites_begin (bool wants_lines)
{
  constant = HS_SITE_NONE;
  has_lines = wants_lines;
  if (has_lines)
    own_file = intern_text (hs_source_get_file_name ());
  hs_sites_thread = has_lines ? hs_py_get_thread_state () : NULL;
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
  *site = (HsSite) { .file = "", .function = "" };
  if (number < HS_SITE_FIRST || number >= n_sites)
    return;

  site->file = texts + places[number].file;
  site->function = texts + places[number].function;
  site->line = places[number].line;
  site->is_own = is_own_file (places[number].file);
}
