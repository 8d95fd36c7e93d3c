/** The endpoint, the making of a decision, the settlement of what rules proposed, the explanation of it, and trials of it. */
package dev.vitrine.decision;
