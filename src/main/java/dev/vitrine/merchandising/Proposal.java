package dev.vitrine.merchandising;

import java.util.Locale;

/** What a rule wants for a candidate or for the shelf. The settlement decides between them. */
public sealed interface Proposal {
    String rule();

    String effect();

    record Hide(String rule, Candidate candidate) implements Proposal {
        @Override
        public String effect() {
            return "hide";
        }
    }

    record Pin(String rule, Candidate candidate, int position) implements Proposal {
        @Override
        public String effect() {
            return "pin to " + position;
        }
    }

    /** Multiply this candidate's score, by more than 1 (boost) or less (bury). */
    record Boost(String rule, Candidate candidate, double factor) implements Proposal {
        @Override
        public String effect() {
            return (factor >= 1 ? "boost " : "bury ") + number(factor);
        }
    }

    record Guarantee(String rule, Share share, Group group) implements Proposal {
        @Override
        public String effect() {
            return "guarantee " + share + " " + group;
        }
    }

    record Cap(String rule, Share share, Group group) implements Proposal {
        @Override
        public String effect() {
            return "cap " + share + " " + group;
        }
    }

    record AtMost(String rule, int count, Group group) implements Proposal {
        @Override
        public String effect() {
            return "at most " + count + " " + group;
        }
    }

    record AtMostOfEach(String rule, int count, DiversityKey each) implements Proposal {
        @Override
        public String effect() {
            return "at most " + count + " of each " + each.name().toLowerCase(Locale.ROOT);
        }
    }

    /** Guarantees lift nothing below this relevance. */
    record Floor(String rule, double relevance) implements Proposal {
        @Override
        public String effect() {
            return "floor " + number(relevance);
        }
    }

    record Show(String rule, Display display) implements Proposal {
        @Override
        public String effect() {
            return "show " + display.type().name().toLowerCase(Locale.ROOT);
        }
    }

    static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e6
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
