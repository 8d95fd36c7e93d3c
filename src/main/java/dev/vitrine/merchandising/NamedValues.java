package dev.vitrine.merchandising;

import java.util.AbstractMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Values that the shop has named itself, such as a product's attributes: texts by key, and of those that are numbers the
 * number, read once. A blank text is no value. Immutable.
 */
public final class NamedValues extends AbstractMap<String, String> {
    public static final NamedValues NONE = new NamedValues(Map.of());

    /** {@code 6 mm} and {@code 0,8 kg} are numbers; {@code 180 x 60 cm}, {@code 42/43} and {@code 1,250} could be several. */
    private static final Pattern NUMBER = Pattern.compile(
            "([-+]?\\d{1,15})(?:\\.(\\d{1,40})|,(\\d{1,2}))?(?:\\s?([\\p{L}%‰°€$£\"'²³µ][^\\d,;]{0,20}))?");

    private final Map<String, String> texts;
    private final Map<String, Double> numbers;

    private NamedValues(Map<String, String> texts) {
        this.texts = texts;
        Map<String, Double> read = new HashMap<>();
        texts.forEach((key, text) -> {
            double number = parsed(text);
            if (!Double.isNaN(number)) {
                read.put(key, number);
            }
        });
        this.numbers = Map.copyOf(read);
    }

    /** The values of a map, or the map itself if it is one of these already; none for null. */
    public static NamedValues of(Map<String, String> values) {
        if (values instanceof NamedValues known) {
            return known;
        }
        if (values == null || values.isEmpty()) {
            return NONE;
        }
        Map<String, String> texts = new HashMap<>(values);
        texts.values().removeIf(String::isBlank);
        return texts.isEmpty() ? NONE : new NamedValues(Map.copyOf(texts));
    }

    private static double parsed(String text) {
        Matcher number = NUMBER.matcher(text.strip());
        if (!number.matches()) {
            return Double.NaN;
        }
        String fraction = number.group(2) == null ? number.group(3) : number.group(2);
        return Double.parseDouble(fraction == null ? number.group(1) : number.group(1) + "." + fraction);
    }

    /** The value, "" where there is none. */
    public String text(String key) {
        return texts.getOrDefault(key, "");
    }

    /** The value as a number, NaN where there is none or it is no number. */
    public double number(String key) {
        Double number = numbers.get(key);
        return number == null ? Double.NaN : number;
    }

    /** What stands behind the number: {@code kg} of {@code 0,8 kg}; "" where nothing does, or there is no number. */
    public String unit(String key) {
        Matcher number = NUMBER.matcher(text(key).strip());
        return number.matches() && number.group(4) != null ? number.group(4) : "";
    }

    public Set<String> keysOfNumbers() {
        return numbers.keySet();
    }

    @Override
    public String get(Object key) {
        return texts.get(key);
    }

    @Override
    public boolean containsKey(Object key) {
        return texts.containsKey(key);
    }

    @Override
    public Set<Entry<String, String>> entrySet() {
        return texts.entrySet();
    }

    @Override
    public Set<String> keySet() {
        return texts.keySet();
    }
}
