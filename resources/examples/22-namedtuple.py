"""namedtuple: a tuple whose places have names.

The documentation says that a named tuple needs no more memory than a tuple,
and sys.getsizeof agrees. Look at the blocks: each has room for one reference
more than it uses. Whether that costs anything depends on the rounding.
"""

from collections import namedtuple

N = 40_000
# heapscape: sweep N = 1_000, 20_000, 40_000

Pair = namedtuple("Pair", "x y")
Point = namedtuple("Point", "x y colour")

named_pair = Pair(1.5, 2.5)
pair = tuple(named_pair)                        # the same two values without names


# %% tuple
points = [(i % 100, i % 50, "red") for i in range(N)]
result = sum(point[0] + point[1] for point in points)
print("tuple:     ", result)

# %% namedtuple
points = [Point(i % 100, i % 50, "red") for i in range(N)]
result = sum(point.x + point.y for point in points)
print("namedtuple:", result)


# %% slots
class SlottedPoint:
    __slots__ = ("x", "y", "colour")

    def __init__(self, x, y, colour):
        self.x = x
        self.y = y
        self.colour = colour


points = [SlottedPoint(i % 100, i % 50, "red") for i in range(N)]
result = sum(point.x + point.y for point in points)
print("slots:     ", result)

# %% dict
points = [{"x": i % 100, "y": i % 50, "colour": "red"} for i in range(N)]
result = sum(point["x"] + point["y"] for point in points)
print("dict:      ", result)
