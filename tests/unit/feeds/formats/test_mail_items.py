"""Mails as items: headers, texts, links, and mails that nobody should send."""

from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pantau.feeds.formats.mail import pack_mails, read_mail, read_mails, unpack_mails
from pantau.poller.identity.resolve import resolve_alone
from pantau.poller.reading.listed_reading import LISTED, ListedFeed, about_listed
from pantau.poller.reading.readings import FEED, about_feed
from tests.unit.adapters.mail.mails import document, newsletter


def test_a_newsletter_is_an_article() -> None:
    item = read_mail(bytes(newsletter("Edisi Selasa — banjir")))
    assert item.guid == "edisi-1@surat.example"
    assert item.title == "Edisi Selasa — banjir"
    assert item.link == "https://surat.example/lihat?u=1&k=2"
    assert item.author == "Redaksi Warta"
    assert item.source == "warta-pagi.surat.example"
    assert item.published == datetime(2026, 3, 3, 1, 15, tzinfo=UTC)
    assert "Banjir merendam tiga desa" in item.text
    assert "<" not in item.text
    assert "color" not in item.text


def test_a_mail_without_html_list_and_browser_link() -> None:
    mail = newsletter("Polos", html=False)
    del mail["List-Id"]
    mail["Archived-At"] = "<https://arsip.example/1>"
    item = read_mail(bytes(mail))
    assert item.text == "Baca surat ini di peramban Anda."
    assert (item.link, item.source) == ("https://arsip.example/1", "surat.example")


def test_a_mail_without_message_id_has_the_same_guid_each_time() -> None:
    mail = newsletter("Tanpa")
    del mail["Message-ID"]
    first, other = read_mail(bytes(mail)), read_mail(bytes(mail))
    assert first.guid == other.guid
    assert first.guid is not None
    assert first.guid.startswith("sha256:")


@pytest.mark.parametrize(
    ("label", "found"),
    [
        ("View in browser", True),
        ("View this email in your browser", True),
        ("Read online", True),
        ("<b>Web version</b>", True),
        ("Baca versi web", True),
        ("Buka di peramban", True),
        ("Baca selengkapnya", False),
        ("Unsubscribe", False),
        ("Our web shop", False),
    ],
)
def test_the_link_to_the_browser_is_known_by_its_label(label: str, found: bool) -> None:
    mail = newsletter("x")
    mail.clear_content()
    mail.set_content(
        f"<p><a class=x href='https://surat.example/x'>{label}</a></p>", subtype="html"
    )
    assert (read_mail(bytes(mail)).link is not None) is found


@pytest.mark.parametrize("href", ["javascript:alert(1)", "file:///etc/passwd", "/x", "https://"])
def test_only_web_links_are_links(href: str) -> None:
    mail = newsletter("x")
    mail.clear_content()
    mail.set_content(f'<a href="{href}">View in browser</a>', subtype="html")
    assert read_mail(bytes(mail)).link is None


def test_attachments_are_no_text() -> None:
    mail = EmailMessage()
    mail["Subject"] = "Lampiran"
    mail.set_content("Isi surat.")
    mail.add_attachment("rahasia", filename="catatan.txt")
    assert read_mail(bytes(mail)).text == "Isi surat."


ODD = [
    b"",
    b"\n",
    b"Subject",
    b"Subject: =?utf-8?b?!!!?=\n\nx",
    b"Subject: =?nope?q?a?=\n\nx",
    b"Subject: \xff\xfe\n\n\xff",
    b"Date: Tue, 99 Foo 2026 99:99:99 +9999\n\nx",
    b"Date: \n\nx",
    b"From: <<<>>>@@@,,,\n\nx",
    b"Content-Type: multipart/mixed; boundary=a\n\n" + b"--a\n" * 500,
    b"Content-Type: multipart/mixed; boundary=a\n\n--a\n" * 2,
    b"Content-Type: text/html; charset=nope\n\n<p>x",
    b"Content-Type: text/plain; charset=rot13\n\nx",
    b"Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n!!!!",
    b"Content-Type: text/plain\nContent-Transfer-Encoding: uuencode\n\nbegin\nM",
    b"Content-Type: message/rfc822\n\n" * 200,
    b"Message-ID: <" + b"x" * 10_000 + b">\n\nx",
    b"List-Id: <a\n b>\n\nx",
    b"Content-Type: text/html\n\n" + b"<a " * 100_000,
    b"Content-Type: text/html\n\n" + b"<a href=x>" * 50_000,
]


@pytest.mark.parametrize("raw", ODD, ids=range(len(ODD)))
def test_an_odd_mail_costs_at_most_itself(raw: bytes) -> None:
    found = read_mails(document(raw, newsletter("Baik")), "maildir:/surat")
    assert "Baik" in [one.title for one in found.items]
    assert len(found.items) + len(found.warnings) == 2
    assert FEED.unpack(FEED.pack(found)) == found


@settings(max_examples=200, deadline=None)  # a busy machine is no fault
@given(st.binary(max_size=400))
def test_no_bytes_stop_the_reading(raw: bytes) -> None:
    found = read_mails(document(raw, newsletter("Baik")), "mbox:/surat")
    assert len(found.items) + len(found.warnings) == 2
    list(unpack_mails(raw))


@given(st.lists(st.binary(max_size=50), max_size=6))
def test_packed_mails_are_unpacked(mails: list[bytes]) -> None:
    assert list(unpack_mails(pack_mails(mails))) == mails


def test_mails_are_read_as_a_feed_by_the_address_of_a_mailbox_alone() -> None:
    packed = document(newsletter("Satu"), newsletter("Dua", 2))
    found = LISTED.read(packed, about_listed(about_feed("maildir:/surat"), "f"))
    assert isinstance(found, ListedFeed)
    assert found.document.format == "mail"
    assert len(set(resolve_alone(found.listing).ids)) == 2
    assert not isinstance(
        LISTED.read(packed, about_listed(about_feed("https://x.example/"), "f")), ListedFeed
    )
