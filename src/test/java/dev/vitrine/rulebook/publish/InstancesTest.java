package dev.vitrine.rulebook.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.problem.ProblemException;
import dev.vitrine.rulebook.edition.Edition;
import dev.vitrine.rulebook.edition.Publication;
import dev.vitrine.rulebook.folder.FolderConflict;
import dev.vitrine.rulebook.folder.RuleFolder;
import dev.vitrine.rulebook.rollout.Rollout;
import dev.vitrine.rulebook.rollout.RolloutController;
import dev.vitrine.rulebook.source.Edit;
import dev.vitrine.rulebook.source.InvalidRulesException;
import dev.vitrine.storage.DatabaseState;
import dev.vitrine.storage.QuietService;
import dev.vitrine.storage.TestClock;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several instances on one database: an edition that one of them publishes is everybody's. */
@QuarkusTest
@WithTestResource(QuietService.class)
class InstancesTest {
    private static final String SHOPPER = "shopper-1";
    private static final Publication MARIE = new Publication("Marie", "a test", "10.0.0.1");

    @Inject
    EditionsDatabase database;

    @TempDir
    Path folders;

    private TestClock clock;

    @BeforeEach
    void empty() {
        database.empty();
        clock = new TestClock();
    }

    /** A machine with a folder of its own, which holds a rule for each file of the first edition. */
    private final class Machine {
        final Path folder;
        final Rulebook rulebook;
        final FolderPublisher publisher;
        final RolloutController staging;

        Machine(String name, Path folder) throws Exception {
            this.folder = folder;
            DatabaseState state = database.state();
            rulebook = database.rulebook(state);
            publisher = database.publisher(rulebook, name, state);
            publisher.open(new RuleFolder(folder));
            staging = database.staging(rulebook, state, clock);
            staging.resume();
        }

        /** What happens once a second. */
        void looksAtTheOthers() {
            rulebook.follow();
            staging.follow();
        }

        /** What happens when the folder was changed, or an edition is to be written into it. */
        Edition looksAtItsFolder() throws InvalidRulesException {
            return publisher.publish("saved");
        }

        int publishes(String file, String condition) throws Exception {
            return rulebook.publish(List.of(new Edit(file + ".drl", rule(file, condition), null)), null, MARIE)
                    .edition();
        }

        String says(String file) {
            return rulebook.live().files().stream()
                    .filter(one -> one.path().equals(file + ".drl"))
                    .findFirst()
                    .orElseThrow()
                    .text();
        }

        String has(String file) throws IOException {
            return Files.readString(folder.resolve(file + ".drl"));
        }

        void saves(String file, String condition) throws IOException {
            save(folder, file, condition);
        }
    }

    private static String rule(String file, String condition) {
        return """
                rule "What %s says is hidden"
                    @owner( "Ines" )
                when
                    $c : Candidate( %s )
                then
                    shelf.hide( $c );
                end
                """
                .formatted(file, condition);
    }

    private static void save(Path folder, String file, String condition) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(file + ".drl"), rule(file, condition));
        Files.writeString(
                folder.resolve(file + ".examples.yaml"),
                """
                "What %s says is hidden":
                  fires: [ { case: cheap, candidates: [ { sku: a, price: 2 } ] } ]
                  does-not-fire: [ { case: dear, candidates: [ { sku: a, price: 30 } ] } ]
                """
                        .formatted(file));
    }

    private Machine machine(String name) throws Exception {
        Path folder = folders.resolve(name);
        if (!Files.exists(folder)) {
            save(folder, "one", "price < 10");
            save(folder, "two", "price < 10");
        }
        return new Machine(name, folder);
    }

    @Test
    void whatIsPublishedOnOneMachineIsLiveOnTheOthersAndStandsInTheirFolders() throws Exception {
        Machine here = machine("here");
        Machine there = machine("there");
        assertThat(there.rulebook.live().number()).isEqualTo(1);
        assertThat(here.publishes("one", "price < 7")).isEqualTo(2);
        there.looksAtTheOthers();
        assertThat(there.rulebook.live().number()).isEqualTo(2);
        assertThat(there.says("one")).isEqualTo(rule("one", "price < 7"));
        assertThat(there.rulebook.folderBehind()).isTrue();
        assertThat(there.looksAtItsFolder().number()).isEqualTo(2);
        assertThat(there.has("one")).isEqualTo(rule("one", "price < 7"));
        assertThat(there.rulebook.problems()).isEmpty();
        assertThat(database.kept()).containsExactly(1, 2);
    }

    @Test
    void whatOneMachinePublishesIsLaidOverWhatAnotherJustPublished() throws Exception {
        Machine here = machine("here");
        Machine there = machine("there");
        here.publishes("one", "price < 7");
        assertThat(there.publishes("two", "price < 8")).isEqualTo(3);
        assertThat(there.says("one")).isEqualTo(rule("one", "price < 7"));
        assertThat(there.says("two")).isEqualTo(rule("two", "price < 8"));
    }

    @Test
    void whatWasSavedInOneFolderIsLaidOverWhatAnotherMachineJustPublished() throws Exception {
        Machine here = machine("here");
        Machine there = machine("there");
        here.publishes("one", "price < 7");
        there.saves("two", "price < 8");
        assertThat(there.looksAtItsFolder().number()).isEqualTo(3);
        assertThat(there.says("one")).isEqualTo(rule("one", "price < 7"));
        assertThat(there.says("two")).isEqualTo(rule("two", "price < 8"));
        assertThat(there.has("one")).isEqualTo(rule("one", "price < 7"));
    }

    @Test
    void theSameFileSavedInOneFolderAndPublishedOnAnotherMachineIsAConflict() throws Exception {
        Machine here = machine("here");
        Machine there = machine("there");
        here.publishes("one", "price < 7");
        there.saves("one", "price < 8");
        assertThat(there.looksAtItsFolder().number()).isEqualTo(2);
        assertThat(there.says("one")).isEqualTo(rule("one", "price < 7"));
        assertThat(there.has("one")).isEqualTo(rule("one", "price < 8"));
        assertThat(there.rulebook.conflicts()).extracting(FolderConflict::path).containsExactly("one.drl");
    }

    @Test
    void machinesThatShareOneFolderPublishWhatIsSavedInItOnce() throws Exception {
        Machine here = machine("here");
        Machine there = new Machine("there", here.folder);
        here.saves("one", "price < 7");
        assertThat(here.looksAtItsFolder().number()).isEqualTo(2);
        assertThat(there.looksAtItsFolder().number()).isEqualTo(2);
        assertThat(there.says("one")).isEqualTo(rule("one", "price < 7"));
        assertThat(database.kept()).containsExactly(1, 2);
        assertThat(there.rulebook.conflicts()).isEmpty();
    }

    @Test
    void whatWasSavedOnTwoMachinesWhileTheDatabaseWasAwayIsAllThere() throws Exception {
        Machine here = machine("here");
        Machine there = machine("there");
        database.sql("alter table edition rename to away");
        here.saves("one", "price < 7");
        there.saves("two", "price < 8");
        assertThat(here.looksAtItsFolder().number()).isEqualTo(2);
        assertThat(there.looksAtItsFolder().number()).isEqualTo(2);
        assertThat(there.says("one")).isEqualTo(rule("one", "price < 10"));
        database.sql("alter table away rename to edition");
        here.publisher.save();
        there.publisher.save();
        assertThat(there.looksAtItsFolder().number()).isEqualTo(4);
        here.looksAtTheOthers();
        here.looksAtItsFolder();
        for (Machine one : List.of(here, there)) {
            assertThat(one.rulebook.live().number()).isEqualTo(4);
            assertThat(one.says("one")).isEqualTo(rule("one", "price < 7"));
            assertThat(one.says("two")).isEqualTo(rule("two", "price < 8"));
            assertThat(one.has("one")).isEqualTo(rule("one", "price < 7"));
            assertThat(one.has("two")).isEqualTo(rule("two", "price < 8"));
            assertThat(one.rulebook.conflicts()).isEmpty();
        }
        assertThat(database.numbers("select number from edition where state = 'WITHDRAWN'"))
                .as("what was live on the second machine only is kept, too")
                .containsExactly(3);
    }

    @Test
    void theSameFileSavedOnTwoMachinesWhileTheDatabaseWasAwayIsAConflict() throws Exception {
        Machine here = machine("here");
        Machine there = machine("there");
        database.sql("alter table edition rename to away");
        here.saves("one", "price < 7");
        there.saves("one", "price < 8");
        here.looksAtItsFolder();
        there.looksAtItsFolder();
        database.sql("alter table away rename to edition");
        here.publisher.save();
        there.publisher.save();
        assertThat(there.looksAtItsFolder().number()).isEqualTo(2);
        assertThat(there.says("one")).isEqualTo(rule("one", "price < 7"));
        assertThat(there.has("one")).isEqualTo(rule("one", "price < 8"));
        assertThat(there.rulebook.conflicts()).hasSize(1);
    }

    @Test
    void machinesThatStartAtOnceOnAnEmptyDatabaseShareTheFirstEdition() throws Exception {
        database.sql("alter table edition rename to away");
        database.sql("create table edition (like away including all)");
        Machine here = machine("here");
        database.sql("alter table edition rename to theirs");
        database.sql("alter table away rename to edition");
        // as if it had looked before the other one published
        Machine there = machine("there");
        database.sql("drop table edition");
        database.sql("alter table theirs rename to edition");
        there.looksAtTheOthers();
        assertThat(there.rulebook.live().number()).isEqualTo(1);
        assertThat(here.publishes("one", "price < 7")).isEqualTo(2);
        there.looksAtTheOthers();
        assertThat(there.says("one")).isEqualTo(rule("one", "price < 7"));
    }

    @Test
    void aMachineThatIsNewWithAnOldCopyOfTheFolderUndoesNothing() throws Exception {
        Machine here = machine("here");
        here.publishes("one", "price < 7");
        here.rulebook.publish(
                List.of(
                        new Edit("three.drl", rule("three", "price < 3"), null),
                        new Edit(
                                "three.examples.yaml",
                                Files.readString(here.folder.resolve("one.examples.yaml"))
                                        .replace("one", "three"),
                                null)),
                null,
                MARIE);
        Machine fresh = machine("fresh");
        assertThat(fresh.rulebook.live().number()).isEqualTo(3);
        assertThat(fresh.has("one")).isEqualTo(rule("one", "price < 7"));
        assertThat(fresh.has("three")).isEqualTo(rule("three", "price < 3"));
        assertThat(database.kept()).containsExactly(1, 2, 3);
    }

    @Test
    void aMachineOfTheSameNameWhoseFolderBeginsAnewUndoesNothing() throws Exception {
        Machine here = machine("here");
        here.publishes("one", "price < 7");
        here.looksAtItsFolder();
        // a container of the same name, with the files of its image
        save(here.folder, "one", "price < 10");
        FileTime built = FileTime.from(Instant.now().minus(Duration.ofDays(1)));
        Files.setLastModifiedTime(here.folder.resolve("one.drl"), built);
        Machine again = machine("here");
        assertThat(again.rulebook.live().number()).isEqualTo(2);
        assertThat(again.has("one")).isEqualTo(rule("one", "price < 7"));
    }

    @Test
    void whatAnEarlierVersionRememberedOfTheFolderStillCounts() throws Exception {
        Machine here = machine("here");
        here.publishes("one", "price < 7");
        // it knew neither who remembered, nor when
        database.sql("update rules_folder set instance = '', at = default");
        save(here.folder, "two", "price < 12");
        Machine again = machine("here");
        assertThat(again.rulebook.live().number()).isEqualTo(3);
        assertThat(again.has("one")).isEqualTo(rule("one", "price < 7"));
        assertThat(again.says("two")).isEqualTo(rule("two", "price < 12"));
        assertThat(again.rulebook.conflicts()).isEmpty();
    }

    @Test
    void whoGoesBackByHandWhileTheServiceIsStoppedHasTheirWay() throws Exception {
        Machine here = machine("here");
        here.publishes("one", "price < 7");
        here.looksAtItsFolder();
        save(here.folder, "one", "price < 10");
        Files.setLastModifiedTime(
                here.folder.resolve("one.drl"), FileTime.from(Instant.now().plusSeconds(1)));
        Machine again = machine("here");
        assertThat(again.rulebook.live().number()).isEqualTo(3);
        assertThat(again.says("one")).isEqualTo(rule("one", "price < 10"));
    }

    @Test
    void anOldCopyThatIsMountedOnlyAfterTheStartUndoesNothingEither() throws Exception {
        machine("here").publishes("one", "price < 7");
        Machine fresh = new Machine("fresh", folders.resolve("fresh"));
        assertThat(fresh.rulebook.problems().toString()).contains("no such folder");
        save(fresh.folder, "one", "price < 10");
        save(fresh.folder, "two", "price < 10");
        assertThat(fresh.looksAtItsFolder().number()).isEqualTo(2);
        assertThat(fresh.has("one")).isEqualTo(rule("one", "price < 7"));
    }

    @Test
    void whatIsNewInTheFolderOfANewMachineIsPublished() throws Exception {
        machine("here").publishes("one", "price < 7");
        save(folders.resolve("fresh"), "one", "price < 10");
        save(folders.resolve("fresh"), "two", "price < 12");
        Machine fresh = machine("fresh");
        assertThat(fresh.rulebook.live().number()).isEqualTo(3);
        assertThat(fresh.says("one")).isEqualTo(rule("one", "price < 7"));
        assertThat(fresh.says("two")).isEqualTo(rule("two", "price < 12"));
    }

    @Test
    void machinesWithFoldersAtTheSamePathRememberEachItsOwn() throws Exception {
        Machine here = machine("here");
        here.publishes("one", "price < 7");
        here.looksAtItsFolder();
        // another machine, whose folder stands at the same path and was last in step with the first edition
        save(here.folder, "one", "price < 10");
        Machine there = new Machine("there", here.folder);
        assertThat(there.rulebook.live().number()).isEqualTo(2);
        assertThat(there.has("one")).isEqualTo(rule("one", "price < 7"));
    }

    @Test
    void anEditionThatCannotBeUsedHereLeavesTheOneBeforeServingAndSaysSo() throws Exception {
        Machine here = machine("here");
        Machine there = machine("there");
        here.publishes("one", "price < 7");
        // as if the other machine ran a version that knows one word more
        database.sql(
                "update edition set files = replace(files::text, 'price < 7', 'prise < 7')::jsonb where number = 2");
        there.looksAtTheOthers();
        assertThat(there.rulebook.live().number()).isEqualTo(1);
        assertThat(there.rulebook.problems().toString()).contains("prise");
        assertThat(here.publishes("one", "price < 6")).isEqualTo(3);
        there.looksAtTheOthers();
        assertThat(there.rulebook.live().number()).isEqualTo(3);
        assertThat(there.rulebook.problems()).isEmpty();
    }

    @Test
    void aRolloutThatCannotBeReadServesNobodyAndStopsNothing() throws Exception {
        Machine here = machine("here");
        Machine there = machine("there");
        stages(here, "price < 7", 1, List.of());
        database.sql("update staged set edits = '{\"no\": \"list\"}'");
        there.looksAtTheOthers();
        assertThat(there.staging.running()).isNull();
        database.sql("update staged set steps = '7'");
        there.publishes("two", "price < 6");
        here.looksAtTheOthers();
        assertThat(here.says("two")).contains("price < 6");
        assertThat(machine("there").staging.running()).isNull();
    }

    private RolloutController.Running stages(Machine machine, String condition, double share, List<Rollout.Step> steps)
            throws Exception {
        return machine.staging.stage(
                List.of(new Edit("one.drl", rule("one", condition), null)), share, steps, null, MARIE);
    }

    @Test
    void whatIsStagedOnOneMachineIsStagedOnAllForTheSameVisits() throws Exception {
        Machine here = machine("here");
        Machine there = machine("there");
        int edition = stages(here, "price < 7", 0.5, List.of()).rollout().number();
        there.looksAtTheOthers();
        for (int i = 0; i < 50; i++) {
            assertThat(there.rulebook.editionFor("v-" + i).number())
                    .isEqualTo(here.rulebook.editionFor("v-" + i).number());
        }
        here.staging.share(1, MARIE);
        there.looksAtTheOthers();
        assertThat(there.rulebook.editionFor(SHOPPER).number()).isEqualTo(edition);
        assertThatThrownBy(() -> stages(there, "price < 6", 0.5, List.of())).isInstanceOf(ProblemException.class);
        there.staging.withdraw("enough", MARIE);
        here.looksAtTheOthers();
        assertThat(here.staging.running()).isNull();
        assertThat(here.staging.last().outcome()).isEqualTo("enough");
        assertThat(here.rulebook.editionFor(SHOPPER).number()).isEqualTo(1);
    }

    @Test
    void whatIsPromotedOnOneMachineIsPublishedOnAll() throws Exception {
        Machine here = machine("here");
        Machine there = machine("there");
        stages(here, "price < 7", 0.5, List.of());
        there.looksAtTheOthers();
        assertThat(there.staging.promote(MARIE).edition()).isEqualTo(3);
        here.looksAtTheOthers();
        assertThat(here.staging.running()).isNull();
        assertThat(here.rulebook.live().number()).isEqualTo(3);
        assertThat(here.says("one")).isEqualTo(rule("one", "price < 7"));
    }

    @Test
    void whatIsTakenBackOnOneMachineIsNotPromotedOnAnother() throws Exception {
        Machine here = machine("here");
        Machine there = machine("there");
        stages(here, "price < 7", 0.5, List.of());
        there.looksAtTheOthers();
        here.staging.withdraw("enough", MARIE);
        assertThatThrownBy(() -> there.staging.promote(MARIE))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("is staged no more");
        there.looksAtTheOthers();
        assertThat(there.staging.running()).isNull();
        assertThat(there.rulebook.live().number()).isEqualTo(1);
        assertThat(database.numbers("select number from edition where state = 'PUBLISHED'"))
                .containsExactly(1);
    }

    @Test
    void whatIsPromotedOnOneMachineIsNotTakenBackOnAnother() throws Exception {
        Machine here = machine("here");
        Machine there = machine("there");
        stages(here, "price < 7", 0.5, List.of());
        there.looksAtTheOthers();
        assertThat(here.staging.promote(MARIE).edition()).isEqualTo(3);
        assertThatThrownBy(() -> there.staging.withdraw("enough", MARIE))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("is staged no more");
        assertThat(there.staging.last().outcome()).isEqualTo("published for all as edition 3");
        there.looksAtTheOthers();
        assertThat(there.rulebook.live().number()).isEqualTo(3);
    }

    @Test
    void whatWasStagedElsewhereAMomentAgoCanBePromotedAtOnce() throws Exception {
        Machine here = machine("here");
        Machine there = machine("there");
        stages(here, "price < 7", 0.5, List.of());
        assertThat(there.staging.promote(MARIE).edition()).isEqualTo(3);
    }

    @Test
    void aGuardrailThatBreaksOnOneMachineTakesItBackOnAll() throws Exception {
        Machine here = machine("here");
        Machine there = machine("there");
        int edition = stages(here, "price < 7", 1, List.of()).rollout().number();
        there.looksAtTheOthers();
        for (int i = 0; i < 30; i++) {
            there.staging.decided(edition, true, false, 100);
        }
        there.staging.watch();
        assertThat(there.rulebook.editionFor(SHOPPER).number()).isEqualTo(1);
        here.looksAtTheOthers();
        assertThat(here.rulebook.editionFor(SHOPPER).number()).isEqualTo(1);
        assertThat(here.staging.last().outcome()).contains("guardrail 'errors' is broken");
    }

    @Test
    void aStepThatIsDueIsTakenOnceHoweverManyMachinesThereAre() throws Exception {
        Machine here = machine("here");
        Machine there = machine("there");
        stages(
                here,
                "price < 7",
                0.1,
                List.of(
                        new Rollout.Step(clock.instant().plusSeconds(60).atOffset(ZoneOffset.ofHours(1)), 0.6),
                        new Rollout.Step(clock.instant().plusSeconds(120).atOffset(ZoneOffset.ofHours(1)), 1.0)));
        there.looksAtTheOthers();
        clock.pass(Duration.ofSeconds(90));
        here.staging.watch();
        there.staging.watch();
        assertThat(database.numbers("select count(*) from audit where action = 'SHARE_CHANGED'"))
                .containsExactly(1);
        clock.pass(Duration.ofSeconds(60));
        here.staging.watch();
        there.staging.watch();
        assertThat(database.numbers("select count(*) from audit where action = 'PROMOTED'"))
                .containsExactly(1);
        assertThat(database.numbers("select number from edition where state = 'PUBLISHED' order by number"))
                .containsExactly(1, 3);
        assertThat(there.rulebook.live().number()).isEqualTo(3);
        assertThat(there.staging.running()).isNull();
    }
}
