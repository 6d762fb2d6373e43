package dev.ttsworker.voicepack.catalogue;

import java.util.Locale;

/// Language of a voice of the collection.
///
/// @param code such as `en_GB`
/// @param name in English
/// @param ownName in the language itself
/// @param country in English
public record CollectionLanguage(String code, String name, String ownName, String country) {
  /// BCP 47.
  public String tag() {
    return code.replace('_', '-');
  }

  /// The language alone, such as `en`.
  public String family() {
    return code.substring(0, code.indexOf('_'));
  }

  /// Whether a person means this language: by its tag, its code, the language alone, or a name.
  public boolean isMeantBy(String text) {
    String wanted = text.strip().toLowerCase(Locale.ROOT).replace('_', '-');
    return wanted.equals(family())
        || wanted.equals(tag().toLowerCase(Locale.ROOT))
        || wanted.equals(name.toLowerCase(Locale.ROOT))
        || wanted.equals(ownName.toLowerCase(Locale.ROOT));
  }

  @Override
  public String toString() {
    return name + " (" + country + ")";
  }
}
