package dev.ttsworker.engine.g2p.english;

import dev.ttsworker.engine.g2p.english.Heteronyms.Classifier;
import dev.ttsworker.engine.g2p.english.Heteronyms.Verbs;
import dev.ttsworker.engine.g2p.english.HomographData.Example;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/// Averaged perceptron with a margin: weights of each word's classes, and weights of the grammar
/// that all words with a verb share.
final class HeteronymPerceptron {
  private static final int EPOCHS = 12;
  private static final long SEED = 20261129;

  /// How much higher than the others the right class is to be.
  private static final double MARGIN = 1;

  /// Steps of a quantised weight in one of the perceptron.
  private static final int SCALE = 12;

  /// Weights below this share of the largest of their word are dropped.
  private static final double SMALLEST = 0.05;

  private static final String VERBS = "";

  /// @param classes labels
  /// @param american phonemes of the classes
  /// @param british the same
  /// @param verb the class that is a verb, or -1
  record Word(List<String> classes, List<String> american, List<String> british, int verb) {}

  private final Map<String, Word> words;
  private final Map<String, Map<Integer, double[]>> weights = new HashMap<>();
  private final Map<String, Map<Integer, double[]>> sums = new HashMap<>();
  private int steps;

  HeteronymPerceptron(Map<String, Word> words) {
    this.words = words;
  }

  void train(List<Example> examples) {
    List<Example> order = new ArrayList<>(examples);
    order.removeIf(example -> !words.containsKey(example.word()));
    Random random = new Random(SEED);
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      Collections.shuffle(order, random);
      order.forEach(this::learn);
    }
  }

  private void learn(Example example) {
    Word word = words.get(example.word());
    if (word == null) {
      throw new IllegalStateException(example.word());
    }
    steps++;
    int[] features = HeteronymFeatures.of(example.tokens(), example.at());
    int[] grammar = HeteronymFeatures.grammatical(example.tokens(), example.at());
    double[] scores = scores(example.word(), features, word.classes().size());
    if (word.verb() >= 0) {
      scores[word.verb()] += scores(VERBS, grammar, 1)[0];
    }
    int right = word.classes().indexOf(example.label());
    int rival = right == 0 ? 1 : 0;
    for (int i = 0; i < scores.length; i++) {
      rival = i != right && scores[i] > scores[rival] ? i : rival;
    }
    if (scores[right] - scores[rival] > MARGIN) {
      return;
    }
    for (int feature : features) {
      add(example.word(), feature, right, 1, scores.length);
      add(example.word(), feature, rival, -1, scores.length);
    }
    if (word.verb() == right || word.verb() == rival) {
      for (int feature : grammar) {
        add(VERBS, feature, 0, word.verb() == right ? 1 : -1, 1);
      }
    }
  }

  private double[] scores(String word, int[] features, int classes) {
    Map<Integer, double[]> own = weights.computeIfAbsent(word, _ -> new HashMap<>());
    double[] scores = new double[classes];
    for (int feature : features) {
      double[] found = own.get(feature);
      for (int i = 0; found != null && i < classes; i++) {
        scores[i] += found[i];
      }
    }
    return scores;
  }

  private void add(String word, int feature, int at, int change, int classes) {
    weights.computeIfAbsent(word, _ -> new HashMap<>())
            .computeIfAbsent(feature, _ -> new double[classes])[at] +=
        change;
    sums.computeIfAbsent(word, _ -> new HashMap<>())
            .computeIfAbsent(feature, _ -> new double[classes])[at] +=
        (double) change * steps;
  }

  /// In bytes, without the small ones.
  Heteronyms quantised() {
    Map<Integer, double[]> verbs = averaged(VERBS);
    int[] grammar = features(verbs);
    Map<String, Classifier> classifiers = new HashMap<>();
    words.forEach((name, word) -> {
      Map<Integer, double[]> own = averaged(name);
      int[] features = features(own);
      classifiers.put(
          name,
          new Classifier(
              word.american(),
              word.british(),
              word.verb(),
              features,
              bytes(features, own, word.classes().size())));
    });
    return new Heteronyms(new Verbs(grammar, bytes(grammar, verbs, 1)), classifiers);
  }

  private Map<Integer, double[]> averaged(String word) {
    Map<Integer, double[]> averaged = new TreeMap<>();
    weights
        .getOrDefault(word, Map.of())
        .forEach((feature, own) -> {
          double[] sum =
              sums.getOrDefault(word, Map.of()).getOrDefault(feature, new double[own.length]);
          double[] average = new double[own.length];
          for (int i = 0; i < own.length; i++) {
            average[i] = own[i] - sum[i] / steps;
          }
          averaged.put(feature, average);
        });
    double most = averaged.values().stream().mapToDouble(HeteronymPerceptron::most).max().orElse(1);
    averaged.values().removeIf(own -> most(own) < SMALLEST * most);
    return averaged;
  }

  private static double most(double[] own) {
    return Arrays.stream(own).map(Math::abs).max().orElse(0);
  }

  private static int[] features(Map<Integer, double[]> averaged) {
    return averaged.keySet().stream().mapToInt(Integer::intValue).toArray();
  }

  private static byte[] bytes(int[] features, Map<Integer, double[]> averaged, int classes) {
    byte[] weights = new byte[features.length * classes];
    for (int i = 0; i < features.length; i++) {
      double[] own = averaged.getOrDefault(features[i], new double[classes]);
      for (int j = 0; j < classes; j++) {
        long weight = Math.round(SCALE * own[j]);
        weights[i * classes + j] = (byte) Math.clamp(weight, Byte.MIN_VALUE, Byte.MAX_VALUE);
      }
    }
    return weights;
  }
}
