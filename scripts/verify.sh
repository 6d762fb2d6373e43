#!/bin/sh
# The one test command: format, warnings, unit tests, package, integration tests, coverage.
# Arguments go to Maven: scripts/verify.sh -Dtest='SegmenterTest'. Coverage: target/site/jacoco/index.html
#
#   TTS_JAVA_HOME        the JDK 25 to use; else JAVA_HOME, PATH and the usual places are looked at
#   TTS_WORKER_PROFILE   cpu: with the small runtime; default: with the one for GPUs, which runs on the CPU too
set -eu
cd "$(dirname "$0")/.."
# shellcheck source=scripts/jdk.sh
. scripts/jdk.sh
command -v mvn >/dev/null 2>&1 || {
  echo "verify: Maven (mvn) is not on the PATH" >&2
  exit 1
}
find_java javac || exit 1
JAVA_HOME=$java_home
MAVEN_OPTS=$(maven_options)
export JAVA_HOME MAVEN_OPTS
[ -z "${TTS_WORKER_PROFILE:-}" ] || set -- "-P$TTS_WORKER_PROFILE" "$@"
exec mvn -B -ntp verify "$@"
