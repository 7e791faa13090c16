"""The audit log in words: what was done, and how it was asked for."""

from collections.abc import Mapping
from typing import Final

from pantau.messages.text import Text

TEXTS: Final[Mapping[str, Text]] = {
    "audit.accounts.added": Text(en="account added", id="akun ditambahkan"),
    "audit.accounts.changed": Text(en="account changed", id="akun diubah"),
    "audit.accounts.linked": Text(en="account linked", id="akun ditautkan"),
    "audit.accounts.password-set": Text(en="password replaced", id="kata sandi diganti"),
    "audit.accounts.removed": Text(en="account removed", id="akun dihapus"),
    "audit.accounts.sessions-ended": Text(en="sessions ended", id="sesi diakhiri"),
    "audit.accounts.unlocked": Text(en="account unlocked", id="kunci akun dibuka"),
    "audit.password.changed": Text(en="own password changed", id="kata sandi sendiri diubah"),
    "audit.password.refused": Text(
        en="change of password refused", id="perubahan kata sandi ditolak"
    ),
    "audit.sign-in.accepted": Text(en="signed in", id="masuk"),
    "audit.sign-in.refused": Text(en="sign-in refused", id="masuk ditolak"),
    "audit.tokens.added": Text(en="token added", id="token ditambahkan"),
    "audit.tokens.revoked": Text(en="token revoked", id="token dicabut"),
    "audit.subscriptions.added": Text(en="subscription added", id="langganan ditambahkan"),
    "audit.subscriptions.changed": Text(en="subscription changed", id="langganan diubah"),
    "audit.subscriptions.given": Text(en="subscription handed over", id="langganan diserahkan"),
    "audit.subscriptions.removed": Text(en="subscription removed", id="langganan dihapus"),
    "audit.subscription-state.added": Text(en="state changed", id="keadaan diubah"),
    "audit.subscription-state.changed": Text(en="state changed", id="keadaan diubah"),
    "audit.subscription-state.removed": Text(en="state reset", id="keadaan diatur ulang"),
    "audit.report-schedules.added": Text(en="report scheduled", id="laporan dijadwalkan"),
    "audit.report-schedules.changed": Text(en="report changed", id="laporan diubah"),
    "audit.report-schedules.removed": Text(en="report ended", id="laporan dihentikan"),
    "audit.channel-state.added": Text(en="channel resumed", id="saluran dilanjutkan"),
    "audit.channel-state.changed": Text(en="channel changed", id="saluran diubah"),
    "audit.channel-state.removed": Text(en="channel resumed", id="saluran dilanjutkan"),
    "audit.feeds.added": Text(en="feed added", id="umpan ditambahkan"),
    "audit.feeds.changed": Text(en="feed changed", id="umpan diubah"),
    "audit.feeds.removed": Text(en="feed removed", id="umpan dihapus"),
    "audit.name-lists.added": Text(en="list added", id="daftar ditambahkan"),
    "audit.name-lists.changed": Text(en="list changed", id="daftar diubah"),
    "audit.name-lists.removed": Text(en="list removed", id="daftar dihapus"),
    "audit.dead-letters.added": Text(en="dead letter closed", id="rekaman gagal ditutup"),
    "audit.dead-letters.changed": Text(en="dead letter closed", id="rekaman gagal ditutup"),
    "audit.dead-letters.removed": Text(en="dead letter closed", id="rekaman gagal ditutup"),
    "audit.via-session": Text(en="console", id="konsol"),
    "audit.via-token": Text(en="token", id="token"),
    "audit.via-sign-in": Text(en="sign-in", id="masuk"),
    "audit.via-command-line": Text(en="command line", id="baris perintah"),
}
