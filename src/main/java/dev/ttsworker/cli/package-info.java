/// The commands.
///
/// Uses: root, client, registration, bench with its packages, logging, config, config.reader,
/// voicepack, voicepack.install, error, the generated client; picocli, io.grpc, tools.jackson,
/// slf4j.
@NullMarked
package dev.ttsworker.cli;

import org.jspecify.annotations.NullMarked;
