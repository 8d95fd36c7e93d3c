package dev.vitrine.privacy;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The keys under which shoppers are stored: as the storefront sends them, or as keyed hashes where a setting says so. */
@Singleton
public final class ShopperKeys {
    private static final String ALGORITHM = "HmacSHA256";
    /** 128 bits: two shoppers of a billion have the same with a chance of one in 10^20. */
    private static final int BYTES = 16;
    /** Shoppers' keys are often numbers: with a secret that can be guessed, each hash could be taken back. */
    private static final int LENGTH_MIN = 32;

    private final Optional<SecretKeySpec> secret;

    @Inject
    public ShopperKeys(PrivacyConfig config) {
        this(config.shopperHashKey()
                .map(String::strip)
                .filter(key -> !key.isEmpty())
                .map(ShopperKeys::longEnough));
    }

    ShopperKeys(Optional<String> secret) {
        this.secret = secret.map(key -> new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), ALGORITHM));
    }

    private static String longEnough(String key) {
        if (key.length() < LENGTH_MIN) {
            throw new IllegalArgumentException("vitrine.privacy.shopper-hash-key has " + key.length()
                    + " characters; it must have at least " + LENGTH_MIN);
        }
        return key;
    }

    /** The key under which this shopper is stored; null stays null. */
    public String stored(String shopper) {
        return shopper == null || secret.isEmpty() ? shopper : hash(shopper, secret.get());
    }

    private static String hash(String shopper, SecretKeySpec secret) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            byte[] hash = mac.doFinal(shopper.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
