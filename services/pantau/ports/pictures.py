"""Pictures of articles: small ones, made of whatever a site sends."""

from dataclasses import dataclass
from typing import Literal, Protocol

PictureSize = Literal["large", "small"]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in WebP: its pixels, and nothing else that its original said."""

    content: bytes
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class PictureSet:
    """One picture in the sizes that pages show."""

    large: Picture
    small: Picture

    def of(self, size: PictureSize) -> Picture:
        """Return it in a size."""
        return self.large if size == "large" else self.small


class PictureMaker(Protocol):
    """Makes pictures of untrusted documents, each within limits of time, memory and pixels.

    Guarantees: whatever the document, what comes out is a WebP that was encoded here, not larger
    than the sizes that pages show, without metadata, upright, in sRGB. A document that exceeds a
    limit, hangs or crashes its process affects nothing else.
    """

    async def make(self, document: bytes) -> PictureSet:
        """Read a picture.

        Raises RejectError for what is no picture of a known format, or exceeds a limit; RetryError
        when no process was available.
        """

    def close(self) -> None:
        """Abort current work immediately."""
