"""or: the second question is asked only if the first was answered with no.

May this user come in? is_owner() knows at once; is_listed() makes a list of N
names to look in. Compare both answers with `or`, then the case in which `or` has
to ask both after all, and a second question that takes time but no memory.
"""

N = 100_000


def is_owner(user):
    return user == "ada"


def is_listed(user):
    names = [f"user {i}" for i in range(N)]     # all names are in memory at once
    return user in names


def is_found(user):
    return any(user == f"user {i}" for i in range(N))  # one name at a time


# %% both
owner = is_owner("ada")
listed = is_listed("ada")                       # the answer is known already
result = owner or listed
print("both:          ", result)

# %% or
result = is_owner("ada") or is_listed("ada")
print("or:            ", result)

# %% or, first no
user = f"user {N - 1}"                          # not the owner, and last in the list
result = is_owner(user) or is_listed(user)
print("or, first no:  ", result)

# %% both, no list
owner = is_owner("ada")
found = is_found("ada")
result = owner or found
print("both, no list: ", result)

# %% or, no list
result = is_owner("ada") or is_found("ada")
print("or, no list:   ", result)
