package dev.vitrine.rulebook;

import dev.vitrine.merchandising.Facts;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * One published version of the rule book. It never changes: a decision that begins on it ends on it.
 */
public final class Edition {
    private final int number;
    private final Instant publishedAt;
    private final String author;
    private final String note;
    private final List<RuleFile> files;
    private final List<RuleCard> rules;
    private final Set<String> namedSkus;
    private final String hash;
    private final List<Spelling.Word> words;
    private final List<CompiledFile> compiled;
    private final RuleEngine engine;
    /** Looked for when somebody asks. */
    private volatile List<RuleProblem> conflicts;

    Edition(StoredEdition stored, RuleCompiler.Compiled compiled) {
        this.number = stored.number();
        this.publishedAt = stored.publishedAt();
        this.author = stored.author();
        this.note = stored.note();
        this.files = List.copyOf(stored.files());
        this.rules = List.copyOf(compiled.rules());
        this.namedSkus = compiled.namedSkus();
        this.hash = stored.hash();
        this.words = compiled.words();
        this.compiled = compiled.files();
        this.engine = compiled.engine();
    }

    public int number() {
        return number;
    }

    public Instant publishedAt() {
        return publishedAt;
    }

    public String author() {
        return author;
    }

    public String note() {
        return note;
    }

    public List<RuleFile> files() {
        return files;
    }

    public List<RuleCard> rules() {
        return rules;
    }

    /** Skus that the rules ask for by name. */
    public Set<String> namedSkus() {
        return namedSkus;
    }

    /** SHA-256 over all paths and texts. */
    public String hash() {
        return hash;
    }

    /** Words of the shop that the rules name. */
    List<Spelling.Word> words() {
        return words;
    }

    /** Its rule files as they are compiled: while the edition is in use, none of them is compiled again. */
    List<CompiledFile> compiled() {
        return compiled;
    }

    /** Rules of it that work against each other. */
    List<RuleProblem> conflicts() {
        if (conflicts == null) {
            conflicts = Conflicts.of(compiled);
        }
        return conflicts;
    }

    /** What the rules make of these facts at this moment, unless the one who asks says stop. */
    public Outcome fire(Facts facts, Instant now, Stop stop) {
        return fire(facts, now, stop, Set.of());
    }

    /** The same without some of its rules; they are told as failed. */
    public Outcome fire(Facts facts, Instant now, Stop stop, Set<String> leftOut) {
        return engine.fire(facts, List.of(), now, stop, leftOut);
    }

    /** Its rules whose code a thread with this stack is in; nothing where it is in none, or nobody can tell. */
    public List<Culprit> culprits(StackTraceElement[] stack) {
        return Culprit.of(stack, compiled);
    }
}
