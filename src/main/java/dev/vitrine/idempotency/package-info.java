/** Requests that are sent again with the same Idempotency-Key: answered as before, and carried out once. */
package dev.vitrine.idempotency;
