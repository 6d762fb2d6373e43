package dev.ttsworker.config;

/// Where a value was written.
///
/// @param source a file, `environment variable NAME` or `option --name`
/// @param line from 1; 0 where there are no lines
record Origin(String source, int line) {

  static Origin variable(String name) {
    return new Origin("environment variable " + name, 0);
  }

  static Origin option(Option option) {
    return new Origin("option " + option.flag(), 0);
  }

  @Override
  public String toString() {
    return line > 0 ? source + ":" + line : source;
  }
}
