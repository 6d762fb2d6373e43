package dev.ttsworker.config;

import java.util.List;

/// `worker.capabilities.*`: what clients read in GetCapabilities.
public record CapabilitySettings(
    boolean streaming,
    boolean zeroShot,
    boolean lora,
    boolean cpuOk,
    List<String> languages,
    boolean emotiveZeroPrompt,
    int maxConcurrentSessions) {
  public CapabilitySettings {
    languages = List.copyOf(languages);
  }
}
