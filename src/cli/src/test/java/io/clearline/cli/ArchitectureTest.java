package io.clearline.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import io.clearline.dsp.HotPath;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The shape of the whole: who may know whom, and what hot code must not do. */
class ArchitectureTest {
    private static final String[] CLUSTER = {"org.apache.flink..", "org.apache.kafka..", "kafka.."};
    private static final Set<String> TRANSCENDENTALS = Set.of(
            "sin", "cos", "tan", "exp", "expm1", "log", "log10", "log1p", "pow", "tanh", "cbrt", "hypot", "atan2");

    private static JavaClasses classes;

    @BeforeAll
    static void read() {
        classes = new ClassFileImporter()
                .withImportOption(new DoNotIncludeTests())
                .importPackages("io.clearline");
    }

    @Test
    void arrowsPointDownOnly() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("cli")
                .definedBy("io.clearline.cli..")
                .layer("local")
                .definedBy("io.clearline.local..")
                .layer("benchmarks")
                .definedBy("io.clearline.benchmarks..")
                .layer("gateway")
                .definedBy("io.clearline.gateway..")
                .layer("training")
                .definedBy("io.clearline.training..")
                .layer("job")
                .definedBy("io.clearline.job..")
                .layer("model-store")
                .definedBy("io.clearline.modelstore..")
                .layer("evaluation")
                .definedBy("io.clearline.evaluation..")
                .layer("unfolding")
                .definedBy("io.clearline.unfolding..")
                .layer("schemas")
                .definedBy("io.clearline.schemas..")
                .whereLayer("cli")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("local")
                .mayOnlyBeAccessedByLayers("cli", "benchmarks")
                .whereLayer("benchmarks")
                .mayOnlyBeAccessedByLayers("cli")
                .whereLayer("gateway")
                .mayOnlyBeAccessedByLayers("cli", "benchmarks")
                .whereLayer("training")
                .mayOnlyBeAccessedByLayers("cli")
                .whereLayer("job")
                .mayOnlyBeAccessedByLayers("cli", "benchmarks", "local", "gateway")
                .whereLayer("model-store")
                .mayOnlyBeAccessedByLayers("cli", "benchmarks", "local", "gateway", "job", "training")
                .whereLayer("evaluation")
                .mayOnlyBeAccessedByLayers("cli", "benchmarks", "training")
                .whereLayer("schemas")
                .mayOnlyBeAccessedByLayers("cli", "benchmarks", "local", "gateway", "job")
                .withOptionalLayers(true)
                .check(classes);
    }

    @Test
    void theLibrariesKnowNoCluster() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "io.clearline.schemas..",
                        "io.clearline.dsp..",
                        "io.clearline.unfolding..",
                        "io.clearline.evaluation..",
                        "io.clearline.modelstore..",
                        "io.clearline.training..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(CLUSTER)
                .check(classes);
    }

    @Test
    void theFrameworkReadsNoFiles() {
        noClasses()
                .that()
                .resideInAPackage("io.clearline.unfolding..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.nio.file..")
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching("java\\.io\\.File.*")
                .check(classes);
    }

    @Test
    void hotCodeUsesNoFunctionThatDiffersBetweenMachines() {
        ArchRuleDefinition.codeUnits()
                .that()
                .areAnnotatedWith(HotPath.class)
                .should(callNo(
                        "Math's transcendental functions",
                        call -> call.getTargetOwner().isEquivalentTo(Math.class)
                                && TRANSCENDENTALS.contains(call.getName())))
                .check(classes);
    }

    @Test
    void hotCodeUsesNoBoxesStringsOrStreams() {
        ArchRuleDefinition.codeUnits()
                .that()
                .areAnnotatedWith(HotPath.class)
                .should(callNo(
                        "boxes, strings or streams",
                        call -> call.getName().equals("valueOf")
                                        && call.getTargetOwner().isAssignableTo(Number.class)
                                || call.getTargetOwner().isEquivalentTo(StringBuilder.class)
                                || call.getTargetOwner().getPackageName().startsWith("java.util.stream")))
                .check(classes);
    }

    private interface Suspect {
        boolean test(JavaCall<?> call);
    }

    private static ArchCondition<JavaCodeUnit> callNo(String what, Suspect suspect) {
        return new ArchCondition<>("call none of " + what) {
            @Override
            public void check(JavaCodeUnit unit, ConditionEvents events) {
                unit.getCallsFromSelf().stream()
                        .filter(suspect::test)
                        .forEach(call -> events.add(SimpleConditionEvent.violated(unit, call.getDescription())));
            }
        };
    }
}
