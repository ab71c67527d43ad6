# Exceptions out of inlined calls, guards that fail inside callees, tracebacks out of hot loops.
def divide(a, b):
    return a / b

def inner(a, b):
    return divide(a, b) + 1

def caught(n):
    total = 0.0
    errors = 0
    for i in range(n):
        try:
            total += inner(i, i % 1000)
        except ZeroDivisionError:
            errors += 1
    return round(total, 6), errors

print(caught(9000))

def index_error(n):
    data = list(range(100))
    total = 0
    misses = 0
    for i in range(n):
        try:
            total += data[i % 120]
        except IndexError as error:
            misses += 1
            message = str(error)
    return total, misses, message

print(index_error(9000))

class Limit(Exception):
    pass

class Meter:
    def __init__(self):
        self.level = 0

    def add(self, amount):
        self.level += amount
        if self.level > 50000:
            raise Limit(self.level)

    def guarded(self, amount):
        try:
            self.add(amount)
        finally:
            self.last = amount

def overflow(n):
    meter = Meter()
    for i in range(n):
        try:
            meter.guarded(i % 17)
        except Limit as limit:
            print('limit at', i, limit, meter.last)
            meter.level = 0
    return meter.level

print(overflow(20000))

def key_error(n):
    d = {i: i for i in range(0, 100, 2)}
    hits = misses = 0
    for i in range(n):
        try:
            hits += d[i % 100]
        except KeyError as error:
            misses += error.args[0]
    return hits, misses

print(key_error(8000))

def type_error(n):
    values = [1] * 7000 + ['x'] + [2] * 1000 + [None, 3]
    total = 0
    for value in values[:n]:
        try:
            total += value
        except TypeError as error:
            print(error)
    return total

print(type_error(10000))

def stop_iteration(n):
    iterator = iter(range(n))
    total = 0
    try:
        while True:
            total += next(iterator)
    except StopIteration:
        return total

print(stop_iteration(12000))

def break_out(n):
    for i in range(n):
        for j in range(n):
            try:
                if i * j == 7919 * 2:
                    return i, j
            finally:
                last = i, j
    return last

print(break_out(9000))

def return_from_finally_loop(n):
    def leaf(i):
        try:
            return i
        finally:
            counts[0] += 1
    counts = [0]
    total = 0
    for i in range(n):
        total += leaf(i)
    return total, counts

print(return_from_finally_loop(9000))

def uncaught(n):
    total = 0
    for i in range(n):
        total += inner(1, 8000 - i)
    return total

import sys
try:
    uncaught(9000)
except ZeroDivisionError as error:
    trace = error.__traceback__
    lines = []
    while trace is not None:
        lines.append((trace.tb_frame.f_code.co_name, trace.tb_lineno))
        trace = trace.tb_next
    print(lines, sys.exc_info()[0].__name__)
uncaught(9000)
