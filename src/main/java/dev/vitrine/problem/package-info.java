/** Errors in requests: one clear error that names the field and the limit, as problem details (RFC 9457). */
package dev.vitrine.problem;
