package dev.ttsworker.grpc.riva;

import dev.ttsworker.engine.LexiconReader;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Custom dictionary of a request: words and their IPA, as entries of a session's lexicon.
final class CustomDictionary {
  private static final Logger LOG = LoggerFactory.getLogger(CustomDictionary.class);
  private static final String FIELD = "custom_dictionary";
  private static final String SEPARATOR = "  ";

  private CustomDictionary() {}

  /// The entries as a lexicon has them, a line each; what has no two blanks is left out.
  ///
  /// @param dictionary `word␣␣IPA` with commas or line ends between
  /// @throws dev.ttsworker.error.WorkerException `INVALID_FIELD` naming the entry
  static String lexicon(String dictionary) {
    List<String> entries = new ArrayList<>();
    int skipped = 0;
    for (String entry : dictionary.split("[,\\n]", -1)) {
      int at = entry.strip().indexOf(SEPARATOR);
      if (at > 0) {
        String word = entry.strip().substring(0, at);
        String ipa = entry.strip().substring(at).strip();
        entries.add(word + "=/" + ipa + "/");
      } else if (!entry.isBlank()) {
        skipped++;
      }
    }
    if (skipped > 0) {
      LOG.warn("{} has entries without two blanks between word and IPA: {}", FIELD, skipped);
    }
    String lexicon = String.join("\n", entries);
    // For its messages, which name this field.
    var _ = LexiconReader.text(lexicon, FIELD);
    return lexicon;
  }
}
