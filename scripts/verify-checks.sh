#!/bin/sh
# Static analysis: everything is compiled once more with Error Prone and NullAway, in a folder of its own, and each
# library that is used must be declared in pom.xml, and the other way round. One core for one or two minutes.
#
#   scripts/verify-checks.sh [ARGUMENT...]    arguments go to Maven
#
# Environment: as scripts/verify.sh. May run beside it when what both need has been downloaded.
set -eu
cd "$(dirname "$0")/.."
# shellcheck source=scripts/jdk.sh
. scripts/jdk.sh
# shellcheck source=scripts/runtime.sh
. scripts/runtime.sh
use_maven verify-checks
profile=${TTS_WORKER_PROFILE:-$(fitting_profile)}
exec mvn -B -ntp "-P$profile,checks,!format" "-Dbuild.folder=$PWD/target/checks" -Dmaven.antrun.skip=true \
  process-test-classes "$@"
