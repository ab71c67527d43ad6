__all__ = ['public_one', 'public_two']


def public_one():
    return 'one'


public_two = 2
hidden = 3
