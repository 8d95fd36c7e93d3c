/** Publishes changes as the next edition and makes them live, from calls, from the folder and from other instances. */
package dev.vitrine.rulebook.publish;
