package dev.vitrine.evaluation;

import dev.vitrine.evaluation.Backtest.BacktestState;
import io.quarkus.hibernate.orm.panache.PanacheRepository;
import io.quarkus.panache.common.Sort;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;

/** The {@code backtest} table. */
@Singleton
class BacktestRepository implements PanacheRepository<BacktestEntity> {
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
}
