#!/bin/sh
# Checks docs/grafana: alert rules and their cases with promtool (Debian: prometheus), and the dashboard.
# That every metric in them exists is checked by MetricsIT.
set -eu
cd "$(dirname "$0")/.."
command -v promtool >/dev/null 2>&1 || {
  echo "verify-monitoring: promtool is not on the PATH (Debian and Ubuntu: apt-get install prometheus)" >&2
  exit 1
}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
promtool check rules docs/grafana/alerts.yml
promtool test rules docs/grafana/alerts.test.yml
python3 scripts/check-dashboard.py "$work/panels.yml"
promtool check rules "$work/panels.yml"
