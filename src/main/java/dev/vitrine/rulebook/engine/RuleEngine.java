package dev.vitrine.rulebook.engine;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.vitrine.merchandising.Facts;
import dev.vitrine.merchandising.Proposals;
import dev.vitrine.rulebook.source.RuleCard;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.GregorianCalendar;
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
import org.drools.model.Consequence;
import org.drools.model.Model;
import org.drools.model.Rule;
import org.drools.model.View;
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

/**
 * The compiled rules of one edition. Each decision gets a session of its own; nothing is ever changed in place, so that
 * decisions in flight finish on the edition that they began with.
 */
public final class RuleEngine {
    /**
     * Firings of one decision. Our choice: 200 rules that all fire on each of 1000 candidates; more is a rule that pairs
     * candidates with candidates.
     */
    static final int FIRINGS_MAX = 200_000;

    private static final String NOT_BACK = "it did not come back from another decision";

    /** Rules that read fire before rules that propose, since the latter may ask what was not read. */
    private static final int READS_FIRST = 1;

    /** The compiler shares a condition among the rules that ask for it; a failure then names all of them. */
    private static final Pattern RULE_NAMES = Pattern.compile("[Rr]ule \"((?:[^\"\\\\]|\\\\.)*)\"");

    private final List<Model> models;
    private final Map<String, RuleCard> cards = new HashMap<>();
    private final ZoneId zone;
    private final KieBase base;
    private final Cache<Set<String>, KieBase> without =
            Caffeine.newBuilder().maximumSize(16).build();
    private final KieSessionConfiguration settings;

    /** @param zone the shop's: its days are those that rules name */
    RuleEngine(List<Model> models, Collection<RuleCard> cards, ZoneId zone) {
        this.models = List.copyOf(models);
        cards.forEach(card -> this.cards.put(card.name(), card));
        this.zone = zone;
        this.base = baseWithout(Set.of());
        this.settings = KieServices.get().newKieSessionConfiguration();
        settings.setOption(ClockTypeOption.get(ClockType.PSEUDO_CLOCK.getId()));
    }

    /**
     * Fires the rules on these facts. A rule that throws is left out, with everything that it said or caused: the facts
     * go through the other rules once more.
     */
    public FiringResult fire(Facts facts, Instant now, Cancellation stop) {
        return fire(facts, List.of(), now, stop);
    }

    /** The same where some readings are known before. */
    public FiringResult fire(Facts facts, List<?> readings, Instant now, Cancellation stop) {
        return fire(facts, readings, now, stop, Set.of());
    }

    /** The same without some rules, which are told as failed. */
    public FiringResult fire(Facts facts, List<?> readings, Instant now, Cancellation stop, Set<String> leftOut) {
        Set<String> failed = new TreeSet<>(leftOut);
        List<FiringResult.Failure> failures = new ArrayList<>();
        failed.forEach(rule -> failures.add(new FiringResult.Failure(rule, NOT_BACK)));
        while (true) {
            KieBase rules = failed.isEmpty() ? base : without.get(Set.copyOf(failed), this::baseWithout);
            Proposals shelf = null;
            KieSession session = rules.newKieSession(settings, null);
            try {
                shelf = new Proposals(session::insert);
                fire(session, shelf, facts, readings, now, stop, null);
                return new FiringResult(shelf.all(), shelf.readings(), failures);
            } catch (Cancellation.CancelledException cancelled) {
                return FiringResult.NOTHING;
            } catch (RuntimeException | StackOverflowError e) {
                if (stop.isCancelled()) {
                    return FiringResult.NOTHING;
                }
                List<String> guilty = guilty(e, shelf);
                if (!failed.addAll(guilty)) {
                    throw e;
                }
                guilty.forEach(rule -> failures.add(new FiringResult.Failure(rule, cause(e))));
            } finally {
                session.dispose();
            }
        }
    }

    /**
     * Fires on made-up facts until the compiled rules run at speed: a network builds itself on first use, and the first
     * shopper after a change must not wait for it.
     *
     * @return whether that came to an end before it was to stop
     */
    public boolean warmUp(Facts facts, Duration enough, Cancellation stop) {
        long begin = System.nanoTime();
        do {
            fire(facts, Instant.EPOCH, stop);
        } while (!stop.isCancelled() && System.nanoTime() - begin < enough.toNanos());
        return !stop.isCancelled();
    }

    /**
     * Fires one rule alone, on facts to which readings belong; what an example does.
     *
     * @throws Cancellation.CancelledException when it was to stop
     */
    public Proposals fireAlone(String rule, Facts facts, List<?> readings, Instant now, Cancellation stop) {
        KieSession session = base.newKieSession(settings, null);
        try {
            Proposals shelf = new Proposals(reading -> {});
            fire(session, shelf, facts, readings, now, stop, match -> match.getRule()
                    .getName()
                    .equals(rule));
            return shelf;
        } catch (RuntimeException e) {
            // a search that is told to stop says so through the engine, which wraps what it is told
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
            Cancellation stop,
            AgendaFilter filter) {
        ((SessionPseudoClock) session.getSessionClock()).advanceTime(now.toEpochMilli(), TimeUnit.MILLISECONDS);
        session.setGlobal("shelf", shelf);
        session.addEventListener(new DefaultAgendaEventListener() {
            @Override
            public void beforeMatchFired(BeforeMatchFiredEvent event) {
                String rule = event.getMatch().getRule().getName();
                if (stop.isCancelled()) {
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
        int fired = JoinBudget.during(stop, () -> session.fireAllRules(filter, FIRINGS_MAX));
        if (fired >= FIRINGS_MAX) {
            throw new IllegalStateException(
                    "rule \"" + shelf.speaker() + "\" and others fired " + fired + " times in one decision");
        }
    }

    private static List<String> guilty(Throwable e, Proposals shelf) {
        if (e instanceof ConsequenceException consequence) {
            return List.of(consequence.getMatch().getRule().getName());
        }
        Optional<JoinBudget.Full> full = within(e, JoinBudget.Full.class);
        if (full.isPresent()) {
            return List.of(full.get().rule());
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

    /** What is at the bottom of a failure, in its own words. */
    public static String cause(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }

    private KieBase baseWithout(Set<String> leftOut) {
        List<Model> kept = new ArrayList<>();
        for (Model model : models) {
            ModelImpl copy = new ModelImpl(model.getName());
            model.getGlobals().forEach(copy::addGlobal);
            model.getTypeMetaDatas().forEach(copy::addTypeMetaData);
            for (Rule rule : model.getRules()) {
                if (!leftOut.contains(rule.getName())) {
                    copy.addRule(new Served(rule, JoinBudget.counted(rule), cards.get(rule.getName()), zone));
                }
            }
            kept.add(copy);
        }
        return KieBaseBuilder.createKieBaseFromModel(kept);
    }

    /**
     * The same rule; one that reads goes ahead of those that propose, one that pairs facts is counted, and one with dates
     * has them by the shop's days: Drools takes them by those of the machine.
     */
    private record Served(Rule rule, View view, RuleCard card, ZoneId zone) implements Rule {
        @Override
        @SuppressWarnings("unchecked") // the attributes' own types are Integer and Calendar
        public <T> T getAttribute(Attribute<T> attribute) {
            if (attribute == Attribute.SALIENCE && card.reads()) {
                return (T) Integer.valueOf(READS_FIRST);
            }
            if (attribute == Attribute.DATE_EFFECTIVE && card.effective() != null) {
                // Drools has a rule begin after this moment, and the day's first belongs to it
                return (T) GregorianCalendar.from(begin(card.effective()).minus(1, ChronoUnit.MILLIS));
            }
            if (attribute == Attribute.DATE_EXPIRES && card.expires() != null) {
                return (T) GregorianCalendar.from(begin(card.expires()));
            }
            return rule.getAttribute(attribute);
        }

        /** The day's first moment: not midnight where the clocks are set forward then. */
        private ZonedDateTime begin(String day) {
            return LocalDate.parse(day).atStartOfDay(zone);
        }

        @Override
        public View getView() {
            return view;
        }

        @Override
        public Consequence getDefaultConsequence() {
            return rule.getDefaultConsequence();
        }

        @Override
        public Map<String, Consequence> getConsequences() {
            return rule.getConsequences();
        }

        @Override
        public Map<String, Object> getMetaData() {
            return rule.getMetaData();
        }

        @Override
        public Object getMetaData(String key) {
            return rule.getMetaData(key);
        }

        @Override
        public String getName() {
            return rule.getName();
        }

        @Override
        public String getPackage() {
            return rule.getPackage();
        }

        @Override
        public String getUnit() {
            return rule.getUnit();
        }
    }
}
