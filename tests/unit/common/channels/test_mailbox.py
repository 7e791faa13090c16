import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pantau.common.channels.mailbox import Mailbox, read_mailbox

REASON = r"^(it|its|a name|with a name|nothing|the part) "


@pytest.mark.parametrize(
    ("text", "name", "address"),
    [
        ("pantau@example.org", "", "pantau@example.org"),
        (" Pantau@Example.org ", "", "Pantau@Example.org"),
        ("<pantau@example.org>", "", "pantau@example.org"),
        ("Pantau <pantau@example.org>", "Pantau", "pantau@example.org"),
        ("Pantau<pantau@example.org>", "Pantau", "pantau@example.org"),
        ("Pantau  Desk < pantau@example.org >", "Pantau Desk", "pantau@example.org"),
        ("Pantau v1.0 <pantau@example.org>", "Pantau v1.0", "pantau@example.org"),
        ('"Pantau, Desk" <pantau@example.org>', "Pantau, Desk", "pantau@example.org"),
        (r'"The \"Desk\"" <pantau@example.org>', 'The "Desk"', "pantau@example.org"),
        ('Kantor "Berita" <pantau@example.org>', "Kantor Berita", "pantau@example.org"),
        ("Kantor (Jakarta) <pantau@example.org>", "Kantor", "pantau@example.org"),
        ("pantau@example.org (Pantau)", "Pantau", "pantau@example.org"),
        (
            "Redaksi é 日本 <pantau@bücher.example>",
            "Redaksi é 日本",
            "pantau@xn--bcher-kva.example",
        ),
        ("O'Neil & Co <o'neil+news@example.org>", "O'Neil & Co", "o'neil+news@example.org"),
        ('"a b"@c.example', "", '"a b"@c.example'),
        ("pantau@localhost", "", "pantau@localhost"),
        ("pantau@[127.0.0.1]", "", "pantau@[127.0.0.1]"),
        ("pantau@[IPv6:::1]", "", "pantau@[IPv6:::1]"),
        ('"" <pantau@example.org>', "", "pantau@example.org"),
    ],
)
def test_mailboxes(text: str, name: str, address: str) -> None:
    read = read_mailbox(text)
    assert (read.name, read.address) == (name, address)


@pytest.mark.parametrize(
    "text",
    [
        "", "@", "a@", "@b", "Pantau", "Pantau <pantau@example.org", "pantau@example.org>",
        "a@b, c@d", "A, B <a@b.example>", "Group: a@b.example;", "A <a@b.example> <c@d.example>",
        "a@b\r\nBcc: c@d", "A\n <a@b.example>", "\u202eA <a@b.example>", "a@b@c.example",
        "a..b@c.example", ".a@c.example", "a@c..example", "a@-c.example",
        "a@" + "x" * 64 + ".example", "x" * 65 + "@c.example", "a@" + "x.y" * 100,
        "désk@example.org", "a@[999.0.0.1]", "a@[IPv6:zz]", "A@B <a@b.example>",
        "n" * 201 + " <a@b.example>", 'A" <a@b.example>', "a@xn--.☃\u0378", "a <>", "<>",
        "a@b.example\x00",
    ],
)  # fmt: skip
def test_what_is_none(text: str) -> None:
    with pytest.raises(ValueError, match=REASON):
        read_mailbox(text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Pantau", "it has no @"),
        ("@b.example", "nothing stands before the @"),
        ("Pantau <a@b.example", "it lacks the > after the address"),
        ("a@b.example, c@d.example", "it has more than one @"),
        ("Pantau a@b.example", "the address belongs between < and >"),
        ("désk@example.org", "the part before the @ holds a character"),
        ("x" * 65 + "@c.example", "longer than 64 characters"),
        ("a@b..example", "the part after the @ is not a domain name"),
    ],
)
def test_what_is_wrong_is_said(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        read_mailbox(text)


@given(st.text(max_size=60) | st.text('ab@<>"\\(),:;. é', max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        read = read_mailbox(text)
    except ValueError:
        return
    assert read.address.isascii()
    assert read.address.isprintable()
    assert "\n" not in read.name
    again = read_mailbox(read.address)
    assert again == Mailbox(read.local, read.domain)


@pytest.mark.parametrize("shape", ["a.", '"a', "(", "(a)", '"\\', " ", "a ", "<", "@", "a@"])
def test_long_texts_cost_little(shape: str) -> None:
    for tail in ("", " <a@b.example>", "@b.example"):
        with pytest.raises(ValueError, match=REASON):
            read_mailbox("x" + shape * 100_000 + tail)
