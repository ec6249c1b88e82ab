"""A first tour: references and sharing.

A name does not hold an object, it points to one. Run this and follow the
arrows: which boxes have two arrows, and which look equal but stand apart?
"""

import copy

fruits = ["apple", "banana", "cherry"]

same = fruits                       # a second name for the one list
copied = list(fruits)               # another list, the same three strings inside

basket = {"fruits": fruits, "weights": [310, 420.5, 530]}
shallow = copy.copy(basket)         # a new dict that shares both lists
deep = copy.deepcopy(basket)        # new lists all the way down

same.append("damson")               # seen through fruits, same, basket and shallow

loop = [1, 2]
loop.append(loop)                   # a list that contains itself

print("fruits is same:  ", fruits is same)
print("fruits == copied:", fruits == copied)
print("basket:", basket)
print("deep:  ", deep)
