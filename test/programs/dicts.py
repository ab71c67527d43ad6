# dict: methods, order, views, keys that are equal, changing while iterating.
d = {'a': 1, 'b': 2}
d['c'] = 3
d['a'] = 10
print(d, len(d), d['a'], d.get('z'), d.get('z', 0), 'a' in d, 'z' in d, list(d), list(d.values()), list(d.items()))
print(d.pop('a'), d.pop('z', None), d.popitem(), d, d.setdefault('n', []), d.setdefault('n', 1), d)
d.update({'x': 1}, y=2); d.update([('z', 3)])
print(d, d | {'x': 9}, dict(a=1, b=2), dict([('k', 'v')]), dict.fromkeys('ab', 0), {**d, 'q': 1}, d == dict(d), d.copy() is d)
del d['x']
d |= {'w': 1}
print(d, list(reversed(d)), d.keys() & {'y', 'z'} == {'y', 'z'}, ('y', 2) in d.items(), 2 in d.values(), len(d.keys()), d.keys())
mixed = {1: 'int', 1.0: 'float', True: 'bool', '1': 'str', (1, 2): 'tuple', None: 'none', b'1': 'bytes', frozenset([1]): 'frozen'}
print(mixed, mixed[1], len(mixed), mixed[(1, 2)], mixed[frozenset([1])])
for code in ("{}['k']", "{}[[]]", "{[]: 1}", "{}.popitem()", "{}.pop('k')", "dict([1])", "dict([(1, 2, 3)])", "{1: 2} < {}", "{'a': 1}['b']", "{(1, []): 1}", "del {}['a']"):
    try:
        print(eval(code))
    except (KeyError, TypeError, ValueError, SyntaxError) as error:
        print(code, type(error).__name__, error)
try:
    for key in d:
        d[key + '!'] = 1
except RuntimeError as error:
    print(error)
try:
    for key in d:
        del d[key]
        d['new'] = 1
except RuntimeError as error:
    print(error)
for key in list(d):
    del d[key]
print(d, bool(d), {} == {})
big = {}
for i in range(10000):
    big[i * 37 % 10007] = i
for i in range(0, 10007, 3):
    big.pop(i, None)
print(len(big), sum(big.values()), sum(big), list(big)[:5], list(big.items())[-2:])

class Key:
    def __init__(self, n):
        self.n = n
    def __hash__(self):
        return self.n % 4
    def __eq__(self, other):
        return self.n == other.n

keys = {Key(i): i for i in range(50)}
print(keys[Key(13)], Key(60) in keys, len(keys), sum(keys.values()))

class Missing(dict):
    def __missing__(self, key):
        return 'missing ' + key

m = Missing(a=1)
print(m['a'], m['b'], len(m), isinstance(m, dict), m)
cache = {}
def memo(n):
    if n in cache:
        return cache[n]
    result = n if n < 2 else (memo(n - 1) + memo(n - 2)) % 1000003
    cache[n] = result
    return result

print(memo(300), len(cache))
total = 0
for i in range(8000):
    key = 'k' + str(i % 97)
    cache[key] = cache.get(key, 0) + i
    total += cache[key] & 15
print(total)
nested = {'a': {'b': [1, {'c': 2}]}}
nested['a']['b'][1]['c'] += 1
print(nested)
