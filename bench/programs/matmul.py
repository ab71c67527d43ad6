"""The product of two matrices as lists of lists, the way one first writes it."""

import harness

SIZE = 250


def matrix(size, seed):
    return [[((row * seed + column * 7) % 19) / 19.0 for column in range(size)] for row in range(size)]


def multiply(a, b):
    size = len(a)
    columns = len(b[0])
    inner = len(b)
    result = []
    for i in range(size):
        row = a[i]
        out = []
        for j in range(columns):
            total = 0.0
            for k in range(inner):
                total += row[k] * b[k][j]
            out.append(total)
        result.append(out)
    return result


def main():
    a = matrix(SIZE, 3)
    b = matrix(SIZE, 5)
    product = multiply(a, b)
    trace = 0.0
    for i in range(SIZE):
        trace += product[i][i]
    return f'{trace:.9f} {product[3][SIZE - 2]:.9f}'


harness.run(main)
