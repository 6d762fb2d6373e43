#!/bin/bash
# Resolves and unpacks what a build takes for each platform, whatever this machine is, and reads the header of every
# native file: exit 1 when one is missing or made for another system or processor. Nothing of it is run.
#
#   scripts/verify-platforms.sh [PLATFORM...]     PLATFORM: a profile of pom.xml; default: all of them
#
# Works in target/platforms. Needs Maven, a JDK 25 and unzip.
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=scripts/jdk.sh
. scripts/jdk.sh
all=(linux-x64 linux-arm64 macos-arm64)
work=$PWD/target/platforms
wrong=0

fail() {
  echo "verify-platforms: $*" >&2
  exit 1
}

# The value of property $1 of pom.xml.
property() { sed -n "s:^ *<$1>\(.*\)</$1>\$:\1:p" pom.xml | head -n 1; }

# Prints what the header of file $1 says: its format and each processor it is for.
header() {
  # shellcheck disable=SC2046 # words
  set -- $(od -An -v -tx1 -N 48 "$1")
  [ $# -ge 20 ] || {
    echo "too short"
    return
  }
  case $1$2$3$4 in
    7f454c46) echo "ELF $(processor "$5${19}${20}")" ;;
    cffaedfe) echo "Mach-O $(processor "$8$7$6$5")" ;;
    cafebabe) # universal: big-endian, 20 bytes for each processor
      count=$((16#$8)) format=Mach-O
      shift 8
      while [ "$count" -gt 0 ] && [ $# -ge 4 ]; do
        format="$format $(processor "$1$2$3$4")"
        count=$((count - 1))
        [ $# -ge 20 ] || break
        shift 20
      done
      echo "$format"
      ;;
    4d5a*) echo "Windows" ;;
    *) echo "no native file" ;;
  esac
}

processor() {
  case $1 in
    023e00 | 01000007) echo x86_64 ;;
    02b700 | 0100000c) echo arm64 ;;
    *) echo "other($1)" ;;
  esac
}

# Is file $1 there, and for format $2 and processor $3?
check() {
  if [ ! -s "$1" ]; then
    found=missing
  else
    found=$(header "$1")
  fi
  case "$found " in
    "$2 $3 "* | "$2 "*" $3 "*) echo "   ok     ${1#"$folder"/}: $found" ;;
    *)
      echo "   WRONG  ${1#"$folder"/}: $found; wanted: $2 $3"
      wrong=$((wrong + 1))
      ;;
  esac
}

# Libraries on the class path that bring native files of their own: each must have one for format $1, processor $2.
check_libraries() {
  for jar in "$folder"/lib/*.jar; do
    natives=()
    while IFS= read -r native; do natives+=("$native"); done < <(unzip -Z1 "$jar" |
      grep -E '\.(so|dylib|jnilib|dll)(\.[0-9.]+)?$' || true)
    [ ${#natives[@]} -gt 0 ] || continue
    inside=$folder/inside/${jar##*/}
    mkdir -p "$inside"
    unzip -qqo "$jar" "${natives[@]}" -d "$inside"
    match=$inside/one-for-this-platform
    for native in "${natives[@]}"; do
      case "$(header "$inside/$native") " in
        "$1 $2 "* | "$1 "*" $2 "*) match=$inside/$native ;;
      esac
    done
    check "$match" "$1" "$2"
  done
}

maven() {
  mvn -B -ntp -Dstyle.color=never "$@" >"$work/maven.log" 2>&1 </dev/null || {
    cat "$work/maven.log" >&2
    return 1
  }
}

# $1 profile, $2 classifier of protoc and its plugin, $3 format, $4 processor, $5... the natives.
platform() {
  profile=$1 classifier=$2 format=$3 processor=$4
  shift 4
  folder=$work/$profile
  echo "== $profile"
  rm -rf "$folder"
  mkdir -p "$folder"
  others=
  for other in "${all[@]}"; do [ "$other" = "$profile" ] || others="$others,!$other"; done
  # The same execution as in a build.
  maven "-P!format,$profile$others,cpu" "-Dapp.directory=$folder" antrun:run@natives dependency:copy-dependencies \
    "-DoutputDirectory=$folder/lib" -DincludeScope=runtime -DexcludeGroupIds=com.microsoft.onnxruntime ||
    fail "$profile: the natives cannot be resolved and unpacked"
  for tool in "com.google.protobuf:protoc:$(property protoc.version)" \
    "io.grpc:protoc-gen-grpc-java:$(property protoc-gen-grpc.version)"; do
    maven dependency:copy "-Dartifact=$tool:exe:$classifier" "-DoutputDirectory=$folder/tools" ||
      fail "$profile: $tool:exe:$classifier cannot be resolved"
  done
  for native in "$@"; do check "$folder/native/$native" "$format" "$processor"; done
  [ -s "$folder/native/espeak-ng-data/phontab" ] || check "$folder/native/espeak-ng-data/phontab" "$format" "$processor"
  for tool in "$folder"/tools/*.exe; do check "$tool" "$format" "$processor"; done
  [ "$(find "$folder/native" -maxdepth 1 -type f | wc -l)" -eq $# ] ||
    fail "$profile: other files than $* in $folder/native"
  check_libraries "$format" "$processor"
}

command -v mvn >/dev/null || fail "mvn is not on the PATH"
command -v unzip >/dev/null || fail "unzip is not on the PATH"
find_java javac || exit 1
export JAVA_HOME=$java_home
MAVEN_OPTS=$(maven_options)
export MAVEN_OPTS
[ $# -gt 0 ] || set -- "${all[@]}"
for wanted in "$@"; do
  case $wanted in
    linux-x64) platform "$wanted" linux-x86_64 ELF x86_64 libonnxruntime.so libonnxruntime4j_jni.so libespeak-ng.so.1 ;;
    linux-arm64) platform "$wanted" linux-aarch_64 ELF arm64 libonnxruntime.so libonnxruntime4j_jni.so libespeak-ng.so.1 ;;
    macos-arm64) platform "$wanted" osx-aarch_64 Mach-O arm64 libonnxruntime.dylib libonnxruntime4j_jni.dylib libespeak-ng.1.dylib ;;
    *) fail "no such platform: $wanted; allowed: ${all[*]}" ;;
  esac
done
[ "$wrong" -eq 0 ] || fail "$wrong native file(s) missing or for another platform"
echo "== every native file is there and for its platform"
