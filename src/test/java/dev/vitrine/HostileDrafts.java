package dev.vitrine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Drafts that once filled the heap or kept a processor busy for ever, each within the rule language. */
public final class HostileDrafts {
    public static final String RULES = "hostile/draft.drl";
    public static final String EXAMPLES = "hostile/draft.examples.yaml";
    static final String NAME = "Hostile";
    /** Enough for 200,000 pairs. */
    public static final int CANDIDATES = 500;

    private HostileDrafts() {}

    /** @param refused what the fault says; null where the draft may be published */
    public record Draft(String what, String rules, String examples, String refused) {
        private static Draft bounded(String what, String when, String then) {
            return new Draft(what, rule(NAME, when, then), candidateExamples(NAME), null);
        }

        private static Draft refused(String what, String when, String then, String why) {
            return new Draft(what, rule(NAME, when, then), candidateExamples(NAME), why);
        }

        public List<Map<String, Object>> files() {
            return List.of(Map.of("path", RULES, "text", rules), Map.of("path", EXAMPLES, "text", examples));
        }

        @Override
        public String toString() {
            return what;
        }
    }

    private static String rule(String name, String when, String then) {
        return "rule \"" + name + "\" @owner( \"Mallory\" )\nwhen\n" + when + "\nthen\n" + then + "\nend\n";
    }

    private static String candidateExamples(String name) {
        return "\"" + name
                + "\":\n  fires: [ { case: two, candidates: [ { sku: a, price: 4 }, { sku: b, price: 4 } ] } ]\n"
                + "  does-not-fire: [ { case: none } ]\n";
    }

    private static String statements(int count, String statement) {
        return String.join(
                "\n",
                IntStream.range(0, count)
                        .mapToObj(i -> statement.replace("#", Integer.toString(i)))
                        .toList());
    }

    private static Draft readings() {
        String joins = "Readings are joined";
        String reading = "readings: [ { mood: GIFT, category: c } ]";
        return new Draft(
                "readings for each candidate, joined",
                rule(
                                NAME,
                                "$c : Candidate()",
                                statements(10, "shelf.read( GIFT, $c.category(), 0.5, \"#\" + $c.sku() );"))
                        + rule(
                                joins,
                                "$a : Reading() $b : Reading() Reading() not( Reading( mood == DECIDED ) )",
                                "shelf.floor( 0.5 );"),
                candidateExamples(NAME) + "\"" + joins + "\":\n  fires: [ { case: one, " + reading
                        + " } ]\n  does-not-fire: [ { case: none } ]\n",
                null);
    }

    public static List<Draft> all() {
        StringBuilder flood = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            String fact = "Visit( pages >= " + i + " )\n";
            flood.append(rule("Flood " + i, fact.repeat(29), "shelf.floor( 0.5 );"));
        }
        return List.of(
                readings(),
                Draft.bounded(
                        "a guarantee for each candidate",
                        "$c : Candidate()",
                        "shelf.guarantee( 0.01, taggedWith( $c.sku() ) );"),
                Draft.bounded(
                        "candidates joined with each other",
                        "$a : Candidate( price >= 0 ) Candidate( price >= 0, sku != \"\" )",
                        "shelf.boost( $a, 1.5 );"),
                Draft.bounded(
                        "fifty guarantees for each candidate",
                        "$c : Candidate()",
                        statements(50, "shelf.guarantee( 0.01 + 0.0001 * # + $c.price() / 1000000, \"core\" );")),
                Draft.bounded(
                        "displays with long subjects",
                        "$c : Candidate( $n : name )",
                        "shelf.show( reinforce( \"x\"" + " + $n".repeat(50) + " ) );"),
                Draft.refused(
                        "texts that double",
                        "$c : Candidate( $a : name + name ) Candidate( $b : $a + $a, $d : $b + $b )",
                        "shelf.hide( $c );",
                        "joins texts"),
                Draft.refused(
                        "a long text",
                        "$c : Candidate()",
                        "shelf.read( GIFT, \"\", 1, \"" + "a".repeat(2_500) + "\" );",
                        "has 2500 characters; at most 500"),
                Draft.refused(
                        "a number of the shopper's history",
                        "Shopper( $n : orders )",
                        "shelf.read( REGULAR, \"\", 1, \"ordered \" + $n + \" times\" );",
                        "'$n' is of the shopper's history"),
                Draft.refused(
                        "a candidate that stands for a number of the shopper's history",
                        "Shopper( $n : orders ) Candidate( rank == $n, $r : rank )",
                        "shelf.read( REGULAR, \"\", 1, \"ordered \" + $r + \" times\" );",
                        "'$r' is of the shopper's history"),
                new Draft("a flood of facts", flood.toString(), "\"Flood 0\":\n  fires: []\n", "asks for 2,900 facts"));
    }

    /** A decision request for which they all do their worst. */
    public static Map<String, Object> request(int candidates) {
        List<Map<String, Object>> sent = new ArrayList<>();
        for (int i = 0; i < candidates; i++) {
            sent.add(Map.of(
                    "sku",
                    "sku-" + i,
                    "name",
                    "n".repeat(400),
                    "category",
                    "c",
                    "tags",
                    List.of("core"),
                    "price",
                    5 + i,
                    "score",
                    1.0 / (i + 1)));
        }
        return Map.of("placement", "home-page", "limit", 10, "visit", Map.of("id", "siege"), "candidates", sent);
    }
}
