"""@dataclass(slots=True): one argument, and a base class that undoes it.

A dataclass is an ordinary class that somebody else wrote for you; so are its
instances. With slots=True they lose what they do not need, unless they inherit
it from a base class that has no __slots__ of its own.
"""

from dataclasses import dataclass

N = 20_000
# heapscape: sweep N = 1_000, 10_000, 20_000


# %% dataclass
@dataclass
class Order:
    number: int
    amount: int
    customer: str


orders = [Order(i % 100, i % 50, "Ada") for i in range(N)]
result = sum(order.amount for order in orders)
print("dataclass:   ", result)


# %% slots=True
@dataclass(slots=True)
class Order:
    number: int
    amount: int
    customer: str


orders = [Order(i % 100, i % 50, "Ada") for i in range(N)]
result = sum(order.amount for order in orders)
print("slots=True:  ", result)


# %% base without
class Labelled:                                 # no __slots__: any attribute may be added
    def label(self):
        return f"#{self.number}"


@dataclass(slots=True)
class Order(Labelled):
    number: int
    amount: int
    customer: str


orders = [Order(i % 100, i % 50, "Ada") for i in range(N)]
result = sum(order.amount for order in orders)
print("base without:", result)


# %% base with
class Labelled:
    __slots__ = ()                              # nothing of its own, and nothing else

    def label(self):
        return f"#{self.number}"


@dataclass(slots=True)
class Order(Labelled):
    number: int
    amount: int
    customer: str


orders = [Order(i % 100, i % 50, "Ada") for i in range(N)]
result = sum(order.amount for order in orders)
print("base with:   ", result)
