package dev.vitrine.rulebook.assist;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What is known of the word at a place. Lines and columns are from 1; the end is not part of it. */
@Schema(description = "What is known of the word at the place")
public record Hover(@Schema(description = "In Markdown") String text, int line, int column, int endColumn) {}
