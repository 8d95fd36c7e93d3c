/** Fires rules on threads of their own, excludes rules that hang, and watches for degraded decisions. */
package dev.vitrine.decision.firing;
