# Truth of values whose type changes in a hot loop: None, False and True out of one place, instances with and without
# __bool__ and __len__, `not`, `and`, `or`.


def get_counts(table, keys):
    true = false = 0
    for key in keys:
        if table.get(key):
            true += 1
        if not table.get(key):
            false += 1
    return true, false


table = {}
for i in range(3000):
    if i % 7 != 3:
        table[i, -i] = i % 7 < 2
print(get_counts(table, [(i, -i) for i in range(3000)]))


def pick(values, n):
    count = 0
    last = None
    for i in range(n):
        value = values[i % len(values)]
        if value:
            count += 1
        last = value and i or last
    return count, last


class Plain:
    pass


class Sized:
    def __init__(self, size):
        self.size = size

    def __len__(self):
        return self.size


class Decided:
    def __init__(self, truth):
        self.truth = truth

    def __bool__(self):
        return self.truth


print(pick([None, False, True], 2000))
print(pick([None, 0, 1, 0.0, 2.5, "", "x", [], [0], (), (1,)], 4000))
print(pick([None] * 500 + [False, True, 1, ""], 4000))
print(pick([Plain()] * 500 + [Sized(0), Sized(2), Decided(False), Decided(True)], 4000))
print(pick([Plain(), None], 4000))


def negations(values, n):
    count = 0
    for i in range(n):
        if not values[i % len(values)]:
            count += 1
        flag = not values[(i + 1) % len(values)]
        count += flag
    return count


print(negations([Plain()] * 300 + [None] * 300 + [False, 0], 4000))

# A class that gets __bool__ or __len__ while a loop relies on its instances being true.
objects = [Plain() for _ in range(10)]


def count_true(n):
    count = 0
    for i in range(n):
        if objects[i % 10]:
            count += 1
        if i == 2000:
            Plain.__bool__ = lambda self: False
        if i == 3000:
            del Plain.__bool__
            Plain.__len__ = lambda self: 1
    return count


print(count_true(4000))
