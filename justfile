# Short names for the commands of this project; `just` alone lists them.

_default:
    @just --list

# Compile and package into target/tts-worker, if anything is newer
build:
    ./tts-worker --version

# Format the sources
fmt:
    #!/bin/sh
    set -eu
    . scripts/jdk.sh
    find_java javac
    JAVA_HOME=$java_home MAVEN_OPTS=$(maven_options) mvn -B -ntp -q spotless:apply

# All checks and tests; arguments go to Maven
test *arguments:
    scripts/verify.sh {{ arguments }}

# Generate the Java classes of the proto files (every build does this too)
gen-proto:
    mvn -B -ntp -q -Pcpu generate-sources
    @ls target/generated-sources

# Serve the installed Piper voice
run-tts-piper *arguments:
    ./tts-worker serve --adapter piper {{ arguments }}

# Serve a 440 Hz tone, to try a client without a voice
run-tts-mock *arguments:
    ./tts-worker serve --adapter mock --default-model mock-440hz {{ arguments }}

# For users of the earlier worker: this one has no Sesame voices and serves the installed Piper voice
run-tts-sesame *arguments:
    @echo "run-tts-sesame: no Sesame voices here; serving Piper" >&2
    ./tts-worker serve --adapter piper {{ arguments }}

# Does a worker answer here, and which processes are there?
status:
    -./tts-worker health
    -@ps -eo pid,etime,rss,args | grep '[d]ev.ttsworker.cli.Main' | cut -c 1-160

# Keep a worker busy with good and bad callers: does anything grow or stutter? (15 minutes)
soak *arguments:
    scripts/soak.py {{ arguments }}

# Many mutated inputs for every parser and the text path down to eSpeak NG (of each kind so many)
fuzz inputs="200000":
    scripts/fuzz.sh {{ inputs }}
