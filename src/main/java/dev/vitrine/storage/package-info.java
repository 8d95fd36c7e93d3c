/** The database: PostgreSQL, embedded unless another is configured, transactions, and whether it can be reached. */
package dev.vitrine.storage;
