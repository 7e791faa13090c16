"""Channels: what cannot be one, and what will keep alerts from it."""

from collections.abc import Mapping
from typing import Final

from pantau.messages.text import Text

TEXTS: Final[Mapping[str, Text]] = {
    "channels.refused": Text(en="{--to} {text!r}: {reason}", id="{--to} {text!r}: {reason}"),
    "channels.other": Text(en="{text}", id="{text}"),
    "channels.expected": Text(
        en="expected one of these: {forms}", id="seharusnya salah satu dari ini: {forms}"
    ),
    "channels.expected-at-pages": Text(
        en="expected webhook:https://example.org/hook, email:desk@example.org or terminal",
        id="seharusnya webhook:https://example.org/hook, email:desk@example.org atau terminal",
    ),
    "channels.expected-try": Text(
        en="expected one of these: {forms}; try {repair}",
        id="seharusnya salah satu dari ini: {forms}; coba {repair}",
    ),
    "channels.spaces": Text(en="an address has no spaces", id="alamat tidak boleh berisi spasi"),
    "channels.webhook-address": Text(
        en="{reason}; expected an address such as https://example.org/hook",
        id="{reason}; seharusnya alamat seperti https://example.org/hook",
    ),
    "channels.password": Text(
        en="an address with a password would show in lists and logs; "
        "the signature proves who we are",
        id="kata sandi dalam alamat akan tampak di daftar dan log; "
        "tanda tanganlah yang membuktikan pengirimnya",
    ),
    "channels.secret-form": Text(
        en="the webhook's secret must be whsec_ followed by 24 to 64 bytes in base64",
        id="rahasia webhook harus berupa whsec_ diikuti 24 sampai 64 bita dalam base64",
    ),
    "channels.no-address": Text(
        en="{text!r} is no e-mail address: {reason}; expected one such as desk@example.org",
        id="{text!r} bukan alamat surel: {reason}; seharusnya seperti desk@example.org",
    ),
    "channels.no-mail-server": Text(
        en="no mail server is set; put it into {file}, as\n"
        '  [smtp]\n  host = "mail.example.org"\n  sender = "Pantau <pantau@example.org>"\n'
        "or into the variables PANTAU_SMTP__HOST and PANTAU_SMTP__SENDER",
        id="server surel belum diatur; tuliskan di {file}, seperti\n"
        '  [smtp]\n  host = "mail.example.org"\n  sender = "Pantau <pantau@example.org>"\n'
        "atau di variabel PANTAU_SMTP__HOST dan PANTAU_SMTP__SENDER",
    ),
    "channels.no-mail-server-at-pages": Text(
        en="no mail server is set; whoever runs Pantau has to set one first",
        id="server surel belum diatur; pengelola Pantau perlu mengaturnya dahulu",
    ),
    "channels.none": Text(
        en="No channels yet; add one by `pantau subscribe QUERY --to CHANNEL`.",
        id="Belum ada saluran; tambahkan dengan `pantau subscribe KUERI --to SALURAN`.",
    ),
    "channels.none-such": Text(
        en="No channel is so; see `pantau channels list`.",
        id="Tidak ada saluran seperti itu; lihat `pantau channels list`.",
    ),
    "channels.missing": Text(
        en="no subscription has the channel {reference!r}; see {$channels list}",
        id="tidak ada langganan dengan saluran {reference!r}; lihat {$channels list}",
    ),
    "channels.missing-near": Text(
        en="no subscription has the channel {reference!r}; did you mean {near!r}? "
        "See {$channels list}",
        id="tidak ada langganan dengan saluran {reference!r}; maksud Anda {near!r}? "
        "Lihat {$channels list}",
    ),
    "channels.several": Text(
        en="several channels fit {reference!r}; name one of them: {names}",
        id="beberapa saluran cocok dengan {reference!r}; sebutkan salah satu: {names}",
    ),
    "channels.no-secret": Text(
        en="{channel} is no webhook; only messages to webhooks are signed",
        id="{channel} bukan webhook; hanya pesan ke webhook yang ditandatangani",
    ),
    "channels.secret-changed": Text(
        en="messages to {channel} are signed by another secret from now on ({count} subscriptions "
        "changed).",
        id="pesan ke {channel} mulai sekarang ditandatangani dengan rahasia lain ({count} "
        "langganan diubah).",
    ),
    "channels.no-payload": Text(
        en="{channel} is no webhook; only the body of webhooks has versions",
        id="{channel} bukan webhook; hanya isi webhook yang berversi",
    ),
    "channels.payload-changed": Text(
        en="{channel} gets version {version} of the body from now on ({count} subscriptions "
        "changed).",
        id="{channel} mulai sekarang menerima isi versi {version} ({count} langganan diubah).",
    ),
    "channels.resumed": Text(en="resumed: {channel}", id="dipakai lagi: {channel}"),
    "channels.sent-again": Text(
        en="{count:n delivery that failed meanwhile is|deliveries that failed meanwhile are} sent "
        "now",
        id="{count:n kiriman} yang gagal sementara itu dikirim sekarang",
    ),
    "channels.in-digests": Text(
        en="{count} of them come in {digests:n digest|digests}",
        id="{count} di antaranya datang dalam {digests:n ringkasan}",
    ),
    "channels.column-subscriptions": Text(en="subscriptions", id="langganan"),
    "channels.column-channel": Text(en="channel", id="saluran"),
    "channels.is-unused": Text(en="nothing sent yet", id="belum pernah dikirimi"),
    "channels.is-tried": Text(
        en="a trial message was sent {when}; no alert yet",
        id="pesan percobaan terkirim {when}; belum ada pemberitahuan",
    ),
    "channels.is-working": Text(
        en="works, last delivered {when}", id="berfungsi, terakhir terkirim {when}"
    ),
    "channels.is-down": Text(en="down since {since}: {reason}", id="mati sejak {since}: {reason}"),
    "channels.is-failing": Text(
        en="failing since {since}: {reason}", id="gagal sejak {since}: {reason}"
    ),
    "channels.is-waiting": Text(
        en="waits for settings since {since}: {reason}",
        id="menunggu pengaturan sejak {since}: {reason}",
    ),
    "channels.is-stopped": Text(
        en="stopped since {since}: {reason}; use it again by `pantau channels resume`",
        id="dihentikan sejak {since}: {reason}; pakai lagi dengan `pantau channels resume`",
    ),
    "channels.is-stopped-at-pages": Text(
        en="stopped since {since}: {reason}", id="dihentikan sejak {since}: {reason}"
    ),
    "channels.no-file-name": Text(
        en="expected the name of a file, such as file:alerts.jsonl",
        id="seharusnya nama berkas, seperti file:alerts.jsonl",
    ),
    "channels.folder": Text(
        en="{path} is a folder; name a file in it, such as file:{example}",
        id="{path} adalah folder; sebutkan berkas di dalamnya, seperti file:{example}",
    ),
    "channels.link": Text(
        en="{path} is a link, which is not followed; name the file that it leads to",
        id="{path} adalah tautan, yang tidak diikuti; sebutkan berkas yang dituju",
    ),
    "channels.irregular": Text(
        en="{path} is no regular file; name another one",
        id="{path} bukan berkas biasa; sebutkan yang lain",
    ),
    "channels.no-folder": Text(
        en="the folder {folder} does not exist; create it first",
        id="folder {folder} tidak ada; buat dahulu",
    ),
    "channels.terminal-address": Text(
        en="terminal takes no address; it is where `pantau run` was started",
        id="terminal tidak memerlukan alamat; itu terminal tempat `pantau run` dijalankan",
    ),
    "channels.inside": Text(
        en="{host} is {kind}: nothing is sent there unless you allow it, "
        "by `pantau run --allow-network {network}` or fetch.allow_networks in {file}",
        id="{host} adalah {kind}: tidak ada yang dikirim ke sana sebelum Anda mengizinkannya, "
        "dengan `pantau run --allow-network {network}` atau fetch.allow_networks di {file}",
    ),
    "channels.inside-at-pages": Text(
        en="{host} is {kind}: nothing is sent there unless whoever runs Pantau allows {network}",
        id="{host} adalah {kind}: tidak ada yang dikirim ke sana kecuali pengelola Pantau "
        "mengizinkan {network}",
    ),
    "channels.mail-half-login": Text(
        en="{missing} is not set, and user name and password go together: mails wait until it is",
        id="{missing} belum diatur, padahal nama pengguna dan kata sandi harus lengkap: "
        "surel menunggu sampai diatur",
    ),
    "channels.mail-tls-port": Text(
        en='port {port} speaks TLS from the start: set smtp.security = "tls"',
        id='porta {port} memakai TLS sejak awal: atur smtp.security = "tls"',
    ),
    "channels.mail-plain-port": Text(
        en='port {port} begins without TLS: set smtp.security = "starttls"',
        id='porta {port} mulai tanpa TLS: atur smtp.security = "starttls"',
    ),
    "channels.mail-open-password": Text(
        en='smtp.security = "none" sends the password for anybody to read',
        id='smtp.security = "none" mengirim kata sandi tanpa perlindungan',
    ),
    "channels.mail-default-sender": Text(
        en="smtp.sender is {sender}, which most mail servers refuse: set an address of yours",
        id="smtp.sender adalah {sender}, yang ditolak kebanyakan server surel: "
        "atur alamat Anda sendiri",
    ),
}
