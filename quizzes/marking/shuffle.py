"""Order by chance that can be told again: everything follows from a seed. Pure."""

import hashlib
from collections.abc import Mapping, Sequence


def shuffled(count: int, seed: str) -> tuple[int, ...]:
    """Return the numbers 0 to `count` - 1 in an order that depends on `seed` only."""
    return tuple(sorted(range(count), key=lambda i: hashlib.sha256(f"{seed}:{i}".encode()).digest()))


def draw[T](pools: Mapping[str, Sequence[T]], count: int, seed: str) -> list[T]:
    """Return `count` things (or all there are) in a random order, spread over the pools as evenly as they allow."""
    names = list(pools)
    turn = [names[i] for i in shuffled(len(names), f"{seed}:pools")]
    waiting = {name: [pools[name][i] for i in shuffled(len(pools[name]), f"{seed}:{name}")] for name in turn}
    drawn: list[T] = []
    while len(drawn) < count and any(waiting.values()):
        for name in turn:
            if waiting[name] and len(drawn) < count:
                drawn.append(waiting[name].pop())
    return [drawn[i] for i in shuffled(len(drawn), f"{seed}:drawn")]
