/** Counts what guarantees and caps promised over an hour or a day, and what was delivered. */
package dev.vitrine.decision.share;
