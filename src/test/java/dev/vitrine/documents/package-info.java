/** Reads the Markdown pages of the repository, and compares the calls that they show with the service's OpenAPI document. */
package dev.vitrine.documents;
