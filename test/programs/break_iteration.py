# Lists, dicts and ranges that change under iteration; loops over changing kinds of iterables.
def growing(n):
    data = [1]
    total = 0
    for value in data:
        total += value
        if len(data) < n:
            data.append(value + 1)
    return total

print(growing(9000))

def shrinking(n):
    data = list(range(n))
    seen = 0
    for value in data:
        seen += 1
        if value % 3 == 0:
            data.pop()
    return seen, len(data)

print(shrinking(9000))

def removing(n):
    data = list(range(n))
    for value in data:
        if value % 2 and value < 2000:
            data.remove(value)
    return len(data), data[:5], sum(data)

print(removing(6000))

def cleared(n):
    data = list(range(n))
    total = 0
    for value in data:
        total += value
        if value == 7000:
            data.clear()
    return total, data

print(cleared(9000))

def replaced_elements(n):
    data = [1] * n
    total = 0
    for i, value in enumerate(data):
        total += value
        if i + 1 < n:
            data[i + 1] = value + 1 if i < 7000 else 0.5
    return total

print(replaced_elements(9000))

def rebinding(n):
    data = list(range(n))
    total = 0
    for value in data:
        total += value
        if value == 5000:
            data = 'something else'
    return total, data

print(rebinding(9000))

def kinds():
    total = 0
    sources = [list(range(3000)), tuple(range(3000)), range(3000), {i: 0 for i in range(3000)}, (i for i in range(3000)),
               set(range(3000)), bytes(3000), map(int, range(3000)), zip(range(3000)), 'abc' * 1000]
    for source in sources:
        count = 0
        for item in source:
            count += 1 if item else 2
        total = total * 7 + count
    return total

print(kinds())

def dict_changes(n):
    d = {i: i for i in range(n)}
    total = 0
    try:
        for key in d:
            total += key
            if key == 7000:
                d[-1] = 0
    except RuntimeError as error:
        print(error)
    for key in d:
        d[key] = key * 2
    return total, sum(d.values())

print(dict_changes(9000))

def index_moves(n):
    data = list(range(n))
    i = 0
    total = 0
    while i < len(data):
        total += data[i]
        if data[i] % 5 == 0:
            del data[i]
        else:
            i += 1
    return total, len(data)

print(index_moves(7000))

def list_of_types(n):
    data = [i if i < 6000 else float(i) if i < 7000 else str(i) for i in range(n)]
    total = 0
    for value in data:
        total += len(value) if isinstance(value, str) else value
    return total

print(list_of_types(8000))

def negative_indices(n):
    data = list(range(10))
    total = 0
    for i in range(n):
        total += data[-(i % 10) - 1] - data[i % 10 - 10]
        data[-1] = i
    return total, data

print(negative_indices(9000))

def range_variants():
    total = 0
    for step in (1, 2, 7, -1, -3):
        for i in range(0 if step > 0 else 6000, 6000 if step > 0 else 0, step):
            total += i
    for i in range(2**47 - 3000, 2**47 + 3000):
        total ^= i
    for i in range(2**63 - 2, 2**63 + 2):
        total += i
    return total

print(range_variants())

def variable_after_loop(n):
    for i in range(n):
        i += 5
    return i

print(variable_after_loop(8000))
