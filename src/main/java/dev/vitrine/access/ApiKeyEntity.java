package dev.vitrine.access;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A row of {@code access_key}. */
@Entity
@Table(name = "access_key")
class ApiKeyEntity {
    @Id
    String name;

    @Enumerated(EnumType.STRING)
    Role role;

    String hash;
    Instant createdAt;
    String createdBy;
    Instant expiresAt;
    Instant revokedAt;
    Instant lastUsedAt;

    ApiKey key() {
        return new ApiKey(name, role, hash, expiresAt);
    }
}
