package dev.vitrine.decision.context;

import dev.vitrine.merchandising.Candidate;
import java.util.List;

/** The candidates of a decision, those of a model best first, and where they are from. */
record Lineup(List<Candidate> candidates, ModelUse model) {}
