"""Reduce the model of py3langid to the languages of news, for `pantau.enricher.language.langid`.

    python benchmarks/build_langid.py services/pantau/enricher/data/langid.npz

The automaton of py3langid is the one of Aho and Corasick (1975): its state is the longest run of
bytes before a place that begins a run of the model. So the runs alone say the same, in a hundredth
of the room. Needs py3langid.
"""

import argparse
from pathlib import Path
from typing import Any, Final

import numpy as np
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from pantau.enricher.language.langid import LANGUAGES, pack

BYTES: Final = 256


def runs_of(identifier: Any) -> list[bytes]:
    """Return the byte sequence of each state of the automaton."""
    following = np.asarray(identifier.tk_nextmove).reshape(-1, BYTES)
    runs: dict[int, bytes] = {0: b""}
    states = [0]
    for state in states:
        for byte, reached in enumerate(following[identifier.tk_row[state]].tolist()):
            if reached not in runs:  # by the shortest path, which is its sequence
                runs[reached] = runs[state] + bytes((byte,))
                states.append(reached)
    return [runs[state] for state in range(len(identifier.tk_output))]


def main() -> None:
    """Write the model."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("target", type=Path)
    target = parser.parse_args().target
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(LANGUAGES)
    packed = np.array([pack(run) for run in runs_of(identifier)], dtype=np.uint64)
    order = np.argsort(packed)
    np.savez_compressed(
        target,
        languages=np.array(identifier.nb_classes),
        steps=np.diff(packed[order], prepend=np.uint64(0)),
        features=np.asarray(identifier.tk_output, dtype=np.int32)[order],
        weights=np.ascontiguousarray(identifier.nb_ptc.T),
        priors=identifier.nb_pc,
    )
    print(f"{target}: {len(packed):,} runs, {target.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
