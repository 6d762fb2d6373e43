#!/bin/bash
# Does by hand what the Dockerfile does for its target `cpu`, where there is no Docker engine, and runs the
# result as an image runs: uid 1000, read-only root, /tmp in memory, Java as process 1. Linux; needs root,
# debootstrap and a Debian mirror, Maven, a JDK 25 and grpc-health-probe. Whatever cannot be tried is said.
#
#   scripts/verify-image.sh [STARTS]     STARTS: how many starts to time with and without class cache; default 0
#
# Works in target/image, where the base system is kept for the next time. SKIP_BUILD=yes takes Maven's last build.
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=scripts/jdk.sh
. scripts/jdk.sh
starts=${1:-0}
work=$PWD/target/image
root=$work/root
# Where the Dockerfile puts the linked Java.
jre=$(sed -n 's:^RUN /scripts/link-jre.sh ::p' Dockerfile)
port=17071
voices=$PWD/voicepacks
running=

say() { echo "== $*"; }
fail() {
  echo "verify-image: $*" >&2
  exit 1
}
mib() { du -smx "$@" | tail -1 | cut -f1; }
trap '[ -z "$running" ] || kill -KILL "$running" 2>/dev/null || true' EXIT

[ "$(id -u)" = 0 ] || fail "needs root, for chroot and mounts"
for tool in debootstrap unshare setpriv grpc-health-probe mvn; do
  command -v "$tool" >/dev/null || fail "$tool is not on the PATH"
done
find_java javac
mkdir -p "$work"

# What the stage `source` copies, and nothing else.
copied() {
  awk '/^FROM/ { inside = / AS source$/ } inside && $1 == "COPY" { for (i = 2; i < NF; i++) print $i }' Dockerfile
}

build() {
  say "stage source: only what the Dockerfile copies and .dockerignore lets through"
  rm -rf "$work/context"
  mkdir "$work/context"
  for path in $(copied) scripts/link-jre.sh scripts/train-aot.sh src/test/resources/voicepacks; do
    grep -qxF "!$path" .dockerignore || grep -qxF "!${path%%/*}" .dockerignore ||
      fail "$path is copied by the Dockerfile and left out by .dockerignore"
    tar --exclude=./voicepacks/piper -cf - "./$path" | tar -xf - -C "$work/context"
  done
  maven=$(sed -n 's/^ENV MAVEN_BUILD="\(.*\)"$/\1/p' Dockerfile)
  say "stage build-cpu: $maven -P!format,cpu"
  (
    cd "$work/context"
    # shellcheck disable=SC2086 # words
    JAVA_HOME=$java_home MAVEN_OPTS=$(maven_options) $maven '-P!format,cpu' >"$work/build.log" 2>&1
  ) || {
    cat "$work/build.log"
    fail "the build failed"
  }
}

base() {
  say "base-cpu: Debian bookworm"
  if [ ! -f "$work/base/.done" ]; then
    rm -rf "$work/base"
    debootstrap --variant=minbase bookworm "$work/base" >"$work/debootstrap.log" 2>&1 ||
      fail "debootstrap failed: $work/debootstrap.log"
    # As debian:bookworm-slim leaves them out.
    rm -rf "$work"/base/var/cache/apt/* "$work"/base/var/lib/apt/lists/* \
      "$work"/base/usr/share/{doc,man,info,locale,lintian}/*
    touch "$work/base/.done"
  fi
}

layers() {
  say "jre, app"
  rm -rf "$root" "$work/java"
  cp -a "$work/base" "$root"
  "$work/context/scripts/link-jre.sh" "$work/java"
  mkdir -p "$root/opt" "$root/app" "$root/training"
  cp -a "$work/java" "$root$jre"
  cp -a "$work/context/target/tts-worker/." "$root/app"
  mkdir -p "$root/app/voicepacks/piper"
  cp "$(command -v grpc-health-probe)" "$root/usr/local/bin/"
  cp -a "$work/context/scripts/train-aot.sh" "$work/context/src/test/resources/voicepacks" "$root/training"
  echo "127.0.0.1 localhost" >"$root/etc/hosts" # as the engine writes it
}

# $1 rw or ro, $2 user id, the rest a command: runs it in the image as process 1. Cannot return: exec.
inside() {
  # shellcheck disable=SC2016 # for the inner shell
  exec unshare --mount --pid --fork --kill-child sh -euc '
    root=$1 mode=$2 user=$3 voices=$4
    shift 4
    mount --bind "$root" "$root"
    mount -t proc proc "$root/proc"
    mount -t tmpfs tmpfs "$root/tmp"
    mount --rbind /dev "$root/dev"
    if [ "$mode" = ro ]; then
      mount --bind "$voices" "$root/app/voicepacks"
      mount -o remount,bind,ro "$root/app/voicepacks"
      mount -o remount,bind,ro "$root"
    fi
    exec chroot "$root" /usr/bin/setpriv --reuid "$user" --regid "$user" --clear-groups --no-new-privs \
      --bounding-set=-all --inh-caps=-all "$@"' \
    inside "$root" "$1" "$2" "$voices" \
    /usr/bin/env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/ \
    TTS_JAVA_HOME="$jre" VOICEPACK_ROOT=/app/voicepacks LANG=C.UTF-8 WORKER_GRPC_PORT=$port METRICS_PORT=$((port + 1)) \
    "${@:3}"
}

libraries() {
  say "native libraries find what they need in the base"
  for library in "$root"/app/native/*.so*; do
    # Java loads libonnxruntime.so before what needs it.
    missing=$(chroot "$root" ldd "/app/native/${library##*/}" | grep 'not found' | grep -v libonnxruntime.so || true)
    [ -z "$missing" ] || fail "$library: $missing"
  done
}

train() {
  say "class cache: scripts/train-aot.sh in the image"
  (inside rw 0 /training/train-aot.sh /app /training/voicepacks) || fail "no class cache"
  rm -rf "$root/training"
}

sizes() {
  # What Docker pulls is compressed and smaller; the budget is of the image on disk, without voice.
  echo "   base $(mib "$work/base") MiB, java $(mib "$root$jre"), app $(mib --exclude=tts-worker.aot "$root/app")," \
    "class cache $(mib "$root/app/tts-worker.aot"), probe $(mib "$root/usr/local/bin"): $(mib "$root") MiB (budget 400)"
  [ "$(mib "$root")" -lt 400 ] || fail "over budget"
}

start() {
  (inside ro 1000 /app/tts-worker serve --config /app/configs/image.yaml) >"$work/worker.log" 2>&1 &
  running=$!
  until grpc-health-probe -addr="localhost:$port" >/dev/null 2>&1; do
    kill -0 "$running" 2>/dev/null || {
      cat "$work/worker.log"
      fail "the worker ended"
    }
    sleep 0.02
  done
}

stop() {
  kill -TERM "$(pgrep -P "$running")"
  code=0
  wait "$running" || code=$?
  running=
  [ "$code" -eq 0 ] || {
    tail -3 "$work/worker.log"
    fail "exit code $code after SIGTERM"
  }
}

run() {
  say "runs: uid 1000, no capabilities, read-only, /tmp in memory, Java as process 1"
  start
  java=$(pgrep -P "$running")
  grep -E '^(NSpid|Uid|CapEff|NoNewPrivs)' "/proc/$java/status" | sed 's/^/   /'
  tr '\0' ' ' <"/proc/$java/cmdline" | cut -c1-100 | sed 's/^/   /'
  grep -q "/app/tts-worker.aot" "/proc/$java/maps" || fail "the class cache is not in use"
  nsenter --target "$java" --mount --pid chroot "$root" /usr/bin/env TTS_JAVA_HOME="$jre" \
    /app/tts-worker health --port $port | sed 's/^/   /'
  check=$(sed -n 's/^  CMD exec grpc-health-probe/grpc-health-probe/p' Dockerfile | head -n 1)
  nsenter --target "$java" --mount --pid chroot "$root" /usr/bin/env WORKER_GRPC_PORT=$port /bin/sh -c "$check" | sed 's/^/   /'
  nsenter --target "$java" --mount touch "$root/app/x" 2>/dev/null && fail "the root can be written to"
  text="This sentence is being spoken while the worker is told to stop, and it must be heard to its end. "
  client=$work/context/target/tts-worker/tts-worker
  "$client" say "$text$text" --seed 1 --addr "localhost:$port" -o "$work/whole.wav"
  "$client" say "$text$text" --seed 1 --addr "localhost:$port" -o "$work/drained.wav" &
  speaking=$!
  until [ "$(grep -c 'Synthesis started' "$work/worker.log")" = 2 ]; do
    kill -0 "$speaking" || fail "the call did not start"
    sleep 0.05
  done
  stop
  wait "$speaking" || fail "the running call was cut off"
  [ "$(stat -c %s "$work/whole.wav")" = "$(stat -c %s "$work/drained.wav")" ] || fail "the running call lost audio"
  say "SIGTERM to process 1: the running call ended whole, exit code 0"
}

# $1 starts with the cache and as many without, in turn: milliseconds to SERVING.
measure() {
  for _ in $(seq "$1"); do
    for cache in with without; do
      [ $cache = with ] || mv "$root/app/tts-worker.aot" "$work/"
      began=$(date +%s%3N)
      start
      echo "   $cache class cache: $(($(date +%s%3N) - began)) ms to SERVING"
      stop
      [ $cache = with ] || mv "$work/tts-worker.aot" "$root/app/"
    done
  done
}

[ -n "${SKIP_BUILD:-}" ] || build
base
layers
libraries
train
sizes
run
if [ "$starts" -gt 0 ]; then
  say "start-up"
  measure "$starts"
fi
say "done. Not tried here: the GPU image, the probe's build from source, the engine itself (docs/DOCKER_SETUP.md, Podman)"
