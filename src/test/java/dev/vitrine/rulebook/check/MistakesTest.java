package dev.vitrine.rulebook.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.catalog.Catalog;
import dev.vitrine.catalog.Product;
import dev.vitrine.merchandising.Device;
import dev.vitrine.merchandising.Kind;
import dev.vitrine.rulebook.assist.ShopValues.CampaignValue;
import dev.vitrine.rulebook.source.OwnWords;
import dev.vitrine.rulebook.source.RuleFile;
import dev.vitrine.rulebook.source.RuleProblem;
import dev.vitrine.rulebook.source.RuleProblem.Severity;
import dev.vitrine.rulebook.source.TextFix;
import dev.vitrine.rulebook.source.TextFix.TextEdit;
import dev.vitrine.visit.Circumstances;
import dev.vitrine.visit.StorefrontWords;
import dev.vitrine.visit.VisitContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Typical mistakes, run through the check: each is told once, at its place, with what to write. */
class MistakesTest {
    private static final CampaignValue WINTER = new CampaignValue(
            "winter-clearance",
            "Winter clearance",
            "running",
            OffsetDateTime.parse("2026-11-02T00:00:00Z"),
            OffsetDateTime.parse("2026-12-01T00:00:00Z"));

    private static final Path PAGE = Path.of("docs/mistakes.md");
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T12:00:00Z"), ZoneOffset.UTC);
    private static final int LINE_MAX = 90;

    private static final RuleCheck CHECK = check();

    static Stream<Mistake> mistakes() {
        return Mistake.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void isToldOnceAtItsPlaceWithWhatToWrite(Mistake mistake) {
        List<RuleProblem> problems = CHECK.of(mistake.files()).problems();
        assertThat(problems).hasSize(1);
        RuleProblem told = problems.get(0);
        assertThat(told.message()).isEqualTo(mistake.says());
        assertThat(told.cure()).isEqualTo(mistake.cure()).isNotBlank();
        assertThat(Mistake.place(told)).isEqualTo(mistake.place());
        assertThat(told.severity()).isEqualTo(mistake.warning() ? Severity.WARNING : Severity.FAULT);
        OwnWords.assertAll(problems, mistake.title());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void isMendedByEachOfItsFixes(Mistake mistake) {
        RuleProblem told = CHECK.of(mistake.files()).problems().get(0);
        for (TextFix fix : told.fixes()) {
            List<RuleProblem> after =
                    CHECK.of(mended(mistake.files(), told, fix)).problems();
            assertThat(after)
                    .as(fix.title())
                    .filteredOn(problem -> problem.severity() == Severity.FAULT)
                    .filteredOn(problem -> problem.file().equals(Mistake.RULES))
                    // a fix may begin what only a person can end, and the shop of this test has few words
                    .noneMatch(problem -> !problem.message().startsWith("No product")
                            && !problem.message().contains("no examples"));
            assertThat(after)
                    .as(fix.title())
                    .noneMatch(problem -> problem.message().equals(told.message())
                            && Mistake.place(problem).equals(mistake.place()));
        }
    }

    private static List<RuleFile> mended(List<RuleFile> files, RuleProblem told, TextFix fix) {
        List<RuleFile> mended = new ArrayList<>();
        for (RuleFile file : files) {
            List<TextEdit> edits = fix.edits().stream()
                    .filter(edit -> (edit.file() == null ? told.file() : edit.file()).equals(file.path()))
                    .sorted(Comparator.comparingInt(TextEdit::line)
                            .thenComparingInt(TextEdit::column)
                            .reversed())
                    .toList();
            StringBuilder text = new StringBuilder(file.text());
            edits.forEach(edit -> text.replace(
                    offset(file.text(), edit.line(), edit.column()),
                    offset(file.text(), edit.endLine(), edit.endColumn()),
                    edit.newText()));
            mended.add(new RuleFile(file.path(), text.toString()));
        }
        return mended;
    }

    private static int offset(String text, int line, int column) {
        int begin = 0;
        for (int i = 1; i < line; i++) {
            begin = text.indexOf('\n', begin) + 1;
        }
        return begin + column - 1;
    }

    @Test
    void noMistakeIsListedTwice() {
        List<String> all = Mistake.all()
                .map(mistake -> mistake.group() + ": " + mistake.title())
                .toList();
        assertThat(all).doesNotHaveDuplicates().hasSizeGreaterThan(200);
    }

    /** {@code -Dmistakes.page=true} writes the page again. */
    @Test
    void thePageListsThemAll() throws IOException {
        String page = page();
        if (Boolean.getBoolean("mistakes.page")) {
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE).hasContent(page);
    }

    private static String page() {
        StringBuilder page = new StringBuilder(
                """
                # Mistakes and their cures

                What the check says of typical mistakes in rules and examples: where, what, and what to write. A fault refuses the change; a
                warning (*w*) does not. Each mistake is told once. In the first column is the line in which it is told; where that is
                line and column of the rule's file or of its examples, counted from 1.

                `MistakesTest` runs every line of this page through the check, so the page says what you will read. The files are in
                `src/test/resources/mistakes`; `mvn test -Dtest=MistakesTest -Dmistakes.page=true` writes the page again.
                """);
        Map<String, List<Mistake>> groups = Mistake.all()
                .collect(Collectors.groupingBy(Mistake::group, java.util.LinkedHashMap::new, Collectors.toList()));
        groups.forEach((group, mistakes) -> {
            page.append("\n## ")
                    .append(group)
                    .append("\n\n| mistake | line | where | what it says | what to do |\n|---|---|---|---|---|\n");
            mistakes.forEach(mistake -> page.append("| ")
                    .append(mistake.title())
                    .append(" | ")
                    .append(code(mistake.line()))
                    .append(" | ")
                    .append(mistake.place().replace("rule ", "").replace("examples ", ""))
                    .append(mistake.warning() ? " *w*" : "")
                    .append(" | ")
                    .append(text(mistake.says()))
                    .append(" | ")
                    .append(text(mistake.cure()))
                    .append(" |\n"));
        });
        return page.toString();
    }

    private static String code(String line) {
        String shown = line.length() > LINE_MAX ? line.substring(0, LINE_MAX) + "…" : line;
        return shown.isEmpty() ? "" : "`" + shown.replace("|", "\\|") + "`";
    }

    private static String text(String told) {
        return told.replace("|", "\\|")
                .replace("*", "\\*")
                .replace("_", "\\_")
                .replace("<", "&lt;")
                .replace("\n", "<br>");
    }

    /** The check of a shop with two products, one visit and one campaign. */
    static RuleCheck check() {
        Catalog catalog = new Catalog();
        catalog.put(List.of(
                product("mat-blue", "sport/yoga/mats", "Asana"), product("shoe-red", "sport/running/shoes", "Movo")));
        StorefrontWords storefront = new StorefrontWords();
        storefront.add(new VisitContext(
                "v",
                null,
                null,
                Set.of(),
                new Circumstances(Device.UNKNOWN, "DE", "de", Map.of("weather", "rain")),
                Set.of("vip")));
        storefront.addSource("email");
        ShopWords words = new ShopWords(
                catalog, storefront, List.of(() -> List.of(WINTER)), List.of("home-page", "product-page", "cart"));
        return RuleLab.checkWith(words, CLOCK, ZoneOffset.UTC);
    }

    private static Product product(String sku, String category, String brand) {
        return new Product(
                sku,
                Kind.PRODUCT,
                sku,
                "Mat",
                category,
                brand,
                30,
                30,
                null,
                "EUR",
                5,
                Set.of("core"),
                List.of(),
                Map.of("Material", "rubber", "weight", "1.2 kg"),
                null,
                null,
                0,
                null);
    }
}
