package dev.ttsworker.synthesis;

/// What a call's text does next.
public sealed interface TextEvent {
  /// More of it came.
  ///
  /// @param text joined verbatim to what came before
  record Piece(String text) implements TextEvent {}

  /// Nothing came for so long that what is there is to be spoken; more may come.
  record Quiet() implements TextEvent {}

  /// Nothing more will come.
  record End() implements TextEvent {}
}
