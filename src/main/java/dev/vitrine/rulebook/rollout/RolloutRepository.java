package dev.vitrine.rulebook.rollout;

import dev.vitrine.rulebook.edition.EditionRepository;
import dev.vitrine.storage.ExpiringRows;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The {@code staged} table: one row for each rollout, the number of its edition is the key. */
@Singleton
public class RolloutRepository implements PanacheRepositoryBase<RolloutEntity, Integer>, ExpiringRows {
    private static final Sort NEWEST_FIRST = Sort.descending("edition");

    private final EditionRepository editions;
    private final StagedConfig config;

    RolloutRepository(EditionRepository editions, StagedConfig config) {
        this.editions = editions;
        this.config = config;
    }

    /** @return false when the number is taken, or another edition is staged */
    boolean add(Rollout rollout) {
        boolean added = editions.add(rollout.edition());
        if (added) {
            persist(RolloutEntity.of(rollout));
        }
        return added;
    }

    /** The rollout that began last, ended or not. */
    Optional<Rollout> last() {
        return findAll(NEWEST_FIRST)
                .page(0, 1)
                .firstResultOptional()
                .map(row -> row.rollout(editions.edition(row.edition)
                        .orElseThrow(() -> new IllegalStateException(
                                "edition " + row.edition + " was staged and is not stored"))));
    }

    /** The parts of the latest rollout that can change. */
    record Mark(int edition, double share, List<Rollout.Step> steps, boolean ended, String outcome) {
        static Mark of(Rollout rollout) {
            return new Mark(
                    rollout.number(), rollout.share(), rollout.steps(), rollout.endedAt() != null, rollout.outcome());
        }
    }

    Optional<Mark> mark() {
        return getSession()
                .createQuery(
                        """
                        select edition, share, steps, case when endedAt is null then false else true end, outcome
                        from RolloutEntity order by edition desc""",
                        Mark.class)
                .setMaxResults(1)
                .getResultStream()
                .findFirst();
    }

    /** Returns whether there was something to store; a rollout that another instance has ended stays ended. */
    boolean change(Rollout rollout) {
        RolloutEntity row = findById(rollout.number(), LockModeType.PESSIMISTIC_WRITE);
        boolean same = rollout.endedAt() == null
                && row != null
                && row.share == rollout.share()
                && row.steps.equals(rollout.steps());
        if (row == null || row.endedAt != null || same) {
            return false;
        }
        row.share = rollout.share();
        row.steps = rollout.steps();
        row.endedAt = rollout.endedAt();
        row.outcome = rollout.outcome();
        editions.changeState(rollout.number(), rollout.edition().state());
        return true;
    }

    @Override
    public String what() {
        return "staged editions";
    }

    @Override
    public Duration keep() {
        return config.keep();
    }

    /** The last one stays: it tells how staging stands. */
    @Override
    public int deleteBefore(Instant oldest, int most) {
        return getEntityManager()
                .createNativeQuery(
                        """
                        delete from staged where edition in (
                            select edition from staged
                            where ended_at < :oldest and edition < (select max(edition) from staged) limit :most)""")
                .setParameter("oldest", oldest)
                .setParameter("most", most)
                .executeUpdate();
    }
}
