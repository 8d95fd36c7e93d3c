/** The key with which the commands of the jar call a running service. */
package dev.vitrine.remote;
