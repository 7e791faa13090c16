"""Pages of lists that are read whole: a cursor is the key of the last item. Pure."""

from collections.abc import Callable, Iterable
from typing import TypeVar

T = TypeVar("T")


def page_after(
    items: Iterable[T], key: Callable[[T], str], cursor: str | None, limit: int
) -> tuple[list[T], str | None]:
    """Return the first `limit` items whose key is behind the cursor, and the next cursor.

    Items come in the order of their keys, which differ; so an item that is added or removed shifts
    no other one to another page. The cursor is None at the end.
    """
    keyed = sorted((key(one), place, one) for place, one in enumerate(items))
    rest = [(name, one) for name, _, one in keyed if cursor is None or name > cursor]
    page = rest[:limit]
    following = page[-1][0] if len(rest) > limit else None
    return [one for _, one in page], following
