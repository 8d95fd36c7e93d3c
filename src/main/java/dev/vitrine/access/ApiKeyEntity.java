package dev.vitrine.access;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;

/** A row of {@code access_key}. */
@Entity
@Table(name = "access_key")
class ApiKeyEntity {
    @Id
    String name;

    /** A text, as a newer version may know other roles. */
    String role;

    String hash;
    Instant createdAt;
    String createdBy;
    Instant expiresAt;
    Instant revokedAt;
    Instant lastUsedAt;

    /** Empty for a role that is not known here. */
    Optional<ApiKey> key() {
        return Role.of(role).map(known -> new ApiKey(name, known, hash, expiresAt));
    }
}
