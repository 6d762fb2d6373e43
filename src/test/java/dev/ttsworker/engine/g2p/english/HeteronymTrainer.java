package dev.ttsworker.engine.g2p.english;

import dev.ttsworker.engine.g2p.english.Heteronyms.Classifier;
import dev.ttsworker.engine.g2p.english.HomographData.Example;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/// Trainer of the heteronym classifiers: an averaged perceptron for each word.
///
/// Usage: `HeteronymTrainer DATA HOMOGRAPHS [OUTPUT]`; without an output it measures the
/// classifiers of this build, on the sentences that were kept back.
final class HeteronymTrainer {
  private static final int EPOCHS = 12;
  private static final long SEED = 20261129;

  /// Weights below this share of the largest of their word are dropped.
  private static final double SMALLEST = 0.05;

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
    Map<String, List<Example>> byWord = new TreeMap<>();
    data.training()
        .forEach(
            example -> byWord.computeIfAbsent(example.word(), _ -> new ArrayList<>()).add(example));
    Map<String, Classifier> trained = new HashMap<>();
    byWord.forEach((word, examples) -> {
      Map<String, String> labels = data.pronunciations().getOrDefault(word, Map.of());
      List<String> classes = List.copyOf(labels.keySet());
      List<String> us = HeteronymPronunciations.of(word, labels, american.lexicon());
      List<String> gb = HeteronymPronunciations.of(word, labels, british.lexicon());
      if (classes.size() > 1) {
        trained.put(word, train(examples, classes, us, gb));
      }
    });
    return new Heteronyms(trained);
  }

  private static Classifier train(
      List<Example> examples, List<String> classes, List<String> us, List<String> gb) {
    Map<Integer, double[]> weights = new HashMap<>();
    Map<Integer, double[]> sums = new HashMap<>();
    List<Example> order = new ArrayList<>(examples);
    Random random = new Random(SEED);
    int steps = 0;
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      Collections.shuffle(order, random);
      for (Example example : order) {
        int[] features = HeteronymFeatures.of(example.tokens(), example.at());
        int right = classes.indexOf(example.label());
        int guessed = best(weights, features, classes.size());
        steps++;
        if (guessed != right) {
          for (int feature : features) {
            update(weights, sums, feature, right, guessed, steps, classes.size());
          }
        }
      }
    }
    int last = steps;
    Map<Integer, double[]> averaged = new TreeMap<>();
    weights.forEach((feature, own) -> {
      double[] sum = sums.getOrDefault(feature, new double[own.length]);
      double[] average = new double[own.length];
      for (int i = 0; i < own.length; i++) {
        average[i] = own[i] - sum[i] / last;
      }
      averaged.put(feature, average);
    });
    return quantised(averaged, us, gb);
  }

  private static int best(Map<Integer, double[]> weights, int[] features, int classes) {
    double[] scores = new double[classes];
    for (int feature : features) {
      double[] own = weights.get(feature);
      for (int i = 0; own != null && i < classes; i++) {
        scores[i] += own[i];
      }
    }
    int best = 0;
    for (int i = 1; i < classes; i++) {
      best = scores[i] > scores[best] ? i : best;
    }
    return best;
  }

  private static void update(
      Map<Integer, double[]> weights,
      Map<Integer, double[]> sums,
      int feature,
      int right,
      int guessed,
      int step,
      int classes) {
    double[] own = weights.computeIfAbsent(feature, _ -> new double[classes]);
    double[] sum = sums.computeIfAbsent(feature, _ -> new double[classes]);
    own[right] += 1;
    sum[right] += step;
    own[guessed] -= 1;
    sum[guessed] -= step;
  }

  /// In bytes, without the small ones.
  private static Classifier quantised(
      Map<Integer, double[]> averaged, List<String> us, List<String> gb) {
    double most =
        averaged.values().stream().flatMapToDouble(Arrays::stream).map(Math::abs).max().orElse(1);
    averaged
        .values()
        .removeIf(own -> Arrays.stream(own).map(Math::abs).max().orElse(0) < SMALLEST * most);
    int[] features = averaged.keySet().stream().mapToInt(Integer::intValue).toArray();
    byte[] weights = new byte[features.length * us.size()];
    for (int i = 0; i < features.length; i++) {
      double[] own = averaged.getOrDefault(features[i], new double[us.size()]);
      for (int j = 0; j < own.length; j++) {
        weights[i * us.size() + j] = (byte) Math.round(127 * own[j] / most);
      }
    }
    return new Classifier(us, gb, features, weights);
  }
}
