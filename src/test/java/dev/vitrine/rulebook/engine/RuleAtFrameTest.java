package dev.vitrine.rulebook.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.vitrine.rulebook.language.ParsedFile;
import dev.vitrine.rulebook.source.RuleFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The stack of a thread shows the rule that it is in. */
class RuleAtFrameTest {
    private static final String CHEAP = "What is cheap ('less than one') is hidden";
    private static final List<ParsedFile> FILES = List.of(
            parsed(
                    "shelf/cheap.drl",
                    rule(CHEAP, "price < 1", "hide( $c )") + rule("Dear", "price > 9", "pin( $c, 1 )")),
            parsed("shelf/other.drl", rule("Cheap as well", "price < 1", "bury( $c, 0.5 )")));

    private static ParsedFile parsed(String path, String text) {
        return ParsedFile.of(new RuleFile(path, text));
    }

    private static String rule(String name, String condition, String verb) {
        return "rule \"%s\" @owner( \"Ines\" ) when $c : Candidate( %s ) then shelf.%s; end%n"
                .formatted(name, condition, verb);
    }

    private static StackTraceElement at(String type) {
        return new StackTraceElement(type, "test", null, 1);
    }

    @Test
    void sharedCodeBelongsToAllItsRules() {
        try (DroolsBuild build = new DroolsBuild(FILES)) {
            Map<String, byte[]> code = build.byteCode();
            List<CompiledFile> compiled = CompiledFile.of(FILES, build.models(code));
            List<Set<String>> conditions = new ArrayList<>();
            List<Set<String>> consequences = new ArrayList<>();
            for (String path : code.keySet()) {
                String type = path.replace(".class", "").replace('/', '.');
                Set<String> rules = compiled.get(0).rulesThatUse(type);
                if (type.contains("LambdaPredicate")) {
                    conditions.add(rules);
                } else if (type.contains("LambdaConsequence")) {
                    consequences.add(rules);
                }
                if (rules.size() == 2) {
                    assertThat(RuleAtFrame.of(
                                    new StackTraceElement[] {at("java.lang.String"), at(type), at("java.lang.Thread")},
                                    compiled))
                            .extracting(
                                    at -> at.file().path(),
                                    at -> at.rules().get(0).name())
                            .containsExactly(
                                    tuple("shelf/cheap.drl", CHEAP), tuple("shelf/other.drl", "Cheap as well"));
                }
            }
            assertThat(conditions).containsExactlyInAnyOrder(Set.of(CHEAP, "Cheap as well"), Set.of("Dear"));
            assertThat(consequences).containsExactlyInAnyOrder(Set.of(CHEAP), Set.of("Dear"), Set.of("Cheap as well"));
            assertThat(RuleAtFrame.of(new StackTraceElement[] {at("java.lang.String")}, compiled))
                    .isEmpty();
        }
    }
}
