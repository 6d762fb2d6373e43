package dev.ttsworker.bench;

import dev.ttsworker.cli.Commands;

/// Entry point of `tts-worker bench`.
public final class BenchMain {
  private BenchMain() {}

  /// Runs the benchmark and halts the process, as the product does.
  public static void main(String[] args) {
    int code = Commands.run(new BenchCommand(), args);
    System.out.flush();
    System.err.flush();
    Runtime.getRuntime().halt(code);
  }
}
