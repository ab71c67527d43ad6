"""The sieve of Eratosthenes over a list of bools: stores at computed places, then a pass that counts."""

import harness

LIMIT = 5_000_000


def main():
    prime = [True] * (LIMIT + 1)
    prime[0] = prime[1] = False
    i = 2
    while i * i <= LIMIT:
        if prime[i]:
            for multiple in range(i * i, LIMIT + 1, i):
                prime[multiple] = False
        i += 1
    count = 0
    total = 0
    for number in range(LIMIT + 1):
        if prime[number]:
            count += 1
            total += number
    return count, total


harness.run(main)
