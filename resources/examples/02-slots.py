"""__slots__ against __dict__.

The folklore compares sys.getsizeof: 352 bytes against 48 on Python 3.11. Look
at the boxes. Asking for __dict__ made a dict that was not there before; the
first instance of a class is larger than those that follow; and the list of
neighbours is one object, however many nodes point to it.
"""

import sys

neighbours = ["north", "south"]


class NodeWithoutSlots:
    def __init__(self, node_id, neighbours):
        self.node_id = node_id
        self.neighbours = neighbours


class NodeWithSlots:
    __slots__ = ("node_id", "neighbours")

    def __init__(self, node_id, neighbours):
        self.node_id = node_id
        self.neighbours = neighbours


asked = NodeWithoutSlots(1001, neighbours)
claimed = sys.getsizeof(asked) + sys.getsizeof(asked.__dict__)

node = NodeWithoutSlots(1002, neighbours)       # its __dict__ is never asked for
slotted = NodeWithSlots(1003, neighbours)

print("getsizeof, __dict__ added:", claimed)
print("getsizeof without slots:  ", sys.getsizeof(node))
print("getsizeof with slots:     ", sys.getsizeof(slotted))
