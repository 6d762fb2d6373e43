package dev.ttsworker.voicepack.install;

/// Install progress listener, called on the installing thread; for a progress bar.
public interface InstallProgress {
  /// A step begins.
  ///
  /// @param what for people, such as a file's name and where it comes from
  /// @param totalBytes how many bytes the step will move; -1 when that is not known
  void started(String what, long totalBytes);

  /// The step moved this many bytes more.
  void advanced(long bytes);

  /// The step ended, well or not.
  void finished();

  /// One that ignores everything.
  static InstallProgress none() {
    return new InstallProgress() {
      @Override
      public void started(String what, long totalBytes) {}

      @Override
      public void advanced(long bytes) {}

      @Override
      public void finished() {}
    };
  }
}
