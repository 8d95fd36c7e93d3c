/** What visitors do: takes their events, and knows each current visit and its shopper from them. */
package dev.vitrine.visit;
