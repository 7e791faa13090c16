"""Run one target under atheris: `python -m fuzz.run TARGET [libFuzzer's options and folders]`."""

import sys

import atheris

PACKAGES = ["pantau", "pantau_schemas", "feedparser"]


def main() -> None:
    """Import the target with its code instrumented, and hand over to libFuzzer. Never returns."""
    name = sys.argv.pop(1)
    with atheris.instrument_imports(include=PACKAGES):
        from fuzz.targets import load  # noqa: PLC0415 - what is imported here is instrumented

        target = load(name)
    atheris.Setup(sys.argv, target.check)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
