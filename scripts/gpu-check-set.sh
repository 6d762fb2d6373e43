#!/bin/sh
# Packs what scripts/gpu-check.sh --offline needs into a folder: worker, benchmark, Java, voice and the check itself.
#
#   scripts/gpu-check-set.sh FOLDER [ONNXRUNTIME]
#     FOLDER        must not exist yet; then: FOLDER/scripts/gpu-check.sh --offline FOLDER
#     ONNXRUNTIME   folder with the libraries of another ONNX Runtime (docs/gpu.md), taken in place of the worker's
set -eu
[ $# -eq 1 ] || [ $# -eq 2 ] || {
  echo "usage: scripts/gpu-check-set.sh FOLDER [ONNXRUNTIME]" >&2
  exit 2
}
[ ! -e "$1" ] || {
  echo "gpu-check-set: $1 exists already" >&2
  exit 2
}
mkdir -p "$1"
set_folder=$(cd "$1" && pwd)
runtime=${2:+$(cd "$2" && pwd)}
cd "$(dirname "$0")/.."
./tts-worker --version >/dev/null
cp -R target/tts-worker "$set_folder/tts-worker"
mkdir "$set_folder/tts-worker/target" "$set_folder/scripts"
cp target/tts-worker-bench.jar "$set_folder/tts-worker/target/"
cp scripts/gpu-check.sh scripts/gpu-check.py scripts/adapt_binding.py "$set_folder/scripts/"
scripts/link-jre.sh "$set_folder/java"
# English is all that the check reads.
find "$set_folder/tts-worker/native/espeak-ng-data" -name '*_dict' ! -name en_dict -exec rm {} +
if [ -n "$runtime" ]; then
  rm -f "$set_folder"/tts-worker/native/libonnxruntime.so* "$set_folder"/tts-worker/native/libonnxruntime_providers_*
  mkdir "$set_folder/onnxruntime"
  cp "$runtime"/lib*.so* "$set_folder/onnxruntime/"
fi
voice=voicepacks/piper/en-us-joe-medium
[ -f "$voice/en_US-joe-medium.onnx" ] || voice=src/test/resources/voicepacks/piper/tiny
mkdir "$set_folder/voice"
cp "$voice"/*.onnx "$voice"/*.onnx.json "$set_folder/voice/"
du -sh "$set_folder"
