package dev.vitrine.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WriteBehindTest {
    @ParameterizedTest
    @ValueSource(classes = {StackOverflowError.class, OutOfMemoryError.class, NoClassDefFoundError.class})
    void anErrorEndsNoRecording(Class<? extends Error> type) throws Exception {
        Error error = type.getConstructor(String.class).newInstance("of one batch");
        CountDownLatch failed = new CountDownLatch(1);
        List<String> written = new CopyOnWriteArrayList<>();
        try (WriteBehind<String> behind = new WriteBehind<String>("test-behind", 100, String::length, 10, batch -> {
                    if (batch.contains("broken")) {
                        failed.countDown();
                        throw error;
                    }
                    written.addAll(batch);
                })
                .start()) {
            behind.offer("broken");
            failed.await();
            behind.offer("next");
            Await.until(() -> !written.isEmpty());
        }
        assertThat(written).containsExactly("next");
    }

    @Test
    void whatWaitsIsBoundedByItsBytes() {
        List<String> written = new CopyOnWriteArrayList<>();
        try (WriteBehind<String> behind = new WriteBehind<>("test-behind", 100, String::length, 10, written::addAll)) {
            assertThat(behind.offer("x".repeat(60))).isTrue();
            assertThat(behind.offer("y".repeat(60))).isFalse();
            assertThat(behind.offer("z".repeat(40))).isTrue();
            assertThat(behind.dropped()).isEqualTo(1);
            behind.start();
            Await.until(() -> written.size() == 2);
            Await.until(() -> behind.offer("y".repeat(100)));
        }
        assertThat(written).hasSize(3);
    }
}
