# modules.py - one object of each kind that the standard library has
#
# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs in a worker, behind builtin.py."""

import _thread
import contextvars
import csv
import ctypes
import datetime
import hashlib
import io
import json
import pathlib
import pickle
import re
import select
import socket
import sqlite3
import struct
import sys
import tempfile
import threading
import types
import unicodedata
import uuid
import xml.etree.ElementTree as ElementTree
import xml.parsers.expat
import zlib
import zoneinfo

k_module = types
k_module_new = types.ModuleType("new")
k_regex = re.compile("a(b|c)*")
k_match = re.match("a", "a")
k_scanner = re.compile("a").scanner("aa")
k_finditer = re.finditer("a", "aa")
k_struct = struct.Struct("<iid4sx")
k_struct_empty = struct.Struct("")
k_unpack_iterator = struct.iter_unpack("i", bytes(8))
k_date = datetime.date(2000, 1, 1)
k_time = datetime.time(1)
k_time_zone = datetime.time(1, tzinfo=datetime.timezone.utc)
k_datetime = datetime.datetime(2000, 1, 1)
k_datetime_zone = datetime.datetime(2000, 1, 1, tzinfo=datetime.timezone.utc)
k_timedelta = datetime.timedelta(1)
k_timezone = datetime.timezone(datetime.timedelta(hours=1), "x")
k_zoneinfo = zoneinfo.ZoneInfo("UTC") if zoneinfo.available_timezones() else None
k_bytesio = io.BytesIO()
k_bytesio_written = io.BytesIO()
k_bytesio_written.write(bytes(100))
initial = bytes(int("300"))
k_bytesio_shared = io.BytesIO(initial)
k_bytesio_unshared = io.BytesIO(bytes(int("300")))
k_bytesio_view = k_bytesio_written.getbuffer()
k_bytesio_closed = io.BytesIO(bytes(int("300")))
k_bytesio_closed.close()
k_stringio = io.StringIO("text")
k_stringio_written = io.StringIO()
k_stringio_written.write("text" * 100)
k_file = tempfile.TemporaryFile()
k_file_text = open("/dev/null")
k_file_raw = open("/dev/null", "rb", buffering=0)
k_file_read = open("/dev/null", "rb", buffering=5000)
k_file_write = open("/dev/null", "wb")
k_file_random = io.BufferedRandom(io.FileIO(tempfile.mkstemp()[1], "r+"), 100)
k_file_pair = io.BufferedRWPair(k_file_raw, io.FileIO("/dev/null", "w"))
k_file_closed = open("/dev/null", "rb")
k_file_closed.close()
k_newline_decoder = io.IncrementalNewlineDecoder(None, True)
k_pickler = pickle.Pickler(io.BytesIO())
k_pickler_used = pickle.Pickler(io.BytesIO())
k_pickler_used.dump([[], {}, "text", list(range(1000)), bytes(5000)])
k_unpickler = pickle.Unpickler(io.BytesIO())
k_unpickler_used = pickle.Unpickler(io.BytesIO(pickle.dumps([[number] for number in range(500)])),
                                    encoding="latin1", errors="replace")
k_unpickler_used.load()
k_unpickler_lines = pickle.Unpickler(io.BytesIO(pickle.dumps([Plain, 1, 1.5], 0)))
k_unpickler_lines.load()
k_pickler_memo = k_pickler_used.memo
k_pickle_buffer = pickle.PickleBuffer(bytearray(3))
k_csv_reader = csv.reader(["a,b"])
k_csv_writer = csv.writer(io.StringIO())
k_csv_dialect = csv.get_dialect("excel")
k_element = ElementTree.Element("a")
k_element_attributes = ElementTree.Element("a", b="c")
k_element_children = ElementTree.Element("a")
for number in range(3):
    ElementTree.SubElement(k_element_children, "b")
k_element_many = ElementTree.fromstring("<a>" + "<b/>" * 50 + "</a>")
k_tree_builder = ElementTree.TreeBuilder()
k_xml_parser = ElementTree.XMLParser()
k_expat = xml.parsers.expat.ParserCreate()
k_element_iterator = k_element_many.iter()
k_hash = hashlib.sha256(b"x")
k_hash_md5 = hashlib.md5()
k_hash_blake = hashlib.blake2b()
k_hash_sha3 = hashlib.sha3_256()
k_socket = socket.socket()
k_socket.close()
k_poll = select.poll()
k_epoll = select.epoll()
k_sqlite = sqlite3.connect(":memory:")
k_sqlite_cursor = k_sqlite.execute("select 1 as a")
k_sqlite.row_factory = sqlite3.Row
k_sqlite_row = k_sqlite.execute("select 1 as a").fetchone()
k_compress_object = zlib.compressobj()
k_decompress_object = zlib.decompressobj()
k_lock = threading.Lock()
k_rlock = threading.RLock()
k_local = threading.local()
k_local.x = 1
k_thread_lock = _thread.allocate_lock()
k_condition = threading.Condition()
k_event = threading.Event()
k_thread = threading.Thread(target=print)
k_context = contextvars.copy_context()
k_context_variable = contextvars.ContextVar("x")
k_context_token = k_context_variable.set(1)
k_path = pathlib.Path("/tmp")
k_uuid = uuid.UUID(int=1)
k_unicode_database = unicodedata.ucd_3_2_0
k_json_encoder = json.JSONEncoder()
k_json_scanner = json.JSONDecoder().scan_once
k_simple_queue = __import__("queue").SimpleQueue()
k_queue = __import__("queue").Queue()
k_future = __import__("concurrent.futures").futures.Future()
k_scandir = __import__("os").scandir("/")
k_dir_entry = next(k_scandir)
k_capsule = datetime.datetime_CAPI if hasattr(datetime, "datetime_CAPI") else None
k_bz2 = __import__("bz2").BZ2Compressor()
k_lzma = __import__("lzma").LZMACompressor()


# ---- ctypes ----
class Point(ctypes.Structure):
    _fields_ = [("x", ctypes.c_int), ("y", ctypes.c_double)]


class Either(ctypes.Union):
    _fields_ = [("x", ctypes.c_int), ("y", ctypes.c_double)]


class Empty(ctypes.Structure):
    pass


k_ctypes_int = ctypes.c_int(1)
k_ctypes_structure = Point(1, 2)
k_ctypes_union = Either()
k_ctypes_array = (ctypes.c_int * 10)()
k_ctypes_matrix = ((ctypes.c_int * 10) * 3)()
k_ctypes_pointer = ctypes.pointer(k_ctypes_int)
k_ctypes_buffer = ctypes.create_string_buffer(100)
k_ctypes_function = ctypes.CFUNCTYPE(ctypes.c_int)(int)
k_ctypes_library = ctypes.pythonapi
k_ctypes_py_object = ctypes.py_object(1)
k_ctypes_char_p = ctypes.c_char_p(b"x")
k_ctypes_field = Point.x
k_ctypes_class_int = ctypes.c_int
k_ctypes_class_structure = Point
k_ctypes_class_empty = Empty
k_ctypes_class_union = Either
k_ctypes_class_array = type(k_ctypes_array)
k_ctypes_class_matrix = type(k_ctypes_matrix)
k_ctypes_class_pointer = type(k_ctypes_pointer)
k_ctypes_class_function = type(k_ctypes_function)
k_ctypes_metaclass = type(Point)
for k in (Point, Either, type(k_ctypes_array), type(k_ctypes_matrix), ctypes.c_int, Empty,
          type(k_ctypes_pointer), type(k_ctypes_function), ctypes.c_char):
    for referent in __import__("gc").get_referents(k):
        if type(referent).__name__ == "StgDict":
            globals()[f"k_ctypes_dict_{k.__name__}"] = referent

# co_extra: a pointer that a debugger or a compiler attaches.
OLD = sys.version_info < (3, 12)
request = "_PyEval_RequestCodeExtraIndex" if OLD else "PyUnstable_Eval_RequestCodeExtraIndex"
set_extra = "_PyCode_SetExtra" if OLD else "PyUnstable_Code_SetExtra"
k_code_extra = compile("a = 1", "code", "exec")
ctypes.pythonapi[set_extra](ctypes.py_object(k_code_extra), ctypes.pythonapi[request](None),
                            ctypes.c_void_p(16))
