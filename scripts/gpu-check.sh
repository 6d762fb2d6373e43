#!/bin/sh
# Shows what this machine's NVIDIA GPU does for the worker; see scripts/gpu-check.py --help.
set -eu
command -v python3 >/dev/null 2>&1 || {
  echo "gpu-check: python3 is not on the PATH" >&2
  exit 2
}
exec python3 "$(dirname "$0")/gpu-check.py" "$@"
