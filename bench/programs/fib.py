"""Nothing but calls: Fibonacci numbers by the definition."""

import harness


def fib(n):
    if n < 2:
        return n
    return fib(n - 1) + fib(n - 2)


def main():
    return fib(33)


harness.run(main)
