package dev.vitrine.rulebook.publish;

import dev.vitrine.rulebook.check.RuleCheck;
import dev.vitrine.rulebook.check.RuleLab;
import dev.vitrine.rulebook.check.SyntheticVisit;
import dev.vitrine.rulebook.edition.Edition;
import dev.vitrine.rulebook.edition.StoredEdition;
import dev.vitrine.rulebook.engine.Cancellation;
import dev.vitrine.rulebook.engine.RuleCompiler;
import dev.vitrine.rulebook.folder.RuleFolder;
import dev.vitrine.rulebook.source.InvalidRulesException;
import dev.vitrine.rulebook.source.RuleFile;
import dev.vitrine.rulebook.source.RuleText;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * What it costs to take one saved file of a book of 200 rules to the first decision under the new edition, and where the time
 * goes: the stack of the thread that works is looked at every few milliseconds.
 *
 * <pre>
 * mvn -q test-compile exec:java -Dexec.classpathScope=test -Dexec.mainClass=dev.vitrine.rulebook.publish.ReloadCost
 * </pre>
 */
public final class ReloadCost {
    private static final int RULES = 200;
    private static final int SAVES = 8;
    private static final long LOOK_EVERY_MILLIS = 3;
    private static final Logger DROOLS_LOG = Logger.getLogger("org.drools");

    /** What is told apart, by a class in the stack: the first that is found names the phase. */
    private enum Phase {
        JAVAC("org.eclipse.jdt", "com.sun.tools.javac"),
        CLASSES(".RuleClasses", ".ByteCodeCheck"),
        KIE_BASE("RuleEngine.baseWithout", "KieBaseBuilder"),
        WARM_UP(".RuleEngine.warmUp"),
        EXAMPLES(".Examples."),
        GENERATION(".DroolsBuild"),
        PARSE(".Parsed", ".Spelling", ".ConditionCheck", ".RuleText", ".ReservedWords"),
        CONFLICTS(".Conflicts", ".ConflictProbe"),
        REST("");

        private final List<String> marks;

        Phase(String... marks) {
            this.marks = List.of(marks);
        }

        static Phase of(StackTraceElement[] stack) {
            for (Phase phase : values()) {
                for (StackTraceElement frame : stack) {
                    String at = frame.getClassName() + "." + frame.getMethodName();
                    if (phase.marks.stream().anyMatch(at::contains)) {
                        return phase;
                    }
                }
            }
            return REST;
        }
    }

    private ReloadCost() {}

    public static void main(String[] args) throws Exception {
        DROOLS_LOG.setLevel(Level.SEVERE);
        System.setProperty("drools.dateformat", "yyyy-MM-dd");
        List<RuleFile> book = book(RULES);
        System.out.printf(
                "%d rules in %d files%n",
                book.stream()
                        .filter(RuleFile::holdsRules)
                        .mapToInt(file -> RuleText.rules(file.text()).size())
                        .sum(),
                book.stream().filter(RuleFile::holdsRules).count());
        print("at the start", book);
        for (int save = 1; save <= SAVES; save++) {
            book = saved(book, save);
            print("save " + save, book);
        }
    }

    /** At least so many rules, made of the shipped ones: each with a condition of its own, so that none costs less. */
    public static List<RuleFile> book(int rules) throws InvalidRulesException {
        List<RuleFile> shipped = new RuleFolder(Path.of("rules")).read();
        List<RuleFile> book = new ArrayList<>();
        int copies = 0;
        for (int have = 0; have < rules; copies++) {
            int copy = copies;
            for (RuleFile file : shipped) {
                if (file.holdsRules()) {
                    have += RuleText.rules(file.text()).size();
                    book.add(copy(file, copy, "(?m)^rule \"([^\"]+)\"", "rule \"$1 (" + copy + ")\""));
                } else if (file.holdsExamples()) {
                    book.add(copy(file, copy, "(?m)^\"([^\"]+)\":", "\"$1 (" + copy + ")\":"));
                }
            }
        }
        book.sort(Comparator.naturalOrder());
        return book;
    }

    private static RuleFile copy(RuleFile file, int copy, String name, String named) {
        return new RuleFile(
                file.path().replace("/", "/copy-" + copy + "-"),
                file.text()
                        .replaceAll(name, named)
                        .replaceAll("(?m)^when$", "when\n    Shop( sellable > -" + (copy + 1) + " )"));
    }

    /** The price from which products step back is another one. */
    public static List<RuleFile> saved(List<RuleFile> book, int save) {
        return book.stream()
                .map(file -> file.path().equals("promo/copy-1-campaign.drl")
                        ? new RuleFile(file.path(), file.text().replaceAll("price >= \\d+", "price >= " + (200 + save)))
                        : file)
                .toList();
    }

    private static void print(String what, List<RuleFile> files) throws Exception {
        Map<Phase, Long> seen = new ConcurrentHashMap<>();
        Thread worker = Thread.currentThread();
        Thread watch = new Thread(() -> {
            long last = System.nanoTime();
            try {
                while (true) {
                    Thread.sleep(LOOK_EVERY_MILLIS);
                    long now = System.nanoTime();
                    seen.merge(Phase.of(worker.getStackTrace()), now - last, Long::sum);
                    last = now;
                }
            } catch (InterruptedException end) {
                // the work is done
            }
        });
        watch.setDaemon(true);
        long begin = System.nanoTime();
        watch.start();
        RuleCompiler.Compiled compiled = RuleLab.tried(files);
        compiled.engine().warmUp(SyntheticVisit.facts(), RuleCheck.WARM_ENOUGH, new Cancellation());
        Edition edition =
                new Edition(new StoredEdition(1, Instant.EPOCH, "", "", StoredEdition.hash(files), files), compiled);
        edition.fire(SyntheticVisit.facts(), Instant.EPOCH, new Cancellation());
        long took = System.nanoTime() - begin;
        watch.interrupt();
        watch.join();
        Map<Phase, Long> millis = new TreeMap<>();
        Stream.of(Phase.values()).forEach(phase -> millis.put(phase, seen.getOrDefault(phase, 0L) / 1_000_000));
        System.out.printf("%-14s %6d ms: %s%n", what, took / 1_000_000, millis);
    }
}
