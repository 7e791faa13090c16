"""The compose file is valid, and matches the code."""

import json
import re
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import pytest
from jsonschema.validators import validator_for

from pantau import __version__
from pantau.adapters.elasticsearch.kibana import _address
from pantau.bootstrap.distributed import CONSOLE
from pantau.cli import pantau
from pantau.commands.programs.service import NAMES
from pantau.console.access import refused_address
from pantau.observe.asked_host import AskedHost
from pantau.settings import Settings, SmtpSettings, require_servers
from pantau.topology import EXTRACTOR, STAGES
from tests.unit.deploy.composed import COMPOSE, OWN, ROOT, RUNNING, SERVICES, read

PINNED = re.compile(r"^([a-z0-9-]+/)?[a-z0-9-]+:v?\d+\.\d+\.\d+(-[a-z0-9]+)?$")
"""A short name of Docker Hub and a whole version."""


def variables(service: dict[str, Any]) -> dict[str, str]:
    return {
        name: value
        for name, value in service["environment"].items()
        if name.startswith("PANTAU_") and value is not None  # passed on if it is set outside
    }


def settings_of(service: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> Settings:
    for name, value in variables(service).items():
        monkeypatch.setenv(name, "/dev/null" if name.endswith("_FILE") else value)
    monkeypatch.setenv("PANTAU_CONFIG", str(ROOT / "deploy/config/pantau.toml"))
    return Settings(data=ROOT / "nowhere")


def test_it_is_a_compose_file() -> None:
    """By the schema of the compose specification, as check-jsonschema carries it.

    Nothing is fetched.
    """
    path = distribution("check-jsonschema").locate_file(
        "check_jsonschema/builtin_schemas/vendor/compose-spec.json"
    )
    schema = json.loads(Path(str(path)).read_text(encoding="utf-8"))
    validator = validator_for(schema)(schema)
    raw = read("docker-compose.yml")
    assert [error.message for error in validator.iter_errors(raw)] == []
    assert not validator.is_valid({**raw, "services": {"x": {"imag": "y"}}})


def test_there_is_a_service_for_each_that_the_code_knows() -> None:
    known = {"poller", EXTRACTOR.name, *(stage.name for stage in STAGES), CONSOLE}
    assert RUNNING.keys() == known == set(NAMES)
    for name, service in RUNNING.items():
        assert service["command"] == ["service", name]


def test_every_command_is_one_of_pantau() -> None:
    for service in OWN.values():
        context = pantau.make_context("pantau", list(service["command"]), resilient_parsing=True)
        with context:
            name, command, rest = pantau.resolve_command(
                context, [*context._protected_args, *context.args]
            )
            assert name is not None
            assert command is not None
            command.make_context(name, rest, parent=context).close()


def test_setup_comes_first_and_kibana_gets_its_objects() -> None:
    for service in RUNNING.values():
        assert service["depends_on"] == {"setup": {"condition": "service_completed_successfully"}}
    assert SERVICES["setup"]["depends_on"].keys() == {"kafka", "elasticsearch"}
    *_, option, url = SERVICES["setup-kibana"]["command"]
    assert option == "--kibana"
    assert _address(url)[1:3] == ("kibana", 5601)


@pytest.mark.parametrize("name", OWN)
def test_every_variable_is_a_setting(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = settings_of(OWN[name], monkeypatch)
    require_servers(settings)
    for variable in OWN[name]["environment"]:
        if variable == "PANTAU_CONFIG":
            continue
        *sections, last = variable.removesuffix("_FILE").removeprefix("PANTAU_").lower().split("__")
        here: Any = settings
        for section in sections:
            here = getattr(here, section)
        assert last in type(here).model_fields, variable
    assert settings.backend == "kafka"


def test_brokers_and_index_are_where_the_settings_look(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = settings_of(SERVICES["poller"], monkeypatch)
    kafka = SERVICES["kafka"]["environment"]
    (server,) = settings.kafka.servers
    advertised = dict(one.split("://") for one in kafka["KAFKA_ADVERTISED_LISTENERS"].split(","))
    listening = dict(one.split("://") for one in kafka["KAFKA_LISTENERS"].split(","))
    protocols = dict(
        one.split(":") for one in kafka["KAFKA_LISTENER_SECURITY_PROTOCOL_MAP"].split(",")
    )
    assert advertised["INSIDE"] == server
    assert server.partition(":")[0] in SERVICES
    assert (
        listening.keys()
        == protocols.keys()
        == advertised.keys() | {kafka["KAFKA_CONTROLLER_LISTENER_NAMES"]}
    )
    assert kafka["KAFKA_INTER_BROKER_LISTENER_NAME"] in advertised
    for name, address in advertised.items():
        assert listening[name].endswith(address[address.index(":") :])
    assert SERVICES["kafka"]["ports"] == [
        f"127.0.0.1:{listening['HOST'][1:]}:{listening['HOST'][1:]}"
    ]
    assert advertised["HOST"] == f"127.0.0.1{listening['HOST']}"
    assert settings.elasticsearch.url == "http://elasticsearch:9200"
    assert SERVICES["kibana"]["environment"]["ELASTICSEARCH_HOSTS"] == settings.elasticsearch.url


@pytest.mark.parametrize("name", RUNNING)
def test_prometheus_and_probes_are_answered(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """By Prometheus' address, by the name of the service, and from within the container."""
    settings = settings_of(RUNNING[name], monkeypatch).observe
    (scraped,) = read("deploy/prometheus/prometheus.yml")["scrape_configs"]
    (looked_up,) = scraped["dns_sd_configs"]
    assert (looked_up["type"], looked_up["port"]) == ("A", settings.port)
    assert set(looked_up["names"]) == RUNNING.keys()
    asked = AskedHost(settings.host, ("f00dcafe1234",), settings.allow_hosts)
    for host in (
        f"172.18.0.5:{settings.port}",
        f"{name}:{settings.port}",
        "127.0.0.1",
        "f00dcafe1234",
    ):
        assert asked.accepts(host)
    assert not asked.accepts("evil.example")


def test_the_search_server_is_of_the_clients_major_version_and_kibana_the_same() -> None:
    version = SERVICES["elasticsearch"]["image"].partition(":")[2]
    assert SERVICES["kibana"]["image"].partition(":")[2] == version
    assert version.partition(".")[0] == distribution("elasticsearch").version.partition(".")[0]


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_is_pinned_bounded_restarted_and_cannot_gain_rights(name: str) -> None:
    service = SERVICES[name]
    assert PINNED.match(service["image"])
    assert service["mem_limit"]
    assert service["cpus"]
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert not {"privileged", "cap_add", "network_mode", "pid", "user"} & service.keys()
    once = service.get("command", [""])[0] == "setup"
    assert service["restart"] == ("on-failure" if once else "unless-stopped")
    assert service["healthcheck"] == {"disable": True} if once else service["healthcheck"]["test"]


@pytest.mark.parametrize("name", OWN)
def test_our_services_write_nowhere_but_to_their_data_and_tmp(name: str) -> None:
    service = OWN[name]
    assert service["image"] == f"pantau:{__version__}"
    assert service["read_only"] is True
    assert [one.partition(":")[0] for one in service["tmpfs"]] == ["/tmp"]  # noqa: S108 (a path in the container)
    data, config, *more = service["volumes"]
    assert data == ("setup:/data" if name.startswith("setup") else f"{name}:/data")
    assert config == "./deploy/config:/config:ro"
    assert more == (["alerts:/alerts"] if name in {"poller", "notifier", CONSOLE} else [])
    assert "ports" not in service or name == CONSOLE


def test_whoever_subscribes_and_whoever_sends_have_the_same_settings_of_mail() -> None:
    """Subscribing to e-mail is refused where no mail server is set."""
    poller, notifier = OWN["poller"]["environment"], OWN["notifier"]["environment"]
    assert poller == notifier
    assert poller.items() <= OWN[CONSOLE]["environment"].items()
    assert {f"PANTAU_SMTP__{name.upper()}" for name in SmtpSettings.model_fields} <= {
        name.removesuffix("_FILE") for name in poller
    }


def test_the_console_is_reached_from_this_machine_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    console = settings_of(OWN[CONSOLE], monkeypatch).console
    assert refused_address(console) is None
    assert OWN[CONSOLE]["ports"] == [f"127.0.0.1:{console.port}:{console.port}"]
    asked = AskedHost(console.host, ("f00dcafe1234",), console.allow_hosts)
    for host in (f"127.0.0.1:{console.port}", f"localhost:{console.port}"):
        assert asked.accepts(host)
    assert not asked.accepts("evil.example")


def test_every_secret_is_a_file_that_may_be_none() -> None:
    for service in OWN.values():
        named = {
            value.removeprefix("/run/secrets/")
            for name, value in service["environment"].items()
            if name.endswith("_FILE")
        }
        assert named == set(service["secrets"]) == COMPOSE["secrets"].keys()
    assert {one["file"] for one in COMPOSE["secrets"].values()} == {"/dev/null"}


def test_a_program_that_hangs_is_ended_and_one_that_waits_is_not() -> None:
    for service in RUNNING.values():
        assert service["healthcheck"]["test"][-2:] == ["/livez", "--end"]
        assert service["init"] is True  # or the container would not end with the program


def test_what_is_published_is_published_to_this_machine_alone() -> None:
    ports = [port for service in SERVICES.values() for port in service.get("ports", ())]
    assert ports
    assert all(re.fullmatch(r"127\.0\.0\.1:\d+:\d+", port) for port in ports)
    assert len(set(ports)) == len(ports)


def test_volumes_and_files_that_are_named_exist() -> None:
    named = set()
    for service in SERVICES.values():
        for volume in service.get("volumes", ()):
            source, _, target = volume.partition(":")
            if source.startswith("./"):
                assert (ROOT / source).is_dir()
                assert any((ROOT / source).iterdir())
                assert target.endswith(":ro")
            elif target:
                named.add(source)
    assert named == COMPOSE["volumes"].keys()
    assert (ROOT / OWN["poller"]["build"]["dockerfile"]).is_file()


def test_prometheus_and_grafana_come_with_their_profile_alone() -> None:
    profiles = {name: service.get("profiles") for name, service in SERVICES.items()}
    assert {name for name, given in profiles.items() if given} == {"prometheus", "grafana"}
    assert profiles["prometheus"] == profiles["grafana"] == ["metrics"]


def test_no_secret_is_written_down() -> None:
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    for line in text.splitlines():
        name, _, value = line.strip().lstrip("# ").partition(": ")
        if re.search(r"PASSWORD|SECRET|TOKEN|API_KEY", name) and "=" not in name and value:
            assert value.startswith(("${", "see", "/run/secrets/", '{file: "${')), line
