"""Statistical detection of encodings by charset-normalizer. The only module that uses it."""

from typing import Final

_CANDIDATES: Final = [
    "gb18030", "big5", "euc_jp", "cp932", "cp949", "iso2022_jp", "cp874", "cp1251", "koi8_r",
    "koi8_u", "iso8859_5", "cp1253", "iso8859_7", "cp1255", "iso8859_8", "cp1256", "iso8859_6",
    "cp1252", "cp1250", "cp1254", "cp1258",
]  # fmt: skip
"""Encodings in which news is, or was, written.

Those of Latin script are included so that others do not win by default.
"""
_LATIN: Final = frozenset({"cp1252", "cp1250", "cp1254", "cp1258"})


def guess_charset(sample: bytes) -> str | None:
    """Return Python's name of the most likely encoding of a text.

    None if it is undetermined, or of Latin script. Latin encodings are not distinguished: their
    texts differ in too few characters.
    """
    from charset_normalizer import from_bytes  # noqa: PLC0415 (90 ms, for documents that are rare)

    best = from_bytes(sample, cp_isolation=_CANDIDATES, preemptive_behaviour=False).best()
    return None if best is None or best.encoding in _LATIN else best.encoding
