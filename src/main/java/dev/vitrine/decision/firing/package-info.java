/** Fires rules within the time budget, and excludes rules that do not come back. */
package dev.vitrine.decision.firing;
