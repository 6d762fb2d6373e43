# Sourced by the launcher and by scripts/verify.sh: which ONNX Runtime fits this machine. POSIX sh.
# shellcheck shell=sh

# Is there an ONNX Runtime for GPUs for this system and processor?
has_gpu_runtime() {
  [ "$(uname -sm)" = "Linux x86_64" ]
}

# Is there an NVIDIA GPU, on Linux or in WSL?
has_nvidia() {
  [ -e /dev/nvidiactl ] || { [ -e /dev/dxg ] && command -v nvidia-smi >/dev/null 2>&1; }
}

# Prints the Maven profile of the runtime that fits: gpu (a 740 MB download) or cpu.
fitting_profile() {
  if has_gpu_runtime && has_nvidia; then echo gpu; else echo cpu; fi
}
