#!/bin/sh
# Writes tts-worker.aot into a packaged folder: Java's cache of loaded and linked classes, from a run
# of the worker that serves, speaks and is stopped. The launcher uses it when it is there
# (docs/decisions/0008-jvm-flags.md). It holds for this Java and these jars in this place alone.
#
#   scripts/train-aot.sh APP [VOICEPACKS [ID...]]   VOICEPACKS: a folder with the voice piper-tiny of the tests;
#                                                   ID: voices of APP itself; without either a worker with the test
#                                                   tone, which says nothing: half the work
set -eu
[ $# -ge 1 ] || {
  echo "usage: scripts/train-aot.sh APP [VOICEPACKS [ID...]]" >&2
  exit 2
}
app=$1
voicepacks=${2:-}
shift "$(($# < 2 ? $# : 2))"
model=piper-tiny
[ -n "$voicepacks" ] || model=mock-440hz
work=$(mktemp -d)
worker=
trap '[ -z "$worker" ] || kill -9 "$worker" 2>/dev/null; rm -rf "$work"' EXIT
# Loading keeps files beside a voice.
if [ -n "$voicepacks" ]; then cp -R "$voicepacks" "$work/voicepacks"; else mkdir "$work/voicepacks"; fi
cat >"$work/worker.yaml" <<YAML
worker: {grpc_host: localhost, grpc_port: 0}
model_manager: {default_model_id: $model, fallback_model_id: $model}
voicepacks: {auto_install: false}
metrics: {prometheus_port: 0}
YAML
rm -f "$app/tts-worker.aot"
DRAIN_GRACE_MS=0 TTS_AOT_OUTPUT=$work/tts-worker.aot \
  "$app/tts-worker" serve --config "$work/worker.yaml" --voicepack-root "$work/voicepacks" >"$work/log" 2>&1 &
worker=$!

fail() {
  cat "$work/log" >&2
  echo "train-aot: $*" >&2
  exit 1
}

port=
tries=0
until [ -n "$port" ]; do
  tries=$((tries + 1))
  if [ "$tries" -gt 600 ] || ! kill -0 "$worker" 2>/dev/null; then fail "the worker did not open its port"; fi
  sleep 0.2
  port=$(sed -n 's/.*gRPC server listening on port \([0-9]*\).*/\1/p' "$work/log")
done
# Waits for the voice by itself.
[ -z "$voicepacks" ] || "$app/tts-worker" say "Good morning. This is a training run." --addr "localhost:$port" -o "$work/said.wav" ||
  fail "the worker did not speak"
for id in "$@"; do
  "$app/tts-worker" say "Good morning. It is 5 p.m." --voice "$id" --addr "localhost:$port" -o "$work/said.wav" ||
    fail "$id did not speak"
done
kill -TERM "$worker"
wait "$worker" || fail "the worker ended with $?"
worker=
[ -s "$work/tts-worker.aot" ] || fail "Java wrote no cache"
mv "$work/tts-worker.aot" "$app/tts-worker.aot"
