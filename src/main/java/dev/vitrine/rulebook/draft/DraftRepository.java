package dev.vitrine.rulebook.draft;

import dev.vitrine.rulebook.draft.StoredDraft.State;
import dev.vitrine.storage.ExpiringRows;
import io.quarkus.hibernate.orm.panache.PanacheRepository;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The {@code draft} table. */
@Singleton
class DraftRepository implements PanacheRepository<DraftEntity>, ExpiringRows {
    /** Key of the lock for whoever gives a draft its name; any number that nothing else locks. */
    private static final long NAMES = 0x6472_6166_7473L;

    private final DraftConfig config;

    DraftRepository(DraftConfig config) {
        this.config = config;
    }

    /** Until the end of the transaction, nobody else gives a draft its name. */
    void lockNames() {
        getSession()
                .createNativeQuery("select cast(pg_advisory_xact_lock(:key) as text)", String.class)
                .setParameter("key", NAMES)
                .getSingleResult();
    }

    /** A name and the draft that has it. */
    record Named(long id, String name) {}

    List<Named> openNames() {
        return getSession()
                .createQuery("select id, name from DraftEntity where state = OPEN", Named.class)
                .getResultList();
    }

    /** The newest ones in this state, newest first. */
    List<Long> newest(State state, int limit) {
        return getSession()
                .createQuery("select id from DraftEntity where state = :state order by id desc", Long.class)
                .setParameter("state", state)
                .setMaxResults(limit)
                .getResultList();
    }

    /** A draft without the texts of its files. */
    record Brief(
            long id,
            State state,
            int version,
            String name,
            String note,
            int base,
            List<String> paths,
            List<String> authors,
            Instant createdAt,
            Instant editedAt,
            String editedBy,
            String approvedBy,
            Instant approvedAt,
            Instant endedAt,
            Integer edition,
            long comments) {}

    /** Those with these ids, newest first. */
    List<Brief> briefs(List<Long> ids) {
        return getSession()
                .createQuery(
                        """
                        select d.id, d.state, d.version, d.name, d.note, d.base, d.paths, d.authors, d.createdAt,
                            d.editedAt, d.editedBy, d.approvedBy, d.approvedAt, d.endedAt, d.edition,
                            (select count(c.id) from CommentEntity c where c.draft = d.id)
                        from DraftEntity d where d.id in :ids order by d.id desc""",
                        Brief.class)
                .setParameter("ids", ids)
                .getResultList();
    }

    Optional<StoredDraft> draft(long id) {
        return findByIdOptional(id).map(DraftEntity::draft);
    }

    /** The draft, which nobody else changes until the end of the transaction. */
    Optional<StoredDraft> locked(long id) {
        return findByIdOptional(id, LockModeType.PESSIMISTIC_WRITE).map(DraftEntity::draft);
    }

    StoredDraft add(StoredDraft draft) {
        DraftEntity row = new DraftEntity();
        row.set(draft);
        persistAndFlush(row);
        return row.draft();
    }

    /** Stores a draft that is {@link #locked}. */
    void change(StoredDraft draft) {
        findById(draft.id()).set(draft);
    }

    @Override
    public String what() {
        return "published drafts";
    }

    @Override
    public Duration keep() {
        return config.keep();
    }

    @Override
    public int deleteBefore(Instant oldest, int most) {
        return getEntityManager()
                .createNativeQuery(
                        """
                        delete from draft where id in (
                            select id from draft where state = 'PUBLISHED' and ended_at < :oldest limit :most)""")
                .setParameter("oldest", oldest)
                .setParameter("most", most)
                .executeUpdate();
    }
}
