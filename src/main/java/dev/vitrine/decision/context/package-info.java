/** The input of a decision and its answer: the checked request, settings with time budgets, candidates, facts. */
package dev.vitrine.decision.context;
