"""Sign-in by a provider of OpenID Connect."""

from collections.abc import Mapping
from typing import Final

from pantau.messages.text import Text

TEXTS: Final[Mapping[str, Text]] = {
    "oidc.button": Text(en="Sign in with {provider}", id="Masuk dengan {provider}"),
    "oidc.or-password": Text(en="Or with a password", id="Atau dengan kata sandi"),
    "oidc.ended": Text(en="You have signed out here.", id="Anda telah keluar dari sini."),
    "oidc.end": Text(en="Sign out of {provider} as well", id="Keluar juga dari {provider}"),
    "oidc.missing": Text(
        en="oidc.issuer is set, and what it needs is not installed: pip install 'pantau[oidc]'",
        id="oidc.issuer diatur, tetapi yang diperlukan belum terpasang: pip install 'pantau[oidc]'",
    ),
    "oidc.needs": Text(
        en="oidc.issuer is set: set {setting} as well",
        id="oidc.issuer diatur: atur {setting} juga",
    ),
    "oidc.not-asked": Text(
        en="This sign-in was not begun in this browser, was used before, or took longer than ten "
        "minutes. Begin again.",
        id="Proses masuk ini tidak dimulai di peramban ini, sudah pernah dipakai, atau lebih dari "
        "sepuluh menit. Mulailah lagi.",
    ),
    "oidc.no-json": Text(
        en="The sign-in provider did not answer as OpenID Connect demands: {what} is no object of "
        "JSON; check oidc.issuer.",
        id="Penyedia masuk tidak menjawab sesuai OpenID Connect: {what} bukan objek JSON; periksa "
        "oidc.issuer.",
    ),
    "oidc.other-issuer": Text(
        en="The sign-in provider names itself otherwise than {setting}; set it to exactly the "
        "issuer of its discovery document.",
        id="Penyedia masuk menyebut dirinya lain dari {setting}; atur persis seperti issuer dalam "
        "dokumen discovery-nya.",
    ),
    "oidc.no-address": Text(
        en="The sign-in provider names no usable {name}: expected an https address in its "
        "discovery document; check oidc.issuer.",
        id="Penyedia masuk tidak menyebut {name} yang dapat dipakai: seharusnya alamat https dalam "
        "dokumen discovery-nya; periksa oidc.issuer.",
    ),
    "oidc.status": Text(
        en="The sign-in provider answered with the status {status}; check {setting}.",
        id="Penyedia masuk menjawab dengan status {status}; periksa {setting}.",
    ),
    "oidc.unreachable": Text(
        en="The sign-in provider {host} does not answer: {reason}. Try again, or use a password.",
        id="Penyedia masuk {host} tidak menjawab: {reason}. Coba lagi, atau pakai kata sandi.",
    ),
    "oidc.redirects": Text(
        en="The sign-in provider {host} cannot be asked: {reason}; check oidc.issuer.",
        id="Penyedia masuk {host} tidak dapat dihubungi: {reason}; periksa oidc.issuer.",
    ),
    "oidc.refused": Text(
        en="The sign-in provider {host} may not be asked: {reason}. If it is in your own network, "
        "set oidc.allow_private to true.",
        id="Penyedia masuk {host} tidak boleh dihubungi: {reason}. Jika berada di jaringan Anda "
        "sendiri, atur oidc.allow_private menjadi true.",
    ),
    "oidc.client-refused": Text(
        en="The sign-in provider does not accept this Pantau; check oidc.client_id and "
        "oidc.client_secret.",
        id="Penyedia masuk tidak menerima Pantau ini; periksa oidc.client_id dan "
        "oidc.client_secret.",
    ),
    "oidc.no-token": Text(
        en="The sign-in provider gave no ID token (status {status}). Begin again; if it stays so, "
        "check that {setting} is registered there.",
        id="Penyedia masuk tidak memberi token ID (status {status}). Mulailah lagi; jika tetap "
        "begitu, periksa apakah {setting} terdaftar di sana.",
    ),
    "oidc.no-code": Text(
        en="The sign-in provider sent no code. Begin again.",
        id="Penyedia masuk tidak mengirim kode. Mulailah lagi.",
    ),
    "oidc.provider-refused": Text(
        en="The sign-in provider refused the sign-in ({code}).",
        id="Penyedia masuk menolak ({code}).",
    ),
    "oidc.bad-token": Text(
        en="What the sign-in provider sent proves nothing: {reason}. Begin again; if it stays so, "
        "check oidc.issuer and oidc.client_id, and the clock of this machine.",
        id="Yang dikirim penyedia masuk tidak membuktikan apa-apa: {reason}. Mulailah lagi; jika "
        "tetap begitu, periksa oidc.issuer, oidc.client_id, dan jam mesin ini.",
    ),
    "oidc.no-role": Text(
        en="You may not sign in here: the provider names no role for you. Ask an administrator "
        "({setting}).",
        id="Anda tidak boleh masuk di sini: penyedia tidak menyebut peran untuk Anda. Tanyakan "
        "pada admin ({setting}).",
    ),
    "oidc.disabled": Text(
        en="Your account is disabled; ask an administrator.",
        id="Akun Anda dinonaktifkan; tanyakan pada admin.",
    ),
    "oidc.linked": Text(
        en="The account {name} belongs to another person of the sign-in provider; ask an "
        "administrator.",
        id="Akun {name} milik orang lain pada penyedia masuk; tanyakan pada admin.",
    ),
    "oidc.no-account": Text(
        en="There is no account for {name}; ask an administrator (oidc.create_accounts, "
        "oidc.match_accounts).",
        id="Belum ada akun untuk {name}; tanyakan pada admin (oidc.create_accounts, "
        "oidc.match_accounts).",
    ),
}
