package dev.ttsworker.engine.g2p.english;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.voicepack.DataFormat;
import java.nio.file.Path;

/// Language data `english`: what the English front end reads. Found by
/// [dev.ttsworker.voicepack.DataFormats].
public final class EnglishDataFormat implements DataFormat {
  @Override
  public String id() {
    return EnglishFrontEnd.NAME;
  }

  @Override
  public void compile(Path sourceFolder, Path file) {
    EnglishData.compile(sourceFolder, file);
  }

  @Override
  public void checkHead(Path file) {
    EnglishData _ = EnglishData.open(file);
  }

  @Override
  public void check(Path file) {
    EnglishData data = EnglishData.open(file);
    if (data.varieties().isEmpty()) {
      throw new WorkerException(
          ErrorCode.INVALID_VOICEPACK,
          "Language data " + file.getFileName() + ": it has no accent");
    }
    for (String variety : data.varieties()) {
      EnglishModel _ = data.load(Accent.of(variety));
    }
  }
}
