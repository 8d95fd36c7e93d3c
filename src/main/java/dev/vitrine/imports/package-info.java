/** Imports from files: a catalog or an event log is read row by row and sent to a running service in batches. */
package dev.vitrine.imports;
