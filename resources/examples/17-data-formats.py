"""Data formats: N numbers as objects, or as bits in one buffer.

A list holds references; each number is an object somewhere else. An array and
a numpy array hold the numbers themselves, in as many bytes as you ask for. All
variants answer the same question, the sum of the last two digits, so the small
types need to keep no more than these two digits.
"""

from array import array

N = 50_000
# heapscape: sweep N = 1, 257, 50_000

# One array of each type code, with the same thousand numbers, to be seen side by side.
small = [i % 100 for i in range(1_000)]
by_code = {code: array(code, small) for code in "bBhHiIlLqQfd"}
item_sizes = {code: numbers.itemsize for code, numbers in by_code.items()}
print("bytes per number:", item_sizes)

boxed = list(range(1_000, 1_008))               # eight references, eight objects
packed = array("i", boxed)                      # eight times four bytes in a row
narrow = array("h", boxed)                      # ... times two
wide = array("q", boxed)                        # ... times eight

# What does not fit is refused, not cut ...
try:
    array("b", [100, 128])
except OverflowError as error:
    overflow = str(error)
    print("array('b', [100, 128]):", overflow)

# ... but a float of 32 bits takes what is nearest and says nothing.
rounded = array("f", [16_777_217])[0]
print("array('f', [16777217]):", rounded)


def last_digits(numbers):
    return int(sum(number % 100 for number in numbers))


# %% list
numbers = list(range(N))
result = last_digits(numbers)
print("list:      ", result)

# %% list of small numbers
numbers = [i % 100 for i in range(N)]           # -5 to 256 exist once, ready-made
result = last_digits(numbers)
print("small list:", result)

# %% array b
numbers = array("b", (i % 100 for i in range(N)))
result = last_digits(numbers)
print("array b:   ", result)

# %% array h
numbers = array("h", (i % 100 for i in range(N)))
result = last_digits(numbers)
print("array h:   ", result)

# %% array i
numbers = array("i", range(N))
result = last_digits(numbers)
print("array i:   ", result)

# %% array q
numbers = array("q", range(N))
result = last_digits(numbers)
print("array q:   ", result)

# %% array f
numbers = array("f", range(N))
result = last_digits(numbers)
print("array f:   ", result)

# %% array d
numbers = array("d", range(N))
result = last_digits(numbers)
print("array d:   ", result)

# %% numpy int8
try:
    import numpy
except ImportError:
    print("numpy is not installed")
else:
    numbers = (numpy.arange(N) % 100).astype(numpy.int8)
    n_bytes = numbers.nbytes
    result = int((numbers % 100).sum())
    print("numpy int8:", result)

# %% numpy int16
try:
    import numpy
except ImportError:
    print("numpy is not installed")
else:
    numbers = (numpy.arange(N) % 100).astype(numpy.int16)
    n_bytes = numbers.nbytes
    result = int((numbers % 100).sum())
    print("numpy int16:", result)

# %% numpy int32
try:
    import numpy
except ImportError:
    print("numpy is not installed")
else:
    numbers = numpy.arange(N, dtype=numpy.int32)
    n_bytes = numbers.nbytes
    result = int((numbers % 100).sum())
    print("numpy int32:", result)

# %% numpy int64
try:
    import numpy
except ImportError:
    print("numpy is not installed")
else:
    numbers = numpy.arange(N, dtype=numpy.int64)
    n_bytes = numbers.nbytes
    result = int((numbers % 100).sum())
    print("numpy int64:", result)

# %% numpy float32
try:
    import numpy
except ImportError:
    print("numpy is not installed")
else:
    numbers = numpy.arange(N, dtype=numpy.float32)
    n_bytes = numbers.nbytes
    result = int((numbers % 100).sum())
    print("numpy float32:", result)

# %% numpy float64
try:
    import numpy
except ImportError:
    print("numpy is not installed")
else:
    numbers = numpy.arange(N, dtype=numpy.float64)
    n_bytes = numbers.nbytes
    result = int((numbers % 100).sum())
    print("numpy float64:", result)
