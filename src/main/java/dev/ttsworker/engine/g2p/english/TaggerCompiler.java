package dev.ttsworker.engine.g2p.english;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/// Compiler of the tagger's model: `tags`, `tagdict`, `vocab` and `weights` of `tagger.json`.
final class TaggerCompiler {
  /// The character that stands for the first tag in a packed map.
  static final char FIRST_TAG = '0';

  /// Weights are given with one decimal.
  private static final int SCALE = 10;

  private TaggerCompiler() {}

  /// Words with features of their own, packed.
  static byte[] vocabulary(JsonNode model) {
    Map<String, String> words = new HashMap<>();
    model.path("vocab").valueStream().forEach(word -> words.put(word.asString(), ""));
    return PackedMap.pack(words);
  }

  /// Words that always have the same tag, packed.
  static byte[] certain(JsonNode model) {
    List<String> tags = tags(model);
    Map<String, String> words = new HashMap<>();
    model
        .path("tagdict")
        .properties()
        .forEach(word ->
            words.put(
                word.getKey(),
                String.valueOf((char) (FIRST_TAG + number(tags, word.getValue().asString())))));
    return PackedMap.pack(words);
  }

  private static List<String> tags(JsonNode model) {
    List<String> tags = model.path("tags").valueStream().map(JsonNode::asString).sorted().toList();
    if (tags.isEmpty() || tags.size() > Byte.MAX_VALUE) {
      throw new IllegalArgumentException(tags.size() + " tags, allowed: 1 to 127");
    }
    return tags;
  }

  private static int number(List<String> tags, String tag) {
    int number = tags.indexOf(tag);
    if (number < 0) {
      throw new IllegalArgumentException("tag '" + tag + "' is none of " + tags);
    }
    return number;
  }

  /// Tags and weights of all features.
  static byte[] model(JsonNode model) throws IOException {
    List<String> tags = tags(model);
    Map<Long, JsonNode> features = new TreeMap<>();
    for (Map.Entry<String, JsonNode> feature : model.path("weights").properties()) {
      if (features.put(Hashes.of(feature.getKey()), feature.getValue()) != null) {
        throw new IllegalArgumentException("two features have one hash: " + feature.getKey());
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(tags.size());
    for (String tag : tags) {
      byte[] name = tag.getBytes(StandardCharsets.UTF_8);
      out.writeByte(name.length);
      out.write(name);
    }
    out.writeInt(features.size());
    for (long hash : features.keySet()) {
      out.writeLong(hash);
    }
    for (JsonNode weights : features.values()) {
      out.writeByte(weights.size());
    }
    for (JsonNode weights : features.values()) {
      for (Map.Entry<String, JsonNode> weight : weights.properties()) {
        long scaled = Math.round(weight.getValue().asDouble() * SCALE);
        if (scaled != (short) scaled) {
          throw new IllegalArgumentException("a weight of " + weight.getValue());
        }
        out.writeByte(number(tags, weight.getKey()));
        out.writeShort((int) scaled);
      }
    }
    return bytes.toByteArray();
  }
}
