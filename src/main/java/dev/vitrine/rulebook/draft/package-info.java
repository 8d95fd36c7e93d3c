/** Drafts: changes of the rule book that people keep, share, comment and approve before one is published. */
package dev.vitrine.rulebook.draft;
