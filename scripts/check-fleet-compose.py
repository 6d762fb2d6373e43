#!/usr/bin/env python3
"""Looks whether docker-compose.fleet.yml and the files that it mounts fit together; Grafana itself is not asked.

Usage: check-fleet-compose.py    (needs PyYAML)
"""
import json
import pathlib
import sys

import yaml

ROOT = pathlib.Path(__file__).parent.parent
PROVISIONING = "/etc/grafana/provisioning"


def load(path):
    return yaml.safe_load((ROOT / path).read_text())


def mounts(service):
    """Which file of the tree lies where in the container."""
    files = (volume.removesuffix(":ro").rpartition(":") for volume in service["volumes"])
    return {target: source.removeprefix("./") for source, _, target in files}


def reachable(compose, address):
    """Is there a service of this name, on the one network?"""
    return address.rpartition("/")[2].partition(":")[0] in compose["services"]


def problems(compose, prometheus):
    services = compose["services"]
    for name, service in services.items():
        for target, source in mounts(service).items() if "volumes" in service else ():
            if not source.startswith("${") and not (ROOT / source).exists():
                yield f"{name}: {target} is {source}, which is not there"

    workers = [name for name in services if name.startswith("tts-worker")]
    clusters = load("deploy/envoy/envoy.yaml")["static_resources"]["clusters"]
    for cluster in clusters[:2]:
        endpoints = cluster["load_assignment"]["endpoints"][0]["lb_endpoints"]
        called = [each["endpoint"]["address"]["socket_address"]["address"] for each in endpoints]
        if called != workers:
            yield f"Envoy's {cluster['name']} are {called}; Compose has {workers}"
    for name in workers:
        if not services[name]["hostname"] == services[name]["environment"]["WORKER_NAME"] == name:
            yield f"{name} has another name inside"
        if int(services[name]["stop_grace_period"].removesuffix("s")) < 25 + 5:
            yield f"{name} is killed in its drain"

    targets = {job["job_name"]: job["static_configs"][0]["targets"] for job in prometheus["scrape_configs"]}
    if targets["tts-worker"] != [f"{name}:9090" for name in workers]:
        yield f"Prometheus scrapes {targets['tts-worker']}"
    for each in sum(targets.values(), []):
        if not reachable(compose, each):
            yield f"Prometheus: nothing is called {each}"
    folder = pathlib.PurePosixPath("/etc/prometheus")
    if not all(str(folder / each) in mounts(services["prometheus"]) for each in prometheus["rule_files"]):
        yield "Prometheus: the rules are not mounted"


def grafana_problems(compose):
    grafana = compose["services"]["grafana"]
    files = mounts(grafana)
    sources = load(files[f"{PROVISIONING}/datasources/datasources.yml"])["datasources"]
    if [source["isDefault"] for source in sources] != [True]:
        yield "Grafana: there must be one data source, the default one"
    if not reachable(compose, sources[0]["url"]):
        yield f"Grafana: nothing is called {sources[0]['url']}"
    provider = load(files[f"{PROVISIONING}/dashboards/dashboards.yml"])["providers"][0]
    boards = [target for target in files if target.startswith(provider["options"]["path"] + "/")]
    if boards != [grafana["environment"]["GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH"]]:
        yield f"Grafana: the dashboards below {provider['options']['path']} are {boards}"
    for board in boards:
        variables = json.loads((ROOT / files[board]).read_text())["templating"]["list"]
        kinds = [each["query"] for each in variables if each["type"] == "datasource"]
        if kinds != [sources[0]["type"]]:
            yield f"Grafana: {board} wants data sources {kinds}"
    for name, service in compose["services"].items():
        for port in service.get("ports", ()):
            if name in ("grafana", "prometheus") and not port.startswith("127.0.0.1:"):
                yield f"{name} is open to other machines: {port}"


def main():
    compose = load("docker-compose.fleet.yml")
    found = [*problems(compose, load("deploy/prometheus/prometheus.yml")), *grafana_problems(compose)]
    for problem in found:
        print(f"FAILED {problem}")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
