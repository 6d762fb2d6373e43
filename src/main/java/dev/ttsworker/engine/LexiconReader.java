package dev.ttsworker.engine;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.yaml.YamlFile;
import dev.ttsworker.yaml.YamlNode;
import dev.ttsworker.yaml.YamlReader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Lexicon reader. The saying of a word is IPA between slashes, `/wɜːd/`, or other words.
public final class LexiconReader {
  /// Most words in a session's lexicon.
  public static final int MOST_OF_A_SESSION = 200;

  private static final int MOST_OF_A_FILE = 20_000;
  private static final int LONGEST_WORD = 60;
  private static final int LONGEST_SAYING = 200;

  private final String place;
  private final ErrorCode code;
  private final int most;
  private final Map<String, PronunciationOverride> sayings = new HashMap<>();

  private LexiconReader(String place, ErrorCode code, int most) {
    this.place = place;
    this.code = code;
    this.most = most;
  }

  /// Reads a YAML file of `word: saying`.
  ///
  /// @throws WorkerException `INVALID_CONFIGURATION` naming the file, the word and what is allowed
  public static Lexicon file(Path file) {
    YamlFile read = YamlReader.read(file);
    if (!read.problems().isEmpty()) {
      throw new WorkerException(
          ErrorCode.INVALID_CONFIGURATION,
          "text.lexicon_file " + read.problems().getFirst().describe(file.toString()));
    }
    LexiconReader reader =
        new LexiconReader(
            "text.lexicon_file " + file + ":", ErrorCode.INVALID_CONFIGURATION, MOST_OF_A_FILE);
    for (YamlNode.Entry entry : read.root().entries()) {
      if (entry.value() instanceof YamlNode.Scalar saying
          && saying.style() != YamlNode.Style.NOTHING) {
        reader.add(entry.key(), saying.text());
      } else {
        throw reader.refused("the pronunciation of \"" + shown(entry.key()) + "\"", "a text");
      }
    }
    return Lexicon.of(reader.sayings);
  }

  /// Reads `word=saying` entries with semicolons or line ends between them.
  ///
  /// @param field names the text in messages
  /// @throws WorkerException `INVALID_FIELD` naming the field, the entry and what is allowed
  public static Lexicon text(String entries, String field) {
    LexiconReader reader = new LexiconReader(field, ErrorCode.INVALID_FIELD, MOST_OF_A_SESSION);
    for (String entry : entries.split("[;\\n]", -1)) {
      int equals = entry.indexOf('=');
      if (equals >= 0) {
        reader.add(entry.substring(0, equals), entry.substring(equals + 1));
      } else if (!entry.isBlank()) {
        throw reader.refused(
            "the entry \"" + shown(entry.strip()) + "\"", "word=/IPA/ or word=other words");
      }
    }
    return Lexicon.of(reader.sayings);
  }

  private void add(String written, String saying) {
    String word = written.strip();
    Optional<String> key =
        word.length() > LONGEST_WORD ? Optional.empty() : LexiconTokens.key(word);
    if (key.isEmpty()) {
      throw refused(
          "the word \"" + shown(word) + "\"",
          "one or several words of letters, figures, inner hyphens and & + . ! ', at most "
              + LONGEST_WORD
              + " characters; anything else can be marked in the text, [word](/IPA/)");
    }
    sayings.put(key.get(), saying(word, saying.strip()));
    if (sayings.size() > most) {
      throw refused("more than " + most + " words", "that number");
    }
  }

  private PronunciationOverride saying(String word, String saying) {
    String of = "the pronunciation of \"" + shown(word) + "\", \"" + shown(saying) + "\"";
    if (saying.isEmpty() || saying.length() > LONGEST_SAYING) {
      throw refused(of, "1 to " + LONGEST_SAYING + " characters");
    }
    if (!saying.startsWith("/")) {
      return new PronunciationOverride.Alias(saying);
    }
    if (saying.length() < 3 || !saying.endsWith("/")) {
      throw refused(of, "IPA between two slashes, or other words");
    }
    String phonemes = saying.substring(1, saying.length() - 1);
    String foreign = Ipa.foreign(phonemes);
    if (!foreign.isEmpty()) {
      throw refused(
          of + ", with the symbols " + foreign,
          "IPA between two slashes, and ; or a line end between entries");
    }
    return Ipa.of(phonemes)
        .map(ipa -> new PronunciationOverride.Ipa(ipa, ""))
        .orElseThrow(() -> refused(of, "IPA with at least one sound between the slashes"));
  }

  private WorkerException refused(String what, String allowed) {
    return new WorkerException(code, place + " has " + what + "; allowed: " + allowed);
  }

  private static String shown(String text) {
    return text.length() > LONGEST_WORD ? text.substring(0, LONGEST_WORD) + "…" : text;
  }
}
