package dev.vitrine.rulebook.engine;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.vitrine.merchandising.Facts;
import dev.vitrine.merchandising.Proposals;
import dev.vitrine.rulebook.source.RuleCard;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.drools.core.ClockType;
import org.drools.model.Model;
import org.drools.model.Rule;
import org.drools.model.impl.ModelImpl;
import org.drools.modelcompiler.KieBaseBuilder;
import org.kie.api.KieBase;
import org.kie.api.KieServices;
import org.kie.api.event.rule.BeforeMatchFiredEvent;
import org.kie.api.event.rule.DefaultAgendaEventListener;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.KieSessionConfiguration;
import org.kie.api.runtime.conf.ClockTypeOption;
import org.kie.api.runtime.rule.AgendaFilter;
import org.kie.api.runtime.rule.ConsequenceException;
import org.kie.api.time.SessionPseudoClock;

/** The compiled rules of one edition. Each decision has its own session, so it ends on the edition that it began with. */
public final class RuleEngine {
    /** 200 rules may fire on each of 1000 candidates. Only rules that join candidates with candidates need more. */
    static final int FIRINGS_MAX = 200_000;

    private static final String NOT_RETURNED = "it did not come back from another decision";

    /** A condition that several rules share names all of them when it fails. */
    private static final Pattern RULE_NAMES = Pattern.compile("[Rr]ule \"([^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+)\"");

    private final List<Model> models;
    private final Map<String, RuleCard> cards = new HashMap<>();
    private final ZoneId zone;
    private final KieBase base;
    private final Cache<Set<String>, KieBase> without =
            Caffeine.newBuilder().maximumSize(16).build();
    private final KieSessionConfiguration settings;

    RuleEngine(List<Model> models, Collection<RuleCard> cards, ZoneId zone) {
        this.models = List.copyOf(models);
        cards.forEach(card -> this.cards.put(card.name(), card));
        this.zone = zone;
        this.base = baseWithout(Set.of());
        this.settings = KieServices.get().newKieSessionConfiguration();
        settings.setOption(ClockTypeOption.get(ClockType.PSEUDO_CLOCK.getId()));
    }

    public FiringResult fire(Facts facts, Instant now, Cancellation cancellation) {
        return fire(facts, List.of(), now, cancellation);
    }

    public FiringResult fire(Facts facts, List<?> readings, Instant now, Cancellation cancellation) {
        return fire(facts, readings, now, cancellation, Set.of());
    }

    /**
     * Fires the rules on these facts; those left out are reported as failed. If a rule throws, the facts go through the
     * other rules once more, so that nothing remains of what it said or caused.
     */
    public FiringResult fire(
            Facts facts, List<?> readings, Instant now, Cancellation cancellation, Set<String> leftOut) {
        Set<String> failed = new TreeSet<>(leftOut);
        List<FiringResult.Failure> failures = new ArrayList<>();
        failed.forEach(rule -> failures.add(new FiringResult.Failure(rule, NOT_RETURNED)));
        while (true) {
            KieBase rules = failed.isEmpty() ? base : without.get(Set.copyOf(failed), this::baseWithout);
            Proposals shelf = null;
            KieSession session = rules.newKieSession(settings, null);
            try {
                shelf = new Proposals(session::insert);
                fire(session, shelf, facts, readings, now, cancellation, null);
                return new FiringResult(shelf.all(), shelf.readings(), failures);
            } catch (Cancellation.CancelledException e) {
                return FiringResult.NOTHING;
            } catch (RuntimeException | StackOverflowError e) {
                if (cancellation.isCancelled()) {
                    return FiringResult.NOTHING;
                }
                List<String> broken = failedRules(e, shelf);
                if (!failed.addAll(broken)) {
                    throw e;
                }
                broken.forEach(rule -> failures.add(new FiringResult.Failure(rule, cause(e))));
            } finally {
                session.dispose();
            }
        }
    }

    /** Fires until the rules run at full speed: Drools builds its network on first use. False if it was cancelled. */
    public boolean warmUp(Facts facts, Duration enough, Cancellation cancellation) {
        long begin = System.nanoTime();
        do {
            fire(facts, Instant.EPOCH, cancellation);
        } while (!cancellation.isCancelled() && System.nanoTime() - begin < enough.toNanos());
        return !cancellation.isCancelled();
    }

    /** @throws Cancellation.CancelledException when it was cancelled */
    public Proposals fireAlone(String rule, Facts facts, List<?> readings, Instant now, Cancellation cancellation) {
        KieSession session = base.newKieSession(settings, null);
        try {
            Proposals shelf = new Proposals(reading -> {});
            fire(session, shelf, facts, readings, now, cancellation, match -> match.getRule()
                    .getName()
                    .equals(rule));
            return shelf;
        } catch (RuntimeException e) {
            // what a condition throws comes wrapped by the engine
            throw within(e, Cancellation.CancelledException.class)
                    .map(RuntimeException.class::cast)
                    .orElse(e);
        } finally {
            session.dispose();
        }
    }

    private static void fire(
            KieSession session,
            Proposals shelf,
            Facts facts,
            List<?> readings,
            Instant now,
            Cancellation cancellation,
            AgendaFilter filter) {
        ((SessionPseudoClock) session.getSessionClock()).advanceTime(now.toEpochMilli(), TimeUnit.MILLISECONDS);
        session.setGlobal("shelf", shelf);
        session.addEventListener(new DefaultAgendaEventListener() {
            @Override
            public void beforeMatchFired(BeforeMatchFiredEvent event) {
                String rule = event.getMatch().getRule().getName();
                if (cancellation.isCancelled()) {
                    throw new Cancellation.CancelledException(rule);
                }
                shelf.speaks(rule);
            }
        });
        session.insert(facts.shop());
        session.insert(facts.placement());
        session.insert(facts.page());
        session.insert(facts.shopper());
        session.insert(facts.visit());
        session.insert(facts.cart());
        facts.campaigns().forEach(session::insert);
        facts.candidates().forEach(session::insert);
        readings.forEach(session::insert);
        int fired = JoinBudget.run(cancellation, () -> session.fireAllRules(filter, FIRINGS_MAX));
        if (fired >= FIRINGS_MAX) {
            throw new IllegalStateException(
                    "rule \"" + shelf.speaker() + "\" and others fired " + fired + " times in one decision");
        }
    }

    private static List<String> failedRules(Throwable e, Proposals shelf) {
        if (e instanceof ConsequenceException consequence) {
            return List.of(consequence.getMatch().getRule().getName());
        }
        Optional<JoinBudget.ExceededException> exceeded = within(e, JoinBudget.ExceededException.class);
        if (exceeded.isPresent()) {
            return List.of(exceeded.get().rule());
        }
        List<String> named = new ArrayList<>();
        Matcher names = RULE_NAMES.matcher(String.valueOf(e.getMessage()));
        while (names.find()) {
            named.add(names.group(1));
        }
        return named.isEmpty() && shelf != null && !shelf.speaker().isEmpty() ? List.of(shelf.speaker()) : named;
    }

    private static <T extends Throwable> Optional<T> within(Throwable e, Class<T> kind) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (kind.isInstance(cause)) {
                return Optional.of(kind.cast(cause));
            }
        }
        return Optional.empty();
    }

    /** Why a rule broke, in words of our own: those of the engine and of Java help nobody who writes rules. */
    public static String cause(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        if (root instanceof ArithmeticException) {
            return "it divides by zero";
        } else if (root instanceof NullPointerException) {
            return "it uses a value that is not there";
        } else if (root instanceof StackOverflowError) {
            return "it is nested too deeply";
        }
        if (root instanceof JoinBudget.ExceededException) {
            return root.getMessage();
        }
        boolean refused = root instanceof IllegalArgumentException || root instanceof IllegalStateException;
        return refused && isOurs(root) ? root.getMessage() : "it cannot be carried out";
    }

    private static boolean isOurs(Throwable e) {
        return e.getMessage() != null
                && e.getStackTrace().length > 0
                && e.getStackTrace()[0].getClassName().startsWith("dev.vitrine.");
    }

    private KieBase baseWithout(Set<String> leftOut) {
        List<Model> kept = new ArrayList<>();
        for (Model model : models) {
            ModelImpl copy = new ModelImpl(model.getName());
            model.getGlobals().forEach(copy::addGlobal);
            model.getTypeMetaDatas().forEach(copy::addTypeMetaData);
            for (Rule rule : model.getRules()) {
                if (!leftOut.contains(rule.getName())) {
                    copy.addRule(new ServedRule(rule, JoinBudget.viewOf(rule), cards.get(rule.getName()), zone));
                }
            }
            kept.add(copy);
        }
        return KieBaseBuilder.createKieBaseFromModel(kept);
    }
}
