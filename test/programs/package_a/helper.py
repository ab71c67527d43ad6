print('loading', __name__)
counter = 0


def greet(name):
    return f'hello {name}'


def bump():
    global counter
    counter += 1


class Greeter:
    def __init__(self, name):
        self.name = name

    def greet(self):
        return greet(self.name) + ' from ' + __name__ + ' ' + self.__module__
