package dev.vitrine.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ShopperKeysTest {
    private static ShopperKeys keys(String secret) {
        return new ShopperKeys(Optional.of(secret));
    }

    private static ShopperKeys configured(String secret) {
        return new ShopperKeys(new PrivacyConfig() {
            @Override
            public Optional<String> shopperHashKey() {
                return Optional.ofNullable(secret);
            }

            @Override
            public Duration keepErasures() {
                return Duration.ofDays(30);
            }
        });
    }

    @Test
    void withoutASecretAShopperIsStoredAsSent() {
        assertThat(configured(null).stored("s-1")).isEqualTo("s-1");
        assertThat(configured(" ").stored("s-1")).isEqualTo("s-1");
        assertThat(configured(null).stored(null)).isNull();
    }

    /** The first 128 bits of test case 2 of RFC 4231, in base64url. */
    @Test
    void withASecretAKeyedHashStandsForTheShopper() {
        assertThat(keys("Jefe").stored("what do ya want for nothing?")).isEqualTo("W9zBRr9gdU5qBCQmCJV1xw");
        assertThat(keys("another").stored("what do ya want for nothing?")).isNotEqualTo("W9zBRr9gdU5qBCQmCJV1xw");
        assertThat(keys("Jefe").stored(null)).isNull();
    }

    @Test
    void aSecretThatCanBeGuessedIsRefused() {
        assertThatThrownBy(() -> configured("short"))
                .hasMessage("vitrine.privacy.shopper-hash-key has 5 characters; it must have at least 32");
        assertThat(configured("x".repeat(32)).stored("s-1")).isNotEqualTo("s-1");
    }
}
