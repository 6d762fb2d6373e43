package dev.ttsworker.voicepack.catalogue;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Notes on the voices of the collection, which its index does not have: licences, as the model
/// cards give them, and which voices this worker cannot read. Immutable.
public final class CollectionNotes {
  private static final String RESOURCE = "piper-notes.tsv";
  private static final Note NONE = new Note("see its MODEL_CARD", CommercialUse.UNKNOWN, "", "");

  private final Map<String, Note> notes;

  /// Note on the voices of one data set.
  ///
  /// @param text more about the licence; may be empty
  /// @param unreadable why this worker cannot read it; empty when it can, as far as it is known
  record Note(String licence, CommercialUse commercialUse, String text, String unreadable) {}

  private CollectionNotes(Map<String, Note> notes) {
    this.notes = new TreeMap<>(notes);
  }

  /// Those that came with the worker.
  static CollectionNotes builtIn() {
    Map<String, Note> notes = new TreeMap<>();
    for (TableLines.Line line : TableLines.resource(RESOURCE)) {
      List<String> fields = line.fields(3, 5);
      CommercialUse use =
          CommercialUse.parse(fields.get(2))
              .orElseThrow(() -> line.invalid("commercial use", fields.get(2), "yes, no, unknown"));
      Note note = new Note(fields.get(1), use, field(fields, 3), field(fields, 4));
      if (notes.put(fields.get(0), note) != null) {
        throw line.invalid("data set", fields.get(0), "each once");
      }
    }
    return new CollectionNotes(notes);
  }

  private static String field(List<String> fields, int index) {
    return index < fields.size() ? fields.get(index) : "";
  }

  /// The note on a data set, such as `en_GB-cori`.
  Note of(String dataSet) {
    return notes.getOrDefault(dataSet, NONE);
  }

  /// The data sets with a note.
  Map<String, Note> all() {
    return Map.copyOf(notes);
  }
}
