/// The commands.
///
/// Uses: root, bench with its packages, logging, config, config.reader, voicepack,
/// voicepack.install, error, the generated client; picocli, io.grpc, tools.jackson.
@NullMarked
package dev.ttsworker.cli;

import org.jspecify.annotations.NullMarked;
