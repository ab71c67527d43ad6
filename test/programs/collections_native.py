# _collections: deque, defaultdict, OrderedDict, the helpers of namedtuple and Counter.
from _collections import deque, defaultdict, OrderedDict, _tuplegetter, _count_elements


def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


d = deque('abc')
d.append('d'); d.appendleft('z'); print(d, len(d), d[0], d[-1], list(d), 'b' in d, 'q' in d)
d.rotate(2); print(d); d.rotate(-1); print(d); d.rotate(100); print(d)
d.reverse(); print(d, d.index('b'), d.count('a'))
d.insert(2, 'X'); print(d); del d[0]; print(d); d.remove('X'); print(d)
d[1] = 'Q'; print(d, d.pop(), d.popleft(), d)
m = deque(range(10), maxlen=4); print(m, m.maxlen); m.append(10); m.appendleft(1); print(m)
m.extend([5, 6]); m.extendleft([7, 8]); print(m)
print(deque([1, 2]) + deque([3]), deque([1, 2]) * 3, 2 * deque([1]), deque([1, 2, 3], 5) * 2, deque([1]) < deque([2]), deque([1]) == deque([1]), deque() == [])
attempt(lambda: deque().pop()); attempt(lambda: deque().popleft()); attempt(lambda: deque([1])[3]); attempt(lambda: deque([1]).remove(2))
attempt(lambda: deque([1]).index(2)); attempt(lambda: deque([], -1)); attempt(lambda: deque([], 'a')); attempt(lambda: m.insert(1, 1))
attempt(lambda: hash(deque())); attempt(lambda: deque([1]) + [2]); attempt(lambda: deque(1)); attempt(lambda: deque([1])['a'])
def mutate():
    x = deque([1, 2, 3])
    for i in x:
        x.append(i)
attempt(mutate)
x = deque([1]); x.append(x); print(x)
print(list(reversed(deque([1, 2, 3]))), deque([1, 2]).copy(), deque([1, 2], 7).__reduce__()[:2], iter(deque([1, 2])).__length_hint__())
x = deque([1, 2]); x += x; print(x); x.extend(x); print(x); x *= 2; print(len(x)); x.clear(); print(x)
class Sub(deque):
    pass
s = Sub([1, 2], 3); s.foo = 1; print(s, s.copy(), type(s + s), s.copy().maxlen)
q = deque()
total = 0
for i in range(20000):
    q.append(i)
    if i % 3 == 2:
        total += q.popleft() + q[-1] + len(q)
print(total, len(q))

dd = defaultdict(list); dd['a'].append(1); dd['b'].append(2); print(dd, dd['a'], dd.get('c'), len(dd), dd.default_factory)
attempt(lambda: defaultdict()['x']); attempt(lambda: defaultdict(3))
print(defaultdict(int, {'a': 1}, b=2) | {'c': 3}, {'q': 1} | defaultdict(int, a=2), dd.copy(), dd == {'a': [1], 'b': [2]})
n = defaultdict(int)
for i in range(20000):
    n[i % 7] += i
print(n, sorted(n.items())[0])
class DSub(defaultdict):
    def __missing__(self, key):
        return 'missing ' + key
print(DSub(int)['a'], DSub(None, a=1), dd.__reduce__()[:2])
attempt(lambda: dd.whatever)
try:
    dd.whatever = 1
except AttributeError as e:
    print(type(e).__name__)
dd.default_factory = None
attempt(lambda: dd['new'])
dd.default_factory = dd.__getitem__.__self__.copy

od = OrderedDict([('a', 1), ('b', 2)], c=3); print(od, list(od), od == {'b': 2, 'a': 1, 'c': 3}, od == OrderedDict(a=1, c=3, b=2))
od.move_to_end('a'); print(od); od.move_to_end('c', last=False); print(od)
print(od.popitem(), od.popitem(last=False), od, OrderedDict(), od.pop('b'), od)
attempt(lambda: od.popitem()); attempt(lambda: od.pop('zz')); attempt(lambda: od.move_to_end('zz')); print(od.pop('zz', 5))
big = OrderedDict.fromkeys(range(1000), 0)
for i in range(1000):
    big.move_to_end(i if i % 2 else 999 - i, last=bool(i % 3))
print(list(big)[:12], list(big)[-12:], len(big))
while len(big) > 5:
    big.popitem(last=False)
print(big, list(reversed(big)), big.keys(), big.values(), list(reversed(big.items())))
def modify():
    o = OrderedDict(a=1, b=2)
    for k in o:
        o.move_to_end('a')
attempt(modify)
def grow():
    o = OrderedDict(a=1, b=2)
    for k in o:
        o['c'] = 1
attempt(grow)
class OSub(OrderedDict):
    def __setitem__(self, key, value):
        super().__setitem__(key, value * 2)
    def __missing__(self, key):
        return 'm'
o = OSub(a=1, b=2); print(o, o['x'], o.copy(), o.setdefault('z', 5), o.pop('a'), type(o | {'k': 1}), {'k': 1} | OrderedDict(l=2))
o.attr = 1; print(o.__dict__, o.__reduce__()[2])
lru = OrderedDict()
hits = 0
for i in range(20000):
    k = i * i % 97
    if k in lru:
        lru.move_to_end(k); hits += 1
    else:
        lru[k] = i
        if len(lru) > 30:
            lru.popitem(last=False)
print(hits, list(lru)[:5], list(lru.items())[-2:])

class P(tuple):
    x = _tuplegetter(0, 'first'); y = _tuplegetter(1, 'second')
p = P((3, 4)); print(p.x, p.y, P.x, P.x.__doc__)
def setx(): p.x = 1
def delx(): del p.x
attempt(setx); attempt(delx); attempt(lambda: P.x.__get__(5)); attempt(lambda: P((1,)).y)
c = {}; _count_elements(c, 'abracadabra'); print(c)
class C(dict):
    def get(self, k, d): return 10
c = C(); _count_elements(c, 'aab'); print(c)
t = 0
for i in range(20000):
    t += p.x * p.y + i
print(t)

# OrderedDict.pop does not ask __missing__.
import sys
from collections import OrderedDict
class Missing(OrderedDict):
    def __missing__(self, key): return 0
m = Missing(a=1)
print(m.pop('b', 5), m.pop('a', 6), m.pop('a', 6), m['zz'])
try: print(m.pop('a'))
except KeyError as e: print(repr(e))
