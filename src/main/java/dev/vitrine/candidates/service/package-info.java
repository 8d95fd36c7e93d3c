/** The shop's own model: asks its service for candidates over HTTP, within a time, and says what failed where it did. */
package dev.vitrine.candidates.service;
