package dev.vitrine.merchandising;

/** A share, 0 to 1, of the places of the list, or of all lists of the placement in the current hour or day. */
public record Share(double value, Window window) {
    public enum Window {
        LIST,
        HOUR,
        DAY
    }

    public Share {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException("a share is 0 to 1, not " + value);
        }
    }

    @Override
    public String toString() {
        String share = Proposal.number(value);
        return switch (window) {
            case LIST -> share;
            case HOUR -> share + " over the hour";
            case DAY -> share + " over the day";
        };
    }
}
