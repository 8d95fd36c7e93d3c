package dev.vitrine.merchandising;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.rulebook.language.VocabularyMembers;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.DayOfWeek;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class VocabularyTest {
    private static final Class<?>[] FACTS = {
        Shop.class,
        Placement.class,
        Page.class,
        Shopper.class,
        Visit.class,
        Cart.class,
        Candidate.class,
        Campaign.class,
        Reading.class
    };

    /** Drools resolves a static import before a field, so a function with the name of a word would break rules that use it. */
    @Test
    void noFunctionIsNamedLikeAWordOfAFact() {
        Set<String> words = names(FACTS);
        assertThat(names(Groups.class, Displays.class, Shares.class, Variety.class))
                .doesNotContainAnyElementsOf(words);
        assertThat(names(Mood.class)).doesNotContainAnyElementsOf(words);
    }

    /** Drools looks up a constant in the fact whose field a rule compares with it. */
    @Test
    void everyConstantCanBeUsedWithoutItsType() {
        assertThat(Reading.class).hasPublicFields(constants(Mood.values()));
        assertThat(Page.class).hasPublicFields(constants(PageType.values()));
        assertThat(Candidate.class).hasPublicFields(constants(Kind.values()));
        assertThat(Campaign.class).hasPublicFields(constants(Theme.values()));
        assertThat(Campaign.class).hasPublicFields(constants(Mode.values()));
        assertThat(Shop.class).hasPublicFields(constants(DayOfWeek.values()));
    }

    @Test
    void rulesCannotReachTheBuilderOfACandidate() {
        assertThat(VocabularyMembers.contains(Candidate.class.getName())).isTrue();
        assertThat(VocabularyMembers.contains(Candidate.Builder.class.getName()))
                .isFalse();
        assertThat(VocabularyMembers.contains(Candidate.class.getName(), "<init>"))
                .isFalse();
        assertThat(Candidate.class.getDeclaredMethods()).noneMatch(method -> Modifier.isStatic(method.getModifiers()));
    }

    private static Set<String> names(Class<?>... types) {
        return Stream.of(types)
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .map(Method::getName)
                .collect(Collectors.toSet());
    }

    private static String[] constants(Enum<?>[] values) {
        return Arrays.stream(values).map(Enum::name).toArray(String[]::new);
    }
}
