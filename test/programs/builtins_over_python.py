# Builtin functions whose items come from Python code: generators, key functions, iterators that are instances.
def attempt(f, *args):
    try:
        print(f(*args))
    except Exception as error:
        print(type(error).__name__, error)


def numbers(n):
    for i in range(n):
        yield i


print(list(numbers(5)), tuple(numbers(3)), sorted(numbers(3), reverse=True), set(numbers(3)), [*numbers(2)], {*numbers(2)})
print(sum(numbers(1000)), sum(x * 0.1 for x in numbers(10)), sum((0.1 for _ in numbers(10)), 0), sum(numbers(3), 10.5))
print(sum((x for x in [1, 2.5, 10**30, True])), sum((x for x in [1e16, 1, 1.0, -1e16])), sum([[1], [2]], []))
print(sum((float("inf") for _ in numbers(2))), sum((x for x in ())), sum((c for c in [1j, 2])))
print(max(numbers(5)), min(numbers(5)), max((x % 7 for x in numbers(20)), key=lambda v: -v), min("bcA", key=str.lower))
print(max(numbers(0), default="none"), min(iter([]), default=None), max([3, 1], key=lambda x: -x))
attempt(max, numbers(0))
attempt(lambda: min([], key=lambda x: x))
print(any(x > 2 for x in numbers(5)), all(x > 2 for x in numbers(5)), any(numbers(0)), all(numbers(0)))
print("-".join(str(x) for x in numbers(4)), dict((x, x * x) for x in numbers(3)), "".join(map(str, numbers(3))))
print(list(map(lambda x: x + 1, numbers(3))), list(filter(lambda x: x % 2, numbers(6))), sum(map(lambda x: x, [1, 2])))
words = "the quick brown fox jumps over the lazy dog".split()
print(sorted(words, key=len), sorted(words, key=lambda w: w[-1]), max(words, key=len), min(words, key=lambda w: w[::-1]))
words.sort(key=lambda w: (-len(w), w))
print(words)


class Up:
    def __init__(self, n):
        self.n, self.i = n, 0

    def __iter__(self):
        return self

    def __next__(self):
        self.i += 1
        if self.i > self.n:
            raise StopIteration
        return self.i


print(list(Up(3)), sum(Up(3)), max(Up(3)), set(Up(2)), any(Up(1)), sorted(Up(3), key=lambda x: -x))


def broken(n):
    yield 1
    raise ValueError("broken")


for f in (list, tuple, set, sum, max, all, sorted):
    attempt(f, broken(1))
attempt(lambda: sorted([1, 2], key=lambda x: 1 // (x - 1)))
attempt(lambda: max([1, 2], key=lambda x: x.missing))
try:
    sum(1 // x for x in [1, 0])
except ZeroDivisionError as error:
    frames = []
    tb = error.__traceback__
    while tb:
        frames.append(tb.tb_frame.f_code.co_name)
        tb = tb.tb_next
    print(frames)


class Both(list):
    def append(self, item):
        raise TypeError("not called by extend")


b = Both()
b.extend(numbers(3))
print(b, len(b))
li = [1, 2]
li.extend(x for x in li[:])
li += (x for x in (5, 6))
print(li)
s = {1}
s.update(x * 2 for x in numbers(3))
print(s)


def outer():
    # The whole chain suspended and resumed from natives.
    yield from (x for x in map(lambda v: v * 2, numbers(3)))


print(list(outer()), sum(outer()), sum(sum(numbers(i)) for i in numbers(5)))
print(sum(1 for a in numbers(30) for b in numbers(30) if (a + b) % 3 == 0))


def recursive(n):
    return sum(recursive(n - 1) for _ in range(2)) if n else 1


print(recursive(8))


def sums():
    total = 0
    for i in range(300):
        total += sum(x * i for x in range(20))
        total -= max(range(5), key=lambda v: v * i)
    return total


print(sums())
class D:
    def __lt__(self, other):
        return True
    def __gt__(self, other):
        return NotImplemented
attempt(lambda: max(x for x in [D(), 1]))
attempt(lambda: sum(x for x in [1, "a"]))
attempt(lambda: sum((x for x in "ab"), ""))
