# Hot loops over containers of changing content and kind: every mode must agree with CPython.
def lcg():
    global seed
    seed = (seed * 1103515245 + 12345) % 2147483648
    return seed >> 8
seed = 1
def containers(n):
    out = []
    d = {}
    s = set()
    l = []
    for i in range(n):
        r = lcg()
        k = r % 11
        if k == 0: d[r % 50] = i
        elif k == 1: d[str(r % 50)] = i
        elif k == 2: d.pop(r % 50, None)
        elif k == 3: s.add(r % 60)
        elif k == 4: s.discard(r % 60)
        elif k == 5: l.append(r % 100)
        elif k == 6 and l: l.pop(r % len(l))
        elif k == 7: l[r % 5:r % 9] = [i, i + 1]
        elif k == 8: l.insert(r % 7, -i)
        elif k == 9: d[r % 9, i % 7] = (i, r)
        else: d[r % 8 + 0.5] = l[:3]
        if i % 500 == 0:
            out.append((len(d), len(s), len(l), sum(l), sorted(s)[:5], list(d)[:4]))
    return out, d, s, l
for r in containers(20000)[0]: print(r)
o, d, s, l = containers(3000)
print(sorted(map(repr, d)), sorted(s), l)
def words(n):
    counts = {}
    for i in range(n):
        w = "w" + str(lcg() % 37)
        counts[w] = counts.get(w, 0) + 1
    return sorted(counts.items(), key=lambda p: (-p[1], p[0]))
print(words(20000)[:10])
def matrix(n):
    m = [[(i * j) % 7 for j in range(n)] for i in range(n)]
    t = [list(r) for r in zip(*m)]
    return sum(sum(a * b for a, b in zip(x, y)) for x in m for y in t)
print(matrix(30))
def memo(n, cache={}):
    if n in cache: return cache[n]
    cache[n] = r = n if n < 2 else memo(n - 1) + memo(n - 2)
    return r
print([memo(i) for i in range(0, 150, 7)])
def graph(n):
    g = {i: {(i * 7 + 1) % n, (i * 3 + 2) % n, (i + 1) % n} for i in range(n)}
    seen, todo, order = {0}, [0], []
    while todo:
        v = todo.pop(0)
        order.append(v)
        for w in sorted(g[v] - seen):
            seen.add(w)
            todo.append(w)
    return order
print(graph(200)[:40])
def changing(n):
    xs = [1, 2, 3]
    t = 0
    for i in range(n):
        for x in xs: t += x
        if i == n // 2: xs = (4.5, 5)
        if i == n // 2 + 50: xs = {7: 1}
        if i == n // 2 + 100: xs = range(3)
        if i == n // 2 + 150: xs = {1, 2}
        if i == n // 2 + 200: xs = iter([10**20])
    return t
print(changing(2000))
def unpack(n):
    t = 0
    for a, (b, *c) in [(i, (i, i, i)) for i in range(n)]:
        t += a + b + len(c)
    return t
print(unpack(3000))
