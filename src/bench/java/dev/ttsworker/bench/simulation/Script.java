package dev.ttsworker.bench.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The text of a call: its segments, and when each of them is complete.
///
/// @param segments in order, at least one
record Script(List<Segment> segments) {
  /// A longer sentence is divided, so that its first clause is spoken on its own
  /// (`engine.text.FirstClause`).
  static final int LONG = 120;

  private static final int SHORTEST_CLAUSE = 20;
  private static final int SHORTEST_REST = 40;
  private static final Pattern CLAUSE_END = Pattern.compile("[,;:–—] ");

  /// Of a sentence whose words are not known.
  private static final int FIRST_CLAUSE = 60;

  Script {
    segments = List.copyOf(segments);
    if (segments.isEmpty()) {
      throw new IllegalArgumentException("a call has a text");
    }
  }

  /// @param characters at least 1
  /// @param afterNanos the opening of the call it is complete
  record Segment(int characters, long afterNanos) {
    Segment {
      if (characters < 1 || afterNanos < 0) {
        throw new IllegalArgumentException(characters + " characters after " + afterNanos);
      }
    }
  }

  /// A written sentence that is there as a whole; a long one is divided at its first comma or the
  /// like that leaves enough on both sides.
  static Script of(String sentence) {
    int length = sentence.length();
    Matcher end = CLAUSE_END.matcher(sentence);
    if (length >= LONG && end.find(SHORTEST_CLAUSE) && length - end.end() >= SHORTEST_REST) {
      return new Script(List.of(new Segment(end.end(), 0), new Segment(length - end.end(), 0)));
    }
    return new Script(List.of(new Segment(length, 0)));
  }

  /// A text that is there as a whole.
  static Script of(int characters) {
    return of(List.of(characters));
  }

  /// Sentences that are there at once.
  static Script of(List<Integer> sentences) {
    return arriving(sentences, Double.POSITIVE_INFINITY);
  }

  /// Sentences whose text arrives at a rate; the first long one is divided.
  static Script arriving(List<Integer> sentences, double charactersPerSecond) {
    List<Segment> segments = new ArrayList<>();
    double arrived = 0;
    for (int sentence : sentences) {
      int clause = segments.isEmpty() && sentence >= LONG ? FIRST_CLAUSE : 0;
      if (clause > 0) {
        segments.add(new Segment(clause, nanos(arrived + clause, charactersPerSecond)));
      }
      arrived += sentence;
      segments.add(new Segment(sentence - clause, nanos(arrived, charactersPerSecond)));
    }
    return new Script(segments);
  }

  private static long nanos(double characters, double charactersPerSecond) {
    return Math.round(characters / charactersPerSecond * 1e9);
  }

  int characters() {
    return segments.stream().mapToInt(Segment::characters).sum();
  }

  /// Characters of the segments that are complete.
  int charactersAfter(long nanos) {
    int complete = 0;
    for (Segment segment : segments) {
      complete += segment.afterNanos() <= nanos ? segment.characters() : 0;
    }
    return complete;
  }

  /// The same text, all of it there.
  Script whole() {
    return new Script(
        segments.stream().map(segment -> new Segment(segment.characters(), 0)).toList());
  }

  /// When there is something to speak.
  long speakableNanos() {
    return segments.getFirst().afterNanos();
  }
}
