package dev.vitrine.merchandising;

/**
 * The number of days since something that never happened: larger than any real one, so that a rule which asks for
 * "within a week" does not match, and one which asks for "longer ago than a month" does.
 */
final class Never {
    static final int DAYS = Integer.MAX_VALUE;

    private Never() {}
}
