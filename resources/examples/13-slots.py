"""__slots__: 352 bytes against 48?

First the two numbers that are quoted, taken the way people take them. Then
what they leave out: asking for __dict__ makes it, the first instances of a
class are its largest, and from the thirtieth attribute on all is different.
Last N points with and without slots, as a program has them.
"""

import sys

N = 20_000
# heapscape: sweep N = 1, 1_000, 20_000


class Node:
    def __init__(self, node_id, neighbours):
        self.node_id = node_id
        self.neighbours = neighbours


class SlottedNode:
    __slots__ = ("node_id", "neighbours")

    def __init__(self, node_id, neighbours):
        self.node_id = node_id
        self.neighbours = neighbours


# The first instance, and its __dict__, which is there only because it is asked for.
asked = Node(1001, [1002, 1003])
claimed = sys.getsizeof(asked) + sys.getsizeof(asked.__dict__)
slotted = SlottedNode(1001, [1002, 1003])
claimed_slotted = sys.getsizeof(slotted)
print("claimed:", claimed, "against", claimed_slotted)

# Instances that nobody asks for anything: the second, and the fiftieth.
nodes = [Node(i, None) for i in range(49)]
second, fiftieth = nodes[0], nodes[48]


def make_wide(n_attributes):
    """Fifty instances of a new class, each with so many attributes."""

    class Wide:
        def __init__(self):
            for number in range(n_attributes):
                setattr(self, f"a{number}", None)

    Wide.__name__ = Wide.__qualname__ = f"Wide{n_attributes}"
    return [Wide() for _ in range(50)]


narrow = make_wide(29)                          # as many as the shared table of names takes
wide = make_wide(30)                            # one more


# %% plain
class Point:
    def __init__(self, x, y, z):
        self.x = x
        self.y = y
        self.z = z


points = [Point(i % 100, i % 50, 0) for i in range(N)]
result = sum(point.x + point.y + point.z for point in points)
print("plain:", result)


# %% slots
class Point:
    __slots__ = ("x", "y", "z")

    def __init__(self, x, y, z):
        self.x = x
        self.y = y
        self.z = z


points = [Point(i % 100, i % 50, 0) for i in range(N)]
result = sum(point.x + point.y + point.z for point in points)
print("slots:", result)


# %% asked
class Point:
    def __init__(self, x, y, z):
        self.x = x
        self.y = y
        self.z = z


points = [Point(i % 100, i % 50, 0) for i in range(N)]
for point in points:
    vars(point)                                 # nothing is kept, yet each has a dict now
result = sum(point.x + point.y + point.z for point in points)
print("asked:", result)
