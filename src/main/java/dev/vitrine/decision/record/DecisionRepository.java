package dev.vitrine.decision.record;

import dev.vitrine.decision.context.DecisionConfig;
import dev.vitrine.privacy.Erasure;
import dev.vitrine.storage.BulkCopy;
import dev.vitrine.storage.ExpiringRows;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

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
