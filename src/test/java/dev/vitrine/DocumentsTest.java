package dev.vitrine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.documents.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The documents lead somewhere, and the first of them is short. {@code DocumentedCallsTest} tries the calls in them. */
class DocumentsTest {
    private static final int README_BYTES_MAX = 8 * 1024;

    @Test
    void theReadmeIsReadInFiveMinutes() throws IOException {
        assertThat(Files.size(Path.of("README.md"))).isLessThanOrEqualTo(README_BYTES_MAX);
    }

    @Test
    void everyLinkLeadsSomewhere() {
        List<String> lost = new ArrayList<>();
        int followed = 0;
        for (Page page : Page.all()) {
            for (Page.Target link : page.links()) {
                if (!link.destination().matches("\\w+:.*")) {
                    followed++;
                    if (!leads(page, link.destination())) {
                        lost.add(page.path() + ":" + link.line() + " leads nowhere: " + link.destination());
                    }
                }
            }
        }
        assertThat(lost).isEmpty();
        assertThat(followed).as("links that were followed").isGreaterThan(20);
    }

    @Test
    void everyPageIsReachedFromTheReadme() {
        List<Path> reached = new ArrayList<>(List.of(Path.of("README.md")));
        for (int i = 0; i < reached.size(); i++) {
            for (Page.Target link : Page.read(reached.get(i)).links()) {
                Path to = file(reached.get(i), link.destination());
                if (to.toString().endsWith(".md") && Files.exists(to) && !reached.contains(to)) {
                    reached.add(to);
                }
            }
        }
        assertThat(reached).containsAll(Page.all().stream().map(Page::path).toList());
    }

    private static boolean leads(Page page, String destination) {
        Path file = file(page.path(), destination);
        int hash = destination.indexOf('#');
        return Files.exists(file) && (hash < 0 || Page.read(file).anchors().contains(destination.substring(hash + 1)));
    }

    /** Where the link leads, from the root of the repository. */
    private static Path file(Path page, String destination) {
        String path = destination.replaceAll("#.*", "");
        return path.isEmpty() ? page : page.resolveSibling(path).normalize();
    }
}
