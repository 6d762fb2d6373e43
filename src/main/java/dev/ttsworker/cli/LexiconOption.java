package dev.ttsworker.cli;

import picocli.CommandLine.Option;

/// Option `--lexicon`: pronunciation overrides for one command.
final class LexiconOption {
  @Option(
      names = "--lexicon",
      paramLabel = "ENTRIES",
      description =
          "How words are said, as options[\"lexicon\"] of a session: \"GIF=/dʒɪf/; nginx=engine x\";"
              + " comes before text.lexicon_file.")
  private String entries = "";

  /// The entries as they were given; blank for none.
  String entries() {
    return entries;
  }
}
