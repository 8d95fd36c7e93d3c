/** Fires rules within the time budget, excludes rules that hang, and watches for degraded decisions. */
package dev.vitrine.decision.firing;
