package dev.vitrine.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.access.AccessConfig;
import dev.vitrine.access.OpenOnLoopback;
import io.quarkus.vertx.http.HttpServerStart;
import io.quarkus.vertx.http.HttpsServerStart;
import io.vertx.core.http.HttpServerOptions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GreetingTest {
    private static final HttpServerOptions SERVER = new HttpServerOptions().setPort(8443);

    @Test
    void theFirstRequestNeedsNoKeyOnTheEmbeddedDatabase() {
        Greeting greeting = greeting(Optional.empty(), Optional.empty());
        greeting.open(new HttpServerStart(SERVER));
        assertThat(greeting.request())
                .startsWith("curl -s http://localhost:8443/decisions")
                .doesNotContain("Authorization");
    }

    @Test
    void whereTheCallNeedsAKeyTheRequestHasIt() {
        assertThat(greeting(Optional.of("jdbc:postgresql://host/db"), Optional.empty())
                        .request())
                .contains("Authorization: Bearer $VITRINE_STOREFRONT_KEY");
        assertThat(greeting(Optional.empty(), Optional.of(false)).request()).contains("Authorization");
        assertThat(greeting(Optional.of("jdbc:postgresql://host/db"), Optional.of(true))
                        .request())
                .doesNotContain("Authorization");
    }

    @Test
    void withTlsTheRequestSpeaksIt() {
        Greeting greeting = greeting(Optional.empty(), Optional.empty());
        greeting.openWithTls(new HttpsServerStart(SERVER));
        assertThat(greeting.request()).startsWith("curl -s -k https://localhost:8443/decisions");
    }

    /** Without a demo shop's campaigns nothing is logged, whatever opens. */
    private static Greeting greeting(Optional<String> database, Optional<Boolean> open) {
        AccessConfig config = new AccessConfig() {
            @Override
            public Optional<Boolean> openOnLoopback() {
                return open;
            }

            @Override
            public Optional<List<String>> corsOrigins() {
                return Optional.empty();
            }

            @Override
            public Duration keepAudit() {
                return Duration.ofDays(1);
            }
        };
        return new Greeting(null, false, new OpenOnLoopback(config, true, database));
    }
}
