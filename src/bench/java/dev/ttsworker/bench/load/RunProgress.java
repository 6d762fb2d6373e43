package dev.ttsworker.bench.load;

/// Hears how the benchmark goes on. Called from the benchmark's own thread.
public interface RunProgress {
  /// A run begins.
  ///
  /// @param seconds how long it lasts, without the calls that are still running at its end
  void began(String what, int seconds);

  /// So much of the run is over.
  void reached(int seconds);

  void ended();

  /// Something that whoever watches should know, such as why calls failed.
  void note(String line);
}
