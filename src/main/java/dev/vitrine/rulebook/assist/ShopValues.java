package dev.vitrine.rulebook.assist;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vitrine.rulebook.language.ValueKind;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What the shop has that rules can name, each list with the most used first. */
@Schema(description = "What the shop has that rules can name, each list with the most used first")
public record ShopValues(
        List<ShopValue> tags,
        List<ShopValue> categories,
        List<ShopValue> brands,
        List<AttributeValues> attributes,
        List<CampaignValue> campaigns,
        List<ShopValue> segments,
        List<ShopValue> contextKeys,
        List<ShopValue> countries,
        List<ShopValue> languages,
        List<ShopValue> sources,
        List<ShopValue> placements) {
    public static final ShopValues NONE = new ShopValues(
            List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(),
            List.of(), List.of());

    /** @param products that have it, null where that is not counted */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ShopValue(
            String value,
            @Schema(description = "How many products have it; absent where that is not counted") Integer products,
            @Schema(description = "What else is known of it") String note) {
        public static ShopValue of(String value) {
            return new ShopValue(value, null, null);
        }
    }

    /** @param values the most used; none where nearly each product has one of its own */
    public record AttributeValues(
            String name,
            int products,
            @Schema(description = "Whether it is a number in some product") boolean number,
            @Schema(description = "The most used; none where nearly each product has one of its own")
                    List<ShopValue> values) {}

    public record CampaignValue(
            String id,
            String name,
            @Schema(description = "planned, running or ended") String state,
            OffsetDateTime startsAt,
            OffsetDateTime endsAt) {
        String note() {
            return state + ", from " + startsAt + " to " + endsAt;
        }
    }

    /**
     * All of a kind; none of {@link ValueKind#SKU}, of which there may be millions.
     *
     * @param attribute of which the values are asked for
     */
    List<ShopValue> of(ValueKind kind, String attribute) {
        return switch (kind) {
            case TAG -> tags;
            case CATEGORY -> categories;
            case BRAND -> brands;
            case SEGMENT -> segments;
            case CONTEXT -> contextKeys;
            case COUNTRY -> countries;
            case LANGUAGE -> languages;
            case SOURCE -> sources;
            case PLACEMENT -> placements;
            case SKU -> List.of();
            case ATTRIBUTE ->
                attributes.stream()
                        .map(one -> new ShopValue(one.name(), one.products(), one.number() ? "a number" : "a text"))
                        .toList();
            case ATTRIBUTE_VALUE ->
                attributes.stream()
                        .filter(one -> one.name().equals(attribute))
                        .flatMap(one -> one.values().stream())
                        .toList();
            case CAMPAIGN_ID ->
                campaigns.stream()
                        .map(one -> new ShopValue(one.id(), null, "'" + one.name() + "', " + one.note()))
                        .toList();
            case CAMPAIGN_NAME ->
                campaigns.stream()
                        .map(one -> new ShopValue(one.name(), null, one.note()))
                        .toList();
        };
    }

    /** Those that contain this text, in upper or lower case, at most so many of each list. */
    ShopValues with(String part, int most) {
        String wanted = part.toLowerCase(Locale.ROOT);
        Predicate<String> fits = text -> text.toLowerCase(Locale.ROOT).contains(wanted);
        return new ShopValues(
                some(tags, fits, most),
                some(categories, fits, most),
                some(brands, fits, most),
                attributes.stream()
                        .map(one -> fits.test(one.name())
                                ? new AttributeValues(
                                        one.name(),
                                        one.products(),
                                        one.number(),
                                        one.values().stream().limit(most).toList())
                                : withValues(one, some(one.values(), fits, most)))
                        .filter(Objects::nonNull)
                        .limit(most)
                        .toList(),
                campaigns.stream()
                        .filter(one -> fits.test(one.name()) || fits.test(one.id()))
                        .limit(most)
                        .toList(),
                some(segments, fits, most),
                some(contextKeys, fits, most),
                some(countries, fits, most),
                some(languages, fits, most),
                some(sources, fits, most),
                some(placements, fits, most));
    }

    private static AttributeValues withValues(AttributeValues attribute, List<ShopValue> values) {
        return values.isEmpty()
                ? null
                : new AttributeValues(attribute.name(), attribute.products(), attribute.number(), values);
    }

    private static List<ShopValue> some(List<ShopValue> values, Predicate<String> fits, int most) {
        Stream<ShopValue> fitting = values.stream().filter(one -> fits.test(one.value()));
        return fitting.limit(most).toList();
    }
}
