/*
 * Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except in compliance with
 * the License. You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software distributed under the License is distributed on
 * an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied. See the License for the
 * specific language governing permissions and limitations under the License.
 */
package io.clearline.lab;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Checks the permitted dependencies between the modules. */
class ArchitectureTest {
    private static final String[] CLUSTER = {"org.apache.flink..", "org.apache.kafka..", "kafka.."};

    private static JavaClasses classes;

    @BeforeAll
    static void read() {
        classes = new ClassFileImporter()
                .withImportOption(new DoNotIncludeTests())
                .importPackages("io.clearline");
    }

    @Test
    void modulesDependOnLowerLayersOnly() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("cli")
                .definedBy("io.clearline.cli..")
                .layer("lab")
                .definedBy("io.clearline.lab..")
                .layer("console")
                .definedBy("io.clearline.console..")
                .layer("local")
                .definedBy("io.clearline.local..")
                .layer("gateway")
                .definedBy("io.clearline.gateway..")
                .layer("job")
                .definedBy("io.clearline.job..")
                .layer("training")
                .definedBy("io.clearline.training..")
                .layer("unfolding")
                .definedBy("io.clearline.unfolding..")
                .layer("evaluation")
                .definedBy("io.clearline.evaluation..")
                .layer("model-store")
                .definedBy("io.clearline.modelstore..")
                .layer("inference")
                .definedBy("io.clearline.inference..")
                .layer("kafka")
                .definedBy("io.clearline.kafka..")
                .layer("schemas")
                .definedBy("io.clearline.schemas..")
                .layer("dsp")
                .definedBy("io.clearline.dsp..")
                .whereLayer("lab")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("cli")
                .mayOnlyBeAccessedByLayers("lab")
                .whereLayer("console")
                .mayOnlyBeAccessedByLayers("cli", "lab")
                .whereLayer("local")
                .mayOnlyBeAccessedByLayers("cli", "lab")
                .whereLayer("gateway")
                .mayOnlyBeAccessedByLayers("cli", "lab")
                .whereLayer("job")
                .mayOnlyBeAccessedByLayers("cli", "lab", "local")
                .whereLayer("training")
                .mayOnlyBeAccessedByLayers("cli", "lab")
                .whereLayer("unfolding")
                .mayOnlyBeAccessedByLayers("training", "lab")
                .whereLayer("evaluation")
                .mayOnlyBeAccessedByLayers("cli", "lab", "training")
                .whereLayer("model-store")
                .mayOnlyBeAccessedByLayers("cli", "lab", "local", "job", "training", "console")
                .whereLayer("inference")
                .mayOnlyBeAccessedByLayers(
                        "cli", "lab", "local", "job", "model-store", "training", "evaluation", "console")
                .whereLayer("kafka")
                .mayOnlyBeAccessedByLayers("cli", "lab", "local", "job", "gateway", "console")
                .whereLayer("schemas")
                .mayOnlyBeAccessedByLayers("cli", "lab", "local", "job", "kafka", "gateway", "console")
                .check(classes);
    }

    @Test
    void theLibrariesDoNotDependOnFlinkOrKafka() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "io.clearline.schemas..",
                        "io.clearline.dsp..",
                        "io.clearline.unfolding..",
                        "io.clearline.inference..",
                        "io.clearline.evaluation..",
                        "io.clearline.modelstore..",
                        "io.clearline.training..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(CLUSTER)
                .check(classes);
    }

    @Test
    void frameworkAndInferenceReadNoFiles() {
        noClasses()
                .that()
                .resideInAnyPackage("io.clearline.unfolding..", "io.clearline.inference..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.nio.file..")
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching("java\\.io\\.File.*")
                .check(classes);
    }
}
