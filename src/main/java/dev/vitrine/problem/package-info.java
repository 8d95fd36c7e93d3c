/** How bad input is told: one clear error that names the field and the limit, as RFC 9457 problem details. */
package dev.vitrine.problem;
