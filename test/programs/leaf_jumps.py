# A truth or an item that a hot loop asks of a built-in type at first, and later of a class in Python whose answer takes
# the loop's assumptions away while it is given: the way on is the one that the answer says.
class Truth:
    def __init__(self, answer, then):
        self.answer = answer
        self.then = then
    def __bool__(self):
        if self.then:
            change()
        return self.answer

def change():
    global step
    def step():
        return 1

def step():
    return 1

def count(items):
    yes = no = other = 0
    for item in items:
        if item:
            yes += step()
        else:
            no += step()
        while not item:
            other += step()
            break
    return yes, no, other

plain = [[], [1], (), {}, {1: 2}, 'x', '', b'', {3}]
for answer in (True, False):
    step_before = step
    print(count(plain * 300))
    print(count(plain * 300 + [Truth(answer, False)] * 3 + [Truth(answer, True)] * 3 + plain * 300))
    print(step is step_before)

class Items:
    def __init__(self, count):
        self.count = count
    def __getitem__(self, index):
        if index >= self.count:
            if self.count == 7:
                change()
            raise IndexError
        return index, 1

def total(items):
    n = 0
    for index, one in items:
        n += one * step()
    return n

t = 0
for i in range(2000):
    t += total(Items(i % 5))
    if i % 500 == 499:
        t += total(Items(7))
print(t)
