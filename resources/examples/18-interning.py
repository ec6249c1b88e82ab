"""Interning: when equal strings are one object, and what that saves.

First the puzzle that goes round: one pair is the same object, the other is
not. Then a column of N words, twelve of them different, the way a file gives
it: each word is a new string, unless somebody looks it up.
"""

import io
import sys

N = 60_000
# heapscape: sweep N = 6_000, 30_000, 60_000

# 4096 characters: the compiler multiplies, and shares what could be a name.
a = "abcd" * 1024
b = "abcd" * 1024
print("a is b:", a is b)

# 6000 characters: more than the compiler multiplies. Each line makes its own at run time.
c = "uvwxyz" * 1000
d = "uvwxyz" * 1000
print("c is d:", c is d)

# Typed out in full, 6000 characters are shared: the limit is that of multiplying.
e = eval(repr(c))
f = eval(repr(c))
print("e is f:", e is f)

# A space is enough, and it could not be a name: compiled twice, it is there twice.
g = eval("'two words'")
h = eval("'two words'")
print("g is h:", g is h)

# sys.intern takes any text, and gives everybody the one that came first.
i = sys.intern(d)
j = sys.intern(h)
print("i is e:", i is e, " j is h:", j is h)

MONTHS = """january february march april may june july august september october
november december""".split()


def read_column():
    """N lines, as from a file."""
    return io.StringIO("".join(f"{MONTHS[row % 12]}\n" for row in range(N)))


# %% as read
column = [line.rstrip() for line in read_column()]
result = len(column)
print("as read:            ", result)

# %% sys.intern
column = [sys.intern(line.rstrip()) for line in read_column()]
result = len(column)
print("sys.intern:         ", result)

# %% own dict
seen = {}
column = [seen.setdefault(word, word) for word in (line.rstrip() for line in read_column())]
result = len(column)
print("own dict:           ", result)

# %% different
column = [f"{line.rstrip()} {row}" for row, line in enumerate(read_column())]
result = len(column)
print("different:          ", result)

# %% different, interned
column = [sys.intern(f"{line.rstrip()} {row}") for row, line in enumerate(read_column())]
result = len(column)
print("different, interned:", result)

# %% interned, dropped
column = [sys.intern(f"{line.rstrip()} {row}") for row, line in enumerate(read_column())]
result = len(column)
del column                                      # nobody refers to these words any more
print("interned, dropped:  ", result)
