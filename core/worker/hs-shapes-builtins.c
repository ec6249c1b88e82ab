/* hs-shapes-builtins.c - the structs of Objects/ and Python/
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-shapes-private.h"

/* Iterators over a sequence: how far, and over what. */
static HsMember sequence_iterator[] = { SIZE ("it_index"), OBJECT ("it_seq"), END };

static HsMember dict_view[] = { OBJECT ("dv_dict"), END };
static HsMember dict_iterator[] = {
  OBJECT ("di_dict"), SIZE ("di_used"), SIZE ("di_pos"), OBJECT ("di_result"), SIZE ("len"), END
};

static HsMember hamt_iterator[] = {
  OBJECT ("hi_obj"), BYTES ("hi_iter", 136, 8), POINTER ("hi_yield"), END
};

static HsMember weak_reference[] = {
  BORROWED ("wr_object"), LABELLED ("wr_callback", "__callback__"), HASH ("hash"),
  POINTER ("wr_prev"), POINTER ("wr_next"), POINTER ("vectorcall"), END
};

/* Include/cpython/descrobject.h, PyDescr_COMMON */
#define DESCRIPTOR                                                      \
  LABELLED ("d_type", "__objclass__"), LABELLED ("d_name", "__name__"), \
    LABELLED ("d_qualname", "__qualname__")

#define BUILTIN                                                                           \
  POINTER ("m_ml"), LABELLED ("m_self", "__self__"), LABELLED ("m_module", "__module__"), \
    WEAK_LIST ("m_weakreflist"), POINTER ("vectorcall")

/* Include/cpython/pyerrors.h, PyException_HEAD */
#define EXCEPTION                                                                 \
  DICT ("dict"), OBJECT ("args"), LABELLED ("notes", "__notes__"),                \
    LABELLED ("traceback", "__traceback__"), LABELLED ("context", "__context__"), \
    LABELLED ("cause", "__cause__"), CHAR ("suppress_context")

static HsMember unicode_error[] = {
  EXCEPTION, OBJECT ("encoding"), OBJECT ("object"), SIZE ("start"), SIZE ("end"),
  OBJECT ("reason"), END
};

static HsMember nothing[] = { END };

HsShape hs_shapes_builtins[] = {
  /* Objects/object.c, sliceobject.c, Python/hamt.c */
  { .type = "NoneType",
    .layout = HS_LAYOUT_LEAF,
    .family = HS_FAMILY_NUMBER,
    .members = nothing },
  { .type = "NotImplementedType", .layout = HS_LAYOUT_LEAF, .members = nothing },
  { .type = "ellipsis", .layout = HS_LAYOUT_LEAF, .members = nothing },
  { .type = "NoDefaultType", .layout = HS_LAYOUT_LEAF, .members = nothing },
  { .type = "Token.MISSING", .layout = HS_LAYOUT_LEAF, .members = nothing },

  /* Objects/iterobject.c, listobject.c, tupleobject.c, unicodeobject.c, bytesobject.c,
   * bytearrayobject.c, rangeobject.c, setobject.c, memoryobject.c
   */
  { .type = "iterator", .members = sequence_iterator },
  { .type = "list_iterator", .members = sequence_iterator },
  { .type = "list_reverseiterator", .members = sequence_iterator },
  { .type = "tuple_iterator", .members = sequence_iterator },
  { .type = "str_iterator", .members = sequence_iterator },
  { .type = "str_ascii_iterator", .members = sequence_iterator },
  { .type = "bytes_iterator", .members = sequence_iterator },
  { .type = "bytearray_iterator", .members = sequence_iterator },
  { .type = "callable_iterator",
    .members = MEMBERS { OBJECT ("it_callable"), OBJECT ("it_sentinel"), END } },
  { .type = "anext_awaitable",
    .members = MEMBERS { OBJECT ("wrapped"), OBJECT ("default_value"), END } },
  { .type = "range_iterator",
    .members =
      MEMBERS { UNTIL_3_11 (SIZE ("index")), SIZE ("start"), SIZE ("step"), SIZE ("len"), END } },
  { .type = "longrange_iterator",
    .members = MEMBERS { UNTIL_3_11 (OBJECT ("index")), OBJECT ("start"), OBJECT ("step"),
                         OBJECT ("len"), END } },
  { .type = "set_iterator",
    .members = MEMBERS { OBJECT ("si_set"), SIZE ("si_used"), SIZE ("si_pos"),
                         SIZE ("len"), END } },
  { .type = "memory_iterator",
    .members = MEMBERS { SIZE ("it_index"), OBJECT ("it_seq"), SIZE ("it_length"),
                         POINTER ("it_fmt"), END } },

  /* Objects/enumobject.c, Python/bltinmodule.c */
  { .type = "enumerate",
    .members = MEMBERS { SIZE ("en_index"), OBJECT ("en_sit"), OBJECT ("en_result"),
                         OBJECT ("en_longindex"), BORROWED ("one"), END } },
  { .type = "reversed", .members = MEMBERS { SIZE ("index"), OBJECT ("seq"), END } },
  { .type = "zip",
    .members = MEMBERS { SIZE ("tuplesize"), OBJECT ("ittuple"), OBJECT ("result"),
                         INT ("strict"), END } },
  { .type = "map", .members = MEMBERS { OBJECT ("iters"), OBJECT ("func"), END } },
  { .type = "filter", .members = MEMBERS { OBJECT ("func"), OBJECT ("it"), END } },

  /* Objects/dictobject.c, odictobject.c */
  { .type = "dict_keys", .members = dict_view },
  { .type = "dict_values", .members = dict_view },
  { .type = "dict_items", .members = dict_view },
  { .type = "dict_keyiterator", .members = dict_iterator },
  { .type = "dict_valueiterator", .members = dict_iterator },
  { .type = "dict_itemiterator", .members = dict_iterator },
  { .type = "dict_reversekeyiterator", .members = dict_iterator },
  { .type = "dict_reversevalueiterator", .members = dict_iterator },
  { .type = "dict_reverseitemiterator", .members = dict_iterator },
  { .type = "odict_iterator",
    .members = MEMBERS { INT ("kind"), OBJECT ("di_odict"), SIZE ("di_size"),
                         UNSIGNED ("di_state", 8), OBJECT ("di_current"), OBJECT ("di_result"),
                         END } },
  { .type = "collections.OrderedDict",
    .layout = HS_LAYOUT_ORDERED_DICT,
    .family = HS_FAMILY_CONTAINER,
    .members = MEMBERS { BYTES ("od_dict", 32, 8), POINTER ("od_first"), POINTER ("od_last"),
                         BLOCK ("od_fast_nodes", HS_BLOCK_TABLE), SIZE ("od_fast_nodes_size"),
                         POINTER ("od_resize_sentinel"), UNSIGNED ("od_state", 8),
                         DICT ("od_inst_dict"), WEAK_LIST ("od_weakreflist"), END } },

  /* Objects/descrobject.c, methodobject.c, classobject.c, funcobject.c, typeobject.c */
  { .type = "mappingproxy", .members = MEMBERS { OBJECT ("mapping"), END } },
  { .type = "method-wrapper",
    .family = HS_FAMILY_CALLABLE,
    .members = MEMBERS { OBJECT ("descr"), LABELLED ("self", "__self__"), END } },
  { .type = "property",
    .layout = HS_LAYOUT_PROPERTY,
    .members = MEMBERS { LABELLED ("prop_get", "fget"), LABELLED ("prop_set", "fset"),
                         LABELLED ("prop_del", "fdel"), LABELLED ("prop_doc", "__doc__"),
                         LABELLED ("prop_name", "__name__"), INT ("getter_doc"), END } },
  { .type = "member_descriptor",
    .layout = HS_LAYOUT_DESCRIPTOR,
    .members = MEMBERS { DESCRIPTOR, POINTER ("d_member"), END } },
  { .type = "getset_descriptor",
    .layout = HS_LAYOUT_DESCRIPTOR,
    .members = MEMBERS { DESCRIPTOR, POINTER ("d_getset"), END } },
  { .type = "method_descriptor",
    .layout = HS_LAYOUT_DESCRIPTOR,
    .members = MEMBERS { DESCRIPTOR, POINTER ("d_method"), POINTER ("vectorcall"), END } },
  { .type = "classmethod_descriptor",
    .layout = HS_LAYOUT_DESCRIPTOR,
    .members = MEMBERS { DESCRIPTOR, POINTER ("d_method"), POINTER ("vectorcall"), END } },
  { .type = "wrapper_descriptor",
    .layout = HS_LAYOUT_DESCRIPTOR,
    .members = MEMBERS { DESCRIPTOR, POINTER ("d_base"), POINTER ("d_wrapped"), END } },
  { .type = "builtin_function_or_method",
    .layout = HS_LAYOUT_BUILTIN,
    .members = MEMBERS { BUILTIN, END } },
  { .type = "builtin_method",
    .layout = HS_LAYOUT_BUILTIN,
    .members = MEMBERS { BUILTIN, LABELLED ("mm_class", "__objclass__"), END } },
  { .type = "instancemethod",
    .family = HS_FAMILY_CALLABLE,
    .members = MEMBERS { LABELLED ("func", "__func__"), END } },
  { .type = "classmethod",
    .layout = HS_LAYOUT_WRAPPED,
    .members = MEMBERS { LABELLED ("cm_callable", "__func__"), DICT ("cm_dict"), END } },
  { .type = "staticmethod",
    .layout = HS_LAYOUT_WRAPPED,
    .members = MEMBERS { LABELLED ("sm_callable", "__func__"), DICT ("sm_dict"), END } },
  { .type = "super",
    .members = MEMBERS { LABELLED ("type", "__thisclass__"), LABELLED ("obj", "__self__"),
                         LABELLED ("obj_type", "__self_class__"), END } },

  /* Objects/genobject.c, frameobject.c, codeobject.c, Python/traceback.c */
  { .type = "coroutine_wrapper", .members = MEMBERS { OBJECT ("cw_coroutine"), END } },
  { .type = "async_generator_asend",
    .members =
      MEMBERS { OBJECT ("ags_gen"), OBJECT ("ags_sendval"), INT ("ags_state"), END } },
  { .type = "async_generator_athrow",
    .members = MEMBERS { OBJECT ("agt_gen"), OBJECT ("agt_args"), INT ("agt_state"), END } },
  { .type = "async_generator_wrapped_value", .members = MEMBERS { OBJECT ("agw_val"), END } },
  { .type = "FrameLocalsProxy", .members = MEMBERS { OBJECT ("frame"), END } },
  { .type = "line_iterator",
    .members = MEMBERS { OBJECT ("li_code"), BYTES ("li_line", 40, 8), END } },
  { .type = "positions_iterator",
    .members = MEMBERS { OBJECT ("pi_code"), BYTES ("pi_range", 40, 8), INT ("pi_offset"),
                         INT ("pi_endline"), INT ("pi_column"), INT ("pi_endcolumn"), END } },
  { .type = "traceback",
    .members = MEMBERS { OBJECT ("tb_next"), OBJECT ("tb_frame"), INT ("tb_lasti"),
                         INT ("tb_lineno"), END } },

  /* Objects/weakrefobject.c: the object that is referred to is not held. */
  { .type = "weakref", .members = weak_reference },
  { .type = "weakproxy", .members = weak_reference },
  { .type = "weakcallableproxy", .members = weak_reference },
  { .type = "weakref.ReferenceType", .members = weak_reference },
  { .type = "weakref.ProxyType", .members = weak_reference },
  { .type = "weakref.CallableProxyType", .members = weak_reference },

  /* Objects/memoryobject.c, picklebufobject.c: a memoryview's view is its
   * managed buffer's, which holds the object.
   */
  { .type = "memoryview",
    .family = HS_FAMILY_BUFFER,
    .members = MEMBERS { VAR_HEAD, OBJECT ("mbuf"), HASH ("hash"), INT ("flags"),
                         SIZE ("exports"), BUFFER (BORROWED ("obj")),
                         WEAK_LIST ("weakreflist"), END } },
  { .type = "managedbuffer",
    .layout = HS_LAYOUT_MANAGED_BUFFER,
    .family = HS_FAMILY_BUFFER,
    .members = MEMBERS { INT ("flags"), SIZE ("exports"), BUFFER (OBJECT ("obj")), END } },
  { .type = "_buffer_wrapper",
    .family = HS_FAMILY_BUFFER,
    .members = MEMBERS { OBJECT ("mv"), OBJECT ("obj"), END } },
  { .type = "pickle.PickleBuffer",
    .family = HS_FAMILY_BUFFER,
    .members = MEMBERS { BUFFER (OBJECT ("obj")), WEAK_LIST ("weakreflist"), END } },

  /* Objects/genericaliasobject.c, unionobject.c, typevarobject.c, namespaceobject.c */
  { .type = "types.GenericAlias",
    .members = MEMBERS { LABELLED ("origin", "__origin__"), LABELLED ("args", "__args__"),
                         LABELLED ("parameters", "__parameters__"), WEAK_LIST ("weakreflist"),
                         CHAR ("starred"), POINTER ("vectorcall"), END } },
  { .type = "generic_alias_iterator", .members = MEMBERS { OBJECT ("obj"), END } },
  { .type = "types.UnionType",
    .members = MEMBERS { LABELLED ("args", "__args__"), LABELLED ("parameters", "__parameters__"),
                         END } },
  { .type = "typing.TypeVar",
    .members = MEMBERS { LABELLED ("name", "__name__"), LABELLED ("bound", "__bound__"),
                         OBJECT ("evaluate_bound"), LABELLED ("constraints", "__constraints__"),
                         OBJECT ("evaluate_constraints"),
                         FROM_3_13 (LABELLED ("default_value", "__default__"),
                                    OBJECT ("evaluate_default")),
                         CHAR ("covariant"),
                         CHAR ("contravariant"), CHAR ("infer_variance"), END } },
  { .type = "typing.ParamSpec",
    .members = MEMBERS { LABELLED ("name", "__name__"), LABELLED ("bound", "__bound__"),
                         FROM_3_13 (LABELLED ("default_value", "__default__"),
                                    OBJECT ("evaluate_default")),
                         CHAR ("covariant"),
                         CHAR ("contravariant"), CHAR ("infer_variance"), END } },
  { .type = "typing.TypeVarTuple",
    .members = MEMBERS { LABELLED ("name", "__name__"),
                         FROM_3_13 (LABELLED ("default_value", "__default__"),
                                    OBJECT ("evaluate_default")),
                         END } },
  { .type = "typing.ParamSpecArgs", .members = MEMBERS { OBJECT ("__origin__"), END } },
  { .type = "typing.ParamSpecKwargs", .members = MEMBERS { OBJECT ("__origin__"), END } },
  { .type = "typing.TypeAliasType",
    .members = MEMBERS { LABELLED ("name", "__name__"),
                         LABELLED ("type_params", "__type_params__"), OBJECT ("compute_value"),
                         LABELLED ("value", "__value__"), LABELLED ("module", "__module__"),
                         END } },
  { .type = "types.SimpleNamespace", .members = MEMBERS { DICT ("ns_dict"), END } },

  /* Objects/moduleobject.c, capsule.c, Objects/stringlib/unicode_format.h, Objects/unicodeobject.c,
   * Python/symtable.c, Objects/fileobject.c, Python/legacy_tracing.c
   */
  { .type = "module",
    .layout = HS_LAYOUT_MODULE,
    .members = MEMBERS { DICT ("md_dict"), POINTER ("md_def"),
                         BLOCK ("md_state", HS_BLOCK_EXTRA), WEAK_LIST ("md_weaklist"),
                         LABELLED ("md_name", "md_name"), END },
    .rest = "md_state" },
  { .type = "moduledef",
    .members = MEMBERS { POINTER ("m_init"), SIZE ("m_index"), OBJECT ("m_copy"),
                         POINTER ("m_name"), POINTER ("m_doc"), SIZE ("m_size"),
                         POINTER ("m_methods"), POINTER ("m_slots"), POINTER ("m_traverse"),
                         POINTER ("m_clear"), POINTER ("m_free"), END } },
  { .type = "PyCapsule",
    .layout = HS_LAYOUT_CAPSULE,
    .members = MEMBERS { POINTER ("pointer"), POINTER ("name"), POINTER ("context"),
                         POINTER ("destructor"),
                         FROM_3_13 (POINTER ("traverse_func"), POINTER ("clear_func")), END },
    .rest = "pointer" },
  { .type = "fieldnameiterator",
    .members = MEMBERS { OBJECT ("str"), BYTES ("it_field", 32, 8), END } },
  { .type = "formatteriterator",
    .members = MEMBERS { OBJECT ("str"), BYTES ("it_markup", 24, 8), END } },
  { .type = "EncodingMap",
    .members = MEMBERS { BYTES ("level1", 32, 1), INT ("count2"), INT ("count3"),
                         BYTES ("level23", 1, 1), END } },
  { .type = "symtable entry",
    .members = MEMBERS { OBJECT ("ste_id"), OBJECT ("ste_symbols"), OBJECT ("ste_name"),
                         OBJECT ("ste_varnames"), OBJECT ("ste_children"),
                         OBJECT ("ste_directives"),
                         FROM_3_13 (OBJECT ("ste_mangled_names"), BYTES ("ste_type", 72, 8)),
                         UNTIL_3_12 (BYTES ("ste_type", 56, 8)), END } },
  { .type = "stderrprinter", .members = MEMBERS { INT ("fd"), END } },
  { .type = "sys.legacy_event_handler",
    .members = MEMBERS { POINTER ("vectorcall"), INT ("event"), END } },
  { .type = "InterpreterID", .members = MEMBERS { SIZE ("id"), END } },

  /* Objects/exceptions.c */
  { .type = "BaseException", .layout = HS_LAYOUT_EXCEPTION, .members = MEMBERS { EXCEPTION, END } },
  { .type = "BaseExceptionGroup",
    .layout = HS_LAYOUT_EXCEPTION,
    .members = MEMBERS { EXCEPTION, LABELLED ("msg", "message"), LABELLED ("excs", "exceptions"),
                         END } },
  { .type = "StopIteration",
    .layout = HS_LAYOUT_EXCEPTION,
    .members = MEMBERS { EXCEPTION, OBJECT ("value"), END } },
  { .type = "SystemExit",
    .layout = HS_LAYOUT_EXCEPTION,
    .members = MEMBERS { EXCEPTION, OBJECT ("code"), END } },
  { .type = "ImportError",
    .layout = HS_LAYOUT_EXCEPTION,
    .members = MEMBERS { EXCEPTION, OBJECT ("msg"), OBJECT ("name"), OBJECT ("path"),
                         FROM_3_12 (OBJECT ("name_from")), END } },
  { .type = "OSError",
    .layout = HS_LAYOUT_EXCEPTION,
    .members = MEMBERS { EXCEPTION, LABELLED ("myerrno", "errno"), OBJECT ("strerror"),
                         OBJECT ("filename"), OBJECT ("filename2"), SIZE ("written"), END } },
  { .type = "NameError",
    .layout = HS_LAYOUT_EXCEPTION,
    .members = MEMBERS { EXCEPTION, OBJECT ("name"), END } },
  { .type = "AttributeError",
    .layout = HS_LAYOUT_EXCEPTION,
    .members = MEMBERS { EXCEPTION, OBJECT ("obj"), OBJECT ("name"), END } },
  { .type = "SyntaxError",
    .layout = HS_LAYOUT_EXCEPTION,
    .members = MEMBERS { EXCEPTION, OBJECT ("msg"), OBJECT ("filename"), OBJECT ("lineno"),
                         OBJECT ("offset"), OBJECT ("end_lineno"), OBJECT ("end_offset"),
                         OBJECT ("text"), OBJECT ("print_file_and_line"), END } },
  { .type = "UnicodeEncodeError", .layout = HS_LAYOUT_EXCEPTION, .members = unicode_error },
  { .type = "UnicodeDecodeError", .layout = HS_LAYOUT_EXCEPTION, .members = unicode_error },
  { .type = "UnicodeTranslateError", .layout = HS_LAYOUT_EXCEPTION, .members = unicode_error },

  /* Python/context.c, hamt.c: arrays of references and of nodes. */
  { .type = "_contextvars.Context",
    .members = MEMBERS { OBJECT ("ctx_prev"), OBJECT ("ctx_vars"), WEAK_LIST ("ctx_weakreflist"),
                         INT ("ctx_entered"), END } },
  { .type = "_contextvars.ContextVar",
    .members = MEMBERS { LABELLED ("var_name", "name"), OBJECT ("var_default"),
                         BORROWED ("var_cached"), UNSIGNED ("var_cached_tsid", 8),
                         UNSIGNED ("var_cached_tsver", 8), HASH ("var_hash"), END } },
  { .type = "_contextvars.Token",
    .members = MEMBERS { OBJECT ("tok_ctx"), LABELLED ("tok_var", "var"),
                         LABELLED ("tok_oldval", "old_value"), INT ("tok_used"), END } },
  { .type = "hamt",
    .members =
      MEMBERS { OBJECT ("h_root"), WEAK_LIST ("h_weakreflist"), SIZE ("h_count"), END } },
  { .type = "hamt_array_node",
    .members = MEMBERS { OBJECTS ("a_array", 32), SIZE ("a_count"), END } },
  { .type = "hamt_bitmap_node",
    .members = MEMBERS { VAR_HEAD, UNSIGNED ("b_bitmap", 4), OBJECTS ("b_array", 0), END } },
  { .type = "hamt_collision_node",
    .members = MEMBERS { VAR_HEAD, INT ("c_hash"), OBJECTS ("c_array", 0), END } },
  { .type = "items", .members = hamt_iterator },
  { .type = "keys", .members = hamt_iterator },
  { .type = "values", .members = hamt_iterator },
  { 0 },
};
