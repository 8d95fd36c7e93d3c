/** Makes decisions: the endpoint, the decider, the answer, and readiness. */
package dev.vitrine.decision;
