# Dicts: every way to make and change them, order, views, errors, subclasses.
def attempt(f, *args):
    try:
        print(f(*args))
    except Exception as error:
        print(type(error).__name__, error)


d = {"b": 1, "a": 2, 3: "three", (1, 2): None, 1.5: [], True: "yes", None: 0}
print(d, len(d), d["b"], d[3.0], d[1, 2], d[1], "a" in d, "z" in d, 1.0 in d)
d["b"] = 10
d["new"] = 11
del d["a"]
d["a"] = 12
print(d, list(d), list(d.keys()), list(d.values()), list(d.items()))
print(d.get("a"), d.get("nope"), d.get("nope", 5), d.setdefault("a", 0), d.setdefault("s", []), d.pop("s"))
print(d.pop("none", "default"), d.popitem(), d.popitem(), len(d))
attempt(d.pop, "none")
attempt({}.popitem)
attempt(lambda: d["missing"])
attempt(lambda: {}[()])
attempt(lambda: {}[[]])
attempt(lambda: d.__delitem__("missing"))
print(dict(), dict(a=1, b=2), dict({"x": 1}, y=2), dict([("p", 1), ["q", 2]]), dict(zip("ab", range(2))))
print(dict.fromkeys("abc"), dict.fromkeys(range(3), 0), {**{"a": 1}, "b": 2, **{"a": 3}})
u = {"a": 1}
u.update({"b": 2})
u.update([("c", 3)])
u.update(d=4)
u.update({"a": 0}, e=5)
u |= {"f": 6}
u |= [("g", 7)]
print(u, u | {"a": "new", "z": 26}, {} | u == u)
print({"a": 1, "b": 2} == {"b": 2, "a": 1}, {"a": 1} == {"a": 1.0}, {"a": 1} != {"a": 2}, {1: 2} == [])
print({x: x * x for x in range(5)}, {k: v for k, v in zip("ab", "cd") if k != "a"})
keys = u.keys()
u["later"] = 1
print(keys, "later" in keys, len(keys), keys & {"a", "later", "q"} == {"a", "later"})
print(u.items() & {("b", 2), ("b", 3)}, sorted(keys - {"a"}), sorted(keys | {"zz"}), sorted(keys ^ {"a", "zz"}))
print(keys == set(u), keys >= {"a"}, keys < {"a"}, u.items() == u.items(), keys.isdisjoint(["q"]), keys.isdisjoint("a"))
print(u.values(), ("a", 0) in u.items(), ("a", 1) in u.items(), 5 in u.values())
print({}.keys(), {}.values(), {}.items(), repr({1: {2: {}}}))
print(list(reversed({"a": 1, "b": 2})), list(reversed({"a": 1, "b": 2}.items())), list(reversed({1: 2}.values())))
r = {}
r["self"] = r
print(r, [r])
n = {}
for i in range(1000):
    n[i] = i
    n[str(i)] = i
for i in range(0, 1000, 2):
    del n[i]
print(len(n), 501 in n, 500 in n, sum(v for k, v in n.items() if isinstance(k, int)), list(n)[:5])
for i in range(0, 1000, 2):
    n[i] = -i
print(len(n), list(n)[-2:], n[998])
n.clear()
print(n, len(n), n.get(1))


def grow():
    g = {1: 1, 2: 2}
    for k in g:
        g[k + 10] = 1


def shrink():
    g = {1: 1, 2: 2}
    for k, v in g.items():
        del g[k]


def replace():
    g = {1: 1, 2: 2}
    for k in g:
        g[k] = "x"
    return g


attempt(grow)
attempt(shrink)
attempt(replace)
it = iter({"a": 1, "b": 2}.items())
print(next(it), next(it), next(it, None), next(it, None))


class Key:
    def __init__(self, v, h=None):
        self.v = v
        self.h = v if h is None else h

    def __hash__(self):
        return self.h

    def __eq__(self, other):
        return isinstance(other, Key) and self.v == other.v

    def __repr__(self):
        return f"Key({self.v})"


k = {Key(i, i % 3): i for i in range(10)}
print(k[Key(7, 1)], Key(8, 2) in k, Key(8, 1) in k, len(k))
del k[Key(3, 0)]
print(k)


class Evil:
    # Changes the dict while it is compared.
    def __init__(self, target):
        self.target = target

    def __hash__(self):
        return 1

    def __eq__(self, other):
        if len(self.target) < 50:
            for i in range(100):
                self.target[i + 1000] = i
        return False


e = {}
e[Evil(e)] = 1
e[Evil(e)] = 2
e[1] = 3
print(len(e), e[1], e[1050])


class Hashless:
    __hash__ = None


attempt(lambda: {Hashless(): 1})
attempt(lambda: {[1]: 1})


class Fails:
    def __hash__(self):
        raise ValueError("no hash today")


attempt(lambda: {Fails(): 1})
attempt(lambda: Fails() in {1: 1})


class Default(dict):
    def __missing__(self, key):
        self[key] = value = [key]
        return value


m = Default(a=1)
print(m["a"], m["b"], m, m.get("c"), "c" in m, isinstance(m, dict), type(m.copy()))
m.attribute = 5
print(m.attribute, m | {"x": 1}, type(m | {}), Default.fromkeys([1]))


class Counting(dict):
    def __setitem__(self, key, value):
        dict.__setitem__(self, key, value * 2)


c = Counting(a=1)
c["b"] = 2
c.update(z=3)
print(c, dict(c), {**c})


class Mapping:
    def keys(self):
        return iter("xy")

    def __getitem__(self, key):
        return key.upper()


print(dict(Mapping()), {**Mapping()})
attempt(dict, [1])
attempt(dict, 5)
attempt(dict, [(1, 2, 3)])
attempt(lambda: {}.update(5))
attempt(lambda: {**5})
attempt(lambda: {} < {})
attempt(lambda: {} + {})
print(dict(a=1).__contains__("a"), dict.__getitem__({1: 2}, 1), {}.__eq__(5), {1: 2}.__len__())
s = {}
for word in "the quick the lazy the dog".split():
    s[word] = s.get(word, 0) + 1
print(s, max(s, key=s.get), sorted(s.items(), key=lambda p: (-p[1], p[0])))
f = {}
for x in (0.1, 0.5, 2.0, 2, 10**30, 1e30, -1, -1.0, float("inf")):
    f[x] = f.get(x, 0) + 1
print(f)
