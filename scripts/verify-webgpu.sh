#!/usr/bin/env bash
# Voices on a second execution provider: ONNX Runtime's plug-in for WebGPU, on software that it takes for a GPU
# (Chromium's SwiftShader). Installs the plug-in below target/webgpu; a minute of two cores, nearly all of it shaders.
# What is missing is said, and is no failure, or with TTS_REQUIRE_WEBGPU=1 is one.
#
#   scripts/verify-webgpu.sh
#
# Needs Chromium, the loader of Vulkan (libvulkan1), and Python with venv; what scripts/verify.sh has compiled is not
# compiled again. x86-64.
set -euo pipefail
cd "$(dirname "$0")/.."
vulkan=/usr/lib/chromium/vk_swiftshader_icd.json
missing=
[ "$(uname -sm)" = "Linux x86_64" ] || missing="there is no build of the plug-in for $(uname -sm)"
[ -f "$vulkan" ] || missing="$vulkan is missing"
[ -z "$missing" ] || {
  echo "verify-webgpu: WebGPU was NOT verified: $missing" >&2
  [ "${TTS_REQUIRE_WEBGPU:-}" != 1 ]
  exit
}
[ -d target/webgpu/onnxruntime_ep_webgpu ] || {
  [ -x target/python/bin/python ] || python3 -m venv target/python
  target/python/bin/python -m pip install -q --no-deps --target target/webgpu onnxruntime-ep-webgpu==0.4.0
}
sed 's|"library_path": *"[^"]*"|"library_path": "/usr/lib/chromium/libvk_swiftshader.so"|' "$vulkan" >target/webgpu/icd.json
export TTS_WEBGPU_LIBRARY=$PWD/target/webgpu/onnxruntime_ep_webgpu/libonnxruntime_providers_webgpu.so
export VK_DRIVER_FILES=$PWD/target/webgpu/icd.json VK_ICD_FILENAMES=$PWD/target/webgpu/icd.json TTS_REQUIRE_WEBGPU=1
scripts/verify.sh --test WebGpuTest
