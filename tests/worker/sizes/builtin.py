# builtin.py - one object of each kind that the language itself has
#
# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs in a worker, before modules.py and measure.py."""

import array
import asyncio
import collections
import ctypes
import dataclasses
import decimal
import enum
import fractions
import functools
import itertools
import mmap
import operator
import random
import re
import string
import sys
import types
import typing
import weakref

# ---- Numbers ----
k_none = None
k_true = True
k_false = False
k_ellipsis = ...
k_not_implemented = NotImplemented
k_int_0 = 0
k_int_1 = 1
k_int_minus_1 = -1
k_int_256 = 256
k_int_1000 = int("1000")
k_int_2_30 = 1 << int("30")
k_int_minus_2_30 = -(1 << int("30"))
k_int_2_60 = 1 << int("60")
k_int_2_1000 = 1 << int("1000")
k_int_minus_2_1000 = -(1 << int("1000"))
k_float = float("1.5")
k_complex = complex(1, int("2"))
k_decimal = decimal.Decimal("1.5")
k_decimal_long = decimal.Decimal("1" * 100)
k_decimal_longer = decimal.Decimal("9" * 3000)
k_decimal_nan = decimal.Decimal("nan")
k_decimal_context = decimal.Context()
k_fraction = fractions.Fraction(1, 3)


class IntSubclass(int):
    pass


class SlotsInt(int):
    __slots__ = ()


class FloatSubclass(float):
    pass


class ComplexSubclass(complex):
    __slots__ = ("a",) if False else ()


class DecimalSubclass(decimal.Decimal):
    pass


k_int_subclass = IntSubclass(7)
k_int_subclass_attribute = IntSubclass(-7)
k_int_subclass_attribute.a = 1
k_int_subclass_long = IntSubclass(-(1 << 100))
k_int_slots = SlotsInt(1 << 70)
k_int_slots_0 = SlotsInt(0)
k_float_subclass = FloatSubclass(1)
k_complex_subclass = ComplexSubclass(1)
k_decimal_subclass = DecimalSubclass("1")
k_random = random.Random(1)
k_system_random = random.SystemRandom()

# ---- Text ----
k_str_empty = ""
k_str_ascii_1 = "a"
k_str_ascii = "".join(["text", "ual"])
k_str_ascii_long = "x" * int("5000")
k_str_latin1_1 = chr(0xe9)
k_str_latin1 = chr(0xe9) * int("10")
k_str_ucs2 = chr(0x3a9) * int("10")
k_str_ucs4 = chr(0x1f600) * int("10")
k_str_utf8_latin1 = "n\xe4me" * int("3")
k_str_utf8_ucs2 = chr(0x3a9) * int("11")
k_str_utf8_ucs4 = chr(0x1f600) * int("11")
as_utf8 = ctypes.pythonapi.PyUnicode_AsUTF8
as_utf8.restype = ctypes.c_char_p
as_utf8.argtypes = [ctypes.py_object]
for text in (k_str_utf8_latin1, k_str_utf8_ucs2, k_str_utf8_ucs4):
    as_utf8(text)


class StrSubclass(str):
    pass


class SlotsStr(str):
    __slots__ = ()


k_str_subclass = StrSubclass("abc")
k_str_subclass_empty = StrSubclass("")
k_str_subclass_wide = StrSubclass(chr(0x3a9) * 5)
k_str_subclass_utf8 = StrSubclass(chr(0x3a9) * 6)
as_utf8(k_str_subclass_utf8)
k_str_subclass_attribute = StrSubclass("abcd")
k_str_subclass_attribute.x = 1
k_str_slots = SlotsStr("abc")
k_str_interned = sys.intern("".join(["inter", "ned "]))
if sys.version_info < (3, 12):
    # A wchar_t copy, which the old API attaches.
    old = ctypes.pythonapi.PyUnicode_AsUnicode
    old.restype = ctypes.c_void_p
    old.argtypes = [ctypes.py_object]
    k_str_wide_ascii = "".join(["wi", "de"])
    k_str_wide_latin1 = chr(0xe9) * int("7")
    k_str_wide_ucs4 = chr(0x1f600) * int("7")
    for text in (k_str_wide_ascii, k_str_wide_latin1, k_str_wide_ucs4):
        old(text)
k_template = string.Template("$a")
k_formatter = string.Formatter()

# ---- Bytes ----
k_bytes_empty = b""
k_bytes_1 = b"a"
k_bytes = bytes(int("10"))
k_bytes_long = bytes(int("10000"))
k_bytearray_empty = bytearray()
k_bytearray = bytearray(10)
k_bytearray_appended = bytearray(10)
k_bytearray_appended.append(1)
k_bytearray_prefix_removed = bytearray(1000)
del k_bytearray_prefix_removed[:300]
k_memoryview = memoryview(k_bytearray)
k_memoryview_slice = memoryview(k_bytes)[2:4]
k_memoryview_shape = memoryview(bytes(12)).cast("B", (3, 4))
k_memoryview_released = memoryview(bytes(12))
k_memoryview_released.release()


class BytesSubclass(bytes):
    pass


class BytearraySubclass(bytearray):
    pass


k_bytes_subclass = BytesSubclass(b"abc")
k_bytearray_subclass = BytearraySubclass(b"abc")
k_array_empty = array.array("i")
k_array_int = array.array("i", range(100))
k_array_double = array.array("d", range(10))
k_array_appended = array.array("B", b"1")
k_array_appended.append(2)
k_array_unicode = array.array("u", "text")
k_array_iterator = iter(k_array_int)
k_mmap = mmap.mmap(-1, 4096)

# ---- Containers ----
k_list_empty = []
k_list = [1, 2, 3]
k_list_appended = []
for number in range(100):
    k_list_appended.append(number)
k_list_comprehension = [number for number in range(100)]
k_list_range = list(range(100))
k_list_repeated = [0] * 100
k_list_cleared = [1, 2, 3]
k_list_cleared.clear()
k_list_slice = k_list_range[10:20]
k_list_sorted = sorted(k_list_range)
k_tuple_empty = ()
k_tuple = tuple([1, 2, 3])
k_tuple_long = tuple(range(100))
k_dict_empty = {}
k_dict_str = {"a": 1}
k_dict_str_5 = dict.fromkeys("abcde")
k_dict_str_6 = dict.fromkeys("abcdef")
k_dict_str_100 = {str(number): number for number in range(100)}
k_dict_int = {1: 2}
k_dict_int_1000 = dict.fromkeys(range(1000))
k_dict_int_100000 = dict.fromkeys(range(100000))
k_dict_mixed = {"a": 1, 2: 3}
k_dict_cleared = {"a": 1}
k_dict_cleared.clear()
k_dict_deleted = dict.fromkeys(range(100))
for number in range(95):
    del k_dict_deleted[number]
k_dict_copy = dict(k_dict_deleted)
k_set_empty = set()
k_set_4 = {1, 2, 3, 4}
k_set_5 = {1, 2, 3, 4, 5}
k_set_1000 = set(range(1000))
k_set_grown_and_emptied = set(range(1000))
k_set_grown_and_emptied.clear()
k_frozenset_empty = frozenset()
k_frozenset = frozenset(range(10))
k_deque_empty = collections.deque()
k_deque = collections.deque([1, 2, 3])
k_deque_1000 = collections.deque(range(1000))
k_deque_left = collections.deque(maxlen=100)
for number in range(500):
    k_deque_left.appendleft(number)
k_deque_rotated = collections.deque(range(200))
k_deque_rotated.rotate(77)
k_ordered_dict_empty = collections.OrderedDict()
k_ordered_dict = collections.OrderedDict.fromkeys("abc")
k_ordered_dict_100 = collections.OrderedDict.fromkeys(range(100))
k_ordered_dict_attribute = collections.OrderedDict(a=1)
k_ordered_dict_attribute.x = 1
k_ordered_dict_popped = collections.OrderedDict.fromkeys(range(100))
for number in range(99):
    k_ordered_dict_popped.popitem()
k_ordered_dict_emptied = collections.OrderedDict.fromkeys(range(10))
k_ordered_dict_emptied.clear()
k_defaultdict = collections.defaultdict(int, a=1)
k_counter = collections.Counter("abca")
k_chain_map = collections.ChainMap({}, {})
k_user_dict = collections.UserDict(a=1)
k_user_list = collections.UserList([1])
k_dict_keys = k_dict_str.keys()
k_dict_values = k_dict_str.values()
k_dict_items = k_dict_str.items()
k_mapping_proxy = types.MappingProxyType(k_dict_str)
k_namespace = types.SimpleNamespace(a=1)


class ListSubclass(list):
    pass


class TupleSubclass(tuple):
    pass


class TupleSlots(tuple):
    __slots__ = ()


class DictSubclass(dict):
    pass


class SetSubclass(set):
    pass


class FrozensetSubclass(frozenset):
    pass


class DequeSubclass(collections.deque):
    pass


class ArraySubclass(array.array):
    pass


class OrderedDictSubclass(collections.OrderedDict):
    pass


Pair = collections.namedtuple("Pair", "a b")


class TypedPair(typing.NamedTuple):
    a: int
    b: int


k_list_subclass = ListSubclass([1])
k_list_subclass_attribute = ListSubclass([1, 2])
k_list_subclass_attribute.x = 1
k_tuple_subclass = TupleSubclass((1, 2))
k_tuple_subclass_attribute = TupleSubclass((1, 2, 3))
k_tuple_subclass_attribute.x = 1
k_tuple_slots = TupleSlots((1, 2))
k_dict_subclass = DictSubclass(a=1)
k_dict_subclass_attribute = DictSubclass()
k_dict_subclass_attribute.x = 1
k_set_subclass = SetSubclass(range(20))
k_frozenset_subclass = FrozensetSubclass(range(20))
k_deque_subclass = DequeSubclass([1])
k_array_subclass = ArraySubclass("i", [1])
k_ordered_dict_subclass = OrderedDictSubclass(a=1)
k_namedtuple = Pair(1, 2)
k_typed_namedtuple = TypedPair(1, 2)
k_struct_sequence = sys.version_info
k_struct_sequence_float = sys.float_info
k_struct_sequence_time = __import__("time").gmtime(0)
k_struct_sequence_stat = __import__("os").stat("/")

# ---- Iterators ----
k_iterator_list = iter([1, 2])
k_iterator_list_reversed = reversed([1, 2])
k_iterator_tuple = iter((1, 2))
k_iterator_str = iter("ab")
k_iterator_str_wide = iter(chr(0x3a9) * 2)
k_iterator_bytes = iter(b"ab")
k_iterator_bytearray = iter(bytearray(2))
k_iterator_dict = iter({"a": 1})
k_iterator_dict_items = iter({"a": 1}.items())
k_iterator_dict_reversed = reversed({"a": 1})
k_iterator_set = iter({1})
k_iterator_range = iter(range(3))
k_iterator_range_long = iter(range(1 << 100))
k_iterator_deque = iter(collections.deque([1]))
k_iterator_ordered_dict = iter(collections.OrderedDict(a=1))
k_iterator_memoryview = iter(memoryview(b"ab"))
k_iterator_callable = iter(int, 1)
k_enumerate = enumerate([1])
k_zip = zip([1], [2])
k_map = map(str, [1])
k_filter = filter(None, [1])
k_reversed = reversed("ab")
k_range = range(3)
k_range_long = range(1 << 100)
k_slice = slice(1, 2)
k_chain = itertools.chain([1], [2])
k_count = itertools.count()
k_count_float = itertools.count(0.5)
k_cycle = itertools.cycle([1, 2])
k_repeat = itertools.repeat(1, 2)
k_product = itertools.product([1, 2], [3], repeat=2)
next(k_product)
k_product_empty = itertools.product()
k_combinations = itertools.combinations(range(9), 4)
k_combinations_with_replacement = itertools.combinations_with_replacement(range(9), 5)
k_permutations = itertools.permutations(range(9), 3)
k_accumulate = itertools.accumulate([1])
k_compress = itertools.compress([1], [1])
k_dropwhile = itertools.dropwhile(bool, [1])
k_takewhile = itertools.takewhile(bool, [1])
k_filterfalse = itertools.filterfalse(bool, [1])
k_groupby = itertools.groupby([1])
k_islice = itertools.islice([1], 1)
k_pairwise = itertools.pairwise([1, 2])
k_starmap = itertools.starmap(pow, [(1, 2)])
k_zip_longest = itertools.zip_longest([1], [2])
k_tee = itertools.tee([1])[0]
if sys.version_info >= (3, 12):
    k_batched = itertools.batched([1, 2], 2)


# ---- Functions and what runs them ----
def function(a, b=1, *, c=2):
    d = a

    def inner():
        return d

    return inner


def generate(a, b):
    c = a + b
    yield c
    yield b


def finish():
    yield 1


async def coroutine():
    await asyncio.sleep(0)


async def async_generate():
    yield 1


@types.coroutine
def old_coroutine():
    yield 1


def frame():
    a, b, c = 1, 2, 3
    return sys._getframe()


def get_traceback():
    try:
        1 // 0
    except ZeroDivisionError as error:
        return error.__traceback__


k_function = function
k_function_inner = function(1)
k_function_lambda = lambda x: x  # noqa: E731
k_cell = k_function_inner.__closure__[0]
k_cell_empty = types.CellType()
k_code = function.__code__
k_code_long = compile("\n".join(f"a{i} = {i}" for i in range(300)), "code", "exec")
k_code_odd = compile("x", "code", "eval")
k_code_replaced = k_code.replace(co_name="other")
k_generator_new = generate(1, 2)
k_generator = generate(1, 2)
next(k_generator)
k_generator_finished = finish()
list(k_generator_finished)
k_generator_expression = (x for x in range(100))
k_coroutine = coroutine()
k_coroutine_old = old_coroutine()
k_coroutine_closed = coroutine()
k_coroutine_closed.close()
k_coroutine_wrapper = k_coroutine.__await__()
k_async_generator = async_generate()
k_async_generator_asend = k_async_generator.asend(None)
k_async_generator_next = k_async_generator.__anext__()
k_frame_finished = frame()
k_frame_of_generator = k_generator.gi_frame
k_frame_of_module = sys._getframe()
k_traceback = get_traceback()
k_method = [].append
k_bound_method = random.Random(1).random
k_python_method = IntSubclass.__init_subclass__
k_bound = collections.UserList([1]).append
k_builtin = len
k_builtin_type_method = dict.fromkeys
k_method_wrapper = (1).__add__
k_wrapper_descriptor = int.__add__
k_method_descriptor = str.join
k_classmethod_descriptor = vars(dict)["fromkeys"]
k_getset_descriptor = type.__dict__["__mro__"]
k_partial = functools.partial(int, base=2)
k_partial_method = functools.partialmethod(int)
k_lru_cache = functools.lru_cache(function)
k_lru_cache_used = functools.lru_cache(maxsize=10)(lambda x: x)
for number in range(20):
    k_lru_cache_used(number)
k_cached_property = functools.cached_property(function)
k_singledispatch = functools.singledispatch(function)
k_cmp_to_key = functools.cmp_to_key(max)(1)
k_attrgetter = operator.attrgetter("a", "b")
k_itemgetter = operator.itemgetter(1)
k_methodcaller = operator.methodcaller("a", 1, b=2)
k_property = property(function)
k_staticmethod = staticmethod(function)
k_classmethod = classmethod(function)
k_super = super(IntSubclass, k_int_subclass)


# ---- Classes and instances ----
class Plain:
    pass


class Slots:
    __slots__ = ("a", "b")


class SlotsWeak:
    __slots__ = ("a", "__weakref__")


class SlotsDict:
    __slots__ = ("a", "__dict__")


class OnlyWeak:
    __slots__ = ("__weakref__",)


class NoSlots:
    __slots__ = ()


class Derived(Slots):
    pass


class Meta(type):
    pass


class WithMeta(metaclass=Meta):
    __slots__ = ("a",)


class SlottedMeta(type):
    a = 1


class Colour(enum.Enum):
    RED = 1


class Flags(enum.IntFlag):
    A = 1


@dataclasses.dataclass
class Data:
    a: int = 1


@dataclasses.dataclass(slots=True)
class SlotsData:
    a: int = 1
    b: int = 2


class Generic(typing.Generic[typing.TypeVar("T")]):
    pass


class Protocol(typing.Protocol):
    pass


class Abstract(__import__("abc").ABC):
    pass


def make_instance(n):
    instance = Plain()
    for number in range(n):
        setattr(instance, f"a{number}", number)
    return instance


k_object = object()
k_instance_first = Plain()
k_instance_first.a = 1
k_instance = make_instance(3)
k_instance_dict = make_instance(3)
k_dict_of_instance = k_instance_dict.__dict__
k_instances = [make_instance(2) for number in range(30)]
k_instance_late = make_instance(2)
k_dict_of_late_instance = k_instance_late.__dict__
k_instance_40 = make_instance(40)
k_dict_of_instance_40 = k_instance_40.__dict__
k_slots = Slots()
k_slots_weak = SlotsWeak()
k_slots_dict = SlotsDict()
k_slots_dict.x = 1
k_only_weak = OnlyWeak()
k_no_slots = NoSlots()
k_derived = Derived()
k_derived.x = 1
k_class = Plain
k_class_slots = Slots
k_class_only_weak = OnlyWeak
k_class_derived = Derived
k_class_meta = Meta
k_class_with_meta = WithMeta
k_class_of_c = int
k_class_of_c_on_the_heap = type(re.compile("a").scanner("a"))
k_class_type = type
k_class_object = object
k_class_made = type("Made", (list,), {"__slots__": ("x", "y", "z")})
k_class_named_tuple = Pair
k_class_exception = ValueError
k_enum_class = Colour
k_enum = Colour.RED
k_flag = Flags.A
k_data = Data()
k_data_slots = SlotsData()
k_generic = Generic[int]
k_generic_instance = Generic()
k_protocol = Protocol
k_abstract = Abstract
k_member_descriptor = Slots.a
k_getset_of_class = vars(Plain)["__dict__"]
k_weakref = weakref.ref(k_instance)
k_weakref_callback = weakref.ref(k_instance, print)
k_weak_proxy = weakref.proxy(k_instance)
k_weak_callable_proxy = weakref.proxy(function)
k_weak_method = weakref.WeakMethod(k_bound)
k_weak_dict = weakref.WeakValueDictionary()
k_weak_set = weakref.WeakSet([k_instance])
k_keyed_ref = weakref.KeyedRef(k_instance, None, 1)
k_finalize = weakref.finalize(k_instance, print)
k_finalize.atexit = False
k_alias = list[int]
k_union = int | str
k_typing_union = typing.Union[int, str]
k_type_var = typing.TypeVar("T")
k_param_spec = typing.ParamSpec("P")
k_new_type = typing.NewType("N", int)
k_typed_dict = typing.TypedDict("D", {"a": int})
k_any = typing.Any
if sys.version_info >= (3, 12):
    exec("type k_alias_statement = int")
    k_type_var_tuple = typing.TypeVarTuple("Ts")


# ---- Classes that say their own size, or take over another's ----
class Own:
    def __sizeof__(self):
        return 12345


class OwnStatic:
    __sizeof__ = staticmethod(lambda: 5)


class OwnLambda(list):
    __sizeof__ = lambda self: 7  # noqa: E731


class OwnNone:
    __sizeof__ = None


class OfObject(list):
    __sizeof__ = object.__sizeof__


class OfObjectInt(int):
    __sizeof__ = object.__sizeof__


class OfDict:
    __sizeof__ = dict.__sizeof__


class Mixin:
    pass


class Mixed(Mixin, collections.OrderedDict):
    pass


class DerivedOwn(Own):
    pass


class BackToObject(Own):
    __sizeof__ = object.__sizeof__


class OtherMethod(int):
    __sizeof__ = int.bit_length


k_own = Own()
k_own_static = OwnStatic()
k_own_lambda = OwnLambda([1, 2])
k_own_none = OwnNone()
k_of_object = OfObject([1, 2, 3])
k_of_object_int = OfObjectInt(1 << 100)
k_of_dict = OfDict()
k_mixed = Mixed(a=1)
k_derived_own = DerivedOwn()
k_back_to_object = BackToObject()
k_other_method = OtherMethod(1 << 99)

# ---- Exceptions ----
k_exception = Exception("x")
k_value_error = ValueError()
k_os_error = OSError(1, "x")
k_key_error = KeyError(1)
k_import_error = ImportError("x")
k_syntax_error = SyntaxError("x")
k_unicode_error = UnicodeDecodeError("utf-8", b"x", 0, 1, "y")
k_stop_iteration = StopIteration(1)
k_system_exit = SystemExit(1)
k_attribute_error = AttributeError("x")
k_name_error = NameError("x")
k_exception_group = ExceptionGroup("x", [ValueError()])
k_exception_subclass = type("E", (Exception,), {})("x")
k_blocking = BlockingIOError(1, "x", 2)
