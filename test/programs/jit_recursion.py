"""Recursion in compiled code: depth, limits, mutual calls, results and exceptions on the way back."""
import sys


def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def ackermann(m, n):
    if m == 0:
        return n + 1
    if n == 0:
        return ackermann(m - 1, 1)
    return ackermann(m - 1, ackermann(m, n - 1))


def even(n):
    return True if n == 0 else odd(n - 1)


def odd(n):
    return False if n == 0 else even(n - 1)


def depth(n):
    return 0 if n == 0 else 1 + depth(n - 1)


def tree(n):
    return None if n == 0 else (tree(n - 1), n, tree(n - 1))


def size(t):
    return 0 if t is None else size(t[0]) + 1 + size(t[2])


print(fib(20), ackermann(2, 6), [even(i) for i in range(0, 900, 77)], depth(900))
print(size(tree(10)))
print([fib(n) for n in range(18)])


def fib_float(n):
    return n * 1.0 if n < 2 else fib_float(n - 1) + fib_float(n - 2)


print(fib_float(16))


def mixed(n):
    if n < 2:
        return n if n else 0.5
    return mixed(n - 1) + mixed(n - 2)


print(mixed(17))


def big(n):
    return 1 if n == 0 else n * big(n - 1)


print([big(n) % 1000000007 for n in range(0, 200, 13)], big(30))

reached = 0


def endless(n):
    global reached
    reached = n
    return endless(n + 1) + 1


def limits():
    out = []
    for i in range(12):
        try:
            endless(0)
        except RecursionError as e:
            out.append((reached, str(e)))
    return len(set(out)), out[0][1]


print(limits())


def down(n):
    if n == 0:
        return 0
    return step_a(n - 1)


def step_a(n):
    return step_b(n) + 1


def step_b(n):
    return down(n) + 1


def exact(limit):
    for i in range(1500):
        down(i % 40)
    old = sys.getrecursionlimit()
    sys.setrecursionlimit(limit)
    try:
        depths = []
        for start in range(3):
            n = 0
            try:
                while True:
                    down(n)
                    n += 1
            except RecursionError:
                depths.append(n)
        return depths
    finally:
        sys.setrecursionlimit(old)


print([b - a for a, b in zip(exact(300), exact(330))])


def caught_at(n):
    try:
        return caught_at(n + 1)
    except RecursionError:
        return n


print(len({caught_at(0) for i in range(20)}))


def raises(n):
    if n <= 0:
        raise ValueError(n)
    return raises(n - 1) + raises(n - 2)


def catching():
    total = 0
    for i in range(2500):
        try:
            raises(i % 9)
        except ValueError as e:
            total += 1 + e.args[0]
    return total


print(catching())


class Node:
    def __init__(self, value, left=None, right=None):
        self.value = value
        self.left = left
        self.right = right

    def insert(self, value):
        if value < self.value:
            if self.left is None:
                self.left = Node(value)
            else:
                self.left.insert(value)
        elif self.right is None:
            self.right = Node(value)
        else:
            self.right.insert(value)

    def walk(self):
        if self.left:
            yield from self.left.walk()
        yield self.value
        if self.right:
            yield from self.right.walk()

    def height(self):
        left = self.left.height() if self.left else 0
        right = self.right.height() if self.right else 0
        return 1 + max(left, right)

    def total(self):
        return self.value + (self.left.total() if self.left else 0) + (self.right.total() if self.right else 0)


root = Node(500)
x = 7
for i in range(1500):
    x = (x * 1103515245 + 12345) % 2147483648
    root.insert(x % 1000)
print(root.height(), sum(root.walk()), root.total(), list(root.walk()) == sorted(root.walk()))


def hanoi(n, a, b, c):
    if n == 0:
        return 0
    return hanoi(n - 1, a, c, b) + 1 + hanoi(n - 1, c, b, a)


print(hanoi(11, 'a', 'b', 'c'))


def closure_recursion(n):
    def go(k):
        return k if k < n else go(k - n) + go(k - n)

    return go(n * 6)


print([closure_recursion(n) for n in (1, 2, 3, 5, 8)])


def rebinding(n):
    global target
    if n == 0:
        return 0
    if n == 50:
        target = lambda n: 1000
    return target(n - 1) + 1


target = rebinding
print([rebinding(n) for n in (10, 20, 30)] + [rebinding(40) for i in range(500)][-1:])
print(rebinding(60))
target = rebinding
print(rebinding(49))


def loop_in_recursion(n):
    total = 0
    for i in range(n):
        total += loop_in_recursion(i) + 1
    return total


print(loop_in_recursion(11))


def through_natives(n):
    for value in map(through_natives, (n, n, n)):
        pass
    return value


def natives_recurse():
    caught = 0
    for i in range(450):
        try:
            through_natives(i)
        except RecursionError:
            caught += 1
    return caught


print(natives_recurse())
