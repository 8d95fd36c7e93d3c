package dev.vitrine.rulebook.engine;

import dev.vitrine.rulebook.source.RuleFile;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.drools.model.Model;
import org.jboss.logging.Logger;

/**
 * Byte code of rule files on disk, found by the hash of each file's path and text, so that a start compiles only what is
 * new. An entry is not trusted: a damaged one or one of another build is deleted, and {@link RuleClasses} checks the code of
 * an intact one. A cache that cannot be read or written costs the next start some time and nothing else.
 */
public final class CompiledRuleCache {
    private static final Logger LOG = Logger.getLogger(CompiledRuleCache.class);

    /** To be changed together with the layout of an entry. */
    private static final String FORMAT = "vitrine-rules-1";

    private static final String ENTRY = ".rules";
    private static final String UNFINISHED = ".tmp";
    /** Writing an entry takes milliseconds. */
    private static final Duration UNFINISHED_MAX = Duration.ofHours(1);

    /** A hundred times what the shipped rules take; a larger file is none of ours. */
    private static final long ENTRY_BYTES_MAX = 64L << 20;

    /** Every checked draft adds an entry for each file that it changes; a day of drafting must not push out what is live. */
    static final int ENTRIES_MAX = 500;

    private static final Path NO_FILE = Path.of("");

    /** Some of the files that were asked for, and the models of these and possibly of other files. */
    public record Hit(Set<RuleFile> files, List<Model> models) {}

    private final Path folder;
    private final String build;
    private final byte[] shipped;
    /** Hashes of rule files by entry; null until the folder was read. */
    private Map<Path, Set<String>> entries;

    private boolean failureLogged;

    /** @param build identifies all that byte code depends on besides its rule files */
    public CompiledRuleCache(Path folder, String build, byte[] shipped) {
        this.folder = folder;
        this.build = build;
        this.shipped = shipped;
    }

    /** Loads as many of the files as the cache holds; each of them is in at most one of the hits. */
    public synchronized List<Hit> load(Collection<RuleFile> files) {
        Map<String, RuleFile> wanted = new LinkedHashMap<>();
        files.forEach(file -> wanted.put(hash(file), file));
        List<Hit> hits = new ArrayList<>();
        Map<Path, Set<String>> untried = new HashMap<>(entries());
        for (Optional<Path> entry = best(untried, wanted); entry.isPresent(); entry = best(untried, wanted)) {
            Set<String> held = untried.remove(entry.get());
            models(entry.get()).ifPresent(models -> {
                Set<RuleFile> found = held.stream()
                        .map(wanted::remove)
                        .filter(Objects::nonNull)
                        .collect(Collectors.toSet());
                hits.add(new Hit(found, models));
            });
        }
        return hits;
    }

    private static Optional<Path> best(Map<Path, Set<String>> entries, Map<String, RuleFile> wanted) {
        Map<Path, Long> held = new HashMap<>();
        entries.forEach((entry, hashes) ->
                held.put(entry, hashes.stream().filter(wanted::containsKey).count()));
        return held.keySet().stream()
                .filter(entry -> held.get(entry) > 0)
                .max(Comparator.<Path, Long>comparing(held::get).thenComparing(entry -> entry.equals(NO_FILE)));
    }

    private Optional<List<Model>> models(Path entry) {
        try {
            List<Model> models =
                    code(entry.equals(NO_FILE) ? shipped : bytes(entry)).load();
            if (!entry.equals(NO_FILE)) {
                // what was not used for longest is deleted first
                Files.setLastModifiedTime(entry, FileTime.from(Instant.now()));
            }
            return Optional.of(models);
        } catch (IOException | RuntimeException | LinkageError e) {
            LOG.debugf(e, "The compiled rules in %s cannot be used", entry);
            delete(entry);
            return Optional.empty();
        }
    }

    synchronized void keep(Collection<RuleFile> files, RuleByteCode code) {
        Set<String> hashes = hashes(files);
        Path entry = folder.resolve(
                hash(build, String.join("", hashes.stream().sorted().toList())) + ENTRY);
        try {
            write(entry, encoded(hashes, code));
            entries().put(entry, hashes);
            makeRoom();
        } catch (IOException | RuntimeException e) {
            if (!failureLogged) {
                failureLogged = true;
                LOG.warnf("Compiled rules cannot be kept in %s; the next start compiles them again: %s", folder, e);
            }
        }
    }

    private Map<Path, Set<String>> entries() {
        if (entries == null) {
            entries = new HashMap<>();
            hashes(new ByteArrayInputStream(shipped)).ifPresent(hashes -> entries.put(NO_FILE, hashes));
            for (Path file : files()) {
                String name = file.getFileName().toString();
                if (name.endsWith(ENTRY)) {
                    hashes(file).ifPresentOrElse(hashes -> entries.put(file, hashes), () -> delete(file));
                } else if (name.endsWith(UNFINISHED) && unused(file)) {
                    delete(file);
                }
            }
        }
        return entries;
    }

    /** Left behind by a killed process rather than being written now by one that uses the same folder. */
    private static boolean unused(Path unfinished) {
        try {
            return Files.getLastModifiedTime(unfinished)
                    .toInstant()
                    .isBefore(Instant.now().minus(UNFINISHED_MAX));
        } catch (IOException e) {
            return false;
        }
    }

    private List<Path> files() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        } catch (IOException | RuntimeException e) {
            LOG.debugf(e, "%s cannot be read", folder);
            return List.of();
        }
    }

    private void makeRoom() throws IOException {
        if (entries.size() <= ENTRIES_MAX) {
            return;
        }
        Map<Path, FileTime> used = new HashMap<>();
        for (Path entry : entries.keySet()) {
            if (!entry.equals(NO_FILE)) {
                used.put(entry, Files.getLastModifiedTime(entry));
            }
        }
        used.keySet().stream()
                .sorted(Comparator.comparing(used::get))
                .limit(entries.size() - ENTRIES_MAX)
                .toList()
                .forEach(this::delete);
    }

    private void delete(Path entry) {
        entries.remove(entry);
        if (!entry.equals(NO_FILE)) {
            try {
                Files.deleteIfExists(entry);
            } catch (IOException e) {
                LOG.debugf(e, "%s cannot be deleted", entry);
            }
        }
    }

    /** Written aside and moved into place, so that nobody reads a half; what a crash tears fails its checksum. */
    private void write(Path entry, byte[] bytes) throws IOException {
        Files.createDirectories(folder, ownerOnly());
        Path aside = Files.createTempFile(folder, "entry", UNFINISHED);
        try {
            Files.write(aside, bytes);
            Files.move(aside, entry, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(aside);
        }
    }

    private static FileAttribute<?>[] ownerOnly() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
    }

    private byte[] encoded(Set<String> hashes, RuleByteCode code) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeUTF(FORMAT);
        out.writeUTF(build);
        writeNames(out, hashes);
        writeNames(out, code.models());
        out.writeInt(code.classes().size());
        for (Map.Entry<String, byte[]> one : code.classes().entrySet()) {
            out.writeUTF(one.getKey());
            out.writeInt(one.getValue().length);
            out.write(one.getValue());
        }
        out.writeLong(checksum(bytes.toByteArray(), bytes.size()));
        return bytes.toByteArray();
    }

    private static void writeNames(DataOutputStream out, Collection<String> names) throws IOException {
        out.writeInt(names.size());
        for (String name : names) {
            out.writeUTF(name);
        }
    }

    private Optional<Set<String>> hashes(Path file) {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            return hashes(in);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Optional<Set<String>> hashes(InputStream entry) {
        DataInputStream in = new DataInputStream(entry);
        try {
            return in.readUTF().equals(FORMAT) && in.readUTF().equals(build)
                    ? Optional.of(new HashSet<>(names(in)))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static byte[] bytes(Path entry) throws IOException {
        if (Files.size(entry) > ENTRY_BYTES_MAX) {
            throw new IOException("too large");
        }
        return Files.readAllBytes(entry);
    }

    private static RuleByteCode code(byte[] entry) throws IOException {
        int length = entry.length - Long.BYTES;
        if (length < 0 || ByteBuffer.wrap(entry).getLong(length) != checksum(entry, length)) {
            throw new IOException("damaged");
        }
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(entry, 0, length));
        in.readUTF();
        in.readUTF();
        names(in);
        List<String> models = names(in);
        Map<String, byte[]> classes = new HashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            String path = in.readUTF();
            classes.put(path, in.readNBytes(in.readInt()));
        }
        return new RuleByteCode(classes, models);
    }

    private static List<String> names(DataInputStream in) throws IOException {
        List<String> names = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            names.add(in.readUTF());
        }
        return names;
    }

    private static long checksum(byte[] bytes, int length) {
        CRC32 checksum = new CRC32();
        checksum.update(bytes, 0, length);
        return checksum.getValue();
    }

    private static Set<String> hashes(Collection<RuleFile> files) {
        return files.stream().map(CompiledRuleCache::hash).collect(Collectors.toSet());
    }

    private static String hash(RuleFile file) {
        return hash(file.path(), file.text());
    }

    private static String hash(String first, String second) {
        try {
            MessageDigest hash = MessageDigest.getInstance("SHA-256");
            hash.update(first.getBytes(StandardCharsets.UTF_8));
            // stands in no path and no build, so that nothing can move from one to the other
            hash.update((byte) 0);
            return HexFormat.of().formatHex(hash.digest(second.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
