"""Order by chance that can be told again: everything follows from a seed. Pure."""

import hashlib


def shuffled(count: int, seed: str) -> tuple[int, ...]:
    """Return the numbers 0 to `count` - 1 in an order that depends on `seed` only."""
    return tuple(sorted(range(count), key=lambda i: hashlib.sha256(f"{seed}:{i}".encode()).digest()))
