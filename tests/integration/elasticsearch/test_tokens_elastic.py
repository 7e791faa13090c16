"""Our tokens against those of a real Elasticsearch.

The `standard` analyzer, asked by `_analyze`.
"""

import json
import random
from collections.abc import Iterator, Sequence
from contextlib import closing
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest

from pantau.query.text import tokenizer, word_break
from pantau.query.text.token_rules import ranges_of

BATCH_UNITS = 8_000
"""Length of the strings of one request, in UTF-16 units.

A request is refused if it gives over 10,000 tokens.
"""

Found = list[tuple[str, int, int]]
"""Tokens with where each starts and ends, in UTF-16 units."""

OWN: dict[str, tuple[str, ...]] = {
    "latin": (
        "Anak-anak bermain di undang-undang No. 11/2020; kupu2 & ubur-ubur",
        "Straße GROSSE ÅNGSTRÖM ﬁnance Ŀl·l Ǆungla ǅ ŉ ẞ ſ K Å Ⅷ ⓐ ª º µ",
        "İstanbul ISPARTA ıhlamur IĞDIR i̇ İ̇",
        "naïve nai\u0308ve Zoe\u0308 n\u0303 a\u0301\u0302\u0303b \u0301solo",
        "ﷺ a·b a‧b a:b a;b a_b _a a_ __ _ a__b 1_a a_1",
    ),
    "cyrillic": (
        "Москва-река, ёлка; ОБЪЕКТ Ґанок Їжак Ўсё Љубљана Ѝ",
        "и\u0306 Й ѐ Ѳ ҂ а\u0483б ⷠ ꙮ",
    ),
    "arabic": (
        "القاهرة؛ مَدِينَة ـــ كـتـاب لا ﻻ ﷲ ۞",
        "١٢٣٫٤٥ ٬١٠٠ ٪ ۱۲۳ ۲۰۲۲/۰۹ می\u200cخواهم ،سلام؟",
        "\u0600١٢ \u06dd٣ \u061cالف \u070fܐܒ",
    ),
    "hebrew": (
        'שלום צה"ל ג\'ירפה תנ״ך צ׳ ש"',
        'א\' א" "א א"ב\'ג ב\'\'ג \'א א""ב אב" 5"א א"5',
        "שָׁלוֹם ﬡ יִ ײַ א\u05bfב א־ב",
    ),
    "greek": ("Αθήνα ΟΔΥΣΣΕΥΣ ΣΣ Σ ΑΣ. ς ΐ ᾼ ᾳ ΑΪ́ ʹα ͵β", "Ὀδυσσεύς ᾿Α ῼ Ω ΰ΅"),
    "devanagari": ("नई दिल्ली में ॐ। क्‍ष क्‌ष १२३ ॥ हिन्दी", ("\u093fक \u094d क\u093c\u094d\u200d ॰")),
    "thai": ("ภาษาไทย ประเทศ กรุงเทพฯ ๑๒๓ ๆ น้ำ ำ เ1แ", "\u0e49ก กa ก1 1ก ก_ก ก'ก"),
    "khmer and neighbours": (
        "ភាសាខ្មែរ កម្ពុជា ១២៣ ៗ ខ\u17d2",
        "ພາສາລາວ ໑໒ ໆ",
        "မြန်မာဘာသာ ၁၂ ၏",
        "ᦎᦷᦑ ᥖᥭᥰ ᨲ꧀ ꩠ",
    ),
    "han": (
        "日本語 漢字かな 中華人民共和國 〇 々 〆 ㈱ ㊗ 𠮷野家 豈 ⺀ ⼀ 丂\u0301",
        "東京2020年 第1回 a日b 日_本 日'本",
    ),
    "kana": (
        "カタカナ・ヒラガナ ｶﾀｶﾅ ﾞﾟ ー〜 がか\u3099 カ\u3099 〱 ゝヽヾ ㌀ ㋐ ゛",
        "カ_タ カ'タ カ1 1カ カa ひらa か_か カ\u200dタ ｱｰ",
    ),
    "hangul": (
        "한국어 조선말 ᄒ\u1161\u11ab ㄱㄴ ㈀ ㉠ ﾡﾢ 가_나 각1 가'나",
        "\u115f\u1160 ᄀ\u1161\u0301",
    ),
    "other scripts": (
        "ᏣᎳᎩ ꮳ ქართული ᲥᲐ Հայերէն եւ և ՛ա՝ բ՟",
        "አማርኛ። ፩፪ தமிழ் తెలుగు ಕನ್ನಡ മലയാളം ন়দীয়া ગુજરાતી ਪੰਜਾਬੀ ଓଡ଼ିଆ සිංහල",
        "བོད་སྐད་ ༡༢ ᠮᠣᠩᠭᠣᠯ ꦧꦱꦗꦮ ᬩᬮᬶ ᮞᮥᮔ᮪ᮓ ᯅᯖᯂ᯲ ᨒᨚᨈᨑ ߒߞߏ ⵜⵉⴼ 𐐀𐐨 𞤀𞤢 𝔸𝟙𝟚",
        "𒀀𒁀 𓂀 ꙁ ꓐ ꔀ 𑄌 𖤐 𛀀 𛅕 𝼀 𝒳 🄰 🅐 🅰 🅱️",
    ),
    "digits": (
        (
            "3,5 1.000.000,50 10/9/2019 1,2,3 1..2 1. .5 1,,2 1'000 1;2 1:2 1_000 0x1F 3a a3 3.a "
            "a.3 "
            "1٫2 1٬2"
        ),
        "½ ² ₂ ① Ⅳ ⅷ ৳১২ ᠑ 𝟏𝟐 １２．５ １，０００ 1．5 1︐2 1․2 ٣.١٤ 12e-3 +62-812 100% Rp1.500,-",
    ),
    "apostrophes": (
        (
            "can't don’t rock'n'roll O'Neil's l’été d‘Alembert 'tis dogs' '' ''a a''b a'1 1'a a’1 "
            "Qur`an Jum'at"
        ),
        "a＇b a‛b aʼb a՚b a′b a'ʼb U.S.A. U.S..A .NET a.b.c. a．b a﹒b a․b",
    ),
    "addresses": (
        (
            "redaksi@contoh.co.id a.b-c+d@e_f.g https://contoh.id/a_b?c=d&e=%20#f 192.168.0.1 "
            "[::1]:80 C:\\a\\b"
        ),
        (
            "#BanjirDemak @polri $BBCA AT&T R&B C++ C# f# .com ~user x=y {a} <b>t</b> a|b "
            "a\tb\nc\r\nd\x00e\x85f\u2028g"
        ),
    ),
    "emoji": (
        "👍 👍🏽 👍\ufe0f 👍\ufe0e ❤️ ❤ ☎ ☎️ ©️ © ® ™ ™️ a©b ‼️ ℹ️ ⓂⓂ️ 〰 〽️ ㊗️ ㊙ 🈁",
        "👩‍👩‍👧‍👦 👩🏽‍🚀 🏳️‍🌈 🏴‍☠️ 👁️‍🗨️ ❤️‍🔥 👩‍ 👩‍a 👩‍‍👩 ‍👩 a‍👩 👩‍👩👩‍👩 🧑🏻‍🤝‍🧑🏿",
        "🇮🇩 🇮🇩🇺🇳 🇮 🇮🇩🇺 🇮a🇩 🇮‍🇩 🇮\u0301🇩 a🇮🇩b 1🇮🇩",
        "🏴󠁧󠁢󠁥󠁮󠁧󠁿 🏴󠁧󠁢 🏴󠁿 a󠁧󠁿 󠁧󠁢",
        "1️⃣ #️⃣ *️⃣ 1⃣ 1️ #️ 12️⃣3 a1️⃣ 1️⃣a 1\u0301⃣ ⃣ *⃣⃣ 🏽 🏽🏽 a🏽 日🏽 🏻‍🏼",
        "🫠 🫨 🩷 🪿 🛜 🫶🏿 🦰 👨‍🦰 🀄 🃏 🆔 🈚 ⌚⏰ ⭐ ⬛ ↔️ ▶️ ⤴️ Ω👍Ω 日👍本 👍a 👍1 1👍 👍_ _👍",
    ),
    "marks and nothing": (
        (
            "\u0301 \u0301a a\u0301 \u0301\u0301 1\u0301 日\u0301 カ\u0301 ' \u0301' _\u0301 .\u0301 "
            "a.\u0301b a'\u0301b"
        ),
        (
            "a\u200bb a\u200cb a\u200db a\u2060b a\ufeffb a\u00adb a\u200eb a\u202eb \u200d "
            "\u200c\u200d a\u180eb a\u034fb"
        ),
        (
            "a\u00a0b a\u2003b a\u3000b a\u202fb 1\u202f000 a\u2028b a\u2029b a\x0bb a\x1fb "
            "a\ufffcb "
            "a\ufffd"
        ),
        "",
        " ",
        "...",
    ),
    "halves and planes": (
        # Not at the end: there Lucene drops what it has read so far, and no article has halves.
        "a\ud83db",
        "\udc4d",
        "a\udc4db\udc4d",
        "\udc4d\ud83d.",
        "日\ud842本",
        "𠮷\udfb7",
        "\ud83d\u200d👍",
        "a\uffffb a\ufdd0b a\U0010ffffb \ue000a \U000f0000a 𝕬𝕭 𐌰𐌱 𞸀",
    ),
    "long": (
        *(char * 600 for char in "aé1д日กカ가_👍\u0301א"),
        *("x" * count for count in (127, 128, 254, 255, 256, 257, 510, 511)),
        *("x" * count + "𝒳𝒳y" for count in (252, 253, 254, 255)),
        *(
            "x" * count + tail
            for count in (253, 254, 255)
            for tail in ("'y", "'yz", ".y", "\u0301\u0301y", "_y", "_ y", "1", "日", " z")
        ),
        "👩‍" * 200,
        "🇮🇩" * 200,
        "a_" * 300,
        "_" * 300 + "a" * 10,
        "a\u0301" * 200,
        'א"ב' * 120,
        "1," * 200 + "1",
        "ก" * 254 + "\u0e49\u0e49ก",
        "\u0301" * 400 + "a",
        "日" + "\u0301" * 300,
        "👍" + "\u0301" * 300,
        "\u0301" * 10 + "\u1060" + "\u0301\u17d2" * 150,
        "\u1b01\ufb1e\u1063" * 110,
        "_\u0301" * 200 + "\u0eb1",
        "\u200d" * 300 + "\u1a55" + "\u200d" * 200,
        "1" + "\ufe0f" * 254 + "⃣",
        "🏴" + "󠁧" * 200 + "󠁿",
    ),
}


def _units(text: str) -> list[int]:
    """Return, for each code point of a text and its end, how many UTF-16 units stand before it."""
    places = [0]
    for char in text:
        places.append(places[-1] + (2 if char > "\uffff" else 1))
    return places


def _ours(text: str) -> Found:
    units = _units(text)
    return [(one.text, units[one.start], units[one.end]) for one in tokenizer.tokenize(text)]


def _analyze(url: str, texts: Sequence[str]) -> Iterator[Found]:
    """Yield the tokens of several texts per request.

    In the answer they count as one text, a unit apart.
    """
    body = json.dumps({"analyzer": "standard", "text": list(texts)})
    with closing(HTTPConnection(urlsplit(url).netloc, timeout=240)) as connection:
        connection.request("POST", "/_analyze", body, {"Content-Type": "application/json"})
        found = json.load(connection.getresponse())["tokens"]
    base, place = 0, 0
    for text in texts:
        end = base + _units(text)[-1]
        mine: Found = []
        while place < len(found) and found[place]["start_offset"] < end:
            one = found[place]
            mine.append((one["token"], one["start_offset"] - base, one["end_offset"] - base))
            place += 1
        yield mine
        base = end + 1
    assert place == len(found)


def _differences(url: str, texts: Sequence[str]) -> list[tuple[str, Found, Found]]:
    """Return the texts whose tokens differ, with ours and theirs."""
    found: list[tuple[str, Found, Found]] = []
    batch: list[str] = []
    size = 0
    for number, text in enumerate(texts, start=1):
        batch.append(text)
        size += len(text) + 1
        if size > BATCH_UNITS or number == len(texts):
            for one, theirs in zip(batch, _analyze(url, batch), strict=True):
                if _ours(one) != theirs:
                    found.append((one, _ours(one), theirs))
            batch, size = [], 0
    return found


def _alphabets(generator: random.Random) -> list[list[str]]:
    """Return characters of every table of the rules and of our own strings, by script."""
    found = [
        [chr(generator.randint(*generator.choice(ranges))) for _ in range(60)]
        for name, table in sorted(vars(word_break).items())
        if name.isupper() and (ranges := ranges_of(table))
    ]
    found += [
        [one for one in sorted(set("".join(texts))) if not "\ud800" <= one <= "\udfff"]
        for script, texts in OWN.items()
        if script != "long"
    ]
    found.append(list(" .,:;'\"’_-@#*0123456789aZ\u200b\u200c\u200d\u00ad\ufe0e\ufe0f\u20e3"))
    return found


def _random_strings(seed: int, count: int) -> list[str]:
    """Generate strings of one to four alphabets, every tenth long enough to be split."""
    generator = random.Random(seed)
    alphabets = _alphabets(generator)
    made = []
    for number in range(count):
        chars = [
            one
            for alphabet in generator.sample(alphabets, generator.randint(1, 4))
            for one in alphabet
        ]
        size = generator.randint(200, 400) if number % 10 == 0 else generator.randint(1, 24)
        if number % 3 == 0:  # few characters, so that the same ones meet again and again
            chars = generator.sample(chars, min(len(chars), 4))
        made.append("".join(generator.choice(chars) for _ in range(size)))
    return made


@pytest.mark.parametrize("script", OWN)
def test_own_strings(elastic_url: str, script: str) -> None:
    texts = [*OWN[script], *(word for text in OWN[script] for word in text.split(" "))]
    assert _differences(elastic_url, texts) == []


def test_characters_between_letters(elastic_url: str) -> None:
    points = [
        point
        for name, table in vars(word_break).items()
        if name.isupper()
        for point in _edges(table)
    ]
    texts = [
        around.replace("?", chr(point))
        for point in sorted(set(points))
        for around in ("a?b?1?日?", "?'?.?")
    ]
    assert len(texts) > 4_000
    assert _differences(elastic_url, texts) == []


def _edges(table: str) -> Iterator[int]:
    """Yield the first and last character of each range of a table, and their neighbours."""
    for low, high in ranges_of(table):
        yield from (max(low - 1, 0), low, high, min(high + 1, 0x10FFFF))


def test_random_strings(elastic_url: str) -> None:
    assert _differences(elastic_url, _random_strings(seed=5, count=2_000)) == []
