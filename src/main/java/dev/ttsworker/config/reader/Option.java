package dev.ttsworker.config.reader;

/// Command-line option that sets a key.
public enum Option {
  HOST("--host"),
  PORT("--port"),
  ADAPTER("--adapter"),
  DEFAULT_MODEL("--default-model"),
  /// Several ids are separated by commas.
  PRELOAD("--preload"),
  DEVICE("--device"),
  VOICEPACK_ROOT("--voicepack-root"),
  LOG_LEVEL("--log-level");

  private final String flag;

  Option(String flag) {
    this.flag = flag;
  }

  /// The option as it is typed.
  public String flag() {
    return flag;
  }
}
