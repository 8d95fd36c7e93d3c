package dev.vitrine.rulebook.folder;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The {@code rules_folder} table: how each instance left its rules folder, across restarts. */
@Singleton
public class FolderStateRepository implements PanacheRepositoryBase<FolderStateEntity, FolderStateEntity.Key> {
    /** How this instance, or a version that did not store which it was, left the folder. */
    public Optional<FolderState.Remembered> of(String instance, Path folder) {
        return find(
                        "key.folder = ?1 and key.instance in ?2",
                        Sort.descending("key.instance"),
                        folder.toString(),
                        List.of(instance, ""))
                .page(0, 1)
                .firstResultOptional()
                .map(row -> new FolderState.Remembered(row.state, row.at));
    }

    public void save(String instance, Path folder, FolderState state, Instant at) {
        FolderStateEntity row = new FolderStateEntity();
        row.key = new FolderStateEntity.Key(instance, folder.toString());
        row.state = state;
        row.at = at;
        getEntityManager().merge(row);
    }
}
