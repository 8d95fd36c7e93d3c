package dev.vitrine.merchandising;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares rules/README.md with the code: it explains every word and verb, and no other. */
class ManualTest {
    private static final Path MANUAL = Path.of("rules/README.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\w+)(?:\\(.*?\\))? \\|");

    @ParameterizedTest
    @ValueSource(
            classes = {
                Shop.class,
                Placement.class,
                Page.class,
                Shopper.class,
                Visit.class,
                Cart.class,
                Candidate.class,
                Campaign.class,
                Reading.class
            })
    void everyWordIsExplainedAndNoOther(Class<?> fact) throws IOException {
        assertThat(rows("### " + fact.getSimpleName() + ":")).isEqualTo(words(fact));
    }

    @Test
    void everyVerbIsExplainedAndNoOther() throws IOException {
        assertThat(rows("## Verbs")).isEqualTo(words(Shelf.class));
    }

    @Test
    void everyConstantGroupAndDisplayIsNamed() throws IOException {
        String manual = Files.readString(MANUAL);
        for (Class<? extends Enum<?>> constants :
                Set.of(Mood.class, PageType.class, Kind.class, Theme.class, Mode.class)) {
            assertThat(manual)
                    .contains(Arrays.stream(constants.getEnumConstants())
                            .map(Enum::name)
                            .collect(Collectors.joining(", ")));
        }
        for (Class<?> functions : Set.of(Groups.class, Displays.class, Shares.class, Variety.class)) {
            for (Method function : functions.getDeclaredMethods()) {
                if (Modifier.isPublic(function.getModifiers())) {
                    assertThat(manual).contains("`" + function.getName() + "(");
                }
            }
        }
    }

    private static Set<String> words(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !Modifier.isStatic(method.getModifiers()))
                .map(Method::getName)
                .filter(word -> !Set.of("equals", "hashCode", "toString").contains(word))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> rows(String heading) throws IOException {
        String manual = Files.readString(MANUAL);
        int from = manual.indexOf(heading);
        assertThat(from).as(heading).isNotNegative();
        int to = manual.indexOf("\n#", from + 1);
        Set<String> rows = new TreeSet<>();
        Matcher row = ROW.matcher(manual.substring(from, to));
        while (row.find()) {
            rows.add(row.group(1));
        }
        rows.removeAll(Set.of("word", "verb"));
        return rows;
    }
}
