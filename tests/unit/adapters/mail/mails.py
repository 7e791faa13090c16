"""Mails for tests, in our own words."""

from email.message import EmailMessage
from pathlib import Path

from pantau.feeds.formats.mail import pack_mails

DATE = "Tue, 03 Mar 2026 08:15:00 +0700"
HTML = (
    "<html><head><style>p {{color: red}}</style></head><body>"
    '<a href="https://surat.example/lihat?u=1&amp;k=2">Lihat di peramban</a>'
    "<h1>{title}</h1><p>Banjir merendam tiga desa di hulu sungai.</p>"
    '<a href="https://surat.example/henti">Berhenti berlangganan</a></body></html>'
)


def newsletter(title: str, number: int = 1, *, date: str = DATE, html: bool = True) -> EmailMessage:
    mail = EmailMessage()
    mail["Subject"] = title
    mail["From"] = "Redaksi Warta <redaksi@surat.example>"
    mail["To"] = "desk@kantor.example"
    mail["Date"] = date
    mail["Message-ID"] = f"<edisi-{number}@surat.example>"
    mail["List-Id"] = "Warta Pagi <warta-pagi.surat.example>"
    mail.set_content("Baca surat ini di peramban Anda.")
    if html:
        mail.add_alternative(HTML.format(title=title), subtype="html")
    return mail


def document(*mails: EmailMessage | bytes) -> bytes:
    return pack_mails(one if isinstance(one, bytes) else bytes(one) for one in mails)


def maildir(folder: Path) -> Path:
    for name in ("cur", "new", "tmp"):
        (folder / name).mkdir(parents=True)
    return folder


def deliver(folder: Path, mail: EmailMessage | bytes, name: str, where: str = "new") -> Path:
    path = folder / where / name
    path.write_bytes(mail if isinstance(mail, bytes) else bytes(mail))
    return path
