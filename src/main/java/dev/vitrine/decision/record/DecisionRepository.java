package dev.vitrine.decision.record;

import dev.vitrine.decision.context.DecisionConfig;
import dev.vitrine.privacy.Erasure;
import dev.vitrine.storage.BulkCopy;
import dev.vitrine.storage.ExpiringRows;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import jakarta.persistence.Query;
import jakarta.persistence.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.hibernate.query.NativeQuery;

/** The {@code decision} table. */
@Singleton
class DecisionRepository implements PanacheRepositoryBase<DecisionEntity, String>, ExpiringRows {
    /** What is left of an erased decision is that it was made, by which edition, and which products were shown. */
    private static final String ERASE =
            """
            update decision set shopper = null, visit = '', facts = convert_to('{}', 'UTF8'),
                answer = jsonb_build_object(
                    'decisionId', answer -> 'decisionId',
                    'edition', answer -> 'edition',
                    'arm', answer -> 'arm',
                    'module', jsonb_build_object('type', answer #> '{module,type}'),
                    'items', coalesce((
                        select jsonb_agg(jsonb_build_object('sku', item -> 'sku') order by place)
                        from jsonb_array_elements(answer -> 'items') with ordinality as shown (item, place)
                    ), cast('[]' as jsonb)))
            where (shopper = :shopper or shopper is null and visit = any(:visits))""";

    /** In the order in which {@link DecisionJson#row} writes them. */
    static final List<String> COLUMNS = List.of(
            "id",
            "at",
            "placement",
            "visit",
            "shopper",
            "edition",
            "arm",
            "module",
            "degraded",
            "took_micros",
            "facts",
            "answer");

    /** Each has some 10 KB, and five times that as JSON. */
    private static final int STREAMED = 50;

    private static final String SELECT =
            """
            select id, at, placement, visit, shopper, edition, degraded,
                facts,
                cast(jsonb_path_query_array(answer, '$.items[*].sku') as text),
                cast(coalesce(answer -> 'leftOut', cast('[]' as jsonb)) as text)
            from decision
            """;

    private final DecisionConfig config;

    DecisionRepository(DecisionConfig config) {
        this.config = config;
    }

    /** Stores decisions, all or none. */
    void insert(List<DecisionRow> rows) {
        BulkCopy.into(getSession(), "decision (" + String.join(", ", COLUMNS) + ")", () -> rows.stream()
                .map(DecisionRow::bytes)
                .iterator());
    }

    /** Those of these decisions that are stored. */
    Set<String> known(List<String> ids) {
        return new HashSet<>(getSession()
                .createQuery("select id from DecisionEntity where id in :ids", String.class)
                .setParameterList("ids", ids)
                .list());
    }

    Optional<StoredDecision> stored(String id) {
        return getSession()
                .createNativeQuery(SELECT + "where id = :id", StoredDecision.class)
                .setParameter("id", id)
                .uniqueResultOptional();
    }

    /** The newest decisions before that one, newest first; of one placement or, where that is null, of all; no erased ones. */
    List<StoredDecision> before(Instant at, String id, String placement, int limit) {
        return getSession()
                .createNativeQuery(
                        SELECT
                                + """
                                where (at, id) < (:at, :id) and visit <> ''
                                    and (cast(:placement as text) is null or placement = :placement)
                                order by at desc, id desc limit :limit""",
                        StoredDecision.class)
                .setParameter("at", at)
                .setParameter("id", id)
                .setParameter("placement", placement, String.class)
                .setParameter("limit", limit)
                .list();
    }

    /** Counts the decisions of a placement, or of all where it is null, up to a maximum, without erased ones. */
    int count(int max, String placement) {
        return getSession()
                .createNativeQuery(
                        """
                        select count(*) from (
                            select 1 from decision
                            where visit <> '' and (cast(:placement as text) is null or placement = :placement)
                            limit :max) counted""",
                        Long.class)
                .setParameter("placement", placement, String.class)
                .setParameter("max", max)
                .uniqueResult()
                .intValue();
    }

    /** The running transaction ends with a failure when a statement takes longer. */
    void limitTime(Duration most) {
        getSession()
                .createNativeQuery("select set_config('statement_timeout', :most, true)", String.class)
                .setParameter("most", String.valueOf(most.toMillis()))
                .getSingleResult();
    }

    /**
     * Which decisions a search may look at, without what it looks for in them. Those of a visit or shopper are gathered first:
     * else the planner may walk through all of a year, newest first, for a visit of which there are two.
     */
    private static String scope(DecisionQuery query) {
        StringBuilder scope = new StringBuilder("select id, at from decision where visit <> ''");
        if (query.visit() != null) {
            scope.append(" and visit = :visit");
        }
        if (query.shopper() != null) {
            scope.append(" and shopper = :shopper");
        }
        if (query.from() != null) {
            scope.append(" and at >= :from");
        }
        if (query.to() != null) {
            scope.append(" and at < :to");
        }
        if (query.before() != null) {
            // the first comparison alone can use the index
            scope.append(" and at <= :beforeAt and (at, id) < (:beforeAt, :beforeId)");
        }
        return query.ofSomebody()
                ? "with mine as materialized (" + scope + ") select id, at from mine order by at desc, id desc"
                : scope + " order by at desc, id desc";
    }

    private static void bindScope(Query query, DecisionQuery asked) {
        bind(query, "visit", asked.visit());
        bind(query, "shopper", asked.shopper());
        bind(query, "from", asked.from());
        bind(query, "to", asked.to());
        if (asked.before() != null) {
            query.setParameter("beforeAt", asked.before().at());
            query.setParameter("beforeId", asked.before().id());
        }
    }

    private static void bind(Query query, String name, Object value) {
        if (value != null) {
            query.setParameter(name, value);
        }
    }

    /** Of the newest {@code examined} decisions, those with the placement and the product, newest first. */
    Stream<FoundRow> search(DecisionQuery asked, int examined) {
        StringBuilder sql = new StringBuilder(
                        "select d.id, d.at, d.placement, d.visit, d.shopper, d.edition, d.module,")
                .append(" cast(d.answer as text), ")
                .append(asked.rule() == null ? "cast(null as bytea)" : "d.facts")
                .append(" from (")
                .append(scope(asked))
                .append(" limit :examined) examined join decision d on d.id = examined.id where true");
        if (asked.placement() != null) {
            sql.append(" and d.placement = :placement");
        }
        if (asked.sku() != null) {
            sql.append(" and d.answer @> jsonb_build_object('items',"
                    + " jsonb_build_array(jsonb_build_object('sku', cast(:sku as text))))");
        }
        NativeQuery<FoundRow> query = getSession()
                .createNativeQuery(
                        sql.append(" order by examined.at desc, examined.id desc")
                                .toString(),
                        FoundRow.class);
        bindScope(query, asked);
        bind(query, "placement", asked.placement());
        bind(query, "sku", asked.sku());
        return query.setParameter("examined", examined).setFetchSize(STREAMED).getResultStream();
    }

    /** The last of the newest {@code examined} decisions, where there may be more after it. */
    Optional<DecisionQuery.Cursor> endOf(DecisionQuery asked, int examined) {
        NativeQuery<Tuple> query =
                getSession().createNativeQuery(scope(asked) + " limit 1 offset :examined", Tuple.class);
        bindScope(query, asked);
        return query.setParameter("examined", examined - 1)
                .getResultStream()
                .findFirst()
                .map(row -> new DecisionQuery.Cursor(row.get("at", Instant.class), row.get("id", String.class)));
    }

    @Override
    public String what() {
        return "decisions";
    }

    @Override
    public Duration keep() {
        return config.keep();
    }

    @Override
    public int deleteBefore(Instant oldest, int most) {
        return getEntityManager()
                .createNativeQuery(
                        "delete from decision where id in (select id from decision where at < :oldest limit :most)")
                .setParameter("oldest", oldest)
                .setParameter("most", most)
                .executeUpdate();
    }

    Set<String> visitsOf(String shopper) {
        return Set.copyOf(getSession()
                .createNativeQuery("select distinct visit from decision where shopper = :shopper", String.class)
                .setParameter("shopper", shopper)
                .list());
    }

    /** The decisions for a shopper and, of their visits, those for nobody known; the oldest first. */
    void ofShopper(String shopper, Consumer<DecisionEntity> each) {
        try (Stream<DecisionEntity> rows = getSession()
                .createNativeQuery(
                        """
                        select * from decision
                        where shopper = :shopper or shopper is null
                            and visit in (select visit from decision where shopper = :shopper)
                        order by at, id""",
                        DecisionEntity.class)
                .setParameter("shopper", shopper)
                .setFetchSize(STREAMED)
                .getResultStream()) {
            rows.forEach(row -> {
                each.accept(row);
                getSession().detach(row);
            });
        }
    }

    void erase(Erasure erasure) {
        getEntityManager()
                .createNativeQuery(ERASE)
                .setParameter("shopper", erasure.shopper())
                .setParameter("visits", erasure.visits().toArray(String[]::new))
                .executeUpdate();
    }

    /** Those that arrived after the erasure. They may have been made with what was still in memory. */
    void eraseLate(Erasure erasure) {
        getEntityManager()
                .createNativeQuery(ERASE + " and at <= :until")
                .setParameter("shopper", erasure.shopper())
                .setParameter("visits", erasure.visits().toArray(String[]::new))
                .setParameter("until", erasure.rememberedUntil())
                .executeUpdate();
    }
}
