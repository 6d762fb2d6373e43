package dev.ttsworker.engine.g2p.english;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/// Heteronyms ("read", "bass"): for each word a small linear classifier chooses the pronunciation
/// by the words and tags around it. Where one of the pronunciations is the verb, the grammar around
/// it counts as it does for the other verbs, so that words with few examples profit from those with
/// many. The weights are this project's own, made by `scripts/train-heteronyms.sh`. Immutable;
/// usable by any thread.
final class Heteronyms {
  static final String RESOURCE = "heteronyms.bin.gz";

  private final Verbs verbs;
  private final Map<String, Classifier> words;

  /// What the grammar around a word says for its being a verb, whatever the word.
  ///
  /// @param features hashes, sorted
  /// @param weights one for each feature
  @SuppressWarnings("ArrayRecordComponent") // constants, read in place
  record Verbs(int[] features, byte[] weights) {
    static final Verbs NONE = new Verbs(new int[0], new byte[0]);

    Verbs {
      if (weights.length != features.length) {
        throw new IllegalArgumentException(
            "%d features, %d weights".formatted(features.length, weights.length));
      }
    }

    int score(int[] present) {
      int score = 0;
      for (int feature : present) {
        int found = Arrays.binarySearch(features, feature);
        score += found >= 0 ? weights[found] : 0;
      }
      return score;
    }
  }

  /// Classifier of a word: the class with the highest sum of weights, the first of equal ones.
  ///
  /// @param american phonemes of each class; empty where the lexicon decides
  /// @param british the same
  /// @param verb the class that is a verb, -1 where none is or all are
  /// @param features hashes, sorted
  /// @param weights for each feature one of each class
  @SuppressWarnings("ArrayRecordComponent") // constants, read in place
  record Classifier(
      List<String> american, List<String> british, int verb, int[] features, byte[] weights) {
    Classifier {
      american = List.copyOf(american);
      british = List.copyOf(british);
      if (american.size() != british.size()
          || weights.length != features.length * american.size()) {
        throw new IllegalArgumentException(
            "%d and %d classes, %d features, %d weights"
                .formatted(american.size(), british.size(), features.length, weights.length));
      }
      if (verb < -1 || verb >= american.size()) {
        throw new IllegalArgumentException(
            "class %d of %d is the verb".formatted(verb, american.size()));
      }
    }

    /// The class of a word.
    ///
    /// @param present hashes of its features
    /// @param verbs weights of the verb, where one of the classes is one
    int classify(int[] present, Verbs verbs) {
      int[] scores = new int[american.size()];
      if (verb >= 0) {
        scores[verb] = verbs.score(present);
      }
      for (int feature : present) {
        int found = Arrays.binarySearch(features, feature);
        for (int i = 0; found >= 0 && i < scores.length; i++) {
          scores[i] += weights[found * scores.length + i];
        }
      }
      int best = 0;
      for (int i = 1; i < scores.length; i++) {
        best = scores[i] > scores[best] ? i : best;
      }
      return best;
    }
  }

  Heteronyms(Verbs verbs, Map<String, Classifier> words) {
    this.verbs = verbs;
    this.words = Map.copyOf(words);
  }

  /// Those of this build.
  static Heteronyms load() {
    try (InputStream in = Heteronyms.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("resource " + RESOURCE + " is missing");
      }
      return read(in);
    } catch (IOException e) {
      throw new UncheckedIOException("resource " + RESOURCE, e);
    }
  }

  /// The words that it decides.
  Set<String> words() {
    return words.keySet();
  }

  /// Phonemes of a word; empty when it is no heteronym, or the lexicon decides.
  ///
  /// @param tokens of its sentence, tagged
  Optional<String> pronounce(List<Token> tokens, int at, Accent accent) {
    Classifier classifier = words.get(tokens.get(at).text().toLowerCase(Locale.ROOT));
    if (classifier == null) {
      return Optional.empty();
    }
    int chosen = classifier.classify(HeteronymFeatures.of(tokens, at), verbs);
    String phonemes =
        (accent == Accent.BRITISH ? classifier.british() : classifier.american()).get(chosen);
    return Optional.of(phonemes).filter(made -> !made.isEmpty());
  }

  /// Reads what [#write] wrote.
  static Heteronyms read(InputStream resource) throws IOException {
    DataInputStream in =
        new DataInputStream(new BufferedInputStream(new GZIPInputStream(resource)));
    int[] grammar = features(in);
    byte[] ofVerbs = new byte[grammar.length];
    in.readFully(ofVerbs);
    Map<String, Classifier> words = new HashMap<>();
    for (int count = in.readInt(); count > 0; count--) {
      String word = in.readUTF();
      String[] american = new String[in.readByte()];
      String[] british = new String[american.length];
      for (int i = 0; i < american.length; i++) {
        american[i] = in.readUTF();
        british[i] = in.readUTF();
      }
      int verb = in.readByte();
      int[] features = features(in);
      byte[] weights = new byte[features.length * american.length];
      in.readFully(weights);
      words.put(word, new Classifier(List.of(american), List.of(british), verb, features, weights));
    }
    return new Heteronyms(new Verbs(grammar, ofVerbs), words);
  }

  private static int[] features(DataInputStream in) throws IOException {
    int[] features = new int[in.readInt()];
    for (int i = 0; i < features.length; i++) {
      features[i] = in.readInt();
    }
    return features;
  }

  /// Writes what [#load] reads.
  void write(OutputStream resource) throws IOException {
    try (DataOutputStream out = new DataOutputStream(new GZIPOutputStream(resource))) {
      writeFeatures(verbs.features(), out);
      out.write(verbs.weights());
      out.writeInt(words.size());
      for (Map.Entry<String, Classifier> word : new TreeMap<>(words).entrySet()) {
        Classifier classifier = word.getValue();
        out.writeUTF(word.getKey());
        out.writeByte(classifier.american().size());
        for (int i = 0; i < classifier.american().size(); i++) {
          out.writeUTF(classifier.american().get(i));
          out.writeUTF(classifier.british().get(i));
        }
        out.writeByte(classifier.verb());
        writeFeatures(classifier.features(), out);
        out.write(classifier.weights());
      }
    }
  }

  private static void writeFeatures(int[] features, DataOutputStream out) throws IOException {
    out.writeInt(features.length);
    for (int feature : features) {
      out.writeInt(feature);
    }
  }
}
