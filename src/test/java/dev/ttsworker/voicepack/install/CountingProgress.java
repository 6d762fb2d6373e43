package dev.ttsworker.voicepack.install;

import java.util.ArrayList;
import java.util.List;

/// Progress that counts; it can interrupt the installation.
final class CountingProgress implements InstallProgress {
  long bytes;
  int open;
  boolean interruptsWhenStarted;
  String interruptedStep = "none";
  final List<String> steps = new ArrayList<>();

  @Override
  public void started(String what, long totalBytes) {
    open++;
    steps.add(what);
    if (interruptsWhenStarted || what.equals(interruptedStep)) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void advanced(long count) {
    bytes += count;
  }

  @Override
  public void finished() {
    open--;
  }
}
