package dev.vitrine.merchandising;

/**
 * Where rules say what they want: the one global of every rule file. Proposals are collected by rule and settled afterwards,
 * independent of their order. A verb throws {@link IllegalArgumentException} for a value that it cannot use (a boost below
 * 1, a share above 1). The decision leaves that rule out and names it.
 */
public interface Shelf {
    /** Read the visit as this mood, about this category, with this confidence (above 0, at most 1), for this reason. */
    void read(Mood mood, String category, double confidence, String evidence);

    void hide(Candidate candidate);

    /** Show the candidate at this position, from 1 to 100. */
    void pin(Candidate candidate, int position);

    /** Lift the candidate: its score is multiplied by a factor from 1 to 100. */
    void boost(Candidate candidate, double factor);

    /** Lower the candidate: its score is multiplied by a factor above 0 and below 1. */
    void bury(Candidate candidate, double factor);

    /** At least this share of the places (0 to 1, rounded up) goes to candidates with the tag. */
    void guarantee(double share, String tag);

    void guarantee(double share, Group group);

    /** At least this share, counted over the hour or the day, goes to candidates with the tag. */
    void guarantee(Share share, String tag);

    void guarantee(Share share, Group group);

    /** At most this share of the places (0 to 1, rounded down) goes to candidates with the tag. */
    void cap(double share, String tag);

    void cap(double share, Group group);

    /** At most this share, counted over the hour or the day, goes to candidates with the tag. */
    void cap(Share share, String tag);

    void cap(Share share, Group group);

    /** At most this many places (0 to 100) go to the group. */
    void atMost(int count, Group group);

    /** At most this many places (1 to 100) go to each brand, category or family. */
    void atMost(int count, DiversityKey each);

    /** Guarantees lift and count no candidate with a lower relevance (0 to 1). Of several floors, the highest counts. */
    void floor(double relevance);

    void show(Display display);
}
