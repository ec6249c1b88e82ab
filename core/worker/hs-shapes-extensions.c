/* hs-shapes-extensions.c - the structs of modules that are files of their own
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-shapes-private.h"

/* ---- Modules/_asynciomodule.c, FutureObj_HEAD ---- */

#define FUTURE(p)                                                                     \
  LABELLED (p "_loop", "_loop"), OBJECT (p "_callback0"), OBJECT (p "_context0"),     \
    LABELLED (p "_callbacks", "_callbacks"), LABELLED (p "_exception", "_exception"), \
    OBJECT (p "_exception_tb"), LABELLED (p "_result", "_result"),                    \
    LABELLED (p "_source_tb", "_source_traceback"),                                   \
    LABELLED (p "_cancel_msg", "_cancel_message"),                                    \
    FROM_3_13 (OBJECT (p "_cancelled_exc")), INT (p "_state"),                        \
    UNTIL_3_12 (INT (p "_log_tb"), INT (p "_blocking"), DICT ("dict"),                \
                WEAK_LIST (p "_weakreflist"), OBJECT (p "_cancelled_exc")),           \
    FROM_3_13 (UNSIGNED (p "_log_tb", 4))

#define TASK                                                                          \
  UNTIL_3_12 (OBJECT ("task_fut_waiter"), OBJECT ("task_coro"), OBJECT ("task_name"), \
              OBJECT ("task_context"), INT ("task_must_cancel"),                      \
              INT ("task_log_destroy_pending"), INT ("task_num_cancels_requested")),  \
    FROM_3_13 (INT ("task_num_cancels_requested"), OBJECT ("task_fut_waiter"),        \
               OBJECT ("task_coro"), OBJECT ("task_name"), OBJECT ("task_context"))

static HsMember task_step[] = { OBJECT ("sw_task"), OBJECT ("sw_arg"), END };
static HsMember loop_holder[] = { OBJECT ("rl_loop"), INT ("rl_pid"), END };

/* ---- Modules/_ctypes/ctypes.h, CDataObject ----
 *
 * The value is a union as large and aligned as a long double.
 */
#define CTYPES_DATA                                                                         \
  POINTER ("b_ptr"), INT ("b_needsfree"), LABELLED ("b_base", "_b_base_"), SIZE ("b_size"), \
    SIZE ("b_length"), SIZE ("b_index"), LABELLED ("b_objects", "_objects"),                \
    BYTES ("b_value", 16, 16)

/* What ctypes knows of a type: until 3.12 StgDictObject in place of its dict,
 * then StgInfo.
 */
#define CTYPES_TYPE                                                                       \
  SIZE ("size"), SIZE ("align"), SIZE ("length"), BYTES ("ffi_type_pointer", 16, 8),      \
    BLOCK ("ffi_type_pointer.elements", HS_BLOCK_EXTRA), OBJECT ("proto"),                \
    POINTER ("setfunc"), POINTER ("getfunc"), POINTER ("paramfunc"), OBJECT ("argtypes"), \
    OBJECT ("converters"), OBJECT ("restype"), OBJECT ("checker"),                        \
    FROM_3_13 (OBJECT ("module")), INT ("flags"), BLOCK ("format", HS_BLOCK_EXTRA),       \
    INT ("ndim"), BLOCK ("shape", HS_BLOCK_EXTRA)

static HsMember ctypes_argument[] = {
  POINTER ("pffi_type"), CHAR ("tag"), BYTES ("value", 16, 16), OBJECT ("obj"), SIZE ("size"), END
};

/* ---- Modules/_pickle.c ---- */

static HsMember pickler[] = {
  BLOCK ("memo", HS_BLOCK_TABLE), UNTIL_3_12 (OBJECT ("pers_func"), BORROWED ("pers_func_self")),
  FROM_3_13 (OBJECT ("persistent_id")), OBJECT ("dispatch_table"), OBJECT ("reducer_override"),
  OBJECT ("write"), OBJECT ("output_buffer"), SIZE ("output_len"), SIZE ("max_output_len"),
  INT ("proto"), INT ("bin"), INT ("framing"), SIZE ("frame_start"), SIZE ("buf_size"),
  INT ("fast"), INT ("fast_nesting"), INT ("fix_imports"), OBJECT ("fast_memo"),
  OBJECT ("buffer_callback"), END
};

static HsMember unpickler[] = {
  OBJECT ("stack"), BLOCK ("memo", HS_BLOCK_TABLE), UNSIGNED ("memo_size", 8),
  UNSIGNED ("memo_len", 8), UNTIL_3_12 (OBJECT ("pers_func"), BORROWED ("pers_func_self")),
  FROM_3_13 (OBJECT ("persistent_load")), BUFFER (OBJECT ("buffer.obj")),
  POINTER ("input_buffer"), BLOCK ("input_line", HS_BLOCK_BUFFER), SIZE ("input_len"),
  SIZE ("next_read_idx"), SIZE ("prefetched_idx"), OBJECT ("read"), OBJECT ("readinto"),
  OBJECT ("readline"), OBJECT ("peek"), OBJECT ("buffers"), BLOCK ("encoding", HS_BLOCK_EXTRA),
  BLOCK ("errors", HS_BLOCK_EXTRA), BLOCK ("marks", HS_BLOCK_EXTRA), SIZE ("num_marks"),
  SIZE ("marks_size"), INT ("proto"), INT ("fix_imports"), END
};

/* ---- Modules/cjkcodecs/multibytecodec.h ---- */

#define CODEC_STATE   POINTER ("codec"), BYTES ("state", 8, 8), OBJECT ("errors")
#define CODEC_DECODER CODEC_STATE, BYTES ("pending", 8, 1), SIZE ("pendingsize")
#define CODEC_ENCODER CODEC_STATE, OBJECT ("pending")

/* ---- Hashes: until 3.11 some keep their state in the object ---- */

#define HASH_LOCK UNTIL_3_12 (LOCK ("lock")), FROM_3_13 (BYTES ("use_mutex", 2, 1))
static HsMember hash_evp[] = { LIBRARY ("ctx"), HASH_LOCK, END };
#if PY_VERSION_HEX >= 0x030c0000
static HsMember hash_streaming[] = { HASH_LOCK, LIBRARY ("hash_state"), END };
static HsMember hash_sha1[] = { HASH_LOCK, FROM_3_13 (LOCK ("lock")), LIBRARY ("hash_state"), END };
static HsMember hash_sha2[] = { INT ("digestsize"), HASH_LOCK, LIBRARY ("state"), END };
#else
#define HASH_INLINE(n)              \
  MEMBERS                           \
  {                                 \
    BYTES ("hash_state", n, 8), END \
  }
static HsMember hash_sha3_lock[] = { BYTES ("hash_state", 216, 8), LOCK ("lock"), END };
#endif
static HsMember hash_blake2b[] = {
  UNTIL_3_12 (BYTES ("state", 424, 8)), FROM_3_13 (BYTES ("state", 422, 8)), HASH_LOCK, END
};
static HsMember hash_blake2s[] = {
  UNTIL_3_12 (BYTES ("state", 216, 8)), FROM_3_13 (BYTES ("state", 214, 8)), HASH_LOCK, END
};

/* ---- Compressors: the library's stream owns memory ---- */

static HsMember zlib_stream[] = {
  STATE ("zst", 112), OBJECT ("unused_data"), OBJECT ("unconsumed_tail"), CHAR ("eof"),
  UNTIL_3_11 (INT ("is_initialised")), FROM_3_12 (CHAR ("is_initialised")), OBJECT ("zdict"),
  LOCK ("lock"), END
};

HsShape hs_shapes_extensions[] = {
  { .type = "_asyncio.Future", .members = MEMBERS { FUTURE ("fut"), END } },
  { .type = "_asyncio.Task", .members = MEMBERS { FUTURE ("task"), TASK, END } },
  { .type = "_asyncio.FutureIter", .members = MEMBERS { OBJECT ("future"), END } },
  { .type = "TaskStepMethWrapper", .members = task_step },
  { .type = "_asyncio.TaskStepMethWrapper", .members = task_step },
  { .type = "_RunningLoopHolder", .members = loop_holder },
  { .type = "_asyncio._RunningLoopHolder", .members = loop_holder },

  { .type = "_csv.Dialect",
    .members = MEMBERS { CHAR ("doublequote"), CHAR ("skipinitialspace"), CHAR ("strict"),
                         INT ("quoting"), UNSIGNED ("delimiter", 4), UNSIGNED ("quotechar", 4),
                         UNSIGNED ("escapechar", 4), OBJECT ("lineterminator"), END } },
  { .type = "_csv.reader",
    .members = MEMBERS { OBJECT ("input_iter"), OBJECT ("dialect"), OBJECT ("fields"),
                         INT ("state"), BLOCK ("field", HS_BLOCK_BUFFER), SIZE ("field_size"),
                         SIZE ("field_len"), INT ("numeric_field"), UNSIGNED ("line_num", 8),
                         END } },
  { .type = "_csv.writer",
    .members = MEMBERS { OBJECT ("write"), OBJECT ("dialect"), BLOCK ("rec", HS_BLOCK_BUFFER),
                         SIZE ("rec_size"), SIZE ("rec_len"), INT ("num_fields"),
                         OBJECT ("error_obj"), END } },

  { .type = "_struct.Struct",
    .members = MEMBERS { SIZE ("s_size"), SIZE ("s_len"), BLOCK ("s_codes", HS_BLOCK_EXTRA),
                         LABELLED ("s_format", "format"), WEAK_LIST ("weakreflist"), END } },
  { .type = "_struct.unpack_iterator",
    .members = MEMBERS { OBJECT ("so"), BUFFER (OBJECT ("buf.obj")), SIZE ("index"), END } },
  { .type = "array.array",
    .layout = HS_LAYOUT_ARRAY,
    .members = MEMBERS { VAR_HEAD, BLOCK ("ob_item", HS_BLOCK_BUFFER), SIZE ("allocated"),
                         POINTER ("ob_descr"), WEAK_LIST ("weakreflist"), SIZE ("ob_exports"),
                         END } },
  { .type = "array.arrayiterator",
    .members = MEMBERS { SIZE ("index"), OBJECT ("ao"), POINTER ("getitem"), END } },
  { .type = "mmap.mmap",
    .layout = HS_LAYOUT_MMAP,
    .family = HS_FAMILY_BUFFER,
    .members = MEMBERS { POINTER ("data"), SIZE ("size"), SIZE ("pos"), SIZE ("offset"),
                         SIZE ("exports"), INT ("fd"), FROM_3_13 (CHAR ("trackfd")),
                         WEAK_LIST ("weakreflist"),
                         INT ("access"), END } },

  /* Those without a time zone are allocated without the member for it. */
  { .type = "datetime.date",
    .members = MEMBERS { HASH ("hashcode"), CHAR ("hastzinfo"), BYTES ("data", 4, 1), END } },
  { .type = "datetime.datetime",
    .layout = HS_LAYOUT_DATETIME,
    .members = MEMBERS { HASH ("hashcode"), CHAR ("hastzinfo"), BYTES ("data", 10, 1),
                         CHAR ("fold"), BORROWED ("tzinfo"), END } },
  { .type = "datetime.time",
    .layout = HS_LAYOUT_DATETIME,
    .members = MEMBERS { HASH ("hashcode"), CHAR ("hastzinfo"), BYTES ("data", 6, 1),
                         CHAR ("fold"), BORROWED ("tzinfo"), END } },
  { .type = "datetime.timedelta",
    .members = MEMBERS { HASH ("hashcode"), INT ("days"), INT ("seconds"), INT ("microseconds"),
                         END } },
  { .type = "datetime.IsoCalendarDate",
    .layout = HS_LAYOUT_TUPLE,
    .members = MEMBERS { VAR_HEAD, BYTES ("ob_item", 8, 8), END } },
  { .type = "datetime.timezone",
    .members = MEMBERS { OBJECT ("offset"), OBJECT ("name"), END } },
  { .type = "zoneinfo.ZoneInfo",
    .layout = HS_LAYOUT_ZONE_INFO,
    .members = MEMBERS { OBJECT ("key"), OBJECT ("file_repr"), WEAK_LIST ("weakreflist"),
                         UNSIGNED ("num_transitions", 8), UNSIGNED ("num_ttinfos", 8),
                         BLOCK ("trans_list_utc", HS_BLOCK_EXTRA),
                         BLOCK ("trans_list_wall[0]", HS_BLOCK_EXTRA),
                         BLOCK ("trans_list_wall[1]", HS_BLOCK_EXTRA),
                         BLOCK ("trans_ttinfos", HS_BLOCK_EXTRA), POINTER ("ttinfo_before"),
                         OBJECT ("tzrule_after.std.utcoff"), OBJECT ("tzrule_after.std.dstoff"),
                         OBJECT ("tzrule_after.std.tzname"), SIZE ("tzrule_after.std.seconds"),
                         OBJECT ("tzrule_after.dst.utcoff"), OBJECT ("tzrule_after.dst.dstoff"),
                         OBJECT ("tzrule_after.dst.tzname"), SIZE ("tzrule_after.dst.seconds"),
                         INT ("tzrule_after.dst_diff"),
                         BLOCK ("tzrule_after.start", HS_BLOCK_EXTRA),
                         BLOCK ("tzrule_after.end", HS_BLOCK_EXTRA),
                         UNSIGNED ("tzrule_after.std_only", 8),
                         BLOCK ("_ttinfos", HS_BLOCK_EXTRA), CHAR ("fixed_offset"),
                         CHAR ("source"), END } },

  { .type = "decimal.Decimal",
    .layout = HS_LAYOUT_DECIMAL,
    .family = HS_FAMILY_NUMBER,
    .members = MEMBERS { HASH ("hash"), UNSIGNED ("dec.flags", 1), SIZE ("dec.exp"),
                         SIZE ("dec.digits"), SIZE ("dec.len"), SIZE ("dec.alloc"),
                         POINTER ("dec.data"), BYTES ("data", 32, 8), END } },
  { .type = "decimal.Context",
    .members = MEMBERS { BYTES ("ctx", 48, 8), OBJECT ("traps"), OBJECT ("flags"),
                         INT ("capitals"), POINTER ("tstate"), END } },
  { .type = "decimal.ContextManager",
    .members = MEMBERS { OBJECT ("local"), OBJECT ("global"), END } },
  { .type = "decimal.SignalDictMixin", .members = MEMBERS { POINTER ("flags"), END } },

  { .type = "_json.Scanner",
    .members = MEMBERS { SIGNED ("strict", 1), OBJECT ("object_hook"),
                         OBJECT ("object_pairs_hook"), OBJECT ("parse_float"),
                         OBJECT ("parse_int"), OBJECT ("parse_constant"),
                         UNTIL_3_12 (OBJECT ("memo")), END } },
  { .type = "_json.Encoder",
    .members = MEMBERS { OBJECT ("markers"), LABELLED ("defaultfn", "default"),
                         OBJECT ("encoder"), OBJECT ("indent"), OBJECT ("key_separator"),
                         OBJECT ("item_separator"), CHAR ("sort_keys"), CHAR ("skipkeys"),
                         INT ("allow_nan"), POINTER ("fast_encode"), END } },

  { .type = "xml.etree.ElementTree.Element",
    .layout = HS_LAYOUT_ELEMENT,
    .members = MEMBERS { OBJECT ("tag"), POINTER ("text"), POINTER ("tail"),
                         BLOCK ("extra", HS_BLOCK_EXTRA), WEAK_LIST ("weakreflist"), END } },
  { .type = "_elementtree._element_iterator",
    .layout = HS_LAYOUT_ELEMENT_ITERATOR,
    .members = MEMBERS { BLOCK ("parent_stack", HS_BLOCK_EXTRA), SIZE ("parent_stack_used"),
                         SIZE ("parent_stack_size"), OBJECT ("root_element"),
                         OBJECT ("sought_tag"), INT ("gettext"), END } },
  { .type = "xml.etree.ElementTree.TreeBuilder",
    .members = MEMBERS { OBJECT ("root"), OBJECT ("this"), OBJECT ("last"),
                         OBJECT ("last_for_tail"), OBJECT ("data"), OBJECT ("stack"),
                         SIZE ("index"), OBJECT ("element_factory"), OBJECT ("comment_factory"),
                         OBJECT ("pi_factory"), OBJECT ("events_append"),
                         OBJECT ("start_event_obj"), OBJECT ("end_event_obj"),
                         OBJECT ("start_ns_event_obj"), OBJECT ("end_ns_event_obj"),
                         OBJECT ("comment_event_obj"), OBJECT ("pi_event_obj"),
                         CHAR ("insert_comments"), CHAR ("insert_pis"),
                         FROM_3_12 (POINTER ("state")), END } },
  { .type = "xml.etree.ElementTree.XMLParser",
    .members = MEMBERS { LIBRARY ("parser"), OBJECT ("target"), OBJECT ("entity"),
                         OBJECT ("names"), OBJECT ("handle_start_ns"), OBJECT ("handle_end_ns"),
                         OBJECT ("handle_start"), OBJECT ("handle_data"), OBJECT ("handle_end"),
                         OBJECT ("handle_comment"), OBJECT ("handle_pi"),
                         OBJECT ("handle_doctype"), OBJECT ("handle_close"),
                         FROM_3_12 (POINTER ("state")),
                         FROM_3_13 (OBJECT ("elementtree_module")), END } },
  { .type = "pyexpat.xmlparser",
    .members = MEMBERS { LIBRARY ("itself"), INT ("ordered_attributes"),
                         INT ("specified_attributes"), INT ("in_callback"), INT ("ns_prefixes"),
                         BLOCK ("buffer", HS_BLOCK_BUFFER), INT ("buffer_size"),
                         INT ("buffer_used"), FROM_3_13 (CHAR ("reparse_deferral_enabled")),
                         OBJECT ("intern"),
                         BLOCK ("handlers", HS_BLOCK_EXTRA), END },
    .rest = "handlers" },

  { .type = "_pickle.Pdata",
    .layout = HS_LAYOUT_PICKLE_DATA,
    .members = MEMBERS { VAR_HEAD, BLOCK ("data", HS_BLOCK_ITEMS), INT ("mark_set"),
                         SIZE ("fence"), SIZE ("allocated"), END } },
  { .type = "_pickle.Pickler", .layout = HS_LAYOUT_PICKLER, .members = pickler },
  { .type = "_pickle.Unpickler", .layout = HS_LAYOUT_UNPICKLER, .members = unpickler },
  { .type = "_pickle.PicklerMemoProxy", .members = MEMBERS { OBJECT ("pickler"), END } },
  { .type = "_pickle.UnpicklerMemoProxy", .members = MEMBERS { OBJECT ("unpickler"), END } },

  { .type = "_queue.SimpleQueue",
#if PY_VERSION_HEX >= 0x030d0000
    .layout = HS_LAYOUT_QUEUE,
    .members = MEMBERS { CHAR ("has_threads_waiting"), SIZE ("buf.put_idx"), SIZE ("buf.get_idx"),
                         BLOCK ("buf.items", HS_BLOCK_ITEMS), SIZE ("buf.items_cap"),
                         SIZE ("buf.num_items"), WEAK_LIST ("weakreflist"), END } },
#else
    .members = MEMBERS { LOCK ("lock"), INT ("locked"), OBJECT ("lst"), SIZE ("lst_pos"),
                         WEAK_LIST ("weakreflist"), END } },
#endif

  { .type = "_random.Random",
    .members = MEMBERS { INT ("index"), BYTES ("state", 2496, 4), END } },
  { .type = "select.poll",
    .members = MEMBERS { OBJECT ("dict"), INT ("ufd_uptodate"), INT ("ufd_len"),
                         BLOCK ("ufds", HS_BLOCK_EXTRA), INT ("poll_running"), END } },
  { .type = "select.epoll", .members = MEMBERS { INT ("epfd"), END } },
  { .type = "_socket.socket",
    .members = MEMBERS { INT ("sock_fd"), INT ("sock_family"), INT ("sock_type"),
                         INT ("sock_proto"), POINTER ("errorhandler"), SIZE ("sock_timeout"),
                         FROM_3_12 (POINTER ("state")), END } },
  { .type = "_multiprocessing.SemLock",
    .members = MEMBERS { LIBRARY ("handle"), UNSIGNED ("last_tid", 8), INT ("count"),
                         INT ("maxvalue"), INT ("kind"), BLOCK ("name", HS_BLOCK_EXTRA), END } },
  { .type = "unicodedata.UCD",
    .members = MEMBERS { POINTER ("name"), POINTER ("getrecord"), POINTER ("normalization"),
                         END } },

  { .type = "_multibytecodec.MultibyteCodec",
    .members = MEMBERS { POINTER ("codec"), FROM_3_12 (OBJECT ("cjk_module")), END } },
  { .type = "_multibytecodec.MultibyteIncrementalDecoder",
    .members = MEMBERS { CODEC_DECODER, END } },
  { .type = "_multibytecodec.MultibyteIncrementalEncoder",
    .members = MEMBERS { CODEC_ENCODER, END } },
  { .type = "_multibytecodec.MultibyteStreamReader",
    .members = MEMBERS { CODEC_DECODER, OBJECT ("stream"), END } },
  { .type = "_multibytecodec.MultibyteStreamWriter",
    .members = MEMBERS { CODEC_ENCODER, OBJECT ("stream"), END } },

  { .type = "sqlite3.Connection",
    .members = MEMBERS { LIBRARY ("db"), POINTER ("state"), INT ("detect_types"),
                         POINTER ("isolation_level"), FROM_3_12 (INT ("autocommit")),
                         INT ("check_same_thread"),
                         INT ("initialized"), UNSIGNED ("thread_ident", 8),
                         OBJECT ("statement_cache"), OBJECT ("cursors"), OBJECT ("blobs"),
                         INT ("created_cursors"), OBJECT ("row_factory"),
                         OBJECT ("text_factory"), BLOCK ("trace_ctx", HS_BLOCK_EXTRA),
                         BLOCK ("progress_ctx", HS_BLOCK_EXTRA),
                         BLOCK ("authorizer_ctx", HS_BLOCK_EXTRA), BYTES ("Warning", 80, 8),
                         END },
    .rest = "callback_context" },
  { .type = "sqlite3.Cursor",
    .members = MEMBERS { OBJECT ("connection"), OBJECT ("description"), OBJECT ("row_cast_map"),
                         INT ("arraysize"), OBJECT ("lastrowid"), SIZE ("rowcount"),
                         OBJECT ("row_factory"), OBJECT ("statement"), INT ("closed"),
                         INT ("locked"), INT ("initialized"), WEAK_LIST ("in_weakreflist"),
                         END } },
  { .type = "sqlite3.Row",
    .members = MEMBERS { OBJECT ("data"), OBJECT ("description"), END } },
  { .type = "sqlite3.Statement",
    .members =
      MEMBERS { LIBRARY ("st"), UNTIL_3_11 (INT ("in_use")), INT ("is_dml"), END } },
  { .type = "sqlite3.Blob",
    .members = MEMBERS { OBJECT ("connection"), LIBRARY ("blob"), INT ("offset"),
                         WEAK_LIST ("in_weakreflist"), END } },

  { .type = "_ctypes._CData",
    .layout = HS_LAYOUT_CTYPES_DATA,
    .members = MEMBERS { CTYPES_DATA, END } },
  { .type = "_ctypes.CFuncPtr",
    .layout = HS_LAYOUT_CTYPES_DATA,
    .members = MEMBERS { CTYPES_DATA, OBJECT ("thunk"), OBJECT ("callable"),
                         OBJECT ("converters"), LABELLED ("argtypes", "argtypes"),
                         OBJECT ("restype"), OBJECT ("checker"), OBJECT ("errcheck"),
                         OBJECT ("paramflags"), END } },
  { .type = "StgDict",
    .layout = HS_LAYOUT_CTYPES_DICT,
    .members = MEMBERS { BYTES ("dict", 32, 8), CTYPES_TYPE, END } },
  { .type = "CArgObject", .members = ctypes_argument },
  { .type = "_ctypes.CArgObject", .members = ctypes_argument },
  { .type = "_ctypes.StructParam_Type",
    .members = MEMBERS { BLOCK ("ptr", HS_BLOCK_EXTRA), OBJECT ("keep"), END } },
  { .type = "_ctypes.DictRemover", .members = MEMBERS { OBJECT ("key"), OBJECT ("dict"), END } },
  { .type = "_ctypes.CField",
    .members = MEMBERS { SIZE ("offset"), SIZE ("size"), SIZE ("index"), OBJECT ("proto"),
                         POINTER ("getfunc"), POINTER ("setfunc"), INT ("anonymous"), END } },
  { .type = "_ctypes.CThunkObject",
    .members = MEMBERS { VAR_HEAD, LIBRARY ("pcl_write"), POINTER ("pcl_exec"),
                         BYTES ("cif", 32, 8), INT ("flags"), OBJECT ("converters"),
                         OBJECT ("callable"), OBJECT ("restype"), POINTER ("setfunc"),
                         POINTER ("ffi_restype"), POINTER ("atypes"), END } },

#if PY_VERSION_HEX >= 0x030d0000
  /* StgInfo, behind the struct of a heap type */
  { .type = "_ctypes.CType_Type",
    .layout = HS_LAYOUT_TYPE,
    .members = MEMBERS { BYTES ("ht_type", 912, 8), INT ("initialized"), CTYPES_TYPE, END } },
#endif

  { .type = "_hashlib.HASH", .members = hash_evp },
  { .type = "_hashlib.HMAC", .members = hash_evp },
  { .type = "_blake2.blake2b", .members = hash_blake2b },
  { .type = "_blake2.blake2s", .members = hash_blake2s },
#if PY_VERSION_HEX >= 0x030c0000
  { .type = "_md5.md5", .members = hash_streaming },
  { .type = "_sha1.sha1", .members = hash_sha1 },
  { .type = "_sha2.SHA224Type", .members = hash_sha2 },
  { .type = "_sha2.SHA256Type", .members = hash_sha2 },
  { .type = "_sha2.SHA384Type", .members = hash_sha2 },
  { .type = "_sha2.SHA512Type", .members = hash_sha2 },
  { .type = "_sha3.sha3_224", .members = hash_streaming },
  { .type = "_sha3.sha3_256", .members = hash_streaming },
  { .type = "_sha3.sha3_384", .members = hash_streaming },
  { .type = "_sha3.sha3_512", .members = hash_streaming },
  { .type = "_sha3.shake_128", .members = hash_streaming },
  { .type = "_sha3.shake_256", .members = hash_streaming },
#else
  { .type = "_md5.md5", .members = HASH_INLINE (96) },
  { .type = "_sha1.sha1", .members = HASH_INLINE (96) },
  { .type = "_sha256.sha224", .members = HASH_INLINE (112) },
  { .type = "_sha256.sha256", .members = HASH_INLINE (112) },
  { .type = "_sha512.sha384", .members = HASH_INLINE (208) },
  { .type = "_sha512.sha512", .members = HASH_INLINE (208) },
  { .type = "_sha3.sha3_224", .members = hash_sha3_lock },
  { .type = "_sha3.sha3_256", .members = hash_sha3_lock },
  { .type = "_sha3.sha3_384", .members = hash_sha3_lock },
  { .type = "_sha3.sha3_512", .members = hash_sha3_lock },
  { .type = "_sha3.shake_128", .members = hash_sha3_lock },
  { .type = "_sha3.shake_256", .members = hash_sha3_lock },
#endif

  { .type = "zlib.Compress", .members = zlib_stream },
  { .type = "zlib.Decompress", .members = zlib_stream },
  { .type = "zlib._ZlibDecompressor",
    .members = MEMBERS { STATE ("zst", 112), OBJECT ("zdict"), LOCK ("lock"),
                         OBJECT ("unused_data"), BLOCK ("input_buffer", HS_BLOCK_BUFFER),
                         SIZE ("input_buffer_size"), SIZE ("avail_in_real"),
                         CHAR ("is_initialised"), CHAR ("eof"), CHAR ("needs_input"), END } },
  { .type = "_bz2.BZ2Compressor",
    .members = MEMBERS { STATE ("bzs", 80), INT ("flushed"), LOCK ("lock"), END } },
  { .type = "_bz2.BZ2Decompressor",
    .members = MEMBERS { STATE ("bzs", 80), CHAR ("eof"), OBJECT ("unused_data"),
                         CHAR ("needs_input"), BLOCK ("input_buffer", HS_BLOCK_BUFFER),
                         UNSIGNED ("input_buffer_size", 8), UNSIGNED ("bzs_avail_in_real", 8),
                         LOCK ("lock"), END } },
  { .type = "_lzma.LZMACompressor",
    .members = MEMBERS { BYTES ("alloc", 24, 8), STATE ("lzs", 136), INT ("flushed"),
                         LOCK ("lock"), END } },
  { .type = "_lzma.LZMADecompressor",
    .members = MEMBERS { BYTES ("alloc", 24, 8), STATE ("lzs", 136), INT ("check"), CHAR ("eof"),
                         OBJECT ("unused_data"), CHAR ("needs_input"),
                         BLOCK ("input_buffer", HS_BLOCK_BUFFER),
                         UNSIGNED ("input_buffer_size", 8), LOCK ("lock"), END } },

  { .type = "_ssl._SSLContext",
    .members = MEMBERS { LIBRARY ("ctx"), BLOCK ("alpn_protocols", HS_BLOCK_BUFFER),
                         UNSIGNED ("alpn_protocols_len", 4), OBJECT ("set_sni_cb"),
                         INT ("check_hostname"), UNSIGNED ("hostflags", 4), INT ("protocol"),
                         INT ("post_handshake_auth"), OBJECT ("msg_cb"),
                         OBJECT ("keylog_filename"), LIBRARY ("keylog_bio"), POINTER ("state"),
                         FROM_3_13 (OBJECT ("psk_client_callback"),
                                    OBJECT ("psk_server_callback")),
                         END } },
  { .type = "_ssl._SSLSocket",
    .members = MEMBERS { OBJECT ("Socket"), LIBRARY ("ssl"), OBJECT ("ctx"),
                         CHAR ("shutdown_seen_zero"), INT ("socket_type"), OBJECT ("owner"),
                         OBJECT ("server_hostname"), BYTES ("err", 8, 4),
                         UNTIL_3_11 (OBJECT ("exc_type"), OBJECT ("exc_value"), OBJECT ("exc_tb")),
                         FROM_3_12 (OBJECT ("exc")), END } },
  { .type = "_ssl.MemoryBIO",
    .members = MEMBERS { LIBRARY ("bio"), INT ("eof_written"), END } },
  { .type = "_ssl.SSLSession",
    .members = MEMBERS { LIBRARY ("session"), OBJECT ("ctx"), END } },
  { .type = "_ssl.Certificate", .members = MEMBERS { LIBRARY ("cert"), HASH ("hash"), END } },

  /* numpy/core/include/numpy/ndarraytypes.h, PyArrayObject_fields, from 1.7 on;
   * since 1.20 there is one member more, since 1.22 two.
   */
  { .type = "numpy.ndarray",
    .layout = HS_LAYOUT_NDARRAY,
    .family = HS_FAMILY_BUFFER,
    .members = MEMBERS { POINTER ("data"), INT ("nd"), BLOCK ("dimensions", HS_BLOCK_EXTRA),
                         POINTER ("strides"), OBJECT ("base"), LABELLED ("descr", "dtype"),
                         INT ("flags"), WEAK_LIST ("weakreflist"), END } },
  { .type = "numpy.ndarray",
    .layout = HS_LAYOUT_NDARRAY,
    .family = HS_FAMILY_BUFFER,
    .members = MEMBERS { POINTER ("data"), INT ("nd"), BLOCK ("dimensions", HS_BLOCK_EXTRA),
                         POINTER ("strides"), OBJECT ("base"), LABELLED ("descr", "dtype"),
                         INT ("flags"), WEAK_LIST ("weakreflist"), LIBRARY ("_buffer_info"),
                         END } },
  { .type = "numpy.ndarray",
    .layout = HS_LAYOUT_NDARRAY,
    .family = HS_FAMILY_BUFFER,
    .members = MEMBERS { POINTER ("data"), INT ("nd"), BLOCK ("dimensions", HS_BLOCK_EXTRA),
                         POINTER ("strides"), OBJECT ("base"), LABELLED ("descr", "dtype"),
                         INT ("flags"), WEAK_LIST ("weakreflist"), LIBRARY ("_buffer_info"),
                         OBJECT ("mem_handler"), END } },
  { 0 },
};
