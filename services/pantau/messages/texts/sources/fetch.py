"""Fetching: why an address gave no document."""

from collections.abc import Mapping
from typing import Final

from pantau.messages.text import Text

TEXTS: Final[Mapping[str, Text]] = {
    "fetch.is-inside": Text(en="{host} is {kind}", id="{host} adalah {kind}"),
    "fetch.resolves-inside": Text(
        en="{host} resolves to {address}, {kind}", id="{host} mengarah ke {address}, {kind}"
    ),
    "fetch.not-allowed": Text(
        en="{what}; if it is meant to be reached, allow its network with fetch.allow_networks",
        id="{what}; jika memang hendak diakses, izinkan jaringannya dengan fetch.allow_networks",
    ),
    "fetch.not-allowed-here": Text(
        en="{what}; if it is meant to be reached, allow its network by --allow-network, "
        "or for good by fetch.allow_networks in pantau.toml",
        id="{what}; jika memang hendak diakses, izinkan jaringannya dengan --allow-network, "
        "atau untuk seterusnya dengan fetch.allow_networks di pantau.toml",
    ),
    "fetch.not-allowed-at-pages": Text(
        en="{what}; Pantau does not go there unless whoever runs it allows this network",
        id="{what}; Pantau tidak ke sana kecuali pengelolanya mengizinkan jaringan ini",
    ),
    "fetch.not-allowed-here-at-pages": Text(
        en="{what}; Pantau does not go there unless whoever runs it allows this network",
        id="{what}; Pantau tidak ke sana kecuali pengelolanya mengizinkan jaringan ini",
    ),
    "fetch.no-redirect": Text(
        en="it redirects to {host}, and redirects are not followed here",
        id="dialihkan ke {host}, padahal pengalihan tidak diikuti di sini",
    ),
    "fetch.no-name-server": Text(
        en="{host}: the name servers did not answer", id="{host}: server nama tidak menjawab"
    ),
    "fetch.no-such-host": Text(
        en="{host}: there is no such host; check the spelling",
        id="{host}: tidak ada host itu; periksa ejaannya",
    ),
    "fetch.no-address": Text(en="{host}: it has no address", id="{host}: tidak memiliki alamat"),
    "fetch.unchanged": Text(en="304 Not Modified", id="304 Not Modified"),
    "fetch.status": Text(en="{status} {phrase}: {advice}", id="{status} {phrase}: {advice}"),
    "fetch.advice-401": Text(
        en="the feed wants a login; add it as https://user:password@host/...",
        id="umpan ini meminta masuk; tambahkan sebagai https://pengguna:sandi@host/...",
    ),
    "fetch.advice-402": Text(
        en="the publisher wants to be paid for it", id="penerbitnya meminta bayaran"
    ),
    "fetch.advice-403": Text(
        en="the publisher refuses us; ask them, or say who you are in fetch.user_agent",
        id="penerbitnya menolak kita; hubungi mereka, atau perkenalkan diri di fetch.user_agent",
    ),
    "fetch.advice-404": Text(
        en="there is no feed at this address; look for its new one on the site and add that",
        id="tidak ada umpan di alamat ini; cari yang baru di situsnya dan tambahkan",
    ),
    "fetch.advice-406": Text(
        en="the server has no feed in a format that we read",
        id="server tidak memiliki umpan dalam format yang kita baca",
    ),
    "fetch.advice-410": Text(
        en="the publisher has ended this feed; remove it, or add the one that replaces it",
        id="penerbit telah mengakhiri umpan ini; hapus, atau tambahkan penggantinya",
    ),
    "fetch.advice-429": Text(
        en="the publisher asks us to come less often; we wait",
        id="penerbit meminta kita lebih jarang datang; kita menunggu",
    ),
    "fetch.advice-451": Text(en="withheld for legal reasons", id="ditahan karena alasan hukum"),
    "fetch.advice-503": Text(
        en="the server is overloaded or under maintenance; we wait",
        id="server terlalu sibuk atau sedang dirawat; kita menunggu",
    ),
    "fetch.advice-5xx": Text(
        en="the publisher's server failed; we try again",
        id="server penerbit gagal; kita coba lagi",
    ),
    "fetch.advice-other": Text(en="no feed came with it", id="tidak ada umpan yang menyertainya"),
}
