"""Values are small on the disk, and come back as they were, for ever."""

import hashlib
import json
import random
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from pantau.adapters.compression import values
from pantau.adapters.compression.values import (
    DICTIONARIES,
    LEAST_BYTES,
    MAGIC,
    MOST_BYTES,
    MOST_PACKED_BYTES,
    pack,
    unpack,
)
from pantau.errors import StopError
from pantau_schemas.codec import encode
from tests.support import enriched

RELEASED = {1: "1f6fde51b91a01c44ce5b9f817b9b830464eef4cbb5c50c2066bceb3e4f4ab38"}
"""The SHA-256 of each dictionary. Stores cannot be read without it: no line changes or goes."""
WRITTEN = bytes.fromhex(
    "28b52ffd63016e61504c01d50700a38a1f93901f5a285fcbff4e97df53b7b0b284dc6f69d8d5ca12f22d0dd3"
    "560ea27b10eff7bfa7cbda97b22850f2b3fd15bfa1dc7db56f904ddd4c59142d14caf23c08c3303a18460b86"
    "d1a261d4888c4432d0f5dab4dc6c6b1cd952a48daa57579b36e5fb0edfa70e3dbada7e537caacf65a32be2ae"
    "3cad9dddcdfa69237e351b2afc14a350d9e54fb36c8333b0ae6dffa48d9c487eb67c751489b0c8c7a7ddd33e"
    "58602c39ae553f6e22285dfa2c6c652ca159b39a05d036011aa219bf40cfba4be69412193b09771c6a6d8433"
    "ace689a0ef35abdc0aee4d153800811083ad200013f6e536cd7f97f89ca24af59cabf1ee32c28a16b256ba13"
)
"""A value that was packed by dictionary 1 when it was released."""
NEWS = encode(
    enriched(
        "banjir",
        title="Banjir merendam tiga desa di hilir",
        text="Air sungai meluap sejak Senin malam. Warga mengungsi ke balai desa, kata lurah.",
    )
)


@given(
    st.one_of(
        st.binary(max_size=600),
        st.binary(max_size=400).map(lambda one: MAGIC + one),
        st.text(max_size=400).map(lambda one: json.dumps({"text": one * 3}).encode()),
        st.integers(0, 40_000).map(lambda size: b'{"a":"' + b"air " * (size // 4) + b'"}'),
    )
)
def test_a_value_comes_back_as_it_was(value: bytes) -> None:
    packed = pack(value)
    assert unpack(packed) == value
    assert len(packed) <= len(value) or value.startswith(MAGIC)


def test_an_event_takes_less_than_half() -> None:
    assert NEWS.startswith(b"{")
    assert len(pack(NEWS)) < len(NEWS) / 2


def test_what_saves_nothing_stays_plain() -> None:
    noise = random.Random(1).randbytes(MOST_BYTES)
    for value in (b"", b"x" * (LEAST_BYTES - 1), b"x" * (MOST_BYTES + 1), noise[:500]):
        assert pack(value) is value
    long = noise.hex().encode()[:MOST_BYTES]  # a frame of half its size, longer than a page
    assert len(long) / 2 > MOST_PACKED_BYTES
    assert pack(long) is long


def test_what_a_former_version_packed_is_read() -> None:
    assert unpack(WRITTEN) == NEWS


def test_released_dictionaries_are_the_ones_that_packed() -> None:
    folder = Path(values.__file__).parent
    assert {
        number: hashlib.sha256((folder / name).read_bytes()).hexdigest()
        for number, name in DICTIONARIES.items()
    } == RELEASED
    for number, name in DICTIONARIES.items():
        dictionary = zstandard.ZstdCompressionDict((folder / name).read_bytes())
        assert dictionary.dict_id() == values.dictionary_id(number)


def test_a_damaged_value_is_an_error() -> None:
    packed = pack(NEWS)
    newer = packed[:5] + values.dictionary_id(250).to_bytes(4, "little") + packed[9:]
    huge = MAGIC + b"\xe3" + packed[5:9] + (1 << 62).to_bytes(8, "little") + packed[11:]
    for damaged in (packed[:-9], newer, huge, MAGIC, MAGIC + b"\x23" + b"x" * 300):
        with pytest.raises(StopError, match="newer Pantau"):
            unpack(damaged)


@pytest.mark.parametrize("size", [0, 300, 70_000, 1_100_000, 3_000_000])
def test_a_value_that_begins_like_a_frame_comes_back(size: int) -> None:
    value = MAGIC + bytes(size)
    assert unpack(pack(value)) == value


def test_threads_pack_side_by_side() -> None:
    wanted = [b'{"number":%d,"text":"%s"}' % (one, b"banjir " * 50) for one in range(2_000)]
    with ThreadPoolExecutor(4) as pool:
        packed = list(pool.map(pack, wanted))
        assert list(pool.map(unpack, packed)) == wanted
