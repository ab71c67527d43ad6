# A hot side exit leaves several variables as constants. The side trace behind it must know which of them are equal:
# comparisons fold, and stores through one name are seen through the other.


def compared(n):
    wrong = 0
    for i in range(n):
        a = 0
        b = 0
        c = 1
        if i % 3 == 1:
            if a != b:
                wrong += 1
            if a == c:
                wrong += 1000
    return wrong


def indices(n):
    items = [0, 0, 0]
    wrong = 0
    for i in range(n):
        a = 1
        b = 1
        if i % 3 == 1:
            items[a] = -1
            before = items[a]
            items[b] = i
            if items[a] != i or before != -1:
                wrong += 1
    return wrong


class Place:
    pass


def objects(n):
    place = Place()
    Place.v = 0
    wrong = 0
    for i in range(n):
        a = place
        b = place
        a.v = 0
        if i % 3 == 1:
            a.v = i
            if b.v != i:
                wrong += 1
            b.v = i + 1
            if a.v != i + 1:
                wrong += 1
    return wrong


def floats(n):
    total = 0.0
    for i in range(n):
        a = 0.5
        b = 0.5
        if i % 3 == 1:
            total += (a == b) + (a - b)
    return total


print(compared(6000), indices(6000), objects(6000), floats(6000))
