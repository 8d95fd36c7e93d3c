package dev.vitrine.candidates;

import java.util.List;

/** A model that proposes candidates, best first. Answers from memory and never fails; the list may be empty. */
public interface CandidateSource {
    List<Proposed> candidates(CandidateRequest request);
}
