package dev.vitrine.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A key as it is kept: what it is good for, and its hash. SHA-256 without salt or stretching is right for 256 random
 * bits: there is no list of likely keys to try, as there is of passwords.
 *
 * @param name whom it belongs to
 * @param hash SHA-256 of the key's text, in hexadecimal
 */
record ApiKey(String name, Role role, String hash) {
    /** Recognisable, so that a key that strayed into a file or a chat can be searched for. */
    static final String PREFIX = "vitrine_";

    private static final int RANDOM_BYTES = 32;

    /** A new key's text, which nobody knows but the one who is told it now. */
    static String random() {
        byte[] bytes = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(bytes);
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static ApiKey of(String name, Role role, String text) {
        return new ApiKey(name, role, hash(text));
    }

    /** Whether this is the key with that hash; takes as long whether it is nearly so or not at all. */
    boolean hasHash(String other) {
        return MessageDigest.isEqual(
                hash.getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.US_ASCII));
    }

    static String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
