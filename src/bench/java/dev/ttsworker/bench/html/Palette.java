package dev.ttsworker.bench.html;

import java.util.ArrayList;
import java.util.List;

/// Gives each server the same colour in every drawing.
final class Palette {
  private static final int COLOURS = 8;

  private final List<String> names = new ArrayList<>();

  /// The style class of a server's lines; after all colours have been used the lines are dashed.
  String style(String name) {
    if (!names.contains(name)) {
      names.add(name);
    }
    return style(names.indexOf(name));
  }

  static String style(int index) {
    return "s" + index % COLOURS + (index / COLOURS % 2 == 1 ? " dashed" : "");
  }
}
