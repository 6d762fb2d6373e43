#!/bin/sh
# Links the Java of the images: only the modules that this program uses (docs/decisions/0002-images.md).
# The Dockerfile calls it.
#
#   scripts/link-jre.sh FOLDER     FOLDER must not exist yet
set -eu
[ $# -eq 1 ] || {
  echo "usage: scripts/link-jre.sh FOLDER" >&2
  exit 2
}
# shellcheck source=scripts/jdk.sh
. "$(dirname "$0")/jdk.sh"
find_java jlink
exec "$java_home/bin/jlink" --output "$1" \
  --add-modules java.base,java.logging,java.management,java.naming,java.net.http,java.sql,java.xml,jdk.httpserver,jdk.jfr,jdk.management,jdk.unsupported \
  --strip-java-debug-attributes --no-header-files --no-man-pages --compress zip-6
