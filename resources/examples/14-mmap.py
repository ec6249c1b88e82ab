"""mmap: a file in memory that is not there yet.

Each variant wants the same twenty bytes of a file of 16 MiB: ten at its start and
ten in the middle. Mapping the file reads nothing; what is touched comes in,
page by page. Look at Pages, and at the peak of each variant.
"""

import atexit
import mmap
import os

SIZE = 16 * 1024 * 1024
MIDDLE = SIZE // 2

# A file of our own, which the system is then asked to forget: begin cold.
path = os.path.join(os.environ.get("TMPDIR", "/tmp"), "heapscape-numbers.bin")
atexit.register(os.remove, path)
with open(path, "wb") as file:
    for i in range(SIZE // 4096):
        file.write(b"page %04d ".ljust(4096) % i)
    file.flush()
    os.fsync(file.fileno())
    os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)

# %% file.read()
with open(path, "rb") as file:
    data = file.read()                          # all of it, as one bytes object
    # heapscape: snapshot read
result = data[:10] + data[MIDDLE:MIDDLE + 10]
print("file.read():", result)

# %% mmap
with open(path, "rb") as file:
    mm = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
# heapscape: snapshot mapped
start = mm[:10]                                 # one page is touched; some come with it
# heapscape: snapshot start
middle = mm[MIDDLE:MIDDLE + 10]                 # and one in the middle
# heapscape: snapshot middle
result = data = start + middle
print("mmap:       ", result)

# %% mmap.read()
with open(path, "rb") as file:
    mm = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
# heapscape: snapshot mapped
data = mm.read()                                # every page, and then a copy of them all
# heapscape: snapshot all
result = data[:10] + data[MIDDLE:MIDDLE + 10]
print("mmap.read():", result)

# %% seek
with open(path, "rb") as file:
    start = file.read(10)
    file.seek(MIDDLE)
    middle = file.read(10)                      # no mapping, and no more than is wanted
result = data = start + middle
print("seek:       ", result)
