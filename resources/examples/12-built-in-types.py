"""One record, eight types.

Each variant keeps N records of the same three values. The values exist once and
are shared, so that what differs is the record itself: the object that holds
three references. Compare them, then look at records[1000] of each in Layout.
"""

N = 40_000
# heapscape: sweep N = 10_000, 50_000, 100_000


# %% class
class Record:
    def __init__(self, x, y, colour):
        self.x = x
        self.y = y
        self.colour = colour


records = [Record(i % 100, i % 50, "red") for i in range(N)]
result = sum(record.x + record.y for record in records)
print("class:          ", result)


# %% slots
class Record:
    __slots__ = ("x", "y", "colour")            # these three, and no others

    def __init__(self, x, y, colour):
        self.x = x
        self.y = y
        self.colour = colour


records = [Record(i % 100, i % 50, "red") for i in range(N)]
result = sum(record.x + record.y for record in records)
print("slots:          ", result)

# %% tuple
records = [(i % 100, i % 50, "red") for i in range(N)]
result = sum(record[0] + record[1] for record in records)
print("tuple:          ", result)

# %% namedtuple
from collections import namedtuple

Record = namedtuple("Record", "x y colour")
records = [Record(i % 100, i % 50, "red") for i in range(N)]
result = sum(record.x + record.y for record in records)
print("namedtuple:     ", result)

# %% dataclass
from dataclasses import dataclass               # brings a dozen other modules with it


@dataclass
class Record:
    x: int
    y: int
    colour: str


records = [Record(i % 100, i % 50, "red") for i in range(N)]
result = sum(record.x + record.y for record in records)
print("dataclass:      ", result)

# %% slots dataclass
from dataclasses import dataclass


@dataclass(slots=True)
class Record:
    x: int
    y: int
    colour: str


records = [Record(i % 100, i % 50, "red") for i in range(N)]
result = sum(record.x + record.y for record in records)
print("slots dataclass:", result)

# %% dict
records = [{"x": i % 100, "y": i % 50, "colour": "red"} for i in range(N)]
result = sum(record["x"] + record["y"] for record in records)
print("dict:           ", result)

# %% list
records = [[i % 100, i % 50, "red"] for i in range(N)]
result = sum(record[0] + record[1] for record in records)
print("list:           ", result)
