# What is made anew in every iteration: functions, closures, generators, argument tuples; and places that meet many kinds.
import contextlib


def wrap(f):
    def wrapper(*args, **kwargs):
        return f(*args, **kwargs)

    return wrapper


@wrap
def add(a, b=10, *rest, c=100, **named):
    return a + b + c + len(rest) + len(named)


total = 0
for i in range(2000):
    total += add(i) + add(i, 2) + add(i, 2, 3, 4) + add(i, c=1) + add(i, z=1, y=2)
print(total)


def collect(first, *rest, **named):
    return first, rest, named


for i in range(1500):
    kept = [collect(i), collect(i, 1), collect(i, 1.5, "x"), collect(*range(3)), collect(i, k=i)]
print(kept)
kept[0][2]["new"] = 1
kept[1][2]["other"] = 2
print(kept[0], kept[1], {**kept[0][2], **kept[1][2]})

dicts = []
for i in range(1200):
    d = {}
    d["k%d" % (i % 3)] = i
    dicts.append(d)
print(dicts[-3:], len({id(d) for d in dicts}))

made = []
for i in range(1500):
    made.append((lambda x=i, *, y=i * 2: x + y)())
print(made[-3:], sum(made))


def counter(start):
    count = start

    def step(by=1):
        nonlocal count
        count += by
        return count

    return step


total = 0
for i in range(1500):
    step = counter(i)
    step()
    total += step(2)
print(total)


def pairs(n):
    for i in range(n):
        sent = yield i, i + 1
        if sent is not None:
            yield sent


total = 0
for i in range(1500):
    generator = pairs(i % 4)
    for a, b in generator:
        total += a * b
    total += len(list(pairs(2)))
print(total)

unfinished = [pairs(3) for i in range(1000)]
print(next(unfinished[500]), unfinished[999].__name__, unfinished[3].gi_frame.f_locals, sum(next(g)[1] for g in unfinished))

classes = [type("C%d" % i, (), {"f": (lambda i: lambda self, x: x + i)(i), "n": i}) for i in range(100)]
objects = [c() for c in classes]
for i, o in enumerate(objects):
    o.q = i
total = 0
for i in range(30000):
    o = objects[i * 7 % 100]
    total += o.q + o.f(i) + o.n
print(total)


class Celsius:
    def __init__(self):
        self._t = 0

    @property
    def t(self):
        return self._t

    @t.setter
    def t(self, value):
        if value > 1990:
            raise ValueError(value)
        self._t = value


c = Celsius()
try:
    for i in range(3000):
        c.t = c.t + 1
except ValueError as error:
    print("setter", error, c.t)


class Tagged(list):
    tag = "class"

    def size(self):
        return len(self)


tagged = Tagged()
labels = []
for i in range(2000):
    tagged.append(i)
    if i == 1500:
        tagged.tag = "own"
        tagged.size = lambda: -1
    labels.append((tagged.tag, tagged.size()))
print(labels[1499:1502], labels[-1])

append = labels.append
for i in range(1500):
    append(i.bit_length())
    (append if i % 2 else [].append)((i * 0.5).is_integer())
print(len(labels), labels[-4:])

kinds = set()
for i in range(2000):
    for value in (i, i * 0.5, i % 2 == 0, "x", None, [], 1 << 70, b"", kinds.add):
        kinds.add((type(value), bool(value)))
        if value:
            total += 1
        if not value:
            total -= 1
print(sorted((k.__name__, b) for k, b in kinds), total)


class Manager:
    def __enter__(self):
        return 3

    def __exit__(self, kind, error, traceback):
        return kind is KeyError


total = 0
for i in range(2000):
    with Manager() as m:
        total += m
        if i % 100 == 7:
            raise KeyError(i)
        total += 1
print(total)


@contextlib.contextmanager
def managed(x):
    yield x + 1


total = 0
for i in range(1500):
    with managed(i) as m:
        total += m
print(total)

words = {}
for i in range(2000):
    text = f"{i % 7:>3}|{i % 5!r}|{i / 4:.2f}"
    words.setdefault(text[:3], set()).add(len(text))
    s = {i % 3, "a"}
    m = {"k": i, i: "k"}
    del m["k"]
    s |= {-i for i in range(2)}
    x, *y = m.items()
print(sorted(words.items()), s == {1, "a", 0, -1}, m, x, y, -(1 << 70) + i)
