"""The planets' motion, on objects with attributes: loads and stores of float attributes in nested loops."""

import math

import harness

SOLAR_MASS = 4 * math.pi * math.pi
DAYS = 365.24


class Body:
    def __init__(self, x, y, z, vx, vy, vz, mass):
        self.x = x
        self.y = y
        self.z = z
        self.vx = vx * DAYS
        self.vy = vy * DAYS
        self.vz = vz * DAYS
        self.mass = mass * SOLAR_MASS


def solar_system():
    sun = Body(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0)
    jupiter = Body(
        4.84143144246472090, -1.16032004402742839, -0.103622044471123109,
        0.00166007664274403694, 0.00769901118419740425, -0.0000690460016972063023, 0.000954791938424326609,
    )
    saturn = Body(
        8.34336671824457987, 4.12479856412430479, -0.403523417114321381,
        -0.00276742510726411619, 0.00499852801234917238, 0.0000230417297573763929, 0.000285885980666130812,
    )
    uranus = Body(
        12.8943695621391310, -15.1111514016986312, -0.223307578892655734,
        0.00296460137564761618, 0.00237847173959480950, -0.0000296589568540237556, 0.0000436624404335156298,
    )
    neptune = Body(
        15.3796971148509165, -25.9193146099879641, 0.179258772950371181,
        0.00268067772490389322, 0.00162824170038242295, -0.0000951592254519715870, 0.0000515138902046611451,
    )
    bodies = [sun, jupiter, saturn, uranus, neptune]
    # The sun moves so that the whole system stays where it is.
    sun.vx = -sum(body.vx * body.mass for body in bodies) / SOLAR_MASS
    sun.vy = -sum(body.vy * body.mass for body in bodies) / SOLAR_MASS
    sun.vz = -sum(body.vz * body.mass for body in bodies) / SOLAR_MASS
    return bodies


def pairs_of(bodies):
    return [(bodies[i], bodies[j]) for i in range(len(bodies)) for j in range(i + 1, len(bodies))]


def advance(bodies, pairs, dt):
    for a, b in pairs:
        dx = a.x - b.x
        dy = a.y - b.y
        dz = a.z - b.z
        distance2 = dx * dx + dy * dy + dz * dz
        magnitude = dt / (distance2 * math.sqrt(distance2))
        pull_a = b.mass * magnitude
        pull_b = a.mass * magnitude
        a.vx -= dx * pull_a
        a.vy -= dy * pull_a
        a.vz -= dz * pull_a
        b.vx += dx * pull_b
        b.vy += dy * pull_b
        b.vz += dz * pull_b
    for body in bodies:
        body.x += dt * body.vx
        body.y += dt * body.vy
        body.z += dt * body.vz


def energy(bodies, pairs):
    total = 0.0
    for body in bodies:
        total += 0.5 * body.mass * (body.vx * body.vx + body.vy * body.vy + body.vz * body.vz)
    for a, b in pairs:
        dx = a.x - b.x
        dy = a.y - b.y
        dz = a.z - b.z
        total -= a.mass * b.mass / math.sqrt(dx * dx + dy * dy + dz * dz)
    return total


def main():
    bodies = solar_system()
    pairs = pairs_of(bodies)
    before = energy(bodies, pairs)
    for _ in range(150_000):
        advance(bodies, pairs, 0.01)
    return f'{before:.9f} {energy(bodies, pairs):.9f}'


harness.run(main)
