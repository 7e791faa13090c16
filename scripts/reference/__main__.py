"""Write all generated pages."""

import sys

from scripts.reference import pages


def main() -> int:
    """Write the pages and print their names."""
    for path, text in pages():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        sys.stdout.write(f"{path.name}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
