package dev.vitrine;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.CanBeAnnotated.Predicates.annotatedWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.SoftAssertions.assertSoftly;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaParameter;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import jakarta.inject.Inject;
import jakarta.persistence.Entity;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;

/** The walls of the house. */
class ArchitectureTest {
    /** Who may use whom; a room uses itself, the JDK and libraries without asking. A new door is opened here, on purpose. */
    private static final Map<String, List<String>> ROOMS = rooms(
            """
            merchandising       |
            problem             |
            remote              |
            storage             | problem
            idempotency         | problem storage access
            imports             | problem remote
            access              | problem storage
            privacy             | problem storage access
            rulebook            |
            rulebook.source     | problem
            rulebook.language   | merchandising problem rulebook.source
            rulebook.engine     | merchandising rulebook.source rulebook.language
            rulebook.assist     | problem merchandising catalog search visit rulebook.source rulebook.language
            rulebook.edition    | merchandising problem access rulebook.source rulebook.language rulebook.engine
            rulebook.probe      | merchandising rulebook.source rulebook.language rulebook.engine
            rulebook.check      | merchandising problem catalog visit rulebook.source rulebook.language rulebook.engine rulebook.edition rulebook.probe rulebook.assist
            rulebook.folder     | problem access storage rulebook.source rulebook.edition
            rulebook.command    | problem remote rulebook.source rulebook.check rulebook.folder
            rulebook.publish    | problem access storage rulebook.source rulebook.engine rulebook.edition rulebook.check rulebook.folder rulebook.assist
            rulebook.draft      | problem access storage idempotency rulebook.source rulebook.edition rulebook.publish
            rulebook.rollout    | problem access storage rulebook.source rulebook.edition rulebook.check rulebook.publish
            rulebook.lsp        | problem remote rulebook.source rulebook.language rulebook.assist rulebook.check rulebook.folder
            rulebook.schedule   | problem access storage idempotency rulebook.source rulebook.language rulebook.edition rulebook.check rulebook.publish rulebook.rollout
            catalog             | merchandising problem storage access
            campaign            | merchandising problem storage idempotency access catalog rulebook.source rulebook.check rulebook.engine rulebook.edition rulebook.publish rulebook.schedule rulebook.assist
            search              | catalog
            candidates          | merchandising problem storage access catalog search
            candidates.service  | merchandising problem storage candidates
            visit               | merchandising problem storage access privacy catalog
            decision.settlement | merchandising
            decision.context    | merchandising problem privacy catalog visit candidates candidates.service campaign rulebook.edition decision.settlement
            decision.firing     | rulebook.source rulebook.engine rulebook.edition rulebook.publish decision.context
            decision.share      | merchandising problem storage catalog decision.settlement decision.context
            decision.record     | merchandising problem storage privacy catalog decision.settlement decision.context
            decision            | merchandising problem storage access catalog visit rulebook.source rulebook.engine rulebook.edition rulebook.publish rulebook.rollout decision.settlement decision.context decision.firing decision.share decision.record
            decision.dryrun     | merchandising problem rulebook.check rulebook.engine rulebook.edition decision decision.settlement decision.context decision.firing decision.record
            evaluation          | merchandising problem storage idempotency access privacy catalog campaign candidates candidates.service rulebook.source rulebook.engine rulebook.edition rulebook.check rulebook.publish rulebook.schedule decision.settlement decision.context decision.record decision.dryrun
            explanation         | merchandising problem access catalog search candidates rulebook.source rulebook.language rulebook.engine rulebook.edition rulebook.probe rulebook.check rulebook.publish decision.context decision.record decision.dryrun
            insight             | merchandising problem storage catalog decision.settlement decision.context decision.share
            demo                | merchandising problem access privacy catalog visit candidates campaign
            """);

    private static final String HOUSE = "dev.vitrine";
    private static final JavaClasses CODE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(HOUSE);

    private static Map<String, List<String>> rooms(String table) {
        Map<String, List<String>> rooms = new LinkedHashMap<>();
        table.lines()
                .map(line -> line.split("\\|", -1))
                .forEach(row -> rooms.put(
                        row[0].strip(),
                        Arrays.stream(row[1].strip().split(" "))
                                .filter(room -> !room.isEmpty())
                                .toList()));
        return rooms;
    }

    @Test
    void everyRoomIsInTheTable() {
        Set<String> there = new TreeSet<>();
        for (JavaClass type : CODE) {
            if (!type.getPackageName().equals(HOUSE)) {
                there.add(type.getPackageName().substring(HOUSE.length() + 1));
            }
        }
        assertThat(there).containsExactlyInAnyOrderElementsOf(ROOMS.keySet());
    }

    @Test
    void roomsUseOnlyTheRoomsThatTheTableAllows() {
        assertSoftly(softly -> ROOMS.forEach((room, allowed) -> {
            String[] open = new String[allowed.size() + 1];
            open[0] = packageOf(room);
            for (int i = 0; i < allowed.size(); i++) {
                open[i + 1] = packageOf(allowed.get(i));
            }
            softly.check(() -> noClasses()
                    .that()
                    .resideInAPackage(packageOf(room))
                    .should()
                    .dependOnClassesThat(resideInAPackage(HOUSE + "..").and(not(resideInAnyPackage(open))))
                    .because("the table allows " + room + " no more than " + allowed)
                    .check(CODE));
        }));
    }

    @Test
    void roomsFormNoCircle() {
        slices().matching(HOUSE + ".(*)..").should().beFreeOfCycles().check(CODE);
        slices().matching(HOUSE + ".(**)").should().beFreeOfCycles().check(CODE);
    }

    @Test
    void theWordsOfTheRulesNeedNothingButTheJdk() {
        classes()
                .that()
                .resideInAPackage(packageOf("merchandising"))
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", packageOf("merchandising"))
                .check(CODE);
    }

    @Test
    void onlyTheRulebookKnowsDroolsAndYaml() {
        noClasses()
                .that()
                .resideOutsideOfPackage(packageOf("rulebook") + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.drools..", "org.kie..", "org.yaml..")
                .check(CODE);
    }

    @Test
    void onlyTheSearchKnowsLucene() {
        noClasses()
                .that()
                .resideOutsideOfPackage(packageOf("search"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.lucene..")
                .check(CODE);
    }

    @Test
    void namesSayWhatAClassIsInTheShopsWords() {
        classes()
                .should()
                .haveNameNotMatching(".*(Manager|Helper|Utils?|Impl|Handler|Service)")
                .check(CODE);
    }

    @Test
    void everyRoomSaysWhatItIsFor() {
        java.nio.file.Path sources = java.nio.file.Path.of("src/main/java");
        assertThat(CODE).extracting(JavaClass::getPackageName).allSatisfy(name -> assertThat(
                        sources.resolve(name.replace('.', '/') + "/package-info.java"))
                .matches(Files::isRegularFile, "is there"));
    }

    @Test
    void whatAClassNeedsComesThroughItsConstructor() {
        noFields()
                .should()
                .beAnnotatedWith(Inject.class)
                .orShould()
                .beAnnotatedWith(ConfigProperty.class)
                .check(CODE);
    }

    @Test
    void onlyStorageKnowsJdbc() {
        noClasses()
                .that()
                .resideOutsideOfPackage(packageOf("storage"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..", "io.agroal..", "org.postgresql..")
                .check(CODE);
    }

    @Test
    void onlyEntitiesAndRepositoriesKnowHibernate() {
        noClasses()
                .that()
                .haveSimpleNameNotEndingWith("Entity")
                .and()
                .haveSimpleNameNotEndingWith("Repository")
                .and()
                .resideOutsideOfPackage(packageOf("storage"))
                .and(not(nestedIn("Entity")))
                .should()
                // services may handle failures
                .dependOnClassesThat(
                        resideInAnyPackage("jakarta.persistence..", "org.hibernate..", "io.quarkus.hibernate..")
                                .and(not(assignableTo(Throwable.class))))
                .check(CODE);
    }

    @Test
    void entitiesAreSeenInTheirPackageOnly() {
        classes()
                .that()
                .areAnnotatedWith(Entity.class)
                .should()
                .bePackagePrivate()
                .andShould()
                .haveSimpleNameEndingWith("Entity")
                .check(CODE);
    }

    @Test
    void nothingOfTheDatabaseStandsInAnAnswer() {
        methods()
                .that()
                .areDeclaredInClassesThat()
                .areAnnotatedWith(Path.class)
                .should(returnNothingOf("java.sql"))
                .andShould(returnNothingOf("jakarta.persistence"))
                .check(CODE);
        noMethods()
                .that()
                .areDeclaredInClassesThat()
                .areAnnotatedWith(Path.class)
                .should()
                .haveRawReturnType(annotatedWith(Entity.class))
                .check(CODE);
    }

    /** {@link dev.vitrine.problem.WholeNumbers} names the field where one of these is wrong; others would answer 404. */
    @Test
    void addressesHoldTextAndWholeNumbersOnly() {
        methods()
                .that()
                .areDeclaredInClassesThat()
                .areAnnotatedWith(Path.class)
                .should(takeFromTheAddressOnly(String.class, int.class, Integer.class, long.class, Long.class))
                .check(CODE);
    }

    @Test
    void onlyTheStartAndTheCommandsSpeakOnTheConsole() {
        noClasses()
                .that()
                .areNotAnnotatedWith(Command.class)
                .and(not(belongToAnyOf(Vitrine.class)))
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(CODE);
    }

    private static String packageOf(String room) {
        return HOUSE + "." + room;
    }

    private static DescribedPredicate<JavaClass> nestedIn(String ending) {
        return new DescribedPredicate<>("nested in a class that ends with " + ending) {
            @Override
            public boolean test(JavaClass type) {
                return type.getEnclosingClass()
                        .map(outer -> outer.getSimpleName().endsWith(ending))
                        .orElse(false);
            }
        };
    }

    private static ArchCondition<JavaMethod> takeFromTheAddressOnly(Class<?>... types) {
        return new ArchCondition<>("take from the address only " + Arrays.toString(types)) {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                for (JavaParameter parameter : method.getParameters()) {
                    boolean ofTheAddress =
                            parameter.isAnnotatedWith(QueryParam.class) || parameter.isAnnotatedWith(PathParam.class);
                    boolean known = Arrays.stream(types)
                            .anyMatch(type -> parameter.getRawType().isEquivalentTo(type));
                    if (ofTheAddress && !known) {
                        events.add(SimpleConditionEvent.violated(
                                method,
                                method.getDescription() + " takes "
                                        + parameter.getRawType().getName()));
                    }
                }
            }
        };
    }

    private static ArchCondition<JavaMethod> returnNothingOf(String name) {
        return new ArchCondition<>("return nothing of " + name) {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                for (JavaClass type : method.getReturnType().getAllInvolvedRawTypes()) {
                    if (type.getPackageName().equals(name)) {
                        events.add(SimpleConditionEvent.violated(method, method.getDescription() + " returns " + type));
                    }
                }
            }
        };
    }
}
