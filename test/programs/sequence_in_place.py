# += and *= of sequences: number protocols of the other operand come first, then the sequence's own.
from collections import UserList, deque


class Radd:
    def __radd__(self, other):
        return 'radd', type(other).__name__

    def __rmul__(self, other):
        return 'rmul', type(other).__name__


class L(list):
    pass


class I(list):
    def __iadd__(self, other):
        return 'own'


for t in (list, tuple, str, deque, bytearray):
    x = t(b'ab') if t is bytearray else t('ab')
    x += Radd()
    y = t(b'ab') if t is bytearray else t('ab')
    y *= Radd()
    print(t.__name__, x, y)
x = [1]; y = x; x += UserList([2]); print(type(x).__name__, x, y)
x = L([1]); y = x; x += (2, 3); x *= 2; print(x is y, type(x).__name__, x)
x = I([1]); x += [2]; print(x)
x = [1]; y = x; x += 'ab'; x *= True; print(x is y, x)
def sub_add():
    x = L('ab')
    x += Radd()
for f in (sub_add, lambda: [1].__iadd__(5),):
    try:
        f()
    except TypeError as e:
        print(e)
def bad():
    x = [1]
    x += 5
try:
    bad()
except TypeError as e:
    print(e)
total = []
for i in range(3000):
    total += (i,)
    total *= 1
print(len(total))
