"""weakref: a reference that does not keep its object alive.

A cache of N pictures. First everybody only has a short look at each: a dict keeps
them all, a WeakValueDictionary lets them go. Then all are in use at the same
time: now both have all of them, and the weak one has more to carry.
"""

import weakref

N = 2_000
# heapscape: sweep N = 200, 1_000, 2_000


class Picture:
    def __init__(self, number):
        self.number = number
        self.pixels = bytes(2_000)


class Slotted:
    __slots__ = ("number",)


# How it behaves: called, it gives the object, as long as there is one.
picture = Picture(0)
reference = weakref.ref(picture)
# heapscape: snapshot alive
del picture
gone = reference() is None
print("gone:", gone)

# Not everything can be referred to weakly: built-in containers cannot, nor can slots without
# "__weakref__".
refused = []
for thing in ([], {}, "text", Slotted()):
    try:
        weakref.ref(thing)
    except TypeError as error:
        refused.append(str(error))
        print(error)
del thing


def load(cache, number):
    picture = cache.get(number)
    if picture is None:
        picture = cache[number] = Picture(number)
    return picture


# %% dict
cache = {}
result = sum(len(load(cache, number).pixels) for number in range(N))
print("dict:               ", result, len(cache))

# %% WeakValueDictionary
cache = weakref.WeakValueDictionary()
result = sum(len(load(cache, number).pixels) for number in range(N))
print("WeakValueDictionary:", result, len(cache))

# %% dict, all in use
cache = {}
album = [load(cache, number) for number in range(N)]
result = sum(len(picture.pixels) for picture in album)
print("dict, in use:       ", result, len(cache))

# %% weak, all in use
cache = weakref.WeakValueDictionary()
album = [load(cache, number) for number in range(N)]
result = sum(len(picture.pixels) for picture in album)
print("weak, in use:       ", result, len(cache))
