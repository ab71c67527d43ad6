from .. import VERSION
from ..helper import greet
from . import public_two

VALUE = public_two * 21


def parent_version():
    return greet(VERSION)
