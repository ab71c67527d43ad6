"""Integer arithmetic only: the lengths of the Collatz sequences below a limit, the longest one wins."""

import harness


def main():
    longest = 0
    longest_start = 0
    for start in range(1, 70_000):
        n = start
        length = 1
        while n != 1:
            if n & 1:
                n = 3 * n + 1
            else:
                n >>= 1
            length += 1
        if length > longest:
            longest = length
            longest_start = start
    return longest_start, longest


harness.run(main)
