#!/bin/sh
# The one test command: format, warnings, unit tests, package, integration tests; Error Prone and NullAway.
#
#   scripts/verify.sh                        everything
#   scripts/verify.sh --quick                format and unit tests, without the slow ones (@Tag("slow"))
#   scripts/verify.sh --test LauncherTest    one test class, or several: 'RealVoiceTest,ControlIT'
#   scripts/verify.sh -Dfuzz.inputs=9999     further arguments go to Maven
#
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
command -v mvn >/dev/null 2>&1 || {
  echo "verify: Maven (mvn) is not on the PATH" >&2
  exit 1
}
find_java javac || exit 1
JAVA_HOME=$java_home
MAVEN_OPTS=$(maven_options)
export JAVA_HOME MAVEN_OPTS
tests=all
if [ "${1:-}" = --test ]; then
  tests=some
  [ -n "${2:-}" ] || {
    echo "verify: --test needs the name of a test class, such as LauncherTest" >&2
    exit 2
  }
  # Each class by the plug-in that runs its kind; with an empty list the other one runs none.
  unit=$(echo "$2" | tr , '\n' | grep -Ev 'IT(#.*)?$' | paste -s -d , -)
  integration=$(echo "$2" | tr , '\n' | grep -E 'IT(#.*)?$' | paste -s -d , -)
  shift 2
  # Unit tests run before anything is packaged.
  last=verify
  [ -n "$integration" ] || last=test
  set -- "-Dtest=${unit:-none}" "-Dit.test=${integration:-none}" -Dsurefire.failIfNoSpecifiedTests=false \
    -Dfailsafe.failIfNoSpecifiedTests=false "$@"
fi
profile=${TTS_WORKER_PROFILE:-$(fitting_profile)}
if [ "${1:-}" = --quick ]; then
  shift
  exec mvn -B -ntp "-P$profile,!checks" -DexcludedGroups=slow test "$@"
fi
if [ "$tests" = some ]; then
  exec mvn -B -ntp "-P$profile,!checks" "$last" "$@"
fi

# Error Prone and NullAway take a minute and more of one core and need nothing from the tests: they run beside them. Two
# Mavens must not download the same at once: where nothing was built before, one compiles first.
format=
[ -f target/tts-worker/.built ] || {
  mvn -B -ntp "-P$profile,!checks" test-compile "$@"
  format=',!format'
}
checks=target/checks
mkdir -p "$checks"
mvn -B -ntp "-P$profile,checks,!format" "-Dbuild.folder=$PWD/$checks" -Dmaven.antrun.skip=true \
  process-test-classes "$@" >"$checks/log" 2>&1 &
checker=$!
trap 'kill "$checker" 2>/dev/null || :' EXIT
tested=0
mvn -B -ntp "-P$profile,!checks$format" verify "$@" || tested=$?
[ "$tested" -eq 0 ] || exit "$tested"
checked=0
wait "$checker" || checked=$?
trap - EXIT
[ "$checked" -eq 0 ] || {
  cat "$checks/log"
  echo "verify: the tests passed; Error Prone, NullAway or the declared dependencies did not: see above" >&2
}
exit "$checked"
