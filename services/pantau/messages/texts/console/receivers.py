"""Pages for the receivers of mails."""

from collections.abc import Mapping
from typing import Final

from pantau.messages.text import Text

TEXTS: Final[Mapping[str, Text]] = {
    "receivers.unsubscribe": Text(en="Stop mails of {name}", id="Hentikan surel dari {name}"),
    "receivers.unsubscribe-what": Text(
        en="Mails of this subscription no longer go to your address. Others get them as before.",
        id="Surel dari langganan ini tidak lagi dikirim ke alamat Anda. Penerima lain tetap "
        "menerimanya.",
    ),
    "receivers.unsubscribe-done": Text(
        en="Mails of {name} have stopped", id="Surel dari {name} dihentikan"
    ),
    "receivers.mute-done": Text(en="{name} is muted", id="{name} dibisukan"),
    "receivers.until": Text(en="It ends at", id="Berakhir pada"),
    "receivers.close": Text(en="You can close this page.", id="Halaman ini boleh ditutup."),
    "receivers.yes": Text(en="Stop these mails", id="Hentikan surel ini"),
    "receivers.unsubscribed": Text(
        en="You get no more mails of this subscription.",
        id="Anda tidak lagi menerima surel dari langganan ini.",
    ),
    "receivers.mute": Text(en="Mute {name}", id="Bisukan {name}"),
    "receivers.mute-what": Text(
        en="Nobody gets messages of this subscription meanwhile, not only you. Its alerts are "
        "recorded all the same. For how long?",
        id="Selama dibisukan, tidak seorang pun menerima pesan dari langganan ini, bukan hanya "
        "Anda. Pemberitahuannya tetap dicatat. Berapa lama?",
    ),
    "receivers.mute-day": Text(en="For a day", id="Selama sehari"),
    "receivers.mute-week": Text(en="For a week", id="Selama sepekan"),
    "receivers.mute-growth": Text(en="Until it grows", id="Sampai ceritanya berkembang"),
    "receivers.muted": Text(
        en="Nobody gets its messages meanwhile. Alerts are recorded all the same.",
        id="Selama itu tidak ada yang menerima pesannya. Pemberitahuan tetap dicatat.",
    ),
    "receivers.is-cut": Text(en="This link is not complete", id="Tautan ini tidak lengkap"),
    "receivers.cut-why": Text(
        en="Nothing was changed. Some mail programs break a long address in two, or drop its end.",
        id="Tidak ada yang diubah. Sebagian program surel memotong alamat yang panjang, atau "
        "menghilangkan ujungnya.",
    ),
    "receivers.cut-do": Text(
        en="Open the link in the mail once more. If it ends early again, copy the address in the "
        "mail as a whole, up to its last character, into the address bar of the browser.",
        id="Buka sekali lagi tautan di surel itu. Bila terpotong lagi, salin seluruh alamat di "
        "surel, sampai karakter terakhir, ke bilah alamat peramban.",
    ),
    "receivers.cut-else": Text(
        en="If that does not help, use the button “unsubscribe” of the mail program, or answer the "
        "mail and ask whoever sends it.",
        id="Bila tidak berhasil, pakai tombol “berhenti berlangganan” pada program surel, atau "
        "balas surel itu dan minta kepada pengirimnya.",
    ),
    "receivers.is-gone": Text(
        en="This subscription no longer exists", id="Langganan ini sudah tidak ada"
    ),
    "receivers.link-stop": Text(en="Unsubscribe", id="Berhenti berlangganan"),
    "receivers.link-mute": Text(en="Mute", id="Bisukan"),
}
