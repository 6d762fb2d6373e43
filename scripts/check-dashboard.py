#!/usr/bin/env python3
"""Checks docs/grafana without Grafana: structure, layout, and that alerts and documentation agree.

Writes the expressions of the panels as a file of recording rules, which promtool can parse. That every metric named
in dashboard and alerts exists is checked by MetricsIT against a running worker.
"""

import json
import re
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
SCHEMA_VERSION = 42
UNITS = {"bytes", "none", "percent", "percentunit", "reqps", "s", "short"}
WIDTH = 24
SOURCE = {"type": "prometheus", "uid": "${datasource}"}


def panel_problems(panel):
    where = f"panel {panel.get('id')} ({panel.get('title')})"
    if panel["type"] == "row":
        return [] if panel["gridPos"]["w"] == WIDTH else [f"{where}: a row is not {WIDTH} wide"]
    problems = []
    if panel["type"] not in ("stat", "timeseries"):
        problems.append(f"{where}: type {panel['type']} is new here; check it in Grafana and add it")
    if not panel.get("description"):
        problems.append(f"{where}: no description")
    unit = panel["fieldConfig"]["defaults"].get("unit")
    if unit not in UNITS and not str(unit).startswith("suffix:"):
        problems.append(f"{where}: unit {unit} is none of {sorted(UNITS)}")
    if not panel.get("targets"):
        problems.append(f"{where}: no targets")
    if panel.get("datasource") != SOURCE or any(t.get("datasource") != SOURCE for t in panel["targets"]):
        problems.append(f"{where}: not the data source that the dashboard asks for")
    refs = [target["refId"] for target in panel["targets"]]
    if len(refs) != len(set(refs)):
        problems.append(f"{where}: one refId twice")
    for target in panel["targets"]:
        if '{instance=~"$instance"' not in target["expr"]:
            problems.append(f"{where}: does not follow the choice of workers: {target['expr']}")
    return problems


def layout_problems(panels):
    problems = []
    for number, panel in enumerate(panels):
        at = panel["gridPos"]
        if at["x"] < 0 or at["w"] < 1 or at["h"] < 1 or at["x"] + at["w"] > WIDTH:
            problems.append(f"panel {panel['id']} lies outside of the {WIDTH} columns")
        for other in panels[:number]:
            its = other["gridPos"]
            if (at["x"] < its["x"] + its["w"] and its["x"] < at["x"] + at["w"]
                    and at["y"] < its["y"] + its["h"] and its["y"] < at["y"] + at["h"]):
                problems.append(f"panels {other['id']} and {panel['id']} overlap")
    return problems


def dashboard_problems(dashboard):
    panels = dashboard["panels"]
    ids = [panel["id"] for panel in panels]
    problems = layout_problems(panels)
    if len(ids) != len(set(ids)):
        problems.append("one panel id twice")
    if dashboard["schemaVersion"] != SCHEMA_VERSION:
        problems.append(f"schemaVersion {dashboard['schemaVersion']}; docs/operations.md says {SCHEMA_VERSION}")
    names = [variable["name"] for variable in dashboard["templating"]["list"]]
    if names != ["datasource", "instance"]:
        problems.append(f"variables {names}, not datasource and instance")
    for panel in panels:
        problems += panel_problems(panel)
    return problems


def alert_problems(rules, cases, manual):
    alerts = re.findall(r"- alert: (\w+)", rules)
    table = manual.split("## When an alert fires")[1]
    documented = re.findall(r"\bTts\w+", "\n".join(re.findall(r"(?m)^\| (Tts[^|]*) \|", table)))
    problems = [] if alerts else ["no alerts found"]
    for alert in alerts:
        if documented.count(alert) != 1:
            problems.append(f"{alert} stands {documented.count(alert)} times in docs/operations.md, not once")
        case = re.findall(rf"alertname: {alert}\s+exp_alerts:\s+- ", cases)
        if not case:
            problems.append(f"no case of alerts.test.yml in which {alert} fires")
    return problems + [f"docs/operations.md has {name}, alerts.yml has not"
                       for name in documented if name not in alerts]


def recording_rules(panels):
    """The panels' expressions with the variables of Grafana filled in."""
    lines = ["groups:", "  - name: panels", "    rules:"]
    for panel in panels:
        for target in panel.get("targets", []):
            expression = target["expr"].replace("$instance", ".*").replace("$__rate_interval", "1m")
            if "$" in expression:
                raise SystemExit(f"panel {panel['id']}: variable that is not known in {target['expr']}")
            lines.append(f"      - record: panel_{panel['id']}:{target['refId']}")
            lines.append(f"        expr: {json.dumps(expression)}")
    return "\n".join(lines) + "\n"


def main():
    folder = PROJECT / "docs/grafana"
    dashboard = json.loads((folder / "tts-worker.json").read_text(encoding="utf-8"))
    problems = dashboard_problems(dashboard) + alert_problems(
        (folder / "alerts.yml").read_text(encoding="utf-8"),
        (folder / "alerts.test.yml").read_text(encoding="utf-8"),
        (PROJECT / "docs/operations.md").read_text(encoding="utf-8"))
    if problems:
        raise SystemExit("\n".join(problems))
    Path(sys.argv[1]).write_text(recording_rules(dashboard["panels"]), encoding="utf-8")
    print(f"{len(dashboard['panels'])} panels and rows in order")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit("usage: check-dashboard.py FILE-FOR-THE-RULES")
    main()
