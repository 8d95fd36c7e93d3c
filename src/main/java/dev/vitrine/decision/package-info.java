/** Makes a decision from a request: the endpoint, the maker, the answer, and readiness. */
package dev.vitrine.decision;
