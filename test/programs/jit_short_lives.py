"""Code, classes and functions that live for one hot loop: what traces know of them must not outlive them."""


def classes(times):
    out = []
    for k in range(times):

        class C:
            step = k

            def __init__(self, v):
                self.v = v
                if k % 2:
                    self.extra = k

            def m(self, i):
                return i + self.v + self.step

        c = C(k)
        t = 0
        for i in range(450):
            t += c.m(i)
            d = C(i)
            t += d.v
        out.append(t)
    return out


print(classes(40))


def sources(times):
    out = []
    for k in range(times):
        body = ['t += i', f't -= {k}', 't ^= i', 't += len(names)', 'x = (t, i); t = x[0] + x[1]', 't += f(i)'][k % 6]
        source = f'def f(i, by={k}):\n    return i * by\nt = 0\nnames = {"x" * k!r}\nfor i in range(450):\n    {body}\n'
        space = {}
        exec(compile(source, f'source{k}', 'exec'), space)
        out.append(space['t'])
    return out


print(sources(40))


def functions(times):
    out = []
    for k in range(times):
        scale = k * 0.5

        def g(n, add=k):
            return n * scale + add

        def h(n):
            return g(n) + 1 if n % 3 else helper(n)

        helper = (lambda n: n) if k % 2 else (lambda n: g(n, 5))
        t = 0
        for i in range(450):
            t += h(i)
        out.append(t)
    return out


print(functions(40))


def globals_of_their_own(times):
    out = []
    code = compile('def work(n):\n    t = 0\n    for i in range(n):\n        t += k + tail(i)\n    return t\n', 'w', 'exec')
    for k in range(times):
        space = {'k': k, 'tail': (lambda i: i) if k % 3 else (lambda i: 0.5)}
        exec(code, space)
        out.append(space['work'](450))
    return out


print(globals_of_their_own(40))
