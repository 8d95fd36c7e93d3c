package dev.vitrine.rulebook.language;

import static java.util.Map.entry;

import dev.vitrine.merchandising.Proposal;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number with the name of what it counts: {@code 2 weeks} where days are counted is 14.
 *
 * @param number as a rule writes it
 */
record NumberWithUnit(String number, String cure) {
    private static final Pattern WHOLE = Pattern.compile("(\\d{1,9}(?:[.,]\\d{1,9})?)\\s?([\\p{L}€$£%]{1,20}\\.?)");

    /** In days, and in seconds what is shorter. */
    private static final Map<String, Double> DAYS = Map.ofEntries(
            entry("d", 1.0),
            entry("day", 1.0),
            entry("tag", 1.0),
            entry("tage", 1.0),
            entry("week", 7.0),
            entry("month", 30.0),
            entry("year", 365.0));

    private static final Map<String, Double> SECONDS = Map.ofEntries(
            entry("s", 1.0),
            entry("sec", 1.0),
            entry("second", 1.0),
            entry("m", 60.0),
            entry("min", 60.0),
            entry("minute", 60.0),
            entry("h", 3600.0),
            entry("hour", 3600.0));

    private static final Pattern PERCENT = Pattern.compile("(?i)%|percent|pct|prozent");

    static boolean isPercent(String unit) {
        return PERCENT.matcher(unit).matches();
    }

    /** @param word that the number is compared with, "" if it is not known */
    static NumberWithUnit of(String fact, String word, String number, String unit) {
        if (isPercent(unit)) {
            String share = CallCheck.share(Double.parseDouble(number.replace(',', '.')));
            return new NumberWithUnit(share, number + " % is " + share + ". Write: " + share);
        }
        String counted =
                Vocabulary.isFact(fact) ? Units.of(Vocabulary.fact(fact), word).orElse("") : "";
        String small = unit.toLowerCase(Locale.ROOT);
        String one = small.length() > 2 && small.endsWith("s") ? small.substring(0, small.length() - 1) : small;
        double given = Double.parseDouble(number.replace(',', '.'));
        Double times = counted.equals("days") ? DAYS.get(one) : counted.equals("seconds") ? SECONDS.get(one) : null;
        String plain = Proposal.number(times == null ? given : given * times);
        boolean money = counted.startsWith("money");
        boolean named = counted.matches("days|seconds|hours|pieces|pages|places");
        return new NumberWithUnit(
                plain,
                "Write only the number" + (money ? ", in the shop's currency" : named ? ", in " + counted : "") + ": "
                        + plain);
    }

    /** The number in a text such as {@code "14 days"}. */
    static Optional<NumberWithUnit> in(String fact, String word, String text) {
        Matcher whole = WHOLE.matcher(text.strip());
        if (!whole.matches()) {
            return Optional.empty();
        }
        if (isPercent(whole.group(2))) {
            String share = CallCheck.share(Double.parseDouble(whole.group(1).replace(',', '.')));
            return Optional.of(new NumberWithUnit(
                    share, whole.group(1) + " % is " + share + ". Write it without quotes: " + share));
        }
        NumberWithUnit found = of(fact, word, whole.group(1), whole.group(2));
        return Optional.of(new NumberWithUnit(
                found.number, found.cure.replace("only the number", "only the number, without quotes")));
    }
}
