# Sourced by the launcher and by the scripts: finds a Java 25 or newer. POSIX sh.
#
#   find_java java    sets java_home to a runtime (JRE or JDK); 1 and a sentence on stderr if there is none
#   find_java javac   the same, but only a JDK with a compiler will do
# shellcheck shell=sh

java_wanted=25

# Prints the major version of the Java below folder $1, from its `release` file: no JVM is started.
java_major() {
  sed -n 's/^JAVA_VERSION="\(1\.\)\{0,1\}\([0-9]*\).*/\2/p' "$1/release" 2>/dev/null
}

# Is the Java below folder $1 new enough, and does it have the tool $2?
java_suits() {
  [ -n "$1" ] && [ -x "$1/bin/java" ] && [ -x "$1/bin/$2" ] || return 1
  java_found=$(java_major "$1")
  [ -n "$java_found" ] && [ "$java_found" -ge "$java_wanted" ]
}

# Prints the home of the java on the PATH, asking that java itself: it may be the shim of a version manager.
java_on_path() {
  command -v java >/dev/null 2>&1 || return 0
  java -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p'
}

find_java() {
  java_tool=$1
  if [ -n "${TTS_JAVA_HOME:-}" ]; then
    java_home=$TTS_JAVA_HOME
    java_suits "$java_home" "$java_tool" && return 0
    echo "tts-worker: TTS_JAVA_HOME=$TTS_JAVA_HOME has no $java_tool of Java $java_wanted or newer" >&2
    return 1
  fi
  java_home=${JAVA_HOME:-}
  java_suits "$java_home" "$java_tool" && return 0
  java_home=$(java_on_path)
  java_suits "$java_home" "$java_tool" && return 0
  # Debian, Ubuntu, Red Hat; vendors' archives; SDKMAN, asdf, mise, IDEs; macOS; Homebrew.
  for java_home in \
    /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /opt/java /opt/java/* /opt/jdk* \
    "${SDKMAN_DIR:-${HOME:-}/.sdkman}"/candidates/java/* \
    "${ASDF_DATA_DIR:-${HOME:-}/.asdf}"/installs/java/* \
    "${HOME:-}"/.local/share/mise/installs/java/* "${HOME:-}"/.jdks/* \
    "${HOME:-}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /home/linuxbrew/.linuxbrew/opt/openjdk*/libexec; do
    java_suits "$java_home" "$java_tool" && return 0
  done
  java_kind=Java
  [ "$java_tool" = javac ] && java_kind=JDK
  echo "tts-worker: needs $java_kind $java_wanted or newer and found none; install one or set TTS_JAVA_HOME to its folder" >&2
  return 1
}

# Options with which Maven 3 itself runs on Java 25 without warnings about its own libraries.
maven_options() {
  echo "${MAVEN_OPTS:-} --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED"
}

# Prepares Maven for the script of this name, or ends it.
use_maven() {
  command -v mvn >/dev/null 2>&1 || {
    echo "$1: Maven (mvn) is not on the PATH" >&2
    exit 1
  }
  find_java javac || exit 1
  JAVA_HOME=$java_home
  MAVEN_OPTS=$(maven_options)
  export JAVA_HOME MAVEN_OPTS
}
