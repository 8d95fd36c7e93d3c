package dev.vitrine.evaluation;

import dev.vitrine.candidates.service.ServiceConfig;
import dev.vitrine.privacy.Erasure;
import dev.vitrine.problem.Json;
import dev.vitrine.storage.ExpiringRows;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** The {@code model_comparison} table, and the events that followed. */
@Singleton
class ModelComparisonRepository implements PanacheRepositoryBase<ModelComparisonEntity, String>, ExpiringRows {
    private static final String ERASE =
            "delete from model_comparison where (shopper = :shopper or shopper is null and visit = any(:visits))";

    private final ServiceConfig config;

    ModelComparisonRepository(ServiceConfig config) {
        this.config = config;
    }

    /**
     * A moment that was compared.
     *
     * @param followed whether the visit looked at something else afterwards, or put it into the cart
     * @param service whether that was among the first ten of the service; likewise {@code builtIn}
     */
    record ComparedMoment(
            String visit, String page, String served, boolean followed, boolean service, boolean builtIn) {}

    /** Idempotent. */
    void insert(Collection<ProposedByBoth> rows) {
        getEntityManager()
                .createNativeQuery(
                        """
                        insert into model_comparison (decision, at, visit, shopper, page, served, known, service, built_in)
                        select decision, at, visit, shopper, page, served, known, service, built_in
                        from jsonb_to_recordset(cast(:rows as jsonb)) as x(decision text, at timestamptz, visit text,
                            shopper text, page text, served text, known jsonb, service jsonb, built_in jsonb)
                        on conflict (decision) do nothing""")
                .setParameter("rows", Json.text(rows))
                .executeUpdate();
    }

    /** The newest ones of a time; what follows within half an hour belongs to the moment. */
    List<ComparedMoment> moments(Instant from, Instant before, int limit) {
        return getSession()
                .createNativeQuery(
                        """
                        select compared.visit, compared.page, compared.served, following.sku is not null,
                            coalesce(compared.service @> to_jsonb(following.sku), false),
                            coalesce(compared.built_in @> to_jsonb(following.sku), false)
                        from (
                            select * from model_comparison where at >= :from and at < :before order by at desc limit :limit
                            ) compared
                        left join lateral (
                            select sku from event
                            where visit = compared.visit and at > compared.at and at <= compared.at + interval '30 minutes'
                                and type in ('view', 'add-to-cart') and sku is not null
                                and not compared.known @> to_jsonb(sku)
                            order by at, id limit 1) following on true""",
                        ComparedMoment.class)
                .setParameter("from", from)
                .setParameter("before", before)
                .setParameter("limit", limit)
                .list();
    }

    Set<String> visitsOf(String shopper) {
        return Set.copyOf(getSession()
                .createNativeQuery("select distinct visit from model_comparison where shopper = :shopper", String.class)
                .setParameter("shopper", shopper)
                .list());
    }

    List<ProposedByBoth> ofShopper(String shopper) {
        return list("shopper = ?1 order by at, decision", shopper).stream()
                .map(ModelComparisonEntity::proposed)
                .toList();
    }

    void erase(Erasure erasure) {
        getEntityManager()
                .createNativeQuery(ERASE)
                .setParameter("shopper", erasure.shopper())
                .setParameter("visits", erasure.visits().toArray(String[]::new))
                .executeUpdate();
    }

    void eraseLate(Erasure erasure) {
        getEntityManager()
                .createNativeQuery(ERASE + " and at <= :until")
                .setParameter("shopper", erasure.shopper())
                .setParameter("visits", erasure.visits().toArray(String[]::new))
                .setParameter("until", erasure.rememberedUntil())
                .executeUpdate();
    }

    @Override
    public String what() {
        return "comparisons of models";
    }

    @Override
    public Duration keep() {
        return config.keepComparisons();
    }

    @Override
    public int deleteBefore(Instant oldest, int most) {
        return getEntityManager()
                .createNativeQuery(
                        "delete from model_comparison where decision in (select decision from model_comparison where at <"
                                + " :oldest limit :most)")
                .setParameter("oldest", oldest)
                .setParameter("most", most)
                .executeUpdate();
    }
}
