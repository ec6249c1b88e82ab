"""Interned strings: when are two equal strings one object?

Equal does not mean the same. Each box is one string in memory; count the
arrows that end at it.
"""

import sys

a = "heap"
b = "heap"                          # one constant of this file

half = "he"
c = half + "ap"                     # made while running: equal, but another object
d = sys.intern(half + "ap")         # looked up in the table of interned strings

short = "abcd" * 1024               # 4096 characters: computed when compiled, and shared
short_again = "abcd" * 1024
long = "uvwxyz" * 1000              # 6000 characters: computed while running, twice
long_again = "uvwxyz" * 1000

words = "to be or not to be".split()
shared = [sys.intern(word) for word in words]

print("a is b:", a is b)
print("a is c:", a is c)
print("a is d:", a is d)
print("short is short_again:", short is short_again)
print("long is long_again:  ", long is long_again)
