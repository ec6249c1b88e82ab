"""Global or local: what stays when the work is done, and what each access costs.

The same work four times. At its peak each needs the same memory. But a global
lives until it is deleted or the program ends, a local only until its function
returns; and a function finds its locals by their number, a module by their name.
"""

N = 200_000
# heapscape: sweep N = 10_000, 100_000, 200_000

# %% module
rows = list(range(N))
count = total = largest = 0
for row in rows:                                # every name here is a key in a dict
    count += 1
    total += row
    if row > largest:
        largest = row
result = total // count, largest
print("module:", result)


# %% global
def work():
    global rows, row, count, total, largest     # in a function, and still in that dict

    rows = list(range(N))
    count = total = largest = 0
    for row in rows:
        count += 1
        total += row
        if row > largest:
            largest = row
    return total // count, largest


result = work()
print("global:", result)


# %% local
def look_around():
    # heapscape: snapshot working
    pass


def work():
    rows = list(range(N))
    count = total = largest = 0
    for row in rows:                            # places in the frame, numbered when compiled
        count += 1
        total += row
        if row > largest:
            largest = row
    look_around()
    return total // count, largest              # the frame goes, and all the rows with it


result = work()
print("local: ", result)

# %% del
rows = list(range(N))
count = total = largest = 0
for row in rows:
    count += 1
    total += row
    if row > largest:
        largest = row
result = total // count, largest
del rows, row                                   # global, and gone all the same
print("del:   ", result)
