"""Is it in there? A list, a set, and a sorted list.

N numbers are known, and two thousand times it is asked whether a number is
among them. A list is read from its start. A set computes where to look,
and needs empty places for that. A sorted list is halved again and again.
"""

from bisect import bisect_left

N = 2_000
# heapscape: sweep N = 10, 100, 500, 1_000, 2_000

numbers = [i * 2 for i in range(N)]             # the even ones
questions = [i * 7 % (2 * N) for i in range(2_000)]


def contains(values, value):
    """For sorted values: the place where the value belongs, and whether it is there."""
    place = bisect_left(values, value)
    return place < len(values) and values[place] == value


# %% list
known = list(numbers)
result = sum(question in known for question in questions)
print("list:  ", result)

# %% set
known = set(numbers)
result = sum(question in known for question in questions)
print("set:   ", result)

# %% sorted
known = sorted(numbers)
result = sum(contains(known, question) for question in questions)
print("sorted:", result)
