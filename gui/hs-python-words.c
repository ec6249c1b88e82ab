/* hs-python-words.c - the words that Python itself brings
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-python-words.h"

/* The keywords and built-in names of 3.8 to 3.13, and names that the language gives a meaning. */
const char *const hs_python_words =
  "ArithmeticError AssertionError AttributeError BaseException BaseExceptionGroup "
  "BlockingIOError BrokenPipeError BufferError BytesWarning ChildProcessError "
  "ConnectionAbortedError ConnectionError ConnectionRefusedError "
  "ConnectionResetError DeprecationWarning EOFError Ellipsis EncodingWarning "
  "EnvironmentError Exception ExceptionGroup False FileExistsError "
  "FileNotFoundError FloatingPointError FutureWarning GeneratorExit IOError "
  "ImportError ImportWarning IndentationError IndexError InterruptedError "
  "IsADirectoryError KeyError KeyboardInterrupt LookupError MemoryError "
  "ModuleNotFoundError NameError None NotADirectoryError NotImplemented "
  "NotImplementedError OSError OverflowError PendingDeprecationWarning "
  "PermissionError ProcessLookupError PythonFinalizationError RecursionError "
  "ReferenceError ResourceWarning RuntimeError RuntimeWarning StopAsyncIteration "
  "StopIteration SyntaxError SyntaxWarning SystemError SystemExit TabError "
  "TimeoutError True TypeError UnboundLocalError UnicodeDecodeError "
  "UnicodeEncodeError UnicodeError UnicodeTranslateError UnicodeWarning "
  "UserWarning ValueError Warning ZeroDivisionError __call__ __class__ __del__ "
  "__dict__ __doc__ __enter__ __eq__ __exit__ __getitem__ __hash__ __import__ "
  "__init__ __iter__ __len__ __main__ __name__ __new__ __next__ __post_init__ "
  "__repr__ __setitem__ __sizeof__ __slots__ __str__ __weakref__ abs aiter all and "
  "anext any ascii assert async await bin bool break breakpoint bytearray bytes "
  "callable case chr class classmethod cls compile complex continue def del "
  "delattr dict dir divmod elif else enumerate eval except exec exit filter "
  "finally float for format from frozenset getattr global globals hasattr hash "
  "help hex import input int isinstance issubclass iter lambda len list locals map "
  "match max memoryview min next nonlocal not object oct open ord pass pow print "
  "property quit raise range repr return reversed round self set setattr slice "
  "sorted staticmethod str sum super try tuple type vars while with yield zip ";
