package dev.vitrine.decision.share;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;

/** A row of {@code share}: what one run of one instance has counted in an hour. */
@Entity
@IdClass(ShareEntity.Key.class)
@Table(name = "share")
class ShareEntity {
    @Id
    Instant at;

    @Id
    String placement;

    @Id
    String promisedTo;

    @Id
    String verb;

    /** The window: list, hour or day. */
    @Id
    String reckoned;

    @Id
    String run;

    String instance;
    long lists;
    long places;
    double promised;
    long delivered;
    long lackedMembers;
    long lackedRelevance;
    long lackedRoom;
    String[] rules;

    record Key(Instant at, String placement, String promisedTo, String verb, String reckoned, String run) {}
}
