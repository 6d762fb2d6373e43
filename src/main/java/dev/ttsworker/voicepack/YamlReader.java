package dev.ttsworker.voicepack;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/// Reads a YAML file as a tree of nodes. Nothing is constructed from it: scalars stay the text that
/// was written (`no` is a language, `1.0` a version), and tags can name no class.
final class YamlReader {
  private static final int MAX_BYTES = 1 << 20;
  private static final int MAX_DEPTH = 20;
  private static final int MAX_ALIASES = 20;

  private YamlReader() {}

  /// The root of the first and only document; empty for an empty file.
  ///
  /// @throws WorkerException `INVALID_CONFIGURATION` naming the file and the line
  static Optional<Node> read(Path file) {
    String name = Texts.shortName(file);
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(SmallFile.read(file, MAX_BYTES)))
              .toString();
      Node root = new Yaml(new SafeConstructor(limits())).compose(new StringReader(text));
      return Optional.ofNullable(root);
    } catch (IOException e) {
      throw new WorkerException(
          ErrorCode.INVALID_CONFIGURATION, name + ": cannot be read: " + SmallFile.reason(e), e);
    } catch (YAMLException e) {
      throw new WorkerException(ErrorCode.INVALID_CONFIGURATION, name + describe(e), e);
    }
  }

  private static LoaderOptions limits() {
    LoaderOptions limits = new LoaderOptions();
    limits.setCodePointLimit(MAX_BYTES);
    limits.setNestingDepthLimit(MAX_DEPTH);
    limits.setMaxAliasesForCollections(MAX_ALIASES);
    limits.setAllowRecursiveKeys(false);
    return limits;
  }

  private static String describe(YAMLException e) {
    if (e instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
      int line = marked.getProblemMark().getLine() + 1;
      String problem = Texts.printable(String.valueOf(marked.getProblem()), 200);
      return ", line " + line + ": not valid YAML: " + problem;
    }
    return ": not valid YAML: " + Texts.printable(String.valueOf(e.getMessage()), 200);
  }
}
