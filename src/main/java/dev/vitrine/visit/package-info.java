/** What visitors do: events in, and what can be told of a visit and of a shopper from them. */
package dev.vitrine.visit;
