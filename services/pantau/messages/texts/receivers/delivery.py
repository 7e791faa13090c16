"""Deliveries: why a message did not get through its channel, and what to do."""

from collections.abc import Mapping
from typing import Final

from pantau.messages.text import Text

TEXTS: Final[Mapping[str, Text]] = {
    "delivery.other": Text(en="{text}", id="{text}"),
    "delivery.given-up": Text(
        en="given up after {tries:n try|tries}: {reason}",
        id="dihentikan setelah {tries:n percobaan}: {reason}",
    ),
    "delivery.given-up-last": Text(
        en="given up after {tries:n try|tries}, the last: {reason}",
        id="dihentikan setelah {tries:n percobaan}, yang terakhir: {reason}",
    ),
    "delivery.letter": Text(en="{channel}: {reason}", id="{channel}: {reason}"),
    "delivery.no-answer": Text(
        en="no answer within {seconds} s", id="tidak ada jawaban dalam {seconds} detik"
    ),
    "delivery.no-driver": Text(
        en="no {kind} channel here; run `pantau run` where it is available",
        id="tidak ada saluran {kind} di sini; jalankan `pantau run` di tempat yang memilikinya",
    ),
    "delivery.unexpected": Text(
        en="unexpected {error} in the {kind} channel", id="{error} tak terduga di saluran {kind}"
    ),
    "delivery.unreadable": Text(
        en="the stored {what} cannot be read: {reason}",
        id="{what} tersimpan tidak terbaca: {reason}",
    ),
    "delivery.webhook-gone": Text(
        en="the webhook answered 410 Gone: it wants no more messages",
        id="webhook menjawab 410 Gone: tidak mau menerima pesan lagi",
    ),
    "delivery.channel-stopped": Text(
        en="the channel is stopped since {since}, nothing is sent: {reason}; "
        "use it again by `pantau channels resume {channel}`",
        id="saluran dihentikan sejak {since}, tidak ada yang dikirim: {reason}; "
        "pakai lagi dengan `pantau channels resume {channel}`",
    ),
    "delivery.failed-too-long": Text(
        en="nothing arrived since {since}; the last failure: {reason}",
        id="tidak ada yang sampai sejak {since}; kegagalan terakhir: {reason}",
    ),
    "delivery.webhook-said": Text(
        en="the webhook answered {status}: {answer}", id="webhook menjawab {status}: {answer}"
    ),
    "delivery.webhook-answered": Text(
        en="the webhook answered {status}", id="webhook menjawab {status}"
    ),
    "delivery.webhook-redirects": Text(
        en="the webhook answered {status}; redirects are not followed, "
        "subscribe with the final address",
        id="webhook menjawab {status}; pengalihan tidak diikuti, "
        "berlanggananlah dengan alamat akhir",
    ),
    "delivery.webhook-never": Text(
        en="{reason}; subscribe with an address such as https://example.org/hook",
        id="{reason}; berlanggananlah dengan alamat seperti https://example.org/hook",
    ),
    "delivery.mail-timeout": Text(
        en="the mail server did not answer in time; see smtp.timeout_seconds",
        id="server surel tidak menjawab tepat waktu; lihat smtp.timeout_seconds",
    ),
    "delivery.mail-tls": Text(
        en="no secure connection to the mail server: {detail}; see smtp.host and smtp.security",
        id="tidak ada sambungan aman ke server surel: {detail}; lihat smtp.host dan smtp.security",
    ),
    "delivery.mail-lookup": Text(
        en="the mail server's name cannot be looked up: {detail}; see smtp.host",
        id="nama server surel tidak ditemukan: {detail}; lihat smtp.host",
    ),
    "delivery.mail-connection": Text(
        en="no connection to the mail server: {detail}",
        id="tidak ada sambungan ke server surel: {detail}",
    ),
    "delivery.mail-lacks": Text(
        en="the mail server lacks what is asked of it ({detail}); see smtp.security",
        id="server surel tidak mendukung yang diminta ({detail}); lihat smtp.security",
    ),
    "delivery.mail-unsent": Text(
        en="the mail cannot be sent: {detail}", id="surel tidak dapat dikirim: {detail}"
    ),
    "delivery.mail-login": Text(
        en="the mail server refused our login ({code}); see smtp.username and smtp.password",
        id="server surel menolak kita masuk ({code}); lihat smtp.username dan smtp.password",
    ),
    "delivery.mail-answered": Text(
        en="the mail server answered {answer}", id="server surel menjawab {answer}"
    ),
    "delivery.mail-relay": Text(
        en="the mail server refuses our mail: {answer}; see smtp.username",
        id="server surel menolak surel kita: {answer}; lihat smtp.username",
    ),
    "delivery.mail-sender": Text(
        en="the mail server refuses us: {answer}; see smtp.sender",
        id="server surel menolak kita: {answer}; lihat smtp.sender",
    ),
    "delivery.mail-refuses": Text(
        en="the mail server refuses us: {answer}; see smtp.host and smtp.security",
        id="server surel menolak kita: {answer}; lihat smtp.host dan smtp.security",
    ),
    "delivery.file": Text(en="{path}: {fault}", id="{path}: {fault}"),
    "delivery.file-no-folder": Text(
        en="the folder {folder} does not exist; create it", id="folder {folder} tidak ada; buatlah"
    ),
    "delivery.file-not-folder": Text(en="{folder} is no folder", id="{folder} bukan folder"),
    "delivery.file-is-folder": Text(
        en="it is a folder; name a file in it", id="itu folder; sebutkan berkas di dalamnya"
    ),
    "delivery.file-no-feed": Text(
        en="it is no feed that Pantau wrote, so it is not replaced; name another file",
        id="itu bukan umpan yang ditulis Pantau, jadi tidak diganti; sebutkan berkas lain",
    ),
    "delivery.file-link": Text(
        en="it is a link, which is not followed; name the file that it leads to",
        id="itu tautan, yang tidak diikuti; sebutkan berkas yang dituju",
    ),
    "delivery.file-irregular": Text(
        en="it is no regular file; name another one",
        id="itu bukan berkas biasa; sebutkan yang lain",
    ),
    "delivery.file-mode": Text(
        en="it may not be written to; see its owner and mode, and those of {folder}",
        id="tidak boleh ditulisi; lihat pemilik dan izinnya, juga milik {folder}",
    ),
    "delivery.file-forbidden": Text(en="it may not be written to", id="tidak boleh ditulisi"),
    "delivery.file-read-only": Text(
        en="its disk can only be read", id="disknya hanya dapat dibaca"
    ),
}
