"""Encodings told by statistics, by charset-normalizer. The only file that knows it."""

from typing import Final

_CANDIDATES: Final = [
    "gb18030", "big5", "euc_jp", "cp932", "cp949", "iso2022_jp", "cp874", "cp1251", "koi8_r", "koi8_u", "iso8859_5",
    "cp1253", "iso8859_7", "cp1255", "iso8859_8", "cp1256", "iso8859_6", "cp1252", "cp1250", "cp1254", "cp1258",
]  # fmt: skip
"""Encodings that news is, or was, written in.

Those of Latin script are there so that others do not win by default.
"""
_LATIN: Final = frozenset({"cp1252", "cp1250", "cp1254", "cp1258"})


def guess_charset(sample: bytes) -> str | None:
    """Return Python's name of the encoding that text most likely has.

    None if it cannot be told, or is of Latin script.
    Latin ones are not told apart: their texts differ in too few characters for that.
    """
    from charset_normalizer import from_bytes  # noqa: PLC0415 (90 ms, for documents that are rare)

    best = from_bytes(sample, cp_isolation=_CANDIDATES, preemptive_behaviour=False).best()
    return None if best is None or best.encoding in _LATIN else best.encoding
