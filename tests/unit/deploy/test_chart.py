"""The Helm chart gives valid objects that agree with the code, for each case of its values."""

import re
import tomllib
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest

from pantau import __version__
from pantau.commands.programs.service import NAMES
from pantau.observe.asked_host import AskedHost
from pantau.settings import Settings, require_servers
from pantau.topology import EXTRACTOR, STAGES
from scripts.manifests import ALERTS, CHART, MANIFESTS, NAMESPACE, digest, head
from tests.unit.deploy.charts import (
    CASES,
    Manifest,
    container,
    of_kind,
    pods,
    refusals,
    rendered,
    values,
)
from tests.unit.deploy.composed import read

OF_OPERATORS = {"ScaledObject", "ServiceMonitor", "PrometheusRule"}
"""Kinds that Kubernetes itself does not have: those of KEDA and of the Prometheus operator."""
VERSIONS = ("1.27", kubernetes_validate.latest_version().removesuffix(".0"))
"""The oldest version that the chart permits, and the newest."""
READS = {EXTRACTOR.name: EXTRACTOR.reads.name} | {one.name: one.reads.name for one in STAGES}
SERVICE_PODS = [pytest.param(case, name, id=f"{case}-{name}") for case in CASES for name in NAMES]


def settings_of(case: str, pod: Manifest, monkeypatch: pytest.MonkeyPatch, at: Path) -> Settings:
    """Read the settings as the container does: its variables, and the file of its ConfigMap."""
    volumes = {one["name"]: one for one in pod["spec"]["volumes"]}
    maps = of_kind(case, "ConfigMap")
    text = maps[volumes["config"]["configMap"]["name"]]["data"]["pantau.toml"]
    (at / "pantau.toml").write_text(text, encoding="utf-8")
    for one in container(pod)["env"]:
        path = one["value"]
        if one["name"].endswith(("PASSWORD_FILE", "API_KEY_FILE")):
            path = str(at / "secret")
        monkeypatch.setenv(one["name"], path)
    (at / "secret").write_text("rahasia\n", encoding="utf-8")
    monkeypatch.setenv("PANTAU_CONFIG", str(at / "pantau.toml"))
    return Settings(data=at)


def peers_of(policy: Manifest, direction: str) -> list[Manifest]:
    found: list[Manifest] = policy["spec"].get(direction, [])
    return found


class TestRendering:
    @pytest.mark.parametrize("case", CASES)
    def test_the_manifests_are_those_of_the_chart(self, case: str) -> None:
        text = (MANIFESTS / f"{case}.yaml").read_text(encoding="utf-8")
        assert text.startswith(head(case)), "run `make manifests`"

    def test_there_is_a_file_for_each_case_and_no_other(self) -> None:
        assert {path.stem for path in MANIFESTS.glob("*.yaml")} == set(CASES)
        assert len({digest(case) for case in CASES}) == len(CASES)

    def test_the_chart_carries_the_alert_rules(self) -> None:
        assert (CHART / "files" / "alerts.yml").read_bytes() == ALERTS.read_bytes()

    def test_the_chart_is_of_the_version_of_the_program(self) -> None:
        chart = read("deploy/helm/pantau/Chart.yaml")
        assert chart["appVersion"] == __version__
        assert chart["kubeVersion"] == f">={VERSIONS[0]}.0-0"

    @pytest.mark.parametrize("version", VERSIONS)
    @pytest.mark.parametrize("case", CASES)
    def test_kubernetes_takes_every_object(self, case: str, version: str) -> None:
        checked = 0
        for one in rendered(case):
            if one["kind"] not in OF_OPERATORS:
                assert refusals(one, version) == [], one["metadata"]["name"]
                checked += 1
        assert checked > 20

    def test_a_field_that_kubernetes_does_not_know_is_found(self) -> None:
        (one, *_) = of_kind("default", "StatefulSet").values()
        wrong = {**one, "spec": {**one["spec"], "replica": 2}}
        assert ["replica" in one for one in refusals(wrong, VERSIONS[-1])] == [True]

    @pytest.mark.parametrize("case", CASES)
    def test_no_object_is_there_twice_and_names_are_within_limits(self, case: str) -> None:
        named = [(one["kind"], one["metadata"]["name"]) for one in rendered(case)]
        assert len(set(named)) == len(named)
        # A pod of a StatefulSet adds its number, and its label the digest of its revision.
        assert all(len(name) <= 52 for _, name in named)


class TestServices:
    @pytest.mark.parametrize("case", CASES)
    def test_there_is_one_for_each_that_the_code_knows(self, case: str) -> None:
        found = pods(case)
        setup = values(case).get("setup", {}).get("enabled", True)
        assert found.keys() == set(NAMES) | ({"setup"} if setup else set())
        for name in NAMES:
            assert container(found[name])["args"] == ["service", name]
        assert values()["services"].keys() == set(NAMES)

    @pytest.mark.parametrize(("case", "name"), SERVICE_PODS)
    def test_its_service_and_selectors_find_its_pods_alone(self, case: str, name: str) -> None:
        (stateful,) = [
            one
            for one in of_kind(case, "StatefulSet").values()
            if one["metadata"]["labels"]["app.kubernetes.io/component"] == name
        ]
        service = of_kind(case, "Service")[stateful["spec"]["serviceName"]]
        budget = of_kind(case, "PodDisruptionBudget")[stateful["metadata"]["name"]]
        selectors = (
            stateful["spec"]["selector"]["matchLabels"],
            service["spec"]["selector"],
            budget["spec"]["selector"]["matchLabels"],
        )
        assert selectors[0] == selectors[1] == selectors[2]
        for other, pod in pods(case).items():
            found = selectors[0].items() <= pod["metadata"]["labels"].items()
            assert found == (other == name)
        assert budget["spec"]["maxUnavailable"] == 1
        assert service["spec"]["clusterIP"] == "None"

    @pytest.mark.parametrize(("case", "name"), SERVICE_PODS)
    def test_probes_ask_what_the_program_answers(
        self, case: str, name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        pod = pods(case)[name]
        one = container(pod)
        settings = settings_of(case, pod, monkeypatch, tmp_path).observe
        (port,) = one["ports"]
        assert settings.port == port["containerPort"]
        probes = {kind: one[kind]["httpGet"] for kind in one if kind.endswith("Probe")}
        assert {kind: probe["path"] for kind, probe in probes.items()} == {
            "startupProbe": "/livez",
            "livenessProbe": "/livez",
            "readinessProbe": "/readyz",
        }
        assert {probe["port"] for probe in probes.values()} == {port["name"]}
        asked = AskedHost(settings.host, (), settings.allow_hosts)
        full = of_kind(case, "Service")
        assert all(asked.accepts(f"{service}:9464") for service in full)
        assert asked.accepts(f"x.{NAMESPACE}.svc")
        assert asked.accepts("10.1.2.3:9464")
        assert not asked.accepts("evil.example")

    @pytest.mark.parametrize("case", CASES)
    def test_every_container_is_hardened_and_bounded(self, case: str) -> None:
        alone = [one["spec"] for one in of_kind(case, "Pod").values()]
        for pod in [*(one["spec"] for one in pods(case).values()), *alone]:
            (one,) = pod["containers"]
            assert pod["securityContext"]["runAsNonRoot"] is True
            assert pod["securityContext"]["runAsUser"] == pod["securityContext"]["fsGroup"] == 10001
            assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
            assert pod["automountServiceAccountToken"] is False
            assert one["securityContext"] == {
                "allowPrivilegeEscalation": False,
                "readOnlyRootFilesystem": True,
                "capabilities": {"drop": ["ALL"]},
            }
            assert one["resources"]["limits"]["memory"]
            assert one["resources"]["requests"].keys() == {"cpu", "memory"}
            assert not {"hostNetwork", "hostPID", "hostIPC"} & pod.keys()
            assert one["image"] == f"pantau:{__version__}"

    @pytest.mark.parametrize(("case", "name"), SERVICE_PODS)
    def test_it_writes_to_its_data_and_tmp_alone(self, case: str, name: str) -> None:
        pod = pods(case)[name]["spec"]
        one = container(pods(case)[name])
        mounts = {mount["name"]: mount for mount in one["volumeMounts"]}
        stateful = next(
            one
            for one in of_kind(case, "StatefulSet").values()
            if one["spec"]["template"]["spec"] == pod
        )
        claims = stateful["spec"].get("volumeClaimTemplates", [])
        volumes = {volume["name"] for volume in pod["volumes"]}
        assert mounts.keys() == volumes | {claim["metadata"]["name"] for claim in claims}
        writable = {name for name, mount in mounts.items() if not mount.get("readOnly")}
        assert writable == {"data", "tmp"}
        assert mounts["data"]["mountPath"] == "/data"
        assert pod["terminationGracePeriodSeconds"] > 15  # what the program may take


class TestSettings:
    @pytest.mark.parametrize("case", CASES)
    @pytest.mark.parametrize("name", [*sorted(NAMES), "setup"])
    def test_every_setting_and_variable_exists(
        self, case: str, name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        if name not in pods(case):
            assert name == "setup"
            assert case == "scram"
            return
        settings = settings_of(case, pods(case)[name], monkeypatch, tmp_path)
        require_servers(settings)
        assert settings.smtp_fault is None
        given = values(case)
        assert list(settings.kafka.servers) == given["kafka"]["servers"]
        assert settings.kafka.security == given["kafka"].get("security", "plaintext")
        urls = [settings.elasticsearch.url, *settings.elasticsearch.more_urls]
        assert urls == given["elasticsearch"]["urls"]

    def test_numbers_arrive_as_they_were_written(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        case = "strimzi-eck"
        settings = settings_of(case, pods(case)["poller"], monkeypatch, tmp_path)
        assert settings.fetch.max_bytes == 20_000_000
        assert settings.fetch.timeout_seconds == 12.5
        assert settings.kafka.partitions == 24
        assert settings.elasticsearch.shards == 2
        assert settings.keep.raw_articles_days == 14
        assert settings.time_zone == "Asia/Jakarta"
        assert [str(path) for path in settings.enrich.dictionaries] == ["/dictionaries/names.yaml"]

    def test_every_secret_comes_from_a_file_of_an_existing_secret(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        case = "strimzi-eck"
        settings = settings_of(case, pods(case)["notifier"], monkeypatch, tmp_path)
        assert settings.smtp.password
        assert settings.elasticsearch.password
        assert settings.elasticsearch.password.get_secret_value() == "rahasia"
        paths = (settings.kafka.ca_file, settings.kafka.cert_file, settings.kafka.key_file)
        assert [str(path) for path in paths] == [
            "/secrets/kafka-ca/ca.crt",
            "/secrets/kafka-cert/user.crt",
            "/secrets/kafka-cert/user.key",
        ]

    @pytest.mark.parametrize("case", CASES)
    def test_each_file_that_a_variable_names_is_mounted(self, case: str) -> None:
        for pod in pods(case).values():
            one = container(pod)
            volumes = {volume["name"]: volume for volume in pod["spec"]["volumes"]}
            files = set()
            for mount in one["volumeMounts"]:
                volume = volumes.get(mount["name"], {})
                items = volume.get("secret", {}).get("items", [])
                files |= {f"{mount['mountPath']}/{item['path']}" for item in items}
                for source in volume.get("projected", {}).get("sources", []):
                    token = source["serviceAccountToken"]
                    files.add(f"{mount['mountPath']}/{token['path']}")
            named = {
                variable["value"] for variable in one["env"] if variable["name"].endswith("_FILE")
            }
            assert named == files

    def test_tokens_of_the_service_account_are_for_kafka_alone(self) -> None:
        pod = pods("oauth")["alerter"]
        (volume,) = [one for one in pod["spec"]["volumes"] if one["name"] == "kafka-token"]
        (source,) = volume["projected"]["sources"]
        assert source["serviceAccountToken"]["audience"] == "kafka"
        assert pod["spec"]["serviceAccountName"] == "pantau"
        assert of_kind("oauth", "ServiceAccount") == {}

    @pytest.mark.parametrize("case", CASES)
    def test_no_secret_is_in_a_manifest(self, case: str) -> None:
        assert "Secret" not in {one["kind"] for one in rendered(case)}
        for one in of_kind(case, "ConfigMap").values():
            settings = tomllib.loads(one["data"].get("pantau.toml", ""))
            text = str(settings)
            assert not re.search(r"password|api_key|token_file", text)


class TestSetup:
    def test_it_runs_before_anything_else_and_with_all_it_needs(self) -> None:
        (job,) = of_kind("strimzi-eck", "Job").values()
        assert job["metadata"]["annotations"]["helm.sh/hook"] == "pre-install,pre-upgrade"
        pod = job["spec"]["template"]["spec"]
        assert container(job["spec"]["template"])["args"] == [
            *("setup", "--wait", "300"),
            *("--kibana", "https://news-kb-http.elastic.svc:5601"),
        ]
        maps = of_kind("strimzi-eck", "ConfigMap")
        accounts = of_kind("strimzi-eck", "ServiceAccount")
        needed = [maps[one["configMap"]["name"]] for one in pod["volumes"] if "configMap" in one]
        needed.append(accounts[pod["serviceAccountName"]])
        weight = int(job["metadata"]["annotations"]["helm.sh/hook-weight"])
        for one in needed:
            annotations = one["metadata"]["annotations"]
            assert annotations["helm.sh/hook"] == "pre-install,pre-upgrade"
            assert int(annotations["helm.sh/hook-weight"]) < weight
        main = maps["pantau"]["data"]["pantau.toml"]
        assert all(one["data"]["pantau.toml"] == main for one in needed[:1])
        assert job["spec"]["activeDeadlineSeconds"] > 300 * job["spec"]["backoffLimit"]


class TestScaling:
    def test_keda_counts_what_waits_for_each_stage(self) -> None:
        case = "strimzi-eck"
        given = values(case)
        scaled = of_kind(case, "ScaledObject")
        assert {name.removeprefix("pantau-") for name in scaled} == {
            name
            for name, one in given["services"].items()
            if one.get("autoscaling", {}).get("kind") == "keda"
        }
        for name, one in scaled.items():
            (trigger,) = one["spec"]["triggers"]
            stage = name.removeprefix("pantau-")
            prefix = given["kafka"]["prefix"]
            assert trigger["metadata"]["topic"] == prefix + READS[stage]
            assert trigger["metadata"]["consumerGroup"] == prefix + stage
            assert trigger["metadata"]["bootstrapServers"] == ",".join(given["kafka"]["servers"])
            assert all(isinstance(value, str) for value in trigger["metadata"].values())
            assert trigger["authenticationRef"] == {"name": "pantau-kafka"}
            assert one["spec"]["maxReplicaCount"] <= given["kafka"]["partitions"]

    def test_the_chart_knows_what_every_stage_reads(self) -> None:
        helpers = (CHART / "templates" / "_helpers.tpl").read_text(encoding="utf-8")
        block = helpers.partition('define "pantau.reads" -}}')[2].partition("{{- end")[0]
        assert dict(line.split(": ") for line in block.split("\n") if line) == READS

    def test_who_is_scaled_has_no_fixed_number(self) -> None:
        found = of_kind("strimzi-eck", "StatefulSet")
        targets = {
            one["spec"]["scaleTargetRef"]["name"]
            for kind in ("ScaledObject", "HorizontalPodAutoscaler")
            for one in of_kind("strimzi-eck", kind).values()
        }
        assert {name for name, one in found.items() if "replicas" not in one["spec"]} == targets
        assert found["pantau-notifier"]["spec"]["replicas"] == 3


class TestNetwork:
    def test_nobody_but_monitoring_and_the_test_comes_in(self) -> None:
        policies = of_kind("default", "NetworkPolicy")
        general = policies["pantau"]
        assert general["spec"]["policyTypes"] == ["Ingress", "Egress"]
        for pod in pods("default").values():
            chosen = general["spec"]["podSelector"]["matchLabels"]
            assert chosen.items() <= pod["metadata"]["labels"].items()
        for rule in peers_of(general, "ingress"):
            assert rule["from"]
            assert [one["port"] for one in rule["ports"]] == [9464]
        assert all(
            "ingress" not in one["spec"] for name, one in policies.items() if name != "pantau"
        )

    def test_only_who_fetches_or_delivers_reaches_the_internet(self) -> None:
        policies = of_kind("default", "NetworkPolicy")
        internet = policies["pantau-internet"]["spec"]
        (chosen,) = internet["podSelector"]["matchExpressions"]
        assert set(chosen["values"]) == {"poller", "extractor", "notifier", "console"}
        blocks = [peer["ipBlock"] for peer in internet["egress"][0]["to"]]
        assert "169.254.0.0/16" in blocks[0]["except"]  # where clouds keep credentials
        assert "10.0.0.0/8" in blocks[0]["except"]
        for rule in peers_of(policies["pantau"], "egress"):
            assert rule["ports"]

    def test_servers_are_reached_where_they_are(self) -> None:
        general = of_kind("strimzi-eck", "NetworkPolicy")["pantau"]
        by_port: dict[int, list[Manifest]] = {
            one["port"]: rule.get("to", [])
            for rule in peers_of(general, "egress")
            for one in rule["ports"]
        }
        for port, space in ((9093, "kafka"), (9200, "elastic"), (5601, "elastic")):
            (peer,) = by_port[port]
            chosen = peer["namespaceSelector"]["matchLabels"]
            assert chosen == {"kubernetes.io/metadata.name": space}

    def test_mail_goes_out_where_there_is_a_server(self) -> None:
        assert "pantau-mail" not in of_kind("default", "NetworkPolicy")
        mail = of_kind("strimzi-eck", "NetworkPolicy")["pantau-mail"]["spec"]
        assert mail["podSelector"]["matchLabels"]["app.kubernetes.io/component"] == "notifier"
        assert {one["port"] for one in mail["egress"][0]["ports"]} == {25, 465, 587}


class TestMonitoring:
    def test_metrics_have_the_labels_that_the_rules_ask_for(self) -> None:
        (monitor,) = of_kind("strimzi-eck", "ServiceMonitor").values()
        (endpoint,) = monitor["spec"]["endpoints"]
        set_by = {one["targetLabel"]: one for one in endpoint["relabelings"]}
        (job,) = read("deploy/prometheus/prometheus.yml")["scrape_configs"]
        assert set_by["job"]["replacement"] == job["job_name"]
        assert set_by["service"]["sourceLabels"] == [
            "__meta_kubernetes_pod_label_app_kubernetes_io_component"
        ]
        for service in of_kind("strimzi-eck", "Service").values():
            chosen = monitor["spec"]["selector"]["matchLabels"]
            assert chosen.items() <= service["metadata"]["labels"].items()
            assert endpoint["port"] in {one["name"] for one in service["spec"]["ports"]}
        assert monitor["spec"]["namespaceSelector"] == {"matchNames": [NAMESPACE]}

    def test_the_operator_gets_the_same_rules_as_prometheus(self) -> None:
        (rule,) = of_kind("strimzi-eck", "PrometheusRule").values()
        expected: Any = read("deploy/prometheus/alerts.yml")
        assert rule["spec"] == expected
        assert "PrometheusRule" not in {one["kind"] for one in rendered("default")}
