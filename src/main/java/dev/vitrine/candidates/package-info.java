/** Where candidates come from: the request, or a model; the built-in one learns from the shop's own events. */
package dev.vitrine.candidates;
