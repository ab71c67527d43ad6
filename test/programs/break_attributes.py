# Attributes that appear, vanish, change their type or become properties while a loop reads them.
class Thing:
    def __init__(self):
        self.a = 1
        self.b = 2.0

def appear(n):
    thing = Thing()
    total = 0
    for i in range(n):
        total += thing.a
        if i == 6000:
            thing.c = 5
        if i > 6000:
            total += thing.c
    return total, sorted(thing.__dict__)

print(appear(9000))

def vanish(n):
    thing = Thing()
    total = 0
    missing = 0
    for i in range(n):
        try:
            total += thing.a
        except AttributeError as error:
            missing += 1
            if missing == 1:
                print(error)
        if i == 7000:
            del thing.a
        if i == 8000:
            thing.a = 100
    return total, missing

print(vanish(10000))

def fall_back_to_class(n):
    thing = Thing()
    Thing.fallback = 10
    thing.fallback = 1
    total = 0
    for i in range(n):
        total += thing.fallback
        if i == 6000:
            del thing.fallback
        if i == 8000:
            Thing.fallback = 20
    del Thing.fallback
    return total

print(fall_back_to_class(10000))

def change_type(n):
    thing = Thing()
    for i in range(n):
        thing.a += 1
        thing.b += thing.a
        if i == 6000:
            thing.a = 0.5
        if i == 8000:
            thing.b = 2**70
    return thing.a, thing.b

print(change_type(10000))

def many_shapes(n):
    things = []
    for i in range(12):
        thing = Thing()
        for j in range(i):
            setattr(thing, f'x{j}', j)
        thing.last = i
        things.append(thing)
    total = 0
    for i in range(n):
        thing = things[i % 12]
        thing.a += i
        total += thing.a + thing.last
    return total

print(many_shapes(12000))

def through_dict(n):
    thing = Thing()
    total = 0
    for i in range(n):
        total += thing.a
        if i == 6000:
            thing.__dict__['a'] = 7
        if i == 7000:
            thing.__dict__ = {'a': 9}
        if i == 8000:
            thing.__dict__.clear()
            thing.a = 11
    return total, thing.__dict__

print(through_dict(9000))

def property_arrives(n):
    class Local:
        def __init__(self):
            self.value = 1
    local = Local()
    total = 0
    for i in range(n):
        total += local.value
        if i == 6000:
            Local.value = property(lambda self: 5)
    return total

print(property_arrives(9000))

def getattr_arrives(n):
    class Local:
        def __init__(self):
            self.value = 1
    local = Local()
    total = 0
    for i in range(n):
        total += local.value
        if i == 6000:
            Local.__getattr__ = lambda self, name: len(name)
            del local.value
        if i == 7000:
            Local.__getattribute__ = lambda self, name: 50
    return total

print(getattr_arrives(9000))

def setattr_arrives(n):
    class Local:
        pass
    local = Local()
    log = []
    for i in range(n):
        local.value = i
        if i == 6000:
            def spy(self, name, value):
                log.append(value)
                object.__setattr__(self, name, -value)
            Local.__setattr__ = spy
    return local.value, len(log)

print(setattr_arrives(9000))

def none_or_object(n):
    class Node:
        def __init__(self, value, following):
            self.value = value
            self.following = following
    chain = None
    for i in range(50):
        chain = Node(i, chain)
    total = 0
    for _ in range(n):
        node = chain
        while node is not None:
            total += node.value
            node = node.following
    return total

print(none_or_object(300))
