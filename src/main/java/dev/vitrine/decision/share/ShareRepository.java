package dev.vitrine.decision.share;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.vitrine.decision.context.DecisionConfig;
import dev.vitrine.decision.settlement.SettlementResult.Missing;
import dev.vitrine.merchandising.Share;
import dev.vitrine.problem.Json;
import dev.vitrine.storage.ExpiringRows;
import dev.vitrine.storage.UnreadableRows;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import jakarta.persistence.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hibernate.query.NativeQuery;

/** The {@code share} table. */
@Singleton
public class ShareRepository implements PanacheRepositoryBase<ShareEntity, ShareEntity.Key>, ExpiringRows {
    private static final String SUMS =
            """
            cast(sum(lists) as bigint) as lists, cast(sum(places) as bigint) as places, sum(promised) as promised,
            cast(sum(delivered) as bigint) as delivered, cast(sum(lacked_members) as bigint) as lacked_members,
            cast(sum(lacked_relevance) as bigint) as lacked_relevance, cast(sum(lacked_room) as bigint) as lacked_room,
            string_agg(array_to_string(rules, chr(10)), chr(10)) as rules""";

    private final UnreadableRows unreadable;
    private final DecisionConfig config;

    ShareRepository(UnreadableRows unreadable, DecisionConfig config) {
        this.config = config;
        this.unreadable = unreadable;
    }

    /**
     * @param days the beginning of each day in that time, null for a line an hour
     * @param run the run whose rows from {@code runSince} on are left out, because it has them in memory
     */
    public record Selection(
            String placement,
            String group,
            Instant from,
            Instant before,
            List<Instant> days,
            String run,
            Instant runSince,
            int limit) {}

    /** Idempotent: a row is what one run has counted of an hour so far, and only that run writes it. */
    void save(String run, String instance, Collection<ShareCount> counts) {
        ArrayNode rows = Json.MAPPER.createArrayNode();
        counts.forEach(count -> rows.add(Json.MAPPER.valueToTree(count)));
        getEntityManager()
                .createNativeQuery(
                        """
                        insert into share (at, placement, promised_to, verb, reckoned, run, instance, lists, places, promised,
                            delivered, lacked_members, lacked_relevance, lacked_room, rules)
                        select at, placement, "group", verb, "over", :run, :instance, lists, places, promised, delivered,
                            cast(missing ->> 'members' as bigint), cast(missing ->> 'relevance' as bigint),
                            cast(missing ->> 'room' as bigint),
                            array(select jsonb_array_elements_text(rules) order by 1)
                        from jsonb_to_recordset(cast(:rows as jsonb)) as x(at timestamptz, placement text, "group" text,
                            verb text, "over" text, lists bigint, places bigint, promised double precision, delivered bigint,
                            missing jsonb, rules jsonb)
                        on conflict (at, placement, promised_to, verb, reckoned, run) do update set
                            lists = excluded.lists, places = excluded.places,
                            promised = excluded.promised, delivered = excluded.delivered,
                            lacked_members = excluded.lacked_members, lacked_relevance = excluded.lacked_relevance,
                            lacked_room = excluded.lacked_room, rules = excluded.rules""")
                .setParameter("run", run)
                .setParameter("instance", instance)
                .setParameter("rows", rows.toString())
                .executeUpdate();
    }

    List<ShareCount> earlier(String run, String instance, Instant since) {
        return counts(getSession()
                .createNativeQuery(
                        """
                        select at as since, placement, promised_to, verb, reckoned, %s
                        from share
                        where at >= :since and instance = :instance and run <> :run
                        group by at, placement, promised_to, verb, reckoned"""
                                .formatted(SUMS),
                        Tuple.class)
                .setParameter("since", since)
                .setParameter("instance", instance)
                .setParameter("run", run));
    }

    /** Sums over all instances, newest first; of equal age in the order of {@link Comparable}, as in memory. */
    public List<ShareCount> sums(Selection selection) {
        return counts(getSession()
                .createNativeQuery(
                        """
                        with asked as (select cast(:days as timestamptz[]) as days)
                        select coalesce(asked.days[width_bucket(at, asked.days)], at) as since, placement, promised_to, verb,
                            reckoned, %s
                        from share, asked
                        where at >= :from and at < :before and placement = coalesce(:placement, placement)
                            and promised_to in ('', coalesce(:group, promised_to)) and not (run = :run and at >= :runSince)
                        group by since, placement, promised_to, verb, reckoned
                        order by since desc, placement collate "C", promised_to collate "C", verb collate "C",
                            reckoned collate "C"
                        limit :limit"""
                                .formatted(SUMS),
                        Tuple.class)
                .setParameter(
                        "days",
                        selection.days() == null
                                ? null
                                : selection.days().stream()
                                        .map(Instant::toString)
                                        .toArray(String[]::new),
                        String[].class)
                .setParameter("from", selection.from())
                .setParameter("before", selection.before())
                .setParameter("placement", selection.placement(), String.class)
                .setParameter("group", selection.group(), String.class)
                .setParameter("run", selection.run())
                .setParameter("runSince", selection.runSince())
                .setParameter("limit", selection.limit()));
    }

    private List<ShareCount> counts(NativeQuery<Tuple> query) {
        return query.stream().flatMap(row -> count(row).stream()).toList();
    }

    private Optional<ShareCount> count(Tuple row) {
        try {
            return Optional.of(new ShareCount(
                    row.get("since", Instant.class),
                    row.get("placement", String.class),
                    row.get("promised_to", String.class),
                    row.get("verb", String.class),
                    Share.Window.valueOf(row.get("reckoned", String.class).toUpperCase(Locale.ROOT)),
                    row.get("lists", Long.class),
                    row.get("places", Long.class),
                    row.get("promised", Double.class),
                    row.get("delivered", Long.class),
                    new Missing(
                            row.get("lacked_members", Long.class),
                            row.get("lacked_relevance", Long.class),
                            row.get("lacked_room", Long.class)),
                    rules(row.get("rules", String.class))));
        } catch (RuntimeException e) {
            unreadable.add("share", row.get("since") + ", " + row.get("placement") + ", " + row.get("promised_to"), e);
            return Optional.empty();
        }
    }

    /** One a line, as often as rows have it. */
    private static Set<String> rules(String lines) {
        return lines == null
                ? Set.of()
                : lines.lines().filter(rule -> !rule.isEmpty()).collect(Collectors.toSet());
    }

    @Override
    public String what() {
        return "counts of shares";
    }

    @Override
    public Duration keep() {
        return config.keepShares();
    }

    @Override
    public int deleteBefore(Instant oldest, int most) {
        return getEntityManager()
                .createNativeQuery(
                        "delete from share where ctid = any(array(select ctid from share where at < :oldest limit :most))")
                .setParameter("oldest", oldest)
                .setParameter("most", most)
                .executeUpdate();
    }
}
