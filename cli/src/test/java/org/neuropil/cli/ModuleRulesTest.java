package org.neuropil.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.GeneralCodingRules;

/// Holds the order of the modules and what else is true of every one of them.
class ModuleRulesTest {
    /// A module may use those above it in this list and nothing below.
    private static final List<String> MODULES = List.of("space", "chart", "volume", "pipeline", "align", "segment",
            "detect",
            "graph", "tables", "morphology", "physiology", "coregister", "circuits", "phantom", "server", "portal",
            "cli", "spark", "bench", "interop");
    /// Of these none may use another.
    private static final Set<String> STRANGERS = Set.of("align", "segment", "detect");
    /// The pages are handed to the server by the command line; neither knows the other.
    private static final Set<String> PAGES = Set.of("server", "portal");

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static JavaClasses classes;

    @BeforeAll
    static void read() {
        classes = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("org.neuropil");
    }

    @Test
    void everyModuleThatIsBuiltIsRead() {
        for (String module : List.of("space", "chart", "volume", "pipeline", "segment", "graph", "tables", "morphology",
                "physiology", "coregister", "phantom", "server", "portal", "cli")) {
            assertThat(classes.containPackage("org.neuropil." + module)).as(module).isTrue();
        }
    }

    @Test
    void everyPackageBelongsToAModule() {
        assertThat(packages()).allSatisfy(found -> assertThat(MODULES).contains(module(found.getName())));
    }

    @Test
    void aModuleUsesOnlyThoseAboveIt() {
        for (String module : MODULES) {
            List<String> forbidden = new ArrayList<>(MODULES.subList(MODULES.indexOf(module) + 1, MODULES.size()));
            for (Set<String> group : List.of(STRANGERS, PAGES)) {
                if (group.contains(module)) {
                    forbidden.addAll(group);
                }
            }
            forbidden.remove(module);
            if (!classes.containPackage("org.neuropil." + module) || forbidden.isEmpty()) {
                continue;
            }
            noClasses().that().resideInAPackage(tree(module)).should().dependOnClassesThat()
                    .resideInAnyPackage(forbidden.stream().map(ModuleRulesTest::tree).toArray(String[]::new))
                    .check(classes);
        }
    }

    /// Where roots come from is behind an interface.
    @Test
    void tablesKnowTheGraphInOnePackage() {
        noClasses().that().resideInAPackage(tree("tables")).and().resideOutsideOfPackage(tree("tables.live")).should()
                .dependOnClassesThat().resideInAPackage(tree("graph")).check(classes);
    }

    @Test
    void onlyTheCommandLineTouchesTheStandardStreams() {
        noClasses().that().resideOutsideOfPackage(tree("cli")).should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
                .check(classes);
    }

    @Test
    void onlyTheCommandLineEndsTheProcess() {
        noClasses().that().resideOutsideOfPackage(tree("cli")).should().callMethod(System.class, "exit", int.class)
                .check(classes);
    }

    @Test
    void nothingOfSparkIsOnTheClassPath() {
        for (String name : List.of("org.apache.spark.SparkContext", "scala.Function1", "org.neuropil.spark.Submit",
                "org.apache.hadoop.conf.Configuration")) {
            assertThatThrownBy(() -> Class.forName(name)).isInstanceOf(ClassNotFoundException.class);
        }
    }

    @Test
    void everyPackageIsNullMarked() {
        assertThat(packages())
                .allSatisfy(found -> assertThat(found.tryGetPackageInfo()).as(found.getName())
                        .hasValueSatisfying(info -> assertThat(info.isAnnotatedWith(NullMarked.class)).isTrue()));
    }

    private static List<JavaPackage> packages() {
        return classes.stream().map(found -> found.getPackage()).distinct().toList();
    }

    private static String tree(String module) {
        return "org.neuropil." + module + "..";
    }

    private static String module(String name) {
        return name.replaceFirst("^org\\.neuropil\\.", "").replaceFirst("\\..*", "");
    }
}
