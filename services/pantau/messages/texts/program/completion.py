"""Completion in shells: where it was put, and what is left to do."""

from collections.abc import Mapping
from typing import Final

from pantau.messages.text import Text

TEXTS: Final[Mapping[str, Text]] = {
    "completion.installed": Text(
        en="Completion for {shell} is in {file}.", id="Pelengkap untuk {shell} ada di {file}."
    ),
    "completion.new-shell": Text(
        en="It works in shells that you open from now on.",
        id="Pelengkap berlaku pada terminal yang dibuka mulai sekarang.",
    ),
    "completion.zsh": Text(
        en="Put these lines into ~/.zshrc, before any other compinit:\n"
        "  fpath=({folder} $fpath)\n  autoload -Uz compinit && compinit",
        id="Tambahkan baris berikut ke ~/.zshrc, sebelum compinit lainnya:\n"
        "  fpath=({folder} $fpath)\n  autoload -Uz compinit && compinit",
    ),
    "completion.no-shell": Text(
        en="your shell {shell} is none of {shells}; name one: `pantau completion install bash`",
        id="shell Anda {shell} bukan salah satu dari {shells}; sebutkan: "
        "`pantau completion install bash`",
    ),
    "completion.not-written": Text(
        en="{file} cannot be written: {reason}; print the script by `pantau completion show`",
        id="{file} tidak dapat ditulis: {reason}; tampilkan skripnya dengan "
        "`pantau completion show`",
    ),
}
