"""Pictures made in child processes with limits; see `pillow`."""

from typing import Final

from pantau.adapters.pictures.pillow import PICTURE, NoPicture
from pantau.adapters.processes.reader import ProcessReader, ReadLimits
from pantau.errors import RejectError
from pantau.ports import PictureSet

LIMITS: Final = ReadLimits(
    small=-1,  # never in the process of the console
    seconds=4.0,
    seconds_each_megabyte=0.5,
    memory=450_000_000,  # 40 million pixels with four channels, twice
    memory_each_byte=10,
    wait_seconds=30.0,
)
"""A picture of 24 million pixels takes half a second."""
_DECODERS: Final = (
    "PIL.JpegImagePlugin:JpegImageFile",
    "PIL.PngImagePlugin:PngImageFile",
    "PIL.WebPImagePlugin:WebPImageFile",
    "PIL.GifImagePlugin:GifImageFile",
    "PIL.AvifImagePlugin:AvifImageFile",
    "PIL.BmpImagePlugin:BmpImageFile",  # Pillow loads this one and the next with the others
    "PIL.PpmImagePlugin:PpmImageFile",
    "PIL.ImageCms:ImageCmsProfile",
    "PIL.ImageOps:fit",
)


class ProcessPictureMaker:
    """Implements `pantau.ports.PictureMaker`. It starts no process before a picture needs one."""

    def __init__(self, limits: ReadLimits = LIMITS) -> None:
        # Decoders are loaded before the first picture, so that they do not count for it.
        self._reader = ProcessReader(preload=[PICTURE.name, *_DECODERS], limits=limits)

    async def make(self, document: bytes) -> PictureSet:
        """Read a picture in a child. Raises RejectError and RetryError."""
        found = await self._reader.read(PICTURE, document, {})
        if isinstance(found, NoPicture):
            raise RejectError(found.reason)
        return found

    def pids(self) -> tuple[int, ...]:
        """Return the process ids of the children."""
        return self._reader.pids()

    def close(self) -> None:
        """Abort current work immediately."""
        self._reader.close()
