/** Helps to write rules: the vocabulary, completion, hover and quick fixes, from the text and without compiling. */
package dev.vitrine.rulebook.assist;
