/** The endpoint, the making of a decision, the settlement of what rules proposed, and the explanation of it. */
package dev.vitrine.decision;
