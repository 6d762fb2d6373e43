#!/usr/bin/env bash
# Tries many mutated inputs on every parser and on the text path down to eSpeak NG.
#
#   scripts/fuzz.sh [INPUTS]     of each kind so many (default 200,000; there are nine kinds)
#
# A failure names the property values that repeat it. Every test run tries some hundreds, always the same; this script
# takes another seed each time.
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=jdk.sh
. scripts/jdk.sh
find_java javac
inputs=${1:-200000}
case $inputs in
  '' | *[!0-9]*) echo "fuzz.sh: INPUTS is '$inputs'; allowed: a whole number" >&2; exit 2 ;;
esac
JAVA_HOME=$java_home MAVEN_OPTS=$(maven_options) mvn -B -ntp -Pcpu -Dfuzz.inputs="$inputs" \
  -Djunit.jupiter.execution.timeout.mode=disabled -Dtest='ReaderFuzzTest,GraphPartitionerFuzzTest,EspeakFuzzTest,TextChainFuzzTest' -Dsurefire.failIfNoSpecifiedTests=false test \
  | grep -E 'accepted|uncuttable|crashes|Tests run|ERROR|BUILD'
