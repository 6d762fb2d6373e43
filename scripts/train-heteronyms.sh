#!/usr/bin/env bash
# Trains the heteronym classifiers of the English front end, or measures those of this build.
#
#   scripts/train-heteronyms.sh SOURCES HOMOGRAPHS [measure]
#
# SOURCES: the files that EnglishData names. HOMOGRAPHS: train.tsv and wordids.tsv of
# WikipediaHomographData (Apache-2.0; its sentences are from Wikipedia, and are not part of this
# project). It trains with these and with this project's own everyday sentences
# (src/test/resources/.../g2p/english/everyday-heteronyms.tsv). A tenth of both is kept back, and
# measured with at the end. Needs the compiled main and test classes: mvn test-compile.
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=scripts/jdk.sh
. scripts/jdk.sh
find_java java
sources=$1 homographs=$2
package=dev.ttsworker.engine.g2p.english
weights=src/main/resources/dev/ttsworker/engine/g2p/english/heteronyms.bin.gz
main=${TTS_CLASSES:-target/classes:target/test-classes:target/tts-worker/lib/*}
mkdir -p target/english
"$java_home/bin/java" -cp "$main" $package.CompileEnglishData "$sources" target/english/english.bin
if [ "${3:-}" = measure ]; then
  "$java_home/bin/java" -cp "$main" $package.HeteronymTrainer target/english/english.bin "$homographs"
else
  "$java_home/bin/java" -cp "$main" $package.HeteronymTrainer target/english/english.bin "$homographs" "$weights"
fi
