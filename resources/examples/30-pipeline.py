"""A pipeline of generators: a file goes through it line by line.

Read lines, keep some, take a number from each, add them up. With lists every
step stands complete in memory before the next begins; with generators one line
is on its way at a time. Lay the timelines over each other.
"""

import atexit
import os

N = 30_000
# heapscape: sweep N = 3_000, 15_000, 30_000

# A log file of our own.
path = os.path.join(os.environ.get("TMPDIR", "/tmp"), "heapscape-log.txt")
atexit.register(os.remove, path)
with open(path, "w", encoding="ascii") as file:
    for i in range(N):
        level = "ERROR" if i % 4 == 0 else "INFO"
        file.write(f"2026-01-01 {level} request {i} took {i * 7 % 1000} ms\n")

# %% lists
with open(path, encoding="ascii") as file:
    lines = file.readlines()
errors = [line for line in lines if "ERROR" in line]
words = [line.split() for line in errors]
times = [int(fields[5]) for fields in words]
result = sum(times)
print("lists:      ", result)


# %% generators
def read(path):
    with open(path, encoding="ascii") as file:
        yield from file                         # open as long as somebody asks for lines


lines = read(path)
errors = (line for line in lines if "ERROR" in line)
words = (line.split() for line in errors)
times = (int(fields[5]) for fields in words)    # up to here nothing has been read
# heapscape: snapshot ready
result = sum(times)                             # this is what pulls
print("generators: ", result)

# %% loop
result = 0
with open(path, encoding="ascii") as lines:
    for line in lines:                          # the file itself hands them out one by one
        if "ERROR" in line:
            result += int(line.split()[5])
print("loop:       ", result)

# %% one list too many
with open(path, encoding="ascii") as file:
    lines = (line for line in file.readlines())  # a generator over a list
    errors = (line for line in lines if "ERROR" in line)
    times = (int(line.split()[5]) for line in errors)
    result = sum(times)
print("one list:   ", result)
