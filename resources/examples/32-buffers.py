"""bytes, bytearray, memoryview: who copies when a message is cut into pieces?

A message of a thousand pieces of SIZE bytes. A slice of bytes is a copy. A slice of a
memoryview is a window onto the same bytes, and a window is an object, too. The
other two cut off the front of what remains: one of them copies all the rest each time.
"""

from zlib import crc32

SIZE = 2_000
# heapscape: sweep SIZE = 10, 100, 500, 2_000

message = bytes(i % 251 for i in range(SIZE)) * 1_000

# To look at: one piece three ways.
piece = message[:SIZE]
changeable = bytearray(piece)
window = memoryview(message)[:SIZE]


def check(pieces):
    total = 0
    for piece in pieces:
        total = crc32(piece, total)
    return total


# %% bytes
pieces = [message[i:i + SIZE] for i in range(0, len(message), SIZE)]
result = check(pieces)
print("bytes:          ", result)

# %% memoryview
view = memoryview(message)
pieces = [view[i:i + SIZE] for i in range(0, len(view), SIZE)]
result = check(pieces)
print("memoryview:     ", result)

# %% bytes, cut off
rest = message
pieces = []
while rest:
    pieces.append(rest[:SIZE])
    rest = rest[SIZE:]                          # everything that is left is copied
result = check(pieces)
print("bytes, cut:     ", result)

# %% bytearray, cut off
rest = bytearray(message)
pieces = []
while rest:
    pieces.append(rest[:SIZE])
    del rest[:SIZE]                             # only the beginning moves
result = check(pieces)
print("bytearray, cut: ", result)
