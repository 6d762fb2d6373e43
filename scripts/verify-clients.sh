#!/usr/bin/env bash
# Drives a worker by the packages that people have: nvidia-riva-client, openai (Python and npm), Pipecat's and LiveKit's
# own services, wyoming, this project's Python package, and ill-behaved ones. Installs them below target/ (a minute,
# 800 MB), starts the packaged worker on free ports and prints what each client heard; about three minutes in all.
#
#   scripts/verify-clients.sh
#
# Needs target/tts-worker (scripts/verify.sh builds it), the default voice, Python 3.11 or later with venv, and npm.
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=scripts/jdk.sh
. scripts/jdk.sh
find_java java
work=$(mktemp -d)
worker=
trap '[ -z "$worker" ] || kill "$worker" 2>/dev/null; rm -rf "$work"' EXIT

packages=(nvidia-riva-client==2.28.0 openai==3.57.0 'pipecat-ai[nvidia,openai]==1.14.0' livekit-agents==1.8.9
  livekit-plugins-nvidia==1.8.9 livekit-plugins-openai==1.8.9 wyoming==1.10.2)
[ -x target/clients/bin/python ] || python3 -m venv target/clients
target/clients/bin/python -m pip install -q "${packages[@]}"
npm install --silent --no-fund --no-audit --prefix target/node openai@6.0.0

wyoming=$(python3 -c 'import socket; print(socket.create_server(("127.0.0.1", 0)).getsockname()[1])')
cat >"$work/worker.yaml" <<YAML
worker: {grpc_host: 127.0.0.1, grpc_port: 0}
voicepacks: {auto_install: false}
metrics: {host: 127.0.0.1, prometheus_port: 0}
clients: {wyoming_port: $wyoming}
YAML
DRAIN_GRACE_MS=0 TTS_JAVA_HOME=$java_home VOICEPACK_ROOT=${VOICEPACK_ROOT:-$PWD/voicepacks} \
  target/tts-worker/tts-worker serve --config "$work/worker.yaml" >"$work/log" 2>&1 &
worker=$!

# Waits for a line of the log; prints the number at its end.
port() {
  for _ in $(seq 300); do
    found=$(sed -n "s/.*$1 \([0-9]*\)\".*/\1/p" "$work/log")
    [ -z "$found" ] || break
    kill -0 "$worker" 2>/dev/null || break
    sleep 0.2
  done
  [ -n "$found" ] || {
    cat "$work/log" >&2
    echo "verify-clients: the worker did not start" >&2
    exit 1
  }
  echo "$found"
}
grpc=127.0.0.1:$(port 'gRPC server listening on port')
http=http://127.0.0.1:$(port 'Metrics on port')

failed=0
client() {
  echo "== $1"
  began=$SECONDS
  code=0
  "${@:2}" || code=$?
  echo "== $1: exit code $code after $((SECONDS - began)) s"
  [ "$code" = 0 ] || failed=1
}
python=target/clients/bin/python
# Waits for the voice by itself.
TTS_JAVA_HOME=$java_home target/tts-worker/tts-worker say "Ready." --addr "$grpc" -o "$work/ready.wav"
client nvidia-riva-client timeout 120 "$python" scripts/clients/riva_client.py "$grpc"
client "openai, Python" timeout 120 "$python" scripts/clients/openai_client.py "$http/v1"
client "openai, npm" timeout 120 node scripts/clients/openai_client.mjs "$http/v1"
client Pipecat timeout 120 "$python" scripts/clients/pipecat_services.py "$grpc" "$http"
client LiveKit timeout 120 "$python" scripts/clients/livekit_plugins.py "$grpc" "$http"
client Wyoming timeout 120 "$python" scripts/clients/wyoming_client.py --uri "tcp://127.0.0.1:$wyoming"
# Each of its tests starts a worker of its own.
target/clients/bin/python -m pip install -q './clients/python[pipecat,livekit]'
tests() (cd clients/python && TTS_WORKER_COMMAND=$PWD/../../target/tts-worker/tts-worker TTS_JAVA_HOME=$java_home \
  timeout 180 "../../$python" -W ignore -m unittest)
client "the Python package" tests
client "ill-behaved HTTP" timeout 120 python3 scripts/clients/openai_hostile.py "${http#http://}"
kill -TERM "$worker"
code=0
wait "$worker" || code=$?
worker=
[ "$code" = 0 ] || {
  echo "verify-clients: the worker ended with $code" >&2
  failed=1
}
[ "$failed" = 0 ] && echo "verify-clients: all well after $SECONDS s"
exit "$failed"
