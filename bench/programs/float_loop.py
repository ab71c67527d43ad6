"""The smallest hot loop there is: two float operations and a counter."""

import harness


def main():
    x = 0.0
    i = 0
    while i < 10_000_000:
        x = x + i * 2.0
        i = i + 1
    return x


harness.run(main)
