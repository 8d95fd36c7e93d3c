/** An edition: one immutable published version of the rule book, as it is used and as it is stored. */
package dev.vitrine.rulebook.edition;
