"""mmap: which pages of a file are in memory?

Look at Pages and press Play under the picture. Mapping a file loads nothing. Each
access brings the page that is touched, and a few around it that the kernel
thinks will be next. Reading everything copies it: the file's pages, and a bytes
object as large as the file.
"""

import mmap
import os
import tempfile

PAGE = mmap.PAGESIZE
SIZE = 16 * 1024 * 1024

# A file of our own, 16 MiB, in the scratch folder of this run.
path = os.path.join(tempfile.gettempdir(), "numbers.bin")
with open(path, "wb") as file:
    for i in range(SIZE // PAGE):
        file.write(i.to_bytes(8, "little") * (PAGE // 8))
    file.flush()
    os.fsync(file.fileno())
    os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)  # forget it: begin cold

with open(path, "r+b") as file:
    mm = mmap.mmap(file.fileno(), 0)

start = mm[:10]                     # touches the first page
middle = mm[SIZE // 2]              # one byte in the middle
mm[3 * SIZE // 4] = 7               # writes: this page differs from the file on disk now
part = mm[SIZE // 4:SIZE // 4 + 64 * PAGE]  # a slice is a copy of 64 pages
view = memoryview(mm)[:PAGE]        # a view copies nothing
found = mm.find(b"\xff" * 32)       # looks at every page, and copies none
everything = mm.read()              # 16 MiB of pages, and 16 MiB of bytes
del everything

view.release()
mm.close()
os.remove(path)
