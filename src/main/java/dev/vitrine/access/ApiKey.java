package dev.vitrine.access;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * A valid key, or one that will expire. It is stored as SHA-256 in hexadecimal. 256 random bits need no salt: no list of
 * likely keys exists.
 */
record ApiKey(String name, Role role, String hash, Instant expiresAt) {
    /** Makes a key that got into a file or a chat easy to find. */
    static final String PREFIX = "vitrine_";

    private static final int RANDOM_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** The text of a new key. It is shown once and never stored. */
    static String random() {
        byte[] bytes = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(bytes);
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static ApiKey of(String name, Role role, String text) {
        return new ApiKey(name, role, hash(text), null);
    }

    boolean expired(Instant now) {
        return expiresAt != null && !now.isBefore(expiresAt);
    }

    static String hash(String text) {
        return DigestUtils.sha256Hex(text);
    }
}
