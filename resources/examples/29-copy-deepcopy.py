"""Copies: another name, another list, or another everything.

A table of N rows, each a list of three values. Five ways to get "a copy" of it: see
what each makes anew, what it shares, and what it needs while it is at work.
"""

import copy
import pickle

N = 10_000
# heapscape: sweep N = 500, 5_000, 10_000

table = [[f"name {i}", i * 1000, [i % 7, i % 5]] for i in range(N)]

# A small one to look at: what of it is the same object in the copies?
small = [["ada", 1815, [1, 2]], ["alan", 1912, [3, 4]]]
small_shallow = copy.copy(small)
small_deep = copy.deepcopy(small)

# %% alias
other = table                                   # no copy: a second name
same_list, same_row, same_name = other is table, other[0] is table[0], other[0][0] is table[0][0]
result = sum(row[1] for row in other)
print("alias:        ", same_list, same_row, same_name, result)

# %% copy.copy()
other = copy.copy(table)                        # a new list, of the same rows
same_list, same_row, same_name = other is table, other[0] is table[0], other[0][0] is table[0][0]
result = sum(row[1] for row in other)
print("copy.copy():  ", same_list, same_row, same_name, result)

# %% row by row
other = [row[:] for row in table]               # new rows, of the same values
same_list, same_row, same_name = other is table, other[0] is table[0], other[0][0] is table[0][0]
result = sum(row[1] for row in other)
print("row by row:   ", same_list, same_row, same_name, result)

# %% deepcopy()
other = copy.deepcopy(table)                    # all that can be changed is new
same_list, same_row, same_name = other is table, other[0] is table[0], other[0][0] is table[0][0]
result = sum(row[1] for row in other)
print("deepcopy():   ", same_list, same_row, same_name, result)

# %% pickle
other = pickle.loads(pickle.dumps(table))       # everything is new, strings and numbers, too
same_list, same_row, same_name = other is table, other[0] is table[0], other[0][0] is table[0][0]
result = sum(row[1] for row in other)
print("pickle:       ", same_list, same_row, same_name, result)
