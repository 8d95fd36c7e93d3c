package dev.vitrine.rulebook.edition;

import dev.vitrine.merchandising.Facts;
import dev.vitrine.merchandising.Promises;
import dev.vitrine.rulebook.engine.Cancellation;
import dev.vitrine.rulebook.engine.CompiledFile;
import dev.vitrine.rulebook.engine.FiringResult;
import dev.vitrine.rulebook.engine.RuleAtFrame;
import dev.vitrine.rulebook.engine.RuleCompiler;
import dev.vitrine.rulebook.language.Spelling;
import dev.vitrine.rulebook.source.RuleCard;
import dev.vitrine.rulebook.source.RuleFile;
import dev.vitrine.rulebook.source.RuleProblem;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** One published version of the rule book. It never changes: a decision that begins on it ends on it. */
public final class Edition {
    private final int number;
    private final Instant publishedAt;
    private final String author;
    private final String note;
    private final List<RuleFile> files;
    private final String hash;
    private final RuleCompiler.Compiled compiled;
    /** Null until they are asked for, unless the draft had them. */
    private volatile List<RuleProblem> conflicts;

    public Edition(StoredEdition stored, RuleCompiler.Compiled compiled) {
        this(stored, compiled, null);
    }

    public Edition(StoredEdition stored, RuleCompiler.Compiled compiled, List<RuleProblem> conflicts) {
        this.number = stored.number();
        this.publishedAt = stored.publishedAt();
        this.author = stored.author();
        this.note = stored.note();
        this.files = List.copyOf(stored.files());
        this.hash = stored.hash();
        this.compiled = compiled;
        this.conflicts = conflicts;
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
        return compiled.rules();
    }

    public Set<String> namedSkus() {
        return compiled.namedSkus();
    }

    public Promises promises() {
        return compiled.promises();
    }

    public String hash() {
        return hash;
    }

    public List<Spelling.Word> words() {
        return compiled.words();
    }

    /** Its rule files as they are compiled: while the edition is in use, none of them is compiled again. */
    public List<CompiledFile> compiled() {
        return compiled.files();
    }

    /** Rules that contradict each other or have no effect; {@code search} finds them if they are not known yet. */
    public List<RuleProblem> conflicts(Function<RuleCompiler.Compiled, List<RuleProblem>> search) {
        if (conflicts == null) {
            conflicts = search.apply(compiled);
        }
        return conflicts;
    }

    public FiringResult fire(Facts facts, Instant now, Cancellation stop) {
        return fire(facts, now, stop, Set.of());
    }

    /** The same without some of its rules; they are reported as failed. */
    public FiringResult fire(Facts facts, Instant now, Cancellation stop, Set<String> leftOut) {
        return compiled.engine().fire(facts, List.of(), now, stop, leftOut);
    }

    /** The rules whose code is on this stack; empty if there are none or they cannot be told apart. */
    public List<RuleAtFrame> culprits(StackTraceElement[] stack) {
        return RuleAtFrame.of(stack, compiled.files());
    }
}
