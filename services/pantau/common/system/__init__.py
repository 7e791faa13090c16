"""Differences between operating systems, behind one interface.

`OURS` is the one of this machine. Nothing else in the program imports fcntl, resource, pwd, termios
or msvcrt, or names a signal or a flag that only some systems have: ruff refuses the imports. The
POSIX branch runs on Linux and macOS; the Windows branch is tested with a stand-in for msvcrt alone.
"""

import sys

from pantau.common.system.interface import Ending, System

if sys.platform == "win32":
    from pantau.common.system.windows import WindowsSystem

    OURS: System = WindowsSystem()
else:
    from pantau.common.system.posix import PosixSystem

    OURS: System = PosixSystem()

__all__ = ["OURS", "Ending", "System"]
