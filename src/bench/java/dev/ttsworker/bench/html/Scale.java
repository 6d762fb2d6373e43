package dev.ttsworker.bench.html;

import java.util.List;

/// Where a value stands on an axis.
sealed interface Scale permits LinearScale, LogScale {

  /// In units of the drawing. Values outside are put at the axis' end.
  double position(double value);

  /// The lines of the grid, ascending.
  List<Tick> ticks();

  /// A line of the grid.
  ///
  /// @param label empty when there is no room for one
  record Tick(double value, String label) {}
}
