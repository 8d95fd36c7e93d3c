package dev.vitrine.merchandising;

/** What the shelf is kept diverse by. */
public enum DiversityKey {
    BRAND,
    CATEGORY,
    FAMILY;

    /** The brand, category or family that the candidate belongs to; "" where it has none, and is not counted. */
    public String of(Candidate candidate) {
        return switch (this) {
            case BRAND -> candidate.brand();
            case CATEGORY -> candidate.category();
            case FAMILY -> candidate.family();
        };
    }
}
