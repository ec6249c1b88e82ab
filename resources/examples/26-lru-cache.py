"""lru_cache: who remembers everything, keeps everything.

Eight thousand questions, most of them about fifty numbers, the others about KINDS
more. Each answer is some work, and a text of a thousand characters. A
cache saves the work; its limit decides how many texts stay.
"""

from functools import cache, lru_cache

KINDS = 1_000
# heapscape: sweep KINDS = 200, 500, 1_000


def describe(number):
    squares = sum(i * i for i in range(number % 50 + 100))
    return f"{squares:>1000}"


def ask(answer):
    total = 0
    for i in range(8_000):
        question = i // 4 % KINDS + 50 if i % 4 == 0 else i % 50
        total += int(answer(question))
    return total


class Report:
    """A method with a cache: its first argument is kept, too, and that is the object."""

    def __init__(self, rows):
        self.rows = rows

    @cache
    def total(self):
        return sum(self.rows)


report = Report(list(range(1_000)))
report.total()
del report                                      # no name is left, but one reference is

# %% no cache
result = ask(describe)
print("no cache:      ", result)

# %% cache
answer = cache(describe)
result = ask(answer)
print("cache:         ", result, answer.cache_info())

# %% lru_cache(128)
answer = lru_cache(maxsize=128)(describe)
result = ask(answer)
print("lru_cache(128):", result, answer.cache_info())
