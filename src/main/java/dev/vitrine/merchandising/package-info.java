/** The words and verbs that rules use: immutable facts of a decision, and the shelf on which rules propose. */
package dev.vitrine.merchandising;
