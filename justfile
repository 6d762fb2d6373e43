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

# All tests; arguments go to Maven
test *arguments:
    scripts/verify.sh {{ arguments }}

# Error Prone, NullAway and the declared libraries
check *arguments:
    scripts/verify-checks.sh {{ arguments }}

# Generate the Java classes of the proto files (every build does this too)
gen-proto:
    #!/bin/sh
    set -eu
    . scripts/jdk.sh
    find_java javac
    JAVA_HOME=$java_home MAVEN_OPTS=$(maven_options) mvn -B -ntp -q -Pcpu generate-sources
    find target/generated-sources -name '*Grpc.java'

# Serve the installed Piper voice
run-tts-piper *arguments:
    ./tts-worker serve --adapter piper --default-model piper-en-us-joe-medium {{ arguments }}

# Serve a 440 Hz tone, to try a client without a voice
run-tts-mock *arguments:
    ./tts-worker serve --adapter mock --default-model mock-440hz {{ arguments }}

# Ask for the sesame family: its first voicepack, else the fallback speaks and the log says "Model not found: sesame-…"
run-tts-sesame *arguments:
    #!/bin/sh
    set -eu
    voice=default
    for folder in voicepacks/sesame/*/; do
      if [ -d "$folder" ]; then voice=$(basename "$folder"); break; fi
    done
    exec ./tts-worker serve --adapter sesame --default-model "sesame-$voice" {{ arguments }}

# Does a worker answer here, and which processes are there?
status:
    -@if [ -x target/tts-worker/tts-worker ]; then target/tts-worker/tts-worker health; else echo "no build here yet: just build"; fi
    -@ps -eo pid,etime,rss,args | grep '[d]ev.ttsworker.Main' | cut -c 1-160

# Keep a worker busy with good and bad callers: does anything grow or stutter? (15 minutes)
soak *arguments:
    scripts/soak.py {{ arguments }}

# Many mutated inputs for every parser and the text path down to eSpeak NG (of each kind so many)
fuzz inputs="200000":
    scripts/fuzz.sh {{ inputs }}

# Look whether a worker can start here
preflight *arguments:
    scripts/preflight-check.sh {{ arguments }}

# Talk to a running worker as a client does
test-connection *arguments:
    scripts/test-connection.py {{ arguments }}

# Build both images, run them by Compose and check them; with Docker, or as root with podman
verify-containers:
    scripts/verify-containers.sh

# Check the Helm chart, Envoy's configuration and the fleet of Compose
verify-deploy:
    scripts/verify-deploy.sh
