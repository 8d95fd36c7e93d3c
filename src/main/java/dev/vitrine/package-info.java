/** The program: starts the service, or runs one of its commands. */
package dev.vitrine;
