"""__slots__ against __dict__.

The folklore compares sys.getsizeof: 352 bytes against 48. Look at the boxes:
asking for __dict__ made a dict that was not there before, and the list of
neighbours is one object, however many nodes point to it.
"""

import sys

neighbours = ["north", "south"]


class NodeWithoutSlots:
    def __init__(self, node_id, position):
        self.node_id = node_id
        self.position = position
        self.neighbours = neighbours


class NodeWithSlots:
    __slots__ = ("node_id", "position", "neighbours")

    def __init__(self, node_id, position):
        self.node_id = node_id
        self.position = position
        self.neighbours = neighbours


node = NodeWithoutSlots(1001, (2.5, 7.5))
slotted = NodeWithSlots(1002, (3.5, 8.5))

asked = NodeWithoutSlots(1003, (4.5, 9.5))
claimed = sys.getsizeof(asked) + sys.getsizeof(asked.__dict__)

print("getsizeof without slots:", sys.getsizeof(node))
print("getsizeof, __dict__ added:", claimed)
print("getsizeof with slots:   ", sys.getsizeof(slotted))
