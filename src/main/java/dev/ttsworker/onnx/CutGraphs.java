package dev.ttsworker.onnx;

import dev.ttsworker.onnx.proto.ModelProto;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// A voice cut into three models that can be written to disk. Immutable; the stages share their
/// weights with the source in memory.
public final class CutGraphs implements CutResult {
  private final ModelProto text;
  private final ModelProto flow;
  private final ModelProto decoder;
  private final CutNames names;

  CutGraphs(ModelProto text, ModelProto flow, ModelProto decoder, CutNames names) {
    this.text = text;
    this.flow = flow;
    this.decoder = decoder;
    this.names = names;
  }

  public CutNames names() {
    return names;
  }

  /// Writes one stage, replacing what is there.
  ///
  /// @throws IOException as the file system says
  public void write(Stage stage, Path file) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      model(stage).writeTo(out);
    }
  }

  ModelProto model(Stage stage) {
    return switch (stage) {
      case TEXT -> text;
      case FLOW -> flow;
      case DECODER -> decoder;
    };
  }
}
