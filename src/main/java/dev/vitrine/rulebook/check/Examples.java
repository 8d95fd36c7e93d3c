package dev.vitrine.rulebook.check;

import static dev.vitrine.rulebook.check.FactsReader.text;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.vitrine.rulebook.engine.Cancellation;
import dev.vitrine.rulebook.engine.CompiledFile;
import dev.vitrine.rulebook.engine.RuleCompiler;
import dev.vitrine.rulebook.language.ParsedFile;
import dev.vitrine.rulebook.probe.RuleInquiry;
import dev.vitrine.rulebook.source.ExamplesText;
import dev.vitrine.rulebook.source.RuleCard;
import dev.vitrine.rulebook.source.RuleFile;
import dev.vitrine.rulebook.source.RuleProblem;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Cases in which a rule fires and cases in which it does not. They stand in a file beside the rules and run before a change goes
 * live.
 *
 * <pre>
 * "A visitor who compares sees the best sellers side by side":
 *   fires:
 *     - case: three mats were compared
 *       readings: [ { mood: COMPARING, category: sport/yoga/mats } ]
 *       proposes: [ show comparison ]
 *   does-not-fire:
 *     - case: nothing was compared
 *       visit: { pages: 2 }
 * </pre>
 *
 * A case states only what matters: all else is as it is for a newcomer who has just arrived. {@code proposes} and {@code reads}
 * are optional, and list everything that the rule says.
 */
@Singleton
public final class Examples {
    /** A case takes milliseconds, and less than a second on the busiest machine. */
    private static final Duration CASE_MAX = Duration.ofSeconds(5);

    /** Most files are the same at the next save, and reading all of them again takes a fifth of a second. */
    private final Cache<RuleFile, List<ExampleSituation>> situations =
            Caffeine.newBuilder().maximumSize(RuleFile.FILES_MAX).softValues().build();

    private final RuleInquiry inquiry;

    Examples(RuleInquiry inquiry) {
        this.inquiry = inquiry;
    }

    List<RuleProblem> problems(RuleCompiler.Compiled compiled, Collection<RuleFile> files) {
        return problems(compiled, files, CASE_MAX);
    }

    /** @param caseMax time limit of one case */
    List<RuleProblem> problems(RuleCompiler.Compiled compiled, Collection<RuleFile> files, Duration caseMax) {
        return new ExampleRun(
                        compiled.files(),
                        compiled.rules(),
                        Set.of(),
                        ZoneOffset.UTC,
                        caseMax,
                        inquiry,
                        new Cancellation())
                .problems(files);
    }

    /** @param untried rules that could not be compiled: their cases are not run */
    List<RuleProblem> problems(
            List<CompiledFile> compiled,
            List<RuleCard> cards,
            Set<String> untried,
            Collection<RuleFile> files,
            ZoneId zone,
            Cancellation cancellation) {
        return new ExampleRun(compiled, cards, untried, zone, CASE_MAX, inquiry, cancellation).problems(files);
    }

    /**
     * What is wrong in the form of an examples file: none of its cases is run.
     *
     * @param beside the rules beside it, null if there are none
     */
    List<RuleProblem> inForm(RuleFile file, RuleFile beside) {
        List<RuleCard> cards =
                beside == null ? List.of() : ParsedFile.of(beside).rules();
        return new ExampleRun(List.of(), cards, Set.of(), ZoneOffset.UTC, CASE_MAX, inquiry, new Cancellation())
                .problems(List.of(file));
    }

    static Node yaml(RuleFile file) {
        return ExamplesText.tree(file.text());
    }

    /** The situations of all cases: what the shop's own people consider typical. */
    public List<ExampleSituation> situations(Collection<RuleFile> files) {
        return files.stream()
                .filter(RuleFile::holdsExamples)
                .flatMap(file -> situations.get(file, Examples::situations).stream())
                .toList();
    }

    private static List<ExampleSituation> situations(RuleFile file) {
        List<ExampleSituation> situations = new ArrayList<>();
        try {
            situations(yaml(file), situations);
        } catch (RuntimeException unreadable) {
            // reported as a fault when the examples run
        }
        return situations;
    }

    private static void situations(Node root, List<ExampleSituation> situations) {
        for (NodeTuple rule : ((MappingNode) root).getValue()) {
            for (NodeTuple cases : ((MappingNode) rule.getValueNode()).getValue()) {
                for (Node one : ((SequenceNode) cases.getValueNode()).getValue()) {
                    ExampleCase given = new ExampleCase(one, true, ZoneOffset.UTC);
                    if (given.faults().isEmpty()) {
                        String about = given.nameOr("a case of \"" + text(rule.getKeyNode()) + "\"");
                        situations.add(new ExampleSituation(about, given.facts(), given.readings(), given.at()));
                    }
                }
            }
        }
    }
}
