package dev.vitrine.merchandising;

/** Functions that name a share over time: one list may have fewer, another makes up for it. No name is a word of a fact. */
public final class Shares {
    private Shares() {}

    /** Of all places that this placement has filled since the shop's midnight. */
    public static Share overTheDay(double share) {
        return new Share(share, Share.Window.DAY);
    }

    /** Of all places that this placement has filled since the full hour. */
    public static Share overTheHour(double share) {
        return new Share(share, Share.Window.HOUR);
    }
}
