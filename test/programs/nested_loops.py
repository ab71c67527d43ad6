# Hot loops inside each other, loops entered often with few iterations, long-lived and short-lived objects.
def triangle(n):
    total = 0
    for i in range(n):
        for j in range(i):
            if (i + j) % 3:
                total += i * j
            else:
                total -= j
    return total

print(triangle(300))

def short_inner(n):
    total = 0
    for i in range(n):
        for j in range(i % 4):
            total += j
        for x in (i, i + 1):
            total ^= x
    return total

print(short_inner(9000))

def game_of_life(width, height, generations):
    cells = {(x, y) for x in range(width) for y in range(height) if (x * 7 + y * 13) % 5 == 0}
    for _ in range(generations):
        neighbours = {}
        for x, y in cells:
            for dx in (-1, 0, 1):
                for dy in (-1, 0, 1):
                    if dx or dy:
                        key = (x + dx) % width, (y + dy) % height
                        neighbours[key] = neighbours.get(key, 0) + 1
        cells = {cell for cell, count in neighbours.items() if count == 3 or count == 2 and cell in cells}
    return len(cells), sorted(cells)[:3]

print(game_of_life(24, 24, 12))

def queens(n):
    def place(row, columns, left, right):
        if row == n:
            return 1
        count = 0
        for column in range(n):
            bit = 1 << column
            if not (columns & bit or left & (1 << (row + column)) or right & (1 << (row - column + n))):
                count += place(row + 1, columns | bit, left | 1 << (row + column), right | 1 << (row - column + n))
        return count
    return place(0, 0, 0, 0)

print([queens(n) for n in range(1, 8)])

def bubble(data):
    data = list(data)
    for end in range(len(data) - 1, 0, -1):
        swapped = False
        for i in range(end):
            if data[i] > data[i + 1]:
                data[i], data[i + 1] = data[i + 1], data[i]
                swapped = True
        if not swapped:
            break
    return data

print(bubble([(i * 193) % 211 for i in range(211)])[::30])

def floyd(n):
    infinity = float('inf')
    distance = [[0 if i == j else (i * 7 + j * 3) % 11 + 1 if (i + j) % 3 else infinity for j in range(n)] for i in range(n)]
    for k in range(n):
        for i in range(n):
            through = distance[i][k]
            for j in range(n):
                if through + distance[k][j] < distance[i][j]:
                    distance[i][j] = through + distance[k][j]
    return sum(map(sum, distance))

print(floyd(40))

def strings(n):
    text = 'the quick brown fox'
    vowels = 0
    for _ in range(n):
        for c in text:
            if c in 'aeiou':
                vowels += 1
    return vowels

print(strings(700))

def while_chain(n):
    a = b = c = 0
    while a < n:
        a += 1
        while b < a * 2:
            b += 1
            while c < b:
                c += 3
    return a, b, c

print(while_chain(9000))

def temporary_objects(n):
    class Pair:
        def __init__(self, a, b):
            self.a, self.b = a, b
        def swapped(self):
            return Pair(self.b, self.a)
    pair = Pair(1, 2)
    kept = []
    for i in range(n):
        pair = Pair(pair.b + i, pair.a).swapped()
        if i % 1000 == 0:
            kept.append(pair)
        t = (pair.a, pair.b, i)
        first, second, _ = t
    return first, second, [(p.a, p.b) for p in kept]

print(temporary_objects(9000))
