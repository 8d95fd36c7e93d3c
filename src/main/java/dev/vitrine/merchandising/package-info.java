/** The words and verbs of rules: immutable facts of a decision, and the shelf that collects proposals. */
package dev.vitrine.merchandising;
