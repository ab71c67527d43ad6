# itertools: laziness, arguments, reprs, state after errors; loops hot enough to be compiled.
from itertools import *
import itertools, operator


def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


def take(n, it):
    return [x for x, _ in zip(it, range(n))]


def stop(x):
    if x > 2: raise StopIteration
    return True


print(take(4, count()), take(4, count(5, 2)), take(3, count(0.5, 0.25)), take(3, count(2**47 - 2)), take(3, count(1, -(2**70))))
print(count(), count(5), count(5, 2), count(1.5), count(1.5, 1), count(start=3, step=7), repeat(1), repeat('a', 3), repeat(1, times=-4))
attempt(lambda: count('a')); attempt(lambda: count(1, 2, 3)); attempt(lambda: repeat()); attempt(lambda: repeat(1, 'x'))
print(take(7, cycle('abc')), take(3, cycle([])), list(repeat(7, 3)), repeat(1, 5).__length_hint__())
attempt(lambda: repeat(1).__length_hint__())
print(list(chain('ab', [1, 2], (x for x in 'q'))), list(chain()), list(chain.from_iterable(['ab', 'cd'])))
attempt(lambda: list(chain(1, 2))); attempt(lambda: list(chain([1], 2)))
c = chain([1], 2, [3])
print(next(c)); attempt(lambda: next(c)); attempt(lambda: next(c, 'over'))
print(list(compress('abcdef', [1, 0, 1, 0, 1, 1])), list(compress('abc', [1])), list(compress(data='ab', selectors=[0, 1])))
print(list(dropwhile(lambda x: x < 3, [1, 2, 3, 1])), list(takewhile(lambda x: x < 3, [1, 2, 3, 1])), list(filterfalse(lambda x: x % 2, range(6))), list(filterfalse(None, [0, 1, '', 'a'])))
print(list(starmap(pow, [(2, 5), (3, 2), [10, 3]])), list(starmap(lambda *a: a, [(), (1,), 'ab'])))
attempt(lambda: list(starmap(pow, [1])))
for args in [('abcdefg', 2), ('abcdefg', 2, 4), ('abcdefg', 2, None), ('abcdefg', 0, None, 2), ('abcdefg', None), ('abcdefg', 3, 3), ('abcdefg', 1, 20, 3), ('abc', None, None, None)]:
    print(args, list(islice(*args)))
for args in [('abc', -1), ('abc', 1, -1), ('abc', -1, 2), ('abc', 0, 2, 0), ('abc', 'a'), ('abc',), ('abc', 1, 2, 3, 4), (1, 2), ('abc', 1, 2, 'x')]:
    attempt(lambda: islice(*args))
it = iter(range(10)); s = islice(it, 3); print(list(s), next(it)); s = islice(it, 1, 4, 2); print(list(s), list(it))
print(list(pairwise('abcd')), list(pairwise('a')), list(pairwise('')))
print(list(zip_longest('abc', [1], fillvalue='-')), list(zip_longest()), list(zip_longest('ab', 'cde', '')))
print(list(map(stop, [1, 3, 1])), list(filter(stop, [1, 3, 1])), list(map(lambda a, b: a + b, [1, 2], [3, 4], strict=True)))
attempt(lambda: list(map(pow, [1], [2, 3], strict=True)))
print(list(accumulate([1, 2, 3, 4])), list(accumulate([1, 2, 3], operator.mul)), list(accumulate([1, 2], initial=10)), list(accumulate([], initial=5)), list(accumulate([1, 2, 3], lambda a, b: a * 10 + b, initial=0)), list(accumulate('abc')))
print(list(batched('abcdefg', 3)), list(batched('', 2)), list(batched([1, 2, 3, 4], 2, strict=True)))
attempt(lambda: list(batched('abcde', 2, strict=True))); attempt(lambda: batched('a', 0)); attempt(lambda: batched('a'))
print(list(product('ab', [1, 2])), list(product('ab', repeat=2)), list(product()), list(product([])), list(product('ab', [])), list(product('a', repeat=0)))
attempt(lambda: product('a', repeat=-1)); attempt(lambda: product(1))
print(list(permutations('abc')), list(permutations('abc', 2)), list(permutations('ab', 3)), list(permutations([])), len(list(permutations(range(6), 4))))
attempt(lambda: permutations('a', -1)); attempt(lambda: permutations('a', 'b'))
print(list(combinations('abcd', 2)), list(combinations('ab', 3)), list(combinations('abc', 0)), list(combinations_with_replacement('abc', 2)), list(combinations_with_replacement('', 2)), list(combinations_with_replacement('', 0)))
attempt(lambda: combinations('ab', -1)); attempt(lambda: combinations('ab'))
print([(k, list(g)) for k, g in groupby('aabbbc')], [(k, len(list(g))) for k, g in groupby(range(10), lambda x: x // 4)], [k for k, g in groupby([1, 1, 2])])
gs = list(groupby('aab')); print([list(g) for k, g in gs])
a, b = tee('abcd'); print(next(a), next(a), list(b), list(a), tee([], 0), len(tee('ab', 3)))
a, b = tee(iter(range(200))); print(sum(a), sum(b)); attempt(lambda: tee('a', -1)); attempt(lambda: tee(1))
a, = tee('xyz', 1); next(a); b, c = tee(a); print(list(b), list(c), list(a))
def gen(n):
    for i in range(n):
        yield i
def boom(x):
    if x == 3:
        raise ValueError(x)
    return x
t = takewhile(boom, gen(10)); print(next(t), next(t)) if False else None
d = dropwhile(lambda x: boom(x) < 5, range(10))
attempt(lambda: next(d)); attempt(lambda: next(d))
ac = accumulate(range(1, 6), lambda a, b: boom(b) + a)
print(next(ac), next(ac)); attempt(lambda: next(ac)); attempt(lambda: next(ac))
print(list(takewhile(stop, range(10))), list(starmap(stop, [(1,), (3,), (2,)])))
total = 0
for i, x in enumerate(chain(gen(3000), range(3000), gen(2000))):
    total += i * x
for a, b in pairwise(gen(4000)):
    total += a * b
for x in islice(count(3), 5000):
    total += x
for x, y in zip(accumulate(gen(4000)), cycle([1, 2, 3])):
    total += x * y
for x in takewhile(lambda v: v < 4000, count()):
    total -= x
for x in starmap(lambda a, b: a - b, zip(range(4000), repeat(3))):
    total += x
for x in filterfalse(lambda v: v & 1, gen(4000)):
    total += x
for p in product(range(20), repeat=3):
    total += p[0] * p[1] + p[2]
for p in combinations(range(30), 3):
    total += p[1]
for k, g in groupby(gen(4000), lambda v: v // 7):
    for x in g:
        total += k * x
for bt in batched(gen(4001), 5):
    total += sum(bt)
print(total)
