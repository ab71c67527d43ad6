"""The spectral norm of an endless matrix, cut at SIZE: small functions called in the innermost loop, lists of floats."""

import math

import harness

SIZE = 260


def element(row, column):
    diagonal = row + column
    return 1.0 / (diagonal * (diagonal + 1) // 2 + row + 1)


def times(vector):
    result = []
    for row in range(SIZE):
        total = 0.0
        for column in range(SIZE):
            total += element(row, column) * vector[column]
        result.append(total)
    return result


def transposed_times(vector):
    result = []
    for row in range(SIZE):
        total = 0.0
        for column in range(SIZE):
            total += element(column, row) * vector[column]
        result.append(total)
    return result


def main():
    u = [1.0] * SIZE
    v = u
    for _ in range(10):
        v = transposed_times(times(u))
        u = transposed_times(times(v))
    numerator = denominator = 0.0
    for a, b in zip(u, v):
        numerator += a * b
        denominator += b * b
    return f'{math.sqrt(numerator / denominator):.9f}'


harness.run(main)
