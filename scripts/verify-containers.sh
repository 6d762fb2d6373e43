#!/bin/bash
# Builds the images by the Dockerfile, runs them by docker-compose.yml and looks at what they promise. Takes Docker
# where its engine answers, else podman. About two minutes when the builds are cached, up to five when not.
#
# Ports, names and the mounted voice (the tests' tiny one) are its own, so that a worker which runs here is left alone. Base
# images that cannot be pulled are made from what this machine has (Debian and Ubuntu; needs root and debootstrap).
# The images stay, as tts-worker:cpu, tts-worker:no-espeak and tts-worker:gpu; everything else is removed at the end.
#
#   scripts/verify-containers.sh             everything
#   scripts/verify-containers.sh --prepare   only sees whether containers run here, and gets the base images
#   scripts/verify-containers.sh --fleet     docker-compose.fleet.yml in place of the rest, without Grafana
#
# Exit status: 0 all well, 1 something is wrong, 75 this machine cannot run containers, or time was over.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
run=tts-verify-$$
worker=$run-worker
most_cpu=300  # MiB, the whole image with the default voice
most_gpu=850  # MiB, what the GPU image adds to its base
default_voice=hibari-en-us-heart
grace=30      # seconds, docker-compose.yml: stop_grace_period
engine=
doing=
build_options=()
# shellcheck source=scripts/containers.sh
. scripts/containers.sh
# shellcheck source=scripts/containers-fleet.sh
. scripts/containers-fleet.sh

clean_up() {
  trap - EXIT TERM INT
  if [ -n "$engine" ] && command -v "$engine" >/dev/null; then
    "$engine" ps -q --filter "name=$run" | xargs -r "$engine" kill
    "$engine" ps -aq --filter "name=$run" | xargs -r "$engine" rm -f -v
    "$engine" network rm "$run"
    "$engine" rmi tts-try
  fi >/dev/null 2>&1 || true
  rm -rf "$work"
}
trap clean_up EXIT

# Too slow a machine is no fault of the project: what it waits for itself has limits of its own.
interrupted() {
  echo "verify-containers: stopped after $SECONDS s, while: $doing" >&2
  exit 75
}
trap interrupted TERM INT

# Runs $2..., and says whether $1 is true. What it printed is shown when it is not.
step() {
  doing=$1
  began=$SECONDS
  set +e
  (
    set -e
    "${@:2}"
  ) >"$work/step.log" 2>&1
  code=$?
  set -e
  if [ "$code" = 0 ]; then
    printf 'ok     %4d s  %s\n' $((SECONDS - began)) "$1"
    sed -n 's/^note: /                /p' "$work/step.log"
    return
  fi
  cat "$work/step.log"
  "$engine" logs "$worker" 2>&1 | tail -n 40 || true
  printf 'failed %4d s  %s\n' $((SECONDS - began)) "$1"
  exit 1
}

# Runs "$@" until it succeeds, for at most 60 s, while the worker runs.
until_true() {
  last=$((SECONDS + 60))
  until "$@" >"$work/last" 2>&1; do
    [ "$SECONDS" -lt "$last" ] && [ "$("$engine" inspect -f '{{.State.Running}}' "$worker")" = true ] || {
      cat "$work/last"
      return 1
    }
    sleep 0.2
  done
}

free_port() {
  port=17071
  while (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || (exec 3<>"/dev/tcp/127.0.0.1/$((port + 1))") 2>/dev/null; do
    port=$((port + 2))
  done
}

# docker-compose.yml with ports, names and a voice of our own.
compose_file() {
  sed -e "s|7001:7001|127.0.0.1:$port:7001|" -e "s|127.0.0.1:9090:|127.0.0.1:$((port + 1)):|" \
    -e "s|container_name: tts-worker-0|container_name: $worker|" -e "s|name: tts-network|name: $run|" \
    -e "s|image: redis:.*|image: $redis_image|" -e "s|\./voicepacks:|./src/test/resources/voicepacks:|" \
    -e "s|\./|$PWD/|g" docker-compose.yml >"$work/compose.yml"
}

compose() { DEFAULT_MODEL_ID=piper-tiny "${compose[@]}" -p "$run" -f "$work/compose.yml" "$@"; }

inside() { "$engine" exec "$worker" "$@"; }

# Runs the worker's command line as a client, in a container on network $1; what it writes to /out lies in $work/out.
client() {
  mkdir -p "$work/out" "$work/tls"
  chmod 777 "$work/out"
  "$engine" run --rm --name "$run-client-$BASHPID" --network "$1" -v "$work/out:/out" -v "$work/tls:/certs:ro" \
    tts-worker:cpu "${@:2}"
}

# The package index of this machine's pip; nothing where it is the usual one.
pip_index() { echo "${PIP_INDEX_URL:-$(python3 -m pip config get global.index-url 2>/dev/null || true)}"; }

build() {
  "$engine" build "${build_options[@]}" --build-arg "BUILD_IMAGE=$build_image" --build-arg "GO_IMAGE=$go_image" \
    --build-arg "CPU_IMAGE=$cpu_image" --build-arg "GPU_IMAGE=$gpu_image" --build-arg "PIP_INDEX_URL=$(pip_index)" -t "tts-worker:$1" --target "$1" .
}

mib() { echo $(($("$engine" image inspect -f '{{.Size}}' "$1") / 1048576)); }

# Has image $1 at most $3 MiB, without those of the image $2 (may be empty)?
small() {
  own=$(mib "tts-worker:$1") base=0
  [ -z "$2" ] || base=$(mib "$2")
  echo "note: $own MiB, of which ${2:-no base} has $base; allowed: $3 MiB more than that"
  [ $((own - base)) -le "$3" ]
}

# Is the container healthy, by the check that Compose gives it? Docker runs it, podman only with systemd's timers.
healthy() {
  case $("$engine" inspect -f '{{json .Config.Healthcheck}}' "$worker") in
    *"exec grpc-health-probe"*) ;;
    *) return 1 ;;
  esac
  if [ "$engine" = podman ]; then
    podman healthcheck run "$worker"
  else
    [ "$(docker inspect -f '{{.State.Health.Status}}' "$worker")" = healthy ]
  fi
}

starts() {
  compose up -d --no-build tts-worker-0
  until_true inside grpc-health-probe -addr=:7001
  until_true healthy
}

# The images' own check, which Compose's stands in front of.
image_check() {
  check=$("$engine" image inspect -f '{{index .Config.Healthcheck.Test 1}}' "$1")
  [ "${check#exec grpc-health-probe}" != "$check" ]
  inside sh -c "$check"
}

process() {
  [ "$(inside id -u)" = 1000 ]
  inside cat /proc/1/cmdline | tr '\0' ' ' | grep dev.ttsworker.Main
  inside grep CapEff /proc/1/status | grep -w 0000000000000000
  inside grep NoNewPrivs /proc/1/status | grep -w 1
  inside grep -m 1 /app/tts-worker.aot /proc/1/maps
  inside touch /tmp/x
  inside grep -E '^[^ ]+ / [^ ]+ ro[, ]' /proc/mounts
  for path in /app/x /app/voicepacks/x; do
    if inside touch "$path"; then return 1; fi
  done
}

# Has the WAV file more than 0.1 s?
is_speech() { [ "$(wc -c <"$1")" -gt 10000 ]; }

# Runs the worker's command line in image $1, without any network or mount.
alone() {
  "$engine" run --rm --name "$run-alone" --network none --read-only --tmpfs /tmp --cap-drop ALL "tts-worker:$1" "${@:2}"
}

# As `docker run tts-worker:cpu say …` does.
speaks_alone() {
  alone cpu say "Hello." -o - >"$work/said.wav"
  is_speech "$work/said.wav"
  alone cpu voices verify "$default_voice"
  alone cpu voices list | grep "^$default_voice .* installed"
}

# A voice that only eSpeak NG can read, beside the tests' own.
german_voice() {
  mkdir "$work/german"
  cp -R src/test/resources/voicepacks/. "$work/german/"
  cp -R "$work/german/piper/tiny" "$work/german/piper/de"
  sed -i 's/"en-us"/"de"/' "$work/german/piper/de/tiny.onnx.json"
  grep -q '"de"' "$work/german/piper/de/tiny.onnx.json"
  chmod -R a+rX "$work/german"
}

without_espeak() {
  german_voice
  "$engine" run -d --name "$worker" --network none --read-only --tmpfs /tmp --cap-drop ALL \
    -v "$work/german:/app/voicepacks:ro" tts-worker:no-espeak
  until_true inside grep -m 1 /app/tts-worker.aot /proc/1/maps
  until_true inside grpc-health-probe -addr=:7001
  # Partitioned in the build, not again.
  if "$engine" logs "$worker" 2>&1 | grep 'from the model as it is'; then return 1; fi
  for voice in "$default_voice" piper-tiny; do
    inside /app/tts-worker say "Hello." --voice "$voice" --addr localhost:7001 -o - >"$work/said.wav"
    is_speech "$work/said.wav"
  done
  if inside /app/tts-worker say "Hallo." --voice piper-de --addr localhost:7001 -o - >"$work/refused" 2>&1; then
    return 1
  fi
  cat "$work/refused"
  grep 'espeak.voice: de need eSpeak NG' "$work/refused"
  # shellcheck disable=SC2016 # for the shell inside
  inside sh -c 'cat /proc/[0-9]*/cmdline' | tr '\0' '\n' >"$work/processes"
  [ "$(grep -c 'dev.ttsworker.Main' "$work/processes")" = 1 ]
  if grep -i espeak "$work/processes"; then return 1; fi
  if inside find / -xdev -iname '*espeak*' -not -path '/proc/*' | grep .; then return 1; fi
  "$engine" stop -t "$grace" "$worker"
  "$engine" rm -f "$worker"
}

# Sends GET $1 to the HTTP port that is published on this machine.
get() {
  exec 3<>"/dev/tcp/127.0.0.1/$((port + 1))"
  printf 'GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' "$1" >&3
  timeout 10 cat <&3 >"$work/answer"
  exec 3>&-
}

from_outside() {
  client host test-connection --addr "localhost:$port"
  client "$run" health --addr tts:7001
  client "$run" health --addr tts-worker-0:7001
  # The image's own voice is there beside the mounted one.
  client "$run" say "Hello." --voice "$default_voice" --addr tts:7001 -o - >"$work/said.wav"
  is_speech "$work/said.wav"
  get /readyz
  grep -q '^HTTP/1.1 200' "$work/answer"
  get /metrics
  grep '^tts_models_resident_count 2' "$work/answer"
}

calls_begun() { inside true && [ "$("$engine" logs "$worker" 2>&1 | grep -c 'Synthesis started')" -ge "$1" ]; }

# Stops the worker as Compose does: exit code 0 before the engine would kill.
stops() {
  began=$SECONDS
  compose stop tts-worker-0
  [ $((SECONDS - began)) -lt "$grace" ]
  "$engine" logs "$worker" 2>&1 | grep 'TTS worker stopped'
  [ "$("$engine" inspect -f '{{.State.ExitCode}}' "$worker")" = 0 ]
}

# A call that runs when SIGTERM comes is spoken to its end, as the same call was before.
drains() {
  text="This sentence is being spoken while the worker is asked to stop, and it must be heard to its end. "
  text=$text$text
  said=$("$engine" logs "$worker" 2>&1 | grep -c 'Synthesis started' || true)
  client "$run" say "$text" --seed 1 --addr tts:7001 -o - >"$work/whole.wav"
  client "$run" say "$text" --seed 1 --addr tts:7001 -o - >"$work/drained.wav" &
  speaking=$!
  until_true calls_begun $((said + 2))
  stops
  wait "$speaking"
  cmp "$work/whole.wav" "$work/drained.wav"
  "$engine" logs "$worker" 2>&1 | sed -n '/Stopping TTS worker/,$p' | grep 'Synthesis complete'
  compose down
  echo "note: SIGTERM came during a call, $(($(wc -c <"$work/drained.wav") / 96000)) s of audio, all heard"
}

record() { compose --profile redis exec -T redis redis-cli "$@" worker:tts-worker-0; }

registered() { record get | grep '"addr":"grpc://tts-worker-0:7001"'; }

registers() {
  REDIS_URL=redis://redis:6379 compose --profile redis up -d --no-build tts-worker-0 redis
  until_true registered
  [ "$(record ttl | tr -dc 0-9)" -le 30 ]
  stops
  [ "$(record exists | tr -dc 0-9)" = 0 ]
  compose --profile redis down
}

certificate() {
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=verify \
    -addext subjectAltName=DNS:localhost,DNS:tts -keyout "$work/tls/server.key" -out "$work/tls/server.crt"
  openssl rand -hex 24 >"$work/tls/tokens"
  printf '%s\n' 'voicepacks: {auto_install: false}' 'tls: {cert_file: tls/server.crt, key_file: tls/server.key}' \
    'auth: {tokens_file: tls/tokens}' >"$work/closed.yaml"
  # For uid 1000; what is secret in them ends with this script.
  chmod -R a+rX "$work/tls" "$work/closed.yaml"
}

# SECURITY.md, "In containers".
closed() {
  certificate
  export TTS_CONFIG=$work/closed.yaml TTS_TLS=$work/tls
  export HEALTH_PROBE_FLAGS="-tls -tls-ca-cert=/app/tls/server.crt -tls-server-name=localhost"
  compose up -d --no-build tts-worker-0
  until_true healthy
  if inside grpc-health-probe -addr=:7001; then return 1; fi
  code=0
  client "$run" say "Hello." --addr tts:7001 --ca-file /certs/server.crt -o /dev/null >"$work/refused" 2>&1 || code=$?
  cat "$work/refused"
  [ "$code" = 1 ]
  grep -i token "$work/refused"
  client "$run" say "Hello." --addr tts:7001 --ca-file /certs/server.crt --token-file /certs/tokens -o - >"$work/said.wav"
  is_speech "$work/said.wav"
  stops
  compose down
}

# Without a device: `docker run tts-worker:gpu` starts too.
falls_back() {
  "$engine" network create "$run"
  "$engine" run -d --name "$worker" --network "$run" --read-only --tmpfs /tmp --cap-drop ALL \
    -v "$PWD/src/test/resources/voicepacks:/app/voicepacks:ro" -e DEFAULT_MODEL_ID=piper-tiny tts-worker:gpu
  until_true healthy
  image_check tts-worker:gpu
  client "$run" say "Hello." --addr "$worker:7001" -o - >"$work/said.wav"
  echo "note: $("$engine" logs "$worker" 2>&1 | grep -o 'Inference on [^"]*' | cut -c 1-100)"
  "$engine" stop -t "$grace" "$worker"
  [ "$("$engine" inspect -f '{{.State.ExitCode}}' "$worker")" = 0 ]
}

case $#${1:-} in
  0 | 1--prepare | 1--fleet) ;;
  *)
    echo "usage: scripts/verify-containers.sh [--prepare | --fleet]" >&2
    exit 2
    ;;
esac
doing="which engine"
find_engine
free_port
[ "$engine" = docker ] || build_options=(--format docker --network host --ulimit nofile=4096:4096)
doing="can $engine run anything"
try_engine
find_compose
"$engine" network rm "$run" >/dev/null 2>&1 || true
doing="base images"
base_images
seed_maven >"$work/base.log" 2>&1 || cannot "Maven's downloads cannot be given to a build: $(tail -n 1 "$work/base.log")"
printf 'ok     %4d s  containers run: %s, %s; base images are here\n' "$SECONDS" "$engine" "${compose[0]##*/}"
printf '                %s\n' "$cpu_image" "$gpu_image (gpu)" "$build_image" "$go_image" "$redis_image"
[ "${1:-}" != --prepare ] || exit 0
if [ "${1:-}" = --fleet ]; then
  verify_fleet
  echo "verify-containers: the fleet is well after $SECONDS s"
  exit 0
fi
compose_file
step "image cpu is built" build cpu
step "image cpu is small" small cpu "" "$most_cpu"
step "the default voice speaks without a mount or a network" speaks_alone
step "Compose: tts-worker-0 serves and is healthy" starts
step "the image's health check asks without Java" image_check tts-worker:cpu
step "uid 1000, Java is process 1, no capabilities, read-only root" process
step "test-connection, both voices, aliases, readiness and metrics from outside" from_outside
step "SIGTERM in a call: spoken to its end, exit code 0" drains
step "Compose: profile redis, record written and deleted" registers
step "Compose: TLS and tokens" closed
step "image no-espeak is built" build no-espeak
step "without eSpeak NG: default voice and English Piper speak, German is refused" without_espeak
step "image gpu is built" build gpu
step "image gpu is small beside its base" small gpu "$gpu_image" "$most_gpu"
step "the GPU image falls back to the CPU" falls_back
echo "verify-containers: all well after $SECONDS s"
