/** The rule book: DRL files that are checked, compiled, published as editions and reloaded; the only rooms that know Drools. */
package dev.vitrine.rulebook;
