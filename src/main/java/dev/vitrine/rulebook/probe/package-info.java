/** Tells why a rule does not fire: tries the parts of its condition on the facts. */
package dev.vitrine.rulebook.probe;
