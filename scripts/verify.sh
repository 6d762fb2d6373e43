#!/bin/sh
# The one test command: format, warnings, unit tests, package, integration tests.
#
#   scripts/verify.sh                        everything
#   scripts/verify.sh --quick                format and unit tests, without the slow ones (@Tag("slow"))
#   scripts/verify.sh --test LauncherTest    one test class, or several: 'RealVoiceTest,ControlIT'
#   scripts/verify.sh -Dfuzz.inputs=9999     further arguments go to Maven
#
# Static analysis: scripts/verify-checks.sh
# Coverage, a quarter slower: scripts/verify.sh -Djacoco.skip=false, then target/site/jacoco/index.html
#
#   TTS_JAVA_HOME        the JDK 25 to use; else JAVA_HOME, PATH and the usual places are looked at
#   TTS_WORKER_PROFILE   cpu: with the small runtime; gpu: with the one for GPUs, which runs on the CPU too;
#                        default: what fits this machine, as the launcher chooses
set -eu
cd "$(dirname "$0")/.."
# shellcheck source=scripts/jdk.sh
. scripts/jdk.sh
# shellcheck source=scripts/runtime.sh
. scripts/runtime.sh
use_maven verify
last=verify
if [ "${1:-}" = --test ]; then
  [ -n "${2:-}" ] || {
    echo "verify: --test needs the name of a test class, such as LauncherTest" >&2
    exit 2
  }
  # Each class by the plug-in that runs its kind; with an empty list the other one runs none.
  unit=$(echo "$2" | tr , '\n' | grep -Ev 'IT(#.*)?$' | paste -s -d , -)
  integration=$(echo "$2" | tr , '\n' | grep -E 'IT(#.*)?$' | paste -s -d , -)
  shift 2
  # Unit tests run before anything is packaged.
  [ -n "$integration" ] || last=test
  set -- "-Dtest=${unit:-none}" "-Dit.test=${integration:-none}" -Dsurefire.failIfNoSpecifiedTests=false \
    -Dfailsafe.failIfNoSpecifiedTests=false "$@"
fi
profile=${TTS_WORKER_PROFILE:-$(fitting_profile)}
if [ "${1:-}" = --quick ]; then
  shift
  exec mvn -B -ntp "-P$profile,!checks" -DexcludedGroups=slow test "$@"
fi
exec mvn -B -ntp "-P$profile,!checks" "$last" "$@"
