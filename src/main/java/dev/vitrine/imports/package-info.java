/** Rows in from files: a catalog or an event log is read row by row and posted to a running service in batches. */
package dev.vitrine.imports;
