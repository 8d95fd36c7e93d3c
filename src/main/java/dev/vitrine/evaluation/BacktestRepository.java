package dev.vitrine.evaluation;

import dev.vitrine.evaluation.Backtest.BacktestState;
import dev.vitrine.storage.ExpiringRows;
import io.quarkus.hibernate.orm.panache.PanacheRepository;
import io.quarkus.panache.common.Sort;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The {@code backtest} table. */
@Singleton
class BacktestRepository implements PanacheRepository<BacktestEntity>, ExpiringRows {
    private final BacktestConfig config;

    BacktestRepository(BacktestConfig config) {
        this.config = config;
    }

    void progress(long id, int done) {
        update("done = ?1 where id = ?2 and state = ?3", done, id, BacktestState.RUNNING);
    }

    /** Marks all that the database has as running as stopped. */
    void stopAll(String detail, Instant at) {
        update(
                "state = ?1, detail = ?2, endedAt = ?3 where state = ?4",
                BacktestState.STOPPED,
                detail,
                at,
                BacktestState.RUNNING);
    }

    List<Long> newest(int limit) {
        return getSession()
                .createQuery("select id from BacktestEntity order by id desc", Long.class)
                .setMaxResults(limit)
                .getResultList();
    }

    List<Backtest> withoutFilesAndReports(List<Long> ids) {
        return find("id in ?1", Sort.descending("id"), ids).stream()
                .map(BacktestEntity::withoutFilesAndReport)
                .toList();
    }

    @Override
    public String what() {
        return "backtests";
    }

    @Override
    public Duration keep() {
        return config.keep();
    }

    @Override
    public int deleteBefore(Instant oldest, int most) {
        return getEntityManager()
                .createNativeQuery(
                        "delete from backtest where id in (select id from backtest where ended_at < :oldest limit :most)")
                .setParameter("oldest", oldest)
                .setParameter("most", most)
                .executeUpdate();
    }
}
