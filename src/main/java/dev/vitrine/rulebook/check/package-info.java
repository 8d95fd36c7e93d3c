/** Checks a draft before it is published: compiles it, runs its examples, and looks for conflicts on recent visits. */
package dev.vitrine.rulebook.check;
