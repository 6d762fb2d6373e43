package dev.ttsworker.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.yaml.YamlNode.Style;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a hostile file does is tested with the configuration's reader.
final class YamlReaderTest {
  @TempDir Path folder;

  @Test
  void valuesKeepTheirTextStyleAndLine() throws Exception {
    YamlFile yaml = read("version: 1.0\nlanguage: no\n\nnames: [a, ~]\n");
    assertEquals(List.of(), yaml.problems());
    List<YamlNode.Entry> entries = yaml.root().entries();
    assertEquals(new YamlNode.Scalar(at(1), "1.0", Style.NUMBER), entries.get(0).value());
    assertEquals(new YamlNode.Scalar(at(2), "no", Style.FLAG), entries.get(1).value());
    assertEquals(new YamlNode.Entry(at(4), "names", entries.get(2).value()), entries.get(2));
    YamlNode.Scalar name = new YamlNode.Scalar(at(4), "a", Style.TEXT);
    YamlNode.Scalar nothing = new YamlNode.Scalar(at(4), "~", Style.NOTHING);
    assertEquals(new YamlNode.Items(at(4), List.of(name, nothing)), entries.get(2).value());
  }

  @Test
  void whatCannotBeUsedIsLeftOutAndTold() throws Exception {
    YamlFile yaml = read("voices:\n  - id: a\n  - id: !own b\n    id: c\nlast: 1\n");
    assertEquals(
        List.of(
            "v.yaml, line 3: voices[1].id: tag !own is not allowed: allowed plain values",
            "v.yaml, line 4: voices[1].id: is given twice, first on line 3"),
        yaml.problems().stream().map(problem -> problem.describe("v.yaml")).toList());
    assertEquals(
        List.of("voices", "last"),
        yaml.root().entries().stream().map(YamlNode.Entry::key).toList());
  }

  @Test
  void problemsOfTheWholeFileHaveNoLine() {
    YamlFile yaml = YamlReader.read(file());
    assertTrue(yaml.root().entries().isEmpty());
    assertEquals("v.yaml: does not exist", yaml.problems().getFirst().describe("v.yaml"));
  }

  @Test
  void tabIsCalledATab() throws Exception {
    for (String text :
        List.of(
            "a:\n\tb: 1\n",
            "a:\n  b: 1\n\tc: 2",
            "a:\n  \t- b",
            "a: {\n\tb: 1}",
            "a:\n\t1",
            "\ta")) {
      String told = read(text).problems().getFirst().describe("v.yaml");
      assertTrue(told.endsWith("the line is indented with a tab; use spaces, not tabs"), told);
      int line = text.substring(0, text.indexOf('\t')).split("\n", -1).length;
      assertTrue(told.startsWith("v.yaml, line " + line + ": "), told);
    }
    assertTrue(read("a:\tb").problems().getFirst().message().endsWith("use spaces, not tabs"));
    assertTrue(
        read("a:\n  b: [").problems().stream().noneMatch(one -> one.message().contains("tab")));
  }

  private YamlFile read(String text) throws Exception {
    return YamlReader.read(Files.writeString(file(), text));
  }

  private Path file() {
    return folder.resolve("file.yaml");
  }

  private Location at(int line) {
    return new Location(file().toString(), line);
  }
}
