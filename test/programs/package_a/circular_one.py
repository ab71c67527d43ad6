finished = False
from . import circular_two

finished = True
