package dev.vitrine.candidates;

import java.util.List;

/** A model that proposes candidates, best first. Answers from memory and never fails: at worst with an empty list. */
public interface CandidateSource {
    List<Scored> candidates(CandidateRequest ask);
}
