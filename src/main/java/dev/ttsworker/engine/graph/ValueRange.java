package dev.ttsworker.engine.graph;

/// Range of the values of a tensor, 0 included.
///
/// @param smallest 0 or less
/// @param largest 0 or more, and more than `smallest`
public record ValueRange(double smallest, double largest) {
  public ValueRange {
    if (!(smallest <= 0 && largest >= 0 && largest > smallest)
        || !Double.isFinite(smallest)
        || !Double.isFinite(largest)) {
      throw new IllegalArgumentException("a range from " + smallest + " to " + largest);
    }
  }
}
