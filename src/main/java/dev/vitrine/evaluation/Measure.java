package dev.vitrine.evaluation;

import dev.vitrine.decision.dryrun.ListWorth;
import dev.vitrine.merchandising.Candidate;
import dev.vitrine.merchandising.DiversityKey;
import dev.vitrine.merchandising.Facts;
import java.util.List;
import java.util.function.Predicate;

/** What a report measures on a list. */
enum Measure {
    /** Share of items that the shop tagged {@code core}. */
    CORE {
        @Override
        double of(List<Candidate> list, Facts facts) {
            return share(list, candidate -> candidate.tagged("core"));
        }
    },
    /** Share of items launched less than 30 days ago. */
    NEW {
        @Override
        double of(List<Candidate> list, Facts facts) {
            return share(list, candidate -> candidate.daysSinceLaunch() >= 0 && candidate.daysSinceLaunch() < NEW_DAYS);
        }
    },
    /** Share of items that sell below their list price or are covered by a campaign that ran at that moment. */
    ON_PROMO {
        @Override
        double of(List<Candidate> list, Facts facts) {
            return share(
                    list,
                    candidate -> candidate.onSale()
                            || facts.campaigns().stream().anyMatch(campaign -> campaign.covers(candidate)));
        }
    },
    /** Products that are expected to be taken next, for each time that the list is shown; see {@link ListWorth}. */
    TAKES {
        @Override
        double of(List<Candidate> list, Facts facts) {
            return ListWorth.of(list).takes();
        }
    },
    /** Of these, bought. */
    ORDERS {
        @Override
        double of(List<Candidate> list, Facts facts) {
            return ListWorth.of(list).orders();
        }
    },
    /** Their prices, in the shop's currency. */
    REVENUE {
        @Override
        double of(List<Candidate> list, Facts facts) {
            return ListWorth.of(list).revenue();
        }
    },
    /** What is left of that after cost. */
    EARNINGS {
        @Override
        double of(List<Candidate> list, Facts facts) {
            return ListWorth.of(list).earnings();
        }
    },
    /** Mean price of the list's items, in the shop's currency. */
    PRICE {
        @Override
        double of(List<Candidate> list, Facts facts) {
            return list.stream().mapToDouble(Candidate::price).average().orElse(0);
        }
    },
    /** Mean margin of the list's items, as a share of the price; 0 for an item whose cost is unknown. */
    MARGIN {
        @Override
        double of(List<Candidate> list, Facts facts) {
            return list.stream().mapToDouble(Candidate::margin).average().orElse(0);
        }
    },
    /** Diversity: how many different categories (whole paths) are on the list. */
    CATEGORIES {
        @Override
        double of(List<Candidate> list, Facts facts) {
            return different(list, DiversityKey.CATEGORY);
        }
    },
    /** Diversity: how many different brands are on the list. */
    BRANDS {
        @Override
        double of(List<Candidate> list, Facts facts) {
            return different(list, DiversityKey.BRAND);
        }
    },
    /** How many items are on the list. */
    LENGTH {
        @Override
        double of(List<Candidate> list, Facts facts) {
            return list.size();
        }
    };

    private static final int NEW_DAYS = 30;

    /** @param list what is shown, not empty */
    abstract double of(List<Candidate> list, Facts facts);

    private static double share(List<Candidate> list, Predicate<Candidate> which) {
        return (double) list.stream().filter(which).count() / list.size();
    }

    private static double different(List<Candidate> list, DiversityKey by) {
        return list.stream()
                .map(by::of)
                .filter(value -> !value.isEmpty())
                .distinct()
                .count();
    }
}
