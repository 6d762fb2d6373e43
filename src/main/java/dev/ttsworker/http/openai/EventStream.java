package dev.ttsworker.http.openai;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// Audio as server-sent events: each write an event, then one that says it is done.
final class EventStream extends OutputStream {
  private final OutputStream out;
  private final int inputTokens;
  private int outputTokens;

  /// @param inputTokens what the request counts as
  EventStream(OutputStream out, int inputTokens) {
    this.out = out;
    this.inputTokens = inputTokens;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value});
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    if (length > 0) {
      outputTokens++;
      byte[] part = new byte[length];
      System.arraycopy(bytes, from, part, 0, length);
      send(
          "{\"type\":\"speech.audio.delta\",\"audio\":\"%s\"}"
              .formatted(Base64.getEncoder().encodeToString(part)));
    }
  }

  private void send(String json) throws IOException {
    out.write(("data: " + json + "\n\n").getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  @Override
  public void close() throws IOException {
    send(
        "{\"type\":\"speech.audio.done\",\"usage\":{\"input_tokens\":%d,\"output_tokens\":%d,\"total_tokens\":%d}}"
            .formatted(inputTokens, outputTokens, inputTokens + outputTokens));
    out.close();
  }
}
