package dev.ttsworker;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.ttsworker.PackageTable.Row;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Holds the code to the table of packages in ARCHITECTURE.md, and some things to one package each.
@Tag("slow")
final class ArchitectureTest {
  private static final String ROOT = "dev.ttsworker";
  private static final Set<String> ALWAYS = Set.of("java", "javax", "jdk", "org.jspecify");

  private static final String[] SHARED_BY_FAMILIES = {
    ROOT + ".engine.voice.sentence", ROOT + ".engine.voice.cache"
  };

  private static JavaClasses classes;

  /// What the classes of a package use of others, by the package's full name.
  private static Map<String, List<Dependency>> uses;

  private static PackageTable table;

  @BeforeAll
  static void read() throws IOException {
    table = PackageTable.read(Path.of("ARCHITECTURE.md"));
    classes =
        new ClassFileImporter()
            .importUrl(Worker.class.getProtectionDomain().getCodeSource().getLocation());
    uses =
        classes.stream()
            .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
            .filter(used -> !usedPackage(used).equals(used.getOriginClass().getPackageName()))
            .collect(Collectors.groupingBy(used -> used.getOriginClass().getPackageName()));
  }

  @Test
  void everyPackageHasARowAndEveryRowAPackage() {
    Set<String> packages =
        classes.stream().map(type -> shortName(type.getPackageName())).collect(Collectors.toSet());
    Set<String> rows = table.rows().stream().map(Row::name).collect(Collectors.toSet());
    assertEquals(new TreeSet<>(packages).toString(), new TreeSet<>(rows).toString());
  }

  @TestFactory
  Stream<DynamicTest> packageUsesWhatItsRowAllows() {
    return table.rows().stream()
        .map(row -> dynamicTest(title(row), () -> assertEquals("", breaches(row))));
  }

  private static String breaches(Row row) {
    return dependencies(row)
        .filter(dependency -> !isAllowed(row, usedPackage(dependency)))
        .map(Dependency::getDescription)
        .sorted()
        .collect(Collectors.joining("\n"));
  }

  /// So that the table says no more than is true.
  @TestFactory
  Stream<DynamicTest> packageUsesAllThatItsRowNames() {
    return table.rows().stream()
        .filter(row -> !row.open())
        .map(row -> dynamicTest(title(row), () -> assertEquals(Set.of(), unused(row))));
  }

  private static Set<String> unused(Row row) {
    Set<String> used =
        dependencies(row).map(ArchitectureTest::usedPackage).collect(Collectors.toSet());
    Set<String> unused = new TreeSet<>();
    row.project().stream().filter(name -> !used.contains(fullName(name))).forEach(unused::add);
    row.thirdParty().stream()
        .filter(prefix -> used.stream().noneMatch(name -> isBelow(prefix, name)))
        .forEach(unused::add);
    return unused;
  }

  private static Stream<Dependency> dependencies(Row row) {
    return uses.getOrDefault(fullName(row.name()), List.of()).stream();
  }

  private static String usedPackage(Dependency dependency) {
    return dependency.getTargetClass().getBaseComponentType().getPackageName();
  }

  private static boolean isAllowed(Row row, String used) {
    if (isBelow(ROOT, used)) {
      return row.project().contains(shortName(used));
    }
    return used.isEmpty()
        || Stream.concat(ALWAYS.stream(), row.thirdParty().stream())
            .anyMatch(prefix -> isBelow(prefix, used));
  }

  private static boolean isBelow(String prefix, String name) {
    return name.equals(prefix) || name.startsWith(prefix + ".");
  }

  private static String title(Row row) {
    return row.name().isEmpty() ? "(root)" : row.name();
  }

  private static String fullName(String name) {
    return name.isEmpty() ? ROOT : ROOT + "." + name;
  }

  private static String shortName(String packageName) {
    return packageName.equals(ROOT) ? "" : packageName.substring(ROOT.length() + 1);
  }

  @Test
  void packagesFormNoCycle() {
    slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(classes);
  }

  @Test
  void onlyEngineRuntimeKnowsOnnxRuntime() {
    confine("ai.onnxruntime..", ROOT + ".engine.runtime");
  }

  @Test
  void onlyTheWireKnowsTheMessages() {
    confine(
        ROOT + ".proto..",
        ROOT + ".proto",
        ROOT + ".proto.orca",
        ROOT + ".proto.riva",
        ROOT + ".grpc",
        ROOT + ".grpc.load",
        ROOT + ".grpc.riva",
        ROOT + ".cli",
        ROOT + ".bench.client");
  }

  @Test
  void onlyEngineGraphKnowsTheModelFormat() {
    confine(ROOT + ".engine.graph.proto..", ROOT + ".engine.graph.proto", ROOT + ".engine.graph");
  }

  /// A protocol is text in, samples out of the engine's door.
  @Test
  void onlyTheDoorOfTheEngineIsVisible() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".engine..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT + ".engine.(**)")
        .check(classes);
  }

  @Test
  void doorOfTheEngineKnowsNothingBehindIt() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + ".engine")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT + ".engine.(**)")
        .check(classes);
  }

  /// A family is one package behind `engine.voice`, named in the assembly alone. What families
  /// share lies beside them and knows none.
  @Test
  void onlyTheAssemblyKnowsVoiceFamiliesAndFrontEnds() {
    for (String family : List.of(".engine.voice.(*)..", ".engine.g2p.(*)..")) {
      slices()
          .matching(ROOT + family)
          .should()
          .notDependOnEachOther()
          .ignoreDependency(alwaysTrue(), resideInAnyPackage(SHARED_BY_FAMILIES))
          .check(classes);
    }
    noClasses()
        .that()
        .resideInAnyPackage(SHARED_BY_FAMILIES)
        .should()
        .dependOnClassesThat(
            resideInAPackage(ROOT + ".engine.voice.(**)")
                .and(not(resideInAnyPackage(SHARED_BY_FAMILIES))))
        .check(classes);
    noClasses()
        .that()
        .resideOutsideOfPackages(
            ROOT + ".engine.assembly", ROOT + ".engine.voice.(**)", ROOT + ".engine.g2p.(**)")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ROOT + ".engine.voice.(**)", ROOT + ".engine.g2p.(**)")
        .check(classes);
  }

  @Test
  void configurationKnowsNothingOfTheEngine() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + ".config..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT + ".engine..")
        .check(classes);
  }

  /// The benchmark has a jar of its own.
  @Test
  void productDoesWithoutTheBenchmark() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".bench..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT + ".bench..")
        .check(classes);
  }

  @Test
  void onlyEspeakAndTheRuntimeLeaveJava() {
    confine("java.lang.foreign..", ROOT + ".engine.g2p.espeak", ROOT + ".engine.runtime");
  }

  private static void confine(String packages, String... allowed) {
    noClasses()
        .that()
        .resideOutsideOfPackages(allowed)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(packages)
        .check(classes);
  }

  @Test
  void onlyConfigReadsTheEnvironment() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".config.reader")
        .should()
        .accessTargetWhere(describe("reads the environment", ArchitectureTest::readsEnvironment))
        .check(classes);
  }

  private static boolean readsEnvironment(JavaAccess<?> access) {
    return access.getTargetOwner().isEquivalentTo(System.class)
        && access.getTarget().getName().equals("getenv");
  }

  @Test
  void onlyLifecycleMakesThreads() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".lifecycle")
        .should()
        .accessTargetWhere(describe("makes threads", ArchitectureTest::makesThreads))
        .check(classes);
  }

  /// Executors are free to use where the threads are handed in.
  private static boolean makesThreads(JavaAccess<?> access) {
    JavaClass owner = access.getTargetOwner();
    String name = access.getTarget().getName();
    if (owner.isEquivalentTo(Executors.class)) {
      return !access.getDescription().contains(ThreadFactory.class.getName());
    }
    return owner.isAssignableTo(Thread.class)
        && Set.of("<init>", "ofPlatform", "ofVirtual", "startVirtualThread").contains(name);
  }
}
