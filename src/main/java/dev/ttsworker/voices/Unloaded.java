package dev.ttsworker.voices;

/// Outcome of UnloadModel.
///
/// @param references references of LoadModel that are left
/// @param sessions sessions that speak with it
record Unloaded(Outcome outcome, int references, int sessions) {

  enum Outcome {
    NOT_LOADED,
    /// Other references keep it.
    REFERENCED,
    /// It leaves with its last session.
    IN_USE,
    /// It is the default model or serves in its place.
    NEEDED,
    FREED
  }

  /// One line for people.
  String describe(String modelId) {
    return "Model "
        + modelId
        + switch (outcome) {
          case NOT_LOADED -> " is not loaded";
          case REFERENCED -> ": one reference given back, " + references + " left";
          case IN_USE -> " leaves memory when its open sessions end: " + sessions;
          case NEEDED -> " has no references left and stays in memory as the worker's own voice";
          case FREED -> " unloaded";
        };
  }
}
