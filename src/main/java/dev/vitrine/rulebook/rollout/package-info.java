/** Serves an edition to a share of visits first, and takes it back when a guardrail breaks. */
package dev.vitrine.rulebook.rollout;
