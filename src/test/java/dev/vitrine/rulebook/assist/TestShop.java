package dev.vitrine.rulebook.assist;

import dev.vitrine.rulebook.assist.ShopValues.AttributeValues;
import dev.vitrine.rulebook.assist.ShopValues.CampaignValue;
import dev.vitrine.rulebook.assist.ShopValues.ShopValue;
import dev.vitrine.rulebook.source.RuleCard;
import dev.vitrine.rulebook.source.RuleText;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A shop with a few values, and a place in a text that {@code ‸} marks. */
public final class TestShop implements ShopKnowledge {
    static final char CARET = '\u2038';

    record Marked(String text, int line, int column) {
        static Marked of(String text) {
            int at = text.indexOf(CARET);
            String before = text.substring(0, at);
            return new Marked(
                    before + text.substring(at + 1),
                    1 + (int) before.chars().filter(c -> c == '\n').count(),
                    at - before.lastIndexOf('\n'));
        }
    }

    @Override
    public ShopValues values() {
        return new ShopValues(
                List.of(new ShopValue("core", 12, null), new ShopValue("clearance", 3, null)),
                List.of(
                        new ShopValue("sport", 20, null),
                        new ShopValue("sport/yoga", 9, null),
                        new ShopValue("sport/yoga/mats", 4, null)),
                List.of(new ShopValue("Asana", 5, null)),
                List.of(new AttributeValues(
                        "material",
                        6,
                        false,
                        List.of(new ShopValue("steel", 4, null), new ShopValue("cork", 2, null)))),
                List.of(new CampaignValue(
                        "winter",
                        "Winter clearance",
                        "running",
                        OffsetDateTime.parse("2026-11-20T00:00+01:00"),
                        OffsetDateTime.parse("2026-12-01T00:00+01:00"))),
                List.of(ShopValue.of("vip")),
                List.of(ShopValue.of("weather")),
                List.of(ShopValue.of("DE")),
                List.of(ShopValue.of("de")),
                List.of(ShopValue.of("search-ads")),
                List.of(ShopValue.of("home-page"), ShopValue.of("cart")));
    }

    @Override
    public List<KnownProduct> products(String begun, int most) {
        return List.of(new KnownProduct("mat-blue", "Blue mat", "sport/yoga/mats", "29.90 EUR"));
    }

    /** Files around the one that is written. */
    public static RuleTexts files(Map<String, String> texts) {
        return new RuleTexts() {
            @Override
            public Optional<String> text(String path) {
                return Optional.ofNullable(texts.get(path));
            }

            @Override
            public List<RuleCard> rules() {
                return texts.entrySet().stream()
                        .flatMap(file -> RuleText.rules(file.getValue()).stream()
                                .map(rule -> new RuleCard(
                                        rule.name(), file.getKey(), 1, "Ines", false, false, true, null, null)))
                        .toList();
            }
        };
    }
}
