"""Interning: when equal strings are one object, and what that saves.

First the puzzle that goes round: one pair is the same object, the other is
not. Then a column of N words, of which twelve are different, the way a file
gives it: each word is a new string, unless somebody looks it up.
"""

import io
import sys

N = 100_000
# heapscape: sweep N = 10_000, 50_000, 100_000

# 4096 characters: the compiler multiplies, and shares what looks like a name.
a = "abcd" * 1024
b = "abcd" * 1024
print("a is b:", a is b)

# 6000 characters: too long for the compiler, so each line makes its own at run time.
c = "uvwxyz" * 1000
d = "uvwxyz" * 1000
print("c is d:", c is d)

# Long is no obstacle for sys.intern: who asks with an equal text gets the first one back.
e = sys.intern(c)
f = sys.intern(d)
print("e is f:", e is f)

MONTHS = """january february march april may june july august september october
november december""".split()


def read_column():
    """N lines, as from a file."""
    return io.StringIO("".join(f"{MONTHS[i % 12]}\n" for i in range(N)))


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

# %% all different
column = [f"{line.rstrip()} {number}" for number, line in enumerate(read_column())]
result = len(column)
print("different:          ", result)

# %% all different, sys.intern
column = [sys.intern(f"{line.rstrip()} {number}") for number, line in enumerate(read_column())]
result = len(column)
print("different, interned:", result)

# %% all different, sys.intern, dropped
column = [sys.intern(f"{line.rstrip()} {number}") for number, line in enumerate(read_column())]
result = len(column)
del column                                      # nobody refers to these words any more
print("dropped:            ", result)
