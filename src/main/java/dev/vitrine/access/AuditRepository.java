package dev.vitrine.access;

import dev.vitrine.storage.ExpiringRows;
import io.quarkus.hibernate.orm.panache.PanacheRepository;
import io.quarkus.panache.common.Parameters;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The {@code audit} table. */
@Singleton
class AuditRepository implements PanacheRepository<AuditEntity>, ExpiringRows {
    private final AccessConfig config;

    AuditRepository(AccessConfig config) {
        this.config = config;
    }

    @Override
    public String what() {
        return "entries of the audit log";
    }

    @Override
    public Duration keep() {
        return config.keepAudit();
    }

    /** Adds an entry, unless it is there. */
    void add(UUID key, Audit.Entry entry) {
        getSession()
                .createNativeMutationQuery(
                        """
                        insert into audit (at, who, origin, action, edition, detail, thing, before, after, entry)
                        values (:at, :who, :origin, :action, :edition, :detail, :thing, :before, :after, :key)
                        on conflict (entry) do nothing""")
                .setParameter("at", entry.at())
                .setParameter("who", entry.who())
                .setParameter("origin", entry.origin())
                .setParameter("action", entry.action().name())
                .setParameter("edition", entry.edition(), Integer.class)
                .setParameter("detail", entry.detail())
                .setParameter("thing", entry.thing())
                .setParameter("before", entry.before(), String.class)
                .setParameter("after", entry.after(), String.class)
                .setParameter("key", key)
                .executeUpdate();
    }

    /** The newest entries before that one that are searched for, of these kinds of things or, without any, of all. */
    List<AuditEntity> before(long id, int limit, Audit.Search search, List<String> kinds) {
        StringBuilder where = new StringBuilder("id < :id");
        Parameters values = Parameters.with("id", id);
        if (search.from() != null) {
            where.append(" and at >= :from");
            values.and("from", search.from());
        }
        if (search.to() != null) {
            where.append(" and at < :to");
            values.and("to", search.to());
        }
        if (search.who() != null) {
            where.append(" and who = :who");
            values.and("who", search.who());
        }
        if (search.action() != null) {
            where.append(" and action = :action");
            values.and("action", search.action().name());
        }
        if (search.thing() != null) {
            where.append(" and ").append(ofKinds(List.of(search.thing()), "thing", values));
        }
        if (!kinds.isEmpty()) {
            where.append(" and ").append(ofKinds(kinds, "kind", values));
        }
        return find(where + " order by id desc", values).page(0, limit).list();
    }

    private static String ofKinds(List<String> kinds, String name, Parameters values) {
        List<String> any = new ArrayList<>();
        for (int i = 0; i < kinds.size(); i++) {
            any.add("thing = :" + name + i + " or substring(thing, 1, length(:" + name + i + ") + 1) = :" + name + i
                    + " || ' '");
            values.and(name + i, kinds.get(i));
        }
        return "(" + String.join(" or ", any) + ")";
    }

    @Override
    public int deleteBefore(Instant oldest, int most) {
        getEntityManager()
                .createNativeQuery("set local vitrine.retention = 'on'")
                .executeUpdate();
        return getEntityManager()
                .createNativeQuery(
                        "delete from audit where id in (select id from audit where at < :oldest limit :most)")
                .setParameter("oldest", oldest)
                .setParameter("most", most)
                .executeUpdate();
    }
}
