package dev.vitrine.rulebook.edition;

import dev.vitrine.rulebook.source.RuleChange;
import dev.vitrine.rulebook.source.RuleFile;
import dev.vitrine.rulebook.source.RuleProblem;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

/** An edition as it is stored: what was published, when, by whom and why. */
public record StoredEdition(
        int number,
        Instant publishedAt,
        String author,
        String note,
        String hash,
        List<RuleFile> files,
        List<RuleChange> changes,
        List<RuleProblem> warnings,
        State state) {
    /** What became of an edition. Only one that was published has ever served all visits. */
    public enum State {
        PUBLISHED,
        /** Serves a share of visits. */
        STAGED,
        /** Was staged, and then published under another number. */
        PROMOTED,
        /** Was staged, and taken back; or was live on one instance without the database while others published. */
        WITHDRAWN
    }

    public StoredEdition(
            int number, Instant publishedAt, String author, String note, String hash, List<RuleFile> files) {
        this(number, publishedAt, author, note, hash, files, List.of(), List.of(), State.PUBLISHED);
    }

    public StoredEdition withNumber(int other) {
        return new StoredEdition(other, publishedAt, author, note, hash, files, changes, warnings, state);
    }

    public StoredEdition withState(State other) {
        return new StoredEdition(number, publishedAt, author, note, hash, files, changes, warnings, other);
    }

    /** SHA-256 over all paths and texts: two rule books with the same hash say the same. */
    public static String hash(List<RuleFile> files) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            files.stream().sorted().forEach(file -> {
                digest.update(file.path().getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
                digest.update(file.text().getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
            });
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
