package dev.vitrine.merchandising;

/** By what the shelf is kept diverse. */
public enum DiversityKey {
    BRAND,
    CATEGORY,
    NEIGHBOURHOOD,
    FAMILY;

    /** The candidate's brand, category, neighbourhood or family; "" where it has none, and then it is not counted. */
    public String of(Candidate candidate) {
        return switch (this) {
            case BRAND -> candidate.brand();
            case CATEGORY -> candidate.category();
            case NEIGHBOURHOOD -> Categories.neighbourhood(candidate.category());
            case FAMILY -> candidate.family();
        };
    }
}
