"""A long text from many pieces: + or join()?

They say that += copies everything that is already there, each time. Python has
a way round that, but only where nothing else can see the text: for a local
variable. join() copies once, and keeps all pieces until then.
"""

import io

N = 10_000
# heapscape: sweep N = 1_000, 5_000, 10_000


class Page:
    def __init__(self):
        self.text = ""


# %% attribute
def build(n):
    page = Page()
    for i in range(n):
        page.text += f"line {i}\n"              # two references to the text: it is copied
    return page.text


result = build(N)
print("attribute:", len(result))


# %% local
def build(n):
    text = ""
    for i in range(n):
        text += f"line {i}\n"                   # one reference: it grows where it is
    return text


result = build(N)
print("local:    ", len(result))


# %% join
def build(n):
    return "".join([f"line {i}\n" for i in range(n)])


result = build(N)
print("join:     ", len(result))


# %% join generator
def build(n):
    return "".join(f"line {i}\n" for i in range(n))


result = build(N)
print("generator:", len(result))


# %% StringIO
def build(n):
    text = io.StringIO()
    for i in range(n):
        text.write(f"line {i}\n")
    return text.getvalue()


result = build(N)
print("StringIO: ", len(result))
