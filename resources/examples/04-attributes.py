"""What does one more attribute cost, and one more instance?

Classes with 0 to 40 attributes, with and without __slots__, eighty instances
of each. Open Layout and choose Cost: the first instances of a class are
larger than those that follow, and somewhere one attribute more is a cliff.
"""

COUNTS = range(41)


def make_plain(n):
    """A class whose instances get n attributes, each its own number."""
    names = [f"a{i}" for i in range(n)]

    class Plain:
        def __init__(self):
            for name in names:
                setattr(self, name, None)

    Plain.__name__ = Plain.__qualname__ = f"Plain{n}"
    return Plain


def make_slotted(n):
    """The same with __slots__."""
    names = [f"a{i}" for i in range(n)]

    class Slotted:
        __slots__ = names

        def __init__(self):
            for name in names:
                setattr(self, name, None)

    Slotted.__name__ = Slotted.__qualname__ = f"Slotted{n}"
    return Slotted


plain = {}
slotted = {}
for count in COUNTS:
    plain_class, slotted_class = make_plain(count), make_slotted(count)
    plain[count] = [plain_class() for _ in range(80)]
    slotted[count] = [slotted_class() for _ in range(80)]

print("instances:", sum(map(len, plain.values())) + sum(map(len, slotted.values())))
