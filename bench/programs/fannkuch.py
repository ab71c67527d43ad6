"""Pancake flipping over all permutations: short lists of small ints, slices and reversals, unpredictable branches."""

import harness

SIZE = 9


def main():
    permutation = list(range(SIZE))
    counts = [0] * SIZE
    remaining = SIZE
    checksum = 0
    most_flips = 0
    even = True
    while True:
        while remaining > 1:
            counts[remaining - 1] = remaining
            remaining -= 1

        if permutation[0]:
            flipped = permutation[:]
            flips = 0
            first = flipped[0]
            while first:
                low = 0
                high = first
                while low < high:
                    flipped[low], flipped[high] = flipped[high], flipped[low]
                    low += 1
                    high -= 1
                flips += 1
                first = flipped[0]
            if flips > most_flips:
                most_flips = flips
            checksum += flips if even else -flips
        even = not even

        # The next permutation: rotate longer and longer prefixes until a counter is not used up.
        while True:
            if remaining == SIZE:
                return checksum, most_flips
            first = permutation[0]
            for i in range(remaining):
                permutation[i] = permutation[i + 1]
            permutation[remaining] = first
            counts[remaining] -= 1
            if counts[remaining] > 0:
                break
            remaining += 1


harness.run(main)
