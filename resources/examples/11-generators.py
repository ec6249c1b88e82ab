"""Generators: one value at a time, or all of them at once?

Three ways to the same sum. The list needs room for all its numbers before the
first one is added; the generator and the loop hold one at a time. Compare
them and lay the three timelines over each other: one climbs, two stay flat.
"""

N = 200_000
# heapscape: sweep N = 1_000, 20_000, 200_000


def squares(n):
    """A generator function: a call makes a generator and runs nothing of this yet."""
    for i in range(n):
        yield i * i


# The four objects behind four numbers that are quoted everywhere.
function = squares                              # a function, however often it is called
expression = (i for i in range(100))            # a generator: no number exists yet
comprehension = [i for i in range(100)]         # a list with room for a hundred, and some more
appended = []
for i in range(100):
    appended.append(i)

# A generator on its way: its frame is kept inside it, with n, i and the place to go on.
paused = squares(100)
first = [next(paused) for _ in range(20)]
# heapscape: snapshot paused

# %% list
numbers = [i * i for i in range(N)]             # all of them, before the first is added
result = sum(numbers)
print("list:     ", result)

# %% generator
numbers = (i * i for i in range(N))             # none of them yet; sum() asks for one at a time
result = sum(numbers)
print("generator:", result)


# %% loop
def total(numbers):
    amount = 0
    for i in numbers:
        amount += i * i
    return amount


numbers = range(N)                              # knows its start, its end and its step
result = total(numbers)
print("loop:     ", result)
