package dev.vitrine.idempotency;

import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;

/** A row of {@code idempotency_key}. */
@Entity
@Table(name = "idempotency_key")
class IdempotencyKeyEntity {
    /**
     * @param call method and path
     * @param caller the name of whose key the call was made with
     */
    @Embeddable
    record Id(String call, String caller, String key) {}

    @EmbeddedId
    Id id;

    String request;
    int status;
    String location;
    String answer;
    Instant createdAt;
}
