"""The Mandelbrot set on a grid: nested loops over floats, with an escape in the middle. Gives the number of points
that are in the set and the sum of the iterations of those that are not."""

import harness

WIDTH = 480
HEIGHT = 360
ITERATIONS = 150


def main():
    inside = 0
    total = 0
    for row in range(HEIGHT):
        ci = 2.4 * row / HEIGHT - 1.2
        for column in range(WIDTH):
            cr = 3.2 * column / WIDTH - 2.2
            zr = zi = 0.0
            for iteration in range(ITERATIONS):
                zr2 = zr * zr
                zi2 = zi * zi
                if zr2 + zi2 > 4.0:
                    total += iteration
                    break
                zi = 2.0 * zr * zi + ci
                zr = zr2 - zi2 + cr
            else:
                inside += 1
    return inside, total


harness.run(main)
