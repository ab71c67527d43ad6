# Deep, mutual and unbounded recursion; hot recursive functions; stack depth after errors.
import sys

def depth(n):
    return 0 if n == 0 else 1 + depth(n - 1)

print(depth(900))

def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)

print(fib(22))

def ackermann(m, n):
    if m == 0:
        return n + 1
    if n == 0:
        return ackermann(m - 1, 1)
    return ackermann(m - 1, ackermann(m, n - 1))

print(ackermann(2, 100), ackermann(3, 4))

def even(n):
    return True if n == 0 else odd(n - 1)

def odd(n):
    return False if n == 0 else even(n - 1)

print(even(800), odd(801), sum(even(i % 50) for i in range(1000)))

def forever(n):
    return forever(n + 1) + 1

for _ in range(5):
    try:
        forever(0)
    except RecursionError as error:
        print(error)

print(depth(900))

class Node:
    def __init__(self, value, left=None, right=None):
        self.value, self.left, self.right = value, left, right

    def total(self):
        total = self.value
        if self.left is not None:
            total += self.left.total()
        if self.right is not None:
            total += self.right.total()
        return total

    def __repr__(self):
        return f'({self.left!r} {self.value} {self.right!r})' if self.left or self.right else str(self.value)

def build(n):
    return Node(n) if n == 0 else Node(n, build(n - 1), build(n - 1))

print(build(2), sum(build(10).total() for _ in range(5)))
sys.setrecursionlimit(10000)
print(depth(9000), sys.getrecursionlimit())
sys.setrecursionlimit(200)
try:
    depth(500)
except RecursionError as error:
    print(error)
sys.setrecursionlimit(1000)

def hanoi(n, source, target, spare, moves):
    if n:
        hanoi(n - 1, source, spare, target, moves)
        moves.append((source, target))
        hanoi(n - 1, spare, target, source, moves)

moves = []
hanoi(13, 'a', 'b', 'c', moves)
print(len(moves), moves[:3], moves[-1])

def permutations(items):
    if len(items) <= 1:
        yield list(items)
        return
    for i in range(len(items)):
        for rest in permutations(items[:i] + items[i + 1:]):
            yield [items[i], *rest]

print(sum(1 for _ in permutations([1, 2, 3, 4, 5, 6])), next(permutations('abc')))

class Loop:
    def __getattr__(self, name):
        return self.other

try:
    Loop().x
except RecursionError as error:
    print('RecursionError')
forever(0)
