package dev.vitrine.rulebook.check;

import dev.vitrine.catalog.Catalog;
import dev.vitrine.rulebook.engine.Cancellation;
import dev.vitrine.rulebook.engine.RuleCompiler;
import dev.vitrine.rulebook.probe.RuleInquiry;
import dev.vitrine.rulebook.source.InvalidRulesException;
import dev.vitrine.rulebook.source.RuleFile;
import dev.vitrine.visit.StorefrontWords;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;

/** The compiler and the checks for tests without a running service, in UTC. */
public final class RuleLab {
    public static final RuleCompiler COMPILER = new RuleCompiler();
    public static final Examples EXAMPLES = new Examples(new RuleInquiry());

    private RuleLab() {}

    /** Compiles the files and runs their examples. */
    public static RuleCompiler.Compiled tried(Collection<RuleFile> files) throws InvalidRulesException {
        RuleCompiler.Checked checked = check(files);
        if (!checked.faults().isEmpty()) {
            throw new InvalidRulesException(checked.faults());
        }
        return checked.compiled();
    }

    /** All faults of the files and of their examples. */
    public static RuleCompiler.Checked check(Collection<RuleFile> files) {
        RuleCompiler.Checked checked = COMPILER.check(files, ZoneOffset.UTC);
        return checked.readable()
                ? checked.with(EXAMPLES.problems(
                        checked.files(), checked.rules(), checked.untried(), files, ZoneOffset.UTC, new Cancellation()))
                : checked;
    }

    /** Compiles the files without running examples. */
    public static RuleCompiler.Compiled compile(Collection<RuleFile> files) throws InvalidRulesException {
        return COMPILER.compile(files, ZoneOffset.UTC);
    }

    /** A check without recent visits. */
    public static RuleCheck checkWith(ShopWords words, Clock clock, ZoneId zone) {
        return checkWith(words, clock, zone, List.of(), new CheckExecutor(Duration.ofMinutes(2)));
    }

    static SettlementCheck noSettlement() {
        return new SettlementCheck(List.of(), List.of(), SettlementCheck.SETTLE_MAX, new Cancellation());
    }

    /** A check that settles what rules propose in this way. */
    static RuleCheck checkThatSettles(ProposalSettlement settlement) {
        return new RuleCheck(
                COMPILER,
                EXAMPLES,
                new ShopWords(new Catalog(), new StorefrontWords(), List.of(), List.of("home-page")),
                Clock.systemUTC(),
                ZoneOffset.UTC,
                List.of(),
                List.of(settlement),
                new CheckExecutor(Duration.ofMinutes(2)));
    }

    public static RuleCheck checkWith(
            ShopWords words, Clock clock, ZoneId zone, List<RecentVisits> visits, CheckExecutor executor) {
        return new RuleCheck(COMPILER, EXAMPLES, words, clock, zone, visits, List.of(), executor);
    }

    /** A check for a shop without products. */
    public static RuleCheck checkForEmptyShop() {
        return checkWith(
                new ShopWords(new Catalog(), new StorefrontWords(), List.of(), List.of("home-page")),
                Clock.systemUTC(),
                ZoneOffset.UTC);
    }
}
