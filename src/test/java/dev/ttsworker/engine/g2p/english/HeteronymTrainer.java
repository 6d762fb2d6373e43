package dev.ttsworker.engine.g2p.english;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// Trainer of the heteronym classifiers: see [HeteronymPerceptron].
///
/// Usage: `HeteronymTrainer DATA HOMOGRAPHS [OUTPUT]`; without an output it measures the
/// classifiers of this build, on the sentences that were kept back.
final class HeteronymTrainer {
  private HeteronymTrainer() {}

  public static void main(String[] arguments) throws IOException {
    EnglishData file = EnglishData.open(Path.of(arguments[0]));
    EnglishModel american = file.load(Accent.AMERICAN);
    HomographData data = HomographData.read(Path.of(arguments[1]), american);
    Heteronyms heteronyms = american.heteronyms();
    if (arguments.length > 2) {
      EnglishModel british = file.load(Accent.BRITISH);
      heteronyms = train(data, american, british);
      try (OutputStream out = Files.newOutputStream(Path.of(arguments[2]))) {
        heteronyms.write(out);
      }
      System.out.println(Files.size(Path.of(arguments[2])) + " bytes");
    }
    HeteronymAccuracy.print(data, american, heteronyms);
  }

  static Heteronyms train(HomographData data, EnglishModel american, EnglishModel british) {
    Map<String, HeteronymPerceptron.Word> words = new TreeMap<>();
    data.pronunciations()
        .forEach((word, labels) -> {
          if (labels.size() > 1) {
            words.put(
                word,
                new HeteronymPerceptron.Word(
                    List.copyOf(labels.keySet()),
                    HeteronymPronunciations.of(word, labels, american.lexicon()),
                    HeteronymPronunciations.of(word, labels, british.lexicon()),
                    verb(data.labels().getOrDefault(word, List.of()))));
          }
        });
    HeteronymPerceptron perceptron = new HeteronymPerceptron(words);
    perceptron.train(data.training());
    return perceptron.quantised();
  }

  /// The only class that is a verb, -1 when there is none.
  private static int verb(List<String> labels) {
    List<Integer> verbs =
        IntStream.range(0, labels.size())
            .filter(i -> labels.get(i).startsWith("verb"))
            .boxed()
            .toList();
    return verbs.size() == 1 ? verbs.getFirst() : -1;
  }
}
