# Loops over objects that have only __getitem__, within each other and recursive: each ends by an IndexError.
class P:
    def __init__(self, data): self.data = data
    def __getitem__(self, i): return self.data[i]
def walk(p):
    n = 0
    for op, av in p:
        if op == 'sub': n += walk(av[1])
        else: n += av
    return n
leaf = P([('a', 1), ('b', 2)])
mid = P([('a', 1), ('sub', (0, leaf)), ('sub', (0, P([('b', 5)])))])
top = P([('sub', (1, mid)), ('a', 3)])
t = 0
for i in range(3000):
    t += walk(top)
print(t)
