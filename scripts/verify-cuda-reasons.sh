#!/bin/sh
# What the worker says where CUDA does not work, with NVIDIA's real libraries and without a GPU: a driver library that
# refuses everything (scripts/cuda-driver-stub.c, needs cc) lets CUDA's runtime give its own errors.
#
#   scripts/verify-cuda-reasons.sh RUNTIME LIBRARIES
#     RUNTIME     folder with an ONNX Runtime for CUDA and its Java binding (engine.native_path; docs/gpu.md)
#     LIBRARIES   folders with CUDA's libraries, joined by colons, such as nvidia/cu13/lib of Python's packages
#
# Exit status: 0 all as expected, 1 something was not, 2 wrong arguments.
set -eu
cd "$(dirname "$0")/.."
[ $# -eq 2 ] || {
  echo "usage: scripts/verify-cuda-reasons.sh RUNTIME LIBRARIES" >&2
  exit 2
}
runtime=$(cd "$1" && pwd)
libraries=$2
work=$(mktemp -d)
worker=
trap '[ -z "$worker" ] || kill -9 "$worker" 2>/dev/null; rm -rf "$work"' EXIT
mkdir "$work/driver"
cc -shared -fPIC -O1 -o "$work/driver/libcuda.so.1" scripts/cuda-driver-stub.c -ldl
cat >"$work/worker.yaml" <<YAML
worker: {grpc_host: 127.0.0.1, grpc_port: 0}
model_manager: {default_model_id: mock-440hz, fallback_model_id: mock-440hz}
voicepacks: {auto_install: false}
metrics: {enabled: false}
engine: {device: cuda, native_path: $runtime}
YAML
failed=0

# $1 driver folder or "", $2 error, $3 version of the driver, $4 what the reason must contain
expect() {
  STUB_CUDA_ERROR=$2 STUB_CUDA_VERSION=$3 LD_LIBRARY_PATH=$1:$libraries \
    ./tts-worker serve --config "$work/worker.yaml" >"$work/log" 2>&1 &
  worker=$!
  tries=0
  until grep -q '"Inference on ' "$work/log" || [ "$tries" -ge 600 ]; do
    tries=$((tries + 1))
    kill -0 "$worker" 2>/dev/null || break
    sleep 0.1
  done
  kill "$worker" 2>/dev/null || :
  wait "$worker" || :
  worker=
  said=$(sed -n 's/.*"message":"Inference on \([^"]*\).*/\1/p' "$work/log" | head -n 1)
  case $said in
    *"$4"*) verdict=ok ;;
    *) verdict="NOT AS WANTED: $4" failed=1 ;;
  esac
  case $said in
    *hostname* | *"$(uname -n)"*) verdict="NAMES THE HOST" failed=1 ;;
  esac
  printf '%s\n  %s\n' "$said" "$verdict"
}

expect "" 0 13000 'libcuda.so.1: cannot open shared object file'
expect "$work/driver" 100 13000 'it does not work: CUDA failure 100: no CUDA-capable device is detected'
expect "$work/driver" 0 11040 'it does not work: CUDA failure 35: CUDA driver version is insufficient'
expect "$work/driver" 803 13000 'it does not work: CUDA failure 803: system has unsupported display driver'
expect "$work/driver" 999 13000 'it does not work: CUDA failure 999: unknown error'
exit "$failed"
