package dev.ttsworker.engine.g2p.english;

import dev.ttsworker.engine.g2p.english.Heteronyms.Verbs;
import dev.ttsworker.engine.g2p.english.HomographData.Example;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Share of heteronyms that are pronounced as labelled, on sentences that were kept back: a
/// pronunciation is right when the labelled one is the nearest of the word's classes.
final class HeteronymAccuracy {
  private HeteronymAccuracy() {}

  /// @param examples of the data, those of Wikipedia or the everyday ones
  static double of(
      List<Example> examples, HomographData data, EnglishModel model, Heteronyms heteronyms) {
    long right = examples.stream().filter(e -> isRight(e, data, model, heteronyms)).count();
    return (double) right / examples.size();
  }

  private static boolean isRight(
      Example example, HomographData data, EnglishModel model, Heteronyms heteronyms) {
    Map<String, String> labels = data.pronunciations().getOrDefault(example.word(), Map.of());
    EnglishModel own =
        new EnglishModel(
            model.tokenizer(), model.tagger(), model.lexicon(), model.net(), heteronyms);
    String spoken =
        new SentenceReader(own).read(example.tokens(), List.of()).phonemes(example.at());
    String best = "";
    int least = Integer.MAX_VALUE;
    for (Map.Entry<String, String> label : labels.entrySet()) {
      int distance =
          HeteronymPronunciations.distance(
              spoken, EnglishIpa.toAlphabet(label.getValue(), Accent.AMERICAN));
      if (distance < least) {
        least = distance;
        best = label.getKey();
      }
    }
    return best.equals(example.label());
  }

  static void print(HomographData data, EnglishModel model, Heteronyms heteronyms) {
    System.out.println(data.training().size() + " to train with");
    print("Wikipedia", data.keptBack(), data, model, heteronyms);
    print("everyday", data.everyday(), data, model, heteronyms);
  }

  private static void print(
      String name,
      List<Example> examples,
      HomographData data,
      EnglishModel model,
      Heteronyms heteronyms) {
    Heteronyms none = new Heteronyms(Verbs.NONE, Map.of());
    System.out.printf(
        "%s: %d sentences kept back; right: lexicon and tags %.2f %%, classifiers %.2f %%%n",
        name,
        examples.size(),
        100 * of(examples, data, model, none),
        100 * of(examples, data, model, heteronyms));
    Map<String, List<String>> wrong = new TreeMap<>();
    examples.stream()
        .filter(example -> !isRight(example, data, model, heteronyms))
        .forEach(e -> wrong.computeIfAbsent(e.word(), _ -> new ArrayList<>()).add(e.label()));
    wrong.entrySet().stream()
        .sorted(Comparator.comparingInt(entry -> -entry.getValue().size()))
        .limit(20)
        .forEach(entry -> System.out.println("    " + entry.getKey() + ": " + entry.getValue()));
  }
}
