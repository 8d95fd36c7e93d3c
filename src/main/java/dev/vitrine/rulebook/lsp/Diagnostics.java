package dev.vitrine.rulebook.lsp;

import dev.vitrine.rulebook.check.RuleCheck;
import dev.vitrine.rulebook.lsp.OpenFiles.OpenFile;
import dev.vitrine.rulebook.source.RuleFile;
import dev.vitrine.rulebook.source.RuleProblem;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.lsp4j.PublishDiagnosticsParams;

/** Checks the folder of a file that changes, once the typing pauses, and tells the editor what is wrong. */
final class Diagnostics implements AutoCloseable {
    private static final long PAUSE_MILLIS = 300;
    private static final long REFRESH_SECONDS = 60;
    /** The service takes a body of 1 MiB. A larger book is checked by what is open. */
    private static final int BODY_MAX = 800_000;

    interface Editor {
        void publish(PublishDiagnosticsParams diagnostics);

        void warn(String message);
    }

    /** What the last check found in a file, and the text that it saw. */
    record Found(String text, List<RuleProblem> problems) {}

    private final OpenFiles files;
    private final RunningShop service;
    private final RuleCheck check;
    private final Editor editor;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread one = new Thread(task, "rule-check");
        one.setDaemon(true);
        return one;
    });
    private final Map<Path, Future<?>> planned = new HashMap<>();
    private final Map<String, Found> found = new ConcurrentHashMap<>();
    private final Map<Path, Set<String>> marked = new HashMap<>();
    private boolean reachable = true;

    /** @param service null if there is none */
    Diagnostics(OpenFiles files, RunningShop service, ZoneId zone, Editor editor) {
        this.files = files;
        this.service = service;
        this.check = RuleCheck.ofFilesAlone(Clock.system(zone), zone);
        this.editor = editor;
    }

    /** Begins to ask the service, once there is somebody to tell when it does not answer. */
    void begin() {
        if (service != null) {
            thread.scheduleWithFixedDelay(this::refresh, 0, REFRESH_SECONDS, TimeUnit.SECONDS);
        }
    }

    private void refresh() {
        told(() -> {
            service.refresh();
            return null;
        });
    }

    private interface Call<T> {
        T get() throws IOException, InterruptedException;
    }

    /** The service's answer, or null. Tells once that it does not answer. */
    private <T> T told(Call<T> call) {
        try {
            T answer = call.get();
            reachable = true;
            return answer;
        } catch (IOException e) {
            if (reachable) {
                editor.warn("Rules are checked without the shop: " + e.getMessage() + ".");
            }
            reachable = false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return null;
    }

    synchronized void plan(Path folder) {
        Future<?> before = planned.get(folder);
        if (before != null) {
            before.cancel(false);
        }
        if (!thread.isShutdown()) {
            planned.put(folder, thread.schedule(() -> check(folder), PAUSE_MILLIS, TimeUnit.MILLISECONDS));
        }
    }

    /** What was found in a file, null if it was not checked. */
    Found found(String uri) {
        return found.get(uri);
    }

    private void check(Path folder) {
        try {
            publish(folder, files.files(folder));
        } catch (RuntimeException e) {
            editor.warn("The rules cannot be checked: " + e + ".");
        }
    }

    private void publish(Path folder, List<RuleFile> all) {
        Map<String, String> texts = new HashMap<>();
        all.forEach(file -> texts.put(file.path(), file.text()));
        Map<String, List<RuleProblem>> byPath = new HashMap<>();
        files.in(folder).forEach(file -> byPath.put(file.path(), new ArrayList<>()));
        for (RuleProblem problem : problems(folder, all)) {
            if (texts.containsKey(problem.file())) {
                byPath.computeIfAbsent(problem.file(), path -> new ArrayList<>())
                        .add(problem);
            }
        }
        Set<String> before = marked.getOrDefault(folder, Set.of());
        Set<String> now = new HashSet<>();
        byPath.forEach((path, problems) -> {
            String uri = files.uri(folder, path);
            String text = texts.get(path);
            now.add(uri);
            found.put(uri, new Found(text, problems));
            OpenFile open = files.get(uri);
            editor.publish(new PublishDiagnosticsParams(
                    uri,
                    problems.stream().map(one -> Places.diagnostic(one, text)).toList(),
                    open == null || !open.text().equals(text) ? null : open.version()));
        });
        for (String uri : before) {
            if (!now.contains(uri)) {
                found.remove(uri);
                editor.publish(new PublishDiagnosticsParams(uri, List.of()));
            }
        }
        marked.put(folder, now);
    }

    private List<RuleProblem> problems(Path folder, List<RuleFile> all) {
        if (service != null) {
            int characters = all.stream().mapToInt(file -> file.text().length()).sum();
            List<RuleFile> sent = all;
            if (characters > BODY_MAX) {
                sent = files.in(folder).stream().map(OpenFile::file).toList();
            }
            List<RuleFile> files = sent.stream()
                    .filter(file -> file.holdsRules() || file.holdsExamples())
                    .toList();
            List<RuleProblem> problems = told(() -> service.check(files));
            if (problems != null) {
                return problems;
            }
        }
        return check.asked(all, List.of()).problems();
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
