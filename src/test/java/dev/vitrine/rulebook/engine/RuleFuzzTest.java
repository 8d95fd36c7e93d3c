package dev.vitrine.rulebook.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.vitrine.LongProofs;
import dev.vitrine.merchandising.Facts;
import dev.vitrine.rulebook.check.RuleLab;
import dev.vitrine.rulebook.check.SyntheticVisit;
import dev.vitrine.rulebook.folder.RuleFolder;
import dev.vitrine.rulebook.language.ParsedFile;
import dev.vitrine.rulebook.source.InvalidRulesException;
import dev.vitrine.rulebook.source.OwnWords;
import dev.vitrine.rulebook.source.RuleCard;
import dev.vitrine.rulebook.source.RuleFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Security;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Thousands of broken rules: whatever happens is reported as a fault, the JVM does not change, and an edition that was compiled
 * before still answers. Repeat a run with {@code -Dfuzz.seed=…}.
 */
class RuleFuzzTest {
    private static final int CASES = LongProofs.of(10_000, 3_000);
    /** Compiling is slow, so only this many of the rules that pass the tree check are compiled. */
    private static final int COMPILED = LongProofs.of(400, 200);

    private static final int BATCH = 100;
    private static final int REPORTED = 10;

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final long SEED = Long.getLong("fuzz.seed", System.nanoTime());

    private static final List<String> FRAGMENTS = List.of(
            "(",
            ")",
            "{",
            "}",
            "[",
            "]",
            ",",
            ";",
            ":",
            ".",
            "\"",
            "'",
            "#",
            "/",
            "//",
            "/*",
            "*/",
            "\\",
            "\\u0022",
            "$",
            "@",
            "!",
            "&&",
            "||",
            "==",
            "=",
            ":=",
            "<",
            "->",
            "::",
            "0",
            "1e400",
            "99999999999",
            "0x1",
            "1.5f",
            "\"a\"",
            "\u0000",
            "\u202e",
            "é",
            "\n",
            "\r",
            "\t",
            "rule",
            "when",
            "then",
            "end",
            "not",
            "exists",
            "or",
            "and",
            "forall",
            "eval( true )",
            "from",
            "accumulate",
            "collect",
            "in",
            "contains",
            "matches \"(a+)+\"",
            "memberOf",
            "this",
            "null",
            "true",
            "new",
            "class",
            "getClass()",
            "System.exit( 0 )",
            "Runtime.getRuntime()",
            "drools.halt();",
            "kcontext",
            "modify( $c ) { }",
            "insert( $c );",
            "shelf",
            "shelf.hide( $c );",
            "shelf.boost( $c, 2 );",
            "import java.io.*;",
            "package a;",
            "function void f() { }",
            "declare A end",
            "query \"q\" end",
            "global Object o;",
            "salience 1",
            "dialect \"mvel\"",
            "$c : Candidate( )",
            "Candidate( price > 1 )",
            "Reading( )",
            "Campaign( )",
            "$x : price",
            "price",
            "sku",
            "Mood.KIT",
            "KIT",
            "Thread.sleep( 9 );",
            "while ( true ) { }",
            "x -> x",
            "extends \"a\"",
            "@watch( * )",
            "enabled false",
            "date-effective \"2026-01-01\"",
            "timer ( 1s )",
            "over window:length( 3 )",
            "/tags",
            "do[ a ]");

    /** What a rule could change if the guard failed. */
    private record Jvm(
            Map<Object, Object> properties,
            Locale locale,
            TimeZone zone,
            Set<String> providers,
            Object out,
            Object err,
            Object handler,
            Set<String> threads,
            Set<String> files) {
        Jvm withThreads(Set<String> others) {
            return new Jvm(properties, locale, zone, providers, out, err, handler, others, files);
        }

        static Jvm now() throws IOException {
            try (Stream<Path> files = Files.list(Path.of(""))) {
                return new Jvm(
                        new TreeMap<>(System.getProperties()),
                        Locale.getDefault(),
                        TimeZone.getDefault(),
                        Arrays.stream(Security.getProviders())
                                .map(Object::toString)
                                .collect(Collectors.toSet()),
                        System.out,
                        System.err,
                        String.valueOf(Thread.getDefaultUncaughtExceptionHandler()),
                        Thread.getAllStackTraces().keySet().stream()
                                .map(Thread::getName)
                                .filter(
                                        name -> !name.matches(
                                                "(?i).*(drools|kie|HttpClient|process reaper|executor-thread|vert\\.x|agroal|ForkJoinPool|surefire|Common-Cleaner|Attach).*"))
                                .collect(Collectors.toCollection(TreeSet::new)),
                        files.map(Path::toString).collect(Collectors.toCollection(TreeSet::new)));
            }
        }
    }

    private final Random random = new Random(SEED);

    @Test
    void noRuleBreaksAnythingButItself() throws Exception {
        System.out.println("fuzz.seed=" + SEED);
        RuleEngine before = RuleLab.compile(shipped()).engine();
        Facts facts = SyntheticVisit.facts();
        FiringResult answer = before.fire(facts, NOW, new Cancellation());
        Jvm jvm = Jvm.now();

        List<RuleFile> passed = new ArrayList<>();
        List<RuleFile> refused = new ArrayList<>();
        List<String> rules = rules();
        for (int i = 0; i < CASES; i++) {
            RuleFile file = new RuleFile("fuzz/case-" + i + ".drl", mutant(rules, i));
            ParsedFile parsed = parsed(file);
            OwnWords.assertAll(parsed.problems(), file.text());
            OwnWords.assertAll(parsed.slips(), file.text());
            (parsed.problems().isEmpty() ? passed : refused).add(file);
        }
        int compiled = 0;
        List<RuleFile> sample = passed.subList(0, Math.min(COMPILED, passed.size()));
        for (int i = 0; i < sample.size(); i += BATCH) {
            compiled += compiled(sample.subList(i, Math.min(sample.size(), i + BATCH)), facts);
        }
        for (RuleFile file : refused.subList(0, Math.min(REPORTED, refused.size()))) {
            report(file);
        }

        System.out.printf(
                "%,d rules: %,d refused by the syntax tree, %,d passed it; of %,d of these %,d compiled and ran%n",
                CASES, refused.size(), passed.size(), sample.size(), compiled);
        assertThat(refused).hasSizeGreaterThan(CASES / 10);
        assertThat(compiled).isGreaterThan(sample.size() / 10);
        Jvm after = Jvm.now();
        // threads of others may end meanwhile, but none may begin
        assertThat(jvm.threads()).containsAll(after.threads());
        assertThat(after.withThreads(jvm.threads())).isEqualTo(jvm);
        FiringResult again = before.fire(facts, NOW, new Cancellation());
        assertThat(again.proposals()).containsExactlyInAnyOrderElementsOf(answer.proposals());
        assertThat(again.failures()).isEqualTo(answer.failures());
    }

    private static ParsedFile parsed(RuleFile file) {
        try {
            return ParsedFile.of(file);
        } catch (RuntimeException | Error e) {
            return fail("fuzz.seed=" + SEED + ": this rule breaks the check\n" + file.text(), e);
        }
    }

    /** How many of the files compile and run. If a build fails, its halves are tried. */
    private static int compiled(List<RuleFile> files, Facts facts) {
        List<ParsedFile> unchecked = files.stream().map(ParsedFile::of).toList();
        try (DroolsBuild build = new DroolsBuild(unchecked)) {
            List<RuleCard> cards =
                    unchecked.stream().flatMap(file -> file.rules().stream()).toList();
            new RuleEngine(build.result().load(), cards, ZoneOffset.UTC).fire(facts, NOW, new Cancellation());
            return files.size();
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            if (files.size() == 1) {
                report(files.get(0));
                return 0;
            }
            int half = files.size() / 2;
            return compiled(files.subList(0, half), facts) + compiled(files.subList(half, files.size()), facts);
        }
    }

    private static void report(RuleFile file) {
        try {
            RuleLab.compile(List.of(file)).engine().fire(SyntheticVisit.facts(), NOW, new Cancellation());
        } catch (InvalidRulesException e) {
            assertThat(e.problems()).as(file.text()).isNotEmpty();
            OwnWords.assertAll(e.problems(), file.text());
        } catch (RuntimeException | Error e) {
            fail("fuzz.seed=" + SEED + ": this rule breaks the compiler\n" + file.text(), e);
        }
    }

    private String mutant(List<String> rules, int number) {
        StringBuilder text = new StringBuilder(rules.get(random.nextInt(rules.size())));
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            mutate(text, rules);
        }
        return text.toString().replaceFirst("rule \"", "rule \"" + number + " ");
    }

    private void mutate(StringBuilder text, List<String> rules) {
        List<String> words = words(text.toString());
        int at = random.nextInt(words.size());
        String other = words.get(random.nextInt(words.size()));
        switch (random.nextInt(8)) {
            case 0 -> words.remove(at);
            case 1 -> words.add(at, other);
            case 2 -> words.set(at, other);
            case 3 -> words.add(at, " " + FRAGMENTS.get(random.nextInt(FRAGMENTS.size())) + " ");
            case 4 -> words.set(at, FRAGMENTS.get(random.nextInt(FRAGMENTS.size())));
            case 5 -> {
                List<String> foreign = words(rules.get(random.nextInt(rules.size())));
                int from = random.nextInt(foreign.size());
                words.addAll(at, foreign.subList(from, Math.min(foreign.size(), from + 1 + random.nextInt(12))));
            }
            case 6 -> words.set(at, words.get(at).replaceAll("\\d+", Integer.toString(random.nextInt(2000) - 5)));
            default ->
                words.subList(at, Math.min(words.size(), at + 1 + random.nextInt(6)))
                        .clear();
        }
        text.setLength(0);
        words.forEach(text::append);
        text.append(text.isEmpty() ? " " : "");
    }

    private static List<String> words(String text) {
        return new ArrayList<>(Arrays.asList(text.split("(?<=\\W)|(?=\\W)")));
    }

    private static List<RuleFile> shipped() throws IOException, InvalidRulesException {
        return new RuleFolder(Path.of("rules")).read();
    }

    private static List<String> rules() throws IOException, InvalidRulesException {
        return shipped().stream()
                .filter(RuleFile::holdsRules)
                .flatMap(file -> Arrays.stream(file.text().split("(?<=\\nend)\\n")))
                .filter(rule -> rule.contains("rule \""))
                .toList();
    }
}
