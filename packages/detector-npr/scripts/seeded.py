"""The numbers of `seededRandom` and `seededState` of @syntrace/core (sfc32), in Python."""

import math

MASK = 0xFFFFFFFF


def fnv1a(text):
    h = 0x811C9DC5
    for byte in text.encode():
        h = ((h ^ byte) * 0x01000193) & MASK
    return h


def draws(seed, name, count):
    """`count` numbers of next()."""
    a, b, c = (fnv1a(f"{seed}/{name}/{letter}") for letter in "abc")
    counter = 1
    numbers = []
    for i in range(count + 12):
        total = (a + b + counter) & MASK
        counter = (counter + 1) & MASK
        a = b ^ (b >> 9)
        b = (c + (c << 3)) & MASK
        c = (((c << 21) & MASK | c >> 11) + total) & MASK
        if i >= 12:
            numbers.append(total / 4294967296)
    return numbers


def limits(name, shape, normalised):
    kind = name.rsplit(".", 1)[-1]
    if kind == "running_var":
        return 0.5, 1.5
    if kind == "weight" and normalised:
        return 0.8, 1.2
    if kind != "weight":
        return -0.2, 0.2
    reach = math.sqrt(3 / math.prod(shape[1:]))
    return -reach, reach


def seeded_state(shapes, seed):
    """Values of each float entry of a state, by name; flat."""
    state = {}
    for name, shape in shapes.items():
        low, high = limits(name, shape, f"{name.rsplit('.', 1)[0]}.running_var" in shapes)
        state[name] = [low + (high - low) * u for u in draws(seed, name, math.prod(shape))]
    return state
