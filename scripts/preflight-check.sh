#!/bin/sh
# Can a worker start here? One line per check: OK, WARN (it will start, but see) or FAIL; exit 1 on a FAIL.
#
#   scripts/preflight-check.sh [[--config] FILE]     default: configs/worker.yaml, if it is there
set -u
home=$(CDPATH='' cd -P -- "$(dirname -- "$0")/.." && pwd -P)
# shellcheck source=scripts/jdk.sh
. "$home/scripts/jdk.sh"

[ "${1:-}" != --config ] || shift
config=${1:-$home/configs/worker.yaml}
voicepacks=${VOICEPACK_ROOT:-$home/voicepacks}
failures=0
report=

ok() { echo "OK    $*"; }
warn() { echo "WARN  $*"; }
fail() {
  echo "FAIL  $*"
  failures=$((failures + 1))
}

# Prints the value of key $2 in section $1 as serve would have it: what check-config said, else what the file has.
setting() {
  if [ -n "$report" ]; then
    echo "$report" | sed -n "s/^$1\\.$2: //p"
    return 0
  fi
  [ -f "$config" ] || return 0
  awk -v section="$1" -v key="$2" '
    /^[^ #]/ { inside = ($1 == section ":") }
    inside && $1 == key ":" { print $2; exit }' "$config"
}

# Does anything listen on TCP port $1 of this machine?
is_busy() {
  if [ -r /proc/net/tcp ]; then
    cat /proc/net/tcp /proc/net/tcp6 2>/dev/null |
      awk -v port=":$(printf %04X "$1")" '$4 == "0A" && substr($2, length($2) - 4) == port { found = 1 } END { exit !found }'
  else
    lsof -nP -iTCP:"$1" -sTCP:LISTEN >/dev/null 2>&1
  fi
}

check_java() {
  if message=$(find_java java 2>&1); then
    find_java java
    ok "Java $(java_major "$java_home") in $java_home"
  else
    fail "${message#tts-worker: }"
  fi
}

check_build() {
  if [ -f "$home/lib/tts-worker.jar" ]; then
    ok "a packaged worker"
  elif [ -f "$home/target/tts-worker/.built" ]; then
    ok "a build is there ($(cat "$home/target/tts-worker/.built"))"
  elif ! command -v mvn >/dev/null 2>&1; then
    fail "no build yet, and Maven (mvn) is not on the PATH"
  elif message=$(find_java javac 2>&1); then
    ok "no build yet; ./tts-worker will build with Maven"
  else
    fail "no build yet: ${message#tts-worker: }"
  fi
}

# Only a checkout has it; a packaged worker carries what was generated.
check_proto() {
  if [ -f "$home/lib/tts-worker.jar" ]; then
    return 0
  elif grep -q '^service TTSService' "$home/proto/tts.proto" 2>/dev/null; then
    ok "proto/tts.proto is there"
  else
    fail "proto/tts.proto is missing or has no TTSService: git checkout proto"
  fi
}

check_config() {
  if [ ! -f "$config" ]; then
    if [ "$#" -gt 0 ]; then fail "no such file: $config"; else ok "no configs/worker.yaml; the defaults apply"; fi
  elif [ "$failures" -gt 0 ]; then
    warn "$config not checked, because of the failures above"
  else
    # Lines of standard error begin with !, so that they are not taken for settings.
    report=$({ "$home/tts-worker" check-config "$config" 2>&1 1>&3 | sed 's/^/!/'; } 3>&1)
    case $report in
      *'OK: '*) ok "$config: serve starts with it" ;;
      *)
        fail "$config: serve does not start with it:"
        echo "$report" | sed -n -e '/^!warning: /d' -e 's/^!/      /p'
        ;;
    esac
    echo "$report" | sed -n 's/^!warning: /WARN  /p'
  fi
}

# Port $2 for the purpose $1, which is set by $3.
check_port() {
  case $2 in
    *[!0-9]*) return 0 ;; # check-config says it better
    0)
      ok "$1: any free port"
      return 0
      ;;
  esac
  if ! is_busy "$2"; then
    ok "$1 port $2 is free"
  elif [ "$failures" -eq 0 ] && [ "$1" = gRPC ] && "$home/tts-worker" health --port "$2" >/dev/null 2>&1; then
    fail "gRPC port $2: a worker is already serving there; stop it or set $3"
  else
    fail "$1 port $2 is in use (Address already in use): lsof -i :$2 shows by what; stop that or set $3"
  fi
}

# Where the configuration could not be checked, which says more.
check_voices() {
  [ -z "$report" ] || return 0
  found=0
  for folder in "$voicepacks"/*/*/ "$home"/voices/*/*/; do
    set -- "$folder"*.onnx
    if [ "$#" -eq 1 ] && [ -f "$1" ] && { [ -f "$1.json" ] || [ -f "${folder}vocab.json" ]; }; then
      found=$((found + 1))
    fi
  done
  if [ "$found" -gt 0 ]; then
    ok "$found voice(s) installed"
  else
    warn "Model not found: no voice in $voicepacks; ./tts-worker voices install hibari-en-us-heart"
  fi
}

check_disk() {
  free_mb=$(df -Pk "$home" | awk 'NR == 2 { print int($4 / 1024) }')
  if [ "$free_mb" -lt 200 ]; then
    fail "only $free_mb MB of disk are free in $home"
  elif [ "$free_mb" -lt 2048 ]; then
    warn "$free_mb MB of disk are free in $home; a build for GPUs needs 2 GB"
  else
    ok "$free_mb MB of disk are free"
  fi
}

check_gpu() {
  gpu_works=
  if ! command -v nvidia-smi >/dev/null 2>&1; then
    ok "no nvidia-smi here; the worker runs on the CPU"
  elif ! gpus=$(nvidia-smi --query-gpu=name,memory.free,driver_version --format=csv,noheader 2>&1); then
    warn "nvidia-smi fails ($gpus); the worker will run on the CPU"
  elif [ "$(uname -m)" != x86_64 ]; then
    warn "there is no ONNX Runtime for GPUs for $(uname -m); the worker will run on the CPU"
  else
    echo "$gpus" | while read -r gpu; do ok "GPU: $gpu"; done
    gpu_works=yes
  fi
}

# Can the engine $1 give a GPU to a container? Docker by NVIDIA's runtime or hook, or a device that it found (CDI);
# podman, also behind the command docker, by CDI.
gives_gpus() {
  if [ "$1" = docker ]; then
    case $(docker info --format '{{json .}}' 2>/dev/null) in
      *'"nvidia":{'* | *nvidia.com/gpu=*) return 0 ;;
    esac
    case $(docker version --format '{{json .Server}}' 2>/dev/null) in
      *Podman*) ;;
      *)
        command -v nvidia-container-runtime-hook >/dev/null 2>&1
        return
        ;;
    esac
  fi
  command -v nvidia-ctk >/dev/null 2>&1 && nvidia-ctk cdi list 2>/dev/null | grep -q '^nvidia\.com/gpu='
}

# Prints the command that runs Compose for the engine $1. Podman's is a program of its own: `version` tells.
compose_of() {
  for candidate in "$1 compose" "$1-compose"; do
    if $candidate version >/dev/null 2>&1; then
      echo "$candidate"
      return
    fi
  done
}

# Which line starts the worker in a container here? A question of the checkout: there the Compose file is.
check_containers() {
  [ -f "$home/docker-compose.yml" ] || return 0
  reason=
  engine=
  if command -v docker >/dev/null 2>&1; then
    if reason=$(docker version --format '{{.Server.Version}}' 2>&1); then engine=docker; fi
  fi
  if [ -z "$engine" ] && command -v podman >/dev/null 2>&1; then engine=podman; fi
  if [ -z "$engine" ] && [ -n "$reason" ]; then
    warn "containers: Docker's engine does not answer ($(echo "$reason" | tail -n 1)); without one: ./tts-worker serve"
    return
  elif [ -z "$engine" ]; then
    ok "containers: no docker and no podman here; without one: ./tts-worker serve"
    return
  fi
  compose=$(compose_of "$engine")
  if [ -z "$compose" ]; then
    ok "containers: $engine is here, Compose is not: see \"Without Compose\" in docs/DOCKER_SETUP.md"
  elif [ -z "$gpu_works" ]; then
    ok "containers: $compose up tts-worker-0 (on the CPU)"
  elif gives_gpus "$engine"; then
    ok "containers: $compose -f docker-compose.yml -f docker-compose.gpu.yml up tts-worker-0 (on the GPU)"
  else
    warn "containers: $compose up tts-worker-0 (on the CPU: $engine cannot give the GPU to a container until the" \
      "NVIDIA Container Toolkit is installed and configured; see docs/DOCKER_SETUP.md)"
  fi
}

check_java
check_build
check_proto
check_config "$@"
grpc_port=$(setting worker grpc_port)
grpc_port=${grpc_port:-$(setting grpc port)}
metrics_port=$(setting metrics prometheus_port)
check_port gRPC "${WORKER_GRPC_PORT:-${WORKER_PORT:-${grpc_port:-7001}}}" "worker.grpc_port in configs/worker.yaml"
if [ "${METRICS_ENABLED:-$(setting metrics enabled)}" != false ]; then
  check_port metrics "${METRICS_PORT:-${metrics_port:-9090}}" "metrics.prometheus_port in configs/worker.yaml"
fi
check_voices
check_disk
check_gpu
check_containers
[ "$failures" -eq 0 ]
