/// `tts-worker bench`: what is measured in which order, and the reference designs of this build.
///
/// Uses: bench.client, bench.load, bench.report, bench.server, root, config, config.reader,
/// logging, voicepack.install, error; Jackson.
@NullMarked
package dev.ttsworker.bench;

import org.jspecify.annotations.NullMarked;
