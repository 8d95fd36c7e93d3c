package dev.vitrine.decision.share;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.vitrine.decision.context.DecisionConfig;
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
import org.hibernate.query.NativeQuery;

/** The {@code share} table. */
@Singleton
public class ShareRepository implements PanacheRepositoryBase<ShareEntity, ShareEntity.Key>, ExpiringRows {
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
                            delivered)
                        select at, placement, "group", verb, "over", :run, :instance, lists, places, promised, delivered
                        from jsonb_to_recordset(cast(:rows as jsonb)) as x(at timestamptz, placement text, "group" text,
                            verb text, "over" text, lists bigint, places bigint, promised double precision, delivered bigint)
                        on conflict (at, placement, promised_to, verb, reckoned, run) do update set
                            lists = excluded.lists, places = excluded.places,
                            promised = excluded.promised, delivered = excluded.delivered""")
                .setParameter("run", run)
                .setParameter("instance", instance)
                .setParameter("rows", rows.toString())
                .executeUpdate();
    }

    List<ShareCount> earlier(String run, String instance, Instant since) {
        return counts(getSession()
                .createNativeQuery(
                        """
                        select at as since, placement, promised_to, verb, reckoned, cast(sum(lists) as bigint) as lists,
                            cast(sum(places) as bigint) as places, sum(promised) as promised,
                            cast(sum(delivered) as bigint) as delivered
                        from share
                        where at >= :since and instance = :instance and run <> :run
                        group by at, placement, promised_to, verb, reckoned""",
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
                            reckoned, cast(sum(lists) as bigint) as lists, cast(sum(places) as bigint) as places,
                            sum(promised) as promised, cast(sum(delivered) as bigint) as delivered
                        from share, asked
                        where at >= :from and at < :before and placement = coalesce(:placement, placement)
                            and promised_to = coalesce(:group, promised_to) and not (run = :run and at >= :runSince)
                        group by since, placement, promised_to, verb, reckoned
                        order by since desc, placement collate "C", promised_to collate "C", verb collate "C",
                            reckoned collate "C"
                        limit :limit""",
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
                    row.get("delivered", Long.class)));
        } catch (RuntimeException e) {
            unreadable.add("share", row.get("since") + ", " + row.get("placement") + ", " + row.get("promised_to"), e);
            return Optional.empty();
        }
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
