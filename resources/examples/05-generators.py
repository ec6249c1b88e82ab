"""Generators: one value at a time, or all of them at once?

Look at Timeline: the list grows until all its numbers are there, the generator
stays flat. Then move the slider under the picture from snapshot to snapshot:
in Graph the generator shows the frame that it keeps, with the value that it
holds and the line on which it goes on.
"""

import sys

N = 200_000


def squares(n):
    for i in range(n):
        yield i * i


# All at once: the numbers, and a list that points to them.
numbers = [i * i for i in range(N)]
list_total = sum(numbers)
print("list:     ", sys.getsizeof(numbers), "bytes, and the numbers on top")
# heapscape: snapshot list
del numbers

# One after the other: each number goes before the next one comes.
generator = squares(N)
first = [next(generator) for _ in range(3)]
# heapscape: snapshot generator
generator_total = sum(first) + sum(generator)
print("generator:", sys.getsizeof(generator), "bytes, suspended frame included")
print("function: ", sys.getsizeof(squares), "bytes: this is no generator, it makes them")

# The brackets decide: sum() of a list needs all of it, sum() of a generator does not.
peak_of_list = sum([i * i for i in range(N)])
peak_of_generator = sum(i * i for i in range(N))

result = list_total == generator_total == peak_of_list == peak_of_generator
print("the sums are equal:", result)
