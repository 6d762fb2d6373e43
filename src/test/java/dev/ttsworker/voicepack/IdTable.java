package dev.ttsworker.voicepack;

import java.util.List;
import java.util.stream.Stream;

/// Texts that are, or look like, the model id `piper-k`, for every place where ids come in.
public final class IdTable {
  /// The one id that the legal texts mean.
  public static final String ID = "piper-k";

  private IdTable() {}

  /// Ways to write [#ID].
  public static List<String> legal() {
    return List.of(ID, "PIPER-K", "Piper-k", " piper-k", "piper-k ", "   Piper-K   ");
  }

  /// Texts that are no id. None of them is blank.
  public static List<String> illegal() {
    return Stream.of(around(), inside(), lookAlikes(), punctuation()).flatMap(s -> s).toList();
  }

  /// Invisible characters before and behind an id.
  private static Stream<String> around() {
    return Stream.of(
            "\n", "\r", "\r\n", "\t", "\u000b", "\f", "\0", "\u0001", "\u001b", "\u007f", "\u0085",
            "\u00a0", "\u00ad", "\u061c", "\u1680", "\u2003", "\u200b", "\u200e", "\u200f",
            "\u2028", "\u2029", "\u202a", "\u202e", "\u2060", "\u2066", "\u2069", "\u3000",
            "\ufeff", "\ufff9", " \n ")
        .flatMap(odd -> Stream.of(ID + odd, odd + ID));
  }

  private static Stream<String> inside() {
    return Stream.of(
        "piper\n-k", "piper-\tk", "piper-\0k", "piper-\u202ek", "piper -k", "pi\u00adper-k");
  }

  /// The first two and the dotted I have a lower case with ASCII letters.
  private static Stream<String> lookAlikes() {
    return Stream.of(
        "piper-\u212a",
        "\uff30iper-k",
        "P\u0130PER-K",
        "p\u0131per-k",
        "\uff50\uff49\uff50\uff45\uff52-k",
        "piper-\uff4b",
        "\u0440iper-k",
        "piper-\u03ba",
        "piper\u2010k",
        "piper\u2013k",
        "piper\u2212k",
        "piper\uff0dk",
        "piper-k\u0301",
        "piper-\ud835\udc58");
  }

  private static Stream<String> punctuation() {
    return Stream.of(
        ".piper-k",
        "-piper-k",
        "_piper-k",
        "../piper-k",
        "piper/k",
        "piper\\k",
        "piper-k/.",
        "piper-k:latest",
        "piper-k%0a",
        "'piper-k'",
        "piper-k;",
        "piper+k",
        "piper-k" + "k".repeat(122));
  }
}
