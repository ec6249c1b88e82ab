"""deque against list: who stands in the queue, and who has to move up?

N jobs wait; at each step the first is taken and a new one comes in behind. A
list moves all that remain by one place. A deque is a chain of blocks, and
only its two ends ever change.
"""

from collections import deque

N = 10_000
# heapscape: sweep N = 100, 3_000, 10_000

empty_list = []
empty_deque = deque()                           # ready for both ends, which takes room

# %% list
queue = list(range(N))
done = 0
for job in range(N):
    done += queue.pop(0)                        # all others move up
    queue.append(job)
result = done, len(queue)
print("list: ", result)

# %% deque
queue = deque(range(N))
done = 0
for job in range(N):
    done += queue.popleft()
    queue.append(job)
result = done, len(queue)
print("deque:", result)
