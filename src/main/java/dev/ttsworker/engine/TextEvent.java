package dev.ttsworker.engine;

import java.util.ArrayList;
import java.util.List;

/// Text event: what a call's text does next.
public sealed interface TextEvent {
  /// More of it came.
  ///
  /// @param text joined verbatim to what came before
  record Piece(String text) implements TextEvent {
    /// Analysing this many chars is a short job; see [#divide].
    public static final int LONGEST = 2_000;

    /// Parts of a text, none longer than [#LONGEST], so that analysing one takes a short time. A
    /// pair of surrogates stays together.
    public static List<String> divide(String text) {
      List<String> parts = new ArrayList<>();
      int from = 0;
      while (text.length() - from > LONGEST) {
        int to = from + LONGEST;
        if (Character.isSurrogatePair(text.charAt(to - 1), text.charAt(to))) {
          to--;
        }
        parts.add(text.substring(from, to));
        from = to;
      }
      parts.add(text.substring(from));
      return parts;
    }
  }

  /// Timeout: nothing came for so long that the text so far is to be spoken; more may come.
  record Quiet() implements TextEvent {}

  /// Nothing more will come.
  record End() implements TextEvent {}
}
