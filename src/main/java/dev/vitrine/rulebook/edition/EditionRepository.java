package dev.vitrine.rulebook.edition;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.vitrine.problem.Json;
import dev.vitrine.rulebook.edition.StoredEdition.State;
import dev.vitrine.rulebook.source.RuleChange;
import dev.vitrine.rulebook.source.RuleProblem;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import jakarta.inject.Singleton;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The {@code edition} table. Editions are never changed, but for their state. */
@Singleton
public class EditionRepository implements PanacheRepositoryBase<EditionEntity, Integer> {
    /** Files of an edition that cannot be read are none. */
    private static final String FILES = "case when jsonb_typeof(files) = 'array' then files else '[]' end";

    private static final Sort NEWEST_FIRST = Sort.descending("number");

    /** The numbers of the published editions before that one, newest first. */
    public List<Integer> publishedBefore(int number) {
        return getSession()
                .createQuery(
                        "select number from EditionEntity where number < :number and state = PUBLISHED order by number desc",
                        Integer.class)
                .setParameter("number", number)
                .getResultList();
    }

    public Optional<StoredEdition> before(int number) {
        return find("number < ?1 and state = ?2", NEWEST_FIRST, number, State.PUBLISHED)
                .page(0, 1)
                .firstResultOptional()
                .map(EditionEntity::edition);
    }

    /** The highest number that was ever given, and that of the edition published last; 0 where there is none. */
    public record Numbers(int last, int published) {}

    public Numbers numbers() {
        return getSession()
                .createQuery(
                        """
                        select coalesce(max(number), 0), coalesce(max(case when state = PUBLISHED then number end), 0)
                        from EditionEntity""",
                        Numbers.class)
                .getSingleResult();
    }

    /** Whether a published edition had this text in this file; a null text stands for no such file. */
    public boolean published(String path, String text) {
        return (boolean) getEntityManager()
                .createNativeQuery(
                        """
                        select exists (select 1 from edition where state = 'PUBLISHED' and
                            (select one ->> 'text' from jsonb_array_elements(%s) one where one ->> 'path' = :path)
                            is not distinct from cast(:text as text))"""
                                .formatted(FILES),
                        Boolean.class)
                .setParameter("path", path)
                .setParameter("text", text)
                .getSingleResult();
    }

    /** Whether a published edition had all these files, by their hash. */
    public boolean published(String hash) {
        return count("hash = ?1 and state = ?2", hash, State.PUBLISHED) > 0;
    }

    public Optional<StoredEdition> edition(int number) {
        return findByIdOptional(number).map(EditionEntity::edition);
    }

    record WithoutFiles(
            int number,
            Instant publishedAt,
            String author,
            String note,
            String hash,
            List<RuleChange> changes,
            List<RuleProblem> warnings,
            State state) {}

    /** The newest numbers before that one, newest first. */
    public List<Integer> numbersBefore(int number, int limit) {
        return getSession()
                .createQuery(
                        "select number from EditionEntity where number < :number order by number desc", Integer.class)
                .setParameter("number", number)
                .setMaxResults(limit)
                .getResultList();
    }

    /** The editions with these numbers, newest first; without their files. */
    public List<StoredEdition> list(List<Integer> numbers) {
        return getSession()
                .createQuery(
                        """
                        select number, publishedAt, author, note, hash, changes, warnings, state from EditionEntity
                        where number in :numbers order by number desc""",
                        WithoutFiles.class)
                .setParameter("numbers", numbers)
                .getResultStream()
                .map(row -> new StoredEdition(
                        row.number,
                        row.publishedAt,
                        row.author,
                        row.note,
                        row.hash,
                        List.of(),
                        row.changes,
                        row.warnings,
                        row.state))
                .toList();
    }

    /** A file in one edition; the text is null where the edition has no such file. */
    public record Version(int edition, String author, String text) {}

    public List<Version> versions(String path, int from, int to) {
        return getSession()
                .createNativeQuery(
                        """
                        select number, author, file ->> 'text' as text from edition left join lateral
                            (select one from jsonb_array_elements(%s) one where one ->> 'path' = :path) f (file) on true
                        where number between :from and :to and (state = 'PUBLISHED' or number = :from)
                        order by number"""
                                .formatted(FILES),
                        Tuple.class)
                .setParameter("path", path)
                .setParameter("from", from)
                .setParameter("to", to)
                .getResultStream()
                .map(row -> new Version(
                        row.get("number", Integer.class),
                        row.get("author", String.class),
                        row.get("text", String.class)))
                .toList();
    }

    /** Whether one of the newest editions had the file. */
    public boolean had(String path, int newest) {
        return !getSession()
                .createNativeQuery(
                        """
                        select number from (select number, files from edition order by number desc limit :newest) edition
                        where exists
                            (select from jsonb_array_elements(%s) one where one ->> 'path' = :path)
                        limit 1"""
                                .formatted(FILES),
                        Integer.class)
                .setParameter("newest", newest)
                .setParameter("path", path)
                .getResultList()
                .isEmpty();
    }

    /** Whether some edition added, changed, moved or deleted a rule of this name. */
    public boolean hadRule(String name) {
        return !getSession()
                .createNativeQuery(
                        """
                        select number from edition
                        where changes @> jsonb_build_array(jsonb_build_object('rule', cast(:name as text)))
                        limit 1""",
                        Integer.class)
                .setParameter("name", name)
                .getResultList()
                .isEmpty();
    }

    /** False when another instance took the number, or another edition is staged and this one is to be. */
    public boolean add(StoredEdition edition) {
        return getSession()
                        .createNativeQuery(
                                """
                                insert into edition
                                    (number, published_at, author, note, hash, files, changes, warnings, state)
                                values (:number, :publishedAt, :author, :note, :hash, cast(:files as jsonb),
                                    cast(:changes as jsonb), cast(:warnings as jsonb), :state)
                                on conflict do nothing""")
                        .setParameter("number", edition.number())
                        .setParameter("publishedAt", edition.publishedAt())
                        .setParameter("author", edition.author())
                        .setParameter("note", edition.note())
                        .setParameter("hash", edition.hash())
                        .setParameter("files", json(edition.files()))
                        .setParameter("changes", json(edition.changes()))
                        .setParameter("warnings", json(edition.warnings()))
                        .setParameter("state", edition.state().name())
                        .executeUpdate()
                == 1;
    }

    public void changeState(int number, State state) {
        update("state = ?1 where number = ?2", state, number);
    }

    private static String json(Object value) {
        try {
            return Json.MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
