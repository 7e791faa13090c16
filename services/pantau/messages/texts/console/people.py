"""Administration of people: added, changed, locked and unlocked, signed out."""

from collections.abc import Mapping
from typing import Final

from pantau.messages.text import Text

TEXTS: Final[Mapping[str, Text]] = {
    "people.last-sign-in": Text(
        en="Last sign-in",
        id="Terakhir masuk",
    ),
    "people.never-signed-in": Text(
        en="never signed in",
        id="belum pernah masuk",
    ),
    "people.signed-in-at": Text(
        en="signed in {time}",
        id="masuk {time}",
    ),
    "people.locked-until": Text(
        en="locked until {time}",
        id="terkunci sampai {time}",
    ),
    "people.locked": Text(
        en="Locked until",
        id="Terkunci sampai",
    ),
    "people.open-sessions": Text(
        en="Open sessions",
        id="Sesi terbuka",
    ),
    "people.has-first-password": Text(
        en="has not chosen their own password yet",
        id="belum memilih kata sandi sendiri",
    ),
    "people.first-password-kept": Text(
        en="first password",
        id="kata sandi pertama",
    ),
    "people.add": Text(
        en="Add a person",
        id="Tambah pengguna",
    ),
    "people.name-help": Text(
        en="Small letters, digits, dots, underscores and hyphens; the person signs in by it.",
        id="Huruf kecil, angka, titik, garis bawah dan tanda hubung; dipakai untuk masuk.",
    ),
    "people.teams-help": Text(
        en="Separated by commas. Members of a team see what the team owns.",
        id="Dipisahkan koma. Anggota tim melihat milik timnya.",
    ),
    "people.first-password": Text(
        en="The first password of {name}, shown this once:",
        id="Kata sandi pertama {name}, ditampilkan sekali ini:",
    ),
    "people.hand-over": Text(
        en="Copy it now and pass it on in private. {name} is asked to choose another one at "
        "the first sign-in.",
        id="Salin sekarang dan sampaikan secara pribadi. {name} diminta memilih yang lain saat "
        "pertama kali masuk.",
    ),
    "people.choose-own": Text(
        en="Your password was made for you, and somebody else has seen it. Choose your own below.",
        id="Kata sandi Anda dibuatkan, dan orang lain pernah melihatnya. Pilih kata sandi Anda "
        "sendiri di bawah.",
    ),
    "people.save": Text(
        en="Save role and teams",
        id="Simpan peran dan tim",
    ),
    "people.access": Text(
        en="Access",
        id="Akses",
    ),
    "people.access-help": Text(
        en="A disabled person and their tokens are kept out at once. A new password ends all "
        "sessions.",
        id="Pengguna yang dinonaktifkan dan tokennya langsung ditolak. Kata sandi baru "
        "mengakhiri semua sesi.",
    ),
    "people.disable": Text(
        en="Disable",
        id="Nonaktifkan",
    ),
    "people.enable": Text(
        en="Enable",
        id="Aktifkan",
    ),
    "people.end-sessions": Text(
        en="Sign out everywhere",
        id="Keluarkan dari semua sesi",
    ),
    "people.unlock": Text(
        en="Unlock",
        id="Buka kunci",
    ),
    "people.reset-password": Text(
        en="Make a new password",
        id="Buat kata sandi baru",
    ),
    "people.changed": Text(
        en="The account is changed.",
        id="Akun telah diubah.",
    ),
    "people.now-disabled": Text(
        en="The account is disabled: the person and their tokens are kept out.",
        id="Akun dinonaktifkan: orang itu dan tokennya ditolak.",
    ),
    "people.now-enabled": Text(
        en="The account is enabled again.",
        id="Akun diaktifkan lagi.",
    ),
    "people.signed-out": Text(
        en="All sessions of the account have ended.",
        id="Semua sesi akun itu telah berakhir.",
    ),
    "people.now-unlocked": Text(
        en="The account may sign in at once.",
        id="Akun itu dapat langsung masuk.",
    ),
    "people.unlocked": Text(
        en="{name} may sign in at once.",
        id="{name} dapat langsung masuk.",
    ),
    "people.sessions-ended": Text(
        en="Ended {count:n session|sessions} of {name}.",
        id="{count:n sesi} milik {name} diakhiri.",
    ),
    "people.two-passwords": Text(
        en="{--generate} makes a password, and {--password-file} reads one; choose one of the two",
        id="{--generate} membuat kata sandi, dan {--password-file} membacanya; pilih salah satu",
    ),
    "people.by-token": Text(
        en="a program may not make, change or let in an administrator: its token could outlast "
        "its own end, and a language model could be talked into it; sign in to the console, or "
        "use pantau accounts on the server",
        id="program tidak boleh membuat, mengubah, atau membuka jalan bagi admin: tokennya bisa "
        "bertahan melampaui masa berlakunya, dan model bahasa bisa terbujuk; masuklah ke konsol, "
        "atau pakai pantau accounts di server",
    ),
    "people.no-role": Text(
        en="{role}: expected the role admin, editor or reader",
        id="{role}: seharusnya peran admin, editor atau reader",
    ),
    "people.off": Text(
        en="accounts are off: set console.accounts to true, so that people sign in",
        id="akun tidak aktif: atur console.accounts menjadi true, agar orang harus masuk",
    ),
}
