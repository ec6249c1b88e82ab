"""Cycles: who frees what refers to itself?

A parent and its child, again and again, each pair out of sight as soon as the next
is made. Without a way back the reference count frees them at once. With one it
never falls to zero, and they wait for the garbage collector. See how long.
"""

import gc
import weakref

N = 10_000
# heapscape: sweep N = 1_000, 5_000, 10_000

threshold = gc.get_threshold()[0]               # so many containers more wake the collector


class Node:
    def __init__(self, size):
        self.data = bytes(size)


def make_pair(size):
    parent, child = Node(size // 2), Node(size // 2)
    parent.child = child
    child.parent = parent                       # the way back: now it is a cycle
    return parent


def count_nodes():
    return sum(type(thing) is Node for thing in gc.get_objects())


# One cycle to look at: a name for the parent, none for the child.
pair = make_pair(20)
# heapscape: snapshot cycle
pair.child = None                               # broken: now its count falls to zero
pair = None

# %% cycles
result = 0
for i in range(N):
    pair = make_pair(1_000)
    result += len(pair.data)
left = count_nodes()
print("cycles:         ", result, left)

# %% weak parent
result = 0
for i in range(N):
    pair = make_pair(1_000)
    pair.child.parent = weakref.ref(pair)       # a way back that does not count
    result += len(pair.data)
left = count_nodes()
print("weak parent:    ", result, left)

# %% broken by hand
result = 0
for i in range(N):
    pair = make_pair(1_000)
    result += len(pair.data)
    pair.child.parent = None                    # no cycle any more when the next one comes
left = count_nodes()
print("broken by hand: ", result, left)

# %% few, but large
result = 0
for i in range(N // 100):
    pair = make_pair(100_000)                   # a hundredth as many, a hundred times as large
    result += len(pair.data)
left = count_nodes()
print("few, but large: ", result, left)

# %% gc.disable()
gc.disable()
result = 0
for i in range(N):
    pair = make_pair(1_000)
    result += len(pair.data)
left = count_nodes()
print("gc.disable():   ", result, left)
