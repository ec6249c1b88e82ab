/* ledger-oracle.c - a second account of what Python allocates, to be preloaded
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Lies in front of whatever allocators a program sets, and shares nothing with
 * the ledger: every block has its place in one table, whatever its size, and all
 * is counted at once, with a lock. What Python's allocators ask of each other is
 * not counted again.
 *
 * The code begins when the program calls PyEval_EvalCode(), and has ended when it
 * calls getpid() afterwards. What was counted until then is in the file that
 * HS_LEDGER_ORACLE_FILE names: uint64_t [N_NUMBERS].
 */

#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#define N_DOMAINS 3
#define N_SLOTS   (UINT64_C (1) << 24)

/* As in cpython/pymem.h: the same in all versions. */
typedef struct
{
  void *context;
  void *(*malloc) (void *context, size_t size);
  void *(*calloc) (void *context, size_t n, size_t size);
  void *(*realloc) (void *context, void *block, size_t size);
  void (*free) (void *context, void *block);
} Allocator;

typedef enum
{
  HAS_ENDED,
  BEGIN_BYTES,
  LIVE_BYTES,
  PEAK_BYTES, /* since the code began, as all below */
  LEAST_BYTES,
  TOTAL_BYTES,
  TOTAL_BLOCKS,
  N_NUMBERS
} Number;

#define GONE UINT64_MAX

typedef struct
{
  uint64_t address; /* 0: empty */
  uint64_t size;    /* GONE: there was a block */
} Slot;

void  PyMem_GetAllocator (int domain, Allocator *allocator);
void  PyMem_SetAllocator (int domain, Allocator *allocator);
void *PyEval_EvalCode (void *code, void *globals, void *locals);

static Allocator       inner[N_DOMAINS];
static bool            is_set[N_DOMAINS];
static Slot           *slots;
static uint64_t        n_used;
static uint64_t       *numbers;
static bool            has_returned;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static __thread int depth __attribute__ ((tls_model ("initial-exec")));

static __attribute__ ((constructor)) void
begin (void)
{
  const char *path = getenv ("HS_LEDGER_ORACLE_FILE");
  int         fd = path != NULL ? open (path, O_RDWR | O_CLOEXEC) : -1;

  if (fd < 0)
    return;
  numbers = mmap (NULL, N_NUMBERS * sizeof *numbers, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  slots = mmap (NULL, N_SLOTS * sizeof *slots, PROT_READ | PROT_WRITE,
                MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  close (fd);
}

static void *
find_original (const char *name)
{
  void *function = dlsym (RTLD_NEXT, name);

  if (function == NULL)
    abort ();

  return function;
}

/* ---- The account ---- */

static Slot *
find (uint64_t address)
{
  uint64_t i = (address >> 4) * UINT64_C (0x9e3779b97f4a7c15) >> 40;

  while (slots[i].address != 0 && slots[i].address != address)
    i = (i + 1) % N_SLOTS;

  return &slots[i];
}

static void
look (void)
{
  if (numbers[LIVE_BYTES] > numbers[PEAK_BYTES])
    numbers[PEAK_BYTES] = numbers[LIVE_BYTES];
  if (numbers[LIVE_BYTES] < numbers[LEAST_BYTES])
    numbers[LEAST_BYTES] = numbers[LIVE_BYTES];
}

/* Takes a block out. Returns: its bytes; GONE if it is not known */
static uint64_t
take (void *block)
{
  Slot    *slot = find ((uint64_t)block);
  uint64_t size = slot->size;

  if (slot->address == 0 || size == GONE)
    return GONE;
  slot->size = GONE;
  numbers[LIVE_BYTES] -= size;

  return size;
}

static void
put (void    *block,
     uint64_t size)
{
  Slot *slot = find ((uint64_t)block);

  if (slot->address == 0 && ++n_used > N_SLOTS / 2)
    abort ();
  /* Freed by somebody who did not ask us. */
  if (slot->address != 0 && slot->size != GONE)
    numbers[LIVE_BYTES] -= slot->size;
  slot->address = (uint64_t)block;
  slot->size = size;
  numbers[LIVE_BYTES] += size;
}

static void
count (void    *block,
       uint64_t size)
{
  put (block, size);
  numbers[TOTAL_BYTES] += size;
  numbers[TOTAL_BLOCKS]++;
  look ();
}

/* ---- Allocators ---- */

static void
enter (void)
{
  if (depth++ == 0)
    pthread_mutex_lock (&lock);
}

static void
leave (void)
{
  if (--depth == 0)
    pthread_mutex_unlock (&lock);
}

static void *
oracle_malloc (void  *context,
               size_t size)
{
  Allocator *next = context;
  void      *block;

  enter ();
  block = next->malloc (next->context, size);
  if (depth == 1 && block != NULL)
    count (block, size);
  leave ();

  return block;
}

static void *
oracle_calloc (void  *context,
               size_t n,
               size_t size)
{
  Allocator *next = context;
  void      *block;

  enter ();
  block = next->calloc (next->context, n, size);
  if (depth == 1 && block != NULL)
    count (block, n * size);
  leave ();

  return block;
}

static void *
oracle_realloc (void  *context,
                void  *block,
                size_t size)
{
  Allocator *next = context;
  uint64_t   old = GONE;
  void      *resized;

  enter ();
  if (depth == 1 && block != NULL)
    old = take (block);
  resized = next->realloc (next->context, block, size);
  if (depth == 1 && resized != NULL)
    count (resized, size);
  else if (depth == 1 && old != GONE)
    put (block, old);
  leave ();

  return resized;
}

static void
oracle_free (void *context,
             void *block)
{
  Allocator *next = context;

  enter ();
  if (depth == 1 && block != NULL)
    {
      take (block);
      look ();
    }
  next->free (next->context, block);
  leave ();
}

/* ---- In front of the program ---- */

/* Whether it is an address of the program, not of a library. */
static bool
is_programs (const void *address)
{
  Dl_info info;

  return dladdr (address, &info) != 0 && strstr (info.dli_fname, "heapscape-worker") != NULL;
}

/* Python itself swaps allocators now and then: it gets what is there. */
void
PyMem_GetAllocator (int        domain,
                    Allocator *allocator)
{
  void (*original) (int, Allocator *) = find_original ("PyMem_GetAllocator");

  if (domain < N_DOMAINS && is_set[domain] && is_programs (__builtin_return_address (0)))
    *allocator = inner[domain];
  else
    original (domain, allocator);
}

void
PyMem_SetAllocator (int        domain,
                    Allocator *allocator)
{
  void (*original) (int, Allocator *) = find_original ("PyMem_SetAllocator");
  Allocator outer = { &inner[domain], oracle_malloc, oracle_calloc, oracle_realloc, oracle_free };

  if (numbers == NULL || domain >= N_DOMAINS || !is_programs (__builtin_return_address (0)))
    {
      original (domain, allocator);
      return;
    }

  inner[domain] = *allocator;
  is_set[domain] = true;
  original (domain, &outer);
}

void *
PyEval_EvalCode (void *code,
                 void *globals,
                 void *locals)
{
  void *(*original) (void *, void *, void *) = find_original ("PyEval_EvalCode");
  bool is_first =
    numbers != NULL && numbers[BEGIN_BYTES] == 0 && is_programs (__builtin_return_address (0));
  void *value;

  if (is_first)
    {
      numbers[BEGIN_BYTES] = numbers[LIVE_BYTES];
      numbers[PEAK_BYTES] = numbers[LIVE_BYTES];
      numbers[LEAST_BYTES] = numbers[LIVE_BYTES];
      numbers[TOTAL_BYTES] = 0;
      numbers[TOTAL_BLOCKS] = 0;
    }
  value = original (code, globals, locals);
  if (is_first)
    has_returned = true;

  return value;
}

pid_t
getpid (void)
{
  /* From now on only the program itself is at work. */
  if (has_returned && numbers[HAS_ENDED] == 0)
    {
      numbers[HAS_ENDED] = 1;
      numbers = memcpy (mmap (NULL, N_NUMBERS * sizeof *numbers, PROT_READ | PROT_WRITE,
                              MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
                        numbers, N_NUMBERS * sizeof *numbers);
    }

  return (pid_t)syscall (SYS_getpid);
}
