/** The language server: what {@code rulebook.assist} knows, for editors that speak the Language Server Protocol. */
package dev.vitrine.rulebook.lsp;
