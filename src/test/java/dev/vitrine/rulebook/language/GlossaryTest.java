package dev.vitrine.rulebook.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.SoftAssertions.assertSoftly;

import dev.vitrine.rulebook.language.Glossary.Fact;
import dev.vitrine.rulebook.language.Glossary.Word;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each word of the facts has what an editor shows of it, from the manual. */
class GlossaryTest {
    private static final Glossary GLOSSARY = Glossary.get();

    @Test
    void eachWordHasAMeaningAndAnExampleThatUsesIt() {
        assertSoftly(softly -> {
            for (Fact fact : GLOSSARY.facts()) {
                softly.assertThat(fact.meaning()).as(fact.name()).isNotBlank();
                for (Word word : fact.words()) {
                    String name = fact.name() + "." + word.name();
                    softly.assertThat(word.meaning()).as(name).isNotBlank().doesNotContain("](");
                    softly.assertThat(word.example())
                            .as(name)
                            .contains(word.name())
                            .doesNotContain("`");
                    softly.assertThat(word.signature()).as(name).startsWith(word.name());
                }
            }
        });
    }

    @Test
    void eachNumberHasAUnitAndNothingElseHas() {
        assertSoftly(softly -> GLOSSARY.facts()
                .forEach(fact -> fact.words().forEach(word -> softly.assertThat(word.unit() != null)
                        .as(fact.name() + "." + word.name())
                        .isEqualTo(Glossary.isNumber(word.type())))));
    }

    @Test
    void eachVerbAndFunctionHasAMeaningAndAnExampleThatUsesIt() {
        assertSoftly(softly -> {
            GLOSSARY.verbs().forEach(verb -> {
                softly.assertThat(verb.meaning()).as(verb.name()).isNotBlank();
                softly.assertThat(verb.example())
                        .startsWith("shelf." + verb.name() + "( ")
                        .endsWith(" );");
                softly.assertThat(verb.signature()).startsWith(verb.name() + "( ");
            });
            GLOSSARY.functions().forEach(function -> {
                softly.assertThat(function.meaning()).as(function.name()).isNotBlank();
                softly.assertThat(function.example()).as(function.name()).contains(function.name() + "(");
                softly.assertThat(function.signature()).as(function.name()).startsWith(function.name() + "(");
            });
        });
    }

    @Test
    void wordsKnowWhatTheirTextNames() {
        assertThat(GLOSSARY.word("Candidate", "tagged").arguments())
                .extracting(Glossary.Argument::values)
                .containsExactly(ValueKind.TAG);
        assertThat(GLOSSARY.word("Visit", "tags").values()).isNull();
        assertThat(GLOSSARY.word("Visit", "text").arguments())
                .extracting(Glossary.Argument::values)
                .containsExactly(ValueKind.CONTEXT);
        assertThat(GLOSSARY.word("Placement", "name").values()).isEqualTo(ValueKind.PLACEMENT);
        assertThat(GLOSSARY.word("Candidate", "name").values()).isNull();
        assertThat(GLOSSARY.verb("guarantee").forms()).hasSize(4);
        assertThat(List.copyOf(GLOSSARY.facts())).extracting(Fact::name).startsWith("Shop", "Placement", "Page");
    }
}
