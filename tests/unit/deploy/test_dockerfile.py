"""The image is built from existing files, pinned, and runs as an unprivileged user."""

import json
import re
import shlex
import tomllib
from pathlib import Path

import pytest

from pantau.cli import pantau
from pantau.common.python_level import patch_gap
from pantau.observe.asked_host import AskedHost
from pantau.settings import Settings
from tests.unit.deploy.composed import OWN, ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
INSTRUCTIONS = {
    *(
        "FROM",
        "RUN",
        "CMD",
        "LABEL",
        "EXPOSE",
        "ENV",
        "ADD",
        "COPY",
        "ENTRYPOINT",
        "VOLUME",
        "USER",
        "WORKDIR",
    ),
    *("ARG", "STOPSIGNAL", "HEALTHCHECK", "SHELL"),
}


def parsed() -> list[list[tuple[str, str]]]:
    """Read the Dockerfile into its stages: comments away, continued lines joined."""
    text = (ROOT / "deploy/Dockerfile").read_text(encoding="utf-8")
    lines = [
        line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")
    ]
    joined = re.sub(r"\\\n\s*", "", "\n".join(lines))
    stages: list[list[tuple[str, str]]] = []
    for line in joined.splitlines():
        name, _, rest = line.partition(" ")
        assert name in INSTRUCTIONS, line
        assert rest.strip(), line
        if name == "FROM":
            stages.append([])
        stages[-1].append((name, rest.strip()))
    return stages


STAGES = parsed()
BUILD, FINAL = STAGES[0], STAGES[-1]


def given(stage: list[tuple[str, str]], name: str) -> list[str]:
    return [rest for instruction, rest in stage if instruction == name]


def test_both_stages_start_from_one_pinned_python_that_the_project_allows() -> None:
    images = {given(stage, "FROM")[0].split()[0] for stage in STAGES}
    (image,) = images
    found = re.fullmatch(r"python:(\d+)\.(\d+)\.(\d+)-slim", image)
    assert found
    assert patch_gap((int(found[1]), int(found[2]), int(found[3]))) is None
    version = (int(found[1]), int(found[2]))
    assert PROJECT["requires-python"] == ">=3.11"
    assert version >= (3, 11)
    assert f"Programming Language :: Python :: {version[0]}.{version[1]}" in PROJECT["classifiers"]


def test_packages_are_installed_by_hash_and_never_compiled() -> None:
    installs = [run for run in given(BUILD, "RUN") if "pip install" in run]
    first = shlex.split(installs[0])
    assert {"--require-hashes", "--only-binary=:all:"} <= set(first)
    requirements = ROOT / first[first.index("-r") + 1]
    text = requirements.read_text(encoding="utf-8")
    for name in (
        "kafka-python",
        "faust-streaming",
        "elasticsearch",
        "prometheus-client",
        "opentelemetry-sdk",
        "hatchling",
    ):
        assert re.search(rf"^{name}==.* \\\n    --hash=sha256:", text, re.MULTILINE), name
    assert {"--no-deps", "--no-build-isolation"} <= set(shlex.split(installs[1]))


def test_what_is_copied_exists_and_is_not_ignored() -> None:
    ignore = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert "*" in ignore
    kept = {line[1:] for line in ignore if line.startswith("!")}
    copied = [shlex.split(rest)[:-1] for rest in given(BUILD, "COPY")]
    sources = {source for some in copied for source in some}
    assert all((ROOT / source).exists() for source in sources)
    assert sources == kept
    needed = {PROJECT["readme"], *PROJECT["license-files"]}
    assert needed <= sources  # or the package cannot be built


def test_the_last_stage_has_no_build_tools_and_no_root() -> None:
    commands = " ".join(given(FINAL, "RUN"))
    assert not re.search(r"\b(apt-get|apt|pip|gcc|curl|wget)\b", commands)
    assert "pip uninstall --yes hatchling pip" in " ".join(given(BUILD, "RUN"))
    (user,) = given(FINAL, "USER")
    uid, gid = user.split(":")
    assert int(uid) > 1_000
    assert f"--uid {uid} --gid {gid}" in commands
    order = [name for name, _ in FINAL]
    assert order.index("USER") > order.index("RUN")


def test_it_starts_pantau_and_asks_whether_it_is_live() -> None:
    assert given(FINAL, "ENTRYPOINT") == ['["pantau"]']
    (check,) = given(FINAL, "HEALTHCHECK")
    probe = ["python", "-m", "pantau.observe.probe", "/livez", "--end"]
    assert check.endswith(f"CMD {json.dumps(probe)}")
    assert all(one["healthcheck"].get("test") in (["CMD", *probe], None) for one in OWN.values())
    (environment,) = given(FINAL, "ENV")
    values = dict(one.split("=", 1) for one in shlex.split(environment))
    assert (
        values["PANTAU_DATA"] == given(FINAL, "VOLUME")[0] == given(FINAL, "WORKDIR")[0] == "/data"
    )
    (port,) = given(FINAL, "EXPOSE")
    assert values["PANTAU_OBSERVE__PORT"] == port
    # Services over Kafka have their own port, which Prometheus and the probes ask.
    assert {one["environment"]["PANTAU_OBSERVE__PORT"] for one in OWN.values()} == {"9464"}


def test_without_arguments_it_is_the_whole_product(monkeypatch: pytest.MonkeyPatch) -> None:
    """`docker run -v pantau:/data -p 127.0.0.1:8484:8484 pantau`, as the guide has it."""
    (default,) = given(FINAL, "CMD")
    name, *options = json.loads(default)
    command = pantau.get_command(
        pantau.make_context("pantau", ["--help"], resilient_parsing=True), name
    )
    assert command is not None
    assert name == "run"
    command.make_context(name, options).close()
    (environment,) = given(FINAL, "ENV")
    for one in shlex.split(environment):
        variable, _, value = one.partition("=")
        if variable.startswith("PANTAU_"):
            monkeypatch.setenv(variable, value)
    settings = Settings(data=ROOT / "nowhere")
    assert settings.backend == "sqlite"
    assert (settings.observe.host, settings.observe.port) == ("0.0.0.0", 8484)
    assert AskedHost(settings.observe.host).accepts("127.0.0.1:8484")
    guide = (ROOT / "docs/how-to/one-machine.md").read_text(encoding="utf-8")
    head = (ROOT / "deploy/Dockerfile").read_text(encoding="utf-8")
    for text in (guide, head):
        (run,) = re.findall(r"docker run (?:--[\w-]+(?: [\w-]+)? )*-v .*", text)
        assert "-v pantau:/data" in run
        assert "-p 127.0.0.1:8484:8484" in run


@pytest.mark.parametrize("file", ["deploy/Dockerfile", "docker-compose.yml"])
def test_nothing_says_latest(file: str) -> None:
    assert "latest" not in Path(ROOT / file).read_text(encoding="utf-8")
