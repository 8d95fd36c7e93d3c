/** The commands {@code check}, {@code publish}, {@code diff}, {@code preview} and {@code pull}, for a shop that keeps its rules in files of its own, such as a git repository. */
package dev.vitrine.rulebook.command;
