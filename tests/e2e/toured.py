"""`pantau` as a program that notes the functions that it calls: `toured.py FILE ARGUMENT...`.

FILE gets a line `PATH NAME` for each function of the package that was called, in the order of the
first calls, when the program ends.
"""

import sys
import threading
from pathlib import Path
from types import CodeType, FrameType

import pantau

_PACKAGE = f"{Path(pantau.__file__).parent}/"


def main() -> None:
    called: dict[CodeType, None] = {}

    def note(frame: FrameType, event: str, _: object) -> None:
        if event == "call":
            called.setdefault(frame.f_code)

    file = Path(sys.argv.pop(1))
    threading.setprofile(note)
    sys.setprofile(note)
    try:
        from pantau.cli import main as run  # noqa: PLC0415 (what it imports is noted, too)

        run()
    finally:
        sys.setprofile(None)
        ours = [one for one in called if one.co_filename.startswith(_PACKAGE)]
        lines = (f"{one.co_filename.removeprefix(_PACKAGE)} {one.co_qualname}\n" for one in ours)
        file.write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
