"""A dict that does not shrink.

N entries are put in, and all but ten deleted. A list gives memory back when
it is emptied; a dict keeps its table, as large as it ever was, until somebody makes
a new one, or until it is full once more. What do the ten entries cost now?
"""

N = 87_381                                      # fills a table of 131072 places to the brim
# heapscape: sweep N = 10, 10_922, 87_381


def fill(n):
    return {number: None for number in range(n)}


def empty(entries):
    for number in range(10, N):
        del entries[number]


def remove(elements):
    for number in range(10, N):
        elements.remove(number)


def shorten(numbers):
    while len(numbers) > 10:
        numbers.pop()


# A list for comparison: it gives places back as it becomes shorter.
numbers = [None] * N
# heapscape: snapshot full list
shorten(numbers)

# %% delete
entries = fill(N)
# heapscape: snapshot full dict
empty(entries)
result = sum(entries)
print("delete:         ", result)

# %% copy
entries = fill(N)
empty(entries)
entries = dict(entries)                         # a new table, as large as ten entries need
result = sum(entries)
print("copy:           ", result)

# %% clear()
entries = fill(N)
kept = {number: entries[number] for number in range(10)}
entries.clear()                                 # gives the table back
entries.update(kept)
result = sum(entries)
print("clear():        ", result)

# %% one more
entries = fill(N)
empty(entries)
entries[-1] = None                              # no place was left: now it makes a new table
del entries[-1]
result = sum(entries)
print("one more:       ", result)

# %% set
entries = set(range(N))
remove(entries)                                 # a set keeps its table as well
result = sum(entries)
print("set:            ", result)
