/** The language of rules: what may stand in a rule file, read from its syntax tree, and how each mistake is reported. */
package dev.vitrine.rulebook.language;
