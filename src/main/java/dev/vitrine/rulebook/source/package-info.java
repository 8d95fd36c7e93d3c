/** Rule files as text: a file, an edit, a change between two versions, and a problem with its place and cure. */
package dev.vitrine.rulebook.source;
