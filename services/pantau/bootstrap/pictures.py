"""The pictures of articles, put together from the settings."""

from importlib.util import find_spec
from typing import TYPE_CHECKING

from pantau.bootstrap.parts import build_fetcher
from pantau.errors import UsageError
from pantau.ports import Clock
from pantau.problems import problem
from pantau.settings import Settings

if TYPE_CHECKING:
    from pantau.usecases.pictures.serving import ArticlePictures


def build_pictures(settings: Settings, clock: Clock) -> "ArticlePictures | None":
    """Build the pictures of articles, or None where they are off. Asks nobody.

    Raises UsageError where the extra `pictures` is not installed.
    """
    if not settings.console.pictures:
        return None
    if find_spec("PIL") is None:
        raise UsageError(problem("console.pictures-missing"))
    from pantau.adapters.pictures.maker import ProcessPictureMaker  # noqa: PLC0415 (an extra, only where it is on)
    from pantau.usecases.pictures.serving import MOST_BYTES, ArticlePictures  # noqa: PLC0415 (as above)

    # A fetcher of their own: it knows no login of a feed.
    return ArticlePictures(
        lambda: build_fetcher(settings),
        ProcessPictureMaker(),
        clock,
        most_bytes=min(MOST_BYTES, settings.fetch.max_bytes),
    )
