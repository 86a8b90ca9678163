package io.tandem.distribution;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may know whom. */
@AnalyzeClasses(packages = "io.tandem", importOptions = ImportOption.DoNotIncludeTests.class)
class ModuleRulesTest {

    @ArchTest
    static final ArchRule THE_CORE_KNOWS_THE_JDK_ONLY = classes()
            .that()
            .resideInAPackage("io.tandem.clock..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("io.tandem.clock..", "java.lang..", "java.util..", "org.jspecify..");

    @ArchTest
    static final ArchRule THE_CORE_READS_NO_WALL_CLOCK = noClasses()
            .that()
            .resideInAPackage("io.tandem.clock..")
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime");

    @ArchTest
    static final ArchRule SOURCE_AND_SINK_NEVER_SEE_EACH_OTHER = noClasses()
            .that()
            .resideInAPackage("io.tandem.connect.source..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.tandem.connect.sink..");

    @ArchTest
    static final ArchRule SINK_AND_SOURCE_NEVER_SEE_EACH_OTHER = noClasses()
            .that()
            .resideInAPackage("io.tandem.connect.sink..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.tandem.connect.source..");

    @ArchTest
    static final ArchRule WHAT_IS_SHARED_KNOWS_NO_CONNECTOR = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.tandem.connect.config..",
                    "io.tandem.connect.aggregate..",
                    "io.tandem.connect.record..",
                    "io.tandem.connect.database..",
                    "io.tandem.connect.transform..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.tandem.connect.source..", "io.tandem.connect.sink..");

    @ArchTest
    static final ArchRule NO_JDBC_IN_TRANSFORMS = noClasses()
            .that()
            .resideInAnyPackage("io.tandem.connect.transform..", "io.tandem.connect.record..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "org.jdbi..", "io.tandem.connect.database..");

    @ArchTest
    static final ArchRule NO_CONNECT_TYPES_IN_THE_DATABASE = noClasses()
            .that()
            .resideInAnyPackage("io.tandem.connect.database..", "io.tandem.connect.aggregate..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.kafka..");

    @ArchTest
    static final ArchRule VENDORS_ONLY_IN_THEIR_DIALECTS = noClasses()
            .that()
            .resideInAPackage("io.tandem.connect..")
            .and()
            .resideOutsideOfPackages(
                    "io.tandem.connect.database.dialect.postgresql..", "io.tandem.connect.database.dialect.mariadb..")
            .and()
            .doNotHaveFullyQualifiedName("io.tandem.connect.database.Dialects")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.tandem.connect.database.dialect.postgresql..",
                    "io.tandem.connect.database.dialect.mariadb..",
                    "org.postgresql..",
                    "org.mariadb..");

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("io.tandem.connect.(*)..").should().beFreeOfCycles();
}
