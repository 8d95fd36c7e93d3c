/** The rules folder: reads it, writes it, and merges it with the published editions. */
package dev.vitrine.rulebook.folder;
