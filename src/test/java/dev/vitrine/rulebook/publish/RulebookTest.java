package dev.vitrine.rulebook.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.problem.UnavailableException;
import dev.vitrine.rulebook.edition.EditConflictException;
import dev.vitrine.rulebook.edition.Edition;
import dev.vitrine.rulebook.edition.Publication;
import dev.vitrine.rulebook.folder.FolderConflict;
import dev.vitrine.rulebook.folder.RuleFolder;
import dev.vitrine.rulebook.source.Edit;
import dev.vitrine.rulebook.source.InvalidRulesException;
import dev.vitrine.rulebook.source.RuleProblem;
import dev.vitrine.storage.DatabaseState;
import dev.vitrine.storage.QuietService;
import dev.vitrine.storage.Sql;
import dev.vitrine.storage.UnansweredCommits;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Editions across restarts: each {@link #start()} is a service of its own on the same database. */
@QuarkusTest
@WithTestResource(QuietService.class)
class RulebookTest {
    @Inject
    EditionsDatabase database;

    @Inject
    AgroalDataSource pool;

    @Inject
    Sql sql;

    @TempDir
    Path folder;

    private DatabaseState state;
    private Rulebook rulebook;
    private FolderPublisher publisher;

    @BeforeEach
    void empty() throws IOException {
        database.empty();
        save("Cheap things are hidden", "price < 10");
    }

    private void save(String name, String condition) throws IOException {
        Files.writeString(
                folder.resolve("cheap.drl"),
                """
                rule "%s"
                    @owner( "Ines" )
                when
                    $c : Candidate( %s )
                then
                    shelf.hide( $c );
                end
                """
                        .formatted(name, condition));
        Files.writeString(
                folder.resolve("cheap.examples.yaml"),
                """
                "%s":
                  fires: [ { case: cheap, candidates: [ { sku: a, price: 2 } ] } ]
                  does-not-fire: [ { case: dear, candidates: [ { sku: a, price: 30 } ] } ]
                """
                        .formatted(name));
    }

    private RuleFolder rules() {
        return new RuleFolder(folder);
    }

    private Edition start() throws Exception {
        unopened();
        publisher.open(rules());
        return rulebook.live();
    }

    private FolderPublisher unopened() {
        state = database.state();
        rulebook = database.rulebook(state);
        publisher = database.publisher(rulebook, "here", state);
        return publisher;
    }

    private Edition publish() throws InvalidRulesException {
        return publisher.publish("saved");
    }

    @Test
    void theFirstStartPublishesTheFirstEdition() throws Exception {
        assertThat(start().number()).isEqualTo(1);
        assertThat(database.kept()).containsExactly(1);
        assertThat(rulebook.problems()).isEmpty();
    }

    @Test
    void theSameFolderKeepsItsNumberAcrossStarts() throws Exception {
        Edition before = start();
        Edition after = start();
        assertThat(after.number()).isEqualTo(1);
        assertThat(after.publishedAt())
                .isCloseTo(
                        before.publishedAt(),
                        org.assertj.core.api.Assertions.within(1, java.time.temporal.ChronoUnit.MILLIS));
        assertThat(after.note()).isEqualTo("first edition");
        assertThat(database.kept()).containsExactly(1);
    }

    @Test
    void whatWasChangedWhileStoppedIsTheNextEdition() throws Exception {
        start();
        save("Cheap things are hidden", "price < 9");
        assertThat(start().number()).isEqualTo(2);
        assertThat(database.kept()).containsExactly(1, 2);
    }

    @Test
    void theSameFilesOnceMoreAreNoNewEdition() throws Exception {
        start();
        assertThat(publish().number()).isEqualTo(1);
        save("Cheap things are hidden", "price < 9");
        assertThat(publish().number()).isEqualTo(2);
        save("Cheap things are hidden", "price < 10");
        assertThat(publish().number()).isEqualTo(3);
    }

    @Test
    void anEditionWhoseCommitWasNotAnsweredIsLiveIfItIsStored() throws Exception {
        start();
        try (UnansweredCommits commits = new UnansweredCommits(pool, sql)) {
            Future<Publication.Published> published = CompletableFuture.supplyAsync(() -> publishes("price < 7"));
            commits.await();
            commits.disconnect();
            assertThat(published.get().edition()).isEqualTo(2);
        }
        assertThat(rulebook.live().number()).isEqualTo(2);
        assertThat(database.kept()).containsExactly(1, 2);
    }

    private Publication.Published publishes(String condition) {
        try {
            String rule = Files.readString(folder.resolve("cheap.drl")).replace("price < 10", condition);
            return rulebook.publish(List.of(new Edit("cheap.drl", rule, null)), null, new Publication("Ines", "", ""));
        } catch (IOException | InvalidRulesException | EditConflictException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void anEditionThatCannotBeReadLeavesTheOneBeforeServing() throws Exception {
        start();
        save("Cheap things are hidden", "price < 9");
        publish();
        database.sql("update edition set files = '{\"no\": \"list\"}' where number = 2");
        database.sql("update rules_folder set state = '7'");
        assertThat(start().number()).isEqualTo(3);
        assertThat(rulebook.live().files()).anyMatch(file -> file.text().contains("price < 9"));
        assertThat(database.kept()).containsExactly(1, 2, 3);
        assertThat(rulebook.problems()).isEmpty();
        save("Cheap things are hidden", "price < 8");
        assertThat(publish().number()).isEqualTo(4);

        database.sql("update edition set files = '[{\"path\": \"cheap.drl\"}]' where number = 4");
        rulebook.follow();
        assertThat(rulebook.live().number()).isEqualTo(4);
    }

    @Test
    void aFolderThatIsBrokenAtALaterStartLeavesTheLastEditionServing() throws Exception {
        start();
        save("Cheap things are hidden", "prise < 10");
        assertThat(start().number()).isEqualTo(1);
        assertThat(rulebook.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.file()).isEqualTo("cheap.drl");
            assertThat(problem.line()).isEqualTo(4);
        });
        assertThat(rulebook.problemsSince()).isNotNull();
        save("Cheap things are hidden", "price < 10");
        assertThat(publish().number()).isEqualTo(1);
        assertThat(rulebook.problems()).isEmpty();
        assertThat(rulebook.problemsSince()).isNull();
    }

    @Test
    void aFolderThatIsGoneAtALaterStartLeavesTheLastEditionServing() throws Exception {
        start();
        unopened();
        publisher.open(new RuleFolder(folder.resolve("nowhere")));
        assertThat(rulebook.live().number()).isEqualTo(1);
        assertThat(rulebook.problems().get(0).message()).contains("no such folder");
    }

    @Test
    void aFolderThatIsBrokenAtTheVeryFirstStartEndsItWithFileAndLine() throws Exception {
        save("Cheap things are hidden", "prise < 10");
        assertThatThrownBy(() -> new RuleFolderWatch(unopened(), new RuleHeadStart(), folder.toString()).open())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no earlier edition")
                .hasMessageContaining("cheap.drl:4")
                .hasMessageContaining("Candidate has no 'prise'.");
        assertThat(database.kept()).isEmpty();
    }

    @Test
    void aRefusedPublicationLeavesTheLiveEditionAlone() throws Exception {
        Edition before = start();
        save("Cheap things are hidden", "price < ");
        assertThatThrownBy(this::publish).isInstanceOf(InvalidRulesException.class);
        assertThat(rulebook.live()).isSameAs(before);
        assertThat(rulebook.problems()).isNotEmpty();
        assertThat(database.kept()).containsExactly(1);
    }

    @Test
    void editionsPublishedWhileTheDatabaseIsAwayAreAllKeptLater() throws Exception {
        start();
        database.sql("alter table edition rename to away");
        save("Cheap things are hidden", "price < 9");
        assertThat(publish().number()).isEqualTo(2);
        save("Cheap things are hidden", "price < 8");
        assertThat(publish().number()).isEqualTo(3);
        database.sql("alter table away rename to edition");
        assertThat(database.kept()).containsExactly(1);
        rulebook.save();
        assertThat(database.kept()).containsExactly(1, 2, 3);
    }

    @Test
    void whatTheCompilerChokesOnIsToldLikeAnyOtherFault() throws Exception {
        start();
        for (String condition : List.of(
                "(".repeat(20_000) + "price < 10" + ")".repeat(20_000),
                "price < 1" + "0".repeat(400),
                "price < " + "-".repeat(5_000) + "1",
                "price matches \"[\"",
                "\u0000",
                "price < 10 ) ) ) end end \"",
                "price < 10, " + "price < 10 && ".repeat(3_000) + "price < 10",
                "price < " + "-".repeat(100_000) + "1",
                "price" + ".a".repeat(60_000) + " < 1")) {
            save("Cheap things are hidden", condition);
            String start = condition.substring(0, Math.min(30, condition.length()));
            assertThatThrownBy(this::publish).as(start).isInstanceOf(InvalidRulesException.class);
            assertThat(rulebook.problems()).as(start).isNotEmpty();
            assertThat(rulebook.live().number()).isEqualTo(1);
        }
    }

    private static final Publication MARIE = new Publication("Marie", "a test", "10.0.0.1");

    private static String hides(String condition) {
        return """
                rule "Cheap things are hidden"
                    @owner( "Ines" )
                when
                    $c : Candidate( %s )
                then
                    shelf.hide( $c );
                end
                """
                .formatted(condition);
    }

    private int publishByCall(String text) throws Exception {
        return rulebook.publish(List.of(new Edit("cheap.drl", text, null)), null, MARIE)
                .edition();
    }

    private String inFolder() throws IOException {
        return Files.readString(folder.resolve("cheap.drl"));
    }

    private String live() {
        return rulebook.live().files().stream()
                .filter(file -> file.path().equals("cheap.drl"))
                .findFirst()
                .orElseThrow()
                .text();
    }

    @Test
    void whatACallPublishedAndAStopKeptFromTheFolderIsWrittenAtTheNextStart() throws Exception {
        start();
        assertThat(publishByCall(hides("price < 7"))).isEqualTo(2);
        assertThat(inFolder()).isEqualTo(hides("price < 10"));
        assertThat(start().number()).isEqualTo(2);
        assertThat(inFolder()).isEqualTo(hides("price < 7"));
        assertThat(start().number()).isEqualTo(2);
    }

    @Test
    void whatWasChangedOnBothSidesWhileStoppedIsAConflictThatLastsAcrossStarts() throws Exception {
        start();
        publishByCall(hides("price < 7"));
        save("Cheap things are hidden", "price < 8");
        for (int starts = 0; starts < 2; starts++) {
            assertThat(start().number()).isEqualTo(2);
            assertThat(live()).isEqualTo(hides("price < 7"));
            assertThat(inFolder()).isEqualTo(hides("price < 8"));
            assertThat(Files.readString(folder.resolve("cheap.drl.edition-2"))).isEqualTo(hides("price < 7"));
            assertThat(rulebook.conflicts()).extracting(FolderConflict::path).containsExactly("cheap.drl");
        }
        Files.delete(folder.resolve("cheap.drl.edition-2"));
        assertThat(publish().number())
                .as("who deletes the edition's text chooses the folder's")
                .isEqualTo(3);
        assertThat(live()).isEqualTo(hides("price < 8"));
        assertThat(rulebook.conflicts()).isEmpty();
        assertThat(start().number()).isEqualTo(3);
    }

    @Test
    void aConflictEndsWhenTheEditionsTextIsCopiedOverTheFile() throws Exception {
        start();
        publishByCall(hides("price < 7"));
        save("Cheap things are hidden", "price < 8");
        assertThat(publish().number()).isEqualTo(2);
        Files.copy(
                folder.resolve("cheap.drl.edition-2"),
                folder.resolve("cheap.drl"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertThat(publish().number()).isEqualTo(2);
        assertThat(rulebook.conflicts()).isEmpty();
        assertThat(folder.resolve("cheap.drl.edition-2")).doesNotExist();
    }

    @Test
    void aFileThatOneDeletedAndTheOtherChangedIsAConflictToo() throws Exception {
        start();
        publishByCall(hides("price < 7"));
        Files.delete(folder.resolve("cheap.drl"));
        assertThat(publish().number()).isEqualTo(2);
        assertThat(rulebook.conflicts()).hasSize(1);
        assertThat(folder.resolve("cheap.drl")).doesNotExist();
        assertThat(Files.readString(folder.resolve("cheap.drl.edition-2"))).isEqualTo(hides("price < 7"));
    }

    @Test
    void aSecondEditionInAConflictLosesNothingEither() throws Exception {
        start();
        publishByCall(hides("price < 7"));
        save("Cheap things are hidden", "price < 8");
        publish();
        publishByCall(hides("price < 6"));
        assertThat(publish().number()).isEqualTo(3);
        assertThat(inFolder()).isEqualTo(hides("price < 8"));
        assertThat(Files.readString(folder.resolve("cheap.drl.edition-3"))).isEqualTo(hides("price < 6"));
        assertThat(folder.resolve("cheap.drl.edition-2")).doesNotExist();
        assertThat(database.kept()).containsExactly(1, 2, 3);
    }

    @Test
    void whatTheFolderPublishedWhileTheDatabaseWasAwayIsNotUndoneByARestart() throws Exception {
        start();
        database.sql("alter table edition rename to away");
        save("Cheap things are hidden", "price < 9");
        assertThat(publish().number()).isEqualTo(2);
        database.sql("alter table away rename to edition");
        assertThat(start().number()).isEqualTo(2);
        assertThat(inFolder()).isEqualTo(hides("price < 9"));
        assertThat(live()).isEqualTo(hides("price < 9"));
    }

    @Test
    void anEditionThatNoLongerCompilesLeavesThePlaceToTheNewestThatDoes() throws Exception {
        start();
        save("Cheap things are hidden", "price < 9");
        publish();
        // as if an upgrade had taken the word away
        database.sql(
                "update edition set files = replace(files::text, 'price < 9', 'prise < 9')::jsonb where number = 2");
        unopened();
        publisher.open(new RuleFolder(folder.resolve("nowhere")));
        assertThat(rulebook.live().number()).isEqualTo(1);
        assertThat(rulebook.problems().toString()).contains("prise").contains("no such folder");
        assertThat(publishByCall(hides("price < 9"))).isEqualTo(3);
        assertThat(rulebook.live().number()).isEqualTo(3);
    }

    @Test
    void aFolderThatCannotBeWrittenIsToldAndServesNoLess() throws Exception {
        start();
        publishByCall(hides("price < 7"));
        Files.createDirectory(folder.resolve(".cheap.drl.vitrine"));
        Files.writeString(folder.resolve(".cheap.drl.vitrine/in-the-way"), "");
        assertThat(publish().number()).isEqualTo(2);
        assertThat(rulebook.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.severity()).isEqualTo(RuleProblem.Severity.WARNING);
            assertThat(problem.message()).startsWith("Edition 2 changed the file, and it cannot be written");
        });
        assertThat(live()).isEqualTo(hides("price < 7"));
        assertThat(inFolder()).isEqualTo(hides("price < 10"));
    }

    @Test
    void aStartWithoutADatabaseServesTheFolderAndPublishesItLater() throws Exception {
        unopened();
        EditionsDatabase.takeAway(state);
        publisher.open(rules());
        assertThat(rulebook.live().number()).isZero();
        assertThat(live()).isEqualTo(hides("price < 10"));
        save("Cheap things are hidden", "price < 9");
        assertThat(publish().number()).isZero();
        assertThat(live()).isEqualTo(hides("price < 9"));
        assertThatThrownBy(() -> publishByCall(hides("price < 7"))).isInstanceOf(UnavailableException.class);
        state.probe();
        publisher.save();
        assertThat(rulebook.live().number()).isEqualTo(1);
        assertThat(live()).isEqualTo(hides("price < 9"));
        assertThat(database.kept()).containsExactly(1);
        assertThat(publishByCall(hides("price < 7"))).isEqualTo(2);
    }

    @Test
    void aStartWithoutADatabaseTakesOverWhatWasPublishedWhenItComes() throws Exception {
        start();
        publishByCall(hides("price < 7"));
        unopened();
        EditionsDatabase.takeAway(state);
        publisher.open(rules());
        assertThat(live()).as("the folder has not been written since").isEqualTo(hides("price < 10"));
        state.probe();
        publisher.save();
        assertThat(rulebook.live().number()).isEqualTo(2);
        assertThat(inFolder()).isEqualTo(hides("price < 7"));
        assertThat(rulebook.conflicts()).isEmpty();
    }

    @Test
    void whatIsSavedAfterAStartWithoutADatabaseIsLaidOverWhatWasPublished() throws Exception {
        start();
        assertThat(start().number()).isEqualTo(1);
        unopened();
        EditionsDatabase.takeAway(state);
        publisher.open(rules());
        save("Cheap things are hidden", "price < 9");
        publish();
        state.probe();
        publisher.save();
        assertThat(rulebook.live().number()).isEqualTo(2);
        assertThat(live()).isEqualTo(hides("price < 9"));
        assertThat(rulebook.conflicts()).isEmpty();
    }

    @Test
    void aBrokenFolderAndNoDatabaseEndTheStart() throws Exception {
        start();
        save("Cheap things are hidden", "prise < 10");
        unopened();
        EditionsDatabase.takeAway(state);
        assertThatThrownBy(() -> publisher.open(rules()))
                .isInstanceOf(InvalidRulesException.class)
                .hasMessageContaining("Candidate has no 'prise'.");
    }
}
