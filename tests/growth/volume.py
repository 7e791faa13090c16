"""How much a value holds, in characters, counted no further than asked for."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import Any

from pydantic import BaseModel


def volume(value: Any, most: int) -> int:
    """Return the characters and numbers in a value; counting stops beyond `most`.

    One object counts once.
    """
    total, waiting, seen = 0, [value], set[int]()
    while waiting and total <= most:
        one = waiting.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        if isinstance(one, str | bytes | bytearray):
            total += len(one)
        elif isinstance(one, Mapping):
            waiting += [*one.keys(), *one.values()]
        elif isinstance(one, list | tuple | AbstractSet):
            total += len(one)
            waiting += one
        elif isinstance(one, BaseModel):
            waiting += one.__dict__.values()
        else:
            total += 1
            waiting += [
                getattr(one, name, None) for name in getattr(one, "__dataclass_fields__", ())
            ]
    return total
