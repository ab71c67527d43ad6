# _heapq and _bisect: order, stability of results, errors, objects that compare in Python.
import heapq
import bisect


def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


def numbers(n, seed=7):
    for _ in range(n):
        seed = (seed * 1103515245 + 12345) % 2**31
        yield seed % 1000


h = list(numbers(50)); heapq.heapify(h); print(h)
out = []
while h:
    out.append(heapq.heappop(h))
print(out == sorted(out), out[:5])
h = []
for x in numbers(40): heapq.heappush(h, x)
print(h, heapq.heappushpop(h, -1), heapq.heappushpop(h, 500), heapq.heapreplace(h, 3), h[:4])
m = list(numbers(30)); heapq.heapify_max(m); print(m, heapq.heappop_max(m), heapq.heapreplace_max(m, 5), heapq.heappushpop_max(m, 2000), m[0])
heapq.heappush_max(m, 5000); print(m[0], heapq.nlargest(3, numbers(100)), heapq.nsmallest(3, numbers(100)), list(heapq.merge([1, 4], [2, 3])))
attempt(lambda: heapq.heappop([])); attempt(lambda: heapq.heapreplace([], 1)); attempt(lambda: heapq.heappush((), 1)); attempt(lambda: heapq.heappop(5)); attempt(lambda: heapq.heapify()); attempt(lambda: heapq.heappush([1], 'a'))
print(heapq.heappushpop([], 7))
class Item:
    def __init__(self, key): self.key = key
    def __lt__(self, other): return self.key < other.key
h = []
for x in numbers(300): heapq.heappush(h, Item(x))
total = 0
while h:
    total = total * 31 % 1000003 + heapq.heappop(h).key
print(total)
h = [(x, i) for i, x in enumerate(numbers(2000))]
heapq.heapify(h)
for i in range(3000):
    x, k = heapq.heappop(h)
    heapq.heappush(h, (x + k % 17, k))
print(h[:3], heapq.heappop(h))
class Evil:
    def __init__(self, heap): self.heap = heap
    def __lt__(self, other):
        self.heap.clear(); return True
h = []; h.extend([Evil(h), Evil(h), Evil(h)])
attempt(lambda: heapq.heappop(h))

a = [1, 2, 2, 2, 3, 5]
print(bisect.bisect(a, 2), bisect.bisect_left(a, 2), bisect.bisect_right(a, 2.5), bisect.bisect_left(a, 9), bisect.bisect(a, 2, 0, 3), bisect.bisect_left((1, 2), 2), bisect.bisect('abc', 'b'), bisect.bisect_left(range(1000), 77))
bisect.insort(a, 4); bisect.insort_left(a, 2.0); print(a)
w = ['apple', 'Bear', 'cat']; bisect.insort(w, 'Bob', key=str.lower); print(w, bisect.bisect_left(w, 'cat', key=str.lower))
attempt(lambda: bisect.bisect([1], 1, -1)); attempt(lambda: bisect.bisect([1], 'a')); attempt(lambda: bisect.bisect(10, 1)); attempt(lambda: bisect.bisect([1])); attempt(lambda: bisect.bisect([1], 1, 0, 5))
class L(list):
    def insert(self, i, x): print('insert', i, x); super().insert(i, x)
l = L([1, 3]); bisect.insort(l, 2); print(l)
s = []
for x in numbers(2000): bisect.insort(s, x)
print(s == sorted(s), sum(bisect.bisect(s, i) for i in range(2000)))
