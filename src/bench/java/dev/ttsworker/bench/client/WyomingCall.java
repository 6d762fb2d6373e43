package dev.ttsworker.bench.client;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One spoken text, from sending it to its last sound, on a thread of its own: the only one that
/// calls the listener.
final class WyomingCall implements SpeechCall, Runnable {
  private static final int SAMPLE_BYTES = 2;

  private final WyomingStream stream;
  private final String text;
  private final SpeechListener listener;
  private @Nullable WyomingConnection connection;
  private boolean cancelled;

  WyomingCall(WyomingStream stream, String text, SpeechListener listener) {
    this.stream = stream;
    this.text = text;
    this.listener = listener;
  }

  @Override
  public synchronized void cancel() {
    cancelled = true;
    if (connection != null) {
      connection.close();
    }
  }

  @Override
  public void run() {
    Optional<String> problem = speak();
    if (problem.isPresent()) {
      listener.failed(problem.get());
    } else {
      listener.ended();
    }
  }

  private Optional<String> speak() {
    WyomingConnection taken;
    try {
      taken = stream.take();
    } catch (IOException e) {
      return Optional.of(reason(e));
    }
    Optional<String> problem;
    try {
      hold(taken);
      taken.send("synthesize", Map.of("text", text));
      problem = listen(taken);
    } catch (IOException e) {
      problem = Optional.of(reason(e));
    }
    return release(taken, problem);
  }

  /// From now on a cancel closes the connection, also one that came before.
  private synchronized void hold(WyomingConnection taken) {
    connection = taken;
    if (cancelled) {
      taken.close();
    }
  }

  /// After a problem the server may be anywhere in its answer: such a connection is of no use.
  private synchronized Optional<String> release(WyomingConnection taken, Optional<String> problem) {
    connection = null;
    if (cancelled) {
      taken.close();
      return Optional.of("cancelled by the benchmark");
    }
    if (problem.isPresent()) {
      taken.close();
    } else {
      stream.giveBack(taken);
    }
    return problem;
  }

  private Optional<String> listen(WyomingConnection taken) throws IOException {
    while (true) {
      WyomingEvent event = taken.receive();
      switch (event.type()) {
        case "audio-chunk" -> hear(event);
        case "audio-stop" -> {
          return Optional.empty();
        }
        case "error" -> {
          return Optional.of("the server says: " + event.data().path("text").asString("error"));
        }
        // audio-start, and whatever newer servers tell beside the sound.
        default -> {}
      }
    }
  }

  private void hear(WyomingEvent event) throws IOException {
    int rateHz = field(event.data(), "rate");
    int width = field(event.data(), "width");
    int channels = field(event.data(), "channels");
    int length = event.payload().length;
    if (rateHz <= 0 || width != SAMPLE_BYTES || channels != 1 || length % SAMPLE_BYTES != 0) {
      throw new IOException(
          "%d bytes of sound with rate %d, width %d, channels %d; allowed are whole samples of"
                  .formatted(length, rateHz, width, channels)
              + " width 2 and one channel");
    }
    if (length > 0) {
      listener.audio(event.payload(), rateHz);
    }
  }

  private static int field(JsonNode data, String name) {
    return data.path(name).asInt(0);
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
