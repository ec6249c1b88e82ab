/* hs-shapes-modules.c - the structs of modules that are part of libpython
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-shapes-private.h"

/* ---- Modules/_io ---- */

/* bufferedio.c, buffered; it allocates its buffer with PyMem_Malloc() */
static HsMember buffered[] = {
  OBJECT ("raw"), INT ("ok"), INT ("detached"), INT ("readable"), INT ("writable"),
  CHAR ("finalizing"), INT ("fast_closed_checks"), SIZE ("abs_pos"),
  BLOCK ("buffer", HS_BLOCK_BUFFER), SIZE ("pos"), SIZE ("raw_pos"), SIZE ("read_end"),
  SIZE ("write_pos"), SIZE ("write_end"), LOCK ("lock"), UNSIGNED ("owner", 8),
  SIZE ("buffer_size"), SIZE ("buffer_mask"), DICT ("dict"), WEAK_LIST ("weakreflist"), END
};

/* stringio.c; until 3.11 what is written is gathered in a list */
static HsMember string_io[] = {
  BLOCK ("buf", HS_BLOCK_BUFFER), SIZE ("pos"), SIZE ("string_size"), UNSIGNED ("buf_size", 8),
  INT ("state"), UNTIL_3_11 (OBJECT ("accu.large"), OBJECT ("accu.small")),
  FROM_3_12 (OBJECT ("writer.buffer"), BYTES ("writer.data", 48, 8)), CHAR ("ok"),
  CHAR ("closed"), CHAR ("readuniversal"), CHAR ("readtranslate"), OBJECT ("decoder"),
  OBJECT ("readnl"), OBJECT ("writenl"), DICT ("dict"), WEAK_LIST ("weakreflist"),
  FROM_3_12 (POINTER ("module_state")), END
};

/* textio.c */
static HsMember text_io[] = {
  INT ("ok"), INT ("detached"), SIZE ("chunk_size"), OBJECT ("buffer"), OBJECT ("encoding"),
  OBJECT ("encoder"), OBJECT ("decoder"), OBJECT ("readnl"), OBJECT ("errors"),
  POINTER ("writenl"), CHAR ("line_buffering"), CHAR ("write_through"), CHAR ("readuniversal"),
  CHAR ("readtranslate"), CHAR ("writetranslate"), CHAR ("seekable"), CHAR ("has_read1"),
  CHAR ("telling"), CHAR ("finalizing"), POINTER ("encodefunc"),
  CHAR ("encoding_start_of_stream"), OBJECT ("decoded_chars"), SIZE ("decoded_chars_used"),
  OBJECT ("pending_bytes"), SIZE ("pending_bytes_count"), OBJECT ("snapshot"),
  DOUBLE ("b2cratio"), OBJECT ("raw"), WEAK_LIST ("weakreflist"), DICT ("dict"),
  FROM_3_12 (POINTER ("state")), END
};

/* ---- Modules/itertoolsmodule.c ---- */

static HsMember combinations[] = {
  OBJECT ("pool"), BLOCK ("indices", HS_BLOCK_EXTRA), OBJECT ("result"), SIZE ("r"),
  INT ("stopped"), END
};

static HsMember function_and_iterator[] = { OBJECT ("func"), OBJECT ("it"), END };

/* ---- Modules/_collectionsmodule.c ---- */

static HsMember deque_iterator[] = {
  POINTER ("b"), SIZE ("index"), OBJECT ("deque"), UNSIGNED ("state", 8), SIZE ("counter"), END
};
static HsMember tuple_getter[] = { SIZE ("index"), LABELLED ("doc", "__doc__"), END };

/* ---- Modules/_sre/sre.c, SRE_STATE; a later 3.11 has one member more ---- */

#define SCANNER_STATE                                                                         \
  BYTES ("state.ptr", 32, 8), OBJECT ("state.string"), BUFFER (OBJECT ("state.buffer.obj")),  \
    SIZE ("state.pos"), SIZE ("state.endpos"), INT ("state.isbytes"), INT ("state.charsize"), \
    INT ("state.match_all"), INT ("state.must_advance"), FROM_3_13 (INT ("state.debug")),     \
    INT ("state.lastmark"), INT ("state.lastindex"), BLOCK ("state.mark", HS_BLOCK_EXTRA),    \
    BLOCK ("state.data_stack", HS_BLOCK_EXTRA), SIZE ("state.data_stack_size"),               \
    SIZE ("state.data_stack_base"), LIBRARY ("state.repeat")

/* ---- Modules/_operator.c ----
 *
 * In 3.13 the members for calls are set by the first; a later 3.13 made an
 * object of vectorcall_args.
 */
#if PY_VERSION_HEX == 0x030d00f0
#define VECTORCALL_ARGS BLOCK ("vectorcall_args", HS_BLOCK_EXTRA)
#else
#define VECTORCALL_ARGS LIBRARY ("vectorcall_args")
#endif

#if PY_VERSION_HEX >= 0x030d0000
#define METHOD_CALLER                                                      \
  {                                                                        \
    .type = "operator.methodcaller", .layout = HS_LAYOUT_METHOD_CALLER,    \
    .family = HS_FAMILY_CALLABLE,                                          \
    .members = MEMBERS                                                     \
    {                                                                      \
      OBJECT ("name"), OBJECT ("xargs"), OBJECT ("kwds"), VECTORCALL_ARGS, \
        BORROWED ("vectorcall_kwnames"), POINTER ("vectorcall"), END       \
    }                                                                      \
  }
#else
#define METHOD_CALLER                                              \
  {                                                                \
    .type = "operator.methodcaller", .family = HS_FAMILY_CALLABLE, \
    .members = MEMBERS                                             \
    {                                                              \
      OBJECT ("name"), OBJECT ("args"), OBJECT ("kwds"), END       \
    }                                                              \
  }
#endif

HsShape hs_shapes_modules[] = {
  { .type = "_io._IOBase",
    .members = MEMBERS { DICT ("dict"), WEAK_LIST ("weakreflist"), END } },
  { .type = "_io.FileIO",
    .members = MEMBERS { INT ("fd"), BYTES ("created", 1, 1), CHAR ("finalizing"),
                         UNSIGNED ("blksize", 4), WEAK_LIST ("weakreflist"), DICT ("dict"),
                         END } },
  { .type = "_io.BufferedReader", .members = buffered },
  { .type = "_io.BufferedWriter", .members = buffered },
  { .type = "_io.BufferedRandom", .members = buffered },
  { .type = "_io.BufferedRWPair",
    .members = MEMBERS { OBJECT ("reader"), OBJECT ("writer"), DICT ("dict"),
                         WEAK_LIST ("weakreflist"), END } },
  { .type = "_io.BytesIO",
    .family = HS_FAMILY_BUFFER,
    .members = MEMBERS { OBJECT ("buf"), SIZE ("pos"), SIZE ("string_size"), DICT ("dict"),
                         WEAK_LIST ("weakreflist"), SIZE ("exports"), END } },
  { .type = "_io._BytesIOBuffer", .members = MEMBERS { OBJECT ("source"), END } },
  { .type = "_io.StringIO", .family = HS_FAMILY_BUFFER, .members = string_io },
  { .type = "_io.TextIOWrapper", .members = text_io },
  { .type = "_io.IncrementalNewlineDecoder",
    .members = MEMBERS { OBJECT ("decoder"), OBJECT ("errors"), UNSIGNED ("pendingcr", 4), END } },

  { .type = "itertools.chain", .members = MEMBERS { OBJECT ("source"), OBJECT ("active"), END } },
  { .type = "itertools.repeat", .members = MEMBERS { OBJECT ("element"), SIZE ("cnt"), END } },
  { .type = "itertools.count",
    .members = MEMBERS { SIZE ("cnt"), OBJECT ("long_cnt"), OBJECT ("long_step"), END } },
  { .type = "itertools.cycle",
    .members = MEMBERS { OBJECT ("it"), OBJECT ("saved"), SIZE ("index"), INT ("firstpass"),
                         END } },
  { .type = "itertools.islice",
    .members = MEMBERS { OBJECT ("it"), SIZE ("next"), SIZE ("stop"), SIZE ("step"), SIZE ("cnt"),
                         END } },
  { .type = "itertools.takewhile",
    .members = MEMBERS { OBJECT ("func"), OBJECT ("it"), SIZE ("stop"), END } },
  { .type = "itertools.dropwhile",
    .members = MEMBERS { OBJECT ("func"), OBJECT ("it"), SIZE ("start"), END } },
  { .type = "itertools.filterfalse", .members = function_and_iterator },
  { .type = "itertools.starmap", .members = function_and_iterator },
  { .type = "itertools.compress",
    .members = MEMBERS { OBJECT ("data"), OBJECT ("selectors"), END } },
  { .type = "itertools.pairwise",
    .members = MEMBERS { OBJECT ("it"), OBJECT ("old"), FROM_3_13 (OBJECT ("result")), END } },
  { .type = "itertools.batched",
    .members =
      MEMBERS { OBJECT ("it"), SIZE ("batch_size"), FROM_3_13 (CHAR ("strict")), END } },
  { .type = "itertools.accumulate",
    .members = MEMBERS { OBJECT ("total"), OBJECT ("it"), OBJECT ("binop"), OBJECT ("initial"),
                         FROM_3_12 (POINTER ("state")), END } },
  { .type = "itertools.zip_longest",
    .members = MEMBERS { SIZE ("tuplesize"), SIZE ("numactive"), OBJECT ("ittuple"),
                         OBJECT ("result"), OBJECT ("fillvalue"), END } },
  { .type = "itertools.product",
    .members = MEMBERS { OBJECT ("pools"), BLOCK ("indices", HS_BLOCK_EXTRA), OBJECT ("result"),
                         INT ("stopped"), END } },
  { .type = "itertools.combinations", .members = combinations },
  { .type = "itertools.combinations_with_replacement", .members = combinations },
  { .type = "itertools.permutations",
    .members = MEMBERS { OBJECT ("pool"), BLOCK ("indices", HS_BLOCK_EXTRA),
                         BLOCK ("cycles", HS_BLOCK_EXTRA), OBJECT ("result"), SIZE ("r"),
                         INT ("stopped"), END } },
  { .type = "itertools.groupby",
    .members = MEMBERS { OBJECT ("it"), OBJECT ("keyfunc"), OBJECT ("tgtkey"), OBJECT ("currkey"),
                         OBJECT ("currvalue"), POINTER ("currgrouper"),
                         FROM_3_12 (POINTER ("state")), END } },
  { .type = "itertools._grouper",
    .members = MEMBERS { OBJECT ("parent"), OBJECT ("tgtkey"), END } },
  { .type = "itertools._tee",
    .members = MEMBERS { OBJECT ("dataobj"), INT ("index"), WEAK_LIST ("weakreflist"),
                         FROM_3_12 (POINTER ("state")), END } },
  /* Only as many values are set as were read. */
  { .type = "itertools._tee_dataobject",
    .layout = HS_LAYOUT_TEE_DATA,
    .members = MEMBERS { OBJECT ("it"), INT ("numread"), INT ("running"), OBJECT ("nextlink"),
                         BYTES ("values", 456, 8), END } },

  { .type = "functools.partial",
    .layout = HS_LAYOUT_PARTIAL,
    .members = MEMBERS { LABELLED ("fn", "func"), OBJECT ("args"), LABELLED ("kw", "keywords"),
                         DICT ("dict"), WEAK_LIST ("weakreflist"), POINTER ("vectorcall"),
                         END } },
  { .type = "functools.KeyWrapper",
    .members = MEMBERS { OBJECT ("cmp"), LABELLED ("object", "obj"), END } },
  { .type = "functools._lru_cache_wrapper",
    .layout = HS_LAYOUT_LRU_CACHE,
    .family = HS_FAMILY_CALLABLE,
    .members = MEMBERS { POINTER ("root.prev"), POINTER ("root.next"), HASH ("root.hash"),
                         BORROWED ("root.key"), BORROWED ("root.result"), POINTER ("wrapper"),
                         INT ("typed"), OBJECT ("cache"), SIZE ("hits"), OBJECT ("func"),
                         SIZE ("maxsize"), SIZE ("misses"), OBJECT ("kwd_mark"),
                         OBJECT ("lru_list_elem_type"), OBJECT ("cache_info_type"),
                         DICT ("dict"), WEAK_LIST ("weakreflist"), END } },
  { .type = "functools._lru_list_elem",
    .members = MEMBERS { POINTER ("prev"), POINTER ("next"), HASH ("hash"), OBJECT ("key"),
                         OBJECT ("result"), END } },

  { .type = "collections.defaultdict",
    .layout = HS_LAYOUT_DEFAULTDICT,
    .members = MEMBERS { BYTES ("dict", 32, 8), OBJECT ("default_factory"), END } },
  { .type = "collections.deque",
    .layout = HS_LAYOUT_DEQUE,
    .members = MEMBERS { VAR_HEAD, POINTER ("leftblock"), POINTER ("rightblock"),
                         SIZE ("leftindex"), SIZE ("rightindex"), UNSIGNED ("state", 8),
                         SIZE ("maxlen"), SIZE ("numfreeblocks"), BYTES ("freeblocks", 128, 8),
                         WEAK_LIST ("weakreflist"), END } },
  { .type = "collections._tuplegetter", .members = tuple_getter },
  { .type = "_collections._tuplegetter", .members = tuple_getter },
  { .type = "collections._deque_iterator", .members = deque_iterator },
  { .type = "_collections._deque_iterator", .members = deque_iterator },
  { .type = "collections._deque_reverse_iterator", .members = deque_iterator },
  { .type = "_collections._deque_reverse_iterator", .members = deque_iterator },

  { .type = "operator.itemgetter",
    .family = HS_FAMILY_CALLABLE,
    .members = MEMBERS { SIZE ("nitems"), OBJECT ("item"), SIZE ("index"), POINTER ("vectorcall"),
                         END } },
  { .type = "operator.attrgetter",
    .family = HS_FAMILY_CALLABLE,
    .members = MEMBERS { SIZE ("nattrs"), OBJECT ("attr"), POINTER ("vectorcall"), END } },
  METHOD_CALLER,

  { .type = "re.Pattern",
    .members = MEMBERS { VAR_HEAD, SIZE ("groups"), OBJECT ("groupindex"), OBJECT ("indexgroup"),
                         OBJECT ("pattern"), INT ("flags"), WEAK_LIST ("weakreflist"),
                         INT ("isbytes"), SIZE ("codesize"), UNSIGNED ("code", 4), END } },
  { .type = "re.Match",
    .members = MEMBERS { VAR_HEAD, OBJECT ("string"), OBJECT ("regs"), LABELLED ("pattern", "re"),
                         SIZE ("pos"), SIZE ("endpos"), SIZE ("lastindex"), SIZE ("groups"),
                         SIZE ("mark"), END } },
  { .type = "_sre.SRE_Scanner",
    .members = MEMBERS { OBJECT ("pattern"), SCANNER_STATE, SIZE ("state.sigcount"),
                         INT ("executing"), END } },
  { .type = "_sre.SRE_Scanner",
    .members = MEMBERS { OBJECT ("pattern"), SCANNER_STATE, INT ("executing"), END } },
  { .type = "_sre.SRE_Template",
    .layout = HS_LAYOUT_TEMPLATE,
    .members = MEMBERS { VAR_HEAD, SIZE ("chunks"), OBJECT ("literal"), END } },

  { .type = "_abc._abc_data",
    .members = MEMBERS { OBJECT ("_abc_registry"), OBJECT ("_abc_cache"),
                         OBJECT ("_abc_negative_cache"),
                         UNSIGNED ("_abc_negative_cache_version", 8), END } },

  { .type = "_thread.lock",
    .members = MEMBERS { LOCK ("lock_lock"), WEAK_LIST ("in_weakreflist"), CHAR ("locked"), END } },
  { .type = "_thread.RLock",
    .members = MEMBERS { LOCK ("rlock_lock"), UNSIGNED ("rlock_owner", 8),
                         UNSIGNED ("rlock_count", 8), WEAK_LIST ("in_weakreflist"), END } },
  { .type = "_thread._local",
    .members = MEMBERS { UNTIL_3_12 (OBJECT ("key")), OBJECT ("args"), OBJECT ("kw"),
                         WEAK_LIST ("weakreflist"),
                         UNTIL_3_12 (OBJECT ("dummies"), OBJECT ("wr_callback")),
                         FROM_3_13 (OBJECT ("localdicts"), OBJECT ("thread_watchdogs")), END } },
  { .type = "_thread._localdummy",
    .members = MEMBERS { UNTIL_3_12 (BORROWED ("localdict")), WEAK_LIST ("weakreflist"), END } },
  { .type = "_thread._ThreadHandle", .members = MEMBERS { LIBRARY ("handle"), END } },

  { .type = "posix.DirEntry",
    .members = MEMBERS { OBJECT ("name"), OBJECT ("path"), OBJECT ("stat"), OBJECT ("lstat"),
                         CHAR ("d_type"), UNSIGNED ("d_ino", 8), INT ("dir_fd"), END } },
  { .type = "posix.ScandirIterator",
    .members = MEMBERS { POINTER ("path.function_name"), POINTER ("path.argument_name"),
                         UNTIL_3_12 (BYTES ("path.nullable", 8, 4)),
                         FROM_3_13 (BYTES ("path.nullable", 20, 4)),
                         POINTER ("path.wide"), POINTER ("path.narrow"),
                         BYTES ("path.fd", 8, 4), SIZE ("path.length"), OBJECT ("path.object"),
                         OBJECT ("path.cleanup"), LIBRARY ("dirp"), INT ("fd"), END } },
  { .type = "_tokenize.TokenizerIter",
    .members = MEMBERS { LIBRARY ("tok"), FROM_3_12 (INT ("done")),
                         FROM_3_13 (OBJECT ("last_line"), SIZE ("last_lineno")),
                         FROM_3_13 (SIZE ("last_end_lineno"), SIZE ("byte_col_offset_diff")),
                         END } },
  { .type = "ast.AST", .members = MEMBERS { DICT ("dict"), END } },
  { 0 },
};
