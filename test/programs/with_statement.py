# Context managers: normal and exceptional exits, swallowing, several at once.
class Manager:
    def __init__(self, name, swallow=False):
        self.name, self.swallow = name, swallow

    def __enter__(self):
        print('enter', self.name)
        return self.name.upper()

    def __exit__(self, kind, value, trace):
        print('exit', self.name, kind.__name__ if kind else None, value, trace is not None)
        return self.swallow

with Manager('a') as a:
    print('body', a)

with Manager('b') as b, Manager('c') as c:
    print(b, c)

with (Manager('d'), Manager('e', True) as e):
    raise ValueError('swallowed by e')
print('after')

try:
    with Manager('f'):
        with Manager('g'):
            raise KeyError('through')
except KeyError as error:
    print('caught', error)

def early():
    with Manager('h'):
        return 'returned'

print(early())

for i in range(3):
    with Manager(f'loop{i}'):
        if i == 0:
            continue
        break

class Broken:
    def __enter__(self):
        return self

try:
    with Broken():
        pass
except (TypeError, AttributeError) as error:
    print(type(error).__name__)

class Count:
    entered = left = 0
    def __enter__(self):
        Count.entered += 1
        return self
    def __exit__(self, *details):
        Count.left += 1
        return details[0] is ValueError

for i in range(6000):
    with Count() as count:
        if i % 5 == 0:
            raise ValueError(i)
print(Count.entered, Count.left)
